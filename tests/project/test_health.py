import pytest
from django.db import DatabaseError, connection


@pytest.mark.django_db
def test_health_names_the_database_and_nothing_else(client):
    answer = client.get("/halsa/")

    assert answer.status_code == 200
    assert answer.text == f"ok {connection.vendor}\n"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_health_says_503_when_the_database_is_away(client, monkeypatch):
    def away():
        raise DatabaseError("password=hemligt")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/halsa/")

    assert answer.status_code == 503
    assert "hemligt" not in answer.text
