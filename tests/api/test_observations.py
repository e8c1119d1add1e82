"""Reports over HTTP: with a key of the organisation, all or nothing; and what is approved and open, for anybody."""

import json

import pytest
from django.utils.timezone import localdate, now

from tests.api.test_description import answered, follows
from tests.reporting import Reporters
from tillit.api.v1.examples import REPORTS
from tillit.apps.followup.actions.approving import approve
from tillit.apps.followup.actions.keys import make_key, revoke_key
from tillit.apps.followup.models import Observation, ReportingKey
from tillit.core.indicators.periods import period_of

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
PLACE = "/partnerships/kliniska-provningar/observations"


@pytest.fixture
def ground():
    return Reporters()


@pytest.fixture
def ended():
    """The latest quarter that has ended."""
    return period_of(localdate(), "quarter").ahead(-1)


@pytest.fixture
def secret(ground):
    _key, found = make_key(
        partnership=ground.partnership, organisation=ground.region, name="Registret", by=ground.contact, at=now()
    )
    return found


@pytest.fixture
def report(client, secret):
    """Return a function that sends reports with the key of the region."""

    def post(rows, status=200, key=secret, place=PLACE, kind="application/json", **headers):
        body = rows if isinstance(rows, bytes) else json.dumps({"observations": rows}).encode()
        said = {"Authorization": f"Bearer {key}", **headers}
        answer = client.post(ROOT + place, body, content_type=kind, headers=said)
        assert answer.status_code == status, answer.content
        assert not answer.cookies
        return json.loads(answer.content)

    return post


def figure(at, value="3", **more):
    return {"indicator": "starts", "period": str(at), "value": value, **more}


def test_what_is_sent_in_waits_for_approval_as_who_made_the_key(ground, report, ended):
    told = report([figure(ended, "12.5"), figure(ended.ahead(-1))])
    assert told["observations"][0] == {
        "indicator": "starts",
        "period": str(ended),
        "status": "submitted",
        "held": [],
    }
    row = Observation.objects.get(number=ended.number)
    assert (str(row.value), row.submitted_by, row.reporter) == ("12.500000", ground.contact, ground.of[ground.region])
    assert ReportingKey.objects.get().used_on == localdate()


def test_the_same_again_changes_nothing_and_another_value_takes_the_place_of_what_waits(ground, report, ended):
    report([figure(ended)])
    report([figure(ended, "3.0")])
    assert Observation.objects.count() == 1
    report([figure(ended, "4")])
    assert Observation.objects.get(superseded_at=None).value == 4
    assert Observation.objects.count() == 2


def test_an_approved_value_is_corrected_with_a_reason_only(ground, report, ended):
    report([figure(ended, "10")])
    approve(observation=Observation.objects.get(), by=ground.founder, at=now())
    assert report([figure(ended, "10")])["observations"][0]["status"] == "approved"
    assert "redan godkänd" in report([figure(ended, "11")], 422)["problems"][0]["problem"]
    report([figure(ended, "11", reason="En till")])
    assert Observation.objects.get(superseded_at=None).supersedes is not None


def test_all_is_taken_or_nothing_and_each_fault_is_told_with_its_place(ground, report, ended):
    rows = [
        figure(ended),
        figure(ended.ahead(1)),
        {"indicator": "okänd", "period": str(ended), "value": "1"},
        figure("2026-13"),
        figure(ended, "1e5"),
    ]
    told = report(rows, 422)
    assert [each["place"] for each in told["problems"]] == ["observations[4].value"]
    told = report(rows[:4], 422)
    assert [each["place"] for each in told["problems"]] == ["observations[2].indicator", "observations[3].period"]
    told = report(rows[:2], 422)
    assert [each["place"] for each in told["problems"]] == ["observations[1].period"]
    assert all(each["problem"] and each["remedy"] for each in told["problems"])
    assert not Observation.objects.exists()


def test_the_same_period_twice_in_a_list_is_refused(report, ended):
    assert report([figure(ended), figure(ended, "4")], 422)["problems"][0]["place"] == "observations[1].period"


def test_an_unusual_value_is_taken_when_it_is_confirmed_with_a_comment(ground, report, ended):
    ground.starts.versions.update(high=5)
    told = report([figure(ended, "6")], 422)["problems"]
    assert (told[0]["code"], told[0]["problem"]) == ("observation.held", "out_of_limits")
    assert not Observation.objects.exists()
    row = report([figure(ended, "6", confirmed=True, comment="Ja")])["observations"][0]
    assert row["held"] == ["out_of_limits"]


def test_a_level_is_of_who_made_the_key_and_shows_what_it_rests_on_once(ground, report):
    ground.rated()
    year = period_of(localdate(), "year").ahead(-1)
    level = {
        "indicator": "trust",
        "period": str(year),
        "level": 3,
        "narrative": "Bra.",
        "evidence_link": "https://x.se/a",
    }
    report([level])
    report([level])
    row = Observation.objects.get()
    assert (row.level, row.rater, row.evidence.count()) == (3, ground.contact, 1)


