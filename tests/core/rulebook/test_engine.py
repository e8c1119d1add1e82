"""Trying a case, on rules of the tests' own: phases, records that nobody listed, scope, offers, judgements."""

from datetime import date

import pytest

from tests.core.rulebook import small
from tests.core.rulebook.small import RETENTION, judged, only, rule, tried, words
from tillit.core.errors import BadInput
from tillit.core.rulebook.editions import edition as edition_by_id
from tillit.core.rulebook.engine import FINDINGS, check_by, check_case
from tillit.core.rulebook.values import OUTCOMES

pytestmark = pytest.mark.mutation
WHOLE = {"complete": True}
FED = rule("m.fed", "not fed", record="participant", applies="offers", benefit=True)


def scope_of(check):
    return check.findings[0]


class TestOneRule:
    @pytest.mark.parametrize(
        ("facts", "word"),
        [({"offers": True}, "meets"), ({"offers": False}, "breach"), ({}, "undecided")],
    )
    def test_a_rule_on_the_collaboration_has_one_finding(self, facts, word):
        check = tried([rule()], collaboration=facts)
        assert words(check) == {("r.one", "collaboration"): word}
        assert only(check).word == word

    def test_a_finding_says_what_decided_what_lacks_and_what_cannot_matter(self):
        rules = [rule(requires="offers and written and fair_assessed", applies="arranger != 'care'")]
        found = only(tried(rules, collaboration={"offers": False, "arranger": "joint"}))
        assert found.touched == ("arranger", "offers")
        assert found.irrelevant == ("written", "fair_assessed")
        assert found.missing == ()
        found = only(tried(rules, collaboration={"offers": True}))
        assert (found.word, found.missing) == ("undecided", ("arranger", "written"))
        assert found.touched == ("offers",)
        found = only(tried(rules, collaboration={"offers": True, "arranger": "joint", "written": True}))
        assert (found.word, found.missing) == ("judge", ("fair_assessed",))

    def test_a_finding_holds_what_is_known_for_its_words(self):
        check = tried([rule("r.one", "meals > 1")], collaboration={"offers": True}, meal=[{}], records={"meal": WHOLE})
        assert only(check).values == {"branch": "pharma", "offers": True, "meals": 1}
        open_ended = only(tried([rule("r.one", "meals > 1")], meal=[{}]))
        assert "meals" not in open_ended.values
        rules = [rule("r.one", "keep_until > as_of", record="document")]
        kept = only(tried(rules, keys={"parameter": [RETENTION]}, document=[{}]), record="document:1")
        assert kept.values["keep_until"] == date(2036, 3, 12)
        of_meal = only(
            tried([rule("r.one", "price < 1", record="meal")], meal=[{"price": "2.50"}], records={"meal": WHOLE})
        )
        assert of_meal.values == {"branch": "pharma", "price": 250, "currency": "SEK"}

    def test_a_rule_below_seed_never_says_breach(self):
        rules = [rule("r.one", certainty="likely"), rule("r.two", certainty="unknown")]
        check = tried(rules, collaboration={"offers": False})
        assert set(words(check).values()) == {"judge"}
        assert only(check, "r.two").missing == ()

    def test_the_rules_own_judge_softens_a_breach(self):
        rules = [rule("r.one", "offers", judge="not written")]
        told = {word: only(tried(rules, collaboration=facts)).word for word, facts in {
            "silent": {"offers": False},
            "softened": {"offers": False, "written": False},
            "hard": {"offers": False, "written": True},
            "met": {"offers": True, "written": True},
        }.items()}  # fmt: skip
        assert told == {"silent": "undecided", "softened": "judge", "hard": "breach", "met": "meets"}
        assert only(tried(rules, collaboration={"offers": False})).missing == ("written",)
        assert only(tried(rules, collaboration={"offers": True, "written": True})).touched == ("offers",)

    def test_header_days_can_be_read(self):
        rules = [rule("r.one", "as_of < starts_on and signed_on <= ends_on", applies="starts_on >= '2026-02-01'")]
        facts = {"signed_on": "2026-03-12"}
        assert only(tried(rules, collaboration=facts, as_of=date(2026, 3, 11))).word == "meets"
        assert only(tried(rules, collaboration=facts, as_of=date(2026, 3, 12))).word == "breach"
        assert only(tried(rules, collaboration={"signed_on": "2026-03-13"})).word == "breach"

    def test_an_empty_parameter_leaves_it_to_a_person(self):
        limit = {"name": "most", "type": "decimal", "title": small.BOTH}
        keys = {"parameter": [limit]}
        found = only(tried([rule("r.one", "budget <= most")], collaboration={"budget": "100"}, keys=keys))
        assert (found.word, found.missing) == ("judge", ("most",))
        assert only(tried([rule("r.one", "budget <= most")], keys=keys)).missing == ("budget",)
        given = {**limit, "value": [{"value": "99.50", "valid_from": date(2026, 2, 1), "source": "Text"}]}
        assert (
            only(
                tried([rule("r.one", "budget <= most")], collaboration={"budget": "100"}, keys={"parameter": [given]})
            ).word
            == "breach"
        )

    def test_rules_come_in_the_editions_order_and_records_in_the_cases(self):
        rules = [
            rule("z.last", f"{FINDINGS} == 'meets'"),
            rule("b.people", "fed", record="participant"),
            rule("a.first"),
        ]
        check = tried(rules, participant=[{"id": "q"}, {"id": "p"}], records={"participant": WHOLE})
        assert [(f.rule.id, f.record) for f in check.findings] == [
            ("omfattning.galler", "collaboration"),
            ("z.last", "collaboration"),
            ("b.people", "participant:q"),
            ("b.people", "participant:p"),
            ("a.first", "collaboration"),
        ]


