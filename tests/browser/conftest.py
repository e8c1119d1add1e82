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
def window(browser, live_server):
    """Return a way to open a page of the site, in Swedish, in a browser of its own.

    The test fails when a script or the security policy complains on any of the pages.
    """
    contexts, complaints = [], []

    def opened(**more):
        context = browser.new_context(base_url=live_server.url, locale="sv-SE", **more)
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda message: complaints.extend(_complaint(message)))
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _complaint(message):
    """Return what a page complains of on its console: a list of one or none."""
    # A page that is itself a 404 or a 422 is told here too; what it fetches must be there.
    answered = "the server responded with a status of 4" in message.text and "/static/" not in message.location["url"]
    # htmx tells on the console when a page is left while it is asking.
    left = message.text.startswith(("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError"))
    return [message.text] if message.type == "error" and not answered and not left else []


@pytest.fixture
def page(window):
    """A page of the site, as nobody in particular."""
    return window()


@pytest.fixture
def let_in(window, live_server):
    """Return a way to open a page of the site as somebody who has signed in already."""

    from tests.browser.people import session_of  # needs Django, which the pictures take their flags from here without

    def signed_in(person, **more):
        page = window(**more)
        page.context.add_cookies([{"name": "sessionid", "value": session_of(person), "url": live_server.url}])
        return page

    return signed_in


@pytest.fixture
def accessible(request):
    """Return a check that axe finds nothing to object to on a page as it stands: `page`, or the one named."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page=None):
        violations = Axe().run(page or request.getfixturevalue("page")).response["violations"]
        assert violations == [], [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']]}" for v in violations]

    return check
