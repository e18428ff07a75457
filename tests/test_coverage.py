"""Coverage: what facts account for, what is left out, what is overlooked; the articles have none of that."""

import csv
import json
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from laichau_kg._reading import read_file
from laichau_kg.cli import run
from laichau_kg.coverage import cover_items, measure
from laichau_kg.coverage_page import to_html
from laichau_kg.errors import SourceError, UnknownThingError
from laichau_kg.layout import find_layout
from laichau_kg.mentions import Item, find_items
from laichau_kg.vocab import ID
from mini import FIRST, TEXTS, make_checkout

ROOT = Path(__file__).parents[1]
LAYOUT = find_layout(ROOT)
FILES = {re.sub(r"^(undated|\d{4}-\d\d-\d\d)-", "", path.stem): path for path in LAYOUT.article_files()}
MENTIONS = Path(__file__).parent / "data" / "mentions.tsv"
HEAD = ["article", "start", "end", "kind"]
# The articles' texts are not part of the project; who has them beside it tests the offsets anew.
SOURCES = Path(os.environ.get("LAICHAU_TEXTS", ROOT.parent / "shared" / "sources"))
UPDATE = os.environ.get("LAICHAU_UPDATE_SNAPSHOTS") == "1" and not os.environ.get("CI")


@pytest.fixture(scope="session")
def mentions():
    """What each article mentions, by offsets: no word of theirs is kept here."""
    with MENTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {
        slug: [
            Item(int(row["start"]), int(row["end"]), row["kind"], "")
            for row in rows
            if row["article"] == slug
        ]
        for slug in FILES
    }


@pytest.mark.parametrize("slug", FILES)
def test_article_is_fully_covered(slug, mentions):
    """Facts or omissions account for all that an article mentions."""
    covers = cover_items(mentions[slug], read_file(FILES[slug]), article=f"{ID}article/{slug}")

    assert [(cover.item.start, cover.item.kind) for cover in covers if cover.state == "uncovered"] == []
    assert len(covers) >= 35


@pytest.mark.parametrize("slug", FILES)
def test_few_figures_are_covered_by_a_phrase_alone(slug, mentions):
    """A figure is quoted by the fact that records it; tallies and ordinals inside a sentence are few."""
    covers = cover_items(mentions[slug], read_file(FILES[slug]), article=f"{ID}article/{slug}")

    loose = [
        c.item.start for c in covers if c.item.kind == "figure" and c.state == "covered" and not c.quoted
    ]

    assert len(loose) <= 3


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the articles' texts are not here")
def test_the_offsets_are_those_of_the_texts():
    """The texts mention just what the table says, which is written anew on the flag."""
    rows = []
    for slug, path in FILES.items():
        name = re.search(r'lck:sourceFile "([^"]+)"', path.read_text(encoding="utf-8"))[1]
        covered = measure(LAYOUT, SOURCES / name)
        assert covered.article == f"{ID}article/{slug}"
        rows += [(slug, str(c.item.start), str(c.item.end), c.item.kind) for c in covered.covers]
    table = "".join("\t".join(row) + "\n" for row in [HEAD, *rows])
    if UPDATE:
        MENTIONS.write_text(table, encoding="utf-8")

    assert MENTIONS.read_text(encoding="utf-8") == table


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def bundle(checkout):
    """The text of the file of the mini record's first article."""
    (path,) = (checkout / "data" / "articles").glob(f"*{FIRST}.ttl")
    return path.read_text(encoding="utf-8")


def test_item_without_evidence_is_uncovered(checkout):
    """What no evidence span holds whole is uncovered, and lowers the share."""
    measured = measure(find_layout(checkout), TEXTS / "mot.txt")

    words = {cover.item.words for cover in measured.uncovered}
    assert words == {"2021"}
    assert measured.share == 100 * (1 - len(measured.uncovered) / len(measured.covers))


def test_omission_accounts_for_its_words(checkout, bundle, tmp_path):
    """An omission in the facts moves its words from uncovered to omitted, with the reason."""
    text = (TEXTS / "mot.txt").read_bytes().decode()
    start = text.index("2021")
    facts = tmp_path / "facts.ttl"
    facts.write_text(
        bundle
        + f"<#char={start},{start + 4}> a lck:Evidence ; oa:hasSource lc-article:{FIRST} ;"
        + f' oa:start "{start}"^^xsd:nonNegativeInteger ; oa:end "{start + 4}"^^xsd:nonNegativeInteger .\n'
        + f"<{ID}omission/{FIRST}--a> lck:reason <{ID}omission-reason/repetition> ;"
        + f" lck:leavesOut <#char={start},{start + 4}> .\n",
        encoding="utf-8",
    )

    measured = measure(find_layout(checkout), TEXTS / "mot.txt", facts=facts)
    cover = next(cover for cover in measured.covers if cover.item.start == start)

    assert (cover.state, cover.reason, cover.by) == ("omitted", "repetition", (f"{ID}omission/{FIRST}--a",))


def test_text_that_has_changed_is_refused(checkout, tmp_path):
    """Offsets do not fit another text, so that nothing is measured on it."""
    changed = tmp_path / "mot.txt"
    changed.write_text("Đạt 94,3%.", encoding="utf-8")

    with pytest.raises(SourceError, match="SHA-256"):
        measure(find_layout(checkout), changed)


