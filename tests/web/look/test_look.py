"""The page of the look: there where one develops or shows, and every pair of colours is told apart."""

import pytest

from tillit.web.look.colours import contrast, pairs


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_look_is_shown_where_one_develops_or_shows_and_nowhere_else(client, settings, prefix):
    assert client.get(f"{prefix}/utseende/").status_code == 404
    for name in ("DEMO", "DEBUG"):
        setattr(settings, name, True)
        page = client.get(f"{prefix}/utseende/")
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1
        for outcome in ("meets", "breach", "undecided", "judge", "not_applicable"):
            assert f"#mark-{outcome}" in page.text
        setattr(settings, name, False)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_stands_on_what_can_be_read(scheme):
    assert [pair for pair in pairs(scheme) if not pair.holds] == []


def test_contrast_is_that_of_wcag():
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#fff", "#777777") == contrast("#777777", "#fff")
