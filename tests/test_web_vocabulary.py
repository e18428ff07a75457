import functools
import re

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SKOS

from laichau_kg.layout import find_layout
from laichau_kg.vocab import LCK

RDF_FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
SCHEMES = sorted(path.stem for path in find_layout().scheme_files())
HTML = {"accept": "text/html"}


def canonical(datas, suffix="ttl"):
    """Read graphs as one whose blank nodes have canonical names, so that equal means isomorphic."""
    quads = (
        quad for data in datas for quad in ox.parse(data, format=RDF_FORMS[suffix], rename_blank_nodes=True)
    )
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def read(web, path):
    """Read a document's Turtle."""
    return Graph().parse(data=web.get(f"{path}.ttl").content, format="turtle")


@functools.cache
def scheme_file(scheme):
    """Read a code list's file."""
    return Graph().parse(find_layout().schemes / f"{scheme}.ttl")


@pytest.fixture(scope="module")
def ontology_files():
    """The ontology's files as one graph."""
    graph = Graph()
    for path in find_layout().ontology_files():
        graph.parse(path)
    return graph


@pytest.mark.parametrize("suffix", RDF_FORMS)
def test_ontology_is_what_its_files_hold(web, suffix):
    """Every form of the ontology is the whole of its modules."""
    files = canonical(path.read_bytes() for path in find_layout().ontology_files())

    assert canonical([web.get(f"/ontology.{suffix}").content], suffix) == files


@pytest.mark.parametrize("suffix", RDF_FORMS)
def test_shapes_are_what_their_files_hold(web, suffix):
    """Every form of the shapes is the whole of their modules."""
    files = canonical(path.read_bytes() for path in find_layout().shape_files())

    assert canonical([web.get(f"/shapes.{suffix}").content], suffix) == files


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_term_has_its_place_on_the_page(web, ontology_files, lang):
    """The IRI of a class or property is a fragment of the ontology's page, in both languages."""
    page = web.get(f"/{lang}/ontology", headers=HTML)
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    terms = {str(term) for kind in kinds for term in ontology_files.subjects(RDF.type, kind)}
    names = {term.removeprefix(LCK) for term in terms if term.startswith(LCK)}

    assert names == set(re.findall(r'<section class="term" id="([^"]+)"', page.text))
    assert len(page.content) < 100_000


def test_term_is_told_whole(web):
    """A property's entry has its definition, what it is of, and where it leads."""
    page = web.get("/en/ontology", headers=HTML).text
    entry = page.partition('id="basePeriod"')[2].partition("</section>")[0]

    assert "measured from" in entry
    assert 'href="/en/ontology#Period"' in entry
    assert "owl:FunctionalProperty" in entry


def test_restrictions_are_said_in_words(web):
    """What a class must have is told from its restrictions."""
    page = web.get("/en/ontology", headers=HTML).text
    entry = page.partition('id="Observation"')[2].partition("</section>")[0]

    assert "<code>lck:indicator</code> some <code>lck:Indicator</code>" in entry


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_rule_has_its_place_and_its_page(web, web_service, lang):
    """Every rule is an entry of the rules' page, which is not too long."""
    page = web.get(f"/{lang}/shapes", headers=HTML)

    names = re.findall(r'<dt id="([^"]+)"', page.text)
    assert sorted(names) == sorted(rule.name for rule in web_service.rules)
    assert len(page.content) < 100_000


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_rule_page_says_why_and_how_to_mend(web, web_service, lang):
    """A rule's page has its reason, a wrong example and the mend."""
    page = web.get(f"/{lang}/shapes/Observation-ratio", headers=HTML).text

    rule = web_service.rules.get("Observation-ratio")
    assert rule.reason[lang] in page
    assert page.count("<pre") == 2


def test_rule_as_data_is_its_block(web):
    """A rule's Turtle holds all that the shapes say of it."""
    iri = URIRef("https://w3id.org/laichau-kg/shapes#Observation-ratio")
    shapes = read(web, "/shapes")

    assert set(read(web, "/shapes/Observation-ratio").predicates(iri)) == set(shapes.predicates(iri))


def test_unknown_rule_has_near_names(web):
    """A slip in a rule's name gets the right one."""
    response = web.get("/shapes/Observation-rato")

    assert response.status_code == 404
    assert "Observation-ratio" in response.json()["near"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_code_list_is_had_with_its_codes(web, scheme):
    """The document of a code list holds every code with its name."""
    iri = URIRef(f"https://w3id.org/laichau-kg/id/scheme/{scheme}")
    source = scheme_file(scheme)
    graph = read(web, f"/doc/scheme/{scheme}")

    codes = set(source.subjects(SKOS.inScheme, iri))
    assert codes
    assert {code for code in codes if (code, SKOS.definition, None) in graph} == codes


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_code_list_has_a_page(web, scheme, lang):
    """The page of a code list has a place for every code."""
    source = scheme_file(scheme)

    page = web.get(f"/{lang}/doc/scheme/{scheme}", headers=HTML)

    slugs = {str(notation) for notation in source.objects(None, SKOS.notation)}
    assert slugs == set(re.findall(r'<section class="term" id="([^"]+)"', page.text))
    assert len(page.content) < 100_000
