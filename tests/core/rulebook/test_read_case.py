"""Every refusal of the contract, by code and place; the words for the codes live elsewhere."""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from tests.core.rulebook import small
from tests.core.rulebook.small import judged
from tests.core.test_text import number
from tests.house import tree
from tillit.core.errors import BadInput, Problem
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.facts import Judgement, Record, RecordList
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.read_value import shown
from tillit.core.rulebook.reading import nearest, plain_place
from tillit.core.rulebook.write_case import dump_case

PERSON = number("850709", separator="-")
CONTRACT = """
schema = "tillit.case/1"

[case]
title = "Lunchseminarium om hjärtsvikt"
phase = "planned"
starts_on = 2026-03-12
ends_on = 2026-03-12

[collaboration]
kind = "educational_meeting"
company_branch = "pharma"
arranger = "joint"
industry_offers_meal = true
documented_in_writing = true

[records.participant]
complete = true
total = 18

[[participant]]
id = "p1"
side = "care"
works_in = "SE"
mode = "on_site"
invited = true
companion = false
employer_approval = true

[[participant]]
id = "p2"
side = "care"
mode = "remote"
meal_offered = true

[[meal]]
id = "lunch"
price_per_person = "245.00"

[[leg]]
id = "l1"
traveller = "p1"
flight = true
cabin = "business"
journey_hours = "2.7"
outside_europe = false

[[judgement]]
fact = "moderate_assessed"
record = "meal:lunch"
value = true
by = "verksamhetschef, kardiologen"
on = 2026-02-20
why = "Sallad och smörgås i möteslokalen."
"""


def problems(raw):
    """Return code and place of everything that stands in the way of a case."""
    with pytest.raises(BadInput) as refused:
        read_case(raw, small.VOCABULARY)
    return [(problem.code, problem.place) for problem in refused.value.problems]


def arguments(raw):
    with pytest.raises(BadInput) as refused:
        read_case(raw, small.VOCABULARY)
    assert len(refused.value.problems) == 1, refused.value
    return refused.value.problems[0].args


def with_fact(name, value):
    raw = small.plain()
    raw["collaboration"][name] = value
    return raw


