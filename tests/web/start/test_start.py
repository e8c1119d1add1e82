import pytest


@pytest.mark.parametrize(("address", "language", "words"), [("/", "sv", "Pröva en samverkan"), ("/en/", "en", "Try a")])
def test_the_first_page_has_one_address_per_language_and_needs_no_cookie(client, address, language, words):
    page = client.get(address, HTTP_ACCEPT_LANGUAGE="de")

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert words in page.text
    assert not page.cookies
