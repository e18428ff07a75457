"""Who is named in a text: mentions of persons, each with the titles that stand beside it or are shared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from laichau_kg.drafting.bodies import RANK
from laichau_kg.drafting.names import CAPITALS, NAME, is_place, split_name
from laichau_kg.drafting.posts import full_title, same_title
from laichau_kg.drafting.titles import HEAD, NamedTitle, find_titles, title_end
from laichau_kg.drafting.words import UPPER, one_line, stands_apart, tones_apart
from laichau_kg.text import Span

__all__ = ["Person", "find_meant", "find_persons", "held_until", "merge_persons"]

_PLURAL = re.compile(
    r"\b(?:các|một số|những)\s+(?:huyện|sở|xã|phường|tỉnh|ban|đơn vị|thành phố|bộ|ngành|thị)"
)
_JOIN = re.compile(r"\s*(?:,|;(?=\s*(?:kiêm))|\s+kiêm|\bvà|(?<=\s)[–—-](?=\s))\s*(?:kiêm\s+)?")
# A rank in the Party in short, "TVTU", may stand between a name and a title.
_AFTER_NAME = re.compile(r"(?:\s*[,–—-]\s*[A-ZĐƯ]{3,5})?\s*(?:[–—-]|,|\()\s*(?:(?:[Nn]guyên|[Tt]ân)\s+)?$")
_CALLED = r"(?:đồng chí|Đồng chí|đ/c|Đ/c|ông|Ông|bà|Bà|anh|chị|ngài|Ngài)"
# What stands before a name that begins with no known surname, so that it is one all the same.
_OPENS = re.compile(rf"(?:{_CALLED}\s*:?\s+|[;:]\s*|\bvà\s+|\bcác đại biểu\s+){RANK}*$")
_NO_NAME = frozenset(
    """
    UBND HĐND Sở Bộ Ban Công Tập Huyện Tỉnh Thành Đoàn Ủy Uỷ Hội Trường Văn Đảng Đại Phó Trưởng Bí Chủ Giám
    Thường Liên Chính Quốc Trung Tổng Viện Cục Vụ Phòng Chi Quân Bệnh Nhà Khu Báo Đài Ngân Thủ Thứ Tổ Nguyên
    """.split()  # noqa: SIM905 - a list would be a page long
)


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person by name, with the titles that stand beside it."""

    start: int
    end: int
    name: str
    titles: tuple[NamedTitle, ...] = ()


def held_until(person: Person) -> int:
    """Say where a person's name and titles end."""
    return max([person.end, *(title.end for title in person.titles)])


