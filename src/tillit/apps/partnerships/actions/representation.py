"""Who speaks for whom without a seat of their own, and the norm that representation is held against."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.conditions import day_of, line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.organs import refuse_days, refuse_end, refuse_foreign
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Agreement, Organ, RepresentationLink, RepresentationNorm, Seat
from tillit.apps.partnerships.models.words import NORM_DIMENSIONS, NORM_KINDS
from tillit.core.governance.regions import CARE_REGIONS, REGIONS
from tillit.core.governance.representation import EQUAL, SHARE, norm_of

LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class NormRow:
    """One row of a norm: a share between 0 and 1, or a number of seats; an equal one has neither category nor value."""

    kind: str
    category: str = ""
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A party that another speaks for: the holder of a seat, or an organ as a whole, on the ground of an agreement."""

    organisation: Organisation
    represented_by: Seat | Organ
    basis: Agreement
    starts_on: date
    ends_on: date | None = None
    source: str = ""

    @property
    def organ(self) -> Organ:
        return self.represented_by.organ if isinstance(self.represented_by, Seat) else self.represented_by


@transaction.atomic
def link_party(
    *, link: Link, by: Person | None, at: datetime, acting_for: Organisation | None = None
) -> RepresentationLink:
    """Write down that a party is spoken for by a seat that another holds, or by an organ.

    :raises Refused: the agreement is another partnership's, or the same is written down already
    """
    where = link.organ
    locked(where.partnership)
    refuse_foreign(where.partnership, basis=link.basis)
    refuse_days(link.starts_on, link.ends_on or where.ends_on, where)
    refuse_personal_numbers(source=link.source)
    seat = link.represented_by if isinstance(link.represented_by, Seat) else None
    row = RepresentationLink(
        organisation=link.organisation,
        seat=seat,
        organ=None if seat else where,
        basis=link.basis,
        starts_on=link.starts_on,
        ends_on=link.ends_on or where.ends_on,
        source=link.source.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    with held(lambda: _refuse_twice(row)):
        row.save(force_insert=True)
    about = {"party": str(link.organisation.pk)}
    audit.note("partnerships.party_linked", subject=where, by=by, at=at, acting_for=acting_for, **about)
    return row


@transaction.atomic
def unlink_party(
    *, link: RepresentationLink, on: date, by: Person, at: datetime, acting_for: Organisation | None = None
) -> RepresentationLink:
    """Let a party no longer be spoken for; `on` is the first day on which it is not.

    :raises Refused: it has not begun by then, or ends sooner
    """
    where = link.seat.organ if link.seat else link.organ
    assert where is not None
    locked(where.partnership)
    refuse_end(link, on)
    made = replace_row(link, at=at, by=by, ends_on=on)
    audit.note(
        "partnerships.party_unlinked",
        subject=where,
        by=by,
        at=at,
        acting_for=acting_for,
        party=str(made.organisation_id),
    )
    return made


@transaction.atomic
def decide_norm(
    *,
    organ: Organ,
    dimension: str,
    rows: Sequence[NormRow],
    decided_on: date,
    source: str,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> tuple[RepresentationNorm, ...]:
    """Write down what has been decided on who is to sit in an organ, in one dimension; it takes the place of the old.

    :raises Refused: no source, a day to come, an unknown category, or shares that are not 1 together
    """
    locked(organ.partnership)
    said = line(source, field="source", most=LONGEST_SOURCE)
    possible(decided_on, field="decided_on")
    if decided_on > day_of(at):
        raise Refused(_("Dagen har inte varit än. En norm är det som är beslutat."), field="decided_on")
    _refuse_bad(organ, dimension, rows)
    organ.norms.filter(CURRENT, dimension=dimension).update(superseded_at=at)
    made = tuple(
        RepresentationNorm.objects.create(
            organ=organ,
            dimension=dimension,
            category=each.category,
            kind=each.kind,
            value=each.value,
            decided_on=decided_on,
            source=said,
            recorded_at=at,
            recorded_by=by,
        )
        for each in rows
    )
    audit.note("partnerships.norm_decided", subject=organ, by=by, at=at, acting_for=acting_for, dimension=dimension)
    return made


def categories_of(organ: Organ, dimension: str) -> tuple[str, ...]:
    """Return the codes that a norm in a dimension can name, in their order; sizes are the partnership's own words.

    At most one query.
    """
    if dimension == "sector":
        return tuple(organ.partnership.sectors.values_list("code", flat=True))
    if dimension == "size":
        sizes = organ.partnership.memberships.filter(CURRENT).exclude(size="").values_list("size", flat=True)
        return tuple(sorted(set(sizes)))
    return REGIONS if dimension == "region" else CARE_REGIONS


def _refuse_bad(organ: Organ, dimension: str, rows: Sequence[NormRow]) -> None:
    if dimension not in NORM_DIMENSIONS:
        raise Refused(_("Välj vad normen gäller."), field="dimension")
    if not rows or any(each.kind not in NORM_KINDS for each in rows):
        raise Refused(_("Skriv minst en rad, och välj vad den säger."), field="rows")
    known = categories_of(organ, dimension)
    if not known:
        raise Refused(_("Partnerskapet har inget att dela upp på där än. Lägg till det först."), field="dimension")
    for each in rows:
        _refuse_row(each, known)
    if len({(each.kind, each.category) for each in rows}) < len(rows):
        raise Refused(_("Samma sak är sagd två gånger. Ta bort den ena raden."), field="rows")
    try:
        norm_of(dimension, [(each.kind, each.category, _exact(each.value)) for each in rows], known)
    except ValueError as wrong:
        told = _("Andelarna ska vara 1 tillsammans, och kan inte stå bredvid ”lika”. Tre lika delar skrivs som ”lika”.")
        raise Refused(told, field="rows") from wrong


def _refuse_row(row: NormRow, known: Sequence[str]) -> None:
    if row.kind == EQUAL:
        if row.category or row.value is not None:
            raise Refused(_("”Lika” gäller alla och har inget eget tal."), field="rows")
    elif row.category not in known or row.value is None or row.value < 0:
        raise Refused(_("Välj något ur listan och skriv ett tal som inte är mindre än noll."), field="rows")
    elif row.kind == SHARE and row.value > 1:
        raise Refused(_("En andel är högst 1."), field="rows")
    elif row.kind != SHARE and row.value != int(row.value):
        raise Refused(_("Ett antal platser är ett helt tal."), field="rows")


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _refuse_twice(row: RepresentationLink) -> None:
    then = Q(ends_on__isnull=True) | Q(ends_on__gt=row.starts_on)
    if row.ends_on is not None:
        then &= Q(starts_on__lt=row.ends_on)
    same = RepresentationLink.objects.filter(CURRENT, then, organisation=row.organisation)
    if same.filter(seat=row.seat, organ=row.organ).exists():
        raise Refused(_("Det är redan antecknat att parten företräds så."), field="organisation")