class TestPhases:
    LATE = rule("r.late", phases=["offered", "carried_out"])
    EARLY = rule("r.early", phases=["planned"])

    def told(self, phase):
        check = tried([self.LATE, self.EARLY, rule("r.end", phases=["carried_out"])], phase)
        return {key[0] for key in words(check)}, [(later.rule.id, later.phase) for later in check.later]

    def test_a_rule_whose_phase_is_not_reached_is_listed_as_later_and_one_passed_is_not(self):
        assert self.told("planned") == ({"r.early"}, [("r.late", "offered"), ("r.end", "carried_out")])
        assert self.told("offered") == ({"r.late"}, [("r.end", "carried_out")])
        assert self.told("carried_out") == ({"r.late", "r.end"}, [])

    def test_outside_the_scope_nothing_comes_later(self):
        assert tried([self.LATE], collaboration={"branch": "other"}).later == ()
        assert tried([self.LATE], collaboration={"branch": None}).later != ()

    def test_a_rule_of_this_phase_is_not_later_too(self):
        assert tried([rule()], "planned").later == ()


class TestRecords:
    def test_every_record_has_its_own_finding(self):
        people = [{"fed": True}, {"fed": False}, {}]
        check = tried([FED], participant=people, collaboration={"offers": True}, records={"participant": WHOLE})
        assert words(check) == {
            ("m.fed", "participant:1"): "breach",
            ("m.fed", "participant:2"): "meets",
            ("m.fed", "participant:3"): "undecided",
        }

    @pytest.mark.parametrize("said", [{}, {"complete": False}, {"total": 2}, {"complete": True, "total": 2}])
    def test_those_who_are_not_listed_leave_it_undecided(self, said):
        check = tried(
            [FED], participant=[{"fed": False}], collaboration={"offers": True}, records={"participant": said}
        )
        assert words(check) == {("m.fed", "participant:1"): "meets", ("m.fed", "participant:*"): "undecided"}
        assert only(check, record="participant:*", rule_id="m.fed").missing == ("records.participant.complete",)

    def test_a_kind_that_the_case_does_not_mention_is_asked_for(self):
        check = tried([FED], collaboration={"offers": True})
        found = only(check, "m.fed")
        assert (found.record, found.word) == ("participant:*", "undecided")
        assert (found.touched, found.irrelevant) == (("offers",), ())

    def test_the_collaborations_own_facts_are_asked_for_beside_the_list(self):
        found = only(tried([FED]), "m.fed")
        assert found.missing == ("records.participant.complete", "offers")

    def test_a_derived_fact_stands_for_what_it_lacks(self):
        rules = [rule("r.one", "not fed or most_abroad", record="participant")]
        unlisted = only(tried(rules), record="participant:*")
        assert unlisted.missing == ("records.participant.complete",)
        of_meal = only(tried([rule("r.one", "price < 5 or most_abroad", record="meal")]), record="meal:*")
        assert of_meal.missing == ("records.meal.complete", "records.participant.complete")

    def test_those_who_are_not_listed_do_not_matter_where_no_fact_of_theirs_could(self):
        assert words(tried([FED], collaboration={"offers": False})) == {("m.fed", "participant:*"): "not_applicable"}
        check = tried([FED], collaboration={"offers": False}, participant=[{}])
        assert words(check) == {("m.fed", "participant:1"): "not_applicable"}
        anyway = [rule("r.one", "offers or fed", record="participant")]
        assert words(tried(anyway, collaboration={"offers": True}, participant=[{}])) == {
            ("r.one", "participant:1"): "meets"
        }
        nobody = only(tried(anyway, collaboration={"offers": True}))
        assert (nobody.word, nobody.record, nobody.touched) == ("not_applicable", "participant:*", ("offers",))
        assert (nobody.irrelevant, nobody.missing) == (("fed",), ())
        open_one = only(
            tried([rule("r.one", "fed or (offers and written)", record="participant")], collaboration={"offers": False})
        )
        assert (open_one.touched, open_one.irrelevant) == (("offers",), ("written",))

    def test_a_whole_list_with_nobody_on_it_gives_one_finding_that_says_so(self):
        for said in (WHOLE, {"total": 0}):
            check = tried([FED], collaboration={"offers": True}, records={"participant": said})
            assert words(check) == {("m.fed", "participant:*"): "not_applicable"}
            assert only(check, "m.fed").missing == ()

    def test_what_only_a_person_can_say_of_the_unlisted_waits_for_the_list_first(self):
        rules = [rule("r.one", "settled_assessed", record="participant")]
        assert words(tried(rules)) == {("r.one", "participant:*"): "undecided"}
        found = only(tried([rule("r.one", "fair_assessed", record="participant")]))
        assert found.missing == ("records.participant.complete", "fair_assessed")


