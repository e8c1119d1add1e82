"""The strict loader: what does not hold together is refused, naming file, rule, key and remedy."""

import re
from datetime import date

import pytest

from tests.core.rulebook import small
from tests.core.rulebook.small import BOTH, VOCABULARY, files, kind_table, rule, vocabulary_files
from tillit.core.errors import RulebookError
from tillit.core.rulebook.load import load_edition
from tillit.core.rulebook.load_vocabulary import load_vocabulary
from tillit.core.rulebook.model import ParameterValue, Source, Text
from tillit.core.rulebook.places import load_places, table
from tillit.core.rulebook.strict import Table


def refused(read, *args):
    """Return what the loader says, and hold it to naming file, place, problem and remedy."""
    with pytest.raises(RulebookError) as error:
        read(*args)
    assert error.value.file
    assert error.value.problem
    assert error.value.remedy.endswith(".")
    return str(error.value)


def without(table_, key):
    return {name: value for name, value in table_.items() if name != key}


def of_rule(**keys):
    return refused(load_edition, files(rule(**keys)), VOCABULARY)


PARAMETER = {"name": "most", "type": "decimal", "title": BOTH}
GIVEN = {"value": "99.50", "valid_from": date(2026, 2, 1), "source": "Text"}
DEFINE = {"name": "dear", "expr": "budget > 5", "title": BOTH}
PROVISION = {
    "id": "p.one",
    "kind": "duty",
    "norms": ["N-2"],
    "source": {"section": "A", "sentence": 1},
    "title": BOTH,
    "statement": BOTH,
}