class TestWhatIsRead:
    def test_the_contracts_own_case_file_is_read(self):
        case = read_case(tomllib.loads(CONTRACT), vocabulary())
        assert (case.title, case.phase) == ("Lunchseminarium om hjärtsvikt", "planned")
        assert (case.starts_on, case.ends_on) == (date(2026, 3, 12), date(2026, 3, 12))
        assert case.collaboration.values["arranger"] == "joint"
        people = case.listing("participant")
        assert (people.complete, people.total, people.unlisted, people.whole) == (True, 18, 16, False)
        assert [record.key for record in people.records] == ["participant:p1", "participant:p2"]
        assert case.listing("meal").records[0].values == {"price_per_person": 24500, "currency": "SEK"}
        assert case.listing("leg").records[0].values["journey_hours"] == 270
        assert case.judgements == (
            Judgement(
                "moderate_assessed",
                "meal:lunch",
                True,
                "verksamhetschef, kardiologen",
                date(2026, 2, 20),
                "Sallad och smörgås i möteslokalen.",
            ),
        )

    def test_the_contracts_case_is_written_and_read_back_unchanged(self):
        case = read_case(tomllib.loads(CONTRACT), vocabulary())
        assert read_case(dump_case(case), vocabulary()) == case

    def test_a_record_without_an_id_is_named_by_its_position(self):
        case = small.case(participant=[{}, {"id": "b"}, {}])
        assert [record.id for record in case.listing("participant").records] == ["1", "b", "3"]

    def test_what_is_left_out_is_not_known(self):
        case = small.case()
        assert case.listing("participant") == RecordList()
        assert (case.ends_on, case.description, case.judgements) == (case.starts_on, "", ())
        assert case.collaboration == Record("collaboration", "collaboration", {"branch": "pharma"})

    def test_values_are_held_as_their_facts_say(self):
        facts = {
            "offers": True,
            "expected": 7,
            "budget": "12.50",
            "signed_on": "2026-02-03",
            "opens_at": "2026-02-03T10:30",
            "subject": "  a\u030a ",
            "arranger": "joint",
        }
        assert small.case(collaboration=facts).collaboration.values == {
            "branch": "pharma",
            "offers": True,
            "expected": 7,
            "budget": 1250,
            "signed_on": date(2026, 2, 3),
            "opens_at": datetime.fromisoformat("2026-02-03T10:30"),
            "subject": "å",
            "arranger": "joint",
        }

    @pytest.mark.parametrize("given", ["12.5", 12.5, Decimal("12.5"), "12.50"])
    def test_a_decimal_may_be_text_or_number(self, given):
        assert small.case(collaboration={"budget": given}).collaboration.values["budget"] == 1250

    def test_days_may_be_days_and_moments_moments(self):
        facts = {"signed_on": date(2026, 2, 3), "opens_at": datetime.fromisoformat("2026-02-03T10:30:00+01:00")}
        values = small.case(collaboration=facts).collaboration.values
        assert values["opens_at"] == datetime.fromisoformat("2026-02-03T10:30")
        assert values["signed_on"] == date(2026, 2, 3)

    def test_money_is_in_kronor_unless_it_says_otherwise(self):
        meals = [{"price": "1"}, {"price": "1", "currency": "EUR"}, {}, {"currency": "EUR"}]
        found = [record.values.get("currency") for record in small.case(meal=meals).listing("meal").records]
        assert found == ["SEK", "EUR", None, "EUR"]

    def test_a_list_says_how_long_it_is(self):
        lists = {"participant": {"complete": False}, "meal": {"total": 0}, "offer": {"complete": True}, "document": {}}
        case = small.case(records=lists)
        assert [case.listing(kind).unlisted for kind in lists] == [None, 0, 0, None]
        assert [case.listing(kind).whole for kind in lists] == [False, True, True, False]

    def test_references_reach_any_record_of_the_kind_they_name(self):
        case = small.case(participant=[{"id": "a", "host": "b"}, {"id": "b"}], offer=[{"concerns": "participant:a"}])
        assert case.listing("offer").records[0].values == {"concerns": "participant:a"}
        assert small.case(offer=[{"concerns": "collaboration"}])

    def test_the_latest_judgement_is_the_one_that_counts(self):
        case = small.case(
            judgement=[judged("fair_assessed", on="2026-02-21"), judged("fair_assessed", on="2026-02-20")]
        )
        latest = case.judged("collaboration", "fair_assessed")
        assert latest is not None
        assert latest.on == date(2026, 2, 21)
        assert case.judged("collaboration", "other_assessed") is None
        assert case.judged("meal:1", "fair_assessed") is None


class TestHeader:
    def test_the_schema_is_named(self):
        assert problems({**small.plain(), "schema": "tillit.case/2"}) == [("case.schema", "schema")]
        without = small.plain()
        del without["schema"]
        assert arguments(without) == {"given": "", "expected": "tillit.case/1"}

    def test_what_is_no_table_is_refused(self):
        assert problems([]) == [("case.not_a_table", "-"), ("case.schema", "schema"), ("case.no_header", "case")]
        assert problems("text")[0] == ("case.not_a_table", "-")
        assert problems({**small.plain(), "collaboration": [1]}) == [("case.not_a_table", "collaboration")]
        assert problems({**small.plain(), "records": 3}) == [("case.not_a_table", "records")]
        assert problems(small.plain(records={"meal": True})) == [("case.not_a_table", "records, meal")]
        assert problems(small.plain(meal=[3])) == [("case.not_a_table", "meal 1")]
        assert problems(small.plain(meal={"price": "1"})) == [("case.not_a_list", "meal")]
        assert problems(small.plain(judgement={})) == [("case.not_a_list", "judgement")]
        assert problems(small.plain(judgement=["x"]))[0] == ("case.not_a_table", "judgement 1")

    @pytest.mark.parametrize("key", ["title", "phase", "starts_on"])
    @pytest.mark.parametrize("given", [None, "", "  ", "left out"])
    def test_a_title_a_phase_and_a_first_day_are_needed(self, key, given):
        raw = small.plain()
        raw["case"][key] = given
        if given == "left out":
            del raw["case"][key]
        assert ("case.missing_key", f"case, {key}") in problems(raw)

    def test_a_phase_is_one_of_three(self):
        assert problems(small.plain("done")) == [("case.undeclared_value", "case, phase")]
        assert problems(small.plain(["planned"])) == [("case.undeclared_value", "case, phase")]
        assert arguments(small.plain("done")) == {"given": "done", "values": "planned, offered, carried_out"}

    def test_the_last_day_is_not_before_the_first(self):
        assert problems(small.plain(ends_on="2026-03-11")) == [("case.ends_before_start", "case, ends_on")]
        assert small.case(ends_on="2026-03-12")

    def test_a_day_that_cannot_be_is_told_once(self):
        assert problems(small.plain(starts_on="2026-02-30")) == [("case.impossible_date", "case, starts_on")]
        assert problems(small.plain(starts_on=datetime.fromisoformat("2026-02-03T10:00"))) == [
            ("case.wrong_type", "case, starts_on")
        ]

    def test_a_header_has_no_other_keys(self):
        raw = small.plain()
        raw["case"]["fase"] = "planned"
        assert problems(raw) == [("case.unknown_key", "case, fase")]
        assert arguments(raw) == {"key": "fase", "nearest": "phase"}


