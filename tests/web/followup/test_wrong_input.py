"""What nobody should send in, sent in: each form of follow-up says what is wrong and where, and never breaks."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from tests.partnering import NOW, START, there
from tests.reporting import Reporters
from tests.web.partnerships.conftest import client_of
from tillit.apps.followup.models import Observation, Target, Trial
from tillit.apps.partnerships.actions.frame import Frame, found_partnership
from tillit.apps.partnerships.models import Organ
from tillit.core.indicators.periods import period_of

ROOT = "/partnerskap/kliniska-provningar/uppfoljning/"
WRONG = (
    "",
    "x" * 30_000,
    "\x00",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31",
    "-1",
    "99999999999999999999",
    "1e400",
    "-1e-400",
    "NaN",
    "Infinity",
    "abc",
    "²",
    "00000000-0000-0000-0000-000000000000",
)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ground():
    made: Any = Reporters()
    made.organ()
    goal = made.goal(owner_party=made.region)
    made.days = made.indicator("dagar", "Dagar", goal=goal, unit="dagar", aggregation="mean", direction="down")
    made.path(made.days, 130, date(2026, 12, 31), 100, date(2030, 12, 31))
    made.share = made.indicator("andel", "Andel", unit="%", aggregation="ratio")
    made.logic()
    made.trial = Trial.objects.create(partnership=made.partnership, title="Studien", openness="public", created_at=NOW)
    return made


def at_page(ground, name):
    """Return the address of a page of the office."""
    return (
        ROOT
        + {
            "plan": "plan/",
            "goal": f"mal/{ground.days.goal_id}/",
            "logic": "effektlogik/",
            "upkeep": f"indikatorer/{ground.days.pk}/andra/",
            "targets": f"indikatorer/{ground.days.pk}/andra/mal/",
            "of_share": f"indikatorer/{ground.share.pk}/andra/mal/",
            "reporters": f"indikatorer/{ground.days.pk}/andra/rapportorer/",
            "surveys": "enkater/",
            "trial": f"provningar/{ground.trial.pk}/",
            "thresholds": "trosklar/",
        }[name]
    )


def filled_in(form):
    """Return a form as it is sent in when nobody has changed anything, with something in what has to be said."""
    said = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if value in (None, "") and field.required and not isinstance(field, forms.ChoiceField):
            value = date(2026, 6, 30) if isinstance(field, forms.DateField) else "Skäl, § 3"
        if isinstance(field, forms.FileField):
            continue
        said[name] = value.isoformat() if isinstance(value, date) else "" if value is None else value
    return said


@pytest.mark.parametrize(
    "name",
    ["plan", "goal", "logic", "upkeep", "targets", "of_share", "reporters", "surveys", "trial", "thresholds"],
)
def test_what_is_wrong_is_said_in_the_form_with_all_that_was_typed(ground, name):
    browser, page = client_of(ground.founder), at_page(ground, name)
    deeds = browser.get(page).context["forms"]
    assert deeds
    for act, form in list(deeds.items())[:3]:
        usual, done = filled_in(form), False
        for turn, field in enumerate(list(form.fields)[:4]):
            for wrong in (WRONG[turn % 3], *WRONG[3 + turn % 4 :: 4]):
                answer = browser.post(page, {**usual, field: wrong, "act": act})
                if done and answer.status_code in (400, 403):
                    break  # what the form stood for is done, so that there is nothing to do it to
                assert answer.status_code in (302, 422), (act, field, wrong[:40])
                if answer.status_code == 422:
                    again = answer.context["wrong"]
                    assert again.errors
                    kept = again[field].value()
                    assert kept in (wrong, [wrong], [])
                else:
                    done = True
                    browser.get(page)


def test_a_report_that_cannot_be_is_refused_at_its_field(ground):
    ended = period_of(localdate(), "quarter").ahead(-1)
    reporter = ground.of[ground.region]
    browser, page = client_of(ground.contact), f"{ROOT}rapportera/{reporter.pk}/{ended}/"
    for wrong in ("1e400", "NaN", "-Infinity", "99999999999999", "0,0000001", "abc", "\x00", "1,2,3"):
        answer = browser.post(page, {"act": "submit", "value": wrong, "comment": "Skrivet"})
        assert (answer.status_code, list(answer.context["wrong"].errors)) == (422, ["value"]), wrong
        assert "Skrivet" in answer.text
    for parts in ("1e400", "NaN + 1", "+;+ x", "9" * 399):
        answer = browser.post(page, {"act": "submit", "value": "3", "parts": parts})
        assert answer.status_code in (302, 422), parts


def test_a_period_that_cannot_be_is_not_found(ground):
    reporter, browser = ground.of[ground.region], client_of(ground.contact)
    for text in ("2026-Q9", "0000-Q1", "9999-Q4", "abc", "2026-13", "99999999999-Q1"):
        assert browser.get(f"{ROOT}rapportera/{reporter.pk}/{text}/").status_code == 404


def test_the_same_act_twice_and_what_is_another_partnership_s_change_nothing(ground):
    browser, page = client_of(ground.founder), at_page(ground, "targets")
    row = Target.objects.get()
    assert browser.post(page, {"act": f"withdraw-{row.pk}"}).status_code == 302
    assert browser.post(page, {"act": f"withdraw-{row.pk}"}).status_code == 400
    stranger = found_partnership(
        frame=Frame(name="Ett annat", legal_form="by_agreement", starts_on=START), by=ground.founder, at=NOW
    )
    level = stranger.levels.get(code="national")
    theirs = Organ.objects.create(partnership=stranger, name="Deras", tier="deciding", level=level, starts_on=START)
    said = {"act": "add", "who": f"organ:{theirs.pk}", "since": "2026-01-01"}
    answer = browser.post(at_page(ground, "reporters"), said)
    assert (answer.status_code, list(answer.context["wrong"].errors)) == (422, ["who"])
    strange = at_page(ground, "targets").replace("kliniska-provningar", stranger.slug)
    assert browser.get(strange).status_code == 404


@pytest.mark.parametrize("query", ["?lage=%00", "?regel=x&sida=99999999999", "?indikator=%00", "?steg=%00", "?plan=x"])
def test_what_an_address_asks_for_and_is_not_there_breaks_nothing(ground, query):
    browser = client_of(ground.founder)
    for page in ("", "avvikelser/", "mal/", "effektlogik/", "indikatorer/", "provningar/"):
        assert browser.get(f"{ROOT}{page}{query}").status_code in (200, 302, 404), page


def workbook(*cells):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for at, value in cells:
        there(book.active)[at] = value
    book.save(out)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 120_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"hej",
        b"%PDF-1.4",
        workbook(),
        workbook(("A1", True), ("A2", date(2026, 1, 1))),
        workbook(("B2", "bara något")),
        workbook(("A1", "x"))[:800],
        bomb(),
    ],
    ids=["text", "pdf", "empty", "other values", "no mark", "cut", "bomb"],
)
def test_a_file_that_is_no_report_is_refused_with_what_to_do(ground, content):
    sent = {"file": SimpleUploadedFile("rapport.xlsx", content)}
    answer = client_of(ground.contact).post(f"{ROOT}rapportera/excel/", sent)
    assert answer.status_code == 422
    assert answer.context["cells"][0][1]
    assert not Observation.objects.exists()
