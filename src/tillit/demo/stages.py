"""How far a made-up collaboration has come: each stage is reached by the acts that lead there."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tillit.apps.accounts.models import Person
from tillit.apps.collaborations import gates
from tillit.apps.collaborations.actions import answering, drafting, judging, outcome, partaking, submitting
from tillit.apps.collaborations.assessing import tried
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.collaborations.whole import whole_of
from tillit.apps.parties.conditions import day_of
from tillit.demo.people import World
from tillit.demo.plans import plan

NOT_SO = ("leisure_in_season_assessed", "exclusive_assessed", "large_event_assessed")
"""Judgement words whose good answer is no."""
WHY = "Påhittat skäl: prövat av båda sidor inför mötet."


def begun(world: World, *, title: str, subject: str, day: date, at: datetime) -> Collaboration:
    made = drafting.begin(
        title=title,
        starts_on=day,
        ends_on=day,
        by=world.author,
        acting_for=world.company,
        at=at,
        content=plan(world, day=day, subject=subject),
    )
    partaking.add_party(
        collaboration=made,
        organisation=world.care,
        unit=world.clinic,
        by=world.author,
        acting_for=world.company,
        at=at,
        contact=world.contact,
    )
    return fresh(made)


def fresh(collaboration: Collaboration) -> Collaboration:
    return Collaboration.objects.get(pk=collaboration.pk)


def handed_in(world: World, made: Collaboration, at: datetime) -> Collaboration:
    submitting.submit(collaboration=made, by=world.author, acting_for=world.company, at=at)
    return fresh(made)


def judged(world: World, made: Collaboration, at: datetime) -> None:
    """Judge every word that waits for a person, as the contact person would."""
    while True:
        found = gates.hindrances(tried(whole_of(fresh(made)), today=day_of(at)).check, employers_answered=False)
        waiting = gates.only("judge", found)
        if not waiting:
            return
        words = {(each.missing[0].rpartition(".")[2], each.record) for each in waiting}
        given = [judging.Given(name, record, name not in NOT_SO, WHY) for name, record in sorted(words)]
        judging.judge(collaboration=made, given=given, by=world.contact, acting_for=world.care, at=at)


def answered(made: Collaboration, by: Person, at: datetime) -> None:
    """Say yes to every question that waits."""
    for each in Approval.objects.filter(collaboration=made, answer="waiting").select_related("version"):
        answering.answer(approval=each, answer="approved", seen_version=each.version.number, by=by, at=at)


def approved(world: World, made: Collaboration, at: datetime) -> Collaboration:
    handed_in(world, made, at)
    judged(world, made, at)
    for person in (world.officer, world.contact, world.head):
        answered(made, person, at)
    return fresh(made)


def closed(world: World, made: Collaboration, at: datetime) -> Collaboration:
    """Carry an approved collaboration out, report it and close it, on the days after it took place."""
    reported(world, made, at)
    outcome.close(collaboration=made, by=world.contact, acting_for=world.care, at=at + timedelta(days=2))
    return fresh(made)


def reported(world: World, made: Collaboration, at: datetime) -> None:
    """Carry an approved collaboration out and report it, on the days after it took place."""
    outcome.carry_out(collaboration=made, by=world.author, acting_for=world.company, at=at)
    draft = fresh(made).draft
    for each in draft["participant"]:
        each["attendance"] = "present"
    for each in draft["cost"]:
        each["actual"] = each["estimated"]
    partaking.add_paper(
        collaboration=made,
        sort="agreement",
        title="Överenskommelse om seminariet",
        file=SimpleUploadedFile("overenskommelse.txt", "Påhittad överenskommelse för demonstrationen.".encode()),
        by=world.author,
        acting_for=world.company,
        at=at,
    )
    saved = drafting.save_draft(
        collaboration=made,
        content=draft,
        revision=fresh(made).revision,
        by=world.author,
        acting_for=world.company,
        at=at,
    )
    outcome.report(collaboration=saved, by=world.author, acting_for=world.company, at=at + timedelta(days=1))
    assert day_of(at) >= made.starts_on