class TestRules:
    def test_a_whole_rule_is_loaded_with_everything_it_says(self):
        reading = {"text": "Så", "text_en": "So", "by": "Vi", "on": date(2026, 11, 21)}
        book = small.edition(
            rule(
                applies="written",
                judge="not fair_assessed",
                benefit=True,
                because={"breach": BOTH},
                way_out=BOTH,
                question=BOTH,
                reading=reading,
                case=[{"facts": {"offers": True}, "expect": "meets", "missing": [], "note": "Så"}],
            )
        )
        one = book.rule("r.one")
        assert one is not None
        assert (one.edition, one.heading, one.norms) == (book.id, "avsnitt", ("N-1",))
        assert (one.source, one.benefit, one.reads_findings) == (Source("Avsnitt", 1), True, False)
        assert one.because == {"breach": Text("ord", "words")}
        assert one.way_out is not None
        assert one.way_out.in_language("en") == "words"
        assert one.reading is not None
        assert one.reading.text == Text("Så", "So")
        assert one.cases[0].missing == ()
        assert book.rule("r.two") is None

    @pytest.mark.parametrize(
        "key",
        [
            "id",
            "norms",
            "source",
            "record",
            "bearer",
            "modality",
            "phases",
            "certainty",
            "requires",
            "title",
            "statement",
            "case",
        ],
    )
    def test_a_key_that_must_be_there_is_asked_for(self, key):
        said = refused(load_edition, files(without(rule(), key)), VOCABULARY)
        assert "avsnitt.toml: rule" in said
        assert key in said

    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"requiers": "offers"}, "rule r.one: has the unknown key requiers. Correct its spelling, or remove it."),
            (
                {"requires": "nothing"},
                "requires: there is no fact, definition or parameter named nothing. Correct the expression.",
            ),
            ({"requires": "len(subject) > 1"}, "requires: Call is not in the language."),
            ({"applies": "expected"}, "applies: gives int, but a rule needs yes or no."),
            (
                {"judge": "arranger == 'we'"},
                "judge: arranger is never 'we'; it is one of industry, care, joint, third_party.",
            ),
            ({"requires": "fed"}, "requires: there is no fact, definition or parameter named fed."),
            ({"requires": ""}, "requires is ''. Write it as text that says something."),
            ({"requires": True}, "requires is True. Write it as text that says something."),
            ({"record": "person"}, "record is 'person'. Choose one of collaboration, offer"),
            ({"bearer": "all"}, "bearer is 'all'."),
            ({"modality": "bör"}, "modality is 'bör'."),
            ({"certainty": "sure"}, "certainty is 'sure'."),
            ({"phases": []}, "phases are ()."),
            ({"phases": ["done"]}, "phases are ('done',)."),
            ({"phases": ["planned", "planned"]}, "phases holds a value twice."),
            ({"norms": []}, "names no norm."),
            ({"norms": "N-1"}, "norms is 'N-1'. Write a list of texts."),
            ({"norms": [""]}, "norms is ['']."),
            ({"benefit": "yes"}, "benefit is 'yes'. Write true or false."),
            ({"source": {"section": "A"}}, "source: has no sentence. Add sentence."),
            ({"source": {"section": "A", "sentence": 0}}, "source has a sentence below 1."),
            ({"source": {"section": "A", "sentence": True}}, "sentence is True. Write a whole number."),
            ({"source": {"section": "A", "sentence": 1, "page": 2}}, "source: page is 2. Write it as text"),
            ({"source": "A 1"}, "source: is not a table."),
            ({"title": {"sv": "ord"}}, "title: has no en. Add en."),
            ({"title": {**BOTH, "de": "Wort"}}, "title: has the unknown key de."),
            ({"because": {"broken": BOTH}}, "because has broken. Use not_applicable, meets, judge, undecided, breach."),
            ({"reading": {"text": "x", "by": "y"}}, "reading: has no on."),
            ({"reading": {"text": "x", "by": "y", "on": "2026-02-01"}}, "on is '2026-02-01'. Write a date"),
            ({"case": []}, "has no case. Add [[rule.case]]"),
            ({"case": {"facts": {}}}, "case is not a list of tables. Write [[case]]."),
            ({"case": [{"facts": {}}]}, "case 1: has no expect."),
            ({"case": [{"facts": {}, "expect": "good"}]}, "expect is 'good'."),
            ({"case": [{"facts": {}, "expect": "meets", "why": "x"}]}, "case 1: has the unknown key why."),
            ({"id": "R.One"}, "R.One: is no slug."),
            ({"id": "måltider.x"}, "is no slug."),
            ({"id": "r one"}, "is no slug."),
            ({"record": "meal", "requires": "benefit_findings == 'meets'"}, "reads benefit_findings."),
        ],
    )
    def test_what_does_not_hold_together_is_refused(self, keys, said):
        assert said in of_rule(**keys)

    def test_an_id_stands_once_among_rules_and_provisions(self):
        assert "r.one: stands twice." in refused(load_edition, files(rule(), rule()), VOCABULARY)
        said = refused(load_edition, files(rule("p.one"), provision=[PROVISION]), VOCABULARY)
        assert "p.one: stands twice. An id is stable for ever" in said

    def test_a_file_has_no_other_tables(self):
        assert "has the unknown key rules." in refused(load_edition, files(rule(), rules=[]), VOCABULARY)
        assert "rule is not a list of tables." in refused(load_edition, {**files(), "a.toml": {"rule": 3}}, VOCABULARY)
        assert "rule 1: is not a table." in refused(load_edition, {**files(), "a.toml": {"rule": [3]}}, VOCABULARY)

    def test_findings_are_read_by_the_collaboration_and_by_offers(self):
        for record in ("collaboration", "offer"):
            book = small.edition(rule(record=record, requires="benefit_findings == 'meets'"))
            assert book.rules[0].reads_findings


