"""The wheel holds everything a site needs, and `tillit demo` runs from it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile

import pytest

from tests.house import tree


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, tree.ROOT]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("tillit-*.whl"))


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {path.relative_to(tree.ROOT / "src").as_posix() for path in tree.files() if tree.SOURCE in path.parents}

    assert sorted(package - inside) == []
    assert sorted(inside - package) == []


def test_the_wheel_carries_its_licence_and_its_command(wheel):
    archive = zipfile.ZipFile(wheel)
    inside = [name for name in archive.namelist() if ".dist-info/" in name]
    about = {name.split(".dist-info/")[1]: archive.read(name).decode() for name in inside}

    assert "Apache License" in about["licenses/LICENSE"]
    assert "tillit = tillit.cli:main" in about["entry_points.txt"]
    assert "License-Expression: Apache-2.0" in about["METADATA"]


def test_the_demo_runs_from_the_wheel_and_stops_when_told(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "tillit.cli", "demo", "--no-browser", "--port", str(port), "--data", tmp_path / "data"],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    try:
        page = first_page(f"http://127.0.0.1:{port}/", demo)
    finally:
        demo.send_signal(signal.SIGTERM)
        printed, _ = demo.communicate(timeout=20)

    assert "<h1" in page
    assert (tmp_path / "data" / "tillit.sqlite3").exists()
    assert demo.returncode == 0
    assert f"http://127.0.0.1:{port}/" in printed


def first_page(address, demo):
    until = time.monotonic() + 90  # on a loaded machine the first answer takes its time
    while time.monotonic() < until and demo.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode()
        except (ConnectionError, TimeoutError):
            time.sleep(0.05)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError | TimeoutError):
                raise
            time.sleep(0.05)
    raise AssertionError("the demo did not answer")
