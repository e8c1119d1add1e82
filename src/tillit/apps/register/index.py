"""The search index, written and read: FTS5 in SQLite, a GIN index over tsvector in PostgreSQL, the same words in both.

Filters are words too ("_k_sponsorship"), so that a search with any filters is one question to the index. Answers are
places, newest first. In PostgreSQL the planner would walk the list for a rare word (`ORDER BY … LIMIT` looks cheap to
it) and read all of a common word's rows, so which of the two it does is decided here, by how many rows there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from tillit.apps.register.place import EVERYTHING, Span

RARE = 1000
"""Up to so many rows are sorted; of more than that, the list is walked until a page is full."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the index is asked for: words as they are, beginnings of words, all of them, within a span of places."""

    words: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    span: Span = EVERYTHING


def put(place: int, words: Iterable[str]) -> None:
    """Let an entry be found by these words, and by no others that it had."""
    remove(place)
    put_many([(place, words)])


def put_many(entries: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Let entries that are not in the index be found by their words."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "INSERT INTO register_words (place, words) VALUES (%s, array_to_tsvector(%s))"
            cursor.executemany(sql, [(place, list(words)) for place, words in entries])
        else:
            sql = "INSERT INTO register_words (rowid, words) VALUES (%s, %s)"
            cursor.executemany(sql, [(place, " ".join(words)) for place, words in entries])


def remove(place: int) -> None:
    """Let an entry be found by nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM register_words WHERE {_place()} = %s", [place])  # noqa: S608 - our own column


def count(asked: Asked, *, most: int) -> int:
    """Return how many entries have what is asked for, at most `most`. One query."""
    sql, values = _hits(asked, asked.span)
    if connection.vendor == "postgresql":
        # Materialised: planned as if all were read, stopped when there are enough.
        sql = f"WITH hits AS MATERIALIZED ({sql}) SELECT place FROM hits"  # noqa: S608 - made below
    with connection.cursor() as cursor:
        counting = f"SELECT count(*) FROM ({sql} LIMIT %s) AS counted"  # noqa: S608 - made below, with placeholders
        cursor.execute(counting, [*values, most])
        return int(cursor.fetchone()[0])


def places(asked: Asked, *, span: Span, size: int, newest_first: bool = True, many: bool, skip: int = 0) -> list[int]:
    """Return places of a span, in the list's order or the other way around. One query.

    `many`: whether there are more than `RARE` in all.
    """
    order = f"ORDER BY {'place DESC' if newest_first else 'place'} LIMIT %s OFFSET %s"
    sql, values = _hits(asked, (max(span[0], asked.span[0]), min(span[1], asked.span[1])), walk=many)
    if connection.vendor == "postgresql" and not many:
        sql = f"WITH hits AS MATERIALIZED ({sql}) SELECT place FROM hits"  # noqa: S608 - made below, with placeholders
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {order}", [*values, size, skip])
        return [row[0] for row in cursor.fetchall()]


def _hits(asked: Asked, span: Span, *, walk: bool = False) -> tuple[str, list[Any]]:
    """Return the question without order; `walk` keeps PostgreSQL from reading the words' own index."""
    if connection.vendor == "postgresql":
        has = "(words @@ %s::tsquery) IS TRUE" if walk else "words @@ %s::tsquery"
        query = _joined(
            [_lexeme(word) for word in asked.words], [f"{_lexeme(each)}:*" for each in asked.beginnings], "&"
        )
    else:
        has = "register_words MATCH %s"
        query = _joined([f'"{word}"' for word in asked.words], [f'"{each}"*' for each in asked.beginnings], "AND")
    own = _place()
    named = own if own == "place" else f"{own} AS place"
    where = f"{has} AND {own} >= %s AND {own} < %s"
    return f"SELECT {named} FROM register_words WHERE {where}", [query, *span]  # noqa: S608 - our own columns


def _joined(words: Sequence[str], beginnings: Sequence[str], by: str) -> str:
    return f" {by} ".join((*words, *beginnings))


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _place() -> str:
    return "place" if connection.vendor == "postgresql" else "rowid"
