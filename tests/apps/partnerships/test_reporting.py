"""What was due is reported, judged by others than the party, and let off; evidence says which time it is for (I-26)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from tests import world
from tests.promising import DUE, TODAY, Promises, moment
from tillit.apps.audit.models import Act
from tillit.apps.documents.models import DocumentVersion
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions import evidence as shows, reporting as acts
from tillit.apps.partnerships.models import Appointment, CommitmentEvent, Evidence
from tillit.apps.partnerships.queries.commitments import Board, Wanted
from tillit.apps.partnerships.queries.occurrences import due_for

pytestmark = pytest.mark.django_db
AFTER = DUE + timedelta(days=1)
QUARTERS = (date(2026, 3, 31), DUE, date(2026, 9, 30))


@pytest.fixture
def ground():
    return Promises()


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def share(ground, today=TODAY):
    return Board(ground.partnership, today, lambda _row: True).cells(Wanted()).said.share


def states(ground, today=TODAY):
    return [(each.due, each.state) for each in due_for(ground.company, today)]


def waived(ground, one, **more):
    said = {"decision": "Styrelsen 2026-06-01, § 7", "by": ground.office, "at": moment(AFTER), **more}
    return acts.waive_occurrence(occasion=ground.occasion(one), **said)


def test_a_report_stands_until_it_is_judged_and_counts_nothing_before(ground):
    one = ground.promise()
    ground.reported(one)
    assert (states(ground), share(ground)) == ([(DUE, "claimed")], 0)
    ground.judged(one)
    assert (states(ground), share(ground)) == ([], 1)
    standing = CommitmentEvent.objects.get(superseded_at__isnull=True)
    assert (standing.verdict, standing.said_on, standing.recorded_by) == ("met", DUE, ground.office)
    assert CommitmentEvent.objects.count() == 2
    assert list(Act.objects.filter(subject_key=str(one.pk)).values_list("action", flat=True)) == [
        "partnerships.commitment_made",
        "partnerships.occurrence_reported",
        "partnerships.occurrence_judged",
    ]


def test_the_day_of_the_report_tells_how_late_it_was_whenever_it_is_judged(ground):
    one = ground.promise()
    ground.reported(one, day=DUE + timedelta(days=20))
    ground.judged(one, day=DUE + timedelta(days=90), done_on=None)
    assert CommitmentEvent.objects.get(superseded_at__isnull=True).said_on == DUE + timedelta(days=20)
    assert share(ground) == 1


def test_what_is_judged_is_not_reported_over_and_what_is_not_met_can_be_reported_anew(ground):
    one = ground.promise()
    ground.judged(one, "not_met")
    ground.reported(one, day=AFTER)
    ground.judged(one)
    with pytest.raises(Refused, match="redan bedömt"):
        ground.reported(one)


def test_a_report_is_taken_back_until_it_is_judged_and_is_kept(ground):
    one = ground.promise()
    event = ground.reported(one)
    acts.withdraw_report(event=event, by=ground.speaker, at=moment(AFTER))
    assert states(ground) == [(DUE, "overdue")]
    assert CommitmentEvent.objects.count() == 1
    for each in (event, ground.judged(one)):
        with pytest.raises(Refused, match="bedömd eller tillbakadragen"):
            acts.withdraw_report(event=each, by=ground.speaker, at=moment(AFTER))


def test_no_party_judges_its_own(ground):
    one = ground.promise()
    evidence = ground.shown(one, accepted=False)
    own = world.person("Egon Egen", organisation=ground.company, roles=("author",))
    tries = (
        lambda: acts.verify_occurrence(occasion=ground.occasion(one), verdict="met", by=own, at=moment(AFTER)),
        lambda: acts.waive_occurrence(occasion=ground.occasion(one), decision="§ 7", by=own, at=moment(AFTER)),
        lambda: shows.accept_evidence(evidence=evidence, by=own, at=moment(AFTER)),
        lambda: shows.refuse_evidence(evidence=evidence, reason="Nej", by=own, at=moment(AFTER)),
    )
    for each in tries:
        with pytest.raises(Refused, match="sitt eget"):
            each()
    evidence.refresh_from_db()
    assert (CommitmentEvent.objects.count(), evidence.accepted_on) == (0, None)


def test_nobody_who_sits_in_an_organ_judges_its_commitment(ground):
    board = ground.organ(seats=1)
    one = ground.promise(organ=board)
    Appointment.objects.create(
        seat=board.seats.get(),
        person=ground.office,
        organisation=ground.region,
        starts_on=date(2026, 2, 1),
        recorded_at=moment(DUE),
    )
    with pytest.raises(Refused, match="sitt eget"):
        ground.judged(one)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"verdict": "waived"}, "verdict"),
        ({"verdict": "met", "fraction": Decimal("0.5")}, "fraction"),
        ({"verdict": "partial", "fraction": Decimal(1)}, "fraction"),
        ({"verdict": "partial", "fraction": Decimal("0.1234")}, "fraction"),
        ({"verdict": "not_met", "day": DUE}, "verdict"),
        ({"due_on": AFTER}, "due_on"),
        ({"due_on": None, "day": AFTER}, "due_on"),
        ({"done_on": TODAY}, "done_on"),
        ({"party": "other"}, "party"),
    ],
)
def test_what_cannot_be_judged_is_refused_at_its_field(ground, said, field):
    one = ground.promise()
    if said.get("party"):
        said = {"party": ground.university}
    with pytest.raises(Refused) as refused:
        ground.judged(one, **said)
    assert refused.value.field == field
    assert not CommitmentEvent.objects.exists()


def test_with_grace_it_is_not_called_unmet_before_the_grace_is_over(ground):
    one = ground.promise(grace_days=30)
    with pytest.raises(Refused, match="inte gått ut"):
        ground.judged(one, "not_met", day=DUE + timedelta(days=30))
    assert ground.judged(one, "not_met", day=DUE + timedelta(days=31)).verdict == "not_met"


def test_what_is_partly_met_counts_half_or_as_said(ground):
    one = ground.promise()
    ground.judged(one, "partial")
    assert share(ground) == Fraction(1, 2)
    ground.judged(one, "partial", fraction=Decimal("0.8"))
    assert share(ground) == Fraction(4, 5)


def test_a_waiver_names_its_decision_and_takes_the_time_out_of_the_count(ground):
    one = ground.promise()
    with pytest.raises(Refused) as refused:
        waived(ground, one, decision=" ")
    assert refused.value.field == "decision"
    waived(ground, one)
    assert (share(ground), states(ground)) == (None, [])
    assert CommitmentEvent.objects.get().decision == "Styrelsen 2026-06-01, § 7"


def test_a_commitment_without_a_day_is_reported_and_judged_as_a_whole(ground):
    one = ground.promise(due_on=None)
    ground.reported(one, due_on=None)
    ground.judged(one, due_on=None, day=AFTER, done_on=None)
    assert CommitmentEvent.objects.get(superseded_at__isnull=True).due_on is None
    assert share(ground) is None


def test_a_partys_own_time_of_a_common_commitment_is_its_own(ground):
    ground.joined(ground.university, role="main_party")
    one = ground.promise(organisation=None, of_role="main_party")
    with pytest.raises(Refused, match="inte den partens"):
        ground.judged(one)
    with pytest.raises(Refused, match="inte den partens"):
        ground.judged(one, party=ground.patients)
    ground.judged(one, party=ground.company)
    assert share(ground) == Fraction(1, 3)
    assert CommitmentEvent.objects.get().party == ground.company


# --- evidence ---


def test_where_evidence_is_needed_it_is_accepted_before_anything_is_met(ground):
    one = ground.promise(evidence_required=True)
    with pytest.raises(Refused, match="kräver underlag"):
        ground.judged(one)
    evidence = ground.shown(one, accepted=False)
    with pytest.raises(Refused, match="kräver underlag"):
        ground.judged(one)
    shows.accept_evidence(evidence=evidence, by=ground.office, at=moment(AFTER))
    ground.judged(one)
    assert share(ground) == 1


def test_evidence_that_is_refused_afterwards_takes_what_rested_on_it_back_to_nothing(ground):
    one = ground.promise(evidence_required=True)
    evidence = ground.shown(one)
    ground.judged(one)
    with pytest.raises(Refused, match="redan godtaget"):
        shows.accept_evidence(evidence=evidence, by=ground.office, at=moment(AFTER))
    shows.refuse_evidence(evidence=evidence, reason="Fel rapport", by=ground.office, at=moment(AFTER))
    assert share(ground) == 0
    shows.accept_evidence(evidence=evidence, by=ground.office, at=moment(AFTER))
    assert share(ground) == 1


def test_the_effective_day_decides_which_time_it_supports_whenever_it_came_in(ground):
    one = ground.promise(first_due=QUARTERS[0], every_months=3, evidence_required=True)
    ground.shown(one, date(2026, 4, 1), day=date(2026, 10, 5))  # came in after the third
    ground.judged(one, due_on=DUE)
    for other in (QUARTERS[0], QUARTERS[2]):
        with pytest.raises(Refused, match="kräver underlag"):
            ground.judged(one, due_on=other)
    assert share(ground) == Fraction(1, 3)


def test_evidence_of_a_day_after_the_last_names_its_time(ground):
    one = ground.promise(evidence_required=True)
    with pytest.raises(Refused, match="hör inte till något tillfälle"):
        ground.shown(one, AFTER)
    ground.shown(one, AFTER, due_on=DUE)
    ground.judged(one, done_on=AFTER)
    assert share(ground) == 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(effective=st.dates(date(2026, 2, 1), date(2026, 12, 31)), grace=st.integers(0, 20), came=st.integers(0, 300))
def test_evidence_supports_the_time_its_day_falls_in_and_never_by_its_upload(ground, effective, grace, came):
    """I-26, exactly: previous due < effective day ≤ due + grace."""
    with transaction.atomic():
        one = ground.promise(
            first_due=QUARTERS[0], every_months=3, ends_on=date(2026, 10, 1), evidence_required=True, grace_days=grace
        )
        expected = [
            due
            for before, due in zip((date(1, 1, 1), *QUARTERS), QUARTERS, strict=False)
            if before < effective <= due + timedelta(days=grace)
        ]
        if expected:
            ground.shown(one, effective, day=effective + timedelta(days=came))
        found = []
        for due in QUARTERS:
            try:
                ground.judged(one, due_on=due, day=date(2027, 12, 1))
                found.append(due)
            except Refused:
                pass
        transaction.set_rollback(True)
    assert found == expected


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"link": "exempel"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": ""}, "link"),
        ({"file": ContentFile(b"x", "x.txt")}, "link"),
        ({"effective_on": TODAY}, "effective_on"),
        ({"valid_until": DUE}, "valid_until"),
        ({"valid_until": date(2026, 6, 1)}, "valid_until"),
    ],
)
def test_evidence_that_cannot_be_is_refused_at_its_field(ground, said, field):
    one = ground.promise()
    facts = shows.EvidenceFacts(
        **{"title": "Rapporten", "effective_on": DUE, "link": "https://exempel.se/rapport", **said}
    )
    with pytest.raises(Refused) as refused:
        shows.add_evidence(occasion=ground.occasion(one), facts=facts, by=ground.speaker, at=moment(AFTER))
    assert refused.value.field == field
    assert not Evidence.objects.exists()


def test_a_file_is_kept_by_the_party_and_known_by_its_hash(ground):
    one = ground.promise()
    facts = shows.EvidenceFacts(title="Rapporten", effective_on=DUE, file=ContentFile(b"Allt gjort", "rapport.txt"))
    made = shows.add_evidence(
        occasion=ground.occasion(one, None), facts=facts, by=ground.speaker, at=moment(DUE), acting_for=ground.company
    )
    version = DocumentVersion.objects.get()
    assert made.version == version
    assert version.document.keeper == ground.company
    assert len(version.sha256) == 64


def test_an_organs_file_needs_somebody_to_keep_it(ground):
    one = ground.promise(organ=ground.organ())
    facts = shows.EvidenceFacts(title="Rapporten", effective_on=DUE, file=ContentFile(b"Allt gjort", "rapport.txt"))
    with pytest.raises(Refused, match="bevarar"):
        shows.add_evidence(occasion=ground.occasion(one), facts=facts, by=ground.office, at=moment(DUE))


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "met"},
        {"said_on": TODAY},
        {"due_on": None},
        {"recorded_at": moment(TODAY)},
        {"fraction": Decimal("0.5"), "verdict": "partial"},
    ],
)
def test_the_database_lets_no_word_be_changed(ground, change):
    event = ground.reported(ground.promise())
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitmentEvent.objects.filter(pk=event.pk).update(**change)


@pytest.mark.parametrize(
    "change",
    [{"effective_on": date(2026, 3, 1)}, {"uploaded_at": moment(TODAY)}, {"due_on": DUE}, {"link": "https://a.se"}],
)
def test_the_database_lets_no_evidence_speak_of_another_day(ground, change):
    made = ground.shown(ground.promise())
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).update(**change)


@pytest.mark.parametrize("change", [{"refused_reason": "Nej"}, {"accepted_by": None}])
def test_the_database_lets_no_evidence_be_accepted_and_refused_or_accepted_by_nobody(ground, change):
    made = ground.shown(ground.promise())
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=made.pk).update(**change)


def test_what_an_organisation_owes_is_read_in_three_queries_across_partnerships(ground, django_assert_num_queries):
    ground.joined(ground.company, role="member")
    ground.promise(organisation=None, of_role="member", first_due=QUARTERS[0], every_months=3)
    ground.promise()
    for _ in range(4):
        ground.judged(ground.promise())
    with django_assert_num_queries(3):
        found = due_for(ground.company, date(2026, 7, 15), partnership=ground.partnership.pk)
    assert [(each.due, each.state) for each in found] == [
        (date(2026, 3, 31), "overdue"),
        (DUE, "overdue"),
        (DUE, "overdue"),
        (date(2026, 9, 30), "coming"),
        (date(2026, 12, 31), "coming"),
        (date(2027, 3, 31), "coming"),
        (DUE.replace(year=2027), "coming"),
    ]
    assert due_for(ground.university, TODAY) == ()


def test_what_is_due_today_or_within_its_grace_is_due_and_not_overdue(ground):
    ground.promise(grace_days=10)
    assert states(ground, DUE - timedelta(days=1)) == [(DUE, "coming")]
    assert states(ground, DUE) == states(ground, DUE + timedelta(days=10)) == [(DUE, "due")]
    assert states(ground, DUE + timedelta(days=11)) == [(DUE, "overdue")]
