"""What is accepted is checked, written whole and noted."""

import contextlib
import itertools
import json
import re

import pytest

from accepting import (
    acceptances,
    bare_record,
    bundle_of,
    facts_of,
    full_record,
    said_no,
    swap,
)
from disks import small_disk
from laichau_kg import accept as accepting
from laichau_kg import open_record
from laichau_kg._things import read_things, to_turtle
from laichau_kg.accept import accept
from laichau_kg.errors import DataError, OutputError, TurtleError
from laichau_kg.history import rules_version
from laichau_kg.layout import Layout
from laichau_kg.shapes import check_record
from laichau_kg.text import sha256
from laichau_kg.vocab import GRAPH, ID, LCK, PREFIXES
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

    def meddle(*args, **options):
        bundle.write_text(bundle.read_text("utf-8") + "\n", "utf-8")
        return judge(*args, **options)

    monkeypatch.setattr(accepting, "check_files", meddle)

    with pytest.raises(DataError, match="was changed while it was being checked"):
        accept(layout, [bundle])


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
