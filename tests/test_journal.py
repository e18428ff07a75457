"""Several files of a record are written all at once or not at all, and readers see one state.

Here each step of the writing is taken in turn; real acceptances are killed at
random moments in `test_kills`.
"""

import errno
import json
import os
import threading
import time

import pytest

from disks import small_disk
from killing import child, raw_state, state
from laichau_kg import _journal
from laichau_kg._journal import commit, writing
from laichau_kg.errors import DataError, LockedError, OutputError
from laichau_kg.layout import Layout

BEFORE = {"articles/old.ttl": b"old\n" * 99, "registers/a.ttl": b"a\n", "registers/b.ttl": b"b\n"}
CHANGE = {
    "articles/new.ttl": b"new\n" * 9999,
    "articles/old.ttl": None,
    "history/2026-01.ttl": b"noted\n",
    "registers/a.ttl": b"a and more\n",
}
AFTER = {name: content for name, content in {**BEFORE, **CHANGE}.items() if content is not None}


def make_record(root, files):
    """Write a record of plain files, for the journal does not look into them."""
    for folder in ("articles", "registers"):
        (root / "data" / folder).mkdir(parents=True)
    for name, content in files.items():
        (root / "data" / name).write_bytes(content)
    return Layout(root)


@pytest.fixture
def layout(tmp_path):
    """A record before the change."""
    return make_record(tmp_path / "record", BEFORE)


def change(layout):
    """Make the change."""
    with writing(layout):
        commit(layout, CHANGE)


def test_a_change_is_made_whole(layout):
    """All files are written, removed and renamed; nothing is left lying about."""
    change(layout)

    assert raw_state(layout) == AFTER
    assert sorted(path.name for path in (layout.root / "data" / ".accept").iterdir()) == ["lock"]


# Each step of a commit that changes the file system, by the name of its function in `os`.
STEPS = ("open", "write", "fsync", "replace", "unlink")


class _Counting:
    """Stands for the module `os`; does *at* when the step of this number comes."""

    def __init__(self, number, at):
        self._left = number
        self._at = at
        self.seen = 0

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in STEPS:
            return real

        def step(*args, **options):
            self.seen += 1
            self._left -= 1
            if self._left == 0:
                self._at()
            return real(*args, **options)

        return step


def count_steps(tmp_path):
    """Count the steps of the change."""
    layout = make_record(tmp_path / "counted", BEFORE)
    counting = _Counting(0, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_journal, "os", counting)
        change(layout)
    return counting.seen


def test_killed_before_any_step_the_record_is_whole(tmp_path):
    """A process that vanishes before each step in turn leaves the state before or the state after."""
    steps = count_steps(tmp_path)
    found = []

    for number in range(1, steps + 1):
        layout = make_record(tmp_path / str(number), BEFORE)

        def die_there(layout=layout, number=number):
            _journal.os = _Counting(number, lambda: os._exit(9))
            change(layout)

        with child(die_there) as end:
            end(0)
        found.append(state(layout))

    assert steps > 20
    assert all(one in (BEFORE, AFTER) for one in found)
    assert found[0] == BEFORE
    assert found[-1] == AFTER
    assert [one == AFTER for one in found] == sorted(one == AFTER for one in found)


def test_failing_at_any_step_says_what_is_so(tmp_path):
    """A full disk at each step in turn: one sentence, and the record is as the sentence says."""
    said = []

    def fail():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for number in range(1, count_steps(tmp_path) + 1):
        layout = make_record(tmp_path / str(number), BEFORE)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_journal, "os", _Counting(number, fail))
            try:
                change(layout)
                sentence = ""
            except OutputError as error:
                sentence = str(error)
        said.append((sentence, state(layout)))

    assert sum("the record is as it was" in sentence for sentence, _ in said) > 10
    for sentence, found in said:
        made = not sentence or "the change is made" in sentence
        assert found == (AFTER if made else BEFORE), sentence


def test_a_change_after_a_killed_one_is_made(layout):
    """Whatever a killed process left, the next change finds its way clear."""
    home = layout.root / "data" / ".accept"
    (home / "staged").mkdir(parents=True)
    (home / "staged" / "0").write_bytes(b"half")
    (home / "intent.new").write_bytes(b"[")

    change(layout)

    assert state(layout) == AFTER


