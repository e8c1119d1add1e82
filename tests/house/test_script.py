"""./tillit as people start it."""

import shutil
import subprocess
import sys
import time

import pytest

from tests.house import tree

SCRIPT = tree.ROOT / "tillit"


def quickest(command, times=12):
    def once():
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started

    return min(once() for _ in range(times))


@pytest.mark.alone
def test_the_script_costs_next_to_nothing_the_second_time():
    bare = [sys.executable, "-I", "-X", "utf8", "-c", "from tillit.cli import main; main()", "--version"]
    assert quickest([SCRIPT, "--version"]) - quickest(bare) < 0.030


@pytest.mark.skipif(not shutil.which("dash"), reason="no dash, the strictest of the common shells")
def test_the_script_is_read_by_a_plain_posix_shell():
    subprocess.run(["dash", "-n", SCRIPT], check=True)


def test_a_tree_without_python_says_what_is_missing_and_how_to_get_it(tmp_path):
    shutil.copy(SCRIPT, tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("mkdir", "rm", "cat", "cmp", "sleep"):
        (tools / tool).symlink_to(shutil.which(tool))
    command = [tmp_path / "tillit", "check"]
    told = subprocess.run(command, env={"PATH": str(tools)}, capture_output=True, text=True, check=False)

    assert told.returncode == 70
    assert "Python 3.11 or newer is missing" in told.stderr
    assert "apt-get install python3" in told.stderr
    assert not (tmp_path / ".venv-turn").exists()
