"""The library of indicators for company-initiated trials: read from `library.toml`, checked strictly, never changed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

from tillit.apps.followup.library_shape import Described, Figure, Group, Library, LibraryEntry, Source
from tillit.apps.followup.models.words import AGGREGATIONS, DIRECTIONS, FREQUENCIES, INDICATOR_KINDS
from tillit.apps.followup.shares import share
from tillit.apps.partnerships.template_file import BadTemplate, Entry, opened
from tillit.apps.partnerships.template_shape import Text
from tillit.core.governance.areas import LEVEL_RANKS
from tillit.core.indicators.measurability import QUANTITATIVE
from tillit.core.indicators.rollup import NONE, RATIO
from tillit.core.indicators.rubric import LEVELS
from tillit.core.indicators.spc import is_slow

FILE = "library.toml"
LONGEST_CODE = 40
YEARS = range(1990, 2100)


@cache
def library() -> Library:
    """Return the library that comes with Tillit. :raises BadTemplate: its file is wrong"""
    return read(files("tillit.apps.followup").joinpath(FILE).read_text("utf-8"), FILE)


def read(text: str, name: str) -> Library:
    """Return a library from the text of its file.

    :raises BadTemplate: file, place, what is wrong and what would be right
    """
    file = opened(text, name)
    sources = {each.id: each for each in map(_source, file.rows("sources"))}
    groups = {each.code: each for each in map(_group, file.rows("groups"))}
    found: dict[str, LibraryEntry] = {}
    for row in file.rows("entries"):
        made = _entry(row, groups, sources)
        if made.code in found:
            raise row.bad("code", f"is {made.code!r}, as an entry above; give it another")
        for key, problem in _contradictions(made):
            raise row.bad(key, problem)
        found[made.code] = made
    file.closed()
    for place, each in enumerate(found.values(), 1):
        if each.leading and (each.leading not in found or is_slow(found[each.leading].frequency)):
            raise BadTemplate(
                name, f"entries[{place}].leading", f"is {each.leading!r}; name an entry that is measured more often"
            )
    return Library(tuple(groups.values()), tuple(found.values()))


def _source(entry: Entry) -> Source:
    made = Source(entry.text("id"), Text(**entry.words("name")), entry.several("links"))
    if not made.links or not all(each.startswith(("https://", "http://")) for each in made.links):
        raise entry.bad("links", "are the addresses of the pages that were read; write at least one")
    entry.closed()
    return made


def _group(entry: Entry) -> Group:
    made = Group(entry.text("code"), Text(**entry.words("name")))
    entry.closed()
    return made


def _entry(row: Entry, groups: Mapping[str, Group], sources: Mapping[str, Source]) -> LibraryEntry:
    kind = row.text("kind", QUANTITATIVE, one_of=INDICATOR_KINDS)
    aggregation = row.text("aggregation", NONE, one_of=AGGREGATIONS)
    counted = kind == QUANTITATIVE
    made = LibraryEntry(
        code=row.text("code"),
        group=groups[row.text("group", one_of=groups)],
        level=row.text("level", one_of=LEVEL_RANKS),
        kind=kind,
        name=Text(**row.words("name")),
        definition=Text(**row.words("definition")),
        numerator=Text(**row.words("numerator", needed=aggregation == RATIO)),
        denominator=Text(**row.words("denominator", needed=aggregation == RATIO)),
        unit=Text(**row.words("unit", needed=counted)),
        direction=row.text("direction", one_of=DIRECTIONS),
        aggregation=aggregation,
        frequency=row.text("frequency", one_of=FREQUENCIES),
        low=_decimal(row, "low"),
        high=_decimal(row, "high"),
        starts=row.truth("starts", default=False),
        leading=row.text("leading", ""),
        source=Text(**row.words("source")),
        method=Text(**row.words("method")),
        quality=Text(**row.words("quality")),
        decision_use=Text(**row.words("decision_use")),
        figures=tuple(_figure(each, sources, aggregation) for each in row.rows("figures")),
        rubric=_rubric(row),
    )
    row.closed()
    return made


def _contradictions(made: LibraryEntry) -> Iterator[tuple[str, str]]:
    """Yield what the lines of an entry say against each other, though each is right by itself."""
    if len(made.code) > LONGEST_CODE or not made.code.isascii() or " " in made.code:
        yield "code", f"is {made.code!r}; write at most {LONGEST_CODE} plain letters without a space"
    if is_slow(made.frequency) and not made.leading:
        yield "leading", "is missing; what is measured by year needs an entry beside it that is measured more often"
    if made.low is not None and made.high is not None and made.low >= made.high:
        yield "high", f"is {made.high}, not above low; let high be the larger"
    if made.is_qualitative:
        if made.aggregation != NONE or made.unit.sv or made.low is not None or made.high is not None or made.figures:
            yield (
                "kind",
                "is qualitative, which is described in levels; leave aggregation, unit, limits and figures out",
            )
        if [each.level for each in made.rubric] != list(LEVELS):
            yield "rubric", "describes the levels 0, 1, 2, 3 and 4, each once and in that order"
    elif made.rubric:
        yield "rubric", "is for a qualitative entry; leave it out"


def _figure(row: Entry, sources: Mapping[str, Source], aggregation: str) -> Figure:
    year, to = row.whole("year"), row.whole("to")
    if year is None or year not in YEARS:
        raise row.bad("year", f"is {year!r}; write a year as 2021")
    if to is not None and to not in range(year + 1, YEARS.stop):
        raise row.bad("to", f"is {to}; write a year after {year}")
    value, over, under = (_decimal(row, key) for key in ("value", "numerator", "denominator"))
    note = Text(**row.words("note", needed=False))
    if aggregation == RATIO:
        if over is None or not under or value is not None:
            raise row.bad(
                "numerator", "and denominator are both needed, and no value: a share is worked out of its parts"
            )
        value = share(over, under)
    elif over is not None or under is not None:
        raise row.bad("numerator", "is for a ratio; write value")
    elif value is None and not note.sv:
        raise row.bad("value", "is missing; write it, or a note of what is known instead")
    made = Figure(
        year=year,
        to=to,
        value=value,
        numerator=over,
        denominator=under,
        about=row.truth("about", default=False),
        note=note,
        source=sources[row.text("source", one_of=sources)],
    )
    row.closed()
    return made


def _rubric(row: Entry) -> tuple[Described, ...]:
    found = []
    for each in row.rows("rubric"):
        level = each.table.get("level")
        if type(level) is not int or level not in LEVELS:
            raise each.bad("level", f"is {level!r}; write a level from 0 to 4")
        words = {key: Text(**each.words(key, needed=key != "example")) for key in ("label", "descriptor", "example")}
        each.table = {key: value for key, value in each.table.items() if key != "level"}
        each.closed()
        found.append(Described(level, **words))
    return tuple(found)


def _decimal(row: Entry, key: str) -> Decimal | None:
    """Return a number written as text, so that no digit is lost on the way; None when it is not there."""
    if not row.has(key):
        row.text(key, "")
        return None
    text = row.text(key)
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise row.bad(key, f'is {text!r}; write a number in quotes, as "292" or "0.5"') from None
    if not found.is_finite():
        raise row.bad(key, f'is {text!r}; write a number in quotes, as "292" or "0.5"')
    return found
