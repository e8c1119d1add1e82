"""How a typed word is looked for in a column of text, the same in both databases."""

from django.db.models import Q


def holds(word: str, *columns: str, how: str = "icontains") -> Q:
    """Return that one of some columns holds a word in any case.

    SQLite folds case in ASCII only, so "östra" would not find "Östra": the usual ways to write a word are asked for.
    """
    found = Q()
    for form in sorted({word, word.lower(), word.upper(), word.capitalize(), word.title()}):
        for column in columns:
            found |= Q(**{f"{column}__{how}": form})
    return found
