import hashlib
import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from laichau_kg.dataset import DATASET, DATASET_GRAPH
from laichau_kg.errors import OutputError, TurtleError
from laichau_kg.exports import FORMS, export_record
from laichau_kg.layout import find_layout
from laichau_kg.store import record_files
from laichau_kg.vocab import GRAPH, LCK, PREFIXES
from mini import FIRST, make_checkout

WITH_GRAPHS = ("trig", "nq", "jsonld")
OXIGRAPH_FORMS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
RDFLIB_FORMS = {
    "ttl": "turtle",
    "nt": "nt",
    "nq": "nquads",
    "trig": "trig",
    "rdf": "xml",
    "jsonld": "json-ld",
}


@pytest.fixture(scope="module")
def layout(tmp_path_factory):
    """The mini record."""
    return find_layout(make_checkout(tmp_path_factory.mktemp("checkout")))


@pytest.fixture(scope="module")
def dumps(layout, tmp_path_factory):
    """The mini record in every form."""
    folder = tmp_path_factory.mktemp("dumps")
    return {form: export_record(layout, folder / f"record.{form}")[0] for form in FORMS}


@pytest.fixture(scope="module")
def files_read(layout):
    """What the record's files hold, read by Oxigraph's parser: quads with the graphs they belong to."""
    quads = []
    for path, graph in record_files(layout):
        parsed = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        quads += [ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph)) for quad in parsed]
    return quads


def canonical(quads):
    """Make quads comparable whatever their blank nodes are called."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def read(path, form):
    """Read a dump with Oxigraph."""
    return list(ox.parse(path.read_bytes(), format=OXIGRAPH_FORMS[form]))


@pytest.mark.parametrize("form", WITH_GRAPHS)
def test_dump_with_graphs_reads_back_the_same(dumps, files_read, form):
    """Every quad is there with its graph, spelling and language, and nothing else but the description."""
    back = [quad for quad in read(dumps[form], form) if quad.graph_name != ox.NamedNode(DATASET_GRAPH)]

    assert canonical(back) == canonical(files_read)


@pytest.mark.parametrize("form", [form for form in FORMS if form not in WITH_GRAPHS])
def test_dump_of_triples_reads_back_the_same(dumps, files_read, form):
    """Every triple of the union is there with its spelling and language, and nothing else."""
    back = [ox.Quad(*quad.triple) for quad in read(dumps[form], form)]

    assert canonical(back) == canonical(ox.Quad(*quad.triple) for quad in files_read)


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("form", FORMS)
def test_rdflib_reads_each_form_alike(dumps, form):
    """Another library gets the same graph out of each form as out of N-Triples."""

    def facts(form):
        union = rdflib.Graph()
        dataset = rdflib.Dataset() if form in WITH_GRAPHS else rdflib.Graph()
        dataset.parse(data=dumps[form].read_text(encoding="utf-8"), format=RDFLIB_FORMS[form])
        quads = dataset.quads() if form in WITH_GRAPHS else ((*triple, None) for triple in dataset)
        for *triple, graph in quads:
            if graph != rdflib.URIRef(DATASET_GRAPH):
                union.add(triple)
        return union

    assert to_isomorphic(facts(form)) == to_isomorphic(facts("nt"))


@pytest.mark.parametrize("form", FORMS)
def test_a_figure_keeps_its_spelling(dumps, form):
    """A value written 43.70 in the facts is 43.70 in the dump."""
    values = {quad.object.value for quad in read(dumps[form], form) if quad.predicate.value == LCK.value}

    assert "43.70" in values


@pytest.mark.parametrize("form", FORMS)
def test_same_record_same_bytes(dumps, layout, tmp_path, form):
    """Two exports of one record do not differ in a byte."""
    again, _ = export_record(layout, tmp_path / f"again.{form}")

    assert again.read_bytes() == dumps[form].read_bytes()


def test_article_graphs_are_named(dumps):
    """Each article is a named graph of its own."""
    graphs = {quad.graph_name.value for quad in read(dumps["nq"], "nq")}

    assert {GRAPH + FIRST, GRAPH + "tin-khong-ngay", GRAPH + "register-places", DATASET_GRAPH} <= graphs


def test_jsonld_carries_its_context(dumps):
    """Nobody has to fetch a context to read the dump, and names are short."""
    document = json.loads(dumps["jsonld"].read_text(encoding="utf-8"))

    assert isinstance(document["@context"], dict)
    graph = next(node for node in document["@graph"] if node["@id"].endswith(FIRST))
    assert any(node["@id"] == "lc-observation:" + FIRST + "--grdp" for node in graph["@graph"])


@pytest.mark.parametrize("form", FORMS)
def test_description_names_file_size_and_hash(dumps, form):
    """The description beside a dump lets one check that it came whole."""
    path = dumps[form]
    described = rdflib.Graph().parse(path.with_name(path.name + ".dcat.ttl"))
    spdx = rdflib.Namespace(PREFIXES["spdx"])

    file = described.value(rdflib.URIRef(DATASET), rdflib.DCAT.distribution)

    assert int(described.value(file, rdflib.DCAT.byteSize)) == path.stat().st_size
    checksum = described.value(described.value(file, spdx.checksum), spdx.checksumValue)
    assert str(checksum) == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("suffix", [".docx", "", ".turtle"])
def test_unknown_suffix_is_refused_with_the_forms(layout, tmp_path, suffix):
    """The error says which suffixes there are."""
    with pytest.raises(OutputError, match=r"\.ttl, \.trig, \.nt, \.nq, \.jsonld, \.rdf"):
        export_record(layout, tmp_path / f"record{suffix}")


def test_unwritable_place_leaves_nothing(layout, tmp_path):
    """Where a file cannot be written the error says so and no fragment stays."""
    with pytest.raises(OutputError, match="cannot be written"):
        export_record(layout, tmp_path / "missing" / "record.ttl")

    assert list(tmp_path.iterdir()) == []


def test_bad_facts_do_not_touch_the_old_dump(tmp_path):
    """An export that fails leaves what was there before."""
    (tmp_path / "checkout").mkdir()
    layout = find_layout(make_checkout(tmp_path / "checkout"))
    (layout.articles / "undated-bad.ttl").write_text("this is no Turtle", encoding="utf-8")
    dump = tmp_path / "record.ttl"
    dump.write_text("old", encoding="utf-8")

    with pytest.raises(TurtleError, match=r"undated-bad\.ttl:1"):
        export_record(layout, dump)

    assert dump.read_text(encoding="utf-8") == "old"
    assert not dump.with_name("record.ttl.dcat.ttl").exists()
