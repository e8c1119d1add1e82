"""Somebody at a page of a partnership: what they press, unfold, fill in and see, all by what stands on the page."""

from playwright.sync_api import expect


class Desk:
    """A page, used by its labels, buttons and links only."""

    def __init__(self, page):
        self.page = page

    @property
    def main(self):
        return self.page.get_by_role("main")

    def heads(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def sees(self, *texts):
        for text in texts:
            expect(self.main).to_contain_text(text)

    def told(self, text):
        """What the page answers when something is done."""
        expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible()
        expect(self.page.get_by_role("alert")).to_have_count(0)

    def wrong(self, text):
        """What the page says has to be put right."""
        expect(self.page.get_by_role("alert")).to_contain_text(text)

    def follow(self, name):
        self.main.get_by_role("link", name=name, exact=True).first.click()

    def place(self, name):
        """Go to one of the pages of follow-up."""
        nav = self.page.get_by_role("navigation", name="Uppföljningens sidor")
        nav.get_by_role("link", name=name, exact=True).click()

    def fill(self, within=None, **fields):
        fill(within or self.main, fields)

    def press(self, name, within=None):
        (within or self.main).get_by_role("button", name=name, exact=True).click()

    def unfold(self, name, within=None):
        """Open what is folded under a line of text, where it is not open, and return it."""
        line = self.page.locator("summary").get_by_text(name, exact=True)
        folded = (within or self.main).locator("details").filter(has=line).first
        if folded.get_attribute("open") is None:
            folded.locator("summary").first.click()
        return folded

    def deed(self, name, within=None, **fields):
        """Unfold an act, fill in its form and press its button."""
        folded = self.unfold(name, within)
        fill(folded, fields)
        self.press(name, folded)


def fill(box, fields):
    """Fill in fields by their labels: text as it is typed, [what] is chosen in a list, True is a box that is ticked."""
    for label, value in fields.items():
        if value is True:
            box.get_by_role("group", name=label, exact=True).get_by_role("checkbox").check()
            continue
        field = box.get_by_label(label, exact=True)
        field.select_option(label=value[0]) if isinstance(value, list) else field.fill(value)
