"""Find what a figure is about: the country, another province, a district or a commune that its words name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laichau_kg.drafting.cues import APART
from laichau_kg.drafting.lexicon import Thing
from laichau_kg.drafting.names import PROVINCES
from laichau_kg.drafting.words import UPPER, Sentence, tones_apart, words_of
from laichau_kg.text import Span, slugify

__all__ = ["COUNTRY", "Scope", "find_scopes", "name_of_place", "place_before", "place_kind", "subject_of"]

COUNTRY = "viet-nam"

_NAMES = "|".join(map(re.escape, PROVINCES))
_PROVINCE = re.compile(rf"(?<![^\W\d_])({_NAMES})\s*:?\s*(?:(?:có|là|bị|với)\s+)?$")
_COUNTRY_BEFORE = re.compile(
    r"\b(cả nước|toàn quốc)\s*[(:]\s*(?:(?:là|ước|tăng|giảm|đạt)\s+)*$", re.IGNORECASE
)
_VERB = re.compile(r"\s*(?:tăng|giảm|đạt|còn|ước|là|có)\b|\s*$")
_LEVEL = r"(?:[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Xx]ã|[Pp]hường|[Tt]hị trấn)"
_WORD = rf"[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?"
_BELOW = rf"{_LEVEL} {_WORD}(?: {_WORD}){{0,3}}"
# What shows that the words before it said whose the figures are.
_SAYS = (
    r"(?=\s*[,:]|\s+(?:ước|đạt|tăng|giảm|là|còn|đã|chiếm|có|bằng|thu|vẫn|tiếp tục|được|gồm|hoàn thành"
    r"|thực hiện|trong|quý|quí|năm|tháng|giai đoạn|\(?\d))"
)
_AT = r"(?:[Tt]ại|Ở|ở|[Tt]rên địa bàn|[Rr]iêng(?: tại)?|[Cc]ủa)"
_CLAUSE = r"(?:^|(?<=[,;:(.] )|(?<=[•(-]))\s*"
_SCOPES = (
    (
        "country",
        re.compile(
            r"(?<!bình quân )(?<!chung )(?<!hơn )(?<!so với )(?<!mức của )(?<!mức )\b(?:của )?"
            r"(?:cả nước|Cả nước|toàn quốc|nước ta)(?=\s+(?:ước|đạt|tăng|giảm|là|còn|đã|có|trong|quý|năm)\b)"
            r"|\b[Tt]ổng sản phẩm trong nước\b"
        ),
    ),
    ("below", re.compile(rf"(?:{_CLAUSE}{_AT}|\b[Cc]ủa|\b[Rr]iêng) ({_BELOW}){_SAYS}")),
    ("below", re.compile(rf"^[\s•-]*({_BELOW}){_SAYS}")),
    ("province", re.compile(rf"{_CLAUSE}(?:[Tt]ại|Ở|ở|[Rr]iêng) (?:tỉnh )?({_NAMES}){_SAYS}")),
    ("whole", re.compile(r"\b(?:[Tt]oàn|[Cc]ả|[Cc]ủa|địa bàn|trong) tỉnh\b|\btỉnh ta\b")),
)
_OF_THE_STATE = frozenset(map(slugify, ("Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế")))
_KINDS = {
    "Tỉnh": "province", "Huyện": "district", "Thị xã": "city", "Thành phố": "city", "Xã": "commune",
    "Phường": "commune", "Thị trấn": "commune",
}  # fmt: skip
_OF_PROVINCE = re.compile(
    r"\b(?:[Tt]oàn|[Cc]ả|địa bàn|[Cc]ủa|trong) tỉnh\b|\btỉnh (?:ta|nhà|đã)\b"
    rf"|\b[Tt]ỉnh (?:{_NAMES}) (?:có|đã|đạt|đón|ước)\b"
    r"|\b(?:UBND|HĐND) tỉnh\b(?!\s+giao)|\bTỉnh [uủ][ỷy]\b"
)
_ACTS = re.compile(rf"\b(?:UBND|HĐND|[UỦ][ỷy] ban nhân dân|Hội đồng nhân dân) ({_BELOW})")
_ACTS_PARTY = re.compile(rf"\bHuyện [uủ][ỷy] ({_WORD}(?: {_WORD}){{0,3}})")
_HEAD = 2  # sentences in which an article says whom it is about


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch that says what the figures after it are about; the slug is empty for the province itself."""

    start: int
    end: int
    slug: str


