"""`./tillit test`: everything that has to hold, in one run. With arguments: pytest with those arguments.

`--postgres` as the first argument runs pytest on a PostgreSQL of its own: `./tillit test --postgres tests/apps`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402

IN_CI = os.environ.get("CI") == "true"
TOOLS = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
NO_POSTGRESQL = "no initdb; on Debian: apt-get install postgresql"
NO_CHROMIUM = "no Chromium; on Debian: apt-get install chromium"
CHECKS = {
    "ruff check": [TOOLS / "ruff", "check", "--no-cache", "."],
    "ruff format": [TOOLS / "ruff", "format", "--no-cache", "--check", "."],
    "import-linter": [TOOLS / "lint-imports", "--no-cache"],
    "mypy": [TOOLS / "mypy", "--no-error-summary"],
}


class Run:
    """What has failed and what was left out so far, and how many tests said so."""

    def __init__(self, counts: Path) -> None:
        self.counts = counts
        self.failed: list[str] = []
        self.left_out: list[str] = []
        self.environment = {**os.environ, "SUITE_COUNTS": str(counts)}

    def checks(self) -> None:
        """All of them at once: each is one core's work, and mypy's is the longest."""
        heading("lint, format, directions, types")
        started = {
            name: subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            for name, command in CHECKS.items()
        }
        for name, process in started.items():
            output, _ = process.communicate()
            say(f"{name}: {'FAILED' if process.returncode else 'ok'}")
            if process.returncode:
                say(output)
                self.failed.append(name)

    def pytest(self, name: str, *arguments: str, **environment: str) -> None:
        heading(name)
        if subprocess.run([*PYTEST, *arguments], env={**self.environment, **environment}, check=False).returncode:
            self.failed.append(name)

    def leave_out(self, name: str, remedy: str) -> None:
        heading(name)
        say(f"SKIPPED: {remedy}")
        (self.failed if IN_CI else self.left_out).append(f"{name} (skipped: {remedy})")

    def total(self) -> dict[str, int]:
        rows = [json.loads(line) for line in self.counts.read_text().splitlines()] if self.counts.exists() else []
        return {key: sum(row[key] for row in rows) for key in ("passed", "failed", "error", "skipped")}


def everything(run: Run) -> None:
    run.checks()
    run.pytest("tests on SQLite", "-q", "-n", "auto", "-m", "not browser and not alone")
    run.pytest("tests that measure time", "-q", "-m", "alone")
    if postgres.binaries():
        with postgres.private_cluster() as address:
            wanted = ("-q", "--database-tests", "-m", "not browser and not alone")
            run.pytest("database tests on PostgreSQL", *wanted, TILLIT_DATABASE_URL=address)
    else:
        run.leave_out("database tests on PostgreSQL", NO_POSTGRESQL)
    if chromium():
        run.pytest("browser tests", "-q", "-m", "browser")
    else:
        run.leave_out("browser tests", NO_CHROMIUM)
    flows_on_postgresql(run)


def flows_on_postgresql(run: Run) -> None:
    """Whole flows once more, in a browser whose site keeps everything in PostgreSQL."""
    name, lacking = "browser tests of whole flows on PostgreSQL", []
    if not postgres.binaries():
        lacking.append(NO_POSTGRESQL)
    if not chromium():
        lacking.append(NO_CHROMIUM)
    if lacking:
        run.leave_out(name, "; ".join(lacking))
        return
    with postgres.private_cluster() as address:
        run.pytest(name, "-q", "-m", "flow", "tests/browser", TILLIT_DATABASE_URL=address)


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def closing(run: Run, seconds: float) -> int:
    total = run.total()
    heading(f"{seconds:.0f} s in all")
    for part in run.left_out:
        say(f"LEFT OUT, so not tested: {part}")
    for part in run.failed:
        say(f"FAILED: {part}")
    failed = total["failed"] + total["error"]
    say(f"{total['passed']} passed, {failed} failed" + (f", {total['skipped']} skipped" if total["skipped"] else ""))
    return 1 if run.failed else 0


def heading(text: str) -> None:
    say(f"\n== {text} ==")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def only_pytest(arguments: list[str]) -> int:
    if arguments[0] != "--postgres":
        return subprocess.run([*PYTEST, *arguments], check=False).returncode
    with postgres.private_cluster() as address:
        environment = {**os.environ, "TILLIT_DATABASE_URL": address}
        return subprocess.run([*PYTEST, *arguments[1:]], env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    if arguments:
        return only_pytest(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tillit-run-") as folder:
        run = Run(Path(folder) / "counts")
        everything(run)
        return closing(run, time.monotonic() - started)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
