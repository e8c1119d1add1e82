"""Which questions are asked: those that can change the answer, and no other. What is typed, pasted and judged."""

from datetime import date
from typing import Any

import pytest

from tests.numbers import PERSONAL_NUMBER
from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.facts import Case
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.values import MEETS, OUTCOMES
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import examples
from tillit.exchange.guide import CHILDREN, GROUPS, WHOLE, relevant
from tillit.exchange.guide_form import Listing, Row, of_case, posted
from tillit.exchange.guide_judge import judged, made, withdrawn
from tillit.exchange.guide_news import decided, fallen, kind_advice, kind_help
from tillit.exchange.guide_paste import pasted, put_in
from tillit.exchange.guide_save import saved, without
from tillit.exchange.guide_typed import read, typed
from tillit.exchange.guide_walk import walk

DAY = date(2026, 3, 1)


def case(collaboration=None, records=None, phase="planned", **lists):
    plain = {
        "schema": "tillit.case/1",
        "case": {"title": "prov", "phase": phase, "starts_on": "2026-03-12"},
        "collaboration": collaboration or {},
        "records": records or {},
        **lists,
    }
    return read_case(plain, vocabulary())


def plain_of(case: Case) -> dict[str, Any]:
    return dump_case(case)


def guide(*args, **kwargs):
    return relevant(case(*args, **kwargs), as_of=DAY)


def whole(*kinds):
    return {kind: {"complete": True} for kind in kinds or CHILDREN}


# ---- what is asked


def test_at_first_every_group_asks_something_and_nothing_has_fallen_away():
    first = guide()
    assert all(first.remaining_in(group) for group in GROUPS)
    assert first.remaining == sum(first.remaining_in(group) for group in GROUPS)
    assert first.dropped == ()


def test_a_fact_that_cannot_change_the_answer_is_not_asked_for_and_the_answer_that_made_it_so_is_named():
    asked, spared = guide(), guide({"industry_offers_meal": False})
    assert asked.asks("meal", WHOLE)
    assert not spared.asks("meal", WHOLE)
    told = {(each.kind, each.name): each.because for each in spared.dropped}
    assert ("collaboration", "industry_offers_meal") in told[("meal", WHOLE)]
    said = next(each for each in fallen(spared, "sv") if "måltider" in each.question)
    assert said.because == ("Bjuder industrin på mat eller dryck? nej",)


def test_the_second_question_of_an_exception_waits_for_the_first():
    flying = guide(records=whole(), leg=[{"id": "l1", "flight": True, "cabin": "business"}])
    at_home = guide(records=whole(), leg=[{"id": "l1", "flight": False}])
    near = guide(records=whole(), leg=[{"id": "l1", "flight": True, "cabin": "business", "outside_europe": False}])
    assert ("leg:l1", "journey_hours") in flying.matters
    assert not at_home.asks("leg", "cabin")
    assert not near.asks("leg", "journey_hours")


def test_a_cell_is_asked_of_the_record_that_it_matters_for_and_of_no_other():
    found = guide(
        {"industry_offers_meal": True},
        whole(),
        participant=[{"id": "plats", "mode": "on_site"}, {"id": "distans", "mode": "remote"}],
    )
    assert ("participant:distans", "meal_offered") in found.matters
    assert ("participant:plats", "meal_offered") not in found.matters


def test_outside_the_rules_nothing_is_asked():
    found = guide({"company_branch": "other"})
    assert found.remaining == 0
    assert len(found.dropped) > 20


def test_when_everything_is_answered_nothing_is_left():
    assert relevant(examples.case_of("radgivande-grupp"), as_of=DAY).remaining == 0


def test_what_only_informs_is_kept_apart():
    found = guide()
    assert ("collaboration", "tax_informed") in found.informs
    assert not found.asks("collaboration", "tax_informed")


@pytest.mark.parametrize("slug", list(examples.index()))
def test_taking_away_an_answer_that_decided_something_asks_for_it_again(slug):
    """The other way round from what the traces say: a fact whose absence leaves an outcome open must be asked for."""
    full = examples.case_of(slug)
    before = {(each.rule.id, each.record): each.outcome for each in check_case(full, as_of=DAY).findings}
    plain = plain_of(full)
    for name in list(plain["collaboration"]):
        less = {**plain, "collaboration": {key: said for key, said in plain["collaboration"].items() if key != name}}
        poorer = read_case(less, vocabulary())
        after = check_case(poorer, as_of=DAY)
        changed = any(
            before[each.rule.id, each.record] != each.outcome and each.outcome > MEETS
            for each in after.findings
            if each.rule.modality != "upplysning"
        )
        if changed:
            assert relevant(poorer, as_of=DAY).asks("collaboration", name), name


