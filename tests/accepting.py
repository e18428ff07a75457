"""A record before an article is accepted, the bundle that brings the article, and ways to change a bundle."""

import re
import subprocess
import sys

from laichau_kg._things import Value, article_of, merged, read_things, register_of, to_turtle
from laichau_kg.layout import Layout
from laichau_kg.vocab import ID, LCK
from mini import FIRST, RECORD, SECOND, make_checkout

ARTICLE = f"2020-12-14-{FIRST}.ttl"
# The register entries of the mini record that only its first article needs.
OWN = {
    "author/anh-nga",
    "document/cong-van-1129",
    "organization/bo-cong-thuong",
    "organization/uy-ban-nhan-dan-tinh-lai-chau",
    "period/2020",
    "period/2021",
    "person/tran-tien-dung",
    "post/chu-tich-uy-ban-nhan-dan-tinh-lai-chau",
}


def full_record(folder):
    """Make the mini record: two articles and their register entries."""
    return Layout(make_checkout(folder))


def bare_record(folder):
    """Make the mini record without its first article and what only that one needs."""
    layout = full_record(folder)
    (layout.articles / ARTICLE).unlink()
    for path in layout.register_files():
        kept = {iri: block for iri, block in read_things(path).items() if iri.partition("/id/")[2] not in OWN}
        path.write_bytes(to_turtle(kept, path=path.name))
    return layout


def bundle_of(folder, *, without=(), change=lambda text: text):
    """Write the bundle that brings the first article with its register entries.

    Args:
        folder: Where to.
        without: Register entries to leave out, as "kind/slug".
        change: Changes the bundle's text.
    """
    registers = merged(read_things(path) for path in sorted((RECORD / "data" / "registers").glob("*.ttl")))
    entries = {
        iri: block for iri, block in registers.items() if iri.partition("/id/")[2] in OWN - set(without)
    }
    article = read_things(RECORD / "data" / "articles" / ARTICLE)
    assert all(article_of(iri) == FIRST for iri in article)
    assert all(register_of(iri) for iri in entries)
    path = folder / "bundle.ttl"
    before = to_turtle(merged([article, entries]), path=path.name).decode()
    after = change(before)
    assert after != before or change("x") == "x"
    path.write_text(after, encoding="utf-8")
    return path


def facts_of(layout):
    """Read the files of articles and registers as they are."""
    return {path.name: path.read_bytes() for path in (*layout.article_files(), *layout.register_files())}


def swap(old, new):
    """Give a change of text that must find *old*."""

    def change(text):
        assert text == "x" or old in text, f"{old!r} is not in the bundle"
        return text.replace(old, new)

    return change


def start(*words, root):
    """Start the command line as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "laichau_kg.cli", *words, "--root", str(root)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


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


def said_no(_plan):
    """Decline."""
    return False


def refer(layout, target):
    """Let a fact of the second article refer to a fact of the first."""
    path = layout.articles / f"undated-{SECOND}.ttl"
    text = path.read_text("utf-8")
    observation = re.search(r"^lc-observation:\S+\n", text, re.MULTILINE)
    assert observation
    path.write_text(f"{text}{observation[0]}    <{LCK.answers}> <{ID}{target}> ;\n.\n", "utf-8")
