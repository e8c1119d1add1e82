"""One concept, one Swedish word, one name in code: the glossary says which, and the code uses it."""

import re

from tests.house import tree
from tillit.core.rulebook.model import BEARERS, PHASES, PROVISIONS, RECORD_KINDS
from tillit.core.rulebook.values import OUTCOMES

GLOSSARY = tree.ROOT / "docs" / "ordlista.md"


def rows():
    """Return every row of the tables: Swedish, meaning, source, name in code."""
    lines = GLOSSARY.read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in cells if row[0] != "svenska"]


def names():
    return [name for row in rows() for name in re.findall(r"`(\w+)`", row[3])]


def test_every_row_says_word_meaning_source_and_name():
    assert len(rows()) > 70
    assert [row for row in rows() if len(row) != 4 or not all(row)] == []


def test_every_name_of_the_glossary_is_used_in_the_code():
    sources = [path for path in tree.files() if tree.SOURCE in path.parents and path.suffix in {".py", ".toml"}]
    words = {word for path in sources for word in re.findall(r"\w+", path.read_text("utf-8"))}
    parts = {part for word in words for part in (word, *(word[: at.start()] for at in re.finditer("_", word)))}
    assert [name for name in names() if name not in parts] == []


def test_a_concept_has_one_word_and_a_word_one_concept():
    swedish = [row[0].casefold() for row in rows()]
    lowered = [name.casefold() for name in names()]
    assert sorted(word for word in set(swedish) if swedish.count(word) > 1) == []
    assert sorted(name for name in set(lowered) if lowered.count(name) > 1) == []


def test_what_the_rulebook_counts_up_is_in_the_glossary():
    known = {*RECORD_KINDS, *BEARERS, *PHASES, *PROVISIONS, *OUTCOMES}
    assert sorted(known - set(names())) == []
