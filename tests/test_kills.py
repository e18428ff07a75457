"""An acceptance killed at any instant leaves the record of before or of after, and its check passes.

What is killed is the real thing: `accept` and `withdraw` on a copy of the real
record, from reading and judging to the last rename. The processes are forked
from this one, which has imported everything, so that a kill is cheap.
"""

import random
import shutil
import time
from dataclasses import dataclass

import pytest

from accepting import bare_record, bundle_of, facts_of, start
from killing import (
    child,
    duration,
    killed_anywhere,
    killed_while_writing,
    raw_state,
    reset,
    standing_clock,
    state,
)
from laichau_kg._things import merged, read_things, to_turtle
from laichau_kg.accept import accept, withdraw
from laichau_kg.cli import run
from laichau_kg.layout import Layout
from laichau_kg.shapes import check_record
from mini import ROOT

CASES = ("arrives", "replaced", "withdrawn")
KILLS = 100  # a case, 300 in all
ANYWHERE = 12
WRITING = KILLS - ANYWHERE
AT_ONCE = 8
COMMANDS = 8
PATIENCE = 120.0
ARRIVING = "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022"
REPLACED = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau"


@dataclass
class Change:
    """A change to a copy of the record: the files before and after, and what makes it."""

    layout: Layout
    before: dict
    after: dict
    act: object


def real_record(folder):
    """Copy the real record's data beside the real ontology and questions."""
    folder.mkdir()
    for part in ("ontology", "queries"):
        (folder / part).symlink_to(ROOT / part)
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns(".accept"))
    return Layout(folder)


def article_of(layout, slug):
    """Read an article's facts."""
    (path,) = layout.articles.glob(f"*-{slug}.ttl")
    return read_things(path)


def write(path, things, *, swaps=()):
    """Write a bundle, with some text exchanged that must be there."""
    text = to_turtle(things, path=path.name).decode()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return path


def arriving(layout, folder):
    """Take an article and the entries that only it needs out of the record, and bring both back."""
    article = article_of(layout, ARRIVING)
    loose = withdraw(layout, ARRIVING).loose
    own = {}
    for path in layout.register_files():
        entries = read_things(path)
        own |= {iri: entries.pop(iri) for iri in loose if iri in entries}
        path.write_bytes(to_turtle(entries, path=path.name))
    shutil.rmtree(layout.history)
    assert own
    bundle = write(folder / "arriving.ttl", merged([article, own]))
    return lambda: accept(layout, [bundle], wait=PATIENCE)


def replacing(layout, folder):
    """Bring an article of the record anew, under another date, so that a file comes and one goes."""
    swaps = [('dcterms:issued "2020-07-17"', 'dcterms:issued "2020-07-18"')]
    bundle = write(folder / "replacing.ttl", article_of(layout, REPLACED), swaps=swaps)
    return lambda: accept(layout, [bundle], by="Na", wait=PATIENCE)


def withdrawing(layout, _folder):
    """Take an article out."""
    return lambda: withdraw(layout, REPLACED)


MAKERS = dict(zip(CASES, (arriving, replacing, withdrawing), strict=True))


@pytest.fixture
def change(request, tmp_path):
    """A change, made once to know what comes of it; both records pass their check."""
    layout = real_record(tmp_path / "record")
    with standing_clock():
        act = MAKERS[request.param](layout, tmp_path)
        before = raw_state(layout)
        assert check_record(layout).conforms
        done = act()
        assert done.done, done.report.to_text()
        assert check_record(layout).conforms
        yield Change(layout, before, raw_state(layout), act)


@pytest.mark.parametrize("change", CASES, indirect=True)
def test_killed_at_100_moments_the_record_is_the_one_before_or_after(change, tmp_path, capsys):
    """Most are killed while they write, some anywhere; the check finds nothing in what they left."""
    draw = random.Random(20231119)  # noqa: S311 - moments, no secrets
    arguments = (change.layout, change.before, change.act)
    known = [change.before, change.after]

    outcomes = killed_while_writing(*arguments, times=WRITING, draw=draw, known=known, keep=tmp_path / "left")
    found = killed_anywhere(*arguments, times=ANYWHERE, draw=draw)
    codes = {path.name: run(["--root", str(path), "check"]) for path in (tmp_path / "left").iterdir()}

    assert len(outcomes) + len(found) == KILLS
    assert {which for which, _ in outcomes} == {0, 1}
    assert {left for _, left in outcomes} == {"nothing", "staged", "intent"}
    assert [one for one in found if one not in known] == []
    assert codes == {"nothing": 0, "staged": 0, "intent": 0}, capsys.readouterr().out


def test_of_two_at_once_one_may_be_killed_at_any_moment(tmp_path):
    """The other comes in all the same, and the record is the one with it alone or with both."""
    draw = random.Random(937)  # noqa: S311 - moments, no secrets
    layout = real_record(tmp_path / "record")
    survivor, victim = (make(layout, tmp_path) for make in (arriving, replacing))
    before = raw_state(layout)
    longest = duration(layout, before, victim)
    found, codes = [], []

    for _ in range(AT_ONCE):
        reset(layout, before)
        with child(at(8, survivor)) as end_survivor, child(at(9, victim)) as end_victim:
            time.sleep(draw.uniform(0, longest))
            end_victim()
            codes.append(end_survivor(0))
        found.append(state(layout))

    reset(layout, before)
    known = []
    for act in (at(8, survivor), at(9, victim)):
        act()
        known.append(state(layout))
        assert check_record(layout).conforms
    assert codes == [0] * AT_ONCE
    assert [one for one in found if one not in known] == []


def at(hour, act):
    """Let an act happen at one hour of the clock, and be carried out."""

    def acts():
        with standing_clock(hour):
            assert act().done

    return acts


def test_whole_commands_killed_at_random_leave_the_record_whole(tmp_path):
    """From the interpreter's start to the command's end; here on a small record, for a command is dear."""
    draw = random.Random(63)  # noqa: S311 - moments, no secrets
    (tmp_path / "record").mkdir()
    layout = bare_record(tmp_path / "record")
    bundle = str(bundle_of(tmp_path))
    before = raw_state(layout)
    started = time.monotonic()
    start("accept", bundle, root=layout.root).communicate()
    longest = time.monotonic() - started
    after = facts_of(layout)

    for _ in range(COMMANDS):
        reset(layout, before)
        process = start("accept", bundle, root=layout.root)
        time.sleep(draw.uniform(longest * 0.6, longest * 1.05))
        process.kill()
        process.communicate()
        assert state(layout) == before or facts_of(layout) == after

    assert check_record(layout).conforms
