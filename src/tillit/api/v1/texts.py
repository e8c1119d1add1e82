"""All words of the API: problems, the description, its page. `texts.sv.toml` and `texts.en.toml` hold the same keys."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

Lang = Literal["sv", "en"]
LANGUAGES: tuple[Lang, ...] = ("sv", "en")


@cache
def texts(lang: Lang) -> Mapping[str, Any]:
    """Return every word of a language, as the tables of its file."""
    return tomllib.loads(files(__package__).joinpath(f"texts.{lang}.toml").read_text("utf-8"))


def language_of(request: HttpRequest) -> Lang:
    """Return the language of an answer: `?lang=`, else the first of Accept-Language that there is, else Swedish."""
    asked = request.GET.get("lang", "")
    accepted = [tag for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())]
    for tag in (asked, *accepted):
        for lang in LANGUAGES:
            if tag == lang or tag.startswith(f"{lang}-"):
                return lang
    return "sv"
