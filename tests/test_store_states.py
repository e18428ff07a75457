"""What one open store shows while the record's files change: one state an answer, and never an older one."""

from contextlib import contextmanager

import pytest

from laichau_kg._journal import commit, reading, writing
from laichau_kg._local import MemoryStore
from laichau_kg.errors import LimitExceededError
from laichau_kg.layout import Layout
from laichau_kg.store import open_store, record_files
from laichau_kg.vocab import ID, PREFIXES

LABELS = (
    f"PREFIX skos: <{PREFIXES['skos']}>\n"
    "SELECT DISTINCT ?label WHERE { ?thing skos:prefLabel ?label } ORDER BY STR(?label)"
)
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12)) + "}"
FILES = {
    "articles/2020-12-14-ke-hoach.ttl": "article/ke-hoach",
    "articles/undated-hoi-nghi.ttl": "article/hoi-nghi",
    "registers/places.ttl": "place/lai-chau",
}
MOVED = {f"articles/2024-01-01-{number}.ttl": name for number, name in enumerate(FILES.values())}


def accept(layout, label, files=FILES):
    """Change the record as an acceptance does: every label at once, and files under other names."""
    text = "<{}{}> <{}prefLabel> '{}' ."
    old = {path.relative_to(layout.root / "data").as_posix(): None for path, _ in record_files(layout)}
    new = {name: text.format(ID, thing, PREFIXES["skos"], label).encode() for name, thing in files.items()}
    with writing(layout):
        commit(layout, old | new)


@pytest.fixture
def layout(tmp_path):
    """A record of three things, all called A."""
    for folder in ("data/articles", "data/registers", "ontology/schemes"):
        (tmp_path / "record" / folder).mkdir(parents=True)
    found = Layout(tmp_path / "record")
    accept(found, "A")
    return found


@pytest.fixture
def store(layout):
    """The record in memory, not yet read."""
    opened = open_store("memory", layout)
    yield opened
    opened.close()


def freely(store):
    """Ask the worker for all labels."""
    return [str(label) for (label,) in store.sparql(LABELS).rows]


def here(store):
    """Ask this process for all labels."""
    return [str(label) for (label,) in store.query(LABELS).rows]


def end_worker(store):
    """Let a query run out of time, so that its process is killed."""
    with pytest.raises(LimitExceededError):
        store.sparql(ENDLESS, timeout=0.2)


@pytest.mark.parametrize(
    ("is_killed", "expected"), [(False, ["A"]), (True, ["B"])], ids=["same-worker", "new-worker"]
)
def test_free_sparql_beside_an_acceptance_shows_one_state(layout, store, is_killed, expected):
    """A worker that goes on shows the record before it; a new one shows the record after it, as a whole."""
    assert freely(store) == ["A"]

    accept(layout, "B", MOVED)
    if is_killed:
        end_worker(store)

    assert freely(store) == expected


def test_what_was_read_here_is_what_every_worker_shows(layout, store):
    """When this process reads the files after the worker has, both show what it read, from then on."""
    assert freely(store) == ["A"]

    accept(layout, "B", MOVED)
    read_here = here(store)
    accept(layout, "C")
    before_the_kill = freely(store)
    end_worker(store)

    assert [read_here, before_the_kill, freely(store), here(store)] == [["B"]] * 4


def test_files_stay_as_they_are_until_a_worker_has_read_them(layout):
    """What comes the moment after the files are let go is not in it, at the first start and at later ones."""
    coming = iter(["B", "C", "D"])

    @contextmanager
    def listing():
        with reading(layout):
            yield record_files(layout)
        accept(layout, next(coming), MOVED)

    store = MemoryStore(listing=listing)
    first = freely(store)
    end_worker(store)
    second = freely(store)
    store.close()

    assert [first, second] == [["A"], ["B"]]
