"""Counties, municipalities and regions with the codes of Statistics Sweden (SCB), from the files in `data`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def counties() -> Mapping[str, str]:
    """Return the name of each county by its code: {"01": "Stockholms län"}."""
    return {code: each["county"] for code, each in _read("regions.toml").items()}


@cache
def regions() -> Mapping[str, str]:
    """Return the name of each county's region by the county's code."""
    return {code: each["region"] for code, each in _read("regions.toml").items()}


@cache
def municipalities() -> Mapping[str, str]:
    """Return the name of each municipality by its code: {"0180": "Stockholms kommun"}."""
    return {code: name for county in _read("municipalities.toml").values() for code, name in county.items()}


def _read(name: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(files("tillit.apps.parties").joinpath("data", name).read_text("utf-8"))
