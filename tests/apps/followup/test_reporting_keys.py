"""Keys to report with: kept as a hash, named, few, and taken back at once; many reports at once are all or none."""

import hashlib
from decimal import Decimal

import pytest

from tests.following import period
from tests.reporting import TODAY, Reporters, moment
from tillit.apps.audit.models import Act
from tillit.apps.errors import Refused
from tillit.apps.followup.actions.bulk import Entry, RefusedTogether, submit_all
from tillit.apps.followup.actions.keys import MOST, make_key, revoke_key, use_key
from tillit.apps.followup.asked import Slot
from tillit.apps.followup.figures import Said
from tillit.apps.followup.models import Observation, ReportingKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return Reporters()


def made(ground, name="Registret", organisation=None):
    return make_key(
        partnership=ground.partnership,
        organisation=organisation or ground.region,
        name=name,
        by=ground.contact,
        at=moment(TODAY),
    )


def test_only_the_hash_of_a_key_is_kept(ground):
    key, secret = made(ground)
    assert secret.startswith("tillit_")
    assert key.sha256 == hashlib.sha256(secret.encode()).hexdigest()
    kept = " ".join(
        str(value) for row in (*ReportingKey.objects.values(), *Act.objects.values()) for value in row.values()
    )
    assert secret not in kept
    assert made(ground)[1] != secret


def test_a_key_has_a_name_and_is_of_a_party_and_they_are_few(ground):
    with pytest.raises(Refused, match="Fyll i"):
        made(ground, " ")
    with pytest.raises(Refused, match="inte med"):
        made(ground, organisation=ground.patients)
    for number in range(MOST):
        made(ground, f"System {number}")
    with pytest.raises(Refused, match="redan"):
        made(ground)


def test_a_key_that_is_taken_back_opens_nothing_and_is_taken_back_once(ground):
    key, secret = made(ground)
    slug = ground.partnership.slug
    assert use_key(secret=secret, slug=slug, today=TODAY) == key
    assert use_key(secret=secret + "x", slug=slug, today=TODAY) is None
    revoke_key(key=key, by=ground.contact, at=moment(TODAY))
    assert use_key(secret=secret, slug=slug, today=TODAY) is None
    with pytest.raises(Refused, match="redan"):
        revoke_key(key=key, by=ground.contact, at=moment(TODAY))


def test_of_many_reports_each_that_cannot_be_is_told_and_none_is_kept(ground):
    reporter = ground.of[ground.region]
    texts = ("2026-Q1", "2026-Q3", "2026-Q2", "2026-Q2", "2026-05")
    entries = [Entry(slot=Slot(reporter, period(each)), said=Said(value=Decimal(3)), over=True) for each in texts]
    with pytest.raises(RefusedTogether) as refused:
        submit_all(entries=entries, by=ground.contact, at=moment(TODAY))
    assert [place for place, _refused in refused.value.each] == [1, 3, 4]
    assert not Observation.objects.exists()
    assert not Act.objects.filter(action__startswith="followup.observation").exists()
    assert len(submit_all(entries=[entries[0], entries[2]], by=ground.contact, at=moment(TODAY))) == 2
