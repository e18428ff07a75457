"""The grammar of amounts: value, range, ratio, bound, multiplier and unit.

It knows how Vietnamese writes numbers and which units the code list has; it
knows nothing of indicators.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from laichau_kg.drafting.words import tones_apart

__all__ = ["Amount", "Unit", "UnitList", "find_amounts", "read_number", "value_text"]

_N = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,\d+)?"
_NUMBER = re.compile(rf"(?<!\w)(?<!\d/)(?<![\d][.,])(?<![A-Za-z][-‑–])({_N})(?![\d]|[.,]\d)")
_TAIL = re.compile(r"[^\W\d_]+(?:\s*/\s*\d*\s*[^\W\d_]+)*|%", re.UNICODE)
_RANGE = re.compile(r"\s*(%)?\s*(?:[-–—]|đến|tới)\s*")
_RATIO = re.compile(r"\s*/\s*")
_PER_YEAR = re.compile(r"\s*/\s*năm\b|\s+(?:mỗi|một|hằng|hàng) năm\b")
_PER = re.compile(r"\s*/\s*(?:người|lao động|khẩu|hộ|ha|héc-ta|xã|tháng)\b(?:\s*/\s*(?:năm|tháng)\b)?")
_MULTIPLIERS = (
    ("nghìn tỷ", 10**12), ("nghìn tỉ", 10**12), ("ngàn tỷ", 10**12), ("vạn", 10**4), ("nghìn", 10**3),
    ("ngàn", 10**3), ("triệu", 10**6), ("tỷ", 10**9), ("tỉ", 10**9),
)  # fmt: skip
_MONEY = Decimal(10**9)
_BOUNDS = (
    (re.compile(r"\b(?:trên dưới|khoảng|xấp xỉ|chừng|tầm|ước chừng)\s*$", re.IGNORECASE), "about"),
    (
        re.compile(r"\b(?:không dưới|không thấp hơn|không ít hơn|ít nhất|tối thiểu)\s*$", re.IGNORECASE),
        "at-least",
    ),
    (re.compile(r"\b(?:không quá|tối đa|không vượt quá|không cao hơn|dưới)\s*$", re.IGNORECASE), "at-most"),
    (re.compile(r"\b(?:trên|hơn|vượt)\s*$", re.IGNORECASE), "more-than"),
    (re.compile(r"\bgần\s*$", re.IGNORECASE), "almost"),
)
_ON_UP = re.compile(r"\s*(?:trở lên|trở đi)\b")
_TOP = re.compile(r"\b(?:tốp|top)\s+(\d+)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:xếp|đứng|vị trí|hạng|xếp hạng|và(?= thứ \d+/))\s+(?:thứ\s+)?(\d+)(?:\s*/\s*(\d+))?\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\bkhông còn\s+(?=[^\W\d_])", re.IGNORECASE)
# Words that make a number a date, a duration, an ordinal or an article of law.
_NO_AMOUNT_BEFORE = re.compile(
    r"\b(?:ngày|năm|(?<!\d )tháng|quý|quí|lần thứ|thứ|khóa|khoá|kỳ họp thứ|(?<!tổng"
    r" )số|điều|khoản|điểm|mục|quyển|sân|đại hội"
    r"|nghị quyết|quyết định|nhiệm kỳ|giai đoạn|thời kỳ|phiên thứ|tuổi|lúc|quốc lộ|tỉnh lộ|đường tỉnh|QL|ĐT"
    r"|km|tổ dân phố|tổ|thôn|xóm|ấp|phường|quận|tel|fax|điện thoại)\s*:?\s*$",
    re.IGNORECASE,
)
# Nouns that only begin like a unit: comrades are no money, roads no animals.
_OTHER_THING = re.compile(
    r"(?:đồng\s+(?:chí|bào|bộ|thời|loạt|hành)|tấn\s+công|xã\s+(?:hội|viên)"
    r"|con\s+(?:đường|số|người|em|cháu|trai|gái|đập|sông)"
    r"|nhà\s+(?:máy|văn|đầu|thầu|nước|khoa|báo|xưởng|trường|hàng|nghỉ|ga|giáo|trẻ|màng|lưới|kính|sàn|tạm|tài)"
    r"|lượt\s+(?!khách|người|du\b|trong|và|ước|tăng|giảm|so|với|đến|tại|là|bằng)[^\W\d_]+"
    r"|vụ\s+(?:lúa|đông|xuân|mùa|hè|thu|kém|trong)|hộ\s+chiếu|người\s+(?:dùng|máy))(?![^\W\d_])",
    re.IGNORECASE,
)
# What is counted though it is no thing that a province has more or less of.
_NO_THING = frozenset(
    """
    nhiệm giải nội nghị quyết báo văn chương đề ý câu tờ bài cuộc kỳ phiên hội buổi ngày giờ phút tháng năm
    tuần quý tuổi khâu đột mục điều khoản chữ trang bước mặt bộ ban sở ngành cấp đại đồng ông bà anh chị và
    hoặc đến tới là của để được đã đang sẽ có không với trong trên dưới tại từ theo về cho nhưng nên mà thì
    đạt tăng giảm so bằng còn vượt chiếm nhiệt độ đầu cuối thứ nhóm quan nguyên chỉ tầng cơn số lần dân vừa
    vào qua này đó gồm chính cũng phó tiểu chi h nhất sau trước chiều sáng tối phương hướng kế thông quyển
    tập đoàn khóa khoá sao hạng lĩnh trụ mũi do bị làm gây gồm như khi nếu rất đều hay thuộc ở ra lên xuống
    """.split()  # noqa: SIM905 - a list would be a page long
)
_FEW = 10
_PHONE = re.compile(r"(?<![\d.,/])0\d{2,4}(?:[ .]\d{3,4})*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOUN = re.compile(r"\s*([^\W\d_]+)")
_THINGS = re.compile(r"[ \u00a0]?([^\W\d_]+)")
_NO_AMOUNT_AFTER = re.compile(
    r"\s*(?:h\d\d\b|giờ\b|phút\b|tháng\b|quý\b|quí\b|ngày\b|tuần\b|tuổi\b"
    r"|năm\b(?!\s*tuổi)|nhiệm kỳ\b|/\d+/\d+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the code list: slug, names, base unit and multiplier."""

    slug: str
    names: tuple[str, ...]
    base: str
    multiplier: Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a text states it.

    *start* and *end* hold number and unit; *whole* starts with the word of its
    bound. *unit* is a slug, or empty where the code list has none;
    *noun* is the unit as it is written.
    """

    start: int
    end: int
    whole: int
    value: Decimal
    value_max: Decimal | None = None
    total: Decimal | None = None
    unit: str = ""
    noun: str = ""
    bound: str = "exact"
    per_year: bool = False
    rule: str = "amount"


class UnitList:
    """The units of the code list, found by their names after a number."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units: Mapping[str, Unit] = {unit.slug: unit for unit in units}
        self._names: dict[tuple[str, ...], str] = {}
        for unit in units:
            for name in unit.names:
                self._names.setdefault(_name_words(name), unit.slug)
        self._of: dict[str, set[tuple[str, ...]]] = {}
        for words, slug in self._names.items():
            self._of.setdefault(slug, set()).add(words)
        self._longest = max((len(words) for words in self._names), default=0)

    def read(self, text: str, at: int) -> tuple[str, Decimal, int, str] | None:
        """Read a unit that starts at *at*: slug, what to multiply by, where it ends, how it is written."""
        pieces = [] if _OTHER_THING.match(text, at) else _pieces(text, at, self._longest + 2)
        if direct := self._longest_name(pieces):
            slug, used = direct
            return slug, Decimal(1), pieces[used - 1][2], text[pieces[0][1] : pieces[used - 1][2]]
        for word, factor in _MULTIPLIERS:
            count = len(word.split())
            if [piece[0] for piece in pieces[:count]] != list(_name_words(word)):
                continue
            rest = self._longest_name(pieces[count:])
            end = pieces[count - 1 + (rest[1] if rest else 0)][2]
            slug, scale = self._scaled(
                rest[0] if rest else ("vnd" if factor >= _MONEY else ""), Decimal(factor)
            )
            return slug, scale, end, text[pieces[0][1] : end]
        return None

    def _longest_name(self, pieces: list[tuple[str, int, int]]) -> tuple[str, int] | None:
        words = tuple(piece[0] for piece in pieces)
        for length in range(min(self._longest, len(words)), 0, -1):
            if slug := self._names.get(words[:length]):
                return slug, length
        return None

    def _scaled(self, slug: str, factor: Decimal) -> tuple[str, Decimal]:
        """Choose the unit that has *factor* in it; else the largest that the factor is a multiple of."""
        if not (own := self.units.get(slug)):
            return slug, factor
        wanted = own.multiplier * factor
        for unit in sorted(self.units.values(), key=lambda unit: -unit.multiplier):
            if unit.base == own.base and unit.multiplier <= wanted and self._ends_in(unit.slug, slug):
                return unit.slug, wanted / unit.multiplier
        return slug, factor

    def _ends_in(self, slug: str, ending: str) -> bool:
        """Say whether a unit is another one with a multiplier before it, as "triệu đồng" is of "đồng"."""
        return any(
            words[len(words) - len(tail) :] == tail for words in self._of[slug] for tail in self._of[ending]
        )


