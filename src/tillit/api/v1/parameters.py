"""What may stand after the question mark. Strict: an unknown name or a sloppy value is refused, never guessed."""

import functools
import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from tillit.api.v1.problems import Refusal, parameter_row
from tillit.api.v1.texts import language_of
from tillit.core.rulebook.check import Asked
from tillit.core.rulebook.editions import FOLDERS, edition, newest_of_each_line
from tillit.core.rulebook.model import RECORD_KINDS, Edition
from tillit.core.text import personal_number_in

_WHOLE = re.compile(r"[0-9]{1,6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_of(values: Callable[[], tuple[str, ...]]) -> Callable[[str], str]:
    def known(given: str) -> str:
        if given not in values():
            raise PydanticCustomError("choice", "not a choice", {"expected": ", ".join(values())})
        return given

    return known


def listed_as(values: Callable[[], tuple[str, ...]]) -> Callable[[dict[str, Any]], None]:
    def add(schema: dict[str, Any]) -> None:
        schema["enum"] = list(values())

    return add


def _whole(given: object) -> int:
    if isinstance(given, int):  # the default
        return given
    if not isinstance(given, str) or not _WHOLE.fullmatch(given):
        raise PydanticCustomError("whole", "not a whole number")
    return int(given)


def _day(given: object) -> object:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise PydanticCustomError("day", "not a day")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise PydanticCustomError("day", "not a day") from None


def chosen(edition_id: str | None) -> tuple[Edition, ...]:
    """Return the edition that is named, or the newest of every line, the agreement's first."""
    return tuple(edition(id_) for id_ in ((edition_id,) if edition_id else newest_of_each_line()))


def _editions() -> tuple[str, ...]:
    return tuple(FOLDERS)


def _norms() -> tuple[str, ...]:
    return tuple(norm.id for each in chosen(None) for norm in each.norms)


def _kinds() -> tuple[str, ...]:
    return RECORD_KINDS


EditionId = Annotated[str, AfterValidator(one_of(_editions)), Field(json_schema_extra=listed_as(_editions))]
NormId = Annotated[str, AfterValidator(one_of(_norms)), Field(json_schema_extra=listed_as(_norms))]
RecordKind = Annotated[str, AfterValidator(one_of(_kinds)), Field(json_schema_extra=listed_as(_kinds))]
Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, BeforeValidator(_whole)]
Year = Annotated[int, Field(ge=1900, le=2199), BeforeValidator(_whole)]


class Common(Schema):
    """What every address takes: the language of words that are not in both."""

    lang: Literal["sv", "en"] | None = Field(None, json_schema_extra={"default": "sv"})


class OfEdition(Common):
    """The rules of one edition, or of the newest of every line."""

    edition: EditionId | None = None


class Paged(OfEdition):
    """A part of a list: at most 200 rows."""

    limit: Whole = Field(20, ge=1, le=200)
    offset: Whole = Field(0, ge=0, le=999_999)


class RuleQuery(Paged):
    norm: NormId | None = None
    record: RecordKind | None = None
    q: Annotated[str, Field(max_length=100)] | None = None


class EditionQuery(Common):
    on: Day | None = None


class CheckQuery(Common):
    """As the command's --as, --on, --edition, --lang and --all."""

    asked: Asked = Field("all", alias="as")
    on: Day | None = None
    edition: EditionId | None = None
    all: Literal["true", "false"] = "false"


def only_known(run: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return an operation that refuses parameters it does not know, or that come twice, instead of passing them by."""
    operation: Any = run.__self__  # type: ignore[attr-defined]
    known = {name for model in operation.models for name in getattr(model, "__ninja_flatten_map__", ())}

    @functools.wraps(run)
    def strict(request: HttpRequest, **inside: Any) -> HttpResponseBase:
        lang = language_of(request)
        strangers = [parameter_row(_short(name), "unknown", lang) for name in request.GET if name not in known]
        twice = [
            parameter_row(name, "twice", lang)
            for name, given in request.GET.lists()
            if name in known and len(given) > 1
        ]
        if strangers or twice:
            refusal = Refusal(422, "parameters", [*strangers, *twice])
            answer: HttpResponseBase = operation.api.on_exception(request, refusal)
            return answer
        return run(request, **inside)

    return strict


def _short(name: str) -> str:
    return name if name.isprintable() and len(name) <= 40 and not personal_number_in(name) else "…"
