"""The handbook's curl commands do what it shows: `…` stands for anything, `# 422` is the status, else 200."""

import json
import re
import shlex
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.house import tree

TEXT = (tree.ROOT / "docs" / "api.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = {
    re.match(r"# (\S+)", text)[1]: text  # type: ignore[index]
    for kind, text in BLOCK.findall(TEXT)
    if kind == "toml" and text.startswith("# ")
}


def sessions():
    for kind, text in BLOCK.findall(TEXT):
        if kind == "sh":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                yield command, shown


def call(client, command):
    words = shlex.split(command, comments=True)
    assert words[0] == "curl"
    told = dict(pairwise(words))
    address = next(urlsplit(word) for word in words if word.startswith("https://tillit.example/api/v1/"))
    where = address.path + (f"?{address.query}" if address.query else "")
    body = FILES[told["--data-binary"][1:]] if "--data-binary" in told else told.get("-d")
    if body is None:
        return client.get(where)
    return client.post(where, body.encode(), content_type=told["-H"].removeprefix("Content-Type: "))


@pytest.mark.parametrize(("command", "shown"), list(sessions()))
def test_a_command_of_the_handbook_gives_what_it_shows(client, command, shown):
    answer = call(client, command)
    status = re.search(r"# (\d{3})$", command)
    assert answer.status_code == (int(status[1]) if status else 200), answer.content
    said = " ".join(json.dumps(json.loads(answer.content), ensure_ascii=False, indent=1).split())
    at = 0
    for part in (" ".join(each.split()) for each in shown.split("…")):
        found = said.find(part, at)
        assert found >= 0, f"not said: {part}\nfrom there on: {said[at:][:300]}"
        at = found + len(part)


def test_every_address_of_the_api_stands_in_the_handbook(described):
    listed = set(re.findall(r"/[a-z-]+(?:/[a-z-]+|/\{id\})*", TEXT.split("### Pröva ett ärende")[0]))
    ids = {
        "{public_id}": "{id}",
        "{rule_id}": "{id}",
        "{provision_id}": "{id}",
        "{line}/{version}": "{id}",
        "{slug}": "{id}",
    }
    for path in described["paths"]:
        assert re.sub("|".join(map(re.escape, ids)), lambda found: ids[found[0]], path) in listed


def test_there_are_commands_to_run():
    assert len(list(sessions())) >= 7
