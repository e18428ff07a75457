"""The sentence around the words a fact rests on, from texts that the reader has.

The texts are not part of the record. A text is shown only if it is the very
one that the record knows: its SHA-256 says so. Never is more shown than a
sentence, and no sentence longer than `MOST` signs on either side.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from laichau_kg.text import sha256
from laichau_kg.vocab import ID
from laichau_kg.web.service import Service

__all__ = ["MOST", "Excerpt", "excerpt"]

MOST: Final = 300

_EVIDENCE = re.compile(re.escape(ID) + r"article/([a-z0-9-]+)#char=(\d+),(\d+)")
_END = re.compile(r"[.!?;…]\s+|\n")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a text with what stands around them in their sentence."""

    before: str
    words: str
    after: str


def excerpt(service: Service, evidence: str) -> Excerpt | None:
    """Find the sentence around a span of evidence.

    Returns:
        None where the reader gave no texts, or the text is not the one that the record knows.
    """
    found = _EVIDENCE.fullmatch(evidence)
    if service.sources is None or not found:
        return None
    folder = service.sources
    text = service.texts.get(found[1], lambda: _text(service, folder, found[1]))
    start, end = int(found[2]), int(found[3])
    return cut(text, start, end) if end <= len(text) else None


def cut(text: str, start: int, end: int) -> Excerpt:
    """Cut the sentence around a span out of its text.

    >>> cut("Mở đầu. GRDP đạt 47,2 triệu đồng. Hết.", 17, 32)
    Excerpt(before='GRDP đạt ', words='47,2 triệu đồng', after='.')
    """
    before = text[max(0, start - MOST) : start]
    ends = list(_END.finditer(before))
    if ends:
        before = before[ends[-1].end() :]
    after = text[end : end + MOST]
    stop = _END.search(after)
    if stop:
        after = after[: stop.start() + 1].rstrip()
    return Excerpt(before.lstrip(), text[start:end], after)


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
