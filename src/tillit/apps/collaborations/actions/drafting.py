"""A collaboration begun, and its draft written. Nothing in a draft binds anybody until it is handed in."""

import secrets
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.collaborations.checking import refuse_bad_content
from tillit.apps.collaborations.models import Collaboration, Party, Version
from tillit.apps.collaborations.whole import locked
from tillit.apps.errors import Refused
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation, Unit
from tillit.core.process import states
from tillit.core.process.content import Plain

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as another
EDITABLE = (*states.PLANNED, states.CARRIED_OUT)
"""States in which a draft can be written: the plan while it is one, the outcome when it has been carried out."""


@transaction.atomic
def begin(
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    acting_for: Organisation,
    at: datetime,
    unit: Unit | None = None,
    content: Plain | None = None,
) -> Collaboration:
    """Begin a collaboration that an organisation proposes; `content` may come from a check made before.

    :raises Refused: the organisation cannot propose, or the content cannot be used
    """
    if not acting_for.takes_part_on(day_of(at)):
        raise Refused(_("Organisationen har lämnat Tillit. Agera för en annan organisation."))
    refuse_bad_content(draft := _first_draft(content, title, starts_on, ends_on))
    collaboration = Collaboration.objects.create(
        public_id=_public_id(),
        state_since=at,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        draft=draft,
        created_by=by,
        created_at=at,
        changed_at=at,
        made_up=acting_for.made_up,
    )
    Party.objects.create(
        collaboration=collaboration,
        organisation=acting_for,
        unit=unit,
        side=acting_for.side,
        role="proposer",
        contact=by,
    )
    audit.note("collaborations.begun", subject=collaboration, by=by, at=at, acting_for=acting_for)
    return collaboration


def _first_draft(content: Plain | None, title: str, starts_on: date, ends_on: date) -> Plain:
    draft = deepcopy(content) if content else {"about": {}}
    draft["about"] = {
        **draft.get("about", {}),
        "title": title,
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "openness": draft.get("about", {}).get("openness") or "public",
    }
    return draft


def _public_id() -> str:
    """Return a short name that says nothing of how many there are."""
    while True:
        name = "S-" + "".join(secrets.choice(_LETTERS) for _ in range(7))
        if not Collaboration.objects.filter(public_id=name).exists():
            return name


@transaction.atomic
def save_draft(
    *,
    collaboration: Collaboration,
    content: Mapping[str, Any],
    revision: int,
    by: Person,
    acting_for: Organisation,
    at: datetime,
) -> Collaboration:
    """Keep a draft as it now stands. `revision` is the one that the writer had before them.

    :raises Refused: it can no longer be written, somebody else wrote meanwhile, or something in it cannot be used
    """
    current = locked(collaboration.pk)
    if current.state not in EDITABLE:
        raise Refused(_("Samverkan är avslutad, avböjd eller inställd och kan inte ändras."))
    if current.revision != revision:
        raise Refused(
            _("Någon annan har ändrat under tiden. Ladda om sidan, se vad som är nytt och gör din ändring igen.")
        )
    refuse_bad_content(content)
    current.draft = dict(content)
    current.draft_differs = current.version == 0 or _official(current) != current.draft
    current.revision += 1
    current.changed_at = at
    fields = ["draft", "draft_differs", "revision", "changed_at"]
    if current.version == 0:
        fields += _header(current)
    current.save(update_fields=fields)
    audit.note(
        "collaborations.draft_saved", subject=current, by=by, at=at, acting_for=acting_for, revision=current.revision
    )
    return current


def _header(collaboration: Collaboration) -> list[str]:
    """Put what lists show on a collaboration that has no version yet; return the names of the columns."""
    about = collaboration.draft["about"]
    collaboration.title = about["title"]
    collaboration.starts_on = date.fromisoformat(about["starts_on"])
    collaboration.ends_on = date.fromisoformat(about["ends_on"])
    collaboration.kind = collaboration.draft.get("collaboration", {}).get("kind", "")
    return ["title", "starts_on", "ends_on", "kind"]


def _official(collaboration: Collaboration) -> dict[str, Any]:
    """Return the content of the last version, without what is added when it is handed in."""
    content = Version.objects.get(collaboration=collaboration, number=collaboration.version).content
    return {name: value for name, value in content.items() if name not in ("party", "paper")}


@transaction.atomic
def discard_draft(*, collaboration: Collaboration, by: Person, acting_for: Organisation, at: datetime) -> Collaboration:
    """Let a draft go, and have what the last version says again.

    :raises Refused: there is no version to go back to
    """
    current = locked(collaboration.pk)
    if current.version == 0:
        raise Refused(_("Det finns ingen inlämnad version att gå tillbaka till. Ställ in utkastet i stället."))
    current.draft, current.draft_differs = _with_answers(current, _official(current)), False
    current.revision += 1
    current.changed_at = at
    current.save(update_fields=["draft", "draft_differs", "revision", "changed_at"])
    audit.note("collaborations.draft_discarded", subject=current, by=by, at=at, acting_for=acting_for)
    return current


def _with_answers(collaboration: Collaboration, content: Plain) -> Plain:
    """Return a content with what people have answered to their invitations since it was handed in."""
    answered = dict(collaboration.participants.values_list("record_id", "attendance"))
    for each in content.get("participant", []):
        each["attendance"] = answered.get(each["id"], each.get("attendance", "invited"))
    return content


@transaction.atomic
def copy(
    *, collaboration: Collaboration, starts_on: date, ends_on: date, by: Person, acting_for: Organisation, at: datetime
) -> Collaboration:
    """Begin a new collaboration from one there is: the same plan on other days, nobody's answers and no outcome."""
    content = deepcopy(_official(collaboration) if collaboration.version else collaboration.draft)
    for each in content.get("participant", []):
        each["attendance"] = "invited"
        each.get("facts", {}).pop("employer_approval", None)
    for each in content.get("cost", []):
        each.pop("actual", None)
    new = begin(
        title=content["about"]["title"],
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        acting_for=acting_for,
        at=at,
        content=content,
    )
    for party in collaboration.parties.filter(left_at__isnull=True).exclude(organisation=acting_for):
        Party.objects.create(
            collaboration=new, organisation=party.organisation, unit=party.unit, side=party.side, role="answerer"
        )
    return new
