"""The table of norms, and the table of facts, say what the rulebook says."""

import re

import pytest
from django.urls import resolve

from tests.house import generated, tree
from tests.house.report_demands import ALL, ALL_ASKED
from tillit.core.rulebook.editions import edition, newest


@pytest.mark.parametrize(("path", "made"), [(generated.DEMANDS, generated.demands), (generated.FACTS, generated.facts)])
def test_a_document_made_from_the_rulebook_is_up_to_date(path, made):
    assert path.read_text("utf-8") == made(), f"run {generated.COMMAND}"


def test_every_norm_of_the_agreement_has_a_row_and_none_is_left_without_cover():
    norms = re.findall(r"^\| ([^ |]+) \|", _part(0), flags=re.MULTILINE)[1:]
    chosen = edition(newest())
    assert {norm.id for norm in chosen.norms} == set(norms) - {"---"}


def _part(place):
    """Return the norms of the agreement (0) or the demands of the report (1)."""
    return generated.DEMANDS.read_text("utf-8").split("# Rapportens krav")[place]


def test_every_demand_that_is_asked_for_has_a_page_and_a_test_that_are_there():
    asked = re.findall(r"^\| (R\d+) \|", _part(1), flags=re.MULTILINE)
    assert [each for each in ALL_ASKED if each not in asked] == []
    key = "00000000-0000-0000-0000-000000000000"
    for demand in ALL:
        assert demand.pages
        assert demand.tests
        for page in demand.pages:
            found = resolve(page.replace("<p>", "ett").replace("<x>", key))
            assert found.app_names in (["partnerships"], ["followup"]), page
        for each in demand.tests:
            path, _dots, name = each.partition("::")
            assert f"def {name}(" in (tree.ROOT / path).read_text("utf-8"), each


@pytest.mark.django_db
def test_every_page_that_the_table_names_answers(client):
    addresses = set(re.findall(r"`(/regler/[^`]+/)`", generated.DEMANDS.read_text("utf-8")))
    assert len(addresses) > 40
    assert [address for address in sorted(addresses) if client.get(address).status_code != 200] == []
