import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from laichau_kg import _dump
from laichau_kg.dataset import DATASET, DATASET_GRAPH
from laichau_kg.errors import OutputError, TurtleError
from laichau_kg.exports import FORMS, LINKED_DATA, Source, export_record, form_of, write_form
from laichau_kg.record import open_record
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
def record(tmp_path_factory):
    """The mini record."""
    with open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record:
        yield record


@pytest.fixture(scope="module")
def dumps(record, tmp_path_factory):
    """The mini record in every form."""
    folder = tmp_path_factory.mktemp("dumps")
    return {form: export_record(record, folder / f"record.{form}")[0] for form in FORMS}


@pytest.fixture(scope="module")
def other_process(record, tmp_path_factory):
    """Where another Python, whose sets are in another order, wrote every form."""
    folder = tmp_path_factory.mktemp("other")
    lines = (
        "from pathlib import Path",
        "from laichau_kg import open_record",
        "from laichau_kg.exports import FORMS",
        f"with open_record(Path({str(record.layout.root)!r})) as record:",
        "    for form in FORMS:",
        f"        record.export(Path({str(folder)!r}) / f'record.{{form}}')",
    )
    subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], env=os.environ | {"PYTHONHASHSEED": "4711"}, check=True
    )
    return folder


@pytest.fixture(scope="module")
def files_read(record):
    """What the record's files hold, read by Oxigraph's parser: quads with the graphs they belong to."""
    quads = []
    for path, graph in record_files(record.layout):
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


@pytest.mark.parametrize("form", [form for form in LINKED_DATA if form not in WITH_GRAPHS])
def test_dump_of_triples_reads_back_the_same(dumps, files_read, form):
    """Every triple of the union is there with its spelling and language, and nothing else."""
    back = [ox.Quad(*quad.triple) for quad in read(dumps[form], form)]

    assert canonical(back) == canonical(ox.Quad(*quad.triple) for quad in files_read)


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize("form", LINKED_DATA)
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


@pytest.mark.parametrize("form", LINKED_DATA)
def test_a_figure_keeps_its_spelling(dumps, form):
    """A value written 43.70 in the facts is 43.70 in the dump."""
    values = {quad.object.value for quad in read(dumps[form], form) if quad.predicate.value == LCK.value}

    assert "43.70" in values


@pytest.mark.parametrize("form", FORMS)
def test_same_record_same_bytes(dumps, other_process, form):
    """Two exports of one record do not differ in a byte, whatever order sets have."""
    again = other_process / dumps[form].name

    assert again.read_bytes() == dumps[form].read_bytes()


@pytest.mark.parametrize("form", ["ttl", "gexf", "xlsx"])
def test_a_form_can_be_had_without_a_file(dumps, record, form):
    """What a web server hands out is what the command writes."""
    assert write_form(form, record) == dumps[form].read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found_by_its_own_suffix(form):
    """Each form's usual suffix leads back to it, in small and capital letters."""
    path = Path("a.b" + FORMS[form].suffix.upper())

    assert form_of(path) is FORMS[form]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("record.json", "jsonld"), ("record.xml", "rdf"), ("record.ftm.jsonl", "ftm.json"),
        ("popolo.json", "jsonld"), ("record.met.graphml", "met.graphml"), ("met.graphml", "graphml"),
    ],
)  # fmt: skip
def test_the_longest_suffix_decides(name, form):
    """A name of the same letters is no suffix: what stands before the first dot is free."""
    assert form_of(Path(name)).name == form


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_title_in_both_languages(form):
    """A list of downloads can be shown to anybody."""
    english, vietnamese = FORMS[form].title

    assert english
    assert vietnamese


@pytest.mark.parametrize(("form", "package"), [("xlsx", "openpyxl"), ("ftm.json", "followthemoney")])
def test_a_missing_package_is_named_with_its_extra(record, tmp_path, monkeypatch, form, package):
    """One sentence says what to install, and nothing is written."""
    monkeypatch.setitem(sys.modules, package, None)
    extra = form.partition(".")[0]

    with pytest.raises(OutputError, match=rf"pip install 'laichau-kg\[{extra}\]'"):
        export_record(record, tmp_path / f"record.{form}")

    assert list(tmp_path.iterdir()) == []


def test_files_are_read_once_for_many_forms(record, monkeypatch):
    """Whoever writes every form of a large record waits for its files once."""
    read = []
    real = _dump.read_quads
    monkeypatch.setattr(_dump, "read_quads", lambda files: read.append(1) or real(files))
    source = Source(record)

    FORMS["gexf"].write(source)
    FORMS["popolo.json"].write(source)

    assert read == [1]


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


IANA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "popolo.json": "application/json",
    "sdmx.csv": "text/csv",
    "sdmx.json": "application/json",
    "gexf": "application/xml",
    "met.graphml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.mark.parametrize("form", IANA)
def test_description_names_the_media_type(dumps, form):
    """The type is one that IANA has registered."""
    path = dumps[form]
    described = rdflib.Graph().parse(path.with_name(path.name + ".dcat.ttl"))

    assert {str(iri) for iri in described.objects(None, rdflib.DCAT.mediaType)} == {
        f"https://www.iana.org/assignments/media-types/{IANA[form]}"
    }


def test_description_claims_no_media_type_that_is_not_registered(dumps):
    """Lines of JSON have none; what standard the file follows is said instead."""
    path = dumps["ftm.json"]
    described = rdflib.Graph().parse(path.with_name(path.name + ".dcat.ttl"))
    file = described.value(rdflib.URIRef(DATASET), rdflib.DCAT.distribution)

    assert described.value(file, rdflib.DCAT.mediaType) is None
    assert "followthemoney" in str(described.value(file, rdflib.DCTERMS.conformsTo))


@pytest.mark.parametrize("suffix", [".docx", "", ".turtle"])
def test_unknown_suffix_is_refused_with_the_forms(record, tmp_path, suffix):
    """The error says which suffixes there are."""
    with pytest.raises(OutputError, match=r"\.ttl, \.trig, \.nt, \.nq, \.jsonld, \.rdf"):
        export_record(record, tmp_path / f"record{suffix}")


def test_unwritable_place_leaves_nothing(record, tmp_path):
    """Where a file cannot be written the error says so and no fragment stays."""
    with pytest.raises(OutputError, match="cannot be written"):
        export_record(record, tmp_path / "missing" / "record.ttl")

    assert list(tmp_path.iterdir()) == []


def test_bad_facts_do_not_touch_the_old_dump(tmp_path):
    """An export that fails leaves what was there before."""
    (tmp_path / "checkout").mkdir()
    record = open_record(make_checkout(tmp_path / "checkout"))
    (record.layout.articles / "undated-bad.ttl").write_text("this is no Turtle", encoding="utf-8")
    dump = tmp_path / "record.ttl"
    dump.write_text("old", encoding="utf-8")

    with pytest.raises(TurtleError, match=r"undated-bad\.ttl:1"):
        export_record(record, dump)

    assert dump.read_text(encoding="utf-8") == "old"
    assert not dump.with_name("record.ttl.dcat.ttl").exists()