class TestKeys:
    def test_an_unknown_key_is_refused_with_the_nearest_known(self):
        assert problems(small.plain(partcipant=[])) == [("case.unknown_key", "partcipant")]
        assert arguments(small.plain(partcipant=[])) == {"key": "partcipant", "nearest": "participant"}
        assert problems(small.plain(participant=[{"mod": 1}])) == [("case.unknown_key", "participant 1, mod")]
        assert problems(with_fact("offerz", True)) == [("case.unknown_key", "collaboration, offerz")]
        assert problems(with_fact("id", "x")) == [("case.unknown_key", "collaboration, id")]
        assert arguments(with_fact("qqqqqq", True))["nearest"] == ""
        assert problems(small.plain(records={"collaboration": {}})) == [("case.unknown_key", "records, collaboration")]
        assert problems(small.plain(records={"meal": {"whole": True}})) == [
            ("case.unknown_key", "records, meal, whole")
        ]
        assert problems(small.plain(judgement=[judged("fair_assessed", who="x")])) == [
            ("case.unknown_key", "judgement 1, who")
        ]

    def test_what_follows_from_other_facts_is_not_given(self):
        assert problems(with_fact("meals", 3)) == [("case.derived_given", "collaboration, meals")]

    def test_a_judgement_word_is_given_as_a_judgement_only(self):
        assert problems(with_fact("fair_assessed", True)) == [("case.assessed_given", "collaboration, fair_assessed")]
        assert arguments(with_fact("fair_assessed", True))["record"] == "collaboration"
        given = small.plain(meal=[{"id": "lunch", "moderate_assessed": True}])
        assert arguments(given) == {"fact": "moderate_assessed", "record": "meal:lunch"}

    def test_a_key_that_cannot_be_written_is_shown_as_it_can(self):
        assert arguments(with_fact("\ud800" + "x" * 100, True))["key"] == "\\ud800" + "x" * 59


