"""Words, clauses and sentences of Vietnamese text, with their offsets."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from laichau_kg.text import Span, fold

__all__ = [
    "UPPER",
    "Sentence",
    "Word",
    "find_phrase",
    "keys_of",
    "one_line",
    "sentences",
    "stands_apart",
    "toned_of",
    "tones_apart",
    "words_of",
]

UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # for character classes

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*|%", re.UNICODE)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOP = re.compile(
    rf"(?:(?<=[^\s.])[.!?](?=[\s”\"’)]+[\"“‘(–-]?\s*[{UPPER}\d•])|(?:…|\.{{3,}})(?=\s+[{UPPER}])|\n)"
)
# What ends in a stop and yet ends no sentence.
_SHORT = re.compile(r"(?:\b(?:T|TP|TS|ThS|PGS|GS|St|Tp|tr|v\.v)|\b[A-ZĐ])$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: what it is when folded, where it stands, and its tones."""

    key: str
    start: int
    end: int
    toned: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the text and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def one_line(text: str) -> str:
    r"""Write *text* with one space wherever it has blanks or line ends.

    >>> one_line("Ủy ban\n nhân dân")
    'Ủy ban nhân dân'
    """
    return re.sub(r"\s+", " ", text)


def stands_apart(start: int, end: int, others: Iterable[_Placed]) -> bool:
    """Say whether a stretch shares no character with any of *others*.

    >>> stands_apart(4, 7, [Span(0, 4), Span(7, 9)]), stands_apart(4, 7, [Span(6, 9)])
    (True, False)
    """
    return all(end <= other.start or other.end <= start for other in others)


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    return fold(word).replace("y", "i")


@lru_cache(maxsize=8192)
def _toned(word: str) -> str:
    return tones_apart(word)


def tones_apart(text: str) -> str:
    """Write *text* with its tones after each word, so that ``hoá`` and ``hóa`` are one.

    Letters keep their own marks (ô, ư, đ): ``bản`` and ``ban`` stay two.

    >>> tones_apart("hoá") == tones_apart("Hóa"), tones_apart("bản") == tones_apart("ban")
    (True, False)
    """
    out = []
    for word in text.casefold().split():
        marks = unicodedata.normalize("NFD", word)
        bare = unicodedata.normalize("NFC", "".join(char for char in marks if char not in _TONES))
        out.append(bare.replace("y", "i") + "".join(char for char in marks if char in _TONES))
    return " ".join(out)


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """List the words of a stretch; signs are no words, but ``%`` is one.

    >>> [word.key for word in words_of("Tỷ lệ hộ nghèo: 24,63%")]
    ['ti', 'le', 'ho', 'ngheo', '24,63', '%']
    """
    stop = len(text) if end is None else end
    return [
        Word(_key(found[0]), found.start(), found.end(), _toned(found[0]))
        for found in _WORD.finditer(text, start, stop)
    ]


@lru_cache(maxsize=8192)
def toned_of(label: str) -> tuple[str, ...]:
    """Give the words of a label with their tones apart."""
    return tuple(word.toned for word in words_of(label))


@lru_cache(maxsize=4096)
def keys_of(label: str) -> tuple[str, ...]:
    """Give the folded words of a label."""
    return tuple(word.key for word in words_of(label))


def find_phrase(text: str, phrase: str, start: int = 0, end: int | None = None) -> Span | None:
    """Find the first place where the words of *phrase* stand, folded, whatever signs part them.

    >>> find_phrase("Kế hoạch phát triển kinh tế – xã hội", "kinh tế xã hội")
    Span(start=20, end=36)
    """
    wanted, words = keys_of(phrase), words_of(text, start, end)
    for at in range(len(words) - len(wanted) + 1):
        if all(words[at + step].key == key for step, key in enumerate(wanted)):
            return Span(words[at].start, words[at + len(wanted) - 1].end)
    return None


def sentences(text: str) -> Iterator[Sentence]:
    """Part a text into sentences; a line is a paragraph.

    A stop inside a number, after an initial or an abbreviation ends none.

    >>> [(s.start, s.end) for s in sentences("Đạt 3.000 tỷ đồng. Tăng 5%.")]
    [(0, 18), (19, 27)]
    """
    start = paragraph = 0
    for found in _STOP.finditer(text):
        if found[0] == ".":
            if _SHORT.search(text, max(0, found.start() - 8), found.start()):
                continue
            stop = found.end()
        else:
            stop = found.start() if found[0] == "\n" else found.end()
        yield from _sentence(text, start, stop, paragraph)
        start = found.end()
        paragraph += found[0] == "\n"
    yield from _sentence(text, start, len(text), paragraph)


def _sentence(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Sentence(start, end, paragraph)
