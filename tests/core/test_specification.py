"""Part two, compiled from public pages: what it says of each situation, how sure it is, and beside part one."""

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from tillit.core.errors import RulebookError
from tillit.core.period import months_after
from tillit.core.rulebook.coverage import coverage, failures
from tillit.core.rulebook.editions import data, edition, editions_for, newest, read_folder, vocabulary
from tillit.core.rulebook.engine import check_by, check_case
from tillit.core.rulebook.load import load_edition
from tillit.core.rulebook.model import SCOPE_ID, Edition, Provision, Rule
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.situations import questions, situations
from tillit.core.rulebook.values import BREACH, JUDGE, MEETS, NOT_APPLICABLE, UNDECIDED
from tillit.exchange import casefile
from tillit.exchange.answer import answer
from tillit.exchange.questions import question_of

ID, AGREEMENT = "specifikation/3.0", "samverkansregler/3.0"
AS_OF = date(2026, 11, 23)
EXAMPLES = files("tillit") / "exempel"
FILES = sorted(each.name for each in EXAMPLES.iterdir() if each.name.endswith((".toml", ".json")))

KINDS = vocabulary().kinds["collaboration"].facts["kind"].values
OURS = edition(ID)
LISTS = {kind: {"complete": True} for kind in vocabulary().kinds if kind != "collaboration"}
YES = {"by": "någon", "on": "2026-03-01", "why": "därför"}


def everything(book: Edition) -> list[Rule | Provision]:
    return [*book.rules, *book.provisions]


def example(file):
    return casefile.read(EXAMPLES.joinpath(file).read_bytes(), file)


def tried(kind=None, branch="pharma", phase="planned", judged=None, as_of=AS_OF, records=None, **facts):
    """Try a bare collaboration by both parts; `judged` are judgements of it, `records` lists of records by kind."""
    known = {"company_branch": branch, "care_provider": "region", **facts}
    raw = {
        "schema": "tillit.case/1",
        "case": {"title": "Prov", "phase": phase, "starts_on": "2026-05-05", "ends_on": "2026-05-05"},
        "collaboration": known if kind is None else {"kind": kind, **known},
        "records": LISTS,
        "judgement": [
            {"fact": fact, "record": "collaboration", "value": value, **YES} for fact, value in (judged or {}).items()
        ],
        **(records or {}),
    }
    return check_case(read_case(raw, vocabulary()), as_of=as_of)


def worst(check, rule):
    assert any(rule == each.id for each in (*OURS.rules, *edition(AGREEMENT).rules)), f"no rule {rule}"
    return max((each.outcome for each in check.findings if each.rule.id == rule), default=None)


