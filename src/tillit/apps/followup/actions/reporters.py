"""Who reports an indicator, since when, until when and in which order."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.apps.accounts.models import Person
from tillit.apps.audit import actions as audit
from tillit.apps.errors import Refused, held
from tillit.apps.followup.models import Indicator, Reporter
from tillit.apps.parties.conditions import possible
from tillit.apps.parties.models import Organisation
from tillit.apps.partnerships.actions.frame import locked
from tillit.apps.partnerships.models import CURRENT, Membership, Organ


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterFacts:
    """A party or an organ. Periods that begin on `since` or later and end before `until` are asked for."""

    since: date
    organisation: Organisation | None = None
    organ: Organ | None = None
    until: date | None = None
    order: int = 0


@transaction.atomic
def add_reporter(
    *,
    indicator: Indicator,
    facts: ReporterFacts,
    by: Person | None,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Reporter:
    """Let a party or an organ report an indicator.

    :raises Refused: nobody or two are named, they are not in the partnership, or they report it already
    """
    here = locked(indicator.partnership)
    if (facts.organisation is None) == (facts.organ is None):
        raise Refused(_("Välj en part eller ett organ som rapporterar."), field="who")
    parties = Membership.objects.filter(CURRENT, partnership=here, organisation=facts.organisation)
    if facts.organisation is not None and not parties.exists():
        raise Refused(
            _("%(name)s är inte med i partnerskapet. Lägg till parten först.") % {"name": facts.organisation},
            field="who",
        )
    if facts.organ is not None and facts.organ.partnership_id != here.pk:
        raise Refused(_("Det hör till ett annat partnerskap. Välj ett av de egna."), field="who")
    _refuse_bad(facts)
    with held(lambda: _refuse_twice(indicator, facts)):
        made = Reporter.objects.create(
            indicator=indicator,
            organisation=facts.organisation,
            organ=facts.organ,
            since=facts.since,
            until=facts.until,
            order=facts.order,
        )
    audit.note("followup.reporter.added", subject=indicator, by=by, at=at, acting_for=acting_for, reporter=str(made.pk))
    return made


@transaction.atomic
def change_reporter(
    *,
    reporter: Reporter,
    since: date,
    until: date | None = None,
    order: int = 0,
    by: Person,
    at: datetime,
    acting_for: Organisation | None = None,
) -> Reporter:
    """Change from when, until when and in which order somebody reports; `until` is the first day that they do not.

    :raises Refused: that is before they begin, or leaves out what they have reported
    """
    locked(reporter.indicator.partnership)
    current = Reporter.objects.get(pk=reporter.pk)
    _refuse_bad(ReporterFacts(since=since, until=until, order=order))
    if until is not None:
        late = current.observations.filter(superseded_at__isnull=True, ends_on__gte=until).order_by("-ends_on").first()
        if late is not None:
            raise Refused(
                _("Perioden som slutar %(day)s är redan rapporterad. Välj en senare dag.")
                % {"day": late.ends_on.isoformat()},
                field="until",
            )
    current.since, current.until, current.order = since, until, order
    current.save(update_fields=["since", "until", "order"])
    audit.note(
        "followup.reporter.changed",
        subject=current.indicator,
        by=by,
        at=at,
        acting_for=acting_for,
        reporter=str(current.pk),
    )
    return current


def _refuse_bad(facts: ReporterFacts) -> None:
    for field in ("since", "until"):
        possible(getattr(facts, field), field=field)
    if facts.until is not None and facts.until <= facts.since:
        raise Refused(_("Rapporteringen slutar innan den börjar. Välj en senare dag."), field="until")
    if not 0 <= facts.order < 1000:
        raise Refused(_("Skriv ett heltal mellan 0 och 999."), field="order")


def _refuse_twice(indicator: Indicator, facts: ReporterFacts) -> None:
    same = {"organisation": facts.organisation} if facts.organisation is not None else {"organ": facts.organ}
    if Reporter.objects.filter(indicator=indicator, **same).exists():
        raise Refused(_("Den rapporterar redan indikatorn. Ändra dagarna på den rad som finns."), field="who")
