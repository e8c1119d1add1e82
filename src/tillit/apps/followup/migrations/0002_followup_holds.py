"""What must never be untrue of follow-up (I-14 to I-17, I-18, I-19, I-20, I-21), held by the database.

Written as in partnerships 0003: one condition per rule, put in a trigger of either database, after the write. What is
deleted is looked at as OLD. A later migration that rebuilds one of the tables in SQLite drops the triggers: run `make`
again; a test looks for them. Free text is left out of what is never changed: a name that stands there must be possible
to take away.
"""

from django.db import migrations

LOGIC, NODE, EDGE = "followup_effectlogic", "followup_effectnode", "followup_effectedge"
ASSUMPTION, GOAL = "followup_assumption", "followup_goal"
VERSION, RUBRIC, OBSERVATION = "followup_indicatorversion", "followup_rubriclevel", "followup_observation"
TARGET, BASELINE = "followup_target", "followup_baseline"

CHANGED = ("INSERT", "UPDATE")
TOUCHED = ("INSERT", "UPDATE", "DELETE")
OF_LOGIC = f"(SELECT partnership_id FROM {LOGIC} WHERE id = NEW.logic_id)"
OF_EDGE = f"""
    (SELECT l.partnership_id FROM {LOGIC} l JOIN {EDGE} e ON e.logic_id = l.id WHERE e.id = NEW.edge_id)
"""
OF_VERSION = f"""
    (SELECT i.partnership_id FROM followup_indicator i JOIN {VERSION} v ON v.indicator_id = i.id
     WHERE v.id = NEW.version_id)
"""
OF_INDICATOR = "(SELECT partnership_id FROM followup_indicator WHERE id = NEW.indicator_id)"
OF_REPORTER = """
    (SELECT i.partnership_id FROM followup_indicator i JOIN followup_reporter r ON r.indicator_id = i.id
     WHERE r.id = NEW.reporter_id)
"""
OF_PLAN = "(SELECT partnership_id FROM followup_strategicplan WHERE id = NEW.plan_id)"


def differs(columns):
    return " OR ".join(f'NEW."{each}" IS DISTINCT FROM OLD."{each}"' for each in columns.split())


DEFINITION = (
    "indicator_id number starts_on kind definition numerator denominator unit direction aggregation cumulative"
    " frequency low high floor_level"
)
FIGURE = (
    "reporter_id version_id kind frequency number ends_on value numerator denominator n parts_unknown level rater_id"
    " observed_on submitted_on approved_on supersedes_id recorded_at"
)
SAID = "NEW.status NOT IN ('draft', 'returned')"

