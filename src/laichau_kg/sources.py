"""Hold every evidence span against the articles' texts.

The texts are not part of the project: a reader points at a folder of their
own.  A text is read as it is, UTF-8, no newline or Unicode translation, for
offsets count its code points.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from laichau_kg._journal import reading
from laichau_kg.errors import SourceError
from laichau_kg.layout import Layout
from laichau_kg.text import sha256
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["Mismatch", "count_spans", "verify_sources"]

_OA = PREFIXES["oa"]
_EVIDENCE = re.compile(r"#char=(\d+),(\d+)$")
_SHOWN = 100


@dataclass(frozen=True, slots=True, order=True)
class Mismatch:
    """One point where the record and a text differ.

    Attributes:
        article: Slug of the article.
        span: "start-end" of the evidence, or "" where the whole text is meant.
        what: What differs: "file", "encoding", "length", "sha256", "offsets", "exact" or "iri".
        expected: What the record says.
        found: What the text has.
    """

    article: str
    span: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        """Say it in one line."""
        where = f"{self.article}, span {self.span}" if self.span else self.article
        return f"{where}: {_MEANING[self.what]}: expected {self.expected}, found {self.found}"


_MEANING = {
    "file": "the text's file",
    "encoding": "the text's encoding",
    "length": "the text's length in code points",
    "sha256": "SHA-256",
    "offsets": "offsets",
    "exact": "the quoted words",
    "iri": "the evidence's IRI",
}


@dataclass(slots=True)
class _Article:
    iri: str
    source_file: str = ""
    length: str = ""
    sha256: str = ""
    spans: list["_Span"] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.iri.removeprefix(ID + "article/")


@dataclass(slots=True)
class _Span:
    iri: str
    start: str = ""
    end: str = ""
    sha256: str = ""
    exact: str | None = None


def verify_sources(
    layout: Layout, folder: Path, *, on_article: Callable[[str], None] | None = None
) -> tuple[Mismatch, ...]:
    """Compare the articles' lengths and hashes, and their spans' offsets, hashes and words, with the texts.

    Args:
        layout: The record whose evidence is verified.
        folder: Where the texts lie, under the names that the articles give.
        on_article: Called with each article's slug once it is verified.

    Returns:
        What differs, by article and offset; nothing when all is well.

    Raises:
        SourceError: *folder* is no folder that can be read, or the record has no articles.
        TurtleError: an article's file is no valid Turtle.
    """
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder of texts.")
    with reading(layout):
        articles = [article for path in layout.article_files() for article in _read(path)]
    if not articles:
        raise SourceError(f"{layout.articles}: no articles whose sources could be verified.")
    found: list[Mismatch] = []
    for article in articles:
        found += _verify(article, folder)
        if on_article is not None:
            on_article(article.slug)
    return tuple(found)


def count_spans(layout: Layout) -> tuple[int, int]:
    """Count the articles and the evidence spans that `verify_sources` looks at."""
    with reading(layout):
        articles = [article for path in layout.article_files() for article in _read(path)]
    return len(articles), sum(len(article.spans) for article in articles)


def _read(path: Path) -> list[_Article]:
    from laichau_kg._dump import read_blocks  # noqa: PLC0415 - a native library that few callers need

    about = read_blocks(path)

    def one(iri: str, predicate: str) -> str:
        return about[iri].get(predicate, [""])[0]

    articles = {
        iri: _Article(iri, one(iri, LCK.sourceFile), one(iri, LCK.length), one(iri, LCK.sha256))
        for iri, block in about.items()
        if LCK.Article in block.get(RDF.type, ())
    }
    for iri, block in about.items():
        for source in block.get(_OA + "hasSource", ()):
            if source in articles:
                exact = block.get(_OA + "exact", [None])[0]
                span = _Span(iri, one(iri, _OA + "start"), one(iri, _OA + "end"), one(iri, LCK.sha256), exact)
                articles[source].spans.append(span)
    for article in articles.values():
        article.spans.sort(key=lambda span: (_offset(span.start), _offset(span.end), span.iri))
    return list(articles.values())


def _verify(article: _Article, folder: Path) -> list[Mismatch]:
    path = folder / article.source_file
    if not article.source_file or Path(article.source_file).name != article.source_file:
        return [Mismatch(article.slug, "", "file", "a plain file name", repr(article.source_file))]
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return [Mismatch(article.slug, "", "file", str(path), "no such file")]
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte 0x{content[error.start]:02x} at {error.start}"
        return [Mismatch(article.slug, "", "encoding", "UTF-8", byte)]
    whole = [
        ("length", article.length, str(len(text))),
        ("sha256", article.sha256, hashlib.sha256(content).hexdigest()),
    ]
    found = [
        Mismatch(article.slug, "", what, said or "none", is_) for what, said, is_ in whole if said != is_
    ]
    return found + [mismatch for span in article.spans for mismatch in _verify_span(article, span, text)]


def _verify_span(article: _Article, span: _Span, text: str) -> Sequence[Mismatch]:
    where = f"{span.start}-{span.end}"
    start, end = _offset(span.start), _offset(span.end)
    if not 0 <= start < end <= len(text):
        return [Mismatch(article.slug, where, "offsets", f"0 <= start < end <= {len(text)}", where)]
    words = text[start:end]
    found = []
    named = _EVIDENCE.search(span.iri)
    if span.iri != f"{article.iri}#char={start},{end}":
        is_ = named[0] if named else f"<{span.iri}>"
        found.append(Mismatch(article.slug, where, "iri", f"#char={start},{end}", is_))
    if span.sha256 != sha256(words):
        found.append(
            Mismatch(
                article.slug, where, "sha256", span.sha256 or "none", f"{sha256(words)} ({_shown(words)})"
            )
        )
    if span.exact is not None and span.exact != words:
        found.append(Mismatch(article.slug, where, "exact", _shown(span.exact), _shown(words)))
    return found


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def _shown(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…")
