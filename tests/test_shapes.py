"""The shapes themselves: each rule refuted by a file with one line changed, and judged alike by pySHACL."""

import functools
import os
import warnings
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib.plugins.sparql
from pyshacl.graph_abstraction import RdfLibDataGraph
from rdflib import RDF, RDFS, SH, Graph, URIRef

from laichau_kg import vocab
from laichau_kg._judge import Statements, judge, read_report
from laichau_kg._pyshacl import to_graph
from laichau_kg._reading import read_file
from laichau_kg._rules import load_rules
from laichau_kg.layout import find_layout
from laichau_kg.report import compact

FOLDER = Path(__file__).parent / "shapes"
LAYOUT = find_layout(Path(__file__).parents[1])
MODULES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
VALID = sorted(FOLDER.glob("*/valid.*.ttl"))
INVALID = sorted(FOLDER.glob("*/invalid.*.ttl"))
HEAD = "focus\tpath\tcomponent\tseverity\tshape"
UPDATE = os.environ.get("LAICHAU_UPDATE_SNAPSHOTS") == "1"
WITH_ALL = "record"  # whose rules look for other things, also such as nothing refers to
COINED = "mau"  # in every name that a file of cases coins


def case_id(path):
    """Name a case after its module and stem."""
    return f"{path.parent.name}/{path.stem.partition('.')[2]}"


def row(finding):
    """Write a finding as a row of an approved report; blank nodes are all one."""
    focus = "_:blank" if finding.focus.startswith("_:") else compact(finding.focus)
    component = finding.component.partition("#")[2]
    return "\t".join([focus, compact(finding.path or ""), component, finding.severity, compact(finding.rule)])


@pytest.fixture(scope="session")
def rules():
    """The rules for facts, and those for the house."""
    house, prefixes = LAYOUT.shapes / "house.ttl", LAYOUT.shapes / "prefixes.ttl"
    facts = [path for path in LAYOUT.shape_files() if path != house]
    return {"facts": load_rules(facts), "house": load_rules([prefixes, house])}


@pytest.fixture(scope="session")
def surroundings():
    """The statements that cases are judged with: the ontology, and a few codes and register entries."""
    files = [*LAYOUT.ontology_files(), FOLDER / "context.ttl"]
    return [statement for path in files for statement in read_file(path).statements]


@pytest.fixture(scope="session")
def rows_of(rules, surroundings):
    """Give ``rows_of(path)``: the rows of our own report on the things of a file."""

    @functools.cache
    def rows(path):
        statements = read_file(path).statements
        focus = {subject for subject, _, _ in statements}
        layer = "house" if path.parent.name == "house" else "facts"
        known = () if layer == "house" else surroundings
        return sorted(
            {row(finding) for finding in judge(rules[layer], Statements([*known, *statements]), focus)}
        )

    return rows


@pytest.mark.parametrize("path", VALID, ids=case_id)
def test_valid_file_has_no_findings(path, rows_of):
    """A minimal valid file is found fine, remarks aside."""
    grave = [line for line in rows_of(path) if "\tinfo\t" not in line]

    assert grave == []


@pytest.mark.parametrize("path", INVALID, ids=case_id)
def test_invalid_file_has_the_approved_findings(path, rows_of):
    """A file with one line changed is found at fault as its approved report says."""
    approved = path.with_suffix(".tsv")
    text = "\n".join([HEAD, *rows_of(path), ""])
    if UPDATE and not os.environ.get("CI"):
        approved.write_text(text, encoding="utf-8")

    assert approved.read_text(encoding="utf-8") == text
    assert len(text.splitlines()) > 1


def test_every_file_of_the_folder_is_a_case():
    """No file lies unused: each is a valid file, an invalid one, its approved report, or the context."""
    known = {FOLDER / "context.ttl", *VALID, *INVALID, *(path.with_suffix(".tsv") for path in INVALID)}
    found = {path for path in FOLDER.rglob("*") if path.is_file()}

    assert found == known
    assert sorted(path.stem for path in LAYOUT.shape_files() if path.stem != "prefixes") == MODULES


def test_every_rule_is_refuted(rules):
    """Each property shape, SPARQL constraint and node shape with a message causes some approved row."""
    refuted = {
        line.rpartition("\t")[2]
        for path in INVALID
        for line in path.with_suffix(".tsv").read_text().splitlines()
    }
    expected = set()
    for one in rules.values():
        kinds = (SH.PropertyShape, SH.SPARQLConstraint)
        expected |= {str(shape) for kind in kinds for shape in one.shapes.subjects(RDF.type, kind)}
        expected |= {str(shape) for shape in one.shapes.subjects(SH.message, None)}

    assert {compact(shape) for shape in expected} - refuted == set()


