"""The grammar of titles: posts before and after names, in lists, abbreviated, with the province left out."""

import re
from dataclasses import dataclass, replace

from laichau_kg.drafting.names import CAPITALS, NAME, is_place, split_name
from laichau_kg.drafting.words import UPPER, one_line, stands_apart, tones_apart
from laichau_kg.text import Span

__all__ = [
    "NamedTitle",
    "Person",
    "body_of",
    "find_persons",
    "find_titles",
    "full_title",
    "merge_persons",
    "same_title",
]

_HEAD = re.compile(
    r"\b(?:(?:Quyền|Nguyên|nguyên|Tân|tân)\s+)?(?:"
    r"(?:Phó\s+)?(?:Tổng\s+)?(?:Bí thư(?:\s+Thường trực)?|Chủ tịch(?:\s+Thường"
    r" trực)?|Giám đốc|Chủ nhiệm|Chánh [Vv]ăn phòng|Viện trưởng"
    r"|Cục trưởng|Vụ trưởng|Tổng cục trưởng|Thủ tướng|Chỉ huy trưởng|Hiệu"
    r" trưởng|Tổng [Bb]iên tập|Tư lệnh|Trưởng [Bb]an|Trưởng [Pp]hòng"
    r"|Trưởng [Đđ]oàn(?=\s+(?:[Đđ]ại biểu|ĐBQH|đại biểu))|Chánh án|Chánh [Tt]hanh tra)"
    r"|Bộ trưởng|Thứ trưởng|Chính ủy|Chính uỷ|Tổng Tham mưu trưởng|Tổng [Tt]hanh tra|Thống đốc|Đại sứ"
    r"|[ỦU][yỷ]\s+viên(?:\s+(?:[Dd]ự khuyết|[Tt]hường trực))?(?=\s+(?:Ban"
    r"|BTV|BCH|Trung ương|T\.?Ư|Bộ Chính trị|[ỦU][yỷ] ban))"
    r"|UVBTV|UVBCH|UVT\.?Ư|UVTW|Tỉnh [uủ][ỷy] viên|Thành [uủ][ỷy] viên"
    r"|ĐBQH|[Đđ]ại biểu Quốc hội(?=\s+(?:tỉnh|khóa|khoá|đơn vị))"
    r")"
)
_STANDING = re.compile(r"\s+[Tt]hường trực\b(?!\s+(?:Tỉnh|Huyện))")
_WORD = re.compile(r"[\s\u00a0]+([^\W\d_]+(?:\.[^\W\d_]+)?)")
_STOPS = re.compile(
    r"(?:dự(?! khuyết| án)|đã|làm|cùng|trao|tặng|cho|có|là|trong|tại|đến"
    r"|thăm|chúc|sẽ|cũng|nói|nêu|với|vừa|của|về|được|bày|đi|xem"
    r"|cần|phải|ký|phát biểu|nhấn mạnh|cảm ơn|chỉ đạo|đề nghị|yêu cầu|kết"
    r" luận|báo cáo|khẳng định|đánh giá|ghi nhận|biểu dương"
    r"|thay mặt|trình bày|giới thiệu|mong muốn|thống nhất|phê duyệt|ban"
    r" hành|giao nhiệm|thừa ủy|gửi lời|khảo sát|tham dự|tham gia"
    r"|quan tâm|chủ trì|trực tiếp|tiếp tục|tiếp đoàn|chia sẻ|động viên"
    r"|dâng hương|cắt băng|phân công|kêu gọi|lưu ý|tin tưởng"
    r"|chứng kiến|đồng chủ|đồng thời|đồng chí|tham luận|giải đáp|trả lời"
    r"|tiếp thu|tiếp và|thông báo|quán triệt|dẫn đầu)(?![^\W\d_])"
)
_LONGEST = 14
_AND_ON = re.compile(rf"\s+và\s+[{UPPER}][^\W\d_]*")
_JOIN = re.compile(r"\s*(?:,|;(?=\s*(?:kiêm))|\s+kiêm|\bvà)\s*(?:kiêm\s+)?")
_AFTER_NAME = re.compile(r"\s*(?:[–—-]|,|\()\s*(?:(?:[Nn]guyên|[Tt]ân)\s+)?$")
_CENTRAL = "Ủy viên Ban Chấp hành Trung ương Đảng"
_EXPAND = (
    (r"\bUBND\b", "Ủy ban nhân dân"),
    (r"\bHĐND\b", "Hội đồng nhân dân"),
    (r"\bUVBTV\b", "Ủy viên Ban Thường vụ"),
    (r"\bUVBCH\b", "Ủy viên Ban Chấp hành"),
    (r"\bUVT\.?Ư(?: Đảng)?|\bUVTW(?: Đảng)?", _CENTRAL),
    (r"\bBTV\b", "Ban Thường vụ"),
    (r"\bBCH\b", "Ban Chấp hành"),
    (r"\b[Đđ]oàn\s+(?:ĐBQH|[Đđ]ại biểu Quốc hội)\b", "Đoàn đại biểu Quốc hội"),
    (r"\bĐBQH\b", "Đại biểu Quốc hội"),
    (r"\b(?:UBMTTQ|UB MTTQ)(?: Việt Nam| VN)?\b", "Ủy ban Mặt trận Tổ quốc"),
    (r"\bMTTQ(?: Việt Nam| VN)?\b", "Mặt trận Tổ quốc"),
    (r"\bUỷ\b", "Ủy"),
    (r"\buỷ\b", "ủy"),
    (r"\bT\.?Ư\b", "Trung ương"),
    (r"^Tỉnh ủy viên\b", "Ủy viên Ban Chấp hành Đảng bộ tỉnh"),
    (r"\bỦy viên Trung ương Đảng\b", _CENTRAL),
    (r"\bTP\.?\s*(?=[A-ZĐ])", "thành phố "),
    (r"\bLĐLĐ\b", "Liên đoàn Lao động"),
    (r"\bLHPN\b", "Liên hiệp Phụ nữ"),
)
_NEEDS_PLACE = re.compile(r"\b(?:tỉnh|Tỉnh ủy)$")
_COUNCIL = re.compile(
    r"\b(?:Hội đồng nhân dân|Ủy ban nhân dân|Đoàn đại biểu Quốc hội|Ủy ban Mặt trận Tổ quốc)$"
)
_TERM = re.compile(r"[\s,]+(?:khóa|khoá|nhiệm kỳ)\s+[\dIVXLC].*$")


