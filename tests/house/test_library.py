"""The Python that a document shows runs and gives what the document says: blocks of ```python with >>> before it."""

import doctest

import pytest

from tests.house import tree
from tests.house.test_docs import DOCUMENTS, blocks


def examples(path):
    return "\n".join(text for kind, text in blocks(path) if kind == "python" and ">>>" in text)


WITH_PYTHON = [path for path in DOCUMENTS if examples(path)]


@pytest.mark.parametrize("path", WITH_PYTHON, ids=tree.name)
def test_every_example_gives_what_the_document_says(path):
    test = doctest.DocTestParser().get_doctest(examples(path), {}, tree.name(path), str(path), 0)
    told: list[str] = []
    ran = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    assert ran.failed == 0, "".join(told)


def test_the_library_of_follow_up_is_shown_by_examples():
    assert {tree.name(path) for path in WITH_PYTHON} >= {"docs/uppfoljning.md"}
