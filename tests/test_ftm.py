"""FollowTheMoney entities, held against the package's own model."""

import json
from collections import Counter

import pytest
from followthemoney import model
from followthemoney.exc import InvalidData

from indexed import read_index
from laichau_kg.ftm import write_ftm
from laichau_kg.vocab import ID, LCK, PREFIXES
from mini import FIRST, make_checkout

EDGES = ["Documentation", "Membership", "Occupancy", "UnknownLink"]


@pytest.fixture(scope="module")
def index():
    """The real record."""
    return read_index()


@pytest.fixture(scope="module")
def entities(index):
    """The real record's entities."""
    return [json.loads(line) for line in write_ftm(index).splitlines()]


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    """The mini record's entities, by id."""
    index = read_index(make_checkout(tmp_path_factory.mktemp("checkout")))
    return {entity["id"]: entity for entity in map(json.loads, write_ftm(index).splitlines())}


def faults(entities):
    """Say what the model has against entities; its own check passes over what is missing or unknown."""
    found = []
    for entity in entities:
        schema = model.get(entity["schema"])
        found += [(entity["id"], name) for name in set(schema.required) - set(entity["properties"])]
        found += [(entity["id"], name) for name in set(entity["properties"]) - set(schema.properties)]
        try:
            schema.validate(entity)
        except InvalidData as error:
            found.append((entity["id"], str(error.errors)))
    return found


def test_the_models_own_check_accepts_every_entity(entities):
    """Required properties are there, and every value is one of its type."""
    assert faults(entities) == []


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"name": ["An"], "post": ["lck-post-x"]},
        {"name": ["An"], "birthDate": ["yesterday"]},
        {"name": ["An"], "proof": ["https://w3id.org/laichau-kg/id/article/mot"]},
    ],
    ids=["nothing", "unknown", "no-date", "no-id"],
)
def test_the_model_would_notice(properties):
    """The test before is no formality."""
    assert faults([{"id": "lck-person-an", "schema": "Person", "properties": properties}])


def test_nothing_is_lost_when_the_model_cleans(entities):
    """A program that reads the entities with the package keeps every value."""
    lost = [e["id"] for e in entities if model.get_proxy(e, cleaned=False).to_dict() != e]

    assert [key for key in lost if not same_values(key, entities)] == []


def same_values(key, entities):
    """Compare an entity with what the package makes of it, whatever the order of values."""
    entity = next(each for each in entities if each["id"] == key)
    cleaned = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
    return {name: sorted(values) for name, values in cleaned.items()} == entity["properties"]


def test_ids_stand_once(entities):
    """No two entities share an id."""
    assert max(Counter(entity["id"] for entity in entities).values()) == 1


def test_what_entities_point_at_is_there_and_of_the_right_schema(entities):
    """Links lead to entities that the property allows."""
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    wrong = [
        (entity["id"], name, target)
        for entity in entities
        for name, values in entity["properties"].items()
        if (prop := model.get(entity["schema"]).get(name)).type.name == "entity"
        for target in values
        if target not in schemata or not model.get(schemata[target]).is_a(prop.range)
    ]

    assert wrong == []


@pytest.mark.parametrize("schema", ["Event", *EDGES])
def test_every_fact_names_article_and_evidence(entities, schema):
    """Facts carry the articles as proof, and the addresses of the words."""
    bare = [
        entity["id"]
        for entity in entities
        if entity["schema"] == schema
        and not (
            entity["properties"].get("proof")
            and any("#char=" in url for url in entity["properties"].get("sourceUrl", ()))
        )
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("schema", "classes"),
    [
        ("Article", [LCK.Article]),
        ("Person", [LCK.Official]),
        ("Position", [PREFIXES["org"] + "Post"]),
        ("Occupancy", [LCK.Attestation]),
        ("Event", [LCK.Meeting, LCK.Occurrence]),
        ("UnknownLink", [LCK.Participation]),
    ],
)
def test_there_are_as_many_as_in_the_record(entities, index, schema, classes):
    """Nothing is left out and nothing is made up."""
    count = Counter(entity["schema"] for entity in entities)

    assert count[schema] == len(index.of_class(*classes))


def test_no_occupancy_claims_a_start_or_an_end(entities):
    """The day of a showing is its date; when a post was taken up no article says."""
    dated = [e["id"] for e in entities if {"startDate", "endDate"} & set(e["properties"])]

    assert dated == []


def test_an_attestation_is_an_occupancy_on_a_day(mini):
    """Who, which post, which day, in which words."""
    (key,) = [
        key for key in mini if key.startswith(f"lck-attestation-{FIRST}--") and key[-11:] != "-membership"
    ]
    properties = mini[key]["properties"]

    assert properties["holder"] == ["lck-person-tran-tien-dung"]
    assert properties["date"] == ["2020-12-13"]
    assert f"{ID}article/{FIRST}#char=118,136" in properties["sourceUrl"]
    assert "“Chủ tịch UBND tỉnh”" in properties["summary"]


def test_a_meeting_involves_who_took_part(mini):
    """All who took part are involved; the roles are on the links."""
    meeting = mini[f"lck-meeting-{FIRST}--hoi-nghi"]["properties"]
    roles = {
        entity["properties"]["subject"][0]: entity["properties"]["role"]
        for entity in mini.values()
        if entity["schema"] == "UnknownLink"
        and entity["properties"]["object"] == [f"lck-meeting-{FIRST}--hoi-nghi"]
    }

    assert set(meeting["involved"]) == set(roles)
    assert roles["lck-person-tran-tien-dung"] == ["Chair"]


def test_ids_are_made_of_addresses(entities):
    """An entity's id leads back to its address, which is among its source URLs."""
    kinds = [e for e in entities if not e["id"].endswith("-membership") and e["schema"] != "Documentation"]
    made = {
        url.removeprefix(ID).replace("/", "-", 1)
        for entity in kinds
        for url in entity["properties"]["sourceUrl"]
    }

    assert {entity["id"].removeprefix("lck-") for entity in kinds} <= made
