"""What an effect logic is in words: its finding as a headline, how far its chains reach, where a version stands."""

from fractions import Fraction

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from tillit.apps.followup.models import EffectLogic
from tillit.core.indicators.effect_logic import ACTIVITY, BENEFIT, EFFECT_RANK, Logic
from tillit.core.indicators.gaps import Coverage

STATUS_MARKS = {"draft": "undecided", "adopted": "meets", "replaced": "not_applicable"}
EVIDENCE_MARKS = {"supported": "meets", "mixed": "judge", "weak": "judge", "untested": "undecided"}
VERDICT_MARKS = {"holds": "meets", "uncertain": "judge", "fails": "breach"}
NOT_SAID = gettext_lazy("ingen har sagt")


def headline(logic: EffectLogic, steps: int, blocking: int, warnings: int) -> str:
    """Return the finding of a version as one sentence."""
    if not steps:
        return _("Effektlogiken är tom än")
    if logic.status == "replaced":
        return _("Den här versionen är ersatt")
    if blocking and logic.status == "adopted":
        return ngettext(
            "%(n)s sak brister i den effektlogik som gäller",
            "%(n)s saker brister i den effektlogik som gäller",
            blocking,
        ) % {"n": blocking}
    if blocking:
        return ngettext(
            "%(n)s sak hindrar att utkastet fastställs", "%(n)s saker hindrar att utkastet fastställs", blocking
        ) % {"n": blocking}
    if warnings:
        return ngettext(
            "Kedjan håller, med %(n)s sak att se över", "Kedjan håller, med %(n)s saker att se över", warnings
        ) % {"n": warnings}
    return _("Kedjan håller från insats till nytta")


def coverage_told(logic: Logic, found: Coverage) -> tuple[str, ...]:
    """Return how many activities, effects and benefits stand in a chain, one sentence each."""
    activities = sum(each.kind == ACTIVITY for each in logic.nodes)
    effects = sum(each.rank == EFFECT_RANK for each in logic.nodes)
    benefits = sum(each.kind == BENEFIT for each in logic.nodes)
    return (
        _share(
            found.activities,
            activities,
            _("%(n)s av %(all)s aktiviteter leder till en effekt eller nytta."),
            _("Det finns ingen aktivitet än."),
        ),
        _share(
            found.effects,
            effects,
            _("%(n)s av %(all)s effekter nås från en aktivitet."),
            _("Det finns ingen effekt än."),
        ),
        _share(
            found.benefits,
            benefits,
            _("%(n)s av %(all)s nyttor nås från en aktivitet."),
            _("Det finns ingen nytta än."),
        ),
    )


def _share(share: Fraction | None, all_: int, says: str, none: str) -> str:
    return none if share is None else says % {"n": int(share * all_), "all": all_}


def whose(logic: EffectLogic) -> str:
    """Return whose logic it is: the whole partnership's, or an organ's branch."""
    if logic.organ is None:
        return _("Nationell effektlogik")
    return _("Gren: %(organ)s") % {"organ": logic.organ.name}
