"""A PostgreSQL of our own for a test run: made in a second, on a socket nobody else sees, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SWIFT = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


def binaries() -> Path | None:
    """Return the folder that holds initdb and pg_ctl, the newest one, or None where PostgreSQL is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    folders = [*reversed(installed), *([Path(found).parent] if found else [])]
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def private_cluster() -> Iterator[str]:
    """Yield the address of a fresh cluster, as TILLIT_DATABASE_URL has it."""
    tools = binaries()
    if tools is None:
        raise FileNotFoundError("PostgreSQL's initdb and pg_ctl are not installed")
    user = _owner()
    folder = Path(tempfile.mkdtemp(prefix="tillit-pg-"))  # short: a socket's path may hold 107 characters
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        _as(user, tools / "initdb", "-D", data, "-U", "tillit", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        log = ("-l", folder / "log")
        _as(user, tools / "pg_ctl", "-D", data, *log, "-w", "-o", f"{SWIFT} -k {folder}", "start")
        try:
            yield f"postgresql://tillit@/postgres?host={folder}"
        finally:
            _as(user, tools / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str | None:
    """PostgreSQL refuses to run as root, so root lends it to somebody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as(user: str | None, *command: object) -> None:
    subprocess.run([str(word) for word in command], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")
