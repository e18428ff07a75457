"""Processes that are killed while they change a record, and what they leave on disk."""

import json
import os
import shutil
import signal
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from laichau_kg import _journal
from laichau_kg._journal import reading

DOOR = "_stage"  # the first step of writing: all before it is reading and judging


@contextmanager
def child(function):
    """Run *function* in a process forked from this one, killed at the latest when the block is left."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            function()
            code = 0
        finally:
            os._exit(code)
    status = []

    def end(sign=signal.SIGKILL):
        if not status:
            if sign:
                os.kill(pid, sign)
            status.append(os.waitpid(pid, 0)[1])
        return status[0]

    try:
        yield end
    finally:
        end()


def state(layout):
    """Read all files of the record, as any reader does, who first finishes what a killed process began."""
    with reading(layout):
        return raw_state(layout)


def raw_state(layout):
    """Read all files as they lie there."""
    data = layout.root / "data"
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file() and ".accept" not in path.parts
    }


def reset(layout, files):
    """Bring a record back to a state; the lock, which somebody may hold, stays in its place."""
    data = layout.root / "data"
    for path in sorted((data / ".accept").rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif path.name != "lock":
            path.unlink()
    found = raw_state(layout)
    for name in found.keys() - files.keys():
        (data / name).unlink()
    for name, content in files.items():
        if found.get(name) != content:
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            (data / name).write_bytes(content)


def trace(layout):
    """Say what a killed process left: "intent", only "staged" files, or "nothing" half done."""
    home = layout.root / "data" / ".accept"
    if (home / "intent.json").exists():
        return "intent"
    return "staged" if (home / "staged").exists() else "nothing"


@contextmanager
def standing_clock(hour=8):
    """Let acceptances in this process all come at one hour, so that what they write is one state."""
    moment = datetime(2026, 1, 31, tzinfo=UTC) + timedelta(hours=hour)

    class _Clock:
        @staticmethod
        def now(_zone):
            return moment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laichau_kg.accept.datetime", _Clock)
        yield


def killed_anywhere(layout, before, act, *, times, draw):
    """Kill *act*, each time in a new process, at any moment from its first instruction to past its last.

    Args:
        layout: The record.
        before: Its files before.
        act: Changes it.
        times: How often.
        draw: Draws the moments.

    Returns:
        The states that the next reader found.
    """
    longest = duration(layout, before, act) * 1.1
    found = []
    for _ in range(times):
        reset(layout, before)
        with child(act) as end:
            time.sleep(draw.uniform(0, longest))
            end()
        found.append(state(layout))
    return found


def duration(layout, before, act):
    """Time *act*, left in peace, in a process like those that are killed."""
    reset(layout, before)
    started = time.monotonic()
    with child(act) as end:
        assert end(0) == 0
    return time.monotonic() - started


def killed_while_writing(layout, before, act, *, times, draw, known, keep):
    """Kill *act* at any moment of its writing, and a little before and after.

    One process runs up to the door of the writing, having read and judged all.
    There it forks one process after the other, which go on from there as it
    would have, to the end, and are killed on the way. The window from which
    moments are drawn follows the machine's pace, so that about two in three
    are killed before their end.

    Args:
        layout: The record.
        before: Its files before.
        act: Changes it.
        times: How often.
        draw: Draws the moments.
        known: The states that may be found.
        keep: A folder; of each trace one record is copied into it as the killed process left it.

    Returns:
        For each process which of *known* the next reader found, and its trace; None for any other state, and
        for a process that failed before it was killed.
    """
    note = layout.root / "killed.json"
    real = getattr(_journal, DOOR)

    def door(*arguments):
        window, outcomes = 0.01, []
        for _ in range(times):
            reset(layout, before)
            ready, told = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.write(told, b"!")
                return real(*arguments)
            os.read(ready, 1)
            time.sleep(draw.uniform(0, window))
            os.kill(pid, signal.SIGKILL)
            status = os.waitpid(pid, 0)[1]
            os.close(ready)
            os.close(told)
            window *= 0.9 if status == 0 else 1.05
            left = trace(layout)
            if not (keep / left).exists():
                shutil.copytree(layout.root, keep / left, symlinks=True)
            found = state(layout)
            is_sound = found in known and (status == 0 or os.WIFSIGNALED(status))
            outcomes.append((known.index(found) if is_sound else None, left))
        note.write_text(json.dumps(outcomes))
        os._exit(0)

    def rehearse():
        setattr(_journal, DOOR, door)
        act()

    reset(layout, before)
    with child(rehearse) as end:
        assert end(0) == 0
    outcomes = [tuple(outcome) for outcome in json.loads(note.read_text())]
    note.unlink()
    return outcomes
