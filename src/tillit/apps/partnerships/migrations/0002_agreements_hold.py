"""What must never be untrue of agreements and memberships (I-1, I-2, I-4), held by the database.

One condition per rule, written once and put in a trigger of either database. The trigger comes after the write, looks
for what cannot stand beside the new row and stops the statement. SQLite has one writer; in PostgreSQL whoever writes
waits first for the partnership's row, so that two who write at once see each other. A later migration that rebuilds
one of the tables in SQLite drops the triggers: run `make` again; a test looks for them.

Readings. An agreement is open-ended until its end is written down: notice alone is not an end, `ends_on` is. So "never
two" is as strict as can be. A change that only brings a child's end nearer is let through, also when its parent ended
before: it makes nothing worse. A recorded row is superseded and never changed; that it was superseded is not undone.
"""

from django.db import migrations

AGREEMENT, PARTY = "partnerships_agreement", "partnerships_agreementparty"
MEMBERSHIP, PARTNERSHIP = "partnerships_membership", "partnerships_partnership"
NEVER = "'9999-12-31'"
ROOTS = {
    "limited_company": ("articles_of_association",),
    "association": ("statutes",),
    "by_agreement": ("main_agreement", "consortium_agreement"),
    "authority_function": ("government_assignment",),
    "hosted_programme": ("programme_decision",),
    "other": (
        "main_agreement",
        "consortium_agreement",
        "statutes",
        "articles_of_association",
        "government_assignment",
        "programme_decision",
    ),
}


def end(of):
    """Return the end of an agreement as SQL: NULL while none is written down."""
    closed = f"{of}.term_mode = 'fixed' OR {of}.term_mode = 'auto_renew' AND {of}.renewal_months IS NULL"
    return f"COALESCE({of}.ends_on, CASE WHEN {closed} THEN {of}.valid_to END)"


def last(of):
    return f"COALESCE({end(of)}, {NEVER})"


def runs(of):
    """Return whether an agreement is concluded and holds on any day; one that ended on a day not known does not."""
    concluded = f"{of}.status IN ('in_force', 'notice_given') OR {of}.status = 'ended' AND {end(of)} IS NOT NULL"
    return f"({concluded}) AND {of}.valid_from < {last(of)}"


def root(of, form):
    """Return whether an agreement can be the main one of a partnership of a legal form."""
    quoted = {key: ", ".join(f"'{each}'" for each in types) for key, types in ROOTS.items()}
    allowed = " OR ".join(f"{form} = '{key}' AND {of}.type IN ({types})" for key, types in quoted.items())
    return f"{of}.parent_id IS NULL AND ({allowed})"


def overlap(one, other):
    return f"{one}.valid_from < {last(other)} AND {other}.valid_from < {last(one)}"