def find_persons(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """Find persons named with a title or an address, each mention with its titles, in order."""
    stop = len(text) if end is None else end
    titles = [title for title in find_titles(text, start, stop) if not _PLURAL.search(title.text)]
    owner: dict[int, Span] = {}
    for number, title in enumerate(titles):
        name = _name_after(text, title, start, stop)
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
    for span, shared in _share(text, titles, stop):
        persons[span] = list(dict.fromkeys((*shared, *persons.get(span, []))))
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


_ALONE = re.compile(r"(?:^|[.:\n]\s*|(?<!các )\b[Đđ]ồng chí\s+|,\s+)$")


_GROUPS = re.compile(r"\b[Cc]ác\s+(?:đồng chí\s+|vị\s+)?")
_CLAUSE_END = re.compile(r"[.;:\n]")
_LONGEST_CLAUSE = 240
_OF_MANY = re.compile(r"[ỦU][yỷ] viên|Thường vụ|UV|\w+ [uỦủ][ỷy] viên|ĐBQH|[Đđ]ại biểu")


def find_meant(text: str, persons: Sequence[Person], start: int = 0, end: int | None = None) -> list[Person]:
    """Find persons meant by a title alone ("đồng chí Bí thư Tỉnh ủy …"), whom the text names elsewhere.

    They are for who speaks and takes part; a title alone attests nothing new.
    """
    taken = [title for person in persons for title in person.titles]
    holders: dict[str, set[str]] = {}
    for person in persons:
        for title in person.titles:
            if not title.past:
                holders.setdefault(tones_apart(full_title(title.text, "")), set()).add(person.name)
    found = []
    for title in find_titles(text, start, end):
        names = holders.get(tones_apart(full_title(title.text, "")), set())
        before = text[max(start, title.start - 12) : title.start]
        if (
            len(names) == 1
            and not _OF_MANY.match(title.text)
            and stands_apart(title.start, title.end, taken)
            and _ALONE.search(before)
            and not _is_of_groups(text, title.start, start)
        ):
            found.append(Person(title.start, title.end, next(iter(names))))
    return found


def _is_of_groups(text: str, at: int, floor: int) -> bool:
    """Say whether a title goes on with a list of groups: "các đồng chí Phó Chủ tịch HĐND tỉnh, …"."""
    before = _CLAUSE_END.split(text[max(floor, at - _LONGEST_CLAUSE) : at])[-1]
    clause = at - len(before)
    return any(HEAD.match(text, groups.end()) for groups in _GROUPS.finditer(text, clause, at))


_GAP = re.compile(rf"[\s\u00a0]+(?:(?:là\s+|[-–—]\s+|,\s+)?{_CALLED}\s+)?{RANK}?|,\s+{_CALLED}\s+{RANK}?")


def _name_after(text: str, title: NamedTitle, floor: int, stop: int) -> Span | None:
    """Find the name that a title stands before; not over a comma where a name stands before the title too."""
    gap = _GAP.match(text, title.end, stop)
    run = CAPITALS.match(text, gap.end(), stop) if gap else None
    if not run or not gap or "\n" in gap[0] or split_name(run[0]) != 0:
        return None
    is_another = "," in gap[0] and _name_before(text, title.start, floor)
    return None if is_another else Span(run.start(), run.end())


_ADDRESS_IN_CAPITALS = re.compile(r"(?:Ông|Bà|Ngài)\s+")
_LEVEL_BEFORE = re.compile(r"(?:tỉnh|huyện|thành phố|xã|phường|ủy|uỷ)\s+$")


def _name_before(text: str, at: int, floor: int) -> Span | None:
    """Find the name that a title is put after: "Trần Văn A – Chủ tịch"; a comma counts too."""
    sign = _AFTER_NAME.search(text, max(floor, at - 18), at)
    if not sign:
        return None
    runs = list(CAPITALS.finditer(text, max(floor, at - 70), sign.start()))
    if not runs or text[runs[-1].end() : sign.start()].strip() or "\n" in runs[-1][0]:
        return None
    run = runs[-1]
    if address := _ADDRESS_IN_CAPITALS.match(run[0]):
        run = CAPITALS.match(text, run.start() + address.end()) or run
    cut = split_name(run[0])
    before = text[max(floor, run.start() - 30) : run.start()]
    if cut != 0 and _is_opened(run[0], before):
        return Span(run.start(), run.end())
    if cut is None or not NAME.fullmatch(run[0][cut:]) or HEAD.match(text, run.start() + cut):
        return None
    ends_a_body = cut == 0 and _LEVEL_BEFORE.search(before) and "," in sign[0] and not HEAD.search(before)
    return None if ends_a_body else Span(run.start() + cut, run.end())


def _is_opened(run: str, before: str) -> bool:
    """Say whether a run of capitals is a name by what stands before it, whatever it begins with."""
    words = re.split(r"[\s-]", run)
    fits = 2 <= len(words) <= 6 and words[0] not in _NO_NAME and not is_place(run)  # noqa: PLR2004 - a full name
    return fits and bool(_OPENS.search(before))


_ADDRESS = re.compile(rf"\b{_CALLED}\s*:?\s+{RANK}*|\b{RANK}(?=[{UPPER}])|\b[Đđ]ại biểu\s+(?=[{UPPER}])")
_NEXT = re.compile(rf"\s*(?:[,;]|\bvà\b|,\s+và\b)\s*(?:{_CALLED}\s+|đại biểu\s+)?{RANK}?(?=[{UPPER}])")


def _addressed(text: str, start: int, stop: int) -> list[Span]:
    """Find names after an address or a rank, and those that a list goes on with."""
    found: list[Span] = []
    for address in _ADDRESS.finditer(text, start, stop):
        at = address.end()
        plural = bool(re.search(r"\b[Cc]ác\s+$", text[max(start, address.start() - 5) : address.start()]))
        while run := CAPITALS.match(text, at, stop):
            known = split_name(run[0]) == 0
            if not known and not (at == address.end() and _is_opened(run[0], text[max(0, at - 20) : at])):
                break
            if len(re.split(r"[\s-]", run[0])) < 2:  # noqa: PLR2004 - a full name
                break
            found.append(Span(*run.span()))
            on = _NEXT.match(text, run.end(), stop) if plural else None
            if not on:
                break
            at = on.end()
    return found


_SHARED = re.compile(r"\b[Cc]ác\s+(?:đồng chí\s*:?\s*)?(?:[^.;:]{0,80},\s+)?$")


def _share(text: str, titles: list[NamedTitle], stop: int) -> list[tuple[Span, tuple[NamedTitle, ...]]]:
    """Find who shares a title: "các Phó Chủ tịch UBND tỉnh: Trần Văn A, Lò Văn B"."""
    found: list[tuple[Span, tuple[NamedTitle, ...]]] = []
    for number, title in enumerate(titles):
        if not _SHARED.search(text[max(0, title.start - 100) : title.start]):
            continue
        at = re.compile(r"\s*:\s*|\s+(?=[A-ZĐ])").match(text, title.end, stop)
        if not at or "\n" in at[0]:
            continue
        own = [title]
        if number and _JOIN.fullmatch(text, titles[number - 1].end, title.start) and ":" in at[0]:
            own.insert(0, titles[number - 1])
        names = _listed(text, at.end(), stop)
        if len(names) > 1 or (names and ":" in at[0]):
            found += [(name, tuple(own)) for name in names]
    return found


def _listed(text: str, at: int, stop: int) -> list[Span]:
    """List the names of a roll, whose titles may stand between them."""
    names: list[Span] = []
    end = text.find("\n", at)
    end = min(stop, len(text) if end < 0 else end)
    while True:
        ahead = re.compile(rf"(?:{_CALLED}\s+)?{RANK}?").match(text, at, end)
        run = CAPITALS.match(text, ahead.end() if ahead else at, end)
        if not run:
            return names
        if HEAD.match(text, run.start(), end):
            at = title_end(text, run.end(), end)
        elif split_name(run[0]) == 0:
            names.append(Span(*run.span()))
            at = run.end()
        else:
            return names
        on = re.compile(r"\s*(?:[,;–-]|\bvà\b|,\s+và\b)\s*").match(text, at, end)
        if not on:
            return names
        at = on.end()


def merge_persons(persons: list[Person]) -> dict[str, list[Person]]:
    """Gather the mentions of each person, by name."""
    by_name: dict[str, list[Person]] = {}
    for person in persons:
        key = next((name for name in by_name if same_title(name, person.name)), person.name)
        by_name.setdefault(key, []).append(replace(person, name=key))
    return by_name