@pytest.mark.parametrize("slug", list(examples.index()))
def test_a_question_that_is_not_asked_changes_nothing_whatever_its_answer(slug):
    plain = plain_of(examples.case_of(slug))
    own = vocabulary().kinds["collaboration"].facts
    for name, fact in own.items():
        if fact.type != "bool" or fact.kind != "observed":
            continue
        less = {**plain, "collaboration": {key: said for key, said in plain["collaboration"].items() if key != name}}
        if relevant(read_case(less, vocabulary()), as_of=DAY).asks("collaboration", name):
            continue
        found = {
            OUTCOMES[
                check_case(
                    read_case({**less, "collaboration": {**less["collaboration"], name: said}}, vocabulary()),
                    as_of=DAY,
                ).outcome()
            ]
            for said in (True, False)
        }
        assert len(found) == 1, name


def test_to_judge_gathers_the_records_of_a_kind():
    found = relevant(examples.case_of("lunchseminarium"), as_of=DAY)
    assert ("meal", "moderate_assessed", ("meal:lunch", "meal:kupong")) in found.to_judge


def test_what_was_just_decided_is_told_the_breach_first():
    before = case({"company_branch": "pharma", "care_provider": "region"})
    after = case({"company_branch": "pharma", "care_provider": "region", "companions_allowed": True})
    news = decided(check_case(before, as_of=DAY), check_case(after, as_of=DAY), "sv")
    assert [each.outcome for each in news] == ["breach"]


def test_every_kind_is_explained_in_both_languages_and_told_from_its_neighbours():
    kinds = vocabulary().kinds["collaboration"].facts["kind"].values
    assert set(kind_help("sv")) == set(kind_help("en")) == set(kinds)
    assert len(kind_advice("sv")) == len(kind_advice("en")) > 5


# ---- fields


@pytest.mark.parametrize("slug", list(examples.index()))
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_every_example_put_into_fields_and_read_back_is_the_same_case(slug, lang):
    plain = plain_of(examples.case_of(slug))
    sheet = of_case(plain, lang)
    again, slips = saved(plain, sheet, lang)
    full, back = examples.case_of(slug), read_case(again, vocabulary())
    assert slips == []
    assert (back.collaboration, back.judgements) == (full.collaboration, full.judgements)
    for kind in CHILDREN:
        assert back.listing(kind).records == full.listing(kind).records
        assert back.listing(kind).unlisted == full.listing(kind).unlisted


def fact(kind, name):
    return vocabulary().kinds[kind].facts[name]


def test_a_country_may_be_written_by_name():
    assert read("Danmark", fact("participant", "works_in"), "sv") == ("DK", None)
    assert read("United Kingdom", fact("participant", "works_in"), "sv") == ("GB", None)


def test_money_reads_back_as_it_stands_in_the_field():
    price = fact("meal", "price_per_person")
    assert typed("1234.50", price, "sv") == "1234,50"
    assert read("1234,50", price, "sv") == ("1234.50", None)


@pytest.mark.parametrize("name", ["price_per_person", "same_venue", "occasion", "starts_at", "currency"])
def test_a_personal_number_is_refused_in_a_field_of_any_sort(name):
    value, problem = read(PERSONAL_NUMBER, fact("meal", name), "sv")
    assert value is None
    assert problem is not None
    assert problem.code == "case.personal_number"


def post(**fields):
    return {key.replace("__", "."): value for key, value in fields.items()}


def test_a_renamed_record_takes_its_judgements_and_those_that_refer_to_it_along():
    plain = plain_of(examples.case_of("radgivande-grupp"))
    sheet = of_case(plain, "sv")
    row = next(row for row in sheet.listings["participant"].rows if row.was == "läkare")
    row.typed["id"] = "överläkare"
    lunch = sheet.listings["meal"].rows[0]
    lunch.typed["id"] = "middag"
    again, slips = saved(plain, sheet, "sv")
    renamed = read_case(again, vocabulary())
    assert slips == []
    assert {leg.values["traveller"] for leg in renamed.listing("leg").records} >= {"överläkare"}
    assert any(judgement.record == "meal:middag" for judgement in renamed.judgements)


