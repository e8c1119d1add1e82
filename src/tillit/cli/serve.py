"""The site in operation, on gunicorn. What it needs is set in the environment: see docs/drift.md."""

import argparse
import os
import sys

from tillit.cli.process import become, run as run_module

THREADS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bind",
        default=os.environ.get("TILLIT_BIND", "127.0.0.1:8000"),
        metavar="ADDRESS",
        help="host:port or unix:/path to listen at (TILLIT_BIND; default 127.0.0.1:8000)",
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=int(os.environ.get("TILLIT_WORKERS") or os.cpu_count() or 1),
        metavar="N",
        help="processes that answer, four threads each (TILLIT_WORKERS; default one per core)",
    )


def run(args: argparse.Namespace) -> int:
    if os.name != "posix":
        sys.stderr.write("tillit serve needs gunicorn, which Windows does not have. `tillit demo` runs there.\n")
        return 2
    # Both say themselves what stands in the way: settings that lack something, a database that is not upgraded.
    for step in (["collectstatic", "--noinput", "--verbosity=0"], ["migrate", "--check", "--verbosity=0"]):
        if run_module("tillit.project.manage", *step):
            if step[0] == "migrate":
                sys.stderr.write("tillit: the database is not of this version. Run `tillit manage migrate` first.\n")
            return 2
    return become(
        "gunicorn",
        f"--bind={args.bind}",
        f"--workers={args.workers}",
        f"--threads={THREADS}",
        "--access-logfile=-",
        # No addresses of people, no query strings: what, how it went, how long it took.
        "--access-logformat=%(m)s %(U)s %(s)s %(B)s bytes %(M)s ms",
        "tillit.project.wsgi:application",
    )
