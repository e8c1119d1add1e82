"""The handbook is true: its commands run and say what it says they say, its files are cases, its links lead somewhere.

A block that begins with ```console holds commands after `$ `. `# exit N` or `# slutkod N` after a command is the code
it must end with, else 0. What follows is its output: `…` stands for anything, white space does not count. A block whose
first line is a comment with nothing but a file name (`# arende.toml`) is that file, for the commands of the document.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

DOCUMENTS = [
    path
    for path in tree.files()
    if path.suffix == ".md" and (path.parent == tree.ROOT or tree.ROOT / "docs" in path.parents)
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"#\s+([\w.-]+\.(?:toml|json|csv))\n")
COMMAND = re.compile(r"^\$ (?P<words>.*?)(?:\s+# (?:exit|slutkod) (?P<code>\d+))?$")
LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
TILLIT = [sys.executable, "-I", "-X", "utf8", "-c", "from tillit.cli import main; raise SystemExit(main())"]


def blocks(path):
    return BLOCK.findall(path.read_text("utf-8"))


def sessions(path):
    """Return every command of a document with its exit code and the output that the document shows."""
    found: list[tuple[str, int, list[str]]] = []
    for kind, text in blocks(path):
        for line in text.splitlines() if kind == "console" else ():
            command = COMMAND.match(line)
            if command:
                found.append((command["words"], int(command["code"] or 0), []))
            else:
                found[-1][2].append(line)
    return found


WITH_COMMANDS = [path for path in DOCUMENTS if sessions(path)]


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=tree.name)
def test_every_command_of_a_document_runs_and_says_what_the_document_says(path, tmp_path):
    for kind, text in blocks(path):
        named = FILE.match(text) if kind in {"toml", "json", "csv"} else None
        if named:
            content = text if kind == "toml" else text.partition("\n")[2]
            (tmp_path / named[1]).write_text(content, "utf-8")
    for folder in ("src", "tests"):
        (tmp_path / folder).symlink_to(tree.ROOT / folder)
    for command, code, shown in sessions(path):
        program, *words = shlex.split(command)
        assert program in {"./tillit", "tillit"}, command
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
        ran = subprocess.run(
            [*TILLIT, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        said = plain(ran.stdout + ran.stderr)
        assert ran.returncode == code, f"{command}: {said}"
        at = 0
        for part in map(plain, "\n".join(shown).split("…")):
            at_last, at = at, said.find(part, at)
            assert at >= 0, f"{command} does not say: {part[:300]}\nfrom there on it says: {said[at_last:][:300]}"
            at += len(part)


def test_there_are_documents_whose_commands_are_run():
    names = {tree.name(path) for path in WITH_COMMANDS}
    assert {"README.md", "docs/arende.md", "docs/regler.md", "docs/api.md"} <= names


def test_every_link_from_a_document_leads_to_a_file():
    dead = [
        f"{tree.name(path)}: {target}"
        for path in DOCUMENTS
        for first, second in LINK.findall(re.sub(BLOCK, "", path.read_text("utf-8")))
        if not (target := first or second).startswith(("http://", "https://", "mailto:", "#"))
        and not Path(path.parent / target.partition("#")[0]).exists()
    ]
    assert dead == []


def test_the_handbook_lists_every_document_of_its_own():
    index = (tree.ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {path.name for path in DOCUMENTS if path.parent == tree.ROOT / "docs"} - {"README.md"}
    assert sorted(page for page in pages if f"({page})" not in index) == []


def test_a_decision_record_fits_on_a_page():
    records = [path for path in DOCUMENTS if path.parent.name == "beslut"]
    assert [tree.name(path) for path in records if len(path.read_text("utf-8").splitlines()) > 40] == []