RULES = (
    # name, table, when, whose partnership, what must not be there, events
    (
        "an_adopted_logic_stands",
        LOGIC,
        "OLD.status <> 'draft' AND ("
        + differs("partnership_id organ_id plan_id based_on_id version title adopted_on created_at")
        + " OR NOT (NEW.status = OLD.status OR OLD.status = 'adopted' AND NEW.status = 'replaced'))",
        None,
        "SELECT 1",
        ("UPDATE",),
    ),
    (
        "an_adopted_logic_is_kept",
        LOGIC,
        "NEW.status <> 'draft'",
        None,
        "SELECT 1",
        ("DELETE",),
    ),
    *(
        (
            f"steps_of_an_adopted_logic_stand_{table.removeprefix('followup_effect')}",
            table,
            "TRUE",
            OF_LOGIC,
            f"SELECT 1 FROM {LOGIC} l WHERE l.id = NEW.logic_id AND l.status <> 'draft'",
            TOUCHED,
        )
        for table in (NODE, EDGE)
    ),
    (
        "assumptions_of_an_adopted_logic_stand",
        ASSUMPTION,
        "TRUE",
        OF_EDGE,
        f"""
        SELECT 1 FROM {LOGIC} l JOIN {EDGE} e ON e.logic_id = l.id WHERE e.id = NEW.edge_id AND l.status <> 'draft'
        """,
        TOUCHED,
    ),
    (
        "an_edge_stays_in_its_logic",
        EDGE,
        "TRUE",
        OF_LOGIC,
        f"SELECT 1 FROM {NODE} n WHERE n.id IN (NEW.src_id, NEW.dst_id) AND n.logic_id <> NEW.logic_id",
        CHANGED,
    ),
    (
        "an_adopted_logic_has_no_cycle",
        LOGIC,
        "NEW.status = 'adopted'",
        "NEW.partnership_id",
        f"""
        WITH RECURSIVE onward(src, dst) AS (
            SELECT e.src_id, e.dst_id FROM {EDGE} e WHERE e.logic_id = NEW.id AND NOT e.is_feedback
            UNION
            SELECT onward.src, e.dst_id FROM onward JOIN {EDGE} e ON e.src_id = onward.dst
            WHERE e.logic_id = NEW.id AND NOT e.is_feedback
        ) SELECT 1 FROM onward WHERE onward.src = onward.dst
        """,
        CHANGED,
    ),
    (
        "no_goal_above_itself",
        GOAL,
        "NEW.parent_id IS NOT NULL",
        OF_PLAN,
        f"""
        WITH RECURSIVE above(id) AS (
            SELECT NEW.parent_id UNION SELECT g.parent_id FROM {GOAL} g JOIN above ON g.id = above.id
        ) SELECT 1 FROM above WHERE above.id = NEW.id
        """,
        CHANGED,
    ),
    (
        "a_definition_stands",
        VERSION,
        differs(DEFINITION),
        OF_INDICATOR,
        f"SELECT 1 FROM {OBSERVATION} o WHERE o.version_id = NEW.id",
        ("UPDATE",),
    ),
    (
        "described_levels_stand",
        RUBRIC,
        "TRUE",
        OF_VERSION,
        f"SELECT 1 FROM {OBSERVATION} o WHERE o.version_id = NEW.version_id",
        TOUCHED,
    ),
    (
        "targets_come_after_the_baseline",
        TARGET,
        "NEW.superseded_at IS NULL",
        OF_VERSION,
        f"""
        SELECT 1 FROM {BASELINE} b WHERE b.version_id = NEW.version_id AND b.superseded_at IS NULL
        AND b.day >= NEW.day
        """,
        CHANGED,
    ),
    (
        "the_baseline_comes_before_targets",
        BASELINE,
        "NEW.superseded_at IS NULL AND NEW.day IS NOT NULL",
        OF_VERSION,
        f"""
        SELECT 1 FROM {TARGET} t WHERE t.version_id = NEW.version_id AND t.superseded_at IS NULL AND t.day <= NEW.day
        """,
        CHANGED,
    ),
    (
        "an_observation_is_of_its_version",
        OBSERVATION,
        "TRUE",
        OF_REPORTER,
        f"""
        SELECT 1 FROM {VERSION} v JOIN followup_reporter r ON r.id = NEW.reporter_id WHERE v.id = NEW.version_id
        AND (v.kind <> NEW.kind OR v.frequency <> NEW.frequency OR v.indicator_id <> r.indicator_id)
        """,
        CHANGED,
    ),
    (
        "a_figure_has_its_unit",
        OBSERVATION,
        f"{SAID} AND NEW.kind = 'quantitative'",
        OF_REPORTER,
        f"SELECT 1 FROM {VERSION} v WHERE v.id = NEW.version_id AND v.unit = ''",
        CHANGED,
    ),
    (
        "a_level_has_its_narrative",
        OBSERVATION,
        f"{SAID} AND NEW.kind = 'qualitative' AND NEW.narrative = ''",
        None,
        "SELECT 1",
        CHANGED,
    ),
    (
        "a_ratio_has_its_parts",
        OBSERVATION,
        f"{SAID} AND NOT NEW.parts_unknown AND (NEW.numerator IS NULL OR NEW.denominator IS NULL)",
        OF_REPORTER,
        f"SELECT 1 FROM {VERSION} v WHERE v.id = NEW.version_id AND v.aggregation = 'ratio'",
        CHANGED,
    ),
    (
        "what_is_approved_stands",
        OBSERVATION,
        "OLD.status IN ('approved', 'locked') AND ("
        + differs(FIGURE)
        + " OR NEW.status NOT IN ('approved', 'locked') OR OLD.status = 'locked' AND NEW.status <> 'locked')",
        None,
        "SELECT 1",
        ("UPDATE",),
    ),
    (
        "what_is_approved_is_kept",
        OBSERVATION,
        "NEW.status IN ('approved', 'locked')",
        None,
        "SELECT 1",
        ("DELETE",),
    ),
    (
        "an_approved_period_is_corrected_openly",
        OBSERVATION,
        "NEW.supersedes_id IS NULL",
        OF_REPORTER,
        f"""
        SELECT 1 FROM {OBSERVATION} o WHERE o.id <> NEW.id AND o.reporter_id = NEW.reporter_id
        AND o.frequency = NEW.frequency AND o.number = NEW.number AND o.status IN ('approved', 'locked')
        AND (o.rater_id = NEW.rater_id OR o.rater_id IS NULL AND NEW.rater_id IS NULL)
        """,
        ("INSERT",),
    ),
    (
        "a_locked_period_takes_nothing_without_a_reason",
        OBSERVATION,
        "NEW.reason = ''",
        OF_REPORTER,
        f"""
        SELECT 1 FROM followup_periodlock k WHERE k.partnership_id = {OF_REPORTER} AND k.superseded_at IS NULL
        AND k.through >= NEW.ends_on
        """,
        ("INSERT",),
    ),
)
STANDS = {
    "followup_goalconsent": "goal_id organisation_id stance said_on recorded_at recorded_by_id",
    "followup_assumptioncheck": "assumption_id verdict said_on recorded_at recorded_by_id",
    BASELINE: "version_id day value numerator denominator level recorded_at recorded_by_id",
    TARGET: "version_id day value level low high interpolation recorded_at recorded_by_id",
    "followup_periodlock": "partnership_id through recorded_at recorded_by_id",
    "followup_trialstate": "trial_id state on quality recorded_at recorded_by_id",
    "followup_thresholds": "partnership_id rule params organ_id decided_on starts_on recorded_at recorded_by_id",
}
"""Per table of recorded rows: the columns that are never written again."""


