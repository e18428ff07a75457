"""What a check of a few things looks at: enough, as a check of everything tells, and no more."""

import functools
import os
import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import URIRef, Variable
from rdflib.paths import MulPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from laichau_kg import shapes
from laichau_kg._judge import Statements, judge
from laichau_kg._local import DiskStore, MemoryStore
from laichau_kg._reading import read_file
from laichau_kg._rules import load_rules
from laichau_kg._scope import change_scope
from laichau_kg._walk import Base
from laichau_kg.errors import DataError
from laichau_kg.layout import find_layout
from laichau_kg.store import record_files
from laichau_kg.vocab import LCS

LAYOUT = find_layout(Path(__file__).parents[1])
ARTICLES = [
    "undated-hoi-nghi-truc-tuyen-6-thang-dau-nam-2022.ttl",
    "2020-07-17-doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau.ttl",
]
REGISTERS = [path.name for path in LAYOUT.register_files()]
RULES = load_rules(shapes.facts_shapes(LAYOUT))
RECORD = [
    (path, graph)
    for path, graph in record_files(LAYOUT)
    if path.parent != LAYOUT.articles or path.name in ARTICLES
]
"""All lists of the record, and two articles."""


@functools.cache
def blocks(name, folder):
    """Cut a file of the record into its head and the blocks of its things."""
    text = (getattr(LAYOUT, folder) / name).read_text(encoding="utf-8")
    head, *rest = re.split(r"(?<=\n)(?=\S[^\n]*\n    a )", text)
    return head, rest


@functools.cache
def statements_of(path):
    """Read a file of the record once."""
    return read_file(path).statements


@functools.cache
def base_store():
    """The record in memory, as the checker asks it."""
    return MemoryStore(RECORD).engine


@pytest.fixture(scope="session")
def disk_store(tmp_path_factory):
    """The record in a store on disk."""
    store = DiskStore(tmp_path_factory.mktemp("scope") / "store")
    store.load_files(RECORD)
    yield store.engine
    store.close()


LITERAL = re.compile(r'"[^"\n]+"')
NUMBER = re.compile(r"(?<= )\d+\.\d+(?= )")
NAME = re.compile(r"lc-[a-z-]+:[a-z0-9-]+(?=[ \n])")
LINE = re.compile(r"^    (?!a )\S[^\n]* ;\n", re.MULTILINE)


@st.composite
def edits(draw, cut):
    """Edit a file: a few of its things, each in one way."""
    head, things = cut
    things = list(things)
    for _ in range(draw(st.integers(1, 4))):
        if not things:
            break
        at = draw(st.integers(0, len(things) - 1))
        things[at : at + 1] = draw(edited(things[at], things))
    return head + "".join(things)


@st.composite
def edited(draw, thing, things):
    """Edit one thing's block; the result is none, one or two blocks."""
    how = draw(st.sampled_from(["drop", "line", "number", "name", "copy", "move", "text", "swap"]))
    name = thing.partition("\n")[0]
    if how == "drop":
        return []
    if how == "copy":
        return [
            thing,
            thing.replace(name + "\n", name.rstrip(">") + ("-sao\n" if name[-1] != ">" else "1>\n"), 1),
        ]
    if how == "move":
        return [thing.replace(name + "\n", name.rstrip(">") + ("-moi\n" if name[-1] != ">" else "2>\n"), 1)]
    pattern = {"line": LINE, "number": NUMBER, "name": NAME, "text": LITERAL, "swap": NAME}[how]
    found = list(pattern.finditer(thing))
    if not found:
        return [thing]
    one = draw(st.sampled_from(found))
    if how == "swap":
        other = [match[0] for block in things for match in NAME.finditer(block)]
        same = sorted({text for text in other if text.partition(":")[0] == one[0].partition(":")[0]})
        new = draw(st.sampled_from(same))
    else:
        new = {"line": "", "number": "12.5", "name": one[0] + "-x", "text": '"khác"'}[how]
    return [thing[: one.start()] + new + thing[one.end() :]]


@st.composite
def changes(draw):
    """Change one or two files of the record: bundles and registers."""
    folders = draw(st.sampled_from([["articles"], ["registers"], ["articles", "registers"]]))
    changed = {}
    for folder in folders:
        name = draw(st.sampled_from(ARTICLES if folder == "articles" else REGISTERS))
        changed[folder, name] = draw(edits(blocks(name, folder)))
    return changed


def parsed(text):
    """Parse Turtle as the checker does."""
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]


def keyed(findings):
    """Take what is compared of findings; which of several clashing things is named is part of it."""
    return {(f.focus, f.rule, f.component, f.path, number(f.value), f.message.get("en")) for f in findings}


