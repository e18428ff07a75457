"""The sentence around the words a fact rests on, from texts that the reader has.

The texts are not part of the record. A text is shown only if it is the very
one that the record knows: its SHA-256 says so. Never is more shown than a
sentence, and no sentence longer than `MOST` signs on either side.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from laichau_kg.text import sha256
from laichau_kg.vocab import ID
from laichau_kg.web.service import Service

__all__ = ["MOST", "Excerpt", "Passage", "bounds", "cut", "excerpt", "passages"]

MOST: Final = 300

_EVIDENCE = re.compile(re.escape(ID) + r"article/([a-z0-9-]+)#char=(\d+),(\d+)")
_END = re.compile(r"[.!?;…]\s+|\n")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a text with what stands around them in their sentence."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Some evidence of a fact, to be read.

    Attributes:
        parts: The words, each with whether the fact rests on them.
        article: The article they are in.
        article_label: Its name.
        evidence: The first span, whose address leads to its place in the article.
        main: Whether the words that the fact rests on most are among them.
        inferences: Names of the properties that are inferred from them.
    """

    parts: tuple[tuple[str, bool], ...]
    article: str
    article_label: str
    evidence: str
    main: bool
    inferences: tuple[str, ...]


def excerpt(service: Service, evidence: str) -> Excerpt | None:
    """Find the sentence around a span of evidence.

    Returns:
        None where the reader gave no texts, or the text is not the one that the record knows.
    """
    found = _EVIDENCE.fullmatch(evidence)
    if not found:
        return None
    text = _text_of(service, found[1])
    start, end = int(found[2]), int(found[3])
    return cut(text, start, end) if text and end <= len(text) else None


def passages(service: Service, rows: Iterable[Mapping[str, Any]]) -> list[Passage]:
    """Put the evidence of one fact together: spans of one sentence in one passage, each marked.

    Without texts there is one passage an article, of the words that the record
    quotes.

    Args:
        service: Where the texts are.
        rows: Answers of the question ``evidence``, by article and place.
    """
    made: list[_Draft] = []
    for row in rows:
        found = _EVIDENCE.fullmatch(str(row["evidence"]))
        text = _text_of(service, found[1]) if found else ""
        span = (int(found[2]), int(found[3])) if found else (0, 0)
        low, high = bounds(text, *span) if text else span
        last = made[-1] if made else None
        if last is None or last.row["article"] != row["article"] or (text and low >= last.high):
            made.append(last := _Draft(row, text, low, high))
        last.take(row, span, high)
    return [draft.passage() for draft in made]


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Find where the sentence around a span begins and ends; no more than `MOST` signs away, at whole words.

    >>> bounds("Mở đầu. GRDP đạt 47,2 triệu đồng. Hết.", 17, 32)
    (8, 33)
    """
    low = max(0, start - MOST)
    if low and not text[low - 1].isspace():
        low = text.find(" ", low, start) + 1 or start
    for stop in _END.finditer(text, low, start):
        low = stop.end()
    stop_after = _END.search(text, end, min(len(text), end + MOST))
    high = stop_after.start() + 1 if stop_after else min(len(text), end + MOST)
    if not stop_after and high < len(text) and not text[high].isspace():
        high = max(end, text.rfind(" ", end, high))
    return low, end + len(text[end:high].rstrip())


def cut(text: str, start: int, end: int) -> Excerpt:
    """Cut the sentence around a span out of its text.

    >>> cut("Mở đầu. GRDP đạt 47,2 triệu đồng. Hết.", 17, 32)
    Excerpt(before='GRDP đạt ', words='47,2 triệu đồng', after='.')
    """
    low, high = bounds(text, start, end)
    return Excerpt(text[low:start].lstrip(), text[start:end], text[end:high])


class _Draft:
    """A passage while it is made."""

    def __init__(self, row: Mapping[str, Any], text: str, low: int, high: int) -> None:
        self.row = row
        self.high = high
        self._text = text
        self._low = low
        self._spans: list[tuple[int, int]] = []
        self._quotes: list[str] = []
        self._main = False
        self._inferences: list[str] = []

    def take(self, row: Mapping[str, Any], span: tuple[int, int], high: int) -> None:
        self.high = max(self.high, high)
        if span not in self._spans:
            self._spans.append(span)
            quote = str(row["quote"] or "")
            self._quotes += [quote] if quote and quote not in self._quotes else []
        self._main = self._main or row["basis"] == "main"
        if row["inferredLabel"]:
            self._inferences.append(str(row["inferredLabel"]))

    def passage(self) -> Passage:
        return Passage(
            parts=tuple(self._marked() if self._text else self._quoted()),
            article=str(self.row["article"]),
            article_label=str(self.row["articleLabel"] or ""),
            evidence=str(self.row["evidence"]),
            main=self._main,
            inferences=tuple(dict.fromkeys(self._inferences)),
        )

    def _marked(self) -> Iterator[tuple[str, bool]]:
        at = self._low
        for start, end in sorted(self._spans):
            begin = max(at, start)
            if begin < end:
                yield self._text[at:begin], False
                yield self._text[begin:end], True
                at = end
        yield self._text[at : self.high], False

    def _quoted(self) -> Iterator[tuple[str, bool]]:
        for place, quote in enumerate(self._quotes):
            yield (" … " if place else ""), False
            yield quote, True


def _text_of(service: Service, slug: str) -> str:
    """Return an article's text; "" where the reader gave none, or another one than the record knows."""
    folder = service.sources
    return "" if folder is None else service.texts.get(slug, lambda: _text(service, folder, slug))


def _text(service: Service, folder: Path, slug: str) -> str:
    """Read an article's text; "" if there is none, or another one."""
    for name, digest in service.filed.source(f"{ID}article/{slug}"):
        path = folder / Path(name).name
        try:
            text = path.read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            continue
        if sha256(text) == digest:
            return text
    return ""
