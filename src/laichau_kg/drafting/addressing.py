"""To whom a statement goes, by when it is to be done, and who is meant by a title or "the comrade" alone."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from laichau_kg.drafting.bodies import BODY
from laichau_kg.drafting.dates import Time, find_times, in_year
from laichau_kg.drafting.persons import Person
from laichau_kg.drafting.posts import full_title
from laichau_kg.drafting.words import UPPER, stands_apart, tones_apart
from laichau_kg.text import Span

__all__ = ["ACTOR", "DOING", "addressees", "bodies_in", "due_of", "meant_by"]

# What an addressee is told to do, or a word that begins what follows the addressee.
DOING = (
    r"(?:cần|phải|quan tâm|tiếp tục|thực hiện|tập trung|rà soát|xem xét|sớm|bằng|một số|nghiên cứu|chỉ đạo"
    r"|hỗ trợ"
    r"|khẩn trương|chủ động|đẩy|tăng|chủ trì|phối hợp|tham mưu|trình|bố trí|bổ sung|nâng|phát huy"
    r"|phát triển|chăm lo"
    r"|đầu tư|triển khai|hoàn thành|báo cáo|hướng dẫn|tổ chức|xây dựng|ban hành|phê duyệt|cho phép|cho|sửa"
    r"|giải quyết"
    r"|trả lời|khắc phục|nỗ lực|giữ|đảm bảo|bảo đảm|duy trì|tạo|quán triệt|làm|có(?! liên quan| thẩm quyền"
    r"| công)"
    r"|kéo|luôn"
    r"|thường xuyên|nghiêm túc|tích cực|đồng hành|cùng|nêu|tháo gỡ|ưu tiên|kiểm tra|giám sát|xác định"
    r"|đánh giá|đề xuất"
    r"|đề ra|căn cứ|trên cơ sở|thống nhất|quyết liệt|nhanh chóng|kịp thời|bám|lồng ghép|thẩm định|giao"
    r"|phân bổ|cân đối"
    r"|giải ngân|huy động|tuyên truyền|vận động|phấn đấu|khai thác|xử lý|tham gia|hoàn thiện|cung cấp"
    r"|giới thiệu|chia sẻ"
    r"|dành|sử dụng|lựa chọn|nắm|theo dõi|đôn đốc|khuyến khích|thu hút|mở rộng|bàn giao|lập|điều chỉnh|gắn"
    r"|lấy|đổi mới"
    r"|tiếp nhận|cử|trong|trước|vào|để|đến|về|từ|theo|nhằm|với|là|không|sẽ|được|nhất là|đặc biệt|chú trọng"
    r"|lãnh đạo(?= )"
    r"|tạm dừng|dừng|thành lập|bổ nhiệm|sắp xếp|khảo sát|thống kê|công bố|công khai|niêm yết|ký|đưa|mời|gửi"
    r"|tránh)"
)
ACTOR = (
    rf"(?:{BODY}|(?:các|mỗi|từng|toàn|những|hai|chính quyền|cấp [uủ][ỷy]|lãnh đạo|đơn vị|địa phương|ngành"
    rf"|[Tt]ỉnh"
    r"|[Hh]uyện|xã|cán bộ|đại biểu|chủ đầu tư|nhà thầu|doanh nghiệp|nhà đầu tư|[Nn]hân dân|người dân|bà con"
    r"|lực lượng"
    r"|[Tt]hủ trưởng|người đứng đầu|Mặt trận|Thủ tướng|Bộ trưởng|Chủ tịch|Bí thư|Giám đốc|Phó|Trưởng|đồng chí"
    r"|Văn phòng|Đảng|Thường trực|Ban|Nhà nước|Bộ|Sở|Công ty|Tập đoàn|Tổng|gia đình|chúng ta)(?![^\W\d_]))"
)
_WHEN_FIRST = r"(?:(?:trong\s+)?thời gian tới,?\s+|trước mắt,?\s+|(?:trong\s+)?năm (?:20\d\d|tới),?\s+)?"
_TO = re.compile(
    rf"\s+(?:với\s+|cho\s+|tới\s+)?{_WHEN_FIRST}({ACTOR}(?:(?:,\s*|\s+)[^\W_]+(?:['’.-][^\W\d_]+)*){{0,16}}?)"
    rf"(?=\s+{DOING}(?![^\W\d_])|\s*[:;.(]|,\s+{DOING}(?![^\W\d_])|$)"
)
_PARTED = re.compile(r"\s*(?:,|\bvà\b|\bcùng\b)\s*")
_BODY = re.compile(BODY)
_STRONG = re.compile(r"\b(?:trước|chậm nhất|muộn nhất|hạn chót|thời hạn|xong)\b", re.IGNORECASE)
_WEAK = re.compile(r"\b(?:trong|đến|hết|vào|hoàn thành)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*(?:(?:là|vào|trong|đến|hết|cuối|đầu|giữa|thời điểm|ngày)\s+){0,4}\(?$", re.IGNORECASE
)
_SHORT_DAY = re.compile(r"\s+(?:ngày\s+)?(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/%-])")
_THIS_YEAR = re.compile(r"\s+(?:hết\s+)?(?:cuối năm(?: nay)?(?! 20)|năm nay)\b")
_FAR = 14


def addressees(text: str, at: int, end: int) -> tuple[tuple[str, ...], Span | None]:
    """Read who is spoken to, right after the verb: bodies one by one, what is only described as a whole."""
    found = _TO.match(text, at, end)
    if not found:
        return (), None
    words = found[1].rstrip(" ,")
    return bodies_in(words), Span(found.start(1), found.start(1) + len(words))


def bodies_in(words: str) -> tuple[str, ...]:
    """Part the bodies that are named together; what is only described stays a whole.

    >>> bodies_in("Tỉnh ủy, UBND tỉnh"), bodies_in("các sở, ban, ngành")
    (('Tỉnh ủy', 'UBND tỉnh'), ('các sở, ban, ngành',))
    """
    parts = [""]
    last = 0
    for cut in [*_PARTED.finditer(words), None]:
        parts[-1] += words[last : cut.start() if cut else len(words)]
        if cut is None:
            break
        last = cut.end()
        if _begins_another(parts[-1], words[cut.end() :]):
            parts.append("")
        else:
            parts[-1] += cut[0]
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _begins_another(before: str, after: str) -> bool:
    body = _BODY.match(after)
    whole = _BODY.fullmatch(before.strip())
    return bool(whole and (body or after.startswith("các ")))


def due_of(
    text: str, start: int, end: int, *, since: date | None, blocked: Sequence[Span] = ()
) -> tuple[str, Span | None]:
    """Read by when something is to be done: the slug of a period, or the words where no year is known.

    Args:
        text: The text.
        start: Where the order, request or promise begins.
        end: Where it ends.
        since: The day it was made: what names no year falls on or after it.
        blocked: Names of documents, whose periods are their own.
    """
    for cue in (_STRONG, _WEAK):
        for found in cue.finditer(text, start, end):
            if not stands_apart(found.start(), found.end(), blocked):
                continue
            read = _time_after(text, found.end(), end, since)
            if read and stands_apart(read[1].start, read[1].end, blocked):
                return read
    return "", None


def _time_after(text: str, at: int, end: int, since: date | None) -> tuple[str, Span] | None:
    if (year := _THIS_YEAR.match(text, at, end)) and since:
        return str(since.year), Span(year.start() + 1, year.end())
    if day := _SHORT_DAY.match(text, at, end):
        span = Span(day.start(1), day.end(2))
        return _on_or_after(int(day[2]), int(day[1]), since) or text[span.start : span.end], span
    for time in find_times(text, at, min(end, at + 60)):
        if time.start - at > _FAR + 10 or (
            not _BETWEEN.match(text[at : time.start]) and not _named(text, at, time)
        ):
            continue
        if time.precision == "multi-year":
            return None
        span = Span(time.start, time.end)
        words = text[span.start : span.end]
        if time.first is None and time.precision == "day":
            month, number = (int(part) for part in time.shape.split("/"))
            return _on_or_after(month, number, since) or words, span
        full = in_year(time, since.year) if since else time
        if full.last is not None and since and full.last < since and time.first is None:
            full = in_year(time, since.year + 1)
        return full.slug or words, span
    return None


def _named(text: str, at: int, time: Time) -> bool:
    """Say whether a time begins right at the cue, its first word being its own ("tháng 6", "quý III")."""
    return not text[at : time.start].strip()


def _on_or_after(month: int, day: int, since: date | None) -> str:
    if since is None:
        return ""
    try:
        made = date(since.year, month, day)
        return (made if made >= since else made.replace(year=since.year + 1)).isoformat()
    except ValueError:
        return ""


_PRONOUN = re.compile(r"(?:Đồng chí|đồng chí|Ông|ông|Bà|bà)(?:\s+(?=[a-zđ]|$)|$)")


def meant_by(called: str, at: int, persons: Sequence[Person]) -> Person | None:
    """Find the person meant by a title or a pronoun alone, among those named before or after.

    Args:
        called: How the person is called: "Đồng chí", "Thứ trưởng", "Chủ tịch UBND tỉnh".
        at: Where.
        persons: The mentions of persons in the text.
    """
    before = [person for person in persons if person.start < at]
    if _PRONOUN.fullmatch(called.strip()):
        return before[-1] if before else None
    wanted = tones_apart(
        full_title(re.sub(rf"^(?:[Đđ]ồng chí|ông|bà|Ông|Bà)\s+(?=[{UPPER}])", "", called), "")
    )
    return next(_holding(wanted, [*reversed(before), *persons]), None)


def _holding(wanted: str, persons: Sequence[Person]) -> Iterator[Person]:
    exact, begun = [], []
    for person in persons:
        for title in person.titles:
            full = tones_apart(full_title(title.text, ""))
            if title.past:
                continue
            if full == wanted:
                exact.append(person)
            elif full.startswith(f"{wanted} ") or wanted.startswith(f"{full} "):
                begun.append(person)
    yield from (*exact, *begun)