class TestScope:
    RULES = (rule(), rule("r.two", "written"))

    def told(self, branch, scope="branch == 'pharma'", **facts):
        facts = {"branch": branch, "offers": True, "written": False, **facts}
        return tried(self.RULES, collaboration=facts, keys={"scope": scope})

    def test_true_lets_the_rules_speak_and_is_itself_a_notice(self):
        check = self.told("pharma")
        assert set(words(check).values()) == {"meets", "breach"}
        assert (scope_of(check).word, scope_of(check).rule.modality) == ("meets", "upplysning")
        assert scope_of(check).touched == ("branch",)
        assert check.counts() == {"meets": 1, "breach": 1, "undecided": 0, "judge": 0, "not_applicable": 0}

    def test_false_lets_nothing_apply(self):
        check = self.told("other")
        assert set(words(check).values()) == {"not_applicable"}
        assert (scope_of(check).word, scope_of(check).missing) == ("not_applicable", ())
        assert OUTCOMES[check.outcome()] == "not_applicable"
        assert only(check).touched == ("branch",)

    def test_unknown_leaves_no_breach_but_lets_what_meets_stand(self):
        check = self.told(None)
        assert words(check) == {("r.one", "collaboration"): "meets", ("r.two", "collaboration"): "undecided"}
        assert only(check, "r.two").missing == ("branch",)
        assert scope_of(check).missing == ("branch",)
        assert scope_of(check).rule.modality == "ska"

    def test_awaiting_a_judgement_leaves_no_breach_either(self):
        check = self.told("pharma", scope="branch == 'pharma' and fair_assessed")
        assert words(check) == {("r.one", "collaboration"): "meets", ("r.two", "collaboration"): "judge"}
        assert only(check, "r.two").missing == ("fair_assessed",)
        assert only(check, "r.two").touched == ("branch", "written")
        assert (scope_of(check).word, scope_of(check).missing) == ("judge", ("fair_assessed",))

    def test_it_holds_for_records_listed_and_not_listed_too(self):
        people = {"participant": [{"fed": True}], "collaboration": {"branch": "other", "offers": True}}
        assert set(words(tried([FED], **people)).values()) == {"not_applicable"}
        alone = tried([FED], collaboration={"branch": "other", "offers": True})
        assert words(alone) == {("m.fed", "participant:*"): "not_applicable"}
        people["collaboration"] = {"branch": None, "offers": True}
        assert set(words(tried([FED], **people)).values()) == {"undecided"}

    def test_what_cannot_matter_to_the_scope_is_said(self):
        check = self.told("other", scope="branch == 'pharma' and (offers or written)")
        assert scope_of(check).irrelevant == ("offers", "written")
        open_one = tried(
            [], collaboration={"branch": None, "offers": True}, keys={"scope": "branch == 'pharma' and offers"}
        )
        assert (scope_of(open_one).touched, scope_of(open_one).irrelevant) == (("offers",), ())

    def test_an_unsettled_scope_counts_for_whoever_is_asked(self):
        check = tried(
            [rule("r.one", bearer="participant", applies="written")], collaboration={"branch": None, "written": False}
        )
        assert {asked: OUTCOMES[check.outcome(asked)] for asked in ("all", "company", "participant", "principal")} == {
            "all": "undecided",
            "company": "undecided",
            "participant": "undecided",
            "principal": "undecided",
        }


