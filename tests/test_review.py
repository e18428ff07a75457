"""The core of a review: what waits in which order, the steps, what goes along, and the way back."""

import pytest

from drafted import ROOT
from laichau_kg._things import kind_of, to_turtle
from laichau_kg.errors import DataError
from laichau_kg.layout import Layout
from laichau_kg.reviewing import Review, candidates
from laichau_kg.reviewing.steps import drop, fact_of, put, sweep, without_marks
from laichau_kg.shapes import check_files
from laichau_kg.terms import Literal
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF
from reviewed import (
    ARTICLE,
    CHAIR,
    CITATION,
    GROUP,
    HOLDING,
    HONEY,
    MEETING,
    ORDER,
    PERSON,
    PLAN,
    TEA,
    drafted,
    judge,
)

LABEL = PREFIXES["skos"] + "prefLabel"
DESCRIPTION = PREFIXES["dcterms"] + "description"
HALF = f"{ID}period/2024-h1"


def review():
    """Start on the draft, with the real checker."""
    return Review.start(drafted(), judge(), judge().forms, judge().registers)


def evidence(things):
    """List the spans of evidence."""
    return {iri for iri in things if "#char=" in iri}


def named(things):
    """List everything that something names."""
    return {value[1:-1] for block in things.values() for _, value in block if value.startswith("<")}


def said(name, text, language):
    """Write a text as N-Triples has it."""
    return name, Literal(text, language=language).n3()


def test_candidates_come_as_a_reader_meets_them():
    """The article first; an entry before the fact that needs it."""
    assert candidates(drafted()) == (
        ARTICLE, MEETING, PERSON, CHAIR, HOLDING, TEA, HONEY, GROUP, ORDER, PLAN, CITATION,
    )  # fmt: skip


def test_an_entry_is_read_beside_the_first_fact_that_names_it():
    """A document has no evidence of its own, its citation has."""
    assert fact_of(drafted(), PLAN) == CITATION


@pytest.mark.parametrize(
    ("dropped", "along", "stays"),
    [
        (MEETING, {CHAIR}, {ORDER, PERSON, TEA}),
        (CITATION, {PLAN}, {ORDER, PERSON}),
        (PLAN, {CITATION}, {ORDER}),
        (PERSON, {CHAIR, GROUP, HOLDING, ORDER}, {MEETING, TEA}),
        (TEA, set(), {HONEY, HALF}),
        (HONEY, set(), {TEA, HALF}),
    ],
    ids=["meeting", "citation", "document", "official", "figure", "unknown-figure"],
)
def test_what_cannot_stand_without_a_thing_goes_along(dropped, along, stays):
    """Facts that must name it, entries that only it named; nothing dangles, no evidence is left over."""
    left = drop(drafted(), dropped, judge().forms.of)

    things = {iri for iri in left.gone if "#char=" not in iri}
    assert things == {dropped, *along}
    assert stays <= left.things.keys()
    assert not named(left.things) & set(left.gone)
    assert evidence(left.things) <= named(left.things)


def test_where_a_thing_may_be_missing_only_its_mention_goes():
    """An order is given at a meeting, or not."""
    left = drop(drafted(), MEETING, judge().forms.of)

    assert ORDER in left.loosened
    assert not any(name == LCK.meeting for name, _ in left.things[ORDER])


def test_the_last_figure_of_a_period_takes_it_along():
    """A period is there only for what names it."""
    first = drop(drafted(), TEA, judge().forms.of)

    assert HALF in drop(first.things, HONEY, judge().forms.of).gone


def test_the_article_cannot_be_dropped():
    """All facts hang on it."""
    with pytest.raises(DataError, match="cannot be dropped"):
        review().drop(ARTICLE)


def test_another_value_sweeps_out_what_nothing_names_any_more():
    """The plan goes when its citation is of another document."""
    known = f"<{ID}document/quyet-dinh-200-qd-ttg>"

    after = sweep(drafted(), put(drafted(), CITATION, LCK.cites, [known]))

    assert PLAN not in after
    assert (LCK.cites, known) in after[CITATION]


def test_an_emptied_property_is_inferred_no_more():
    """What a fact infers it has."""
    things = drafted()
    block = things[TEA] | {(LCK.infers, f"<{LCK.period}>"), (LCK.inferredFrom, f"<{ARTICLE}#char=0,46>")}

    after = put({**things, TEA: block}, TEA, LCK.period, [])

    assert not {LCK.period, LCK.infers, LCK.inferredFrom} & {name for name, _ in after[TEA]}


def test_one_language_is_replaced_and_the_other_kept():
    """A label has one text in each."""
    after = put(drafted(), MEETING, LABEL, [Literal("Review", language="en").n3()], language="en")

    assert {value for name, value in after[MEETING] if name == LABEL} == {
        '"Review"@en',
        '"Hội nghị sơ kết sản xuất nông nghiệp"@vi',
    }


