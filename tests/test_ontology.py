"""The ontology: complete in two languages, closed, in OWL 2 DL, consistent; and the JSON-LD context."""

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Literal, URIRef

from laichau_kg.layout import find_layout
from laichau_kg.vocab import LCK, PREFIXES

ROOT = Path(__file__).parents[1]
LAYOUT = find_layout(ROOT)
ONTOLOGY = URIRef("https://w3id.org/laichau-kg/ontology")
HERMIT = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
PROFILE_CHECK = Path(__file__).parent / "owl" / "ProfileCheck.java"
HEAD = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())

HAND_WRITTEN = [*LAYOUT.ontology_files(), *LAYOUT.scheme_files()]
FACTS = [*LAYOUT.register_files(), *LAYOUT.article_files()]
PARSED = {path: rdflib.Graph().parse(path) for path in [*HAND_WRITTEN, *FACTS]}

BUILT_IN = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
KINDS_OF_PROPERTY = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
OWL2_DATATYPES = {
    *(
        XSD[name]
        for name in ("string", "boolean", "decimal", "integer", "nonNegativeInteger", "dateTime", "anyURI")
    ),
    RDF.PlainLiteral,
    RDFS.Literal,
}


def name_of(path):
    """Name a file in a test's id."""
    return path.relative_to(ROOT).as_posix()


def merge(paths):
    """Join parsed files into one graph; none of them has a blank node that another shares."""
    graph = rdflib.Graph()
    for path in paths:
        graph += PARSED[path]
    return graph


ALL_ONTOLOGY = merge(LAYOUT.ontology_files())
TERMS = sorted(
    subject
    for subject in set(ALL_ONTOLOGY.subjects(RDFS.isDefinedBy, ONTOLOGY))
    if isinstance(subject, URIRef) and subject.startswith(LCK)
)
DESCRIBED = sorted(
    {
        subject
        for path in HAND_WRITTEN
        if path.stem != "foreign"
        for subject in PARSED[path].subjects()
        if isinstance(subject, URIRef)
    }
)


@pytest.fixture(scope="module")
def vocabulary():
    """Hold ontology and schemes in one graph, never changed."""
    return merge(HAND_WRITTEN)


@pytest.fixture(scope="module")
def everything():
    """Hold ontology, schemes and all facts in one graph, never changed."""
    return merge([*HAND_WRITTEN, *FACTS])


# What a reader sees


def test_every_subject_of_ours_is_a_term_or_named_thing():
    """What the modules define is ours; nothing is said there of others' terms."""
    ours = (str(LCK), str(ONTOLOGY), PREFIXES["lc-dataset"])
    subjects = {
        subject
        for path in LAYOUT.ontology_files()
        if path.stem != "foreign"
        for subject in PARSED[path].subjects()
        if isinstance(subject, URIRef)
    }

    assert [subject for subject in subjects if not str(subject).startswith(ours)] == []


@pytest.mark.parametrize("subject", DESCRIBED, ids=lambda iri: re.split(r"[/#]", iri)[-1] or iri)
@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition], ids=["label", "definition"])
def test_each_term_and_code_speaks_both_languages(vocabulary, subject, predicate):
    """Exactly one label and one definition in each of English and Vietnamese."""
    languages = sorted(text.language for text in vocabulary.objects(subject, predicate))

    assert languages == ["en", "vi"]


@pytest.mark.parametrize("subject", DESCRIBED, ids=lambda iri: re.split(r"[/#]", iri)[-1] or iri)
def test_each_definition_is_one_sentence(vocabulary, subject):
    """A definition begins with its genus, has one full stop, and that at the end."""
    definitions = {text.language: str(text) for text in vocabulary.objects(subject, SKOS.definition)}

    assert re.fullmatch(r"An? [^.]+\.", definitions["en"])
    assert re.fullmatch(r"M[^.]+\.", definitions["vi"])


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=name_of)
def test_a_hand_written_file_keeps_the_house_form(path):
    """UTF-8 in NFC, four spaces, LF; a block ends in a dot alone on its line."""
    text = path.read_bytes().decode("utf-8")
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', re.sub(r"(?m)^ *#.*$", "", text))

    assert text.endswith("\n.\n")
    assert not re.search(r"[\t\r]| $|\n\n\n", text)
    assert re.findall(r"(?m)^.*\S+.*\.$", bare) == []
    assert [line for line in bare.splitlines() if (len(line) - len(line.lstrip())) % 4] == []


