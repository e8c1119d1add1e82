"""What must never be untrue of what was said about commitments: one standing word per occurrence, also where a party or
a day is NULL, and that neither a word nor evidence ever speaks of another day than it did when it came in (I-26, I-27).

What is written in free text is left out of the second: a name that stands there must be possible to take away. A later
migration that rebuilds one of the two tables in SQLite drops the triggers: run `make` again; a test looks for them.
"""

from django.db import migrations, models

FROZEN = (
    (
        "a_word_is_never_changed",
        "partnerships_commitmentevent",
        ("commitment_id", "party_id", "due_on", "verdict", "fraction", "said_on", "recorded_at"),
    ),
    (
        "evidence_is_never_changed",
        "partnerships_evidence",
        ("commitment_id", "party_id", "due_on", "effective_on", "valid_until", "version_id", "link", "uploaded_at"),
    ),
)


def make(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, columns in FROZEN:
        other = "IS DISTINCT FROM" if postgresql else "IS NOT"
        changed = " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in columns)
        if postgresql:
            schema_editor.execute(f"""
                CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                END $$
            """)
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed})"
                f" EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(f"""
                CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN {changed} BEGIN
                    SELECT RAISE(ABORT, '{name}');
                END
            """)


def drop(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _columns in FROZEN:
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if postgresql else ""))
        if postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_acts_for'),
        ('documents', '0001_initial'),
        ('parties', '0002_alter_organisation_kind'),
        ('partnerships', '0003_organs_hold'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='commitmentevent',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True), ('party__isnull', True)), fields=('commitment', 'due_on'), name='one_standing_word_of_the_one_party'),
        ),
        migrations.AddConstraint(
            model_name='commitmentevent',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True), ('due_on__isnull', True)), fields=('commitment', 'party'), name='one_standing_word_without_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitmentevent',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True), ('due_on__isnull', True), ('party__isnull', True)), fields=('commitment',), name='one_standing_word_of_the_one_party_without_a_day'),
        ),
        migrations.AddConstraint(
            model_name='commitmentevent',
            constraint=models.CheckConstraint(condition=models.Q(('fraction__isnull', True), ('verdict', 'partial'), _connector='OR'), name='a_fraction_is_of_what_is_partly_met'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('version__isnull', False)), models.Q(('version__isnull', True), models.Q(('link', ''), _negated=True)), _connector='OR'), name='evidence_is_a_file_or_an_address'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_on__isnull', True), ('refused_reason', ''), _connector='OR'), name='evidence_is_not_accepted_and_refused'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('effective_on__lt', models.F('valid_until')), _connector='OR'), name='evidence_holds_after_its_day'),
        ),
        migrations.RunPython(make, drop),
    ]
