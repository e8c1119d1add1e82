"""An address that is put together is the one that Django would have found."""

from uuid import uuid4

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.translation import override

from tillit.web.address import address

KEY = uuid4()
PAGES = (
    ("start:start", ()),
    ("partnerships:partnerships", ()),
    ("partnerships:show", ("partnerskap-1",)),
    ("partnerships:show", ("_",)),
    ("partnerships:organ", ("ett", KEY)),
    ("partnerships:organ", ("ett", str(KEY))),
    ("rules:rule", ("godkännande av åtgärd",)),
    ("rules:rule", ("a-b",)),
    ("api-v1:docs", ()),
)


@pytest.mark.parametrize(("view", "args"), PAGES)
def test_an_address_is_that_of_the_page_in_each_language(view, args):
    for lang in ("sv", "en", "sv"):
        with override(lang):
            assert address(view, args) == reverse(view, args=args)


def test_where_the_site_lies_is_in_the_address():
    before = address("partnerships:show", ("ett",))
    set_script_prefix("/under/")
    try:
        assert address("partnerships:show", ("ett",)) == "/under" + before == reverse("partnerships:show", args=["ett"])
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    ("view", "args"),
    [
        ("partnerships:nowhere", ()),
        ("partnerships:show", ()),
        ("partnerships:show", ("å",)),
        ("partnerships:organ", "ab"),
    ],
)
def test_a_page_that_is_not_there_has_no_address(view, args):
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address(view, args)


def test_the_tag_of_templates_gives_the_same():
    text = (
        "{% url 'partnerships:organ' slug key %}|{% url 'partnerships:organ' slug=slug key=key %}|{% url name slug %}|"
        "{% url 'partnerships:nowhere' as there %}{{ there }}|{% url 'rules:rules' as there %}{{ there }}"
    )
    shown = engines["django"].from_string(text).render({"slug": "ett", "key": KEY, "name": "partnerships:show"})
    organ = reverse("partnerships:organ", args=["ett", KEY])
    assert shown == f"{organ}|{organ}|{reverse('partnerships:show', args=['ett'])}||{reverse('rules:rules')}"
    asked = engines["django"].from_string("{% url 'rules:rules' %}").render({}, RequestFactory().get("/"))
    assert asked == reverse("rules:rules")
