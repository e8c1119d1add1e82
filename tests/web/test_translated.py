"""The words of a template are in the language of the one who reads, though they are looked up once."""

import pytest
from django.template import engines
from django.test import override_settings
from django.utils.translation import override

SHOWN = (
    '{% load i18n %}{% translate "Sök" %}|{% translate "Sök" as word %}{{ word }}|{% translate word %}|'
    "{% translate 'Sök'|upper %}|{% translate 'ja <b>100 %</b>' %}|"
    "{% blocktranslate count n=n %}{{ n }} part{% plural %}{{ n }} parter{% endblocktranslate %}|"
    "{% blocktranslate with name=who %}hos {{ name }}{% endblocktranslate %}"
)


def shown(text, **about):
    return engines["django"].from_string(text).render(about)


@pytest.mark.parametrize("debug", [True, False])
def test_a_template_shows_its_words_in_one_language_after_the_other(debug):
    with override_settings(DEBUG=debug):
        page = engines["django"].from_string(SHOWN)
        for _ in range(2):
            with override("sv"):
                told = page.render({"n": 2, "who": "<Region>"})
                assert told == "Sök|Sök|Sök|SÖK|ja <b>100 %</b>|2 parter|hos &lt;Region&gt;"
                assert page.render({"n": 1, "who": "A"}).endswith("1 part|hos A")
            with override("en"):
                told = page.render({"n": 2, "who": "B"})
                assert told.startswith("Search|Search|Search|")
                assert told.endswith("|2 parties|at B")


def test_the_words_of_a_page_are_the_settings_own_tags():
    assert engines["django"].engine.template_libraries["i18n"].tags["translate"].__module__.startswith("tillit.")
    assert shown('{% load i18n %}{% get_current_language as lang %}{{ lang }}|{% translate "x" noop %}') == "sv|x"
