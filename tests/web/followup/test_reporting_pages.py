"""The pages of reporting: the year of one person, the form of a period, what the office approves and locks."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from tests.reporting import Reporters, moment
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.actions.approving import approve, return_report
from tillit.apps.followup.actions.locking import lock_periods
from tillit.apps.followup.actions.reporting import submit
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import Observation, ObservationEvidence, PeriodLock, ReportingKey
from tillit.apps.followup.queries.calendar import due_for
from tillit.core.indicators.late import due
from tillit.core.indicators.periods import period_of

HOME = "/partnerskap/kliniska-provningar/uppfoljning/rapportera/"
APPROVE = f"{HOME}godkanna/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ended():
    """The latest quarter that has ended."""
    return period_of(localdate(), "quarter").ahead(-1)


@pytest.fixture
def ground(ended):
    made = Reporters()
    for each in made.of.values():
        each.since = ended.ahead(-1).start
        each.save()
    return made


def form_of(reporter, at):
    return f"{HOME}{reporter.pk}/{at}/"


def sent_in(ground, at, value=3, who=None, **more):
    who = who or ground.region
    slot = Slot(ground.of[who], at)
    return submit(slot=slot, said=Said(value=Decimal(value), **more), by=ground.speakers[who], at=now())


def test_what_is_due_now_soon_and_done_is_told_in_one_page(ground, ended):
    approve(observation=sent_in(ground, ended.ahead(-1)), by=ground.founder, at=now())
    seen = client_of(ground.contact).get(HOME)
    assert [each.due.period for each in seen.context["done"]] == [ended.ahead(-1)]
    assert [each.due.period for each in seen.context["now"]] == [ended]
    assert next(each.due.period for each in seen.context["soon"]) == ended.ahead(1)
    assert seen.context["now"][0].due.due == due(ended)
    assert "En uppgift att rapportera" in seen.text
    assert "förfaller om" in seen.text or "sen" in seen.text


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 403), ("contact", 200), ("founder", 200), ("academic", 200), (None, 302)]
)
def test_the_page_is_for_those_who_take_part(ground, client, who, status):
    browser = client_of(getattr(ground, who)) if who else client
    assert browser.get(HOME).status_code == status


def test_a_closed_partnership_is_not_told_of(ground):
    ground.partnership.openness = "parties"
    ground.partnership.save()
    assert client_of(ground.outsider).get(HOME).status_code == 404
    assert client_of(ground.outsider).get(APPROVE).status_code == 404


def test_the_form_is_for_who_reports_and_read_by_the_office(ground, ended):
    page = form_of(ground.of[ground.region], ended)
    assert "Skicka in" in client_of(ground.contact).get(page).text
    assert 'value="submit"' not in client_of(ground.second).get(page).text
    assert client_of(ground.second).post(page, {"act": "submit", "value": "3"}).status_code == 400
    assert client_of(ground.officer).get(page).status_code == 403
    ground.starts.openness = "organ"
    ground.starts.save()
    assert client_of(ground.officer).get(page).status_code == 404
    assert client_of(ground.contact).get(form_of(ground.of[ground.region], ended.ahead(-40))).status_code == 404
    assert client_of(ground.contact).get(form_of(ground.of[ground.region], "2026-99")).status_code == 404
    assert client_of(ground.contact).get(form_of(ground.of[ground.region], "2026-01")).status_code == 404


def test_a_figure_is_sent_in_as_people_write_it(ground, ended):
    browser = client_of(ground.contact)
    answer = browser.post(
        form_of(ground.of[ground.region], ended),
        {"act": "submit", "value": "1 234,5", "parts": "1000 + 234,5"},
        follow=True,
    )
    row = Observation.objects.get()
    assert (row.value, row.status, row.submitted_by) == (Decimal("1234.5"), "submitted", ground.contact)
    assert "Inskickat. Kansliet godkänner." in answer.text
    assert [each.due.period for each in answer.context["waiting"]] == [ended]


def test_what_is_asked_about_is_kept_as_a_draft_and_sent_in_when_it_is_confirmed(ground, ended):
    many = ground.indicator("many", "Många", high=Decimal(50))
    page, browser = form_of(ground.reporter(many, since=ended.start), ended), client_of(ground.contact)
    answer = browser.post(page, {"act": "submit", "value": "51"})
    assert answer.status_code == 422
    assert "utanför det som indikatorn kan vara" in answer.text
    assert 'name="confirmed"' in answer.text
    assert "sparat som utkast så länge" in answer.text
    draft = Observation.objects.get()
    assert (draft.status, draft.value, draft.held) == ("draft", 51, ["out_of_limits"])
    seen = browser.get(page).text
    assert 'name="confirmed"' in seen
    assert 'value="51"' in seen
    said = {"act": "submit", "value": "51", "confirmed": "yes"}
    assert browser.post(page, said).status_code == 422
    assert browser.post(page, {**said, "comment": "Vi har vuxit."}).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.confirmed) == ("submitted", True)
    assert "Vi har vuxit." in client_of(ground.founder).get(APPROVE).text


def test_a_draft_is_kept_and_is_nobodys_report(ground, ended):
    browser = client_of(ground.contact)
    browser.post(form_of(ground.of[ground.region], ended), {"act": "draft", "comment": "Väntar på siffran"})
    assert Observation.objects.get().status == "draft"
    assert "utkast sparat" in browser.get(HOME).text
    assert "Inget att godkänna" in client_of(ground.founder).get(APPROVE).text


def test_a_page_that_has_grown_old_writes_over_nothing(ground, ended):
    browser = client_of(ground.contact)
    sent_in(ground, ended, 3)
    answer = browser.post(form_of(ground.of[ground.region], ended), {"act": "submit", "value": "4", "seen": ""})
    assert answer.status_code == 422
    assert "Någon annan har skickat in" in answer.text
    assert Observation.objects.get().value == 3


def test_the_last_four_stand_beside_and_what_is_missing_says_so(ground, ended):
    reporter = ground.of[ground.region]
    reporter.since = date(2020, 1, 1)
    reporter.save()
    ground.observed(reporter, str(ended.ahead(-2)), 7)
    ground.observed(reporter, str(ended.ahead(-1)), 8, status="submitted")
    seen = client_of(ground.contact).get(form_of(reporter, ended))
    assert [each[1:] for each in seen.context["before"]] == [
        ("uppgift saknas", ""),
        ("uppgift saknas", ""),
        ("7 prövningar", ""),
        ("8 prövningar", "inskickat"),
    ]


def test_a_share_is_read_and_written_in_percent_where_its_unit_says_so(ground, ended):
    made = ground.indicator("andel", "Andel", aggregation="ratio", unit="%", low=Decimal(0), high=Decimal(1))
    reporter = ground.reporter(made, ground.region)
    ground.observed(reporter, str(ended.ahead(-1)), None, numerator=Decimal(85), denominator=Decimal(120))
    browser, page = client_of(ground.contact), form_of(reporter, ended)
    seen = browser.get(page)
    assert seen.context["before"][-1][1] == "70,8 % (85 av 120)"
    assert (seen.context["low"], seen.context["high"]) == ("0", "100")
    assert browser.post(page, {"act": "draft", "value": "43", "parts_unknown": "yes"}).status_code == 302
    assert Observation.objects.get(number=ended.number).value == Decimal("0.43")
    assert 'value="43"' in browser.get(page).text


def test_a_level_is_chosen_by_its_words_and_shows_its_file(ground, ended):
    reporter = ground.rated()
    reporter.indicator.versions.get().rubric.create(level=2, label="Ganska bra", descriptor="Möten hålls.")
    year = period_of(localdate(), "year").ahead(-1)
    page, browser = form_of(reporter, year), client_of(ground.contact)
    assert "Ganska bra" in browser.get(page).text
    file = SimpleUploadedFile("p.txt", b"Protokoll")
    said = {"act": "submit", "level": "2", "narrative": "Fyra möten.", "evidence_title": "", "evidence_file": file}
    assert browser.post(page, said).status_code == 302
    row = Observation.objects.get()
    assert (row.level, row.rater) == (2, ground.contact)
    kept = ObservationEvidence.objects.get()
    address = f"{HOME}{reporter.pk}/underlag/{kept.version_id}/"
    for who, status in (("contact", 200), ("founder", 200), ("officer", 200), ("outsider", 404)):
        answer = client_of(getattr(ground, who)).get(address)
        assert answer.status_code == status
    assert browser.get(address).content == b"Protokoll"
    other = ground.of[ground.company]
    assert browser.get(f"{HOME}{other.pk}/underlag/{kept.version_id}/").status_code == 404


def test_the_office_approves_returns_and_locks(ground, ended):
    one, two = sent_in(ground, ended), sent_in(ground, ended, 5, ground.university)
    office = client_of(ground.founder)
    seen = office.get(APPROVE)
    assert "2 uppgifter väntar på att godkännas" in seen.text
    office.post(APPROVE, {"act": f"return-{two.pk}", "reason": "Fel kvartal?"})
    office.post(APPROVE, {"act": f"approve-{one.pk}"})
    assert [Observation.objects.get(pk=each.pk).status for each in (one, two)] == ["approved", "returned"]
    assert "Fel kvartal?" in client_of(ground.academic).get(form_of(ground.of[ground.university], ended)).text
    assert office.post(APPROVE, {"act": "lock", "through": localdate().isoformat()}).status_code == 422
    office.post(APPROVE, {"act": "lock", "through": ended.end.isoformat()})
    assert PeriodLock.objects.get().through == ended.end
    assert Observation.objects.get(pk=one.pk).status == "locked"
    assert "Perioden är låst" in client_of(ground.academic).get(form_of(ground.of[ground.university], ended)).text


def test_what_nothing_is_asked_about_is_approved_in_one_press_and_no_more(ground, ended):
    limited = ground.indicator("limited", "Begränsad", high=Decimal(5))
    slot = Slot(ground.reporter(limited, since=ended.start), ended)
    odd = submit(slot=slot, said=Said(value=Decimal(6), confirmed=True, comment="Ja"), by=ground.contact, at=now())
    plain = [sent_in(ground, ended, who=who) for who in (ground.region, ground.university)]
    office = client_of(ground.founder)
    keys = office.get(APPROVE).context["forms"]["sound"].initial["keys"]
    after = sent_in(ground, ended, who=ground.company)
    office.post(APPROVE, {"act": "sound", "keys": keys})
    assert [Observation.objects.get(pk=each.pk).status for each in (*plain, odd, after)] == [
        "approved",
        "approved",
        "submitted",
        "submitted",
    ]


@pytest.mark.parametrize("who", ["contact", "outsider", "officer"])
def test_only_the_office_approves(ground, ended, who):
    row = sent_in(ground, ended)
    browser = client_of(getattr(ground, who))
    assert browser.get(APPROVE).status_code == 403
    assert browser.post(APPROVE, {"act": f"approve-{row.pk}"}).status_code == 403


def test_one_who_is_alone_in_the_office_approves_their_own_and_it_stands_on_the_row(ground, ended):
    ground.partnership.stewards.filter(person=ground.second).update(until=localdate())
    row = sent_in(ground, ended)
    Observation.objects.filter(pk=row.pk).update(submitted_by=ground.founder)
    office = client_of(ground.founder)
    assert "är ensam på kansliet" in office.get(APPROVE).text
    office.post(APPROVE, {"act": f"approve-{row.pk}"})
    assert "Samma person skickade in och godkände" in office.get(form_of(ground.of[ground.region], ended)).text


def test_late_is_told_by_whom_before_and_after_it_is(ground, ended):
    days = (due(ended.ahead(-1)) - localdate()).days
    seen = client_of(ground.founder).get(APPROVE)
    assert {whose for whose, _rows in seen.context["late"]} == {each.name for each in ground.of}
    assert f"{-days} dagar sen" in seen.text


def test_an_approved_value_is_corrected_with_a_reason(ground, ended):
    row = sent_in(ground, ended, 10)
    page = f"{form_of(ground.of[ground.region], ended)}ratta/"
    browser = client_of(ground.contact)
    assert browser.get(page).status_code == 404
    approve(observation=row, by=ground.founder, at=now())
    assert client_of(ground.officer).get(page).status_code == 403
    assert "Rätta värdet" in browser.get(form_of(ground.of[ground.region], ended)).text
    assert browser.post(page, {"act": "correct", "value": "11"}).status_code == 422
    asked = browser.post(page, {"act": "correct", "value": "14", "reason": "Räknade om"})
    assert "mer än en femtedel" in asked.text
    said = {"act": "correct", "value": "14", "reason": "Räknade om", "confirmed": "yes", "comment": "Fyra glömdes"}
    assert browser.post(page, said).status_code == 302
    new = Observation.objects.get(superseded_at=None)
    assert (new.value, new.supersedes_id, new.held) == (14, row.pk, ["revised"])
    assert "i stället för 10" in client_of(ground.founder).get(APPROVE).text
    assert "Det som har stått här" in browser.get(form_of(ground.of[ground.region], ended)).text


def test_a_year_goes_over_partnerships_and_organs(ground, ended):
    board = ground.organ(seats=1)
    organ_row = ground.reporter(ground.indicator("board", "Styrelsens möten"), board, since=ended.start)
    assert not [each for each in due_for(ground.contact, ground.region, localdate(), speaks=True) if each.organ]
    seat = board.seats.get()
    seat.appointments.create(
        person=ground.contact, organisation=ground.region, starts_on=date(2026, 2, 1), recorded_at=now()
    )
    rows = due_for(ground.contact, ground.region, localdate(), speaks=True)
    assert {each.organ for each in rows} == {None, board.pk}
    only_organ = due_for(ground.contact, ground.region, localdate(), speaks=False)
    assert {each.organ for each in only_organ} == {board.pk}
    browser = client_of(ground.contact)
    assert "Styrelsens möten" in browser.get("/arbete/rapporter/").text
    assert browser.post(form_of(organ_row, ended), {"act": "submit", "value": "2"}).status_code == 302
    file = browser.get("/arbete/rapporter.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{due(ended.ahead(1)):%Y%m%d}" in file.text
    assert "Startade prövningar" in file.text.replace("\r\n ", "")


def test_what_has_not_started_or_has_ended_is_not_asked_for(ground):
    def asked():
        return due_for(ground.contact, ground.region, localdate(), speaks=True)

    assert asked()
    for change in ({"not_started": True}, {"not_started": False, "status": "ended"}):
        for name, value in change.items():
            setattr(ground.partnership, name, value)
        ground.partnership.save()
        assert asked() == ()
    ground.partnership.status = "running"
    ground.partnership.save()
    ground.starts.closed_on = date(2020, 1, 1)
    ground.starts.save()
    assert asked() == ()


def test_five_days_before_it_is_late_that_is_known(ground):
    reporter = ground.of[ground.region]
    reporter.since = date(2026, 4, 1)
    reporter.save()
    (first, *_rest) = due_for(ground.contact, ground.region, date(2026, 7, 25), speaks=True)
    assert (str(first.period), first.due, first.days_left, first.state) == ("2026-Q2", date(2026, 7, 30), 5, "open")
    (first, *_rest) = due_for(ground.contact, ground.region, date(2026, 8, 25), speaks=True)
    assert (first.days_left, first.days_late, first.state, first.very_late) == (-26, 26, "late", False)
    (first, *_rest) = due_for(ground.contact, ground.region, date(2026, 9, 5), speaks=True)
    assert (first.days_late, first.very_late) == (37, True)


def test_a_new_frequency_asks_for_each_period_once(ground):
    reporter = ground.of[ground.region]
    reporter.since = date(2026, 1, 1)
    reporter.save()
    ground.starts.versions.create(
        number=2,
        starts_on=date(2026, 5, 1),
        unit="prövningar",
        aggregation="sum",
        frequency="month",
        change_reason="Oftare",
        created_at=moment(date(2026, 5, 1)),
    )
    rows = due_for(ground.contact, ground.region, date(2026, 8, 1), speaks=True, ahead=0)
    assert [str(each.period) for each in rows] == ["2026-Q1", "2026-05", "2026-06", "2026-Q2", "2026-07"]


def test_a_key_is_shown_once_and_taken_back(ground):
    browser = client_of(ground.contact)
    page = f"{HOME}nycklar/"
    made = browser.post(page, {"act": "make", "name": "Registret"})
    secret = made.context["secret"]
    assert secret in made.text
    key = ReportingKey.objects.get()
    assert secret not in browser.get(page).text
    assert secret not in key.sha256
    assert browser.post(page, {"act": "make", "name": ""}).status_code == 422
    assert client_of(ground.officer).post(page, {"act": f"revoke-{key.pk}"}).status_code == 400
    browser.post(page, {"act": f"revoke-{key.pk}"})
    key.refresh_from_db()
    assert key.revoked_at is not None
    assert client_of(ground.outsider).get(page).status_code == 403


@pytest.mark.parametrize("many", [3, 30])
def test_pages_take_as_few_queries_with_many_rows(ground, ended, django_assert_max_num_queries, many):
    for number in range(many):
        reporter = ground.reporter(ground.indicator(f"i{number}", f"Nummer {number}"), since=ended.start)
        if number % 2:
            row = submit(slot=Slot(reporter, ended), said=Said(value=Decimal(1)), by=ground.contact, at=now())
            if number % 3 == 0:
                return_report(observation=row, reason="Nej", by=ground.founder, at=now())
    contact, office = client_of(ground.contact), client_of(ground.founder)
    for browser, page in (
        (contact, HOME),
        (contact, "/arbete/rapporter/"),
        (contact, f"{HOME}excel/"),
        (contact, f"{HOME}nycklar/"),
        (contact, form_of(ground.of[ground.region], ended)),
        (office, APPROVE),
    ):
        browser.get(page)
        with django_assert_max_num_queries(10):
            assert browser.get(page).status_code == 200


def test_follow_up_is_begun_by_the_office(ground):
    ground.partnership.not_started = True
    ground.partnership.save()
    assert "Uppföljningen har inte börjat" in client_of(ground.contact).get(HOME).text
    client_of(ground.founder).post(APPROVE, {"act": "start"})
    ground.partnership.refresh_from_db()
    assert not ground.partnership.not_started


def test_a_late_figure_in_a_locked_period_says_why(ground, ended):
    lock_periods(partnership=ground.partnership, through=ended.end, by=ground.founder, at=now())
    page, browser = form_of(ground.of[ground.region], ended), client_of(ground.contact)
    assert browser.post(page, {"act": "submit", "value": "3"}).status_code == 422
    assert browser.post(page, {"act": "submit", "value": "3", "reason": "Sjukdom"}).status_code == 302
    assert Observation.objects.get().reason == "Sjukdom"
