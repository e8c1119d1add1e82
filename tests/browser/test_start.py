import pytest


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_the_first_page_is_accessible(page, accessible, address):
    page.goto(address)

    accessible()
