"""The yearly report's numbers, counted by hand on a small made-up world."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import world
from tests.collaborating import NOW, Sides, approved, changed, fresh, judge_all, plan, submitted, waiting, yes
from tillit.apps.collaborations.actions import answering, drafting, outcome, partaking
from tillit.apps.collaborations.models import (
    Acknowledgement,
    Approval,
    Assessment,
    Collaboration,
    CostLine,
    Judgement,
    Participant,
    Party,
    Version,
)
from tillit.apps.collaborations.queries.year import in_swedish_order, may_be_reported, year_report, years_of
from tillit.apps.collaborations.queries.year_answers import Reopened, middle, nine_of_ten
from tillit.apps.collaborations.queries.year_rows import Amount, timing
from tillit.apps.collaborations.queries.year_tables import year_tables
from tillit.exchange.yearly import shown

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)
_next = count(1)


@pytest.fixture
def sides():
    return Sides()


def at(day, hour=9, minute=0):
    """Return a time in UTC, which in Sweden is one hour later in winter and two in summer."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=UTC)


def made(sides, starts_on="2026-03-10", *, state="approved", ends_on="", partner=None, **fields):
    """Return a collaboration straight in the tables, proposed by the company, with a version unless it is a draft."""
    first = date.fromisoformat(starts_on)
    fields = {"kind": "sponsorship", "version": 0 if state == "draft" else 1, "edition": ""} | fields
    found = Collaboration.objects.create(
        public_id=f"S-ÅR{next(_next):05}",
        title="Utbildningsdag",
        state=state,
        state_since=NOW,
        starts_on=first,
        ends_on=date.fromisoformat(ends_on) if ends_on else first,
        created_by=sides.author,
        created_at=NOW,
        changed_at=NOW,
        made_up=True,
        **fields,
    )
    Party.objects.create(collaboration=found, organisation=sides.company, side="company", role="proposer")
    if partner is not False:
        Party.objects.create(collaboration=found, organisation=partner or sides.region, side="care", role="answerer")
    if found.version:
        version_of(found, sides, 1, NOW)
    return found


def version_of(found, sides, number, when):
    return Version.objects.create(
        collaboration=found, number=number, content={}, hash="0" * 64, made_by=sides.author, made_at=when
    )


def tried(found, outcome_, *, phase="planned", when=NOW, version=None, findings=()):
    return Assessment.objects.create(
        collaboration=found,
        version=version or found.versions.get(number=1),
        phase=phase,
        as_of=when.date(),
        made_at=when,
        outcome=outcome_,
        edition="samverkansregler/3.0",
        answer={"findings": list(findings)},
    )


def reported(found, sides, outcome_, when, findings=()):
    """Write an outcome as `outcome.report` does: the version and what it was tried as have the same time."""
    version = version_of(found, sides, found.versions.count() + 1, when)
    return tried(found, outcome_, phase="carried_out", when=when, version=version, findings=findings)


def asked(found, organisation, by, answer="waiting", *, on="2026-03-01", answered="", due="2026-03-08", **fields):
    given = answer in ("approved", "conditions", "declined")
    return Approval.objects.create(
        collaboration=found,
        kind=fields.pop("kind", "care_review"),
        organisation=organisation,
        version=found.versions.get(number=1),
        asked_at=on if isinstance(on, datetime) else at(on),
        due_on=date.fromisoformat(due) if due else None,
        answer=answer,
        answered_at=(answered if isinstance(answered, datetime) else at(answered)) if given else None,
        answered_by=by if given else None,
        conditions="Bara dagtid." if answer == "conditions" else "",
        reason="Nej." if answer == "declined" else "",
        **fields,
    )


def cost(found, category, **amounts):
    return CostLine.objects.create(collaboration=found, record_id=f"c{next(_next)}", category=category, **amounts)


def report(sides, year=2026, *, whom=None, today=TODAY, published=()):
    return year_report(whom or sides.company, year, today=today, published=published)


def table(found, key):
    """Return the rows of a table as they are read in Swedish, its foot last."""
    told = next(each for each in year_tables(found, "sv").tables if each.key == key)
    rows = [*told.rows, *([told.foot] if told.foot else [])]
    return [[shown(cell.value, told.sort(place, cell), "sv") for place, cell in enumerate(row)] for row in rows]


