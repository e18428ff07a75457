"""Tables about articles and entries that the record has already, and bundles that the record takes."""

import csv

import pytest

from filling import edit, fill, problems_of, triples, values
from laichau_kg.imports import import_tables
from laichau_kg.layout import Layout
from laichau_kg.record import open_record
from mini import FIRST, make_checkout


@pytest.fixture
def mini(tmp_path):
    """A checkout of the mini record, and its tables."""
    checkout = make_checkout(tmp_path / "mini" if (tmp_path / "mini").mkdir() is None else tmp_path)
    with open_record(checkout) as record:
        record.export_tables(tmp_path / "exported")
    return Layout(checkout), tmp_path / "exported"


def test_facts_of_a_known_article_are_added_to_it(mini, tmp_path):
    """A table of figures alone keeps all else that the record has of the article."""
    layout, exported = mini
    (path,) = [path for path in layout.article_files() if path.stem.endswith(FIRST)]
    before = triples(path.read_text(encoding="utf-8"))
    with (exported / "observations.csv").open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["article"] == FIRST)
    folder = fill(tmp_path / "more", {"observations": [row | {"id": "moi", "value": "12,5", "total": ""}]})

    (bundle,) = import_tables(layout, folder).values()

    assert before < triples(bundle)
    assert values(triples(bundle), f"{FIRST}--moi", "#value") == ["12.5"]


def test_a_register_of_the_record_is_not_overwritten(mini):
    """Another name for a known place is a bad cell, not a second label."""
    layout, exported = mini
    edit(exported / "places.csv", "Tỉnh Lai Châu", "Tỉnh Lai Chau")

    problems = problems_of(layout, exported)

    assert "column label_vi: the record says “Tỉnh Lai Châu” here; write that" in problems[0]


def test_another_name_may_be_added_to_a_register(mini):
    """What contradicts nothing comes with a bundle, or beside them."""
    layout, exported = mini
    edit(exported / "places.csv", "lai-chau,Tỉnh Lai Châu,", "lai-chau,Tỉnh Lai Châu,")
    with (exported / "places.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["other_names_vi"] += "|tên mới"
    fill(exported, {"places": rows})

    statements = triples(*import_tables(layout, exported).values())

    assert "tên mới" in values(statements, rows[0]["slug"], "#altLabel")


def test_a_citation_that_contradicts_its_document_is_named(mini):
    """What the row says of the document is held to the document's own entry."""
    layout, exported = mini
    with (exported / "documents.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["number"] = "1/XX"
    fill(exported, {"documents": rows})

    assert "column number: the document's own entry says otherwise" in problems_of(layout, exported)[0]


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("evidence", {"article": FIRST, "start": "9", "end": "3", "sha256": "0"}, "the span 9-3 is empty"),
        ("evidence", {"article": "khac", "start": "1", "end": "3"}, "“khac” is no article of the tables"),
        (
            "notes",
            {"thing": f"meeting/{FIRST}--hoi-nghi", "language": "fr", "note": "x"},
            "“fr” is no language",
        ),
        ("notes", {"thing": "place/sao-hoa", "language": "vi", "note": "x"}, "“place/sao-hoa” is no thing"),
        (
            "inferences",
            {"thing": "place/lai-chau", "inferred": "by", "spans": "1-2"},
            "is no fact of an article",
        ),
        (
            "inferences",
            {"thing": f"meeting/{FIRST}--hoi-nghi", "inferred": "wer", "spans": "1-2"},
            "“wer” is no",
        ),
        (
            "further",
            {"thing": "place/lai-chau", "property": "a b", "object": "x", "object_type": "@vi"},
            "column property: “a b” has no prefix",
        ),
        (
            "further",
            {"thing": "place/lai-chau", "property": "lck:date", "object": "x", "object_type": "@v i"},
            "column object_type: “@v i” has no prefix",
        ),
        (
            "further",
            {"thing": "place/lai-chau", "property": "lck:date", "object": "x y", "object_type": "iri"},
            "column object: “x y” names nothing",
        ),
        ("indicators", {"slug": "moi"}, "a new indicator is added to ontology/schemes/indicators.ttl"),
    ],
)
def test_a_bad_row_beside_the_facts_is_named(mini, tmp_path, table, row, said):
    """Evidence, inferences, remarks and all else are held to the same rule."""
    layout, _ = mini

    (problem,) = problems_of(layout, fill(tmp_path / "side", {table: [row]}))

    assert problem.startswith(f"{table}.csv, row 2, column ")
    assert said in problem


def test_a_slug_that_two_kinds_share_is_written_with_its_kind(mini, tmp_path):
    """A promise to the directive "x" does not answer the recommendation "x"."""
    layout, _ = mini
    path = next(path for path in layout.article_files() if path.stem.endswith(FIRST))
    content = path.read_text(encoding="utf-8")
    recommendation = content[content.index("\nlc-recommendation:") :].partition("\n.\n")[0] + "\n.\n"
    twin = recommendation.replace("lc-recommendation:", "lc-goal:").replace("lck:Recommendation", "lck:Goal")
    head = "PREFIX lc-goal: <https://w3id.org/laichau-kg/id/goal/>\n"
    path.write_text(content.replace("PREFIX", head + "PREFIX", 1) + twin, encoding="utf-8")

    with open_record(layout.root) as record:
        record.export_tables(tmp_path / "again")
    bundles = import_tables(layout, tmp_path / "again")

    assert triples(bundles[path.name]) == triples(path.read_text(encoding="utf-8"))
    assert "recommendation/" in (tmp_path / "again" / "commitments.csv").read_text(encoding="utf-8")
