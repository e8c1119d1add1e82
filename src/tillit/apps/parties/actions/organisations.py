"""Organisations come, change their name, belong to one another, leave and come back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.parties.conditions import day_of, hsa_id_of, line, number_of, one_at_a_time, possible, takes_part
from tillit.apps.parties.geography import counties, municipalities
from tillit.apps.parties.models import KINDS, Invitation, Organisation
from tillit.apps.parties.models.organisations import BRANCHES, CARE_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is said of an organisation, as somebody typed it; "" is not known."""

    kind: str
    name: str
    number: str = ""
    branch: str = ""
    care_terms: str = ""
    county_code: str = ""
    municipality_code: str = ""
    hsa_id: str = ""


@transaction.atomic
def add_organisation(
    *,
    particulars: Particulars,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
    made_up: bool = False,
) -> Organisation:
    """Return a new organisation.

    :raises Refused: something said of it cannot be, or its number or HSA-id is another's
    """
    columns = _columns(particulars)
    with held(lambda: _nobody_elses(columns)):
        organisation = Organisation.objects.create(**columns, made_up=made_up)
    audit.note(
        "parties.organisation_added",
        subject=organisation,
        by=by,
        at=at,
        acting_for=acting_for or "",
        kind=organisation.kind,
    )
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, to: Particulars, by: Person | None, acting_for: Organisation | None, at: datetime
) -> Organisation:
    """Return the organisation with what is said of it now; a name that it no longer has is kept as an alias.

    :raises Refused: as `add_organisation`; its kind would change; or it is part of another
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    takes_part(organisation, day_of(at))
    columns = _columns(to)
    if columns["kind"] != organisation.kind:
        raise Refused(
            _("Slaget kan inte ändras: sparade samverkan vilar på det. Lägg till en ny organisation."), field="kind"
        )
    changed = sorted(name for name, value in columns.items() if getattr(organisation, name) != value)
    if not changed:
        return organisation
    if "name" in changed:
        _remember_name(organisation, day_of(at))
    with held(lambda: _nobody_elses(columns, but=organisation)):
        Organisation.objects.filter(pk=organisation.pk).update(**columns)
    organisation.refresh_from_db()
    audit.note(
        "parties.organisation_changed", subject=organisation, by=by, at=at, acting_for=acting_for or "", changed=changed
    )
    return organisation


@transaction.atomic
def set_parent(
    *,
    organisation: Organisation,
    parent: Organisation | None,
    by: Person | None,
    acting_for: Organisation | None,
    at: datetime,
) -> None:
    """Say which organisation another one belongs to; None: to nobody.

    :raises Refused: it would belong to itself, directly or through others, or one of them takes no part
    """
    one_at_a_time()
    organisation = Organisation.objects.get(pk=organisation.pk)
    takes_part(organisation, day_of(at))
    if parent is not None:
        parent = Organisation.objects.get(pk=parent.pk)
        takes_part(parent, day_of(at))
        if organisation in owners_of(parent):
            raise Refused(
                _("%(other)s hör redan till %(name)s, direkt eller genom andra. Välj en annan ägare.")
                % {"other": parent, "name": organisation},
                field="parent",
            )
    Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
    audit.note(
        "parties.parent_set",
        subject=organisation,
        by=by,
        at=at,
        acting_for=acting_for or "",
        parent=str(parent.pk) if parent else "",
    )


def owners_of(organisation: Organisation) -> tuple[Organisation, ...]:
    """Return the organisation and those it belongs to, nearest first. One query per generation."""
    found: list[Organisation] = []
    here: Organisation | None = organisation
    while here is not None and here not in found:
        found.append(here)
        here = here.parent
    return tuple(found)


@transaction.atomic
def leave(
    *, organisation: Organisation, on: date, by: Person | None, acting_for: Organisation | None, at: datetime
) -> None:
    """Let an organisation take no part from a day on. What it has done stays on file, and its people stay written.

    Questions that wait for its answer are the collaborations' to handle.

    :raises Refused: the day has passed, or it has left already
    """
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    takes_part(organisation, day_of(at))
    possible(on, field="on")
    if on < day_of(at):
        raise Refused(_("Dagen har varit. Välj i dag eller en kommande dag."), field="on")
    Organisation.objects.filter(pk=organisation.pk).update(left_on=on)
    Invitation.objects.filter(organisation=organisation, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=at
    )
    audit.note(
        "parties.organisation_left",
        subject=organisation,
        by=by,
        at=at,
        acting_for=acting_for or "",
        on=on.isoformat(),
    )


@transaction.atomic
def come_back(*, organisation: Organisation, by: Person | None, acting_for: Organisation | None, at: datetime) -> None:
    """Let an organisation that has left, or is about to, take part again.

    :raises Refused: it has not left
    """
    if not Organisation.objects.filter(pk=organisation.pk, left_on__isnull=False).update(left_on=None):
        raise Refused(_("Organisationen deltar redan."))
    audit.note("parties.organisation_came_back", subject=organisation, by=by, at=at, acting_for=acting_for or "")


def _remember_name(organisation: Organisation, day: date) -> None:
    """Keep the name that ends today; one that was given and taken back on the same day never was."""
    last = organisation.aliases.exclude(valid_to=None).order_by("-valid_to").first()
    since = last.valid_to if last is not None else None
    if since is not None and since >= day:
        return
    organisation.aliases.create(name=organisation.name, valid_from=since, valid_to=day)


def _columns(said: Particulars) -> dict[str, str]:
    """Return what was typed as columns. :raises Refused: something of it cannot be"""
    if said.kind not in KINDS:
        raise Refused(_("Välj vilket slag av organisation det är."), field="kind")
    if (said.kind == "company") != bool(said.branch) or (said.branch and said.branch not in BRANCHES):
        raise Refused(_("Ett företag har en bransch, och bara företag har det. Välj rätt."), field="branch")
    if (said.kind == "private_provider") != bool(said.care_terms) or (
        said.care_terms and said.care_terms not in CARE_TERMS
    ):
        raise Refused(
            _("En privat vårdgivare arbetar på något slags villkor, och bara de anger det. Välj rätt."),
            field="care_terms",
        )
    _place(said)
    return {
        "kind": said.kind,
        "name": line(said.name, field="name", most=200),
        "number": number_of(said.number),
        "branch": said.branch,
        "care_terms": said.care_terms,
        "county_code": said.county_code or said.municipality_code[:2],
        "municipality_code": said.municipality_code,
        "hsa_id": hsa_id_of(said.hsa_id),
    }


def _place(said: Particulars) -> None:
    if said.county_code and said.county_code not in counties():
        raise Refused(_("Länet finns inte. Välj ett i listan."), field="county_code")
    if said.kind == "region" and not said.county_code:
        raise Refused(_("En region hör till ett län. Välj det."), field="county_code")
    code = said.municipality_code
    if code and code not in municipalities():
        raise Refused(_("Kommunkoden finns inte. Den har fyra siffror, som 2380."), field="municipality_code")
    if code and said.county_code and code[:2] != said.county_code:
        raise Refused(
            _("%(municipality)s ligger inte i %(county)s. Ändra det ena eller det andra.")
            % {"municipality": municipalities()[code], "county": counties()[said.county_code]},
            field="municipality_code",
        )


def _nobody_elses(columns: dict[str, str], *, but: Organisation | None = None) -> None:
    others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
    taken = {"number": columns["number"], "hsa_id": columns["hsa_id"]}
    if columns["kind"] == "region":
        taken["county_code"] = columns["county_code"]
    for field, value in taken.items():
        found = others.filter(**{field: value})
        if field == "county_code":
            found = found.filter(kind="region")
        if value and (other := found.first()) is not None:
            raise Refused(_("%(name)s har redan det. Sök fram den i listan.") % {"name": other}, field=field)
