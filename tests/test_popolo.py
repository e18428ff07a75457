"""Popolo JSON, held against Popolo's own schemas (tests/data/popolo)."""

import json
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft3Validator
from referencing import Registry
from referencing.jsonschema import DRAFT3

from indexed import read_index
from laichau_kg.popolo import write_popolo
from laichau_kg.vocab import ID, LCK
from mini import FIRST, SECOND, make_checkout

SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (Path(__file__).parent / "data" / "popolo").glob("*.json")
}
LISTS = {
    "persons": "person",
    "organizations": "organization",
    "posts": "post",
    "memberships": "membership",
    "areas": "area",
    "events": "event",
}
REFERENCES = [
    ("organizations", "parent_id", "organizations"),
    ("organizations", "area_id", "areas"),
    ("posts", "organization_id", "organizations"),
    ("posts", "area_id", "areas"),
    ("memberships", "person_id", "persons"),
    ("memberships", "organization_id", "organizations"),
    ("memberships", "post_id", "posts"),
    ("areas", "parent_id", "areas"),
    ("events", "organization_id", "organizations"),
]


@pytest.fixture(scope="module")
def index():
    """The real record."""
    return read_index()


@pytest.fixture(scope="module")
def document(index):
    """The real record as Popolo."""
    return json.loads(write_popolo(index))


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    """The mini record as Popolo."""
    return json.loads(write_popolo(read_index(make_checkout(tmp_path_factory.mktemp("checkout")))))


def validator(name):
    """Make a validator of one of Popolo's schemas, which refer to each other by address."""
    resources = [(schema["id"].rstrip("#"), DRAFT3.create_resource(schema)) for schema in SCHEMAS.values()]
    return Draft3Validator(SCHEMAS[name], registry=Registry().with_resources(resources))


def faults(name, things):
    """Say what the schema has against things."""
    checked = validator(name)
    return [f"{thing['id']}: {error.message}" for thing in things for error in checked.iter_errors(thing)]


@pytest.mark.parametrize("name", LISTS)
def test_popolos_own_schema_accepts_each_list(document, name):
    """Every thing is as Popolo wants it."""
    assert document[name]
    assert faults(LISTS[name], document[name]) == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("memberships", {"start_date": "13/12/2020"}),
        ("persons", {"sources": [{"note": "no address"}]}),
        ("events", {"attendees": [{"id": 7}]}),
    ],
)
def test_the_schemas_would_notice(document, name, change):
    """The test before is no formality."""
    assert faults(LISTS[name], [document[name][0] | change])


@pytest.mark.parametrize("name", LISTS)
def test_only_properties_that_popolo_has(document, name):
    """Nothing is of our own making."""
    known = set(SCHEMAS[LISTS[name]]["properties"])

    assert {field for thing in document[name] for field in thing} <= known


@pytest.mark.parametrize(("name", "field", "target"), REFERENCES)
def test_references_lead_somewhere(document, name, field, target):
    """What an id points at is in the document."""
    ids = {thing["id"] for thing in document[target]}
    pointed = {thing[field] for thing in document[name] if field in thing}

    assert pointed
    assert pointed <= ids


def test_ids_are_the_records_addresses(document):
    """Each id is a thing of the record, and stands once."""
    ids = Counter(thing["id"] for name in LISTS for thing in document[name])

    assert max(ids.values()) == 1
    assert [key for key in ids if not key.startswith(ID)] == []


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("persons", [LCK.Official]), ("memberships", [LCK.Attestation]), ("events", [LCK.Meeting]),
        ("areas", [LCK.Place]),
    ],
)  # fmt: skip
def test_nobody_is_left_out(document, index, name, classes):
    """There are as many as the record has."""
    assert [thing["id"] for thing in document[name]] == index.of_class(*classes)


def test_no_membership_claims_a_start_or_an_end(document):
    """An article shows somebody in a post on a day; when it began and ended it does not say."""
    assert [m["id"] for m in document["memberships"] if {"start_date", "end_date"} & set(m)] == []


def test_a_membership_names_the_day_and_the_words(mini):
    """The day on which the post is shown stands in the sources, with the title as printed."""
    (membership,) = [m for m in mini["memberships"] if m["id"].startswith(f"{ID}attestation/{FIRST}--")]

    first = membership["sources"][0]

    assert first["url"] == f"{ID}article/{FIRST}#char=118,136"
    assert first["note"].startswith("Shown in this post on 2020-12-13 (characters 118 to 136 of “")
    assert "“Chủ tịch UBND tỉnh”" in first["note"]


@pytest.mark.parametrize("name", ["memberships", "events"])
def test_every_fact_has_its_evidence(document, index, name):
    """Each fact's sources hold all of its evidence."""
    bare = {
        thing["id"]
        for thing in document[name]
        if not {span.iri for span in index.spans(thing["id"])} <= {link["url"] for link in thing["sources"]}
    }

    assert bare == set()


def test_a_meeting_lists_its_people_and_tells_of_the_others(mini):
    """Popolo's attendees are persons; bodies and groups are told in the sources, all with their roles."""
    (event,) = [event for event in mini["events"] if event["id"].startswith(f"{ID}meeting/{FIRST}--")]
    notes = " ".join(link["note"] for link in event["sources"])

    assert [person["name"] for person in event["attendees"]] == ["Trần Tiến Dũng"]
    assert "Trần Tiến Dũng: Chair" in notes
    assert "23 đại biểu: Attendee" in notes
    assert event["start_date"] == "2020-12-13"
    assert "end_date" not in event


def test_an_english_name_is_another_name(mini):
    """The Vietnamese name comes first; the English one is marked."""
    (ministry,) = [o for o in mini["organizations"] if o["id"].endswith("/bo-cong-thuong")]

    assert ministry["name"] == "Bộ Công Thương"
    assert {"name": "Ministry of Industry and Trade", "note": "English"} in ministry["other_names"]


def test_things_name_the_articles_that_speak_of_them(mini):
    """An official's sources are the articles."""
    (person,) = [p for p in mini["persons"] if p["id"].endswith("/tran-tien-dung")]

    assert {link["url"] for link in person["sources"]} <= {f"{ID}article/{slug}" for slug in (FIRST, SECOND)}
    assert f"{ID}article/{FIRST}" in {link["url"] for link in person["sources"]}