def find_scopes(text: str, sentence: Sentence) -> list[Scope]:
    """Find the words of a sentence that say what its figures are about, in order."""
    piece = text[sentence.start : sentence.end]
    scopes = []
    for kind, pattern in _SCOPES:
        for found in pattern.finditer(piece):
            name = found[1] if found.groups() else ""
            slug = {"country": COUNTRY, "whole": ""}.get(kind, slugify(name))
            at = found.start(1) if name else found.start()
            scopes.append(Scope(sentence.start + at, sentence.start + found.end(), _merged(slug)))
    return sorted(scopes, key=lambda scope: (scope.start, scope.end))


def _merged(slug: str) -> str:
    """Give a city of the state the slug of a province, for it is one."""
    bare = slug.removeprefix("thanh-pho-")
    return bare if bare in _OF_THE_STATE else slug


def subject_of(text: str, sentences: Sequence[Sentence], title: Span | None) -> Scope | None:
    """Find the one district whose committee an article is about, if it never speaks of the whole province.

    Args:
        text: The text.
        sentences: Its own sentences.
        title: Where its title stands.
    """
    head: list[Span | Sentence] = [*([title] if title else []), *sentences[:_HEAD]]
    if not sentences or _OF_PROVINCE.search(text, head[0].start, sentences[-1].end):
        return None
    found = [
        Scope(match.start(1), match.end(1), _merged(slugify(f"{level}{match[1]}")))
        for part in head
        for pattern, level in ((_ACTS, ""), (_ACTS_PARTY, "huyện "))
        for match in pattern.finditer(text, part.start, part.end)
        if slugify(match[1]) not in _OF_THE_STATE
    ]
    return found[0] if len({one.slug for one in found}) == 1 else None


def name_of_place(text: str, slug: str) -> str:
    """Write a place's name as a text does, with its level: "Huyện Đất Đỏ"; nothing where it names none.

    >>> name_of_place("Thu ngân sách của huyện Đất Đỏ đạt 310 tỷ đồng.", "huyen-dat-do")
    'Huyện Đất Đỏ'
    """
    if province := next((name for name in PROVINCES if slugify(name) == slug), ""):
        return f"{'Thành phố' if slug in _OF_THE_STATE else 'Tỉnh'} {province}"
    for found in re.finditer(_BELOW, text):
        words = found[0].split()
        for length in range(len(words), 1, -1):
            if slugify(" ".join(words[:length])) == slug:
                name = " ".join(words[:length])
                return name[:1].upper() + name[1:]
    return ""


def place_kind(name: str) -> str:
    """Give the kind of a place by the level that its name begins with.

    >>> place_kind("Thị trấn Than Uyên")
    'commune'
    """
    level = next((level for level in _KINDS if name.startswith(level)), "Tỉnh")
    return "province" if slugify(name.removeprefix(level)) in _OF_THE_STATE else _KINDS[level]


def place_before(text: str, places: Sequence[Thing], floor: int, at: int) -> tuple[str, Span] | None:
    """Find a district, a group of districts or a province that the words before a figure are about.

    Args:
        text: The text.
        places: The register of places; provinces are known without it.
        floor: Where the figure's own words begin.
        at: Where the figure stands.
    """
    if country := _COUNTRY_BEFORE.search(text, floor, at):
        return COUNTRY, Span(*country.span(1))
    if province := _PROVINCE.search(text, floor, at):
        return slugify(province[1]), Span(*province.span(1))
    words = words_of(text, floor, at)
    keys = [tones_apart(text[word.start : word.end]) for word in words]
    best: tuple[str, Span, int] | None = None
    for place in places:
        if place.first("kind") in {"province", "country"}:
            continue
        for label in place.labels:
            wanted = tones_apart(label).split()
            for first in range(len(keys) - len(wanted) + 1):
                if keys[first : first + len(wanted)] != wanted:
                    continue
                span = Span(words[first].start, words[first + len(wanted) - 1].end)
                apart = APART.search(text, max(floor, span.start - 24), span.start)
                if (apart or _VERB.match(text[span.end : at])) and (best is None or len(wanted) > best[2]):
                    best = (place.slug, span, len(wanted))
    return (best[0], best[1]) if best else None