class TestValues:
    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("offers", "true", "wrong_type"),
            ("offers", 1, "wrong_type"),
            ("offers", None, "wrong_type"),
            ("offers", [], "wrong_type"),
            ("expected", "3", "wrong_type"),
            ("expected", True, "wrong_type"),
            ("expected", 3.0, "wrong_type"),
            ("expected", Decimal(3), "wrong_type"),
            ("expected", float("nan"), "not_a_number"),
            ("expected", float("inf"), "not_a_number"),
            ("expected", float("-inf"), "not_a_number"),
            ("expected", Decimal("NaN"), "not_a_number"),
            ("expected", 10**12 + 1, "too_large"),
            ("expected", -1, "negative"),
            ("floor", 2, "too_small"),
            ("budget", True, "wrong_type"),
            ("budget", [1], "wrong_type"),
            ("budget", float("nan"), "not_a_number"),
            ("budget", float("inf"), "not_a_number"),
            ("budget", Decimal("-Infinity"), "not_a_number"),
            ("budget", "NaN", "not_a_number"),
            ("budget", "-inf", "not_a_number"),
            ("budget", " +Infinity ", "not_a_number"),
            ("budget", 10**12 + 1, "too_large"),
            ("budget", "1000000000000.01", "too_large"),
            ("budget", 1e300, "too_large"),
            ("budget", "1.005", "money_decimals"),
            ("budget", 1.005, "money_decimals"),
            ("temperature", "1.005", "too_many_decimals"),
            ("budget", "-0.01", "negative"),
            ("budget", "12,50", "no_decimal_text"),
            ("budget", "1 000", "no_decimal_text"),
            ("budget", "", "no_decimal_text"),
            ("signed_on", 20260203, "wrong_type"),
            ("signed_on", datetime.fromisoformat("2026-02-03T10:30"), "wrong_type"),
            ("signed_on", "3 februari", "no_date"),
            ("signed_on", "20260203", "no_date"),
            ("signed_on", "2026-2-3", "no_date"),
            ("signed_on", "2026/02/03", "no_date"),
            ("signed_on", "2026-02-30", "impossible_date"),
            ("signed_on", "2027-02-29", "impossible_date"),
            ("signed_on", "2026-13-01", "impossible_date"),
            ("signed_on", "0000-01-01", "impossible_date"),
            ("opens_at", "2026-02-03", "wrong_type"),
            ("opens_at", date(2026, 2, 3), "wrong_type"),
            ("opens_at", "2026-02-30T10:30", "impossible_date"),
            ("arranger", "Industry", "undeclared_value"),
            ("arranger", "", "undeclared_value"),
            ("arranger", True, "wrong_type"),
            ("subject", 5, "wrong_type"),
            ("subject", "x" * 4001, "text_too_long"),
            ("subject", "a\x00b", "control_sign"),
            ("subject", "a\ud800b", "control_sign"),
        ],
    )
    def test_a_value_that_its_fact_cannot_take_is_refused(self, name, value, code):
        assert problems(with_fact(name, value)) == [(f"case.{code}", f"collaboration, {name}")]

    @pytest.mark.parametrize(
        ("name", "value"),
        [("temperature", "-3.25"), ("budget", "0"), ("budget", 10**12), ("expected", 10**12), ("floor", 3)],
    )
    def test_the_ends_of_what_can_be_are_taken(self, name, value):
        assert small.case(collaboration={name: value})

    @pytest.mark.parametrize("name", ["expected", "budget"])
    def test_a_number_too_long_to_write_out_is_too_large(self, name):
        assert problems(with_fact(name, 16**5000)) == [("case.too_large", f"collaboration, {name}")]

    def test_a_text_may_have_lines_and_4000_signs(self):
        assert small.case(collaboration={"subject": "a\nb\tc\r\n" + "x" * 3992})

    def test_countries_and_currencies_are_codes(self):
        assert problems(small.plain(participant=[{"works_in": "XX"}])) == [
            ("case.no_country", "participant 1, works_in")
        ]
        assert problems(small.plain(participant=[{"works_in": "se"}])) == [
            ("case.no_country", "participant 1, works_in")
        ]
        for wrong in ("kr", "sek", "KRON", "S3K", "SÉK"):
            assert problems(small.plain(meal=[{"currency": wrong}])) == [("case.no_currency", "meal 1, currency")]

    def test_an_undeclared_value_names_those_that_are(self):
        assert arguments(with_fact("branch", "farma")) == {
            "fact": "branch",
            "given": "farma",
            "values": "pharma, other",
        }
        assert arguments(with_fact("budget", "-1")) == {"fact": "budget", "least": "0"}
        assert arguments(with_fact("floor", 1)) == {"fact": "floor", "least": "3"}


