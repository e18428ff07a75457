"""Statements as plain text, thing by thing: what a change is reckoned with, free of any engine.

A thing's statements are pairs of a property's IRI and a value as N-Triples
writes it, so that two graphs are compared as sets.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from laichau_kg._reading import read_file
from laichau_kg.errors import DataError
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import ID, LCK, RDF

__all__ = [
    "REGISTERS",
    "Things",
    "Value",
    "article_of",
    "articles_in",
    "kind_of",
    "merged",
    "read_things",
    "register_of",
    "to_turtle",
]

Things = dict[str, frozenset[tuple[str, str]]]

REGISTERS: Final[Mapping[str, str]] = {
    "author": "authors",
    "document": "documents",
    "organization": "organizations",
    "period": "periods",
    "person": "officials",
    "place": "places",
    "post": "posts",
}
_ARTICLE: Final = ID + "article/"
_IRI: Final = re.compile(r"<([^>]*)>")
_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Value:
    """A value, read from its N-Triples form.

    Attributes:
        text: The IRI, or the literal's text.
        is_iri: Whether it is an IRI.
        language: The literal's language, or nothing.
        datatype: The IRI of the literal's datatype, or nothing for plain and tagged text.
    """

    text: str
    is_iri: bool
    language: str = ""
    datatype: str = ""

    @classmethod
    def read(cls, written: str) -> "Value":
        """Read an IRI or a literal.

        >>> Value.read('"Lai Châu"@vi')
        Value(text='Lai Châu', is_iri=False, language='vi', datatype='')
        """
        found = _IRI.fullmatch(written)
        if found:
            return cls(found[1], is_iri=True)
        literal = _LITERAL.fullmatch(written)
        if literal is None:
            raise DataError(f"{written!r} is neither an IRI nor a literal.")
        text = _ESCAPE.sub(_unescaped, literal[1])
        return cls(text, is_iri=False, language=literal[2] or "", datatype=literal[3] or "")


def read_things(path: Path, *, skip_blank: bool = False) -> Things:
    """Read the statements of an RDF file.

    Args:
        path: The file.
        skip_blank: Pass over statements with a blank node, which the ontology has, instead of refusing them.

    Raises:
        TurtleError: the file cannot be read, or is no valid RDF.
        DataError: it holds a blank node.
    """
    found: dict[str, set[tuple[str, str]]] = {}
    for subject, predicate, value in read_file(path).statements:
        written = str(value)
        if written.startswith("_:") or str(subject).startswith("_:"):
            if skip_blank:
                continue
            raise DataError(f"{path}: a blank node; give it an IRI, so that it can be linked to.")
        found.setdefault(subject.value, set()).add((predicate.value, written))
    return {subject: frozenset(block) for subject, block in found.items()}


def merged(parts: Iterable[Things]) -> Things:
    """Join statements about the same things."""
    joined: Things = {}
    for part in parts:
        for subject, block in part.items():
            joined[subject] = joined.get(subject, frozenset()) | block
    return joined


def to_turtle(things: Things, *, path: str) -> bytes:
    """Write *things* in the canonical form.

    Args:
        things: The statements.
        path: How to name them in an error.
    """
    lines = (
        f"<{subject}> <{name}> {value} .\n" for subject, block in things.items() for name, value in block
    )
    return format_turtle("".join(lines), path=path).encode()


def kind_of(iri: str) -> str:
    """Return the kind that a thing's IRI names; nothing for what is no thing of ours.

    >>> kind_of("https://w3id.org/laichau-kg/id/place/lai-chau")
    'place'
    """
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""


def article_of(iri: str) -> str | None:
    """Return the slug of the article that a thing belongs to: the article, its evidence and its facts.

    >>> article_of("https://w3id.org/laichau-kg/id/meeting/hoi-nghi--hop-sang")
    'hoi-nghi'
    """
    if iri.startswith(_ARTICLE):
        return iri.removeprefix(_ARTICLE).partition("#")[0]
    slug = iri.removeprefix(ID).partition("/")[2] if iri.startswith(ID) else ""
    return slug.partition("--")[0] if "--" in slug else None


def register_of(iri: str) -> str | None:
    """Return the stem of the register that a thing belongs into."""
    return REGISTERS.get(kind_of(iri)) if article_of(iri) is None else None


def articles_in(things: Things) -> set[str]:
    """Return the slugs of the articles that *things* describe."""
    mark = (RDF.type, f"<{LCK.Article}>")
    return {iri.removeprefix(_ARTICLE) for iri, block in things.items() if mark in block}


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _PLAIN.get(code, code)
