"""A site to try on this computer: nothing to configure, nothing leaves the computer, Ctrl-C stops it."""

import argparse
import os
import socket
import sys
from pathlib import Path

from tillit.cli.process import become

HIGHEST_PORT = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=8000, metavar="N", help="the port to answer at (default 8000)")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="where the demo keeps its database")


def run(args: argparse.Namespace) -> int:
    if problem := _port_problem(args.port):
        sys.stderr.write(problem)
        return 2
    data = (args.data or _data_folder()).expanduser().absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"tillit: {data} cannot be made ({error.strerror}). Choose a folder with --data.\n")
        return 2
    return become(
        "tillit.project.demo_server",
        str(args.port),
        *([] if args.no_browser else ["--browser"]),
        TILLIT_DEMO="1",
        TILLIT_DATA=str(data),
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; choose a number from 1 to {HIGHEST_PORT}")
    return int(text)


def _port_problem(port: int) -> str | None:
    with socket.socket() as probe:
        if os.name == "posix":  # as the server does it, so that a port just left is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            return f"tillit: port {port} needs more rights than you have. Choose one over 1023, such as --port 8080.\n"
        except OSError:
            return f"tillit: port {port} is taken by another program. Choose another, such as --port {_other(port)}.\n"
    return None


def _other(port: int) -> int:
    return port + 1 if port < HIGHEST_PORT else 8000


def _data_folder() -> Path:
    if os.name == "nt":
        home = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    else:
        home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "tillit" / "demo"