class TestDocument:
    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"valid_from": "2026-02-01"}, "valid_from is '2026-02-01'. Write a date"),
            ({"status": "new"}, "status is 'new'."),
            ({"provenance": "x"}, "provenance is 'x'."),
            ({"encoded": "half"}, "encoded is 'half'."),
            ({"pages": 3}, "has the unknown key pages."),
            ({"parties": "Vi"}, "parties is 'Vi'."),
        ],
    )
    def test_a_document_says_what_it_is(self, keys, said):
        answer = refused(load_edition, files(document=keys), VOCABULARY)
        assert answer.startswith("edition.toml: ")
        assert said in answer

    def test_a_scope_is_an_expression_too(self):
        assert "edition.toml: " in refused(load_edition, files(scope="nothing"), VOCABULARY)


class TestParametersAndDefinitions:
    def test_a_parameter_without_a_value_is_empty(self):
        empty = small.edition(parameter=[PARAMETER]).parameters["most"]
        assert (empty.values, empty.on(date(2026, 3, 1))) == ((), None)

    def test_the_value_in_force_is_the_latest_that_has_begun(self):
        late = {"value": "120", "valid_from": date(2027, 1, 1), "source": "Ny"}
        most = small.edition(parameter=[{**PARAMETER, "value": [late, GIVEN]}]).parameters["most"]
        assert most.on(date(2026, 1, 31)) is None
        assert most.on(date(2026, 2, 1)) == ParameterValue(9950, date(2026, 2, 1), "Text")
        assert most.on(date(2027, 1, 1)) == ParameterValue(12000, date(2027, 1, 1), "Ny")

    @pytest.mark.parametrize(
        ("parameter", "said"),
        [
            ({**PARAMETER, "type": "bool"}, "type is 'bool'."),
            ({**PARAMETER, "value": [without(GIVEN, "source")]}, "value 1: has no source."),
            ({**PARAMETER, "value": [{**GIVEN, "value": "1.005"}]}, "no number with at most two decimals"),
            ({**PARAMETER, "value": [{**GIVEN, "value": float("nan")}]}, "no number with at most two decimals"),
            ({**PARAMETER, "value": [{**GIVEN, "value": "x"}]}, "no number with at most two decimals"),
            ({**PARAMETER, "type": "int", "value": [{**GIVEN, "value": 1.5}]}, "value is 1.5. Write a whole number."),
            ({**PARAMETER, "type": "date", "value": [GIVEN]}, "value is '99.50'. Write a date"),
            ({**PARAMETER, "value": [{**GIVEN, "to": 1}]}, "has the unknown key to."),
        ],
    )
    def test_a_parameter_is_dated_sourced_and_of_its_type(self, parameter, said):
        assert said in refused(load_edition, files(parameter=[parameter]), VOCABULARY)

    def test_a_parameter_is_described_once_and_means_nothing_else(self):
        assert "parameter most: is described twice." in refused(
            load_edition, files(parameter=[PARAMETER, PARAMETER]), VOCABULARY
        )
        for name in ("budget", "starts_on", "fed"):
            said = refused(load_edition, files(parameter=[{**PARAMETER, "name": name}]), VOCABULARY)
            assert f"{name} means something already." in said

    def test_a_number_too_large_for_64_bits_is_no_parameter(self):
        large = {**PARAMETER, "type": "int", "value": [{**GIVEN, "value": 10**12 + 1}]}
        assert "too large" in refused(load_edition, files(parameter=[large]), VOCABULARY)

    def test_a_definition_stands_for_its_expression_wherever_it_is_used(self):
        book = small.edition(rule(requires="dear or offers"), define=[DEFINE])
        assert list(book.rules[0].requires_tree.facts()) == ["budget", "offers"]
        one = {**DEFINE, "name": "big", "expr": "dear and expected > 3"}
        assert list(small.edition(rule(requires="big"), define=[one, DEFINE]).rules[0].requires_tree.facts()) == [
            "budget",
            "expected",
        ]
        fed = {**DEFINE, "expr": "fed and offers", "record": "participant"}
        assert small.edition(rule(record="participant", requires="dear"), define=[fed])

    @pytest.mark.parametrize(
        ("defines", "said"),
        [
            ([{**DEFINE, "expr": "dear"}], "the definition dear comes back to itself through dear"),
            (
                [{**DEFINE, "expr": "cheap"}, {**DEFINE, "name": "cheap", "expr": "not dear"}],
                "comes back to itself through dear and cheap",
            ),
            ([{**DEFINE, "expr": "budget"}], "define dear, expr: gives decimal"),
            ([{**DEFINE, "expr": "fed"}], "there is no fact, definition or parameter named fed"),
            ([DEFINE, DEFINE], "dear means something already."),
            ([{**DEFINE, "name": "offers"}], "offers means something already."),
            ([{**DEFINE, "name": "as_of"}], "as_of means something already."),
            ([{**DEFINE, "record": "person"}], "record is 'person'."),
            ([{**DEFINE, "why": 1}], "has the unknown key why."),
        ],
    )
    def test_a_definition_that_leads_nowhere_is_refused(self, defines, said):
        assert said in refused(load_edition, files(rule(requires="offers"), define=defines), VOCABULARY)

    def test_a_definition_of_one_kind_of_record_is_not_used_on_another(self):
        fed = {**DEFINE, "expr": "fed", "record": "participant"}
        said = refused(load_edition, files(rule(record="meal", requires="dear"), define=[fed]), VOCABULARY)
        assert "the definition dear speaks of participant, not of meal" in said

    def test_a_definition_and_a_parameter_do_not_share_a_name(self):
        for first, second in (("a.toml", "b.toml"), ("b.toml", "a.toml")):
            both = {
                **files(),
                first: {"parameter": [{**PARAMETER, "name": "dear"}]},
                second: {"define": [DEFINE]},
            }
            assert "dear means something already." in refused(load_edition, dict(sorted(both.items())), VOCABULARY)