@dataclass(frozen=True, slots=True)
class NamedTitle:
    """A title as it is written; *past* where it is called former."""

    start: int
    end: int
    text: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person by name, with the titles that stand beside it."""

    start: int
    end: int
    name: str
    titles: tuple[NamedTitle, ...] = ()


def find_titles(text: str, start: int = 0, end: int | None = None) -> list[NamedTitle]:
    """Find every title: from its first word to the last word of its body, a name that follows left out."""
    stop = len(text) if end is None else end
    titles: list[NamedTitle] = []
    at = start
    while head := _HEAD.search(text, at, stop):
        finish = _end_of(text, head.end(), stop)
        word = head[0].split()[0]
        begin = head.start()
        past = word.casefold() == "nguyên"
        if word in {"Nguyên", "nguyên", "Tân", "tân"}:
            begin += len(word) + 1
        titles.append(NamedTitle(begin, finish, one_line(text[begin:finish]), past))
        at = max(finish, head.end())
    return titles


def _end_of(text: str, at: int, stop: int) -> int:
    """Follow a title's body word by word: to a sign, a verb, a person's name or the next title."""
    standing = _STANDING.match(text, at)
    end = at = standing.end() if standing else at
    for _ in range(_LONGEST):
        word = _WORD.match(text, at, stop)
        if not word:
            break
        if _STOPS.match(text, word.start(1), stop):
            break
        if word[1] == "và" and (not _AND_ON.match(text, at, stop) or _HEAD.match(text, word.end() + 1)):
            break
        if word[1][0].isupper():
            if _HEAD.match(text, word.start(1)) and not re.search(r"[Đđ]oàn\s+$", text[: word.start(1)][-8:]):
                break
            run = CAPITALS.match(text, word.start(1), stop)
            name = split_name(run[0]) if run else None
            if run and name is not None and not _in_place(text, word.start(1), run[0]):
                cut = run.start() + name
                return len(text[:cut].rstrip()) if name else end
            if run and name is None:
                end = at = run.end()
                continue
        end = at = word.end()
    return end


def _in_place(text: str, at: int, run: str) -> bool:
    """Say whether a capitalised run names a place after all: "huyện Mường Tè", "tỉnh Sơn La"."""
    before = text[max(0, at - 12) : at].rstrip().casefold()
    return (
        run.count(" ") == 1 and before.endswith(("huyện", "thị xã", "xã", "phường", "thành phố"))
    ) or is_place(run)


def find_persons(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """Find persons named with a title or an address, each mention with its titles, in order."""
    stop = len(text) if end is None else end
    titles = find_titles(text, start, stop)
    owner: dict[int, Span] = {}
    for number, title in enumerate(titles):
        name = _name_after(text, title.end, stop)
        if name:
            owner[number] = name
            back = number
            while (
                back
                and back - 1 not in owner
                and _JOIN.fullmatch(text, titles[back - 1].end, titles[back].start)
            ):
                back -= 1
                owner[back] = name
            continue
        before = _name_before(text, title.start, start)
        if before:
            owner[number] = before
        elif (
            number
            and number - 1 in owner
            and owner[number - 1].start < titles[number - 1].start
            and _JOIN.fullmatch(text, titles[number - 1].end, title.start)
        ):
            owner[number] = owner[number - 1]
    persons: dict[Span, list[NamedTitle]] = {}
    for number, span in owner.items():
        persons.setdefault(span, []).append(titles[number])
    for span in _addressed(text, start, stop):
        if stands_apart(span.start, span.end, persons):
            persons[span] = []
    return [
        Person(
            span.start,
            span.end,
            one_line(text[span.start : span.end]),
            tuple(sorted(held, key=lambda title: title.start)),
        )
        for span, held in sorted(persons.items())
    ]


def _name_after(text: str, at: int, stop: int) -> Span | None:
    gap = re.compile(r"[\s\u00a0]+(?:(?:là\s+)?(?:đồng chí|đ/c|ông|bà)\s+)?").match(text, at, stop)
    run = CAPITALS.match(text, gap.end(), stop) if gap else None
    if not run or not gap or "\n" in gap[0]:
        return None
    return Span(run.start(), run.end()) if split_name(run[0]) == 0 else None


def _name_before(text: str, at: int, floor: int) -> Span | None:
    """Find the name that a title is put after: "Trần Văn A – Chủ tịch"; a comma counts too."""
    sign = _AFTER_NAME.search(text, max(floor, at - 14), at)
    if not sign:
        return None
    runs = list(CAPITALS.finditer(text, max(floor, at - 70), sign.start()))
    if not runs or runs[-1].end() != len(text[: sign.start()].rstrip()):
        return None
    run = runs[-1]
    cut = split_name(run[0])
    if cut is None or "\n" in run[0]:
        return None
    if NAME.fullmatch(run[0][cut:]) and not _HEAD.match(text, run.start() + cut):
        before = text[max(floor, run.start() - 30) : run.start()]
        if (
            cut == 0
            and re.search(r"(?:tỉnh|huyện|thành phố|xã|phường|ủy|uỷ)\s+$", before)
            and "," in sign[0]
            and not _HEAD.search(before)
        ):
            return None
        return Span(run.start() + cut, run.end())
    return None


_ADDRESS = re.compile(r"\b(?:đồng chí|Đồng chí|đ/c|ông|Ông|bà|Bà)\s*:?\s+")


def _addressed(text: str, start: int, stop: int) -> list[Span]:
    found = []
    for address in _ADDRESS.finditer(text, start, stop):
        run = CAPITALS.match(text, address.end(), stop)
        if run and split_name(run[0]) == 0 and len(run[0].split()) >= 2:  # noqa: PLR2004 - a full name
            found.append(Span(*run.span()))
    return found


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


def same_title(one: str, other: str) -> bool:
    """Say whether two full titles are one, letter case and placing of tones aside."""
    return tones_apart(one) == tones_apart(other)


def body_of(title: str) -> str:
    """Give the body in which a full title is held."""
    body = re.sub(
        r"^(?:Quyền )?(?:Phó )?(?:Tổng )?(?:Bí thư|Chủ tịch|Giám đốc|Chủ"
        r" nhiệm|Chánh [Vv]ăn phòng|Viện trưởng|Cục trưởng|Vụ trưởng"
        r"|Thủ tướng|Bộ trưởng|Thứ trưởng|Trưởng(?= [Đđ]oàn| [Bb]an| [Pp]hòng)"
        r"|Chỉ huy trưởng|Ủy viên|Hiệu trưởng|Thống đốc)"
        r"(?: [Tt]hường trực(?! Tỉnh)| dự khuyết)?\s*",
        "",
        title,
    )
    return body[:1].upper() + body[1:] if body else title


def merge_persons(persons: list[Person]) -> dict[str, list[Person]]:
    """Gather the mentions of each person, by name."""
    by_name: dict[str, list[Person]] = {}
    for person in persons:
        key = next((name for name in by_name if same_title(name, person.name)), person.name)
        by_name.setdefault(key, []).append(replace(person, name=key))
    return by_name
