"""Reads what the environment says of this site. A setting that cannot be read stops the start, with its remedy."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
OIDC_NEEDS = ("issuer", "client_id")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def flag(name: str) -> bool:
    value = text(name).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Set it to 1 or 0.")
    return value in YES


def number(name: str, default: int) -> int:
    value = text(name) or str(default)
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number. Set it to one, such as {default}.")
    return int(value)


def folder(name: str) -> Path | None:
    value = text(name)
    return Path(value).expanduser().absolute() if value else None


def identity_providers(file: Path | None) -> list[dict[str, Any]]:
    """Return each sign-in of an organisation's own that a file tells of, as allauth wants an app described."""
    if file is None:
        return []
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(f"TILLIT_OIDC: {file} cannot be read ({error.strerror}).") from error
    except ValueError as error:  # not UTF-8, or not TOML; a secret may stand in it, so nothing of it is repeated
        raise ImproperlyConfigured(f"TILLIT_OIDC: {file} is not TOML. See docs/drift.md for how it looks.") from error
    return [_identity_provider(file, key, given) for key, given in told.items()]


def _identity_provider(file: Path, key: str, given: object) -> dict[str, Any]:
    known = {"name", "issuer", "client_id", "secret", "scope", "hsa_claim"}
    says = given if isinstance(given, dict) else {}
    if not re.fullmatch("[a-z0-9]+", key) or not all(isinstance(says.get(what), str) for what in OIDC_NEEDS):
        needed = ", ".join(f'{what} = "…"' for what in OIDC_NEEDS)
        raise ImproperlyConfigured(f"TILLIT_OIDC: {file}, {key!r}: a table [a-z0-9] is wanted, with {needed}.")
    if strange := [what for what, value in says.items() if what not in known or not isinstance(value, str)]:
        raise ImproperlyConfigured(f"TILLIT_OIDC: {file}, {key!r}: {', '.join(strange)} cannot be read.")
    return {
        "provider_id": key,
        "name": says.get("name", key.upper()),
        "client_id": says["client_id"],
        "secret": says.get("secret", ""),
        "settings": {
            "server_url": says["issuer"].rstrip("/"),
            "scope": says.get("scope", "openid email profile").split(),
            "hsa_claim": says.get("hsa_claim", "employeeHsaId"),
            "oauth_pkce_enabled": True,
        },
    }


def database(url: str, data: Path) -> dict[str, Any]:
    """Return Django's description of the database: PostgreSQL at `url`, or a SQLite file in `data` when it is empty."""
    return _postgresql(url) if url else _sqlite(data / "tillit.sqlite3")


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # Two who write at once wait for each other instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _not_a_database() from error
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise _not_a_database()
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _not_a_database() -> ImproperlyConfigured:
    # The address is not repeated: it may hold a password, and this ends up in a log.
    return ImproperlyConfigured(
        "TILLIT_DATABASE_URL cannot be read. Write postgresql://user:password@host:5432/name,"
        " or leave it out for SQLite."
    )
