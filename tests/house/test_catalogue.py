from tests.house import catalogue


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
        '{% load i18n %}<p>{% translate "Ett ord" %}</p>\n  {% blocktranslate %}Två ord{% endblocktranslate %}'
    )
    in_code = 'from x import gettext as _\nprint(_("Tre ord"), ngettext("Ett", "Flera", 2))'

    assert catalogue.in_templates([in_template]) == ["Ett ord", "Två ord"]
    assert [message for _, message, _, _ in catalogue.messages(in_code)] == ["Tre ord", ("Ett", "Flera")]
