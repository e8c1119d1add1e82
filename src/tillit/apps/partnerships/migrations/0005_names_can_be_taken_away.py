"""What is written in free text of a signature or a membership can be overwritten: a name that stands there must be
possible to take away (I-27). Who is bound, by what and when, still is never changed.

The triggers are those of 0002 without these columns.
"""

from importlib import import_module

from django.db import migrations

HOLD = import_module("tillit.apps.partnerships.migrations.0002_agreements_hold")
TEXTS = ("capacity", "signatory", "authority", "source")


def without_texts():
    for name, table, events, when, whose, found in HOLD.standing():
        for column in TEXTS:
            found = found.replace(f"NEW.{column} IS DISTINCT FROM OLD.{column} OR ", "")
        yield name, table, events, when, whose, found


def put(schema_editor, rules):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for rule in rules:
        name, table, events, *_rest = rule
        if postgresql:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            for event in events:
                schema_editor.execute(f"DROP TRIGGER {name}_{event.lower()}")
        for each in (HOLD.postgresql if postgresql else HOLD.sqlite)(*rule):
            schema_editor.execute(each)


def make(apps, schema_editor):
    put(schema_editor, without_texts())


def back(apps, schema_editor):
    put(schema_editor, HOLD.standing())


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_commitments_hold")]
    operations = [migrations.RunPython(make, back)]
