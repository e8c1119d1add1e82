"""What is typed wrong is said at its field, in our own words, and nothing that was typed is lost."""

import pytest

from tests.apps.partnerships import agreeing
from tillit.apps.partnerships.models import Agreement

ROOT = "/partnerskap/kliniska-provningar/"
SAID = {
    "act": "add",
    "type": "main_agreement",
    "title": "Huvudöverenskommelse",
    "number": "12-34",
    "valid_from": "2026-02-01",
    "term_mode": "until_further_notice",
    "openness": "public",
}
WRONG = {
    "no such day": ("valid_from", "2026-02-30", "Skriv dagen som 2026-02-01."),
    "year nought": ("valid_from", "0000-01-01", "Skriv dagen som 2026-02-01."),
    "a year that cannot be": ("valid_from", "9999-12-31", "Året kan inte stämma."),
    "too long": ("title", "y" * 201, "Det får plats högst 200 tecken. Du skrev 201."),
    "nothing": ("title", "", "Det här behövs. Fyll i fältet."),
    "less than nothing": ("notice_months", "-1", "Skriv ett helt tal."),
    "no number": ("review_months", "1e5", "Skriv ett helt tal."),
    "nothing in the list": ("parent", "00000000-0000-0000-0000-000000000000", "Välj i listan."),
}


@pytest.mark.parametrize(("field", "value", "told"), WRONG.values(), ids=WRONG)
def test_an_agreement_typed_wrong_is_told_so_at_the_field_with_the_rest_kept(ground, office, field, value, told):
    said = SAID | {"level": str(ground.levels["national"].pk), field: value}
    answered = office.post(f"{ROOT}avtal/nytt/", said)
    assert answered.status_code == 422
    assert f'id="add-{field}_error">{told}' in answered.text
    assert f'href="#add-{field}"' in answered.text
    kept = [said[name] for name in ("number", "title") if said[name]]
    assert all(f'value="{each}"' in answered.text for each in kept)
    assert not Agreement.objects.exists()


def test_an_organisation_or_a_person_left_out_is_asked_for_in_the_same_words(ground, office):
    organ = ground.organ(seats=1)
    answered = office.post(f"{ROOT}organ/{organ.pk}/", {"act": "write_down"})
    assert 'id="write_down-person_error">Det här behövs. Fyll i fältet.' in answered.text
    assert 'id="write_down-organisation_error">Det här behövs. Fyll i fältet.' in answered.text


def test_the_same_signature_sent_twice_is_one(ground, officer):
    offered = agreeing.before_parties(ground, ground.company, openness="public")
    said = {"act": "sign", "signatory": "Bo Lind", "authority": "Firmateckning", "signed_on": "2026-02-01"}
    page = f"{ROOT}avtal/{offered.pk}/underskrift/"
    assert officer.post(page, said).status_code == 302
    assert officer.post(page, said).status_code == 400
    assert agreeing.row_of(offered, ground.company).signatory == "Bo Lind"
