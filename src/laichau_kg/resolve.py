"""From what people type to terms: an IRI, a slug, a prefixed name or a label, with or without diacritics.

Labels are compared twice: as they are (case and normal form aside), then
without diacritics.  A name that two things bear is refused with both of them,
for an answer about the wrong one is worse than none.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from laichau_kg.errors import ParameterError, UnknownThingError
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.text import fold, near_names, nfc
from laichau_kg.vocab import ID, KINDS, PREFIXES

__all__ = [
    "FACT_KINDS",
    "GENERAL_KINDS",
    "Named",
    "Resolver",
    "period_slug",
    "plain_literal",
    "short_name",
]

FACT_KINDS = (
    "assessment", "attestation", "citation", "commitment", "directive", "goal", "group", "meeting",
    "observation", "occurrence", "participation", "recommendation",
)  # fmt: skip
GENERAL_KINDS: Mapping[str, tuple[str, ...]] = {
    "thing": KINDS,
    "fact": FACT_KINDS,
}

_MOST_FOUND = 10_000
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_PREFIXED = re.compile(r"([a-z][a-z-]*):(\S+)")
_PATH = re.compile(r"(?:id/)?([a-z-]+)/([a-z0-9-]+)")
_VIETNAMESE_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LABELS = " ".join(
    f"<{PREFIXES[prefix]}{name}>"
    for prefix, name in (("skos", "prefLabel"), ("skos", "altLabel"), ("foaf", "name"))
)

# How a stretch of time is said, and the slug it has; read after `fold`.
_PERIODS = (
    (r"(?:nam |year )?(\d{4})", r"\1"),
    (r"(?:giai doan |nhiem ky |5 nam )?(\d{4}) ?[-–] ?(\d{4})", r"\1-\2"),
    (r"(?:6 thang dau nam|nua dau nam|first half of|first six months of) ?(\d{4})", r"\1-h1"),
    (r"(?:6 thang cuoi nam|nua cuoi nam|second half of|last six months of) ?(\d{4})", r"\1-h2"),
    (r"(?:quy |q)([1-4])[/ ,-](?:nam )?(\d{4})", r"\2-q\1"),
    (r"(?:thang )?(\d{2})/(\d{4})", r"\2-\1"),
    (r"(\d{2})/(\d{2})/(\d{4})", r"\3-\2-\1"),
)


class _Rows(Protocol):
    @property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]: ...


class _Asks(Protocol):
    def __call__(self, text: str, /) -> _Rows: ...


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A thing and one of its names."""

    label: str
    iri: str
    language: str = ""

    @property
    def kind(self) -> str:
        """What the thing is, as its IRI says it."""
        return self.iri.removeprefix(ID).partition("/")[0]