def test_a_collaboration_belongs_to_the_year_of_its_first_day(sides):
    for day, last in (
        ("2025-12-31", "2026-01-02"),
        ("2026-01-01", ""),
        ("2026-12-31", "2027-01-01"),
        ("2027-01-01", ""),
    ):
        made(sides, day, ends_on=last)
    assert [each.starts_on.isoformat() for each in report(sides).rows] == ["2026-01-01", "2026-12-31"]
    assert len(report(sides, 2025).rows) == 1


def test_what_is_not_ours_is_not_counted_and_neither_are_others_drafts(sides):
    made(sides, state="draft")
    made(sides)
    other = world.company("Annat AB")
    assert len(report(sides).rows) == 2
    assert len(report(sides, whom=sides.region).rows) == 1
    assert report(sides, whom=other).rows == ()


def test_it_is_counted_by_kind_and_state(sides):
    made(sides, kind="sponsorship")
    made(sides, kind="sponsorship", state="declined")
    made(sides, kind="", state="draft")
    assert table(report(sides), "kinds") == [
        ["slag inte angivet", "1", "0", "0", "1"],
        ["sponsring", "0", "1", "1", "2"],
        ["Alla", "1", "1", "1", "3"],
    ]


def test_the_latest_check_of_the_plan_and_of_the_reported_outcome_count(sides):
    one = made(sides, state="reported")
    tried(one, "judge")
    tried(one, "meets", when=NOW + timedelta(hours=1))
    tried(one, "undecided", phase="carried_out", when=at("2026-03-11"))
    reported(one, sides, "meets", at("2026-03-12"))
    two = made(sides, state="carried_out")
    tried(two, "judge")
    tried(two, "breach", phase="carried_out", when=at("2026-03-11"))
    made(sides, state="draft")
    found = report(sides)
    assert [(each.planned, each.carried_out) for each in found.rows] == [("meets", "meets"), ("judge", ""), ("", "")]
    told = {row[0]: row[1:] for row in table(found, "outcomes")}
    assert told == {
        "Avviker": ["0", "0"],
        "Uppgift saknas": ["0", "0"],
        "Behöver bedömas": ["1", "0"],
        "Uppfyllt": ["1", "1"],
        "Gäller inte": ["0", "0"],
        "Inte prövad": ["1", "2"],
        "Alla": ["3", "3"],
    }


def test_a_breach_stays_with_its_rules_and_its_reason(sides):
    finding = {
        "rule": "medfoljande.deltar-inte",
        "rulebook": "samverkansregler/3.0",
        "outcome": "breach",
        "notice": False,
    }
    one = made(sides, state="closed", state_reason="Bilen gick sönder.")
    reported(one, sides, "breach", at("2026-03-12"), [finding, finding, finding | {"rule": "x", "outcome": "meets"}])
    back = made(sides, state="carried_out", state_reason="Rätta.")
    reported(back, sides, "breach", at("2026-03-12"), [finding])
    found = report(sides)
    assert [row[0] for row in table(found, "breaches")] == [one.public_id]
    assert table(found, "breaches")[0][3] == "Bilen gick sönder."
    assert [row[2] for row in table(found, "broken")] == ["1"]


def test_days_to_an_answer_are_days_of_the_calendar_in_sweden(sides):
    one = made(sides)
    late_evening = at("2026-03-01", 23, 30)  # already 2 March in Sweden
    asked(
        one,
        sides.company,
        sides.officer,
        "approved",
        on=late_evening,
        answered=at("2026-03-02", 22, 30),
        due="2026-03-02",
    )
    found = report(sides).asked[0]
    assert (found.median, found.p90, found.late) == (Decimal(0), 0, 0)


