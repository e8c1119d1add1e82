"""What becomes public and when, what it holds, and what is left when it leaves."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.public_rows import NOW, TODAY
from tillit.apps.audit.models import Act
from tillit.apps.collaborations.models import Collaboration
from tillit.apps.errors import Refused
from tillit.apps.register import actions, queries
from tillit.apps.register.models import Entry, EntryChange
from tillit.apps.register.queries import Wanted, listed, shown

LATER = NOW + timedelta(days=1)


def changed(collaboration, **fields):
    """Write as an act does: the fields, and a revision that goes up."""
    Collaboration.objects.filter(pk=collaboration.pk).update(revision=collaboration.revision + 1, **fields)
    collaboration.refresh_from_db()
    return collaboration


def titles(**wanted):
    return [row.title for row in listed(Wanted(**wanted)).rows]


@pytest.mark.parametrize("state", ["carried_out", "reported", "closed"])
def test_what_has_been_carried_out_is_public(carried_out, publish, state):
    assert publish(carried_out(state)) is not None
    assert titles() == ["Utbildning om hjärtsvikt"]


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "company_checked", "care_reviewed", "postponed", "declined", "cancelled"]
)
def test_what_is_not_agreed_on_is_not(carried_out, publish, state):
    assert publish(carried_out(state)) is None
    assert not Entry.objects.exists()


def test_an_approved_one_is_public_from_the_day_it_starts(carried_out, publish):
    made = carried_out("approved", starts_on=TODAY, ends_on=TODAY)
    assert publish(made, today=TODAY - timedelta(days=1)) is None
    assert publish(made, today=TODAY) is not None


def test_a_delayed_one_is_public_from_its_day_and_a_withheld_one_never(carried_out, publish):
    delayed = carried_out(openness="delayed", open_from=TODAY, openness_reason="Patent")
    assert publish(delayed, today=TODAY - timedelta(days=1)) is None
    assert publish(delayed) is not None
    assert publish(carried_out(openness="withheld", openness_reason="Rikets säkerhet")) is None


def test_the_public_row_holds_what_is_promised(whole, publish, sides):
    content = publish(whole).content
    assert content["totals"] == {"estimated": "12000.00", "committed": None, "actual": "11500.50"}
    assert content["participants"] == {
        "care": {"invited": 3, "took_part": 2},
        "company": {"invited": 1, "took_part": 1},
    }
    assert content["assessment"]["outcomes"] == {"all": "judge", "company": "judge", "care": "meets"}
    assert content["assessment"]["counts"]["meets"] == 7
    assert content["versions"] == [
        {"number": 1, "on": "2026-10-16", "parts": []},
        {"number": 2, "on": "2026-10-17", "parts": ["title", "meal"]},
    ]
    assert [each["state"] for each in content["states"]] == ["submitted", "approved", "carried_out", "reported"]
    assert [(each["name"], each["side"], each["unit"]) for each in content["organisations"]] == [
        ("Nordkap Pharma AB", "company", ""),
        ("Region Fjällmark", "care", "Hjärtkliniken"),
    ]
    row = listed(Wanted()).rows[0]
    assert (str(row.value), row.value_is, row.outcome) == ("11500.50", "actual", "judge")


def test_no_person_and_no_judgement_is_in_what_is_public(whole, publish):
    entry = publish(whole)
    everything = json.dumps(entry.content, ensure_ascii=False) + entry.words + json.dumps(entry.organisations)
    for name in ("Anna", "Berg", "Erik", "Holm", "Hemlig", "example.se"):
        assert name not in everything
        assert name.casefold() not in everything


def test_publishing_again_changes_nothing(whole, publish):
    first = publish(whole)
    acts = Act.objects.count()
    again = publish(whole, at=LATER)
    assert (again.changed_at, again.pk) == (first.changed_at, first.pk)
    assert EntryChange.objects.count() == 1
    assert Act.objects.count() == acts


def test_a_change_is_told_by_the_parts_it_touched_and_found_by_its_new_words(carried_out, publish):
    made = carried_out()
    publish(made)
    publish(changed(made, title="Kurs i astma", starts_on=date(2025, 5, 1)), at=LATER)
    told = shown(made.public_id)
    assert told is not None
    assert [(each.what, each.parts) for each in told.changes] == [
        ("changed", ("title", "starts_on")),
        ("published", ()),
    ]
    assert (titles(q="astma"), titles(q="hjärtsvikt"), titles(year=2025)) == (["Kurs i astma"], [], ["Kurs i astma"])


def test_a_cancelled_one_that_was_public_stays_as_it_was_last_agreed(carried_out, publish):
    made = carried_out("approved")
    publish(made)
    entry = publish(changed(made, state="cancelled", title="Något annat"), at=LATER)
    assert (entry.title, entry.state, entry.content["state"]) == ("Utbildning om hjärtsvikt", "cancelled", "cancelled")
    assert titles() == ["Utbildning om hjärtsvikt"]


def test_a_plan_that_is_tried_anew_shows_what_was_last_agreed_until_it_is_agreed_again(carried_out, publish):
    made = carried_out("approved")
    publish(made)
    assert publish(changed(made, state="care_reviewed", title="Ny titel"), at=LATER).title == "Utbildning om hjärtsvikt"
    later = TODAY + timedelta(days=30)
    again = publish(changed(made, state="approved", starts_on=later, ends_on=later), at=LATER)
    assert (again.title, again.starts_on) == ("Ny titel", later)


def test_what_is_withheld_afterwards_leaves_a_tombstone_and_nothing_else(whole, publish):
    publish(whole)
    publish(changed(whole, openness="withheld", openness_reason="Hemligt skäl"), at=LATER)
    gone = shown(whole.public_id)
    assert gone is not None
    assert (gone.withdrawn_at, gone.withdrawn_because, gone.content, gone.row.title) == (LATER, "withheld", {}, "")
    assert [each.what for each in gone.changes] == ["withdrawn", "published"]
    assert titles() == titles(q="hjärtsvikt") == titles(kind="educational_meeting") == []
    assert "Hemligt" not in str(Entry.objects.values().get())
    publish(whole, at=LATER + timedelta(days=1))
    assert EntryChange.objects.count() == 2


def test_what_is_opened_again_comes_back(carried_out, publish):
    made = carried_out()
    publish(made)
    publish(changed(made, openness="withheld", openness_reason="x"), at=LATER)
    publish(changed(made, openness="public", openness_reason=""), at=LATER)
    assert titles(q="hjärtsvikt") == ["Utbildning om hjärtsvikt"]
    back = shown(made.public_id)
    assert back is not None
    assert back.withdrawn_at is None


def test_what_the_operator_withdrew_is_not_published_again(carried_out, publish):
    made = carried_out()
    entry = actions.withdraw(entry=publish(made), because="Beslut av domstol", by=None, at=LATER)
    assert entry.withdrawn_because == "Beslut av domstol"
    assert publish(changed(made, title="Ny titel"), at=LATER).withdrawn_at == LATER
    assert titles() == []


@pytest.mark.parametrize("because", ["", "  ", "withheld"])
def test_the_operator_says_why(carried_out, publish, because):
    entry = publish(carried_out())
    with pytest.raises(Refused, match="varför"):
        actions.withdraw(entry=entry, because=because, by=None, at=LATER)


NUMBER = "19811228-9874"


@pytest.mark.parametrize("where", ["title", "purpose", "town", "framework_agreement", "benefit_patient"])
def test_a_personal_number_is_refused_and_what_was_public_stays(carried_out, publish, where):
    made = carried_out()
    publish(made)
    with pytest.raises(Refused, match="personnummer"):
        publish(changed(made, **{where: f"om {NUMBER}"}), at=LATER)
    assert NUMBER not in str(list(Entry.objects.values()))
    assert titles() == ["Utbildning om hjärtsvikt"]


def test_a_round_publishes_what_is_due_once_and_one_refusal_holds_nobody_back(carried_out):
    carried_out("draft")
    first, refused = carried_out(), carried_out(title=f"Möte {NUMBER}")
    tomorrow = carried_out("approved", starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=1))
    done = actions.publish_due(at=NOW, today=TODAY)
    assert (done.changed, [public_id for public_id, _ in done.refused]) == (1, [refused.public_id])
    assert [row.public_id for row in listed(Wanted()).rows] == [first.public_id]
    assert actions.publish_due(at=LATER, today=TODAY).seen == 1  # the refused one is tried each time
    assert actions.publish_due(at=LATER, today=TODAY + timedelta(days=1)).changed == 1
    assert [row.public_id for row in listed(Wanted()).rows] == [tomorrow.public_id, first.public_id]


def test_a_round_sees_a_state_that_changed_without_a_new_revision(carried_out, publish):
    made = carried_out("approved")
    publish(made)
    Collaboration.objects.filter(pk=made.pk).update(state="care_reviewed")
    assert actions.publish_due(at=LATER, today=TODAY).changed == 1
    assert actions.publish_due(at=LATER + timedelta(days=1), today=TODAY).seen == 0


def test_a_delayed_one_comes_back_on_its_day(carried_out, publish):
    made = carried_out()
    publish(made)
    publish(changed(made, openness="delayed", open_from=TODAY + timedelta(days=9), openness_reason="x"), at=LATER)
    assert actions.publish_due(at=LATER, today=TODAY).seen == 0
    assert actions.publish_due(at=LATER, today=TODAY + timedelta(days=9)).changed == 1


def test_the_command_says_what_it_did_and_fails_when_somebody_is_refused(carried_out):
    carried_out()
    out = StringIO()
    call_command("publish", stdout=out)
    assert out.getvalue() == "looked at 1, changed 1, refused 0\n"
    bad = carried_out(purpose=NUMBER)
    with pytest.raises(CommandError, match=bad.public_id):
        call_command("publish", stdout=out)


def test_publishing_takes_a_stated_number_of_queries(whole, publish, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        publish(whole)
    with django_assert_max_num_queries(12):
        publish(whole)


def test_the_round_is_a_read_of_the_register_only(carried_out, publish, django_assert_num_queries):
    made = carried_out()
    publish(made)
    with django_assert_num_queries(2):
        queries.shown(made.public_id)
