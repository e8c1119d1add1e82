"""What a search finds, in groups: nothing that the one who asks could not read on its own page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tillit.apps.collaborations import access
from tillit.apps.collaborations.queries.rows import Asked, rows_of
from tillit.apps.collaborations.queries.work import taking_part
from tillit.apps.followup.queries.sought import GOAL, INDICATOR, PARTNERSHIP, Sought, sought as in_partnerships
from tillit.apps.parties import queries as parties
from tillit.apps.partnerships.models.words import LEGAL_FORM_WORDS, STATUS_WORDS
from tillit.apps.partnerships.references import Reference, references
from tillit.apps.partnerships.templates import templates
from tillit.apps.register import queries as register
from tillit.core.rulebook import editions
from tillit.exchange import examples
from tillit.exchange.words import Lang
from tillit.web.accounts.acting import Actor
from tillit.web.register.rows import days, joined, organisations
from tillit.web.rules.rows import Wanted as WantedRules, rows as rule_rows

FIRST = 5
"""How many lines of each group are shown; the rest stand on the group's own page."""
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was found. `says` is a line about it; `outcome` "" where it has none."""

    href: str
    title: str
    says: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found in one place. `number` counts what is told, `more` that there is more.

    `href`: where all of it is, "" for nowhere.
    """

    name: str
    lines: tuple[Line, ...]
    number: int
    more: bool
    href: str


def everything(sought: str, actor: Actor | None, lang: Lang) -> tuple[Group, ...]:
    """Return the groups in which something was found. At most ten queries, four for a visitor."""
    within = in_partnerships(actor, localdate(), sought)
    places: list[Callable[[], Group | None]] = [
        lambda: _ours(sought, actor),
        lambda: _mine(sought, actor),
        lambda: _open(sought),
        lambda: _partnerships(sought, within, lang),
        lambda: _followed(within),
        lambda: _organisations(sought, actor),
        lambda: _rules(sought, lang),
        lambda: _examples(sought, lang),
    ]
    return tuple(group for place in places if (group := place()) is not None and group.lines)


def _ours(sought: str, actor: Actor | None) -> Group | None:
    """The collaborations of the organisation that is acted for, for those who read them."""
    if actor is None or actor.organisation is None or not actor.roles & access.READS:
        return None
    rows = rows_of(actor.organisation, Asked(search=sought)).rows
    lines = (
        Line(
            reverse("collaborations:show", args=[each.public_id]),
            each.title,
            joined(", ".join(each.others), each.starts_on.isoformat(), each.state_word, each.public_id),
            each.outcome,
        )
        for each in rows
    )
    return _group(_("Vår samverkan"), lines, len(rows), _at("collaborations:rows", q=sought))


def _mine(sought: str, actor: Actor | None) -> Group | None:
    """What the person takes part in, where they do not read it for an organisation."""
    if actor is None or actor.roles & access.READS:
        return None
    found = [
        each.collaboration
        for each in taking_part(actor.person)
        if _holds(sought, each.collaboration.title, each.collaboration.town)
    ]
    lines = (
        Line(
            reverse("collaborations:show", args=[each.public_id]),
            each.title,
            joined(each.starts_on.isoformat(), each.town, each.get_state_display()),
        )
        for each in found
    )
    return _group(_("Det du deltar i"), lines, len(found), reverse("approvals:invitations"))


def _open(sought: str) -> Group:
    page = register.listed(register.Wanted(q=sought))
    lines = (
        Line(
            reverse("register:entry", args=[each.public_id]),
            each.title,
            joined(organisations(each), days(each), each.town),
            each.outcome,
        )
        for each in page.rows
    )
    return _group(_("Öppna registret"), lines, page.found, _at("register:entries", q=sought))


def _partnerships(sought: str, within: Sequence[Sought], lang: Lang) -> Group:
    """Partnerships, the models that one can be founded from, and the five collaborations of the report."""
    lines = [
        Line(
            reverse("partnerships:show", args=[each.slug]),
            each.words,
            joined(str(LEGAL_FORM_WORDS[each.form]), str(STATUS_WORDS[each.status])),
        )
        for each in within
        if each.sort == PARTNERSHIP
    ]
    lines += [
        Line(
            f"{reverse('partnerships:references')}#{each.code}", each.name, joined(*each.aliases, *_stated(each, lang))
        )
        for each in references().cases
        if _holds(sought, each.name, *each.aliases)
    ]
    lines += [
        Line(f"{reverse('partnerships:models')}?a={each.code}", each.name.said(lang), each.about.said(lang))
        for each in templates()
        if _holds(sought, each.name.said(lang))
    ]
    return _group(_("Partnerskap"), lines, len(lines), _at("partnerships:partnerships", q=sought))


def _followed(within: Sequence[Sought]) -> Group:
    """Goals and indicators of partnerships; there is no page of all of them."""
    found = [each for each in within if each.sort in (GOAL, INDICATOR)]
    words = {GOAL: _("mål"), INDICATOR: _("indikator")}
    lines = (
        Line(
            reverse(f"followup:{each.sort}", args=[each.slug, each.key]),
            Truncator(each.words).chars(LONGEST_TITLE),
            joined(words[each.sort], each.partnership),
        )
        for each in found
    )
    return _group(_("Mål och indikatorer"), lines, len(found), "")


def _stated(case: Reference, lang: Lang) -> tuple[str, ...]:
    return tuple(each.text.said(lang) for each in case.said("form"))


def _organisations(sought: str, actor: Actor | None) -> Group | None:
    if actor is None:
        return None
    found = parties.organisation_rows(search=sought, size=FIRST)
    lines = (
        Line(reverse("parties:organisation", args=[each.id]), each.name, joined(each.kind, each.county, each.also))
        for each in found.rows
    )
    return _group(_("Organisationer"), lines, found.total, _at("parties:organisations", q=sought))


def _rules(sought: str, lang: Lang) -> Group:
    wanted = WantedRules(q=sought)
    found = [row for row in rule_rows(editions.newest(), lang) if wanted.fits(row)]
    lines = (Line(reverse("rules:rule", args=[row.id]), row.title, f"{row.kind_word} · {row.section}") for row in found)
    return _group(_("Regler"), lines, len(found), _at("rules:rules", q=sought))


def _examples(sought: str, lang: Lang) -> Group:
    told = [each for pair in examples.pairs(lang, as_of=localdate()) for each in (pair.case, *pair.variants)]
    found = [each for each in told if _holds(sought, each.title, each.text)]
    lines = (Line(reverse("check:example", args=[each.slug]), each.title, each.text, each.outcome) for each in found)
    return _group(_("Exempel"), lines, len(found), reverse("start:start") + "#exempel")


def _group(name: str, lines: Iterable[Line], number: int, href: str) -> Group:
    shown = tuple(islice(lines, FIRST))
    return Group(name, shown, number, number > len(shown), href)


def _holds(sought: str, *texts: str) -> bool:
    held = " ".join(texts).casefold()
    return all(word in held for word in sought.casefold().split())


def _at(view: str, **query: str) -> str:
    return f"{reverse(view)}?{urlencode(query)}"
