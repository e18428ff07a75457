"""Which form and which language a reader gets: RFC 9110, section 12.

A form is known by its suffix, as in ``/doc/place/lai-chau.ttl``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from laichau_kg.queries import LANGUAGES

__all__ = ["FORMS", "Form", "choose", "choose_language"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which something is handed on.

    Attributes:
        suffix: What its address ends in, without the dot.
        media_type: Its media type.
        name: What people call it.
        aliases: Other media types under which readers ask for it.
    """

    suffix: str
    media_type: str
    name: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with its charset, where it has one."""
        return content_type(self.media_type)


FORMS: Final[dict[str, Form]] = {
    form.suffix: form
    for form in (
        Form("html", "text/html", "HTML", ("application/xhtml+xml",)),
        Form("ttl", "text/turtle", "Turtle", ("application/x-turtle", "text/n3")),
        Form("jsonld", "application/ld+json", "JSON-LD", ("application/json",)),
        Form("nt", "application/n-triples", "N-Triples", ("text/plain",)),
        Form("rdf", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml")),
        Form("trig", "application/trig", "TriG"),
        Form("nq", "application/n-quads", "N-Quads"),
        Form("csv", "text/csv", "CSV"),
        Form("tsv", "text/tab-separated-values", "TSV"),
        Form("srj", "application/sparql-results+json", "JSON", ("application/json",)),
        Form("srx", "application/sparql-results+xml", "XML", ("application/xml", "text/xml")),
        Form("txt", "text/plain", "Text"),
        Form("json", "application/json", "JSON", ("application/sparql-results+json",)),
        Form("problem", "application/problem+json", "Problem Details", ("application/json",)),
        Form("svg", "image/svg+xml", "SVG"),
        Form("png", "image/png", "PNG"),
    )
}

_WITH_CHARSET = ("text/",)
_MOST = 4096  # a header that is longer is no honest one
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_ANY = "*/*"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    Attributes:
        suffix: The form's suffix.
        media_type: The media type to answer with: the form's own, or the alias that was asked for.
    """

    suffix: str
    media_type: str

    @property
    def content_type(self) -> str:
        """The media type with its charset, where it has one."""
        return content_type(self.media_type)


def content_type(media_type: str) -> str:
    """Add the charset to a media type of text; the others are UTF-8 by their definition.

    >>> content_type("text/turtle"), content_type("application/ld+json")
    ('text/turtle; charset=utf-8', 'application/ld+json')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith(_WITH_CHARSET) else media_type


def choose(accept: str | None, offers: Sequence[str]) -> Choice | None:
    """Choose among forms by an ``Accept`` header.

    The highest quality wins; between equals, what stands first in *offers*.
    A media type counts by the most specific range that it fits; an alias
    counts where the form's own type fits no range but a wildcard.

    >>> choose("text/turtle;q=0.5, application/ld+json", ("html", "ttl", "jsonld")).suffix
    'jsonld'

    Args:
        accept: The header; none or an empty one takes anything.
        offers: Suffixes, the server's favourite first.

    Returns:
        The choice, or None where nothing on offer is acceptable.
    """
    ranges = dict(_weighed(accept or ""))
    if not (accept or "").strip():
        ranges = {_ANY: 1.0}
    best: Choice | None = None
    best_quality = 0.0
    for suffix in offers:
        media_type, quality = _quality(FORMS[suffix], ranges)
        if quality > best_quality:
            best, best_quality = Choice(suffix, media_type), quality
    return best


def choose_language(header: str | None, languages: Sequence[str] = LANGUAGES) -> str:
    """Choose among *languages* by an ``Accept-Language`` header; the first of them where none fits.

    >>> choose_language("en-GB,en;q=0.9,vi;q=0.8"), choose_language("fr")
    ('en', 'vi')
    """
    best, best_quality = languages[0], 0.0
    weighed = list(_weighed(header or ""))
    for language in languages:
        fitting = [
            quality for wanted, quality in weighed if wanted == language or wanted.startswith(f"{language}-")
        ]
        wildcard = [quality for wanted, quality in weighed if wanted == "*"]
        quality = max(fitting or wildcard or [0.0])
        if quality > best_quality:
            best, best_quality = language, quality
    return best


def _quality(form: Form, ranges: dict[str, float]) -> tuple[str, float]:
    if form.media_type in ranges:
        return form.media_type, ranges[form.media_type]
    asked = [(ranges[alias], alias) for alias in form.aliases if alias in ranges]
    if asked:
        quality, alias = max(asked)
        return ("text/html" if form.suffix == "html" else alias), quality
    family = form.media_type.partition("/")[0] + "/*"
    return form.media_type, ranges.get(family, ranges.get(_ANY, 0.0))


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    """Read the elements of a header with their qualities; parameters other than q are passed over."""
    for element in header[:_MOST].split(","):
        name, *parameters = (part.strip().lower() for part in element.split(";"))
        if not name:
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
        yield name, quality