def test_answers_are_counted_and_told_by_whom_was_asked(sides):
    one, two, three = made(sides), made(sides, state="declined"), made(sides, state="company_checked")
    asked(one, sides.region, sides.contact, "approved", answered="2026-03-03")
    asked(two, sides.region, sides.contact, "declined", answered="2026-03-09")
    asked(three, sides.region, sides.contact, "waiting")
    asked(three, sides.region, sides.contact, "lapsed", due="")
    asked(one, sides.company, sides.officer, "conditions", answered="2026-03-02", kind="company_check")
    asked(two, sides.company, sides.officer, "approved", answered="2026-03-05", kind="company_check", due="")
    found = report(sides)
    company, care = found.asked
    assert (company.kind, company.own, company.asked, company.conditions, company.approved) == (
        "company_check",
        True,
        2,
        1,
        1,
    )
    assert (company.median, company.p90, company.late, company.late_waiting) == (Decimal("2.5"), 4, 0, 0)
    assert (care.own, care.asked, care.approved, care.declined, care.waiting, care.lapsed) == (False, 4, 1, 1, 1, 1)
    assert (care.median, care.p90, care.late, care.late_waiting) == (Decimal(5), 8, 1, 1)
    assert report(sides, today=date(2026, 3, 8)).asked[1].late_waiting == 0
    assert report(sides, today=date(2026, 3, 9)).asked[1].late_waiting == 1
    assert table(found, "approvals")[0] == [
        "Företagets kontroll",
        "oss",
        "2",
        "0",
        "1",
        "1",
        "0",
        "0",
        "2,5",
        "4",
        "0",
        "0",
    ]
    assert table(found, "approvals")[-1] == ["Alla", "", "6", "1", "2", "1", "1", "1", "", "", "1", "1"]
    assert report(sides, whom=sides.region).asked[1].own


def test_without_an_answer_there_is_no_number_of_days(sides):
    asked(made(sides), sides.region, sides.contact)
    assert table(report(sides), "approvals")[0][8:10] == ["–", "–"]
    assert (middle([]), nine_of_ten([])) == (None, None)


def test_nine_of_ten_is_one_of_the_days_there_are():
    assert [nine_of_ten(range(1, size + 1)) for size in (1, 2, 9, 10, 11, 20, 100)] == [1, 2, 9, 9, 10, 18, 90]
    assert middle([1, 2]) == Decimal("1.5")


@pytest.mark.parametrize(
    ("state", "ends_on", "reported_on", "today", "told"),
    [
        ("reported", "2026-03-10", "2026-04-09", "2026-11-28", "in_time"),
        ("closed", "2026-03-10", "2026-04-10", "2026-11-28", "late"),
        ("closed", "2026-03-10", "", "2026-11-28", "unknown_day"),
        ("carried_out", "2026-03-10", "", "2026-04-09", "waiting"),
        ("approved", "2026-03-10", "", "2026-04-10", "overdue"),
        ("approved", "2026-03-10", "", "2026-03-10", "to_come"),
        ("submitted", "2026-03-10", "", "2026-03-11", "unapproved"),
        ("care_reviewed", "2026-03-10", "", "2026-03-01", "to_come"),
        ("draft", "2026-03-10", "", "2026-11-28", "nothing"),
        ("postponed", "2026-03-10", "", "2026-11-28", "nothing"),
        ("cancelled", "2026-03-10", "", "2026-11-28", "nothing"),
    ],
)
def test_an_outcome_is_late_after_its_days(state, ends_on, reported_on, today, told):
    day = date.fromisoformat(reported_on) if reported_on else None
    assert timing(state, date.fromisoformat(ends_on), day, date.fromisoformat(today)) == told


def test_the_first_report_counts_also_where_it_was_sent_back_and_reported_again(sides):
    one = made(sides, state="closed", ends_on="2026-03-12")
    tried(one, "judge", phase="carried_out", when=at("2026-03-13"))
    reported(one, sides, "meets", at("2026-03-31", 22, 30))  # 1 April in Sweden
    reported(one, sides, "meets", at("2026-06-01"))
    made(sides, state="reported")
    found = report(sides)
    assert [(each.reported_on, each.timing) for each in found.rows] == [
        (date(2026, 4, 1), "in_time"),
        (None, "unknown_day"),
    ]
    assert found.rows[0].days_to_report == 20
    assert table(found, "timing")[-2][1] == "20"


def test_an_amount_that_nobody_has_said_is_counted_apart_and_is_never_zero(sides):
    one, two = made(sides), made(sides, state="declined")
    cost(one, "meal", estimated="500.10", committed="0", actual=None)
    cost(one, "meal", estimated="0.20", currency="SEK")
    cost(one, "meal", estimated="99.00", currency="EUR")
    cost(one, "venue")
    cost(two, "meal", estimated="1000")
    made(sides)
    found = report(sides)
    meal, venue = found.categories()["meal"], found.categories()["venue"]
    assert (meal.lines, meal.foreign) == (3, 1)
    assert meal.estimated == Amount(Decimal("500.30"), 0)
    assert meal.committed == Amount(Decimal("0.00"), 2)
    assert meal.actual == Amount(None, 3)
    assert venue.estimated == Amount(None, 1)
    assert found.without_costs() == 1
    last = table(found, "costs")[-1]
    assert last[:4] == ["Alla", "4", "500,30\u00a0kr", "1"]
    assert last[6:] == ["uppgift saknas", "4", "1"]