def _name_words(name: str) -> tuple[str, ...]:
    return tuple(piece[0] for piece in _pieces(name, 0, 12))


def _pieces(text: str, at: int, most: int) -> list[tuple[str, int, int]]:
    """List the words of a unit from *at* on: letters, ``%``, numbers after a slash."""
    found: list[tuple[str, int, int]] = []
    while len(found) < most:
        gap = re.compile(r"(?:\s|/(?!\s*năm\b)|,(?=\s*bản\b)|(?<=[^\W\d_])-(?=[^\W\d_]))*").match(text, at)
        start = gap.end() if gap else at
        word = re.compile(r"%|[^\W\d_]+(?:[23](?!\d))?|\d+(?=\s*(?:vạn|nghìn|triệu))").match(text, start)
        if not word:
            break
        found.append((tones_apart(word[0]), start, word.end()))
        at = word.end()
    return found


def read_number(text: str) -> Decimal:
    """Read one number with thousand dots and a decimal comma.

    >>> read_number("9.068,73")
    Decimal('9068.73')
    """
    return Decimal(text.replace(".", "").replace(",", "."))


def value_text(value: Decimal) -> str:
    """Write a value as an xsd:decimal, always with a point.

    >>> value_text(Decimal("5406"))
    '5406.0'
    """
    plain = format(value, "f")
    return plain if "." in plain else f"{plain}.0"


