"""A store in a folder: built once, brought up to date, read beside a writer."""

import json
import subprocess
import sys
import time

import pytest

from laichau_kg._local import DiskStore
from laichau_kg.errors import (
    StoreUnavailableError,
    TurtleError,
)
from laichau_kg.store import load_store, open_store, record_files
from laichau_kg.vocab import GRAPH, ID
from small_record import HEAD, count, labels, write_small_record


@pytest.fixture
def layout(tmp_path):
    """Write a small record and return its layout."""
    return write_small_record(tmp_path / "record")


def test_disk_store_is_built_once_and_found_again(layout, tmp_path):
    """Opening it again writes nothing, once the files are older than a tick of the clock."""
    folder = tmp_path / "store"
    open_store(str(folder), layout).close()
    open_store(str(folder), layout).close()
    note = (folder / "laichau-digests.json").stat().st_mtime_ns

    store = open_store(str(folder), layout)

    assert count(store) == 6
    assert (folder / "laichau-digests.json").stat().st_mtime_ns == note
    store.close()


def test_disk_store_follows_changed_new_and_removed_files(layout, tmp_path):
    """Opening brings the store up to date; foreign graphs stay."""
    folder = tmp_path / "store"
    store = open_store(str(folder), layout)
    store.replace_graph("http://e/foreign", b"<http://e/a> <http://e/b> 1 .")
    store.close()
    (layout.registers / "places.ttl").write_text(
        HEAD + f"<{ID}place/lai-chau> skos:prefLabel 'Lai Chau'@en .", encoding="utf-8"
    )
    (layout.articles / "undated-hoi-nghi.ttl").unlink()
    (layout.articles / "undated-moi.ttl").write_text(
        HEAD + f"<{ID}article/moi> skos:prefLabel 'Mới'@vi .", encoding="utf-8"
    )

    store = open_store(str(folder), layout)

    assert labels(store) == ["Fact", "Kế hoạch", "Lai Chau", "Mới", "per cent"]
    assert "http://e/foreign" in store.graphs()
    store.close()


@pytest.fixture
def sealed(layout, tmp_path):
    """Return the folder of a store whose files are all older than a tick of the clock, and noted so."""
    folder = tmp_path / "store"
    open_store(str(folder), layout).close()
    time.sleep(0.03)
    open_store(str(folder), layout).close()
    assert (folder / "laichau-digests.seal").is_file()
    return folder


def test_sealed_disk_store_is_opened_without_its_digests(layout, sealed, monkeypatch):
    """Where no file has changed, the digests are not even read."""
    monkeypatch.setattr("laichau_kg.store.read_notes", lambda _path: pytest.fail("read"))

    store = open_store(str(sealed), layout)

    assert count(store) == 6
    store.close()


@pytest.mark.parametrize(
    ("change", "labels_now"),
    [
        ("change", ["Fact", "Kế hoạch", "Lai Châu", "per cent", "Đổi rồi"]),
        ("remove", ["Fact", "Kế hoạch", "Lai Châu", "per cent"]),
        ("add", ["Fact", "Hội nghị", "Kế hoạch", "Lai Châu", "per cent", "Đổi rồi"]),
    ],
)
def test_sealed_disk_store_follows_its_files(layout, sealed, change, labels_now):
    """A file that changed, went or came breaks the seal."""
    path = layout.articles / "undated-hoi-nghi.ttl"
    told = HEAD + f"<{ID}article/hoi-nghi> skos:prefLabel 'Đổi rồi'@vi ."
    if change == "remove":
        path.unlink()
    else:
        target = path if change == "change" else path.with_stem("undated-them")
        target.write_text(told, encoding="utf-8")

    store = open_store(str(sealed), layout)

    assert labels(store) == labels_now
    store.close()


@pytest.mark.parametrize("note", [None, "no json", "[]", "{}"])
def test_disk_store_without_sound_digests_is_loaded_again(layout, sealed, note):
    """Whoever was interrupted before the digests were written does it again, seal or no seal."""
    folder = sealed
    digests = folder / "laichau-digests.json"
    if note is None:
        digests.unlink()
    else:
        digests.write_text(note, encoding="utf-8")

    store = open_store(str(folder), layout)

    assert count(store) == 6
    assert len(json.loads(digests.read_text(encoding="utf-8"))) == 5
    store.close()


