"""Commands of whoever runs the site: the ledger tried, regions loaded, an organisation added."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import world
from tillit.apps.audit.actions import note
from tillit.apps.audit.models import Act
from tillit.apps.parties.geography import counties, municipalities, regions
from tillit.apps.parties.models import Organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_a_ledger_that_holds_is_said_to_hold(capsys):
    note("test.act", subject=world.company(), by=None, at=AT)
    call_command("verify_ledger", "--documents")
    assert capsys.readouterr().out == "The ledger holds: 1 acts.\n"


def test_the_first_broken_act_is_named_and_the_exit_code_is_one(capsys):
    company = world.company()
    for n in range(3):
        note("test.act", subject=company, by=None, at=AT, n=n)
    Act.objects.filter(number=2).update(action="test.other")
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_ledger")
    assert stopped.value.code == 1
    assert "broken at act 2" in capsys.readouterr().err


def test_the_regions_are_loaded_once(capsys):
    there = world.region("Region Jämtland Härjedalen", county_code="23")
    call_command("load_regions")
    call_command("load_regions")
    assert capsys.readouterr().out == "Added 20 regions.\nAll regions are there already.\n"
    loaded = Organisation.objects.filter(kind="region")
    assert set(loaded.values_list("county_code", flat=True)) == set(counties())
    assert loaded.get(county_code="14").name == "Västra Götalandsregionen"
    assert there in loaded


def test_every_county_has_its_region_and_every_municipality_its_county():
    assert len(counties()) == len(regions()) == 21
    assert len(municipalities()) == 290
    assert {code[:2] for code in municipalities()} == set(counties())
    assert municipalities()["0980"] == "Gotlands kommun"


def test_an_organisation_is_added_and_its_key_printed(capsys):
    call_command("add_organisation", "company", "Nordkap Pharma AB", "--branch", "pharma", "--number", world.number(5))
    added = Organisation.objects.get()
    assert capsys.readouterr().out == f"{added.pk}\n"
    assert (added.number, added.branch) == (world.number(5), "pharma")


def test_what_is_refused_is_told_with_its_field():
    with pytest.raises(CommandError, match=r"^number: .*sista siffra"):
        call_command("add_organisation", "company", "Nordkap", "--branch", "pharma", "--number", "5561234568")
