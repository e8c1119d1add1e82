"""What waits for the office to approve, what is late and by whom, and the lock of periods."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tillit.apps.followup.actions.approving import approve, approve_sound, office_of, return_report
from tillit.apps.followup.actions.locking import lock_periods, start_following
from tillit.apps.followup.asked import locked_through
from tillit.apps.followup.models import Observation
from tillit.apps.followup.queries.calendar import Due, due_of
from tillit.apps.followup.queries.report_page import waiting_of
from tillit.apps.followup.report_words import period_word
from tillit.core.indicators.periods import Period
from tillit.web.accounts.acting import Actor, SignedInRequest, signed_in
from tillit.web.followup.report_forms import LockForm, ReturnForm, SoundForm
from tillit.web.followup.report_told import asked_words, due_told_rows, figure_told
from tillit.web.followup.reporting import READS_AND_WRITES
from tillit.web.parties.deeds import Deed, answer
from tillit.web.partnerships.entered import Entered, enter
from tillit.web.partnerships.occasion_forms import Press

PAGE = 25
"""How many reports are approved from one page."""


@signed_in
@READS_AND_WRITES
def approvals(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the office has to look at; 403 for others."""
    here = enter(request, slug)
    actor = here.run()
    rows = waiting_of(here.partnership)
    here_now = rows[:PAGE]
    late = [each for each in due_of(Q(indicator__partnership=here.partnership), here.today) if each.state == "late"]
    through = locked_through(here.partnership)
    alone = not office_of(here.partnership, here.today) - {actor.person.pk}
    context = {
        "rows": [_told(each, actor, alone=alone, today=here) for each in here_now],
        "more": len(rows) - len(here_now),
        "waits": len(rows),
        "late": late_told(late),
        "late_count": len(late),
        "through": through,
    }
    deeds = _deeds(here, actor, here_now, alone=alone)
    to = reverse("followup:approvals", args=[slug])
    return answer(request, "followup/approvals.html", {**here.context, **context}, deeds, to=to)


def late_told(late: list[Due]) -> list[tuple[str, list[Any]]]:
    """Return what is late, by whom."""
    ordered = sorted(late, key=lambda each: (each.whose, each.due))
    return [(whose, due_told_rows(of)) for whose, of in groupby(ordered, key=lambda each: each.whose)]


def _told(row: Observation, actor: Actor, *, alone: bool, today: Entered) -> dict[str, Any]:
    own = row.submitted_by_id == actor.person.pk
    return {
        "row": row,
        "period": period_word(Period(row.frequency, row.number)),
        "code": str(Period(row.frequency, row.number)),
        "figure": figure_told(row),
        "whose": str(row.reporter.organisation or row.reporter.organ),
        "sender": row.submitted_by.name if row.submitted_by is not None else "",
        "instead": figure_told(row.supersedes, row.version) if row.supersedes is not None else "",
        "asked": asked_words(row),
        "own": own and not alone,
        "alone": own and alone,
        "waited": (today.today - row.submitted_on).days if row.submitted_on is not None else 0,
        "approve": f"approve-{row.pk}",
        "return": f"return-{row.pk}",
    }


def _deeds(here: Entered, actor: Actor, rows: tuple[Observation, ...], *, alone: bool) -> dict[str, Deed]:
    deeds: dict[str, Deed] = {}
    for each in rows:
        deeds |= _about(each, actor, own=each.submitted_by_id == actor.person.pk and not alone)
    sound = [each for each in rows if not each.held and each.supersedes_id is None]
    sound = [each for each in sound if each.submitted_by_id != actor.person.pk]
    if len(sound) > 1:
        deeds["sound"] = _sound(sound, actor)
    if here.partnership.not_started:
        deeds["start"] = Deed(
            Press,
            lambda _said: start_following(partnership=here.partnership, **_who(actor)),
            _("Uppföljningen har börjat."),
        )
    deeds["lock"] = Deed(
        LockForm,
        lambda said: lock_periods(partnership=here.partnership, **said, **_who(actor)),
        _("Perioderna är låsta."),
    )
    return deeds


def _about(row: Observation, actor: Actor, *, own: bool) -> dict[str, Deed]:
    deeds = {
        f"return-{row.pk}": Deed(
            ReturnForm,
            lambda said: return_report(observation=row, **said, **_who(actor)),
            _("Återlämnat. Den som rapporterade ser varför."),
        )
    }
    if not own:
        deeds[f"approve-{row.pk}"] = Deed(Press, lambda _said: approve(observation=row, **_who(actor)), _("Godkänt."))
    return deeds


def _sound(rows: list[Observation], actor: Actor) -> Deed:
    """Return the press that approves what nothing is asked about, of those that were on the page it was pressed on."""
    initial = {"keys": ",".join(str(each.pk) for each in rows)}

    def act(said: dict[str, Any]) -> object:
        keys = {key for each in said["keys"].split(",") if (key := _key(each)) is not None}
        return approve_sound(observations=[each for each in rows if each.pk in keys], **_who(actor))

    return Deed(lambda *a, **k: SoundForm(*a, initial=initial, **k), act, _("Godkänt."))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _who(actor: Actor) -> dict[str, Any]:
    return {"by": actor.person, "at": now(), "acting_for": actor.organisation}
