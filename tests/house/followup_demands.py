"""The demands of the report that the first part of follow-up answers, as in `report_demands`."""

from tests.house.demand import Demand

APPS, WEB, CORE = "tests/apps/followup", "tests/web/followup", "tests/core/indicators"
HERE = "/partnerskap/<p>/uppfoljning/"

DEMANDS = (
    Demand(
        "R16",
        "Tydliga mål och åtaganden tidigt, gemensamma och öppna",
        (f"{HERE}mal/", f"{HERE}mal/<x>/"),
        (
            f"{WEB}/test_goal_pages.py::test_a_goal_is_open_to_all_and_one_for_the_parties_is_not",
            f"{APPS}/test_goals.py::test_what_a_party_says_is_kept_when_it_changes_its_mind",
        ),
    ),
    Demand(
        "R17",
        "En effektlogik som knyter mål till plan och till insatser i forskningsområden",
        (f"{HERE}effektlogik/", f"{HERE}effektlogik/<x>/"),
        (
            f"{APPS}/test_logic_gaps.py::test_a_strategic_goal_asks_for_an_effort_in_a_research_area",
            f"{APPS}/test_logic.py::test_a_logic_with_blocking_gaps_is_refused_and_every_one_is_told",
            f"{WEB}/test_logic_pages.py::test_the_national_page_tells_which_branches_serve_each_step_and_which_have_none",
        ),
    ),
    Demand(
        "R18",
        "Mätbara indikatorer på varje nivå",
        (f"{HERE}mal/", f"{HERE}indikatorer/"),
        (
            f"{APPS}/test_goals.py::test_example_c_the_finding_of_the_report_is_computed",
            f"{WEB}/test_indicator_pages.py::test_an_unmeasurable_indicator_is_improved_until_it_measures_its_goal",
            f"{APPS}/test_goals.py::test_levels_without_goals_are_told_and_a_closed_goal_is_not_counted",
        ),
    ),
    Demand(
        "R19",
        "Gruppens egna mål, inte bara hur ofta den möts",
        (f"{HERE}mal/", f"{HERE}mal/nytt/"),
        (
            f"{WEB}/test_goal_pages.py::test_the_office_writes_a_goal_of_the_groups_own_and_comes_to_its_page",
            f"{APPS}/test_goals.py::test_a_group_that_only_counts_its_meetings_is_told_so",
        ),
    ),
    Demand(
        "R20",
        "Bidraget till Sveriges konkurrenskraft synligt",
        (f"{HERE}indikatorer/bibliotek/", f"{HERE}natverk/"),
        (
            f"{APPS}/test_library.py::test_the_library_has_what_the_report_and_the_issue_ask_for",
            f"{APPS}/test_library.py::test_every_figure_is_one_that_is_published_and_there_is_no_other",
            f"{WEB}/test_scorecard_pages.py::test_networks_stand_in_the_order_of_their_reporters_then_by_name_whatever_they_do",
        ),
    ),
    Demand(
        "R21",
        "Kvalitativa och kvantitativa indikatorer",
        (f"{HERE}indikatorer/<x>/", f"{HERE}enkater/<x>/"),
        (
            f"{WEB}/test_scorecard_pages.py::test_described_levels_are_drawn_with_their_words_and_what_they_mean",
            f"{APPS}/test_surveys.py::test_an_answer_holds_neither_giver_nor_time_nor_link",
            f"{APPS}/test_trials.py::test_nothing_unknown_is_counted_as_nought",
        ),
    ),
    Demand(
        "R22",
        "Uppföljning från början, ofta och på alla nivåer",
        (f"{HERE}rapportera/", "/arbete/rapporter/", f"{HERE}rapportera/godkanna/"),
        (
            f"{APPS}/test_reporting.py::test_a_quarters_report_by_three_parties_becomes_one_sum",
            f"{APPS}/test_reporting.py::test_the_example_of_d2_through_the_tables",
            f"{APPS}/test_deviations.py::test_each_reporter_that_is_late_is_told",
        ),
    ),
    Demand(
        "R23",
        "Framdriften visas i bild",
        (HERE, f"{HERE}indikatorer/<x>/"),
        (
            f"{WEB}/test_scorecard_pages.py::test_every_number_that_a_chart_writes_on_the_page_stands_in_its_table",
            f"{WEB}/test_scorecard_pages.py::test_a_row_says_latest_with_period_target_state_and_what_it_means",
        ),
    ),
    Demand(
        "R24",
        "Avvikelser flaggas",
        (f"{HERE}avvikelser/", f"{HERE}avvikelser/<x>/"),
        (
            f"{APPS}/test_deviations.py::test_a_value_far_behind_its_plan_is_a_red_deviation_with_all_it_rests_on",
            f"{APPS}/test_deviations.py::test_there_is_one_open_deviation_of_a_fingerprint_and_no_second",
            f"{WEB}/test_deviation_pages.py::test_one_says_outcome_rule_what_was_seen_and_what_to_do_in_that_order",
        ),
    ),
)
ASKED = tuple(f"R{n}" for n in range(16, 25))
"""What the issue of follow-up's first part asks to be answered."""
