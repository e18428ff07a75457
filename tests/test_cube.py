"""The observations are a well-formed RDF Data Cube: IC-1 to IC-21 of the W3C Recommendation, section 11."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from laichau_kg.layout import find_layout
from laichau_kg.vocab import LCK, PREFIXES

FOLDER = Path(__file__).parent / "cube"
LAYOUT = find_layout(Path(__file__).parents[1])
CONSTRAINTS = sorted(path.stem.removeprefix("ic-") for path in FOLDER.glob("ic-*.rq"))
OURS = [name for name in CONSTRAINTS if name != "12-standard"]

PARENT_CHILD = "SELECT DISTINCT ?p WHERE { ?list qb:parentChildProperty ?p . FILTER isIRI(?p) }"
CHILD_PARENT = "SELECT DISTINCT ?p WHERE { ?list qb:parentChildProperty [ owl:inverseOf ?p ] }"


def load(*paths: Path) -> ox.Store:
    """Load Turtle files into the default graph of a new store."""
    store = ox.Store()
    for path in paths:
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return store


def normalise(store: ox.Store) -> ox.Store:
    """Apply both phases of the standard's normalisation."""
    for phase in ("normalise-1.ru", "normalise-2.ru"):
        store.update((FOLDER / phase).read_text("utf-8"))
    return store


def violated(store: ox.Store, name: str) -> bool:
    """Say whether the constraint *name* finds a fault."""
    text = (FOLDER / f"ic-{name}.rq").read_text("utf-8")
    if "$p" not in text:
        return bool(store.query(text))
    finder = CHILD_PARENT if "owl:inverseOf" in text else PARENT_CHILD
    found = store.query(finder, prefixes={key: PREFIXES[key] for key in ("owl", "qb")})
    return any(bool(store.query(text.replace("$p", row["p"].value))) for row in found)


def small_cube() -> ox.Store:
    """Load the ontology, the schemes and the small valid cube, as they stand in the files."""
    return load(*LAYOUT.ontology_files(), *LAYOUT.scheme_files(), FOLDER / "valid.ttl")


@pytest.fixture(scope="module")
def valid():
    """Hold the small valid cube, normalised."""
    return normalise(small_cube())


@pytest.fixture(scope="module")
def record():
    """Hold the whole record with ontology and schemes, normalised."""
    files = [*LAYOUT.article_files(), *LAYOUT.register_files()]
    return normalise(load(*LAYOUT.ontology_files(), *LAYOUT.scheme_files(), *files))


def test_all_twenty_one_constraints_are_there():
    """No constraint of the standard is missing."""
    numbers = {int(re.match(r"\d+", name)[0]) for name in CONSTRAINTS}

    assert numbers == set(range(1, 22))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_the_small_cube_is_well_formed(valid, name):
    """The small cube meets every constraint."""
    assert not violated(valid, name)


@pytest.mark.parametrize("name", OURS)
def test_each_constraint_bites(name):
    """One change to the small cube, and its constraint is violated."""
    store = small_cube()

    store.update((FOLDER / f"break-{name}.ru").read_text("utf-8"))

    assert violated(normalise(store), name)


@pytest.mark.parametrize("name", OURS)
def test_the_record_is_a_well_formed_cube(record, name):
    """The observations of the articles meet every constraint."""
    assert not violated(record, name)


def test_the_record_has_observations(record):
    """The constraints were tried on figures, not on an empty cube."""
    observations = record.quads_for_pattern(
        None,
        ox.NamedNode(PREFIXES["qb"] + "dataSet"),
        ox.NamedNode(PREFIXES["lc-dataset"] + "observations"),
        None,
    )

    assert len(list(observations)) > 20


def test_the_grouped_duplicate_check_agrees_with_the_standard():
    """IC-12 by groups and IC-12 by pairs both find the twin."""
    store = small_cube()
    store.update((FOLDER / "break-12.ru").read_text("utf-8"))
    normalise(store)

    assert violated(store, "12")
    assert violated(store, "12-standard")


def test_the_duplicate_check_names_every_dimension(valid):
    """IC-12 groups by just the dimensions of the structure."""
    found = valid.query(
        "SELECT ?dim WHERE { lc-dataset:observation-structure qb:component/qb:dimension ?dim }",
        prefixes={key: PREFIXES[key] for key in ("lc-dataset", "qb")},
    )
    text = (FOLDER / "ic-12.rq").read_text("utf-8")

    grouped = {str(LCK) + name for name in re.findall(r"lck:(\w+)", text)}
    assert grouped == {row["dim"].value for row in found}


def test_every_dimension_of_concepts_has_a_code_list(valid):
    """A dimension whose range is a class of concepts, ours included, names its code list."""
    found = valid.query(
        """SELECT ?dim WHERE {
          ?dim a qb:DimensionProperty ; rdfs:range/rdfs:subClassOf* skos:Concept .
          FILTER NOT EXISTS { ?dim qb:codeList ?list }
        }""",
        prefixes={key: PREFIXES[key] for key in ("qb", "rdfs", "skos")},
    )

    assert [row["dim"].value for row in found] == []


def test_every_change_has_its_constraint():
    """No file of changes is an orphan."""
    changes = {path.stem.removeprefix("break-") for path in FOLDER.glob("break-*.ru")}

    assert changes == set(OURS)
