"""A collaboration as a case for the engine. One way only: an answer is kept as an assessment, never mapped back.

What the record itself knows goes before what somebody has typed: the company's branch, who runs the care, whether a
procurement is open, whether the employer has approved, which papers are on file.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tillit.apps.collaborations.models import Party
from tillit.apps.collaborations.whole import Whole
from tillit.apps.parties.models import Organisation, Procurement
from tillit.core.process.content import Plain, as_case
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.read_case import read_case

NOBODY = "–"


def case_of(whole: Whole, *, content: Mapping[str, Any] | None = None, phase: str = "") -> Case:
    """Return the case that the engine tries: the last version's, or what `content` would make of it.

    :raises BadInput: the content holds something that no case can
    """
    return read_case(plain_case(whole, content=content, phase=phase), vocabulary())


def plain_case(whole: Whole, *, content: Mapping[str, Any] | None = None, phase: str = "") -> Plain:
    """Return the same in the plain form of a case file."""
    said = dict(whole.content if content is None else content)
    case = as_case(said, phase=phase or whole.phase)
    case["collaboration"] |= known_facts(
        whole, date.fromisoformat(said["about"]["starts_on"]), date.fromisoformat(said["about"]["ends_on"])
    )
    answers = whole.employer_answers()
    for each in case.get("participant", []):
        if each["id"] in answers:
            each["employer_approval"] = answers[each["id"]]
    if whole.papers:
        case["document"] = [_document(paper) for paper in whole.papers]
        case.setdefault("records", {})["document"] = {"complete": True}
    there = {"collaboration", *(f"{kind}:{each['id']}" for kind in case for each in _records(case[kind]))}
    judgements = [
        {
            "fact": each.fact,
            "record": each.record,
            "value": each.value,
            "by": f"{each.by.name}, {each.acting_for.name}",
            "on": each.made_on.isoformat(),
            "why": each.why,
        }
        for each in whole.judgements
        if each.record in there
    ]
    if judgements:
        case["judgement"] = judgements
    return case


def known_facts(whole: Whole, first: date, last: date) -> Plain:
    """Return the collaboration's facts that the record answers by itself; what it cannot answer is left out."""
    companies, care = whole.side("company"), whole.side("care")
    facts: Plain = {}
    branches = {each.organisation.branch for each in companies}
    if len(branches) == 1:
        facts["company_branch"] = branches.pop()
    providers = {_provider(each.organisation) for each in care}
    if len(providers) == 1:
        facts["care_provider"] = providers.pop()
    if care and all(each.unit is not None and each.unit.head_id for each in care):
        facts["head_of_operations_named"] = True
    if whole.version is not None:
        facts["documented_in_writing"] = True
    if open_procurements(companies, care, first, last):
        facts["open_procurement"] = True
    return facts


def open_procurements(
    companies: tuple[Party, ...], care: tuple[Party, ...], first: date, last: date
) -> tuple[Procurement, ...]:
    """Return the procurements between the two sides that were open on any of the days. One query, or none."""
    if not companies or not care:
        return ()
    rows = Procurement.objects.filter(
        buyer__in=[each.organisation_id for each in care],
        bidders__in=[each.organisation_id for each in companies],
        opened_on__lte=last,
    ).exclude(closed_on__lt=first)
    return tuple(rows.distinct().select_related("buyer"))


def _provider(organisation: Organisation) -> str:
    return organisation.care_terms if organisation.kind == "private_provider" else organisation.kind


def _document(paper: Any) -> Plain:
    document = paper.document
    return {
        "id": paper.record_id,
        "sort": document.sort,
        "has_keeper": document.keeper_id is not None,
        "destroyed": False,
    }


def _records(value: object) -> list[Plain]:
    return value if isinstance(value, list) and all(isinstance(each, dict) and "id" in each for each in value) else []
