"""An answer grows with its case, not with the case's square: one small file must not stall a site."""

from datetime import date

import pytest

from tillit.core.rulebook.editions import vocabulary
from tillit.core.rulebook.engine import MOST_NAMED, check_case
from tillit.core.rulebook.model import COLLABORATION, RECORD_KINDS
from tillit.core.rulebook.read_case import read_case


def findings(kinds, many):
    """Return the findings of a case with `many` records of each kind, of which nothing is known."""
    header = {"title": "tom", "phase": "offered", "starts_on": "2026-12-03"}
    lists: dict[str, object] = {kind: [{} for _ in range(many)] for kind in kinds}
    case = read_case({"schema": "tillit.case/1", "case": header, **lists}, vocabulary())
    return check_case(case, as_of=date(2026, 11, 23)).findings


@pytest.mark.parametrize("kinds", [("participant",), RECORD_KINDS[1:]])
def test_twice_the_records_ask_for_about_twice_as_much(kinds):
    once, twice = (sum(len(each.missing) for each in findings(kinds, many)) for many in (20, 40))
    assert twice < 2.2 * once


def test_what_many_others_lack_is_named_by_what_it_decides_and_asked_for_in_full_once():
    found = findings(("participant",), MOST_NAMED + 1)
    own = next(each for each in found if each.rule.id == "maltider.distans" and each.record == "participant:1")
    whole = next(each for each in found if each.record == COLLABORATION and "participant:1.side" in each.missing)
    assert "any_care_participant" in own.missing
    assert f"participant:{MOST_NAMED + 1}.side" in whole.missing