class TestFindingsOfOthers:
    BASIC = rule("g.basic", f"{FINDINGS} != 'breach'")
    OFFER = rule("g.offer", f"{FINDINGS} != 'breach'", record="offer")
    WRITTEN = rule("b.written", "written", benefit=True)
    LATER = rule("b.later", "not offers", benefit=True, phases=["carried_out"])

    def told(self, *rules, **parts):
        parts.setdefault("records", {"participant": WHOLE, "offer": WHOLE})
        return tried(rules, **parts)

    @pytest.mark.parametrize(
        ("facts", "word"),
        [({"written": True}, "meets"), ({"written": False}, "breach"), ({}, "undecided")],
    )
    def test_the_worst_of_the_benefit_rules_is_a_fact(self, facts, word):
        assert only(self.told(self.BASIC, self.WRITTEN, collaboration=facts), "g.basic").word == word

    def test_only_benefit_rules_of_the_phase_count(self):
        check = self.told(
            self.BASIC, rule("r.other", "written"), self.LATER, collaboration={"written": False, "offers": True}
        )
        assert only(check, "g.basic").word == "meets"

    def test_no_benefit_rule_at_all_is_not_applicable(self):
        check = self.told(rule("g.none", f"{FINDINGS} == 'not_applicable'"), collaboration={})
        assert only(check, "g.none").word == "meets"
        assert only(self.told(rule("g.none", f"{FINDINGS} == 'meets'")), "g.none").word == "breach"

    def test_what_is_met_is_told_from_what_does_not_apply(self):
        rules = (rule("g.met", f"{FINDINGS} == 'meets'"), rule("b.w", "written", applies="offers", benefit=True))
        assert only(self.told(*rules, collaboration={"offers": True, "written": True}), "g.met").word == "meets"
        assert only(self.told(*rules, collaboration={"offers": False}), "g.met").word == "breach"

    def test_what_awaits_a_judgement_is_left_to_one(self):
        rules = (self.BASIC, rule("b.fair", "fair_assessed", benefit=True))
        found = only(self.told(*rules), "g.basic")
        assert (found.word, found.missing) == ("judge", ("fair_assessed",))

    def test_a_breach_outweighs_a_doubt_and_a_doubt_a_judgement(self):
        rules = (
            self.BASIC,
            self.WRITTEN,
            rule("b.offers", "offers", benefit=True),
            rule("b.fair", "fair_assessed", benefit=True),
        )
        assert only(self.told(*rules, collaboration={"written": False}), "g.basic").word == "breach"
        found = only(self.told(*rules, collaboration={"written": True}), "g.basic")
        assert (found.word, found.missing) == ("undecided", ("offers",))

    def test_what_lacks_is_asked_of_the_record_that_lacks_it(self):
        people = [{"id": "p1", "fed": False}, {"id": "p2"}]
        found = only(self.told(self.BASIC, FED, participant=people, collaboration={"offers": True}), "g.basic")
        assert (found.word, found.missing) == ("undecided", ("participant:p2.fed",))
        found = only(self.told(self.BASIC, FED, participant=people[:1]), "g.basic")
        assert (found.word, found.missing) == ("meets", ())
        found = only(self.told(self.BASIC, FED, participant=people), "g.basic")
        assert found.missing == ("offers", "participant:p2.fed")
        found = only(self.told(self.BASIC, FED, collaboration={"offers": True}, records={}), "g.basic")
        assert found.missing == ("records.participant.complete",)

    def test_an_offer_answers_for_the_record_that_it_concerns(self):
        people = [{"id": "good", "fed": False}, {"id": "bad", "fed": True}]
        offers = [
            {"id": "one", "concerns": "participant:good"},
            {"id": "two", "concerns": "participant:bad"},
            {"id": "all"},
            {"id": "whole", "concerns": "collaboration"},
        ]
        check = self.told(self.OFFER, FED, participant=people, offer=offers, collaboration={"offers": True})
        found = {f.record: f.word for f in check.findings if f.rule.id == "g.offer"}
        assert found == {"offer:one": "meets", "offer:two": "breach", "offer:all": "undecided", "offer:whole": "breach"}
        assert only(check, "g.offer", "offer:all").missing == ("concerns",), "it may concern the good one"

    def test_an_offer_of_what_no_benefit_rule_speaks_of_is_not_applicable(self):
        rules = (rule("g.offer", f"{FINDINGS} == 'not_applicable'", record="offer"), self.WRITTEN)
        offers = [{"id": "one", "concerns": "participant:1"}]
        check = self.told(*rules, participant=[{}], offer=offers, collaboration={"written": False})
        assert only(check, "g.offer").word == "meets"

    def test_what_an_offer_lacks_is_asked_for(self):
        people = [{"id": "p1"}, {"id": "p2"}]
        offers = [{"id": "one", "concerns": "participant:p2"}]
        check = self.told(self.OFFER, FED, participant=people, offer=offers, collaboration={"offers": True})
        assert only(check, "g.offer").missing == ("participant:p2.fed",)

    def test_offers_that_nobody_listed_leave_it_undecided(self):
        check = self.told(self.OFFER, self.WRITTEN, collaboration={"written": True}, records={})
        assert words(check)["g.offer", "offer:*"] == "undecided"

    def test_a_derived_fact_of_the_collaboration_is_asked_for_by_what_it_lacks(self):
        rules = (rule("r.one", "most_abroad", record="meal"),)
        found = only(tried(rules, meal=[{}], participant=[{"id": "a"}], records={"meal": WHOLE, "participant": WHOLE}))
        assert (found.word, found.missing) == ("undecided", ("participant:a.works_in",))

    def test_outside_the_scope_findings_are_not_applicable(self):
        check = self.told(self.BASIC, self.WRITTEN, collaboration={"branch": "other", "written": False})
        assert set(words(check).values()) == {"not_applicable"}


