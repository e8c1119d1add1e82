"""The protocol as PDF.

typst itself refuses what breaks PDF/A-3a or PDF/UA-1, and that is the gate. pikepdf looks here at what a reader program
needs. veraPDF, the reference checker, is not to be had on the machines that build this: nothing here claims its word.
"""

import io
import json
from datetime import date

import pikepdf
import pytest

from tillit.core.rulebook.engine import check_case
from tillit.exchange import casefile
from tillit.exchange.answer import answer
from tillit.exchange.protocol import pdf

CASE = {
    "schema": "tillit.case/1",
    "case": {"title": "Lunch", "phase": "planned", "starts_on": "2026-03-12", "ends_on": "2026-03-13"},
    "collaboration": {"company_branch": "pharma", "arranger": "joint", "industry_offers_meal": True},
    "records": {"participant": {"complete": True}},
    "participant": [{"id": "p1", "side": "care", "mode": "remote", "meal_offered": True}],
}


def protocol(title="Lunch", lang="sv", asked="all", case=CASE):
    content = json.dumps(case | {"case": case["case"] | {"title": title}}, ensure_ascii=False).encode()
    check = check_case(casefile.read(content, "fil.json"), as_of=date(2026, 11, 23))
    return pdf(answer(check, lang=lang, asked=asked), content, lang=lang), content


@pytest.fixture(scope="module")
def document():
    with pikepdf.open(io.BytesIO(protocol()[0])) as opened:
        yield opened


def structure(node, found=None):
    """Return how often each kind of tag occurs."""
    found = {} if found is None else found
    if isinstance(node, pikepdf.Array):
        for each in node:
            structure(each, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and node.get("/Type", "/StructElem") == "/StructElem":
            found[str(node.S)] = found.get(str(node.S), 0) + 1
        if "/K" in node:
            structure(node.K, found)
    return found


def test_it_claims_pdf_a_3a_and_pdf_ua_1_in_one_file(document):
    with document.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert about["pdfuaid:part"] == "1"


def test_it_is_tagged_and_says_its_language_and_its_title(document):
    tags = structure(document.Root.StructTreeRoot.K)

    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "sv"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo.Title) == "En sak behöver ändras: Lunch"
    assert tags["/Title"] == 1
    assert tags["/H1"] >= 4
    assert tags["/H2"] >= 1
    assert tags["/Table"] >= 3
    assert tags["/TH"] >= 6


def test_the_case_lies_inside_byte_for_byte():
    made, content = protocol(lang="en")
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert list(opened.attachments) == ["case.json"]
        assert opened.attachments["case.json"].get_file().read_bytes() == content


def test_only_our_own_fonts_are_used_and_they_lie_inside(document):
    fonts = {
        str(font.BaseFont).partition("+")[2] for page in document.pages for font in page.Resources.get("/Font").values()
    }
    assert fonts == {"TillitSans-Regular", "TillitSans-SemiBold", "TillitSerif-SemiBold"}


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_the_same_answer_gives_the_same_bytes(lang):
    assert protocol(lang=lang) == protocol(lang=lang)


def test_the_day_of_the_document_is_the_day_of_the_trial(document):
    assert str(document.docinfo.CreationDate).startswith("D:20261123")


@pytest.mark.parametrize(
    "title",
    [
        'Lunch #panic("x") *fet* _kursiv_ $x^2$ "citat" `kod` [hak] <etikett> @ref \\ // /* */ ~ --',
        "#set page(width: 1pt); #{1/0} = Rubrik\n- lista\n+ ett",
        "中文 日本語 😀 עברית العربية \u200d\ufeff β ≥ ½ Ł ğ",
        "x" * 400,
        "</script>{{ 7 }}${jndi}",
    ],
)
def test_a_title_is_set_as_it_stands_whatever_it_holds(title):
    made, _ = protocol(title=title)
    with pikepdf.open(io.BytesIO(made)) as opened:
        shown = str(opened.docinfo.Title)
    assert len(shown) == len("En sak behöver ändras: " + title)


def test_it_tells_for_whom_it_was_asked():
    everyone, company = protocol()[0], protocol(asked="company")[0]
    assert everyone != company


def test_a_case_outside_the_rules_gives_a_protocol_too():
    outside = CASE | {"collaboration": {"company_branch": "other"}}
    made, _ = protocol(case=outside)
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert "Utanför reglerna" in str(opened.docinfo.Title)
