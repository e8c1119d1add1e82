"""I-1, I-2 and I-4 tried from two connections at once: the second sees what the first wrote, and is stopped."""

import pytest

from tests.apart import Apart
from tests.apps.partnerships import agreeing
from tests.partnering import START, Ground

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = """
from django.db import transaction, IntegrityError
from tillit.apps.partnerships.models import Agreement, AgreementParty, Membership
with transaction.atomic():
    {act}
    tell("inside")
    wait()
tell("done")
"""
SECOND = """
from django.db import IntegrityError
from tillit.apps.partnerships.models import Agreement, AgreementParty, Membership
tell("ready")
wait()
tell("begins")
try:
    {act}
    tell("done")
except IntegrityError as stopped:
    tell(str(stopped).splitlines()[0])
"""
JOIN = """Membership.objects.create(partnership_id='{of}', organisation_id='{who}', role='acceded', via_id='{via}',
        starts_on='2026-02-01', recorded_at='2026-08-01T09:00Z')"""


@pytest.fixture
def ground():
    return Ground()


def both(apart, first, second):
    """Let the second begin while the first has written and not ended; return what the second was told."""
    one = apart.talking(FIRST.format(act=first))
    two = apart.talking(SECOND.format(act=second))
    two.says("ready")
    one.says("inside")
    two.on()
    two.says("begins")
    one.on()
    assert one.ends() == "done"
    return two.ends()


def put(agreement):
    return f"Agreement.objects.filter(pk='{agreement.pk}').update(status='in_force')"


def test_of_two_main_agreements_put_in_force_at_once_one_is(ground, tmp_path):
    first, second = (agreeing.drafted(ground, title=each) for each in ("Ett", "Två"))
    apart = Apart(tmp_path)
    assert both(apart, put(first), put(second)) == "one_root_at_a_time"
    assert apart.rows("SELECT title FROM partnerships_agreement WHERE status = 'in_force'") == [("Ett",)]


def test_a_child_written_while_its_parent_is_made_shorter_is_stopped(ground, tmp_path):
    top = agreeing.in_force(ground, ground.region)
    child = agreeing.drafted(ground, type="level_agreement", title="Nivåavtal")
    apart = Apart(tmp_path)
    told = both(
        apart,
        f"Agreement.objects.filter(pk='{top.pk}').update(ends_on='2027-01-01')",
        f"Agreement.objects.filter(pk='{child.pk}').update(parent_id='{top.pk}')",
    )
    assert told == "a_child_stays_within_its_parent"
    assert apart.rows("SELECT count(*) FROM partnerships_agreement WHERE parent_id IS NOT NULL") == [(0,)]


@pytest.fixture
def accession(ground):
    top = agreeing.in_force(ground, ground.region)
    made = agreeing.before_parties(ground, ground.company, type="accession_agreement", title="Anslutning", parent=top)
    agreeing.sign(ground, made, ground.company)
    return made


def joining(ground, accession):
    return JOIN.format(of=ground.partnership.pk, who=ground.company.pk, via=accession.pk)


def acceded(apart):
    return apart.rows("SELECT count(*) FROM partnerships_membership WHERE role = 'acceded'")


def test_nobody_accedes_by_a_signature_that_is_being_taken_away(ground, accession, tmp_path):
    row = agreeing.row_of(accession, ground.company)
    apart = Apart(tmp_path)
    gone = f"AgreementParty.objects.filter(pk={row.pk}).update(superseded_at='2026-08-01T10:00Z')"
    assert both(apart, gone, joining(ground, accession)) == "who_has_acceded_has_signed"
    assert acceded(apart) == [(0,)]


def test_a_signature_is_not_corrected_to_a_later_day_under_one_who_accedes(ground, accession, tmp_path):
    row = agreeing.row_of(accession, ground.company)
    type(row).objects.filter(pk=row.pk).update(superseded_at="2026-08-01T10:00Z")
    again = type(row).objects.create(
        agreement=accession,
        organisation=ground.company,
        signatory="Vera Ek",
        authority="Beslut 1",
        signed_on=START,
        recorded_at="2026-08-01T10:00Z",
    )
    apart = Apart(tmp_path)
    late = f"""
    from django.db import transaction
    with transaction.atomic():
        AgreementParty.objects.filter(pk={again.pk}).update(superseded_at='2026-08-01T11:00Z')
        AgreementParty.objects.create(agreement_id='{accession.pk}', organisation_id='{ground.company.pk}',
            signatory='Vera Ek', authority='Beslut 1', signed_on='2026-02-02', recorded_at='2026-08-01T11:00Z')
    """
    assert both(apart, joining(ground, accession), late.strip()) == "a_signature_that_brought_in_stays"
    assert acceded(apart) == [(1,)]
