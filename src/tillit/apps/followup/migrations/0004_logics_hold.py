"""A step, an edge and an assumption stay where they were made: moved out of an adopted logic into a draft they would be
gone from what was decided, and the triggers of 0002 look at where they are moved to (I-14)."""

from importlib import import_module

from django.db import migrations

HOLD = import_module("tillit.apps.followup.migrations.0002_followup_holds")

RULES = tuple(
    (name, table, HOLD.differs(column), None, "SELECT 1", ("UPDATE",))
    for name, table, column in (
        ("a_step_stays_in_its_logic", HOLD.NODE, "logic_id"),
        ("an_edge_is_not_moved", HOLD.EDGE, "logic_id"),
        ("an_assumption_stays_on_its_edge", HOLD.ASSUMPTION, "edge_id"),
    )
)


def make(apps, schema_editor):
    written = HOLD.postgresql if schema_editor.connection.vendor == "postgresql" else HOLD.sqlite
    for rule in RULES:
        for each in written(*rule):
            schema_editor.execute(each)


def drop(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, *_rest in RULES:
        schema_editor.execute(f"DROP TRIGGER {name}_update" + (f" ON {table}" if on_postgresql else ""))
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}_update()")


class Migration(migrations.Migration):
    dependencies = [("followup", "0003_plans_hold")]
    operations = [migrations.RunPython(make, drop)]
