"""The library of indicators for company-initiated trials: each with its definition, and the published figures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_safe

from tillit.apps.followup.library import library
from tillit.apps.followup.library_shape import Figure, LibraryEntry, Source
from tillit.apps.followup.models.words import AGGREGATIONS, DIRECTIONS, FREQUENCIES, INDICATOR_KINDS
from tillit.apps.followup.queries.indicators import taken_from_library
from tillit.apps.followup.shares import HUNDRED, in_percent
from tillit.apps.partnerships.models.words import LEVEL_WORDS
from tillit.web.followup.drawing.figures import number, with_unit
from tillit.web.followup.indicator_list_told import slow_told
from tillit.web.language import tongue
from tillit.web.partnerships.entered import enter


@dataclass(frozen=True, slots=True)
class FigureTold:
    """A row of an entry's figures. `parts`: what a share is worked out of, "" for others."""

    years: str
    value: str
    parts: str
    note: str
    source: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryTold:
    """An entry as the page tells it. `no_figures`: that it is a definition without a baseline."""

    code: str
    name: str
    definition: str
    eyebrow: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    figures: tuple[FigureTold, ...]
    levels: tuple[tuple[int, str, str, str], ...]
    notes: tuple[str, ...]
    taken: tuple[tuple[str, str], ...]


@require_safe
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    here, whole, lang = enter(request, slug), library(), tongue()
    taken = taken_from_library(here.partnership, here.sight)
    told = {
        each.code: _told(each, lang, tuple((str(key), name) for key, name in taken.get(each.code, ())))
        for each in whole.entries
    }
    groups = [
        (group.code, group.name.said(lang), [told[each.code] for each in whole.entries if each.group == group])
        for group in whole.groups
    ]
    with_figures = sum(bool(each.figures) for each in whole.entries)
    says = ngettext(
        "%(n)s färdig indikator för företagsinitierade prövningar, %(known)s med offentliga tal",
        "%(n)s färdiga indikatorer för företagsinitierade prövningar, %(known)s med offentliga tal",
        len(whole.entries),
    )
    headline = says % {"n": len(whole.entries), "known": with_figures}
    context = {**here.context, "groups": groups, "headline": headline, "starts_note": starts_told()}
    return render(request, "followup/library.html", context)


def starts_told() -> str:
    """Return what is said of every figure that rests on when a trial starts or ends."""
    return _(
        "Ingen tillförlitlig nationell källa säger när en prövning börjar eller slutar."
        " Datumen kommer från sponsorer och enheter, var och en med sin källa."
    )


def figure_told(entry: LibraryEntry, figure: Figure) -> str:
    """Return a figure with its unit, "ungefär" where the source says so; "" where only a note is known."""
    if figure.value is None:
        return ""
    unit = entry.unit.said(tongue())
    percent = in_percent(entry.aggregation, unit)
    said = with_unit(figure.value * HUNDRED if percent else figure.value, unit, 1)
    return _("ungefär %(figure)s") % {"figure": said} if figure.about else said


def _told(entry: LibraryEntry, lang: str, taken: tuple[tuple[str, str], ...]) -> EntryTold:
    notes = [_("Bygger på när en prövning börjar eller slutar: se ovan om källor.")] if entry.starts else []
    if entry.leading:
        leading = library().entry(entry.leading)
        assert leading is not None  # the loader has looked
        notes += [slow_told(), _("Förslag: %(name)s.") % {"name": leading.name.said(lang)}]
    if entry.figures and entry.baseline(entry.frequency, entry.aggregation) is None:
        notes.append(_("Talen är för hela år och kan inte vara utgångsvärde för en kortare period."))
    return EntryTold(
        code=entry.code,
        name=entry.name.said(lang),
        definition=entry.definition.said(lang),
        eyebrow=(str(INDICATOR_KINDS[entry.kind]), str(LEVEL_WORDS[entry.level])),
        facts=tuple((name, said) for name, said in _facts(entry, lang) if said),
        figures=tuple(_figure(entry, each, lang) for each in entry.figures),
        levels=tuple(
            (each.level, each.label.said(lang), each.descriptor.said(lang), each.example.said(lang))
            for each in entry.rubric
        ),
        notes=tuple(notes),
        taken=taken,
    )


def _facts(entry: LibraryEntry, lang: str) -> tuple[tuple[str, str], ...]:
    added = "" if entry.is_qualitative else str(AGGREGATIONS[entry.aggregation])
    return (
        (_("Täljare"), entry.numerator.said(lang)),
        (_("Nämnare"), entry.denominator.said(lang)),
        (_("Enhet"), entry.unit.said(lang)),
        (_("Vad som är bättre"), str(DIRECTIONS[entry.direction])),
        (_("Läggs ihop"), added),
        (_("Mäts varje"), str(FREQUENCIES[entry.frequency])),
        (_("Källa"), entry.source.said(lang)),
        (_("Så går det till"), entry.method.said(lang)),
        (_("Hur säkert"), entry.quality.said(lang)),
        (_("Underlag för"), entry.decision_use.said(lang)),
    )


def _figure(entry: LibraryEntry, each: Figure, lang: str) -> FigureTold:
    parts = ""
    if each.numerator is not None and each.denominator is not None:
        parts = _("%(part)s av %(whole)s") % {"part": number(each.numerator), "whole": number(each.denominator)}
    years = f"{each.year}\N{EN DASH}{each.to}" if each.to else str(each.year)
    value = figure_told(entry, each) or _("uppgift saknas")
    return FigureTold(years, value, parts, each.note.said(lang), *_source(each.source, lang))


def _source(source: Source, lang: str) -> tuple[str, tuple[str, ...]]:
    return source.name.said(lang), source.links
