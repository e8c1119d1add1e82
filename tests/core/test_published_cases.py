"""The seven published cases come out as the bodies that decided them reasoned (shared/requirements/published-cases.md).

`exchange/examples.toml` says of each file which case it tells and in which state: `before` the judgement, `after` it as
the body judged, `decided` outright by what is recorded, or `holds`: the same thing set right.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

import pytest

from tillit.core.rulebook.editions import edition
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE
from tillit.exchange import casefile

AS_OF = date(2026, 11, 23)
BODY = "granskningsnämnden, i det avgjorda fallet"
READS_OUTCOMES = {"grundregel.foretaget", "grundregel.varden", "grundregel.erbjudandet", "grundregel.begaran"}


@dataclass(frozen=True)
class Decided:
    """What a body decided: acceptable or not, and the rules it turned on, each with the judgement word, if any."""

    acceptable: bool
    turns_on: dict[str, str | None]


MEAL_MAIN_AND_SOCIAL: dict[str, str | None] = {
    "maltider.mattfull": "professional_main_assessed",
    "sociala-aktiviteter.finansiering": "social_assessed",
}
DECIDED = {
    "A": Decided(False, MEAL_MAIN_AND_SOCIAL),
    "B": Decided(False, MEAL_MAIN_AND_SOCIAL),
    "C": Decided(False, {"medfoljande.arrangemanget": None, "sociala-aktiviteter.finansiering": "social_assessed"}),
    "D": Decided(False, {"ort-och-lokal.fritidsort": "justified_assessed"}),
    "E": Decided(
        True, {"ort-och-lokal.rimlig": "reasonable_assessed", "ort-och-lokal.fritidsort": "exclusive_assessed"}
    ),
    "F": Decided(False, {"serviceinformation.arbetsplatsen": "leaving_reasoned_assessed"}),
    "G": Decided(False, {"proportionalitet.ersattning": None, "godkannande.arbetsgivare": None}),
}
ALSO_BY_PART_TWO = {"sammankomster.programmet"}
"""What part two asks of the same judgement word; compiled from public pages, so it never says breach."""
COMPILED = {rule.id for rule in edition("specifikation/3.0").rules if rule.certainty != "seed"}
FOLDER = files("tillit") / "exempel"
TOLD = [
    (each["published"]["case"], each["published"]["state"], each["file"])
    for each in tomllib.loads((files("tillit.exchange") / "examples.toml").read_text("utf-8"))["example"]
    if "published" in each
]
UNACCEPTABLE = [each for each in TOLD if not DECIDED[each[0]].acceptable]
ACCEPTABLE = [each for each in TOLD if DECIDED[each[0]].acceptable]


def in_state(told, *states):
    return [pytest.param(letter, file, id=f"{letter}-{file}") for letter, state, file in told if state in states]


def case_in(file):
    return casefile.read(FOLDER.joinpath(file).read_bytes(), file)


def tried(file):
    return check_case(case_in(file), as_of=AS_OF)


def of_rule(check, rule):
    return [finding for finding in check.findings if finding.rule.id == rule]


def worst(check, rule):
    return max((finding.outcome for finding in of_rule(check, rule)), default=NOT_APPLICABLE)


def states_of(letter):
    return sorted(state for case, state, _ in TOLD if case == letter)


@pytest.mark.parametrize("letter", DECIDED)
def test_each_case_is_told_as_decided_and_beside_one_that_holds(letter):
    turns_on_words = None not in DECIDED[letter].turns_on.values()
    shown = ["after", "before"] if turns_on_words else ["decided"]
    assert states_of(letter) == (shown if DECIDED[letter].acceptable else sorted([*shown, "holds"]))


@pytest.mark.parametrize(("letter", "file"), in_state(UNACCEPTABLE, "before", "after", "decided"))
def test_what_a_body_did_not_accept_never_meets(letter, file):
    check = tried(file)
    assert check.outcome() in (JUDGE, BREACH)
    for rule in DECIDED[letter].turns_on:
        assert worst(check, rule) in (JUDGE, BREACH)


@pytest.mark.parametrize(("letter", "file"), in_state(TOLD, "before"))
def test_before_the_judgement_the_deciding_word_is_asked_for_and_nothing_else_is_open(letter, file):
    check = tried(file)
    assert check.outcome() == JUDGE
    for rule, word in DECIDED[letter].turns_on.items():
        asked = {name for finding in of_rule(check, rule) for name in finding.missing}
        assert worst(check, rule) == JUDGE
        assert word in asked
    counted = {f.rule.id for f in check.findings if f.outcome > MEETS and f.rule.modality != "upplysning"}
    assert counted <= {*DECIDED[letter].turns_on, *READS_OUTCOMES, *ALSO_BY_PART_TWO}


@pytest.mark.parametrize(("letter", "file"), in_state(UNACCEPTABLE, "after", "decided"))
def test_judged_as_the_body_judged_the_rule_it_relied_on_is_broken_or_if_compiled_a_question(letter, file):
    check = tried(file)
    never_more_than_judge = DECIDED[letter].turns_on.keys() <= COMPILED
    assert check.outcome() == (JUDGE if never_more_than_judge else BREACH)
    for rule, word in DECIDED[letter].turns_on.items():
        broken = [each for each in of_rule(check, rule) if each.outcome == (JUDGE if rule in COMPILED else BREACH)]
        assert broken
        if word is not None:
            assert any(each.fact == word and each.by == BODY for finding in broken for each in finding.judgements)


@pytest.mark.parametrize(("letter", "file"), in_state(ACCEPTABLE, "before", "after"))
def test_what_a_body_accepted_is_never_a_breach(letter, file):
    assert all(f.outcome != BREACH for f in tried(file).findings if f.rule.modality != "upplysning")


@pytest.mark.parametrize(("letter", "file"), [*in_state(ACCEPTABLE, "after"), *in_state(UNACCEPTABLE, "holds")])
def test_what_was_accepted_and_what_is_set_right_meets(letter, file):
    check = tried(file)
    assert check.outcome() == MEETS
    for rule in DECIDED[letter].turns_on:
        assert worst(check, rule) in (MEETS, NOT_APPLICABLE)


@pytest.mark.parametrize(("letter", "file"), in_state(TOLD, "after"))
def test_only_the_body_s_judgement_parts_the_case_before_from_the_case_after(letter, file):
    case = case_in(file)
    without = replace(case, judgements=tuple(each for each in case.judgements if each.by != BODY))
    before = next(other for letter_, state, other in TOLD if (letter_, state) == (letter, "before"))
    told = {(f.rule.id, f.record, f.outcome) for f in tried(before).findings}
    assert {(f.rule.id, f.record, f.outcome) for f in check_case(without, as_of=AS_OF).findings} == told


@pytest.mark.parametrize(("letter", "file"), in_state([each for each in TOLD if each[0] == "C"], "decided"))
def test_companions_who_pay_for_themselves_are_a_breach_without_any_judgement(letter, file):
    check = check_case(replace(case_in(file), judgements=()), as_of=AS_OF)
    assert worst(check, "medfoljande.arrangemanget") == BREACH


@pytest.mark.parametrize(("letter", "file"), in_state([each for each in TOLD if each[0] == "G"], "decided"))
def test_pay_for_lost_working_time_is_a_breach_without_any_judgement(letter, file):
    check = check_case(replace(case_in(file), judgements=()), as_of=AS_OF)
    assert worst(check, "proportionalitet.ersattning") == BREACH
    assert worst(check, "godkannande.arbetsgivare") == BREACH
