"""Words that tell what a figure counts, where the code list has no indicator for it."""

import re
from collections.abc import Sequence

from laichau_kg.drafting.cues import PLAN
from laichau_kg.drafting.dates import Time
from laichau_kg.drafting.names import is_place
from laichau_kg.drafting.numbers import Amount
from laichau_kg.drafting.words import Word, words_of
from laichau_kg.text import Span

__all__ = ["propose", "subject"]

_LONGEST = 12
_ENOUGH = (3, 2, 1)  # words that say enough; fewer if there are no more
_CLAUSE = re.compile(r"[;:()]|(?<!\d)[.,](?!\d)|\s[-–—]\s|\bvới\b|\bnâng\b|\btrong đó\b", re.IGNORECASE)
_AFTER = re.compile(
    r"[;:(),.]|\s[-–—]\s|\d"
    r"|\b(?:và \d|với|nâng|trong đó|so với|bằng|tăng|giảm|đạt(?! (?:chuẩn|tiêu|bộ))|chiếm|trị giá)\b"
)
# Verbs, adverbs and links that say how much and not what.
_HOW_MUCH = frozenset(
    """
    đạt được là còn có ước tính khoảng trên hơn gần dưới chiếm bằng tăng giảm lên xuống mức ở thêm gồm cho
    tới đến hiện nay đã đang sẽ vẫn cũng từ khi chỉ mới tương đương ứng thực thu hút đón làm nâng ít nhất
    tối thiểu đa không quá phấn đấu dự kiến hoàn thành vượt bình quân thời điểm
    """.split()  # noqa: SIM905 - a list would be a page long
)
_LEADS = frozenset(
    """
    và với cụ thể trong đó toàn tỉnh trên địa bàn theo riêng ngoài ra bên cạnh đồng thời nhiều các những có
    đến nay hiện khi năm tháng là thì còn tại cả đã đang được
    """.split()  # noqa: SIM905 - a list would be a page long
)
_LINKS = frozenset("và hoặc của với cho từ đến tới để do bởi về theo trong là".split())  # noqa: SIM905
_PLACED = frozenset("tại ở trên trong vào so năm tháng quý ngày mỗi hằng hàng này đó".split())  # noqa: SIM905
# What begins a list of sectors or goods: a comma after it parts the list and not the clause.
_LIST_OPENS = re.compile(
    r"(?:các )?(?:tỷ trọng|tỉ trọng|khu vực|ngành|lĩnh vực|nhóm|sản xuất|doanh thu|giá trị|sản lượng"
    r"|hoạt động|dịch vụ)\b",
    re.IGNORECASE,
)
_STATES = re.compile(r"\b(?:đạt|tăng|giảm|là|có|còn|ước|chiếm|bằng|đã|được|sẽ)\b|\d|[;:()]", re.IGNORECASE)
_PARTED = re.compile(r"(?:,|\s[-–])\s*$")
_LISTED = 8  # words of a list before its comma
_SUBJECT_ENDS = re.compile(
    r"[,;:()]|\s[-–]\s|\b(?:có|đã|được|đạt|tăng|giảm|tiếp tục|vẫn|với|là|ước|phục hồi|chuyển|khởi sắc"
    r"|khi|do|nhờ|gặp|duy trì|phát triển|ổn định|trong|dự kiến)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?<=\w )\([^()]*\)")
_TO_STANDARD = re.compile(r"đạt (?:chuẩn|tiêu|bộ)\b")
_LEVELLED = re.compile(r"(?:mặt|đồng|công) bằng", re.IGNORECASE)
_SAYS = re.compile(
    r"\b(?:đạt|là|chiếm|lên|xuống|tăng|giảm|bằng|ước|đạt được|ở mức|vượt)"
    r"\s*(?:được|thêm|khoảng|trên|hơn|gần|dưới|mức)?\s*$",
    re.IGNORECASE,
)