class TestProvisions:
    def test_what_is_no_rule_has_a_kind_and_a_source(self):
        book = small.edition(provision=[{**PROVISION, "kind": "definition", "term": BOTH, "bearer": "care"}])
        found = book.provisions[0]
        assert (found.kind, found.bearer, found.term) == ("definition", "care", Text("ord", "words"))
        assert "kind is 'rule'." in refused(load_edition, files(provision=[{**PROVISION, "kind": "rule"}]), VOCABULARY)
        assert "has no source." in refused(load_edition, files(provision=[without(PROVISION, "source")]), VOCABULARY)

    def test_norms_are_listed_with_who_decides_them(self):
        norm = {"id": "N-1", "section": "A", "decided_by": "huvudmannen"}
        assert small.edition(norm=[norm]).norms[0].decided_by == "huvudmannen"
        assert "has no decided_by." in refused(load_edition, files(norm=[without(norm, "decided_by")]), VOCABULARY)


def vocabulary(kind, body):
    return refused(load_vocabulary, vocabulary_files(**{kind: body}))


def derived_of(**keys):
    body = {"name": "x", "type": "bool", "how": "any", "over": "participant", "where": "fed", **keys}
    lines = [f"{key} = {value!r}" for key, value in body.items() if value is not None]
    return vocabulary("collaboration", small.KINDS["collaboration"] + "\n[[derived]]\n" + "\n".join(lines))


