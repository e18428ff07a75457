"""`laichau review` as an editor meets it: keys are typed, what is said is read, the file is looked at."""

import io
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafted import ROOT
from laichau_kg._things import read_things, to_turtle
from laichau_kg.cli import run
from laichau_kg.cli._review_dialogue import Dialogue
from laichau_kg.cli._review_form import Sitting
from laichau_kg.cli._review_terminal import Stop, Terminal
from laichau_kg.layout import find_layout
from laichau_kg.reviewing import Directory, Review, Values, candidates
from laichau_kg.reviewing.steps import unmarked
from laichau_kg.shapes import check_record
from laichau_kg.store import open_store
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import ID, LCK, PREFIXES
from reviewed import (
    ANSWERS,
    ARTICLE,
    CHAIR,
    EXAMPLE,
    HOLDING,
    HONEY,
    MEETING,
    ORDER,
    PERSON,
    TEA,
    TEXT,
    draft_in,
    drafted,
    judge,
    own_record,
    type_keys,
)

DESCRIPTION = PREFIXES["dcterms"] + "description"
NAME = "Lai Châu reviews farm production\n"


@pytest.fixture
def hold(monkeypatch, tmp_path, capsys):
    """Hold a review of the draft with the keys given; give exit code, what was said, and the result."""
    path = draft_in(tmp_path)
    monkeypatch.setattr("laichau_kg.reviewing.Judge", lambda *_: judge())  # the record is read once for all

    def holds(keys, *more):
        code = type_keys(monkeypatch, path, keys, *more)
        said = capsys.readouterr()
        return code, said.out + said.err, read_things(path)

    return holds


def test_a_candidate_stands_beside_its_sentence_with_the_span_marked(hold):
    """The sentence alone, and the figure in brackets."""
    _, said, _ = hold("l\nl\nl\nl\nl\nq\n")

    assert "sản lượng chè búp tươi của tỉnh ước đạt [21.500 tấn]" in " ".join(said.replace("|", "").split())


