"""Defined terms in a text: in any form of the word, the first time only, the longest first."""

from tillit.core.rulebook import editions
from tillit.exchange.terms import pieces

NEWEST = editions.newest()


def marked(text, lang="sv", **more):
    return [(piece.text, piece.id) for piece in pieces(text, NEWEST, lang, **more) if piece.id]


def test_a_term_is_found_in_the_forms_of_its_word_and_explained_once():
    assert marked("Måltiden är en måltid.") == [("Måltiden", "definitioner.maltid")]
    assert marked("Sociala aktiviteter och industrin") == [
        ("Sociala aktiviteter", "definitioner.social-aktivitet"),
        ("industrin", "definitioner.industri"),
    ]
    assert marked("Meals, and a meal", "en") == [("Meals", "definitioner.maltid")]


def test_a_term_within_another_word_is_none():
    assert marked("Kvällsmåltiden och läkemedelsindustrin") == []


def test_the_longest_term_is_meant():
    assert marked("ett konsultuppdrag")[0][1] == "definitioner.konsultuppdrag"


def test_the_text_is_whole_and_what_is_explained_already_is_not_again():
    seen: set[str] = set()
    text = "En måltid för deltagaren."
    assert "".join(piece.text for piece in pieces(text, NEWEST, "sv", seen=seen)) == text
    assert seen == {"definitioner.maltid", "definitioner.deltagare"}
    assert marked(text, seen=seen) == []
    assert marked(text, own="definitioner.maltid") == [("deltagaren", "definitioner.deltagare")]


def test_a_part_of_the_agreement_uses_the_agreements_words():
    part = next((id_ for id_ in editions.FOLDERS if editions.edition(id_).document.part_of), None)
    found = [piece for piece in pieces("en måltid", part or NEWEST, "sv") if piece.id]
    assert [(piece.id, piece.rulebook) for piece in found] == [("definitioner.maltid", NEWEST)]
