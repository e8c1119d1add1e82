"""Two legal models side by side (R3): the same questions asked of both, each line with what it rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models.words import (
    AGREEMENT_TYPE_WORDS,
    AREA_WORDS,
    BASES,
    LEGAL_FORM_WORDS,
    LEVEL_WORDS,
    MAJORITY_RULES,
    QUORUM_RULES,
    RIGHT_WORDS,
    ROLE_WORDS,
    TIER_WORDS,
)
from tillit.apps.partnerships.template_shape import Ground, Template
from tillit.core.governance.agreements import FULL, NONE_STATED
from tillit.core.governance.areas import ADVISORY, AREA_CODES, DECIDES, DECIDING, NATIONAL, OPERATIVE
from tillit.core.governance.prospect import Whom
from tillit.web.partnerships.told import yes_no


@dataclass(frozen=True, slots=True)
class Line:
    """Something a model says, and what it rests on: "Förslag: R10", or who states it; "" for what is counted."""

    text: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A question and what each model says; `differs`: they do not say the same."""

    question: str
    cells: tuple[tuple[Line, ...], ...]
    differs: bool


def side_by_side(models: tuple[Template, ...], lang: str) -> tuple[Row, ...]:
    """Return the questions with each model's answer, in the models' order."""
    asked: tuple[tuple[str, Callable[[Template], Iterator[Line]]], ...] = (
        (_("Vad det är"), lambda each: iter([Line(each.about.said(lang), ground(each.ground))])),
        (_("När det passar"), lambda each: iter([Line(each.fits.said(lang))])),
        (_("Form"), _form),
        (_("Avtal, och vem som undertecknar"), lambda each: _agreements(each, lang)),
        (_("Områden som är överenskomna nationellt"), _areas),
        (_("Beslutande organ"), lambda each: _organs(each, lang, DECIDING)),
        (_("Operativa och beredande organ"), lambda each: _organs(each, lang, OPERATIVE)),
        (_("Rådgivande organ"), lambda each: _organs(each, lang, ADVISORY)),
        (_("Andra organ"), lambda each: _organs(each, lang, "")),
        (_("Vem som beslutar om vad"), lambda each: _decides(each, lang)),
        (_("Platser per sektor"), lambda each: _seats(each, lang)),
        (_("Åtaganden på beslutande nivå"), lambda each: _commitments(each, lang, deciding=True)),
        (_("Andra åtaganden"), lambda each: _commitments(each, lang, deciding=False)),
        (_("Pengar"), lambda each: iter([Line(each.money.said(lang))])),
        (_("Hur man lämnar"), lambda each: iter([Line(each.leaving.said(lang))])),
    )
    rows = []
    for question, says in asked:
        cells = tuple(tuple(says(each)) for each in models)
        rows.append(Row(question, cells, len({tuple(line.text for line in cell) for cell in cells}) > 1))
    return tuple(rows)


def ground(said: Ground) -> str:
    """Return what a line rests on, in words."""
    refs = ", ".join(said.refs)
    return refs if said.stated else _("förslag: %(refs)s") % {"refs": refs}


def whom(said: Whom) -> str:
    """Return who something is for: kinds of parties, in roles."""
    kinds = ", ".join(str(KINDS[each]) for each in KINDS if each in said.kinds)
    roles = ", ".join(str(ROLE_WORDS[each]) for each in ROLE_WORDS if each in said.roles)
    if kinds and roles:
        return _("%(kinds)s som är %(roles)s") % {"kinds": kinds, "roles": roles}
    return kinds or roles or _("alla")


def _form(each: Template) -> Iterator[Line]:
    yield Line(str(LEGAL_FORM_WORDS[each.legal_form]))
    yield Line(_("Vilar på: %(basis)s") % {"basis": BASES[each.founding_basis]})
    yield Line(_("Egen juridisk person: %(yes)s") % {"yes": yes_no(each.legal_person)})


def _agreements(each: Template, lang: str) -> Iterator[Line]:
    for one in each.agreements:
        word = str(AGREEMENT_TYPE_WORDS[one.type])
        title = one.title.said(lang)
        name = title if title.casefold().startswith(word.casefold()) else f"{title} ({word})"
        level = LEVEL_WORDS[one.level]
        yield Line(f"{name}, {level}: {whom(one.signed_by)}", ground(one.ground))


def _areas(each: Template) -> Iterator[Line]:
    cells = each.coverage()
    full = sum(cells.get((area, NATIONAL)) == FULL for area in AREA_CODES)
    yield Line(_("%(n)s av 6 helt") % {"n": full})
    silent = [str(AREA_WORDS[area]) for area in AREA_CODES if cells.get((area, NATIONAL), NONE_STATED) == NONE_STATED]
    if silent:
        yield Line(_("sägs inget om: %(areas)s") % {"areas": ", ".join(silent)})


def _organs(each: Template, lang: str, tier: str) -> Iterator[Line]:
    for one in each.organs:
        if one.tier == tier or (not tier and one.tier not in (DECIDING, OPERATIVE, ADVISORY)):
            said = [str(LEVEL_WORDS[one.level])]
            said += [str(TIER_WORDS[one.tier])] if not tier else []
            if one.quorum != "not_stated":
                said.append(_("beslutför: %(rule)s") % {"rule": QUORUM_RULES[one.quorum]})
            if one.majority != "not_stated":
                said.append(_("beslut: %(rule)s") % {"rule": MAJORITY_RULES[one.majority]})
            yield Line(f"{one.name.said(lang)}: {', '.join(said)}", ground(one.ground))


def _decides(each: Template, lang: str) -> Iterator[Line]:
    organs = {one.id: one.name.said(lang) for one in each.organs}
    subjects = {one.code: one.name.said(lang) for one in each.subjects}
    for one in each.mandates:
        if one.right == DECIDES:
            yield Line(f"{subjects[one.subject]}, {LEVEL_WORDS[one.level]}: {organs[one.organ]}", ground(one.ground))
    for one in each.mandates:
        if one.over.sv:
            text = f"{organs[one.organ]}: {RIGHT_WORDS[one.right]} ({one.over.said(lang)})"
            yield Line(text, ground(one.ground))


def _seats(each: Template, lang: str) -> Iterator[Line]:
    for organ in each.organs:
        count: dict[str, int] = {}
        for seat in each.seats:
            if seat.organ == organ.id:
                count[seat.sector] = count.get(seat.sector, 0) + 1
        if count:
            names = {one.code: one.name.said(lang) for one in each.sectors}
            told = ", ".join(f"{names[code]} {number}" for code, number in count.items())
            yield Line(f"{organ.name.said(lang)}: {told}", _("förslag: %(refs)s") % {"refs": "R12, R13"})
        elif organ.roles is not None:
            yield Line(
                _("%(organ)s: alla som är %(roles)s") % {"organ": organ.name.said(lang), "roles": _roles(organ.roles)}
            )


def _roles(roles: frozenset[str]) -> str:
    return ", ".join(str(ROLE_WORDS[each]) for each in ROLE_WORDS if each in roles)


def _commitments(each: Template, lang: str, *, deciding: bool) -> Iterator[Line]:
    found = [one for one in each.commitments if (one.tier == DECIDING) == deciding]
    yield Line(ngettext("%(n)s åtagande", "%(n)s åtaganden", len(found)) % {"n": len(found)})
    organs = {one.id: one.name.said(lang) for one in each.organs}
    for one in found:
        who = organs.get(one.organ) or whom(one.of)
        yield Line(f"{who}: {one.text.said(lang)}", ground(one.ground))
