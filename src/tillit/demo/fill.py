"""Fills an empty demonstration: two organisations, six people, and a collaboration in every state, a partnership."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from tillit.apps.collaborations.actions import answering, drafting, outcome, submitting
from tillit.apps.collaborations.actions.limits import LimitFacts, set_limit
from tillit.apps.collaborations.models import Approval, Collaboration
from tillit.apps.parties.actions import load_regions
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.register.actions import publish_due
from tillit.demo import stages
from tillit.demo.followup import begin_following, consent, judge
from tillit.demo.followup_asked import ask_and_list
from tillit.demo.followup_figures import measure
from tillit.demo.followup_logic import draw_logic
from tillit.demo.partnership import Example, found_example
from tillit.demo.people import World, settle

FOUNDED = timedelta(days=700)
"""How old the made-up partnership is: long enough for a series of months to be judged."""


def fill(*, now: datetime) -> bool:
    """Return whether the made-up world was built: only where there is none. Acts of the past have days of the past."""
    if Organisation.objects.filter(made_up=True).exists():
        return False
    load_regions(at=now)
    began, founded = now - timedelta(days=60), now - FOUNDED
    world = settle(at=founded)
    _past(world, began, now)
    _on_the_way(world, now)
    _limited(world, began)
    example = found_example(world, began=founded, now=now)
    _followed(example)
    publish_due(at=now, today=day_of(now))
    return True


def _followed(example: Example) -> None:
    following = begin_following(example)
    consent(following)
    draw_logic(following)
    measure(following)
    ask_and_list(following)
    judge(following)


def _past(world: World, began: datetime, now: datetime) -> None:
    held = day_of(now) - timedelta(days=20)
    for title, subject, day in (
        ("Lunchseminarium om hjärtsvikt", "hjärtsvikt", held - timedelta(days=2)),
        ("Genomgång av blodtryck", "högt blodtryck", held - timedelta(days=1)),
    ):
        made = stages.begun(world, title=title, subject=subject, day=day, at=began)
        stages.approved(world, made, began)
        stages.closed(world, made, now - timedelta(days=18))
    told = stages.begun(
        world, title="Utbildning om högt kolesterol", subject="kolesterol", day=held - timedelta(days=3), at=began
    )
    stages.approved(world, told, began)
    stages.reported(world, told, now - timedelta(days=18))
    made = stages.begun(world, title="Seminarium om förmaksflimmer", subject="flimmer", day=held, at=began)
    stages.approved(world, made, began)
    outcome.carry_out(collaboration=made, by=world.author, acting_for=world.company, at=now - timedelta(days=19))


def _on_the_way(world: World, now: datetime) -> None:
    first, began = day_of(now) + timedelta(days=25), now - timedelta(days=5)
    days = (first + timedelta(days=number) for number in count())

    def new(title: str, subject: str, day: date | None = None) -> Collaboration:
        return stages.begun(world, title=title, subject=subject, day=day or next(days), at=began)

    new("Utkast: utbildning om andnöd", "andnöd")
    valve = stages.approved(world, new("Utbildning om klaffel", "klaffel"), began)
    # The same people on the same day: a warning to look at, which care answers before it says yes.
    stages.handed_in(world, new("Seminarium om kranskärl", "kranskärl", valve.starts_on), began)
    checked = stages.handed_in(world, new("Utbildning om blodfetter", "blodfetter"), began)
    stages.judged(world, checked, began)
    stages.answered(checked, world.officer, began)
    reviewed = stages.handed_in(world, new("Genomgång av pacemaker", "pacemaker"), began)
    stages.judged(world, reviewed, began)
    for person in (world.officer, world.contact):
        stages.answered(reviewed, person, began)
    _reopened(world, stages.approved(world, new("Seminarium om stroke", "stroke"), began), now)
    declined = stages.handed_in(world, new("Middag på annan ort", "diabetes"), began)
    question = Approval.objects.select_related("version").get(collaboration=declined, answer="waiting")
    answering.answer(
        approval=question, answer="declined", seen_version=1, by=world.officer, at=began, reason="Ingen budget i år."
    )
    called_off = stages.handed_in(world, new("Utbildning om sömn", "sömn"), began)
    submitting.cancel(
        collaboration=called_off, reason="Föreläsaren är sjuk.", by=world.author, acting_for=world.company, at=now
    )
    put_off = stages.handed_in(world, new("Seminarium om smärta", "smärta"), began)
    submitting.postpone(
        collaboration=put_off, reason="Lokalen byggs om.", by=world.contact, acting_for=world.care, at=now
    )


def _limited(world: World, at: datetime) -> None:
    """Set a limit for the care side's people that nobody has passed."""
    facts = LimitFacts(
        measure="meals_per_person_year", most=Decimal(20), valid_from=day_of(at), source="Påhittad gräns för demon"
    )
    set_limit(organisation=world.care, facts=facts, by=world.contact, at=at)


def _reopened(world: World, made: Collaboration, now: datetime) -> None:
    """Change one participant's journey, which re-opens the company's check and that person's employer's approval."""
    draft = made.draft
    draft["leg"] = [{"id": "l1", "traveller": "p1", "flight": False, "gap_hours": "2.0"}]
    saved = drafting.save_draft(
        collaboration=made, content=draft, revision=made.revision, by=world.author, acting_for=world.company, at=now
    )
    submitting.hand_in_change(
        collaboration=saved, reason="En deltagare reser med tåg.", by=world.author, acting_for=world.company, at=now
    )
