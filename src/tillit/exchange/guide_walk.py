"""The way through the guided check: a step is sent in, its answers are put into the case, and a step is shown.

Nothing is kept between two steps: the case travels with the page, and what cannot be used stays in its field.
"""

from dataclasses import dataclass, field
from datetime import date

from tillit.core.errors import BadInput
from tillit.core.rulebook.editions import editions_for, vocabulary
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import COLLABORATION
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile
from tillit.exchange.guide import CHILDREN, GROUPS, WHOLE, Guide, group_of, home_of, relevant
from tillit.exchange.guide_form import Plain, Posted, Row, Sheet, of_case, posted
from tillit.exchange.guide_judge import judged, withdrawn
from tillit.exchange.guide_page import FIRST
from tillit.exchange.guide_paste import pasted, put_in
from tillit.exchange.guide_save import Slip, saved, without
from tillit.exchange.places import place_in
from tillit.exchange.sheets import columns
from tillit.exchange.words import Lang, problem_text

START, ANSWER = "start", "answer"
STEPS = (START, *GROUPS, ANSWER)
STAYS = ("add", "remove", "paste", "columns", "rest", "file")
"""What a button can ask of a step besides going on: the page stays where it is."""


@dataclass(slots=True)
class Shown:
    """What to show: a step, the case so far (None before there is one), what stands in the fields and what is wrong.

    `before` is the case as it came in; `opened` how many questions an answer has opened on the same page; `read` how
    many pasted rows were understood.
    """

    step: str
    case: Case | None
    sheet: Sheet = field(default_factory=Sheet)
    slips: list[Slip] = field(default_factory=list)
    before: Case | None = None
    opened: int = 0
    read: int = 0
    posted: Posted = field(default_factory=dict)


def walk(post: Posted, target: str, *, as_of: date, lang: Lang, live: bool = False) -> Shown:
    """Return what to show after a step was sent in on its way to `target`.

    `live` takes what can be used and is silent about the rest, for a page that is being filled in.

    :raises BadInput: the case that came with the page cannot be used
    """
    origin = post.get("from", "")
    text = post.get("case", "")
    if origin not in STEPS or (origin != START and not text.strip()):
        origin = ""
    before = None if origin == START and not text.strip() else _case_in(text, lang)
    base: Plain = dump_case(before) if before is not None else {}
    if before is not None:
        editions_for(before.starts_on, before.ends_on)
    if origin == "":
        assert before is not None
        return Shown(target, before, of_case(base, lang), before=before)
    if origin == ANSWER:
        assert before is not None
        return _from_answer(post, target, before, as_of=as_of, lang=lang)
    return _from_step(_Sent(post, origin, target, before, base, as_of, lang), live=live)


def _case_in(text: str, lang: Lang) -> Case:
    return casefile.read(text.encode("utf-8", "replace"), "fil.json", lang=lang)


@dataclass(frozen=True, slots=True)
class _Sent:
    post: Posted
    origin: str
    target: str
    before: Case | None
    base: Plain
    as_of: date
    lang: Lang


def _from_answer(post: Posted, target: str, before: Case, *, as_of: date, lang: Lang) -> Shown:
    """Return the step after the answer's page: the judgements that were typed there are put in first."""
    base: Plain = dump_case(before)
    do, _, numbers = post.get("do", "").partition(":")
    typed = post
    if do in ("unjudge", "rejudge"):
        plain, again = withdrawn(base, numbers)
        typed = {**post, **again} if do == "rejudge" else post
        slips: list[Slip] = []
    else:
        plain, slips = judged(base, relevant(before, as_of=as_of), post, today=as_of, lang=lang)
    case, faults = read(plain, lang)
    if slips or case is None:
        return Shown(ANSWER, before, slips=slips or faults, before=before, posted=post)
    return Shown(target, case, of_case(plain, lang), before=before, posted=typed)


def _from_step(sent: _Sent, *, live: bool) -> Shown:
    sheet = posted(sent.post)
    do, _, what = sent.post.get("do", "").partition(":")
    shown = Shown(sent.origin, sent.before, sheet, before=sent.before, posted=sent.post)
    if not live:
        shown.read, shown.slips = _paste(sheet, sent)
    if do == "rest":
        _none_of_the_rest(sheet)
    base = _remove(sheet, what, sent.base) if do == "remove" else sent.base
    plain, slips = saved(base, sheet, sent.lang)
    case, faults = read(plain, sent.lang)
    shown.slips += slips or faults
    if live:
        shown.case = case or sent.before
        return shown
    if do == "add" and what in sheet.listings:
        sheet.listing(what).rows.append(Row())
    if shown.slips or case is None:
        return shown
    stays = do in STAYS or shown.read
    shown.case, fresh = case, of_case(plain, sent.lang)
    if not stays and sent.post.get("go") == "next":
        shown.opened = _opened(relevant(case, as_of=sent.as_of), sent)
        stays = bool(shown.opened)
    shown.sheet = _with_blanks(fresh, sheet) if stays else fresh
    if not stays:
        shown.step = _next(sent.target, case, sent) if sent.post.get("go") == "next" else sent.target
    return shown