def test_a_removed_record_takes_its_judgements_with_it_and_nothing_refers_to_it():
    plain = plain_of(examples.case_of("radgivande-grupp"))
    less = read_case(without(without(plain, "meal", "lunch"), "participant", "läkare"), vocabulary())
    assert not any(judgement.record == "meal:lunch" for judgement in less.judgements)
    assert all(leg.values.get("traveller") != "läkare" for leg in less.listing("leg").records)


def test_records_that_are_not_on_the_page_stay_as_they_are_and_in_their_order():
    plain = plain_of(examples.case_of("lunchseminarium"))
    fields = {"r.participant.here": "1", "r.participant.0.was": "läkare-4", "r.participant.0.employer_approval": "yes"}
    again, slips = saved(plain, posted(fields), "sv")
    assert slips == []
    assert [each["id"] for each in again["participant"]] == [each["id"] for each in plain["participant"]]
    assert next(each for each in again["participant"] if each["id"] == "läkare-4")["employer_approval"] is True


def test_the_same_answer_for_all_empty_ones_leaves_the_others():
    plain = dump_case(case(participant=[{"id": "a", "invited": False}, {"id": "b"}]))
    fields = {"r.participant.here": "1", "r.participant.all.invited": "yes"}
    fields |= {"r.participant.0.was": "a", "r.participant.0.invited": "no"}
    fields |= {"r.participant.1.was": "b", "r.participant.1.invited": ""}
    again, _ = saved(plain, posted(fields), "sv")
    assert [each["invited"] for each in again["participant"]] == [False, True]


@pytest.mark.parametrize(
    ("gate", "rows", "total", "wrong"),
    [
        ("none", ["a"], "", "gate"),
        ("all", [], "", "gate"),
        ("all", ["a", "b"], "1", "total"),
        ("more", ["a"], "1", "total"),
        ("more", [], "många", "total"),
    ],
)
def test_what_is_said_of_a_list_must_fit_what_stands_in_it(gate, rows, total, wrong):
    fields = {"r.meal.here": "1", "r.meal.gate": gate, "r.meal.total": total}
    fields |= {f"r.meal.{number}.id": own for number, own in enumerate(rows)}
    _, slips = saved(dump_case(case()), posted(fields), "sv")
    assert [slip.key for slip in slips] == [f"r.meal.{wrong}"]


# ---- pasting

ORDER = ["id", "side", "works_in", "mode", "invited", "companion", "employer_approval"]


def block(*lines):
    return "\r\n".join("\t".join(line) for line in lines)


def paste(text, kind="participant", order=ORDER, lang="sv"):
    return pasted(Listing(kind, paste=text), order, lang)


TWENTY = [
    (f"läkare-{number}", "vården", "Sverige" if number % 2 else "NO", "på plats", "Ja", "nej", "x")
    for number in range(1, 21)
]


def test_twenty_participants_without_headings_are_understood():
    found = paste(block(*TWENTY))
    assert found.slips == []
    assert len(found.rows) == 20
    assert found.rows[1].typed == {
        "id": "läkare-2",
        "side": "care",
        "works_in": "NO",
        "mode": "on_site",
        "invited": "yes",
        "companion": "no",
        "employer_approval": "yes",
    }


@pytest.mark.parametrize(
    "headings",
    [
        ("id", "employer_approval", "side"),
        ("Egen beteckning", "Har arbetsgivaren godkänt att personen deltar?", "Vilken sida hör personen till?"),
        ("ID", "Has the employer approved that the person takes part?", "Which side does the person belong to?"),
    ],
)
def test_headings_may_be_keys_or_questions_of_either_language_in_any_order(headings):
    known = vocabulary().kinds["participant"].facts
    english = tuple(known[name].question.en if name in known else name for name in ("id", "employer_approval", "side"))
    row = english if headings[0] == "ID" else headings
    found = paste(block(row, ("a", "no", "care"), ("b", "yes", "industrin")))
    assert found.slips == []
    assert [row.typed["side"] for row in found.rows] == ["care", "industry"]


def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_taken():
    lines = [*TWENTY]
    lines[6] = ("läkare-7", "vården", "SE", "i tankarna", "ja", "nej", "ja")
    found = paste(block(*lines))
    assert len(found.slips) == 1
    assert found.slips[0].place == "Rad 7, Hur deltar personen?"
    assert "i tankarna" in found.slips[0].says


