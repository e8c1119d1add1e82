"""Settings are read when Django starts, so each test starts it with an environment of its own."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from tillit.project import environment

READ = """
import json
from tillit.project import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}, default=str))
"""
OPERATION = {"TILLIT_SECRET_KEY": "hemlig", "TILLIT_HOSTS": "tillit.example.se"}


def started(*names, **variables):
    outside = {name: value for name, value in os.environ.items() if not name.startswith("TILLIT_")}
    command = [sys.executable, "-c", READ % (names,)]
    return subprocess.run(command, env={**outside, **variables}, capture_output=True, text=True, check=False)


def settings(*names, **variables):
    return json.loads(started(*names, **variables).stdout)


@pytest.mark.parametrize("lacking", OPERATION)
def test_in_operation_nothing_starts_without_a_secret_and_hosts(lacking):
    told = started(**{name: value for name, value in OPERATION.items() if name != lacking}).stderr
    assert f"{lacking} is not set" in told


def test_the_demo_needs_nothing_and_answers_on_this_computer_only():
    found = settings("SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", TILLIT_DEMO="1")
    assert len(found["SECRET_KEY"]) >= 48
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["DEBUG"] is False


def test_behind_https_everything_is_secure():
    found = settings("SECURE_SSL_REDIRECT", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", TILLIT_HTTPS="1", **OPERATION)
    assert found == {"SECURE_SSL_REDIRECT": True, "CSRF_COOKIE_SECURE": True, "SECURE_HSTS_SECONDS": 31_536_000}


def test_without_an_address_the_database_is_an_embedded_file_that_waits_its_turn(tmp_path):
    found = environment.database("", tmp_path)
    assert found["NAME"] == tmp_path / "tillit.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_an_address_of_postgresql_is_taken_apart(tmp_path):
    found = environment.database("postgresql://anna:p%40ss@db.example.se:5433/tillit?sslmode=verify-full", tmp_path)
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "tillit",
        "USER": "anna",
        "PASSWORD": "p@ss",
        "HOST": "db.example.se",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_an_address_may_name_a_socket(tmp_path):
    found = environment.database("postgresql://tillit@/tillit?host=/var/run/postgresql", tmp_path)
    assert (found["HOST"], found["NAME"], found["OPTIONS"]) == ("/var/run/postgresql", "tillit", {})


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://u:hemligt@host", "postgresql://h:port/x", "hemligt"])
def test_an_address_that_cannot_be_read_is_refused_without_being_repeated(address, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="TILLIT_DATABASE_URL") as refused:
        environment.database(address, tmp_path)
    assert "hemligt" not in str(refused.value)


def megabytes(name):
    return environment.number(name, 5)


@pytest.mark.parametrize(("read", "value"), [(environment.flag, "ja"), (megabytes, "5 MB")])
def test_a_value_that_is_neither_is_told_with_the_settings_name(read, value, monkeypatch):
    monkeypatch.setenv("TILLIT_X", value)
    with pytest.raises(ImproperlyConfigured, match="TILLIT_X"):
        read("TILLIT_X")
