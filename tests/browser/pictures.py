"""Takes a picture of every page: wide and narrow, light and dark, in Swedish and English, and on paper.

    .venv/bin/python tests/browser/pictures.py [--out FOLDER] [--address http://…] [--only WORD]

Without an address a demo is started for it and stopped again. The pictures are to be looked at; nothing compares them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import FLAGS  # noqa: E402
from tests.browser.walker import Mouse, Walk  # noqa: E402
from tests.run import chromium  # noqa: E402

PAGES = {
    "start": "/",
    "prova": "/prova/",
    "avviker": "/exempel/lunchseminarium/",
    "haller": "/exempel/lunchseminarium-haller/",
    "regler": "/regler/",
    "regel": "/regler/maltider.distans/",
    "definition": "/regler/definitioner.sponsring/",
    "orter": "/regler/orter/",
    "utseende": "/utseende/",
    "finns-inte": "/finns-inte/",
    "laget": "/partnerskap/kliniska-provningar/uppfoljning/",
}
VIEWS: dict[str, Any] = {
    "bred": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "smal": {"viewport": {"width": 320, "height": 720}, "color_scheme": "light", "device_scale_factor": 2},
    "mork": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
PORT = 8963


@contextmanager
def demo() -> Iterator[str]:
    """Yield the address of a demo of its own."""
    address = f"http://127.0.0.1:{PORT}"
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "TILLIT_DEMO": "1", "TILLIT_DATA": data}
        server = subprocess.Popen([sys.executable, "-m", "tillit.project.demo_server", str(PORT)], env=environment)
        try:
            for _ in range(300):
                if _is_filled(address):
                    break
                time.sleep(1)
            yield address
        finally:
            server.terminate()
            server.wait()


def _is_filled(address: str) -> bool:
    """Return whether the made-up world is there: what deviates in it is judged last."""
    try:
        with urllib.request.urlopen(f"{address}{PAGES['laget']}avvikelser/") as answer:
            return 'class="lines"' in answer.read().decode()
    except urllib.error.URLError:
        return False


def take(browser: Browser, address: str, out: Path, only: str) -> None:
    for view, settings in VIEWS.items():
        context = browser.new_context(**settings)
        page = context.new_page()
        for language, prefix in (("sv", ""), ("en", "/en")):
            for name, path in PAGES.items():
                file = out / f"{name}-{view}-{language}.png"
                if only in file.name:
                    page.goto(f"{address}{prefix}{path}")
                    page.evaluate("document.fonts.ready")
                    page.screenshot(path=file, full_page=True)
            steps(page, address + prefix, lambda step: out / f"steg-{step}-{view}-{language}.png", only)  # noqa: B023
            indicator(page, address + prefix, out, f"{view}-{language}.png", only)
        context.close()


def indicator(page: Page, address: str, out: Path, ending: str, only: str) -> None:
    """Take a picture of an indicator that has changed, found on the scorecard, and one of its last chart alone."""
    whole, chart = out / f"indikator-{ending}", out / f"diagram-{ending}"
    if only in whole.name or only in chart.name:
        page.goto(address + PAGES["laget"])
        page.locator(".scores").get_by_role("link", name="Dagar från ansökan").click()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=whole, full_page=True)
        page.locator("figure").last.screenshot(path=chart)


def steps(page: Page, address: str, file: Callable[[str], Path], only: str) -> None:
    """Take a picture of every step of the guided check, filled in from an example."""
    if only and "steg" not in only:
        return

    def look() -> None:
        step = page.locator('input[name="from"]').first.get_attribute("value") or "borja"
        page.evaluate("document.fonts.ready")
        page.screenshot(path=file(step), full_page=True)

    walk = Walk(Mouse(page), "lunchseminarium", address, each=look)
    walk.begin()
    walk.questions()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "tillit-pictures")
    parser.add_argument("--address", default="")
    parser.add_argument("--only", default="", help="only pictures with this in their name, as start-bred-sv")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    program = chromium() or sys.exit("no Chromium; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        if args.address:
            take(browser, args.address, args.out, args.only)
        else:
            with demo() as address:
                take(browser, address, args.out, args.only)
        browser.close()
    sys.stdout.write(f"{args.out}\n")


if __name__ == "__main__":
    main()
