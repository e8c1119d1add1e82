"""What people write in a cell, as the plain value that a case file would hold.

One rule runs through it: a cell that can be read in two ways is refused, and the words say how to write it. So
"12/3 2026" (12 March or 3 December) and "1.234" (1234 or 1,234) are refused, "25.3.2026" and "1.234,50" are not.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tillit.core.rulebook.model import Fact
from tillit.exchange.words import Lang

UNKNOWN = frozenset(
    {"", "?", "??", "vet inte", "vet ej", "vet inte än", "okänt", "not known", "unknown", "don't know", "do not know"}
)
EARLIEST_YEAR = 1910
FREE = ("case", "judgement")
"""Where text is a person's own words and kept as written."""
YES = frozenset({"ja", "j", "yes", "y", "true", "sant", "x", "✓", "1"})
NO = frozenset({"nej", "n", "no", "false", "falskt", "0"})
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb", "mars march mar", "april apr", "maj may", "juni june jun",
            "juli july jul", "augusti august aug", "september sept sep", "oktober october okt oct",
            "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 to 2099-12-31 in Excel's count of days
_ROUNDING = Decimal("1e-9")
_UNIT_WORDS = re.compile(
    r"\s*(?:kronor|kr\.?|sek|:-|,-|timmar|timme|tim\.?|hours?|hrs?|h|dagar|dag|days?|st\.?)$", re.IGNORECASE
)
_CURRENCY = re.compile(r"[€$£]|\b(?:eur|euro|usd|dkk|nok|gbp|chf)\b", re.IGNORECASE)


class Unreadable(Exception):
    """A cell that cannot be taken as what its column holds: a code and what the words need."""

    def __init__(self, code: str, **args: str) -> None:
        super().__init__(code)
        self.code, self.told = code, args


def plain(value: object) -> object:
    """Return a cell's value with its text in one Unicode form and without odd spaces around or inside it."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value)
    text = "".join(
        " " if unicodedata.category(sign) == "Zs" else sign for sign in text if sign not in "\u200b\ufeff\u2060\u00ad"
    )
    return text.strip()


def folded(text: str) -> str:
    """Return text as it is compared: small letters, single spaces, no closing question mark or colon."""
    return " ".join(text.casefold().split()).rstrip(" ?:*")


def shown(value: object) -> str:
    """Return a value as an error may repeat it: short, and never long rows of digits that might name a person."""
    text = value.isoformat() if isinstance(value, (date, time)) else str(value)
    text = re.sub(r"\d(?:[\s.+-]?\d){9,}", "…", " ".join(text.split()))
    return text if len(text) <= 40 else text[:39] + "…"


def read_value(value: object, fact: Fact, *, percent: bool = False, lang: Lang = "sv") -> object:
    """Return the plain value of a cell for a fact, or None where the cell says that it is not known.

    :raises Unreadable: with the code of what is wrong
    """
    if isinstance(value, str) and fact.record in FREE and fact.type == "text":
        return value.strip() or None
    value = plain(value)
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.casefold() in UNKNOWN and value.casefold() not in _choices(fact):
        return None
    if percent and fact.type in ("int", "decimal") and isinstance(value, (int, float)):
        raise Unreadable("excel.percent", value=shown(f"{value:.2%}"))
    readers = {"bool": yes_or_no, "int": whole, "decimal": decimal, "date": day, "datetime": moment}
    if fact.type == "enum":
        return choice(value, fact, lang)
    if fact.type in readers:
        return readers[fact.type](value)
    text = text_of(value)
    return text.upper() if fact.format in ("country", "currency") else text


def yes_or_no(value: object) -> bool:
    """Return a yes or a no, however it is usually written in Swedish or English."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = value.casefold().rstrip(".!")
        if word in YES:
            return True
        if word in NO:
            return False
    raise Unreadable("excel.not_yes_or_no", value=shown(value))


def choice(value: object, fact: Fact, lang: Lang) -> str:
    """Return the code of a declared value, written as its code or as its label in either language."""
    word = folded(text_of(value))
    found = _choices(fact).get(word)
    if found is not None:
        return found
    raise Unreadable("excel.not_a_choice", value=shown(value), allowed=", ".join(_labels(fact, lang)))


def _choices(fact: Fact) -> dict[str, str]:
    labels = {folded(text): code for code, label in fact.labels.items() for text in (label.en, label.sv)}
    return labels | {code.casefold(): code for code in fact.values}


def _labels(fact: Fact, lang: Lang) -> list[str]:
    return [fact.labels[code].in_language(lang) if code in fact.labels else code for code in fact.values]


