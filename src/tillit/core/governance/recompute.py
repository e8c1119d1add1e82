"""A stored flag is computed again from what it stored, and comes out the same (I-22)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tillit.core.governance import (
    balance,
    coverage,
    formality,
    fulfilment,
    hierarchy,
    mandates,
    renewal,
    seats,
)
from tillit.core.governance.flags import Facts, Flag, Judge, Judged, NoThresholds, read_back, severity_of

_THRESHOLDS: Mapping[str, type[Any]] = {
    **dict.fromkeys(renewal.JUDGES, renewal.RenewalThresholds),
    balance.BALANCE: balance.BalanceThresholds,
    fulfilment.FULFILMENT: fulfilment.FulfilmentThresholds,
}
JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        **balance.JUDGES,
        **coverage.JUDGES,
        **formality.JUDGES,
        **fulfilment.JUDGES,
        **hierarchy.JUDGES,
        **mandates.JUDGES,
        **renewal.JUDGES,
        **seats.JUDGES,
    }
)
"""Every finding of governance by its code; codes are unique over the rules."""
VERSION = 1
"""All rules are in their first version. A changed formula keeps the old one here, for flags that were stored by it."""


def recomputed(code: str, version: int, facts: Facts, params: Facts) -> Judged:
    """Return what a rule makes of stored facts and parameters.

    :raises KeyError: no such finding, or not in that version
    """
    if version != VERSION:
        raise KeyError((code, version))
    return JUDGES[code](facts, read_back(_THRESHOLDS.get(code, NoThresholds), params))


def reproduces(flag: Flag) -> bool:
    """Return whether a flag comes out again as it was stored: the same result, and red and yellow the same."""
    judged = recomputed(flag.code, flag.version, flag.facts, flag.params)
    return (severity_of(judged.verdict), judged.result) == (flag.severity, flag.result)
