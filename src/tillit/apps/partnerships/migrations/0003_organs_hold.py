"""What must never be untrue of organs, mandates, seats and affiliations (I-5 to I-7), held by the database.

One condition per rule, written once and put in a trigger of either database. The trigger comes after the write, looks
for what cannot stand beside the new row and stops the statement. SQLite has one writer; in PostgreSQL whoever writes
waits first for the partnership's row, so that two who write at once see each other. A later migration that rebuilds
one of the tables in SQLite drops the triggers: run `make` again; a test looks for them.

An advisory organ has no right to decide at all, not in the past either: tiers have no dates, so an organ that has
decided stays what it was and a new one takes over. A recorded row is superseded once and otherwise left as it is, but
for free text: a name that stands there must be possible to take away.
"""

from django.db import migrations

MANDATE, ORGAN = "partnerships_mandateitem", "partnerships_organ"
SEAT, APPOINTMENT, AFFILIATION = "partnerships_seat", "partnerships_appointment", "partnerships_affiliation"

OVERLAP = """
    (other.ends_on IS NULL OR NEW.starts_on < other.ends_on) AND (NEW.ends_on IS NULL OR other.starts_on < NEW.ends_on)
"""
OF_ORGAN = "(SELECT partnership_id FROM partnerships_organ WHERE id = NEW.organ_id)"
OF_SEAT = """
    (SELECT o.partnership_id FROM partnerships_organ o JOIN partnerships_seat s ON s.organ_id = o.id
     WHERE s.id = NEW.seat_id)
"""
OF_APPOINTMENT = """
    (SELECT o.partnership_id FROM partnerships_organ o JOIN partnerships_seat s ON s.organ_id = o.id
     JOIN partnerships_appointment a ON a.seat_id = s.id WHERE a.id = NEW.appointment_id)
"""
RULES = (
    # name, table, when, whose partnership, what must not be there
    (
        "one_decides",
        MANDATE,
        "NEW.superseded_at IS NULL AND NEW.\"right\" = 'decides'",
        OF_ORGAN,
        f"""
        SELECT 1 FROM {MANDATE} other WHERE other.id <> NEW.id AND other.superseded_at IS NULL
        AND other."right" = 'decides' AND other.subject_id = NEW.subject_id AND other.level_id = NEW.level_id
        AND {OVERLAP}
        AND (other.amount_to IS NULL OR NEW.amount_from IS NULL OR NEW.amount_from < other.amount_to)
        AND (NEW.amount_to IS NULL OR other.amount_from IS NULL OR other.amount_from < NEW.amount_to)
        """,
    ),
    (
        "no_authority_excludes_deciding",
        MANDATE,
        "NEW.superseded_at IS NULL AND NEW.\"right\" IN ('decides', 'no_authority')",
        OF_ORGAN,
        f"""
        SELECT 1 FROM {MANDATE} other WHERE other.id <> NEW.id AND other.superseded_at IS NULL
        AND other."right" IN ('decides', 'no_authority') AND other."right" <> NEW."right"
        AND other.organ_id = NEW.organ_id AND other.subject_id = NEW.subject_id AND {OVERLAP}
        """,
    ),
    (
        "the_advisory_decide_nothing",
        MANDATE,
        "NEW.superseded_at IS NULL AND NEW.\"right\" = 'decides'",
        OF_ORGAN,
        f"SELECT 1 FROM {ORGAN} o WHERE o.id = NEW.organ_id AND o.tier = 'advisory'",
    ),
    (
        "who_decides_is_not_advisory",
        ORGAN,
        "NEW.tier = 'advisory'",
        "NEW.partnership_id",
        f"""
        SELECT 1 FROM {MANDATE} m WHERE m.organ_id = NEW.id AND m.superseded_at IS NULL AND m."right" = 'decides'
        """,
    ),
    (
        "no_organ_above_itself",
        ORGAN,
        "NEW.parent_id IS NOT NULL",
        "NEW.partnership_id",
        f"""
        WITH RECURSIVE above(id) AS (
            SELECT NEW.parent_id UNION SELECT o.parent_id FROM {ORGAN} o JOIN above ON o.id = above.id
        ) SELECT 1 FROM above WHERE above.id = NEW.id
        """,
    ),
    (
        "one_sits_on_a_seat",
        APPOINTMENT,
        "NEW.superseded_at IS NULL AND NEW.role <> 'substitute'",
        OF_SEAT,
        f"""
        SELECT 1 FROM {APPOINTMENT} other WHERE other.id <> NEW.id AND other.superseded_at IS NULL
        AND other.role <> 'substitute' AND other.seat_id = NEW.seat_id AND {OVERLAP}
        """,
    ),
    (
        "nobody_sits_twice_in_an_organ",
        APPOINTMENT,
        "NEW.superseded_at IS NULL AND NEW.role <> 'substitute'",
        OF_SEAT,
        f"""
        SELECT 1 FROM {APPOINTMENT} other JOIN {SEAT} s ON s.id = other.seat_id
        WHERE other.id <> NEW.id AND other.superseded_at IS NULL AND other.role <> 'substitute'
        AND other.person_id = NEW.person_id
        AND s.organ_id = (SELECT organ_id FROM {SEAT} WHERE id = NEW.seat_id) AND {OVERLAP}
        """,
    ),
    (
        "a_seat_stays_in_its_organ",
        SEAT,
        "TRUE",
        OF_ORGAN,
        f"""
        SELECT 1 FROM {APPOINTMENT} a JOIN {APPOINTMENT} other ON other.person_id = a.person_id
        AND other.superseded_at IS NULL AND other.id <> a.id JOIN {SEAT} s ON s.id = other.seat_id
        WHERE a.seat_id = NEW.id AND a.superseded_at IS NULL AND s.organ_id = NEW.organ_id AND s.id <> NEW.id
        AND a.role <> 'substitute' AND other.role <> 'substitute'
        AND (other.ends_on IS NULL OR a.starts_on < other.ends_on)
        AND (a.ends_on IS NULL OR other.starts_on < a.ends_on)
        """,
    ),
    (
        "affiliations_are_at_most_one",
        AFFILIATION,
        "TRUE",
        OF_APPOINTMENT,
        f"""
        SELECT 1 WHERE
            (SELECT ROUND(SUM(a.share), 4) FROM {AFFILIATION} a WHERE a.appointment_id = NEW.appointment_id) > 1
        """,
    ),
)
"""Every rule holds for rows that are inserted or changed, and superseded ones are left alone."""
STANDS = {
    MANDATE: "organ_id subject_id level_id right amount_from amount_to starts_on ends_on recorded_at recorded_by_id",
    APPOINTMENT: "seat_id person_id organisation_id role starts_on ends_on recorded_at recorded_by_id",
    "partnerships_representationlink": (
        "organisation_id seat_id organ_id basis_id starts_on ends_on recorded_at recorded_by_id"
    ),
    "partnerships_representationnorm": "organ_id dimension category kind value decided_on recorded_at recorded_by_id",
}
"""Per table of recorded rows: the columns that are never written again."""


