"""What it means to be an actor: one party's page and the prospective party's, on screen and as PDF, by who asks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from tests.exchange.test_yearly import letters
from tests.partnering import NOW, START, Ground, there
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.models import (
    Affiliation,
    Agreement,
    AgreementParty,
    Appointment,
    Commitment,
    MandateItem,
    RepresentationLink,
    Subject,
)
from tillit.apps.partnerships.queries.actor import actor_page
from tillit.apps.partnerships.queries.prospect import prospect_page
from tillit.exchange.yearly_pdf import pdf
from tillit.web.partnerships.actor_told import actor_told
from tillit.web.partnerships.prospect_told import prospect_told

TODAY = localdate()
BEGAN = START
VISITOR = Sight()


class Whole(Ground):
    """A partnership with a board where the region sits, a company that it speaks for, agreements and commitments."""

    def __init__(self):
        super().__init__()
        for party, sector in ((self.region, "care"), (self.company, "industry"), (self.university, "academia")):
            self.joined(party, sector=sector, source="Protokoll 1")
        self.main = self.agreement("Huvudöverenskommelse", "main_agreement", notice_months=6, openness="public")
        self.secret = self.agreement("Sidoavtal", "special_agreement", parent=self.main)
        self.late = self.agreement("Tilläggsavtal", "supplement", parent=self.main, status="being_signed")
        self.signed(self.main, self.region)
        self.signed(self.main, self.company)
        AgreementParty.objects.create(agreement=self.late, organisation=self.region, recorded_at=NOW)
        self.board = self.organ(seats=2, source="Huvudöverenskommelsen 4 §")
        self.seat, self.empty = self.board.seats.all()
        self.seat.sector = self.sectors["care"]
        self.seat.save()
        self.empty.sector, self.empty.nominating_class = self.sectors["industry"], "company"
        self.empty.save()
        self.closed = self.organ("Beredningen", "operative", openness="organ")
        self.sitting = Appointment.objects.create(
            seat=self.seat, person=self.founder, organisation=self.region, starts_on=BEGAN, recorded_at=NOW
        )
        RepresentationLink.objects.create(
            organisation=self.company, seat=self.seat, basis=self.main, starts_on=BEGAN, recorded_at=NOW
        )
        for subject, right in (("Budget", "decides"), ("Plan", "advises")):
            MandateItem.objects.create(
                organ=self.board,
                subject=Subject.objects.get_or_create(
                    partnership=self.partnership, code=subject.lower(), defaults={"name": subject}
                )[0],
                right=right,
                level=self.levels["national"],
                starts_on=BEGAN,
                recorded_at=NOW,
                source="Huvudöverenskommelsen 5 §",
            )
        again = {"first_due": TODAY + timedelta(days=20), "every_months": 3}
        self.promise("Lämna siffror", of_role="main_party", kind="reporting", evidence_required=True, **again)
        self.promise("Avsätta tid", organisation=self.region, openness="public", source="Punkt 7")
        self.promise("Öppna för forskare", of_kind="patient_association", openness="public", tier="deciding")

    def agreement(self, title, kind, **more):
        fields = {"status": "in_force", "term_mode": "until_further_notice", "valid_from": BEGAN, **more}
        return Agreement.objects.create(
            partnership=self.partnership,
            title=title,
            type=kind,
            level=self.levels["national"],
            created_at=NOW,
            **fields,
        )

    def signed(self, agreement, organisation):
        AgreementParty.objects.create(
            agreement=agreement,
            organisation=organisation,
            signed_on=BEGAN,
            signatory="N N",
            authority="Delegation",
            recorded_at=NOW,
        )

    def promise(self, text, **more):
        fields = {"area": "follow_up", "kind": "resource", "starts_on": BEGAN, **more}
        return Commitment.objects.create(
            partnership=self.partnership, text=text, level=self.levels["national"], created_at=NOW, **fields
        )


@pytest.fixture(autouse=True)
def swedish():
    """A page in English read before leaves its language behind."""
    with translation.override("sv"):
        yield


@pytest.fixture
def ground(db):
    return Whole()


@pytest.fixture
def whole(ground):
    return ground


def actor(ground, organisation, lang="", end="/"):
    return f"{lang}/partnerskap/{ground.partnership.slug}/aktor/{organisation.pk}{end}"


def told(ground, organisation):
    page = there(actor_page(ground.partnership, organisation.pk, Sight(office=True), TODAY))
    report = actor_told(ground.partnership, page, (), TODAY, "sv", whole=True)
    return {each.key: [[cell.value for cell in row] for row in each.rows] for each in report.tables}


def test_a_party_reads_what_it_signed_owes_decides_and_how_to_leave(whole):
    found = told(whole, whole.region)
    assert found["undertecknat"] == [["Huvudöverenskommelse", "nationell", BEGAN, BEGAN, "ja", "uppgift saknas"]]
    assert [row[0] for row in found["att-underteckna"]] == ["Tilläggsavtal"]
    assert [row[0] for row in found["andra-avtal"]] == ["Sidoavtal"]
    assert found["platser"][0][:6] == ["Styrelsen", "beslutande", "nationell", "plats 1", "Kaj Kansli", "ja"]
    assert found["foretradd"] == []
    assert ["Budget", "nationell", "beslutar", "Styrelsen", "ja", "Huvudöverenskommelsen 5 §"] in found["bestamma"]
    assert found["forfaller"][0][:5] == [TODAY + timedelta(days=20), "Lämna siffror", "nationell", "Uppföljning", 4]
    assert found["utan-dag"] == [["Avsätta tid", "nationell", "Uppföljning", "nej", "Punkt 7"]]
    assert [row[0] for row in found["redovisa"]] == ["Lämna siffror"]
    leaving = found["lamna"][0]
    assert leaving[:3] == ["Huvudöverenskommelse", "tills vidare", "6 månader"]
    assert leaving[3] == "när som helst"
    assert leaving[4] > TODAY
    assert found["pengar"] == [["Vad man betalar och får", "kommer senare"]]


def test_one_who_is_spoken_for_reads_through_whom_and_that_the_vote_is_not_its_own(whole):
    found = told(whole, whole.company)
    assert found["platser"] == []
    assert found["foretradd"][0][:4] == ["Styrelsen", "nationell", "Region Fjällmark", "Huvudöverenskommelse"]
    assert ["Budget", "nationell", "beslutar", "Styrelsen, genom andra", "nej", "Huvudöverenskommelsen 5 §"] in found[
        "bestamma"
    ]


def test_one_who_has_acceded_is_told_that_the_main_agreement_binds_through_that(whole):
    accession = whole.agreement("Anslutningsavtal", "accession_agreement", parent=whole.main, openness="public")
    whole.signed(accession, whole.university)
    others = {row[0]: row[2] for row in told(whole, whole.university)["andra-avtal"]}
    assert others == {"Huvudöverenskommelse": "binder genom Anslutningsavtal", "Sidoavtal": "rör inte parten"}


def test_the_last_day_to_give_notice_is_a_day_where_it_renews_itself_and_none_where_it_runs_out(whole):
    ends = {"valid_to": TODAY + timedelta(days=400), "parent": whole.main}
    renews = {"term_mode": "auto_renew", "renewal_months": 12, "notice_months": 2}
    whole.signed(whole.agreement("Förlängs", "area_agreement", **renews, **ends), whole.region)
    whole.signed(whole.agreement("Löper ut", "area_agreement", term_mode="fixed", **ends), whole.region)
    last = {row[0]: row[3] for row in told(whole, whole.region)["lamna"]}
    assert TODAY < last["Förlängs"] < TODAY + timedelta(days=400)
    assert last["Löper ut"] == "behövs inte: löper ut"


def test_a_share_in_somebody_elses_person_is_a_place_of_ones_own_too(whole):
    Affiliation.objects.create(appointment=whole.sitting, organisation=whole.university, share=Decimal("0.25"))
    assert [row[0] for row in told(whole, whole.university)["platser"]] == ["Styrelsen"]


def test_the_answer_is_first_in_a_line_and_agreements_of_others_are_led_to(whole, office):
    page = f"/partnerskap/kliniska-provningar/aktor/{whole.university.pk}/"
    seen = office.get(page).text
    assert "<dt>Kort sagt</dt><dd>bunden av 0 avtal, " in seen
    assert f'/avtal/{whole.main.pk}/">Huvudöverenskommelse</a>' in seen
    assert "bunden av 1 avtal, " in office.get(page.replace(str(whole.university.pk), str(whole.region.pk))).text


def test_a_visitor_reads_what_is_open_without_names(whole, client):
    page = client.get(actor(whole, whole.region)).text
    for seen in ("Huvudöverenskommelse", "Styrelsen", "Avsätta tid", "Sidan visar det som är öppet", "kommer senare"):
        assert seen in page
    for hidden in ("Sidoavtal", "Tilläggsavtal", "Lämna siffror", "Kaj Kansli", "Beredningen"):
        assert hidden not in page


def test_a_party_reads_the_names_and_what_is_for_the_parties(whole, officer):
    page = officer.get(actor(whole, whole.region)).text
    for seen in ("Kaj Kansli", "Sidoavtal", "Lämna siffror"):
        assert seen in page


def test_one_who_is_no_party_has_no_page_and_a_closed_partnership_none_at_all(whole, client, office):
    assert client.get(actor(whole, whole.patients)).status_code == 404
    whole.partnership.openness = "parties"
    whole.partnership.save()
    for end in ("/", ".pdf"):
        assert client.get(actor(whole, whole.region, end=end)).status_code == 404
        assert office.get(actor(whole, whole.region, end=end)).status_code == 200
    assert client.get(f"/partnerskap/{whole.partnership.slug}/bli-aktor/").status_code == 404


@pytest.mark.parametrize("lang", ["", "/en"])
def test_page_and_pdf_of_a_party_say_the_same(whole, office, lang):
    page, file = office.get(actor(whole, whole.region, lang)), office.get(actor(whole, whole.region, lang, ".pdf"))
    assert file["Content-Type"] == "application/pdf"
    report = page.context["told"]
    assert file.content == pdf(report)
    printed = squeezed(letters(file.content))
    for table in page.context["tables"]:
        assert squeezed(table.title) in printed
        for cell in table.rows and [*table.headings, *(cell for row in table.rows for cell in row)]:
            assert squeezed(cell.text) in printed


def squeezed(text):
    """Return a text without spaces and hyphens: a narrow column divides words."""
    return "".join(text.split()).replace("-", "").replace("\u00ad", "").replace("‐", "")


def test_the_page_takes_as_many_queries_with_many_as_with_few(whole, client, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(actor(whole, whole.region))
    for number in range(12):
        self_made = whole.agreement(f"Avtal {number}", "supplement", parent=whole.main, openness="public")
        whole.signed(self_made, whole.region)
        whole.promise(f"Löfte {number}", organisation=whole.region, openness="public")
    with django_assert_num_queries(7):
        page = client.get(actor(whole, whole.region)).text
    assert "Löfte 11" in page


def test_one_who_signs_in_reads_it_in_few_queries(whole, officer, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        officer.get(actor(whole, whole.region))


def prospects(ground, kind, role, sight=VISITOR, level=""):
    page = prospect_page(ground.partnership, kind, role, sight, TODAY, level)
    report = prospect_told(ground.partnership, page, TODAY, "sv")
    return {each.key: [[cell.value for cell in row] for row in each.rows] for each in report.tables}


def test_a_company_reads_what_joining_would_mean(whole):
    found = prospects(whole, "company", "main_party")
    assert [row[0] for row in found["skriva-under"]] == ["Huvudöverenskommelse"]
    assert found["platser"] == [
        ["Styrelsen", "nationell", "beslutande", 1, "er: 1 plats", "ja", "Huvudöverenskommelsen 4 §"]
    ]
    assert [row[:3] for row in found["bestamma"]] == [
        ["Budget", "nationell", "beslutar"],
        ["Plan", "nationell", "ger råd"],
    ]
    assert found["ataganden"] == []
    assert found["lamna"][0][2] == "6 månader"
    whole_answer = prospects(whole, "company", "main_party", Sight(party=True))
    assert whole_answer["ataganden"][0][:5] == [
        "Lämna siffror",
        "nationell",
        None,
        "Uppföljning",
        "med 3 månaders mellanrum",
    ]


def test_a_patient_association_that_observes_signs_nothing_and_decides_nothing(whole):
    found = prospects(whole, "patient_association", "observer")
    assert found["skriva-under"] == found["bestamma"] == []
    assert [row[0] for row in found["ataganden"]] == ["Öppna för forskare"]
    assert prospects(whole, "patient_association", "observer", level="regional")["ataganden"] == []


def test_an_observer_sits_and_does_not_vote(whole):
    found = prospects(whole, "company", "observer")
    assert found["platser"][0][5] == "nej"
    assert [row[2] for row in found["bestamma"]] == ["ger råd"]


def test_a_seat_that_is_somebodys_own_is_for_nobody_who_comes_new(whole):
    whole.empty.nominating, whole.empty.nominating_class = whole.company, ""
    whole.empty.save()
    assert prospects(whole, "company", "main_party")["platser"] == []


def test_anybody_asks_what_it_would_mean_and_what_is_no_choice_is_none(whole, client, django_assert_num_queries):
    address = f"/partnerskap/{whole.partnership.slug}/bli-aktor/"
    assert "Inget är valt än." in client.get(address, {"slag": "raket", "roll": "kung"}).text
    asked = {"slag": "company", "roll": "main_party"}
    with django_assert_num_queries(7):
        page = client.get(address, asked)
    assert "Vad innebär det att vara aktör i partnerskapet?" in page.text
    assert '<option value="company" selected>' in page.text
    file = client.get(address.rstrip("/") + ".pdf", asked)
    assert file.content == pdf(page.context["told"])
    assert client.get(address.rstrip("/") + ".pdf").status_code == 404


def test_the_answer_is_in_english_too(whole, client):
    page = client.get(f"/en/partnerskap/{whole.partnership.slug}/bli-aktor/", {"slag": "company", "roll": "main_party"})
    assert page.context["told"].lang == "en"
