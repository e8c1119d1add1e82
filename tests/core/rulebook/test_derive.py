"""Nothing found is not nothing there: derived facts and their bounds, counted on cases of the small vocabulary."""

from datetime import date

import pytest

from tests.core.rulebook import small
from tillit.core.rulebook.derive import Children, Outcome, estimated, over_children
from tillit.core.rulebook.explain import Seen
from tillit.core.rulebook.facts import Record, RecordList
from tillit.core.rulebook.model import Derived
from tillit.core.rulebook.plan import plan
from tillit.core.rulebook.slots import fill
from tillit.core.rulebook.tree import day_number
from tillit.core.rulebook.values import F, J, T, U

pytestmark = pytest.mark.mutation
BOOKS = small.edition(small.rule(), parameter=[small.RETENTION])
EMPTY = small.edition(small.rule(), parameter=[{**small.RETENTION, "value": []}])


def filled(*args, edition=BOOKS, **parts):
    return fill(small.case(*args, **parts), plan(edition), date(2026, 3, 1))


def derived(name, *args, edition=BOOKS, **parts):
    """Return a collaboration's derived fact (two numbers where it has bounds) and what is missing under it."""
    found = filled(*args, edition=edition, **parts)
    layout = plan(edition).layouts["collaboration"]
    start = layout.places[name]
    known = found.collaboration[start : start + (2 if layout.symbols[name].bounded else 1)]
    return (tuple(known) if len(known) == 2 else known[0]), found.missing.get(("collaboration", name), ())


def people(*countries, side="care"):
    return [{"side": side, **({"works_in": each} if each else {})} for each in countries]


def whole(kind, **keys):
    return {kind: {"complete": True, **keys}}


LIST = ("records.participant.complete",)


class TestMajority:
    @pytest.mark.parametrize(
        ("countries", "expected"),
        [
            (["DE", "DE", "SE"], T),
            (["DE", "SE"], F),
            (["DE", "SE", "SE"], F),
            (["DE", None, "SE"], U),
            (["DE", "DE", None], T),
            (["SE", "SE", None], F),
            (["SE", None], F),
            (["DE", None], U),
            (["SE", "SE", "DE", None], F),
            (["DE"], T),
            (["SE"], F),
            ([None], U),
            ([], U),
        ],
    )
    def test_of_a_whole_list_it_is_more_than_half_whatever_the_unknown_are(self, countries, expected):
        assert derived("most_abroad", participant=people(*countries), records=whole("participant"))[0] == expected

    def test_what_is_missing_is_the_country_of_those_whose_country_is_not_known(self):
        value, missing = derived("most_abroad", participant=people("DE", None, "SE"), records=whole("participant"))
        assert (value, missing) == (U, ("participant:2.works_in",))

    def test_nothing_is_missing_of_what_is_decided(self):
        assert derived("most_abroad", participant=people("DE", "DE", None), records=whole("participant"))[1] == ()
        assert derived("most_abroad", participant=people("SE", "SE", None), records=whole("participant"))[1] == ()

    def test_where_nobody_is_it_is_not_known_and_the_list_is_asked_for(self):
        assert derived("most_abroad", records=whole("participant")) == (U, LIST)

    @pytest.mark.parametrize("said", [{}, {"complete": False}])
    def test_a_list_that_may_be_longer_decides_nothing(self, said):
        assert derived("most_abroad", participant=people("DE", "DE"), records={"participant": said}) == (U, LIST)
        assert derived("most_abroad", participant=people("SE", "SE"), records={"participant": said}) == (U, LIST)

    @pytest.mark.parametrize(
        ("countries", "total", "expected"),
        [
            (["DE", "DE"], 3, T),
            (["DE", "DE"], 4, U),
            (["SE", "SE"], 4, F),
            (["SE", "SE"], 5, U),
            (["DE", "SE", "SE"], 4, F),
            (["DE", "SE", "SE"], 5, U),
            ([], 3, U),
            ([], 0, U),
        ],
    )
    def test_a_declared_total_bounds_those_who_are_not_listed(self, countries, total, expected):
        said = {"participant": {"total": total}}
        assert derived("most_abroad", participant=people(*countries), records=said)[0] == expected

    def test_among_counts_only_those_who_belong(self):
        care, industry = people("DE", "DE", "SE"), people("SE", "SE", "SE", side="industry")
        found = derived("most_care_abroad", participant=[*care, *industry], records=whole("participant"))
        assert found == (T, ())
        assert derived("most_abroad", participant=[*care, *industry], records=whole("participant"))[0] == F

    @pytest.mark.parametrize(
        ("some", "expected"),
        [
            ([{"side": "care", "works_in": "DE"}, {"works_in": "SE"}], U),  # were the other of care: exactly half
            ([{"side": "care", "works_in": "DE"}, {"works_in": "DE"}], T),
            ([{"side": "care", "works_in": "SE"}, {"works_in": "DE"}], F),
            ([{"side": "care", "works_in": "SE"}, {}], F),
            ([{"side": "care", "works_in": "DE"}, {}], U),
            ([{"works_in": "SE"}], U),  # perhaps nobody of care is there at all
            ([{"works_in": "DE"}], U),
            ([{"side": "industry", "works_in": "SE"}], U),
            ([{"side": "care", "works_in": "SE"}, *people("DE", "DE", "DE", side="industry")], F),
            ([{"side": "care", "works_in": "SE"}, {"works_in": "SE"}, {"works_in": "SE"}], F),
        ],
    )
    def test_who_may_belong_counts_both_ways(self, some, expected):
        assert derived("most_care_abroad", participant=some, records=whole("participant"))[0] == expected

    def test_whose_side_is_not_known_is_asked_for_with_the_country(self):
        some = [{"side": "care", "works_in": "DE"}, {}]
        value, missing = derived("most_care_abroad", participant=some, records=whole("participant"))
        assert (value, missing) == (U, ("participant:2.side", "participant:2.works_in"))

    def test_those_who_are_not_listed_may_all_be_of_the_other_side(self):
        some = people("SE", "SE", "SE")
        assert derived("most_care_abroad", participant=some, records={"participant": {"total": 4}})[0] == F
        assert derived("most_care_abroad", participant=[], records={"participant": {"total": 4}}) == (U, LIST)

    def test_where_nobody_belongs_it_is_not_known(self):
        some = people("SE", side="industry")
        assert derived("most_care_abroad", participant=some, records=whole("participant")) == (U, LIST)


