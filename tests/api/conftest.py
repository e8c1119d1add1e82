"""The API as another system meets it: JSON over HTTP. Only the open register has a database behind it."""

import json

import pytest

from tests.public_rows import carried_out, publish, sides, whole

__all__ = ["carried_out", "publish", "sides", "whole"]
ROOT = "/api/v1"


@pytest.fixture
def ask(client):
    """Return a function that gets an address and gives what was answered, which must be JSON and set no cookie."""

    def get(address, status=200, **headers):
        answer = client.get(ROOT + address, headers=headers)
        assert answer.status_code == status, answer.content
        assert not answer.cookies
        return json.loads(answer.content)

    return get


@pytest.fixture
def send(client):
    """Return a function that sends a case and gives what was answered."""

    def post(body, status=200, kind="application/json", query="", **headers):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = client.post(f"{ROOT}/check{query}", content, content_type=kind, headers=headers)
        assert answer.status_code == status, answer.content
        assert not answer.cookies
        return json.loads(answer.content)

    return post


@pytest.fixture(scope="session")
def described():
    """Return the description of the API in Swedish, as a program gets it."""
    from django.test import Client

    return json.loads(Client().get(f"{ROOT}/openapi.json").content)
