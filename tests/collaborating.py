"""A company and a region that collaborate, and the acts that lead from draft to approved, for the tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests import world
from tillit.apps.collaborations.actions import answering, drafting, judging, partaking, submitting
from tillit.apps.collaborations.assessing import tried
from tillit.apps.collaborations.gates import hindrances
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.whole import whole_of
from tillit.core.process.content import of_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import examples

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAYS = (date(2026, 4, 14), date(2026, 4, 14))


class Sides:
    """A company and a region, with four people who answer and two who take part."""

    def __init__(self):
        self.company = world.company()
        self.region = world.region()
        self.clinic = world.unit(self.region)
        self.author = world.person("Alva Ek", organisation=self.company, roles=("author",))
        self.officer = world.person("Bo Lind", organisation=self.company, roles=("compliance_officer",))
        self.contact = world.person("Cia Berg", organisation=self.region, roles=("contact_person",))
        self.head = world.person("Disa Holm", organisation=self.region, unit=self.clinic)
        world.role(self.head, self.region, "head_of_operations", unit=self.clinic)
        self.nurse = world.person("Eli Sund", organisation=self.region, unit=self.clinic)
        self.doctor = world.person("Fia Dahl", organisation=self.region, unit=self.clinic)

    def placed(self, record_id, person, side="care"):
        employer, unit = (self.region, self.clinic) if side == "care" else (self.company, None)
        return {
            "id": record_id,
            "person": str(person.pk),
            "label": "",
            "role": "",
            "employer": str(employer.pk),
            "unit": str(unit.pk) if unit else "",
            "attendance": "invited",
            "facts": {"side": side, "mode": "on_site", "invited": True, "companion": False, "meal_offered": True},
        }


def plan(sides):
    """The plan of the example that holds, with people of the two sides."""
    case: dict[str, Any] = dump_case(examples.case_of("lunchseminarium-haller"))
    for kind in ("leg", "judgement", "document"):
        case.pop(kind, None)
    case["case"] |= {"starts_on": DAYS[0].isoformat(), "ends_on": DAYS[1].isoformat()}
    case["records"] = {kind: {"complete": True} for kind in case["records"] if kind != "document"}
    made = of_case(case)
    made["about"] |= {
        "purpose": "Uppföljningen av hjärtsvikt brister.",
        "benefit_care": "Samma uppföljning på båda sjukhusen.",
        "benefit_company": "Frågor ur vardagen.",
        "benefit_patient": "",
        "town": "Västerås",
    }
    made["participant"] = [sides.placed("p1", sides.nurse), sides.placed("p2", sides.doctor)]
    made["meal"][0]["starts_at"] = f"{DAYS[0].isoformat()}T11:45"
    for each in made["transfer"]:
        each["published_by_name"] = False
    made["cost"] = [{"id": "c1", "label": "Lunch", "category": "meal", "estimated": "500.00", "sponsored": False}]
    return made


def begun(sides, content):
    collaboration = drafting.begin(
        title="Lunch om hjärtsvikt",
        starts_on=DAYS[0],
        ends_on=DAYS[1],
        by=sides.author,
        acting_for=sides.company,
        at=NOW,
        content=content,
    )
    partaking.add_party(
        collaboration=collaboration,
        organisation=sides.region,
        unit=sides.clinic,
        by=sides.author,
        acting_for=sides.company,
        at=NOW,
        contact=sides.contact,
    )
    return fresh(collaboration)


def fresh(collaboration):
    return Collaboration.objects.get(pk=collaboration.pk)


def submitted(sides, content):
    collaboration = begun(sides, content)
    return fresh(submitting.submit(collaboration=collaboration, by=sides.author, acting_for=sides.company, at=NOW))


def judge_all(collaboration, sides):
    """Judge what a person has to, each in one go per word."""
    while True:
        found = hindrances(tried(whole_of(fresh(collaboration)), today=NOW.date()).check, employers_answered=False)
        left = [each for each in found if each.code == "judge"]
        if not left:
            return [each for each in found if each.code != "judge"]
        first = left[0]
        name = first.missing[0].rpartition(".")[2]
        good = name not in ("leisure_in_season_assessed", "exclusive_assessed", "large_event_assessed")
        judging.judge(
            collaboration=fresh(collaboration),
            given=[judging.Given(name, first.record, good, "Prövat av oss båda.")],
            by=sides.contact,
            acting_for=sides.region,
            at=NOW,
        )


def waiting(collaboration):
    return list(
        Approval.objects.filter(collaboration=collaboration, answer="waiting").order_by(
            "kind", "participant__record_id"
        )
    )


def yes(approval, by, at=NOW, **more):
    current = Approval.objects.get(pk=approval.pk)
    return answering.answer(
        approval=current, answer="approved", seen_version=current.version.number, by=by, at=at, **more
    )


def approved(sides, content):
    collaboration = submitted(sides, content)
    assert judge_all(collaboration, sides) == []
    yes(waiting(collaboration)[0], sides.officer)
    yes(waiting(collaboration)[0], sides.contact)
    for each in waiting(collaboration):
        yes(each, sides.head)
    return fresh(collaboration)


def changed(collaboration, sides, change, reason="Ändrat program"):
    draft = fresh(collaboration).draft
    change(draft)
    saved = drafting.save_draft(
        collaboration=collaboration,
        content=draft,
        revision=fresh(collaboration).revision,
        by=sides.author,
        acting_for=sides.company,
        at=NOW,
    )
    return submitting.hand_in_change(
        collaboration=saved, reason=reason, by=sides.author, acting_for=sides.company, at=NOW + timedelta(hours=1)
    )