def test_every_shacl_term_is_real(rules):
    """Each term of the SHACL namespace that the shapes use is one that SHACL defines."""
    nodes = {node for one in rules.values() for triple in one.shapes for node in triple}
    used = {node for node in nodes if isinstance(node, URIRef) and node.startswith(str(SH))}

    assert {node for node in used if node not in SH} == set()
    assert len(used) > 30


def test_every_query_keeps_to_what_shacl_allows(rules):
    """No query has VALUES, MINUS or SERVICE, which SHACL forbids beside pre-bound variables, nor FROM."""
    words = ("VALUES", "MINUS", "SERVICE", "FROM", "LOAD")
    found = [
        (rule.rule, word)
        for one in rules.values()
        for rule in one.sparql
        for word in words
        if word in rule.select.split()
    ]

    assert found == []


def test_untyped_things_are_noticed_by_each_property(rules):
    """The shape that asks for a class looks at the subjects of every property of ours."""
    shape = URIRef(vocab.LCS + "TypedShape")
    targets = {str(target) for target in rules["facts"].shapes.objects(shape, SH.targetSubjectsOf)}
    ours = {str(vocab.LCK) + term for term in vocab.LCK.terms() if term[0].islower()}

    assert ours - targets == set()


@pytest.mark.parametrize(
    ("value", "quote", "stands"),
    [
        ("47.2", "47,2 triệu đồng", True),
        ("5406.0", "trên 5.406 tỷ", True),
        ("5406.0", "5406 tỷ", True),
        ("1234567.0", "1.234.567 đồng", True),
        ("9068.73", "9.068,73 tỷ", True),
        ("6.0", "06 sản phẩm", True),
        ("20.0", "20,0%", True),
        ("0.5", "0,5%", True),
        ("10.0", "9 - 10%/năm", True),
        ("2000.0", "1.900-2.000USD", True),
        ("38.0", "38/94 xã", True),
        ("0.0", "không còn xã", True),
        ("4.72", "47,2 triệu đồng", False),
        ("47.0", "47,2 triệu đồng", False),
        ("7.2", "47,2 triệu đồng", False),
        ("47.2", "47,25%", False),
        ("3.0", "3.000 tỷ", False),
        ("31209.0", "31,209 tỷ", False),
        ("2000.0", "12.000 tỷ", False),
        ("156.0", "15/6", False),
        ("0.0", "còn 10 xã", False),
    ],
)
@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
def test_figure_is_found_as_vietnamese_news_writes_it(engine, value, quote, stands, rules):
    """The rule reads thousand dots, decimal commas and noughts on both engines, and no other figure."""
    rule = next(rule for rule in rules["facts"].sparql if rule.rule.endswith("#Observation-figureQuoted"))
    data = (
        f"PREFIX lck: <{vocab.LCK}>\nPREFIX oa: <{vocab.PREFIXES['oa']}>\n"
        f"PREFIX prov: <{vocab.PREFIXES['prov']}>\n"
        f"<urn:o> lck:value {value} ; lck:mainEvidence <urn:e> ; prov:wasDerivedFrom <urn:e> .\n"
        f'<urn:e> oa:exact "{quote}" .'
    )

    if engine == "rdflib":
        graph = Graph().parse(data=data, format="turtle")
        found = list(graph.query(rule.select, initBindings={"this": URIRef("urn:o")}))
    else:
        store = Statements(parsed(data)).store
        found = list(store.query(rule.restricted("VALUES $this { <urn:o> }")))

    assert (not found) is stands


@pytest.fixture(scope="session")
def plain_pyshacl():
    """Give ``plain(graph, shapes)``: pySHACL alone, its SPARQL constraints among the rest.

    Only the parsing of queries is remembered: pySHACL parses each anew for
    every focus node, which takes most of its time and changes no verdict.
    """
    patch = pytest.MonkeyPatch()
    query = RdfLibDataGraph.query
    prepare = functools.lru_cache(1024)(rdflib.plugins.sparql.prepareQuery)
    hits = []

    def remembering(self, text, *args, **options):
        hits.append(text)
        return query(self, prepare(text), *args, **options)

    def plain(graph, shapes):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, on comparing an impossible date
            _, report, text = pyshacl.validate(graph, shacl_graph=shapes)
        assert isinstance(report, Graph), text
        assert hits
        return report

    patch.setattr(RdfLibDataGraph, "query", remembering)
    yield plain
    patch.undo()


