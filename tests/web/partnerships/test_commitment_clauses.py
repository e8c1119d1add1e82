"""A commitment rests on a clause, chosen in its form under the agreement that it stands in."""

import pytest
from django.utils.timezone import localdate

from tests.apps.partnerships import agreeing
from tests.partnering import NOW, START
from tests.promising import Promises
from tests.web.partnerships.conftest import client_of
from tillit.apps.partnerships.actions.agreements import draft_agreement
from tillit.apps.partnerships.actions.clauses import ClauseText, add_clause
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Commitment

ALL = "/partnerskap/kliniska-provningar/ataganden/"


@pytest.fixture
def here(db):
    return Promises()


def clause(ground, title, number, said="Varje part lämnar siffror.", **more):
    drafted = agreeing.drafted(ground, title=title, **more)
    return add_clause(agreement=drafted, said=ClauseText(number, said, "goals"), by=ground.founder, at=NOW)


def promise(ground, **more):
    said = {
        "act": "make",
        "text": "Lämna siffror",
        "owes": f"organisation:{ground.company.pk}",
        "level": str(ground.levels["national"].pk),
        "area": "goals",
        "kind": "reporting",
        "starts_on": localdate().isoformat(),
        "openness": "public",
    }
    return said | more


def test_the_clause_is_chosen_under_its_agreement_and_brings_the_agreement_along(here):
    first = clause(here, "Huvudavtal", "3.1", openness="public")
    clause(here, "Nivåavtal", "7", type="level_agreement")
    office = client_of(here.office)
    form = office.get(f"{ALL}nytt/").text
    assert '<optgroup label="Huvudavtal">' in form
    assert "3.1 Varje part lämnar siffror." in form.split('<optgroup label="Huvudavtal">')[1].split("</optgroup>")[0]
    office.post(f"{ALL}nytt/", promise(here, clause=str(first.pk)))
    made = Commitment.objects.get()
    assert (made.clause, made.agreement) == (first, first.agreement)
    page = f"{ALL}{made.pk}/"
    assert f'/avtal/{first.agreement_id}/">Huvudavtal</a>, punkt 3.1' in office.get(page).text
    assert f'<option value="{first.pk}" selected>' in office.get(f"{page}andra/").text
    office.post(f"{page}andra/", promise(here, act="change", agreement=str(first.agreement_id), clause=""))
    made.refresh_from_db()
    assert (made.clause, made.agreement) == (None, first.agreement)


def test_a_clause_of_another_agreement_or_partnership_is_refused_at_its_field(here):
    first, second = clause(here, "Huvudavtal", "1"), clause(here, "Nivåavtal", "2", type="level_agreement")
    frame = Frame(name="Ett annat", legal_form="by_agreement", starts_on=START)
    other = found_partnership(frame=frame, by=here.founder, at=NOW, acting_for=here.region, made_up=True)
    drafted = draft_agreement(
        partnership=other, terms=agreeing.terms(here, level=other.levels.first()), by=here.founder, at=NOW
    )
    elsewhere = add_clause(agreement=drafted, said=ClauseText("1", "Deras punkt.", "goals"), by=here.founder, at=NOW)
    office = client_of(here.office)
    answered = office.post(f"{ALL}nytt/", promise(here, agreement=str(first.agreement_id), clause=str(second.pk)))
    assert answered.status_code == 422
    assert 'id="make-clause_error">Punkten står i ett annat avtal.' in answered.text
    assert "Lämna siffror</textarea>" in answered.text
    for wrong in (str(elsewhere.pk), "nej"):
        answered = office.post(f"{ALL}nytt/", promise(here, clause=wrong))
        assert 'id="make-clause_error">Välj i listan.' in answered.text
    assert not Commitment.objects.exists()


def test_that_nobody_is_said_to_owe_it_is_told_at_that_field(here):
    answered = client_of(here.office).post(f"{ALL}nytt/", promise(here, owes=""))
    assert 'id="make-owes_error">Välj vems åtagandet är' in answered.text
