"""Coverage: how far the record accounts for what an article's text mentions.

Each figure, date, document, name and title that stands in the text is covered
by a fact's evidence, left out on purpose (`lck:Omission`), or uncovered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from laichau_kg._reading import ParsedFile, read_file
from laichau_kg.errors import SourceError, UnknownThingError
from laichau_kg.layout import Layout
from laichau_kg.mentions import Item, Kind, find_items
from laichau_kg.text import Span, near_names, sha256
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["Cover", "Coverage", "State", "cover_items", "cover_text", "measure"]

State = Literal["covered", "omitted", "uncovered"]
_OA: Final = PREFIXES["oa"]
_USING: Final = {PREFIXES["prov"] + "wasDerivedFrom", LCK.inferredFrom, LCK.statedIn, LCK.leavesOut}


@dataclass(frozen=True, slots=True)
class Cover:
    """An item and what became of it.

    Attributes:
        item: What stands in the text.
        state: Covered by evidence, left out on purpose, or uncovered.
        by: IRIs of the facts whose evidence covers it, or of the omissions; the shortest span's is first.
        quoted: Whether the evidence quotes the words, as it does of what it records for itself.
        reason: Slug of an omission's reason, else "".
    """

    item: Item
    state: State
    by: tuple[str, ...] = ()
    quoted: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All items of one text and what became of them.

    Attributes:
        article: IRI of the article; "" where the record has none.
        text: The whole text.
        covers: The items, in the text's order.
        spans: The stretches of the text that facts rest on, joined where they meet.
    """

    article: str
    text: str
    covers: tuple[Cover, ...]
    spans: tuple[Span, ...] = ()

    @property
    def uncovered(self) -> tuple[Cover, ...]:
        """What neither a fact nor an omission accounts for."""
        return tuple(cover for cover in self.covers if cover.state == "uncovered")

    @property
    def share(self) -> float:
        """The share of items that are accounted for, in per cent; 100 for a text without items."""
        if not self.covers:
            return 100.0
        return 100.0 * (len(self.covers) - len(self.uncovered)) / len(self.covers)

    def count(self, state: State, kind: Kind | None = None) -> int:
        """Count the items of a state, of one kind or of all."""
        return sum(cover.state == state and kind in (None, cover.item.kind) for cover in self.covers)


def cover_text(text: str, facts: ParsedFile | None, *, article: str) -> Coverage:
    """Say of each item of *text* what the facts in a file account for.

    An item is covered where one evidence span of a fact, or of what the page
    says of itself, holds it whole; where several facts do, the shortest span
    comes first.

    Args:
        text: The article's whole text.
        facts: The article's file; None for an article that the record does not have.
        article: IRI of the article.
    """
    used = [] if facts is None else _used_spans(facts, article)
    covers = tuple(_cover(item, used) for item in find_items(text))
    return Coverage(article, text, covers, tuple(_joined(used)))


def cover_items(items: Iterable[Item], facts: ParsedFile, *, article: str) -> tuple[Cover, ...]:
    """Say the same of items that are known without their text, by their offsets alone."""
    used = _used_spans(facts, article)
    return tuple(_cover(item, used) for item in items)


def measure(layout: Layout, path: Path, *, slug: str | None = None, facts: Path | None = None) -> Coverage:
    """Measure how far the record covers the text in the file *path*.

    Args:
        layout: The record.
        path: The text.
        slug: The article; None takes the one whose text this is, by its SHA-256, or by its file's name.
        facts: A file of facts to take instead of the record's.

    Raises:
        SourceError: the text cannot be read, or is not the one that the article's offsets are of.
        UnknownThingError: the record has no article of that slug.
        TurtleError: the file of facts is no valid RDF.
    """
    text = _read(path)
    files = [read_file(facts)] if facts else [read_file(file) for file in layout.article_files()]
    known = {article: file for file in files for article in _articles(file)}
    article = (
        _named(slug, known) if slug is not None else _matching(text, path, known, only=facts is not None)
    )
    file = known.get(article)
    if file is not None and _value(file, article, LCK.sha256) != sha256(text):
        raise SourceError(
            f"{path}: not the text that the facts of {article.rpartition('/')[2]} are about, so that their"
            " offsets do not fit: its SHA-256 differs."
        )
    return cover_text(text, file, article=article)


def _named(slug: str, known: Iterable[str]) -> str:
    article = f"{ID}article/{slug}"
    if article not in known:
        near = near_names(slug, [name.rpartition("/")[2] for name in known])
        raise UnknownThingError(f"No article {slug!r}.", name=slug, near=near)
    return article


def _matching(text: str, path: Path, known: Mapping[str, ParsedFile], *, only: bool) -> str:
    digest = sha256(text)
    same = [name for name, file in known.items() if _value(file, name, LCK.sha256) == digest]
    named = [name for name, file in known.items() if _value(file, name, LCK.sourceFile) == path.name]
    return next(iter([*same, *named, *(known if only else ())]), "")


@dataclass(frozen=True, slots=True)
class _Used:
    """A span that something rests on."""

    start: int
    end: int
    by: str
    quoted: bool
    reason: str


def _used_spans(file: ParsedFile, article: str) -> list[_Used]:
    """List the spans of an article that facts and omissions name, the shortest first."""
    values: dict[tuple[str, str], str] = {}
    for subject, predicate, value in file.statements:
        values[subject.value, predicate.value] = value.value
    used = []
    for subject, predicate, value in file.statements:
        if predicate.value not in _USING or values.get((value.value, _OA + "hasSource")) != article:
            continue
        start, end = (values.get((value.value, _OA + name), "") for name in ("start", "end"))
        if start.isdecimal() and end.isdecimal():
            reason = values.get((subject.value, LCK.reason), "").rpartition("/")[2]
            quoted = (value.value, _OA + "exact") in values
            used.append(_Used(int(start), int(end), subject.value, quoted, reason))
    return sorted(used, key=lambda one: (one.end - one.start, one.start, one.by))


def _cover(item: Item, used: Iterable[_Used]) -> Cover:
    holding = [one for one in used if one.start <= item.start and item.end <= one.end]
    facts = [one for one in holding if not one.reason]
    if facts:
        quoted = any(one.quoted for one in facts)
        return Cover(item, "covered", tuple(dict.fromkeys(one.by for one in facts)), quoted=quoted)
    if holding:
        return Cover(
            item, "omitted", tuple(dict.fromkeys(one.by for one in holding)), reason=holding[0].reason
        )
    return Cover(item, "uncovered")


def _joined(used: Iterable[_Used]) -> Iterator[Span]:
    current: Span | None = None
    for start, end in sorted((one.start, one.end) for one in used if not one.reason):
        if current and start <= current.end:
            current = Span(current.start, max(current.end, end))
        else:
            if current:
                yield current
            current = Span(start, end)
    if current:
        yield current


def _articles(file: ParsedFile) -> list[str]:
    return [
        subject.value
        for subject, predicate, value in file.statements
        if predicate.value == RDF.type and value.value == LCK.Article
    ]


def _value(file: ParsedFile, thing: str, predicate: str) -> str:
    return next((v.value for s, p, v in file.statements if s.value == thing and p.value == predicate), "")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
