"""The analysts' commands load no Django and none of the large libraries."""

import pytest

from tests.house.test_directions import HEAVY, loaded_by


@pytest.mark.parametrize(
    ("command", "file", "text"),
    [
        ("spc", "a.csv", "value\n1\n2\n1\n2\n1\n2\n1\n"),
        ("forecast", "a.csv", "value\n1\n2\n1\n2\n1\n2\n1\n"),
        ("measurability", "a.toml", '[[goal]]\ntext = "a"\n'),
    ],
)
def test_a_command_of_figures_loads_nothing_heavy(tmp_path, command, file, text):
    (tmp_path / file).write_text(text, "utf-8")
    more = ["--target", "9", "--at", "9"] if command == "forecast" else []
    loaded = loaded_by(f"from tillit.cli import main\nmain({[command, str(tmp_path / file), *more]!r})")
    assert loaded & {*HEAVY, "sqlite3", "asyncio"} == set()
