"""`tillit manage add_organisation`: the first organisation of a new site, or one more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now

from tillit.apps.errors import Refused
from tillit.apps.parties.actions import Particulars, add_organisation
from tillit.apps.parties.models import KINDS
from tillit.apps.parties.models.organisations import BRANCHES, CARE_TERMS


class Command(BaseCommand):
    help = "Adds an organisation and prints its key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=list(KINDS))
        parser.add_argument("name")
        parser.add_argument("--number", default="", help="organisation number, ten digits")
        parser.add_argument("--branch", default="", choices=["", *BRANCHES], help="of a company")
        parser.add_argument("--care-terms", default="", choices=["", *CARE_TERMS], help="of a private provider")
        parser.add_argument("--county-code", default="", help="two digits, as Statistics Sweden has them")
        parser.add_argument("--municipality-code", default="", help="four digits")
        parser.add_argument("--hsa-id", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        said = {name: options[name] for name in Particulars.__dataclass_fields__}
        try:
            added = add_organisation(particulars=Particulars(**said), by=None, at=now())
        except Refused as refused:
            raise CommandError(f"{refused.field or 'organisation'}: {refused.message}") from refused
        self.stdout.write(str(added.pk))
