"""Other collaborations in force, straight into the tables: what one is counted among."""

from dataclasses import replace
from datetime import date
from itertools import count

from tests.collaborating import DAYS, NOW
from tillit.apps.collaborations.across import warnings
from tillit.apps.collaborations.models import Collaboration, CostLine, Limit, Participant, Party, Version
from tillit.apps.collaborations.whole import whole_of

_next = count(1)


PART = {"attendance": "invited", "side": "care", "facts": {"meal_offered": True, "mode": "on_site"}}


def other(sides, *people, company=None, unit=None, meals=1, fees=(), **said):
    """Return a collaboration that people take part in, alike unless something is said.

    `day`, `last`: its days. `fees`: amounts and more of cost lines for the first. What is said of `PART` is said of
    everybody in it, the rest of the collaboration.
    """
    number, day = next(_next), said.pop("day", DAYS[0])
    part = {name: said.pop(name, usual) for name, usual in PART.items()}
    usual = {"title": "Något helt annat", "state": "approved", "kind": "educational_meeting"}
    made = Collaboration.objects.create(
        public_id=f"S-OTHER{number}",
        state_since=NOW,
        starts_on=day,
        ends_on=said.pop("last", day),
        version=1,
        created_by=sides.author,
        created_at=NOW,
        changed_at=NOW,
        **{**usual, **said},
    )
    content = {"meal": [{"id": f"m{each}"} for each in range(meals)]}
    Version.objects.create(collaboration=made, number=1, content=content, hash="x", made_by=sides.author, made_at=NOW)
    Party.objects.create(collaboration=made, organisation=company or sides.company, side="company", role="proposer")
    Party.objects.create(collaboration=made, organisation=sides.region, side="care", role="answerer", unit=unit)
    rows = [
        Participant.objects.create(collaboration=made, record_id=f"p{place}", person=each, **part)
        for place, each in enumerate(people)
    ]
    for place, line in enumerate(fees):
        CostLine.objects.create(
            collaboration=made, record_id=f"c{place}", participant=rows[0], **{"category": "speaker", **line}
        )
    return made


def limit(measure, most, *, organisation=None, valid_from=date(2026, 1, 1), valid_to=None, source="Riktlinje 7"):
    return Limit.objects.create(
        organisation=organisation,
        measure=measure,
        most=most,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
    )


def warned(collaboration, *codes, handed_in=True):
    """Return the warnings of the codes about what a draft says, as if it had been handed in; all if none is named."""
    whole = whole_of(Collaboration.objects.get(pk=collaboration.pk))
    draft = whole.collaboration.draft
    whole = replace(whole, version=Version(content=draft) if handed_in else None)
    return [each for each in warnings(whole, content=draft) if not codes or each.code in codes]
