"""A canned question as it is asked over the web: its parameters, the part of the answer, what may be given.

A parameter that is left empty counts as not given, for that is what a form
sends. ``lang``, ``page`` and ``size`` are names of our own; the tests hold
that no question has a parameter called so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from laichau_kg.answers import Answer
from laichau_kg.errors import ParameterError
from laichau_kg.queries import LANGUAGES, Parameter, Query
from laichau_kg.resolve import GENERAL_KINDS
from laichau_kg.text import fold
from laichau_kg.web.failing import Failure
from laichau_kg.web.service import Service

__all__ = ["MOST_OPTIONS", "OWN", "Asked", "Option", "names_of", "options", "slugs_of"]

OWN: Final = ("id", "lang", "page", "size")
"""Names in an address that are no parameters of a question."""

MOST_OPTIONS: Final = 250
"""The fields of a form suggest at most so many names, all together."""

_ACTORS: Final = ("person", "organization", "group", "place")
"""Kinds that are suggested where anything may be named: those that speak and are spoken to."""

_ROWS_OF_PART: Final = 50
_ROWS_OF_PAGE: Final = 25  # for people: tables have up to twenty columns
_MOST_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters, and the part of its answer that is wanted.

    Attributes:
        query: The question.
        params: What is given, by name.
        lang: The language of the labels.
        page: Which part, from 1.
        size: How many rows a part has; 0 for all in one.
    """

    query: Query
    params: Mapping[str, str]
    lang: str
    page: int
    size: int

    @classmethod
    def read(cls, service: Service, values: Mapping[str, str], *, lang: str = "") -> Self:
        """Read the parts of path and query.

        Args:
            service: What is asked.
            values: The question's ``id`` and what the query string holds.
            lang: The language of a page; else ``lang`` decides, and English where it is not given.

        Raises:
            UnknownQueryError: there is no such question.
            ParameterError: ``lang``, ``page`` or ``size`` is not what it may be.
        """
        query = service.record.catalog.get(values["id"])
        spoken = lang or values.get("lang") or "en"
        if spoken not in LANGUAGES:
            message = f"lang={spoken!r}: {' or '.join(LANGUAGES)} is wanted."
            raise ParameterError(message, name="lang", value=spoken, wanted="language")
        params = {name: value for name, value in values.items() if name not in OWN and value.strip()}
        for name in values.keys() - set(OWN):
            query.parameter(name)  # one that is unknown is told even where it is empty
        given = {name: values[name] for name in ("page", "size") if values.get(name, "").strip()}
        usual = _ROWS_OF_PAGE if lang else _ROWS_OF_PART if "page" in given else 0
        size = _natural(given, "size", _MOST_ROWS) or usual
        return cls(query, params, spoken, _natural(given, "page", 10**9) or 1, size)

    @property
    def is_complete(self) -> bool:
        """Whether all that the question needs is given."""
        return all(parameter.name in self.params for parameter in self.query.parameters if parameter.required)

    def answer(self, service: Service) -> Answer:
        """Ask; the same is asked once.

        Raises:
            ParameterError: a parameter is missing or fits nothing; the error has near names.
        """
        return service.ask(self.query.id, self.lang, **self.params)

    def text(self, service: Service) -> str:
        """Write the SPARQL that is asked.

        Raises:
            ParameterError: as `answer`.
        """
        return service.record.text_of(self.query.id, lang=self.lang, **self.params)

    def pages(self, rows: int) -> int:
        """Count the parts of an answer of so many rows; an empty one has one."""
        return max(1, -(-rows // self.size)) if self.size else 1

    def places(self, rows: int) -> range:
        """Return which of so many rows are in this part.

        Raises:
            Failure: 404, there is no such part.
        """
        if self.page > self.pages(rows):
            raise Failure(404, "error.no-part", pages=self.pages(rows), page=self.page)
        if not self.size:
            return range(rows)
        first = (self.page - 1) * self.size
        return range(first, min(rows, first + self.size))


@dataclass(frozen=True, slots=True)
class Option:
    """What may be put into a field.

    Attributes:
        value: What is sent: a name, or ``kind/slug`` where two things have the name.
        label: What is shown.
        iri: The thing, if it is one.
    """

    value: str
    label: str
    iri: str


def options(service: Service, parameter: Parameter, lang: str) -> list[Option]:
    """List what a field suggests: listed values; things by name, unless they are facts or far too many."""
    if parameter.values:
        return [Option(value, labels[lang], "") for value, labels in parameter.values.items()]
    if not parameter.takes_thing or parameter.type == "fact":
        return []
    kinds = _ACTORS if parameter.type in GENERAL_KINDS else (parameter.type,)
    labels = {iri: label for kind in kinds for iri, label in names_of(service, kind, lang).items()}
    if len(labels) > MOST_OPTIONS:
        return []
    bearers: dict[str, set[str]] = {}
    for named in service.record.names(parameter.type):
        bearers.setdefault(fold(named.label), set()).add(named.iri)
    found = []
    for iri, label in labels.items():
        is_plain = len(bearers.get(fold(label), ())) <= 1
        found.append(Option(label if is_plain else iri.rpartition("/id/")[2], label, iri))
    return sorted(found, key=lambda option: (fold(option.label), option.iri))


def names_of(service: Service, kind: str, lang: str) -> dict[str, str]:
    """Map the things of a kind to their names in *lang*."""
    return {
        named.iri: service.filed.label(named.iri, lang) or named.label for named in service.record.names(kind)
    }


def slugs_of(service: Service, kind: str) -> list[str]:
    """List the slugs of all things of a kind that have names."""
    return sorted({named.iri.rpartition("/")[2] for named in service.record.names(kind)})


def _natural(given: Mapping[str, str], name: str, most: int) -> int:
    """Read a natural number from 1; 0 where it is not given."""
    if name not in given:
        return 0
    text = given[name]
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= most):
        message = f"{name}={text!r}: a number from 1 to {most} is wanted."
        raise ParameterError(message, name=name, value=text, wanted="integer")
    return int(text)
