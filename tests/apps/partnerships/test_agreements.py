"""Agreements are drafted, signed, put in force, amended and ended, and what cannot be is refused in clear words."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from tests import world
from tests.apps.partnerships import agreeing
from tests.partnering import NOW, START, Ground
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions import agreement_steps as steps, agreements as acts, clauses, parties
from tillit.apps.partnerships.actions.clauses import ClauseText
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.actions.parties import Signing
from tillit.apps.partnerships.models import AgreementParty

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def ground():
    return Ground()


def asked(ground, at=NOW):
    return {"by": ground.founder, "at": at}


# ---- drafting


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"title": " "}, "title", "Fyll i"),
        ({"type": "okänd"}, "type", "alternativen"),
        ({"term_mode": "fixed"}, "valid_to", "slut"),
        ({"term_mode": "auto_renew"}, "valid_to", "förlängs"),
        ({"valid_to": date(2027, 1, 1)}, "valid_to", "tills vidare"),
        ({"term_mode": "fixed", "valid_to": START}, "valid_to", "innan det börjar"),
        ({"renewal_months": 0}, "renewal_months", "antal månader"),
        ({"title": "Avtal 19121212-1212"}, "title", "personnummer"),
    ],
)
def test_what_no_agreement_can_say_is_told_at_its_field(ground, said, field, words):
    with pytest.raises(Refused, match=words) as refused:
        agreeing.drafted(ground, **said)
    assert refused.value.field == field
    assert not ground.partnership.agreements.exists()


def test_a_level_or_a_parent_of_another_partnership_is_refused(ground):
    other = found_partnership(frame=Frame("Ett till", "other", START), by=None, at=NOW)
    with pytest.raises(Refused, match="annat partnerskap"):
        agreeing.drafted(ground, level=other.levels.first())


def test_a_child_beyond_its_parent_is_refused_in_words_unless_it_is_to_survive(ground):
    top = agreeing.drafted(ground, term_mode="fixed", valid_to=date(2028, 1, 1))
    child = {"type": "level_agreement", "title": "Nivåavtal", "parent": top}
    with pytest.raises(Refused, match="inte gälla längre än Huvudöverenskommelse"):
        agreeing.drafted(ground, **child)
    with pytest.raises(Refused, match="inte börja före"):
        agreeing.drafted(ground, **child, valid_from=date(2026, 1, 1), survives_parent=True)
    kept = agreeing.drafted(ground, **child, survives_parent=True)
    with pytest.raises(Refused, match="Nivåavtal ligger under"):
        acts.change_draft(agreement=top, terms=agreeing.terms(ground, valid_from=date(2026, 3, 1)), **asked(ground))
    with pytest.raises(Refused, match="under sig självt"):
        acts.change_draft(agreement=top, terms=agreeing.terms(ground, parent=kept), **asked(ground))


def test_a_draft_can_be_changed_until_it_is_put_before_its_parties(ground):
    made = agreeing.drafted(ground, ground.region)
    steps.send_out(agreement=made, **asked(ground))
    changed = acts.change_draft(agreement=made, terms=agreeing.terms(ground, title="Annat"), **asked(ground))
    assert (changed.title, changed.status) == ("Annat", "consultation")
    steps.begin_signing(agreement=made, **asked(ground))
    with pytest.raises(Refused, match="tilläggsavtal"):
        acts.change_draft(agreement=made, terms=agreeing.terms(ground), **asked(ground))
    steps.take_back(agreement=made, **asked(ground))
    acts.change_draft(agreement=made, terms=agreeing.terms(ground), **asked(ground))


def test_areas_are_read_again_at_any_time(ground):
    made = agreeing.in_force(ground, ground.region)
    acts.set_areas(agreement=made, areas={"goals": ("full", "§ 2"), "follow_up": ("partial", "")}, **asked(ground))
    acts.set_areas(agreement=made, areas={"goals": ("none_stated", "")}, **asked(ground))
    assert list(made.areas.values_list("area", "coverage", "clause_refs")) == [("goals", "none_stated", "")]
    with pytest.raises(Refused):
        acts.set_areas(agreement=made, areas={"weather": ("full", "")}, **asked(ground))


# ---- the way


def test_an_agreement_needs_parties_to_be_signed_and_a_signature_to_be_in_force(ground):
    made = agreeing.drafted(ground)
    with pytest.raises(Refused, match="inga parter"):
        steps.begin_signing(agreement=made, **asked(ground))
    parties.add_party(agreement=made, organisation=ground.region, **asked(ground))
    steps.begin_signing(agreement=made, **asked(ground))
    with pytest.raises(Refused, match="Ingen har skrivit under"):
        steps.put_in_force(agreement=made, **asked(ground))
    agreeing.sign(ground, made, ground.region)
    with pytest.raises(Refused, match="redan skrivit under"):
        steps.take_back(agreement=made, **asked(ground))
    assert steps.put_in_force(agreement=made, **asked(ground)).status == "in_force"
    with pytest.raises(Refused, match="läge"):
        steps.send_out(agreement=made, **asked(ground))


def test_what_is_decided_and_not_signed_is_in_force_without_parties(ground):
    made = agreeing.drafted(ground, type="rules_of_procedure", title="Arbetsordning")
    steps.begin_signing(agreement=made, **asked(ground))
    assert steps.put_in_force(agreement=made, **asked(ground)).status == "in_force"


def test_a_second_main_agreement_is_refused_in_words(ground):
    agreeing.in_force(ground, ground.region)
    second = agreeing.before_parties(ground, ground.region, title="Konsortialavtal", type="consortium_agreement")
    agreeing.sign(ground, second, ground.region)
    with pytest.raises(Refused, match="ett huvudavtal i taget"):
        steps.put_in_force(agreement=second, **asked(ground))


def test_a_new_main_agreement_takes_over_when_notice_ends_the_old(ground):
    old = agreeing.in_force(ground, ground.region, notice_months=6)
    steps.give_notice(agreement=old, on=date(2026, 8, 31), **asked(ground))
    old.refresh_from_db()
    assert (old.status, old.ends_on) == ("notice_given", date(2027, 2, 28))
    new = agreeing.in_force(ground, ground.region, valid_from=date(2027, 2, 28), supersedes=old)
    assert new.status == "in_force"
    with pytest.raises(Refused, match="ett huvudavtal i taget"):
        steps.end_agreement(agreement=old, on=date(2027, 3, 1), **asked(ground))


def test_notice_ends_a_renewal_at_the_end_that_runs_then_and_late_notice_leaves_it_open(ground):
    renewed = {"term_mode": "auto_renew", "valid_to": date(2027, 2, 1), "renewal_months": 12, "notice_months": 3}
    made = agreeing.in_force(ground, ground.region, **renewed)
    steps.give_notice(agreement=made, on=date(2026, 11, 1), **asked(ground))
    made.refresh_from_db()
    assert made.ends_on == date(2027, 2, 1)
    late = agreeing.in_force(ground, ground.region, type="level_agreement", title="Sent", **renewed)
    steps.give_notice(agreement=late, on=date(2026, 11, 2), **asked(ground))
    late.refresh_from_db()
    assert (late.status, late.ends_on) == ("notice_given", None)
    steps.end_agreement(agreement=late, on=date(2028, 2, 1), **asked(ground))
    late.refresh_from_db()
    assert late.ends_on == date(2028, 2, 1)
    with pytest.raises(Refused, match="redan uppsagt"):
        steps.give_notice(agreement=late, on=date(2026, 12, 1), **asked(ground))


def test_a_fixed_term_is_not_given_notice_of_and_can_be_ended(ground):
    made = agreeing.in_force(ground, ground.region, term_mode="fixed", valid_to=date(2028, 1, 1))
    with pytest.raises(Refused, match="av sig självt"):
        steps.give_notice(agreement=made, on=TODAY, **asked(ground))
    with pytest.raises(Refused, match="tidigast"):
        steps.end_agreement(agreement=made, on=START, **asked(ground))
    ended = steps.end_agreement(agreement=made, on=TODAY, **asked(ground))
    assert ended.status == "ended"
    with pytest.raises(Refused, match="gäller inte"):
        steps.end_agreement(agreement=made, on=TODAY, **asked(ground))


def test_one_party_gives_notice_for_itself_and_the_others_stay(ground):
    made = agreeing.in_force(ground, ground.region, ground.company, notice_months=3)
    row = agreeing.row_of(made, ground.company)
    steps.give_notice(agreement=made, party=row, on=TODAY, **asked(ground))
    out = agreeing.row_of(made, ground.company)
    assert (out.notice_given_on, out.ends_on) == (TODAY, date(2026, 11, 1))
    assert out.pk != row.pk
    assert agreeing.row_of(made, ground.region).ends_on is None
    made.refresh_from_db()
    assert made.status == "in_force"
    with pytest.raises(Refused, match="redan sagt upp"):
        steps.give_notice(agreement=made, party=out, on=TODAY, **asked(ground))
    with pytest.raises(Refused, match="av någon annan"):
        steps.give_notice(agreement=made, party=row, on=TODAY, **asked(ground))


# ---- signing


@pytest.mark.parametrize(
    ("signing", "field"),
    [
        (Signing("", "Beslut 1", START), "signatory"),
        (Signing("Vera Ek", " ", START), "authority"),
        (Signing("Vera Ek", "Beslut 1", TODAY + timedelta(days=1)), "signed_on"),
        (Signing("Vera Ek", "Beslut 1", START, method="fax"), "method"),
    ],
)
def test_a_signature_needs_a_name_an_authority_and_a_day_that_has_come(ground, signing, field):
    made = agreeing.before_parties(ground, ground.region)
    with pytest.raises(Refused) as refused:
        parties.sign(party=agreeing.row_of(made, ground.region), signing=signing, **asked(ground))
    assert refused.value.field == field
    assert agreeing.row_of(made, ground.region).signed_on is None


def test_a_draft_is_not_signed_and_nobody_signs_twice(ground):
    made = agreeing.drafted(ground, ground.region)
    with pytest.raises(Refused, match="framlagt"):
        agreeing.sign(ground, made, ground.region)
    steps.begin_signing(agreement=made, **asked(ground))
    before = agreeing.row_of(made, ground.region)
    signed = agreeing.sign(ground, made, ground.region)
    assert AgreementParty.objects.get(pk=before.pk).superseded_at == NOW
    assert signed.recorded_by == ground.founder
    with pytest.raises(Refused, match="redan skrivit under"):
        agreeing.sign(ground, made, ground.region)
    assert Act.objects.filter(action="partnerships.agreement_signed").count() == 1


def test_who_withdraws_can_be_asked_anew_and_nobody_is_a_party_twice(ground):
    made = agreeing.in_force(ground, ground.region, ground.company)
    with pytest.raises(Refused, match="redan part"):
        parties.add_party(agreement=made, organisation=ground.company, **asked(ground))
    out = parties.withdraw(party=agreeing.row_of(made, ground.company), on=TODAY, **asked(ground))
    with pytest.raises(Refused, match="redan lämnat"):
        parties.withdraw(party=out, on=TODAY, **asked(ground))
    again = parties.add_party(agreement=made, organisation=ground.company, **asked(ground))
    assert (again.signed_on, again.withdrawn_on) == (None, None)


def test_who_has_left_tillit_becomes_no_party(ground):
    gone = world.company("Borta AB", left_on=START)
    with pytest.raises(Refused, match="deltar inte"):
        agreeing.drafted(ground, gone)


# ---- clauses and supplements


def test_clauses_are_written_in_drafts_alone(ground):
    made = agreeing.drafted(ground, ground.region)
    one = clauses.add_clause(agreement=made, said=ClauseText("1", "Syfte.", "goals"), **asked(ground))
    with pytest.raises(Refused, match="redan en punkt"):
        clauses.add_clause(agreement=made, said=ClauseText("1", "Igen."), **asked(ground))
    with pytest.raises(Refused, match="egna ord"):
        clauses.add_clause(agreement=made, said=ClauseText("2", " "), **asked(ground))
    clauses.change_clause(clause=one, said=ClauseText("1", "Syftet.", "goals"), **asked(ground))
    steps.begin_signing(agreement=made, **asked(ground))
    for act in (
        lambda: clauses.add_clause(agreement=made, said=ClauseText("2", "Mer."), **asked(ground)),
        lambda: clauses.change_clause(clause=one, said=ClauseText("1", "Annat."), **asked(ground)),
    ):
        with pytest.raises(Refused, match="tilläggsavtal"):
            act()


def test_a_supplement_lies_under_what_it_amends_and_asks_its_parties(ground):
    draft = agreeing.drafted(ground, title="Utkast")
    with pytest.raises(Refused, match="utkast"):
        acts.amend(agreement=draft, title="Tillägg", valid_from=START, **asked(ground))
    made = agreeing.in_force(
        ground, ground.region, ground.company, term_mode="fixed", valid_to=date(2028, 1, 1), openness="public"
    )
    parties.withdraw(party=agreeing.row_of(made, ground.company), on=TODAY, **asked(ground))
    more = acts.amend(agreement=made, title="Tillägg 1", valid_from=date(2027, 1, 1), **asked(ground))
    assert (more.type, more.amends, more.parent, more.valid_to) == ("supplement", made, made, date(2028, 1, 1))
    assert more.openness == "public"
    assert [each.organisation for each in more.parties.all()] == [ground.region]
    with pytest.raises(Refused, match="inte börja före"):
        acts.amend(agreement=made, title="Tillägg 2", valid_from=date(2026, 1, 1), **asked(ground))


def test_a_clause_replaces_one_of_its_own_agreement_and_no_other(ground):
    made = agreeing.drafted(ground, ground.region)
    one = clauses.add_clause(agreement=made, said=ClauseText("1", "Syfte."), **asked(ground))
    steps.begin_signing(agreement=made, **asked(ground))
    agreeing.sign(ground, made, ground.region)
    steps.put_in_force(agreement=made, **asked(ground))
    more = acts.amend(agreement=made, title="Tillägg 1", valid_from=date(2027, 1, 1), **asked(ground))
    new = clauses.replace_clause(clause=one, supplement=more, text="Nytt syfte.", **asked(ground))
    assert (new.number, new.replaces, new.valid_from) == ("1", one, date(2027, 1, 1))
    other = agreeing.drafted(ground, type="level_agreement", title="Annat avtal")
    with pytest.raises(Refused, match="annat avtal"):
        clauses.replace_clause(clause=one, supplement=other, text="Nytt syfte.", **asked(ground))


# ---- the file


def test_a_file_is_put_on_record_and_a_newer_one_is_a_version(ground, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = agreeing.in_force(ground, ground.region)
    for text in (b"Avtalet.", b"Avtalet, undertecknat."):
        file = ContentFile(text, name="avtal.txt")
        acts.attach_file(agreement=made, file=file, acting_for=ground.region, **asked(ground))
    made.refresh_from_db()
    assert [each.number for each in made.document.versions.order_by("number")] == [1, 2]
    assert made.document.owner == f"partnerships.agreement:{made.pk}"