def find_amounts(text: str, units: UnitList, start: int = 0, end: int | None = None) -> list[Amount]:
    """Find every amount between two offsets: a number that has a unit, a ratio, a place, or "none left".

    A bare number is none; neither are dates, durations, ordinals and the
    numbers of documents.
    """
    stop = len(text) if end is None else end
    found = _places(text, start, stop)
    at = start
    while number := _NUMBER.search(text, at, stop):
        at = number.end()
        if any(place.start <= number.start() < place.end for place in found):
            continue
        if _PHONE.search(text, max(start, number.start() - 12), number.end()):
            continue
        if _NO_AMOUNT_BEFORE.search(text, max(start, number.start() - 24), number.start()):
            continue
        if amount := _amount(text, units, number, stop):
            found.append(amount)
            at = max(at, amount.end)
    found += [
        Amount(none.start(), none.end(), none.start(), Decimal(0), rule="none-left")
        for none in _NONE.finditer(text, start, stop)
    ]
    return sorted(found, key=lambda amount: amount.start)


def _amount(text: str, units: UnitList, number: re.Match[str], stop: int) -> Amount | None:
    value = read_number(number[1])
    upper, total, last, rule = _second_number(text, number, stop)
    if _NO_AMOUNT_AFTER.match(text, last):
        return None
    whole = number.start()
    unit = units.read(text, _past_space(text, last))
    if unit is None:
        return _of_things(text, number, (value, upper, total), last, rule)
    slug, scale, finish, noun = unit
    total = total * scale if total is not None else None
    if total is None and upper is None and slug:
        total, finish = _total_in_same_unit(text, units, slug, finish, stop)
        rule = rule if total is None else "ratio"
    if total is not None and value * scale > total:  # a slash is not always a ratio
        return None
    start, bound = _bound(text, whole)
    if on_up := _ON_UP.match(text, finish):
        finish, bound = on_up.end(), "at-least"
    if per := _PER.match(text, finish):
        finish = per.end()
    per_year = _PER_YEAR.match(text, finish)
    return Amount(
        whole,
        per_year.end() if per_year else finish,
        start,
        value * scale,
        upper * scale if upper is not None else None,
        total,
        slug,
        noun,
        bound,
        bool(per_year),
        rule,
    )


