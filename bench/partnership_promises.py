"""The commitments of the partnerships of the bench: who promises what, what was said of it, and what shows it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tillit.core.period import months_after

if TYPE_CHECKING:
    from bench.partnership_world import Place, World

OF_CLASS, OF_ORGAN, ONCE, UNDATED = 3, 6, 25, 5
"""How many of a hundred commitments are of a class, an organ, due once, or on no stated day; the rest recur."""
TEXTS = ("Lämnar siffror till uppföljningen", "Betalar sin årsavgift", "Ställer personal till förfogande", "Delar data")


def promise(world: "World", place: "Place", count: int) -> None:
    """Put in the commitments of a partnership, with what was reported and judged."""
    from tillit.apps.partnerships.models import Commitment, CommitmentEvent, Evidence

    place.commitments = Commitment.objects.bulk_create([_one(world, place, n) for n in range(count)], 200)
    words = [each for row in place.commitments for each in _said(world, place, row)]
    CommitmentEvent.objects.bulk_create([each for each in words if isinstance(each, CommitmentEvent)], 200)
    Evidence.objects.bulk_create([each for each in words if isinstance(each, Evidence)], 200)


def _one(world: "World", place: "Place", number: int) -> Any:
    from tillit.apps.partnerships.models import Commitment
    from tillit.apps.partnerships.models.words import AREA_WORDS, COMMITMENT_KIND_WORDS

    source = world.source
    sort, when = source.randrange(100), source.randrange(100)
    whose: dict[str, Any] = {"organisation": place.parties[number % len(place.parties)]}
    if sort < OF_CLASS:
        whose = {"of_role": source.choice(("main_party", "acceded")), "of_kind": source.choice(("", "company"))}
    elif sort < OF_CLASS + OF_ORGAN:
        whose = {"organ": source.choice(place.organs)}
    first = months_after(world.today.replace(day=source.choice((1, 15, 28))), -source.randrange(1, 24))
    due: dict[str, Any] = {"first_due": first, "every_months": source.choice((3, 6, 12, 12))}
    if when < ONCE:
        due = {"due_on": first + timedelta(days=source.randrange(0, 500))}
    elif when < ONCE + UNDATED:
        due = {}
    return Commitment(
        partnership=place.partnership,
        agreement=source.choice(place.agreements),
        level=source.choice(place.levels),
        tier=source.choice(("", "operative", "operative", "deciding")),
        area=source.choice(list(AREA_WORDS)),
        kind=source.choice(list(COMMITMENT_KIND_WORDS)),
        text=f"{source.choice(TEXTS)} ({number})",
        starts_on=world.start,
        grace_days=source.choice((0, 0, 14)),
        weight=source.choice((Decimal(1), Decimal(1), Decimal(2), Decimal("0.5"), Decimal(3))),
        evidence_required=source.randrange(4) == 0,
        openness=source.choice(("public", "public", "parties")),
        created_at=world.at,
        **whose,
        **due,
    )


def _said(world: "World", place: "Place", row: Any) -> Iterator[Any]:
    """Yield words and evidence of the times that are past: most are judged, some only reported, some in silence."""
    of_class = bool(row.of_role or row.of_kind)
    for party in place.parties[:20] if of_class else (None,):
        for day in _days(world, row):
            sort = world.source.randrange(10)
            if sort < 3:
                continue
            verdict = "claimed" if sort < 4 else "partial" if sort < 5 else "not_met" if sort < 6 else "met"
            yield _word(world, row, party, day, verdict)
            if row.evidence_required and sort >= 5:
                yield _evidence(world, row, party, day)


def _days(world: "World", row: Any) -> list[date]:
    if row.due_on is not None:
        return [row.due_on] if row.due_on < world.today else []
    if row.first_due is None:
        return []
    days = (months_after(row.first_due, n * row.every_months) for n in range(30))
    return [each for each in days if each < world.today]


def _word(world: "World", row: Any, party: Any, day: date, verdict: str) -> Any:
    from tillit.apps.partnerships.models import CommitmentEvent

    return CommitmentEvent(
        commitment=row,
        party=party,
        due_on=day,
        verdict=verdict,
        fraction=Decimal("0.25") if verdict == "partial" else None,
        said_on=min(day + timedelta(days=world.source.choice((-3, 0, 20))), world.today),
        recorded_at=world.at,
        recorded_by=world.people[0],
    )


def _evidence(world: "World", row: Any, party: Any, day: date) -> Any:
    from tillit.apps.partnerships.models import Evidence

    return Evidence(
        commitment=row,
        party=party,
        title="Rapport",
        effective_on=day - timedelta(days=world.source.choice((1, 10))),
        link="https://example.se/rapport",
        uploaded_at=world.at,
        uploaded_by=world.people[0],
        accepted_on=world.today,
        accepted_by=world.people[1],
    )
