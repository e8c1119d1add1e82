"""The official text in headings and sentences. The text here is made up: no sentence of it is the agreement's."""

from dataclasses import replace

import pytest

from tillit.core.rulebook import editions
from tillit.core.rulebook.model import Source
from tillit.core.rulebook.official import changed, lost, sources, split
from tillit.core.rulebook.sentences import joined, sentences

EDITION = editions.edition(editions.newest())
TEXT = """
 EN PÅHITTAD TEXT OM BÅTAR
Båtar är bra. De flyter, t.ex. på sjöar
och i s.k. kanaler.

Det finns två slags båtar:
• Segelbåtar, som går
  tyst. De behöver vind.

• Motorbåtar.

3
Version 9.9 gällande fr.o.m. i morgon
 Måltider
Fisk äts ombord. Den som inne-
bär att man blir mätt. Hälso- och
sjukmat är något annat.

Några ord om resten

Sponsring      Någon kan betala för bensinen. Sponsring av
segel är ovanlig.

Definitioner
Sponsring Att betala för bensin. En annan

mening om det.

Industri  Alla som bygger båtar.
"""


def at(section, sentence, text=TEXT):
    return split(text, EDITION).sentence(Source(section, sentence))


def test_the_text_before_the_first_heading_is_the_preface_without_its_title():
    assert at("Inledning", 1) == "Båtar är bra."
    assert at("Inledning", 2) == "De flyter, t.ex. på sjöar och i s.k. kanaler."


def test_a_list_item_begins_a_new_sentence():
    assert [at("Inledning", number) for number in (3, 4, 5, 6, 7)] == [
        "Det finns två slags båtar:",
        "Segelbåtar, som går tyst.",
        "De behöver vind.",
        "Motorbåtar.",
        None,
    ]


def test_line_ends_are_joined_and_only_the_hyphen_of_a_broken_word_goes():
    assert at("Måltider", 2) == "Den som innebär att man blir mätt."
    assert at("Måltider", 3) == "Hälso- och sjukmat är något annat."


def test_a_heading_that_no_source_names_belongs_to_nothing():
    assert at("Måltider", 4) is None


def test_a_heading_on_the_line_of_its_text_is_told_from_a_sentence_that_begins_with_the_word():
    assert at("Sponsring", 1) == "Någon kan betala för bensinen."
    assert at("Sponsring", 2) == "Sponsring av segel är ovanlig."


def test_a_term_of_the_definitions_is_told_from_the_heading_of_the_same_name():
    assert at("Definitioner: Sponsring", 1) == "Att betala för bensin."
    assert at("Definitioner: Sponsring", 2) == "En annan mening om det."
    assert at("Definitioner: Industri", 1) == "Alla som bygger båtar."


def test_the_cited_paragraph_says_which_of_its_sentences_is_meant():
    found = split(TEXT, EDITION).paragraph(Source("Måltider", 2))
    assert found is not None
    paragraph, place = found
    assert (len(paragraph), place) == (3, 1)


def test_a_text_in_decomposed_letters_is_the_same_text():
    assert at("Måltider", 1, TEXT.replace("å", "a\u030a")) == "Fisk äts ombord."


def test_page_numbers_and_footers_do_not_break_a_sentence():
    assert at("Måltider", 1, "Måltider\nEn lång\n\n 12 \n\nVersion 3.0 gällande\n\nmening.") == "En lång mening."


def test_what_is_not_found_is_listed_with_its_id():
    missing = dict(lost(EDITION, split(TEXT, EDITION)))
    assert "maltider.distans" not in missing
    assert missing["resor.ekonomiklass"] == Source("Resor", 2)
    assert len(lost(EDITION, split("", EDITION))) == len(tuple(sources(EDITION)))


def test_a_sentence_that_reads_otherwise_than_before_is_told():
    before = split(TEXT, EDITION)
    now = split(TEXT.replace("blir mätt", "blir glad"), EDITION)
    assert {source for _, source in changed(EDITION, before, now)} == {Source("Måltider", 2)}
    assert changed(EDITION, before, replace(before)) == ()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["läkemedels-", "industri"], "läkemedelsindustri"),
        (["medicin- och", "teknik"], "medicin- och teknik"),
        (["medicin-", "och teknik"], "medicin- och teknik"),
        (["EU-", "rätten"], "EU-rätten"),
        (["e-", "post"], "e-post"),
        (["nord-sydlig", "nord-", "sydlig"], "nord-sydlig nord-sydlig"),
        (["mjuk\u00ad", "vara"], "mjukvara"),
        (["  ett ", "   två\t tre"], "ett två tre"),
    ],
)
def test_lines_are_joined(lines, text):
    assert joined(lines) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ett. Två! Tre? Fyra", 4),
        ("Det gäller fr.o.m. Maj och t.o.m. Juni.", 1),
        ("Resor, logi etc. är dyra.", 1),
        ("Resor, logi etc. Det är dyrt.", 2),
        ("Enligt 2 kap. 3 § gäller det. Så är det.", 2),
        ("A. Andersson kom. Hon gick.", 2),
        ("(Det är så.) Nu är det nog.", 2),
        ("Den 1. Maj är en dag.", 1),
        ("", 0),
    ],
)
def test_sentences_are_counted(text, number):
    assert len(sentences(text)) == number
