"""The shapes of what is typed about deviations and thresholds; what may be said is the acts' to try."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from tillit.apps.followup.threshold_words import CHOICE, SHARE, THRESHOLDS, UNIT_WORDS, YES_NO, Threshold
from tillit.apps.partnerships.models import Organ
from tillit.core.indicators.deviation import RULES
from tillit.web.parties.fields import Plain, choice, day
from tillit.web.partnerships.commitment_forms import Figure, long, yes


class Press(Plain):
    """Nothing to fill in: the press of the button is all."""


class ExplainForm(Plain):
    """What a deviation comes from."""

    cause = long(gettext_lazy("Vad beror det på?"), needed=True)


class FollowForm(Plain):
    """That a deviation is followed for now."""

    note = long(gettext_lazy("Vad väntar ni på, och till när?"), needed=True)


class ActForm(Plain):
    """What is being done about a deviation."""

    action = long(
        gettext_lazy("Vad görs?"),
        needed=True,
        hint=gettext_lazy("Vad, av vilken roll eller part, och till när."),
    )


class DismissForm(Plain):
    """Why it is no deviation."""

    reason = long(gettext_lazy("Varför är det ingen avvikelse?"), needed=True)


class CloseForm(Plain):
    """What was done about a deviation."""

    done = long(gettext_lazy("Vad gjordes?"), needed=True)


class DecideForm(Plain):
    """What an organ has decided on the thresholds of a rule; each stands as it is now until somebody writes another."""

    def __init__(self, *args: Any, rule: str, organs: Iterable[Organ], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self._organs = {str(each.pk): each for each in organs}
        for each in THRESHOLDS[rule]:
            self.fields[each.name] = field_of(each, getattr(RULES[rule].thresholds(), each.name))
        named = [(key, each.name) for key, each in self._organs.items()]
        self.fields["organ"] = choice(_("Vilket organ beslutade?"), named, none=_("Välj"))
        self.fields["decided_on"] = day(_("När?"))
        self.fields["decision"] = long(
            _("Beslutet"), needed=True, hint=_("Vad som beslutades och varför, och var det står.")
        )
        self.fields["starts_on"] = day(
            _("Gäller från"), hint=_("I dag eller senare. Det som redan är bedömt ändras inte.")
        )

    def said(self) -> dict[str, Any]:
        """Return the decision as the act takes it; an empty threshold is the rule's own."""
        said = dict(self.cleaned_data)
        values = {}
        for each in THRESHOLDS[self.rule]:
            value = said.pop(each.name)
            if each.unit == YES_NO:
                values[each.name] = bool(value)
            elif value not in (None, ""):
                values[each.name] = value / 100 if each.unit == SHARE else value
        return {**said, "organ": self._organs[said["organ"]], "values": values}


def field_of(threshold: Threshold, usual: Any) -> forms.Field:
    """Return the field of a threshold; shares are written as percent."""
    word = str(threshold.word)
    if threshold.unit == YES_NO:
        return yes(word)
    if threshold.unit == CHOICE:
        return choice(word, [(each, written(threshold, each)) for each in threshold.choices], none=_("Välj"))
    unit = "%" if threshold.unit == SHARE else UNIT_WORDS[threshold.unit]
    hint = _("I %(unit)s. Regelns eget: %(usual)s.") % {"unit": unit, "usual": written(threshold, usual)}
    return Figure(label=word, help_text=hint, required=False, max_length=20)


def written(threshold: Threshold, value: Any) -> str:
    """Return a threshold's value as people write it, without its unit."""
    if threshold.unit == YES_NO:
        return _("ja") if value else _("nej")
    return str(number_format(_exact(threshold, value), use_l10n=True)).replace("-", "−")


def typed(threshold: Threshold, value: Any) -> Any:
    """Return a threshold's value as its field is filled in."""
    if threshold.unit == YES_NO:
        return ["yes"] if value else []
    if threshold.unit == CHOICE:
        return value
    return _exact(threshold, value).replace(".", ",")


def _exact(threshold: Threshold, value: Any) -> str:
    """Return a threshold with all its decimals: what is decided is never rounded."""
    exact = Decimal(value) * (100 if threshold.unit == SHARE else 1)
    return format(exact.normalize() + 0, "f")
