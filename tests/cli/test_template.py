"""The command `template`: an empty template, one filled in with a case, and a file that is never lost."""

import io
import sys

import pytest
from openpyxl import load_workbook

from tests.exchange.cases import CONTRACT
from tillit.cli import main
from tillit.exchange import casefile


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_it_is_written_here_when_nothing_else_is_said(tmp_path, capsys):
    assert main(["template"]) == 0
    assert load_workbook(tmp_path / "tillit-mall.xlsx").sheetnames[0] == "Läs mig först"
    assert "tillit-mall.xlsx" in capsys.readouterr().err


def test_english(tmp_path):
    assert main(["template", "--lang", "en", "--out", "x.xlsx"]) == 0
    assert load_workbook(tmp_path / "x.xlsx").sheetnames[0] == "Read me first"


def test_it_is_filled_in_with_a_case(tmp_path):
    (tmp_path / "a.toml").write_text(CONTRACT, "utf-8")
    assert main(["template", "--from", "a.toml", "--out", "b.xlsx"]) == 0
    assert casefile.read_path(tmp_path / "b.xlsx") == casefile.read_path(tmp_path / "a.toml")


def test_a_case_that_cannot_be_read_is_told(capsys):
    assert main(["template", "--from", "ingen.toml", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("ingen.toml: The file does not exist.")


def test_a_file_that_is_there_is_kept_unless_one_insists(tmp_path, capsys):
    (tmp_path / "a.xlsx").write_text("mina svar")
    assert main(["template", "--out", "a.xlsx"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (tmp_path / "a.xlsx").read_text() == "mina svar"
    assert main(["template", "--out", "a.xlsx", "--force"]) == 0


def test_a_place_that_cannot_be_written_is_told(capsys):
    assert main(["template", "--out", "ingen/mapp/a.xlsx"]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_dash_is_stdout(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["template", "--out", "-"]) == 0
    assert out.buffer.getvalue()[:2] == b"PK"
