"""Every code that the core can give has its sentence, made from what a deviation stores, in both languages."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from tests.core.indicators import figures
from tests.partnering import there
from tillit.apps.followup.sentences import SENTENCES, line_told, mark_of, sentence
from tillit.apps.followup.sentences.facts_told import FACTS, facts_told
from tillit.apps.followup.sentences.figures import figure, share
from tillit.apps.followup.sentences.rules_told import RULES_TOLD, remedy, rule_told
from tillit.apps.followup.sentences.seen import Seen
from tillit.core.indicators import forecast, late, measured_share, quality, review, rubric, spc, standing, verdict
from tillit.core.indicators.deviation import RULES
from tillit.core.indicators.effect_logic import Edge, Logic, Node
from tillit.core.indicators.facts import facts_of
from tillit.core.indicators.forecast import Asked
from tillit.core.indicators.gaps import Around, Attached
from tillit.core.indicators.late import Report, Reporting
from tillit.core.indicators.measured_share import Counted
from tillit.core.indicators.path import Baseline, Path, Target
from tillit.core.indicators.periods import read_period
from tillit.core.indicators.quality import Reported
from tillit.core.indicators.review import Reviewed
from tillit.core.indicators.rubric import Rated, Raters
from tillit.core.indicators.spc import Charted
from tillit.core.indicators.standing import Observed
from tillit.core.indicators.verdict import D1_STATES, D3_STATES, Line, Stated, line

DAY = date(2028, 1, 1)
UP = Path("up", Baseline(date(2026, 1, 1), Decimal(40)), (Target(date(2030, 1, 1), Decimal(100)),))
BAND = Path("range", UP.baseline, (Target(date(2030, 1, 1), low=Decimal(10), high=Decimal(20)),))
GROWS = tuple(map(Decimal, (40, 43, 44, 48, 49, 53, 54, 58)))
OWN = tuple(map(Decimal, figures.OWN.split()))
STILL = tuple(map(Decimal, (10, 12) * 7))
LATEST = tuple(map(Decimal, (10, 11, 9, 10, 12, 10, 11)))


def quarters(*texts, submitted=True, approved=True):
    found = []
    for text in texts:
        period = there(read_period(text))
        day = period.end if submitted else None
        found.append(Report(period, day, day if approved else None))
    return tuple(found)


def asked_for(today, *reports, **more):
    return Reporting("quarter", date(2027, 1, 1), today, tuple(reports), **more)


YEAR = quarters("2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4")
LOGIC = Logic(
    (
        Node("A", "activity", owner="x", area="Hjärta"),
        Node("P", "output", owner="x"),
        Node("K", "short_effect", "g", "x"),
    ),
    (Edge("A", "P", "så"), Edge("P", "K", "så")),
)
JUDGED = {
    "D1": [
        Observed(UP, Decimal(70), DAY),
        Observed(UP, Decimal(90), DAY),
        Observed(UP, Decimal(65), DAY),
        Observed(UP, Decimal(58), DAY),
        Observed(UP, Decimal(58), DAY, date(2029, 7, 1)),
        Observed(BAND, Decimal(15), DAY),
        Observed(BAND, Decimal(30), DAY),
        Observed(replace(UP, targets=()), Decimal(58), DAY),
        Observed(replace(UP, baseline=None), Decimal(58), DAY),
        Observed(UP, None, DAY),
        Observed(UP, Decimal(58), date(2025, 1, 1)),
        Observed(replace(UP, targets=(Target(date(2030, 1, 1), Decimal(40)),)), Decimal(58), DAY),
        Observed(
            replace(
                UP,
                baseline=Baseline(date(2026, 1, 1), Decimal(0)),
                targets=(Target(date(2030, 1, 1), Decimal(9), "geometric"),),
            ),
            Decimal(5),
            DAY,
        ),
    ],
    "D2": [
        asked_for(date(2028, 2, 10), *YEAR),
        asked_for(date(2028, 2, 10), *YEAR[:3]),
        asked_for(date(2028, 2, 10), *YEAR[:2]),
        asked_for(date(2028, 2, 10), *YEAR[1:]),
        asked_for(date(2028, 2, 10), *YEAR[:3], *quarters("2027-Q4", approved=False)),
        asked_for(date(2028, 2, 10), has_started=False),
        asked_for(date(2027, 2, 10)),
    ],
    "D3": [
        Charted(STILL, "up"),
        Charted(OWN, "down"),
        Charted(OWN, "up"),
        Charted(OWN, "neutral"),
        Charted((*STILL, Decimal(99)), "neutral"),
        Charted((*STILL[:8], Decimal(99)), "down"),
        Charted(STILL[:3], "up"),
        Charted((Decimal(5),) * 12, "up"),
    ],
    "D4": [
        Asked(GROWS, Decimal(79), 16, "up"),
        Asked(GROWS, Decimal(82), 16, "up"),
        Asked(GROWS, Decimal(100), 16, "up"),
        Asked(OWN, Decimal(100), 26, "down"),
        Asked(GROWS[:3], Decimal(100), 16, "up"),
        Asked(GROWS, Decimal(100), 40, "up"),
        Asked(GROWS, Decimal(100), 4, "up"),
    ],
    "D5": [
        Rated((3, 3), 3),
        Rated((3, 3), 4),
        Rated((3, 3), 2),
        Rated((3, 3), 1),
        Rated((3, 3), 1, floor=2),
        Rated((), 1),
    ],
    "D5.raters": [Raters((3, 3, 2)), Raters((0, 2, 4)), Raters((2,)), Raters(())],
    "D6": [Counted(9, 10), Counted(6, 10), Counted(1, 10), Counted(0, 0)],
    "D7": [
        Reviewed(LOGIC, Around(DAY, indicators=(Attached("i", "K", has_recent=True),))),
        Reviewed(replace(LOGIC, nodes=(*LOGIC.nodes[:2], replace(LOGIC.nodes[2], goal=None))), Around(DAY)),
        Reviewed(Logic((Node("L", "benefit"),), ()), Around(DAY)),
    ],
    "D14": [
        Reported(LATEST, Decimal(11)),
        Reported((), Decimal(11)),
        Reported(LATEST, Decimal(30)),
        Reported((Decimal(10),), Decimal(100)),
        Reported((), Decimal(10), revises=Decimal(20)),
        Reported((Decimal(3),) * 3, Decimal(3)),
        Reported((), Decimal(3), parts=(Decimal(1), Decimal(1))),
        Reported((), Decimal(3), high=Decimal(1)),
        Reported(LATEST, Decimal(100), high=Decimal(50)),
    ],
    "D15": [
        Stated(*each, points)
        for each in product(D1_STATES, D3_STATES, ("meets_steadily", "hit_or_miss", "misses_steadily", None))
        for points in (19, 9, None)
    ],
}
CODES = {
    "D1": [
        standing.ON_PATH, standing.AHEAD, standing.BEHIND, standing.FAR_BEHIND, standing.NOT_YET_EXPECTED,
        standing.NO_TARGET, standing.NO_BASELINE, standing.NO_VALUE, standing.BEFORE_BASELINE,
        standing.TARGET_IS_BASELINE, standing.NO_GEOMETRY,
    ],
    "D2": [late.IN_TIME, late.LATE, late.MISSING_TWICE, late.INCOMPLETE, late.NOT_STARTED, late.NOTHING_EXPECTED],
    "D3": [spc.CHANCE, spc.TOO_FEW, spc.NO_VARIATION, "improvement", "worsening", "high", "low"],
    "D4": [
        forecast.MEETS, forecast.NEAR, forecast.MISSES, forecast.UNSURE, forecast.TOO_FEW, forecast.TOO_FAR,
        forecast.PASSED,
    ],
    "D5": [rubric.KEPT, rubric.RISEN, rubric.DROPPED, rubric.BELOW_FLOOR, rubric.NO_EARLIER],
    "D5.raters": [rubric.AGREE, rubric.DISAGREE, rubric.ONE_RATER, rubric.NOBODY],
    "D6": [measured_share.ENOUGH, measured_share.FEW, measured_share.TOO_FEW, measured_share.NO_GOALS],
    "D7": [review.CANNOT_BE_ADOPTED, review.HAS_GAPS, review.NO_GAPS],
    "D14": [
        quality.SOUND, quality.TOO_FEW, quality.FAR_OFF, quality.UNIT_JUMP, quality.REVISED, quality.STUCK,
        quality.PARTS_DIFFER, quality.OUT_OF_LIMITS,
    ],
    "D15": [
        verdict.CHANGED, verdict.UNUSUAL, verdict.BETTER, verdict.OUTSIDE_SYSTEM, verdict.TOO_SLOW,
        verdict.CANNOT_REACH, verdict.BEHIND, verdict.STABLE, verdict.SOMETIMES, verdict.ON_PATH,
        "not_assessable", "not_yet_expected", "no_target",
    ],
}  # fmt: skip


def told(rule):
    """Return what is said of each example of a rule, by code: in Swedish and in English."""
    found: dict[str, Any] = {}
    for each in JUDGED[rule]:
        result = RULES[rule].judge(each, RULES[rule].thresholds())
        stored = (rule, result.code, facts_of(result), facts_of(each), "dagar")
        swedish = sentence(*stored)
        with translation.override("en"):
            found.setdefault(result.code, []).append((swedish, sentence(*stored)))
    return found


@pytest.mark.parametrize("rule", RULES)
def test_every_code_of_a_rule_is_told_in_both_languages(rule):
    found = told(rule)
    assert sorted(found) == sorted(CODES[rule])
    for swedish, english in (each for pairs in found.values() for each in pairs):
        assert swedish[0].isupper() or swedish[0].isdigit()
        assert "%(" not in swedish + english
        assert "None" not in swedish
        assert swedish != english


def test_every_rule_has_its_sentences():
    assert set(SENTENCES) == set(RULES) == set(CODES)


def said(rule, judged, unit=""):
    result = RULES[rule].judge(judged, RULES[rule].thresholds())
    return sentence(rule, result.code, facts_of(result), facts_of(judged), unit)


@pytest.mark.parametrize(
    ("rule", "judged", "text"),
    [
        ("D1", JUDGED["D1"][3], "Värdet är 58 dagar, planen är 70 dagar: långt efter planen med 19,9 % av vägen till målet."),  # noqa: E501
        ("D1", JUDGED["D1"][6], "Värdet är 30 dagar, utanför spannet 10 till 20 dagar med 100 % av dess bredd."),
        ("D2", JUDGED["D2"][1], "Rapporten för kvartal 4 2027 är 11 dagar sen."),
        ("D2", JUDGED["D2"][2], "Flera rapporter i rad saknas: kvartal 3 2027, kvartal 4 2027."),
        ("D3", JUDGED["D3"][1], "Det har blivit bättre: det senaste värdet, 115 dagar, ligger under den nedre gränsen."),  # noqa: E501
        ("D4", JUDGED["D4"][2], "Prognosen är 79,7 dagar, mellan 77,2 och 82,3 dagar: målet 100 dagar nås inte i den takten."),  # noqa: E501
        ("D5", JUDGED["D5"][3], "Nivån är 1, två steg sämre än nivå 3, som den brukar ligga på."),
        ("D6", Counted(7, 12), "Bara 7 av 12 mål går att mäta (58,3 %)."),
        ("D14", JUDGED["D14"][2], "Värdet 30 dagar behöver bekräftas: det ligger långt från de senaste."),
    ],
)  # fmt: skip
def test_a_sentence_says_what_was_seen(rule, judged, text):
    assert said(rule, judged, "dagar") == text


@pytest.mark.parametrize(
    ("stated", "text", "mark"),
    [
        (Stated("green", "chance", "meets_steadily", 12), "Stabilt och på väg – ingen åtgärd", "meets"),
        (
            Stated("green", "chance", "hit_or_miss", 12),
            "Målet nås ibland – förändra arbetssättet, jaga inte enskilda värden",
            "meets",
        ),
        (
            Stated("red", "chance", "misses_steadily", 12),
            "Systemet kan inte nå målet – beslut om åtgärd eller mål",
            "breach",
        ),
        (Stated("red", "worsening", None, 12), "Något har ändrats – utred orsak", "breach"),
        (Stated("yellow", "improvement", None, 12), "Rätt riktning, för långsamt – se prognos", "judge"),
        (
            Stated("not_assessable", None, None, 3, date(2028, 12, 31)),
            "För få värden (3/12) – nästa bedömning 2028-12-31",
            "undecided",
        ),
        (Stated("not_assessable", None, None, 3), "För få värden (3/12)", "undecided"),
        (Stated("not_assessable"), "Går inte att bedöma än", "undecided"),
        (Stated("green", None, None, 9), "Preliminärt (9/12): på väg", "meets"),
        (Stated("green", "improvement", None, 12), "På väg och bättre", "meets"),
        (Stated("yellow", None, None, 5), "Preliminärt (5/12): efter plan, utan säker förändring", "judge"),
    ],
)
def test_the_line_for_the_board_has_the_words_of_the_model(stated, text, mark):
    found = line_told(line(stated))
    assert (found.says, found.mark) == (text, mark)


def test_a_share_is_read_as_percent_where_its_unit_says_so():
    half = replace(UP, baseline=Baseline(date(2026, 1, 1), Decimal("0.4")), targets=(Target(DAY, Decimal("0.7")),))
    judged = Observed(half, Decimal("0.5"), DAY)
    result = RULES["D1"].judge(judged, None)
    text = sentence("D1", result.code, facts_of(result), facts_of(judged), "%", percent=True)
    assert text == "Värdet är 50 %, planen är 70 %: långt efter planen med 66,6 % av vägen till målet."


def test_a_plan_has_one_decimal_more_than_what_is_stated_and_a_value_on_the_wrong_side_of_its_start_is_said_to_be():
    start = Baseline(date(2026, 8, 31), Decimal(4))
    aim = Target(date(2028, 12, 31), Decimal(3))
    judged = Observed(replace(UP, baseline=start, targets=(aim,), direction="down"), Decimal(5), date(2026, 10, 31))
    result = RULES["D1"].judge(judged, None)
    assert sentence("D1", result.code, facts_of(result), facts_of(judged), "dagar") == (
        "Värdet är 5 dagar, planen är 3,9 dagar: långt efter planen med 107 % av vägen till målet."
        " Det är sämre än utgångsvärdet, 4 dagar."
    )


def test_a_step_after_a_level_is_a_word_so_that_it_is_not_read_as_a_decimal():
    assert said("D5", Rated((3, 3), 2)) == "Nivån är 2, ett steg sämre än nivå 3, som den brukar ligga på."
    assert said("D5", Rated((3, 3), 4)) == "Nivån är 4, ett steg bättre än nivå 3, som den brukar ligga på."


def test_where_enough_values_are_there_the_reason_is_told_and_not_that_they_are_too_few():
    unjudged = line(Stated("not_assessable", None, None, 15))
    assert line_told(unjudged).says == "Går inte att bedöma än"
    assert line_told(unjudged, "no_baseline").says == "Går inte att bedöma: utgångsvärdet saknas."
    few = line(Stated("not_assessable", None, None, 0, DAY))
    assert line_told(few, "no_value").says == "För få värden (0/12) – nästa bedömning 2028-01-01"


def test_what_is_not_known_never_wears_the_mark_of_what_is_well():
    assert mark_of("not_assessable", "data_quality")[0] == "undecided"
    assert mark_of("info", "data_quality")[0] == "undecided"
    assert mark_of("red", "data_quality")[0] == "breach"
    assert mark_of("info", "improvement") == ("meets", "bättre")
    assert mark_of("yellow", "improvement")[0] == "judge"
    assert line_told(Line("not_assessable", "not_assessable", "data_quality", False)).mark == "undecided"


def test_figures_are_written_as_in_the_language_of_the_page():
    assert figure("1234.5").replace("\xa0", " ") == "1 234,5"
    assert figure("69.9794661") == "70"
    assert figure("3.928571") == "3,93"
    assert figure("116.3142") == "116,3"
    assert figure("0.118765") == "0,119"
    assert figure("123456.789").replace("\xa0", " ") == "123 457"
    assert figure("-3.10") == "-3,1"
    assert (share("-0.19966"), share("1"), share("-1.0714"), share(None)) == (
        "19,9 %",
        "100 %",
        "107 %",
        "uppgift saknas",
    )
    with translation.override("en"):
        assert figure("1234.5") == "1,234.5"


UNKEPT = {("D3", "too_few"), ("D3", "no_variation"), ("D4", "too_few"), ("D4", "too_far"), ("D4", "target_passed")}
"""Findings that are no deviations, and have no page."""


@pytest.mark.parametrize("rule", RULES)
def test_what_a_finding_rests_on_is_a_table_in_both_languages(rule):
    for each in JUDGED[rule]:
        result = RULES[rule].judge(each, RULES[rule].thresholds())
        if (rule, result.code) in UNKEPT:
            continue
        seen = Seen(result.code, facts_of(result), facts_of(each), "dagar")
        rows = facts_told(rule, seen)
        assert rows or result.code == "no_gaps"
        assert all(name and text for name, text in rows)
        with translation.override("en"):
            english = facts_told(rule, seen)
        assert len(english) == len(rows)
        assert not rows or [name for name, _ in english] != [name for name, _ in rows]


def test_the_facts_of_a_value_behind_its_plan_are_read_with_units():
    judged = JUDGED["D1"][3]
    result = standing.standing(judged)
    rows = dict(facts_told("D1", Seen(result.code, facts_of(result), facts_of(judged), "dagar")))
    assert rows["Utgångsvärde"] == "40 dagar (2026-01-01)"
    assert rows["Målvärde"] == "100 dagar (2030-01-01)"
    assert rows["Planen den dagen"] == "70 dagar"
    assert rows["Försprång, andel av hela vägen"] == "−19,9 %"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_what_it_says_and_what_to_do_in_both_languages(rule):
    params = facts_of(RULES[rule].thresholds())
    said = [rule_told(rule, params), *(remedy(rule, code, "worsening") for code in CODES[rule])]
    with translation.override("en"):
        english = [rule_told(rule, params), *(remedy(rule, code, "worsening") for code in CODES[rule])]
    for swedish, translated in zip(said, english, strict=True):
        assert swedish != translated
        assert "%(" not in swedish + translated
    assert remedy(rule, "x", "improvement") != remedy(rule, "x", "worsening")
    assert set(RULES_TOLD) == set(FACTS) == set(RULES)
