"""What is read of agreements: the tree, who is bound when, the matrix of areas and levels, the coming year (D11)."""

from datetime import date

import pytest

from tests import world
from tests.apps.partnerships import agreeing
from tests.partnering import NOW, START, Ground
from tillit.apps.partnerships.access import Sight
from tillit.apps.partnerships.actions import agreement_steps as steps, agreements as acts, clauses, parties
from tillit.apps.partnerships.actions.clauses import ClauseText
from tillit.apps.partnerships.actions.memberships import Position, join
from tillit.apps.partnerships.queries.agreement import agreement_page
from tillit.apps.partnerships.queries.agreements import agreement_rows, loaded
from tillit.apps.partnerships.queries.coverage import coverage
from tillit.apps.partnerships.queries.memberships import members
from tillit.apps.partnerships.queries.renewals import timeline
from tillit.core.governance.areas import AREA_CODES

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
OFFICE, PARTY, PUBLIC = Sight(office=True), Sight(party=True), Sight()


@pytest.fixture
def ground():
    return Ground()


def asked(ground):
    return {"by": ground.founder, "at": NOW}


def page_of(ground, agreement, on=TODAY, named=True, reads_on=None):
    return agreement_page(loaded(ground.partnership), agreement, on, named=named, reads_on=reads_on)


def bound(page):
    return {each.name: (each.state, each.since, each.until) for each in page.parties}


# ---- the tree and who is bound (I-3)


def test_the_tree_goes_down_and_what_is_hidden_leaves_its_children_at_the_top(ground):
    top = agreeing.in_force(ground, ground.region, openness="parties")
    child = agreeing.in_force(
        ground, ground.region, type="level_agreement", title="Nivåavtal", parent=top, openness="public"
    )
    agreeing.drafted(ground, type="project_agreement", title="Projekt", parent=child, openness="public")
    whole = loaded(ground.partnership)
    all_of_it = [(each.title, each.depth) for each in agreement_rows(whole, TODAY)]
    assert all_of_it == [("Huvudöverenskommelse", 0), ("Nivåavtal", 1), ("Projekt", 2)]
    seen = [(each.title, each.depth) for each in agreement_rows(whole.seen(PUBLIC), TODAY)]
    assert seen == [("Nivåavtal", 0), ("Projekt", 1)]


def test_each_party_is_bound_from_its_own_day_to_its_own_end(ground):
    made = agreeing.before_parties(ground, ground.region, ground.company, ground.university, notice_months=3)
    agreeing.sign(ground, made, ground.region, on=date(2026, 1, 15))
    agreeing.sign(ground, made, ground.company, on=date(2026, 5, 1))
    steps.put_in_force(agreement=made, **asked(ground))
    steps.give_notice(agreement=made, party=agreeing.row_of(made, ground.company), on=TODAY, **asked(ground))
    page = page_of(ground, made)
    assert bound(page) == {
        ground.region.name: ("bound", START, None),
        ground.company.name: ("bound", date(2026, 5, 1), date(2026, 11, 1)),
        ground.university.name: ("unbound", None, None),
    }
    assert (page.row.bound, page.row.parties, page.awaited) == (2, 3, 1)
    assert bound(page_of(ground, made, date(2026, 11, 1)))[ground.company.name][0] == "no_longer"
    open_page = page_of(ground, made, named=False)
    assert ground.university.name not in bound(open_page)
    assert open_page.flags == ()


def test_a_day_agreed_for_a_party_goes_before_the_day_it_signed(ground):
    made = agreeing.before_parties(ground, ground.region)
    agreeing.sign(ground, made, ground.region, on=START, effective_from=date(2026, 10, 1))
    steps.put_in_force(agreement=made, **asked(ground))
    assert bound(page_of(ground, made))[ground.region.name] == ("later", date(2026, 10, 1), None)


def test_what_renews_itself_has_no_end_until_notice(ground):
    renewed = {"term_mode": "auto_renew", "valid_to": date(2027, 2, 1), "renewal_months": 12, "notice_months": 3}
    made = agreeing.in_force(ground, ground.region, **renewed)
    row = page_of(ground, made).row
    assert (row.until, row.renews_on) == (None, date(2027, 2, 1))
    steps.give_notice(agreement=made, on=date(2026, 9, 1), **asked(ground))
    row = page_of(ground, made, date(2026, 9, 1)).row
    assert (row.until, row.renews_on, row.standing.word) == (date(2027, 2, 1), None, "uppsagt")


