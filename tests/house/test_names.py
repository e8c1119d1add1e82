import re

from tests.house import tree

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "manager", "managers"}
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".json", ".yml", ".typ", ".po", ".sh", ""}
# Where somebody's machine keeps things. A web address may hold the same words, hence what must not stand before.
MACHINE = re.compile(r"(?<![\w.:/~-])/(?:work|root|home/\w+|Users/\w+)/\w")


def test_no_file_is_named_for_holding_anything():
    parts = [part for path in tree.files() for part in (path.stem, path.parent.name) if part in FORBIDDEN]
    assert parts == []


def test_no_file_knows_the_machine_it_was_written_on():
    places = [
        f"{tree.name(path)}:{number}: {line.strip()[:100]}"
        for path in tree.files()
        if path.suffix in TEXT and not path.name.endswith(".min.js")
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert places == []


def test_a_machines_place_is_told_from_an_address():
    assert MACHINE.search("see " + "/" + "root/notes")
    assert not MACHINE.search("https://example.org/" + "work/notes")
