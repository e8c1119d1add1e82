from datetime import date, datetime

import pytest

from tests.core.rulebook.names import BY_NAME, read
from tillit.core.money import LARGEST
from tillit.core.rulebook.arithmetic import LanguageError
from tillit.core.rulebook.language import parse
from tillit.core.rulebook.tree import (
    INT64,
    TRUE,
    And,
    Arithmetic,
    Compare,
    Constant,
    In,
    Name,
    Not,
    Or,
    day_number,
    moment_number,
    symbols,
    walk,
)

pytestmark = pytest.mark.mutation


def name(text):
    return Name(BY_NAME[text])


def whole(number):
    return Constant("int", number)


def cents(number):
    return Constant("decimal", number)


TREES = {
    "yes": name("yes"),
    " yes ": name("yes"),
    "True": TRUE,
    "False": Constant("bool", False),
    "not yes": Not(name("yes")),
    "yes and also": And((name("yes"), name("also"))),
    "yes or also": Or((name("yes"), name("also"))),
    "yes and (also and fair_assessed)": And((name("yes"), name("also"), name("fair_assessed"))),
    "(yes or also) or fair_assessed": Or((name("yes"), name("also"), name("fair_assessed"))),
    "yes and (also or fair_assessed)": And((name("yes"), Or((name("also"), name("fair_assessed"))))),
    "yes or also and fair_assessed": Or((name("yes"), And((name("also"), name("fair_assessed"))))),
    "both": And((name("yes"), name("also"))),
    "both and fair_assessed": And((name("yes"), name("also"), name("fair_assessed"))),
    "kind == 'a'": Compare("==", name("kind"), Constant("text", "a")),
    "'a' != kind": Compare("!=", Constant("text", "a"), name("kind")),
    "kind in ['a', 'b']": In(name("kind"), ("a", "b")),
    "kind in ('a', 'b')": In(name("kind"), ("a", "b")),
    "kind not in ['c']": Not(In(name("kind"), ("c",))),
    "n in [1, 2]": In(name("n"), (1, 2)),
    "name in ['Åre']": In(name("name"), ("Åre",)),
    "name == 'x'": Compare("==", name("name"), Constant("text", "x")),
    "name != title": Compare("!=", name("name"), name("title")),
    "n == 3": Compare("==", name("n"), whole(3)),
    "n != 3": Compare("!=", name("n"), whole(3)),
    "n < m": Compare("<", name("n"), name("m")),
    "n <= -3": Compare("<=", name("n"), whole(-3)),
    "n > limit": Compare(">", name("n"), name("limit")),
    "3 >= n": Compare(">=", whole(3), name("n")),
    "price < 2.5": Compare("<", name("price"), cents(250)),
    "price < -2.05": Compare("<", name("price"), cents(-205)),
    "price < 2": Compare("<", name("price"), cents(200)),
    "2 < price": Compare("<", cents(200), name("price")),
    "price < n": Compare("<", name("price"), Arithmetic("*", name("n"), whole(100), "decimal")),
    "n < price": Compare("<", Arithmetic("*", name("n"), whole(100), "decimal"), name("price")),
    "price + fee > 1.5": Compare(">", Arithmetic("+", name("price"), name("fee"), "decimal"), cents(150)),
    "n - m > 0": Compare(">", Arithmetic("-", name("n"), name("m"), "int"), whole(0)),
    "price - 1 > 0": Compare(">", Arithmetic("-", name("price"), cents(100), "decimal"), cents(0)),
    "1 + price > 0": Compare(">", Arithmetic("+", cents(100), name("price"), "decimal"), cents(0)),
    "-n < 0": Compare("<", Arithmetic("-", whole(0), name("n"), "int"), whole(0)),
    "-price < 0": Compare("<", Arithmetic("-", cents(0), name("price"), "decimal"), cents(0)),
    "2 * n > m": Compare(">", Arithmetic("*", name("n"), whole(2), "int"), name("m")),
    "n * 2 > m": Compare(">", Arithmetic("*", name("n"), whole(2), "int"), name("m")),
    "n * limit > 1": Compare(">", Arithmetic("*", name("n"), name("limit"), "int"), whole(1)),
    "limit * price > 1": Compare(">", Arithmetic("*", name("price"), name("limit"), "decimal"), cents(100)),
    "limit * 2 > n": Compare(">", Arithmetic("*", name("limit"), whole(2), "int"), name("n")),
    "day - other_day <= 30": Compare("<=", Arithmetic("-", name("day"), name("other_day"), "int"), whole(30)),
    "day < '2026-02-01'": Compare("<", name("day"), Constant("date", 20485)),
    "'1970-01-02' == day": Compare("==", Constant("date", 1), name("day")),
    "day >= since": Compare(">=", name("day"), name("since")),
    "at > '1970-01-01T00:01'": Compare(">", name("at"), Constant("datetime", 60_000_000)),
    "count > 2": Compare(">", name("count"), whole(2)),
    "total >= 2.5": Compare(">=", name("total"), cents(250)),
    "n > 1000000000000": Compare(">", name("n"), whole(LARGEST)),
}


