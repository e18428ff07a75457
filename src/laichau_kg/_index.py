"""The record's statements in memory, thing by thing, for the formats of others.

Built in one pass over the files' own statements, so that numbers keep their
spelling and a large record takes time in proportion to its size.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from laichau_kg.errors import DataError
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["Index", "Span", "kind_of", "slug_of"]

_ARTICLE = ID + "article/"
_DERIVED = PREFIXES["prov"] + "wasDerivedFrom"
_EXACT = PREFIXES["oa"] + "exact"
_EXACTNESS = {"day": len("2020-12-14"), "month": len("2020-12"), "year": len("2020")}
_PLACE = re.compile(r"([^#]+)#char=(\d{1,12}),(\d{1,12})", re.ASCII)
_ISSUED = PREFIXES["dcterms"] + "issued"
_LABELS = (PREFIXES["skos"] + "prefLabel", PREFIXES["foaf"] + "name")
_OTHER = PREFIXES["skos"] + "altLabel"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article that carries a fact.

    Attributes:
        start: Its first character's place in the text.
        end: The place after its last character.
        iri: Its address.
        article: The article's address.
        exact: The words, where they are a figure, date, name, title or number.
    """

    start: int
    end: int
    iri: str
    article: str
    exact: str = ""


class Index:
    """All that is said, by what it is said of.

    Args:
        quads: Statements with `.subject`, `.predicate`, `.object` as pyoxigraph has them, without blank
            nodes among what is asked for.
    """

    def __init__(self, quads: Iterable[Any]) -> None:
        self._said: dict[str, dict[str, set[tuple[str, str]]]] = {}
        self._instances: dict[str, list[str]] = {}
        self._pointed: dict[str, set[str]] = {}
        for quad in quads:
            self._take(quad.subject.value, quad.predicate.value, quad.object)

    def of_class(self, *classes: str) -> list[str]:
        """List the things of these classes, sorted."""
        return sorted({iri for name in classes for iri in self._instances.get(name, ())})

    def of_kind(self, kind: str) -> list[str]:
        """List the things whose address names *kind*, sorted."""
        start = f"{ID}{kind}/"
        return [iri for iri in self._sorted if iri.startswith(start)]

    def every(self, iri: str, property_: str, lang: str | None = None) -> list[str]:
        """List a property's values, sorted; only those in *lang* where it is given."""
        found = self._said.get(iri, {}).get(property_, ())
        return sorted({text for text, tag in found if lang is None or tag == lang})

    def newest(self) -> str:
        """Give the newest day on which an article was published; "" if none says."""
        days = (self.one(iri, _ISSUED) for iri in self.of_class(LCK.Article))
        return max(days, default="")

    def one(self, iri: str, property_: str, lang: str | None = None) -> str:
        """Give a property's value, the first where there are several; "" if there is none."""
        found = self.every(iri, property_, lang)
        return found[0] if found else ""

    def label(self, iri: str, lang: str = "vi") -> str:
        """Name a thing in *lang*, else in any language, else by its slug; "" for nothing."""
        if not iri:
            return ""
        names = (self.one(iri, name, tag) for tag in (lang, None) for name in _LABELS)
        return next(filter(None, names), slug_of(iri))

    def other_names(self, iri: str) -> list[str]:
        """List the further Vietnamese and English names of a thing."""
        return self.every(iri, _OTHER)

    def spans(self, fact: str) -> list[Span]:
        """List a fact's evidence: what carries it most first, then in the order of the text."""
        main = self.one(fact, LCK.mainEvidence)
        return sorted(map(self._span, self.every(fact, _DERIVED)), key=lambda span: (span.iri != main, span))

    def main_span(self, fact: str) -> Span:
        """Give the evidence that carries a fact most.

        Raises:
            DataError: the fact has none.
        """
        return self._span(self.needed(fact, LCK.mainEvidence))

    def needed(self, iri: str, property_: str) -> str:
        """Give the value of a property that everything of its class has.

        Raises:
            DataError: this thing has it not.
        """
        found = self.one(iri, property_)
        if not found:
            name = property_.rpartition("#")[2]
            raise DataError(f"{iri}: has no {name}, so it cannot be handed on; `laichau check` tells more.")
        return found

    def days(self, period: str) -> tuple[date, date]:
        """Give the first and the last day of a period.

        Raises:
            DataError: it lacks one of them, or one is no day.
        """
        first, last = (self.needed(period, name) for name in (LCK.firstDay, LCK.lastDay))
        try:
            return date.fromisoformat(first), date.fromisoformat(last)
        except ValueError as error:
            raise DataError(f"{period}: {error}; `laichau check` tells more.") from error

    def articles_on(self, iri: str) -> list[str]:
        """List the articles whose facts speak of a thing, sorted."""
        return sorted(self._pointed.get(iri, ()))

    def when(self, iri: str) -> str:
        """Tell the day, month or year of something, as exactly as it is known; "" for other stretches."""
        day = self.one(iri, LCK.date)
        precision = slug_of(self.one(iri, LCK.datePrecision)) or "day"
        if not day:
            period = self.one(iri, LCK.period)
            day, precision = self.one(period, LCK.firstDay), slug_of(self.one(period, LCK.precision))
        return day[: _EXACTNESS.get(precision, 0)]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._said)

    def _take(self, subject: str, predicate: str, node: Any) -> None:
        text = node.value
        self._said.setdefault(subject, {}).setdefault(predicate, set()).add(
            (text, getattr(node, "language", None) or "")
        )
        if predicate == RDF.type:
            self._instances.setdefault(text, []).append(subject)
        elif subject.startswith(ID) and text.startswith(ID) and "--" in subject and "#" not in text:
            article = _ARTICLE + slug_of(subject).partition("--")[0]
            if text != article:
                self._pointed.setdefault(text, set()).add(article)

    def _span(self, iri: str) -> Span:
        found = _PLACE.fullmatch(iri)
        if found is None:
            raise DataError(
                f"{iri}: is no address of evidence (…#char=start,end); `laichau check` tells more."
            )
        return Span(int(found[2]), int(found[3]), iri, found[1], self.one(iri, _EXACT))


def slug_of(iri: str) -> str:
    """Return what follows the kind in a thing's address; "" for what is no thing of ours.

    >>> slug_of("https://w3id.org/laichau-kg/id/place/lai-chau")
    'lai-chau'
    """
    return iri.removeprefix(ID).partition("/")[2] if iri.startswith(ID) else ""


def kind_of(iri: str) -> str:
    """Return the kind that a thing's address names; "" for what is no thing of ours.

    >>> kind_of("https://w3id.org/laichau-kg/id/place/lai-chau")
    'place'
    """
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""