def rules():
    """Yield each rule with what it is looked for on."""
    for rule in RULES:
        yield (*rule, ("INSERT", "UPDATE"))
    for table, columns in STANDS.items():
        changed = " OR ".join(f'NEW."{each}" IS DISTINCT FROM OLD."{each}"' for each in columns.split())
        undone = "OLD.superseded_at IS NOT NULL AND NEW.superseded_at IS DISTINCT FROM OLD.superseded_at"
        yield f"{table}_stands", table, f"{changed} OR {undone}", None, "SELECT 1", ("UPDATE",)


def sqlite(name, table, when, _whose, found, events):
    for event in events:
        yield f"""
            CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}
            WHEN {when.replace("IS DISTINCT FROM", "IS NOT")} BEGIN
                SELECT RAISE(ABORT, '{name}') WHERE EXISTS ({found});
            END
        """


def postgresql(name, table, when, whose, found, events):
    wait = f"PERFORM 1 FROM partnerships_partnership WHERE id = {whose} FOR NO KEY UPDATE;" if whose else ""
    yield f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {when} THEN
                {wait}
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
    for rule in rules():
        for each in written(*rule):
            schema_editor.execute(each)


def drop(apps, schema_editor):
    for name, table, _when, _whose, _found, events in rules():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            for event in events:
                schema_editor.execute(f"DROP TRIGGER {name}_{event.lower()}")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_agreements_hold")]
    operations = [migrations.RunPython(make, drop)]
