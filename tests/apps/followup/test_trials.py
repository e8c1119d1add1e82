"""Clinical trials: each state has its day, its source and how sure it is; what is not known is not counted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.following import Followed
from tests.partnering import NOW
from tillit.apps.errors import Refused
from tillit.apps.followup.actions import trials as acts
from tillit.apps.followup.models import Trial, TrialSite, TrialState
from tillit.apps.followup.queries.trials import Wanted, figures, narrowed, trial_rows
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Organ

OFFICE = Sight(office=True)
TODAY = date(2026, 8, 1)


@pytest.fixture
def followed(db):
    return Followed()


def trial(followed, title="Hjärtstudien", **facts):
    return acts.add_trial(
        partnership=followed.partnership, facts=acts.TrialFacts(title, **facts), by=followed.founder, at=NOW
    )


def reached(followed, of, state, on, quality="reported", source="Brev från sponsorn"):
    said = acts.Reached(state, on, source, quality)
    return acts.state_state(trial=of, reached=said, by=followed.founder, at=NOW)


def sited(followed, of, organisation, planned=None, so_far=None, on=TODAY):
    recruited = acts.Recruited(planned, so_far, on if so_far is not None else None)
    return acts.place_site(trial=of, organisation=organisation, recruited=recruited, by=followed.founder, at=NOW)


def rows(followed):
    return trial_rows(followed.partnership, OFFICE)


def test_a_state_that_is_corrected_keeps_what_was_said_before(followed):
    made = trial(followed)
    reached(followed, made, "started", date(2026, 3, 1))
    reached(followed, made, "started", date(2026, 3, 8), quality="official", source="Register")
    assert TrialState.objects.count() == 2
    (row,) = rows(followed)
    assert [(each.state, each.on) for each in row.states] == [("started", date(2026, 3, 8))]


def test_what_is_planned_is_no_start(followed):
    made = trial(followed)
    reached(followed, made, "planned", date(2027, 1, 1))
    reached(followed, made, "applied", date(2026, 2, 1))
    (row,) = rows(followed)
    assert row.latest.state == "applied"
    assert figures([row]).started == ()
    with pytest.raises(Refused, match="inte varit"):
        reached(followed, made, "started", date(2027, 1, 1))


def test_days_that_cannot_both_be_right_are_told_and_kept(followed):
    made = trial(followed)
    reached(followed, made, "started", date(2026, 5, 1))
    reached(followed, made, "first_patient", date(2026, 4, 1))
    (row,) = rows(followed)
    assert row.out_of_order


def test_nothing_unknown_is_counted_as_nought(followed):
    first, second, third = (trial(followed, title) for title in ("A", "B", "C"))
    reached(followed, first, "applied", date(2026, 1, 1))
    reached(followed, first, "first_patient", date(2026, 4, 11))
    reached(followed, second, "applied", date(2026, 1, 1))
    reached(followed, second, "started", date(2026, 3, 1))
    sited(followed, first, followed.region, planned=20, so_far=5)
    sited(followed, second, followed.region, planned=30)
    found = figures(rows(followed))
    assert found.days == 100
    assert found.days_of == 1
    assert (found.started, found.unknown_start) == (((2026, 1),), 1)
    assert (found.planned, found.recruited, found.both_known) == (20, 5, 1)
    assert found.by_state == (("started", 1), ("first_patient", 1), ("", 1))
    assert third.pk


def test_a_site_that_says_nothing_makes_the_whole_unknown(followed):
    made = trial(followed)
    sited(followed, made, followed.region, planned=20, so_far=5)
    sited(followed, made, followed.university, planned=10)
    (row,) = rows(followed)
    assert (row.planned, row.recruited) == (30, None)


def test_the_list_is_narrowed_by_phase_state_and_region(followed):
    first = trial(followed, "A", phase="III")
    trial(followed, "B", phase="I")
    reached(followed, first, "started", date(2026, 3, 1))
    sited(followed, first, followed.region)
    every = rows(followed)
    code = followed.region.county_code
    for wanted in (Wanted(phase="III"), Wanted(state="started"), Wanted(region=code)):
        assert [row.trial.title for row in narrowed(every, wanted)] == ["A"]
    assert narrowed(every, Wanted(phase="III", state="closed")) == ()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"state": "begun"}, "state"),
        ({"quality": "sure"}, "quality"),
        ({"source": " "}, "source"),
        ({"source": "19121212-1212"}, "source"),
    ],
)
def test_a_state_without_its_grounds_is_refused(followed, said, field):
    made = trial(followed)
    usual = {"state": "started", "on": date(2026, 3, 1), "source": "Register", "quality": "official"}
    with pytest.raises(Refused) as refused:
        acts.state_state(trial=made, reached=acts.Reached(**{**usual, **said}), by=followed.founder, at=NOW)
    assert refused.value.field == field
    assert not TrialState.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"phase": "V"}, "phase"),
        ({"openness": "all"}, "openness"),
        ({"planned_patients": -1}, "planned_patients"),
    ],
)
def test_a_bad_trial_is_refused(followed, facts, field):
    with pytest.raises(Refused) as refused:
        trial(followed, **{"title": "A", **facts})
    assert refused.value.field == field
    assert not Trial.objects.exists()


def test_a_public_number_is_there_once(followed):
    trial(followed, number="2024-512345-12-00")
    with pytest.raises(Refused, match="finns redan"):
        trial(followed, "B", number=" 2024-512345-12-00 ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Trial.objects.create(partnership=followed.partnership, title="C", number="2024-512345-12-00", created_at=NOW)


def test_a_count_of_patients_has_its_day(followed):
    made = trial(followed)
    with pytest.raises(Refused, match="vilken dag"):
        sited(followed, made, followed.region, so_far=3, on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrialSite.objects.create(trial=made, organisation=followed.region, recruited=3)


def test_a_said_state_is_never_changed(followed):
    said = reached(followed, trial(followed), "started", date(2026, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        TrialState.objects.filter(pk=said.pk).update(on=date(2026, 3, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        TrialState.objects.create(
            trial=said.trial, state="started", on=date(2026, 3, 3), source="x", quality="estimate", recorded_at=NOW
        )


def test_who_may_see_a_trial(followed, django_assert_num_queries):
    organ = followed.organ("Nätverk Hjärta", level="network")
    for openness in ("public", "parties", "organ"):
        trial(followed, openness, openness=openness, network=organ)
    seen = {
        "visitor": Sight(),
        "party": Sight(party=True),
        "seated": Sight(party=True, organs=frozenset({organ.pk})),
        "office": OFFICE,
    }
    found = {who: len(trial_rows(followed.partnership, sight)) for who, sight in seen.items()}
    assert found == {"visitor": 1, "party": 2, "seated": 3, "office": 3}
    with django_assert_num_queries(3):
        rows(followed)


def test_a_network_of_another_partnership_is_refused(followed):
    frame = Frame(name="En annan", legal_form="by_agreement", starts_on=TODAY)
    other = found_partnership(frame=frame, by=followed.founder, at=NOW)
    organ = Organ.objects.create(
        partnership=other, name="Nätverk", tier="operative", level=other.levels.get(code="national"), starts_on=TODAY
    )
    with pytest.raises(Refused, match="samma partnerskap"):
        trial(followed, network=organ)
