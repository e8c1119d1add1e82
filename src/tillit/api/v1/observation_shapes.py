"""The shapes of reports: what a system sends in, what it is answered, and what anybody may read."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Field

from tillit.api.v1.shapes import Left, Page, Shape

Asked = Literal["far_off", "unit_jump", "revised", "stuck", "parts_differ", "out_of_limits"]
_FIGURE = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"


class Report(Shape):
    """One period's figure, or level."""

    indicator: str = Field(max_length=40)
    period: str = Field(max_length=8)
    value: str | Left = Field(None, pattern=_FIGURE)
    numerator: str | Left = Field(None, pattern=_FIGURE)
    denominator: str | Left = Field(None, pattern=_FIGURE)
    n: int | Left = Field(None, ge=0)
    parts_unknown: bool = False
    parts: list[str] = Field([], max_length=100)
    level: int | Left = Field(None, ge=0, le=4)
    narrative: str = Field("", max_length=4000)
    observed_on: date | Left = None
    comment: str = Field("", max_length=4000)
    confirmed: bool = False
    reason: str = Field("", max_length=300)
    evidence_title: str = Field("", max_length=200)
    evidence_link: str = Field("", max_length=400)


class Reports(Shape):
    observations: list[Report] = Field(min_length=1, max_length=500)


class Taken(Shape):
    indicator: str
    period: str
    status: Literal["submitted", "approved", "locked"]
    held: list[Asked]


class AllTaken(Shape):
    observations: list[Taken]


class ObservationRow(Shape):
    indicator: str
    name: str
    period: str
    ends_on: date
    reporter: str
    organisation: UUID | None
    kind: Literal["quantitative", "qualitative"]
    unit: str
    value: str | None
    numerator: str | None
    denominator: str | None
    n: int | None
    parts_unknown: bool
    level: int | None
    definition_version: int
    approved_on: date
    corrected: bool


class ObservationPage(Page):
    items: list[ObservationRow]