def number(value):
    """Write a number in one way: a store has its own."""
    try:
        return str(float(value))
    except (TypeError, ValueError):
        return value


def compare(changed, engine):
    """Hold the check of changed files against a check of everything with them in place."""
    new = [one for text in changed.values() for one in parsed(text)]
    hidden, files = [], {name: text for (_, name), text in changed.items()}
    whole = list(new)
    for path, graph in RECORD:
        if path.name in files:
            hidden.append(graph)
        else:
            whole += statements_of(path)
    only = {one[0] for (folder, _), text in changed.items() if folder == "registers" for one in parsed(text)}

    scope = change_scope(RULES, Base(engine, hidden), new, only=only)
    mine = judge(
        RULES, Statements([*scope.core, *scope.more]), scope.focus, core=scope.core, extra=scope.extra
    )
    every = judge(RULES, Statements(whole))

    names = {node.value for node in scope.focus}
    extra = {rule: {node.value for node in nodes} for rule, nodes in scope.extra.items()}
    expected = {f for f in every if f.focus in names or f.focus in extra.get(f.rule, ())}
    assert keyed(mine) == keyed(expected)
    grave = [finding for finding in every if finding.severity == "violation"]
    assert any(finding.severity == "violation" for finding in mine) == bool(grave), keyed(grave)


def examples(number):
    """Try so many, or as many times more as `LAICHAU_EDITS` says.

    A change that fails is small enough to be read without being made smaller.
    """
    many = number * int(os.environ.get("LAICHAU_EDITS", "1"))
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=many, deadline=None, phases=phases)


@examples(16)
@given(changes())
def test_verdict_is_that_of_a_check_of_everything(changed):
    """Random edits of bundles and registers are judged as if all had been looked at."""
    compare(changed, base_store())


@examples(4)
@given(changes())
def test_store_on_disk_gives_the_same_verdict(disk_store, changed):
    """What is asked of a store on disk is judged as if all had been looked at."""
    compare(changed, disk_store)


@functools.cache
def patterns_of(select):
    """List the triple patterns of a query, parsed once."""
    return list(patterns(prepareQuery(select).algebra))


def patterns(node):
    """Yield the triple patterns of a query's algebra, also of what may or may not exist."""
    if isinstance(node, CompValue):
        yield from (triple for triple in node.get("triples") or () if len(triple) == 3)
        for name, part in node.items():
            if name != "triples":
                yield from patterns(part)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from patterns(part)


def steps_of(predicate):
    """Write a path as its steps; a repeated one is marked."""
    if isinstance(predicate, SequencePath):
        return [step for part in predicate.args for step in steps_of(part)]
    if isinstance(predicate, MulPath):
        return [*steps_of(predicate.path), URIRef(LCS + "onAndOn")]
    return [predicate if isinstance(predicate, URIRef) else URIRef(LCS + "anyProperty")]


def undeclared(rule):
    """List what a rule's query reads of other things than the one it judges and does not declare."""
    triples = patterns_of(rule.select)
    ways = {Variable("this"): {()}}
    for _ in triples:
        for subject, predicate, value in triples:
            for way in ways.get(subject, set()) if isinstance(value, Variable) else ():
                if len(way) < len(triples) and value != Variable("this"):
                    ways.setdefault(value, set()).add((*way, *steps_of(predicate)))
                    if isinstance(predicate, Variable):
                        ways.setdefault(predicate, set()).add((*way, URIRef(LCS + "property")))
    declared = [tuple(URIRef(step.predicate.value) for step in reads.steps) for reads in rule.reads]
    back = {URIRef(step.predicate.value) for reads in rule.reads for step in reads.steps if step.back}
    found = []
    for subject, predicate, value in triples:
        if subject in ways:
            read = {(*way, *steps_of(predicate)) for way in ways[subject]}
            read = {way for way in read if len(way) > 1 and way[1] not in back}
            found += [way for way in read if not any(known[: len(way)] == way for known in declared)]
        elif not back & {
            *steps_of(predicate),
            *(s for t in triples if t[0] == subject for s in steps_of(t[1])),
        }:
            found.append((subject, predicate, value))
    return found


def test_constraint_component_with_a_query_of_its_own_is_refused(tmp_path):
    """What pySHACL judges holds no query, so that it neither fetches nor is slow."""
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#>\n<urn:c> a sh:ConstraintComponent ; sh:validator [] ."
    )

    with pytest.raises(DataError, match=r"^urn:c: a constraint component .*; write a sh:sparql"):
        load_rules([path])