def test_an_agreement_reads_with_its_supplements_from_their_day(ground):
    made = agreeing.drafted(ground, ground.region)
    one = clauses.add_clause(agreement=made, said=ClauseText("1", "Syfte."), **asked(ground))
    clauses.add_clause(agreement=made, said=ClauseText("2", "Pengar."), **asked(ground))
    steps.begin_signing(agreement=made, **asked(ground))
    agreeing.sign(ground, made, ground.region)
    steps.put_in_force(agreement=made, **asked(ground))
    more = acts.amend(agreement=made, title="Tillägg 1", valid_from=date(2027, 1, 1), **asked(ground))
    clauses.replace_clause(clause=one, supplement=more, text="Nytt syfte.", **asked(ground))
    in_2027 = date(2027, 1, 1)
    assert [each.clause.text for each in page_of(ground, made, in_2027).reads] == ["Syfte.", "Pengar."]
    steps.begin_signing(agreement=more, **asked(ground))
    agreeing.sign(ground, more, ground.region)
    steps.put_in_force(agreement=more, **asked(ground))
    assert [each.clause.text for each in page_of(ground, made).reads] == ["Syfte.", "Pengar."]
    later = page_of(ground, made, reads_on=in_2027)
    assert [(each.clause.text, each.clause.agreement) for each in later.reads] == [
        ("Nytt syfte.", "Tillägg 1"),
        ("Pengar.", "Huvudöverenskommelse"),
    ]
    assert [each.text for each in later.reads[0].earlier] == ["Syfte."]


# ---- the matrix


def covered(ground, sight=OFFICE):
    return coverage(ground.partnership, sight, TODAY)


def cell(ground, area, level, sight=OFFICE):
    line = covered(ground, sight).lines[AREA_CODES.index(area)]
    return next(row for column, row in line.cells if column.name == level)


def test_a_cell_is_as_full_as_its_fullest_agreement_and_names_who_is_not_bound(ground):
    made = agreeing.before_parties(ground, ground.region, ground.company)
    agreeing.sign(ground, made, ground.region)
    steps.put_in_force(agreement=made, **asked(ground))
    acts.set_areas(agreement=made, areas={"goals": ("full", "§ 2"), "follow_up": ("reference", "")}, **asked(ground))
    partly = agreeing.in_force(
        ground, ground.region, type="area_agreement", title="Målavtal", parent=made, openness="public"
    )
    acts.set_areas(agreement=partly, areas={"goals": ("partial", "")}, **asked(ground))
    here = cell(ground, "goals", "nationell")
    assert (here.told.word, here.bound, here.parties, here.unbound) == ("helt", 1, 2, (ground.company.name,))
    assert here.titles == ("Huvudöverenskommelse",)
    seen = cell(ground, "goals", "nationell", PUBLIC)
    assert (seen.told.word, seen.bound, seen.parties, seen.unbound, seen.titles) == ("helt", 1, 2, None, ())


def test_who_acceded_is_bound_by_what_the_accession_agreement_lies_under(ground):
    main = agreeing.in_force(ground, ground.region)
    acts.set_areas(agreement=main, areas={"goals": ("full", "")}, **asked(ground))
    under = agreeing.in_force(
        ground, ground.company, type="accession_agreement", title="Anslutning", parent=main, on=date(2026, 3, 1)
    )
    join(
        partnership=ground.partnership,
        organisation=ground.company,
        position=Position("acceded", via=under),
        starts_on=date(2026, 3, 1),
        **asked(ground),
    )
    here = cell(ground, "goals", "nationell")
    assert (here.bound, here.parties) == (2, 2)
    steps.end_agreement(agreement=under, on=date(2026, 7, 1), **asked(ground))
    assert cell(ground, "goals", "nationell").unbound == (ground.company.name,)


def test_nothing_is_missing_where_there_is_no_organ_and_follow_up_that_has_not_begun_is_not_missing(ground):
    main = agreeing.in_force(ground, ground.region)
    acts.set_areas(agreement=main, areas={"goals": ("full", "")}, **asked(ground))
    ground.organ("Nätverket", "operative", "network")
    assert cell(ground, "goals", "nätverk").told.word == "saknas"
    assert cell(ground, "goals", "projekt").told.word == "inget"
    assert cell(ground, "follow_up", "nätverk").told.word == "har inte startat"
    ground.partnership.not_started = False
    ground.partnership.save()
    assert cell(ground, "follow_up", "nätverk").missing
    whole = covered(ground)
    assert (whole.missing, whole.full, whole.cells) == (6, 1, 30)
    said = [each.says for each in whole.flags]
    assert "Mål är inte överenskommet på nivån nätverk, där det finns organ." in said
    assert "Huvudöverenskommelse säger inget om Uppföljning." in said


def test_an_agreement_that_nobody_has_read_is_not_known_and_not_missing(ground):
    agreeing.in_force(ground, ground.region)
    ground.organ()
    assert cell(ground, "goals", "nationell").told.word == "inte läst"
    assert {each.word for each in covered(ground).flags} == {"ej bedömbar"}


def test_a_partnership_without_a_main_agreement_is_told_so_from_its_start(ground):
    assert "Inget huvudavtal gäller. Ingen kan säga vad som binder vem." in [e.says for e in covered(ground).flags]
    ground.partnership.starts_on = date(2027, 1, 1)
    ground.partnership.save()
    assert covered(ground).flags == ()


