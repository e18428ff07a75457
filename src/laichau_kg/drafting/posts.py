"""Posts: a title written in full, completed where it names no body, and the body that it is held in."""

import re
from collections.abc import Sequence

from laichau_kg.drafting.bodies import SECTOR
from laichau_kg.drafting.words import one_line, tones_apart

__all__ = ["body_of", "complete_title", "full_title", "same_title"]

_CENTRAL = "Ủy viên Ban Chấp hành Trung ương Đảng"
_EXPAND = (
    (r"\bUBND\b", "Ủy ban nhân dân"),
    (r"\bH[ĐD]ND\b", "Hội đồng nhân dân"),
    (r"\bHĐQT\b", "Hội đồng quản trị"),
    (r"\bCHQS\b", "Chỉ huy Quân sự"),
    (r"\bBĐBP\b", "Bộ đội Biên phòng"),
    (r"\bUV\s?BTV\b", "Ủy viên Ban Thường vụ"),
    (r"\bUV\s?BCH\b", "Ủy viên Ban Chấp hành"),
    (r"\bUVT\.?Ư(?: Đảng)?|\bUVTW(?: Đảng)?", _CENTRAL),
    (r"\bBTV\b", "Ban Thường vụ"),
    (r"\bBCH\b", "Ban Chấp hành"),
    (r"\b[Đđ]oàn\s+(?:ĐBQH|[Đđ]ại biểu Quốc hội)\b", "Đoàn đại biểu Quốc hội"),
    (r"\bĐBQH\b", "Đại biểu Quốc hội"),
    (r"\b(?:UBMTTQ|UB MTTQ)(?: Việt Nam| VN)?\b", "Ủy ban Mặt trận Tổ quốc"),
    (r"\bMTTQ(?: Việt Nam| VN)?\b", "Mặt trận Tổ quốc"),
    (r"\bUỷ\b", "Ủy"),
    (r"\buỷ\b", "ủy"),
    (r"\bT\.?Ư\b|\bTW\b", "Trung ương"),
    (r"^Tỉnh [Ủủ]y viên\b", "Ủy viên Ban Chấp hành Đảng bộ tỉnh"),
    (r"^(?:Ủy viên [Tt]|T)hường vụ (?=Tỉnh|Huyện|Thành)", "Ủy viên Ban Thường vụ "),
    (r"\bỦy viên [Dd]ự khuyết\b", "Ủy viên dự khuyết"),
    (r"\bỦy viên [Cc]hính thức\b", "Ủy viên"),
    (
        r"\bỦy viên (dự khuyết )?Trung ương(?: Đảng)?(?=$| Cộng sản| khóa)",
        r"Ủy viên \1Ban Chấp hành Trung ương Đảng",
    ),
    (r"\bBan Chấp hành Trung ương$", "Ban Chấp hành Trung ương Đảng"),
    (r"^((?:Phó )?Thủ tướng)$", r"\1 Chính phủ"),
    (r"\bTP\.?\s*(?=[A-ZĐ])", "thành phố "),
    (r"\bLĐLĐ\b", "Liên đoàn Lao động"),
    (r"\bLHPN\b", "Liên hiệp Phụ nữ"),
)
_NEEDS_PLACE = re.compile(r"\b(?:tỉnh|Tỉnh ủy)$")
_COUNCIL = re.compile(
    r"\b(?:Hội đồng nhân dân|Ủy ban nhân dân|Đoàn đại biểu Quốc hội|Ủy ban Mặt trận Tổ quốc)$"
)
_TERM = re.compile(r"[\s,]+(?:khóa|khoá|nhiệm kỳ)\s+[\dIVXLC].*$")


