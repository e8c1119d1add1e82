"""The fields of forms are drawn as Django draws them, to the character."""

from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _, override

from tillit.web.drawn import Drawn, field_drawn

CHOICES = (
    ("", _("Välj")),
    ("<a>", "A & O"),
    (1000, 1234567),
    (Decimal("1.5"), Decimal("2.5")),
    (None, "inget"),
    (True, mark_safe("<b>ja</b>")),
    ("Län", (("01", "Stockholm"), ("25", "Norrbotten"))),
)


class Everything(forms.Form):
    text = forms.CharField(max_length=200, help_text="Hjälp", label="Å")
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "data-x": True, "data-y": False, "title": '"<'}))
    number = forms.IntegerField(min_value=1, max_value=20000)
    share = forms.DecimalField(max_digits=4, decimal_places=3, localize=True)
    day = forms.DateField(widget=forms.DateInput(attrs={"class": "date"}, format="%Y-%m-%d"))
    at = forms.DateTimeField()
    time = forms.TimeField()
    yes = forms.BooleanField()
    mail = forms.EmailField()
    link = forms.URLField(assume_scheme="https")
    sought = forms.CharField(widget=forms.TextInput(attrs={"type": "search"}))
    one = forms.ChoiceField(choices=CHOICES)
    some = forms.MultipleChoiceField(choices=CHOICES)
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    round = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    file = forms.FileField()
    maybe = forms.NullBooleanField()


SAID = {
    "text": "<script>&'\"",
    "secret": "x",
    "hidden": "å",
    "words": "en\n\n<rad>",
    "number": "12000",
    "share": "0.5",
    "day": "2026-02-01",
    "yes": "on",
    "one": "1000",
    "some": ["25", "<a>", "1000"],
    "boxes": ["01", ""],
    "round": "True",
    "maybe": "true",
}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize(
    "said", [None, {}, SAID, {"words": " ", "one": "nonsense"}], ids=("new", "empty", "full", "odd")
)
def test_every_field_is_drawn_as_by_the_templates(lang, said):
    def fields(renderer):
        form = Everything(said, auto_id="f-%s", renderer=renderer, initial={"share": Decimal("1.25"), "text": "först"})
        drawn = {name: str(form[name]) for name in form.fields}
        parts = {f"{name} {n}": each.tag() for name in ("boxes", "round") for n, each in enumerate(form[name])}
        wrapped = {f"{name} {n}": str(each) for name in ("boxes", "round") for n, each in enumerate(form[name])}
        return drawn | parts, wrapped

    with override(lang):
        assert fields(Drawn()) == fields(DjangoTemplates())


def test_the_fields_of_the_site_are_drawn_so():
    assert isinstance(get_default_renderer(), Drawn)


def test_a_field_is_drawn_with_its_name_its_hint_and_what_is_wrong():
    form = Everything({"text": "", "boxes": ["01"]}, auto_id="f-%s")
    text, boxes = field_drawn(form["text"]), field_drawn(form["boxes"])
    assert text == (
        '<div class="field wrong"><label for="f-text">Å</label><p class="hint" id="f-text_helptext">Hjälp</p>'
        f'<p class="wrong" id="f-text_error">{form.errors["text"][0]}</p>{form["text"]}</div>'
    )
    assert boxes.startswith(
        '<fieldset class="ask" id="f-boxes" tabindex="-1"><legend>Boxes</legend><div class="choices">'
    )
    assert '<label class="choice"><input type="checkbox" name="boxes" value="&lt;a&gt;"' in boxes
    assert "<span>A &amp; O</span></label>" in boxes
    assert '<div class="field"><label' in field_drawn(Everything()["number"])