class TestJudgements:
    FAIR = rule("r.one", "written or fair_assessed")

    def told(self, *judgements, rules=None, **parts):
        return only(tried(rules or [self.FAIR], judgement=list(judgements), collaboration={"written": False}, **parts))

    def test_without_one_it_is_left_to_a_person_and_with_one_it_is_closed(self):
        assert self.told().word == "judge"
        assert self.told(judged("fair_assessed", True)).word == "meets"
        assert self.told(judged("fair_assessed", False)).word == "breach"

    def test_the_judgement_is_shown_with_who_when_and_why(self):
        found = self.told(judged("fair_assessed", False))
        shown = found.judgements
        assert [(each.by, each.on, each.why, each.value) for each in shown] == [
            ("verksamhetschef", date(2026, 2, 20), "Så.", False)
        ]

    def test_the_latest_judgement_counts_wherever_it_stands(self):
        early, late = judged("fair_assessed", False, on="2026-02-20"), judged("fair_assessed", True, on="2026-02-21")
        for both in ((early, late), (late, early)):
            found = self.told(*both)
            assert found.word == "meets"
            assert [each.on for each in found.judgements] == [date(2026, 2, 21)]

    def test_a_judgement_is_of_one_record_only(self):
        rules = [rule("r.one", "settled_assessed", record="participant")]
        parts = {"participant": [{"id": "p1"}, {"id": "p2"}], "records": {"participant": WHOLE}}
        check = tried(rules, judgement=[judged("settled_assessed", True, "participant:p2")], **parts)
        assert words(check) == {("r.one", "participant:p1"): "judge", ("r.one", "participant:p2"): "meets"}
        assert only(check, record="participant:p1").judgements == ()
        assert len(only(check, record="participant:p2").judgements) == 1

    def test_a_judgement_of_the_collaboration_is_shown_with_its_records(self):
        rules = [rule("r.one", "fed or fair_assessed", record="participant")]
        parts = {"participant": [{"fed": False}], "records": {"participant": WHOLE}}
        found = only(tried(rules, judgement=[judged("fair_assessed", False)], **parts))
        assert (found.word, [each.record for each in found.judgements]) == ("breach", ["collaboration"])

    def test_a_judgement_that_does_not_matter_is_not_shown(self):
        found = only(tried([self.FAIR], judgement=[judged("fair_assessed")], collaboration={"written": True}))
        assert (found.word, found.judgements) == ("meets", ())


