"""The table that the search reads: one narrow row per entry under its place, in the way each database is best at.

Narrow, because a common word is in many rows and each of them is read; under the place, so that what is found comes in
the list's own order without sorting.
"""

from django.db import migrations

SQLITE = """
    CREATE VIRTUAL TABLE register_words USING fts5(
        words, tokenize = "unicode61 remove_diacritics 0 tokenchars '_'", prefix = '1 2 3', detail = none, columnsize = 0
    )
"""
POSTGRESQL = """
    CREATE TABLE register_words (place bigint PRIMARY KEY, words tsvector NOT NULL);
    CREATE INDEX register_words_words ON register_words USING gin (words);
"""


def make(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE register_words")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
