"""Brings the documents that are made from the rulebook up to date: `.venv/bin/python tests/house/generated.py`.

`docs/krav.md`: every norm with what covers it, what tries it and where it is shown; every demand of the report on
partnerships with its pages and tests. `docs/uppgifter.md`: every fact of
a case. House tests compare, so neither can rot.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.house import tree
from tests.house.report_demands import ALL as REPORT
from tillit.core.rulebook.coverage import coverage
from tillit.core.rulebook.editions import edition, newest, vocabulary
from tillit.core.rulebook.model import COLLABORATION, Edition, Fact, Kind, Provision, Rule
from tillit.exchange.cards import rule_of

DEMANDS, FACTS = tree.ROOT / "docs" / "krav.md", tree.ROOT / "docs" / "uppgifter.md"
COMMAND = ".venv/bin/python tests/house/generated.py"
WHOLE_CASES = tree.ROOT / "tests" / "cases"
KINDS = {
    "rule": "regel",
    "definition": "definition",
    "duty": "skyldighet",
    "premise": "utgångspunkt",
    "advice": "råd",
    "pointer": "hänvisning",
}
DECIDED_BY = KINDS | {"fact": "uppgift", "judgement": "bedömning", "fact and judgement": "uppgift och bedömning"}
DEMANDS_HEAD = """# Normer, regler och test

Gjord av `{command}` ur utgåva {edition}; ett husprov jämför. Ändra inte för hand.

Varje norm i överenskommelsen har en rad för var sak som täcker den. *Egna fall* står i regelfilen och prövas av
`./tillit rules test`. *Hela ärenden* är filer i [tests/cases](../tests/cases) som säger vad just den regeln ska bli.
En sida är en adress på webbplatsen; `./tillit rules show ID` visar samma sak.

{covered} normer täcks, {missing} saknas.

| norm | rubrik | avgörs av | täcks av | slag | egna fall | hela ärenden | sida |
|---|---|---|---|---|---|---|---|
"""
REPORT_HEAD = """
# Rapportens krav på ett partnerskap

Gjord ur [{source}](../{source}); ett husprov ser att varje sida och varje test finns. `<p>` är ett partnerskap, `<x>`
det som visas. Krav som rör pengar, åtgärder och utvärdering (R7, R9, R25, R26) har ingen rad än. Hur man arbetar med
ett partnerskap står i [partnerskap.md](partnerskap.md), hur det följs upp i [uppfoljning.md](uppfoljning.md).

| krav | vad det ber om | sidor | test |
|---|---|---|---|
"""
FACTS_HEAD = """# Uppgifterna i ett ärende

Gjord av `{command}` ur ordlistan i `src/tillit/core/rulebook/data/uppgifter/`; ett husprov jämför. Ändra inte för hand.
Samma sak med hjälptexter: `./tillit facts`, `./tillit facts --format json`.

*Iakttagen*: skrivs i ärendet. *Bedömd*: skrivs som en bedömning, aldrig som en uppgift. *Härledd*: räknas ut, skrivs
aldrig. Vad orden betyder står i [regler.md](regler.md), hur filen ser ut i [arende.md](arende.md).
"""
TYPES = {
    "bool": "ja/nej",
    "int": "heltal",
    "decimal": "tal",
    "date": "datum",
    "datetime": "datum och klockslag",
    "enum": "val",
    "text": "text",
}
HOW = {
    "any": "någon",
    "all": "alla",
    "count": "antal",
    "sum": "summa",
    "majority": "de flesta",
    "years_after": "dag så många år senare",
    "months_after": "dag så många månader senare",
    "table": "ortstabell",
    "findings": "utfall av regler",
}


def demands() -> str:
    """Return the table of norms, one row for each thing that covers a norm."""
    chosen = edition(newest())
    found, tried = coverage(chosen), _whole_cases()
    sections = {norm.id: (norm.section, DECIDED_BY[norm.decided_by]) for norm in chosen.norms}
    rows = [
        f"| {norm} | {sections[norm][0]} | {sections[norm][1]} | {_covering(chosen, id_, tried)} |"
        for norm, (_, ids) in found.norms.items()
        for id_ in ids
    ]
    head = DEMANDS_HEAD.format(
        command=COMMAND, edition=chosen.document.version, covered=len(found.norms), missing=len(found.missing)
    )
    return head + "\n".join(rows) + "\n" + _report()


def _report() -> str:
    """Return the table of the report's demands on a partnership."""
    rows = (
        f"| {each.id} | {each.text} | {' '.join(f'`{page}`' for page in each.pages)} | {_tests(each.tests)} |"
        for each in REPORT
    )
    return REPORT_HEAD.format(source="tests/house/report_demands.py") + "\n".join(rows) + "\n"


def _tests(tests: tuple[str, ...]) -> str:
    parted = (each.partition("::") for each in tests)
    return "<br>".join(f"[{name.removeprefix('test_').replace('_', ' ')}](../{path})" for path, _dots, name in parted)


def _covering(chosen: Edition, id_: str, tried: dict[str, list[str]]) -> str:
    each: Rule | Provision = rule_of(chosen.id, id_) or next(every for every in chosen.provisions if every.id == id_)
    if isinstance(each, Provision):
        return f"`{id_}` | {KINDS[each.kind]} | – | – | `/regler/{id_}/`"
    whole = " ".join(f"[{name.partition('-')[0]}](../tests/cases/{name})" for name in tried.get(id_, []))
    return f"`{id_}` | regel | {len(each.cases)} | {whole or '–'} | `/regler/{id_}/`"


def _whole_cases() -> dict[str, list[str]]:
    """Return which whole cases say what a rule must come out as, by the rule's id."""
    found: dict[str, list[str]] = {}
    for path in sorted(WHOLE_CASES.glob("*.toml")):
        for rule in tomllib.loads(path.read_text("utf-8")).get("expect", {}).get("rules", {}):
            found.setdefault(rule, []).append(path.name)
    return found


def facts() -> str:
    """Return the tables of facts, one for each record kind."""
    parts = [FACTS_HEAD.format(command=COMMAND)]
    for kind in vocabulary().kinds.values():
        title = (kind.title if kind.name == COLLABORATION else kind.plural).sv
        parts.append(f"\n## {title} `{kind.name}`\n\n| namn | slag | typ | fråga |\n|---|---|---|---|\n")
        parts.extend(f"| {row} |\n" for row in _rows(kind))
    return "".join(parts)


def _rows(kind: Kind) -> Iterator[str]:
    for fact in kind.facts.values():
        sort = "bedömd" if fact.kind == "assessed" else "iakttagen"
        yield f"`{fact.name}` | {sort} | {_type(fact)} | {fact.question.sv}"
    for derived in kind.derived.values():
        over = f" av `{derived.over}`" if derived.over else ""
        yield f"`{derived.name}` | härledd | {HOW[derived.how]}{over} | {derived.question.sv}"


def _type(fact: Fact) -> str:
    if fact.values:
        return ", ".join(f"`{value}` {fact.labels[value].sv}" for value in fact.values)
    formats = {"country": "landskod", "currency": "valutakod", "record": "post, `slag:id`"}
    if fact.format:
        return formats[fact.format]
    if fact.refers_to:
        return f"id på en `{fact.refers_to}`"
    return TYPES[fact.type] + (f", {fact.unit}" if fact.unit else "")


def main() -> None:
    for path, text in ((DEMANDS, demands()), (FACTS, facts())):
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{tree.name(path)}\n")


if __name__ == "__main__":
    main()
