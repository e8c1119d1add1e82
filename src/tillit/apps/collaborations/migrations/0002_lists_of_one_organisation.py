"""The day and the state of a collaboration, beside each party of it, kept so by the database.

The list of an organisation is ordered by day and sifted by state. With both in one index it reads a page of rows; by
the collaboration's own columns it read every row of the organisation and sorted them (44 ms of 5 000, now 1 ms). See
docs/beslut/0043. A later migration that rebuilds one of the tables in SQLite drops the triggers: run `make` again; a
test looks for them.
"""

from django.db import migrations, models

SQLITE = (
    """
    CREATE TRIGGER party_has_its_place AFTER INSERT ON collaborations_party BEGIN
        UPDATE collaborations_party SET (starts_on, state) =
            (SELECT starts_on, state FROM collaborations_collaboration WHERE id = NEW.collaboration_id)
        WHERE id = NEW.id;
    END
    """,
    """
    CREATE TRIGGER party_keeps_its_place AFTER UPDATE OF starts_on, state ON collaborations_party BEGIN
        UPDATE collaborations_party SET (starts_on, state) =
            (SELECT starts_on, state FROM collaborations_collaboration WHERE id = NEW.collaboration_id)
        WHERE id = NEW.id;
    END
    """,
    """
    CREATE TRIGGER parties_move_along AFTER UPDATE OF starts_on, state ON collaborations_collaboration
    WHEN OLD.starts_on <> NEW.starts_on OR OLD.state <> NEW.state BEGIN
        UPDATE collaborations_party SET starts_on = NEW.starts_on, state = NEW.state WHERE collaboration_id = NEW.id;
    END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION party_place() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT starts_on, state INTO NEW.starts_on, NEW.state
        FROM collaborations_collaboration WHERE id = NEW.collaboration_id;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER party_has_its_place BEFORE INSERT OR UPDATE ON collaborations_party
    FOR EACH ROW EXECUTE FUNCTION party_place()
    """,
    """
    CREATE FUNCTION parties_place() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE collaborations_party SET starts_on = NEW.starts_on, state = NEW.state WHERE collaboration_id = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER parties_move_along AFTER UPDATE OF starts_on, state ON collaborations_collaboration
    FOR EACH ROW WHEN (OLD.starts_on IS DISTINCT FROM NEW.starts_on OR OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION parties_place()
    """,
)
DROP_POSTGRESQL = (
    "DROP TRIGGER party_has_its_place ON collaborations_party",
    "DROP TRIGGER parties_move_along ON collaborations_collaboration",
    "DROP FUNCTION party_place()",
    "DROP FUNCTION parties_place()",
)
DROP_SQLITE = (
    "DROP TRIGGER party_has_its_place",
    "DROP TRIGGER party_keeps_its_place",
    "DROP TRIGGER parties_move_along",
)
FILL = """
    UPDATE collaborations_party SET
        starts_on = (SELECT starts_on FROM collaborations_collaboration WHERE id = collaboration_id),
        state = (SELECT state FROM collaborations_collaboration WHERE id = collaboration_id)
"""


def make(apps, schema_editor):
    schema_editor.execute(FILL)
    for each in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(each)


def drop(apps, schema_editor):
    for each in DROP_POSTGRESQL if schema_editor.connection.vendor == "postgresql" else DROP_SQLITE:
        schema_editor.execute(each)


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0001_initial")]
    operations = [
        migrations.AddField("party", "starts_on", models.DateField(editable=False, null=True)),
        migrations.AddField("party", "state", models.CharField(editable=False, max_length=20, null=True)),
        migrations.RunPython(make, drop),
        migrations.AddIndex(
            "party", models.Index(fields=["organisation", "-starts_on", "collaboration"], name="party_by_day")
        ),
        migrations.AddIndex(
            "party", models.Index(fields=["organisation", "state", "starts_on"], name="party_by_state")
        ),
    ]