def test_interrupted_refresh_is_done_again_though_the_file_is_as_before(layout, sealed, monkeypatch):
    """What was written before an interruption does not stay, whatever became of its file."""
    folder, path = sealed, layout.registers / "places.ttl"
    before = path.read_bytes()
    path.write_text(HEAD + f"<{ID}place/lai-chau> skos:prefLabel 'Lai Chau'@en .", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(DiskStore, "flush", lambda _store: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            open_store(str(folder), layout)
    path.write_bytes(before)

    store = open_store(str(folder), layout)

    assert "Lai Châu" in labels(store)
    assert "Lai Chau" not in labels(store)
    store.close()


def test_store_that_was_not_filled_to_the_end_is_filled_anew(layout, tmp_path):
    """Graphs of ours that lie in a store without notes are taken out before all is loaded."""
    folder = tmp_path / "store"
    half = DiskStore(folder)
    half.replace_graph(GRAPH + "ke-hoach", b"<http://e/a> <http://e/b> [] .")
    half.replace_graph(GRAPH + "gone", b"<http://e/a> <http://e/b> 1 .")
    half.replace_graph("http://e/foreign", b"<http://e/a> <http://e/b> 1 .")
    half.close()
    seen = []

    loaded = load_store(str(folder), layout, progress=seen.append)

    assert loaded.removed == (GRAPH + "gone",)
    assert sorted(seen) == sorted(graph for _, graph in record_files(layout))
    store = open_store(str(folder), layout)
    assert count(store) == 7
    store.close()


def test_two_may_read_a_disk_store_at_once(layout, tmp_path):
    """Reading locks nobody out."""
    stores = [open_store(str(tmp_path / "store"), layout) for _ in range(2)]

    assert [count(store) for store in stores] == [6, 6]
    for store in stores:
        store.close()


def test_reader_works_beside_a_writing_process(layout, tmp_path):
    """Another process that writes does not disturb who reads; a second writer is told so in a sentence."""
    folder = tmp_path / "store"
    open_store(str(folder), layout).close()
    script = (
        "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); print('ok', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        writer.stdout.readline()
        store = open_store(str(folder), layout)

        read = count(store)
        with pytest.raises(StoreUnavailableError, match="another process is writing"):
            store.replace_graph(GRAPH + "x", b"")
        store.close()
        writer.stdin.close()

    assert read == 6


def test_folder_of_other_things_is_left_alone(layout, tmp_path):
    """A store is not built among somebody's files."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()

    with pytest.raises(StoreUnavailableError, match="not empty"):
        open_store(str(tmp_path / "mine"), layout)

    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_file_in_the_place_of_a_store_is_refused(layout):
    """A file is no folder."""
    with pytest.raises(StoreUnavailableError, match="no store"):
        open_store(str(layout.registers / "places.ttl"), layout)


def test_folder_that_is_no_store_is_refused_for_reading(tmp_path):
    """What is not there cannot be asked."""
    with pytest.raises(StoreUnavailableError, match="no store can be opened"):
        DiskStore(tmp_path / "none").query("ASK {}")


def test_broken_file_stops_the_building_and_is_named(layout, tmp_path):
    """A record that is no Turtle builds no store; mended, it does."""
    path = layout.registers / "places.ttl"
    sound = path.read_text(encoding="utf-8")
    path.write_text("broken", encoding="utf-8")

    with pytest.raises(TurtleError, match=r"places\.ttl:1"):
        open_store(str(tmp_path / "store"), layout)
    path.write_text(sound, encoding="utf-8")

    store = open_store(str(tmp_path / "store"), layout)
    assert count(store) == 6
    store.close()


def test_file_that_changes_within_a_tick_is_noticed(layout, tmp_path):
    """A file changed just after it was read, to as many bytes, is read again at the next opening."""
    folder = tmp_path / "store"
    path = layout.registers / "places.ttl"
    text = HEAD + f"<{ID}place/lai-chau> skos:prefLabel 'Lai Chau'@en ."
    path.write_text(text, encoding="utf-8")
    open_store(str(folder), layout).close()
    path.write_text(text.replace("Chau", "Chua"), encoding="utf-8")

    store = open_store(str(folder), layout)

    assert "Lai Chua" in labels(store)
    store.close()
