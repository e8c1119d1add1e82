"""Every comparison of the requirements has its row: a run of tiny size beside the anchors, asking nothing of its speed.

Needs the anchors, which `./tillit bench` installs; where they are missing, `conftest.py` leaves this file out.
"""

from importlib import import_module

import pytest

one, many, large, register = (import_module(f"bench.{name}") for name in ("one", "many", "large", "register"))
SAID = (
    "CEL",
    "zen-engine",
    "200 rules",
    "OpenFisca-Core",
    "hand-written",
    "re-run",
    "Parquet",
    "memory",
    "outcome of each",
)


@pytest.mark.slow
def test_every_comparison_of_the_requirements_has_its_row(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(one, "RECORDS", 10)
    rows = [*one.rows(1), *many.rows(1_000, 1), *large.rows(1_000, 1), *register.rows(200, 1)]
    names = [row.name for row in rows]
    assert [said for said in SAID if not any(said in name for name in names)] == []
    assert len(names) == len(set(names)) == 10
    for row in rows:
        assert (row.anchor is None) == (row.ratio is None)
        assert row.holds == ((row.ours if row.ratio is None else row.ratio) <= row.target)


def test_the_same_seed_gives_the_same_records():
    data = import_module("bench.data")
    assert data.columns(50).equals(data.columns(50))
    assert not data.columns(50).equals(data.columns(50, start=50))
