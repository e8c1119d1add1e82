"""A draft made into a version: the content frozen, and the rows that lists and approvals read brought up to it."""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.checking import amount_of
from tillit.apps.collaborations.models import Collaboration, CostLine, Participant, Version
from tillit.apps.collaborations.whole import Whole
from tillit.apps.errors import Refused
from tillit.apps.parties.models import Organisation, Unit
from tillit.core.process.content import AMOUNTS, Plain


def frozen(whole: Whole, content: Mapping[str, Any]) -> Plain:
    """Return a content with who is in it and which papers are on file, as a version keeps it."""
    whole_content = deepcopy(dict(content))
    whole_content["party"] = [
        {
            "id": str(each.organisation_id),
            "name": each.organisation.name,
            "side": each.side,
            "role": each.role,
            "unit": each.unit.name if each.unit else "",
        }
        for each in whole.parties
        if each.left_at is None
    ]
    whole_content["paper"] = [
        {"id": each.record_id, "title": each.document.title, "sort": each.document.sort} for each in whole.papers
    ]
    return whole_content


def make_version(
    whole: Whole, content: Mapping[str, Any], *, by: Person, acting_for: Organisation, at: datetime, reason: str
) -> Version:
    """Write the next version of a collaboration and bring its rows up to it. Inside the act's transaction.

    :raises Refused: a participant's person, employer or unit is not there
    """
    collaboration = whole.collaboration
    plain = frozen(whole, content)
    version = Version.objects.create(
        collaboration=collaboration,
        number=collaboration.version + 1,
        content=plain,
        hash=hash_of(plain),
        made_by=by,
        acting_for=acting_for,
        made_at=at,
        reason=reason,
    )
    _header(collaboration, plain)
    collaboration.version = version.number
    collaboration.draft, collaboration.draft_differs = dict(content), False
    collaboration.revision += 1
    collaboration.changed_at = at
    participants = _participants(collaboration, plain, at)
    _costs(collaboration, plain, participants)
    collaboration.save()
    return version


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content's canonical JSON: keys in order, no blanks, UTF-8."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _header(collaboration: Collaboration, content: Plain) -> None:
    about = content["about"]
    for name in (
        "title",
        "purpose",
        "benefit_care",
        "benefit_company",
        "benefit_patient",
        "town",
        "framework_agreement",
    ):
        setattr(collaboration, name, str(about.get(name) or ""))
    collaboration.starts_on = date.fromisoformat(about["starts_on"])
    collaboration.ends_on = date.fromisoformat(about["ends_on"])
    collaboration.starts_at, collaboration.ends_at = _time(about, "starts_at"), _time(about, "ends_at")
    collaboration.kind = content.get("collaboration", {}).get("kind", "")
    collaboration.openness = about.get("openness") or "public"
    collaboration.open_from = date.fromisoformat(about["open_from"]) if collaboration.openness == "delayed" else None
    collaboration.openness_reason = "" if collaboration.openness == "public" else str(about.get("openness_reason", ""))
    for name in AMOUNTS:
        setattr(collaboration, f"{name}_total", _total(content, name))


def _time(about: Plain, name: str) -> time | None:
    return time.fromisoformat(about[name]) if about.get(name) else None


def _total(content: Plain, name: str) -> Decimal | None:
    """Return the sum of the amounts in kronor that are known, None where none is; other currencies are not added."""
    found = [
        amount
        for each in content.get("cost", [])
        if each.get("currency") in (None, "", "SEK") and (amount := amount_of(each.get(name), field=name)) is not None
    ]
    return sum(found, Decimal(0)) if found else None


def _participants(collaboration: Collaboration, content: Plain, at: datetime) -> dict[str, Participant]:
    there = {each.record_id: each for each in collaboration.participants.all()}
    said = content.get("participant", [])
    gone = set(there) - {each["id"] for each in said}
    # First those who go, so that their person may come back under another id.
    collaboration.participants.filter(record_id__in=gone, removed_at__isnull=True).update(removed_at=at)
    known = _known(said)
    rows: dict[str, Participant] = {}
    for position, each in enumerate(said):
        row = there.get(each["id"]) or Participant(collaboration=collaboration, record_id=each["id"])
        row.position = position
        row.label, row.role = str(each.get("label") or ""), str(each.get("role") or "")
        row.person_id = known["person"](each)
        row.employer_id = known["employer"](each)
        row.unit_id = known["unit"](each)
        row.attendance = each.get("attendance") or "invited"
        row.facts = each.get("facts", {})
        row.side = str(row.facts.get("side", ""))
        row.removed_at = None
        row.save()
        rows[row.record_id] = row
    return rows


def _known(said: list[Plain]) -> dict[str, Any]:
    """Return, per kind of key, what checks that it names a row there is."""
    models = {"person": Person, "employer": Organisation, "unit": Unit}
    found = {
        name: {str(key) for key in model._default_manager.filter(pk__in=_keys(said, name)).values_list("pk", flat=True)}
        for name, model in models.items()
    }

    def of(name: str) -> Any:
        def key(each: Plain) -> str | None:
            value = str(each.get(name) or "")
            if value and value not in found[name]:
                raise Refused(
                    _("Deltagaren %(name)s pekar på något som inte finns.") % {"name": each["id"]}, field="participant"
                )
            return value or None

        return key

    return {name: of(name) for name in models}


def _keys(said: list[Plain], name: str) -> list[str]:
    return [each[name] for each in said if each.get(name)]


def _costs(collaboration: Collaboration, content: Plain, participants: dict[str, Participant]) -> None:
    said = content.get("cost", [])
    collaboration.cost_lines.exclude(record_id__in=[each["id"] for each in said]).delete()
    there = {each.record_id: each for each in collaboration.cost_lines.all()}
    for position, each in enumerate(said):
        row = there.get(each["id"]) or CostLine(collaboration=collaboration, record_id=each["id"])
        row.position = position
        for name in ("label", "category", "concerns", "rate_source", "currency"):
            setattr(row, name, str(each.get(name) or ""))
        row.sponsored = bool(each.get("sponsored"))
        row.payer_id = each.get("payer") or None
        row.participant = participants.get(str(each.get("participant") or ""))
        for name in (*AMOUNTS, "hours", "rate"):
            setattr(row, name, amount_of(each.get(name), field=name))
        row.save()
