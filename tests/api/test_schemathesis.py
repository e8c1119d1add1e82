"""Schemathesis asks every address what its description promises, with what fits it and what does not."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis.config import SchemathesisConfig

from tillit.api.v1.check import EXCEL
from tillit.project.wsgi import application

SETTINGS = {
    "generation": {"max-examples": 60, "deterministic": True},
    "operations": [
        {
            # What only the whole case can show (references, order of days, personal numbers) is no part of its
            # schema, and TOML and Excel have none: a body that fits may still be one that cannot be used.
            "include-name": "POST /check",
            "generation": {"max-examples": 150},
            "checks": {"positive_data_acceptance": {"expected-statuses": [200, 400, 422]}},
        }
    ],
}


@schemathesis.serializer("application/toml", EXCEL)
def as_it_is(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", application, config=SchemathesisConfig.from_dict(SETTINGS)
)


@pytest.fixture(autouse=True)
def _connections_are_left_alone():
    """As Django's own test client does: a server closes its old connections around every request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.django_db
@schema.parametrize()
def test_no_address_breaks_its_promises(case):
    case.call_and_validate()
