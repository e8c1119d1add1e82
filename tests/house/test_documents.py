import re
import subprocess

from tests.house import tree
from tillit.cli import COMMANDS

OPERATION = (tree.ROOT / "docs" / "drift.md").read_text()


def test_every_setting_is_documented_and_every_documented_setting_is_there():
    in_code = {s for path in tree.python(tree.SOURCE) for s in re.findall(r"TILLIT_[A-Z_]+", path.read_text())}
    in_docs = set(re.findall(r"`(TILLIT_[A-Z_]+)`", OPERATION))
    assert in_code == in_docs


def test_every_command_is_documented():
    assert [name for name in COMMANDS if f"`tillit {name}" not in OPERATION] == []


def test_the_script_tells_of_every_command_it_takes():
    script = (tree.ROOT / "tillit").read_text()
    own = set(re.findall(r"^    ([a-z]+)\)$", script, flags=re.MULTILINE))
    told = subprocess.run([tree.ROOT / "tillit", "help"], capture_output=True, text=True, check=True).stdout

    assert {"test", "bench", "setup", "lock"} <= own
    assert [name for name in own | set(COMMANDS) if not re.search(rf"^  {name} ", told, flags=re.MULTILINE)] == []
