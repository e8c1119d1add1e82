"""A case written as TOML or JSON is the same case when it is read again."""

import pytest

from tests.exchange.cases import texts
from tests.exchange.test_template import full_case
from tillit.core.rulebook.write_case import dump_case
from tillit.exchange import casefile
from tillit.exchange.written import as_json, as_toml


@pytest.mark.parametrize("name", texts())
def test_an_example_written_and_read_again_is_the_same_case(name):
    file, text = texts()[name]
    case = casefile.read(text.encode(), file)
    assert dump_case(casefile.read(as_toml(case).encode(), "a.toml")) == dump_case(case)
    assert dump_case(casefile.read(as_json(case).encode(), "a.json")) == dump_case(case)


def test_every_fact_of_every_kind_is_written():
    case = full_case()
    assert casefile.read(as_toml(case).encode(), "a.toml") == case
    assert casefile.read(as_json(case).encode(), "a.json") == case


def test_days_are_written_as_days():
    assert "starts_on = 2026-03-05\n" in as_toml(full_case())