@pytest.mark.parametrize("key", ["", "fel", "tillit_åäö"])
def test_without_a_key_that_holds_nothing_is_told_and_nothing_kept(report, ended, key):
    assert report([figure(ended)], 401, key=key)["type"].endswith("/no-key")
    assert not Observation.objects.exists()


def test_a_key_opens_its_own_partnership_while_who_made_it_speaks_for_a_party(ground, report, secret, ended):
    report([figure(ended)], 401, place="/partnerships/annat/observations")
    ground.contact.roles.update(until=localdate())
    report([figure(ended)], 401)
    ground.contact.roles.update(until=None)
    report([figure(ended)])
    ground.partnership.memberships.filter(organisation=ground.region).update(superseded_at=now())
    report([figure(ended)], 401)


def test_a_key_that_is_taken_back_opens_nothing(ground, report, ended):
    revoke_key(key=ReportingKey.objects.get(), by=ground.contact, at=now())
    report([figure(ended)], 401)


def test_a_key_reports_for_its_own_organisation_only(ground, report, ended):
    only = ground.indicator("other", "Annat")
    ground.reporter(only, ground.company)
    told = report([{"indicator": "other", "period": str(ended), "value": "1"}], 422)
    assert told["problems"][0]["place"] == "observations[0].indicator"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"observations": []}', "application/json", 422),
        (b'{"observations": [{"indicator": "starts", "period": "2026-Q2", "x": 1}]}', "application/json", 422),
        (b'{"observations": [{"indicator": "starts", "period": "2026-Q2", "value": NaN}]}', "application/json", 422),
        (b"<x/>", "text/xml", 415),
    ],
)
def test_bodies_that_cannot_be_are_problems(report, described, body, kind, status):
    told = report(body, status, kind=kind)
    follows(described, {"$ref": "#/components/schemas/Problem"}).validate(told)
    assert not Observation.objects.exists()


def test_personal_numbers_are_refused_and_not_repeated(report, ended):
    told = report([figure(ended, comment="19121212-1212")], 422)
    assert "19121212" not in json.dumps(told)


def test_words_are_in_the_language_that_is_asked_for(report, ended):
    assert report([figure(ended)], 401, key="x", **{"Accept-Language": "en"})["title"] == "The key does not open this"


def test_what_is_approved_and_open_is_for_anybody(ground, ask, described, ended):
    alone = ground.reporter(ground.indicator("alone", "Ensam"))
    ground.observed(alone, str(ended), 3)
    ground.observed(alone, str(ended.ahead(-1)), 5, status="submitted")
    hidden = ground.indicator("hidden", "Dolt", openness="parties")
    ground.observed(ground.reporter(hidden), str(ended), 7)
    told = ask(PLACE)
    follows(described, answered(described, "observations")["schema"]).validate(told)
    assert [(each["indicator"], each["value"], each["organisation"]) for each in told["items"]] == [
        ("alone", "3", str(ground.region.pk))
    ]
    assert ask(f"{PLACE}?indicator=hidden")["total"] == 0
    assert ask(f"{PLACE}?indicator=alone&limit=1")["total"] == 1
    ground.partnership.openness = "parties"
    ground.partnership.save()
    assert ask(PLACE, 404)["type"].endswith("/no-such-partnership")


def test_a_partys_own_figures_beside_others_are_not_for_anybody(ground, ask, ended):
    """As on the indicator's page: a party's are for those within, and the whole less the others would tell them."""
    ground.observed(ground.of[ground.region], str(ended), 3)
    assert ask(PLACE)["total"] == 0
    mixed = ground.indicator("mixed", "Nätverk och part")
    ground.observed(ground.reporter(mixed, ground.organ("Nätverk A", level="network")), str(ended), 4)
    assert ask(PLACE)["total"] == 1
    ground.reporter(mixed, ground.company)
    assert ask(PLACE)["total"] == 0


def test_networks_are_told_one_by_one_where_all_may_be_known_of(ground, ask, ended):
    networks = ground.indicator("networks", "Nätverkens")
    for number, name in enumerate(("Nätverk A", "Nätverk B")):
        ground.observed(ground.reporter(networks, ground.organ(name, level="network")), str(ended), number)
    assert {each["reporter"] for each in ask(PLACE)["items"]} == {"Nätverk A", "Nätverk B"}
    ground.partnership.organs.filter(name="Nätverk B").update(openness="organ")
    assert ask(PLACE)["total"] == 0


def test_the_example_and_an_answer_have_the_shapes_that_are_described(ground, described, report, ended):
    follows(described, {"$ref": "#/components/schemas/Reports"}).validate(REPORTS())
    follows(described, answered(described, "report_observations")["schema"]).validate(report([figure(ended)]))


def test_the_list_takes_few_queries(ground, client, django_assert_num_queries):
    alone = ground.reporter(ground.indicator("alone", "Ensam"))
    for quarter in range(1, 5):
        ground.observed(alone, f"2025-Q{quarter}", quarter)
    with django_assert_num_queries(3):
        client.get(ROOT + PLACE)
