"""The commands accept and withdraw: what they print, ask and return."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from accepting import ARTICLE, acceptances, bare_record, bundle_of, full_record, start, swap
from laichau_kg._journal import writing
from laichau_kg.accept import accept
from laichau_kg.cli import run
from laichau_kg.errors import LockedError
from laichau_kg.shapes import check_record
from laichau_kg.vocab import ID
from mini import FIRST, SECOND


@pytest.fixture
def layout(tmp_path):
    """The record before."""
    folder = tmp_path / "record"
    folder.mkdir()
    return bare_record(folder)


@pytest.fixture
def full(tmp_path):
    """The record with both articles."""
    folder = tmp_path / "record"
    folder.mkdir()
    return full_record(folder)


@pytest.fixture
def cli(capfd, monkeypatch):
    """Run the command line in this process, without a terminal; give code, stdout, stderr."""

    def call(*words):
        code = run([str(word) for word in words])
        out, err = capfd.readouterr()
        return code, out, err

    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        yield call


def test_the_command_shows_what_came_and_says_so(cli, layout, tmp_path):
    """Data goes to stdout, remarks to stderr, and the exit code is 0."""
    code, out, err = cli("accept", bundle_of(tmp_path), "--by", "Na", "--root", layout.root)

    assert code == 0
    assert "+ Meeting: Year-end conference" in out
    assert "things added, 0 removed, 0 changed" in out
    assert err.strip().endswith(f"Accepted: {FIRST}.")


def test_the_command_refuses_with_the_report(cli, layout, tmp_path):
    """A violation is printed, and the exit code is 1."""
    bundle = bundle_of(tmp_path, change=swap("lck:value 94.3", "lck:value 49.3"))

    code, out, err = cli("accept", bundle, "--root", layout.root)

    assert code == 1
    assert "violation" in out
    assert err == "Nothing was written.\n"


def test_without_a_terminal_a_replacement_needs_a_yes(cli, full, tmp_path):
    """A script that did not say --yes gets the diff, one sentence and exit code 2."""
    bundle = bundle_of(tmp_path, change=swap('"23 đại biểu"@vi', '"24 đại biểu"@vi'))

    code, out, err = cli("accept", bundle, "--root", full.root, "--lang", "vi")

    assert code == 2
    assert "24 đại biểu" in out
    assert "--yes" in err
    assert len(err.splitlines()) == 1
    assert acceptances(full) == []


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_one_is_asked(cli, full, tmp_path, monkeypatch, answer):
    """Yes replaces, no leaves; both exit with 0."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.confirm", lambda *_words, **_options: answer)
    bundle = bundle_of(tmp_path, change=swap('"23 đại biểu"@vi', '"24 đại biểu"@vi'))

    code, _, err = cli("accept", bundle, "--root", full.root)

    assert code == 0
    assert ("Accepted" in err) is answer
    assert bool(acceptances(full)) is answer


def test_withdraw_lists_what_hangs_loose(cli, full):
    """The list is a remark, by label and address."""
    code, out, err = cli("withdraw", FIRST, "--yes", "--root", full.root, "--lang", "vi")

    assert code == 0
    assert "- Cuộc họp: Hội nghị tổng kết" in out
    assert f"Bộ Công Thương  ({ID}organization/bo-cong-thuong)" in err
    assert err.strip().endswith(f"Đã rút: {FIRST}.")


def test_whoever_comes_second_learns_who_is_first(cli, layout, tmp_path):
    """The record's holder is named in one sentence, and the exit code is 2."""
    with writing(layout):
        code, out, err = cli("accept", bundle_of(tmp_path), "--wait", "0", "--root", layout.root)

    assert (code, out) == (2, "")
    assert f"process {os.getpid()} on " in err
    assert len(err.splitlines()) == 1


def test_the_library_raises_what_the_command_says(layout, tmp_path):
    """Whoever holds the record is in the error."""
    with writing(layout), pytest.raises(LockedError, match="try again"):
        accept(layout, [bundle_of(tmp_path)], wait=0)


def test_the_record_inside_the_package_is_left_alone(cli, tmp_path):
    """What came with an installation goes with the next one, so nothing is accepted into it."""
    inside = tmp_path / "laichau_kg" / "_files"
    inside.mkdir(parents=True)
    layout = bare_record(inside)

    code, _, err = cli("accept", bundle_of(tmp_path), "--root", layout.root)

    assert code == 2
    assert "only for reading" in err


@pytest.mark.parametrize("option", ["--same", "--different"])
def test_an_answer_without_its_other_half_is_refused(cli, layout, tmp_path, option):
    """The form of the option is said."""
    code, _, err = cli("accept", bundle_of(tmp_path), option, "new", "--root", layout.root)

    assert code == 2
    assert "NEW=KNOWN" in err


def test_two_at_once_come_one_after_the_other(layout, tmp_path):
    """Two processes accept different bundles: both come in, and both are noted."""
    whole = bundle_of(tmp_path)
    shutil.copy(layout.articles / f"undated-{SECOND}.ttl", tmp_path / "second.ttl")
    text = (tmp_path / "second.ttl").read_text("utf-8")
    (tmp_path / "second.ttl").write_text(
        text.replace("Second trial article", "Second article on trial"), "utf-8"
    )

    running = [
        start("accept", str(path), "--yes", "--wait", "60", root=layout.root)
        for path in (whole, tmp_path / "second.ttl")
    ]
    ends = [(process.communicate(timeout=90), process.returncode) for process in running]

    assert [code for _, code in ends] == [0, 0], ends
    assert len(acceptances(layout)) == 2
    assert "Second article on trial" in (layout.articles / f"undated-{SECOND}.ttl").read_text("utf-8")
    assert (layout.articles / ARTICLE).exists()
    assert check_record(layout).conforms