@pytest.mark.parametrize("module", MODULES)
def test_plain_pyshacl_gives_the_same_verdicts(module, rules, surroundings, plain_pyshacl):
    """The cases of a module, under names of their own in one graph, are judged alike by pySHACL alone.

    Of each file that stands what its approved rows need, of the ontology and the context what the cases use;
    one module has all of them beside it. So pySHACL judges less, and yet finds every approved row.
    """
    one = rules["house" if module == "house" else "facts"]
    cases = {
        path: f"{COINED}{chr(97 + n // 26)}{chr(97 + n % 26)}" for n, path in enumerate(files_of(module))
    }
    approved = {path: {line.replace(COINED, cases[path]) for line in approved_of(path)} for path in cases}
    known = () if module == "house" else surroundings

    def gathered(whole):
        """Put the cases together; of those in *whole* all that their files say."""
        said = [statement for path, name in cases.items() for statement in renamed(path, name, path in whole)]
        return [*(known if module == WITH_ALL else used_of(known, said)), *said]

    def judged(statements):
        return {row(finding) for finding in judge(one, Statements(statements))}

    first = judged(gathered(()))
    statements = gathered({path for path in cases if approved[path] - first})

    plain = {row(finding) for finding in read_report(one, plain_pyshacl(to_graph(statements), one.shapes))}

    assert judged(statements) == plain
    assert [line for path in cases for line in approved[path] - plain] == []
    assert any(approved.values())


def files_of(module):
    """List the case files of a module."""
    return sorted((FOLDER / module).glob("*.ttl"))


def renamed(path, name, whole):
    """Read a case with *name* for `COINED`: the whole file, or what is needed of it."""
    text = path.read_text(encoding="utf-8").replace(COINED, name)
    kept = None if whole else needed_of(path)
    return [
        statement
        for statement in parsed(text)
        if kept is None or statement[0].value.replace(name, COINED) in kept
    ]


def parsed(text):
    """Parse Turtle; blank nodes of two texts are not the same."""
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]


@functools.cache
def blocks_of(path):
    """Read a file's things: of each what is said of it, blank nodes being all one."""
    found = {}
    for subject, predicate, value in read_file(path).statements:
        said = "_:" if isinstance(value, ox.BlankNode) else str(value)
        found.setdefault(subject, set()).add((predicate.value, said))
    return {subject: (str(subject), frozenset(said)) for subject, said in found.items()}


def needed_of(path):
    """Name what stands otherwise in a file than in the valid ones or has approved rows, and what these need.

    That is whatever they refer to and what refers to them, articles apart, to which all refers. None stands
    for the whole file.
    """
    blocks, values, users = blocks_of(path), {}, {}
    for subject, _, value in read_file(path).statements:
        values.setdefault(subject, set()).add(value)
        users.setdefault(value, set()).add(subject)
    if any(isinstance(subject, ox.BlankNode) for subject in blocks):
        return None
    valid = {block for other in path.parent.glob("valid.*.ttl") for block in blocks_of(other).values()}
    foci = {line.partition("\t")[0] for line in approved_of(path)}
    waiting = [one for one, block in blocks.items() if block not in valid or compact(one.value) in foci]
    kept = set()
    while waiting:
        subject = waiting.pop()
        if subject not in kept:
            kept.add(subject)
            waiting += values[subject] & blocks.keys()
            waiting += users.get(subject, set()) if subject.value.rpartition("/")[2] != COINED else ()
    return {subject.value for subject in kept}


def approved_of(path):
    """Read a case's approved rows about what it describes."""
    if path not in INVALID:
        return []
    lines = path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [line for line in lines if COINED in line.partition("\t")[0]]


def used_of(known, cases):
    """Choose the known statements about what cases use, whatever that uses, and the classes above."""
    by_subject, found = {}, {}
    for statement in known:
        by_subject.setdefault(statement[0], []).append(statement)
    waiting = [term for statement in cases for term in statement]
    while waiting:
        subject = waiting.pop()
        if subject in by_subject and subject not in found:
            found[subject] = by_subject[subject]
            is_term = not subject.value.startswith(vocab.ID)
            for _, predicate, value in found[subject]:
                goes_on = not is_term or predicate.value in (str(RDFS.subClassOf), str(RDF.type))
                waiting += [predicate, value] if goes_on else [predicate]
    return [statement for block in found.values() for statement in block]