def text_of(value: object) -> str:
    """Return the text of a cell; a number in a text column loses the ".0" that Excel gave it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise Unreadable("excel.not_text", value=shown(value))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (date, time, timedelta)):
        raise Unreadable("excel.date_for_text", value=shown(value))
    raise Unreadable("excel.not_text", value=shown(value))


def whole(value: object) -> int:
    """Return a whole number; "3,0" and 3.0 are whole, 3.5 is not."""
    number = _number(value)
    if number != number.to_integral_value():
        raise Unreadable("excel.not_whole", value=shown(value))
    return int(number)


def decimal(value: object) -> str:
    """Return a number as text with a decimal point, as a case file holds it.

    What Excel's own arithmetic leaves behind (245.10000000000001) is rounded away when it is less than 1e-9;
    more decimals than two are left for the case's own check to refuse.
    """
    number = _number(value)
    near = number.quantize(Decimal("0.01")) if abs(number) < 10**15 else number
    return format(near if abs(near - number) < _ROUNDING else number, "f")


def _number(value: object) -> Decimal:
    if isinstance(value, bool):
        raise Unreadable("excel.not_a_number", value=shown(value))
    if isinstance(value, int):
        return _in_bounds(Decimal(value))
    if isinstance(value, float):
        return _in_bounds(Decimal(repr(value)))
    if isinstance(value, (date, time, timedelta)):
        raise Unreadable("excel.date_for_number", value=shown(value))
    return _in_bounds(number_in(text_of(value)))


def _in_bounds(number: Decimal) -> Decimal:
    if not number.is_finite():
        raise Unreadable("excel.not_a_number", value=shown(number))
    if abs(number) > 10**13:  # the case's own limit is 10**12; this one only keeps the arithmetic here small
        raise Unreadable("excel.number_too_large")
    return number


_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SIMPLE = re.compile(r"\d+(?:[.,]\d+)?")


def number_in(text: str) -> Decimal:
    """Return the number in a text such as "1 234,50", "245:-", "245 kr", "1.234,50" or "2,7 h".

    :raises Unreadable: no number, another currency, or one that can be read in two ways ("1.234")
    """
    written = plain(text)
    assert isinstance(written, str)
    if _CURRENCY.search(written):
        raise Unreadable("excel.other_currency", value=shown(text))
    bare = _UNIT_WORDS.sub("", re.sub(r"^(?:sek|kr)\s*", "", written, flags=re.IGNORECASE)).strip()
    sign = -1 if bare[:1] in ("-", "\u2212", "\u2013") else 1
    bare = bare.lstrip("-\u2212\u2013").strip()
    if not bare.isascii():
        raise Unreadable("excel.not_a_number", value=shown(text))
    if _TWO_WAYS.fullmatch(bare):
        raise Unreadable(
            "excel.two_numbers", value=shown(text), one=re.sub("[.,]", "", bare), other=bare.replace(".", ",")
        )
    for pattern, drop in ((_SIMPLE, ""), (_GROUPED, " "), (_DOTS, "."), (_COMMAS, ",")):
        if pattern.fullmatch(bare) and len(bare) < 40:
            return sign * Decimal((bare.replace(drop, "") if drop else bare).replace(",", "."))
    raise Unreadable("excel.not_a_number", value=shown(text))


def moment(value: object) -> datetime | date:
    """Return a day with a time of day; a day alone stays a day, for the case's own check to judge."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.replace(" kl. ", " ").replace(" kl ", " "))
        except ValueError:
            return day(value)
    return day(value)


def day(value: object) -> date:
    """Return the day of a cell: a date cell, Excel's day number, or a text that can be read in one way only."""
    if isinstance(value, datetime):
        if value.time() != time(0):
            raise Unreadable("excel.time_in_date", value=value.isoformat(sep=" ", timespec="minutes"))
        value = value.date()
    if isinstance(value, date):
        if value.year < EARLIEST_YEAR:  # a small number in a cell that is formatted as a date
            raise Unreadable("excel.not_a_date", value=shown(value))
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and float(value).is_integer():
        if _FIRST_SERIAL <= value <= _LAST_SERIAL:
            return date(1899, 12, 30) + timedelta(days=int(value))
        value = str(int(value)) if abs(value) < 10**9 else value
    if isinstance(value, str):
        return _day_in(value)
    raise Unreadable("excel.not_a_date", value=shown(value))


_YEAR_FIRST = re.compile(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00)?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/., ]\s*(\d{4})")
_WITH_MONTH = re.compile(r"(?:den )?(\d{1,2})(?::?[ae]|st|nd|rd|th)?\.?[ -]+([a-zé]+)\.?,?[ -]+(\d{4})", re.IGNORECASE)


def _day_in(text: str) -> date:
    if (found := _YEAR_FIRST.fullmatch(text)) and (found[2] or len(found[3]) + len(found[4]) == 4):
        return _real_day(text, int(found[1]), int(found[3]), int(found[4]))
    if (found := _WITH_MONTH.fullmatch(text)) and found[2].casefold() in MONTHS:
        return _real_day(text, int(found[3]), MONTHS[found[2].casefold()], int(found[1]))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            raise Unreadable(
                "excel.two_dates", value=shown(text), one=_iso(year, second, first), other=_iso(year, first, second)
            )
        month, dated = (second, first) if second <= 12 else (first, second)
        return _real_day(text, year, month, dated)
    raise Unreadable("excel.not_a_date", value=shown(text))


def _iso(year: int, month: int, dated: int) -> str:
    return f"{year:04}-{month:02}-{dated:02}"


def _real_day(text: str, year: int, month: int, dated: int) -> date:
    try:
        return date(year, month, dated)
    except ValueError:
        raise Unreadable("excel.no_such_day", value=shown(text)) from None


def nearest(word: str, known: Mapping[str, object] | list[str]) -> str:
    """Return the known word most like this one, for an error's remedy; empty where none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