EXPECTED = {"expected": 10, "expected_abroad": 9, "offers": True}


class TestEstimates:
    RULES = (rule("r.one", "most_abroad"), rule("r.two", "offers"))

    def test_a_finding_says_that_it_rests_on_an_estimate(self):
        check = tried(self.RULES, collaboration=EXPECTED)
        assert (only(check).word, only(check).estimated) == ("meets", ("most_abroad",))
        assert only(check, "r.two").estimated == ()

    def test_nothing_is_estimated_of_what_was_carried_out(self):
        check = tried(self.RULES, "carried_out", collaboration=EXPECTED)
        assert (only(check).word, only(check).estimated) == ("undecided", ())
        assert only(check).missing == ("records.participant.complete",)


class TestEditions:
    def test_every_edition_given_tries_the_case(self):
        one, two = small.edition(rule()), small.edition(rule("r.two", "not offers", phases=["carried_out"]), rule())
        check = check_by(small.case(collaboration={"offers": True}), [one, two], as_of=date(2026, 3, 1))
        assert [(layer.id, layer.hash, layer.owner) for layer in check.layers] == [
            (one.id, one.hash, "parties"),
            (two.id, two.hash, "parties"),
        ]
        told = [(f.rule.edition, f.rule.id) for f in check.findings]
        assert told == [
            (one.id, "omfattning.galler"),
            (one.id, "r.one"),
            (two.id, "omfattning.galler"),
            (two.id, "r.one"),
        ]
        assert [later.rule.id for later in check.later] == ["r.two"]
        assert (check.as_of, check.case.title) == (date(2026, 3, 1), "Ett fall")

    @pytest.mark.parametrize(
        ("requires", "word"),
        [(("offers", "offers"), "meets"), (("offers", "not offers"), "judge"), (("offers", "written"), "judge")],
    )
    def test_where_editions_differ_a_person_judges(self, requires, word):
        ours = [small.edition(rule(requires=each)) for each in requires]
        check = check_by(small.case(collaboration={"offers": True}), ours, as_of=date(2026, 3, 1))
        assert OUTCOMES[check.outcome()] == word

    def test_rulebooks_of_other_lines_add_and_never_loosen(self):
        agreement = small.edition(rule())
        own = small.edition(rule("p.own", "written"), document={"id": "egen/1", "line": "egen"})
        for written, word in ((True, "meets"), (False, "breach"), (None, "undecided")):
            case = small.case(collaboration={"offers": True, "written": written})
            assert OUTCOMES[check_by(case, [agreement, own], as_of=date(2026, 3, 1)).outcome()] == word

    def test_without_any_edition_nothing_applies(self):
        check = check_by(small.case(), [], as_of=date(2026, 3, 1))
        assert (check.findings, check.outcome(), check.outcomes()) == ((), 0, {})

    def test_the_days_of_the_case_choose_the_edition(self):
        check = check_case(small.case(collaboration={"branch": None}), as_of=date(2026, 3, 1))
        assert [layer.id for layer in check.layers] == ["samverkansregler/3.0", "specifikation/3.0"]
        assert check.layers[0].hash == edition_by_id("samverkansregler/3.0").hash

    def test_an_edition_can_be_named(self):
        named = check_case(
            small.case(starts_on="2013-03-12", collaboration={"branch": None}),
            as_of=date(2026, 3, 1),
            edition="samverkansregler/3.0",
        )
        assert [layer.id for layer in named.layers] == ["samverkansregler/3.0"]

    def test_an_edition_that_is_not_here_is_refused(self):
        with pytest.raises(BadInput) as refused:
            check_case(small.case(), as_of=date(2026, 3, 1), edition="samverkansregler/9.9")
        assert [problem.code for problem in refused.value.problems] == ["edition.unknown"]
