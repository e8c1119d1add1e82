"""A partnership is founded and changed: its name and form, its levels, sectors and subjects, who runs its record."""

from collections.abc import Container
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.models import Level, Partnership, PartnershipAlias, Sector, Steward, Subject
from tillit.apps.partnerships.models.words import BASES, LEGAL_FORM_WORDS, LEVEL_WORDS, OPENNESS, STEWARD_ROLES
from tillit.core.governance.areas import LEVEL_RANKS

LONGEST_SLUG = 60
TAKEN_SLUGS = frozenset({"ny", "modeller", "jamforelse"})
"""Pages of their own in the room of addresses where a partnership has its."""
RESERVED = frozenset({"ny", "modeller", "jamforelse"})
"""What stands where a partnership's own name would in an address; a partnership called so gets a figure after it."""
MOVES = {"preparing": ("running", "ended"), "running": ("ended",), "ended": ()}


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said of a partnership as a whole. `host` None: a legal person of its own, or nobody has said where."""

    name: str
    legal_form: str
    starts_on: date
    purpose: str = ""
    founding_basis: str = ""
    host: Organisation | None = None
    ends_on: date | None = None
    openness: str = "public"
    source: str = ""


@transaction.atomic
def found_partnership(
    *, frame: Frame, by: Person | None, at: datetime, acting_for: Organisation | None = None, made_up: bool = False
) -> Partnership:
    """Found a partnership with the five usual levels. Whoever founds it runs its office until somebody else does.

    :raises Refused: it has no name, no known form, or ends before it starts
    """
    _refuse_bad(frame)
    made = Partnership.objects.create(
        slug=_free_slug(frame.name),
        name=frame.name.strip(),
        purpose=frame.purpose.strip(),
        legal_form=frame.legal_form,
        founding_basis=frame.founding_basis,
        host=frame.host,
        starts_on=frame.starts_on,
        ends_on=frame.ends_on,
        openness=frame.openness,
        source=frame.source.strip(),
        made_up=made_up,
        created_by=by,
        created_at=at,
    )
    above: Level | None = None
    for code, rank in LEVEL_RANKS.items():
        above = Level.objects.create(partnership=made, code=code, name=str(LEVEL_WORDS[code]), rank=rank, parent=above)
    if by is not None:
        Steward.objects.create(partnership=made, person=by, role="office", since=day_of(at))
    audit.note("partnerships.founded", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_partnership(
    *, partnership: Partnership, frame: Frame, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Partnership:
    """Change what is said of a partnership as a whole. Its address stays.

    :raises Refused: as `found_partnership`
    """
    _refuse_bad(frame)
    current = locked(partnership)
    for each in fields(frame):
        value = getattr(frame, each.name)
        setattr(current, each.name, value.strip() if isinstance(value, str) else value)
    current.save()
    audit.note("partnerships.changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def move_partnership(
    *, partnership: Partnership, status: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Partnership:
    """Let a partnership begin to run, or end. It cannot be taken back: what has ended is founded anew.

    :raises Refused: it is not where that can be done from
    """
    current = locked(partnership)
    if status not in MOVES[current.status]:
        raise Refused(_("Partnerskapet kan inte gå dit från det läge det är i. Läs in sidan igen."), field="status")
    current.status = status
    if status == "ended":
        current.ends_on = current.ends_on or max(day_of(at), _after(current.starts_on))
    current.save(update_fields=["status", "ends_on"])
    audit.note(f"partnerships.{status}", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def name_also(*, partnership: Partnership, name: str, by: Person | None, at: datetime) -> PartnershipAlias:
    """Write down another name that a partnership goes by.

    :raises Refused: it is empty
    """
    if not name.strip():
        raise Refused(_("Skriv namnet."), field="name")
    made, new = PartnershipAlias.objects.get_or_create(partnership=partnership, name=name.strip())
    if new:
        audit.note("partnerships.alias_added", subject=partnership, by=by, at=at)
    return made


@transaction.atomic
def add_sector(*, partnership: Partnership, code: str, name: str, by: Person | None, at: datetime) -> Sector:
    """Add a sector of the partnership's own taxonomy.

    :raises Refused: it lacks a code or a name, or the code is taken
    """
    _refuse_unnamed(code, name)
    order = partnership.sectors.count()
    with held(lambda: _refuse_taken(Sector.objects.filter(partnership=partnership, code=code).exists())):
        made = Sector.objects.create(partnership=partnership, code=code, name=name.strip(), order=order)
    audit.note("partnerships.sector_added", subject=partnership, by=by, at=at, code=code)
    return made


@transaction.atomic
def add_subject(*, partnership: Partnership, code: str, name: str, by: Person | None, at: datetime) -> Subject:
    """Add a subject that an organ can have a mandate about.

    :raises Refused: as `add_sector`
    """
    _refuse_unnamed(code, name)
    with held(lambda: _refuse_taken(Subject.objects.filter(partnership=partnership, code=code).exists())):
        made = Subject.objects.create(partnership=partnership, code=code, name=name.strip())
    audit.note("partnerships.subject_added", subject=partnership, by=by, at=at, code=code)
    return made


@transaction.atomic
def add_level(*, partnership: Partnership, code: str, name: str, rank: int, by: Person | None, at: datetime) -> Level:
    """Add a level of the partnership's own; its rank says how far down it lies.

    :raises Refused: as `add_sector`
    """
    _refuse_unnamed(code, name)
    parent = partnership.levels.filter(rank__lt=rank).order_by("-rank").first()
    with held(lambda: _refuse_taken(Level.objects.filter(partnership=partnership, code=code).exists())):
        made = Level.objects.create(partnership=partnership, code=code, name=name.strip(), rank=rank, parent=parent)
    audit.note("partnerships.level_added", subject=partnership, by=by, at=at, code=code)
    return made


@transaction.atomic
def name_steward(*, partnership: Partnership, person: Person, role: str, by: Person | None, at: datetime) -> Steward:
    """Let somebody run the office of a partnership, or follow it as an evaluator, from that day.

    :raises Refused: the role is none
    """
    if role not in STEWARD_ROLES:
        raise Refused(_("Välj om personen sköter kansliet eller utvärderar."), field="role")
    there = partnership.stewards.filter(person=person, role=role, until__isnull=True).first()
    if there is not None:
        return there
    made = Steward.objects.create(partnership=partnership, person=person, role=role, since=day_of(at))
    audit.note("partnerships.steward_named", subject=partnership, by=by, at=at, role=role, person=str(person.pk))
    return made


@transaction.atomic
def end_steward(*, steward: Steward, by: Person, at: datetime) -> Steward:
    """End somebody's work for a partnership. Somebody must be left in the office.

    :raises Refused: nobody would be left
    """
    current = locked(steward.partnership)
    row = Steward.objects.get(pk=steward.pk)
    left = current.stewards.filter(role="office", until__isnull=True).exclude(pk=row.pk)
    if row.role == "office" and not left.exists():
        raise Refused(_("Någon måste finnas kvar på kansliet. Utse den nya först."))
    row.until = max(day_of(at), row.since)
    row.save(update_fields=["until"])
    audit.note("partnerships.steward_ended", subject=current, by=by, at=at, role=row.role, person=str(row.person_id))
    return row


def locked(partnership: Partnership) -> Partnership:
    """Return a partnership that nobody else can change until our transaction ends: every act on its tree begins so."""
    return Partnership.objects.select_for_update().get(pk=partnership.pk)


def _refuse_bad(frame: Frame) -> None:
    refuse_personal_numbers(name=frame.name, purpose=frame.purpose, source=frame.source)
    if not frame.name.strip():
        raise Refused(_("Skriv vad partnerskapet heter."), field="name")
    known: dict[str, Container[object]] = {
        "legal_form": LEGAL_FORM_WORDS,
        "openness": OPENNESS,
        "founding_basis": ("", *BASES),
    }
    for field, words in known.items():
        if getattr(frame, field) not in words:
            raise Refused(_("Välj ett av alternativen."), field=field)
    if frame.ends_on is not None and frame.ends_on <= frame.starts_on:
        raise Refused(_("Partnerskapet slutar innan det börjar. Rätta en av dagarna."), field="ends_on")


def _refuse_unnamed(code: str, name: str) -> None:
    if not code.strip():
        raise Refused(_("Skriv en kod, utan mellanslag."), field="code")
    if not name.strip():
        raise Refused(_("Skriv namnet."), field="name")


def _refuse_taken(taken: bool) -> None:
    if taken:
        raise Refused(_("Koden används redan. Välj en annan."), field="code")


def _free_slug(name: str) -> str:
    base = slugify(name)[: LONGEST_SLUG - 5] or "partnerskap"
    taken = TAKEN_SLUGS | set(Partnership.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
