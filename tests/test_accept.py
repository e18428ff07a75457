"""What is accepted is checked, written whole and noted; what is taken out says what it leaves behind."""

import contextlib
import itertools
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from accepting import ARTICLE, OWN, bare_record, bundle_of, facts_of, full_record, start, swap
from disks import small_disk
from laichau_kg import accept as accepting
from laichau_kg import open_record
from laichau_kg._journal import writing
from laichau_kg._things import Value, merged, read_things, to_turtle
from laichau_kg.accept import accept, withdraw
from laichau_kg.cli import run
from laichau_kg.errors import DataError, LockedError, OutputError, TurtleError, UnknownThingError
from laichau_kg.history import rules_version
from laichau_kg.layout import Layout
from laichau_kg.shapes import check_record
from laichau_kg.text import sha256
from laichau_kg.vocab import GRAPH, ID, LCK, LCS, PREFIXES
from mini import FIRST, RECORD, SECOND

PROV = PREFIXES["prov"]


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


def said_no(_plan):
    """Decline."""
    return False


def acceptances(layout):
    """Read the acceptances, oldest first, as property to values."""
    things = merged(read_things(path) for path in layout.history_files())
    found = []
    for _, block in sorted(things.items()):
        values = {}
        for name, value in sorted(block):
            values.setdefault(name, []).append(Value.read(value).text)
        found.append(values)
    return found


def test_an_accepted_bundle_becomes_the_article_and_its_register_entries(layout, tmp_path):
    """One untidy file turns into the canonical files, byte for byte, and the record passes its check."""
    plan = accept(layout, [bundle_of(tmp_path, change=lambda text: "# by hand\n" + text)])

    mini = Layout(RECORD)
    assert plan.done
    assert facts_of(layout) == facts_of(mini)
    assert check_record(layout).conforms