def _of_things(
    text: str,
    number: re.Match[str],
    values: tuple[Decimal, Decimal | None, Decimal | None],
    last: int,
    rule: str,
) -> Amount | None:
    """Read an amount of things that the code list has no unit for: a ratio, or ten and more of them."""
    value, upper, total = values
    factor, at = Decimal(1), last
    for word, times in _MULTIPLIERS[3:]:
        if times < _MONEY and (found := re.compile(rf"\s*{word}\b").match(text, last)):
            factor, at = Decimal(times), found.end()
            break
    things = (_NOUN if total is not None else _THINGS).match(text, at)
    if things is None or (total is not None and value > total):
        return None
    word = things[1]
    if total is None and (
        not word.islower() or word in _NO_THING or value * factor < _FEW or _YEAR.fullmatch(number[1])
    ):
        return None
    start, bound = _bound(text, number.start())
    return Amount(
        number.start(),
        things.end(),
        start,
        value * factor,
        upper * factor if upper is not None else None,
        total,
        "",
        word,
        bound,
        rule=rule if total is not None else "things",
    )


def _second_number(
    text: str, number: re.Match[str], stop: int
) -> tuple[Decimal | None, Decimal | None, int, str]:
    """Read what follows a number: the end of a range or the total of a ratio; where it ends; the rule."""
    last = number.end()
    if (ratio := _RATIO.match(text, last)) and (other := _NUMBER_AT.match(text, ratio.end(), stop)):
        return None, read_number(other[1]), other.end(), "ratio"
    if (dash := _RANGE.match(text, last)) and (other := _NUMBER_AT.match(text, dash.end(), stop)):
        high = read_number(other[1])
        if high > read_number(number[1]) and not _NO_AMOUNT_AFTER.match(text, other.end()):
            return high, None, other.end(), "range"
    return None, None, last, "amount"


def _total_in_same_unit(
    text: str, units: UnitList, slug: str, finish: int, stop: int
) -> tuple[Decimal | None, int]:
    ratio = _RATIO.match(text, finish)
    other = _NUMBER_AT.match(text, ratio.end(), stop) if ratio else None
    same = units.read(text, _past_space(text, other.end())) if other else None
    return (
        (read_number(other[1]) * same[1], same[2]) if other and same and same[0] == slug else (None, finish)
    )


def _bound(text: str, at: int) -> tuple[int, str]:
    for pattern, name in _BOUNDS:
        if cue := pattern.search(text, max(0, at - 16), at):
            return cue.start(), name
    return at, "exact"


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _places(text: str, start: int, stop: int) -> list[Amount]:
    tops = [
        Amount(top.start(), top.end(), top.start(), Decimal(top[1]), unit="rank", bound="at-most", rule="top")
        for top in _TOP.finditer(text, start, stop)
    ]
    stands = [
        Amount(
            place.start(1),
            place.end(),
            place.start(),
            Decimal(place[1]),
            total=Decimal(place[2]) if place[2] else None,
            unit="rank",
            rule="place",
        )
        for place in _PLACE.finditer(text, start, stop)
        if "thứ" in place[0].casefold() or place[2]
    ]
    return tops + stands


_NUMBER_AT = re.compile(rf"({_N})(?![\d]|[.,]\d)")
