"""Pages that nobody wants to see, in the look of the rest and in both languages."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from django.views import defaults


@pytest.mark.parametrize(
    ("address", "language", "words"),
    [("/finns-inte/", "sv", "Sidan finns inte"), ("/en/finns-inte/", "en", "There is no such page")],
)
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client, address, language, words):
    page = client.get(address)

    assert page.status_code == 404
    assert f'<html lang="{language}">' in page.text
    assert f"<h1>{words}</h1>" in page.text
    assert "Content-Security-Policy" in page
    assert not page.cookies


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("status", [400, 403, 500])
def test_every_error_has_its_own_words(status, language):
    request = RequestFactory().get("/")
    with override(language):
        answer = {
            400: lambda: defaults.bad_request(request, ValueError()),
            403: lambda: defaults.permission_denied(request, PermissionError()),
            500: lambda: defaults.server_error(request),
        }[status]()
        body = answer.content.decode()

    assert answer.status_code == status
    assert f'<html lang="{language}">' in body
    assert 'rel="stylesheet"' in body


def test_the_demo_says_on_every_page_that_all_is_made_up(client, settings):
    assert "påhittade" not in client.get("/prova/").text
    settings.DEMO = True
    for address in ("/", "/prova/", "/regler/", "/finns-inte/"):
        assert "påhittade" in client.get(address).text


def test_the_other_language_is_the_same_page(client):
    assert 'href="/en/regler/maltider.distans/"' in client.get("/regler/maltider.distans/").text
    assert 'href="/regler/?utgava=samverkansregler/2.0"' in client.get("/en/regler/?utgava=samverkansregler/2.0").text
    assert 'href="/en/"' in client.get("/finns-inte/").text