def test_the_header_says_who_what_and_under_which_licence():
    """The ontology has a version that its version IRI repeats, a licence, a creator and a prefix."""
    dcterms, vann = (rdflib.Namespace(PREFIXES[prefix]) for prefix in ("dcterms", "vann"))

    version = str(ALL_ONTOLOGY.value(ONTOLOGY, OWL.versionInfo))

    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert ALL_ONTOLOGY.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert ALL_ONTOLOGY.value(ONTOLOGY, dcterms.license)
    assert ALL_ONTOLOGY.value(ONTOLOGY, dcterms.creator)
    assert str(ALL_ONTOLOGY.value(ONTOLOGY, vann.preferredNamespacePrefix)) == "lck"
    assert str(ALL_ONTOLOGY.value(ONTOLOGY, vann.preferredNamespaceUri)) == str(LCK)


# Terms: which there are, and where they are used


@pytest.mark.parametrize("path", sorted(PARSED), ids=name_of)
def test_every_term_of_ours_in_use_exists(path):
    """No file uses a name of our namespace that the ontology lacks."""
    used = {
        str(node).removeprefix(LCK)
        for triple in PARSED[path]
        for node in triple
        if isinstance(node, URIRef) and node.startswith(LCK)
    }

    assert used <= LCK.terms()


@pytest.mark.parametrize("path", sorted(PARSED), ids=name_of)
def test_every_class_and_property_in_use_is_declared(path):
    """A file needs no import: each property and class of it is declared in the ontology."""
    graph = PARSED[path]
    used = {*graph.predicates(), *graph.objects(None, RDF.type)}

    undeclared = [
        term for term in used if not str(term).startswith(BUILT_IN) and not declared_as(ALL_ONTOLOGY, term)
    ]

    assert sorted(undeclared) == []


def declared_as(graph, term):
    """Give the kinds of entity that *term* is declared as."""
    return set(graph.objects(term, RDF.type)) & {OWL.Class, OWL.Ontology, *KINDS_OF_PROPERTY}


def test_no_foreign_declaration_is_left_over():
    """What is declared of other vocabularies is used by ontology, schemes or facts."""
    foreign = set(PARSED[LAYOUT.ontology / "foreign.ttl"].subjects())
    others = [path for path in PARSED if path.stem != "foreign"]
    used = {node for path in others for triple in PARSED[path] for node in triple}

    assert sorted(foreign - used) == []


@pytest.mark.parametrize("term", TERMS, ids=lambda iri: iri.removeprefix(LCK))
def test_a_name_shows_what_it_names(term):
    """Classes are UpperCamel, properties lowerCamel."""
    name = term.removeprefix(LCK)
    pattern = r"[A-Z][A-Za-z]*" if OWL.Class in declared_as(ALL_ONTOLOGY, term) else r"[a-z][A-Za-z0-9]*"

    assert declared_as(ALL_ONTOLOGY, term)
    assert re.fullmatch(pattern, name)


@pytest.mark.parametrize(
    "term",
    [term for term in TERMS if OWL.Class in declared_as(ALL_ONTOLOGY, term)],
    ids=lambda iri: iri.removeprefix(LCK),
)
def test_a_class_specialises_a_standard_one(term):
    """A tool that knows only the standards still knows what kind of thing this is."""
    above = set(ALL_ONTOLOGY.transitive_objects(term, RDFS.subClassOf))

    assert [node for node in above if isinstance(node, URIRef) and not node.startswith(LCK)]


# OWL 2 DL and consistency


def java(*tools):
    """Pass where Java's *tools* are; without them skip here, but fail in continuous integration."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")


RESTRICTION = "rdfs:subClassOf [ a owl:Restriction ; owl:onProperty"
FAULTS = {
    "property-of-two-kinds": ("lck:area a owl:DatatypeProperty .", "IllegalPunning"),
    "class-that-is-a-datatype": ("lck:Unit a rdfs:Datatype .", "DatatypeIRIAlsoUsedAsClassIRI"),
    "functional-and-transitive": (
        "lck:isPartOf a owl:FunctionalProperty .",
        "UseOfNonSimplePropertyInFunctionalPropertyAxiom",
    ),
    "cardinality-on-transitive": (
        f"lck:Place {RESTRICTION} lck:isPartOf ; owl:maxCardinality 1 ] .",
        "UseOfNonSimplePropertyInCardinalityRestriction",
    ),
    "undeclared-class": ("lck:Goal rdfs:subClassOf lck:Nowhere .", "UseOfUndeclaredClass"),
    "undeclared-property": (
        f"lck:Goal {RESTRICTION} lck:gone ; owl:someValuesFrom lck:Goal ] .",
        "UseOfUndeclaredObjectProperty",
    ),
    "reserved-word-coined": ("owl:Goal a owl:Class .", "UseOfReservedVocabularyForClassIRI"),
    "reserved-word-as-thing": ("owl:goal a lck:Unit .", "UseOfReservedVocabularyForIndividualIRI"),
    "cyclic-chain": (
        "lck:isPartOf owl:propertyChainAxiom (lck:place lck:isPartOf lck:place) .",
        "UseOfPropertyInChainCausesCycle",
    ),
}


@pytest.fixture(scope="module")
def outside_profile(tmp_path_factory, vocabulary, everything):
    """Give, for the files and each fault put into them, the OWL API's violations of OWL 2 DL."""
    java("java", "javac")
    folder = tmp_path_factory.mktemp("profile")
    graphs = {"vocabulary": vocabulary, "everything": everything}
    for name, (fault, _) in FAULTS.items():
        graphs[name] = vocabulary + rdflib.Graph().parse(data=HEAD + fault, format="turtle")
    for name, graph in graphs.items():
        graph.serialize(folder / f"{name}.rdf", format="xml")

    done = subprocess.run(
        ["java", "-cp", HERMIT, PROFILE_CHECK, *(folder / f"{name}.rdf" for name in graphs)],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )

    found = {name: {} for name in graphs}
    for line in done.stdout.splitlines():
        file, kind, wording = line.split("\t")
        found[Path(file).stem].setdefault(kind, []).append(wording)
    assert all("axioms" in kinds for kinds in found.values())
    return found