def read(plain: Plain, lang: Lang) -> tuple[Case | None, list[Slip]]:
    """Return the case that a plain form holds, or what stands in the way, each with its place."""
    try:
        case = read_case(plain, vocabulary(), place=place_in(plain, lang))
        editions_for(case.starts_on, case.ends_on)
    except BadInput as bad:
        keys = {"edition.none_in_force": "case.starts_on"}
        return None, [
            Slip(keys.get(problem.code, ""), problem.place, problem_text(problem, lang)) for problem in bad.problems
        ]
    return case, []


def _paste(sheet: Sheet, sent: _Sent) -> tuple[int, list[Slip]]:
    number, slips = 0, []
    for kind, listing in sheet.listings.items():
        if listing.paste.strip():
            asked = [*columns(kind, vocabulary())]
            order = [name for name in sent.post.get(f"r.{kind}.order", "").split(",") if name in asked]
            found = pasted(listing, order or asked, sent.lang)
            slips += found.slips
            if not found.slips:
                put_in(listing, found.rows)
                number += len(found.rows)
    return number, slips


def _remove(sheet: Sheet, what: str, base: Plain) -> Plain:
    kind, _, number = what.partition(".")
    listing = sheet.listings.get(kind)
    if listing is None or not number.isdigit() or int(number) >= len(listing.rows):
        return base
    row = listing.rows.pop(int(number))
    if not listing.rows and listing.gate == "all":
        listing.gate = "unknown"
    return without(base, kind, row.was) if row.was else base


def _none_of_the_rest(sheet: Sheet) -> None:
    """Answer that there are none, of every list that nobody has said anything of."""
    for listing in sheet.listings.values():
        if listing.gate == "unknown" and not listing.total.strip() and all(row.blank for row in listing.rows):
            listing.gate = "none"


def _with_blanks(fresh: Sheet, sheet: Sheet) -> Sheet:
    """Return the saved fields with the blank rows that somebody has asked for, and all columns where asked for."""
    for kind, listing in sheet.listings.items():
        fresh.listing(kind).rows += [Row() for row in listing.rows if row.blank]
        fresh.listing(kind).every = listing.every
    return fresh


def _opened(guide: Guide, sent: _Sent) -> int:
    """Return how many questions of the same step matter now and did not stand on the page."""
    found = set()
    places = {kind: _places(kind, sent.post) for kind in CHILDREN}
    for record, name in guide.matters:
        kind, _, own = record.partition(":")
        if group_of(kind, name) != sent.origin or (kind == COLLABORATION and name in FIRST):
            continue
        if own == "*" and home_of(vocabulary().kinds[kind]) != sent.origin:
            continue  # no records yet, so there is no row to ask it of
        if kind == COLLABORATION:
            missing = f"q.{name}" not in sent.post
        elif name == WHOLE or own == "*":
            at_home = group_of(kind, WHOLE) == sent.origin
            missing = at_home and f"r.{kind}.here" not in sent.post
        else:
            missing = own in places[kind] and f"r.{kind}.{places[kind][own]}.{name}" not in sent.post
        if missing:
            found.add((kind, name))
    return len(found)


def _places(kind: str, post: Posted) -> dict[str, str]:
    """Return the number of each record's row on the page, by the id that the record has now."""
    rows = [key.split(".")[2] for key in post if key.startswith(f"r.{kind}.") and key.endswith(".was")]
    return {post.get(f"r.{kind}.{number}.id", "").strip() or post[f"r.{kind}.{number}.was"]: number for number in rows}


def _next(target: str, case: Case, sent: _Sent) -> str:
    """Return the step to go on to: the target, or the first after it where anything is left to ask."""
    guide = relevant(case, as_of=sent.as_of)
    for step in STEPS[STEPS.index(target) :]:
        if step == ANSWER or has_questions(guide, step):
            return step
    return ANSWER


def has_questions(guide: Guide, group: str) -> bool:
    """Return whether anything of a group matters, informs or has been answered, so that there is a page to show."""
    spots = {*guide.matters, *guide.informs}
    return any(group_of(record.partition(":")[0], name) == group for record, name in spots)
