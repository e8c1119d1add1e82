"""Hands the terminal over to another Python process, so that this one never loads Django."""

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import NoReturn

SETTINGS = "tillit.project.settings"


def become(module: str, *arguments: str, **environment: str) -> NoReturn:
    """Go on as `python -m module arguments`, with `environment` added to ours.

    Replaces this process, so that a signal (Ctrl-C, a service manager's stop) reaches the one that serves.
    """
    command = [sys.executable, "-X", "utf8", "-m", module, *arguments]
    env = _environment(environment)
    if os.name == "posix":
        os.execve(command[0], command, env)  # noqa: S606 - our own interpreter and module, no shell
    # Windows has no exec that keeps the console: wait for the child instead.
    raise SystemExit(subprocess.run(command, env=env, check=False).returncode)


def run(module: str, *arguments: str, **environment: str) -> int:
    """Return the exit code of `python -m module arguments`, which has ended when this returns."""
    command = [sys.executable, "-X", "utf8", "-m", module, *arguments]
    return subprocess.run(command, env=_environment(environment), check=False).returncode


def _environment(added: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **added}
