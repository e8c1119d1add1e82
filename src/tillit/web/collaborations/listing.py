"""The rows of people and of costs: as the draft has them, as they were typed, and back into a content."""

import re
from copy import deepcopy
from typing import Any

from django.http import QueryDict
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations.models import ATTENDANCE, Collaboration
from tillit.apps.collaborations.queries.changes import names_in
from tillit.apps.errors import Refused
from tillit.apps.parties.actions import add_person
from tillit.apps.parties.models import Unit
from tillit.core.process import states
from tillit.core.process.content import Plain
from tillit.core.rulebook.editions import vocabulary
from tillit.exchange.guide_typed import choices
from tillit.web.accounts.acting import SignedInRequest
from tillit.web.language import tongue

BLANK = 3
"""Empty rows at the end, to write new ones in."""
_ROW = re.compile(r"r\.(\d{1,3})\.([a-z_]+)")
_WHOLE = {"all": True, "more": False, "unknown": None}
_WHOLE_NOW = {said: name for name, said in _WHOLE.items()}
Rows = dict[str, Any]


def typed(post: QueryDict) -> list[Rows]:
    """Return the rows as they were typed, unfolded, with three empty ones after them."""
    told = [{**row, "open": True} for row in _sent(post)]
    return told + _blank(told)


def _sent(post: QueryDict) -> list[Rows]:
    rows: dict[int, Rows] = {}
    for name, value in post.items():
        if found := _ROW.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = str(value).strip()
    return [row for _number, row in sorted(rows.items())]


def _blank(before: list[Rows]) -> list[Rows]:
    """Return empty rows to write new ones in; the first is unfolded where there is nothing before it."""
    return [{"open": not before and not number} for number in range(BLANK)]


def _said(post: QueryDict, *names: str) -> list[Rows]:
    return [row for row in _sent(post) if any(row.get(name) for name in names)]


def people_rows(found: Collaboration) -> Rows:
    """Return what the page of participants holds. Four queries."""
    parties = [each for each in found.parties.select_related("organisation") if each.left_at is None]
    units = Unit.objects.filter(organisation__in=[each.organisation_id for each in parties], closed_on__isnull=True)
    said = found.draft.get("participant", [])
    known = Person.objects.in_bulk([each["person"] for each in said if each.get("person")], field_name="pk")
    rows = [_person_row(each, {str(key): person for key, person in known.items()}) for each in said]
    for row in rows:
        row["open"] = found.state == states.CARRIED_OUT
    return {
        "rows": rows + _blank(rows),
        "organisations": [each.organisation for each in parties],
        "units": units.select_related("organisation"),
        "attendance": ATTENDANCE.items() if found.state == states.CARRIED_OUT else (),
        "whole_question": vocabulary().kinds["participant"].whole_question.in_language(tongue()),
        "whole": _WHOLE_NOW[found.draft.get("records", {}).get("participant", {}).get("complete")],
    }


def _person_row(each: Plain, known: dict[str, Person]) -> Rows:
    person = known.get(str(each.get("person", "")))
    return {
        **each,
        "name": person.name if person else each.get("label", ""),
        "email": person.email if person else "",
    }


def people_of(request: SignedInRequest, found: Collaboration) -> Plain:
    """Return the draft with the participants that were typed. A person is known by the e-mail address, never by name.

    :raises Refused: a row has no name, or an address or a name cannot be
    """
    content: Plain = deepcopy(found.draft)
    before = {each["id"]: each for each in content.get("participant", [])}
    sides = {str(each.organisation_id): each.side for each in found.parties.all()}
    rows: list[Rows] = []
    for number, row in enumerate(_said(request.POST, "name", "email"), start=1):
        if not row.get("name"):
            raise Refused(
                _("Deltagare nr %(number)d saknar namn eller roll.") % {"number": number}, field="participant"
            )
        own = row.get("id") or _free("p", {*before, *(each["id"] for each in rows)})
        old = before.get(own, {})
        facts = dict(old.get("facts", {}))
        employer = row.get("employer", "")
        if employer in sides and "side" not in facts:
            facts["side"] = {"company": "industry", "care": "care"}.get(sides[employer], "other")
        facts.setdefault("invited", True)
        person = _person(request, row, found)
        rows.append(
            {
                "id": own,
                "person": str(person.pk) if person else "",
                "label": "" if person else row["name"],
                "role": row.get("role", ""),
                "employer": employer,
                "unit": row.get("unit", ""),
                "attendance": row.get("attendance") or old.get("attendance") or "invited",
                "facts": facts,
            }
        )
    content["participant"] = rows
    _say_whether_whole(content, request.POST.get("whole", ""))
    return content


def _say_whether_whole(content: Plain, answer: str) -> None:
    if answer in _WHOLE:
        said = content.setdefault("records", {}).setdefault("participant", {})
        said.pop("complete", None)
        if _WHOLE[answer] is not None:
            said["complete"] = _WHOLE[answer]


def _person(request: SignedInRequest, row: Rows, found: Collaboration) -> Person | None:
    """Return whom an address belongs to, written down when nobody has it yet; None where no address is said."""
    email = row.get("email", "")
    if not email:
        return None
    known = Person.objects.filter(email__iexact=email).first()
    actor = request.actor
    return known or add_person(
        name=row["name"], email=email, by=actor.person, acting_for=actor.acting_for, at=now(), made_up=found.made_up
    )


def cost_rows(found: Collaboration) -> Rows:
    """Return what the page of costs holds. Two queries."""
    rows = [{**each, "open": found.state == states.CARRIED_OUT} for each in found.draft.get("cost", [])]
    parties = [each for each in found.parties.select_related("organisation") if each.left_at is None]
    return {
        "rows": rows + _blank(rows),
        "categories": choices(vocabulary().kinds["cost_line"].facts["category"], tongue()),
        "people": names_in(found.draft).items(),
        "payers": [each.organisation for each in parties],
    }


def costs_of(request: SignedInRequest, found: Collaboration) -> Plain:
    """Return the draft with the costs that were typed; a comma is taken for the decimal point."""
    content: Plain = deepcopy(found.draft)
    before = {each["id"]: each for each in content.get("cost", [])}
    rows: list[Rows] = []
    for row in _said(request.POST, "label", "category", "estimated", "committed", "actual"):
        own = row.get("id") or _free("c", {*before, *(each["id"] for each in rows)})
        amounts = {name: _amount(row.get(name, "")) for name in ("estimated", "committed", "actual", "hours", "rate")}
        kept = {name: row.get(name, "") for name in ("label", "category", "payer", "participant", "rate_source")}
        rows.append({**before.get(own, {}), "id": own, **kept, **amounts, "sponsored": row.get("sponsored") == "1"})
    content["cost"] = rows
    return content


def _amount(text: str) -> str:
    return re.sub(r"[\s\u00a0]|kr$", "", text).replace(",", ".")


def _free(letter: str, taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"{letter}{number}") not in taken)
