from decimal import Decimal

from tillit.core.governance.prospect import (
    Model,
    ModelAgreement,
    ModelCommitment,
    ModelMandate,
    ModelOrgan,
    Whom,
    prospect,
)

REGIONS = Whom(kinds=frozenset({"region"}))
MAIN_PARTIES = Whom(roles=frozenset({"main_party"}))
MODEL = Model(
    "main_agreement",
    "by_agreement",
    organs=(
        ModelOrgan("board", "deciding", "national", seated=MAIN_PARTIES, voting=MAIN_PARTIES),
        ModelOrgan("council", "advisory", "national", seated=Whom()),
        ModelOrgan("office", "operative", "national"),
    ),
    agreements=(
        ModelAgreement("main", "main_agreement", "national", MAIN_PARTIES),
        ModelAgreement("accession", "accession_agreement", "national", Whom(roles=frozenset({"acceded"}))),
        ModelAgreement("local", "level_agreement", "regional", REGIONS),
    ),
    commitments=(
        ModelCommitment("report", "national", "follow_up", "reporting", months=3),
        ModelCommitment("beds", "regional", "representation_commitments", "resource", REGIONS),
        ModelCommitment("numbers", "regional", "follow_up", "data", REGIONS, months=12),
    ),
    mandates=(
        ModelMandate("board", "budget", "decides", "national"),
        ModelMandate("council", "budget", "advises", "national"),
        ModelMandate("council", "goals", "decides", "national"),
        ModelMandate("office", "budget", "prepares", "national"),
    ),
)


def ids(things):
    return [getattr(each, "id", None) or f"{each.organ} {each.subject}" for each in things]


def test_a_region_that_founds_it_signs_sits_decides_and_owes_on_each_level():
    national, regional = prospect(MODEL, "region", "main_party")
    assert (national.level, regional.level) == ("national", "regional")
    assert (ids(national.sign), ids(regional.sign)) == (["main"], ["local"])
    assert (ids(national.seats), ids(national.votes)) == (["board", "council"], ["board"])
    assert (ids(national.decides), ids(national.advises)) == (["board budget"], ["council budget"])
    assert national.prepares == ()
    assert ids(regional.commitments) == ["beds", "numbers"]


def test_a_company_that_accedes_has_less_to_say_and_nothing_local():
    national, regional = prospect(MODEL, "company", "acceded")
    assert ids(national.sign) == ["accession"]
    assert (ids(national.seats), national.votes, national.decides) == (["council"], (), ())
    assert ids(national.commitments) == ["report"]
    assert national.means_something
    assert not regional.means_something


def test_what_has_no_stated_time_is_not_counted_in_a_year():
    national, regional = prospect(MODEL, "region", "main_party")
    assert (national.times_a_year, regional.times_a_year) == (Decimal(4), Decimal(1))


def test_levels_can_be_asked_for_and_own_names_come_after_the_known():
    assert [each.level for each in prospect(MODEL, "region", "acceded", ["project", "national"])] == [
        "project",
        "national",
    ]
    own = Model("x", "other", organs=(ModelOrgan("a", "deciding", "node"), ModelOrgan("b", "deciding", "project")))
    assert [each.level for each in prospect(own, "region", "member")] == ["project", "node"]