class TestTheRulebook:
    def test_every_rule_answers_its_own_cases(self):
        assert list(failures(OURS)) == []

    def test_every_norm_is_covered_and_none_is_made_up(self):
        found = coverage(OURS)
        assert found.missing == ()
        assert found.unknown == ()

    def test_it_says_that_it_is_compiled(self):
        document = OURS.document
        assert (document.provenance, document.status, document.encoded) == ("compiled", "in_force", "partial")
        assert "inte den officiella texten" in document.title.sv
        assert "not the official text" in document.title.en

    def test_what_is_not_sure_names_a_public_page_and_what_is_sure_points_to_the_agreement(self):
        for each in everything(OURS):
            assert (each.certainty == "seed") == (each.source.page is None), each.id
        for norm in OURS.norms:
            assert norm.source is not None
            assert (norm.certainty == "seed") == (norm.source.page is None), norm.id

    def test_what_is_sure_points_to_a_heading_of_the_agreement(self):
        headings = {norm.section for norm in edition(AGREEMENT).norms}
        sure = {each.source.section for each in everything(OURS) if each.certainty == "seed"}
        assert sure <= headings

    def test_no_rule_is_surer_than_its_norms(self):
        order = ("seed", "likely", "unknown")
        certainty = {norm.id: norm.certainty for norm in OURS.norms}
        for rule in OURS.rules:
            assert order.index(rule.certainty) >= min(order.index(certainty[norm]) for norm in rule.norms), rule.id

    def test_no_id_stands_in_both_parts(self):
        theirs = edition(AGREEMENT)
        ids = [each.id for book in (OURS, theirs) for each in everything(book)]
        assert len(ids) == len(set(ids))

    def test_a_value_has_a_source_and_the_limits_nobody_found_are_empty(self):
        empty = {name for name, each in OURS.parameters.items() if not each.values}
        assert empty == {"market_research_fee_max", "report_public_years", "report_retention_years"}
        assert all(value.source for each in OURS.parameters.values() for value in each.values)

    def test_an_empty_number_is_told_in_words_where_it_is_asked_for(self):
        assert question_of("market_research_fee_max", "transfer", "sv").startswith("Inte satt")
        assert question_of("market_research_fee_max", "transfer", "en").startswith("Not set")

    def test_its_scope_is_the_agreements(self):
        theirs = edition(AGREEMENT).scope
        assert OURS.document.part_of == edition(AGREEMENT).document.line
        assert OURS.scope.requires == theirs.requires

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda source: source.update(page="www.lif.se"), "whole address"),
            (lambda source: source.update(read_on="november"), "was read on"),
            (lambda source: source.pop("read_on"), "was read on"),
            (lambda source: source.update(site="x"), "unknown key site"),
        ],
    )
    def test_a_page_that_cannot_be_found_again_is_refused(self, change, said):
        folder: Any = read_folder(data() / "specifikation-3.0")
        change(folder["serviceinformation.toml"]["provision"][0]["source"])
        with pytest.raises(RulebookError, match=said):
            load_edition(folder, vocabulary())

    def test_a_provision_about_a_kind_that_is_not_there_is_refused(self):
        folder: Any = read_folder(data() / "specifikation-3.0")
        folder["serviceinformation.toml"]["provision"][0]["situations"] = ["servis"]
        with pytest.raises(RulebookError, match="explains servis"):
            load_edition(folder, vocabulary())


