import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from laichau_kg.cli import run
from laichau_kg.cli._app import app
from laichau_kg.exports import FORMS
from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog
from mini import FIRST, TEXTS

GOLDEN = Path(__file__).parent / "data" / "welcome.txt"


COMMANDS = [
    "query", "sparql", "show", "search", "check", "explain", "coverage", "draft", "review", "diff",
    "accept", "withdraw", "chart", "export", "import", "template", "sources verify", "info", "load",
    "serve", "build-site", "mcp",
]  # fmt: skip


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """No terminal, no width, no colour: what a pipe sees."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LAICHAU_DEBUG", raising=False)


def spawn(*arguments, **options):
    """Run a command line as a process of its own."""
    command = [sys.executable, "-m", "laichau_kg.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)


def test_first_screen_shows_what_one_can_do(checkout):
    """`laichau` alone: what it is, how large, and what to type; within 80 columns and a screenful."""
    done = spawn("--root", str(checkout), env={**os.environ, "COLUMNS": "80"})

    lines = done.stdout.splitlines()
    questions = len(Catalog.load(find_layout(checkout)))
    assert done.stdout == GOLDEN.read_text(encoding="utf-8").replace("{questions}", str(questions))
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 32
    assert (done.returncode, done.stderr) == (0, "")


def test_first_screen_in_vietnamese(laichau):
    """The first screen speaks Vietnamese when asked to."""
    assert "Hồ sơ công khai" in laichau("--lang", "vi")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(laichau, command):
    """Help ends with an example that starts with the command itself, whole and unwrapped."""
    code, out, err = laichau(*command.split(), "--help")

    examples = out.partition("Examples:\n")[2].splitlines()
    assert (code, err) == (0, "")
    assert examples
    assert all(line.strip().startswith(f"laichau {command}") for line in examples if line.strip())


def test_every_command_is_in_the_tests():
    """A command that is added must be added here."""
    names = {info.name or info.callback.__name__ for info in app.registered_commands}

    assert names == {command for command in COMMANDS if " " not in command}


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["-h"]])
def test_common_flags(laichau, words):
    """Version and help print and exit with 0."""
    code, out, err = laichau(*words)

    assert (code, err) == (0, "")
    assert "laichau" in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["query", "post-holder"], "Did you mean post-holders"),
        (["query", "zzz"], "`laichau query` lists them"),
        (["query", "post-holders", "oficial=x"], "Did you mean official?"),
        (["query", "post-holders", "official=tran tien dun"], "Did you mean Trần Tiến Dũng?"),
        (["query", "post-holders", "official"], "name=value"),
        (["query", "post-holders", "official=a", "official=b"], "given twice"),
        (["query", "indicator-series"], "needs indicator"),
        (["query", "post-holders", "-f", "xml"], "'xml' is not one of"),
        (["query", "post-holders", "--lang", "fr"], "'fr' is not one of"),
        (["query", "--nope"], "--nope"),
        (["qery"], "No such command"),
        (["show", "tran tien dun"], "Did you mean Trần Tiến Dũng"),
        (["sparql"], "Missing argument"),
        (["sparql", "SELECT * {"], "line 1, column"),
        (["sparql", "DROP ALL"], "DROP"),
        (["sparql", "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }"], "SERVICE"),
        (["sparql", "missing.rq"], "missing.rq: no such file"),
        (["sparql", "ASK {}", "--memory", "lots"], "is no size"),
        (["sparql", "ASK {}", "--timeout", "0"], "--timeout"),
        (["sparql", "ASK {}", "-f", "ttl"], "cannot be written as ttl"),
        (["sparql", "DESCRIBE lc-place:lai-chau", "-f", "csv"], "Use -f ttl, nt, jsonld"),
        (["sparql", "SELECT ?s { ?s ?p ?o }", "-f", "nt"], "cannot be written as nt"),
        (["check", "missing.ttl"], "missing.ttl"),
        (["chart", "tong-kim-ngach-xuat-nhap-khau"], "Missing option"),
        (["chart", "tong-kim-ngach-xuat-nhap-kha", "-o", "x.svg"], "Did you mean"),
        (["chart", "chi-so-pci", "-o", "x.svg"], "no figures of chi-so-pci"),
        (["export"], "-o PATH"),
        (["export", "-o", "record.docx"], "the suffix names no form"),
        (["export", "-o", "/nowhere/record.ttl"], "No such file or directory"),
        (["sources", "verify", "/nowhere"], "/nowhere: no such folder"),
        (["load"], "--store DIR"),
        (["info", "--store", "http://127.0.0.1:9/query"], "127.0.0.1:9"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_sentence_and_2(laichau, words, complaint):
    """The error is one line on stderr that says what is wrong; stdout stays empty."""
    code, out, err = laichau(*words)

    assert code == 2
    assert out == ""
    assert err.startswith("laichau: ")
    assert err.count("\n") == 1
    assert complaint in err


def test_a_root_without_a_record_is_refused(capsys, tmp_path):
    """A wrong --root names what is missing there."""
    code = run(["--root", str(tmp_path), "info"])

    assert code == 2
    assert "ontology/, data/, queries/ missing" in capsys.readouterr().err


def test_bad_turtle_is_refused_with_file_and_line(laichau, tmp_path):
    """A file that is no Turtle is not judged, it is sent back."""
    bad = tmp_path / "bad.ttl"
    bad.write_text("PREFIX ex: <http://e/>\nex:a ex:b .\n", encoding="utf-8")

    code, _, err = laichau("check", str(bad))

    assert code == 2
    assert f"{bad}:2" in err


def test_check_of_a_sound_record_is_0(laichau):
    """A record without violations conforms."""
    code, out, err = laichau("check")

    assert (code, err) == (0, "")
    assert "violation" not in out


@pytest.mark.parametrize(
    ("form", "sign"), [("text", "violation"), ("json", '"conforms": false'), ("ttl", "sh:Violation")]
)
def test_check_of_a_spoilt_fact_is_1(laichau, checkout, tmp_path, form, sign):
    """A fact without a unit is refused, in every form of report, by its IRI."""
    (path,) = (checkout / "data" / "articles").glob(f"*{FIRST}.ttl")
    spoilt = tmp_path / "spoilt.ttl"
    spoilt.write_text(
        path.read_text(encoding="utf-8").replace("    lck:unit lc-unit:percent ;\n", ""), encoding="utf-8"
    )

    code, out, err = laichau("check", str(spoilt), "-f", form)

    assert (code, err) == (1, "")
    assert sign in out
    assert f"{FIRST}--dien-thon-ban-ty-le" in out


def test_sources_verify_says_what_it_looked_at(laichau):
    """All well is 0, with the number of spans."""
    code, out, err = laichau("sources", "verify", str(TEXTS))

    assert (code, err) == (0, "")
    assert "in 2 articles" in out


def test_sources_verify_finds_a_changed_text(laichau, tmp_path):
    """A changed text is 1, with article, span, expected and found."""
    texts = shutil.copytree(TEXTS, tmp_path / "texts")
    path = texts / "mot.txt"
    path.write_bytes(path.read_bytes().replace(b"94,3%", b"94,8%"))

    code, out, err = laichau("sources", "verify", str(texts))

    assert code == 1
    assert f"{FIRST}, span " in out
    assert "expected '94,3%', found '94,8%'" in out
    assert "differ" in err


def test_export_writes_dump_and_description(laichau, tmp_path):
    """What was written is told on stderr; stdout is for data."""
    code, out, err = laichau("export", "-o", str(tmp_path / "record.trig"))

    assert (code, out) == (0, "")
    assert err.count("Wrote") == 2
    assert (tmp_path / "record.trig.dcat.ttl").exists()


def test_export_tells_of_every_form(laichau):
    """Whoever asks for help sees all suffixes."""
    _, out, _ = laichau("export", "--help")

    assert [suffix for form in FORMS.values() if (suffix := form.suffix) not in out] == []
