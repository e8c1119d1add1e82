"""The table of norms, and the table of facts, say what the rulebook says."""

import re

import pytest

from tests.house import generated
from tillit.core.rulebook.editions import edition, newest


@pytest.mark.parametrize(("path", "made"), [(generated.DEMANDS, generated.demands), (generated.FACTS, generated.facts)])
def test_a_document_made_from_the_rulebook_is_up_to_date(path, made):
    assert path.read_text("utf-8") == made(), f"run {generated.COMMAND}"


def test_every_norm_of_the_agreement_has_a_row_and_none_is_left_without_cover():
    norms = re.findall(r"^\| ([^ |]+) \|", generated.DEMANDS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    chosen = edition(newest())
    assert {norm.id for norm in chosen.norms} == set(norms) - {"---"}


@pytest.mark.django_db
def test_every_page_that_the_table_names_answers(client):
    addresses = set(re.findall(r"`(/regler/[^`]+/)`", generated.DEMANDS.read_text("utf-8")))
    assert len(addresses) > 40
    assert [address for address in sorted(addresses) if client.get(address).status_code != 200] == []
