"""Find indicators by their labels in the code list: folded, the longest match first, with small gaps.

Nothing here names an indicator: a line of Turtle is enough for a new one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from laichau_kg.drafting.lexicon import Indicator
from laichau_kg.drafting.words import Word, keys_of, stands_apart, toned_of, words_of

__all__ = ["Fit", "Match", "Matcher"]

# Words that a label has and a text may leave out, or put between.
_LIGHT = frozenset(
    """
    cua so ti le tong duoc cac nhung cho va co la tai trong dat deu da nha nuoc tinh toan tren dia ban
    """.split()  # noqa: SIM905 - a list would be a page long
)
_LINKS = frozenset(("cua", "ve", "trong", "tu", "tren"))
_LEADS = (("ti", "le"), ("so",), ("tong",), ("tong", "so"), ("ti", "trong"))
_GROWTH_LEADS = (("toc", "do", "tang", "truong"), ("toc", "do", "tang"), ("tang", "truong"))
_VARIANTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "giảm": (("muc", "giam"), ("giam",)),
    "tăng": (*_GROWTH_LEADS, ("muc", "tang")),
    "thêm": (),
    "tỷ lệ": (("ti", "le"),),
}
_GAP = 4


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a label: its words folded, and with their tones."""

    keys: tuple[str, ...]
    toned: tuple[str, ...]

    @classmethod
    def of(cls, label: str) -> "_Form":
        return cls(keys_of(label), toned_of(label))

    def cut(self, start: int, stop: int | None = None) -> "_Form":
        return _Form(self.keys[start:stop], self.toned[start:stop])

    def without(self, at: int, length: int = 1) -> "_Form":
        """Leave out some words."""
        end = at + length
        return _Form((*self.keys[:at], *self.keys[end:]), (*self.toned[:at], *self.toned[end:]))


Fit = Callable[[str], int]


