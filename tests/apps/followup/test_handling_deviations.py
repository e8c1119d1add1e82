"""What people do about a deviation is told in its history, and what is over stays so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.following import Followed
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions import handling
from tillit.apps.followup.models import Deviation

AT = datetime(2028, 1, 20, 9, 0, tzinfo=UTC)
ACTS = (
    (handling.explain, "cause", "explained"),
    (handling.follow, "note", "monitored"),
    (handling.act_on, "action", "action"),
    (handling.dismiss, "reason", "dismissed"),
    (handling.close, "done", "closed"),
)


@pytest.fixture
def here(db):
    return Followed()


@pytest.fixture
def row(here):
    day = date(2028, 1, 20)
    return Deviation.objects.create(
        partnership=here.partnership,
        rule="D1",
        version=1,
        code="behind",
        severity="yellow",
        direction="worsening",
        subject="indicator:1",
        day=day,
        params={},
        facts={},
        result={},
        fingerprint="a" * 64,
        first_seen=day,
        last_seen=day,
    )


def test_it_is_acknowledged_once(here, row):
    assert handling.acknowledge(deviation=row, by=here.founder, at=AT).status == "acknowledged"
    event = row.events.get()
    assert (event.what, event.before, event.after, event.by) == ("acknowledged", "new", "acknowledged", here.founder)
    with pytest.raises(Refused, match="redan"):
        handling.acknowledge(deviation=row, by=here.founder, at=AT)


@pytest.mark.parametrize(("act", "field", "status"), ACTS)
def test_each_step_is_told_with_its_words(here, row, act, field, status):
    act(deviation=row, by=here.founder, at=AT, acting_for=here.region, **{field: " Färre ansökningar\r\nän väntat "})
    row.refresh_from_db()
    event = row.events.get()
    assert row.status == event.what == status
    assert event.text == "Färre ansökningar\nän väntat"
    assert row.cause == (event.text if field in ("cause", "reason") else "")
    assert Act.objects.filter(action=f"followup.deviation.{status}").count() == 1


@pytest.mark.parametrize(("act", "field", "_status"), ACTS)
@pytest.mark.parametrize(("text", "says"), [(" ", "Skriv"), ("19121212-1212", "personnummer"), ("x" * 4001, "längre")])
def test_a_step_needs_words_and_no_personal_numbers(here, row, act, field, _status, text, says):
    with pytest.raises(Refused, match=says) as refused:
        act(deviation=row, by=here.founder, at=AT, **{field: text})
    assert refused.value.field == field
    row.refresh_from_db()
    assert row.status == "new"


@pytest.mark.parametrize("over", ["closed", "dismissed"])
def test_what_is_over_stays_so(here, row, over):
    Deviation.objects.update(status=over, cause="x")
    for act, field, _status in ACTS:
        said: dict[str, Any] = {field: "Klart"}
        with pytest.raises(Refused, match="avslutad"):
            act(deviation=row, by=here.founder, at=AT, **said)
    assert not row.events.exists()


def test_an_explanation_can_be_changed_and_the_first_is_kept_in_the_history(here, row):
    for text in ("Semester", "Färre ansökningar"):
        handling.explain(deviation=row, cause=text, by=here.founder, at=AT)
    row.refresh_from_db()
    assert row.cause == "Färre ansökningar"
    assert [each.text for each in row.events.all()] == ["Semester", "Färre ansökningar"]
