"""Bundles of several articles out of one set of tables are accepted together, or one after the other."""

import itertools

import pytest

from accepting import facts_of
from laichau_kg._things import read_things, register_of, to_turtle
from laichau_kg.accept import Answers, accept
from laichau_kg.imports import import_tables, write_bundles
from laichau_kg.layout import Layout
from laichau_kg.record import open_record
from laichau_kg.shapes import check_record
from laichau_kg.vocab import ID
from mini import RECORD, ROOT, make_checkout


@pytest.fixture
def layout(tmp_path):
    """A record that has neither articles nor registers yet."""
    for folder in ("articles", "registers"):
        (tmp_path / "record" / "data" / folder).mkdir(parents=True)
    for part in ("ontology", "queries"):
        (tmp_path / "record" / part).symlink_to(ROOT / part)
    return Layout(tmp_path / "record")


@pytest.fixture
def bundles(layout, tmp_path):
    """The bundles of the mini record's two articles, made from its tables."""
    (tmp_path / "checkout").mkdir()
    with open_record(make_checkout(tmp_path / "checkout")) as record:
        record.export_tables(tmp_path / "tables")
    made = import_tables(layout, tmp_path / "tables")
    articles = {name: content for name, content in made.items() if name != "registers.ttl"}
    return write_bundles(articles, tmp_path / "bundles")


# Tables write figures in their shortest form; two officials are needed by neither article.
EXPECTED = {
    name: content.replace(b"43.70", b"43.7")
    for name, content in facts_of(Layout(RECORD)).items()
    if name != "officials.ttl"
}


def accepted(layout):
    """Read the record's articles and registers, all but the officials."""
    return {name: content for name, content in facts_of(layout).items() if name != "officials.ttl"}


def swap(path, old, new):
    """Exchange text in a bundle that must have it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_two_bundles_repeat_the_entries_that_both_need(bundles):
    """Each bundle is whole by itself."""
    first, second = (
        {iri: block for iri, block in read_things(path).items() if register_of(iri)} for path in bundles
    )

    shared = first.keys() & second.keys()
    assert {iri.rpartition("/")[2] for iri in shared} == {"lai-chau", "viet-nam"}
    assert all(first[iri] == second[iri] for iri in shared)


def test_bundles_that_share_an_entry_are_accepted_together(layout, bundles):
    """What both say of it is one entry, and the record is the one that the tables are of."""
    plan = accept(layout, bundles)

    assert plan.done, plan.report.to_text()
    assert accepted(layout) == EXPECTED
    assert check_record(layout).conforms


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_bundles_that_share_an_entry_are_accepted_one_after_the_other(layout, bundles, order):
    """In either order, the later one finds the entry there and adds nothing to it."""
    plans = [accept(layout, [bundles[place]]) for place in order]

    assert [plan.report.to_text() for plan in plans if not plan.done] == []
    assert accepted(layout) == EXPECTED


@pytest.mark.parametrize("together", [True, False], ids=["together", "apart"])
def test_what_two_bundles_say_differently_of_an_entry_is_refused(layout, bundles, together):
    """A second name in one language is a finding on the entry, whichever way the bundles come."""
    first, second = bundles
    swap(second, "Tỉnh Lai Châu", "Tỉnh Lai Châu mới")
    if not together:
        assert accept(layout, [first]).done

    plan = accept(layout, [first, second] if together else [second])

    assert not plan.done
    assert {finding.focus for finding in plan.report.findings} == {ID + "place/lai-chau"}


@pytest.mark.parametrize("together", [True, False], ids=["together", "apart"])
def test_a_shared_entry_that_is_a_known_thing_is_asked_about_once(layout, bundles, together, tmp_path):
    """The answer to the first bundle holds for the second."""
    first, second = bundles
    known = {iri: block for iri, block in read_things(first).items() if register_of(iri) == "places"}
    (tmp_path / "known.ttl").write_bytes(to_turtle(known, path="known.ttl"))
    assert accept(layout, [tmp_path / "known.ttl"]).done
    for path in (first, second):
        swap(path, "lc-place:lai-chau", "lc-place:tinh-lai-chau")
    same = Answers(same=[("tinh-lai-chau", "lai-chau")])

    if together:
        plans = [accept(layout, [first, second], answers=same)]
    else:
        plans = [accept(layout, [first], answers=same), accept(layout, [second])]

    assert [plan.done for plan in plans] == [True] * len(plans)
    assert all(EXPECTED[path.name] == path.read_bytes() for path in layout.article_files())
