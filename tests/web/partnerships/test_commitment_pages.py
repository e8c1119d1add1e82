"""The pages of commitments: who sees what, who reports and who judges, and what is found where nothing is promised."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from tests import world
from tests.promising import Promises
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.actions.commitments import end_commitment
from tillit.apps.partnerships.actions.evidence import EvidenceFacts, add_evidence
from tillit.apps.partnerships.actions.reporting import Occasion, report_occurrence
from tillit.apps.partnerships.models import Commitment, CommitmentEvent, Evidence

ALL = "/partnerskap/kliniska-provningar/ataganden/"
ICS = "/partnerskap/kliniska-provningar/ataganden.ics"
NAME = "Bo Lind"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def here(db):
    return Promises()


@pytest.fixture
def due():
    return localdate() - timedelta(days=40)


@pytest.fixture
def owed(here, due):
    """Something that the company owes and nobody has said anything about."""
    return promised(here, due, text="Lämna årets siffror")


def promised(here, due, **more):
    return here.promise(starts_on=localdate() - timedelta(days=400), due_on=due, **more)


def page_of(row):
    return f"{ALL}{row.pk}/"


def sent(browser, row, act, **said):
    return browser.post(page_of(row), {"act": act, **said}, follow=True)


def reported(here, row, due):
    return report_occurrence(
        occasion=Occasion(commitment=row, due_on=due),
        by=here.speaker,
        at=now(),
        acting_for=here.company,
        note="Siffrorna är skickade",
        done_on=due,
    )


def shown(here, row, due, **more):
    facts = EvidenceFacts(**{"title": "Siffrorna", "effective_on": due, "link": "https://exempel.se/s", **more})
    return add_evidence(
        occasion=Occasion(commitment=row), facts=facts, by=here.speaker, at=now(), acting_for=here.company
    )


def test_a_visitor_sees_what_is_open_and_no_more(here, owed, due, client):
    promised(here, due, text="Öppet löfte", openness="public")
    promised(here, due, text="Styrelsens löfte", organ=here.organ(), openness="organ")
    seen = client.get(ALL).text
    assert "Öppet löfte" in seen
    assert "Lämna årets siffror" not in seen
    assert "Styrelsens löfte" not in seen
    assert client.get(page_of(owed)).status_code == 404
    for who in (here.speaker, here.founder):
        text = client_of(who).get(ALL).text
        assert "Lämna årets siffror" in text
    assert "Styrelsens löfte" not in client_of(here.speaker).get(ALL).text
    assert "Styrelsens löfte" in client_of(here.office).get(ALL).text


def test_who_owes_and_how_much_is_met_is_told_with_a_word(here, owed, client):
    seen = client_of(here.speaker).get(ALL).text
    assert "Nordkap Pharma AB" in seen
    assert "Om 1 tillfälle har ingen sagt något." in seen
    assert "avviker" in seen
    assert "<b>0 %</b>" in seen
    assert "Uppgift saknas: närvaro" in seen
    assert "2 av 2 sektorer var med från initieringen (100 %)." in seen


def test_the_gap_on_the_deciding_level_stands_first(here, owed, client):
    here.organ("Styrelsen")
    seen = client.get(ALL).text
    assert "Inga formella åtaganden på beslutande nivå: nationell." in seen
    assert seen.index("Inga formella") < seen.index("Per part, nivå och område")
    promised(here, None, tier="deciding")
    assert "Inga formella" not in client.get(ALL).text


def test_the_list_is_sifted(here, owed, due):
    promised(here, due, text="På nätverkets nivå", level=here.levels["network"], area="follow_up")
    browser = client_of(here.speaker)
    for query in ({"niva": "network"}, {"omrade": "follow_up"}):
        seen = browser.get(ALL, query).text
        assert "På nätverkets nivå" in seen
        assert "Lämna årets siffror" not in seen
    assert "Inga åtaganden att visa." in browser.get(ALL, {"vem": "x", "sida": "9"}).text


def test_the_party_reports_and_takes_it_back(here, owed, due):
    browser = client_of(here.speaker)
    seen = sent(browser, owed, "report", due_on=due, done_on=due, note="Klart").text
    assert "Redovisningen är sparad." in seen
    assert "redovisat, inte granskat" in seen
    event = CommitmentEvent.objects.get()
    assert (event.verdict, event.recorded_by, event.said_on) == ("claimed", here.speaker, due)
    assert "tillbakadragen" in sent(browser, owed, f"withdraw-{event.pk}").text
    assert not CommitmentEvent.objects.filter(superseded_at__isnull=True).exists()


def test_the_party_never_judges_its_own_and_the_office_does(here, owed, due):
    reported(here, owed, due)
    party, office = client_of(here.speaker), client_of(here.office)
    assert "Spara bedömningen" not in party.get(page_of(owed)).text
    assert sent(party, owed, "judge", due_on=due, verdict="met").status_code == 400
    seen = sent(office, owed, "judge", due_on=due, verdict="partial", fraction="0,25").text
    assert "Bedömningen är sparad." in seen
    assert "andel 0,25" in seen
    event = CommitmentEvent.objects.get(superseded_at__isnull=True)
    assert (event.verdict, str(event.fraction), event.said_on) == ("partial", "0.250", due)


def test_the_office_that_works_for_the_party_is_told_who_can_judge(here, owed, due):
    world.role(here.office, here.company, "author")
    here.office.employments.create(organisation=here.region)
    world.role(here.office, here.region, "author")
    browser = client_of(here.office)
    session = browser.session
    session["acting_for"] = str(here.region.pk)
    session.save()
    seen = sent(browser, owed, "judge", due_on=due, verdict="met")
    assert seen.status_code == 422
    assert "Ingen bedömer sitt eget åtagande." in seen.text


def test_a_waiver_is_let_through_with_its_decision_alone(here, owed, due):
    browser = client_of(here.office)
    assert sent(browser, owed, "waive", due_on=due, decision="").status_code == 422
    seen = sent(browser, owed, "waive", due_on=due, decision="Styrelsen, § 7").text
    assert "efterskänkt" in seen
    assert "för sent" not in seen
    assert "Styrelsen, § 7" in seen


def test_evidence_is_added_as_a_file_accepted_and_fetched_as_it_came_in(here, owed, due):
    party, office = client_of(here.speaker), client_of(here.office)
    file = SimpleUploadedFile("siffror.txt", b"Allt gjort")
    seen = sent(party, owed, "evidence", title="Siffrorna", effective_on=due, file=file).text
    assert "väntar på granskning" in seen
    made = Evidence.objects.get()
    assert f"accept-{made.pk}" not in seen
    assert "godtaget" in sent(office, owed, f"accept-{made.pk}").text
    answer = party.get(f"{page_of(owed)}underlag/{made.version_id}/")
    assert answer.content == b"Allt gjort"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Fel år" in sent(office, owed, f"refuse-{made.pk}", reason="Fel år").text


def test_evidence_of_no_time_is_refused_at_its_field(here, owed, due):
    seen = sent(
        client_of(here.speaker), owed, "evidence", title="S", effective_on=localdate(), link="https://exempel.se"
    )
    assert seen.status_code == 422
    assert "Välj vilket tillfälle underlaget gäller." in seen.text


def test_names_notes_and_evidence_are_for_the_parties(here, due, client):
    row = promised(here, due, openness="public")
    reported(here, row, due)
    shown(here, row, due, title="Hemlig bilaga")
    seen = client.get(page_of(row)).text
    assert "sagt av parten" in seen
    for hidden in (NAME, "Siffrorna är skickade", "Hemlig bilaga", here.office.name):
        assert hidden not in seen
    inside = client_of(here.founder).get(page_of(row)).text
    for told in (NAME, "Siffrorna är skickade", "Hemlig bilaga"):
        assert told in inside


def test_a_file_is_not_for_others(here, due, client):
    row = promised(here, due, openness="public")
    made = shown(here, row, due, link="", file=SimpleUploadedFile("a.txt", b"x"))
    address = f"{page_of(row)}underlag/{made.version_id}/"
    assert client.get(address).status_code == 302
    assert client_of(here.outsider).get(address).status_code == 404
    assert client_of(here.speaker).get(f"{page_of(row)}underlag/{row.pk}/").status_code == 404


def test_a_common_commitment_shows_ones_own_times_and_the_others_by_choice(here, due):
    row = promised(here, due, organisation=None, of_role="main_party", text="Var med")
    browser = client_of(here.speaker)
    seen = browser.get(page_of(row)).text
    assert "När det ska göras: Nordkap Pharma AB" in seen
    assert 'name="act" value="report"' in seen
    other = browser.get(page_of(row), {"part": str(here.region.pk)}).text
    assert "När det ska göras: Region Fjällmark" in other
    assert 'name="act" value="report"' not in other
    browser.post(f"{page_of(row)}?part={here.company.pk}", {"act": "report", "due_on": due, "done_on": due})
    assert CommitmentEvent.objects.get().party == here.company


def test_the_office_makes_changes_and_ends_a_commitment(here):
    browser = client_of(here.office)
    today = localdate()
    said = {
        "act": "make",
        "text": "Delta i styrelsen",
        "owes": f"organisation:{here.company.pk}",
        "level": here.levels["national"].pk,
        "tier": "deciding",
        "area": "organisation_decisions",
        "kind": "participation",
        "starts_on": today,
        "first_due": today,
        "every_months": "12",
        "weight": "1,5",
        "evidence_required": "yes",
        "openness": "public",
    }
    assert browser.post(f"{ALL}nytt/", said | {"every_months": ""}).status_code == 422
    seen = browser.post(f"{ALL}nytt/", said, follow=True).text
    assert "Åtagandet är upplagt." in seen
    row = Commitment.objects.get()
    assert (row.organisation, row.tier, str(row.weight), row.evidence_required) == (
        here.company,
        "deciding",
        "1.50",
        True,
    )
    form = browser.get(f"{page_of(row)}andra/").text
    assert "Delta i styrelsen" in form
    browser.post(f"{page_of(row)}andra/", said | {"act": "change", "text": "Delta i rådet", "weight": "2"})
    row.refresh_from_db()
    assert (row.text, str(row.weight)) == ("Delta i rådet", "2.00")
    assert "sista dag" in sent(browser, row, "end", ends_on=today + timedelta(days=400)).text


def test_only_the_office_makes_and_changes(here, owed, client):
    for address in (f"{ALL}nytt/", f"{page_of(owed)}andra/"):
        assert client.get(address).status_code == 302
        assert client_of(here.speaker).get(address).status_code == 403
    assert client_of(here.outsider).get(f"{page_of(owed)}andra/").status_code == 404


def test_what_we_owe_is_a_calendar(here, owed, due, client):
    from icalendar import Calendar

    promised(here, localdate() + timedelta(days=30), text="Kommer, snart\nnog", grace_days=5)
    answer = client_of(here.speaker).get(ICS)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == [
        "Kliniska prövningar: Lämna årets siffror",
        "Kliniska prövningar: Kommer, snart",
    ]
    assert events[1].decoded("dtstart") == localdate() + timedelta(days=35)
    assert client.get(ICS).status_code == 302
    assert client_of(here.outsider).get(ICS).status_code == 404


def test_a_commitment_of_another_partnership_or_that_is_not_there_is_not_found(here, owed):
    browser = client_of(here.office)
    assert browser.get(f"{ALL}{here.company.pk}/").status_code == 404
    assert browser.get(page_of(owed)).status_code == 200


def test_what_has_ended_says_its_last_day(here, owed):
    end_commitment(commitment=owed, ends_on=localdate() + timedelta(days=1), by=here.office, at=now())
    assert f"t.o.m. {localdate().isoformat()}" in client_of(here.speaker).get(page_of(owed)).text


def test_the_pages_take_as_many_queries_with_many_as_with_few(here, owed, due, client, django_assert_max_num_queries):
    row = promised(here, due, organisation=None, of_role="main_party", openness="public")

    def ask(browser, list_most, page_most):
        with django_assert_max_num_queries(list_most):
            assert browser.get(ALL).status_code == 200
        with django_assert_max_num_queries(page_most):
            assert browser.get(page_of(row)).status_code == 200

    speaker = client_of(here.speaker)
    ask(client, 7, 5)
    ask(speaker, 10, 8)
    for number in range(6):
        more = promised(here, due, openness="public", text=f"Mer {number}")
        reported(here, more, due)
        shown(here, more, due)
    ask(client, 7, 5)
    ask(speaker, 10, 8)