def test_counterparties_stand_in_alphabetical_order_each_with_the_whole_sum(sides):
    names = ("Österby", "Ängby", "Åsby", "alvik")
    regions = [world.region(name, county_code=f"{number:02}") for number, name in enumerate(names, start=40)]
    one = made(sides, partner=regions[0])
    Party.objects.create(collaboration=one, organisation=regions[1], side="care", role="joined")
    cost(one, "meal", estimated="10")
    two = made(sides, partner=regions[0])
    cost(two, "meal", estimated="5")
    made(sides, partner=regions[2])
    made(sides, partner=regions[3])
    found = report(sides).partners()
    assert [each.partner.name for each in found] == ["alvik", "Åsby", "Ängby", "Österby"]
    assert [each.collaborations for each in found] == [1, 1, 1, 2]
    assert [each.costs.estimated.total for each in found] == [None, None, Decimal(10), Decimal(15)]
    assert in_swedish_order("ÅRE") < in_swedish_order("ämt") < in_swedish_order("Öst")


def test_judgements_are_counted_by_question_and_side_and_those_that_lapsed_apart(sides):
    one = made(sides)
    common = {"collaboration": one, "why": "Prövat.", "made_on": TODAY, "made_at": NOW}
    care = {**common, "by": sides.contact, "acting_for": sides.region}
    Judgement.objects.create(fact="moderate_assessed", record="meal:lunch", value=True, **care)
    Judgement.objects.create(fact="moderate_assessed", record="meal:fika", value=False, **care)
    Judgement.objects.create(
        fact="moderate_assessed", record="meal:x", value=False, lapsed_at=NOW, lapsed_because="changed", **care
    )
    company = {**common, "by": sides.officer, "acting_for": sides.company}
    Judgement.objects.create(fact="reasonable_assessed", record="collaboration", value=True, **company)
    found = report(sides).judged
    assert [(each.fact, each.record_kind, each.side, each.yes, each.no, each.gone) for each in found] == [
        ("reasonable_assessed", "collaboration", "company", 1, 0, 0),
        ("moderate_assessed", "meal", "care", 1, 1, 1),
    ]
    assert table(report(sides), "judgements")[-1] == ["Alla", "", "2", "1", "1"]


def test_warnings_gone_on_from_have_their_reasons_and_name_nobody(sides):
    one = made(sides)
    about = {"collaboration": one, "by": sides.contact, "acting_for": sides.region, "made_at": NOW}
    Acknowledgement.objects.create(key=f"meals_over:{sides.nurse.pk}:2026", reason="Tre dagars kurs.", **about)
    Acknowledgement.objects.create(key="rule:maltider.skatt:meal:lunch", reason="Sagt till lönekontoret.", **about)
    Acknowledgement.objects.create(key="something_new:x", reason="Okej.", **about)
    found = report(sides)
    assert [(each.code, each.rule) for each in found.gone_on] == [
        ("meals_over", ""),
        ("rule", "maltider.skatt"),
        ("something_new", ""),
    ]
    told = table(found, "reasons")
    assert told[0] == [one.public_id, "Fler måltider än gränsen", "Tre dagars kurs.", "2026-03-02"]
    assert "Upplysning" in told[1][1]
    assert told[2][1] == "Annan varning (something_new)"
    assert [row[1] for row in table(found, "warnings")] == ["1", "1", "1"]


def test_no_person_stands_anywhere_in_the_report(sides):
    one = made(sides)
    Participant.objects.create(collaboration=one, record_id="p1", person=sides.nurse, employer=sides.region)
    asked(one, sides.region, sides.contact, "approved", answered="2026-03-03")
    for lang in ("sv", "en"):
        told = repr(year_tables(report(sides), lang))
        for person in (sides.nurse, sides.contact, sides.author):
            assert person.name not in told


def test_openness_is_counted_with_what_stands_in_the_register(sides):
    one = made(sides)
    made(sides)
    made(sides, openness="withheld", openness_reason="Pågående förhandling.")
    found = report(sides, published={one.public_id, "S-ANNAN"})
    assert table(found, "openness") == [
        ["Öppen från start", "2", "1"],
        ["Öppen från en senare dag", "0", "0"],
        ["Inte öppen", "1", "0"],
        ["Alla", "3", "1"],
    ]


