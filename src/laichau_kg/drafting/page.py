"""What on a page is the article and what is furniture; its title, date line, byline and site."""

import re
from dataclasses import dataclass
from datetime import date

from laichau_kg.drafting.words import UPPER, Sentence, sentences
from laichau_kg.text import Span

__all__ = ["Page", "read_page"]

_AFTER = re.compile(
    r"^\s*(?:Tác giả(?: bài viết)?\s*:|Nguồn(?: tin)?\s*:|Tin liên quan"
    r"|Các tin khác|Tin cùng chuyên mục|Tin mới"
    r"|Tổng số điểm|Click để đánh giá|Ý kiến bạn đọc|Cập nhật\s*:|Thống"
    r" kê truy cập|Bài viết liên quan|Những tin mới"
    r"|Những tin cũ|Từ khóa\s*:|Bản đồ địa giới)",
    re.IGNORECASE | re.MULTILINE,
)
_BYLINE = re.compile(
    r"^[ \t]*(?:Tác giả(?: bài viết)?|Nguồn(?: tin)?|Bài, ảnh|Bài và ảnh)\s*:[ \t]*([^\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_SITE = re.compile(r"\b((?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu)\.vn|(?:[a-z0-9-]+\.)+vn)\b", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:Ngày đăng|Cập nhật|Đăng ngày|Ngày cập nhật|Thứ\s+(?:hai|ba|tư"
    r"|năm|sáu|bảy)|Chủ nhật|Đăng lúc|ngày)\b[^\n]{0,30}?"
    r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"^(?:Trang chủ|Chia sẻ|A- A|[•\s:|>»-]*$|Tăng tương phản|In trang"
    r"|Gửi email|Đăng nhập|\(?[a-z0-9.-]+\.vn\)?$)|lượt xem",
    re.IGNORECASE,
)
_NAME = re.compile(rf"^[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{0,4}}$|^Quản trị$")
_NEAR = 120
_TITLE_WORDS = 5
_TITLE_LENGTH = 320


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a page, each with its span where the page has it."""

    body: Span
    sentences: tuple[Sentence, ...]
    title: Span | None
    issued: date | None
    issued_at: Span | None
    authors: tuple[Span, ...]
    site: str
    site_at: Span | None


def read_page(text: str) -> Page:
    """Part a page into the article and what stands around it."""
    authors, sites = _authors(text)
    issued, issued_at = _issued(text)
    ending = next((found for found in _AFTER.finditer(text) if found.start() > len(text) * 0.2), None)
    end = ending.start() if ending else len(text)
    title = _title(text, end, issued_at)
    start = 0
    if title:
        start = title.end
    if issued_at and issued_at.end < end * 0.2:
        start = max(start, _line_end(text, issued_at.end))
    own = tuple(
        sentence
        for sentence in sentences(text)
        if start <= sentence.start < end and not _is_furniture(text, sentence)
    )
    site = next(iter(sites), None) or _site_line(text)
    return Page(
        Span(start, end), own, title, issued, issued_at, authors,
        text[site.start : site.end].lower().removeprefix("www.") if site else "", site,
    )  # fmt: skip


def _is_furniture(text: str, sentence: Sentence) -> bool:
    return bool(_FURNITURE_LINE.search(text[sentence.start : sentence.end]))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _issued(text: str) -> tuple[date | None, Span | None]:
    lines = list(_DATE_LINE.finditer(text))
    for found in lines:
        line = text[text.rfind("\n", 0, found.start()) + 1 : _line_end(text, found.end())]
        if len(line) > 90:  # noqa: PLR2004 - a date line is short; this is a sentence
            continue
        try:
            return date(int(found[3]), int(found[2]), int(found[1])), Span(found.start(1), found.end(3))
        except ValueError:
            continue
    return None, None


def _authors(text: str) -> tuple[tuple[Span, ...], list[Span]]:
    names: list[Span] = []
    sites: list[Span] = []
    for line in _BYLINE.finditer(text):
        at = line.start(1)
        for part in re.finditer(r"[^,/;&]+", line[1]):
            piece = part[0].strip()
            start = at + part.start() + (len(part[0]) - len(part[0].lstrip()))
            if _SITE.fullmatch(piece):
                sites.append(Span(start, start + len(piece)))
            elif _NAME.match(piece):
                names.append(Span(start, start + len(piece)))
    return tuple(names), sites


def _site_line(text: str) -> Span | None:
    for found in _SITE.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : _line_end(text, found.end())].strip()
        if re.fullmatch(r"\(?(?:www\.)?[a-z0-9.-]+\.vn\)?/?", line, re.IGNORECASE):
            return Span(*found.span(1))
    return None


def _title(text: str, end: int, issued_at: Span | None) -> Span | None:
    """Find the title: a line near the top without a full stop, with a gap or the date line after it."""
    at = 0
    for line in text[:end].splitlines(keepends=True):
        bare = line.strip()
        start = at + (len(line) - len(line.lstrip()))
        at += len(line)
        if not bare or _FURNITURE_LINE.search(bare) or len(bare.split()) < _TITLE_WORDS:
            continue
        follows = text[at : at + 400].lstrip("\n")
        dated = issued_at is not None and 0 <= issued_at.start - at < _NEAR
        gap = dated or text[at : at + 1] == "\n"
        if bare[-1] in ".:;…!" or len(bare) > _TITLE_LENGTH or not gap or not follows:
            return None
        return Span(start, start + len(bare))
    return None
