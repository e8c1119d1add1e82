"""The rulebooks that are here: in force when their files say, every norm covered, every rule true to its own cases."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.core.rulebook import small
from tests.core.rulebook.small import rule
from tillit.core.errors import BadInput, RulebookError
from tillit.core.rulebook.coverage import blind_spots, coverage, failures
from tillit.core.rulebook.editions import (
    FOLDERS,
    IN_FORCE,
    data,
    edition,
    editions_for,
    newest,
    newest_of_each_line,
    read_folder,
    vocabulary,
)
from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.load import load_edition
from tillit.core.rulebook.model import RECORD_KINDS, names_of
from tillit.core.rulebook.read_case import read_case
from tillit.core.rulebook.values import OUTCOMES

IDS = tuple(FOLDERS)
OLD_AND_NEW = ["samverkansregler/2.0", "samverkansregler/3.0"]


def kinds_of(id_):
    return [(failure.rule, failure.case, failure.problem) for failure in failures(edition(id_))]


class TestInForce:
    def test_the_days_are_those_of_the_editions_own_files(self):
        documents = sorted((edition(id_).document for id_ in IDS), key=lambda document: document.valid_from)
        assert tuple((each.id, each.valid_from, each.valid_to) for each in documents) == IN_FORCE
        assert [each.id for each in documents] == sorted(IDS)

    def test_one_edition_follows_the_other_day_by_day(self):
        for (id_, _, until), (next_id, since, _) in pairwise(IN_FORCE):
            if id_.partition("/")[0] == next_id.partition("/")[0]:
                assert until is not None
                assert since == until + timedelta(days=1)

    def test_the_newest_of_each_line_has_no_last_day_and_the_agreement_comes_first(self):
        assert newest_of_each_line() == (newest(), "specifikation/3.0") == (IDS[0], IDS[-1])
        assert {id_ for id_, _, until in IN_FORCE if until is None} == set(newest_of_each_line())

    def test_every_folder_is_an_edition_and_every_edition_a_folder(self):
        folders = {entry.name for entry in data().iterdir() if entry.is_dir()} - {"uppgifter", "orter"}
        assert folders == set(FOLDERS.values())
        assert {id_: edition(id_).id for id_ in IDS} == {id_: id_ for id_ in IDS}

    @pytest.mark.parametrize(
        ("first", "last", "ids"),
        [
            (date(2026, 2, 1), date(2026, 2, 1), ("samverkansregler/3.0", "specifikation/3.0")),
            (date(2026, 1, 31), date(2026, 1, 31), ("samverkansregler/2.0",)),
            (
                date(2026, 1, 20),
                date(2026, 2, 10),
                ("samverkansregler/2.0", "samverkansregler/3.0", "specifikation/3.0"),
            ),
            (date(2014, 1, 1), date(2014, 1, 1), ("samverkansregler/1.0",)),
            (date(2019, 12, 31), date(2020, 1, 1), ("samverkansregler/1.0", "samverkansregler/2.0")),
            (
                date(2019, 6, 1),
                date(2030, 1, 1),
                ("samverkansregler/1.0", "samverkansregler/2.0", "samverkansregler/3.0", "specifikation/3.0"),
            ),
        ],
    )
    def test_the_days_of_a_collaboration_choose(self, first, last, ids):
        assert editions_for(first, last) == ids

    @pytest.mark.parametrize("first", [date(2013, 12, 31), date(1999, 1, 1)])
    def test_before_the_first_edition_nothing_can_be_tried(self, first):
        with pytest.raises(BadInput) as refused:
            editions_for(first, date(2026, 3, 1))
        assert [problem.code for problem in refused.value.problems] == ["edition.none_in_force"]
        assert refused.value.problems[0].args == {"day": first.isoformat(), "earliest": "2014-01-01"}

    def test_an_edition_that_is_not_here_is_refused_with_those_that_are(self):
        with pytest.raises(BadInput) as refused:
            edition("samverkansregler/4.0")
        assert refused.value.problems[0].args["known"] == ", ".join(IDS)

    def test_a_file_that_is_no_toml_is_named(self, tmp_path):
        (tmp_path / "a.toml").write_text("x = ")
        (tmp_path / "b.txt").write_text("x = ")
        with pytest.raises(RulebookError, match=r"a\.toml: file: .*Correct the TOML"):
            read_folder(tmp_path)

    def test_an_edition_is_known_by_its_content(self):
        one, other = small.files(rule(), version="same"), small.files(rule(), version="same")
        assert load_edition(one, small.VOCABULARY).hash == load_edition(other, small.VOCABULARY).hash
        other["avsnitt.toml"]["rule"][0]["requires"] = "written"
        assert load_edition(one, small.VOCABULARY).hash != load_edition(other, small.VOCABULARY).hash
        assert load_edition(one, small.VOCABULARY).hash.startswith("sha256:")


class TestTheFiles:
    @pytest.mark.parametrize("id_", IDS)
    def test_every_rule_answers_its_own_cases_and_has_enough_of_them_and_no_blind_spot(self, id_):
        assert kinds_of(id_) == []

    def test_every_norm_is_covered_and_no_norm_is_invented(self):
        found = coverage(edition("samverkansregler/3.0"))
        assert (found.missing, found.unknown) == ((), ())
        assert edition("samverkansregler/3.0").document.encoded == "complete"
        assert len(found.norms) > 60

    @pytest.mark.parametrize("id_", [id_ for id_ in IDS if id_ != "samverkansregler/3.0"])
    def test_what_is_known_of_an_older_edition_goes_by_the_same_norms(self, id_):
        known = {norm.id for norm in edition("samverkansregler/3.0").norms}
        assert set(coverage(edition(id_)).unknown) <= known
        assert edition(id_).document.encoded == "partial"

    @pytest.mark.parametrize("id_", IDS)
    def test_words_are_in_both_languages_and_no_placeholder_is_misspelt(self, id_):
        book = edition(id_)
        for each in book.rules:
            known = {"record", *names_of(each), *vocabulary().kinds[each.record].facts, *book.parameters}
            known |= {*vocabulary().kinds["collaboration"].facts, *vocabulary().kinds["collaboration"].derived}
            known |= {*vocabulary().kinds[each.record].derived, "starts_on", "ends_on", "as_of"}
            for text in [each.title, each.statement, *each.because.values(), *([each.way_out] if each.way_out else [])]:
                for said in (text.sv, text.en):
                    named = {part.split("}")[0] for part in said.split("{")[1:]}
                    assert named <= known, f"{each.id}: {named - known}"

    def test_every_fact_has_its_question_in_both_languages(self):
        for kind in vocabulary().kinds.values():
            asked = {name: fact.question for name, fact in kind.facts.items()}
            asked |= {name: derived.question for name, derived in kind.derived.items()}
            assert [name for name, question in asked.items() if not (question.sv and question.en)] == []

    def test_every_kind_of_record_is_described(self):
        assert tuple(vocabulary().kinds) == RECORD_KINDS


class TestCoverage:
    def test_rules_come_before_provisions_and_what_nothing_covers_is_missing(self):
        norms = [{"id": f"N-{number}", "section": "A", "decided_by": "x"} for number in range(5)]
        provision = {
            "id": "p.one",
            "kind": "duty",
            "norms": ["N-1", "N-2"],
            "source": {"section": "A", "sentence": 1},
            "title": small.BOTH,
            "statement": small.BOTH,
        }
        advice = {**provision, "id": "p.two", "kind": "advice", "norms": ["N-2", "X-9"]}
        book = small.edition(rule(), norm=norms, provision=[advice, provision])
        found = coverage(book)
        assert found.norms == {
            "N-0": ("rule", ("omfattning.galler",)),
            "N-1": ("rule", ("r.one", "p.one")),
            "N-2": ("duty", ("p.one", "p.two")),
        }
        assert (found.missing, found.unknown) == (("N-3", "N-4"), ("X-9",))

    def told(self, *cases, **keys):
        book = small.edition(rule(case=list(cases), **keys))
        return [(each.case, each.problem) for each in failures(book) if each.rule == "r.one"]

    MEETS, BREACH, OPEN = (
        {"facts": {"offers": True}, "expect": "meets"},
        {"facts": {"offers": False}, "expect": "breach"},
        {"facts": {}, "expect": "undecided", "missing": ["offers"]},
    )

    def test_a_rule_with_every_kind_of_case_has_no_failure(self):
        assert self.told(self.MEETS, self.BREACH, self.OPEN) == []

    def test_a_case_that_comes_out_otherwise_is_a_failure(self):
        wrong = {"facts": {"offers": False}, "expect": "meets"}
        assert (1, "expects meets, is breach") in self.told(wrong, self.MEETS, self.BREACH, self.OPEN)
        wrong = {"facts": {}, "expect": "undecided", "missing": ["written"]}
        assert (4, "expects missing ['written'], is ['offers']") in self.told(self.MEETS, self.BREACH, self.OPEN, wrong)

    def test_a_case_of_what_is_no_fact_is_a_failure(self):
        for facts, problem in (
            ({"nothing": 1}, "'there is no fact nothing'"),
            ({"offers": 1}, "offers: case.wrong_type"),
            ({"budget": float("nan")}, "budget: case.not_a_number"),
            ({"arranger": "we"}, "arranger: case.undeclared_value"),
        ):
            found = self.told({"facts": facts, "expect": "undecided"}, self.MEETS, self.BREACH, self.OPEN)
            assert next(each for each in found if each[0] == 1)[1].startswith(problem)

    @pytest.mark.parametrize(
        ("cases", "problem"),
        [
            ((BREACH, OPEN), "has no case that meets"),
            ((MEETS, OPEN), "has no case that is breach or judge"),
            ((MEETS, BREACH), "reads an observed fact but has no case that is undecided"),
        ],
    )
    def test_a_kind_of_case_that_lacks_is_a_failure(self, cases, problem):
        assert self.told(*cases) == [(0, problem)]

    def test_a_rule_of_judgement_words_alone_needs_no_undecided_case(self):
        cases = [{"facts": {"fair_assessed": True}, "expect": "meets"}, {"facts": {}, "expect": "judge"}]
        assert self.told(*cases, requires="fair_assessed") == []

    def test_a_derived_number_may_be_exact_or_between_bounds(self):
        cases = [
            {"facts": {"meals": 2}, "expect": "meets"},
            {"facts": {"meals": {"min": 2}}, "expect": "meets"},
            {"facts": {"meals": {"max": 1}}, "expect": "breach"},
            {"facts": {"meals": {"min": 1, "max": 3}}, "expect": "undecided", "missing": ["meals"]},
        ]
        assert self.told(*cases, requires="meals > 1") == []

    def test_every_type_of_fact_can_stand_in_a_case(self):
        facts = {
            "budget": "1.50",
            "expected": 3,
            "signed_on": date(2026, 2, 1),
            "opens_at": "2026-02-01T10:30",
            "subject": "x",
            "arranger": "joint",
            "any_care": True,
        }
        requires = (
            "budget == 1.5 and expected == 3 and signed_on == '2026-02-01' and opens_at == '2026-02-01T10:30' "
            "and subject == 'x' and arranger == 'joint' and any_care"
        )
        told = self.told({"facts": facts, "expect": "meets"}, self.BREACH, self.OPEN, requires=requires)
        assert [each for each in told if each[0] == 1] == []

    def test_findings_can_be_open_in_a_case(self):
        cases = [
            {"facts": {"benefit_findings": "meets"}, "expect": "meets"},
            {"facts": {"benefit_findings": "breach"}, "expect": "breach"},
            {"facts": {"benefit_findings": "undecided"}, "expect": "undecided"},
            {"facts": {"benefit_findings": "judge"}, "expect": "judge"},
        ]
        assert self.told(*cases, requires="benefit_findings != 'breach'") == []

    def spots(self, **keys):
        book = small.edition(rule(**keys))
        return list(blind_spots(book, book.rules[0]))

    def test_a_fact_whose_every_value_gives_the_same_is_a_blind_spot(self):
        assert self.spots(requires="arranger == 'care' or arranger != 'care'") == [
            "is left undecided without arranger, though every value of it gives meets"
        ]
        assert self.spots(requires="written", applies="offers and not offers") == [
            "is left undecided without offers, though every value of it gives not_applicable"
        ]

    def test_a_fact_that_stands_twice_and_matters_is_none(self):
        assert self.spots(requires="(offers and written) or (not offers and not written)") == []
        assert self.spots(requires="offers and written") == []


CASE = {
    "schema": "tillit.case/1",
    "case": {"title": "Över skiftet", "phase": "planned", "starts_on": "2026-01-20", "ends_on": "2026-02-10"},
    "collaboration": {"company_branch": "pharma", "care_provider": "region"},
}


class TestAcrossEditions:
    def test_a_collaboration_across_two_editions_is_tried_by_both(self):
        check = check_case(read_case(CASE, vocabulary()), as_of=date(2026, 1, 1))
        assert [layer.id for layer in check.layers] == [*OLD_AND_NEW, "specifikation/3.0"]
        assert {finding.rule.edition for finding in check.findings} == {layer.id for layer in check.layers}

    def test_where_they_differ_a_person_judges(self):
        check = check_case(read_case(CASE, vocabulary()), as_of=date(2026, 1, 1))
        worst = {
            id_: max(f.outcome for f in check.findings if f.rule.edition == id_ and check.weight(f) is not None)
            for id_ in OLD_AND_NEW
        }
        expected = "judge" if len(set(worst.values())) == 2 else OUTCOMES[next(iter(worst.values()))]
        assert OUTCOMES[check.outcome()] == expected
