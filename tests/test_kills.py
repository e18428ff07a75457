"""An acceptance killed at any instant leaves the record of before or of after, and its check passes.

What is killed is the real thing: `accept` and `withdraw`. While they write, they
do so on a copy of the real record; kills at any moment, most of which fall on
reading and judging, are dealt on the mini record, where these are short. The
processes are forked from this one, which has imported everything.
"""

import random
import shutil
import time
from dataclasses import dataclass

import pytest

from accepting import bare_record, bundle_of, facts_of, full_record, start
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
from mini import FIRST, ROOT, SECOND

CASES = ("arrives", "replaced", "withdrawn")
WRITING = 94  # kills a case while it writes
ANYWHERE = 6  # and at any moment: 300 in all
AT_ONCE = 6
COMMANDS = 6
PATIENCE = 120.0
ARRIVING = "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022"
REPLACED = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau"
SWAPS = {
    REPLACED: ('dcterms:issued "2020-07-17"', 'dcterms:issued "2020-07-18"'),
    FIRST: ('dcterms:issued "2020-12-14"', 'dcterms:issued "2020-12-15"'),
    SECOND: ('"Second trial article"@en', '"Another trial article"@en'),
}


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


def mini_record(folder):
    """Make the mini record."""
    folder.mkdir()
    return full_record(folder)


def article_of(layout, slug):
    """Read an article's facts."""
    (path,) = layout.articles.glob(f"*-{slug}.ttl")
    return read_things(path)


def arriving(layout, folder, slug):
    """Take an article and the entries that only it needs out of the record, and bring both back."""
    article = article_of(layout, slug)
    loose = withdraw(layout, slug).loose
    own = {}
    for path in layout.register_files():
        entries = read_things(path)
        own |= {iri: entries.pop(iri) for iri in loose if iri in entries}
        path.write_bytes(to_turtle(entries, path=path.name))
    shutil.rmtree(layout.history)
    assert own
    bundle = folder / "arriving.ttl"
    bundle.write_bytes(to_turtle(merged([article, own]), path=bundle.name))
    return lambda: accept(layout, [bundle], wait=PATIENCE)


def replacing(layout, folder, slug):
    """Bring an article of the record anew, with one thing changed; of another date, so a file goes."""
    bundle = folder / "replacing.ttl"
    text = to_turtle(article_of(layout, slug), path=bundle.name).decode()
    old, new = SWAPS[slug]
    assert old in text
    bundle.write_text(text.replace(old, new), encoding="utf-8")
    return lambda: accept(layout, [bundle], by="Na", wait=PATIENCE)


def withdrawing(layout, _folder, slug):
    """Take an article out."""
    return lambda: withdraw(layout, slug)


MAKERS = dict(zip(CASES, (arriving, replacing, withdrawing), strict=True))


def change_of(make, layout, folder, slug):
    """Make a change once, to know what comes of it; that passes its check."""
    act = make(layout, folder, slug)
    before = raw_state(layout)
    done = act()
    assert done.done, done.report.to_text()
    assert check_record(layout).conforms
    return Change(layout, before, raw_state(layout), act)


@pytest.mark.parametrize("case", CASES)
def test_killed_while_writing_the_record_is_the_one_before_or_after(case, tmp_path, capsys):
    """Whatever a killed process leaves half done, the check that comes next finds nothing."""
    draw = random.Random(20231119)  # noqa: S311 - moments, no secrets
    slug = ARRIVING if case == "arrives" else REPLACED
    with standing_clock():
        change = change_of(MAKERS[case], real_record(tmp_path / "record"), tmp_path, slug)
        outcomes = killed_while_writing(
            change.layout,
            change.before,
            change.act,
            times=WRITING,
            draw=draw,
            known=[change.before, change.after],
            keep=tmp_path / "left",
        )

    assert len(outcomes) == WRITING
    assert {which for which, _ in outcomes} == {0, 1}
    assert {left for _, left in outcomes} == {"nothing", "staged", "intent"}
    assert run(["--root", str(tmp_path / "left" / "intent"), "check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("case", CASES)
def test_killed_at_any_moment_the_record_is_the_one_before_or_after(case, tmp_path):
    """From the first instruction to the last: while it reads and judges too, here little."""
    draw = random.Random(20201214)  # noqa: S311 - moments, no secrets
    with standing_clock():
        change = change_of(MAKERS[case], mini_record(tmp_path / "record"), tmp_path, FIRST)
        found = killed_anywhere(change.layout, change.before, change.act, times=ANYWHERE, draw=draw)

    assert len(found) == ANYWHERE
    assert [one for one in found if one not in (change.before, change.after)] == []
    reset(change.layout, change.before)
    assert check_record(change.layout).conforms


def test_of_two_at_once_one_may_be_killed_at_any_moment(tmp_path):
    """The other comes in all the same, and the record is the one with it alone or with both."""
    draw = random.Random(937)  # noqa: S311 - moments, no secrets
    layout = mini_record(tmp_path / "record")
    survivor, victim = arriving(layout, tmp_path, FIRST), replacing(layout, tmp_path, SECOND)
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
