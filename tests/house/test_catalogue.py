import ast
import re

from tests.house import catalogue, tree

FILLED_IN = re.compile(r"%\((\w+)\)")


def test_the_english_catalogue_is_complete():
    needed = {(message.id, message.context) for message in catalogue.in_code() if message.id}
    there = {(message.id, message.context) for message in catalogue.in_file() if message.id}

    assert sorted(map(str, needed - there)) == [], "run ./tillit messages and write the English words"
    assert sorted(map(str, there - needed)) == [], "run ./tillit messages: these are no longer in the code"
    assert catalogue.missing(catalogue.in_file()) == []


def test_what_is_compiled_is_what_is_written():
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.in_file()), "run ./tillit messages"


def test_messages_in_code_and_templates_are_found():
    """The two tests above would be satisfied with an extraction that finds nothing."""
    in_template = (
        "{% load i18n %}{% comment %}Varför.{% endcomment %}{# Därför. #}"
        '<p>{% translate "Ett ord" %}</p>\n  {% blocktranslate %}Två ord{% endblocktranslate %}'
    )
    in_code = 'from x import gettext as _\nprint(_("Tre ord"), ngettext("Ett", "Flera", 2))'

    assert catalogue.in_templates([in_template]) == ["Ett ord", "Två ord"]
    assert [message for _, message, _, _ in catalogue.messages(in_code)] == ["Tre ord", ("Ett", "Flera")]


def test_english_words_have_the_same_places_to_fill_in_and_no_other():
    """A name that only one language has is an error on the page in that language. Plurals of one are many messages."""
    wrong = [
        f"{swedish}: {sorted(other)}"
        for message in catalogue.in_file()
        if message.id
        for swedish in [" ".join(catalogue.words(message.id))]
        for words in catalogue.words(message.string)
        if (other := set(FILLED_IN.findall(words)) - set(FILLED_IN.findall(swedish)))
    ]
    assert wrong == []


def test_a_message_has_one_plural_wherever_it_is_used():
    """The catalogue knows a plural by its singular, and would answer one place with the other's words."""
    found: dict[tuple[object, str], set[str]] = {}
    for code in catalogue.sources():
        for _line, message, _comments, context in catalogue.messages(code):
            if isinstance(message, tuple):
                found.setdefault((context, message[0]), set()).add(message[1])
    assert {key: plurals for key, plurals in found.items() if len(plurals) > 1} == {}


def test_no_words_are_looked_up_inside_a_formatted_text_where_they_would_not_be_found():
    asks = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "npgettext"}
    inside = [
        f"{tree.name(path)}:{node.lineno}"
        for path in tree.python(tree.ROOT / "src")
        for text in ast.walk(tree.parsed(path))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in asks
    ]
    assert inside == []
