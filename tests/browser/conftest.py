"""A real browser, the one the system has. Every test in this folder is marked `browser`."""

import os
from pathlib import Path

import pytest

from tests.run import chromium

HERE = Path(__file__).parent
# Chromium otherwise calls out at its start; the first two are for root in a container.
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.skip("no Chromium; on Debian: apt-get install chromium")
    # Playwright keeps an event loop in this thread, at which Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser, live_server):
    """A page of the site, in Swedish, that fails the test when a script or the security policy complains."""
    context = browser.new_context(base_url=live_server.url, locale="sv-SE")
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    def console(message):
        # A page that is itself a 404 or a 422 is told here too; what it fetches must be there.
        answered = (
            "the server responded with a status of 4" in message.text and "/static/" not in message.location["url"]
        )
        # htmx tells on the console when a page is left while it is asking.
        left = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError"))
        if message.type == "error" and not answered and not left:
            complaints.append(message.text)

    tab.on("console", console)
    yield tab
    context.close()
    assert complaints == []


@pytest.fixture
def accessible(page):
    """Return a check that axe finds nothing to object to on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    def check():
        violations = Axe().run(page).response["violations"]
        assert violations == [], [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']]}" for v in violations]

    return check