def test_an_acceptance_is_noted_with_its_circumstances(layout, tmp_path):
    """The history tells when, who, by which program and rules, from which file, and what changed."""
    bundle = bundle_of(tmp_path)

    accept(layout, [bundle], by="  Lý Thị Na ")

    things = sum("#char=" not in iri for iri in read_things(bundle))
    (noted,) = acceptances(layout)
    assert noted[PROV + "generated"] == [GRAPH + FIRST]
    assert noted[PROV + "used"] == [f"urn:sha256:{sha256(bundle.read_text('utf-8'))}"]
    assert noted[LCK.acceptedBy] == ["Lý Thị Na"]
    assert noted[LCK.rulesVersion] == [rules_version(layout)]
    assert (noted[LCK.thingsAdded], noted[LCK.thingsChanged], noted[LCK.thingsRemoved]) == (
        [str(things)],
        ["0"],
        ["0"],
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", noted[PROV + "endedAtTime"][0])


def test_a_finding_refuses_the_whole_bundle(layout, tmp_path):
    """A violation names file and line, and nothing is written, not even the history."""
    before = facts_of(layout)
    bundle = bundle_of(tmp_path, change=swap("lck:value 94.3", "lck:value 49.3"))

    plan = accept(layout, [bundle])

    line = next(n for n, text in enumerate(bundle.read_text("utf-8").splitlines(), 1) if "49.3" in text)
    assert not plan.done
    assert line in {finding.line for finding in plan.report.findings if finding.severity == "violation"}
    assert facts_of(layout) == before
    assert acceptances(layout) == []


def test_what_is_there_already_changes_nothing(full, tmp_path):
    """Accepting the same again writes nothing and notes nothing."""
    before = facts_of(full)

    plan = accept(full, [bundle_of(tmp_path)], confirm=said_no)

    assert not plan.changes
    assert facts_of(full) == before
    assert acceptances(full) == []


def test_an_article_that_is_there_is_replaced_also_under_a_new_date(full, tmp_path):
    """The file is named after the new date; the old one is gone."""
    bundle = bundle_of(tmp_path, change=swap('2020-12-14"^^xsd:date', '2020-12-15"^^xsd:date'))
    asked = []

    plan = accept(full, [bundle], confirm=lambda plan: asked.append(plan) is None)

    assert [one.replaced for one in asked] == [(FIRST,)]
    assert plan.done
    assert [path.name for path in full.article_files()] == [
        f"2020-12-15-{FIRST}.ttl",
        f"undated-{SECOND}.ttl",
    ]
    assert check_record(full).conforms


def test_a_no_leaves_the_record_as_it_was(full, tmp_path):
    """Whoever is asked may decline."""
    before = facts_of(full)

    plan = accept(
        full, [bundle_of(tmp_path, change=swap('"23 đại biểu"@vi', '"24 đại biểu"@vi'))], confirm=said_no
    )

    assert plan.changes
    assert not plan.done
    assert facts_of(full) == before


def test_a_register_entry_may_grow(full, tmp_path):
    """A bundle adds a name to a known body; its other names stay, and the whole record is judged."""
    bundle = bundle_of(tmp_path, change=swap('"UBND tỉnh"@vi', '"UBND tỉnh"@vi , "UBND tỉnh Lai Châu"@vi'))

    plan = accept(full, [bundle])

    text = (full.registers / "organizations.ttl").read_text("utf-8")
    assert plan.done
    assert '"UBND tỉnh Lai Châu"@vi' in text
    assert '"UBND tỉnh"@vi' in text
    assert check_record(full).conforms


def test_a_register_entry_may_not_be_contradicted(full, tmp_path):
    """A second kind for a known body is a finding, for an entry has one."""
    wrong = swap("lc-organization-kind:ministry ;", "lc-organization-kind:agency ;")

    plan = accept(full, [bundle_of(tmp_path, change=wrong)])

    assert not plan.report.conforms
    assert not plan.done


def test_a_file_named_like_a_register_replaces_it_after_asking(full, tmp_path):
    """Corrections to a register come as the whole register; what it drops must not be missed."""
    path = tmp_path / "officials.ttl"
    text = (full.registers / "officials.ttl").read_text("utf-8")
    path.write_text(re.sub(r"lc-person:tong-thanh-hai-2\n.*?\n\.\n", "", text, flags=re.DOTALL), "utf-8")
    asked = []

    plan = accept(full, [path], confirm=lambda plan: asked.append(plan.whole) is None)

    assert asked == [("officials",)]
    assert plan.done
    assert "tong-thanh-hai-2" not in (full.registers / "officials.ttl").read_text("utf-8")


def test_a_register_may_not_drop_what_is_needed(full, tmp_path):
    """A register without an entry that facts refer to is refused with the facts."""
    path = tmp_path / "officials.ttl"
    text = (full.registers / "officials.ttl").read_text("utf-8")
    path.write_text(re.sub(r"lc-person:tran-tien-dung\n.*?\n\.\n", "", text, flags=re.DOTALL), "utf-8")

    plan = accept(full, [path])

    assert not plan.done
    assert any(finding.value == ID + "person/tran-tien-dung" for finding in plan.report.findings)


@pytest.mark.parametrize("stem", ["documents", "places"])
def test_a_register_called_like_a_module_of_the_ontology_replaces_only_the_register(full, tmp_path, stem):
    """The ontology keeps its terms, so that the facts are still judged by them."""
    assert (full.ontology / f"{stem}.ttl").exists()
    things = read_things(full.registers / f"{stem}.ttl")
    note = (PREFIXES["skos"] + "note", '"Checked again."@en')
    path = tmp_path / f"{stem}.ttl"
    path.write_bytes(to_turtle({iri: block | {note} for iri, block in things.items()}, path=path.name))

    plan = accept(full, [path])

    assert plan.done, plan.report.to_text()
    assert (full.registers / f"{stem}.ttl").read_bytes() == path.read_bytes()


def test_on_a_full_disk_nothing_is_accepted(tmp_path):
    """One sentence says so; the record is as before, passes its check, and takes the bundle later."""
    bundle = bundle_of(tmp_path)

    with small_disk(tmp_path / "small", 384) as disk:
        layout = bare_record(disk)
        before = facts_of(layout)
        ballast = disk / "ballast"
        with contextlib.suppress(OSError):
            ballast.write_bytes(bytes(2**20))
        with ballast.open("r+b") as file:
            file.truncate(ballast.stat().st_size - 2**13)  # room for a lock, not for the facts
        with pytest.raises(OutputError, match="the record is as it was"):
            accept(layout, [bundle])

        assert facts_of(layout) == before
        assert check_record(layout).conforms
        ballast.unlink()
        assert accept(layout, [bundle]).done


def test_what_a_killed_process_began_is_finished_by_whoever_asks(full):
    """A store and a check see the record after the change, though the process never got so far."""
    home = full.root / "data" / ".accept"
    (home / "staged").mkdir(parents=True)
    register = (full.registers / "officials.ttl").read_text("utf-8")
    entry = register.partition("\nlc-person:tran-tien-dung\n")[2]
    content = register + "\nlc-person:tran-tien-dung-3\n" + entry
    (home / "staged" / "0").write_text(content, "utf-8")
    step = {"path": "registers/officials.ttl", "staged": "0", "sha256": sha256(content)}
    (home / "intent.json").write_text(json.dumps([step]), "utf-8")

    with open_record(full.root) as record:
        assert record.count()["Official"] == 4
    assert not (home / "intent.json").exists()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"<{ID}meeting/nowhere--x> a <{LCK.Meeting}> .", "nowhere, which is described in none of the files"),
        (f"<{ID}indicator/x> a <{PREFIXES['skos']}Concept> .", "has no place in data/"),
        (f"<http://example.org/x> a <{LCK.Place}> .", "has no place in data/"),
        (f"[] a <{LCK.Place}> .", "a blank node"),
        ("# nothing\n", "no facts in it"),
        ("lc-place:x a lck:Place .", "prefix"),
    ],
    ids=["foreign-article", "concept", "foreign-thing", "blank", "empty", "no-turtle"],
)
def test_what_has_no_place_is_refused_by_name(layout, tmp_path, text, complaint):
    """The error says which thing, and where it belongs."""
    path = tmp_path / "odd.ttl"
    path.write_text(text, "utf-8")

    with pytest.raises(DataError, match=complaint):
        accept(layout, [path])


