"""The page that describes the API: accessible in light and dark, and narrow."""

import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/api/v1/docs", "/api/v1/docs?lang=en"])
def test_axe_finds_nothing_with_everything_unfolded(page, accessible, address, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    for folded in page.locator("details").all():
        folded.evaluate("each => each.open = true")
    accessible()


def test_nothing_runs_out_of_a_window_of_320_pixels(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/api/v1/docs")
    for folded in page.locator("details").all():
        folded.evaluate("each => each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_other_language_is_the_same_page(page):
    page.goto("/api/v1/docs")
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/api/v1/docs?lang=en")
    assert page.get_by_role("heading", level=1).inner_text() == "API for other systems"