class TestTheSituations:
    def test_every_kind_is_explained_in_both_languages(self):
        found = situations()
        assert [each.kind for each in found] == list(KINDS)
        for each in found:
            assert each.definition.statement.sv
            assert each.definition.statement.en

    @pytest.mark.parametrize(
        "pair",
        [
            {"service_information", "product_information"},
            {"sponsorship", "donation"},
            {"development_project", "clinical_trial"},
            {"educational_meeting", "sponsorship"},
            {"advisory_board", "educational_meeting"},
        ],
    )
    def test_what_a_layman_confuses_is_told_apart_from_either_side(self, pair):
        for each in situations():
            if each.kind in pair:
                assert pair in [set(choice.situations) for choice in each.choices]

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "other"])
    def test_every_kind_has_something_to_try_or_is_said_to_be_free(self, kind):
        own = {each.kind: each for each in situations()}[kind]
        assert own.rules
        meal = {"arranger": "industry", "industry_offers_meal": True, "records": {"meal": [{"id": "lunch"}]}}
        asked = [each for each in tried(kind, **meal).findings if each.rule.edition == ID]
        assert any(each.outcome != NOT_APPLICABLE for each in asked)

    def test_a_collaboration_of_no_kind_is_tried_by_part_one_alone(self):
        check = tried("other")
        assert {each.rule.edition for each in check.findings if each.outcome != NOT_APPLICABLE} == {AGREEMENT}

    def test_without_the_kind_it_is_undecided_and_the_kind_is_asked_for(self):
        ours = [each for each in tried().findings if each.rule.edition == ID]
        assert max(each.outcome for each in ours) == UNDECIDED
        assert not {each.outcome for each in ours} & {JUDGE, BREACH}
        assert all("kind" in each.missing for each in ours if each.outcome == UNDECIDED)

    @pytest.mark.parametrize(
        ("kind", "rule", "own", "other"),
        [
            ("service_information", "serviceinformation.branschen", "medtech", "pharma"),
            ("service_information", "serviceinformation.branschen", "medtech", "labtech"),
            ("risk_minimisation_information", "riskminimering.branschen", "pharma", "medtech"),
            ("reference_site", "referenskund.branschen", "medtech", "pharma"),
            ("development_project", "utvecklingsprojekt.branschen", "pharma", "medtech"),
            ("quality_register", "kvalitetsregister.branschen", "pharma", "labtech"),
            ("non_interventional_study", "klinisk-provning.branschen", "pharma", "medtech"),
        ],
    )
    def test_a_branchs_own_form_is_a_question_to_another_branch(self, kind, rule, own, other):
        assert worst(tried(kind, branch=own), rule) == MEETS
        assert worst(tried(kind, branch=other), rule) == JUDGE
        assert worst(tried(kind, branch=other, judged={"kind_fits_branch_assessed": True}), rule) == MEETS

    @pytest.mark.parametrize("kind", ["market_research", "procurement", "reference_site", "scholarship", "gift"])
    def test_where_only_the_section_is_known_a_person_reads_it(self, kind):
        read = "section_text_read_assessed"
        for judged, outcome in (({}, JUDGE), ({read: True}, MEETS), ({read: False}, JUDGE)):
            found = [each for each in tried(kind, judged=judged).findings if each.rule.id.endswith(".avsnittet")]
            assert [each.outcome for each in found if each.outcome != NOT_APPLICABLE] == [outcome]

    def test_a_donation_with_a_return_is_asked_whether_it_is_sponsorship_and_never_a_breach(self):
        rule = "donation.utan-motprestation"
        assert worst(tried("donation", donor_gets_return=False), rule) == MEETS
        assert worst(tried("donation", donor_gets_return=True), rule) == JUDGE
        no = {"donation_after_all_assessed": False}
        assert worst(tried("donation", donor_gets_return=True, judged=no), rule) == JUDGE

    def test_the_outcome_is_due_on_the_same_day_three_calendar_months_later(self):
        def reported(day, as_of=AS_OF, how="full_outcome"):
            sponsorship = {"id": "s", "outcome_given": how} | ({"outcome_given_on": day} if day else {})
            check = tried("sponsorship", phase="carried_out", as_of=as_of, records={"sponsorship": [sponsorship]})
            return worst(check, "sponsring-av-sammankomst.utfall")

        assert reported("2026-08-05") == MEETS
        assert reported("2026-08-06") == JUDGE
        assert reported(None, date(2026, 8, 5), "not_yet") == MEETS
        assert reported(None, date(2026, 8, 6), "not_yet") == JUDGE

    @pytest.mark.parametrize(
        ("result", "outcome"), [("break_even", MEETS), ("surplus", JUDGE), ("deficit", JUDGE), (None, UNDECIDED)]
    )
    def test_a_written_line_is_enough_where_the_meeting_broke_even(self, result, outcome):
        line = {"id": "s", "outcome_given": "written_note", "outcome_given_on": "2026-06-01"}
        facts = {} if result is None else {"meeting_result": result}
        check = tried("sponsorship", phase="carried_out", records={"sponsorship": [line]}, **facts)
        assert worst(check, "sponsring-av-sammankomst.utfall") == outcome

    @pytest.mark.parametrize(
        ("amount", "limit", "outcome"), [("500.00", None, JUDGE), ("500.00", "500", MEETS), ("500.01", "500", JUDGE)]
    )
    def test_a_limit_that_somebody_enters_counts_and_an_empty_one_asks_a_person(self, amount, limit, outcome):
        folder: Any = read_folder(data() / "specifikation-3.0")
        if limit is not None:
            value = {"value": limit, "valid_from": date(2026, 2, 1), "source": "avsnittet"}
            folder["marknadsundersokning.toml"]["parameter"][0]["value"] = [value]
        case = tried("market_research", records={"transfer": [{"recipient": "person", "amount": amount}]}).case
        check = check_by(case, [load_edition(folder, vocabulary())], as_of=AS_OF)
        assert worst(check, "marknadsundersokning.ersattning") == outcome


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 5, 5), 3, date(2026, 8, 5)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 31), 2, date(2026, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
        (date(9999, 11, 1), 2, date(9999, 12, 31)),
    ],
)
def test_months_are_calendar_months(day, months, then):
    assert months_after(day, months) == then