def test_a_lost_staged_file_is_said(layout):
    """If somebody tidied up what a killed process left, the record says so instead of guessing."""
    home = layout.root / "data" / ".accept"
    home.mkdir()
    step = {"path": "articles/new.ttl", "staged": "0", "sha256": "0" * 64}
    (home / "intent.json").write_text(json.dumps([step]))

    with pytest.raises(DataError, match=r"is lost"):
        state(layout)


def test_a_staged_file_that_was_changed_is_refused(layout):
    """What is put in its place is what was accepted, byte for byte."""
    home = layout.root / "data" / ".accept"
    (home / "staged").mkdir(parents=True)
    (home / "staged" / "0").write_bytes(b"other")
    step = {"path": "articles/new.ttl", "staged": "0", "sha256": "0" * 64}
    (home / "intent.json").write_text(json.dumps([step]))

    with pytest.raises(DataError, match=r"is not what was accepted"):
        state(layout)


def test_a_second_one_is_told_who_holds_the_record(layout):
    """The error names process, user and time."""
    complaint = rf"process {os.getpid()} on "
    with writing(layout), pytest.raises(LockedError, match=complaint) as caught, writing(layout):
        pass

    assert str(os.getpid()) in caught.value.holder


def test_a_refused_second_one_leaves_the_holder_named(layout):
    """Whoever comes third is still told who the first is."""
    with writing(layout):
        for _ in range(2):
            with pytest.raises(LockedError, match=rf"process {os.getpid()}"), writing(layout):
                pass


def test_a_second_one_may_wait(layout):
    """With patience, the second comes after the first."""
    with writing(layout):
        later = threading.Timer(0.2, lambda: None)
        waiting = threading.Thread(target=lambda: _wait_and_change(layout))
        waiting.start()
        later.start()
        later.join()
        assert raw_state(layout) == BEFORE

    waiting.join()
    assert state(layout) == AFTER


def _wait_and_change(layout):
    with writing(layout, wait=30):
        commit(layout, CHANGE)


def test_the_lock_of_a_dead_process_is_taken_over(layout):
    """A killed holder holds nothing."""
    ready, told = os.pipe()

    def hold():
        with writing(layout):
            os.write(told, b"!")
            time.sleep(60)

    with child(hold) as end:
        os.read(ready, 1)
        end()

    change(layout)
    os.close(ready)
    os.close(told)
    assert state(layout) == AFTER


def test_readers_beside_a_writer_see_one_state(layout):
    """No reader ever meets a half-changed record, though it reads file by file."""
    back = {name: BEFORE.get(name) for name in {*BEFORE, *CHANGE}}
    stop = threading.Event()
    seen = []

    def read():
        while not stop.is_set():
            seen.append(state(layout))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(20):
        with writing(layout):
            commit(layout, back if turn % 2 else CHANGE)
    stop.set()
    for reader in readers:
        reader.join()

    assert len(seen) > 20
    assert all(one in (BEFORE, AFTER) for one in seen)


def test_reading_needs_no_right_to_write(layout):
    """A record that may only be read is read; nothing is made beside it."""
    data = layout.root / "data"

    found = state(layout)

    assert found == BEFORE
    assert not (data / ".accept").exists()


def test_on_a_full_disk_the_record_stays_as_it_was(tmp_path):
    """A real full disk: one sentence, and nothing is left of the attempt."""
    big = {**CHANGE, "articles/new.ttl": bytes(200 * 2**10)}
    complaint = r"No space left on device; the record is as it was"

    with small_disk(tmp_path / "small", 256) as disk:
        layout = make_record(disk / "record", BEFORE)
        (disk / "ballast").write_bytes(bytes(150 * 2**10))
        with pytest.raises(OutputError, match=complaint) as caught, writing(layout):
            commit(layout, big)

        assert "\n" not in str(caught.value)
        assert state(layout) == BEFORE
        assert not (layout.root / "data" / ".accept" / "staged").exists()
