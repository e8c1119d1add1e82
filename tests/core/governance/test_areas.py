import re

from tillit.core.governance import areas
from tillit.core.governance.areas import AREA_CODES, AREAS, FOLLOW_UP, FULFILMENT, LEVEL_RANKS, ROOT_TYPES, TIERS


def test_the_six_areas_are_in_the_order_of_the_report():
    assert [(area.order, area.code) for area in AREAS] == [
        (1, "regulation_financing"),
        (2, "organisation_decisions"),
        (3, "representation_commitments"),
        (4, "follow_up"),
        (5, "goals"),
        (6, "follow_up_fulfilment"),
    ]


def test_six_codes_are_shown_on_five_slides_the_fourth_with_the_sixth():
    assert [area.code for area in AREAS if area.shown_with] == [FOLLOW_UP]
    assert len(areas.slides()) == 5
    assert areas.slides()[-1] == (FOLLOW_UP, FULFILMENT)
    assert sorted(code for slide in areas.slides() for code in slide) == sorted(AREA_CODES)


def test_the_levels_go_from_the_nation_to_the_project():
    assert list(LEVEL_RANKS.items()) == [
        ("national", 0),
        ("network", 1),
        ("research_area", 2),
        ("regional", 3),
        ("project", 4),
    ]


def test_deciding_operative_and_advisory_are_the_first_three_tiers():
    assert TIERS[:3] == ("deciding", "operative", "advisory")


def test_every_legal_form_has_a_root_among_the_types_of_agreement():
    assert all(types and set(types) <= set(areas.AGREEMENT_TYPES) for types in ROOT_TYPES.values())
    assert ROOT_TYPES["by_agreement"] == ("main_agreement", "consortium_agreement")


def test_codes_are_told_apart_within_their_kind():
    for codes in (
        areas.AGREEMENT_TYPES,
        areas.PARTY_KINDS,
        areas.ROLES,
        areas.STAGES,
        areas.COMMITMENT_KINDS,
        areas.RIGHTS,
    ):
        assert len(set(codes)) == len(codes)
        assert [code for code in codes if not re.fullmatch(r"[a-z_]+", code)] == []