class TestBesidePartOne:
    def test_both_parts_are_tried_and_every_finding_says_whose_it_is(self):
        check = tried("service_information", branch="medtech")
        assert [layer.id for layer in check.layers] == [AGREEMENT, ID]
        assert [layer.provenance for layer in check.layers] == ["official", "compiled"]
        assert check.edition.id == AGREEMENT == newest()
        told = answer(check, lang="sv")
        assert (told["edition"], told["edition_hash"]) == (AGREEMENT, edition(AGREEMENT).hash)
        assert {each["rulebook"] for each in told["findings"]} == {AGREEMENT, ID}

    def test_the_scope_is_told_once_unless_part_two_is_tried_alone(self):
        for file in FILES:
            scopes = [each for each in check_case(example(file), as_of=AS_OF).findings if each.rule.id == SCOPE_ID]
            assert ID not in {each.rule.edition for each in scopes}
        alone = check_case(example("utvecklingsprojekt.toml"), as_of=AS_OF, edition=ID)
        assert [each.rule.edition for each in alone.findings if each.rule.id == SCOPE_ID] == [ID]
        assert {each.rule.edition for each in alone.findings} == {ID}

    def test_part_one_comes_out_the_same_with_and_without_part_two(self):
        for file in FILES:
            case = example(file)
            if case.starts_on < date(2026, 2, 1):
                continue
            both = check_case(case, as_of=AS_OF)
            alone = check_case(case, as_of=AS_OF, edition=AGREEMENT)
            assert tuple(each for each in both.findings if each.rule.edition == AGREEMENT) == alone.findings
            assert both.outcome() >= alone.outcome()

    def test_below_seed_nothing_is_ever_a_breach(self):
        unsure = {rule.id for rule in OURS.rules if rule.certainty != "seed"}
        for file in FILES:
            for phase in ("planned", "offered", "carried_out"):
                check = check_case(replace(example(file), phase=phase), as_of=AS_OF)
                assert [
                    each.rule.id for each in check.findings if each.rule.id in unsure and each.outcome == BREACH
                ] == []

    def test_outside_the_scope_nothing_of_part_two_applies(self):
        check = check_case(example("privat-vard.toml"), as_of=AS_OF)
        assert {each.outcome for each in check.findings if each.rule.edition == ID} == {NOT_APPLICABLE}

    def test_before_february_2026_there_is_no_part_two_here(self):
        assert ID not in editions_for(date(2025, 5, 1), date(2026, 1, 31))
        assert editions_for(date(2026, 1, 31), date(2026, 2, 1)) == ("samverkansregler/2.0", AGREEMENT, ID)

    def test_across_the_change_part_two_is_no_third_edition_of_part_one(self):
        check = check_case(example("over-regelskiftet.toml"), as_of=AS_OF)
        assert [layer.id for layer in check.layers] == ["samverkansregler/2.0", AGREEMENT, ID]
        assert check.edition.id == AGREEMENT
        assert check.outcome() == JUDGE

    def test_a_rule_of_another_situation_does_not_wait_for_its_phase(self):
        later = {each.rule.id for each in tried("donation").later if each.rule.edition == ID}
        assert "sponsring-av-sammankomst.utfall" not in later
        assert "sponsring-av-sammankomst.utfall" in {each.rule.id for each in tried("sponsorship").later}

    def test_the_answer_says_how_sure_a_rule_is_and_on_which_page_it_was_read(self):
        told = answer(tried("service_information", branch="medtech"), lang="en")
        found = next(each for each in told["findings"] if each["rule"] == "serviceinformation.branschen")
        assert found["certainty"] == "likely"
        assert found["source"]["page"].startswith("https://")
        assert (found["source"]["edition"], found["source"]["read_on"]) == ("2020", "2026-11")
        ours = next(each for each in told["findings"] if each["rule"] == SCOPE_ID)
        assert set(ours["source"]) == {"section", "sentence"}


