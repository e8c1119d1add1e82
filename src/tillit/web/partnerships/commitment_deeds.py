"""What can be done on the page of a commitment, by the one who is there: report, judge, let off, show, accept, end."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tillit.apps.partnerships.actions.commitments import end_commitment
from tillit.apps.partnerships.actions.evidence import EvidenceFacts, accept_evidence, add_evidence, refuse_evidence
from tillit.apps.partnerships.actions.reporting import (
    Occasion,
    report_occurrence,
    verify_occurrence,
    waive_occurrence,
    withdraw_report,
)
from tillit.apps.partnerships.answering import may_judge, may_report
from tillit.apps.partnerships.models import CommitmentEvent, Evidence
from tillit.apps.partnerships.queries.commitment_page import CommitmentPage
from tillit.web.accounts.acting import Actor
from tillit.web.parties.deeds import Deed
from tillit.web.partnerships.entered import Entered
from tillit.web.partnerships.occasion_forms import (
    EndForm,
    EvidenceForm,
    JudgeForm,
    OccasionForm,
    Press,
    RefuseForm,
    ReportForm,
    WaiveForm,
)


def deeds_of(here: Entered, found: CommitmentPage, request: HttpRequest) -> dict[str, Deed]:
    """Return what the one who asks may do here, in the order of the page."""
    actor, deeds = here.actor, dict[str, Deed]()
    if actor is None or found.one is None:
        return deeds
    if may_report(actor, here.sight, found.row, found.party):
        deeds |= _reporting(here, actor, found, request)
    if may_judge(actor, here.sight, found.row, found.party):
        deeds |= _judging(here, actor, found)
    if here.sight.office:
        deeds["end"] = Deed(
            lambda *a, **k: EndForm(*a, initial={"ends_on": here.today}, **k),
            lambda said: end_commitment(commitment=found.row, **said, **_who(actor)),
            _("Åtagandet har fått en sista dag."),
        )
    return deeds


def _reporting(here: Entered, actor: Actor, found: CommitmentPage, request: HttpRequest) -> dict[str, Deed]:
    deeds: dict[str, Deed] = {}
    ahead = [each.due_on for each in found.moments if each.state in ("overdue", "due", "coming", "not_met", "undated")]
    days = sorted(day for day in ahead if day is not None)
    if ahead:
        deeds["report"] = _about(
            found,
            lambda *a, **k: ReportForm(*a, days=days, initial={"done_on": here.today, "due_on": _first(days)}, **k),
            lambda occasion, said: report_occurrence(occasion=occasion, **said, **_who(actor)),
            _("Redovisningen är sparad. Kansliet granskar den."),
        )
    for each in found.moments:
        if each.word is not None and each.word.verdict == "claimed":
            deeds[f"withdraw-{each.word.pk}"] = Deed(
                Press,
                partial(_withdraw, actor, each.word),
                _("Redovisningen är tillbakadragen."),
            )
    none = _("Det som dagen hör till")
    deeds["evidence"] = _about(
        found,
        lambda *a, **k: EvidenceForm(*a, files=request.FILES if a else None, days=found.days, none=none, **k),
        lambda occasion, said: add_evidence(occasion=occasion, facts=EvidenceFacts(**said), **_who(actor)),
        _("Underlaget är sparat. Kansliet granskar det."),
    )
    return deeds


def _judging(here: Entered, actor: Actor, found: CommitmentPage) -> dict[str, Deed]:
    waiting = [each.due_on for each in found.moments if each.state == "claimed" and each.due_on is not None]
    past = [day for day in found.days if day <= here.today]
    initial = {"due_on": _first(waiting) or (past[-1].isoformat() if past else "")}
    deeds = {
        "judge": _about(
            found,
            lambda *a, **k: JudgeForm(*a, days=found.days, initial=initial, **k),
            lambda occasion, said: verify_occurrence(occasion=occasion, **said, **_who(actor)),
            _("Bedömningen är sparad."),
        ),
        "waive": _about(
            found,
            lambda *a, **k: WaiveForm(*a, days=found.days, **k),
            lambda occasion, said: waive_occurrence(occasion=occasion, **said, **_who(actor)),
            _("Tillfället är efterskänkt."),
        ),
    }
    for each in {one.pk: one for moment in found.moments for one in moment.shown}.values():
        deeds |= _evidence(actor, each)
    for each in found.rest:
        deeds |= _evidence(actor, each)
    return deeds


def _evidence(actor: Actor, each: Evidence) -> dict[str, Deed]:
    deeds = {
        f"refuse-{each.pk}": Deed(
            RefuseForm,
            lambda said: refuse_evidence(evidence=each, **said, **_who(actor)),
            _("Underlaget godtas inte."),
        )
    }
    if each.accepted_on is None:
        deeds[f"accept-{each.pk}"] = Deed(
            Press, lambda _said: accept_evidence(evidence=each, **_who(actor)), _("Underlaget är godtaget.")
        )
    return deeds


def _about(found: CommitmentPage, form: Any, act: Any, told: str) -> Deed:
    """Return a deed about one time: the form says which, and the act gets it as an occasion."""
    made: list[OccasionForm] = []

    def shaped(*args: Any, **kwargs: Any) -> OccasionForm:
        made.append(form(*args, **kwargs))
        return made[-1]

    def done(_said: dict[str, Any]) -> object:
        due, rest = made[-1].said()
        party = found.one.party if found.one is not None and found.holders else None
        return act(Occasion(commitment=found.row, party=party, due_on=due), rest)

    return Deed(shaped, done, told)


def _first(days: Any) -> str:
    return next((day.isoformat() for day in days), "")


def _withdraw(actor: Actor, event: CommitmentEvent, _said: dict[str, Any]) -> object:
    return withdraw_report(event=event, **_who(actor))


def _who(actor: Actor) -> dict[str, Any]:
    return {"by": actor.person, "at": now(), "acting_for": actor.organisation}
