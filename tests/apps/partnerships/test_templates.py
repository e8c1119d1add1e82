"""The legal models: what comes with Tillit is whole, and a file with a fault says where and what."""

import re
from importlib.resources import files

import pytest

from tests.partnering import model, there
from tillit.apps.partnerships import templates
from tillit.apps.partnerships.template_shape import Text
from tillit.core.governance.areas import DECIDING
from tillit.core.governance.prospect import prospect

FOLDER = files("tillit.apps.partnerships").joinpath("data/templates")
TEXTS = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
ONE = TEXTS["huvudoverenskommelse.toml"]


def test_the_six_models_of_the_report_are_there_in_order():
    assert [each.code for each in templates.templates()] == [
        "huvudoverenskommelse",
        "konsortialavtal",
        "forening",
        "aktiebolag-svb",
        "myndighetsfunktion",
        "program-hos-vard",
    ]
    assert model("konsortialavtal").name == Text("Konsortialavtal", "Consortium agreement")
    assert templates.template("bolag") is None


@pytest.mark.parametrize("code", [each.code for each in templates.templates()])
def test_a_model_has_the_three_tiers_a_promise_on_the_deciding_one_and_a_decider_for_the_plan(code):
    made = model(code)
    assert {"deciding", "operative", "advisory"} <= {each.tier for each in made.organs}
    assert any(each.tier == DECIDING and each.level == "national" for each in made.commitments)
    assert there(made.decider("plan", "national")).tier == DECIDING
    assert made.decider("plan", "project") is None
    assert made.leaving.sv
    assert made.money.en


@pytest.mark.parametrize("code", [each.code for each in templates.templates()])
def test_no_number_is_made_up_and_every_line_has_a_source_or_a_demand(code):
    made = model(code)
    assert not [each for each in made.agreements if each.notice_months is not None]
    assert not [each for each in made.commitments if each.months is not None]
    grounds = [made.ground, *(each.ground for each in made.organs), *(each.ground for each in made.agreements)]
    grounds += [*(each.ground for each in made.mandates), *(each.ground for each in made.commitments)]
    for ground in grounds:
        assert ground.refs
        assert ground.stated or all(re.fullmatch(r"R([1-9]|[12]\d|30)", ref) for ref in ground.refs)


def test_the_numbers_that_a_law_or_a_published_agreement_states_name_it():
    board = next(each for each in model("aktiebolag-svb").organs if each.id == "board")
    assert (board.quorum, board.majority, board.ground.stated) == ("more_than_half", "absolute", True)
    assembly = model("konsortialavtal").organs[0]
    assert (assembly.quorum, assembly.majority) == ("two_thirds", "two_thirds_cast")
    assert assembly.ground.refs == ("DESCA Horizon Europe",)


def test_what_is_agreed_per_area_and_level_is_the_most_that_any_agreement_says():
    made = model("huvudoverenskommelse")
    assert made.coverage()["goals", "national"] == "full"
    assert made.coverage()["follow_up", "network"] == "partial"
    assert ("goals", "regional") not in made.coverage()
    assert model("aktiebolag-svb").coverage()["follow_up", "national"] == "full"


def test_joining_differs_for_a_company_a_patient_association_and_a_region():
    main = model("huvudoverenskommelse").model()
    national = {
        kind: next(each for each in prospect(main, kind, "acceded") if each.level == "national")
        for kind in ("company", "patient_association", "region", "authority")
    }
    assert [each.id for each in national["company"].sign] == ["accession"]
    assert [each.id for each in national["company"].votes] == ["board"]
    assert {each.subject for each in national["region"].decides} == {"plan", "budget", "admission", "areas"}
    assert national["authority"].seats == ()
    areas = next(each for each in prospect(main, "patient_association", "observer") if each.level == "research_area")
    assert [each.id for each in areas.commitments] == ["area-patients"]
    assert [each.organ for each in areas.advises] == ["experts"]
    assert areas.votes == ()


OVER = """over = { sv = "de lokala enheterna hos parterna", en = "the parties' local units" }\n"""
EXPERTS = 'organ = "experts"\nsubject = "efforts"\nright = "'
OFFICE = 'organ = "office"\nsubject = "plan"\nright = "'
LAST = 'follow_up_fulfilment = "full" }\nleaving'
FAULTS = [
    ('code = "huvudoverenskommelse"\n', "", "code: is missing"),
    ("order = 1", 'order = "ett"', "order: is 'ett'; write a int"),
    ("order = 1", "order = 0", "order: is 0; write a whole number from 1"),
    ("legal_person = false", "legal_person = 0", "legal_person: is 0; write a bool"),
    ('legal_form = "by_agreement"', 'legal_form = "by_agreemnt"', "choose one of limited_company"),
    ('tier = "nominating"', 'teir = "nominating"', "organs[2].tier: is missing"),
    ("order = 1", "order = 1\nnew = 1", "new: is not known; known are"),
    ('parent = "board"', 'parent = "bord"', "organs[3].parent: is 'bord'; choose one of board, nomination"),
    ('suggestion = ["R1", "R6", "R8"]', "", "say either source"),
    ('sv = "När många', 'se = "När många', "fits.sv: is missing"),
    (OFFICE, OFFICE.replace("office", "offices"), "mandates[5].organ"),
    ('kinds = ["patient_association"]', 'kinds = ["patients"]', "sectors[4].kinds: holds 'patients'"),
    ('roles = ["main_party", "acceded", "f', 'roles = ["main_party", "main_party", "f', "twice"),
    (EXPERTS + "advises", EXPERTS + "decides", "decides nothing (I-6)"),
    (OFFICE + "prepares", OFFICE + "decides", "has a decider already (I-5)"),
    ('type = "main_agreement"', 'type = "statutes"', "exactly one without a parent, of type main_agreement"),
    (OVER, "", "over: is missing"),
    ('id = "office"', 'id = "board"', "organs[3].id: is 'board', as an organ above"),
    ('organ = "board"\nlevel = "national"\ntier', 'level = "national"\ntier', "say whose it is"),
    ('term_mode = "until_further_notice"', 'term_mode = "fixed"', "no model can know"),
    ("areas = { regulation_financing", "areas = { regulation", "agreements[1].areas.regulation"),
    (f'goals = "full", {LAST}', LAST, "the root says nothing of goals"),
    ("[name]", "[name", "is not TOML"),
    ('sv = "Huvudöverenskommelse"', 'sv = " "', "name.sv: is empty"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_fault_is_told_with_file_and_place(old, new, said):
    assert old in ONE
    with pytest.raises(templates.BadTemplate) as caught:
        templates.read(ONE.replace(old, new, 1), "min.toml")
    assert str(caught.value).startswith("min.toml: ")
    assert said in str(caught.value)


def test_a_model_without_a_promise_on_the_deciding_tier_is_refused():
    head, *commitments = ONE.split("[[commitments]]")
    left = [each for each in commitments if 'tier = "deciding"' not in each]
    with pytest.raises(templates.BadTemplate, match="R14"):
        templates.read("[[commitments]]".join([head, *left]), "min.toml")
