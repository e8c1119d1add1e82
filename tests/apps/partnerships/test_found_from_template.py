"""A partnership is founded from each of the legal models, through the other acts."""

import pytest

from tests.partnering import NOW, START, Ground, model, there
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.partnerships.actions.frame import Frame
from tillit.apps.partnerships.actions.templates import found_from_template
from tillit.apps.partnerships.models import Agreement, Commitment, MandateItem, Partnership, Seat
from tillit.apps.partnerships.templates import templates

pytestmark = pytest.mark.django_db
CODES = [each.code for each in templates()]


@pytest.fixture
def ground():
    return Ground(name="Ett annat")


def founded(ground, code="huvudoverenskommelse", **more):
    frame = Frame(**{"name": "Nytt", "legal_form": "", "starts_on": START, **more})
    return found_from_template(code=code, frame=frame, by=ground.founder, at=NOW, acting_for=ground.region)


@pytest.mark.parametrize("code", CODES)
def test_every_model_can_be_founded_and_gives_what_it_says(ground, code):
    made, used = founded(ground, code), model(code)
    assert (made.template, made.legal_form, made.status) == (code, used.legal_form, "preparing")
    assert made.organs.count() == len(used.organs)
    assert Seat.objects.filter(organ__partnership=made).count() == len(used.seats)
    assert MandateItem.objects.filter(organ__partnership=made).count() == len(used.mandates)
    assert set(made.agreements.values_list("status", flat=True)) == {"draft"}
    for each in made.agreements.exclude(parent=None):
        assert each.parent.partnership == made
    assert Commitment.objects.filter(partnership=made, tier="deciding", level__code="national").exists()
    cells = {
        (area.area, agreement.level.code): area.coverage
        for agreement in made.agreements.all()
        for area in agreement.areas.all()
    }
    assert set(cells) == set(used.coverage())


def test_rules_of_quorum_and_sources_come_along_and_no_number_is_made_up(ground):
    made = founded(ground, "aktiebolag-svb")
    board = made.organs.get(name="Styrelsen")
    assert (board.quorum_rule, board.majority_rule) == ("more_than_half", "absolute")
    assert board.source == "Aktiebolagslagen (2005:551) 8 kap. 21–22 §§"
    assert made.organs.get(name="Programkontoret").source == "Förslag: R10, R11"
    for organ in made.organs.all():
        assert (organ.meetings_per_year, organ.notice_days, organ.minutes_days) == (None, None, None)
    assert set(made.agreements.values_list("notice_months", "renewal_months", "review_months")) == {(None,) * 3}
    assert not Commitment.objects.filter(partnership=made).exclude(due_on=None, first_due=None, quantity=None)


def test_commitments_are_tied_to_taking_part_by_the_agreement_that_their_parties_sign(ground):
    made = founded(ground)
    promises = Commitment.objects.filter(partnership=made)
    report = {
        each.of_role: there(each.agreement).type for each in promises.filter(text__startswith="Lämna de uppgifter")
    }
    assert report == {"main_party": "main_agreement", "acceded": "accession_agreement"}
    assert set(promises.filter(level__code="network").values_list("agreement__type", flat=True)) == {"level_agreement"}
    assert there(promises.get(text__startswith="Fastställa mål").organ).name == "Styrelsen"
    assert promises.filter(of_kind="patient_association").exclude(level__code="research_area").count() == 0


def test_it_is_as_open_as_the_partnership(ground):
    made = founded(ground, openness="parties")
    assert set(Agreement.objects.filter(partnership=made).values_list("openness", flat=True)) == {"parties"}
    assert set(made.organs.values_list("openness", flat=True)) == {"parties"}


def test_a_model_that_is_none_is_refused_and_a_frame_that_cannot_be_leaves_nothing(ground):
    before = Partnership.objects.count(), Act.objects.count()
    with pytest.raises(Refused, match="Modellen"):
        founded(ground, "bolag")
    with pytest.raises(Refused, match="heter"):
        founded(ground, name=" ")
    assert (Partnership.objects.count(), Act.objects.count()) == before
