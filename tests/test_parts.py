"""A record judged part by part, by one process or several, gets the findings of a check in one go."""

import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from laichau_kg import _parts, shapes
from laichau_kg.errors import DataError, TurtleError, WorkerDiedError
from laichau_kg.layout import find_layout
from laichau_kg.store import open_store

LAYOUT = find_layout(Path(__file__).parents[1])


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    """A small record with faults that show only across its files."""
    root = tmp_path_factory.mktemp("parts")
    for folder in ("ontology", "queries"):
        (root / folder).symlink_to(LAYOUT.root / folder)
    shutil.copytree(LAYOUT.registers, root / "data" / "registers")
    (root / "data" / "articles").mkdir()
    for path in LAYOUT.article_files()[:2]:
        text = path.read_text("utf-8").replace("lc-person:tran-tuan-anh", "lc-person:tran-tuan-an")
        (root / "data" / "articles" / path.name).write_text(text, "utf-8")
    return find_layout(root)


@pytest.fixture(scope="session")
def in_one_go(faulty):
    """The findings of a check in one go."""
    return [asdict(finding) for finding in shapes.check_record(faulty).findings]


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_give_the_same_findings_in_the_same_order(jobs, faulty, in_one_go, monkeypatch):
    """Whoever judges, and in how many parts, finds the same."""
    monkeypatch.setattr(shapes, "SMALL", 0)
    monkeypatch.setattr(_parts, "_AT_ONCE", 1)

    found = shapes.check_record(faulty, jobs=jobs).findings

    assert [asdict(finding) for finding in found] == in_one_go
    assert in_one_go


def test_store_on_disk_serves_the_parts(faulty, in_one_go, monkeypatch, tmp_path):
    """Workers ask a store on disk as well as their own memory."""
    monkeypatch.setattr(shapes, "SMALL", 0)
    store = open_store(str(tmp_path / "store"), faulty)

    found = shapes.check_record(faulty, jobs=2, store=store).findings

    assert [asdict(finding) for finding in found] == in_one_go
    store.close()


def test_worker_that_dies_is_said_in_one_sentence(faulty, monkeypatch):
    """A process killed in the middle of its work ends the check with an error."""
    monkeypatch.setattr(shapes, "SMALL", 0)
    start = _parts._start  # noqa: SLF001 - the moment to kill at

    def start_and_kill(head):
        worker = start(head)
        worker.kill()
        return worker

    monkeypatch.setattr(_parts, "_start", start_and_kill)

    with pytest.raises(WorkerDiedError, match=r"ended \(code -9\).*--jobs\.$"):
        shapes.check_record(faulty, jobs=2)


def test_broken_file_is_said_as_without_parts(faulty, monkeypatch, tmp_path):
    """What is no Turtle is refused with the file's name, whoever reads it."""
    root = tmp_path / "record"
    shutil.copytree(faulty.root, root, symlinks=True)
    (root / "data" / "articles" / "undated-hong.ttl").write_text("lc-x:y a .", "utf-8")
    monkeypatch.setattr(shapes, "SMALL", 0)

    with pytest.raises((TurtleError, DataError), match=r"undated-hong\.ttl:1"):
        shapes.check_record(find_layout(root), jobs=2)


@pytest.mark.parametrize("whole", [True, False], ids=["record", "file"])
def test_shapes_that_say_not_what_they_read_are_refused(whole, faulty, monkeypatch, tmp_path):
    """Without lcs:follows a part would be judged without what its rules read; that is said, not done."""
    root = tmp_path / "record"
    shutil.copytree(faulty.root, root, symlinks=True)
    (root / "ontology").unlink()
    shutil.copytree(LAYOUT.root / "ontology", root / "ontology")
    older = find_layout(root)
    for path in older.shape_files():
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"lcs:(follows|compares)\b", "rdfs:seeAlso", text), "utf-8")
    monkeypatch.setattr(shapes, "SMALL", 0)

    with pytest.raises(
        DataError, match=r"shapes: no rule says .* \(lcs:follows\); .* take those of this one\.$"
    ):
        shapes.check_record(older) if whole else shapes.check_files(older, older.article_files())