@pytest.mark.parametrize("rule", RULES.sparql, ids=lambda rule: rule.rule.partition("#")[2])
def test_rule_declares_what_it_reads_of_other_things(rule):
    """Whatever a query reads beyond the values of the thing it judges stands beside it in lcs:follows."""
    assert undeclared(rule) == []


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.sparql if rule.reads], ids=lambda rule: rule.rule.partition("#")[2]
)
def test_way_that_is_not_declared_is_noticed(rule):
    """Each declaration is needed: without it the query reads what nobody gathers."""
    assert undeclared(replace(rule, reads=())) != []


def constants_of(rule):
    """List what a rule's query asks for by `FILTER (?value = …)`, with whom it asks it of."""
    text, triples = rule.select, patterns_of(rule.select)
    prefixes = dict(re.findall(r"PREFIX (\S+): <(\S+)>", text))
    equal = {
        (Variable(name), prefixes[prefix] + local)
        for name, prefix, local in re.findall(r"FILTER \(\?(\w+) = ([\w-]+):([\w-]+)\)", text)
    }
    return {
        (subject, str(predicate), constant)
        for subject, predicate, value in triples
        for variable, constant in equal
        if value == variable
    }


@pytest.mark.parametrize(
    ("rule", "reads"),
    [
        pytest.param(rule, reads, id=rule.rule.partition("#")[2])
        for rule in RULES.sparql
        for reads in rule.reads
        if reads.together
    ],
)
def test_way_is_narrowed_only_by_what_the_query_asks_for(rule, reads):
    """What lcs:thisHas, lcs:otherHas and lcs:together leave out the rule's query leaves out too."""
    this, triples = Variable("this"), set(patterns_of(rule.select))
    ends = {this}
    for step in reads.steps:
        along = {triple[::-1] if step.back else triple for triple in triples}
        ends = {end for start, name, end in along if start in ends and str(name) == step.predicate.value}
    others = ends - {this}
    narrowed = {(this, name.value, value.value) for name, value in reads.this}
    narrowed |= {(other, name.value, value.value) for other in others for name, value in reads.other}
    shared = {(other, name.value) for other in others for name in reads.together}
    own = {(name, value) for subject, name, value in triples if subject == this}

    assert others
    assert narrowed <= constants_of(rule)
    assert shared <= {(subject, str(name)) for subject, name, value in triples if (name, value) in own}


@pytest.mark.parametrize("many", [1, 40, 300])
def test_things_that_share_values_are_found(many):
    """However many things have some of the values, those with all of them are found, and no others."""
    color, size, shape = (ox.NamedNode(f"urn:{name}") for name in ("color", "size", "shape"))
    red, large, round_ = ox.Literal("red"), ox.Literal("large"), ox.Literal("round")
    things = [ox.NamedNode(f"urn:thing:{number}") for number in range(many)]
    store = ox.Store()
    for number, thing in enumerate(things):
        graph = ox.NamedNode(f"urn:graph:{number % 3}")
        store.add(ox.Quad(thing, color, red, graph))
        store.extend([ox.Quad(thing, size, large, graph)] if number % 2 == 0 else [])
        store.extend([ox.Quad(thing, shape, round_, graph)] if number % 20 == 0 else [])

    found = list(Base(store).sharing([((color, red), (size, large), (shape, round_))]))

    assert sorted(found, key=str) == sorted(things[::20], key=str)


def test_things_are_found_by_each_of_many_keys_and_not_by_a_mixture():
    """Values of several keys do not mix, a number is found in any spelling, and keys may differ in length."""
    color, size, shape = (ox.NamedNode(f"urn:{name}") for name in ("color", "size", "shape"))
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    store = ox.Store()
    for number, (name, extent, form) in enumerate(product("ab", ("1.10", "2"), "xy")):
        thing = ox.NamedNode(f"urn:thing:{number}")
        store.add(ox.Quad(thing, color, ox.NamedNode(f"urn:{name}")))
        store.add(ox.Quad(thing, size, ox.Literal(extent, datatype=decimal)))
        store.add(ox.Quad(thing, shape, ox.Literal(form)))
    first = (color, ox.NamedNode("urn:a")), (size, ox.Literal("1.10", datatype=decimal))
    second = (color, ox.NamedNode("urn:b")), (size, ox.Literal("2", datatype=decimal))

    found = Base(store).sharing(
        [
            (*first, (shape, ox.Literal("y"))),
            (*second, (shape, ox.Literal("x"))),
            (*second, (shape, ox.Literal("z"))),
            ((color, ox.BlankNode()),),
            second,
        ]
    )

    assert sorted(int(node.value.rpartition(":")[2]) for node in found) == [1, 6, 6, 7]