EXPECTED = {"expected": 10, "expected_abroad": 6}


class TestEstimate:
    def test_an_estimate_stands_for_the_list_while_planning_and_is_marked(self):
        found = filled(collaboration=EXPECTED)
        assert found.collaboration[plan(BOOKS).layouts["collaboration"].places["most_abroad"]] == T
        assert found.estimated == {"most_abroad"}
        assert ("collaboration", "most_abroad") not in found.missing

    @pytest.mark.parametrize(("abroad", "expected"), [(5, F), (6, T), (0, F), (10, T), (11, U)])
    def test_half_is_no_majority_and_more_than_all_is_no_estimate(self, abroad, expected):
        assert derived("most_abroad", collaboration={"expected": 10, "expected_abroad": abroad})[0] == expected

    @pytest.mark.parametrize("half", [{"expected": 10}, {"expected_abroad": 6}, {"expected": 0, "expected_abroad": 0}])
    def test_half_an_estimate_is_none(self, half):
        assert derived("most_abroad", collaboration=half) == (U, LIST)

    def test_one_of_one_is_a_majority(self):
        assert derived("most_abroad", collaboration={"expected": 1, "expected_abroad": 1})[0] == T

    def test_what_is_estimated_lacks_nothing(self):
        facts = small.case(collaboration=EXPECTED).collaboration
        how = small.VOCABULARY.kinds["collaboration"].derived["most_abroad"]
        assert estimated(how, Outcome((U,), ("x",)), facts) == Outcome((T,), (), True)
        assert estimated(how, Outcome((F,), ("x",)), facts) == Outcome((F,), ("x",))

    def test_an_estimate_counts_when_offered_but_not_when_carried_out(self):
        assert derived("most_abroad", "offered", collaboration=EXPECTED)[0] == T
        assert derived("most_abroad", "carried_out", collaboration=EXPECTED) == (U, LIST)

    def test_a_list_that_decides_outweighs_an_estimate(self):
        found = filled(collaboration=EXPECTED, participant=people("SE"), records=whole("participant"))
        assert found.collaboration[plan(BOOKS).layouts["collaboration"].places["most_abroad"]] == F
        assert found.estimated == set()

    def test_a_majority_without_an_estimate_of_its_own_takes_none(self):
        assert derived("most_care_abroad", collaboration=EXPECTED)[0] == U


