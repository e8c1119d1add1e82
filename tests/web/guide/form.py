"""The form of a page as a browser would send it when nobody has touched it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    fields: dict[str, str] = field(default_factory=dict)
    goes_on_to: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form, self.select, self.text = Form(), "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        name, value = own.get("name", ""), own.get("value", "")
        if tag == "button" and (name, value) == ("go", "next"):
            self.form.goes_on_to = own.get("formaction", self.form.goes_on_to)
        elif tag == "input" and name and own.get("type") != "file":
            if own.get("type") not in ("radio", "checkbox") or "checked" in own:
                self.form.fields[name] = value
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in own or self.select not in self.form.fields):
            self.form.fields[self.select] = value
        elif tag == "textarea":
            self.text = name
            self.form.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        self.text = "" if tag == "textarea" else self.text

    def handle_data(self, data: str) -> None:
        if self.text:
            self.form.fields[self.text] += data


def as_it_stands(page: str) -> Form:
    """Return the fields of a page's forms with what stands in them, and where its main button leads."""
    reader = _Reader()
    reader.feed(page)
    return reader.form