class TestPersonalNumbers:
    @pytest.mark.parametrize(
        ("raw", "place"),
        [
            (small.plain(collaboration={"subject": f"Ring {PERSON}"}), "collaboration, subject"),
            (small.plain(collaboration={"offers": PERSON}), "collaboration, offers"),
            (small.plain(collaboration={"arranger": PERSON}), "collaboration, arranger"),
            (small.plain(collaboration={"signed_on": PERSON}), "collaboration, signed_on"),
            (small.plain(collaboration={"expected": PERSON}), "collaboration, expected"),
            (small.plain(participant=[{"id": PERSON}]), "participant 1, id"),
            (small.plain(participant=[{"host": PERSON}]), "participant 1, host"),
            (small.plain(judgement=[judged("fair_assessed", why=f"Hon, {PERSON}.")]), "judgement 1, why"),
            (small.plain(judgement=[judged("fair_assessed", by=PERSON)]), "judgement 1, by"),
            (small.plain(collaboration={PERSON: True}), "collaboration"),
            ({**small.plain(), PERSON: 1}, "-"),
        ],
    )
    def test_none_is_taken_in_any_text_and_none_is_repeated(self, raw, place):
        with pytest.raises(BadInput) as refused:
            read_case(raw, small.VOCABULARY)
        assert [(problem.code, problem.place) for problem in refused.value.problems] == [
            ("case.personal_number", place)
        ]
        assert PERSON not in str(refused.value)

    def test_title_and_description_hold_none(self):
        raw = small.plain()
        raw["case"] |= {"title": PERSON, "description": PERSON}
        assert problems(raw) == [("case.personal_number", "case, title"), ("case.personal_number", "case, description")]

    @pytest.mark.parametrize("key", ["schema", "phase", "records", "total", "budget"])
    def test_what_is_refused_for_another_reason_repeats_none(self, key):
        raw = small.plain(PERSON) if key == "phase" else small.plain()
        if key == "schema":
            raw["schema"] = PERSON
        if key in ("records", "total"):
            raw["records"] = {"meal": {"complete" if key == "records" else "total": PERSON}}
        if key == "budget":
            raw["collaboration"]["budget"] = PERSON
        with pytest.raises(BadInput) as refused:
            read_case(raw, small.VOCABULARY)
        assert PERSON not in str(refused.value)

    def test_an_organisation_number_is_taken(self):
        assert small.case(collaboration={"subject": number("556001", separator="-")})

    def test_what_is_shown_is_short_and_can_be_written(self):
        assert shown("x" * 100) == "x" * 60
        assert shown(16**5000) == "…"
        assert shown([PERSON]) == "…"
        assert shown(True) == "True"


class TestLists:
    @pytest.mark.parametrize(
        ("said", "code", "key"),
        [
            ({"complete": "yes"}, "wrong_type", "complete"),
            ({"complete": 1}, "wrong_type", "complete"),
            ({"total": "3"}, "wrong_type", "total"),
            ({"total": True}, "wrong_type", "total"),
            ({"total": -1}, "wrong_type", "total"),
            ({"total": 10**12 + 1}, "wrong_type", "total"),
            ({"total": 1.5}, "wrong_type", "total"),
            ({"total": 1}, "total_too_small", "total"),
            ({"complete": False, "total": 2}, "whole_or_not", "complete"),
        ],
    )
    def test_what_a_list_says_of_itself_holds_together(self, said, code, key):
        raw = small.plain(meal=[{}, {}], records={"meal": said})
        assert problems(raw) == [(f"case.{code}", f"records, meal, {key}")]

    @pytest.mark.parametrize("id_", ["", "  ", "a:b", "*", "x" * 101])
    def test_an_id_can_be_pointed_at(self, id_):
        assert problems(small.plain(meal=[{"id": id_}])) == [("case.bad_id", "meal 1, id")]

    def test_an_id_is_text(self):
        assert problems(small.plain(meal=[{"id": 3}])) == [("case.wrong_type", "meal 1, id")]

    def test_an_id_stands_once(self):
        assert problems(small.plain(meal=[{"id": "a"}, {"id": "b"}, {"id": "a"}])) == [("case.id_twice", "meal 3, id")]
        assert problems(small.plain(meal=[{"id": "2"}, {}])) == [("case.id_twice", "meal 2, id")]
        assert small.case(meal=[{"id": "a"}], participant=[{"id": "a"}])

    def test_a_reference_reaches_a_record_that_is_there(self):
        people = [{"id": "a"}, {"id": "b", "host": "c"}]
        assert problems(small.plain(participant=people)) == [("case.no_such_record", "participant 2, host")]
        assert problems(small.plain(offer=[{"concerns": "meal:1"}])) == [("case.no_such_record", "offer 1, concerns")]
        assert problems(small.plain(meal=[{}], offer=[{"concerns": "1"}])) == [
            ("case.no_such_record", "offer 1, concerns")
        ]