class TestVocabulary:
    def test_every_kind_of_record_has_one_file(self):
        some = vocabulary_files()
        del some["leg.toml"]
        assert refused(load_vocabulary, some) == "uppgifter: leg: has no file. Add uppgifter/leg.toml."
        twice = {**vocabulary_files(), "z.toml": kind_table("leg")}
        assert "z.toml: leg: is described twice." in refused(load_vocabulary, twice)

    @pytest.mark.parametrize(
        ("fact", "said"),
        [
            ('name = "a"\ntype = "float"', "type is 'float'."),
            ('name = "a"\ntype = "bool"\nkind = "guessed"', "kind is 'guessed'."),
            ('name = "a"\ntype = "int"\nkind = "assessed"', "is a judgement of type int."),
            ('name = "a"\ntype = "enum"', "values and labels do not go together."),
            ('name = "a"\ntype = "bool"\nvalues = ["x"]', "values and labels do not go together."),
            ('name = "a"\ntype = "enum"\nvalues = ["x", "x"]', "values holds a value twice."),
            (
                'name = "a"\ntype = "enum"\nvalues = ["x"]\nlabels = {sv = {x = "X"}, en = {}}',
                "labels differ between sv and en.",
            ),
            (
                'name = "a"\ntype = "enum"\nvalues = ["x"]\nlabels = {sv = {y = "Y"}, en = {y = "Y"}}',
                "do not go together.",
            ),
            ('name = "A"\ntype = "bool"', "A cannot be used as a name."),
            ('name = "å"\ntype = "bool"', "å cannot be used as a name."),
            ('name = "a b"\ntype = "bool"', "a b cannot be used as a name."),
            ('name = "id"\ntype = "text"', "id cannot be used as a name."),
            ('name = "as_of"\ntype = "date"', "as_of is described twice."),
            ('name = "a"\ntype = "int"\nmin = "none"', "min is 'none'."),
            ('name = "a"\ntype = "decimal"\nmin = "1.005"', "min is '1.005'."),
            ('name = "a"\ntype = "int"\nformat = "country"', "has a format or a reference but is no text."),
            ('name = "a"\ntype = "int"\nrefers_to = "leg"', "has a format or a reference but is no text."),
            ('name = "a"\ntype = "text"\nformat = "phone"', "format is 'phone'."),
            ('name = "a"\ntype = "text"\nrefers_to = "person"', "refers_to is 'person'."),
            ('name = "a"\ntype = "bool"\ngroup = "why"', "group is 'why'."),
            ('name = "a"\ntype = "bool"\nhint = "x"', "has the unknown key hint."),
            ('name = "a"\ntype = "bool"\n[[fact]]\nname = "a"\ntype = "int"', "a is described twice."),
            ('name = "offers"\ntype = "bool"', "offers: is a collaboration's fact too."),
            ('name = "meals"\ntype = "int"', "meals: is a collaboration's fact too."),
        ],
    )
    def test_a_fact_is_described_wholly_and_once(self, fact, said):
        assert said in vocabulary("leg", "[[fact]]\n" + fact)

    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"type": "int"}, "is int, but any gives bool."),
            ({"how": "most"}, "how is 'most'."),
            ({"over": None}, "counts records by any."),
            ({"over": "person"}, "over is 'person'."),
            ({"where": None}, "has no where."),
            ({"how": "majority", "where": None}, "has no where."),
            ({"where": "offers"}, "'offers': there is no fact, definition or parameter named offers."),
            ({"where": "side == 'none'"}, "side is never 'none'"),
            ({"how": "majority", "among": "nobody"}, "'nobody': there is no fact"),
            ({"how": "sum", "type": "decimal", "over": "cost_line", "where": None}, "sums None."),
            ({"how": "sum", "type": "decimal", "over": "cost_line", "of": "price", "where": None}, "sums price."),
            ({"how": "sum", "type": "decimal", "over": "cost_line", "of": "category", "where": None}, "sums category."),
            ({"name": "offers"}, "offers is described twice."),
            ({"why": "x"}, "has the unknown key why."),
            ({"how": "years_after", "type": "date"}, "follows from one record"),
            ({"how": "table"}, "follows from one record"),
        ],
    )
    def test_a_derived_fact_can_be_derived(self, keys, said):
        assert said in derived_of(**keys)

    def test_findings_are_what_findings_are(self):
        body = '[[derived]]\nname = "f"\ntype = "enum"\nhow = "findings"\nvalues = ["good"]'
        assert "has other values than findings have." in vocabulary("offer", body)

    def test_only_the_collaboration_counts_records(self):
        body = '[[derived]]\nname = "x"\ntype = "int"\nhow = "count"\nover = "meal"'
        assert "counts records by count. Put it on the collaboration" in vocabulary("leg", body)

    def test_names_mean_the_records_own_fact_first(self):
        assert VOCABULARY.fact("meal", "price") is VOCABULARY.kinds["meal"].facts["price"]
        assert VOCABULARY.fact("meal", "offers") is VOCABULARY.kinds["collaboration"].facts["offers"]
        assert VOCABULARY.fact("meal", "meals") is VOCABULARY.kinds["collaboration"].derived["meals"]
        assert VOCABULARY.fact("collaboration", "price") is None
        assert VOCABULARY.kinds["meal"].facts["price"].is_money
        assert not VOCABULARY.kinds["collaboration"].facts["temperature"].is_money


