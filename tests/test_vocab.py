"""The closed namespaces and the prefix map, held against the files of the whole repository."""

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from rdflib import URIRef

from laichau_kg.layout import find_layout
from laichau_kg.vocab import BASE, ID, KINDS, LCK, PREFIXES, RDF, ClosedNamespace

ROOT = Path(__file__).parents[1]
LAYOUT = find_layout(ROOT)


def files(*folders):
    """List the Turtle and SPARQL files in *folders*, as paths from the root."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return sorted(
        path.relative_to(ROOT).as_posix() for path in found if path.suffix in {".ttl", ".rq", ".ru"}
    )


SOURCES = files("data", "ontology", "queries")
TESTS = files("tests")


def declared(name):
    """List the prefixes that a file declares, with their namespaces, in its order."""
    return re.findall(r"(?im)^PREFIX ([\w-]*): *<([^>]*)>", (ROOT / name).read_text("utf-8"))


def test_lck_holds_just_the_terms_of_the_ontology():
    """Code and ontology know the same terms."""
    graph = rdflib.Graph()
    for path in LAYOUT.ontology_files():
        graph.parse(path)

    defined = {
        str(subject).removeprefix(LCK)
        for subject in graph.subjects()
        if isinstance(subject, URIRef) and subject.startswith(LCK)
    }

    assert LCK.terms() == defined


def test_a_term_gives_its_iri():
    """A known term is an attribute."""
    assert LCK.Article == BASE + "ontology#Article"


def test_a_misspelt_term_is_refused_and_named():
    """An unknown term is an AttributeError, not an IRI that matches nothing."""
    with pytest.raises(AttributeError, match="has no term 'Artikle'"):
        _ = LCK.Artikle


@pytest.mark.parametrize("namespace", [LCK, RDF], ids=["lck", "rdf"])
def test_no_term_is_hidden_by_a_method_of_str(namespace):
    """A namespace is a str, so a term called like one of its methods would never be reached."""
    assert [name for name in namespace.terms() if hasattr(str, name)] == []


def test_a_namespace_is_its_own_iri():
    """A namespace can be put before a name like any text."""
    assert ClosedNamespace("http://example.org/", "a b") + "c" == "http://example.org/c"


def test_each_kind_has_its_prefix():
    """A thing of any kind can be written short."""
    assert {f"lc-{kind}": f"{ID}{kind}/" for kind in KINDS}.items() <= PREFIXES.items()


def test_kinds_are_sorted_and_named_once():
    """The list of kinds is easy to read and to add to."""
    assert list(KINDS) == sorted(set(KINDS))


def test_no_two_prefixes_share_a_namespace():
    """An IRI has one short form."""
    assert [iri for iri, count in Counter(PREFIXES.values()).items() if count > 1] == []


@pytest.mark.parametrize("name", SOURCES)
def test_a_file_uses_the_prefixes_of_the_repository(name):
    """A prefix means the same in every file, is in the map, is used, and stands in its order."""
    text = (ROOT / name).read_text("utf-8")
    body = re.sub(r"(?m)^(PREFIX .*|#(?!\+).*)$", "", text)

    prefixes = [prefix for prefix, _ in declared(name)]

    assert [pair for pair in declared(name) if PREFIXES.get(pair[0]) != pair[1]] == []
    assert prefixes == sorted(set(prefixes))
    assert [prefix for prefix in prefixes if not re.search(rf"(?<![\w-]){prefix}:", body)] == []
    assert not re.search(r"(?m)^@prefix|^@base", text)


@pytest.mark.parametrize("name", TESTS)
def test_a_test_file_gives_no_prefix_another_meaning(name):
    """Tests may have prefixes of their own, but ours mean there what they mean everywhere."""
    assert [pair for pair in declared(name) if PREFIXES.get(pair[0], pair[1]) != pair[1]] == []


def test_files_with_prefixes_were_found_in_each_folder():
    """The tests above read ontology and facts from disk."""
    assert {"data", "ontology"} <= {name.split("/")[0] for name in SOURCES}
    assert TESTS
