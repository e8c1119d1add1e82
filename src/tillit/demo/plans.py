"""What the made-up collaborations say: the example of a lunch seminar that holds, told of other subjects."""

from datetime import date
from typing import Any

from tillit.core.process.content import Plain, of_case
from tillit.core.rulebook.write_case import dump_case
from tillit.demo.people import World
from tillit.exchange import examples

MADE_UP = "Påhittad för demonstrationen. "


def plan(world: World, *, day: date, subject: str) -> Plain:
    """Return a whole plan on a day, with the two made-up people from care as participants."""
    case: dict[str, Any] = dump_case(examples.case_of("lunchseminarium-haller"))
    for kind in ("leg", "judgement", "document"):
        case.pop(kind, None)
    case["case"] |= {"starts_on": day.isoformat(), "ends_on": day.isoformat()}
    case["case"].pop("description", None)
    case["records"] = {kind: {"complete": True} for kind in case["records"] if kind != "document"}
    for each in case["transfer"]:
        each["published_by_name"] = False
    case["meal"][0]["starts_at"] = f"{day.isoformat()}T11:45"
    content = of_case(case)
    content["about"] |= {
        "purpose": f"{MADE_UP}Vården och företaget går igenom {subject} tillsammans.",
        "benefit_care": f"Samma arbetssätt för {subject} på hela kliniken.",
        "benefit_company": "Frågor ur vardagen som företaget inte får på annat sätt.",
        "benefit_patient": "Lika uppföljning var man än söker.",
        "town": "Västerås",
    }
    content["participant"] = [_placed(world, "p1", world.nurse), _placed(world, "p2", world.doctor)]
    content["cost"] = [
        _cost("c1", "Lunch", "meal", "490.00", world),
        _cost("c2", "Föreläsarens arvode", "speaker", "12000.00", world),
    ]
    return content


def _placed(world: World, record_id: str, person: Any) -> Plain:
    return {
        "id": record_id,
        "person": str(person.pk),
        "label": "",
        "role": "",
        "employer": str(world.care.pk),
        "unit": str(world.clinic.pk),
        "attendance": "invited",
        "facts": {"side": "care", "mode": "on_site", "invited": True, "companion": False, "meal_offered": True},
    }


def _cost(record_id: str, label: str, category: str, amount: str, world: World) -> Plain:
    payer = str(world.company.pk)
    return {
        "id": record_id,
        "label": label,
        "category": category,
        "estimated": amount,
        "sponsored": False,
        "payer": payer,
    }