ROW = {"name": "Åre", "aliases": ["Duved"], "valid_from": date(2026, 2, 1), "source": {"title": "Text"}}


class TestPlaces:
    def hits(self, first, last=None, name="Åre", **keys):
        (row,) = load_places({"place": [{**ROW, **keys}]}, "x.toml")
        return row.hits(name, date.fromisoformat(first), date.fromisoformat(last or first))

    def test_a_name_is_the_same_whatever_its_case_and_space(self):
        assert self.hits("2026-03-01", name=" ÅRE  ")
        assert self.hits("2026-03-01", name="duved")
        assert not self.hits("2026-03-01", name="Borås")

    def test_a_row_counts_from_its_day(self):
        assert not self.hits("2026-01-31")
        assert self.hits("2026-01-31", "2026-02-01")

    def test_an_event_counts_when_any_day_meets_it(self):
        days = {"starts_on": date(2026, 5, 12), "ends_on": date(2026, 5, 16)}
        assert [self.hits(*each, **days) for each in (
            ("2026-05-11", "2026-05-11"), ("2026-05-10", "2026-05-12"), ("2026-05-14", "2026-05-14"),
            ("2026-05-16", "2026-05-20"), ("2026-05-17", "2026-05-17"), ("2026-05-01", "2026-06-01"),
        )] == [False, True, True, True, False, True]  # fmt: skip

    def test_a_season_comes_every_year_and_may_run_across_new_year(self):
        winter, summer = {"from": "12-01", "to": "05-05"}, {"from": "07-01", "to": "07-31"}
        assert [
            self.hits(day, **winter) for day in ("2026-11-30", "2026-12-01", "2027-01-15", "2027-05-05", "2027-05-06")
        ] == [
            False,
            True,
            True,
            True,
            False,
        ]
        assert [self.hits(day, **summer) for day in ("2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01")] == [
            False,
            True,
            True,
            False,
        ]
        assert self.hits("2026-06-01", "2026-09-01", **summer)
        assert self.hits("2026-08-01", "2027-08-02", **summer)

    @pytest.mark.parametrize(
        ("keys", "said"),
        [
            ({"source": {}}, "has no title."),
            ({"town": "x"}, "has the unknown key town."),
            ({"from": "12-01"}, "has no to."),
            ({"valid_from": "2026"}, "valid_from is '2026'."),
            ({"source": {"title": "T", "page": 1}}, "has the unknown key page."),
        ],
    )
    def test_every_row_has_a_source(self, keys, said):
        assert said in refused(load_places, {"place": [{**ROW, **keys}]}, "x.toml")

    def test_a_table_that_is_not_here_is_refused(self):
        assert "there is no such place table." in refused(table, "okand")
        for name in ("fritidsorter", "exklusiva", "evenemang"):
            assert table(name)


def test_a_table_remembers_what_was_read():
    one = Table({"a": "x", "b": 1}, "f.toml", "here")
    assert one.text("a") == "x"
    assert one.text_or("c", "none") == "none"
    assert not one.flag("c")
    assert one.texts("c") == ()
    with pytest.raises(RulebookError, match=re.escape("f.toml: here: has the unknown key b.")):
        one.done()
    assert dict(one.items()) == {"a": "x", "b": 1}
    one.done()
