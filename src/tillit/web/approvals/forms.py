"""An answer to a question: yes, yes with conditions, or no with a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

ANSWERS = (
    ("approved", gettext_lazy("Godkänn")),
    ("conditions", gettext_lazy("Godkänn med villkor")),
    ("declined", gettext_lazy("Avböj")),
)
LONGEST = 2000


class AnswerForm(forms.Form):
    """`seen` is the version that was on the page: what has changed since is not approved unread."""

    answer = forms.ChoiceField(choices=ANSWERS, error_messages={"required": gettext_lazy("Välj ett svar.")})
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    conditions = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("answer") == "conditions" and not said.get("conditions", "").strip():
            self.add_error("conditions", _("Skriv vilka villkor som gäller."))
        if said.get("answer") == "declined" and not said.get("reason", "").strip():
            self.add_error("reason", _("Skriv varför. Den som frågade får läsa det."))
        return said
