"""Organs are set up, changed and closed: boards, offices, councils and groups."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.parties.conditions import line, possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import (
    CURRENT,
    Affiliation,
    Appointment,
    Level,
    MandateItem,
    Organ,
    Partnership,
    RepresentationLink,
)
from tillit.apps.partnerships.models.words import LEGAL_BASES, MAJORITY_RULES, OPENNESS, QUORUM_RULES, TIER_WORDS
from tillit.core.governance.areas import ADVISORY, DECIDES
from tillit.core.governance.mandates import ancestors

LONGEST_NAME, LONGEST_REASON = 120, 300


@dataclass(frozen=True, slots=True)
class OrganFacts:
    """What is said of an organ. Counts and days are None where nobody has stated any."""

    name: str
    tier: str
    level: Level
    starts_on: date
    parent: Organ | None = None
    legal_basis: str = ""
    quorum_rule: str = "not_stated"
    majority_rule: str = "not_stated"
    meetings_per_year: int | None = None
    notice_days: int | None = None
    minutes_days: int | None = None
    openness: str = "public"
    source: str = ""


@transaction.atomic
def set_up_organ(
    *,
    partnership: Partnership,
    facts: OrganFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Organ:
    """Set up an organ on a level, in a tier.

    :raises Refused: it has no name or one that is taken, a word that is none, or something of another partnership
    """
    here = locked(partnership)
    said = _checked(here, facts)
    with held(lambda: _refuse_taken(here, said["name"])):
        made = Organ.objects.create(partnership=here, **said)
    audit.note("partnerships.organ_set_up", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_organ(
    *, organ: Organ, facts: OrganFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Organ:
    """Change what is said of an organ. One that has had a right to decide never becomes advisory: its tier has no
    dates, so it would be said of the past too; close it and set up the new one.

    :raises Refused: as `set_up_organ`, or it would be above itself, or advise where it has decided (I-6)
    """
    here = locked(organ.partnership)
    current = Organ.objects.get(pk=organ.pk)
    said = _checked(here, facts)

    def check() -> None:
        _refuse_taken(here, said["name"], but=current)
        _refuse_circle(current, facts.parent)
        _refuse_advisory(current, facts.tier)

    for name, value in said.items():
        setattr(current, name, value)
    with held(check):
        current.save()
    audit.note("partnerships.organ_changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def close_organ(
    *, organ: Organ, on: date, reason: str, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Organ:
    """Close an organ from a day: its mandates, seats, appointments and what it represents end with it.

    :raises Refused: it is closed already, no reason is given, organs under it go on, or something begins only later
    """
    locked(organ.partnership)
    current = Organ.objects.get(pk=organ.pk)
    why = line(reason, field="reason", most=LONGEST_REASON)
    _refuse_closing(current, on)
    still = models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=on)
    for mandate in current.mandates.filter(CURRENT, still):
        replace_row(mandate, at=at, by=by, ends_on=on)
    for appointment in Appointment.objects.filter(CURRENT, still, seat__organ=current):
        keep_affiliations(appointment, replace_row(appointment, at=at, by=by, ends_on=on))
    for link in RepresentationLink.objects.filter(CURRENT, still, _speaks_in(current)):
        replace_row(link, at=at, by=by, ends_on=on)
    current.seats.filter(still).update(ends_on=on)
    current.ends_on, current.closing_reason = on, why
    current.save(update_fields=["ends_on", "closing_reason"])
    audit.note("partnerships.organ_closed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


def refuse_foreign(partnership: Partnership, **rows: models.Model | None) -> None:
    """Let rows pass that belong to a partnership; the name of each is the field to say it at.

    :raises Refused: one belongs to another partnership
    """
    for field, row in rows.items():
        if row is not None and getattr(row, "partnership_id", None) != partnership.pk:
            raise Refused(_("Det du valde hör till ett annat partnerskap. Välj i listan."), field=field)


def refuse_days(starts_on: date, ends_on: date | None, organ: Organ) -> None:
    """Let days pass that can be, within those of an organ; `ends_on` is the first day that no longer holds.

    :raises Refused: they cannot be, or lie outside those of the organ
    """
    possible(starts_on, field="starts_on")
    possible(ends_on, field="ends_on")
    if ends_on is not None and ends_on <= starts_on:
        raise Refused(_("Det slutar innan det börjar. Rätta en av dagarna."), field="ends_on")
    if starts_on < organ.starts_on:
        raise Refused(_("Organet finns först från %(day)s.") % {"day": organ.starts_on}, field="starts_on")
    if organ.ends_on is not None and (starts_on >= organ.ends_on or ends_on is None or ends_on > organ.ends_on):
        raise Refused(_("Organet är stängt från %(day)s.") % {"day": organ.ends_on}, field="ends_on")


def refuse_end(row: Appointment | MandateItem | RepresentationLink, on: date) -> None:
    """Let a day pass on which a row can end. :raises Refused: it has not begun by then, or ends sooner"""
    possible(on, field="on")
    if on <= row.starts_on:
        raise Refused(
            _("Det började %(day)s. Välj en dag efter den.") % {"day": row.starts_on},
            field="on",
        )
    if row.ends_on is not None and row.ends_on <= on:
        raise Refused(_("Det är redan slut den dagen."), field="on")


def _speaks_in(organ: Organ) -> models.Q:
    return models.Q(organ=organ) | models.Q(seat__organ=organ)


def keep_affiliations(row: Appointment, made: Appointment) -> None:
    """Let the row that now holds for an appointment have the affiliations that the old one had."""
    for each in row.affiliations.all():
        Affiliation.objects.create(appointment=made, organisation_id=each.organisation_id, share=each.share)


def _checked(partnership: Partnership, facts: OrganFacts) -> dict[str, object]:
    said = {each.name: getattr(facts, each.name) for each in fields(facts)}
    refuse_foreign(partnership, level=facts.level, parent=facts.parent)
    refuse_personal_numbers(source=facts.source)
    possible(facts.starts_on, field="starts_on")
    known = {
        "tier": tuple(TIER_WORDS),
        "legal_basis": ("", *LEGAL_BASES),
        "quorum_rule": tuple(QUORUM_RULES),
        "majority_rule": tuple(MAJORITY_RULES),
        "openness": tuple(OPENNESS),
    }
    for field, words in known.items():
        if said[field] not in words:
            raise Refused(_("Välj ett av alternativen."), field=field)
    return said | {"name": line(facts.name, field="name", most=LONGEST_NAME), "source": facts.source.strip()}


def _refuse_taken(partnership: Partnership, name: object, but: Organ | None = None) -> None:
    same = partnership.organs.filter(name=name)
    if (same if but is None else same.exclude(pk=but.pk)).exists():
        raise Refused(_("Ett organ heter redan så. Välj ett annat namn."), field="name")


def _refuse_circle(organ: Organ, parent: Organ | None) -> None:
    if parent is None:
        return
    above = dict(Organ.objects.filter(partnership=organ.partnership).values_list("pk", "parent"))
    parents = {str(key): str(over) if over else None for key, over in above.items()} | {str(organ.pk): str(parent.pk)}
    if str(organ.pk) in ancestors(str(organ.pk), parents):
        raise Refused(
            _("%(parent)s ligger under det här organet och kan inte ligga över det. Välj ett annat.")
            % {"parent": parent},
            field="parent",
        )


def _refuse_advisory(organ: Organ, tier: str) -> None:
    if tier == ADVISORY and organ.mandates.filter(CURRENT, right=DECIDES).exists():
        raise Refused(
            _(
                "Organet har eller har haft rätt att besluta och kan inte bli rådgivande. Stäng det och bilda ett nytt,"
                " så står det kvar vem som har beslutat."
            ),
            field="tier",
        )


def _refuse_closing(organ: Organ, on: date) -> None:
    possible(on, field="on")
    if organ.ends_on is not None and organ.ends_on <= on:
        raise Refused(_("Organet är redan stängt från %(day)s.") % {"day": organ.ends_on}, field="on")
    if on <= organ.starts_on:
        raise Refused(_("Organet började %(day)s. Välj en dag efter den.") % {"day": organ.starts_on}, field="on")
    if organ.below.filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=on)).exists():
        raise Refused(_("Organ under det här fortsätter. Stäng eller flytta dem först."), field="on")
    later = (
        organ.mandates.filter(CURRENT, starts_on__gte=on).exists()
        or Appointment.objects.filter(CURRENT, seat__organ=organ, starts_on__gte=on).exists()
        or RepresentationLink.objects.filter(CURRENT, _speaks_in(organ), starts_on__gte=on).exists()
        or organ.seats.filter(starts_on__gte=on).exists()
    )
    if later:
        raise Refused(_("Något i organet börjar först efter den dagen. Välj en senare dag."), field="on")
