"""The command line as a process among others: pipes, signals, full disks, shells, and its start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from laichau_kg.cli._app import app
from laichau_kg.cli._checking import check_plainly
from laichau_kg.cli._question import ask_plainly
from mini import FIRST


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """No terminal, no width, no colour: what a pipe sees."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LAICHAU_DEBUG", raising=False)


def spawn(*arguments, **options):
    """Run a command line as a process of its own."""
    command = [sys.executable, "-m", "laichau_kg.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such device elsewhere")
def test_a_full_disk_is_one_sentence():
    """Output that cannot be written is said, without a traceback."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "laichau_kg.cli", "query"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr.startswith("laichau: No space left on device")
    assert "Traceback" not in done.stderr


def test_a_literal_that_is_no_number_is_a_finding_and_no_traceback(checkout, tmp_path):
    """What rdflib has to say of it besides is not for people who check facts."""
    path = tmp_path / "new.ttl"
    (article,) = (checkout / "data" / "articles").glob(f"*-{FIRST}.ttl")
    path.write_text(article.read_text("utf-8").replace('oa:start "', 'oa:start "khác', 1), encoding="utf-8")

    done = spawn("--root", str(checkout), "check", str(path))

    assert (done.returncode, done.stderr) == (1, "")
    assert "khác" in done.stdout


def test_a_reader_that_leaves_early_is_no_failure(checkout):
    """`laichau … | head -1` ends without a word."""
    laichau = f"'{sys.executable}' -m laichau_kg.cli --root '{checkout}'"
    command = f"{laichau} sparql 'SELECT ?s ?p ?o {{ ?s ?p ?o }}' -f tsv"

    done = subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {command} | head -1"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "?s\t?p\t?o\n"


def test_interrupted_is_130(laichau, monkeypatch):
    """Ctrl-C leaves with the shell's own code."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("laichau_kg.record.Record.search", interrupted)

    assert laichau("search", "x")[0] == 130


def test_a_fault_of_ours_is_one_sentence_too(laichau, monkeypatch):
    """An unexpected error has no traceback, but a way to one."""
    monkeypatch.setattr("laichau_kg.record.Record.search", lambda *_: 1 / 0)

    code, _, err = laichau("search", "x")

    assert code == 2
    assert err == "laichau: Unexpected ZeroDivisionError: division by zero (LAICHAU_DEBUG=1 shows where).\n"


@pytest.mark.parametrize(
    ("words", "position", "offered"),
    [("laichau que", 1, "query"), ("laichau query post-h", 2, "post-holders")],
)
def test_shell_completes_commands_and_questions(words, position, offered):
    """Completion knows the commands, and the questions' ids from disk."""
    env = {
        **os.environ,
        "_LAICHAU_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(position),
    }

    done = spawn(env=env)

    assert offered in done.stdout.split()


def test_shell_completes_parameters():
    """After a question's id its parameters are offered."""
    words = "laichau query post-holders off"
    env = {**os.environ, "_LAICHAU_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": "3"}

    assert "official=" in spawn(env=env).stdout.split()


@pytest.mark.parametrize(
    "words",
    [
        ["query", "post-holders"],
        ["query", "post-holders", "official=tran tien dung", "--lang", "vi", "-f", "tsv"],
        ["--lang", "vi", "query", "post-holders", "--format", "json"],
    ],
    ids=" ".join,
)
def test_a_plain_question_is_read_as_typer_reads_it(laichau, checkout, capsys, words):
    """The short way round typer gives what the long way gives."""
    code, plain, _ = laichau(*words)

    app(["--root", str(checkout), *words], prog_name="laichau", standalone_mode=False)

    assert code == 0
    assert plain == capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["query", "--help"], ["query"], ["info"], ["query", "x", "--nope"], ["query", "x", "-f"], []],
    ids=" ".join,
)
def test_what_is_not_plain_is_left_to_typer(words):
    """Help, other commands and doubtful options are not read the short way."""
    assert not ask_plainly(words)


@pytest.mark.parametrize(
    "words",
    [["check", "{file}"], ["check", "{file}", "-f", "json", "--lang", "vi", "--fail-on", "warning"]],
    ids=["bare", "with-options"],
)
def test_a_plain_check_is_read_as_typer_reads_it(laichau, checkout, capsys, words):
    """The short way round typer gives the report and the exit code of the long way."""
    (path,) = (checkout / "data" / "articles").glob(f"*{FIRST}.ttl")
    asked = [word.format(file=path) for word in words]
    code, plain, _ = laichau(*asked)

    long_way = app(["--root", str(checkout), *asked], prog_name="laichau", standalone_mode=False)

    assert code == (long_way or 0)
    assert plain == capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["check"], ["check", "a.ttl", "--infos"], ["check", "a.ttl", "-f", "pdf"], ["query", "check"]],
    ids=" ".join,
)
def test_what_is_no_plain_check_is_left_to_typer(words):
    """The whole record, flags and unknown forms are not read the short way."""
    assert check_plainly(words) is None


def test_a_check_of_files_asks_nothing_of_typer_nor_of_rdflibs_queries(checkout):
    """`laichau check FILE` imports what judges core constraints, and no grammar of SPARQL."""
    (path,) = (checkout / "data" / "articles").glob(f"*{FIRST}.ttl")
    code = (
        "import sys; from laichau_kg.cli import run; "
        f"run(['--root', {str(checkout)!r}, 'check', {str(path)!r}]); "
        "heavy = ('typer', 'pyparsing', 'rdflib.plugins.sparql', 'pyshacl'); "
        "sys.stderr.write(str([name for name in heavy if name in sys.modules])); "
        "from pyshacl.graph_abstraction import Query; from rdflib.plugins.sparql import prepareQuery; "
        "sys.stderr.write(str(isinstance(prepareQuery('ASK {}'), Query)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr == "['pyshacl']True"


def test_a_question_needs_no_heavy_import(checkout):
    """`laichau query` loads no validator, no web and no drawing library."""
    code = (
        "import sys; from laichau_kg.cli import run; "
        f"run(['--root', {str(checkout)!r}, 'query', 'post-holders', '-f', 'csv']); "
        "heavy = ('typer', 'rdflib', 'pyshacl', 'SPARQLWrapper', 'pandas', 'rich', 'pydantic'); "
        "sys.stderr.write(str([name for name in heavy if name in sys.modules]))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr == "[]"
