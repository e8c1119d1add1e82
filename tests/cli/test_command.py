import io
import os
import socket
import subprocess
import sys

import pytest

import tillit.cli
from tillit.cli import COMMANDS, demo, main, process


def test_without_a_command_it_tells_what_there_is(capsys):
    assert main([]) == 0
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in told] == []


def test_an_unknown_command_is_bad_input_and_names_those_there_are(capsys):
    assert main(["chekc"]) == 2
    assert "check" in capsys.readouterr().err


def test_a_fault_of_ours_exits_70_whatever_it_is(monkeypatch, capsys):
    def broken(name):
        raise RuntimeError("boom")

    monkeypatch.setattr(tillit.cli, "_load", broken)
    assert main(["demo"]) == 70
    assert "internal error" in capsys.readouterr().err


def test_a_wrong_option_is_bad_input(capsys):
    assert main(["demo", "--port", "99999"]) == 2
    assert "1 to 65535" in capsys.readouterr().err


def test_a_taken_port_is_told_with_a_way_out(tmp_path, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--no-browser", "--port", str(port), "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert f"port {port} is taken" in told
    assert "--port" in told


def test_a_data_folder_that_cannot_be_made_is_told_with_a_way_out(tmp_path, capsys, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(demo, "_port_problem", lambda port: None)
    assert main(["demo", "--data", str(tmp_path / "file" / "below")]) == 2
    assert "--data" in capsys.readouterr().err


def test_manage_hands_every_word_on_to_django(monkeypatch):
    handed: list[str] = []
    monkeypatch.setattr("tillit.cli.manage.become", lambda *words: handed.extend(words))
    main(["manage", "migrate", "--help", "-v", "0"])
    assert handed == ["tillit.project.manage", "migrate", "--help", "-v", "0"]
    handed.clear()
    main(["manage", "--help"])
    assert handed == ["tillit.project.manage", "--help"]


def test_the_output_is_utf8_in_any_locale():
    script = "import sys, tillit.cli as c; c._speak_utf8(sys.stdout, sys.stderr); print(chr(0xE5))"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert ran.stdout.strip() == "å".encode()


def test_a_reader_that_stops_reading_is_no_fault(monkeypatch):
    ran = subprocess.run(
        f"{sys.executable} -m tillit.cli help | true", shell=True, capture_output=True, text=True, check=True
    )
    assert ran.stderr == ""


def test_the_process_started_gets_the_settings_module():
    assert process._environment({"A": "1"})["DJANGO_SETTINGS_MODULE"] == "tillit.project.settings"


def test_streams_that_are_not_files_are_left_alone():
    stream = io.StringIO()
    tillit.cli._speak_utf8(stream)
    assert stream.getvalue() == ""


@pytest.mark.parametrize("word", ["0", "-1", "65536", "8000.0", "٣", ""])
def test_what_is_no_port_is_refused(word, capsys):
    assert main(["demo", f"--port={word}"]) == 2
