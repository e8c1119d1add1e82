from dataclasses import replace
from datetime import date

import pytest

from tillit.core.governance.agreements import (
    AUTO_RENEW,
    FIXED,
    UNTIL_FURTHER_NOTICE,
    Agreement,
    Signature,
)
from tillit.core.governance.entities import Interval, Membership
from tillit.core.governance.hierarchy import accession_flags, fits, hierarchy_flags, path, roots

START, TODAY = date(2026, 1, 1), date(2026, 8, 1)
MAIN = Agreement("main", "main_agreement", "national", START, UNTIL_FURTHER_NOTICE)
LOCAL = Agreement("local", "level_agreement", "regional", START, UNTIL_FURTHER_NOTICE, parent="main")
PROJECT = Agreement("project", "project_agreement", "project", START, FIXED, valid_to=date(2027, 1, 1), parent="local")


def found(*agreements, form="by_agreement", start=START, on=TODAY):
    flags = hierarchy_flags(agreements, partnership="p", legal_form=form, start=start, on=on)
    return [(flag.rule, flag.code, flag.subject, flag.severity) for flag in flags]


def test_one_main_agreement_with_all_others_under_it_is_in_order():
    assert found(MAIN, LOCAL, PROJECT) == []


def test_none_is_found_from_the_day_the_partnership_starts():
    assert found(start=date(2026, 8, 2)) == []
    assert found(start=TODAY) == [("I-1", "roots", "p", "red")]
    ended = replace(MAIN, term_mode=FIXED, valid_to=TODAY)
    assert found(ended) == [("I-1", "roots", "p", "red")]


def test_two_main_agreements_are_one_too_many():
    assert found(MAIN, replace(MAIN, id="other")) == [("I-1", "roots", "p", "red")]
    assert found(MAIN, replace(MAIN, id="other", type="consortium_agreement")) == [("I-1", "roots", "p", "red")]


@pytest.mark.parametrize(
    ("form", "type_"),
    [
        ("limited_company", "articles_of_association"),
        ("association", "statutes"),
        ("by_agreement", "consortium_agreement"),
        ("authority_function", "government_assignment"),
        ("hosted_programme", "programme_decision"),
        ("other", "main_agreement"),
    ],
)
def test_the_root_follows_the_legal_form(form, type_):
    root = replace(MAIN, type=type_)
    assert roots([root], form, TODAY) == (root,)
    assert roots([replace(MAIN, type="project_agreement")], form, TODAY) == ()


def test_an_agreement_without_a_path_to_the_main_one_is_found():
    assert found(MAIN, replace(LOCAL, parent=None)) == [("I-1", "no_path", "local", "red")]
    assert found(MAIN, replace(LOCAL, parent="not there")) == [("I-1", "no_path", "local", "red")]


def test_a_circle_of_parents_ends_and_is_found():
    circle = (replace(LOCAL, parent="project"), PROJECT)
    assert path("local", {each.id: each for each in circle}, TODAY) == ["local", "project"]
    assert [each for each in found(MAIN, *circle) if each[1] == "no_path"] == [
        ("I-1", "no_path", "local", "red"),
        ("I-1", "no_path", "project", "red"),
    ]


def test_what_stood_under_the_old_main_agreement_stands_under_the_new():
    old = replace(MAIN, term_mode=FIXED, valid_to=date(2026, 7, 1))
    new = replace(MAIN, id="new", valid_from=date(2026, 7, 1), supersedes="main")
    child = replace(LOCAL, survives_parent=True)
    assert found(old, new, child) == []
    assert found(old, replace(new, supersedes=None), child) == [("I-1", "no_path", "local", "red")]


def test_a_child_that_outlives_its_parent_is_red():
    parent = replace(LOCAL, term_mode=FIXED, valid_to=date(2026, 12, 31))
    assert found(MAIN, parent, PROJECT) == [("D11", "outlives_parent", "project", "red")]
    assert found(MAIN, parent, replace(PROJECT, survives_parent=True)) == []


def test_the_last_day_in_common_is_within():
    parent = replace(LOCAL, term_mode=FIXED, valid_to=date(2027, 1, 1))
    assert fits(PROJECT, parent, TODAY)
    assert not fits(PROJECT, replace(parent, valid_to=date(2026, 12, 31)), TODAY)


def test_a_child_does_not_begin_before_its_parent_even_if_it_survives_it():
    early = replace(PROJECT, valid_from=date(2025, 12, 31), survives_parent=True)
    assert not fits(early, LOCAL, TODAY)


def test_open_ended_until_notice_then_the_parents_end_is_known():
    parent = replace(LOCAL, term_mode=AUTO_RENEW, valid_to=date(2026, 10, 1), renewal_months=12, notice_months=3)
    assert fits(PROJECT, parent, TODAY)
    assert not fits(PROJECT, replace(parent, notice_given_at=date(2026, 6, 1)), TODAY)
    assert not fits(replace(PROJECT, term_mode=UNTIL_FURTHER_NOTICE, valid_to=None), PROJECT, TODAY)


@pytest.mark.parametrize(
    ("type_", "signed", "severities"),
    [
        ("accession_agreement", date(2026, 3, 1), []),
        ("collaboration_agreement", date(2026, 2, 28), []),
        ("accession_agreement", date(2026, 3, 2), ["red"]),
        ("accession_agreement", None, ["red"]),
        ("project_agreement", date(2026, 2, 1), ["red"]),
    ],
)
def test_who_has_acceded_has_signed_by_their_first_day(type_, signed, severities):
    member = Membership("p1", "acceded", Interval(date(2026, 3, 1)))
    agreement = replace(LOCAL, type=type_, parties=(Signature("p1", signed),))
    assert [flag.severity for flag in accession_flags([member], [agreement], TODAY)] == severities


def test_only_those_who_have_acceded_now_are_asked_for_it():
    main_party = Membership("p1", "main_party", Interval(START))
    left = Membership("p2", "acceded", Interval(START, date(2026, 7, 1)))
    assert accession_flags([main_party, left], [], TODAY) == ()
