"""The sixteen rules in OpenFisca-Core, in a process of its own: `python -m bench.openfisca_side FOLDER`.

OpenFisca has no unknown values: what is not known is here false or 0, and no rule comes out as undecided or judge. So
it does less than we do. A choice is a small whole number, which is quicker there than its own enumerations. Prints
"ready"; then for each line it reads, the seconds of one run over fresh caches.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from openfisca_core import entities, periods, taxbenefitsystems, variables  # type: ignore[attr-defined]
from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-untyped]

WHEN = "2026-01"
Given = Callable[[str], Any]
Part = Callable[[Given], Any]


def main(folder: Path) -> None:
    given = {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}
    record = entities.build_entity(key="record", plural="records", label="", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([record])
    kinds = {"b": bool, "i": int}
    for name, values in given.items():
        system.add_variable(_input(name, record, kinds["b" if values.dtype == bool else "i"]))
    rules = _rules(record)
    for rule in rules:
        system.add_variable(rule)
    simulation = SimulationBuilder().build_default_simulation(system, len(next(iter(given.values()))))
    for name, values in given.items():
        simulation.set_input(name, WHEN, values)
    print("ready", flush=True)
    for _ in sys.stdin:
        for rule in rules:
            simulation.delete_arrays(rule.__name__)
        started = perf_counter()
        for rule in rules:
            simulation.calculate(rule.__name__, WHEN)
        print(perf_counter() - started, flush=True)


def _input(name: str, record: object, kind: type) -> type:
    return type(name, (variables.Variable,), {"value_type": kind, "entity": record, "definition_period": periods.MONTH})


def _rules(record: object) -> list[type]:
    def rule(name: str, applies: Part | None, requires: Part) -> type:
        def formula(one: Any, period: object) -> Any:
            holds = requires(lambda fact: one(fact, period))
            met = np.where(holds, np.int32(1), np.int32(4))
            return met if applies is None else np.where(applies(lambda fact: one(fact, period)), met, np.int32(0))

        parts = {"value_type": int, "entity": record, "definition_period": periods.MONTH, "formula": formula}
        return type(f"rule_{name}", (variables.Variable,), parts)

    def sponsors(f: Given) -> Any:
        return (f("kind") == 1) | f("industry_sponsors")

    def arranges(f: Given) -> Any:
        return (f("arranger") == 0) | (f("arranger") == 2)

    def permitted(f: Given) -> Any:
        category = f("category")
        barred = (category == 5) | (category == 3) | (category == 4)
        return ~barred & ((category == 0) | (category == 1) | (category == 2) | f("not_the_like_assessed"))

    return [
        rule("meal", lambda f: f("industry_offers_meal"), lambda f: arranges(f) & f("moderate_assessed")),
        rule(
            "remote",
            lambda f: (f("mode") != 0) & f("industry_offers_meal"),
            lambda f: ~f("meal_offered") | ((f("mode") == 2) & f("on_site_part_assessed")),
        ),
        rule("approval", lambda f: f("side") == 0, lambda f: f("employer_approval")),
        rule("companion", None, lambda f: ~f("companion")),
        rule("invited", None, lambda f: f("invited")),
        rule(
            "cabin",
            lambda f: f("flight"),
            lambda f: (
                (f("cabin") == 0) | (f("outside_europe") & (f("journey_hours") > 600) & f("well_founded_assessed"))
            ),
        ),
        rule("tax", lambda f: f("industry_offers_meal"), lambda f: f("tax_informed") | (f("meal_count") == 0)),
        rule("costs", sponsors, lambda f: f("sponsored_total") <= f("actual_total")),
        rule("kept", None, lambda f: f("destroyed_on") >= f("keep_until")),
        rule("category", sponsors, permitted),
        rule("spirits", None, lambda f: ~f("spirits")),
        rule("alcohol", lambda f: f("alcohol"), lambda f: f("with_meal")),
        rule("moderate", lambda f: f("alcohol"), lambda f: f("moderate_assessed")),
        rule("written", None, lambda f: f("documented_in_writing")),
        rule(
            "abroad", lambda f: f("outside_europe"), lambda f: (f("arranger") == 3) | f("no_equivalent_here_assessed")
        ),
        rule(
            "journey",
            lambda f: (f("side") == 0) & f("flight"),
            lambda f: f("employer_approval") & (f("journey_hours") <= 7200),
        ),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
