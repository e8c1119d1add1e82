"""The shapes of the open register's answers."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from tillit.api.v1.shapes import Outcome, Page, Shape

Side = Literal["company", "care", "other"]


class Named(Shape):
    """An organisation as lists name it."""

    key: UUID
    name: str
    side: Side


class Organisation(Named):
    kind: str
    unit: str
    left_on: date | None


class CollaborationRow(Shape):
    public_id: str
    page: str
    title: str
    kind: str | None
    state: str
    starts_on: date
    ends_on: date
    town: str | None
    organisations: list[Named]
    value: str | None
    value_is: Literal["estimated", "committed", "actual"] | None
    outcome: Outcome | None
    edition: str | None
    published_on: date
    changed_on: date
    made_up: bool


class CollaborationPage(Page):
    items: list[CollaborationRow]


class Benefits(Shape):
    care: str
    company: str
    patient: str


class Totals(Shape):
    estimated: str | None
    committed: str | None
    actual: str | None


class People(Shape):
    invited: int
    took_part: int | None


class EditionTried(Shape):
    id: str
    hash: str


class Assessment(Shape):
    outcome: Outcome
    outcomes: dict[str, Outcome]
    counts: dict[Outcome, int]
    phase: str
    as_of: date
    edition: str
    layers: list[EditionTried]


class Version(Shape):
    number: int
    on: date
    parts: list[str]


class State(Shape):
    state: str
    on: date


class Change(Shape):
    at: datetime
    what: Literal["published", "changed", "withdrawn"]
    parts: list[str]


class Collaboration(CollaborationRow):
    organisations: list[Organisation]  # type: ignore[assignment]
    purpose: str
    benefits: Benefits
    framework_agreement: str
    totals: Totals
    participants: dict[Side, People]
    assessment: Assessment | None
    versions: list[Version]
    states: list[State]
    changes: list[Change]
