import re
import subprocess
import sys

import pytest

from drafted import ROOT

TEXTS = ROOT.parent / "shared" / "sources"


def scores(*words):
    """Run the benchmark; for each set of articles, give the goals and whether they are met."""
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "drafting.py", *words],
        capture_output=True, check=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    parts = re.split(r"\n(?=The record's|\d+ made-up)", done.stdout)
    return {
        part.split(" ", 1)[0]: dict(re.findall(r"^(\S.*?)  .*(met|MISSED)$", part, re.MULTILINE))
        for part in parts
    }


GOALS = {
    "figures: span and value",
    "figures: all fields right",
    "titles",
    "documents: numbered or named",
    "meetings",
    "participations",
}


@pytest.fixture(scope="module")
def reached():
    """Give what the benchmark says of the record's and of fifty made-up articles."""
    return scores("--made-up", "50")


def test_made_up_articles_draft_well(reached):
    """Other names, figures and phrasing reach every goal: nothing is tuned to the record's articles."""
    assert reached["50"] == dict.fromkeys(GOALS, "met")


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the articles' texts are not part of the project")
def test_the_record_s_articles_draft_well(reached):
    """Drafts of the five articles come near the record."""
    assert reached["The"] == dict.fromkeys(GOALS, "met")