class Resolver:
    """Finds the thing that a text names, in one store.

    Args:
        ask: Runs a SELECT and returns its rows; the store's own method.
    """

    def __init__(self, ask: _Asks) -> None:
        self._ask = ask
        self._names: dict[tuple[str, ...], tuple[Named, ...]] = {}
        self._found: dict[tuple[str, str], Iri] = {}

    def resolve(self, kind: str, text: str) -> Iri:
        """Find the one thing of *kind* that *text* names.

        Args:
            kind: A kind of thing ("person", "place", …) or one of `GENERAL_KINDS`.
            text: An IRI, a prefixed name, a slug, "kind/slug" or a label.

        Raises:
            UnknownThingError: there is none; the error has near names.
            ParameterError: there are several; the error lists them.
        """
        found = self._found.get((kind, text))
        if found is None:
            if len(self._found) > _MOST_FOUND:  # a thing can be written in endless ways
                self._found.clear()
            found = self._found[kind, text] = self._look_up(kind, text)
        return found

    def _look_up(self, kind: str, text: str) -> Iri:
        kinds = GENERAL_KINDS.get(kind, (kind,))
        wanted = nfc(text).strip()
        if not wanted:
            raise UnknownThingError(f"An empty text names no {kind}.", name=text)
        iri = _as_iri(wanted)
        if iri is not None:
            return self._existing(iri, kind, kinds, text)
        found = (
            self._by_slug(wanted, kinds)
            or self._by_label(wanted, kinds)
            or (self._by_slug(period_slug(wanted), kinds) if "period" in kinds else set())
        )
        if len(found) == 1:
            return Iri(found.pop())
        if found:
            listed = sorted(short_name(candidate) for candidate in found)
            raise ParameterError(
                f"{text!r} may be {', '.join(listed[:-1])} or {listed[-1]}: say which.",
                name=text,
                value=text,
                choices=[candidate.removeprefix(ID) for candidate in sorted(found)],
            )
        raise self._unknown(kind, kinds, text)

    def names(self, kind: str = "thing") -> tuple[Named, ...]:
        """List everything of *kind* that has a name, with all its names."""
        kinds = GENERAL_KINDS.get(kind, (kind,))
        if kinds not in self._names:
            answer = self._ask(
                f"SELECT DISTINCT ?thing ?label WHERE {{ VALUES ?property {{ {_LABELS} }} "
                f'?thing ?property ?label . FILTER (STRSTARTS(STR(?thing), "{ID}")) }}'
            )
            self._names[kinds] = tuple(sorted(_named(answer.rows, kinds)))
        return self._names[kinds]

    def search(self, text: str, *, most: int = 20) -> list[Named]:
        """Find the things whose names hold *text*, best first; else those whose names come near it.

        Each thing is listed once, under the name that fits best.
        """
        wanted = fold(text)
        ranked = [
            (rank, named) for named in self.names() if (rank := _rank(wanted, fold(named.label))) is not None
        ]
        if not ranked and wanted:
            near = {
                name: place
                for place, name in enumerate(near_names(text, {n.label for n in self.names()}, most=most))
            }
            ranked = [(near[named.label], named) for named in self.names() if named.label in near]
        best: dict[str, Named] = {}
        for _, named in sorted(ranked, key=lambda pair: (pair[0], len(pair[1].label), pair[1])):
            best.setdefault(named.iri, named)
        return list(best.values())[:most]

    def _existing(self, iri: str, kind: str, kinds: Collection[str], text: str) -> Iri:
        if not self._stored([iri]):
            raise self._unknown(kind, kinds, text)
        is_ = "span of evidence" if "#char=" in iri else Named("", iri).kind if iri.startswith(ID) else "term"
        if kind != "thing" and is_ not in kinds:
            raise ParameterError(
                f"{text!r} is {_a(is_)}, not {_a(kind)}.", name=text, value=text, wanted=kind
            )
        return Iri(iri)

    def _by_slug(self, text: str, kinds: Iterable[str]) -> set[str]:
        lowered = text.lower()
        if _SLUG.fullmatch(lowered):
            return self._stored(f"{ID}{kind}/{lowered}" for kind in kinds)
        path = _PATH.fullmatch(lowered)
        return self._stored([f"{ID}{path[1]}/{path[2]}"]) if path and path[1] in kinds else set()

    def _by_label(self, text: str, kinds: tuple[str, ...]) -> set[str]:
        names = self._names_of(kinds)
        exact = {named.iri for named in names if _plain(named.label) == _plain(text)}
        return exact or {named.iri for named in names if fold(named.label) == fold(text)}

    def _names_of(self, kinds: tuple[str, ...]) -> tuple[Named, ...]:
        for general, members in GENERAL_KINDS.items():
            if members == kinds:
                return self.names(general)
        return self.names(kinds[0])

    def _stored(self, iris: Iterable[str]) -> set[str]:
        listed = " ".join(f"<{iri}>" for iri in iris)
        answer = self._ask(f"SELECT DISTINCT ?thing WHERE {{ VALUES ?thing {{ {listed} }} ?thing a ?class }}")
        return {str(row[0]) for row in answer.rows}

    def _unknown(self, kind: str, kinds: Collection[str], text: str) -> UnknownThingError:
        names = self._names_of(tuple(kinds))
        slugs = {named.iri: named.iri.rpartition("/")[2] for named in names}
        wanted = (_as_iri(text) or text).rpartition("/")[2]
        near = near_names(
            wanted, [*slugs.values()] if _SLUG.fullmatch(wanted) else [named.label for named in names]
        )
        what = "in the record" if kind == "thing" else f"{_a(kind)} in the record"
        hint = "" if near else " `laichau search` finds names."
        return UnknownThingError(f"{text!r} is not {what}.{hint}", name=text, near=near)


def plain_literal(kind: str, text: str) -> str:
    """Bring a number or a day to the spelling of XML Schema, as `Parameter.read` wants it; leave all else.

    >>> plain_literal("decimal", "47,2"), plain_literal("date", "13/12/2020")
    ('47.2', '2020-12-13')
    """
    wanted = nfc(text).strip()
    if kind == "decimal" and re.fullmatch(r"[+-]?\d+,\d+", wanted):
        return wanted.replace(",", ".")
    day = _VIETNAMESE_DATE.fullmatch(wanted)
    if kind == "date" and day:
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    return wanted


def short_name(iri: str) -> str:
    """Write an IRI as briefly as the repository's prefixes allow.

    >>> short_name("https://w3id.org/laichau-kg/id/place/lai-chau")
    'lc-place:lai-chau'
    """
    best = max(
        (item for item in PREFIXES.items() if iri.startswith(item[1])),
        key=lambda item: len(item[1]),
        default=None,
    )
    return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri


def _named(rows: Iterable[tuple[Term | None, ...]], kinds: Collection[str]) -> Iterator[Named]:
    for thing, label in rows:
        if isinstance(label, Literal):
            named = Named(label.value, str(thing), label.language)
            if named.kind in kinds:
                yield named


def _as_iri(text: str) -> str | None:
    bare = text.removeprefix("<").removesuffix(">")
    prefixed = _PREFIXED.fullmatch(bare)
    if prefixed and prefixed[1] in PREFIXES:
        bare = PREFIXES[prefixed[1]] + prefixed[2]
    elif not bare.startswith(("http://", "https://")):
        return None
    try:
        return Iri(bare).value
    except ValueError as error:
        raise UnknownThingError(f"{text!r} is no IRI.", name=text) from error


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _plain(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())


def period_slug(text: str) -> str:
    """Make the slug of a period that is said in words; "" if it is none of the usual.

    >>> period_slug("6 tháng đầu năm 2022"), period_slug("quý I/2021")
    ('2022-h1', '2021-q1')
    """
    folded = fold(text)
    roman = re.sub(r"\bquy (i{1,3}|iv)\b", lambda found: f"quy {_ROMAN[found[1]]}", folded)
    padded = re.sub(r"(?<!\d)(\d)(?=/)", r"0\1", roman)
    for pattern, slug in _PERIODS:
        for form in (roman, padded):
            found = re.fullmatch(pattern, form)
            if found:
                return found.expand(slug)
    return ""


_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _rank(wanted: str, label: str) -> int | None:
    if not wanted or wanted not in label:
        return None
    if wanted == label:
        return 0
    if label.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in label else 3
