"""The shapes of what is typed about a survey, and of an answer to it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.apps.followup.actions.surveys import SEATED, SPEAKERS
from tillit.apps.followup.models import SurveyQuestion
from tillit.core.indicators.rubric import LEVELS
from tillit.web.parties.fields import Choices, Plain, choice, day, text as line


class SurveyForm(Plain):
    """A survey to be written. `indicators`: those of the partnership that have described levels."""

    title = line(_("Vad heter enkäten?"))
    purpose = forms.CharField(
        label=_("Vad ska svaren användas till?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den som svarar läser det här först."),
    )
    opens_on = day(_("Öppnar"))
    closes_on = day(_("Stänger"), hint=_("Första dagen då ingen längre kan svara, som 2026-02-01."))

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"] = choice(
            _("Hör till indikatorn"),
            indicators,
            needed=False,
            none=_("Ingen"),
            hint=_("En indikator med beskrivna nivåer. Resultatet syns då för dem som får se den."),
        )


class AskedForm(Plain):
    """A question to add."""

    text = line(_("Påstående"), most=300, hint=_("Som: Vi delar uppgifter med varandra i tid."))
    low = line(_("Vad betyder 0?"), most=80, value=str(_("Stämmer inte alls")))
    high = line(_("Vad betyder 4?"), most=80, value=str(_("Stämmer helt")))


class InviteForm(Plain):
    """Whom to ask."""

    whom = choice(
        _("Vilka ska tillfrågas?"),
        [(SEATED, _("De som sitter i partnerskapets organ")), (SPEAKERS, _("De som företräder parterna"))],
        none=_("Välj"),
    )


class EmptyForm(Plain):
    """A press on a button."""


class DropForm(Plain):
    """Which question to take out."""

    def __init__(self, *args: Any, questions: Iterable[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(each.pk), f"{each.number}. {each.text}") for each in questions]
        self.fields["question"] = choice(_("Vilken fråga?"), listed, none=_("Välj"))


class AnswerForm(Plain):
    """A level for each question; none is an answer too, and nothing is chosen beforehand."""

    def __init__(self, *args: Any, questions: Sequence[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in questions:
            self.fields[f"q{each.number}"] = forms.ChoiceField(
                label=f"{each.number}. {each.text}",
                required=False,
                choices=[*((str(level), _word(each, level)) for level in LEVELS), ("", _("Vill eller kan inte svara"))],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Välj en av nivåerna från 0 till 4.")},
            )

    def levels(self) -> dict[int, int | None]:
        """Return the level given for each question's number."""
        return {int(name.removeprefix("q")): int(value) if value else None for name, value in self.cleaned_data.items()}


def _word(question: SurveyQuestion, level: int) -> str:
    words = {0: question.low, 4: question.high}
    return f"{level}: {words[level]}" if level in words else str(level)
