"""The yearly report in words: the tables that the page, Excel and PDF all show."""

from collections import Counter
from datetime import date

from django.utils.translation import override

from tillit.apps.collaborations.models import APPROVAL_KIND_WORDS, OPENNESS, STATE_WORDS
from tillit.apps.collaborations.queries.year import YearReport, in_swedish_order
from tillit.apps.collaborations.queries.year_answers import Asked, GoneOn, middle, nine_of_ten
from tillit.apps.collaborations.queries.year_details import (
    breaches,
    broken_rules,
    collaborations,
    costs,
    partners,
    rule_title,
)
from tillit.apps.collaborations.queries.year_rows import DAYS_TO_REPORT, TIMINGS, added
from tillit.apps.collaborations.queries.year_writing import ALL, Row, Writer, in_state, kind_word, one, table_of
from tillit.core.rulebook.editions import newest_of_each_line
from tillit.core.rulebook.values import OUTCOMES
from tillit.exchange.cards import edition_name
from tillit.exchange.questions import question_of
from tillit.exchange.words import Lang, words
from tillit.exchange.yearly import Cell, Column, Table, Value, Yearly

NONE = "–"
"""Stands where there is nothing to count, which is another thing than not known."""


def year_tables(report: YearReport, lang: Lang) -> Yearly:
    """Return the report in a language. A year without collaborations has no tables but says so. No query."""
    with override(lang):
        write = Writer(lang)
        first, last = date(report.year, 1, 1), date(report.year, 12, 31)
        said = {"year": report.year, "organisation": report.organisation}
        days = {"first": first.isoformat(), "last": last.isoformat(), "until": report.made_on.isoformat()}
        period = str(write.words["running" if report.running else "over"]).format(**days)
        return Yearly(
            lang=lang,
            title=str(write.words["title"]).format(**said),
            period=period,
            made_on=report.made_on,
            facts=_facts(report, write, period),
            notes=(
                *(() if report.rows else (str(write.words["nil"]).format(**said),)),
                *write.words["notes"]["lines"],
            ),
            tables=_tables(report, write) if report.rows else (),
        )


def _facts(report: YearReport, write: Writer, period: str) -> tuple[tuple[str, str], ...]:
    tried = sorted({edition_name(row.edition) for row in report.rows if row.edition})
    made_up = sum(1 for row in report.rows if row.made_up)
    told = [
        ("what", write.say("fact", "what_text")),
        ("organisation", report.organisation),
        ("number", report.number or str(write.words["unknown"])),
        ("period", period),
        ("made_on", report.made_on.isoformat()),
        ("edition", ", ".join(tried) or str(write.words["without_edition"])),
    ]
    if made_up:
        told.append(("made_up", write.say("fact", "made_up_text").format(count=made_up)))
    return tuple((write.say("fact", name), text) for name, text in told)


def _tables(report: YearReport, write: Writer) -> tuple[Table, ...]:
    return (
        summary(report, write),
        kinds(report, write),
        outcomes(report, write),
        broken_rules(report, write),
        breaches(report, write),
        timings(report, write),
        approvals(report, write),
        reopened(report, write),
        judgements(report, write),
        warnings(report, write),
        reasons(report, write),
        costs(report, write),
        partners(report, write),
        openness(report, write),
        editions(report, write),
        collaborations(report, write),
    )


def summary(report: YearReport, write: Writer) -> Table:
    """Return the numbers that one looks at first, each leading to its table."""
    timing = report.counted(lambda row: row.timing)
    whole = added(row.sum for row in report.rows)
    told: list[tuple[str, str, Value]] = [
        ("collaborations", "kinds", len(report.rows)),
        *([("to_begin", "kinds", report.to_begin)] if report.running else []),
        ("partners", "partners", len({each.key for row in report.rows for each in row.others})),
        ("asked", "approvals", sum(each.asked for each in report.asked)),
        ("declined", "approvals", sum(each.declined for each in report.asked)),
        ("late_answers", "approvals", sum(each.late for each in report.asked)),
        ("late_waiting", "approvals", sum(each.late_waiting for each in report.asked)),
        ("reopened", "reopened", report.reopened.approvals),
        ("judgements", "judgements", sum(each.yes + each.no for each in report.judged)),
        ("warnings", "warnings", len(report.gone_on)),
        ("breaches", "breaches", sum(1 for row in report.rows if row.breach is not None)),
        ("late_reports", "timing", timing["late"]),
        ("overdue", "timing", timing["overdue"]),
        ("published", "openness", sum(1 for row in report.rows if row.published)),
    ]
    rows: list[Row] = [[write.say("row", name), Cell(value, table_of(table))] for name, table, value in told]
    rows += [
        [write.say("row", name), Cell(getattr(whole, name).total, table_of("costs"), "money")]
        for name in ("estimated", "committed", "actual")
    ]
    return write.table("summary", write.columns("what", ("count", "count")), rows)


def kinds(report: YearReport, write: Writer) -> Table:
    """Return how many collaborations there are of each kind in each state that occurs."""
    both = report.counted(lambda row: (row.kind, row.state))
    states = [state for state in STATE_WORDS if any(there == state for _kind, there in both)]
    by_kind = report.counted(lambda row: row.kind)
    named = sorted((in_swedish_order(kind_word(kind, write)), kind) for kind in by_kind)
    rows: list[Row] = [
        [kind_word(kind, write), *(both[kind, state] for state in states), by_kind[kind]] for _order, kind in named
    ]
    by_state = report.counted(lambda row: row.state)
    everything = str(write.words["all"])
    foot: Row = [everything, *(Cell(by_state[each], in_state(each)) for each in states), Cell(len(report.rows), ALL)]
    columns = [
        *write.columns("kind"),
        *(Column(str(STATE_WORDS[each]).capitalize(), "count") for each in states),
        Column(everything, "count"),
    ]
    return write.table("kinds", columns, rows, foot=foot)