def test_a_personal_number_in_a_pasted_block_is_refused_and_not_repeated():
    found = paste(block((PERSONAL_NUMBER, "vården"), ("b", "vården")))
    assert "Rad 1" in found.slips[0].place
    assert "1212" not in found.slips[0].says


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (block(("id", "side")), "bara rubriker"),
        (block(("id", "side", "skostorlek"), ("a", "care", "42")), "skostorlek"),
        (block(("id", "side", "side"), ("a", "care", "care")), "två kolumner"),
        (block(tuple("abcdefghijklm")), "13 celler"),
    ],
)
def test_a_block_that_does_not_fit_is_refused_with_what_to_do(text, says):
    assert says in paste(text).slips[0].says


def test_a_pasted_row_with_a_known_id_fills_that_row_in():
    listing = Listing("participant", rows=[Row("a", {"id": "a", "side": "care", "mode": ""}), Row()])
    put_in(listing, [Row("", {"id": "a", "mode": "remote"}), Row("", {"id": "b", "mode": "on_site"})])
    assert [(row.was, row.typed["mode"]) for row in listing.rows] == [("a", "remote"), ("", "on_site")]


# ---- judging


def judging(**fields):
    full = examples.case_of("lunchseminarium")
    plain = plain_of(full)
    return judged(plain, relevant(full, as_of=DAY), fields, today=DAY, lang="sv")


WHO = {"j.by": "verksamhetschef", "j.on": "2026-03-01"}
SAME = {"j.v.meal.moderate_assessed": "yes", "j.w.meal.moderate_assessed": "En smörgås."}


def test_one_judgement_of_all_records_is_recorded_of_each():
    plain, slips = judging(**WHO, **SAME)
    new = [each for each in plain["judgement"] if each["fact"] == "moderate_assessed" and each["why"] == "En smörgås."]
    assert slips == []
    assert [each["record"] for each in new] == ["meal:lunch", "meal:kupong"]


def test_a_records_own_judgement_goes_before_that_of_all():
    own = {"j.v.meal:kupong.moderate_assessed": "no", "j.w.meal:kupong.moderate_assessed": "För dyr."}
    plain, _ = judging(**WHO, **SAME, **own)
    found = {each["record"]: each["value"] for each in plain["judgement"] if each["fact"] == "moderate_assessed"}
    assert found == {"meal:lunch": True, "meal:kupong": False}


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"j.by": ""}, "j.by"),
        ({"j.by": PERSONAL_NUMBER}, "j.by"),
        ({"j.on": ""}, "j.on"),
        ({"j.on": "2026-03-02"}, "j.on"),
        ({"j.on": "i går"}, "j.on"),
        ({"j.w.meal.moderate_assessed": " "}, "j.w.meal.moderate_assessed"),
    ],
)
def test_a_judgement_without_who_when_or_why_is_not_recorded(changed, key):
    plain, slips = judging(**{**WHO, **SAME, **changed})
    assert [slip.key for slip in slips] == [key]
    assert "En smörgås." not in str(plain)


def test_a_judgement_can_be_withdrawn_and_made_again():
    plain, _ = judging(**WHO, **SAME)
    numbers = next(each.numbers for each in made(plain, "sv") if each.why == "En smörgås.")
    less, again = withdrawn(plain, numbers)
    assert "En smörgås." not in str(less)
    assert again["j.w.meal.moderate_assessed"] == "En smörgås."
    assert judging(**again)[0] == plain


# ---- the way


def test_a_step_goes_on_past_groups_that_ask_nothing():
    first = walk(
        {
            "from": "start",
            "case.title": "prov",
            "case.phase": "planned",
            "case.starts_on": "12 mars 2026",
            "q.kind": "gift",
            "go": "next",
        },
        "what",
        as_of=DAY,
        lang="sv",
    )
    assert (first.step, first.slips) == ("what", [])
    assert first.case is not None
    from tillit.exchange.written import as_json

    sent = {"from": "what", "case": as_json(first.case), "q.company_branch": "other", "go": "next"}
    assert walk(sent, "who", as_of=DAY, lang="sv").step == "answer"


def test_an_answer_that_opens_a_question_on_the_same_page_keeps_the_page():
    from tillit.exchange.written import as_json

    text = as_json(case({"company_branch": "other", "care_provider": "region"}))
    shown = walk(
        {"from": "what", "case": text, "q.company_branch": "pharma", "go": "next"}, "who", as_of=DAY, lang="sv"
    )
    assert shown.step == "what"
    assert shown.opened >= 2
