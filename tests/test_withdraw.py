"""An article that is taken out, or loses a fact, must not be missed by others; the history tells of it."""

import pytest

from accepting import ARTICLE, OWN, acceptances, bundle_of, full_record, refer, swap
from laichau_kg import open_record
from laichau_kg.accept import accept, withdraw
from laichau_kg.errors import UnknownThingError
from laichau_kg.shapes import check_record
from laichau_kg.vocab import GRAPH, ID, LCS, PREFIXES
from mini import FIRST, SECOND

PROV = PREFIXES["prov"]


@pytest.fixture
def full(tmp_path):
    """The record with both articles."""
    folder = tmp_path / "record"
    folder.mkdir()
    return full_record(folder)


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


def test_an_article_that_others_refer_to_is_not_withdrawn(full):
    """A fact that another article needs keeps its article in; the finding names both."""
    refer(full, f"directive/{FIRST}--ke-hoach")

    plan = withdraw(full, FIRST)

    assert not plan.done
    assert [finding.value for finding in plan.report.findings] == [f"{ID}directive/{FIRST}--ke-hoach"]
    assert (full.articles / ARTICLE).exists()


def test_a_store_on_disk_may_be_asked_who_refers_to_what(full, tmp_path):
    """With a store in a folder the answer is the same as without, before and after a change."""
    store = str(tmp_path / "store")
    refer(full, f"directive/{FIRST}--ke-hoach")

    refused, again = withdraw(full, FIRST, store=store), withdraw(full, FIRST)
    allowed = withdraw(full, SECOND, store=store)

    assert not refused.done
    assert refused.report == again.report
    assert allowed.done
    assert withdraw(full, FIRST, store=store).done


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