def test_a_hidden_agreement_is_not_named_in_what_is_found(ground):
    top = agreeing.in_force(ground, ground.region)
    agreeing.in_force(ground, ground.region, type="level_agreement", title="Hemligt", parent=top)
    steps.end_agreement(agreement=top, on=date(2027, 1, 1), **asked(ground))
    assert any("Hemligt gäller längre än" in each.says for each in covered(ground, PARTY).flags)
    assert not any("Hemligt" in each.says for each in covered(ground, PUBLIC).flags)


@pytest.mark.parametrize("count", [1, 8])
def test_the_matrix_asks_as_much_whatever_there_is(ground, count, django_assert_num_queries):
    top = agreeing.in_force(ground, ground.region)
    for number in range(count):
        agreeing.in_force(ground, ground.region, type="level_agreement", title=f"Avtal {number}", parent=top)
    ground.joined(ground.region)
    with django_assert_num_queries(6):
        covered(ground)


# ---- the coming year


def test_the_coming_year_holds_notice_end_and_review_by_day(ground):
    main = agreeing.in_force(ground, ground.region, review_months=12)
    renewed = {"term_mode": "auto_renew", "valid_to": date(2026, 12, 1), "renewal_months": 12, "notice_months": 3}
    agreeing.in_force(ground, ground.region, type="level_agreement", title="Förlängs", parent=main, **renewed)
    fixed = {"term_mode": "fixed", "valid_to": date(2027, 1, 1)}
    agreeing.in_force(ground, ground.region, type="area_agreement", title="Tar slut", parent=main, **fixed)
    far = {"term_mode": "fixed", "valid_to": date(2028, 1, 1)}
    agreeing.in_force(ground, ground.region, type="project_agreement", title="Långt bort", parent=main, **far)
    found = timeline(loaded(ground.partnership), TODAY, named=True)
    assert [(each.day, each.kind, each.title, each.told.word) for each in found.coming] == [
        (date(2026, 9, 1), "notice", "Förlängs", "att se över"),
        (date(2027, 1, 1), "end", "Tar slut", "att se över"),
        (date(2027, 2, 1), "review", "Huvudöverenskommelse", "att känna till"),
    ]
    assert found.coming[0].told.says == "Förlängs förlängs om det inte sägs upp senast 2026-09-01, om 31 dagar."
    assert found.coming[1].told.says == "Tar slut gäller t.o.m. 2026-12-31, i 153 dagar till."
    assert found.now == ()


def test_what_is_past_or_cannot_be_known_is_told_apart(ground):
    main = agreeing.before_parties(ground, ground.region, ground.company)
    agreeing.sign(ground, main, ground.region)
    steps.put_in_force(agreement=main, **asked(ground))
    unknown = {"term_mode": "auto_renew", "valid_to": date(2026, 12, 1)}
    agreeing.in_force(ground, ground.region, type="level_agreement", title="Okänt", parent=main, **unknown)
    whole = loaded(ground.partnership)
    said = [each.told.says for each in timeline(whole, TODAY, named=True).now]
    assert said == [
        f"{ground.company.name} har inte skrivit under Huvudöverenskommelse, som gäller från 2026-02-01.",
        "När Okänt upphör går inte att räkna ut. Uppgift saknas: hur länge det förlängs, uppsägningstiden.",
    ]
    assert len(timeline(whole, TODAY, named=False).now) == 1


# ---- who is in it


def test_members_are_told_now_coming_and_past_with_what_they_came_by(ground):
    main = agreeing.in_force(ground, ground.region, openness="public")
    ground.joined(ground.region, sector="care", stage="initiation", via=main)
    ground.joined(ground.company, starts_on=date(2027, 1, 1))
    ground.joined(ground.university, "member", ends_on=date(2026, 6, 1))
    found = members(ground.partnership, PUBLIC, TODAY)
    (row,) = found.now
    assert (row.name, row.role, row.sector, row.stage, row.via) == (
        ground.region.name,
        "huvudpart",
        "Vård",
        "initiering",
        "Huvudöverenskommelse",
    )
    assert [each.name for each in found.coming] == [ground.company.name]
    assert [each.name for each in found.past] == [ground.university.name]
    main.openness = "parties"
    main.save()
    assert members(ground.partnership, PUBLIC, TODAY).now[0].via == ""


def test_a_party_that_left_tillit_can_still_be_told_of(ground):
    gone = world.company("Borta AB")
    made = agreeing.in_force(ground, ground.region, gone)
    parties.withdraw(party=agreeing.row_of(made, gone), on=date(2026, 6, 1), **asked(ground))
    page = page_of(ground, made)
    assert bound(page)["Borta AB"] == ("no_longer", START, date(2026, 6, 1))
    assert page.row.parties == 1