def propose(
    text: str, amount: Amount, floor: int, ceiling: int, times: Sequence[Time], *, things: bool
) -> Span:
    """Give the words that say what an amount counts; the amount itself where there are none.

    Before a verb of reaching they stand before it ("trồng mới cây mắc ca đạt
    350 ha"); what is counted stands after the number ("120 hộ chưa di dời").

    Args:
        text: The text.
        amount: The amount.
        floor: Where the words before it may begin.
        ceiling: Where those after it end.
        times: The dates and periods of the sentence, which say nothing of what is counted.
        things: Whether things are counted.
    """
    before = _before(text, amount, floor, times)
    after = _after(text, amount, ceiling, things=things)
    says = _SAYS.search(text, floor, amount.whole)
    first, second = (before, after) if says else (after, before)
    return first or second or Span(amount.start, amount.end)


def _before(text: str, amount: Amount, floor: int, times: Sequence[Time]) -> Span | None:
    """Take the clause before: without its time, its verb, and what only leads to it."""
    stop = amount.whole
    known = [time for time in times if floor <= time.start < stop]
    aside = [Span(*found.span()) for found in _ASIDE.finditer(text, floor, stop)]
    away = [*((time.start, time.end) for time in known), *((span.start, span.end) for span in aside)]
    words = [
        word
        for word in words_of(text, floor, stop)
        if not any(start <= word.start < end for start, end in away)
    ]
    cuts = [
        found.end()
        for found in _CLAUSE.finditer(text, floor, stop)
        if not any(other.start <= found.start() < other.end for other in aside)
    ]
    cuts = [floor, *cuts, *(time.end for time in known)]
    pieces = [
        _trimmed(text, [word for word in words if word.start >= cut]) for cut in sorted(cuts, reverse=True)
    ]
    for enough in _ENOUGH:
        for piece in pieces:
            kept = piece[-_LONGEST:]
            if len(kept) >= enough and not is_place(text[kept[0].start : kept[-1].end]):
                return Span(_list_start(text, floor, kept[0].start), kept[-1].end)
    return None


def _list_start(text: str, floor: int, at: int) -> int:
    """Go back over the commas of a listing: of "khu vực nông, lâm nghiệp và thủy sản" none is cut off."""
    start = at
    while parted := _PARTED.search(text, floor, start):
        signs = (",", ";", ":", "(", " với ")
        ends = [(text.rfind(sign, floor, parted.start()), len(sign)) for sign in signs]
        begin = max([floor, *(found + length for found, length in ends if found >= 0)])
        head = text[begin : parted.start()]
        if _STATES.search(head) or len(head.split()) > _LISTED:
            return at
        start = begin + len(head) - len(head.lstrip())
        if _LIST_OPENS.match(text, start):
            return start
    return at


def subject(text: str, start: int, end: int) -> Span:
    """Give the words from an offset on that name who acts: up to a verb or a sign.

    >>> subject("ngành công nghiệp có sự phục hồi", 0, 32)
    Span(start=0, end=17)
    """
    stop = _SUBJECT_ENDS.search(text, start + 1, end)
    named = text[start : stop.start() if stop else end].rstrip()
    return Span(start, start + len(named))


def _trimmed(text: str, words: list[Word]) -> list[Word]:
    first, last = 0, len(words)
    while last > first and _said(text, words[last - 1]) in _HOW_MUCH:
        if last - first > 1 and _LEVELLED.fullmatch(text[words[last - 2].start : words[last - 1].end]):
            break
        last -= 1
    while first < last and _said(text, words[first]) in _LEADS:
        first += 1
    return words[first:last]


def _said(text: str, word: Word) -> str:
    return text[word.start : word.end].casefold()


def _after(text: str, amount: Amount, ceiling: int, *, things: bool) -> Span | None:
    """Take what follows the number: the things that are counted, or what a physical amount is of."""
    if PLAN.match(text, amount.end):
        return None
    at = text.rfind(amount.noun, amount.start, amount.end) if amount.noun else -1
    end = _AFTER.search(text, amount.end, ceiling)
    words = words_of(text, amount.end, end.start() if end else ceiling)[:_LONGEST]
    while words and _said(text, words[-1]) in _LINKS:
        words.pop()
    said = _said(text, words[0]) if words else ""
    if not words or (said in _HOW_MUCH | _LINKS | _PLACED and not _TO_STANDARD.match(text, words[0].start)):
        return Span(at, amount.end) if things and at >= 0 else None
    return Span(at if things and at >= 0 else words[0].start, words[-1].end)
