"""What on a page is the article and what is furniture; its title, date line, byline and site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from laichau_kg.drafting.names import is_place
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
    r"^[ \t]*(?:Tác giả(?: bài viết)?|Nguồn(?: tin)?|(?:Tin|Bài)(?:,?\s*(?:và\s+)?(?:bài|ảnh))*|Thực hiện"
    r"|T/h|PV|Người viết)\s*:[ \t]*([^\n]+)|^[ \t]*Theo[ \t]+([^\n.]{2,40}(?:/[a-z0-9.-]+)?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SITE = re.compile(r"\b((?:[a-z0-9-]+\.)+(?:gov|com|org|net|edu)\.vn|(?:[a-z0-9-]+\.)+vn)\b", re.IGNORECASE)
_WORD = rf"[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?"
_SITE_OPENS = re.compile(r"^\s*-?\s*\(((?:[a-z0-9-]+\.)+vn)\)(?=\s*[-–]?\s*\w)", re.IGNORECASE | re.MULTILINE)
_DATED = r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)"
_DATE_LINE = re.compile(
    r"(?:(?:Ngày đăng|Cập nhật|Đăng ngày|Ngày cập nhật|Đăng lúc|Xuất bản)\b[^\n]{0,30}?"
    r"|(?:Thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|Chủ nhật)\b[^\n\w]{0,4}(?:ngày\s+)?(?:[^\n]{0,16}?\D)?"
    rf"|^[ \t]*(?:{_WORD}(?: {_WORD}){{1,3}}[ \t]*[-–|,][ \t]*|\|\s*)?"
    rf"(?:ngày\s+)?(?:\d{{1,2}}\s*[:hg]\s*\d{{2}}\S{{0,4}}[ \t,|–-]*)?){_DATED}",
    re.IGNORECASE | re.MULTILINE,
)
_HOURS_ON = re.compile(r"\s*[-–|,]\s*\d.*$")
_HOUR = re.compile(r"[ \t,|–-]*\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?")
_LABELLED = re.compile(r"Ngày đăng|Cập nhật|Đăng|Ngày cập|Xuất bản|Thứ|Chủ nhật", re.IGNORECASE)
# What may still stand on a line that begins with a date and is no sentence.
_AFTER_DATE = re.compile(
    r"[\s,|–-]*(?:\d{1,2}\s*[:hg]\s*\d{2}\S*)?\s*(?:\(?GMT\s*[+-]?\d*\)?)?\s*(?:[AP]M)?\s*$"
)
_FURNITURE_LINE = re.compile(
    r"^[\d.,]+$|^(?:Trang chủ|Chia sẻ|A- A|[•\s:|>»-]*$|Tăng tương phản|In trang"
    r"|Gửi email|Đăng nhập|\(?[a-z0-9.-]+\.vn\)?$)|lượt xem",
    re.IGNORECASE,
)
_NAME = re.compile(rf"^{_WORD}(?: {_WORD}){{0,4}}$|^Quản trị$|^(?:[{UPPER}]\.\s?){{1,3}}[{UPPER}]{{1,2}}\.?$")
_SIGNED = re.compile(
    rf"\s*({_WORD}(?: {_WORD}){{1,3}}(?:\s*[-–,/&]\s*{_WORD}(?: {_WORD}){{0,3}}){{0,3}}"
    rf"|(?:[{UPPER}]\.\s?){{1,3}}[{UPPER}]{{1,2}})\s*$"
)
_STARTS_TO_TELL = re.compile(
    r"\s*(?:-\s*)?(?:\([^()\n]{2,30}\)\s*[-–]?\s*)?(?:Sáng|Chiều|Tối|Trưa|Ngày|Trong|Hôm|Nhân|Vừa qua"
    r"|Từ ngày|Thực hiện|Theo|Tại|Đoàn|Nhằm|Đó là)\b"
)
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
    issued, issued_at = _issued(text)
    ending = next((found for found in _AFTER.finditer(text) if found.start() > len(text) * 0.2), None)
    end = ending.start() if ending else len(text)
    title = _title(text, end, issued_at)
    authors, sites = _authors(text, end, title.end if title else 0)
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
        bare = not _LABELLED.match(found[0].strip())
        if bare and not _AFTER_DATE.match(text, found.end(), _line_end(text, found.end())):
            continue
        try:
            hour = _HOUR.match(text, found.end(3))
            end = hour.end() if hour else found.end(3)
            return date(int(found[3]), int(found[2]), int(found[1])), Span(found.start(1), end)
        except ValueError:
            continue
    return None, None


def _authors(text: str, body_end: int, after_title: int) -> tuple[tuple[Span, ...], list[Span]]:
    """Find who signs: in a line that says so, or by a name alone at the foot or under the title."""
    names: list[Span] = []
    sites: list[Span] = []
    for line in _BYLINE.finditer(text):
        group = 1 if line[1] else 2
        for span in _parts(text, *line.span(group)):
            piece = text[span.start : span.end]
            if site := _SITE.search(piece):
                sites.append(Span(span.start + site.start(1), span.start + site.end(1)))
            elif _NAME.match(piece):
                names.append(span)
    for signed in () if names else (_foot(text, body_end), _head(text, after_title)):
        if signed:
            names += [span for span in _parts(text, *signed) if _NAME.match(text[span.start : span.end])]
    return tuple(dict.fromkeys(names)), sites


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    whole = text[start:end]
    cuts = r"[^,/;&]+" if "://" in whole or "-" not in whole else r"(?:[^,/;&–-]|(?<=[a-z0-9])-(?=[a-z0-9]))+"
    for part in re.finditer(r"\S+://\S+|" + cuts, whole):
        piece = part[0].strip(" \t().")
        if piece:
            at = start + part.start() + part[0].index(piece)
            yield Span(at, at + len(piece))


def _foot(text: str, body_end: int) -> tuple[int, int] | None:
    """Find a name that stands alone after the last sentence."""
    kept = text[:body_end].rstrip()
    begin = kept.rfind("\n") + 1
    signed = _SIGNED.match(kept, begin)
    before = kept[:begin].rstrip()
    if not signed or not before or before[-1] not in ".!?…”/)":
        return None
    return None if is_place(signed[1]) else signed.span(1)


def _head(text: str, at: int) -> tuple[int, int] | None:
    """Find a name that stands alone under the title."""
    rest = re.compile(r"\s*\n([^\n]+)\n").match(text, at) if at else None
    signed = _SIGNED.match(_HOURS_ON.sub("", rest[1])) if rest else None
    if not rest or not signed or is_place(signed[1]):
        return None
    return rest.start(1) + signed.start(1), rest.start(1) + signed.end(1)


def _site_line(text: str) -> Span | None:
    if opening := _SITE_OPENS.search(text):
        return Span(*opening.span(1))
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
        if issued_at is not None and start <= issued_at.start < start + len(bare):
            continue
        follows = text[at : at + 400].lstrip("\n")
        dated = issued_at is not None and 0 <= issued_at.start - at < _NEAR
        signed = _head(text, start + len(bare))
        gap = dated or text[at : at + 1] == "\n" or bool(signed) or bool(_STARTS_TO_TELL.match(text, at))
        if bare[-1] in ".:;…!" or len(bare) > _TITLE_LENGTH or not gap or not follows:
            return None
        return Span(start, start + len(bare))
    return None