@pytest.mark.parametrize("name", ["vocabulary", "everything"])
def test_the_graph_is_in_owl_2_dl(outside_profile, name):
    """The OWL API finds nothing outside OWL 2 DL, without and with the facts."""
    (axioms,) = outside_profile[name].pop("axioms")

    assert int(axioms) > 2000
    assert outside_profile[name] == {}


@pytest.mark.parametrize("name", FAULTS)
def test_the_profile_check_bites(outside_profile, name):
    """A fault put in is found under its own name."""
    assert FAULTS[name][1] in outside_profile[name]


def datatypes_outside(graph):
    """List the datatypes in ranges and restrictions that OWL 2 lacks; the OWL API lets xsd:date pass."""
    named = {*graph.objects(None, RDFS.range), *graph.objects(None, OWL.someValuesFrom)}
    return sorted(
        name for name in named if str(name).startswith(BUILT_IN) and name not in {*OWL2_DATATYPES, OWL.Thing}
    )


def test_no_axiom_names_a_datatype_outside_owl_2(vocabulary):
    """Dates have no declared range, because xsd:date is no datatype of OWL 2."""
    assert datatypes_outside(vocabulary) == []


def test_the_datatype_check_bites():
    """A range of dates would be found."""
    graph = rdflib.Graph().parse(data=HEAD + "lck:date rdfs:range xsd:date .", format="turtle")

    assert datatypes_outside(graph) == [XSD.date]


def with_axioms_on_annotations(graph):
    """List the annotation properties that carry what only other properties may."""
    return sorted(
        term
        for term in graph.subjects(RDF.type, OWL.AnnotationProperty)
        if {OWL.FunctionalProperty, OWL.TransitiveProperty} & set(graph.objects(term, RDF.type))
    )


def test_no_annotation_property_carries_axioms(vocabulary):
    """An annotation property is neither functional nor transitive, which the OWL API would pass over."""
    assert with_axioms_on_annotations(vocabulary) == []


def test_the_annotation_check_bites():
    """A functional annotation property would be found."""
    fault = "lck:infers a owl:AnnotationProperty , owl:FunctionalProperty ."
    graph = rdflib.Graph().parse(data=HEAD + fault, format="turtle")

    assert with_axioms_on_annotations(graph) == [URIRef(LCK.infers)]


def reason(graph):
    """Let HermiT judge *graph*; give the names of classes that can have no member."""
    java("java")
    world = owlready2.World()
    triples = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
    world.get_ontology(f"{ONTOLOGY}#").load(fileobj=triples)
    owlready2.sync_reasoner_hermit(world, ignore_unsupported_datatypes=True, debug=0)
    return sorted({found.iri for found in world.inconsistent_classes()} - {str(OWL.Nothing)})


def changed(graph, fault):
    """Give *graph* with *fault* put into it, as a new graph."""
    return graph + rdflib.Graph().parse(data=HEAD + fault, format="turtle")


def test_the_ontology_is_consistent_and_every_class_can_have_members(vocabulary):
    """HermiT finds no contradiction in ontology and schemes, and no class that must stay empty."""
    assert reason(vocabulary) == []


def test_the_record_is_consistent_with_the_ontology(everything):
    """HermiT finds no contradiction between the facts and the ontology."""
    assert reason(everything) == []