def test_unknown_article_names_its_neighbours(checkout):
    """A slip in the slug is answered with the one that was meant."""
    with pytest.raises(UnknownThingError, match=FIRST):
        measure(find_layout(checkout), TEXTS / "mot.txt", slug=FIRST[:-1])


def test_unknown_text_is_all_uncovered(checkout, tmp_path):
    """A text that the record does not have can be measured all the same: nothing of it is covered."""
    text = tmp_path / "new.txt"
    text.write_text("Đạt 94,3% theo 01/NQ-CP.", encoding="utf-8")

    measured = measure(find_layout(checkout), text)

    assert (measured.article, measured.share, len(measured.uncovered)) == ("", 0.0, 2)


@pytest.fixture
def coverage(checkout, capsys):
    """Run `laichau coverage` on the mini record; give exit code, stdout and stderr."""

    def runs(*arguments):
        code = run(["--root", str(checkout), "coverage", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


def test_command_lists_the_rest_and_exits_1(coverage):
    """Each uncovered place is a line with file, line and column; the share comes last."""
    code, out, _ = coverage(TEXTS / "mot.txt")

    *lines, _, last = out.splitlines()
    assert code == 1
    assert f"{TEXTS / 'mot.txt'}:7:44: date: " in "\n".join(lines)
    assert re.match(rf"{FIRST}: \d+\.\d % of \d+ accounted for", last)


def test_command_is_content_with_a_text_without_mentions(coverage, tmp_path):
    """Nothing to cover is all covered: exit code 0."""
    text = tmp_path / "plain.txt"
    text.write_text("Không có gì.", encoding="utf-8")

    code, out, _ = coverage(text, "--lang", "vi")

    assert code == 0
    assert "100,0%" in out


def test_json_form_has_every_item(coverage):
    """The form for programs lists covered items too, with the facts that cover them."""
    _, out, _ = coverage(TEXTS / "mot.txt", "-f", "json")
    read = json.loads(out)

    share = next(item for item in read["items"] if item["words"] == "94,3%")
    assert len(read["items"]) == len(find_items((TEXTS / "mot.txt").read_bytes().decode()))
    assert (share["state"], share["quoted"]) == ("covered", True)
    assert f"{ID}observation/{FIRST}--dien-thon-ban-ty-le" in share["by"]


@pytest.mark.parametrize("name", ["nowhere.txt", "."])
def test_text_that_cannot_be_read_is_a_sentence(coverage, tmp_path, name):
    """A missing file or a folder is wrong use, said in one sentence."""
    code, _, err = coverage(tmp_path / name)

    assert code == 2
    assert "cannot be read" in err


class Reader(HTMLParser):
    """Gathers a page's text, its marks and whatever it would fetch."""

    def __init__(self):
        super().__init__()
        self.text, self.marks, self.tags, self.open = "", [], [], []
        self.fetched = []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        given = dict(attrs)
        self.tags.append(tag)
        self.open.append(tag)
        self.fetched += [given[name] for name in ("src", "href") if name in given and given[name][0] != "#"]
        if tag == "mark" and "article" in self.open:
            self.marks.append([given["class"], ""])

    def handle_endtag(self, tag):
        """Note its end."""
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        """Note text inside the article."""
        if "article" in self.open:
            self.text += data
            if self.open[-1] == "mark":
                self.marks[-1][1] += data


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_page_is_the_text_with_marks_and_stands_alone(checkout, lang):
    """The page holds the text unchanged, its words marked, and has no script and no address."""
    measured = measure(find_layout(checkout), TEXTS / "mot.txt")

    page = to_html(measured, lang=lang)
    reader = Reader()
    reader.feed(page)

    assert reader.text == measured.text
    assert ["uncovered", "2021"] in reader.marks
    assert ["covered", "94,3%"] in reader.marks
    assert "script" not in reader.tags
    assert reader.fetched == []
    assert "http" not in page.replace("https://w3id.org", "")
    assert "prefers-color-scheme: dark" in page


def test_page_escapes_what_the_text_says(checkout, tmp_path):
    """A text that looks like HTML stays text."""
    text = tmp_path / "x.txt"
    text.write_text('<script>alert(1)</script> & "5%"', encoding="utf-8")

    page = to_html(measure(find_layout(checkout), text))

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_command_writes_the_page(coverage, tmp_path):
    """`--html` writes the page beside the list."""
    page = tmp_path / "coverage.html"

    _, _, err = coverage(TEXTS / "mot.txt", "--html", page, "--article", FIRST)

    assert str(page) in err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_command_takes_facts_from_a_file(coverage, checkout, tmp_path):
    """A bundle that is not accepted yet can be measured."""
    (path,) = (checkout / "data" / "articles").glob(f"*{FIRST}.ttl")
    facts = tmp_path / "draft.ttl"
    shutil.copy(path, facts)

    with_facts, without = coverage(TEXTS / "mot.txt", "--facts", facts), coverage(TEXTS / "mot.txt")

    assert with_facts == without