def test_a_year_without_collaborations_says_so_and_a_year_that_is_not_over_too(sides):
    nil = year_tables(report(sides, 2024), "sv")
    assert nil.tables == ()
    assert nil.notes[0] == "Organisationen hade ingen samverkan som började 2024."
    assert "inte slut" not in nil.period
    made(sides, "2026-12-10")
    running = report(sides)
    assert running.running
    assert running.to_begin == 1
    assert "till och med 2026-11-28" in year_tables(running, "sv").period
    assert "up to and including 2026-11-28" in year_tables(running, "en").period
    assert report(sides, today=date(2026, 12, 31)).running
    assert not report(sides, today=date(2027, 1, 1)).running


def test_the_years_to_choose_go_from_the_first_collaboration_to_this_year(sides):
    assert years_of(sides.company, TODAY) == (2026,)
    made(sides, "2024-05-01")
    made(sides, "2027-05-01")
    assert years_of(sides.company, TODAY) == (2026, 2025, 2024)
    assert [may_be_reported(year, TODAY) for year in (0, 1999, 2000, 2026, 2027, 9999)] == [
        False,
        False,
        True,
        True,
        False,
        False,
    ]


def test_the_number_of_queries_is_the_same_however_much_there_is(sides, django_assert_num_queries):
    def add():
        one = made(sides, state="reported")
        reported(one, sides, "meets", at("2026-03-12"))
        cost(one, "meal", estimated="1")
        asked(one, sides.region, sides.contact, "approved", answered="2026-03-03")

    add()
    with django_assert_num_queries(6):
        report(sides)
    for _number in range(4):
        add()
    with django_assert_num_queries(6):
        found = report(sides)
    with django_assert_num_queries(0):
        year_tables(found, "en")
    reported(made(sides, state="reported"), sides, "breach", at("2026-03-13"))
    with django_assert_num_queries(7):
        report(sides)


def test_a_change_after_approval_is_counted_once_however_many_answers_it_reopens(sides):
    collaboration = approved(sides, plan(sides))

    def dearer(draft):
        draft["about"]["town"] = "Umeå"

    changed(collaboration, sides, dearer)
    again = Approval.objects.filter(follows__isnull=False).count()
    assert again > 1
    assert report(sides).reopened == Reopened(again, 1, 1)


def test_a_no_that_is_asked_about_again_is_no_change(sides):
    collaboration = submitted(sides, plan(sides))
    judge_all(collaboration, sides)
    yes(waiting(collaboration)[0], sides.officer)
    yes(waiting(collaboration)[0], sides.contact)
    first = waiting(collaboration)[0]
    no = answering.answer(
        approval=first, answer="declined", seen_version=1, by=sides.head, at=NOW, reason="Kan inte avvaras."
    )
    answering.ask_again(approval=no, by=sides.author, acting_for=sides.company, at=NOW)
    found = report(sides)
    assert found.reopened == Reopened(0, 0, 0)
    employers = next(each for each in found.asked if each.kind == "employer")
    assert (employers.asked, employers.declined, employers.waiting) == (3, 1, 2)


def test_the_acts_themselves_give_the_day_of_the_report(sides, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    collaboration = approved(sides, plan(sides))
    after = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
    who = {"by": sides.author, "acting_for": sides.company, "at": after}
    outcome.carry_out(collaboration=collaboration, **who)
    draft = fresh(collaboration).draft
    for each in draft["participant"]:
        each["attendance"] = "present"
    draft["cost"][0]["actual"] = "245.00"
    partaking.add_paper(
        collaboration=fresh(collaboration),
        sort="agreement",
        title="Avtal",
        file=SimpleUploadedFile("avtal.txt", b"Ja."),
        **who,
    )
    revision = fresh(collaboration).revision
    drafting.save_draft(collaboration=collaboration, content=draft, revision=revision, **who)
    outcome.report(collaboration=collaboration, **who)
    row = report(sides).rows[0]
    assert (row.state, row.reported_on, row.timing) == ("reported", date(2026, 5, 20), "late")
    assert row.days_to_report == 36
    assert row.carried_out == fresh(collaboration).outcome
    assert row.sum.actual.total == Decimal("245.00")
    found = report(sides)
    assert sum(each.yes + each.no for each in found.judged) == Judgement.objects.filter(lapsed_at__isnull=True).count()
    assert sum(each.asked for each in found.asked) == Approval.objects.count()