class TestAnyAndAll:
    @pytest.mark.parametrize(
        ("sides", "expected"),
        [(["care", None], T), (["industry", None], U), (["industry"], F), ([], F), (["industry", "care"], T)],
    )
    def test_any_of_a_whole_list(self, sides, expected):
        listed = [{"side": side} if side else {} for side in sides]
        value, missing = derived("any_care", participant=listed, records=whole("participant"))
        assert value == expected
        assert missing == (("participant:2.side",) if expected == U else ())

    def test_any_of_a_list_that_may_be_longer_is_true_or_unknown(self):
        assert derived("any_care", participant=[{"side": "care"}]) == (T, ())
        assert derived("any_care", participant=[{"side": "other"}]) == (U, LIST)
        assert derived("any_care") == (U, LIST)
        assert derived("any_care", records={"participant": {"total": 1}}) == (U, LIST)
        assert derived("any_care", participant=[{}]) == (U, ("participant:1.side", *LIST))

    def judged(self, *values, **parts):
        listed: list[dict[str, str]] = [{} for _ in values]
        judgements = [
            small.judged("settled_assessed", value, f"participant:{number}")
            for number, value in enumerate(values, 1)
            if value is not None
        ]
        return derived("all_settled", participant=listed, judgement=judgements, **parts)

    def test_all_of_a_whole_list_awaits_the_judgements_that_lack(self):
        said = {"records": whole("participant")}
        assert self.judged(True, True, **said) == (T, ())
        assert self.judged(True, None, **said) == (J, ("participant:2.settled_assessed",))
        assert self.judged(False, None, **said) == (F, ())
        assert derived("all_settled", **said) == (T, ())

    def test_all_of_a_list_that_may_be_longer_is_false_or_unknown(self):
        assert self.judged(True, False) == (F, ())
        assert self.judged(True) == (U, LIST)
        assert self.judged(None) == (U, ("participant:1.settled_assessed", *LIST))

    def test_a_record_that_is_there_though_not_listed_decides_where_every_record_would(self):
        def found(how, bit, **said):
            children = Children(RecordList(**said), (), ())
            return over_children(
                Derived("x", "collaboration", "bool", how, "participant"), lambda slots: Seen(bit), None, children
            )

        assert found("any", T, total=2) == Outcome((T,))
        assert found("all", F, total=2) == Outcome((F,))
        assert found("any", T) == Outcome((U,), LIST)
        assert found("any", F) == Outcome((F,))
        assert found("all", J, total=2) == Outcome((U,), LIST)


class TestCount:
    def test_a_whole_list_is_counted(self):
        assert derived("meals", meal=[{}, {}], records=whole("meal")) == ((2, 2), ())

    def test_a_list_that_may_be_longer_has_no_upper_bound(self):
        assert derived("meals", meal=[{}, {}]) == ((2, None), ("records.meal.complete",))

    def test_a_declared_total_is_the_count(self):
        assert derived("meals", meal=[{}], records={"meal": {"total": 4}}) == ((4, 4), ())

    def test_those_that_may_count_are_between_the_bounds(self):
        listed = [{"mode": "remote"}, {"mode": "on_site"}, {}]
        found = derived("remote", participant=listed, records=whole("participant"))
        assert found == ((1, 2), ("participant:3.mode",))
        assert derived("remote", participant=listed, records={"participant": {"total": 5}})[0] == (1, 4)
        assert derived("remote", participant=listed)[0] == (1, None)
        assert derived("remote", participant=listed)[1] == ("participant:3.mode", *LIST)
        assert derived("remote", participant=listed[:2], records=whole("participant")) == ((1, 1), ())
        assert derived("remote", participant=listed[:2], records={"participant": {"total": 3}}) == ((1, 2), LIST)


