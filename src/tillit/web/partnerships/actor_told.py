"""What it means to be one of the parties, as tables in words: one shape for page and PDF. Each line has its source."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _, ngettext

from tillit.apps.followup.queries.duties import Duty
from tillit.apps.parties.models import KINDS
from tillit.apps.partnerships.models import Agreement, Partnership
from tillit.apps.partnerships.models.words import (
    RIGHT_WORDS,
    ROLE_WORDS,
    TERM_WORDS,
    TIER_WORDS,
)
from tillit.apps.partnerships.queries.actor import ActorPage
from tillit.core.governance.agreements import FIXED, UNTIL_FURTHER_NOTICE
from tillit.core.governance.areas import ACCESSION_AGREEMENT, DECIDES, NO_AUTHORITY
from tillit.core.governance.bonds import AGREED, Bond, Leaving
from tillit.exchange.words import Lang
from tillit.exchange.yearly import Cell, Table, Value, Yearly
from tillit.web.partnerships.owed_told import owed_tables
from tillit.web.partnerships.reports_told import reports_table
from tillit.web.partnerships.told import level_word, source, table, until, yes_no


def actor_told(
    partnership: Partnership, page: ActorPage, reports: Sequence[Duty], today: date, lang: Lang, *, whole: bool
) -> Yearly:
    """Return the page as a report. `whole`: the one who asks reads all of it; else a note says what is left out.

    `reports`: what the party is asked to report.
    """
    notes = [_("Uppgift saknas betyder att ingen har sagt något. Det räknas aldrig som noll.")]
    if not whole:
        notes.append(_("Sidan visar det som är öppet. Parterna och kansliet ser mer."))
    return Yearly(
        lang=lang,
        title=_("Vad innebär det för %(name)s att vara aktör?") % {"name": page.organisation.name},
        period=partnership.name,
        made_on=today,
        facts=tuple(_facts(partnership, page, today)),
        notes=tuple(notes),
        tables=(
            _signed(page),
            _to_sign(page),
            _others(page),
            _places(page),
            _spoken_for(page),
            _says(page),
            *owed_tables(page),
            reports_table(partnership, reports),
            _leaving(page),
            money(),
        ),
    )


def _facts(partnership: Partnership, page: ActorPage, today: date) -> Iterator[tuple[str, str]]:
    yield _("Part"), page.organisation.name
    yield _("Kort sagt"), _in_short(page)
    yield _("Slag"), str(KINDS[page.organisation.kind])
    if not page.memberships:
        yield _("Med som"), _("är inte med längre, eller inte än")
    for each in page.memberships:
        said = _("%(role)s sedan %(day)s") % {"role": ROLE_WORDS[each.role], "day": each.starts_on.isoformat()}
        yield _("Med som"), f"{said}, {until(each.ends_on)}" if each.ends_on else said
        yield _("Sektor"), each.sector.name if each.sector is not None else _("uppgift saknas")
        yield _("Källa"), source(each.source)
    yield _("Läget den"), today.isoformat()
    if partnership.made_up or page.organisation.made_up:
        yield _("Påhittat"), _("Det här är ett exempel. Det som inte har en källa är påhittat.")


def _in_short(page: ActorPage) -> str:
    """Return the answer in a line, of what the one who asks may read; below it is told one by one."""
    answer = page.answer
    bound, own, through = sum(each.holds_today for each in answer.signed), len(answer.places), len(answer.spoken_for)
    owed = len({each.id for _day, each in answer.due} | {each.id for each in answer.undated})
    told = (
        ngettext("bunden av %(n)s avtal", "bunden av %(n)s avtal", bound) % {"n": bound},
        ngettext("%(n)s egen plats", "%(n)s egna platser", own) % {"n": own},
        ngettext("%(n)s plats genom andra", "%(n)s platser genom andra", through) % {"n": through},
        ngettext("%(n)s åtagande det kommande året", "%(n)s åtaganden det kommande året", owed) % {"n": owed},
    )
    return ", ".join(told)


def _signed(page: ActorPage) -> Table:
    rows = [
        (
            _titled(page, each),
            _level(page, each),
            each.signed_at if each.state != AGREED else _("överenskommet utan underskrift"),
            each.holds.start if each.holds is not None else None,
            yes_no(each.holds_today),
            _source(page, each),
        )
        for each in page.answer.signed
    ]
    heads = (_("Avtal"), _("Nivå"), _("Undertecknat"), _("Binder från"), _("Gäller i dag"), _("Källa"))
    return table("undertecknat", _("Avtal som är undertecknade"), heads, rows)


def _to_sign(page: ActorPage) -> Table:
    rows = [
        (_titled(page, each), _level(page, each), each.agreement.valid_from, _source(page, each))
        for each in page.answer.to_sign
    ]
    heads = (_("Avtal"), _("Nivå"), _("Gäller från"), _("Källa"))
    return table("att-underteckna", _("Avtal som väntar på underskrift"), heads, rows)


def _others(page: ActorPage) -> Table:
    found = [page.agreements[each.id] for each in page.answer.not_party_to]
    rows = [
        (
            Cell(each.title, f"agreement:{each.pk}"),
            level_word(each.level),
            _concerns(page, each),
            source(each.source),
        )
        for each in found
    ]
    heads = (_("Avtal"), _("Nivå"), _("Hur det rör parten"), _("Källa"))
    note = _("Gäller i partnerskapet, utan att parten är ombedd att underteckna.")
    return table("andra-avtal", _("Avtal som inte är undertecknade"), heads, rows, note)


def _concerns(page: ActorPage, agreement: Agreement) -> str:
    """Return whether an agreement that the party does not sign binds it through one that it has signed.

    Who has acceded is bound by what the accession agreement lies under, as in the matrix of coverage.
    """
    for each in page.answer.signed:
        row = page.agreements[each.agreement.id]
        if each.holds_today and row.type == ACCESSION_AGREEMENT and row.parent_id == agreement.pk:
            return _("binder genom %(title)s") % {"title": row.title}
    return _("rör inte parten")


def _places(page: ActorPage) -> Table:
    rows = []
    for each in page.answer.places:
        organ, seat = page.organs[each.organ.id], page.seats[each.seat.id]
        who = page.people.get(each.person, "") or (seat.sector.name if seat.sector is not None else None)
        row = (
            Cell(organ.name, f"organ:{organ.pk}"),
            str(TIER_WORDS[organ.tier]),
            level_word(organ.level),
            _("plats %(n)s") % {"n": seat.number},
            who,
            yes_no(each.seat.voting and each.ordinary),
            until(each.during.end),
            source(organ.source),
        )
        rows.append(row)
    heads = (_("Organ"), _("Roll"), _("Nivå"), _("Plats"), _("Vem"), _("Röstar"), _("Till"), _("Källa"))
    note = "" if page.people or not rows else _("Namn visas för parterna. Här står platsens sektor.")
    return table("platser", _("Egna platser"), heads, rows, note)


def _spoken_for(page: ActorPage) -> Table:
    rows = []
    for each in page.answer.spoken_for:
        organ, basis = page.organs[each.organ.id], page.agreements.get(each.agreement or "")
        row = (
            Cell(organ.name, f"organ:{organ.pk}"),
            level_word(organ.level),
            ", ".join(page.organisations.get(key, "") or _("uppgift saknas") for key in each.by),
            basis.title if basis is not None else None,
            until(each.during.end),
            source(basis.source if basis is not None else "", organ.source),
        )
        rows.append(row)
    heads = (_("Organ"), _("Nivå"), _("Genom"), _("På grund av"), _("Till"), _("Källa"))
    note = _("Indirekt: någon annan sitter på platsen och företräder parten.")
    return table("foretradd", _("Platser genom andra"), heads, rows, note)


def _says(page: ActorPage) -> Table:
    rows = []
    for each in page.answer.says:
        row = page.rights[each.mandate]
        right = str(RIGHT_WORDS[row.right])
        if row.right == NO_AUTHORITY and row.over:
            right = f"{right}: {row.over}"
        through = row.organ.name if each.own else _("%(organ)s, genom andra") % {"organ": row.organ.name}
        votes = yes_no(each.votes) if row.right == DECIDES else "–"
        rows.append((row.subject.name, level_word(row.level), right, through, votes, source(row.source)))
    heads = (_("Fråga"), _("Nivå"), _("Rätt"), _("Genom vilket organ"), _("Egen röst"), _("Källa"))
    return table("bestamma", _("Vad parten får besluta, bereda och ge råd om"), heads, rows)


def _leaving(page: ActorPage) -> Table:
    rows = []
    for each in page.answer.signed:
        way = each.leaving
        rows.append(
            (
                _titled(page, each),
                str(TERM_WORDS[way.term_mode]),
                None if way.notice_months is None else _("%(n)s månader") % {"n": way.notice_months},
                _last_day(way),
                way.if_today,
                way.review if way.term_mode == UNTIL_FURTHER_NOTICE else "–",
                _source(page, each),
            )
        )
    heads = (
        _("Avtal"),
        _("Löptid"),
        _("Uppsägningstid"),
        _("Säg upp senast"),
        _("Sagt upp i dag: gäller inte från"),
        _("Nästa översyn"),
        _("Källa"),
    )
    note = _("Så lämnar parten: avtalet sägs upp skriftligt. Saknas en uppgift måste avtalet läsas.")
    return table("lamna", _("Uppsägning, och hur man lämnar"), heads, rows, note)


def _last_day(way: Leaving) -> Value:
    """Return the last day to give notice; only where an agreement renews itself is there one to keep."""
    if way.term_mode == UNTIL_FURTHER_NOTICE:
        return _("när som helst")
    return _("behövs inte: löper ut") if way.term_mode == FIXED else way.notice_by


def money() -> Table:
    """Return the place for money, which the follow-up of money fills later."""
    rows = [(_("Vad man betalar och får"), _("kommer senare"))]
    return table("pengar", _("Pengar"), (_("Vad"), _("Läge")), rows)


def _titled(page: ActorPage, bond: Bond) -> Cell:
    row = page.agreements[bond.agreement.id]
    return Cell(row.title, f"agreement:{row.pk}")


def _level(page: ActorPage, bond: Bond) -> str:
    return level_word(page.agreements[bond.agreement.id].level)


def _source(page: ActorPage, bond: Bond) -> str:
    return source(page.agreements[bond.agreement.id].source)
