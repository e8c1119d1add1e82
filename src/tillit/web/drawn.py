"""Fields of forms as HTML: the ordinary ones are written out here, character by character as Django's templates do.

A page of the office has a hundred fields and more, and a list in one of them a hundred choices. By the templates each
choice is two templates; that is most of such a page's time. What is not ordinary is left to the templates.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

Widget = Mapping[str, Any]
_AT = "django/forms/widgets/"
_ANY = Context()


class Drawn(DjangoTemplates):
    """Draws the fields of forms. The settings name it."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = _DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw is not None else None
        return super().render(template_name, context, request) if drawn is None else drawn.strip()


def field_drawn(field: BoundField) -> SafeString:
    """Return a field with its name, its hint and what is wrong with it."""
    own, errors = field.auto_id, field.errors
    wrong, said = "", ""
    if errors:
        told = " ".join(conditional_escape(str(each)) for each in errors)
        wrong, said = " wrong", f'<p class="wrong" id="{own}_error">{told}</p>'
    label = conditional_escape(field.label)
    if getattr(field.field.widget, "input_type", None) == "checkbox":
        choices = "".join(
            f'<label class="choice">{each.tag()}<span>{conditional_escape(each.choice_label)}</span></label>'
            for each in field.subwidgets
        )
        drawn = (
            f'<fieldset class="ask{wrong}" id="{own}" tabindex="-1"><legend>{label}</legend>{said}'
            f'<div class="choices">{choices}</div></fieldset>'
        )
    else:
        hint = field.help_text
        shown = f'<p class="hint" id="{own}_helptext">{conditional_escape(hint)}</p>' if hint else ""
        drawn = f'<div class="field{wrong}"><label for="{own}">{label}</label>{shown}{said}{field}</div>'
    return mark_safe(drawn)  # noqa: S308


def _shown(value: object) -> str:
    """Return a value as `{{ value }}` does."""
    return conditional_escape(value) if isinstance(value, str) else render_value_in_context(value, _ANY)


def _plain(value: object) -> str:
    """Return a value as `{{ value|stringformat:'s' }}` does."""
    return str(value) if isinstance(value, SafeData) else conditional_escape(str(value))


def _attrs(attrs: Widget) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_plain(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(widget: Widget) -> str:
    value = widget["value"]
    said = "" if value is None else f' value="{_plain(value)}"'
    return f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"{said}{_attrs(widget["attrs"])}>\n'


def _textarea(widget: Widget) -> str:
    said = _shown(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_shown(widget["name"])}"{_attrs(widget["attrs"])}>\n{said}</textarea>'


def _option(widget: Widget) -> str:
    value = _plain(widget["value"])
    return f'<option value="{value}"{_attrs(widget["attrs"])}>{_shown(widget["label"])}</option>\n'


def _select(widget: Widget) -> str | None:
    drawn = [f'<select name="{_shown(widget["name"])}"{_attrs(widget["attrs"])}>']
    for name, options, _index in widget["optgroups"]:
        if name:
            drawn.append(f'\n  <optgroup label="{_shown(name)}">')
        for option in options:
            if option["template_name"] != f"{_AT}select_option.html":
                return None
            drawn.append(f"\n  {_option(option)}")
        if name:
            drawn.append("\n  </optgroup>")
    drawn.append("\n</select>")
    return "".join(drawn)


def _choice(widget: Widget) -> str:
    if not widget["wrap_label"]:
        return f"{_input(widget)}\n"
    own = widget["attrs"].get("id")
    whose = f' for="{_shown(own)}"' if own else ""
    return f"<label{whose}>{_input(widget)} {_shown(widget['label'])}</label>\n"


_ONE = ("text", "number", "email", "url", "search", "password", "hidden", "date", "datetime", "time", "checkbox")
_DRAWN: Mapping[str, Callable[[Widget], str | None]] = {
    **{f"{_AT}{name}.html": _input for name in ("input", *_ONE)},
    f"{_AT}textarea.html": _textarea,
    f"{_AT}select.html": _select,
    f"{_AT}checkbox_option.html": _choice,
    f"{_AT}radio_option.html": _choice,
}
