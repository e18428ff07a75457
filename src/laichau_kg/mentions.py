"""What a text mentions that a record of facts must account for: figures, dates, documents, names, titles.

These finders are not the drafting grammars, on purpose: whoever asks what was
overlooked must not look with the same eyes.  They are cruder and see more; no
figure of a text escapes them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from laichau_kg.text import Span

__all__ = ["Item", "Kind", "find_items"]

Kind = Literal["figure", "date", "document", "name", "title"]

_LETTER: Final = r"[^\W\d_]"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_YEAR: Final = r"(?:19|20)\d\d"
_BLANK: Final = r"[ \xa0]?"
_DATES: Final = (
    r"\d{1,2}[h:]\d\d'?(?::\d\d)?(?:\s*(?:SA|CH)\b)?",
    rf"{_DAY}{_BLANK}[-–]{_BLANK}{_DAY}[/.]{_MONTH}(?:[/.]?{_YEAR})?(?!\d)",
    rf"{_DAY}\s+tháng\s+{_MONTH}(?:\s+năm\s+{_YEAR})?(?!\d)",
    rf"{_DAY}[/.-]{_MONTH}[/.-]{_YEAR}(?!\d)",
    rf"(?<=[Nn]gày\s){_DAY}[/.-]{_MONTH}(?![\d/%]|[.,]\d)",
    rf"(?<=[(]){_DAY}[/.-]{_MONTH}(?=[)])",
    rf"{_DAY}/{_MONTH}(?![\d/%]|[.,]\d)(?!\s*(?:{_LETTER}|\())",
    rf"(?i:tháng)\s+{_MONTH}(?:{_BLANK}/{_BLANK}{_YEAR}|\s+năm\s+{_YEAR})?(?!\d)",
    rf"{_MONTH}/{_YEAR}(?!\d)",
    rf"\d{{1,2}}\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?(?:\s+{_YEAR})?\b",
    rf"(?i:qu[ýí])\s+(?:I{{1,3}}|IV|[1-4])\b(?:\s*(?:/|năm)\s*{_YEAR})?",
    rf"{_YEAR}\s?[-–]\s?{_YEAR}(?!\d)",
    rf"(?<![\d.,]){_YEAR}(?![\d%]|[.,]\d)(?!\s*(?:USD|đồng|tấn|ha|hộ|xã|người|lao động))",
)
_DOCUMENT_KIND: Final = (
    r"(?:Nghị quyết|Quyết định|Kết luận|Chỉ thị|Thông tư|Nghị định|Công văn|Kế hoạch|Văn bản"
    r"|Báo cáo|Tờ trình)"
    r"\s+(?:số:?\s*)?"
)
_DOCUMENT: Final = re.compile(
    rf"(?:{_DOCUMENT_KIND})?\d+(?:/{_YEAR})?{_BLANK}[/-]{_BLANK}[A-ZĐ]{{2,}}\d*"
    rf"(?:{_BLANK}[/-]{_BLANK}[A-ZĐƯ]{_LETTER}*)*"
    rf"|{_DOCUMENT_KIND}\d+[a-z]?\b(?![,.]\d)"
)
_DATE: Final = re.compile(rf"(?<![\d/])(?:{'|'.join(_DATES)})")
# Digits that are part of a word: Covid-19, COP26, km2.
_NO_FIGURE: Final = re.compile(rf"(?:\b[A-ZĐ]{_LETTER}+[-‑–]|{_LETTER})\d+(?![\d%]|[.,]\d)")
_FIGURE: Final = re.compile(r"\d[\d.,]*(?:\s?%)?(?:\s?[-–/]\s?\d[\d.,]*(?:\s?%)?)?(?<![.,])|\d")
_WORD: Final = re.compile(rf"{_LETTER}+")
_LONGEST_NAME: Final = 5
_FAMILIES: Final = frozenset(
    """
    Bùi Bạch Bế Cao Chang Chu Chìu Chẻo Cà Cầm Cứ Doãn Dương Giàng Hoàng Hoả Huỳnh Hà Hạng Hảng Hầu Hỏa
    Hồ Hồng Hứa Khoàng Khổng Kim Kiều La Liều Ly Lâm Lèng Lê Lò Lý Lưu Lương Lường Lầu Lừu Lỳ Ma Mai Mào
    Mè Mùa Mạc Nguyễn Ngô Ngải Nhâm Ninh Nông Nùng Phan Phàn Phùng Phạm Pờ Quàng Quách Sìn Sùng Tao Thào
    Thái Thùng Toán Triệu Trương Trần Trịnh Tòng Tô Tăng Tạ Tẩn Tống Vi Viên Vàng Võ Văn Vũ Vương Vừ
    Đinh Điêu Đoàn Đàm Đào Đặng Đồng Đỗ
    """.split()  # noqa: SIM905 - quotes would hide the names
)
_POST: Final = (
    r"(?:Chủ tịch|Phó Chủ tịch|Bí thư|Phó Bí thư|Tổng Bí thư|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Thứ trưởng"
    r"|Giám đốc"
    r"|Phó Giám đốc|[ỦU][ỷy] viên|Uỷ viên|UV[A-ZĐ]+|Trưởng \w+|Phó Trưởng|Chủ nhiệm|Viện trưởng|Vụ trưởng"
    r"|Cục trưởng"
    r"|Chánh \w+|Tư lệnh|Chính ủy|Chỉ huy trưởng|Đại biểu Quốc hội|ĐBQH|Tỉnh [ủu][ỷy] viên)"
)
_ADDRESS: Final = (
    r"(?:đồng chí|ông|bà|đại tá|thiếu tướng|trung tướng|bác sĩ|tiến sĩ|(?:PGS|GS|TS|ThS|BS)[.]?)"
)
_POST_NEAR: Final = re.compile(rf"(?<!\w){_POST}(?!\w)[^.;:!?\n|,]*$", re.IGNORECASE)
_ADDRESSED: Final = re.compile(rf"(?<!\w){_ADDRESS}:?\s*$", re.IGNORECASE)
_POST_AFTER: Final = re.compile(
    rf"\s*[-–,(]\s*(?:(?:nguyên|quyền)\s+)?({_POST})(?!\w)(?:\s+\w+)?", re.IGNORECASE
)
_POST_BEFORE: Final = re.compile(rf"(?<!\w)({_POST})(?!\w)(?:\s+\w+)?", re.IGNORECASE)
_TO_COMMA: Final = re.compile(r"[^,.;:!?\n|(–]*(?=,)")
_REACH: Final = 80
# Provinces that begin as a family name does; in a title they stand before the name.
_PLACES: Final = frozenset(
    {
        "Cao Bằng",
        "Đồng Nai",
        "Đồng Tháp",
        "Hà Giang",
        "Hà Nam",
        "Hà Nội",
        "Hà Tĩnh",
        "Lâm Đồng",
        "Ninh Bình",
        "Ninh Thuận",
        "Thái Bình",
        "Thái Nguyên",
        "Cà Mau",
        "Hồ Chí",
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A figure, date, document number or titled name that stands in a text, by code points."""

    start: int
    end: int
    kind: Kind
    words: str