def full_title(title: str, province: str) -> str:
    """Write a title in full: abbreviations spelt out, the province named where it was left out.

    >>> full_title("UVBTV Tỉnh uỷ", "Lai Châu")
    'Ủy viên Ban Thường vụ Tỉnh ủy Lai Châu'
    """
    full = _TERM.sub("", title.strip())
    for pattern, long in _EXPAND:
        full = re.sub(pattern, long, full)
    full = one_line(full).strip()
    full = re.sub(r"^Trưởng Đoàn [Đđ]ại biểu", "Trưởng Đoàn đại biểu", full)
    if province and _COUNCIL.search(full):
        full += " tỉnh"
    if province and _NEEDS_PLACE.search(full):
        full += f" {province}"
    return full


_BARE_MINISTER = re.compile(r"(?:Bộ|Thứ) trưởng$")
_BARE_BOARD = re.compile(
    r"(?:Phó )?Trưởng [Bb]an (?:Dân vận|Tổ chức|Tuyên giáo|Nội chính|Tuyên giáo và Dân vận)$"
)
_BARE_FIRM = re.compile(r"(?:Phó )?Chủ tịch (?:Hội đồng (?:[Qq]uản trị|[Tt]hành viên)|HĐQT|HĐTV)$")


def complete_title(title: str, others: Sequence[str], before: str = "") -> str:
    """Give a title that names no body the one it shares with its holder's others, or the one named before.

    Args:
        title: The title.
        others: The other titles of its holder.
        before: The words of the sentence before it.

    >>> complete_title("Thứ trưởng", (), "Đoàn công tác của Bộ Tài chính do ")
    'Thứ trưởng Bộ Tài chính'
    >>> complete_title("Trưởng Ban Dân vận", ("Ủy viên Ban Thường vụ Tỉnh ủy",))
    'Trưởng Ban Dân vận Tỉnh ủy'
    """
    if _BARE_MINISTER.match(title):
        fuller = [other for other in others if other.startswith(title + " ")]
        ministries = re.findall(rf"\bBộ {SECTOR}", before)
        return fuller[0] if fuller else f"{title} {ministries[-1]}" if ministries else title
    if _BARE_BOARD.match(title):
        found = re.search(r"\b(?:Tỉnh|Huyện|Thành) [uủ][ỷy]\b(?! viên)[^|]*", "|".join(others))
        return f"{title} {found[0]}" if found else title
    if _BARE_FIRM.match(title):
        firms = [re.search(r"\b(?:Công ty|Tổng công ty|Tập đoàn|Ngân hàng)\b.*", other) for other in others]
        return next((f"{title} {firm[0]}" for firm in firms if firm), title)
    return title


def same_title(one: str, other: str) -> bool:
    """Say whether two full titles are one, letter case and placing of tones aside."""
    return tones_apart(one) == tones_apart(other)


_OFFICE = re.compile(
    r"^(?:Quyền )?(?:Phó )?(?:Tổng )?(?:[Bb]í thư|[Cc]hủ tịch(?: nước\b)?|[Gg]iám đốc|[Cc]hủ"
    r" nhiệm|[Cc]hánh [Vv]ăn phòng|[Vv]iện trưởng|(?:[Cc]hi |[Tt]ổng )?[Cc]ục trưởng|[Vv]ụ trưởng"
    r"|Thủ tướng|Bộ trưởng|Thứ trưởng|[Tt]rưởng(?= [Đđ]oàn| [Bb]an| [Pp]hòng)"
    r"|[Cc]hỉ huy trưởng|Ủy viên|[Hh]iệu trưởng|Thống đốc)"
    r"(?: [Tt]hường trực| chuyên trách| dự khuyết)?(?:\s+|$)"
)


def body_of(title: str) -> str:
    """Give the body in which a full title is held, or nothing where the title names none.

    >>> body_of("Phó Bí thư Thường trực Tỉnh ủy Lai Châu"), body_of("Tổng Bí thư")
    ('Tỉnh ủy Lai Châu', '')
    """
    body = _OFFICE.sub("", title)
    return body[:1].upper() + body[1:] if body != title else ""
