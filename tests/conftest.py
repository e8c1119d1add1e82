"""What every test run keeps to: the database it was asked for, and no silent skips in CI."""

import json
import os
from pathlib import Path

import pytest

ON_POSTGRESQL = os.environ.get("TILLIT_DATABASE_URL", "").startswith("postgres")
IN_CI = os.environ.get("CI") == "true"
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser):
    parser.addoption("--database-tests", action="store_true", help="only the tests that use the database")


def pytest_collection_modifyitems(config, items):
    def belongs(item):
        if item.get_closest_marker("postgres") and not ON_POSTGRESQL:
            return False
        if item.get_closest_marker("alone") and "PYTEST_XDIST_WORKER" in os.environ:
            return False
        return not config.getoption("--database-tests") or uses_database(item)

    left_out = [item for item in items if not belongs(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if belongs(item)]


def uses_database(item):
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & set(item.fixturenames))


@pytest.fixture(autouse=True)
def _in_swedish():
    """Let a test begin in the language of the interface, whatever page in whatever language the one before it read."""
    from django.conf import settings
    from django.utils import translation

    if settings.configured:
        translation.activate("sv")


@pytest.fixture(scope="session", autouse=True)
def _database_is_the_one_asked_for():
    """A run meant for PostgreSQL once ran on SQLite, green and without a word."""
    from django.db import connection

    assert connection.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")


@pytest.fixture(scope="session", autouse=True)
def _what_is_kept_does_not_stop_the_cleaning_up():
    from django.conf import settings

    if settings.configured and not ON_POSTGRESQL:
        from django.db.backends.sqlite3.operations import DatabaseOperations

        from tests.emptying import emptied

        DatabaseOperations.execute_sql_flush = emptied  # type: ignore[method-assign]


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    counts = {outcome: len(reporter.stats.get(outcome, [])) for outcome in ("passed", "failed", "error", "skipped")}
    if IN_CI and counts["skipped"] and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line("CI skips nothing: a skipped test counts as a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if file := os.environ.get("SUITE_COUNTS"):
        with Path(file).open("a") as out:
            out.write(json.dumps(counts) + "\n")