def find_items(text: str) -> list[Item]:
    """Find every figure, date, document number and titled name in *text*, in its order.

    No two overlap, and every decimal digit of the text is in one.

    >>> [(item.kind, item.words) for item in find_items("Ngày 13/12 đạt 3.000 tỷ theo 01/NQ-CP")]
    [('date', '13/12'), ('figure', '3.000'), ('document', '01/NQ-CP')]
    """
    plain = text.replace("\xa0", " ")
    free = [Span(0, len(text))]
    finders: tuple[tuple[Kind | None, re.Pattern[str]], ...] = (
        ("document", _DOCUMENT),
        ("date", _DATE),
        (None, _NO_FIGURE),
        ("figure", _FIGURE),
    )
    taken: list[tuple[Span, Kind | None]] = []
    for kind, pattern in finders:
        taken += [(Span(*match.span()), kind) for gap in free for match in pattern.finditer(plain, *gap)]
        free = _gaps(sorted(span for span, _ in taken), len(text))
    found = [(span, kind) for span, kind in taken if kind is not None]
    return sorted(Item(*span, kind, text[slice(*span)]) for span, kind in {*found, *_names(plain)})


def _gaps(spans: Iterable[Span], length: int) -> list[Span]:
    gaps, at = [], 0
    for start, end in spans:
        gaps.append(Span(at, start))
        at = end
    return [*gaps, Span(at, length)]


def _names(text: str) -> Iterator[tuple[Span, Kind]]:
    """Find names of people that have a title, and the first words of each of their titles."""
    for run in _capitalised(text):
        words = [text[start:end] for start, end in run]
        first = 0
        while first < len(words) - 1:
            if " ".join(words[first : first + 2]) in _PLACES:
                first += 2
            elif words[first] not in _FAMILIES:
                first += 1
            else:
                name = Span(run[first].start, run[first : first + _LONGEST_NAME][-1].end)
                titles = [*_titles_before(text, name.start), *_titles_after(text, name.end)]
                if titles or _ADDRESSED.search(text, max(0, name.start - _REACH), name.start):
                    yield name, "name"
                    yield from ((title, "title") for title in titles)
                break


def _titles_before(text: str, end: int) -> Iterator[Span]:
    """Find the post right before a name, such as "Phó Chủ tịch UBND tỉnh"."""
    reach = max(0, end - _REACH)
    near = _POST_NEAR.search(text[reach:end])
    post = near and _POST_BEFORE.match(text, reach + near.start(), end)
    if post:
        yield Span(post.start(), min(post.end(), end))


def _titles_after(text: str, start: int) -> Iterator[Span]:
    """Find the posts in the list after a name: " – Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"."""
    post = _POST_AFTER.match(text, start)
    while post:
        yield Span(post.start(1), post.end())
        after = _TO_COMMA.match(text, post.end())
        post = _POST_AFTER.match(text, after.end()) if after else None


def _capitalised(text: str) -> Iterator[list[Span]]:
    """Find the runs of capitalised words that nothing but a space parts."""
    run: list[Span] = []
    for word in _WORD.finditer(text):
        goes_on = run and text[run[-1].end : word.start()] in (" ", "\xa0")
        if run and not goes_on:
            yield run
            run = []
        if word[0][0].isupper() and not word[0][1:].isupper():
            run.append(Span(*word.span()))
        elif run:
            yield run
            run = []
    if run:
        yield run
