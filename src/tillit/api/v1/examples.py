"""Examples for the description, made by what they are examples of, so that they cannot grow old."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tillit.api.v1.collaborations import row_of as collaboration_row, whole_of as whole_collaboration
from tillit.api.v1.editions import row as edition_row, whole_row
from tillit.api.v1.observations import example as observation_example
from tillit.api.v1.parameters import chosen
from tillit.api.v1.rules import whole_rule
from tillit.api.v1.situations import question_rows, situation_rows
from tillit.apps.register.queries import Row as CollaborationRow
from tillit.core.rulebook.editions import edition, newest, vocabulary
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.model import Rule
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange.answer import answer
from tillit.exchange.fact_rows import facts
from tillit.exchange.rule_rows import coverage_row, provision_row, rule_named, rule_row
from tillit.exchange.schema import case_schema

RULE, DAY, NEWEST = "maltider.distans", date(2026, 11, 1), newest()
_PAGE = "https://tillit.example/oppet/S-AB23CD4/"
_TOML = """schema = "tillit.case/1"

[case]
title = "Demonstration av en vagga"
phase = "planned"
starts_on = 2026-11-03

[collaboration]
company_branch = "medtech"
care_provider = "region"
companions_allowed = true
"""


def CASE() -> Any:  # noqa: N802
    """Return a small case as JSON has it."""
    return dump_case(_case())


def CASE_TOML() -> str:  # noqa: N802
    return _TOML


def REPORTS() -> Any:  # noqa: N802
    """Return what a system sends in, as JSON has it: a sum, a share with its parts, a level with what it rests on."""
    level = {"level": 3, "narrative": "Fyra möten, alla parter med.", "evidence_link": "https://exempel.se/motesplan"}
    return {
        "observations": [
            {"indicator": "starts", "period": "2026-Q2", "value": "12"},
            {"indicator": "in_time", "period": "2026-Q2", "numerator": "8", "denominator": "12"},
            {"indicator": "trust", "period": "2026", **level},
        ]
    }


def _case() -> Case:
    import tomllib

    return read_case(tomllib.loads(_TOML), vocabulary())


def _answer() -> Any:
    return answer(check_case(_case(), as_of=DAY), lang="sv", asked="company")


def _page(row: object, total: int) -> Any:
    return {"items": [row], "total": total, "limit": 1, "offset": 0}


def _rule() -> Rule:
    found = rule_named(edition(NEWEST), RULE)
    assert found is not None
    return found


def _provision() -> Any:
    home = edition(NEWEST)
    return provision_row(home.provisions[0], home)


def _norms() -> Any:
    told = coverage_row(edition(NEWEST))
    return {
        "norms": dict(list(told["norms"].items())[:2]),
        "parameters": dict(list(told["parameters"].items())[:1]),
        "missing": told["missing"],
    }


def _info() -> Any:
    return {
        "apiName": "Tillit",
        "apiVersion": "1.1.0",
        "apiReleased": "2026-11-28",
        "apiDocumentation": "https://tillit.example/api/v1/docs",
        "apiStatus": "active",
    }


def _collaboration() -> Any:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    organisations = (
        {"key": "7b8f3c52-0000-4000-8000-000000000001", "name": "Nordkap Pharma AB", "side": "company"},
        {"key": "7b8f3c52-0000-4000-8000-000000000002", "name": "Region Fjällmark", "side": "care"},
    )
    days, value = (date(2026, 11, 3), date(2026, 11, 4)), (Decimal("11500.50"), "actual")
    about = ("Utbildning om hjärtsvikt", "educational_meeting", "reported")
    end: Any = ("meets", NEWEST, *value, organisations, at, at, True)
    return CollaborationRow(0, "S-AB23CD4", *about, *days, "Åre", *end)


def _whole_collaboration() -> Any:
    row, day = _collaboration(), "2026-11-03"
    kinds = ("company", "region")
    content = {
        "purpose": "Vården lär sig den nya metoden.",
        "benefits": {"care": "Kunskap.", "company": "", "patient": "Tidigare behandling."},
        "framework_agreement": "",
        "organisations": [
            {**each, "kind": kind, "unit": "", "left_on": None}
            for each, kind in zip(row.organisations, kinds, strict=True)
        ],
        "totals": {"estimated": "12000.00", "committed": None, "actual": "11500.50"},
        "participants": {"care": {"invited": 12, "took_part": 10}},
        "assessment": None,
        "versions": [{"number": 1, "on": day, "parts": []}],
        "states": [{"state": "reported", "on": day}],
    }
    changes = [{"at": "2026-11-24T10:00:00+01:00", "what": "published", "parts": []}]
    return whole_collaboration(row, content, changes, _PAGE)


ANSWERS: dict[str, Callable[[], Any]] = {
    "check": _answer,
    "facts": lambda: facts(vocabulary(), chosen(None))[:1],
    "facts_schema": lambda: {key: case_schema(vocabulary())[key] for key in ("$schema", "$id", "title", "type")},
    "rules": lambda: _page(rule_row(_rule()), sum(len(each.rules) + 1 for each in chosen(None))),
    "rule": lambda: whole_rule(_rule(), edition(NEWEST)),
    "provisions": lambda: _page(_provision(), sum(len(each.provisions) for each in chosen(None))),
    "provision": _provision,
    "norms": _norms,
    "questions": lambda: question_rows()[:1],
    "situations": lambda: situation_rows()[1:2],
    "editions": lambda: [edition_row(each) for each in chosen(None)],
    "edition": lambda: whole_row(edition(NEWEST)),
    "collaborations": lambda: _page(collaboration_row(_collaboration(), _PAGE), 1),
    "collaboration": _whole_collaboration,
    "observations": lambda: _page(observation_example(), 1),
    "report_observations": lambda: {
        "observations": [{"indicator": "starts", "period": "2026-Q2", "status": "submitted", "held": []}]
    },
    "api_info": _info,
}