class TestJudgements:
    @pytest.mark.parametrize("key", ["fact", "record", "value", "by", "on", "why"])
    @pytest.mark.parametrize("given", [None, "", "  "])
    def test_one_without_who_when_and_why_is_none(self, key, given):
        raw = small.plain(judgement=[judged("fair_assessed", **{} if key == "fact" else {key: given})])
        if key == "fact":
            raw["judgement"][0]["fact"] = given
        assert ("case.judgement_lacks", f"judgement 1, {key}") in problems(raw)

    @pytest.mark.parametrize(
        ("judgement", "code", "key"),
        [
            (judged("offers"), "judgement_of_observed", "fact"),
            (judged("fare_assessed"), "unknown_judgement", "fact"),
            (judged("meals"), "unknown_judgement", "fact"),
            (judged("moderate_assessed", record="meal:2"), "no_such_record", "record"),
            (judged("moderate_assessed", record="meal"), "no_such_record", "record"),
            (judged("moderate_assessed", record="nothing:1"), "no_such_record", "record"),
            (judged("fair_assessed", "yes"), "wrong_type", "value"),
            (judged("fair_assessed", 1), "wrong_type", "value"),
            (judged("fair_assessed", on="i går"), "no_date", "on"),
            (judged("fair_assessed", by=3), "wrong_type", "by"),
            (judged("fair_assessed", why=["x"]), "wrong_type", "why"),
        ],
    )
    def test_one_that_is_of_nothing_or_says_nothing_is_refused(self, judgement, code, key):
        assert problems(small.plain(meal=[{}], judgement=[judgement])) == [(f"case.{code}", f"judgement 1, {key}")]

    def test_a_misspelt_fact_is_answered_with_the_nearest_judgement_word(self):
        raw = small.plain(judgement=[judged("fare_assessed")])
        assert arguments(raw) == {"fact": "fare_assessed", "nearest": "fair_assessed"}

    def test_the_same_day_cannot_say_both(self):
        both = [judged("fair_assessed", True), judged("fair_assessed", True), judged("fair_assessed", False)]
        assert problems(small.plain(judgement=both)) == [("case.judged_both_ways", "judgement 3")]
        apart = [judged("fair_assessed", True, on="2026-02-20"), judged("fair_assessed", False, on="2026-02-21")]
        assert small.case(judgement=apart)


def test_every_problem_is_told_at_once():
    raw = small.plain("done", participant=[{"mode": "far"}, {"fed": 3}], meal=[{"price": "x"}], extra=1)
    raw["judgement"] = [judged("offers")]
    assert problems(raw) == [
        ("case.unknown_key", "extra"),
        ("case.undeclared_value", "case, phase"),
        ("case.undeclared_value", "participant 1, mode"),
        ("case.wrong_type", "participant 2, fed"),
        ("case.no_decimal_text", "meal 1, price"),
        ("case.judgement_of_observed", "judgement 1, fact"),
    ]


def test_places_are_told_as_the_caller_likes():
    with pytest.raises(BadInput) as refused:
        read_case(small.plain(meal=[{}, {"price": "x"}]), small.VOCABULARY, place=repr)
    assert refused.value.problems[0].place == "('meal', 1, 'price')"
    assert plain_place(()) == "-"
    assert plain_place(("judgement", 0, "on")) == "judgement 1, on"


def test_a_problem_can_be_told_with_its_file():
    error = BadInput([Problem("a", "here", {"x": "1"}), Problem("b", file="other.toml")]).in_file("case.toml")
    assert [problem.file for problem in error.problems] == ["case.toml", "other.toml"]
    assert str(error.problems[0]) == "case.toml: here: a(x=1)"


def test_the_nearest_name_is_near_or_none():
    assert nearest("Offers", ("offers", "written")) == "offers"
    assert nearest("zzz", ("offers",)) == ""


