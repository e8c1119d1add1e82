"""What was decided when a plan was adopted stands, and what a party has said of a goal is kept; why a goal or a plan
ended, and which goal another is a copy of.

SQLite makes the tables of goals and plans anew, and drops their triggers with the old ones: those of 0002 are put
back. Free text is left out of what is never changed, as there; the acts refuse it.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

HOLD = import_module("tillit.apps.followup.migrations.0002_followup_holds")
PLAN, GOAL = "followup_strategicplan", "followup_goal"
ENDED = "NEW.ends_on IS DISTINCT FROM OLD.ends_on AND NEW.status <> 'closed'"
ADOPTED = f"SELECT 1 FROM {PLAN} p WHERE p.id = OLD.plan_id AND p.status <> 'draft'"

RULES = (
    (
        "an_adopted_plan_stands",
        PLAN,
        "OLD.status <> 'draft' AND ("
        + HOLD.differs("partnership_id organ_id level_id version starts_on adopted_on created_at")
        + f" OR {ENDED}"
        + " OR NOT (NEW.status = OLD.status OR OLD.status = 'adopted' AND NEW.status IN ('replaced', 'closed')))",
        None,
        "SELECT 1",
        ("UPDATE",),
    ),
    ("an_adopted_plan_is_kept", PLAN, "NEW.status <> 'draft'", None, "SELECT 1", ("DELETE",)),
    (
        "goals_of_an_adopted_plan_stand",
        GOAL,
        HOLD.differs("plan_id parent_id based_on_id number level_id tier kind starts_on created_at")
        + f" OR {ENDED}"
        + " OR NOT (NEW.status = OLD.status OR OLD.status <> 'closed' AND NEW.status = 'closed')",
        None,
        ADOPTED,
        ("UPDATE",),
    ),
    (
        "goals_of_an_adopted_plan_are_kept",
        GOAL,
        "TRUE",
        None,
        f"SELECT 1 FROM {PLAN} p WHERE p.id = NEW.plan_id AND p.status <> 'draft'",
        ("DELETE",),
    ),
    (
        "a_goal_stays_in_its_plan",
        GOAL,
        "NEW.parent_id IS NOT NULL",
        HOLD.OF_PLAN,
        f"SELECT 1 FROM {GOAL} g WHERE g.id = NEW.parent_id AND g.plan_id <> NEW.plan_id",
        ("INSERT", "UPDATE"),
    ),
    ("what_a_party_said_is_kept", "followup_goalconsent", "TRUE", None, "SELECT 1", ("DELETE",)),
)


def of_before():
    return [rule for rule in HOLD.rules() if rule[1] in (PLAN, GOAL)]


def put(schema_editor, rules):
    written = HOLD.postgresql if schema_editor.connection.vendor == "postgresql" else HOLD.sqlite
    for rule in rules:
        for each in written(*rule):
            schema_editor.execute(each)


def put_back(apps, schema_editor):
    """Put back what SQLite drops with a table that is made anew; PostgreSQL changes the table it has."""
    if schema_editor.connection.vendor == "sqlite":
        put(schema_editor, of_before())


def make(apps, schema_editor):
    put_back(apps, schema_editor)
    put(schema_editor, RULES)


def drop(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _when, _whose, _found, events in RULES:
        for event in events:
            named = f"{name}_{event.lower()}"
            schema_editor.execute(f"DROP TRIGGER {named}" + (f" ON {table}" if on_postgresql else ""))
            if on_postgresql:
                schema_editor.execute(f"DROP FUNCTION {named}()")


class Migration(migrations.Migration):
    dependencies = [("followup", "0002_followup_holds")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, put_back),
        migrations.AddField(
            model_name="goal",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="followup.goal",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="closing_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="strategicplan",
            name="closing_reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="strategicplan",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "utkast"),
                    ("adopted", "fastställd"),
                    ("replaced", "ersatt"),
                    ("closed", "avslutad"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "closed"), _negated=True)
                | models.Q(("ends_on__isnull", False), models.Q(("closing_reason", ""), _negated=True)),
                name="a_closed_goal_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategicplan",
            constraint=models.CheckConstraint(
                condition=~models.Q(status="closed") | ~models.Q(closing_reason=""), name="a_closed_plan_says_why"
            ),
        ),
        migrations.RunPython(make, drop),
    ]