def _any(_slug: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator found in a text; *score* grows with the words that were found."""

    slug: str
    start: int
    end: int
    score: float
    rule: str


class Matcher:
    """Find a code list's indicators in stretches of a text."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = indicators
        self._forms: list[tuple[_Form, str]] = []
        self._slugs: dict[tuple[str, ...], str] = {}
        shared = _shared_acronyms(indicators)
        for indicator in indicators.values():
            for label in indicator.labels:
                self._slugs.setdefault(keys_of(label), indicator.slug)
                for form in _forms(label, shared, bare=not indicator.broader):
                    self._forms.append((form, indicator.slug))
        self._growth = [
            (form.cut(len(lead)), slug)
            for form, slug in self._forms
            for lead in _GROWTH_LEADS
            if form.keys[: len(lead)] == lead and len(form.keys) > len(lead) and not indicators[slug].broader
        ]
        self.additions = {
            other for slug in indicators for other in [self.variant(slug, grows="thêm")] if other
        }
        self._forms.sort(key=lambda form: (-len(form[0].keys), form[0].keys, form[1]))
        self._first: dict[str, list[tuple[_Form, str]]] = {}
        for form, slug in self._forms:
            self._first.setdefault(form.keys[0], []).append((form, slug))
        self.broader = {slug for indicator in indicators.values() for slug in indicator.broader}
        self.of_the_whole = {
            slug
            for slug, one in indicators.items()
            if self.broader & {slug, *one.related} and any(_grows(keys_of(label)) for label in one.labels)
        }
        self._short = {
            slug: [short for label in one.labels if (short := self._short_form(label, one))]
            for slug, one in indicators.items()
            if one.broader
        }
        self._beside = {slug: list(self._forms_beside(one)) for slug, one in indicators.items()}

    def _forms_beside(self, spoken_of: Indicator) -> Iterable[tuple[_Form, str]]:
        """Shorten labels of related indicators by the words they end in and share with one just spoken of.

        After "lượt khách du lịch", "doanh thu" is that of tourism.
        """
        names = [frozenset(keys_of(label)) for label in spoken_of.labels]
        for slug in spoken_of.related:
            for label, shared in product(self.indicators[slug].labels, names):
                form = _Form.of(label)
                end = len(form.keys)
                while end and (
                    form.keys[end - 1] in shared or (end < len(form.keys) and form.keys[end - 1] in _LINKS)
                ):
                    end -= 1
                if 2 <= end < len(form.keys):  # noqa: PLR2004 - one word says too little
                    yield form.cut(0, end), slug

    def _short_form(self, label: str, narrower: Indicator) -> _Form | None:
        """Leave out of a narrower indicator's label the words that its broader one begins with."""
        shared = {
            key for slug in narrower.broader for name in self.indicators[slug].labels for key in keys_of(name)
        }
        form = _Form.of(label)
        at = 0
        while at < len(form.keys) and (form.keys[at] in shared or form.keys[at] in {"khu", "vuc", "nganh"}):
            at += 1
        return form.cut(at) if 0 < at < len(form.keys) else None

    @staticmethod
    def _ways(form: _Form) -> list[_Form]:
        """Give a short name with and without its "và"."""
        bare = form
        while "va" in bare.keys:
            bare = bare.without(bare.keys.index("va"))
        return [form] if bare == form else [form, bare]

    def find(
        self,
        text: str,
        start: int,
        end: int,
        *,
        parents: Iterable[str] = (),
        beside: str = "",
        fit: Fit = _any,
    ) -> list[Match]:
        """List the indicators between two offsets, the longest where they overlap, in order.

        Args:
            text: The text.
            start: Where to begin.
            end: Where to stop.
            parents: Broader indicators just spoken of; their narrower ones answer to a shorter name.
            beside: The indicator just spoken of; those related to it answer to a shorter name.
            fit: How well an indicator fits the figure: below nought it cannot be; more is better.
        """
        words = words_of(text, start, end)
        found = [
            match
            for key in {word.key: None for word in words}
            for form, slug in self._first.get(key, ())
            if (match := _match(words, form, slug, last=True))
        ]
        found += [
            replace(match, score=match.score + 0.5, rule="beside")
            for form, slug in self._beside.get(beside, ())
            if (match := _match(words, form, slug, last=True))
        ]
        wanted = set(parents)
        for slug, forms in self._short.items():
            if wanted & set(self.indicators[slug].broader):
                found += [
                    Match(match.slug, match.start, match.end, match.score + 1, "narrower")
                    for short in forms
                    for form in self._ways(short)
                    if (match := _match(words, form, slug, last=True))
                ]
        found = [match for match in found if fit(match.slug) >= 0]
        chosen: list[Match] = []
        for match in sorted(
            found, key=lambda match: (-match.score, -fit(match.slug), match.start, match.slug)
        ):
            if stands_apart(match.start, match.end, chosen):
                chosen.append(match)
        chosen.sort(key=lambda match: match.start)
        return [  # "… trên địa bàn (GRDP)": what stands in brackets only repeats the name before
            match
            for place, match in enumerate(chosen)
            if not place or text[chosen[place - 1].end : match.start].strip() != "("
        ]

    def find_after(
        self, text: str, start: int, end: int, *, gap: int = _GAP, fit: Fit = _any
    ) -> Match | None:
        """Find the indicator whose label begins where an amount's unit stands ("38/94 *xã* …")."""
        words = words_of(text, start, end)
        best: Match | None = None
        for form, slug in self._first.get(words[0].key, ()) if words else ():
            match = _match(words, form, slug, first=True, gap=gap)
            if (
                match
                and fit(slug) >= 0
                and (best is None or (match.score, fit(slug)) > (best.score, fit(best.slug)))
            ):
                best = match
        return best

    def find_measured(self, text: str, lead: str, start: int, end: int, *, fit: Fit = _any) -> Match | None:
        """Find the indicator whose label is *lead* and the words right after an amount: "900 ha *chè*"."""
        words, first = words_of(text, start, end), keys_of(lead)
        for form, slug in self._forms:
            rest = form.cut(len(first))
            if form.keys[: len(first)] == first and rest.keys and fit(slug) >= 0:
                match = _match(words[: len(rest.keys)], rest, slug, first=True)
                if match:
                    return replace(match, rule="unit-and-noun")
        return None

    def find_around(
        self, text: str, noun: tuple[int, int], start: int, end: int, *, fit: Fit = _any
    ) -> Match | None:
        """Find an indicator whose label holds the unit that was counted and other words before it.

        So "quyết định chủ trương đầu tư 11 *dự án*" is the label "Dự án được quyết định chủ trương đầu tư".
        """
        unit = tuple(word.key for word in words_of(text, *noun))
        before = words_of(text, start, noun[0])
        best: Match | None = None
        for form, slug in self._forms:
            rest = _without(form, unit)
            if rest is None or len([key for key in rest.keys if key not in _LIGHT]) < 2:  # noqa: PLR2004 - one word is chance
                continue
            match = _match(before, rest, slug, last=True)
            if (
                match
                and fit(slug) >= 0
                and before
                and match.end >= before[-1].start - 40
                and (best is None or match.score > best.score)
            ):
                best = Match(slug, match.start, noun[1], match.score, "around")
        return best if best and best.start >= start and best.end <= end else None

    def find_growth(self, text: str, start: int, end: int) -> Match | None:
        """Find what grows: "tổng sản phẩm trên địa bàn … tăng 3%" is the growth of just that."""
        words = words_of(text, start, end)
        found = [match for form, slug in self._growth if (match := _match(words, form, slug, last=True))]
        best = max(found, key=lambda match: match.score, default=None)
        return replace(best, rule="what-grows") if best else None

    def find_loose(self, text: str, start: int, end: int, *, fit: Fit = _any) -> Match | None:
        """Find the label all of whose words stand in a stretch, in whatever order; four words at least."""
        start = max(start, text.rfind(", ", start, end))
        words = words_of(text, start, end)
        there = {word.key for word in words}
        for form, slug in self._forms:
            if len(form.keys) >= 4 and fit(slug) >= 0 and set(form.keys) <= there:  # noqa: PLR2004 - fewer words are chance
                held = [word for word in words if word.key in form.keys]
                return Match(slug, held[0].start, held[-1].end, len(form.keys) / 2, "words-in-other-order")
        return None

    def variant(self, slug: str, *, grows: str) -> str:
        """Give the indicator of the reduction, growth, addition or share of another: "Mức giảm X".

        Args:
            slug: The indicator X.
            grows: ``giảm``, ``tăng``, ``thêm`` or ``tỷ lệ``.
        """
        for label in self.indicators[slug].labels:
            own = keys_of(label)
            ways = [(*lead, *own) for lead in _VARIANTS[grows]]
            for way in ways or [(*own, "tang", "them")]:
                if way in self._slugs:
                    return self._slugs[way]
        return ""

    def ranking(self, slug: str) -> str:
        """Give the indicator that ranks provinces by another one."""
        related = {*self.indicators[slug].related}
        related |= {far for name in related & self.of_the_whole for far in self.indicators[name].related}
        return next((name for name in sorted(related) if self.indicators[name].units == ("rank",)), "")

    def only_in(self, unit: str) -> str:
        """Give the one indicator that is counted in *unit*, if there is just one."""
        users = [one.slug for one in self.indicators.values() if unit in one.units]
        return users[0] if len(users) == 1 else ""


def _grows(keys: tuple[str, ...]) -> bool:
    return any(keys[: len(lead)] == lead for lead in _GROWTH_LEADS)


def _shared_acronyms(indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """List the acronyms that stand in labels of more than one indicator: alone they name none."""
    users: dict[str, set[str]] = {}
    for indicator in indicators.values():
        for label in indicator.labels:
            for acronym in re.findall(r"\b[A-Z]{3,}\b", label):
                users.setdefault(acronym, set()).add(indicator.slug)
    return frozenset(acronym for acronym, slugs in users.items() if len(slugs) > 1)


def _forms(label: str, shared: frozenset[str] = frozenset(), *, bare: bool = True) -> list[_Form]:
    """Give the ways to write a label: as it is, without what is in brackets, the acronym alone, no lead."""
    forms = {_Form.of(label)}
    forms.add(_Form.of(re.sub(r"\s*\([^)]*\)", "", label)))
    forms |= {
        _Form.of(found) for found in re.findall(r"\(([A-Z][A-Z -]{2,})\)", label) if found not in shared
    }
    for form in list(forms) if bare else ():
        for lead in _LEADS:
            if form.keys[: len(lead)] == lead and len(form.keys) - len(lead) >= 2:  # noqa: PLR2004 - one word says too little
                forms.add(form.cut(len(lead)))
    return sorted((form for form in forms if form.keys), key=lambda form: form.keys)


def _without(form: _Form, unit: tuple[str, ...]) -> _Form | None:
    for at in range(len(form.keys) - len(unit) + 1):
        if form.keys[at : at + len(unit)] == unit:
            rest = form.without(at, len(unit))
            while rest.keys and rest.keys[0] in _LIGHT:
                rest = rest.cut(1)
            return rest
    return None


def _match(
    words: Sequence[Word],
    form: _Form,
    slug: str,
    *,
    first: bool = False,
    last: bool = False,
    gap: int = _GAP,
) -> Match | None:
    """Find the words of *form* in order, with at most *gap* other words in all between them.

    Where the words have marks, they must be the label's own: "diện" is not "điện".
    """
    length = len(form.keys)
    if not 0 < length <= len(words):
        return None
    starts = range(min(1, len(words))) if first else range(len(words))
    best: Match | None = None
    for start in starts:
        if words[start].key != form.keys[0]:
            continue
        end, missed = _run(words, form, start, gap)
        if end is None or (length < 3 and missed):  # noqa: PLR2004 - a short label must stand as it is
            continue
        score = length - missed * 0.3
        match = Match(
            slug, words[start].start, words[end].end, score, "label" if not missed else "label-with-gap"
        )
        if best is None or match.score > best.score or (last and match.score == best.score):
            best = match
    return best


def _run(words: Sequence[Word], form: _Form, start: int, gap: int) -> tuple[int | None, int]:
    at, missed = start, 0
    marked, agree = 0, True
    for number, key in enumerate(form.keys):
        at += number > 0
        while at < len(words) and words[at].key != key:
            at += 1
            missed += 1
            if missed > gap:
                return None, missed
        if at >= len(words):
            return None, missed
        marked += words[at].toned != words[at].key
        agree = agree and words[at].toned == form.toned[number]
    return (at, missed) if agree or not marked else (None, missed)
