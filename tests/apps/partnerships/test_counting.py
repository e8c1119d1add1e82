"""What is counted from few columns is what the core makes of every time by itself."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q

from tests.partnering import START
from tests.promising import TODAY, Promises, moment
from tillit.apps.partnerships.commitment_facts import owed, said_of
from tillit.apps.partnerships.models import CURRENT, Commitment, CommitmentEvent, Evidence, Membership
from tillit.apps.partnerships.queries.commitments import Board, Wanted
from tillit.apps.partnerships.queries.occurrences import fallen_due
from tillit.core.governance.commitments import due_days
from tillit.core.governance.formality import formality, promised
from tillit.core.governance.fulfilment import FulfilmentThresholds, fulfilment, fulfilment_facts, judge_fulfilment

pytestmark = pytest.mark.django_db
AREAS = ("goals", "follow_up", "regulation_financing")
DAYS: tuple[dict[str, Any], ...] = (
    {"first_due": date(2025, 1, 31), "every_months": 1},
    {"first_due": date(2025, 6, 15), "every_months": 3},
    {"due_on": date(2026, 3, 1)},
    {"due_on": date(2027, 3, 1)},
    {},
)


def world(seed):
    """Return a partnership with commitments of all sorts, and a word or none on each time, with or without evidence."""
    ground, chance = Promises(), random.Random(seed)
    ground.joined(ground.company, role="observer", starts_on=START + timedelta(days=150))
    ground.joined(ground.university, role="member", starts_on=START, ends_on=START + timedelta(days=120))
    ground.joined(ground.university, role="member", starts_on=START + timedelta(days=140))
    organ = ground.organ("Styrelsen")
    whose = ({"organisation": ground.company}, {"organisation": ground.region}, {"organ": organ}, {"of_role": "member"})
    classes = ({"of_role": "main_party"}, {"of_kind": "university", "of_role": "member"}, {"of_kind": "region"})
    for number in range(60):
        row = Commitment.objects.create(
            partnership=ground.partnership,
            level=chance.choice(list(ground.levels.values())),
            area=chance.choice(AREAS),
            tier=chance.choice(("", "deciding", "advisory")),
            kind="delivery",
            text=f"Löfte {number}",
            starts_on=chance.choice((date(2025, 1, 1), START)),
            ends_on=chance.choice((None, date(2026, 6, 30))),
            grace_days=chance.choice((0, 10, 45)),
            weight=chance.choice((Decimal(1), Decimal("0.25"), Decimal(3), Decimal("2.99"))),
            evidence_required=chance.random() < 0.4,
            openness=chance.choice(("public", "parties")),
            created_at=moment(TODAY),
            **chance.choice((*whose, *classes)),
            **chance.choice(DAYS),
        )
        members = Membership.objects.filter(CURRENT, partnership=ground.partnership).select_related("organisation")
        for one in {each.key: each for each in owed([row], members)}.values():
            of = one.party if row.of_kind or row.of_role else None
            days = [
                *due_days(one.promise, TODAY + timedelta(days=40)),
                TODAY - timedelta(days=3),
                *([None] * (seed % 2)),
            ]
            for day in dict.fromkeys(days):
                speak(chance, row, of, day)
    return ground


def speak(chance, row, party, day):
    about, around = {"commitment": row, "party": party}, day or TODAY - timedelta(days=90)
    if chance.random() < 0.7:
        verdict = chance.choice(("met", "met", "partial", "not_met", "claimed", "waived"))
        CommitmentEvent.objects.create(
            **about,
            due_on=day,
            verdict=verdict,
            fraction=chance.choice((None, Decimal(0), Decimal("0.333"))) if verdict == "partial" else None,
            decision="Styrelsen" if verdict == "waived" else "",
            said_on=around + timedelta(days=chance.choice((-5, 0, 20, 60))),
            recorded_at=moment(TODAY),
        )
    if chance.random() < 0.5:
        Evidence.objects.create(
            **about,
            title="Bilaga",
            effective_on=around + timedelta(days=chance.choice((-40, -5, 5, 30))),
            due_on=chance.choice((None, day)),
            link="https://example.se/",
            uploaded_at=moment(TODAY),
            uploaded_by=PERSON[0],
            **chance.choice(({}, {"accepted_on": TODAY, "accepted_by": PERSON[0]})),
        )


PERSON: list[Any] = []


def whole(ground, sees):
    """Return every commitment as the core reads it, what fell due of them, and what was said."""
    members = Membership.objects.filter(CURRENT, partnership=ground.partnership).select_related("organisation")
    rows = Commitment.objects.filter(partnership=ground.partnership).select_related("level", "organisation", "organ")
    everything = owed(rows, members)
    said = said_of(Q(commitment__partnership=ground.partnership))
    return everything, fallen_due([each for each in everything if sees(each.row)], said, TODAY), said


def judged(times):
    return judge_fulfilment(fulfilment_facts(times, TODAY), FulfilmentThresholds()).verdict


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("open_only", [False, True])
def test_the_quick_count_is_the_cores(seed, open_only):
    from tests import world as people

    PERSON[:] = [people.person("Vera Visar")]
    ground = world(seed)

    def sees(row):
        return row.openness == "public" or not open_only

    everything, times, said = whole(ground, sees)
    board = Board(ground.partnership, TODAY, sees)
    for party in ("", str(ground.company.pk), str(ground.university.pk)):
        for area in ("", *AREAS):
            cells = board.cells(Wanted(party=party, area=area))
            mine = [e for e in times if party in ("", e.commitment.party) and area in ("", e.commitment.area)]
            assert (cells.said, cells.verdict) == (fulfilment(mine), judged(mine))
            for cell in cells.rows:
                own = [e for e in mine if place(e.commitment) == (cell.party, cell.level.code, cell.area)]
                assert (cell.said, cell.verdict) == (fulfilment(own), judged(own))
                assert cell.overdue == sum(e.state == "not_met" and not worded(e, said) for e in own)
                named = {e.row.pk for e in everything if sees(e.row) and place(e.promise) == place_of(cell)}
                assert len(cell.named) + cell.more == len(named)
    promises = [each.promise for each in everything]
    active = {str(e.organisation_id) for e in ground.partnership.memberships.filter(CURRENT) if holds(e)}
    assert {level.code: share for level, share in board.formality()} == formality(
        {level.code: active for level, _share in board.formality()}, promises, TODAY
    )
    for level, flag in board.gaps(lambda _organ: True):
        assert {k: n for k, n in flag.facts["commitments"].items() if n} == {
            k: n for k, n in promised(promises, level.code, TODAY).items() if n
        }


def place(promise):
    return promise.party, promise.level, promise.area


def place_of(cell):
    return cell.party, cell.level.code, cell.area


def worded(time, said):
    return any(word.occurrence == time.due for word in said.words.get(time.commitment.id, ()))


def holds(membership):
    return membership.starts_on <= TODAY and (membership.ends_on is None or membership.ends_on > TODAY)