@pytest.mark.parametrize(
    "fault",
    [
        "lc-place:x a lck:Place , lck:Official .",
        "lc-goal:x a lck:Goal . lc-directive:x lck:answers lc-goal:x . lc-goal:x a lck:Commitment .",
        "lc-observation:x lck:area lc-period:x . lc-period:x a lck:Period .",
        "lc-unit:tonne lck:multiplier 1000.0 .",
        "lc-unit:tonne lck:symbol 5 .",
    ],
    ids=["two-disjoint-classes", "two-kinds-of-statement", "period-for-area", "two-values", "wrong-datatype"],
)
def test_the_reasoner_notices_a_contradiction(vocabulary, fault):
    """A contradiction put in makes the ontology inconsistent."""
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(changed(vocabulary, fault))


def test_the_reasoner_notices_a_class_that_can_have_no_member(vocabulary):
    """A class below two disjoint ones is found."""
    fault = "lck:Goal rdfs:subClassOf lck:Directive ."

    assert reason(changed(vocabulary, fault)) == [LCK.Goal]


# The JSON-LD context


@pytest.fixture(scope="module")
def context():
    """Hold the published context."""
    return json.loads((LAYOUT.ontology / "context.jsonld").read_text("utf-8"))["@context"]


def short_names(context):
    """Give the context's entries that name terms, with IRI and type written out."""
    entries = {
        name: entry for name, entry in context.items() if not name.startswith("@") and name not in PREFIXES
    }
    written = {}
    for name, entry in entries.items():
        full = entry if isinstance(entry, dict) else {"@id": entry}
        prefix, _, local = full["@id"].partition(":")
        written[name] = (PREFIXES.get(prefix, "@") + local if prefix else full["@id"], full.get("@type"))
    return written


def test_the_context_has_the_prefixes_of_the_repository(context):
    """Prefixes mean in JSON-LD what they mean in Turtle."""
    prefixes = {
        name: entry
        for name, entry in context.items()
        if isinstance(entry, str) and entry.endswith(("/", "#"))
    }

    assert prefixes.items() <= PREFIXES.items()
    assert {name for name in PREFIXES if name.startswith("lc")} <= set(prefixes)


@pytest.mark.parametrize("term", TERMS, ids=lambda iri: iri.removeprefix(LCK))
def test_the_context_names_each_term_as_the_ontology_types_it(context, term):
    """Links are links and numbers are numbers in JSON-LD."""
    kinds = declared_as(ALL_ONTOLOGY, term)
    value_range = ALL_ONTOLOGY.value(term, RDFS.range)
    dates = {LCK.date, LCK.attestedOn, LCK.firstDay, LCK.lastDay}
    expected = None
    if OWL.ObjectProperty in kinds or str(term) == LCK.infers:
        expected = "@id"
    elif str(term) in dates:
        expected = "xsd:date"
    elif value_range and value_range.startswith(PREFIXES["xsd"]) and value_range != XSD.string:
        expected = f"xsd:{value_range.removeprefix(PREFIXES['xsd'])}"

    assert short_names(context)[term.removeprefix(LCK)] == (str(term), expected)


def test_the_context_names_each_foreign_property_of_the_facts(context):
    """No property of the facts needs a full IRI in JSON-LD."""
    named = {iri for iri, _ in short_names(context).values()} | {str(RDF.type)}
    used = {str(predicate) for path in FACTS for predicate in PARSED[path].predicates()}

    assert sorted(used - named) == []


def test_the_context_fetches_nothing(context):
    """The context names no other context."""
    assert not {"@import", "@base", "@vocab"} & set(context)


def canonical(quads):
    """Give a graph in a form in which names of blank nodes do not matter."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


@pytest.mark.parametrize("path", sorted(PARSED), ids=name_of)
def test_the_context_loses_nothing(context, path):
    """A file written as JSON-LD with the context by one library reads back, by another, as the same graph."""
    written = PARSED[path].serialize(format="json-ld", context=context)

    again = canonical(ox.parse(written, format=ox.RdfFormat.JSON_LD))

    assert again == canonical(ox.parse(path=path, format=ox.RdfFormat.TURTLE))


def test_the_context_makes_plain_keys():
    """An observation reads as plain JSON."""
    graph = rdflib.Graph()
    subject = URIRef(PREFIXES["lc-observation"] + "a--b")
    graph.add((subject, RDF.type, URIRef(LCK.Observation)))
    graph.add((subject, URIRef(LCK.value), Literal("47.20", datatype=XSD.decimal)))
    graph.add((subject, URIRef(LCK.unit), URIRef(PREFIXES["lc-unit"] + "percent")))
    context = json.loads((LAYOUT.ontology / "context.jsonld").read_text("utf-8"))["@context"]

    written = json.loads(graph.serialize(format="json-ld", context=context))

    del written["@context"]
    assert written == {
        "id": "lc-observation:a--b",
        "type": "Observation",
        "value": "47.20",
        "unit": "lc-unit:percent",
    }
