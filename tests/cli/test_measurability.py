"""The command `measurability`: what each goal lacks, no score, and files that are wrong."""

import json

import pytest

from tillit.cli import main
from tillit.core.errors import BadInput
from tillit.exchange.goals import read_goals
from tillit.exchange.words import LANGUAGES, problem_lines

A = '[[goal]]\nid = "a"\ntext = "Nationell samordning och ökad kapacitet"\nlevel = "national"\ntier = "deciding"\n'
B = """[[goal]]
id = "b"
text = "Andel företagsinitierade prövningar med första patient inom 120 dagar"
level = "national"
tier = "operative"
owner = "kansliet"

[[goal.indicator]]
unit = "%"
direction = "up"
baseline = 40
baseline_day = 2026-12-31
target = "70"
target_day = "2030-12-31"
frequency = "quarter"
"""


@pytest.fixture
def run(tmp_path, capsys):
    def told(text, *options, code=0):
        file = tmp_path / "mal.toml"
        file.write_text(text, "utf-8")
        assert main(["measurability", str(file), *options]) == code
        out = capsys.readouterr()
        return json.loads(out.out) if "json" in options else out

    return told


def codes(rows):
    return [row["code"] for row in rows]


def test_the_worked_goals(run):
    found = run(A + B, "--format", "json", code=1)
    first, second = found["goals"]
    assert (first["measurable"], codes(first["missing"]), codes(first["advice"])) == (False, ["M1"], ["two_goals"])
    assert first["not_tried"] == [f"M{n}" for n in range(2, 10)]
    assert (second["measurable"], second["missing"], codes(second["remarks"])) == (True, [], ["M5", "M8", "M10", "M11"])
    assert not any("score" in goal for goal in found["goals"])


def test_shares_by_level_and_tier(run):
    found = run(A + B, "--format", "json", code=1)
    assert [(each["tier"], each["share"], each["verdict"]) for each in found["groups"]] == [
        ("deciding", 0, "red"),
        ("operative", 1, "green"),
    ]
    assert (found["total"]["share"], found["total"]["verdict"]) == (0.5, "yellow")


def test_all_measurable_exits_0(run):
    assert "1 av 1 mål går att mäta." in run(B).out


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "sv",
            ["✗ a: Nationell", "M1 minst en indikator", "kan inte prövas förrän", "två mål i ett", "✓ b:", "1 av 2"],
        ),
        ("en", ["M1 at least one indicator", "may be two goals in one", "Can be measured.", "1 of 2"]),
    ],
)
def test_text(run, lang, says):
    out = run(A + B, "--lang", lang, code=1).out
    assert [part for part in says if part not in out] == []


def test_an_indicator_that_fails_beside_one_that_does_not_is_named(run):
    out = run(B + '[[goal.indicator]]\nid = "tillit"\nkind = "qualitative"\nlevels = ["låg", "hög"]\n').out
    assert "Indikatorn tillit mäter inte målet: M2, M3, M4, M7" in out


def test_every_key_of_an_indicator_is_read(tmp_path):
    text = B + (
        'source = "registret"\nmethod = "uttag"\ndecision_use = "resurser"\non_path = true\ncounts_meetings = false\n'
        'owner_party = "regionen"\nleast = 0\nmost = 100.5\nid = "i1"\n'
    )
    (tmp_path / "m.toml").write_text(text, "utf-8")
    indicator = read_goals(tmp_path / "m.toml")[0].indicators[0]
    assert (indicator.source, indicator.on_path, indicator.owner, indicator.owner_party, str(indicator.most)) == (
        "registret",
        True,
        "kansliet",
        "regionen",
        "100.5",
    )


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "goals.none", ""),
        ('schema = "tillit.case/1"\n' + B, "goals.schema", "schema"),
        ("mal = 1\n" + B, "goals.unknown_key", "mal"),
        ('goal = "x"', "goals.not_tables", "goal"),
        ("[[goal]]\n", "goals.no_text", "mål nr 1 (1), text"),
        (A + A, "goals.id_twice", "id"),
        ('[[goal]]\ntext = " "\n', "goals.no_text", "mål nr 1 (1), text"),
        ("[[goal]]\ntext = 5\n", "goals.not_text", "mål nr 1 (1), text"),
        ('[[goal]]\ntext = "19121212-1212"\n', "goals.personal_number", "mål nr 1 (1), text"),
        ('[[goal]]\ntext = "a"\nkind = "dröm"\n', "goals.no_choice", "mål nr 1 (1), kind"),
        ('[[goal]]\ntext = "a"\ntargt = 5\n', "goals.unknown_key", "mål nr 1 (1), targt"),
        (B + "indicator = 5\n", "goals.unknown_key", "mål nr 1 (b), indikator nr 1, indicator"),
        (A + "indicator = 5\n", "goals.not_tables", "mål nr 1 (a), indicator"),
        (B + 'low = "1,5"\n', "goals.not_a_number", "mål nr 1 (b), indikator nr 1, low"),
        (B + "low = true\n", "goals.not_a_number", "mål nr 1 (b), indikator nr 1, low"),
        (B + "low = nan\n", "goals.not_a_number", "mål nr 1 (b), indikator nr 1, low"),
        (B.replace('"2030-12-31"', '"2030"'), "goals.not_a_day", "mål nr 1 (b), indikator nr 1, target_day"),
        (
            B.replace('"2030-12-31"', "2030-12-31T10:00:00"),
            "goals.not_a_day",
            "mål nr 1 (b), indikator nr 1, target_day",
        ),
        (B + 'on_path = "ja"\n', "goals.not_yes_or_no", "mål nr 1 (b), indikator nr 1, on_path"),
        (B + "levels = 4\n", "goals.not_levels", "mål nr 1 (b), indikator nr 1, levels"),
        ("[[goal]\n", "toml.bracket", "rad 1, kolumn 7"),
        ('[[goal]]\ntext = "' + "a" * 2001 + '"', "goals.too_long", "mål nr 1 (1), text"),
    ],
)
def test_what_cannot_be_used_is_refused_in_its_place(tmp_path, text, code, place):
    (tmp_path / "m.toml").write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        read_goals(tmp_path / "m.toml")
    first = caught.value.problems[0]
    assert (first.code, first.place, first.file) == (code, place, str(tmp_path / "m.toml"))
    for lang in LANGUAGES:
        assert all("…" not in line for line in problem_lines(caught.value, lang))


def test_too_much_is_refused(tmp_path, monkeypatch):
    (tmp_path / "m.toml").write_text(A + B, "utf-8")
    monkeypatch.setattr("tillit.exchange.goals.MOST_GOALS", 1)
    with pytest.raises(BadInput, match=r"goals\.too_many"):
        read_goals(tmp_path / "m.toml")
    monkeypatch.setattr("tillit.exchange.goals.LARGEST_FILE", 10)
    with pytest.raises(BadInput, match=r"goals\.too_large"):
        read_goals(tmp_path / "m.toml")


def test_a_near_key_is_named_and_nothing_is_answered(run):
    told = run(B.replace("frequency", "frekvency"), code=2)
    assert "Menade du frequency?" in told.err
    assert told.out == ""
