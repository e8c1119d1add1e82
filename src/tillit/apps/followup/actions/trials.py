"""A clinical trial is written down, where it is carried out, which states it has come to, how many patients there are.

Each state has its own day, source and quality, for no national source says when a trial starts or ends.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held, refuse_personal_numbers
from tillit.apps.followup.models import Trial, TrialSite, TrialState
from tillit.apps.followup.models.words import QUALITIES, TRIAL_PHASES, TRIAL_STATES
from tillit.apps.parties.conditions import day_of
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.recorded import replace_row
from tillit.apps.partnerships.models import CURRENT, Organ, Partnership
from tillit.apps.partnerships.models.words import OPENNESS

MOST_PATIENTS = 10_000_000


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """What is said of a trial. "" and None: nobody has said."""

    title: str
    number: str = ""
    sponsor: Organisation | None = None
    network: Organ | None = None
    phase: str = ""
    area: str = ""
    planned_patients: int | None = None
    openness: str = "parties"
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """That a trial came, or is planned to come, to a state on a day; who says so and how sure that is."""

    state: str
    on: date
    source: str
    quality: str


@dataclass(frozen=True, slots=True)
class Recruited:
    """Patients at a site: by plan, and so far on a day. None: nobody has said."""

    planned: int | None = None
    so_far: int | None = None
    on: date | None = None


@transaction.atomic
def add_trial(
    *, partnership: Partnership, facts: TrialFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Trial:
    """Return a trial that was written down.

    :raises Refused: it has no title, its public number is there already, or its network is another partnership's
    """
    _refuse_bad(partnership, facts)
    with held(lambda: _refuse_taken(partnership, facts.number, None)):
        made = Trial.objects.create(partnership=partnership, created_by=by, created_at=at, **_columns(facts))
    audit.note("followup.trial.added", subject=made, by=by, at=at, acting_for=acting_for)
    return made


@transaction.atomic
def change_trial(
    *, trial: Trial, facts: TrialFacts, by: Person, at: datetime, acting_for: Organisation | None = None
) -> Trial:
    """Return a trial with what is said of it now.

    :raises Refused: as `add_trial`
    """
    current = Trial.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=trial.pk)
    _refuse_bad(current.partnership, facts)
    for name, value in _columns(facts).items():
        setattr(current, name, value)
    with held(lambda: _refuse_taken(current.partnership, facts.number, current)):
        current.save()
    audit.note("followup.trial.changed", subject=current, by=by, at=at, acting_for=acting_for)
    return current


@transaction.atomic
def state_state(
    *, trial: Trial, reached: Reached, by: Person, at: datetime, acting_for: Organisation | None = None
) -> TrialState:
    """Return the row that says when a trial came to a state. An earlier word about the same state is superseded.

    :raises Refused: it is none of the states, has no source, or what has not happened yet is said to have
    """
    refuse_personal_numbers(source=reached.source)
    if reached.state not in TRIAL_STATES:
        raise Refused(_("Välj ett av alternativen."), field="state")
    if reached.quality not in QUALITIES:
        raise Refused(_("Välj hur säker uppgiften är."), field="quality")
    if not reached.source.strip():
        raise Refused(_("Skriv var uppgiften kommer ifrån."), field="source")
    if reached.state != "planned" and reached.on > day_of(at):
        raise Refused(_("Dagen har inte varit än. Det som bara är planerat skrivs som planerat."), field="on")
    said = {"on": reached.on, "source": reached.source.strip(), "quality": reached.quality}
    Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    there = TrialState.objects.filter(CURRENT, trial=trial, state=reached.state).first()
    if there is not None:
        made = replace_row(there, at=at, by=by, **said)
    else:
        made = TrialState.objects.create(trial=trial, state=reached.state, recorded_at=at, recorded_by=by, **said)
    audit.note("followup.trial.state_said", subject=trial, by=by, at=at, acting_for=acting_for, state=reached.state)
    return made


@transaction.atomic
def place_site(
    *,
    trial: Trial,
    organisation: Organisation,
    recruited: Recruited,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> TrialSite:
    """Return a site of a trial with its patients, a new one or what is said of it now.

    :raises Refused: there are fewer than no patients, a count has no day, or its day has not been
    """
    for field, value in (("planned", recruited.planned), ("so_far", recruited.so_far)):
        if value is not None and not 0 <= value <= MOST_PATIENTS:
            raise Refused(_("Skriv ett antal från 0 och uppåt."), field=field)
    if recruited.so_far is not None and recruited.on is None:
        raise Refused(_("Skriv vilken dag antalet gällde."), field="on")
    if recruited.on is not None and recruited.on > day_of(at):
        raise Refused(_("Dagen har inte varit än."), field="on")
    Trial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    made, _new = TrialSite.objects.update_or_create(
        trial=trial,
        organisation=organisation,
        defaults={
            "planned_patients": recruited.planned,
            "recruited": recruited.so_far,
            "recruited_on": recruited.on if recruited.so_far is not None else None,
        },
    )
    audit.note(
        "followup.trial.site_said", subject=trial, by=by, at=at, acting_for=acting_for, site=str(organisation.pk)
    )
    return made


def _columns(facts: TrialFacts) -> dict[str, object]:
    return {
        "title": facts.title.strip(),
        "number": facts.number.strip(),
        "sponsor": facts.sponsor,
        "network": facts.network,
        "phase": facts.phase,
        "area": facts.area.strip(),
        "planned_patients": facts.planned_patients,
        "openness": facts.openness,
        "source": facts.source.strip(),
    }


def _refuse_bad(partnership: Partnership, facts: TrialFacts) -> None:
    refuse_personal_numbers(title=facts.title, area=facts.area, source=facts.source)
    if not facts.title.strip():
        raise Refused(_("Skriv vad prövningen heter."), field="title")
    if facts.phase and facts.phase not in TRIAL_PHASES:
        raise Refused(_("Välj ett av alternativen."), field="phase")
    if facts.openness not in OPENNESS:
        raise Refused(_("Välj ett av alternativen."), field="openness")
    if facts.network is not None and facts.network.partnership_id != partnership.pk:
        raise Refused(_("Välj ett nätverk i samma partnerskap."), field="network")
    if facts.planned_patients is not None and not 0 <= facts.planned_patients <= MOST_PATIENTS:
        raise Refused(_("Skriv ett antal från 0 och uppåt."), field="planned_patients")


def _refuse_taken(partnership: Partnership, number: str, current: Trial | None) -> None:
    there = Trial.objects.filter(partnership=partnership, number=number.strip())
    if current is not None:
        there = there.exclude(pk=current.pk)
    if number.strip() and there.exists():
        raise Refused(_("Prövningen med det numret finns redan. Öppna den i stället."), field="number")