def test_the_readme_shows_a_candidate_as_it_is_shown(hold, monkeypatch):
    """The excerpt there is what an editor sees."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "90")

    excerpt = page.partition("```text\n[")[2].partition("```")[0]

    assert excerpt
    assert excerpt in hold(ANSWERS)[1]


def test_accept_asks_for_what_is_missing(hold):
    """The article lacks an English label; with it, it is reviewed, and the step is saved."""
    code, said, things = hold(f"a\n{NAME}")

    assert code == 1
    assert "label (en)" in said
    assert candidates(things) == tuple(iri for iri in candidates(drafted()) if iri != ARTICLE)


def test_what_is_missing_may_be_left(hold):
    """Enter leaves the value, and the candidate."""
    _, said, things = hold("a\n\n")

    assert "It stays a candidate." in said
    assert things == drafted()


@pytest.mark.parametrize(
    "keys",
    [
        "m status target\n",
        "m\n6\ntarget\n",
        "m has status lc-status:target\n",
        "m 6\n3\n",
        "m status muc tieu\n",
    ],
    ids=["in-a-line", "by-number", "by-label", "from-the-list", "in-vietnamese"],
)
def test_mending_takes_names_and_numbers(hold, keys):
    """The line of the form by number, name or label; the value by label, slug or its place in the list."""
    _, _, things = hold("l\n" * 5 + keys)

    assert (LCK.status, f"<{ID}status/target>") in things[TEA]
    assert (LCK.status, f"<{ID}status/estimate>") not in things[TEA]


def test_a_figure_of_an_unknown_indicator_is_mended_from_the_code_list(hold):
    """A word that is not known is refused, and asked for again."""
    keys = "l\n" * 6 + "m indicator mật ong rừng\nsan-luong-cay-an-qua\na\n"

    _, said, things = hold(keys)

    assert "'mật ong rừng' is not known here" in said
    assert (LCK.indicator, f"<{ID}indicator/san-luong-cay-an-qua>") in things[HONEY]
    assert HONEY not in candidates(things)


def test_a_property_is_emptied_by_a_dash(hold):
    """And what is needed is missing then."""
    _, said, things = hold("l\n" * 5 + "m status -\n")

    assert LCK.status not in {name for name, _ in things[TEA]}
    assert "has status: —" in said


def test_what_the_text_says_and_the_draft_left_open_is_asked_for(monkeypatch, tmp_path, capsys):
    """A due day without a year; it does not go with the first key, nor with those of its kind."""
    path = draft_in(tmp_path)
    words = (LCK.proposal, '"due: 30/6"')
    order = drafted()[ORDER] | {words, (DESCRIPTION, '"Sums up."@en'), (DESCRIPTION, '"Tóm tắt."@vi')}
    order |= {(LCK.topic, f"<{ID}topic/planning>")}
    path.write_bytes(to_turtle({**drafted(), ORDER: order}, path="draft.ttl"))

    type_keys(monkeypatch, path, "l\n" * 8 + "all\na\n2024-06-30\n")

    said = capsys.readouterr().out
    assert "None of this kind is complete yet." in said
    assert "the text says: 30/6" in said
    assert (LCK.due, f"<{ID}period/2024-06-30>") in read_things(path)[ORDER]
    assert ORDER not in candidates(read_things(path))


def test_dropping_says_what_goes_along_and_asks(hold):
    """A meeting with its participations goes only after yes."""
    _, said, things = hold("l\nd\nn\nd\ny\n")

    assert said.count("With it would go: Participation Lý Văn Mẫu, Chair") == 2
    assert not {MEETING, CHAIR} & things.keys()


def test_dropping_may_note_why(hold):
    """The words are left out on purpose, and coverage counts them so."""
    _, said, things = hold("l\n" * 6 + "d because\nd repetition\n")

    assert "'because' is not known here" in said
    assert (LCK.reason, f"<{ID}omission-reason/repetition>") in things[
        HONEY.replace("observation", "omission")
    ]


def test_the_article_cannot_be_dropped(hold):
    """It is said so, and asked again."""
    assert "The article itself cannot be dropped" in hold("d\nq\n")[1]


def test_undo_takes_the_last_step_back(hold):
    """In the file too."""
    _, said, things = hold(f"a\n{NAME}u\nu\nu\n")

    assert said.count("Taken back.") == 2
    assert "There is no step to take back." in said
    assert things == drafted()


def test_all_of_a_kind_that_lack_nothing_are_accepted_with_one_key(hold):
    """Those that lack something wait on."""
    _, said, things = hold("l\n" * 5 + "all\n")

    assert "Accepted 1 of this kind; 1 of it still need something." in said
    assert TEA not in candidates(things)
    assert HONEY in candidates(things)


@pytest.mark.parametrize("keys", ["", "l\n", "l\nq\n", "l"], ids=["nothing", "end", "quit", "no-newline"])
def test_stopping_keeps_what_was_done_and_says_what_is_left(hold, keys):
    """The end of the input is a stop like any other."""
    code, said, things = hold(keys)

    assert code == 1
    assert "Stopped; every step is saved." in said
    assert f"{len(candidates(things))} candidates are left: laichau review" in said


class Fingers:
    """An input that does something before each line."""

    def __init__(self, *lines):
        self._lines = list(lines)

    def isatty(self):
        """Say that this is no terminal."""
        return False

    def readline(self):
        """Type the next line, or do what stands there instead."""
        line = self._lines.pop(0)
        return line() if callable(line) else line


def test_an_interruption_is_a_stop(monkeypatch, tmp_path, capsys):
    """Ctrl-C leaves what was done, and no traceback."""

    def interrupt():
        raise KeyboardInterrupt

    path = draft_in(tmp_path)
    monkeypatch.setattr("sys.stdin", Fingers("l\n", "a\n", interrupt))

    assert run(["review", str(path), "--root", str(ROOT)]) == 1
    assert "Stopped; every step is saved." in capsys.readouterr().err
    assert MEETING not in candidates(read_things(path))


def test_work_goes_on_where_it_stopped(hold):
    """Two sittings make what one would."""
    hold(f"a\n{NAME}a\n")

    code, said, _ = hold("q\n")

    assert code == 1
    assert "[9 to go] Official: Lý Văn Mẫu" in said


def test_a_wrong_key_is_said_and_asked_again(hold):
    """Nothing happens."""
    _, said, things = hold("yes please\n?\nq\n")

    assert "'yes please' is none of the keys" in said
    assert "take the last step back" in said
    assert things == drafted()


def test_vietnamese_is_spoken_too(hold):
    """Keys are the same."""
    _, said, _ = hold("x\na\n\nq\n", "--lang", "vi")

    assert "'x' không phải là một phím" in said
    assert "Mục này vẫn là đề xuất." in said
    assert "candidate" not in said


def test_a_new_official_who_looks_like_a_known_one_is_asked_about(monkeypatch, tmp_path, capsys):
    """The number takes the known one in its place."""
    path = draft_in(tmp_path)
    words = path.read_text(encoding="utf-8").replace("lc-person:ly-van-mau", "lc-person:giang-a-tinnh")
    words = re.sub(r'"Lý Văn Mẫu"(?=[ @;])(?!.*\n.*oa:has)', '"Giàng A Tính"', words)
    path.write_text(words, encoding="utf-8")

    type_keys(monkeypatch, path, "l\nl\na\n7\n1\nq\n")

    assert "looks like something the record knows" in capsys.readouterr().out
    assert (LCK.participant, f"<{ID}person/giang-a-tinh>") in read_things(path)[CHAIR]


def test_other_words_are_taken_as_evidence_if_they_stand_in_the_text(hold):
    """Others are refused."""
    _, said, things = hold("l\n" * 5 + "m evidence nowhere to be found\nước đạt 21.500 tấn\n")

    start = TEXT.index("ước đạt 21.500 tấn")
    assert "These words do not stand in the text." in said
    assert (LCK.mainEvidence, f"<{ARTICLE}#char={start},{start + 18}>") in things[TEA]


def test_without_the_text_the_quotations_are_shown(monkeypatch, tmp_path, capsys):
    """Words that are not quoted cannot be, and evidence cannot be changed."""
    type_keys(monkeypatch, draft_in(tmp_path, text=False), "l\n" * 5 + "m evidence tấn\nq\n")

    said = capsys.readouterr().out
    assert "“21.500 tấn”" in said
    assert "the article's text is needed" in said


def test_another_text_is_refused(monkeypatch, tmp_path, capsys):
    """By its hash, in one sentence."""
    path = draft_in(tmp_path)
    (tmp_path / "made-up.txt").write_text("Another text.\n", encoding="utf-8")

    assert type_keys(monkeypatch, path, "") == 2
    assert "its SHA-256 differs" in capsys.readouterr().err


@pytest.mark.parametrize(
    "case",
    [
        ("draft.ttl", b"lc-x:y a", "draft.ttl:1"),
        ("draft.ttl", b"", "describes no article"),
        ("draft.json", b"{}", "a review is of Turtle"),
        ("missing.ttl", None, "cannot be read"),
    ],
    ids=["no-turtle", "no-article", "no-ttl", "no-file"],
)
def test_what_cannot_be_reviewed_is_refused_in_a_sentence(monkeypatch, tmp_path, capsys, case):
    """Exit code 2."""
    name, content, words = case
    if content is not None:
        (tmp_path / name).write_bytes(content)

    assert type_keys(monkeypatch, tmp_path / name, "") == 2
    assert words in capsys.readouterr().err


def test_a_file_changed_by_somebody_else_is_left_alone(monkeypatch, tmp_path, capsys):
    """Their change is worth as much as ours."""
    path = draft_in(tmp_path)
    theirs = path.read_bytes() + b"\n"

    def change():
        path.write_bytes(theirs)
        return "a\n"

    monkeypatch.setattr("sys.stdin", Fingers("l\n", change))

    assert run(["review", str(path), "--root", str(ROOT)]) == 2
    assert "changed by somebody else" in capsys.readouterr().err
    assert path.read_bytes() == theirs


@pytest.mark.parametrize("accepted", [1, 2, 4])
def test_a_kill_leaves_the_state_after_the_last_step(tmp_path, accepted):
    """Kill -9 in the middle: the file is whole, and the steps taken are in it."""
    path = draft_in(tmp_path)
    command = [sys.executable, "-u", "-m", "laichau_kg.cli", "review", str(path), "--root", str(ROOT)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
    process.stdin.write("l\n" + "a\n" * accepted)
    process.stdin.flush()
    seen = 0
    while seen < accepted:
        seen += process.stdout.readline() == "Accepted.\n"
    process.kill()
    process.communicate()

    text = path.read_text(encoding="utf-8")
    assert format_turtle(text) == text
    assert len(candidates(read_things(path))) == len(candidates(drafted())) - accepted


TYPED = [
    "a", "a", "m", "d", "y", "n", "l", "all", "u", "s", "?", "", "-", "1", "2", "7", "x", "d repetition",
    "m status target", "m unit tấn", "m value 12,5", "m value many", "m period năm 2031", "m label (en) A",
    "m by +person:Lò Thị Mới", "m organizer +Sở Ví dụ", "m evidence tấn", "m meeting -", "m participant -",
    "agriculture; planning", "A sentence.", "giang-a-tinh", "lc-place:lai-chau", "\N{REPLACEMENT CHARACTER}",
]  # fmt: skip


@pytest.fixture(scope="module")
def directory():
    """Give the record's names."""
    store = open_store("memory", find_layout(ROOT))
    yield Directory(store)
    store.close()


