"""The code lists: SKOS integrity, and what our facts and tables rely on."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SKOS, URIRef

from laichau_kg.layout import find_layout
from laichau_kg.vocab import KINDS, LCK, PREFIXES

FOLDER = Path(__file__).parent / "skos"
LAYOUT = find_layout(Path(__file__).parents[1])
RULES = sorted(path.stem for path in FOLDER.glob("s*.rq"))
SCHEMES = {path.stem: rdflib.Graph().parse(path) for path in LAYOUT.scheme_files()}
CONCEPTS = {
    concept: stem for stem, graph in SCHEMES.items() for concept in graph.subjects(RDF.type, SKOS.Concept)
}
CODES = {
    "bounds": "about almost at-least at-most exact more-than",
    "measures": "average-per-year change count level rank-change share-of-plan",
    "meeting-kinds": "conference congress study-conference working-session",
    "meeting-modes": "hybrid in-person online",
    "parts-of-day": "afternoon evening morning",
    "precisions": "day half-year month multi-year quarter year",
    "price-bases": "constant-2010 current",
    "quantity-natures": "flow level rate",
    "sectors": "agriculture-forestry-fishery industry-construction services",
    "statuses": "actual estimate target",
}


def slug(iri):
    """Cut the last part off an IRI."""
    return iri.rsplit("/", 1)[1]


def term(name):
    """Make a node of a term of ours."""
    return URIRef(getattr(LCK, name))


def schemes_store():
    """Load ontology and schemes into a new store."""
    store = ox.Store()
    for path in (*LAYOUT.ontology_files(), *LAYOUT.scheme_files()):
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def store():
    """Hold ontology and schemes, never changed."""
    return schemes_store()


@pytest.fixture(scope="module")
def everything():
    """Hold all schemes in one graph."""
    graph = rdflib.Graph()
    for path in LAYOUT.scheme_files():
        graph.parse(path)
    return graph


def test_all_six_rules_are_there():
    """The rules that data can break are all tried, each with a change that breaks it."""
    assert RULES == ["s09", "s13", "s14", "s27", "s37", "s46"]
    assert sorted(path.stem for path in FOLDER.glob("break-*.ru")) == [f"break-{rule}" for rule in RULES]


@pytest.mark.parametrize("rule", RULES)
def test_the_schemes_keep_the_rule(store, rule):
    """No scheme breaks the rule of SKOS."""
    assert not store.query((FOLDER / f"{rule}.rq").read_text("utf-8"))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_bites(rule):
    """One change to the schemes, and the rule finds it."""
    changed = schemes_store()

    changed.update((FOLDER / f"break-{rule}.ru").read_text("utf-8"))

    assert changed.query((FOLDER / f"{rule}.rq").read_text("utf-8"))


@pytest.mark.parametrize("stem", SCHEMES)
def test_a_file_holds_one_scheme_of_its_own_name(stem):
    """The file's stem is the scheme's slug."""
    found = set(SCHEMES[stem].subjects(RDF.type, SKOS.ConceptScheme))

    assert found == {URIRef(PREFIXES["lc-scheme"] + stem)}


@pytest.mark.parametrize("stem", SCHEMES)
def test_all_concepts_of_a_scheme_are_of_one_kind(stem):
    """The concepts' IRIs share a kind that is known."""
    kinds = {concept.rsplit("/", 2)[1] for concept, of in CONCEPTS.items() if of == stem}

    assert len(kinds) == 1
    assert kinds <= set(KINDS)


@pytest.mark.parametrize("concept", sorted(CONCEPTS), ids=slug)
def test_a_concept_has_its_place_and_its_code(concept):
    """A concept is in its file's scheme, on top or below another there, and its notation is its slug."""
    graph = SCHEMES[CONCEPTS[concept]]
    scheme = URIRef(PREFIXES["lc-scheme"] + CONCEPTS[concept])

    tops = list(graph.objects(concept, SKOS.topConceptOf))
    broader = list(graph.objects(concept, SKOS.broader))

    assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
    assert [str(code) for code in graph.objects(concept, SKOS.notation)] == [slug(concept)]
    assert (tops == [scheme]) != bool(broader)
    assert set(broader) <= set(graph.subjects(SKOS.inScheme, scheme))


