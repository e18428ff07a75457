import subprocess
import sys

import pytest

import laichau_kg
from laichau_kg import open_record
from laichau_kg.answers import Answer, BooleanAnswer, GraphAnswer
from laichau_kg.errors import ParameterError, QueryError, StoreUnavailableError, UnknownQueryError
from laichau_kg.vocab import ID
from mini import FIRST, TEXTS, make_checkout

HEAVY = (
    "pyoxigraph",
    "rdflib",
    "pyshacl",
    "SPARQLWrapper",
    "typer",
    "rich",
    "yaml",
    "pandas",
    "laichau_kg.record",
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def record(checkout):
    """The mini record, open."""
    with open_record(checkout) as record:
        yield record


def test_importing_the_package_imports_nothing_heavy():
    """A bare import brings no engine, no web and no command line."""
    code = f"import sys, laichau_kg; print([name for name in {HEAVY} if name in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", laichau_kg.__all__)
def test_public_names_are_there(name):
    """Every name that the package promises can be had, and is listed."""
    assert getattr(laichau_kg, name) is not None
    assert name in dir(laichau_kg)


def test_export_stays_a_function():
    """No module of the package takes the place of a public name once it is imported."""
    import laichau_kg.exports  # noqa: PLC0415 - the import is what is tested

    assert all(not hasattr(getattr(laichau_kg, name), "__path__") for name in laichau_kg.__all__)
    assert callable(laichau_kg.export)
    assert laichau_kg.exports


def test_an_unknown_name_is_an_attribute_error():
    """The package does not invent names."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        laichau_kg.nothing  # noqa: B018 - the access is what is tested


def test_a_question_is_answered_with_its_evidence(record):
    """A row names the thing, the article and the words."""
    answer = record.query("post-holders", official="tran tien dung", lang="vi")

    (row,) = answer.records()
    assert row["officialLabel"] == "Trần Tiến Dũng"
    assert row["article"] == f"{ID}article/{FIRST}"
    assert row["quote"] == "Chủ tịch UBND tỉnh"
    assert row["evidence"].startswith(row["article"] + "#char=")


def test_language_decides_labels(record):
    """The same question in English has English labels."""
    vietnamese = record.query("post-holders", lang="vi").records()
    english = record.query("post-holders").records()

    assert vietnamese[0]["postLabel"] == "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"
    assert english[0]["postLabel"].startswith("Chairman")


def test_an_unknown_question_names_near_ones(record):
    """A slip in the id is forgiven with a hint."""
    with pytest.raises(UnknownQueryError, match="post-holders"):
        record.query("post-holder")


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"oficial": "x"}, "no parameter 'oficial'. Did you mean official?"),
        ({"official": "tran tien dun"}, "official: .* Did you mean Trần Tiến Dũng"),
        ({"official": "tong thanh hai"}, "official: .* may be"),
        ({"official": "lc-place:lai-chau"}, "official: .* is a place, not a person"),
        ({"lang": "fr"}, "vi or en"),
    ],
)
def test_an_unfit_parameter_is_named(record, params, complaint):
    """The error says which parameter and what to write instead."""
    with pytest.raises(ParameterError, match=complaint):
        record.query("post-holders", **params)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT ?o { ?o a lck:Observation }", Answer),
        ("ASK { ?o a lck:Observation }", BooleanAnswer),
        ("CONSTRUCT WHERE { ?o a lck:Observation }", GraphAnswer),
        ("DESCRIBE lc-place:lai-chau", GraphAnswer),
    ],
)
def test_free_sparql_gives_the_answer_of_its_form(record, text, kind):
    """Rows for SELECT, yes or no for ASK, triples for the rest."""
    assert isinstance(record.sparql(text), kind)


def test_what_gives_no_rows_is_no_trusted_select(record):
    """`ask` takes a SELECT only."""
    with pytest.raises(QueryError, match="no rows"):
        record.ask("ASK {}")


def test_show_tells_what_is_said_of_a_thing(record):
    """What is said of a thing leads back to the article."""
    articles = record.show("tran-tien-dung").column("article")

    assert f"{ID}article/{FIRST}" in map(str, articles)


def test_count_is_by_class(record):
    """Each class of ours is counted by its name."""
    counts = record.count()

    assert (counts["Article"], counts["Observation"], counts["Meeting"]) == (2, 5, 1)


def test_a_closed_record_opens_again(checkout):
    """Closing lets go of the store, no more."""
    record = open_record(checkout)
    before = record.count()
    record.close()

    assert record.count() == before
    record.close()


def test_a_store_on_disk_answers_the_same(checkout, record, tmp_path):
    """Where the facts are asked makes no difference to the answer."""
    with open_record(checkout, store=str(tmp_path / "store")) as on_disk:
        assert on_disk.query("post-holders") == record.query("post-holders")


def test_a_server_that_is_down_is_said_to_be(checkout):
    """The error names the address."""
    with (
        open_record(checkout, store="http://127.0.0.1:9/query") as record,
        pytest.raises(StoreUnavailableError),
    ):
        record.query("post-holders")


def test_listing_the_questions_opens_no_store(checkout):
    """The catalogue needs no server."""
    with open_record(checkout, store="http://127.0.0.1:9/query") as record:
        assert "post-holders" in record.catalog


def test_sources_are_verified(record):
    """The library's door to the texts."""
    assert record.verify_sources(TEXTS) == ()


def test_the_library_exports(checkout, tmp_path):
    """The module's function writes the dump and its description."""
    laichau_kg.export(tmp_path / "record.nt", root=checkout)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["record.nt", "record.nt.dcat.ttl"]
