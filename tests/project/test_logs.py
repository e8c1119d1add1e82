"""What is logged lets nobody in."""

import logging

import pytest

from tillit.project.logs import Line


@pytest.mark.parametrize(
    "address",
    [
        "/g/HEMLIG:x-y_z/",
        "/en/g/HEMLIG/",
        "/konto/inbjudan/HEMLIG/",
        "/konto/glomt/nytt/1-HEMLIG/",
    ],
)
def test_a_key_in_an_address_is_not_logged(address):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Gone: %s", (address,), None)
    said = Line("{levelname} {message}", style="{").format(record)
    assert "HEMLIG" not in said
    assert said.startswith("WARNING Gone: /")


def test_the_site_logs_with_it():
    assert any(isinstance(each.formatter, Line) for each in logging.getLogger().handlers)


def test_other_addresses_are_logged_as_they_are():
    record = logging.LogRecord("x", logging.INFO, "", 0, "/samverkan/S-ABC/ /regler/ang/", (), None)
    assert Line("%(message)s").format(record) == "/samverkan/S-ABC/ /regler/ang/"