def test_a_file_that_is_not_there_is_said(layout, tmp_path):
    """A slip in the path is one sentence."""
    with pytest.raises(TurtleError, match="cannot be read"):
        accept(layout, [tmp_path / "none.ttl"])


def test_a_file_that_changes_while_it_is_checked_is_refused(layout, tmp_path, monkeypatch):
    """What is written is what was judged."""
    bundle = bundle_of(tmp_path)
    judge = accepting.check_files

    def meddle(*args):
        bundle.write_text(bundle.read_text("utf-8") + "\n", "utf-8")
        return judge(*args)

    monkeypatch.setattr(accepting, "check_files", meddle)

    with pytest.raises(DataError, match="was changed while it was being checked"):
        accept(layout, [bundle])


def test_a_withdrawn_article_leaves_and_what_hangs_loose_is_listed(full):
    """Only entries that nothing else refers to are listed; they stay in the registers."""
    registers = [path.read_bytes() for path in full.register_files()]

    plan = withdraw(full, FIRST, by="Na")

    assert plan.done
    assert {iri.removeprefix(ID) for iri in plan.loose} == OWN
    assert [path.name for path in full.article_files()] == [f"undated-{SECOND}.ttl"]
    assert [path.read_bytes() for path in full.register_files()] == registers
    assert acceptances(full)[0][PROV + "invalidated"] == [GRAPH + FIRST]
    assert check_record(full).conforms


def refer(layout, target):
    """Let a fact of the second article refer to a fact of the first."""
    path = layout.articles / f"undated-{SECOND}.ttl"
    text = path.read_text("utf-8")
    observation = re.search(r"^lc-observation:\S+\n", text, re.MULTILINE)
    assert observation
    path.write_text(f"{text}{observation[0]}    <{LCK.answers}> <{ID}{target}> ;\n.\n", "utf-8")


def test_an_article_that_others_refer_to_is_not_withdrawn(full):
    """A fact that another article needs keeps its article in; the finding names both."""
    refer(full, f"directive/{FIRST}--ke-hoach")

    plan = withdraw(full, FIRST)

    assert not plan.done
    assert [finding.value for finding in plan.report.findings] == [f"{ID}directive/{FIRST}--ke-hoach"]
    assert (full.articles / ARTICLE).exists()


def test_a_fact_that_others_refer_to_is_not_dropped(full, tmp_path):
    """A new version of an article must still have what other articles need; they are judged with it."""
    name = f"lc-goal:{FIRST}--tinh-kha"

    def drop(text):
        head, found, tail = text.partition(f"\n{name}\n")
        return head + "\n" + tail.partition("\n.\n")[2] if found else text

    refer(full, f"goal/{FIRST}--tinh-kha")

    plan = accept(full, [bundle_of(tmp_path, change=drop)])

    missed = [finding for finding in plan.report.findings if finding.rule == f"{LCS}Thing-described"]
    assert not plan.done
    assert [finding.value for finding in missed] == [f"{ID}goal/{FIRST}--tinh-kha"]
    assert missed[0].file == f"data/articles/undated-{SECOND}.ttl"


def test_an_unknown_article_is_named_with_near_ones(full):
    """A slip in the slug is forgiven with a hint."""
    with pytest.raises(UnknownThingError, match=f"Did you mean {FIRST}"):
        withdraw(full, FIRST[:-1])


def test_the_history_can_be_asked(full, tmp_path):
    """The canned question tells each acceptance with its article, by whom, and what changed."""
    accept(full, [bundle_of(tmp_path, change=swap('"23 đại biểu"@vi', '"24 đại biểu"@vi'))], by="Na")
    withdraw(full, FIRST)

    with open_record(full.root) as record:
        rows = record.query("acceptances").records()

    assert [(row["event"], row["article"], row["by"]) for row in rows] == [
        ("accepted", f"{ID}article/{FIRST}", "Na"),
        ("withdrawn", f"{ID}article/{FIRST}", None),
    ]


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


def test_several_bundles_come_together_or_not_at_all(layout, tmp_path):
    """One bad bundle keeps the good one out."""
    before = facts_of(layout)
    good = bundle_of(tmp_path)
    bad = tmp_path / "bad.ttl"
    text = (layout.articles / f"undated-{SECOND}.ttl").read_text("utf-8")
    bad.write_text(text.replace("lck:length 119", 'lck:length "many"'), "utf-8")

    plans = [accept(layout, list(order)) for order in itertools.permutations((good, bad))]

    assert [plan.done for plan in plans] == [False, False]
    assert facts_of(layout) == before