@pytest.mark.parametrize("stem", SCHEMES)
def test_no_label_names_two_concepts_of_a_scheme(stem):
    """Whoever asks by label gets one concept."""
    graph = SCHEMES[stem]

    named = {
        (str(label).casefold(), concept)
        for concept in graph.subjects(SKOS.inScheme)
        for label in (*graph.objects(concept, SKOS.prefLabel), *graph.objects(concept, SKOS.altLabel))
    }

    assert [label for label, count in Counter(label for label, _ in named).items() if count > 1] == []


@pytest.mark.parametrize("stem", CODES)
def test_the_codes_that_tables_promise_are_these(stem):
    """A list whose codes the design fixes holds just those."""
    codes = {slug(concept) for concept, of in CONCEPTS.items() if of == stem}

    assert codes == set(CODES[stem].split())


def test_related_goes_both_ways(everything):
    """A reader without inference finds related concepts from either side."""
    one_way = [
        (str(one), str(other))
        for one, other in everything.subject_objects(SKOS.related)
        if (other, SKOS.related, one) not in everything
    ]

    assert one_way == []


def test_what_only_looks_alike_stays_apart_and_related(everything):
    """The pairs that readers confuse are two indicators each, tied by skos:related."""
    pairs = [
        ("toc-do-tang-truong-kinh-te", "toc-do-tang-truong-grdp"),
        ("thu-ngan-sach-tren-dia-ban", "tong-thu-ngan-sach-dia-phuong"),
        ("ty-le-ho-ngheo", "muc-giam-ty-le-ho-ngheo"),
        ("tong-kim-ngach-xuat-nhap-khau", "gia-tri-xuat-khau-dia-phuong"),
        ("gia-tri-gia-tang-nganh-nong-nghiep", "tang-truong-grdp-nong-lam-thuy-san"),
    ]

    apart = [
        pair
        for pair in pairs
        if tuple(URIRef(PREFIXES["lc-indicator"] + part) for part in pair)
        not in set(everything.subject_objects(SKOS.related))
    ]

    assert apart == []


def units():
    """List the units."""
    return sorted(SCHEMES["units"].subjects(RDF.type, term("Unit")))


@pytest.mark.parametrize("unit", units(), ids=slug)
def test_a_unit_converts_to_a_base_unit(unit):
    """A unit has a symbol and one positive multiplier to a base unit, which is its own base, times one."""
    graph = SCHEMES["units"]
    (base,) = graph.objects(unit, term("baseUnit"))

    assert list(graph.objects(base, term("baseUnit"))) == [base]
    assert [value.toPython() for value in graph.objects(base, term("multiplier"))] == [1]
    assert [value.toPython() > 0 for value in graph.objects(unit, term("multiplier"))] == [True]
    assert len(list(graph.objects(unit, term("symbol")))) == 1


def test_a_billion_dong_is_a_thousand_times_a_million():
    """Multipliers make values in different units comparable."""
    graph = SCHEMES["units"]

    def multiplier(name):
        return graph.value(URIRef(PREFIXES["lc-unit"] + name), term("multiplier")).toPython()

    assert multiplier("billion-vnd") == 1000 * multiplier("million-vnd")
    assert multiplier("thousand-tonnes") == 1000 * multiplier("tonne")


def indicators():
    """List the indicators."""
    return sorted(SCHEMES["indicators"].subjects(RDF.type, term("Indicator")))


@pytest.mark.parametrize("indicator", indicators(), ids=slug)
def test_an_indicator_says_what_a_checker_needs(everything, indicator):
    """An indicator names known units and topics, one nature, at most one sector and one direction."""
    graph = everything

    def values(name):
        return set(graph.objects(indicator, term(name)))

    def of(scheme):
        return set(graph.subjects(SKOS.inScheme, URIRef(PREFIXES["lc-scheme"] + scheme)))

    assert values("usualUnit")
    assert values("usualUnit") <= of("units")
    assert values("topic")
    assert values("topic") <= of("topics")
    assert len(values("nature") & of("quantity-natures")) == len(values("nature")) == 1
    assert len(values("sector") & of("sectors")) == len(values("sector")) <= 1
    assert len(values("moreIsBetter")) <= 1
