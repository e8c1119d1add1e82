"""A trial, and what is counted of many, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext

from tillit.apps.followup.models.words import QUALITIES, TRIAL_PHASES, TRIAL_STATES
from tillit.apps.followup.queries.trials import Figures, TrialRow
from tillit.apps.parties.geography import regions

Lines = tuple[tuple[str, int], ...]


def told(row: TrialRow) -> dict[str, Any]:
    """Return a row as its lines say it."""
    latest = row.latest
    return {
        "row": row,
        "trial": row.trial,
        "phase": TRIAL_PHASES.get(row.trial.phase, _("fas inte känd")),
        "state": TRIAL_STATES[latest.state] if latest is not None else _("läge inte känt"),
        "on": latest.on if latest is not None else None,
        "quality": QUALITIES[latest.quality] if latest is not None else "",
        "where": ", ".join(site.organisation.name for site in row.sites) or _("ort inte känd"),
        "patients": _patients(row.recruited, row.planned),
    }


def _patients(recruited: int | None, planned: int | None) -> str:
    if recruited is None and planned is None:
        return _("Antal patienter: uppgift saknas.")
    unknown = _("okänt antal")
    return _("Patienter: %(recruited)s av %(planned)s enligt plan.") % {
        "recruited": unknown if recruited is None else number_format(recruited, use_l10n=True),
        "planned": unknown if planned is None else number_format(planned, use_l10n=True),
    }


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, as tables of a word and a number, and as sentences that say what could not be."""

    states: Lines
    phases: Lines
    regions: Lines
    started: tuple[tuple[int, int], ...]
    says: tuple[str, ...]

    @classmethod
    def of(cls, found: Figures) -> "Counted":
        """Return the figures in words."""
        return cls(
            tuple((str(TRIAL_STATES.get(code, _("läge inte känt"))), many) for code, many in found.by_state),
            tuple((str(TRIAL_PHASES.get(code, _("fas inte känd"))), many) for code, many in found.by_phase),
            tuple((regions().get(code, code), many) for code, many in found.by_region),
            found.started,
            tuple(_sentences(found)),
        )


def _sentences(found: Figures) -> list[str]:
    said = []
    if found.days is None:
        said.append(_("Dagar från ansökan till första patient: ingen prövning har båda dagarna."))
    else:
        text = ngettext(
            "Från ansökan till första patient tog det %(days)s dagar i den enda prövning som har båda dagarna.",
            "Från ansökan till första patient tog det i mitten %(days)s dagar i de %(n)s prövningar med båda dagarna.",
            found.days_of,
        )
        said.append(text % {"days": number_format(found.days, use_l10n=True), "n": found.days_of})
    if found.unknown_start:
        text = ngettext(
            "%(n)s prövning har ett senare läge men ingen startdag, och räknas inte som startad något år.",
            "%(n)s prövningar har ett senare läge men ingen startdag, och räknas inte som startade något år.",
            found.unknown_start,
        )
        said.append(text % {"n": found.unknown_start})
    if found.recruited is not None and found.planned is not None:
        text = ngettext(
            "I den enda prövning där båda antalen är kända är %(recruited)s patienter med av %(planned)s planerade.",
            "I de %(n)s prövningar där båda antalen är kända är %(recruited)s patienter med av %(planned)s planerade.",
            found.both_known,
        )
        said.append(
            text
            % {
                "n": found.both_known,
                "recruited": number_format(found.recruited, use_l10n=True),
                "planned": number_format(found.planned, use_l10n=True),
            }
        )
    else:
        said.append(_("Patienter mot plan: ingen prövning har båda antalen."))
    return said
