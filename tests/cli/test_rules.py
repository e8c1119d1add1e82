"""`rules list`, `show` and `text`."""

import json

import pytest

from tillit.cli import main
from tillit.core.rulebook import editions
from tillit.core.rulebook.official import sources

EDITION = editions.edition(editions.newest())


def said(capsys, *words):
    code = main(["rules", *words])
    return code, capsys.readouterr()


def test_the_list_holds_the_scope_every_rule_and_every_provision(capsys):
    code, out = said(capsys, "list", "--format", "json")
    rows = json.loads(out.out)
    assert code == 0
    assert {row["id"] for row in rows} == {
        each.id for group in ((EDITION.scope,), EDITION.rules, EDITION.provisions) for each in group
    }
    _, text = said(capsys, "list")
    assert EDITION.scope.id in text.out
    assert "retention_years" in text.out


@pytest.mark.parametrize("kind", ["rule", "definition", "duty", "premise", "advice", "pointer"])
def test_the_list_can_be_of_one_kind(capsys, kind):
    _, out = said(capsys, "list", "--kind", kind, "--format", "json")
    assert {row["kind"] for row in json.loads(out.out)} == {kind}


def test_a_provision_is_shown_whole(capsys):
    code, out = said(capsys, "show", "definitioner.sprit", "--format", "json")
    row = json.loads(out.out)
    assert code == 0
    assert row["kind"] == "definition"
    assert row["term"] == {"sv": "sprit", "en": "spirits"}
    assert row["source"] == {"section": "Alkohol", "sentence": 2}
    assert row["statement"]["sv"]
    assert row["reading"]["on"]


def test_a_rule_is_shown_with_its_expression_in_plain_words(capsys):
    _, out = said(capsys, "show", "maltider.distans")
    assert "personen bjuds inte på måltid av industrin" in out.out


def test_a_number_is_shown_with_its_source_or_as_not_set(capsys):
    _, out = said(capsys, "show", "retention_years")
    assert "Dokumentationsprincipen" in out.out
    _, out = said(capsys, "show", "retention_years", "--edition", "samverkansregler/1.0")
    assert "inte satt" in out.out


def test_a_name_that_is_not_there_is_told_with_the_nearest(capsys):
    code, out = said(capsys, "show", "maltider.distan")
    assert code == 2
    assert "maltider.distans" in out.err


def test_a_text_that_lacks_sources_says_which_and_exits_1(capsys, tmp_path, monkeypatch):
    monkeypatch.delenv("TILLIT_TEXTS", raising=False)
    file = tmp_path / "text.txt"
    file.write_text("Måltider\nEn mening. En till.", "utf-8")
    code, out = said(capsys, "text", str(file))
    assert code == 1
    assert "maltider.skatt: Måltider har 2 meningar, inte 3." in out.out
    assert "resor.ekonomiklass: rubriken Resor finns inte." in out.out
    assert "TILLIT_TEXTS" in out.out


def test_a_text_where_all_find_theirs_is_stored_and_a_later_one_compared(capsys, tmp_path, monkeypatch):
    needed: dict[str, int] = {}
    for _, source in sources(EDITION):
        needed[source.section] = max(needed.get(source.section, 0), source.sentence)
    preface = needed.pop("Inledning")
    outer = [name for name in needed if ": " not in name]
    terms = [name for name in needed if ": " in name]
    lines = ["Påhittad mening. " * preface, ""]
    for name in outer:
        lines += [name, "Påhittad mening. " * needed[name], ""]
    lines.append("Definitioner")
    for name in terms:
        lines += [name.partition(": ")[2], "Påhittad mening. " * needed[name], ""]
    file = tmp_path / "text.txt"
    file.write_text("\n".join(lines), "utf-8")
    monkeypatch.setenv("TILLIT_TEXTS", str(tmp_path / "texter"))
    code, out = said(capsys, "text", str(file))
    assert code == 0, out.out
    assert (tmp_path / "texter" / "samverkansregler-3.0.json").is_file()

    file.write_text("\n".join(lines).replace("Resor\nPåhittad mening.", "Resor\nÄndrad mening."), "utf-8")
    code, out = said(capsys, "text", str(file), "--only-check")
    assert code == 0
    assert "resor.nara-uppdraget: Resor, mening 1, lyder inte som" in out.out


def test_a_text_that_cannot_be_read_is_bad_input(capsys, tmp_path):
    code, out = said(capsys, "text", str(tmp_path / "saknas.txt"))
    assert code == 2
    assert "Filen finns inte" in out.err