def rules():
    """Yield each rule with what it is looked for on."""
    yield from RULES
    for table, columns in STANDS.items():
        undone = "OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at"
        yield f"{table}_stands", table, f"{differs(columns)} OR {undone}", None, "SELECT 1", ("UPDATE",)


def seen(text, event):
    """Return a condition as it is written for an event: what is deleted is OLD."""
    return text.replace("NEW.", "OLD.") if event == "DELETE" else text


def sqlite(name, table, when, _whose, found, events):
    for event in events:
        yield f"""
            CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}
            WHEN {seen(when, event).replace("IS DISTINCT FROM", "IS NOT")} BEGIN
                SELECT RAISE(ABORT, '{name}') WHERE EXISTS ({seen(found, event)});
            END
        """


def postgresql(name, table, when, whose, found, events):
    for event in events:
        wait = ""
        if whose:
            wait = f"PERFORM 1 FROM partnerships_partnership WHERE id = {seen(whose, event)} FOR NO KEY UPDATE;"
        yield f"""
            CREATE FUNCTION {name}_{event.lower()}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {seen(when, event)} THEN
                    {wait}
                    IF EXISTS ({seen(found, event)}) THEN
                        RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                END IF;
                RETURN NULL;
            END $$
        """
        yield (
            f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}_{event.lower()}()"
        )


def make(apps, schema_editor):
    written = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for rule in rules():
        for each in written(*rule):
            schema_editor.execute(each)


def drop(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _when, _whose, _found, events in rules():
        for event in events:
            named = f"{name}_{event.lower()}"
            schema_editor.execute(f"DROP TRIGGER {named}" + (f" ON {table}" if on_postgresql else ""))
            if on_postgresql:
                schema_editor.execute(f"DROP FUNCTION {named}()")


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial"), ("partnerships", "0005_names_can_be_taken_away")]
    operations = [migrations.RunPython(make, drop)]
