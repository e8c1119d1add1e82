"""What a case file's table of expectations says, held against how the case comes out."""

from datetime import date

from tillit.core.rulebook.engine import check_case
from tillit.core.rulebook.values import OUTCOMES

AS_OF = date(2026, 11, 23)


def differences(case, expect):
    """Return every expectation that a case does not meet; a rule's outcome is its worst over all records."""
    check = check_case(case, as_of=AS_OF)
    found = {"outcome": OUTCOMES[check.outcome()]}
    for rule in expect.get("rules", {}):
        outcomes = [finding.outcome for finding in check.findings if finding.rule.id == rule]
        found[rule] = OUTCOMES[max(outcomes)] if outcomes else "not tried: no such rule, or another phase"
    wanted = {"outcome": expect["outcome"], **expect.get("rules", {})}
    return {name: f"expected {word}, is {found[name]}" for name, word in wanted.items() if found[name] != word}
