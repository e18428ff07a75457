import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from laichau_kg.cli import run
from laichau_kg.cli._app import app
from laichau_kg.columns import heading
from laichau_kg.cli._question import ask_plainly
from laichau_kg.exports import FORMS
from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog
from mini import FIRST, TEXTS, make_checkout

GOLDEN = Path(__file__).parent / "data" / "welcome.txt"
COMMANDS = [
    "query", "sparql", "show", "search", "check", "explain", "coverage", "draft", "diff", "accept",
    "withdraw", "chart", "export", "import", "template", "sources verify", "info", "load", "serve", "build-site",
    "mcp",
]  # fmt: skip


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """No terminal, no width, no colour: what a pipe sees."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LAICHAU_DEBUG", raising=False)


@pytest.fixture
def laichau(checkout, capsys):
    """Run one command line on the mini record; give exit code, stdout and stderr."""

    def runs(*arguments):
        code = run(["--root", str(checkout), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


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


def test_query_without_id_lists_the_questions(laichau, checkout):
    """Each question is a line with id, question and parameters."""
    _, out, _ = laichau("query", "-f", "json")

    rows = json.loads(out)["results"]["bindings"]
    assert [row["id"]["value"] for row in rows] == list(Catalog.load(find_layout(checkout)))
    holders = next(row for row in rows if row["id"]["value"] == "post-holders")
    assert holders["parameters"]["value"] == "[post] [organization] [official]"


@pytest.mark.parametrize(("lang", "word"), [("en", "parameter"), ("vi", "tham số")])
def test_a_question_explains_itself(laichau, lang, word):
    """`query ID --help` tells title, question, parameters and an example."""
    code, out, _ = laichau("query", "post-holders", "--help", "--lang", lang)

    assert code == 0
    assert word in out
    assert "official" in out
    assert "laichau query post-holders post=" in out


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "md"])
def test_query_writes_every_form(laichau, form):
    """The same answer in each form, on stdout only."""
    code, out, err = laichau("query", "post-holders", "official=tran tien dung", "-f", form)

    assert (code, err) == (0, "")
    assert "Trần Tiến Dũng" in out


@pytest.mark.parametrize("before", [True, False])
def test_common_options_stand_before_or_after_the_command(laichau, before):
    """`--lang vi` means the same on either side."""
    words = ["query", "post-holders"]
    option = ["--lang", "vi"]

    _, out, _ = laichau(*(option + words if before else words + option))

    assert "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu" in out


def test_table_shows_labels_and_source_not_iris(laichau):
    """A reader sees names, and each row's words and article."""
    _, out, _ = laichau("query", "post-holders")

    assert "https://" not in out
    assert "“Chủ tịch UBND tỉnh” – First trial article" in out


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_table_fits_the_width(laichau, monkeypatch, width):
    """No line is wider than the terminal, whatever is in it."""
    monkeypatch.setenv("COLUMNS", str(width))

    _, out, _ = laichau("query", "observations-in-period", "period=2020")

    assert out
    assert max(map(len, out.splitlines())) <= width


def test_every_heading_is_known_in_vietnamese(checkout):
    """Whatever column a question has, a Vietnamese reader gets it named."""
    names = {
        name
        for query in Catalog.load(find_layout(checkout)).values()
        for name in re.findall(r"\?(\w+)\s", re.search(r"\nSELECT(.*?)WHERE", query.text, re.DOTALL)[1] + " ")
    }

    untold = {name for name in names if name.isascii() and heading(name, "vi") == heading(name, "en")}

    assert untold <= {"sha256"}


def test_no_rows_is_said_beside_the_data(laichau):
    """An empty answer is no failure; a remark on stderr says so."""
    code, out, err = laichau("query", "post-holders", "official=tong-thanh-hai")

    assert (code, out) == (0, "")
    assert "No rows" in err


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


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_graphs_have_forms_of_their_own(laichau, form):
    """DESCRIBE gives linked data."""
    code, out, _ = laichau("sparql", "DESCRIBE lc-place:lai-chau", "-f", form)

    assert code == 0
    assert "lai-chau" in out


def test_sparql_is_read_from_a_file(laichau, tmp_path):
    """An argument that is a file's path is the file."""
    path = tmp_path / "ask.rq"
    path.write_text("ASK { ?s a lck:Meeting }", encoding="utf-8")

    assert laichau("sparql", str(path)) == (0, "true\n", "")


def test_sparql_is_read_from_stdin(laichau, monkeypatch):
    """A dash is stdin."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"ASK { ?s a lck:Nothing }")))

    assert laichau("sparql", "-") == (0, "false\n", "")


def test_a_file_in_another_encoding_is_refused(laichau, tmp_path):
    """A query is UTF-8."""
    path = tmp_path / "latin.rq"
    path.write_bytes(b"# caf\xe9\nASK {}")

    code, _, err = laichau("sparql", str(path))

    assert (code, "not UTF-8" in err) == (2, True)


def test_a_query_without_end_is_stopped(laichau):
    """The time limit stops the work and says so."""
    code, _, err = laichau(
        "sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.5"
    )

    assert code == 2
    assert "Stopped after 0.5 s" in err


def test_search_and_show(laichau):
    """A found slug can be shown."""
    _, found, _ = laichau("search", "tran tien", "-f", "csv")

    assert "/id/person/tran-tien-dung,person,Trần Tiến Dũng" in found
    assert laichau("show", "tran-tien-dung", "-f", "csv")[0] == 0


def test_show_tells_what_a_thing_is_and_who_says_what_of_it(laichau):
    """First the thing's own properties, then what articles say of it, with the words."""
    _, out, _ = laichau("show", "tran-tien-dung")

    own, _, said = out.partition("What is said of it\n")
    assert own.startswith("Trần Tiến Dũng\nhttps://w3id.org/laichau-kg/id/person/tran-tien-dung\n")
    assert "“Chủ tịch UBND tỉnh” – First trial article" in said


def test_show_of_a_fact_has_its_evidence(laichau):
    """A figure is shown with what it says and the spans it rests on, quoted or by offsets."""
    _, out, _ = laichau("show", f"{FIRST}--von", "--lang", "vi")

    own, _, sources = out.partition("Căn cứ\n")
    assert "Bộ Công Thương" in own
    assert "“Công văn số 1129/UBND-KTN” – Bài thử nghiệm thứ nhất" in sources
    assert "Bài thử nghiệm thứ nhất – " in sources


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


def test_load_fills_a_folder(laichau, tmp_path):
    """A store on disk is filled, and then answers."""
    store = str(tmp_path / "store")

    code, out, err = laichau("load", "--store", store)

    assert (code, out) == (0, "")
    assert "Loaded" in err
    assert "Trần Tiến Dũng" in laichau("query", "post-holders", "--store", store)[1]


def test_info_tells_versions_sizes_and_place(laichau, checkout):
    """What one needs for a bug report."""
    _, out, _ = laichau("info", "-f", "csv")

    assert "pyoxigraph,0." in out
    assert str(checkout) in out
    assert "lck:Observation,5" in out


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