def test_a_complete_candidate_is_accepted_and_loses_its_marks():
    """Nothing of a draft is left on it."""
    held = review()

    assert held.accept(TEA) == ()
    assert not {LCK.foundBy, LCK.proposal} & {name for name, _ in held.things[TEA]}
    assert (RDF.type, f"<{LCK.Candidate}>") not in held.things[TEA]


@pytest.mark.parametrize(
    ("iri", "path"), [(ARTICLE, LABEL), (HONEY, LCK.indicator), (ORDER, DESCRIPTION), (ORDER, LCK.topic)]
)
def test_what_a_candidate_lacks_is_said_by_the_checker(iri, path):
    """The finding names the property; the candidate stays one."""
    held = review()

    assert path in {finding.path for finding in held.accept(iri)}
    assert held.is_candidate(iri)


def test_the_verdict_on_each_thing_is_the_checker_s(tmp_path):
    """What review says of every thing is what `check` says of the file, were all accepted."""
    bare = {**without_marks(drafted()), TEA: frozenset(p for p in drafted()[TEA] if p[0] != LCK.unit)}
    path = tmp_path / "draft.ttl"
    path.write_bytes(to_turtle(without_marks(bare), path=path.name))

    one_by_one = {(f.focus, f.path, f.rule) for iri in bare for f in judge()(bare, {iri})}

    checked = {(f.focus, f.path, f.rule) for f in check_files(Layout(ROOT), [path], alike=True).findings}
    assert checked
    assert one_by_one == checked


def test_that_it_is_a_candidate_is_nothing_against_it():
    """Marks go with acceptance, so that only what would stay is judged."""
    assert review().against(PERSON) == ()


def test_all_complete_ones_of_a_kind_are_accepted_in_one_step():
    """The figure without an indicator waits on; one step back and both do."""
    held = review()

    chosen = held.like(TEA)
    held.accept_all(chosen, TEA)
    assert chosen == (TEA,)
    assert [iri for iri in held.waiting() if kind_of(iri) == "observation"] == [HONEY]
    assert held.undo() == TEA
    assert held.things == drafted()


def test_what_is_put_off_comes_no_more_in_this_sitting():
    """It still waits, for the next one."""
    held = review()

    held.put_off(ARTICLE)

    assert held.next() == MEETING
    assert ARTICLE in held.waiting()


STEPS = {
    "accept": lambda held: held.accept(PERSON),
    "mend": lambda held: held.mend(TEA, LCK.unit, [f"<{ID}unit/thousand-tonnes>"]),
    "drop": lambda held: held.drop(MEETING),
    "later": lambda held: held.put_off(ARTICLE),
    "different": lambda held: held.different(PERSON, [f"{ID}person/giang-a-tinh"]),
    "same": lambda held: held.same(PERSON, f"{ID}person/giang-a-tinh"),
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_each_step_can_be_taken_back(step):
    """The bundle, and what comes next, are as they were."""
    held = review()

    step(held)
    assert (held.things, held.next()) != (drafted(), ARTICLE)
    held.undo()

    assert (held.things, held.next()) == (drafted(), ARTICLE)


def test_before_the_first_step_there_is_no_way_back():
    """Undo says so by nothing."""
    assert review().undo() is None


def test_a_new_entry_that_is_a_known_thing_leaves_its_name_there():
    """Facts name the known one, under which the new name is found from now on."""
    known = f"{ID}person/giang-a-tinh"
    held = review()

    held.same(PERSON, known)

    assert PERSON not in held.things
    assert (LCK.participant, f"<{known}>") in held.things[CHAIR]
    assert said(PREFIXES["skos"] + "altLabel", "Lý Văn Mẫu", "vi") in held.things[known]


def test_words_left_out_on_purpose_are_noted():
    """A dropped figure's words become an omission with its reason."""
    held = review()

    held.drop(HONEY, reason=f"<{ID}omission-reason/not-about-province>")

    omission = HONEY.replace("/observation/", "/omission/")
    assert (LCK.reason, f"<{ID}omission-reason/not-about-province>") in held.things[omission]
    assert evidence(held.things) <= named(held.things)


def test_a_fact_may_rest_on_other_words():
    """The new span is its main evidence; the old one goes if nothing else has it."""
    held = review()
    words, block = f"{ARTICLE}#char=0,8", frozenset({(RDF.type, f"<{LCK.Evidence}>")})
    old = next(value[1:-1] for name, value in held.things[TEA] if name == LCK.mainEvidence)

    held.rest_on(TEA, words, block)

    assert {value for name, value in held.things[TEA] if name == LCK.mainEvidence} == {f"<{words}>"}
    assert (PREFIXES["prov"] + "wasDerivedFrom", f"<{words}>") in held.things[TEA]
    assert old not in held.things
