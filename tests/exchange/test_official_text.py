"""The operator's file read, refused with a reason, stored outside the tree and found again."""

from datetime import date

import pytest

from tillit.core.errors import BadInput
from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Source
from tillit.exchange.official_text import read_text, store, stored

EDITION = editions.edition(editions.newest())
DAY = date(2026, 11, 23)


def written(folder, content):
    file = folder / "text.txt"
    file.write_bytes(content)
    return file


def codes(bad):
    return [problem.code for problem in bad.value.problems]


def test_a_text_is_read_stored_and_found_again(tmp_path):
    text = read_text(written(tmp_path, "Måltider\nEn påhittad mening.".encode()), EDITION)
    file = store(text, tmp_path / "texter", on=DAY)
    assert file.name == "samverkansregler-3.0.json"
    found = stored(tmp_path / "texter", EDITION.id)
    assert found == text
    assert found is not None
    assert found.sentence(Source("Måltider", 1)) == "En påhittad mening."
    store(read_text(written(tmp_path, "Måltider\nEn helt annan.".encode()), EDITION), tmp_path / "texter", on=DAY)
    later = stored(tmp_path / "texter", EDITION.id)
    assert later is not None
    assert later.sentence(Source("Måltider", 1)) == "En helt annan."


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7 x", "file.text_is_a_pdf"), (b" \n", "file.empty"), ("Måltid".encode("latin-1"), "file.not_utf8")],
)
def test_what_is_no_text_is_refused_with_the_files_name(tmp_path, content, code):
    with pytest.raises(BadInput) as bad:
        read_text(written(tmp_path, content), EDITION)
    assert codes(bad) == [code]
    assert str(bad.value.problems[0].file).endswith("text.txt")


def test_the_text_is_never_put_into_a_version_controlled_tree(tmp_path):
    (tmp_path / ".git").mkdir()
    text = read_text(written(tmp_path, "Måltider\nEn mening.".encode()), EDITION)
    with pytest.raises(BadInput) as bad:
        store(text, tmp_path / "docs" / "texter", on=DAY)
    assert codes(bad) == ["file.in_a_tree"]
    assert not (tmp_path / "docs").exists()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "fil").write_text("en fil, ingen mapp")
    text = read_text(written(tmp_path, "Måltider\nEn mening.".encode()), EDITION)
    with pytest.raises(BadInput) as bad:
        store(text, tmp_path / "fil", on=DAY)
    assert codes(bad) == ["file.cannot_be_written"]


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "x"}', '{"schema": "tillit.text/1", "edition": "a/1"}'])
def test_a_stored_file_that_cannot_be_used_is_as_none_at_all(tmp_path, content):
    (tmp_path / "samverkansregler-3.0.json").write_text(content)
    assert stored(tmp_path, EDITION.id) is None


def test_without_a_folder_or_a_file_nothing_is_loaded(tmp_path):
    assert stored(None, EDITION.id) is None
    assert stored(tmp_path, EDITION.id) is None
