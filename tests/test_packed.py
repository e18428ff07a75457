import pyoxigraph as ox
import pytest

from laichau_kg._packed import PackedFiles
from laichau_kg.layout import find_layout
from laichau_kg.store import article_graph

GRAPH = "https://w3id.org/laichau-kg/graph/a"
FACT = "https://w3id.org/laichau-kg/id/observation/a--one"
BASE = "https://w3id.org/laichau-kg/id/article/a"
PREFIXES = """\
BASE <https://w3id.org/laichau-kg/id/article/a>
PREFIX lc-observation: <https://w3id.org/laichau-kg/id/observation/>
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
CANONICAL = f"""{PREFIXES}
<#char=1,5>
    a lck:Evidence ;
    oa:start "1"^^xsd:nonNegativeInteger ;
.

lc-observation:a--one
    a lck:Observation ;
    lck:value 47.20 ;
.
"""
OTHERWISE = {
    "written on one line": f"{PREFIXES}lc-observation:a--one a lck:Observation ; lck:value 47.20 .",
    "told in two blocks": f"{PREFIXES}\n\nlc-observation:a--one\n    a lck:Observation ;\n.\n"
    "\nlc-observation:a--one\n    lck:value 47.20 ;\n.\n",
    "a block within a text": f'{PREFIXES}\nlck:x lck:y """\n\nlc-observation:a--one\n'
    '    a lck:Meeting ;\n    lck:value 1 ;\n.\n""" .\n'
    "lc-observation:a--one a lck:Observation ; lck:value 47.20 .",
    "told twice alike": f"{PREFIXES}\nlc-observation:a--one a lck:Observation ; lck:value 47.20 .\n"
    "\nlc-observation:a--one\n    lck:value 47.20 ;\n    a lck:Observation ;\n.\n",
}


def packed(path, text):
    """Pack a file of this text, beside a store that has read it."""
    path.write_text(text, encoding="utf-8")
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(GRAPH))
    return PackedFiles([(path, GRAPH)], store)


def triples(quads):
    """Write triples one by one."""
    return sorted(str(quad.triple) for quad in quads)


@pytest.fixture(scope="module")
def articles():
    """Pack the record's first article, with its store and without one."""
    path = find_layout().article_files()[0]
    graph = article_graph(path)
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    return graph, PackedFiles([(path, graph)], store), PackedFiles([(path, graph)])


def test_blocks_say_what_the_whole_file_says(articles):
    """Of each subject of an article, its block gives what the file gives when it is parsed whole."""
    graph, quick, slow = articles
    subjects = sorted({quad.subject.value for quad in slow.whole(graph)})

    told = {iri: triples(quick.about(graph, iri)) for iri in subjects}

    assert told == {iri: triples(slow.about(graph, iri)) for iri in subjects}
    assert quick.whole.cache_info().misses == 0


@pytest.mark.parametrize(
    ("iri", "written"), [(FACT, ("47.20", "decimal")), (f"{BASE}#char=1,5", ("1", "nonNegativeInteger"))]
)
def test_numbers_keep_the_spelling_of_the_file(tmp_path, iri, written):
    """A number is told as the file writes it, not as a store does."""
    told = packed(tmp_path / "a.ttl", CANONICAL).about(GRAPH, iri)

    assert written in {
        (quad.object.value, quad.object.datatype.value.rpartition("#")[2])
        for quad in told
        if isinstance(quad.object, ox.Literal)
    }


@pytest.mark.parametrize("text", OTHERWISE.values(), ids=OTHERWISE)
def test_files_of_another_form_are_read_whole(tmp_path, text):
    """Where blocks cannot be told by their lines, nothing is lost and nothing added."""
    told = packed(tmp_path / "a.ttl", text).about(GRAPH, FACT)

    assert {quad.object.value.rpartition("#")[2] for quad in told} == {"Observation", "47.20"}


def test_packing_changes_nothing(tmp_path):
    """What is compressed says the same."""
    files = packed(tmp_path / "a.ttl", CANONICAL)

    files.pack()

    assert list(files) == [GRAPH]
    assert GRAPH in files
    assert len(files.about(GRAPH, FACT)) == 2