@pytest.mark.parametrize("text", TREES)
def test_what_the_language_has_becomes_a_typed_tree(text):
    assert read(text) == TREES[text]


REFUSED = {
    "yes(": "cannot be read",
    "": "cannot be read",
    "yes; also": "cannot be read",
    "x = 1": "cannot be read",
    "len(name) > 1": "Call is not in the language",
    "name.upper() == 'X'": "Call is not in the language",
    "name.real == 'X'": "Attribute is not in the language",
    "name[0] == 'X'": "Subscript is not in the language",
    "n / 2 > 1": "BinOp is not in the language",
    "n // 2 > 1": "BinOp is not in the language",
    "n % 2 == 1": "BinOp is not in the language",
    "n ** 2 == 1": "BinOp is not in the language",
    "n & 1 == 1": "BinOp is not in the language",
    "+n == 1": "UnaryOp is not in the language",
    "~n == 1": "UnaryOp is not in the language",
    "[1] == n": "List is not in the language",
    "yes if also else yes": "IfExp is not in the language",
    "lambda: yes": "Lambda is not in the language",
    "(yes := also)": "NamedExpr is not in the language",
    "[n for n in name]": "ListComp is not in the language",
    "f'{name}' == 'x'": "JoinedStr is not in the language",
    "name == None": "None is not in the language",
    "None": "None is not in the language",
    "...": "Ellipsis is not in the language",
    "name == b'x'": "b'x' is not in the language",
    "n == 1j": "1j is not in the language",
    "name is title": "Is is not in the language",
    "name is not title": "IsNot is not in the language",
    "1 < n < 3": "one comparison at a time",
    "kind == 'z'": "kind is never 'z'; it is one of a, b, c",
    "'z' == kind": "kind is never 'z'",
    "kind in ['a', 'z']": "kind is never 'z'",
    "kind == found": "a choice is compared with one of its values",
    "kind == name": "a choice is compared with one of its values",
    "name == kind": "a choice is compared with one of its values",
    "kind == 1": "a choice is compared with one of its values",
    "1 == kind": "a choice is compared with one of its values",
    "kind < 'b'": "enum has no order, so < has no meaning",
    "name < 'b'": "text has no order, so < has no meaning",
    "name >= title": "text has no order, so >= has no meaning",
    "yes == True": "write a yes-or-no fact bare",
    "True != yes": "write a yes-or-no fact bare",
    "yes == also": "write a yes-or-no fact bare",
    "yes == 1": "write a yes-or-no fact bare",
    "n == yes": "write a yes-or-no fact bare",
    "(n > 1) == (m > 1)": "write a yes-or-no fact bare",
    "1 == 1": "compares two literals",
    "'a' == 'b'": "compares two literals",
    "n == 'x'": "int == text has no meaning",
    "name == 1": "text == int has no meaning",
    "price == 'x'": "decimal == text has no meaning",
    "day == 1": "date == int has no meaning",
    "day == at": "date == datetime has no meaning",
    "day > name": "date > text has no meaning",
    "n == day": "int == date has no meaning",
    "day == 'igår'": "'igår' is no date; write '2026-02-01'",
    "day == '2026-02-30'": "'2026-02-30' is no date",
    "at == 'now'": "'now' is no date",
    "nobody": "there is no fact, definition or parameter named nobody",
    "n": "gives int, but a rule needs yes or no",
    "'text'": "gives text, but a rule needs yes or no",
    "price": "gives decimal, but a rule needs yes or no",
    "day - other_day": "gives int, but a rule needs yes or no",
    "not n": "n is int; and, or, not take yes or no",
    "yes and n": "n is int; and, or, not take yes or no",
    "kind or yes": "kind is enum; and, or, not take yes or no",
    "yes and 1": "1 is int; and, or, not take yes or no",
    "-yes": "minus before bool",
    "-name == 'x'": "minus before text",
    "-day == 1": "minus before date",
    "yes + 1 > 1": r"bool \+ int has no meaning",
    "1 + yes > 1": r"int \+ bool has no meaning",
    "name + name == 'x'": r"text \+ text has no meaning",
    "day + 1 == other_day": r"date \+ int has no meaning",
    "day + other_day == 1": r"date \+ date has no meaning",
    "1 + day == 1": r"int \+ date has no meaning",
    "at - at == 1": "datetime - datetime has no meaning",
    "day - at == 1": "date - datetime has no meaning",
    "day * 2 == 1": r"date \* int has no meaning",
    "n * m > 1": r"\* takes a whole number written out",
    "price * fee > 1": r"\* takes a whole number written out",
    "price * 2.5 > 1": r"\* takes a whole number written out",
    "n * 1.5 > 1": r"\* takes a whole number written out",
    "price * ceiling > 1": r"\* takes a whole number written out",
    "count * total > 1": r"\* takes a whole number written out",
    "n * (1 + 1) > 1": r"\* takes a whole number written out",
    "n > 1000000000001": "1000000000001 is too large",
    "n > -1000000000001": "1000000000001 is too large",
    "price > 1000000000000.5": "1000000000000.5 is no number with at most two decimals",
    "price > 0.125": "0.125 is no number with at most two decimals",
    "price > 1e400": "inf is no number with at most two decimals",
    "n * 1000000000000 > 1": "the numbers may grow past 64 bits$",
    "price * 100000 > 1": "the numbers may grow past 64 bits$",
    "price * limit * limit > 1": "the numbers may grow past 64 bits$",
    "n * 2000000 + m * 2000000 + n * 2000000 > 1": "the numbers may grow past 64 bits$",
    "n * 2000000 - m * 2000000 - n * 2000000 > 1": "the numbers may grow past 64 bits$",
    "n * 4611687 > 1": "the numbers may grow past 64 bits$",
    "n in []": "in takes a list written out",
    "n in m": "in takes a list written out",
    "n in {1, 2}": "in takes a list written out",
    "name in 'abc'": "in takes a list written out",
    "yes in [True]": "in asks whether a choice, a text or a whole number",
    "price in [1.5]": "in asks whether a choice, a text or a whole number",
    "day in ['2026-02-01']": "in asks whether a choice, a text or a whole number",
    "n + 1 in [1]": "in asks whether a choice, a text or a whole number",
    "'a' in ['a']": "in asks whether a choice, a text or a whole number",
    "count in [1]": "count is known by bounds; compare it instead",
    "n in [1, m]": "every value of the list must be a literal of type int",
    "n in [1, 'a']": "every value of the list must be a literal of type int",
    "n in [True]": "every value of the list must be a literal of type int",
    "n in [1.0]": "every value of the list must be a literal of type int",
    "n in [-1]": "every value of the list must be a literal of type int",
    "name in [1]": "every value of the list must be a literal of type text",
    "kind in [1]": "every value of the list must be a literal of type text",
    "kind in [None]": "None is not in the language",
    "kind in ['a', 'a']": "the list holds a value twice",
    "n in [1, 1]": "the list holds a value twice",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_language_has_not_is_refused_with_words_for_the_author(text):
    with pytest.raises(LanguageError, match="^" + REFUSED[text]):
        read(text)


@pytest.mark.parametrize(
    "text", ["n * 4611686 > 1", "price * limit * 4 > 1", "price * 46116 > 1", "n * limit > 1", "n + m + 3 > 1"]
)
def test_numbers_up_to_64_bits_are_let_through(text):
    assert read(text)


def test_the_bound_leaves_room_in_64_bits():
    assert INT64 == 2**62


def test_an_expression_has_at_most_4000_signs():
    assert read("yes or also" + " " * 3989)
    with pytest.raises(LanguageError, match=r"^the expression is longer than 4 000 signs"):
        read("yes or also" + " " * 3990)


@pytest.mark.parametrize("text", ["not " * 990 + "yes", "(" * 1500 + "yes" + ")" * 1500, "-" * 3000 + "n > 1"])
def test_an_expression_nested_without_end_is_refused_and_breaks_nothing(text):
    with pytest.raises(LanguageError, match=r"^cannot be read|^is nested too deeply"):
        read(text)


def test_what_stands_for_a_definition_is_its_tree():
    assert read("not twice") == Not(And((name("yes"), name("also"), read("price > 100"))))


def test_facts_are_every_name_as_often_as_it_stands():
    text = "yes and (n + m > limit or not also or kind in ['a']) or (yes and price == 1)"
    assert list(read(text).facts()) == ["yes", "n", "m", "limit", "also", "kind", "yes", "price"]
    assert list(read("True").facts()) == []


def test_symbols_are_every_name_once_in_order():
    text = "(kind == 'a' and n + m > limit) or not also or kind in ['a'] or True"
    assert symbols(read(text)) == {each: BY_NAME[each] for each in ("kind", "n", "m", "limit", "also")}
    assert list(symbols(read(text))) == ["kind", "n", "m", "limit", "also"]


def test_walking_a_tree_begins_at_its_root_and_leaves_nobody_out():
    tree = read("not (n + 1 > m) and kind in ['a']")
    assert [type(node).__name__ for node in walk(tree)] == [
        "And",
        "Not",
        "Compare",
        "Arithmetic",
        "Name",
        "Constant",
        "Name",
        "In",
        "Name",
    ]
    assert next(walk(tree)) is tree


def test_days_are_counted_from_1970():
    assert day_number(date(1970, 1, 1)) == 0
    assert day_number(date(1969, 12, 31)) == -1
    assert day_number(date(2026, 2, 1)) == 20485


def test_moments_are_counted_in_microseconds_without_a_zone():
    assert moment_number(datetime.fromisoformat("1970-01-02T00:00:00.000003")) == 86_400_000_003
    assert moment_number(datetime.fromisoformat("1970-01-01T01:00:00+02:00")) == 3_600_000_000


def test_types_are_asked_of_the_scope_that_is_given():
    assert parse("mine", {"mine": BY_NAME["yes"]}.get) == name("yes")
