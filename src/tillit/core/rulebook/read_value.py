"""One value of a case: the type that its fact declares, or a coded refusal."""

from datetime import date, datetime
from decimal import Decimal
from math import isfinite

from tillit.core.money import LARGEST, decimal_of, hundredths
from tillit.core.rulebook.facts import Value
from tillit.core.rulebook.model import Fact
from tillit.core.text import nfc, personal_number_in

LONGEST_TEXT = 4000
COUNTRIES = frozenset(
    (  # noqa: SIM905 - a table reads better than 249 lines
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY "
        "BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK "
        "FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR "
        "IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK "
        "ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
        "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
        "TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
    ).split()
)
"""The codes of ISO 3166-1 alpha-2."""


class Refused(ValueError):
    """A value that its fact cannot take: the code of the words, and their arguments."""

    def __init__(self, code: str, **args: str) -> None:
        self.code, self.args_ = code, args
        super().__init__(code)


def read_value(fact: Fact, raw: object) -> Value:
    """Return a value as the engine holds it.

    :raises Refused: wrong type, a value that is not declared, a number that is none, too large, too fine or negative
    """
    if isinstance(raw, str) and fact.type != "decimal":
        raw = text_value(raw)
    match fact.type:
        case "bool":
            return _bool(raw)
        case "int":
            return _at_least(fact, _whole(raw))
        case "decimal":
            return _at_least(fact, _decimal(fact, raw))
        case "date":
            return _date(raw)
        case "datetime":
            return _datetime(raw)
        case "enum":
            return _enum(fact, raw)
        case "text":
            return _formatted(fact, raw) if isinstance(raw, str) else text_value(raw)


def shown(raw: object) -> str:
    """Return what was given, short and safe to repeat: never a personal number, never a sign that cannot be written."""
    try:
        text = str(raw)
    except (ValueError, RecursionError):  # a whole number of thousands of digits, tables nested without end
        return "…"
    if personal_number_in(text[:LONGEST_TEXT]):
        return "…"
    return text[:60].encode("utf-8", "backslashreplace").decode("utf-8")


def _wrong(expected: str, raw: object) -> Refused:
    return Refused("case.wrong_type", expected=expected, given=shown(raw))


def _bool(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _wrong("bool", raw)
    return raw


def _whole(raw: object) -> int:
    if isinstance(raw, Decimal) and not raw.is_finite():
        raise Refused("case.not_a_number", given=shown(raw))
    if isinstance(raw, float) and not isfinite(raw):
        raise Refused("case.not_a_number", given=shown(raw))
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise _wrong("int", raw)
    if abs(raw) > LARGEST:
        raise Refused("case.too_large", given=shown(raw))
    return raw


def _decimal(fact: Fact, raw: object) -> int:
    try:
        if isinstance(raw, str):
            return hundredths(_number_in(raw))
        if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
            raise _wrong("decimal", raw)
        return hundredths(Decimal(raw) if isinstance(raw, int) else Decimal(str(raw)))
    except ValueError as error:
        if isinstance(error, Refused):
            raise
        money = fact.is_money and str(error) == "too_many_decimals"
        raise Refused(f"case.{'money_decimals' if money else error}", given=shown(raw)) from error


def _number_in(text: str) -> Decimal:
    if text.strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
        raise ValueError("not_a_number")
    try:
        return decimal_of(text)
    except ValueError as error:
        raise Refused("case.no_decimal_text", given=shown(text)) from error


def _at_least(fact: Fact, number: int) -> int:
    if fact.min is not None and number < fact.min:
        shown = str(fact.min // 100 if fact.type == "decimal" else fact.min)
        raise Refused("case.negative" if fact.min == 0 else "case.too_small", least=shown)
    return number


def _date(raw: object) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if not isinstance(raw, str):
        raise _wrong("date", raw)
    text = raw.strip()
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise Refused("case.no_date", given=shown(text))
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("case.impossible_date", given=shown(text)) from error


def _datetime(raw: object) -> datetime:
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=None)
    if not isinstance(raw, str) or len(raw.strip()) < 16:
        raise _wrong("datetime", raw)
    try:
        return datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
    except ValueError as error:
        raise Refused("case.impossible_date", given=shown(raw)) from error


def _enum(fact: Fact, raw: object) -> str:
    if not isinstance(raw, str):
        raise _wrong("enum", raw)
    if raw not in fact.values:
        raise Refused("case.undeclared_value", given=shown(raw), values=", ".join(fact.values))
    return raw


def text_value(raw: object) -> str:
    """Return a text in composed form, without spaces around it.

    :raises Refused: no text, too long, or it holds a personal number
    """
    if not isinstance(raw, str):
        raise _wrong("text", raw)
    if len(raw) > LONGEST_TEXT:
        raise Refused("case.text_too_long", length=str(len(raw)), most=str(LONGEST_TEXT))
    if personal_number_in(raw):
        raise Refused("case.personal_number")
    if any((sign < " " and sign not in "\n\r\t") or "\ud800" <= sign <= "\udfff" for sign in raw):
        raise Refused("case.control_sign")
    return nfc(raw.strip())


def _formatted(fact: Fact, text: str) -> str:
    if fact.format == "country" and text not in COUNTRIES:
        raise Refused("case.no_country", given=shown(text))
    if fact.format == "currency" and not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise Refused("case.no_currency", given=shown(text))
    return text