OF_AGREEMENT = f"(SELECT partnership_id FROM {AGREEMENT} WHERE id = NEW.agreement_id)"
BOTH = ("INSERT", "UPDATE")
SIGNED = f"""
    SELECT 1 FROM {PARTY} s JOIN {AGREEMENT} a ON a.id = s.agreement_id
    WHERE s.superseded_at IS NULL AND s.agreement_id = NEW.via_id AND s.organisation_id = NEW.organisation_id
    AND a.partnership_id = NEW.partnership_id AND a.type IN ('accession_agreement', 'collaboration_agreement')
    AND s.signed_on <= NEW.starts_on AND (s.withdrawn_on IS NULL OR s.withdrawn_on > NEW.starts_on)
"""
RULES = (
    # name, table, on what, when, whose partnership, what must not be there
    (
        "one_root_at_a_time",
        AGREEMENT,
        BOTH,
        "NEW.parent_id IS NULL",
        "NEW.partnership_id",
        f"""
        SELECT 1 FROM {AGREEMENT} other JOIN {PARTNERSHIP} p ON p.id = other.partnership_id
        WHERE p.id = NEW.partnership_id AND other.id <> NEW.id
        AND {root("other", "p.legal_form")} AND {root("NEW", "p.legal_form")}
        AND {runs("other")} AND {runs("NEW")} AND {overlap("other", "NEW")}
        """,
    ),
    (
        "a_new_form_has_one_root",
        PARTNERSHIP,
        ("UPDATE",),
        "NEW.legal_form <> OLD.legal_form",
        "NEW.id",
        f"""
        SELECT 1 FROM {AGREEMENT} one JOIN {AGREEMENT} other ON other.partnership_id = one.partnership_id
        WHERE one.partnership_id = NEW.id AND one.id < other.id
        AND {root("one", "NEW.legal_form")} AND {root("other", "NEW.legal_form")}
        AND {runs("one")} AND {runs("other")} AND {overlap("one", "other")}
        """,
    ),
    (
        "a_parent_is_above",
        AGREEMENT,
        BOTH,
        "NEW.parent_id IS NOT NULL",
        "NEW.partnership_id",
        f"""
        WITH RECURSIVE above(id, parent_id, partnership_id) AS (
            SELECT a.id, a.parent_id, a.partnership_id FROM {AGREEMENT} a WHERE a.id = NEW.parent_id
            UNION SELECT a.id, a.parent_id, a.partnership_id FROM {AGREEMENT} a JOIN above ON a.id = above.parent_id
        ) SELECT 1 FROM above WHERE above.id = NEW.id OR above.partnership_id <> NEW.partnership_id
        """,
    ),
    (
        "a_new_child_is_within_its_parent",
        AGREEMENT,
        ("INSERT",),
        "NEW.parent_id IS NOT NULL",
        "NEW.partnership_id",
        f"""
        SELECT 1 FROM {AGREEMENT} p WHERE p.id = NEW.parent_id
        AND (NEW.valid_from < p.valid_from OR NOT NEW.survives_parent AND {last("p")} < {last("NEW")})
        """,
    ),
    (
        "a_child_stays_within_its_parent",
        AGREEMENT,
        ("UPDATE",),
        "NEW.parent_id IS NOT NULL",
        "NEW.partnership_id",
        f"""
        SELECT 1 FROM {AGREEMENT} p WHERE p.id = NEW.parent_id
        AND (NEW.valid_from < p.valid_from OR NOT NEW.survives_parent AND {last("p")} < {last("NEW")})
        AND NOT (
            COALESCE(OLD.parent_id = NEW.parent_id, FALSE) AND OLD.valid_from <= NEW.valid_from
            AND {last("NEW")} <= {last("OLD")} AND (NEW.survives_parent OR NOT OLD.survives_parent)
        )
        """,
    ),
    (
        "a_parent_begins_before_its_children",
        AGREEMENT,
        ("UPDATE",),
        "NEW.valid_from > OLD.valid_from",
        "NEW.partnership_id",
        f"SELECT 1 FROM {AGREEMENT} c WHERE c.parent_id = NEW.id AND c.valid_from < NEW.valid_from",
    ),
    (
        "what_brought_parties_in_stays",
        AGREEMENT,
        ("UPDATE",),
        "NEW.type <> OLD.type OR NEW.partnership_id <> OLD.partnership_id",
        "NEW.partnership_id",
        f"""
        SELECT 1 FROM {MEMBERSHIP} m WHERE m.via_id = NEW.id AND m.superseded_at IS NULL AND m.role = 'acceded'
        AND (m.partnership_id <> NEW.partnership_id OR NEW.type NOT IN ('accession_agreement',
        'collaboration_agreement'))
        """,
    ),
    (
        "who_has_acceded_has_signed",
        MEMBERSHIP,
        ("INSERT",),
        "NEW.role = 'acceded' AND NEW.superseded_at IS NULL",
        "NEW.partnership_id",
        f"SELECT 1 WHERE NOT EXISTS ({SIGNED})",
    ),
    (
        "a_signature_that_brought_in_stays",
        PARTY,
        ("INSERT",),
        "NEW.superseded_at IS NULL",
        OF_AGREEMENT,
        f"""
        SELECT 1 FROM {MEMBERSHIP} m WHERE m.via_id = NEW.agreement_id AND m.organisation_id = NEW.organisation_id
        AND m.superseded_at IS NULL AND m.role = 'acceded'
        AND (NEW.signed_on IS NULL OR NEW.signed_on > m.starts_on OR NEW.withdrawn_on <= m.starts_on)
        """,
    ),
)
STANDS = {
    PARTY: (
        "agreement_id organisation_id capacity signatory authority method signed_on effective_from withdrawn_on"
        " notice_given_on ends_on recorded_at recorded_by_id source"
    ),
    MEMBERSHIP: (
        "partnership_id organisation_id role sector_id size voting stage starts_on ends_on via_id recorded_at"
        " recorded_by_id source"
    ),
}
"""Per table of recorded rows: the columns that are never written again."""


def standing():
    """Yield, per recorded table, the rule that a row is superseded once and otherwise left as it is."""
    for table, columns in STANDS.items():
        changed = " OR ".join(f"NEW.{each} IS DISTINCT FROM OLD.{each}" for each in columns.split())
        undone = "OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at"
        whose = OF_AGREEMENT if table == PARTY else "NEW.partnership_id"
        yield f"{table}_stands", table, ("UPDATE",), "TRUE", whose, f"SELECT 1 WHERE {changed} OR {undone}"


def sqlite(name, table, events, when, _whose, found):
    for event in events:
        yield f"""
            CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} WHEN {when} BEGIN
                SELECT RAISE(ABORT, '{name}') WHERE EXISTS ({found.replace("IS DISTINCT FROM", "IS NOT")});
            END
        """


def postgresql(name, table, events, when, whose, found):
    yield f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {when} THEN
                PERFORM 1 FROM {PARTNERSHIP} WHERE id = {whose} FOR NO KEY UPDATE;
                IF EXISTS ({found}) THEN
                    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            END IF;
            RETURN NULL;
        END $$
    """
    on = " OR ".join(events)
    yield f"CREATE TRIGGER {name} AFTER {on} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def make(apps, schema_editor):
    written = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for rule in (*RULES, *standing()):
        for each in written(*rule):
            schema_editor.execute(each)


def drop(apps, schema_editor):
    for name, table, events, *_rest in (*RULES, *standing()):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            for event in events:
                schema_editor.execute(f"DROP TRIGGER {name}_{event.lower()}")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