class TestSum:
    LIST = ("records.cost_line.complete",)

    def test_a_whole_list_is_summed_in_hundredths(self):
        lines = [{"amount": "10.50"}, {"amount": "2"}]
        assert derived("cost", cost_line=lines, records=whole("cost_line")) == ((1250, 1250), ())

    def test_a_list_that_may_be_longer_has_no_upper_bound(self):
        assert derived("cost", cost_line=[{"amount": "1"}]) == ((100, None), self.LIST)
        said = {"cost_line": {"total": 2}}
        assert derived("cost", cost_line=[{"amount": "1"}], records=said) == ((100, None), self.LIST)
        assert derived("cost", records=whole("cost_line")) == ((0, 0), ())

    def test_an_amount_that_is_not_known_has_no_upper_bound(self):
        lines = [{"amount": "1"}, {"category": "food"}, {"amount": "2"}]
        found = derived("cost", cost_line=lines, records=whole("cost_line"))
        assert found == ((300, None), ("cost_line:2.amount",))

    def test_another_currency_is_an_amount_that_is_not_known(self):
        lines = [{"amount": "1", "currency": "EUR"}, {"amount": "2", "currency": "SEK"}]
        found = derived("cost", cost_line=lines, records=whole("cost_line"))
        assert found == ((200, None), ("cost_line:1.amount",))

    def test_what_may_count_is_between_the_bounds(self):
        lines = [{"amount": "1", "category": "food"}, {"amount": "2"}, {"amount": "4", "category": "other"}]
        found = derived("food", cost_line=lines, records=whole("cost_line"))
        assert found == ((100, 300), ("cost_line:2.category",))

    def test_what_does_not_count_may_be_unknown(self):
        lines = [{"category": "other"}, {"category": "food", "amount": "3"}]
        assert derived("food", cost_line=lines, records=whole("cost_line")) == ((300, 300), ())

    def test_what_may_count_and_is_not_known_is_asked_for_twice(self):
        found = derived("food", cost_line=[{}], records=whole("cost_line"))
        assert found == ((0, None), ("cost_line:1.category", "cost_line:1.amount"))

    def test_nothing_is_asked_for_where_nothing_can_come_of_it(self):
        assert derived("food", cost_line=[{"amount": "0"}], records=whole("cost_line")) == ((0, 0), ())

    def test_what_counts_only_sometimes_has_no_upper_bound_either_while_the_list_may_be_longer(self):
        assert derived("food", cost_line=[{"amount": "1", "category": "food"}]) == ((100, None), self.LIST)

    def test_an_amount_without_a_currency_is_in_kronor(self):
        line = Record("cost_line", "1", {"amount": 500})
        how = small.VOCABULARY.kinds["collaboration"].derived["cost"]
        assert over_children(how, None, None, Children(RecordList((line,), True), ((),), ())) == Outcome((500, 500))


class TestFollows:
    def keep(self, name="keep_until", edition=BOOKS, record=None, **parts):
        found = filled(document=[record or {}], edition=edition, **parts)
        slots = found.children["document"][0]
        value = slots[plan(edition).layouts["document"].places[name]]
        return value, found.missing.get(("document:1", name), ())

    def test_years_after_is_the_same_day_of_a_later_year(self):
        assert self.keep(starts_on="2026-03-12") == (day_number(date(2036, 3, 12)), ())
        assert self.keep(starts_on="2028-02-29") == (day_number(date(2038, 2, 28)), ())

    def test_years_are_those_in_force_when_the_collaboration_ends(self):
        assert self.keep(starts_on="2026-03-12", ends_on="2030-01-01")[0] == day_number(date(2042, 1, 1))

    def test_an_edition_tried_before_its_day_uses_its_first_values(self):
        assert self.keep(starts_on="2025-03-12")[0] == day_number(date(2035, 3, 12))

    def test_an_unknown_day_and_an_empty_parameter_are_what_lacks(self):
        assert self.keep("mourned_until") == (None, ("destroyed_on",))
        assert self.keep(edition=EMPTY) == (None, ("retention_years",))
        assert self.keep("mourned_until", record={"destroyed_on": "2026-05-01"})[0] == day_number(date(2036, 5, 1))

    def test_the_unlisted_have_their_derived_facts_too(self):
        slots = filled(starts_on="2026-03-12").unlisted["document"]
        assert slots[plan(BOOKS).layouts["document"].places["keep_until"]] == day_number(date(2036, 3, 12))

    def resort(self, *, day="2026-01-15", **place):
        found = filled(starts_on=day, ends_on=day, place=[place])
        value = found.children["place"][0][plan(BOOKS).layouts["place"].places["resort"]]
        return value, found.missing.get(("place:1", "resort"), ())

    def test_a_town_of_the_table_is_a_hit_in_its_season_only(self):
        assert self.resort(town="Åre", day="2027-01-15") == (T, ())
        assert self.resort(town="  åre ", day="2027-01-15") == (T, ())
        assert self.resort(town="Åre", day="2027-06-15") == (F, ())
        assert self.resort(town="Borås", day="2027-01-15") == (F, ())
        assert self.resort() == (U, ("town",))


def test_parameters_and_header_days_have_slots_on_every_kind_of_record():
    found = filled(starts_on="2026-03-12", ends_on="2026-03-14", participant=[{}])
    for kind, slots in (("collaboration", found.collaboration), ("participant", found.children["participant"][0])):
        places = plan(BOOKS).layouts[kind].places
        assert slots[places["retention_years"]] == 10
        days = [slots[places[name]] for name in ("starts_on", "ends_on", "as_of")]
        assert days == [day_number(date(2026, 3, day)) for day in (12, 14, 1)]


def test_what_is_not_counted_over_records_is_no_business_of_counting():
    how = small.VOCABULARY.kinds["document"].derived["keep_until"]
    with pytest.raises(TypeError, match="years_after is not counted over records"):
        over_children(how, None, None, Children(RecordList(), (), ()))