def outcomes(report: YearReport, write: Writer) -> Table:
    """Return how many collaborations have each outcome, as planned and as carried out."""
    planned, real = report.counted(lambda row: row.planned), report.counted(lambda row: row.carried_out)
    said = {**words(write.lang)["outcome"], "": str(write.words["not_assessed"]).capitalize()}
    rows: list[Row] = [[said[each], planned[each], real[each]] for each in (*reversed(OUTCOMES), "")]
    foot: Row = [str(write.words["all"]), planned.total(), real.total()]
    return write.table(
        "outcomes", write.columns("outcome", ("planned", "count"), ("carried_out", "count")), rows, foot=foot
    )


def timings(report: YearReport, write: Writer) -> Table:
    """Return how the collaborations stand to their report, and how many days it took."""
    counted = report.counted(lambda row: row.timing)
    took = [row.days_to_report for row in report.rows if row.days_to_report is not None]
    rows: list[Row] = [[write.say("timing", each), counted[each]] for each in TIMINGS]
    days: list[tuple[str, Value]] = [("report_median", middle(took)), ("report_p90", nine_of_ten(took))]
    rows += [[write.say("row", name), Cell(NONE if value is None else value, sort="days")] for name, value in days]
    return write.table("timing", write.columns("timing", ("count", "count")), rows, days=DAYS_TO_REPORT)


_ANSWERS = ("asked", "waiting", "approved", "conditions", "declined", "lapsed")


def approvals(report: YearReport, write: Writer) -> Table:
    """Return the questions of approval by kind and by whom they were put to."""
    columns = write.columns(
        "question",
        "asked_of",
        *((name, "count") for name in _ANSWERS),
        ("median", "days"),
        ("p90", "days"),
        ("late", "count"),
        ("late_waiting", "count"),
    )
    counted = [sum(getattr(each, name) for each in report.asked) for name in (*_ANSWERS, "late", "late_waiting")]
    foot: Row = [str(write.words["all"]), "", *counted[:-2], "", "", *counted[-2:]]
    return write.table("approvals", columns, [_asked(each, write) for each in report.asked], foot=foot)


def _asked(each: Asked, write: Writer) -> list[Value]:
    days = [NONE if value is None else value for value in (each.median, each.p90)]
    return [
        str(APPROVAL_KIND_WORDS[each.kind]).capitalize(),
        write.say("whom", "own" if each.own else "others"),
        *(getattr(each, name) for name in _ANSWERS),
        *days,
        each.late,
        each.late_waiting,
    ]


def reopened(report: YearReport, write: Writer) -> Table:
    """Return what changes after an approval re-opened."""
    found = report.reopened
    told = {"reopened": found.approvals, "reopening": found.changes, "reopened_in": found.collaborations}
    rows: list[Row] = [[write.say("row", name), number] for name, number in told.items()]
    return write.table("reopened", write.columns("what", ("count", "count")), rows)


def judgements(report: YearReport, write: Writer) -> Table:
    """Return what people judged, by question and side."""
    rows: list[Row] = [
        [
            question_of(each.fact, each.record_kind, write.lang),
            write.say("side", each.side),
            each.yes,
            each.no,
            each.gone,
        ]
        for each in report.judged
    ]
    counts = [sum(getattr(each, name) for each in report.judged) for name in ("yes", "no", "gone")]
    columns = write.columns("question", "side", ("yes", "count"), ("no", "count"), ("gone", "count"))
    return write.table("judgements", columns, rows, foot=[str(write.words["all"]), "", *counts])


def warnings(report: YearReport, write: Writer) -> Table:
    """Return how many warnings of each sort somebody went on from, the most common first."""
    counted = Counter(_warning(each, write) for each in report.gone_on)
    most = sorted(counted.items(), key=lambda pair: (-pair[1], in_swedish_order(pair[0])))
    return write.table("warnings", write.columns("warning", ("count", "count")), most)


def reasons(report: YearReport, write: Writer) -> Table:
    """Return the reasons for going on, as they were written."""
    rows: list[Row] = [
        [Cell(each.public_id, one(each.public_id)), _warning(each, write), each.reason, each.on]
        for each in report.gone_on
    ]
    return write.table("reasons", write.columns("public_id", "warning", "reason", ("on", "day")), rows)


def _warning(each: GoneOn, write: Writer) -> str:
    if each.rule:
        titles = (rule_title(line, each.rule, write.lang) for line in newest_of_each_line())
        title = next((title for title in titles if title != each.rule), each.rule)
        return write.say("warning", "rule").format(title=title)
    known = write.words["warning"].get(each.code)
    return str(known) if known else write.say("warning", "other").format(code=each.code)


def openness(report: YearReport, write: Writer) -> Table:
    """Return how open the collaborations are to be, and how many of them stand in the register."""
    counted = report.counted(lambda row: row.openness)
    published = Counter(row.openness for row in report.rows if row.published)
    rows: list[Row] = [[str(word).capitalize(), counted[each], published[each]] for each, word in OPENNESS.items()]
    foot: Row = [str(write.words["all"]), counted.total(), published.total()]
    columns = write.columns("openness", ("count", "count"), ("published", "count"))
    return write.table("openness", columns, rows, foot=foot)


def editions(report: YearReport, write: Writer) -> Table:
    """Return by which editions the collaborations were last tried."""
    none = str(write.words["without_edition"]).capitalize()
    counted = Counter(edition_name(row.edition) if row.edition else none for row in report.rows)
    return write.table(
        "editions", write.columns("edition", ("count", "count")), [[*pair] for pair in sorted(counted.items())]
    )