class TestTheSevenQuestions:
    """Each official answer is what the rules come to; the answers are for editions 1 and 2, and say so."""

    def test_there_are_seven_and_none_is_confirmed_for_this_edition(self):
        found = questions()
        assert len(found) == 7
        known = {each.id for book in (OURS, edition(AGREEMENT)) for each in everything(book)}
        for each in found:
            assert set(each.editions) <= {"1", "2"}
            assert each.source.page
            assert set(each.told_by) <= known
            assert {each.short.sv, each.short.en, each.answer.sv, each.answer.en}.isdisjoint({""})

    def test_a_file_says_nothing_else(self):
        raw = tomllib.loads((data() / "specifikation-3.0" / "fragor.toml").read_text("utf-8"))
        assert list(raw) == ["question"]

    def test_service_information_needs_no_approval_by_the_principal_but_the_participants_own(self):
        case = example("servicekurs-pa-herrgard-haller.toml")
        check = check_case(case, as_of=AS_OF)
        assert check.outcome("company") == MEETS
        assert "principal" not in check.outcomes()
        people = case.records["participant"]
        nobody = tuple(
            replace(
                each,
                values={**each.values, "employer_approval": False} if each.values["side"] == "care" else each.values,
            )
            for each in people.records
        )
        without = replace(case, records={**case.records, "participant": replace(people, records=nobody)})
        check = check_case(without, as_of=AS_OF)
        assert check.outcome("company") == MEETS
        assert check.outcome("participant") == BREACH

    def test_gifts_are_not_regulated_as_such_but_may_steer(self):
        check = tried("gift")
        counted = {each.rule.id for each in check.findings if each.rule.id.startswith("gava.") and each.outcome}
        assert counted == {"gava.avsnittet"}
        steering = tried(
            "gift", judged={"not_steering_assessed": False}, industry_offers_meal=True, arranger="industry"
        )
        assert worst(steering, "mattfullhet.beteende") == BREACH

    def test_four_forms_are_one_branchs_own(self):
        for kind in KINDS:
            for branch in ("pharma", "medtech"):
                asked = any(
                    each.rule.id.endswith(".branschen") and each.outcome == JUDGE
                    for each in tried(kind, branch=branch).findings
                )
                medtechs = kind in ("service_information", "reference_site")
                pharmas = kind in (
                    "risk_minimisation_information",
                    "development_project",
                    "quality_register",
                    "non_interventional_study",
                )
                assert asked == ((branch == "pharma" and medtechs) or (branch == "medtech" and pharmas)), (kind, branch)

    def test_a_clinical_trial_is_no_development_project(self):
        rule = "utvecklingsprojekt.inte-provning"
        assert worst(tried("development_project", includes_clinical_trial=True), rule) == JUDGE
        assert worst(tried("development_project", includes_clinical_trial=False), rule) == MEETS

    def test_support_to_a_quality_register_is_shown(self):
        rule = "kvalitetsregister.visas-oppet"
        for shown, outcome in ((True, MEETS), (False, JUDGE)):
            assert worst(tried("quality_register", phase="carried_out", shown_in_database=shown), rule) == outcome

    def test_half_a_congress_journey_is_not_paid(self):
        line = {"id": "resa", "category": "travel", "budgeted_amount": "4000.00"}
        assert worst(tried("sponsorship", records={"cost_line": [line]}), "sponsring.forbjudna-kostnader") == BREACH
        paid = {"id": "resa", "paid_for": "expenses", "recipient": "person", "amount": "4000.00"}
        directly = tried("educational_meeting", records={"transfer": [paid]})
        assert worst(directly, "rapportering.person-utan-uppdrag") == JUDGE

    @pytest.mark.parametrize(
        ("named", "consent", "outcome"), [(True, False, JUDGE), (True, True, MEETS), (False, False, NOT_APPLICABLE)]
    )
    def test_a_persons_payment_is_published_by_name_only_with_consent(self, named, consent, outcome):
        paid = {
            "id": "arvode",
            "paid_for": "service_performed",
            "recipient": "person",
            "published_by_name": named,
            "consent_written": consent,
        }
        check = tried("consultancy", phase="carried_out", records={"transfer": [paid]})
        assert worst(check, "rapportering.samtycke") == outcome