def test_every_code_has_words_in_both_languages():
    source = "".join(
        (tree.SOURCE / "core" / "rulebook" / name).read_text() for name in ("read_case.py", "read_value.py")
    )
    codes = {*re.findall(r'"(case\.[a-z_]+)"', source), "case.money_decimals", "case.not_a_number", "case.too_large"}
    codes |= {"case.too_many_decimals"}
    for lang in ("sv", "en"):
        words = tomllib.loads((tree.SOURCE / "exchange" / f"words.{lang}.toml").read_text())
        assert sorted(code for code in codes if code.split(".")[1] not in words["case"]) == []


def values_of(fact):
    day = st.dates(date(1970, 1, 1), date(2100, 1, 1))
    text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Nd", "No", "Nl"]), max_size=20)
    money = st.integers(fact.min or 0, 10**14).map(lambda cents: f"{cents // 100}.{cents % 100:02}")
    moment = st.dates().map(lambda day: datetime.fromisoformat(f"{day.isoformat()}T10:30:05"))
    return {
        "bool": st.booleans(),
        "int": st.integers(fact.min or 0, 10**12),
        "decimal": money,
        "date": st.one_of(day, day.map(date.isoformat)),
        "datetime": st.one_of(moment, moment.map(datetime.isoformat).filter(lambda text: len(text) >= 16)),
        "enum": st.sampled_from(fact.values or ("",)),
        "text": {"country": st.sampled_from(["SE", "DE"]), "currency": st.sampled_from(["SEK", "EUR"])}.get(
            fact.format or "", text
        ),
    }[fact.type]


def record_of(kind):
    facts = small.VOCABULARY.kinds[kind].facts.values()
    free = [fact for fact in facts if fact.kind == "observed" and not fact.refers_to and fact.format != "record"]
    return st.fixed_dictionaries({}, optional={fact.name: values_of(fact) for fact in free})


@st.composite
def cases(draw):
    kinds = draw(st.lists(st.sampled_from(["participant", "meal", "cost_line", "document"]), unique=True))
    parts = {kind: draw(st.lists(record_of(kind), max_size=3)) for kind in kinds}
    said = {kind: draw(st.sampled_from([{}, {"complete": True}, {"total": 3}])) for kind in kinds}
    judgements = [judged("fair_assessed", draw(st.booleans()))] if draw(st.booleans()) else []
    return small.plain(collaboration=draw(record_of("collaboration")), records=said, judgement=judgements, **parts)


@settings(max_examples=150, deadline=None, database=None)
@given(cases())
def test_a_case_that_is_written_and_read_again_is_the_same_case(raw):
    case = read_case(raw, small.VOCABULARY)
    again = read_case(dump_case(case, small.VOCABULARY), small.VOCABULARY)
    assert dump_case(again, small.VOCABULARY) == dump_case(case, small.VOCABULARY)
    assert (again.title, again.phase, again.starts_on, again.ends_on) == (
        case.title,
        case.phase,
        case.starts_on,
        case.ends_on,
    )
    assert (again.collaboration, again.judgements) == (case.collaboration, case.judgements)
    assert all(again.listing(kind) == case.listing(kind) for kind in case.records)


def test_a_written_case_holds_only_what_json_holds():
    case = small.case(
        collaboration={
            "budget": "3",
            "opens_at": datetime.fromisoformat("2026-02-03T10:30:05"),
            "signed_on": "2026-02-03",
        },
        participant=[{"fed": True}],
        records={"participant": {"complete": True, "total": 3}, "meal": {}},
        judgement=[judged("fair_assessed", False)],
    )
    assert dump_case(case, small.VOCABULARY) == {
        "schema": "tillit.case/1",
        "case": {"title": "Ett fall", "phase": "planned", "starts_on": "2026-03-12", "ends_on": "2026-03-12"},
        "collaboration": {
            "branch": "pharma",
            "budget": "3.00",
            "opens_at": "2026-02-03T10:30:05",
            "signed_on": "2026-02-03",
        },
        "records": {"participant": {"complete": True, "total": 3}},
        "participant": [{"id": "1", "fed": True}],
        "judgement": [
            {
                "fact": "fair_assessed",
                "record": "collaboration",
                "value": False,
                "by": "verksamhetschef",
                "on": "2026-02-20",
                "why": "Så.",
            }
        ],
    }
