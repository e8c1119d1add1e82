"""What the page and the protocol say of an answer, before either lays it out."""

from datetime import date

import pytest

from tillit.core.rulebook import editions
from tillit.core.rulebook.engine import check_case
from tillit.exchange import examples
from tillit.exchange.answer import answer
from tillit.exchange.cards import LINES, words
from tillit.exchange.summary import summary

TODAY = date(2026, 11, 23)


def told(slug, lang="sv", asked="all"):
    return summary(answer(check_case(examples.case_of(slug), as_of=TODAY), lang=lang, asked=asked), lang=lang)


def finding(number=1, outcome="breach", **more):
    return {
        "rule": "maltider.distans",
        "rulebook": "samverkansregler/3.0",
        "norms": ["MÅL-2"],
        "record": f"participant:p{number}",
        "bearer": "company",
        "notice": False,
        "outcome": outcome,
        "source": {"section": "Måltider", "sentence": 2},
        "statement": "Den som deltar på distans får inte bjudas på måltid.",
        "because": [f"p{number} deltar på distans och bjuds på måltid."],
        "missing": [],
        "judgements": [],
        "way_out": "Ta bort måltiden.",
    } | more


def made(*findings, outcome="breach", phase="planned", lang="sv"):
    head = {"title": "Möte", "phase": phase, "as_of": "2026-11-23", "edition": "samverkansregler/3.0", "later": []}
    layers = [{"id": "samverkansregler/3.0"}]
    whole = head | {"outcome": outcome, "outcomes": {}, "layers": layers, "findings": list(findings)}
    return summary(whole, lang=lang)


@pytest.mark.parametrize(
    ("outcome", "phase", "lang", "headline"),
    [
        ("breach", "planned", "sv", "En sak behöver ändras"),
        ("breach", "carried_out", "sv", "En sak avviker från överenskommelsen"),
        ("judge", "planned", "sv", "En sak behöver bedömas"),
        ("meets", "planned", "sv", "Håller"),
        ("not_applicable", "planned", "sv", "Utanför reglerna"),
        ("breach", "planned", "en", "One thing needs to change"),
    ],
)
def test_the_headline_says_the_finding(outcome, phase, lang, headline):
    assert made(finding(outcome=outcome), outcome=outcome, phase=phase, lang=lang).headline == headline


def test_a_headline_counts_rules_and_not_records():
    assert told("lunchseminarium").headline == "Två saker behöver ändras"
    assert told("lunchseminarium", "en").headline == "Two things need to change"
    assert told("lunchseminarium-haller").headline == "Håller"


def test_many_records_of_one_rule_become_one_card_that_lists_them():
    (group,) = made(*(finding(number) for number in range(1, 17))).groups
    (card,) = group.cards

    assert card.concerns == "16 deltagare: p1, p2, p3, p4, p5, p6\u00a0…"
    assert len(card.seen) == 16
    assert card.seen[0] == "p1 deltar på distans och bjuds på måltid."


def test_a_long_list_is_counted_up_at_its_end():
    (group,) = made(*(finding(number) for number in range(LINES + 1234))).groups
    assert group.cards[0].seen[-1] == "… och 1\u00a0234 till på samma sätt."


def test_what_is_asked_of_many_records_is_asked_once_and_names_them():
    asked = [finding(n, "undecided", missing=[f"participant:p{n}.works_in"], because=[]) for n in (1, 2)]
    (ask,) = made(*asked, outcome="undecided").groups[0].cards[0].asks
    assert ask.question.startswith("p1, p2: ")


def test_where_many_rules_wait_each_question_comes_once_with_what_it_decides():
    case = examples.case_of("produktinformation")
    bare = answer(check_case(case, as_of=TODAY), lang="sv")
    for group in summary(bare, lang="sv").groups:
        asked = [question.ask for question in group.questions]
        assert len(asked) == len(set(asked))


@pytest.mark.parametrize("slug", ["lunchseminarium", "lunchseminarium-haller", "privat-vard", "radgivande-grupp"])
def test_the_tally_counts_every_rule_of_both_parts_once(slug):
    both = [editions.edition(id_) for id_ in editions.newest_of_each_line()]
    deciding = {(each.id, rule.id) for each in both for rule in each.rules if rule.modality != "upplysning"}
    full = told(slug)

    later = [rule for rule in full.later if (rule.rulebook, rule.rule) in deciding]
    assert sum(count.rules for count in full.tally) + len(later) == len(deciding)


def test_both_languages_have_the_same_words():
    def keys(table, path=""):
        for name, value in table.items():
            if isinstance(value, dict):
                yield from keys(value, f"{path}{name}.")
            else:
                yield path + name

    assert set(keys(words("sv"))) == set(keys(words("en")))
