"""A partnership in a real browser: founded from a model, acceded to, seated; and what it means to be an actor in it."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from tests import world

NAME, ADDRESS = "Prövningar i norr", "/partnerskap/provningar-i-norr/"
MAIN, ACCESSION = "Huvudöverenskommelse", "Anslutningsavtal"


@pytest.mark.flow
def test_a_partnership_is_founded_agreed_seated_and_answers_what_it_means_to_be_an_actor(
    window, let_in, transactional_db, accessible
):
    play = Play(window, let_in)
    play.founded_from_a_model()
    play.agreed_and_signed()
    play.a_company_accedes()
    play.the_board_is_seated()
    play.the_gap_on_the_deciding_level_is_found()
    play.the_region_reads_what_it_means(accessible)
    play.a_small_company_asks_what_it_would_mean(accessible)
    play.a_patient_organisation_asks_what_it_would_mean(accessible)


class Play:
    """The office, an officer of a company, and somebody who only looks, each at their own window."""

    def __init__(self, window, let_in):
        self.region, self.company = world.region(), world.company()
        founder = world.person("Kaj Kansli", "kaj@example.se", organisation=self.region, roles=("contact_person",))
        officer = world.person("Bo Lind", organisation=self.company, roles=("compliance_officer",))
        self.office, self.officer, self.visitor = let_in(founder), let_in(officer), window()
        self.day = localdate().isoformat()

    def founded_from_a_model(self):
        page = self.office
        page.goto("/partnerskap/")
        page.get_by_role("link", name="Jämför modeller").click()
        page.get_by_label("Den andra").select_option(label="Ideell förening")
        page.get_by_role("button", name="Jämför").click()
        expect(page.get_by_role("row", name="Form ").first).to_contain_text("ideell förening")
        page.get_by_role("link", name=f"Lägg upp ett partnerskap: {MAIN}").click()
        expect(page.get_by_label("Utgå från en modell")).to_have_value("huvudoverenskommelse")
        page.get_by_label("Vad heter partnerskapet?").fill(NAME)
        page.get_by_role("button", name="Lägg upp partnerskapet").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
        expect(page.get_by_text("Ingen har gått med än.")).to_be_visible()
        expect(page.get_by_role("link", name="Styrelsen")).to_be_visible()

    def agreed_and_signed(self):
        self.look_after(MAIN)
        self.deed(self.office, "Lägg till en part", Organisation=self.region.name)
        self.deed(self.office, "Lägg fram för underskrift")
        self.signed(self.region)
        self.deed(self.office, "Låt avtalet gälla")
        self.joined(self.region, role="main_party", via=MAIN, sector="Vård")

    def a_company_accedes(self):
        """The company notes its own signature; only then can it come in as acceded."""
        self.look_after(ACCESSION)
        self.deed(self.office, "Lägg till en part", Organisation=self.company.name)
        self.deed(self.office, "Lägg fram för underskrift")
        accession = self.office.url.removesuffix("skota/")
        page = self.officer
        page.goto(accession)
        page.get_by_role("link", name="Skriv under för vår organisation").click()
        page.get_by_label("Vem skrev under?").fill("Bo Lind")
        page.get_by_label("Med vilken rätt?").fill("Firmatecknare")
        page.get_by_label("Vilken dag?").fill(self.day)
        page.get_by_role("button", name="Anteckna underskriften").click()
        self.look_after(ACCESSION)
        self.deed(self.office, "Låt avtalet gälla")
        self.joined(self.company, role="acceded", via=ACCESSION, sector="Industri")
        self.visitor.goto(ADDRESS)
        expect(self.visitor.get_by_text("2 parter")).to_be_visible()

    def the_board_is_seated(self):
        page = self.office
        page.goto(f"{ADDRESS}organ/")
        page.get_by_role("link", name="Styrelsen").first.click()
        page.goto(f"{page.url}platser/")
        seat = page.get_by_role("region", name="Plats 1")
        seat.get_by_text("Sätt någon på platsen").first.click()
        seat.get_by_label("Personens e-postadress").fill("kaj@example.se")
        seat.get_by_label("För vilken organisation?").fill(self.region.name)
        seat.get_by_label("Som vad?").select_option("chair")
        seat.get_by_label("Från", exact=True).fill(self.day)
        seat.get_by_role("button", name="Sätt någon på platsen").click()
        expect(page.get_by_role("region", name="Plats 1")).to_contain_text("Kaj Kansli")
        self.visitor.goto(ADDRESS)
        expect(self.visitor.get_by_role("region", name="Styrelsen").first).to_contain_text(self.region.name)
        assert "Kaj Kansli" not in self.visitor.content()

    def the_gap_on_the_deciding_level_is_found(self):
        page = self.office
        page.goto(f"{ADDRESS}ataganden/")
        expect(page.get_by_text("Inga formella åtaganden på beslutande nivå")).to_have_count(0)
        page.goto(f"{ADDRESS}organ/nytt/")
        page.get_by_label("Namn").fill("Regiongruppen")
        page.get_by_label("Vad gör det?").select_option("deciding")
        page.get_by_label("Nivå").select_option(label="region och lokalt")
        page.get_by_label("Finns från").fill(self.day)
        page.get_by_label("När kan det besluta?").select_option("more_than_half")
        page.get_by_label("Hur mycket krävs för ett beslut?").select_option("simple")
        page.get_by_label("Vem får se det?").select_option("public")
        page.get_by_role("main").get_by_role("button", name="Lägg upp organet").click()
        self.visitor.goto(f"{ADDRESS}ataganden/")
        expect(self.visitor.get_by_text("Inga formella åtaganden på beslutande nivå")).to_be_visible()

    def the_region_reads_what_it_means(self, accessible):
        page = self.office
        page.goto(ADDRESS)
        page.get_by_role("link", name=self.region.name).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Vad innebär det för Region Fjällmark")
        expect(page.get_by_role("region", name="Avtal som är undertecknade")).to_contain_text(MAIN)
        expect(page.get_by_role("region", name="Egna platser")).to_contain_text("Kaj Kansli")
        decides = page.get_by_role("region", name="Vad parten får besluta")
        expect(decides.get_by_role("row", name="Budget")).to_contain_text("Styrelsen")
        expect(page.get_by_role("region", name="Vad parten ska redovisa")).to_contain_text("indikatorer")
        expect(page.get_by_role("region", name="Uppsägning, och hur man lämnar")).to_contain_text("när som helst")
        expect(page.get_by_role("region", name="Pengar")).to_contain_text("kommer senare")
        accessible(page)
        with page.expect_download() as file:
            page.get_by_role("link", name="Hämta som PDF").click()
        assert file.value.suggested_filename == "aktor-provningar-i-norr-region-fjallmark.pdf"

    def a_small_company_asks_what_it_would_mean(self, accessible):
        page = self.asks("företag", "ansluten")
        expect(page.get_by_role("region", name="Avtal att underteckna")).to_contain_text(ACCESSION)
        expect(page.get_by_role("region", name="Vad ni åtar er")).to_contain_text("planerade prövningar")
        expect(page.get_by_role("region", name="Platser ni kan få")).to_contain_text("er: 1 plats")
        expect(page.get_by_role("region", name="Hur ni lämnar")).to_contain_text("säger upp sitt anslutningsavtal")
        accessible(page)

    def a_patient_organisation_asks_what_it_would_mean(self, accessible):
        page = self.asks("patientförening", "observatör")
        expect(page.get_by_role("region", name="Avtal att underteckna")).to_contain_text("Inget att redovisa.")
        expect(page.get_by_role("region", name="Vad ni åtar er")).to_contain_text("patienters erfarenhet")
        page.get_by_label("Och vill vara med som").select_option(label="ansluten")
        page.get_by_role("button", name="Visa").click()
        expect(page.get_by_role("region", name="Platser ni kan få")).to_contain_text("Styrelsen")
        accessible(page)

    def asks(self, kind, role):
        page = self.visitor
        page.goto(ADDRESS)
        page.get_by_role("link", name="Bli aktör").click()
        page.get_by_label("Vi är").select_option(label=kind)
        page.get_by_label("Och vill vara med som").select_option(label=role)
        page.get_by_role("button", name="Visa").click()
        return page

    def look_after(self, title):
        self.office.goto(f"{ADDRESS}avtal/")
        self.office.get_by_role("main").get_by_role("link", name=title, exact=True).first.click()
        self.office.get_by_role("link", name="Sköt avtalet").click()

    def signed(self, organisation):
        self.deed(
            self.office,
            "Anteckna en underskrift",
            **{
                "Part": {"label": organisation.name},
                "Vem skrev under?": "Vera Ek",
                "Med vilken rätt?": "Beslut 12",
                "Vilken dag?": self.day,
            },
        )

    def joined(self, organisation, *, role, via, sector):
        page = self.office
        page.goto(f"{ADDRESS}parter/skota/")
        form = page.get_by_role("region", name="Ta in en part")
        form.get_by_label("Organisation").fill(organisation.name)
        form.get_by_label("Roll").select_option(role)
        form.get_by_label("Med genom").select_option(label=via)
        form.get_by_label("Sektor").select_option(label=sector)
        form.get_by_label("Med från").fill(self.day)
        form.get_by_role("button", name="Ta in parten").click()
        expect(page.get_by_role("alert")).to_have_count(0)

    def deed(self, page, name, **fields):
        """Unfold a deed, fill it in by its labels, and press its button."""
        folded = page.locator("details", has=page.locator("summary", has_text=name)).first
        folded.locator("summary").click()
        for label, value in fields.items():
            field = folded.get_by_label(label, exact=True)
            field.select_option(**value) if isinstance(value, dict) else field.fill(value)
        folded.get_by_role("button", name=name).click()
        expect(page.get_by_role("alert")).to_have_count(0)
