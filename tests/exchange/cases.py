"""Cases that tests of case files share: the contract's own example, and every example that users are offered."""

from importlib.resources import files
from pathlib import Path

CONTRACT = """\
schema = "tillit.case/1"

[case]
title = "Lunchseminarium om hjärtsvikt"
phase = "planned"
starts_on = 2026-03-12
ends_on = 2026-03-12

[collaboration]
kind = "educational_meeting"
company_branch = "pharma"
arranger = "joint"
industry_offers_meal = true
documented_in_writing = true

[records.participant]
complete = true
total = 18

[[participant]]
id = "p1"
side = "care"
works_in = "SE"
mode = "on_site"
invited = true
companion = false
employer_approval = true

[[participant]]
id = "p2"
side = "care"
mode = "remote"
meal_offered = true

[[meal]]
id = "lunch"
price_per_person = "245.00"

[[leg]]
id = "l1"
traveller = "p1"
flight = true
cabin = "business"
journey_hours = "2.7"
outside_europe = false

[[judgement]]
fact = "moderate_assessed"
record = "meal:lunch"
value = true
by = "verksamhetschef, kardiologen"
on = 2026-02-20
why = "Sallad och smörgås i möteslokalen."
"""


def examples() -> list[Path]:
    """Return the example cases that come with Tillit."""
    folder = Path(str(files("tillit"))) / "exempel"
    return sorted(path for path in folder.glob("*.*") if path.suffix in (".toml", ".json") and path.stem != "index")


def texts() -> dict[str, tuple[str, str]]:
    """Return every case as name and text, by a short name for the test's report."""
    return {"contract": ("contract.toml", CONTRACT)} | {
        path.stem: (path.name, path.read_text("utf-8")) for path in examples()
    }
