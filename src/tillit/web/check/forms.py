"""What a visitor sends in: a case as a file, or the case of the answer that is on the screen."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy

from tillit.core.rulebook.check import ASKED


class CaseFile(forms.Form):
    """A filled-in case: Excel, JSON or TOML."""

    file = forms.FileField(
        label=gettext_lazy("Din ifyllda fil"),
        max_length=200,
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Ingen fil är vald. Välj den ifyllda mallen och skicka igen.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.json,.toml", "aria-describedby": "file-hint"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)

    @property
    def limit(self) -> str:
        """Return how large a file may be, in words."""
        return f"{settings.UPLOAD_LIMIT // settings.MEGABYTE}\u00a0MB"

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size = file.size or 0
        if size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("Filen är %(size)s, men får vara högst %(limit)s. Ta bort bilder och tomma blad och skicka igen."),
                params={"size": filesizeformat(size), "limit": self.limit},
            )
        return file


class CaseAgain(forms.Form):
    """The case of the answer on the screen, sent along because nothing is kept, and for whom it is asked."""

    case = forms.CharField(strip=False)
    som = forms.ChoiceField(choices=[(name, name) for name in ASKED], required=False)

    @classmethod
    def som_of(cls, post: Any) -> str:
        """Return for whom an answer is asked, "all" where nothing sensible is said."""
        som = str(post.get("som", ""))
        return som if som in ASKED else "all"
