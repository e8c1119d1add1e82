"""The open register over HTTP: the rows of the pages, in the shape that is described, and gone when they are gone."""

import json

import pytest

from tests.api.test_description import answered, follows
from tests.public_rows import NOW
from tillit.apps.register import actions

pytestmark = pytest.mark.django_db


def test_a_list_and_one_have_the_shapes_that_are_described(described, ask, whole, publish):
    entry = publish(whole)
    listed, one = ask("/collaborations"), ask(f"/collaborations/{entry.public_id}")
    follows(described, answered(described, "collaborations")["schema"]).validate(listed)
    follows(described, answered(described, "collaboration")["schema"]).validate(one)
    assert [each["public_id"] for each in listed["items"]] == [entry.public_id]
    assert {name: one[name] for name in listed["items"][0] if name != "organisations"} == {
        name: value for name, value in listed["items"][0].items() if name != "organisations"
    }
    assert one["page"] == f"http://testserver/oppet/{entry.public_id}/"
    assert one["totals"]["committed"] is None
    assert one["participants"]["care"] == {"invited": 3, "took_part": 2}
    assert "Hemlig" not in json.dumps(one)


def test_the_list_is_narrowed_and_paged_as_on_the_page(ask, carried_out, publish):
    for kind in ("donation", "gift", "gift"):
        publish(carried_out(kind=kind))
    assert ask("/collaborations?kind=gift&q=hjärtsvikten&year=2026")["total"] == 2
    page = ask("/collaborations?limit=2&offset=1")
    assert (len(page["items"]), page["total"]) == (2, 3)
    key = page["items"][0]["organisations"][0]["key"]
    assert ask(f"/collaborations?organisation={key}")["total"] == 3
    assert ask("/collaborations?outcome=breach")["items"] == []


@pytest.mark.parametrize(
    "query", ["kind=x", "outcome=x", "year=1", "year=x", "organisation=x", "organisation=" + "0" * 32, "sida=2"]
)
def test_a_filter_that_cannot_be_is_refused_with_its_remedy(ask, query):
    told = ask(f"/collaborations?{query}", 422)
    assert all(row["remedy"] for row in told["problems"])


def test_what_is_withdrawn_is_gone_with_its_day_and_what_never_was_is_not_found(ask, carried_out, publish):
    entry = publish(carried_out())
    assert ask("/collaborations/S-FINNSEJ", 404)["type"].endswith("/no-such-collaboration")
    assert ask("/collaborations/%00", 404)["type"].endswith("/no-such-collaboration")
    actions.withdraw(entry=entry, because="Beslut", by=None, at=NOW)
    assert "2026-11-24" in ask(f"/collaborations/{entry.public_id}", 410)["detail"]
    assert ask("/collaborations")["items"] == []


def test_answers_are_kept_a_minute_and_not_sent_again(client, carried_out, publish):
    entry = publish(carried_out())
    for address in ("/collaborations", f"/collaborations/{entry.public_id}"):
        first = client.get(f"/api/v1{address}")
        assert first["Cache-Control"] == "public, max-age=60"
        again = client.get(f"/api/v1{address}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("address", "most"), [("/collaborations?q=kurs&kind=gift", 3), ("/collaborations/{}", 2)])
def test_an_answer_takes_few_queries(client, carried_out, publish, django_assert_num_queries, address, most):
    entry = publish(carried_out(title="Kurs", kind="gift"))
    with django_assert_num_queries(most):
        client.get(f"/api/v1{address.format(entry.public_id)}")