@given(keys=st.lists(st.sampled_from(TYPED), max_size=15))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_nothing_dangles_and_no_evidence_is_left_over(directory, monkeypatch, keys):
    """Each saved state is canonical Turtle of which every thing named is there, or in the record."""
    saved = [drafted()]
    held = Review.start(drafted(), judge(), judge().forms, judge().registers)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(keys)))
    values = Values(judge().known, judge().forms, directory.find, TEXT)
    sitting = Sitting(
        held, values, directory, Terminal(width=100, colour=False), text=TEXT, save=saved.append,
        known=judge().known, lang="en",
    )  # fmt: skip

    with suppress(Stop):
        Dialogue(sitting).hold()

    for things in saved:
        named = {value[1:-1] for block in things.values() for _, value in block if value.startswith(f"<{ID}")}
        assert named <= things.keys() | judge().known.keys() | {f"{ID}dataset/observations"}
        assert {iri for iri in things if "#char=" in iri} <= named
        assert ARTICLE in things
    text = to_turtle(held.things, path="the result").decode()
    assert format_turtle(text) == text


def test_a_made_up_text_comes_from_draft_to_record(monkeypatch, tmp_path, capsys):
    """Draft, review, check, accept: the record has it, and passes."""
    layout = own_record(tmp_path)
    path = tmp_path / "draft.ttl"
    root = ["--root", str(tmp_path)]
    assert run(["draft", str(EXAMPLE / "made-up.txt"), "-o", str(path), *root]) == 0
    assert run(["check", str(path), *root]) == 1

    code = type_keys(monkeypatch, path, ANSWERS, "--text", str(EXAMPLE / "made-up.txt"), root=tmp_path)

    assert code == 0
    assert "All candidates are reviewed." in capsys.readouterr().err
    assert run(["check", str(path), *root]) == 0
    assert run(["coverage", str(EXAMPLE / "made-up.txt"), "--facts", str(path), *root]) == 0
    assert run(["accept", str(path), *root]) == 0
    assert check_record(layout).conforms
    assert HOLDING in read_things(next(layout.articles.glob("2024-07-05-*.ttl")))
    assert PERSON in read_things(layout.registers / "officials.ttl")


def test_what_was_accepted_and_yet_has_findings_is_shown_again(monkeypatch, tmp_path, capsys):
    """After the candidates comes an order that somebody had accepted by hand, without a description."""
    path = draft_in(tmp_path)
    path.write_bytes(to_turtle({**drafted(), ORDER: unmarked(drafted()[ORDER])}, path="draft.ttl"))

    type_keys(monkeypatch, path, "l\n" * 10 + "a\nĐề nghị.\nAsks.\nplanning\n")

    said = capsys.readouterr().out
    assert "What was accepted has findings:" in said
    assert "Nothing stands against it now." in said
    assert (LCK.topic, f"<{ID}topic/planning>") in read_things(path)[ORDER]
