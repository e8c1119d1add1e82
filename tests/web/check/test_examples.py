"""The example pages, one by one. No test here may use the database."""

import io
import json

import pikepdf
import pytest

from tillit.core.rulebook.check import ASKED
from tillit.exchange import casefile, examples

SLUGS = list(examples.index())


def test_there_are_at_least_ten_examples_and_every_variant_has_its_original():
    index = examples.index()
    assert len(index) >= 10
    assert all(example.variant_of in index for example in index.values() if example.variant_of)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_example_can_be_read_in_both_languages(client, slug, prefix):
    page = client.get(f"{prefix}/exempel/{slug}/")

    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert page.context["summary"].headline in page.text
    assert not page.cookies


def test_the_first_page_links_every_example_with_its_outcome(client):
    page = client.get("/")
    for slug, example in examples.index().items():
        assert f'href="/exempel/{slug}/"' in page.text
        assert example.title.sv in page.text


@pytest.mark.parametrize("som", ASKED)
def test_an_example_can_be_asked_for_each_bearer(client, som):
    page = client.get(f"/exempel/{SLUGS[0]}/", {"som": som})
    assert page.status_code == 200
    assert page.context["som"] == som


def test_what_is_no_example_and_no_bearer_is_not_found(client):
    assert client.get("/exempel/finns-inte/").status_code == 404
    assert client.get(f"/exempel/{SLUGS[0]}/", {"som": "nobody"}).status_code == 404
    assert client.get(f"/exempel/{SLUGS[0]}/protokoll.pdf", {"som": "nobody"}).status_code == 404


def test_an_example_is_taken_home_as_a_protocol_and_as_a_file(client):
    slug = SLUGS[0]
    protocol = client.get(f"/en/exempel/{slug}/protokoll.pdf")
    file = client.get(f"/exempel/{slug}/fil.json")

    with pikepdf.open(io.BytesIO(protocol.content)) as document:
        assert str(document.Root.Lang) == "en"
    assert casefile.read(file.content, "fil.json") == examples.case_of(slug)
    assert json.loads(file.content)["schema"] == "tillit.case/1"
