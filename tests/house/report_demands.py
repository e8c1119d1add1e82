"""The demands of the report that the partnership's first part answers: in our own words, with page and test.

`docs/krav.md` is made from this. `<p>` stands for a partnership, `<x>` for the key of what is shown.
"""

from tests.house import followup_demands
from tests.house.demand import Demand

APPS, WEB, CORE = "tests/apps/partnerships", "tests/web/partnerships", "tests/core/governance"


DEMANDS = (
    Demand(
        "R1",
        "Avtalsområden och modeller: en ram med områden och nivåer",
        ("/partnerskap/modeller/", "/partnerskap/<p>/tackning/"),
        (
            f"{APPS}/test_templates.py::test_what_is_agreed_per_area_and_level_is_the_most_that_any_agreement_says",
            f"{APPS}/test_found_from_template.py::test_every_model_can_be_founded_and_gives_what_it_says",
        ),
    ),
    Demand(
        "R2",
        "Vad det innebär att vara aktör, för en part och för den som inte har gått med",
        ("/partnerskap/<p>/aktor/<x>/", "/partnerskap/<p>/bli-aktor/"),
        (
            f"{WEB}/test_actor_pages.py::test_a_party_reads_what_it_signed_owes_decides_and_how_to_leave",
            f"{WEB}/test_actor_pages.py::test_page_and_pdf_of_a_party_say_the_same",
            f"{WEB}/test_models_pages.py::test_a_prospect_of_a_founded_model_signs_what_the_model_says",
        ),
    ),
    Demand(
        "R3",
        "Pröva om ett konsortialavtal passar: modeller sida vid sida",
        ("/partnerskap/modeller/",),
        (
            f"{WEB}/test_models_pages.py::test_every_model_answers_every_question_in_both_languages",
            f"{WEB}/test_models_pages.py::test_the_reports_own_question_is_what_is_shown_first_and_what_is_no_model_is_passed_over",
        ),
    ),
    Demand(
        "R4",
        "Sex namngivna avtalsområden, varav ett visas med ett annat",
        ("/partnerskap/<p>/tackning/", "/partnerskap/<p>/avtal/<x>/"),
        (
            f"{CORE}/test_coverage.py::test_the_matrix_has_six_areas_at_every_level_in_order",
            f"{WEB}/test_agreement_pages.py::test_the_matrix_says_in_words_what_is_agreed_and_what_is_missing",
        ),
    ),
    Demand(
        "R5",
        "Fem samarbeten som finns, med insikt, möjlighet och idé per område",
        ("/partnerskap/jamforelse/",),
        (
            f"{WEB}/test_models_pages.py::test_the_five_are_shown_with_aliases_and_marks_and_what_is_not_known",
            f"{WEB}/test_models_pages.py::test_reference_data_names_a_source_for_every_public_claim_and_no_cell_is_filled_by_guess",
        ),
    ),
    Demand(
        "R6",
        "Juridisk form: juridisk person eller avtalssamverkan, och värd",
        ("/partnerskap/ny/", "/partnerskap/<p>/"),
        (
            f"{WEB}/test_models_pages.py::test_a_partnership_is_founded_from_a_model_on_the_page",
            f"{CORE}/test_hierarchy.py::test_the_root_follows_the_legal_form",
        ),
    ),
    Demand(
        "R8",
        "En huvudöverenskommelse med avtal på olika nivåer och för olika områden",
        ("/partnerskap/<p>/avtal/",),
        (
            f"{APPS}/test_agreement_reads.py::test_the_tree_goes_down_and_what_is_hidden_leaves_its_children_at_the_top",
            f"{APPS}/test_agreements.py::test_a_second_main_agreement_is_refused_in_words",
        ),
    ),
    Demand(
        "R10",
        "Tre roller: beslutande, operativ och beredande, rådgivande",
        ("/partnerskap/<p>/organ/",),
        (
            f"{APPS}/test_organ_queries.py::test_the_three_tiers_are_always_there_and_others_when_there_are_any",
            f"{WEB}/test_overview.py::test_tiers_without_an_organ_are_said",
        ),
    ),
    Demand(
        "R11",
        "Flera nivåer: styrelse, kansli, nätverk och grupper per forskningsområde",
        ("/partnerskap/<p>/organ/", "/partnerskap/<p>/"),
        (
            f"{APPS}/test_frame.py::test_a_partnership_is_founded_with_levels_an_address_and_its_founder_in_the_office",
            f"{APPS}/test_found_from_template.py::test_every_model_can_be_founded_and_gives_what_it_says",
        ),
    ),
    Demand(
        "R12",
        "Alla parter i sektorn kan delta i beslut, med tydliga roller (mandat och platser; möten kommer senare)",
        ("/partnerskap/<p>/mandat/", "/partnerskap/<p>/organ/<x>/"),
        (
            f"{APPS}/test_organ_queries.py::test_which_sectors_take_part_where_it_is_decided_with_shares",
            f"{APPS}/test_organ_queries.py::test_the_table_says_who_decides_and_where_nobody_does",
        ),
    ),
    Demand(
        "R13",
        "Bred och geografiskt balanserad representation",
        ("/partnerskap/<p>/representation/<x>/",),
        (
            f"{APPS}/test_organ_queries.py::test_seven_regions_of_21_and_the_other_14_spoken_for_are_three_readings",
            f"{WEB}/test_organ_pages.py::test_the_map_has_a_tile_for_every_region_with_a_word_and_a_table_beside",
        ),
    ),
    Demand(
        "R14",
        "Formella åtaganden på alla nivåer, också den beslutande",
        ("/partnerskap/<p>/ataganden/",),
        (
            f"{WEB}/test_commitment_pages.py::test_the_gap_on_the_deciding_level_stands_first",
            f"{APPS}/test_templates.py::test_a_model_without_a_promise_on_the_deciding_tier_is_refused",
        ),
    ),
    Demand(
        "R15",
        "Åtaganden knutna till deltagandet genom huvudöverenskommelsen, med egna per nivå",
        ("/partnerskap/<p>/ataganden/<x>/", "/partnerskap/<p>/aktor/<x>/"),
        (
            f"{APPS}/test_found_from_template.py::test_commitments_are_tied_to_taking_part_by_the_agreement_that_their_parties_sign",
        ),
    ),
    Demand(
        "R27",
        "Tidigt och brett deltagande: vem som var med när",
        ("/partnerskap/<p>/parter/", "/partnerskap/<p>/ataganden/"),
        (
            f"{CORE}/test_engagement.py::test_three_of_five_sectors_were_there_at_initiation",
            f"{APPS}/test_agreement_reads.py::test_members_are_told_now_coming_and_past_with_what_they_came_by",
        ),
    ),
    Demand(
        "R28",
        "Balans mellan formalitet och engagemang (engagemanget är ”uppgift saknas” tills möten finns)",
        ("/partnerskap/<p>/ataganden/",),
        (
            f"{APPS}/test_commitments.py::test_formality_and_early_inclusion_are_told_and_nobody_is_ranked",
            f"{CORE}/test_engagement.py::test_engagement_is_not_known_until_attendance_and_reporting_are",
        ),
    ),
    Demand(
        "R29",
        "Nationell samordning med lokal förankring: direkt, genom andra, eller inte alls",
        ("/partnerskap/<p>/representation/<x>/", "/partnerskap/<p>/mandat/"),
        (
            f"{APPS}/test_organ_queries.py::test_when_two_links_lapse_their_regions_are_named",
            f"{APPS}/test_organs.py::test_no_authority_and_deciding_exclude_each_other_and_says_over_whom",
        ),
    ),
    Demand(
        "R30",
        "En förankrad styrelse och tydlig fördelning av mandat (löpande dialog kommer med mötena)",
        ("/partnerskap/<p>/mandat/", "/partnerskap/<p>/organ/<x>/"),
        (
            f"{APPS}/test_organs.py::test_a_right_to_decide_can_be_divided_by_amount_and_handed_over_by_day",
            f"{WEB}/test_organ_pages.py::test_the_table_of_mandates_tells_with_word_and_shape_where_nobody_decides",
        ),
    ),
)
ASKED = ("R1", "R2", "R4", "R6", "R8", *(f"R{n}" for n in range(10, 16)), *(f"R{n}" for n in range(27, 31)))
"""What the issue of the partnership's first part asks to be answered; R3 and R5 are answered beside."""
ALL = tuple(sorted((*DEMANDS, *followup_demands.DEMANDS), key=lambda demand: int(demand.id[1:])))
ALL_ASKED = (*ASKED, *followup_demands.ASKED)
