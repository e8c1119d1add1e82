"""How a test that writes for real is cleaned up after, where the database keeps rows from being deleted."""

from django.db import IntegrityError
from django.db.backends.sqlite3.operations import DatabaseOperations

DELETES = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%AFTER DELETE ON%'"


def emptied(operations, statements, *, delete=DatabaseOperations.execute_sql_flush):
    """Empty the tables. SQLite deletes row by row, and what must never be deleted stops it: those triggers go and come
    back. PostgreSQL truncates, and asks nobody."""
    try:
        delete(operations, statements)
    except IntegrityError:
        with operations.connection.cursor() as cursor:
            cursor.execute(DELETES)
            kept = cursor.fetchall()
            for name, _sql in kept:
                cursor.execute(f"DROP TRIGGER {name}")
            delete(operations, statements)
            for _name, sql in kept:
                cursor.execute(sql)
