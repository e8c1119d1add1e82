"""The 21 regions, from the file that ships with the product."""

from datetime import datetime

from django.db import transaction

from tillit.apps.parties.actions.organisations import Particulars, add_organisation
from tillit.apps.parties.conditions import one_at_a_time
from tillit.apps.parties.geography import regions
from tillit.apps.parties.models import Organisation


@transaction.atomic
def load_regions(*, at: datetime) -> tuple[Organisation, ...]:
    """Return the regions that were not there yet and were added. Those that are there stay as they are."""
    one_at_a_time()
    there = set(Organisation.objects.filter(kind="region").values_list("county_code", flat=True))
    return tuple(
        add_organisation(particulars=Particulars(kind="region", name=name, county_code=code), by=None, at=at)
        for code, name in regions().items()
        if code not in there
    )
