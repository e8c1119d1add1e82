"""Processes of their own on the data of a test, so that they can be killed. For tests with `transaction=True`."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tillit.project.settings",
    "TILLIT_SECRET_KEY": "only-for-tests",
    "TILLIT_HOSTS": "tillit.example.se",
    "TILLIT_ADDRESS": "https://tillit.example.se",
    "TILLIT_MAIL_SECURITY": "none",
}
BEGIN = """
import os, signal, django
django.setup()
def kill():
    os.kill(os.getpid(), signal.SIGKILL)
def tell(word):
    print(word, flush=True)
def wait():
    input()
"""
KILLED = -9


class Apart:
    """Where other processes see what the test has written so far.

    On PostgreSQL it is the test's own database. SQLite's lies in the test's memory: others get a copy of it as it is
    now, and `rows` reads that copy.
    """

    def __init__(self, folder: Path, *, mail_port: int = 1) -> None:
        self.file = folder / "tillit.sqlite3"
        self.environment = {**os.environ, **SETTINGS, "TILLIT_DATA": str(folder)}
        self.environment |= {"TILLIT_MAIL_HOST": "127.0.0.1", "TILLIT_MAIL_PORT": str(mail_port)}
        if connection.vendor == "postgresql":
            given = urlsplit(os.environ["TILLIT_DATABASE_URL"])
            here = given._replace(path=f"/{connection.settings_dict['NAME']}")
            # A socket's address has no host, which urlunsplit would shorten away.
            self.environment["TILLIT_DATABASE_URL"] = f"{here.scheme}://{here.netloc}{here.path}?{here.query}"
        else:
            self.environment.pop("TILLIT_DATABASE_URL", None)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.file)])

    def python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run a program that has Django and `kill()`, which ends it as a power cut would."""
        return self._run("-c", BEGIN + code)

    def talking(self, code: str) -> "Talking":
        """Begin a program that can also `tell` a word and `wait` until it is let on."""
        return Talking([sys.executable, "-X", "utf8", "-c", BEGIN + code], self.environment)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("-m", "tillit.project.manage", *arguments)

    def started(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-X", "utf8", "-m", "tillit.project.manage", *arguments]
        return subprocess.Popen(command, env=self.environment, text=True, stdout=subprocess.PIPE)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a query finds where the other processes write."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return list(cursor.fetchall())
        read = sqlite3.connect(self.file)
        try:
            return list(read.execute(sql))
        finally:
            read.close()

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-X", "utf8", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)


class Talking:
    """A program that runs beside the test, which says how far it has come and waits where it is told to."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self._process = subprocess.Popen(command, env=environment, text=True, **pipes)

    def says(self, word: str) -> None:
        """Wait until the program says a word; it must be the next that it says."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline().strip()
        assert said == word, self._process.stderr.read() if self._process.stderr and not said else said

    def on(self) -> None:
        """Let the program on that waits."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def ends(self) -> str:
        """Return what the program said last, when it has ended as it should."""
        said, wrong = self._process.communicate(timeout=120)
        assert self._process.returncode == 0, wrong
        return str(said).strip()
