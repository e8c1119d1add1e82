"""How an author writes the plan of a lunch seminar by hand, page by page, and what a judge answers."""

TITLE = "Lunch om hjärtsvikt"
NO_IS_GOOD = ("leisure_in_season_assessed", "exclusive_assessed", "large_event_assessed")
"""Judgement words whose good answer is no."""


class Author:
    """Somebody of the company who writes a collaboration with a region on its pages."""

    def __init__(self, page, sides, day):
        self.page, self.sides, self.day = page, sides, day

    def press(self, name):
        self.page.get_by_role("main").get_by_role("button", name=name, exact=True).click()

    def to(self, place):
        nav = self.page.get_by_role("navigation", name="Skriv samverkan")
        nav.get_by_role("link", name=place, exact=True).click()

    def rest_of_the_plan(self):
        """Write all that a plan needs, beside what it is about, to be handed in."""
        self.parties()
        self.people()
        self.costs()
        self.questions()

    def begin(self, title=TITLE):
        self.page.get_by_label("Vad heter samverkan?").fill(title)
        self.page.get_by_label("Första dagen").fill(self.day)
        self.page.get_by_label("Med vilken organisation?").fill(self.sides.region.name)
        self.press("Börja")

    def about(self):
        self.page.get_by_label("Ort").fill("Västerås")
        self.page.get_by_label("Varför samverkar ni?").fill("Uppföljningen av hjärtsvikt brister.")
        self.page.get_by_label("Vad får vården ut av det?").fill("Samma uppföljning på båda sjukhusen.")
        self.page.get_by_label("Vad får företaget ut av det?").fill("Frågor ur vardagen.")
        self.press("Spara och gå till frågorna")

    def parties(self):
        self.to("Parter")
        care = self.page.get_by_role("listitem").filter(has_text=self.sides.region.name)
        care.get_by_label("Enhet").select_option(self.sides.clinic.name)
        care.get_by_label("Kontaktperson").select_option(self.sides.contact.name)
        care.get_by_role("button", name="Spara").click()

    def people(self):
        self.to("Deltagare")
        for number, person in enumerate((self.sides.nurse, self.sides.doctor), start=1):
            box = self.row(f"Deltagare {number}")
            box.get_by_label("Namn eller roll").fill(person.name)
            box.get_by_label("E-postadress").fill(person.email)
            box.get_by_label("Arbetsgivare").select_option(self.sides.region.name)
            box.get_by_label("Enhet").select_option(f"{self.sides.clinic.name}, {self.sides.region.name}")
        self.page.get_by_label("Ja, alla står här").check()
        self.press("Spara deltagarna")

    def costs(self):
        self.to("Kostnader")
        box = self.row("Kostnad 1")
        box.get_by_label("Vad", exact=True).fill("Lunch")
        box.get_by_label("Slag").select_option("Måltid")
        box.get_by_label("Uppskattat").fill("500")
        self.press("Spara kostnaderna")

    def row(self, name):
        """Unfold a row that is not, and return it."""
        fold = self.page.locator("details.card").filter(has=self.page.get_by_text(name, exact=True))
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        return fold

    def questions(self):
        self.to("Reglernas frågor")
        page = self.page
        self.choose("q-kind-educational_meeting", "q-arranger-joint", "q-open_procurement-no")
        self.press("Spara och fortsätt")
        self.choose("q-companions_allowed-no")
        for number in (0, 1):
            page.select_option(f"#r-participant-{number}-mode", "on_site")
            page.select_option(f"#r-participant-{number}-companion", "no")
        self.press("Spara och fortsätt")
        self.choose("r-place-gate-all")
        page.fill("#r-place-0-id", "sjukhuset")
        page.fill("#r-place-0-town", "Västerås")
        page.select_option("#r-place-0-in_sweden_or_oresund", "yes")
        self.press("Spara och fortsätt")
        self.choose("q-industry_offers_meal-yes", "q-industry_sponsors-no")
        self.choose("r-meal-gate-all")
        page.fill("#r-meal-0-id", "lunch")
        page.select_option("#r-meal-0-occasion", "lunch")
        page.fill("#r-meal-0-price_per_person", "250")
        self.press("Resten förekommer inte")
        self.press("Spara och fortsätt")
        self.choose("q-information_withheld-no", "q-review_refused-no")
        self.press("Spara och fortsätt")

    def travel(self, name):
        """Write that the first participant travels, which nobody did before."""
        self.to("Reglernas frågor")
        self.press("Vad som betalas")
        self.choose("r-leg-gate-all")
        self.page.fill("#r-leg-0-id", name)
        self.page.select_option("#r-leg-0-traveller", label=self.sides.nurse.name)
        self.page.select_option("#r-leg-0-flight", "no")
        self.press("Spara och fortsätt")

    def outcome(self, *, there, away, cost):
        """Write who was there and what it cost."""
        self.page.get_by_role("link", name="Vilka var där?").click()
        for person, word in ((there, "på plats"), (away, "uteblev")):
            box = self.page.locator("details.card").filter(has_text=person.email)
            box.get_by_label("Närvaro").select_option(word)
        self.press("Spara deltagarna")
        self.to("Kostnader")
        self.row("Lunch").get_by_label("Utfall").fill(cost)
        self.press("Spara kostnaderna")

    def paper(self):
        """Put the agreement on file."""
        self.page.get_by_label("Vad är det för handling?").select_option("Avtal eller överenskommelse")
        self.page.get_by_label("Vad heter den?").fill("Överenskommelse om lunchen")
        file = {"name": "avtal.txt", "mimeType": "text/plain", "buffer": "Vi är överens.".encode()}
        self.page.get_by_label("Fil", exact=True).set_input_files(file)
        self.press("Spara handlingen")

    def choose(self, *names):
        for name in names:
            self.page.locator(f"label:has(#{name})").click()


class Judge:
    """Somebody who judges all that waits for a person, on the page for it."""

    def __init__(self, page):
        self.page = page

    def judge_all(self):
        """Return how many questions were answered."""
        answered = 0
        for _ in range(5):
            asked = self.page.locator("main form .card:has(fieldset.ask)").all()
            if not asked:
                return answered
            for each in asked:
                name = each.locator("input[type=radio]").first.get_attribute("name")
                good = "Nej" if name.rpartition(".")[2] in NO_IS_GOOD else "Ja"
                each.get_by_label(good, exact=True).check()
                each.get_by_label("Varför?").fill("Prövat av oss båda.")
                answered += 1
            self.page.get_by_role("button", name="Spara bedömningarna").click()
        raise AssertionError("the judging never ends")
