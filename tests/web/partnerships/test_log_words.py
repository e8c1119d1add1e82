"""Every act of a partnership has its words in the ledger."""

import ast
from itertools import chain
from pathlib import Path

import tillit
from tillit.apps.partnerships.actions.agreement_steps import WAYS
from tillit.apps.partnerships.actions.frame import MOVES
from tillit.apps.partnerships.models.words import NOMINATION_STATES
from tillit.web.parties.log_words import in_words
from tillit.web.partnerships.log_words import WORDS


def noted():
    """Return what the acts write in the ledger, those named in full."""
    for path in (Path(tillit.__file__).parent / "apps" / "partnerships").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "note":
                said = (str(each.value) for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant))
                yield from (each for each in said if each.startswith("partnerships.") and each[-1] not in "._")


def test_every_act_of_a_partnership_has_its_words():
    whole = set(noted())
    made = {f"partnerships.agreement_{to}" for to in WAYS}
    made |= {f"partnerships.{to}" for to in chain.from_iterable(MOVES.values())}
    made |= {f"partnerships.nomination_{state}" for state in NOMINATION_STATES if state != "proposed"}
    assert len(whole) > 40
    assert (whole | made) - set(WORDS) == set()
    assert in_words("partnerships.agreement_signed") == "Avtal undertecknat"
