"""The yearly report's long tables: what it cost, with whom, what deviated, and every collaboration for itself."""

from collections import Counter

from tillit.apps.collaborations.models import OPENNESS, STATE_WORDS
from tillit.apps.collaborations.queries.year import YearReport, in_swedish_order
from tillit.apps.collaborations.queries.year_rows import YearRow, added
from tillit.apps.collaborations.queries.year_writing import SUMS, Row, Writer, kind_word, label_of, one, sums, who
from tillit.exchange.cards import edition_name, rule_of
from tillit.exchange.words import Lang, words
from tillit.exchange.yearly import Cell, Table


def costs(report: YearReport, write: Writer) -> Table:
    """Return the sums by category, in alphabetical order."""
    none = str(write.words["without_category"])
    named = [
        (label_of("cost_line", "category", code, write.lang) if code else none, each)
        for code, each in report.categories().items()
    ]
    whole = added(each for _name, each in named)
    return write.table(
        "costs",
        write.columns("category", ("lines", "count"), *SUMS, ("foreign", "count")),
        [
            [name, each.lines, *sums(each), each.foreign]
            for name, each in sorted(named, key=lambda pair: in_swedish_order(pair[0]))
        ],
        foot=[str(write.words["all"]), whole.lines, *sums(whole), whole.foreign],
        without=report.without_costs(),
    )


def partners(report: YearReport, write: Writer) -> Table:
    """Return the counterparties by name."""
    return write.table(
        "partners",
        write.columns("organisation", "side", ("collaborations", "count"), *SUMS),
        [
            [
                Cell(each.partner.name, who(each.partner.key)),
                write.say("side", each.partner.side),
                each.collaborations,
                *sums(each.costs),
            ]
            for each in report.partners()
        ],
    )


def broken_rules(report: YearReport, write: Writer) -> Table:
    """Return the rules that outcomes deviate from, the one broken most first."""
    counted = Counter((each.rulebook, each.rule) for each in report.broken)
    rows: list[Row] = [
        [rule_title(rulebook, rule, write.lang), edition_name(rulebook), number]
        for (rulebook, rule), number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return write.table("broken", write.columns("rule", "edition", ("collaborations", "count")), rows)


def breaches(report: YearReport, write: Writer) -> Table:
    """Return the collaborations whose reported outcome deviates, with the rules and the reason."""
    titles: dict[int, list[str]] = {}
    for each in report.broken:
        titles.setdefault(each.assessment, []).append(rule_title(each.rulebook, each.rule, write.lang))
    rows: list[Row] = [
        [Cell(row.public_id, one(row.public_id)), row.title, "; ".join(titles.get(row.breach, [])), row.reason or None]
        for row in report.rows
        if row.breach is not None
    ]
    return write.table("breaches", write.columns("public_id", "title", "rules", "reason"), rows)


def rule_title(rulebook: str, rule: str, lang: Lang) -> str:
    """Return what a rule is called."""
    found = rule_of(rulebook, rule)
    return found.title.in_language(lang) if found is not None else rule


def collaborations(report: YearReport, write: Writer) -> Table:
    """Return a row for each collaboration, for the file."""
    columns = write.columns(
        "public_id",
        "title",
        "kind",
        ("starts_on", "day"),
        ("ends_on", "day"),
        "state",
        "planned",
        "carried_out",
        "others",
        *SUMS,
        ("foreign", "count"),
        "timing",
        ("reported_on", "day"),
        ("report_days", "days"),
        "openness",
        "published",
        "edition",
    )
    return write.table("collaborations", columns, [_row(row, write) for row in report.rows], in_file_only=True)


def _row(row: YearRow, write: Writer) -> list[Cell]:
    outcome = {**words(write.lang)["outcome"], "": str(write.words["not_assessed"])}
    whole = row.sum
    reported = [row.reported_on, row.days_to_report] if row.timing in ("in_time", "late", "unknown_day") else ["", ""]
    values = [
        row.title,
        kind_word(row.kind, write),
        row.starts_on,
        row.ends_on,
        str(STATE_WORDS[row.state]),
        outcome[row.planned],
        outcome[row.carried_out],
        "; ".join(each.name for each in row.others),
        *(sums(whole) if row.counts_costs else [""] * 6),
        whole.foreign if row.counts_costs else "",
        write.say("timing", row.timing),
        *reported,
        str(OPENNESS[row.openness]),
        str(write.words["yes" if row.published else "no"]),
        edition_name(row.edition) if row.edition else str(write.words["without_edition"]),
    ]
    return [Cell(row.public_id, one(row.public_id)), *(Cell(each) for each in values)]
