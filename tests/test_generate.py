import csv
import re
import subprocess
import sys
from itertools import islice

import pyoxigraph as ox
import pytest

from drafted import ROOT
from laichau_kg.layout import Layout
from laichau_kg.shapes import check_record
from laichau_kg.turtle import format_turtle

COUNT = 10
KINDS = (
    "wrong-ratio", "evidence-outside", "unknown-code", "missing-label", "duplicate-observation",
    "dangling-reference", "misspelt-property", "wrong-hash", "quote-too-long", "base-after",
    "misread-figure", "comma-in-number", "wrong-unit", "no-main-evidence", "no-topic", "impossible-date",
)  # fmt: skip


def generate(folder, *words):
    """Make a record of ten articles and give its layout."""
    command = [sys.executable, ROOT / "benchmarks" / "generate.py", str(COUNT), folder, *words]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Layout(folder)


def contents(layout):
    """Give the text of each file of facts, by name."""
    return {
        path.relative_to(layout.root).as_posix(): path.read_text(encoding="utf-8")
        for path in (*layout.article_files(), *layout.register_files())
    }


def violations(layout):
    """Say what the check finds wrong: file, thing and rule."""
    findings = check_record(layout).findings
    return {
        (finding.file, finding.focus, finding.rule) for finding in findings if finding.severity == "violation"
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give a record without faults."""
    return generate(tmp_path_factory.mktemp("made") / "record")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """Give a record with one fault of each kind and a few more, and what the check finds."""
    layout = generate(tmp_path_factory.mktemp("spoilt") / "record", "--faults", "20", "--seed", "1")
    with (layout.root / "faults.tsv").open(encoding="utf-8", newline="") as listed:
        faults = list(csv.DictReader(listed, delimiter="\t"))
    return faults, violations(layout)


def test_a_made_record_has_as_many_articles_as_asked_for(made):
    """Each article has a file of its own."""
    assert len(made.article_files()) == COUNT


def test_a_made_record_passes_the_check(made):
    """Without faults on request there are none."""
    assert violations(made) == set()


@pytest.mark.parametrize("rank", range(COUNT))
def test_made_articles_are_canonical(made, rank):
    """An article's file is as the formatter writes it."""
    text = made.article_files()[rank].read_text(encoding="utf-8")
    assert format_turtle(text) == text


@pytest.mark.parametrize(
    "stem", ["authors", "documents", "officials", "organizations", "periods", "places", "posts"]
)
def test_made_registers_are_canonical(made, stem):
    """A register's file is as the formatter writes it."""
    text = (made.registers / f"{stem}.ttl").read_text(encoding="utf-8")
    assert format_turtle(text) == text


def test_made_articles_are_of_the_true_size(made):
    """Told again, five articles have as many triples as the five of the record."""
    sizes = [
        sorted(sum(1 for _ in ox.parse(path=str(path))) for path in islice(files, 5))
        for files in (
            sorted(made.article_files(), key=lambda path: int(path.stem.rpartition("-")[2])),
            Layout(ROOT).article_files(),
        )
    ]
    assert sizes[0] == sizes[1]


def test_one_seed_makes_one_record(made, tmp_path):
    """Two runs write the same to the letter."""
    assert contents(generate(tmp_path / "again")) == contents(made)


def test_another_seed_makes_another_record(made, tmp_path):
    """Other places, people and figures come from another seed."""
    assert contents(generate(tmp_path / "other", "--seed", "7")) != contents(made)


def test_articles_refer_to_each_other(made):
    """As in the record, one article in five names another one's meeting, and it is there."""
    texts = "".join(contents(made).values())
    found = re.findall(r"rdfs:seeAlso (lc-meeting:\S+) ;", texts)
    assert len(found) == COUNT // 5
    assert [f"\n{meeting}\n" in texts for meeting in found] == [True] * len(found)


def test_as_many_faults_are_planted_as_asked_for(spoilt):
    """The list of faults has a line for each."""
    faults, _ = spoilt
    assert len({fault["thing"] for fault in faults}) == 20


@pytest.mark.parametrize("kind", KINDS)
def test_each_planted_fault_is_found(spoilt, kind):
    """The check says of the spoilt thing, in its file, what the rule asks."""
    faults, found = spoilt
    planted = {(fault["file"], fault["thing"], fault["rule"]) for fault in faults if fault["fault"] == kind}
    assert planted
    assert planted <= found


def test_a_record_is_not_written_over(made):
    """A folder that is there already is left alone."""
    command = [sys.executable, ROOT / "benchmarks" / "generate.py", "1", made.root]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 2
    assert "is there already" in done.stderr
