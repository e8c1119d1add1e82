"""List pages as visitors meet them: a site of many collaborations, served as in operation, beside a bare view.

The database is a SQLite file of its own, or the empty PostgreSQL database that TILLIT_DATABASE_URL names. Both servers
run at once and are asked in turns, so that a busy machine hits both alike.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from bench.load import Load, load
from bench.measure import Row, against, below

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS, WORKERS, THREADS = 8, 2, 4
PER_REQUEST, P99 = 10.0, 300.0
"""Milliseconds: a hundred requests a second, and what one in a hundred may take longer than."""


@dataclass(frozen=True)
class Target:
    """Pages of one sort, asked for in turn. `beside`: at most so many times the bare view of the same addresses, or
    None where there is no such view. `signed_in`: asked by somebody who acts for an organisation.
    `each`: milliseconds that a request may take; my work is no list, and may take twice as long."""

    name: str
    paths: tuple[str, ...]
    beside: float | None = None
    signed_in: bool = False
    each: float = PER_REQUEST


PAGES = (
    Target(
        "open register, list page of 50 rows",
        ("/oppet/", "/oppet/?ar=2025", "/oppet/?efter=3175700000000000", "/oppet/?slag=donation&utfall=breach"),
        beside=5.0,
    ),
    Target(
        "open register, search",
        (
            "/oppet/?q=hjärtsvikt",
            "/oppet/?q=läkemedelsbolaget+17&ar=2024",
            "/oppet/?q=patienter",
            "/oppet/?q=S-0000123",
        ),
        beside=5.0,
    ),
    Target(
        "an organisation's own list, page of 50 rows",
        ("/samverkan/", "/samverkan/?lage=closed", "/samverkan/?ar=2025"),
        signed_in=True,
    ),
    Target("my work", ("/arbete/",), signed_in=True, each=20.0),
)


def rows(entries: int, requests: int, targets: Sequence[Target] = PAGES) -> Iterator[Row]:
    """Return the rows of the pages: time per request beside the anchor and by itself, and its 99th of 100."""
    with site("bench.pages_world", entries) as served:
        for target in targets:
            yield from measured(f"{entries / 1e3:g} k collaborations", served, target, requests)


def measured(world: str, served: tuple[int, int, str], target: Target, requests: int) -> Iterator[Row]:
    """Return the rows of one target. `served`: the ports of the site and of the anchor, and who is signed in."""
    ours, bare, cookie = served
    name = f"{world}, {target.name} at {CONNECTIONS} connections"
    paths = tuple(_quoted(path) for path in target.paths)
    mine, anchor = _in_turns(ours, bare, paths, requests, target, cookie)
    if anchor is not None and target.beside is not None:
        says = f"{name}, beside a bare view of the same SQL as JSON"
        yield against(says, mine.each, anchor.each, "ms per request", target.beside)
    yield below(f"{name}, time per request", mine.each, "ms", target.each)
    yield below(f"{name}, p99 (p50 {mine.p50:.3g} ms)", mine.p99, "ms", P99)


def _in_turns(
    ours: int, bare: int, paths: Sequence[str], requests: int, target: Target, cookie: str
) -> tuple[Load, Load | None]:
    """Return the better of two rounds of ours, after one that warms up, and of the anchor."""

    def once(port: int, size: int) -> Load:
        sent = cookie if target.signed_in else ""
        return load(port, paths, connections=CONNECTIONS, requests=size, seconds=30.0, cookie=sent)

    mine, anchors = [], []
    for size in (requests // 5, requests, requests):
        mine.append(once(ours, size))
        if target.beside is not None:
            anchors.append(once(bare, size))
    best = min(mine[1:], key=lambda each: each.each)
    return best, min(anchors[1:], key=lambda each: each.each) if anchors else None


@contextmanager
def site(world: str, *size: int) -> Iterator[tuple[int, int, str]]:
    """Yield the ports of the site and of the anchor, over a database that a module has filled, and what it said: the
    cookie of somebody who is signed in there. All are gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TILLIT_")},
            **{name: os.environ[name] for name in ("TILLIT_DATABASE_URL",) if name in os.environ},
            "TILLIT_DATA": folder,
            "TILLIT_SECRET_KEY": "only-for-the-bench",
            "TILLIT_HOSTS": "127.0.0.1",
            "TILLIT_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tillit.project.settings",
        }
        for command in (("migrate", "-v0"), ("collectstatic", "--noinput", "-v0")):
            _run(environment, "tillit.project.manage", *command)
        said = _run(environment, world, *(str(each) for each in size))
        ours = stack.enter_context(_server(environment, "tillit.project.wsgi:application"))
        other = {**environment, "DJANGO_SETTINGS_MODULE": "bench.bare"}
        yield ours, stack.enter_context(_server(other, "django.core.wsgi:get_wsgi_application()")), said


def _run(environment: dict[str, str], module: str, *words: str) -> str:
    """Return what a command said."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def _server(environment: dict[str, str], application: str) -> Iterator[int]:
    """Yield the port of a server as `tillit serve` starts it, but for its log."""
    port = _free_port()
    options = (f"--bind=127.0.0.1:{port}", f"--workers={WORKERS}", f"--threads={THREADS}", "--log-level=error")
    command = [sys.executable, "-m", "gunicorn", *options, application]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        sleep(0.1)
    raise RuntimeError("the server did not start")


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="/?=&+")
