"""The SPARQL editor: a query in a field, its answer as a table under it; it needs no JavaScript."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from laichau_kg._terms import read_graph
from laichau_kg.answers import BooleanAnswer, read_json
from laichau_kg.errors import ParameterError, QueryError, SparqlSyntaxError, UpdateRefusedError
from laichau_kg.queries import Query
from laichau_kg.report import compact
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.vocab import PREFIXES
from laichau_kg.web.failing import said
from laichau_kg.web.rendering import Page
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["SHOWN", "Complaint", "Outcome", "editor", "example_text"]

SHOWN: Final = 30
"""Rows that the page shows; the downloads have them all."""

_START: Final = """\
SELECT ?official ?name WHERE {
  ?official a lck:Official ;
    foaf:name ?name .
}
ORDER BY ?name
"""
_DOWNLOADS: Final = {
    "rows": (("csv", "CSV"), ("tsv", "TSV"), ("json", "JSON"), ("xml", "XML")),
    "boolean": (("json", "JSON"), ("xml", "XML")),
    "graph": (
        ("ttl", "Turtle"),
        ("json-ld", "JSON-LD"),
        ("nt", "N-Triples"),
        ("rdf", "RDF/XML"),
        ("trig", "TriG"),
    ),
}
_LONGEST: Final = 300
_PLACE: Final = re.compile(r"^line \d+, column \d+: ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the engine answered, cut off for the page.

    Attributes:
        kind: "rows", "graph" or "boolean".
        body: SPARQL results in JSON; of a graph, N-Triples.
        truncated: Whether there is more than the page shows.
    """

    kind: str
    body: bytes
    truncated: bool


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why there is no answer.

    Attributes:
        error: What is wrong.
        line: Where in the query, if that is known.
        column: Likewise.
    """

    error: Exception
    line: int | None = None
    column: int | None = None

    @property
    def detail(self) -> str:
        """What the engine says of the text, in English; "" where it says nothing of the text."""
        of_text = isinstance(self.error, SparqlSyntaxError | UpdateRefusedError)
        return _PLACE.sub("", str(self.error)) if of_text or type(self.error) is QueryError else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as the page shows it.

    Attributes:
        text: Its text; an IRI with its prefix.
        iri: Where it leads, if anywhere.
        lang: Its language, or "".
        kind: "number" for a number, else "".
    """

    text: str
    iri: str = ""
    lang: str = ""
    kind: str = ""


def editor(
    service: Service,
    lang: str,
    query: str | None,
    *,
    asked: Sequence[tuple[str, str]] = (),
    example: str = "",
    outcome: Outcome | None = None,
    complaint: Complaint | None = None,
) -> Page:
    """Make the editor's page.

    Args:
        service: What is served.
        lang: The page's language.
        query: The text to show; None for an example.
        asked: The request's fields, as the addresses of this very answer need them.
        example: The id of the canned question that is to be shown where there is no query.
        outcome: The answer.
        complaint: What is said in its place.
    """
    catalog = service.record.catalog
    if query is None:
        query = example_text(catalog.get(example), lang) if example in catalog else _START
    fields = list(asked) or ([("example", example)] if example in catalog else [])
    return Page(
        title=say("sparql.title", lang),
        template="sparql.html",
        values={
            "query": query,
            "height": min(30, max(10, query.count("\n") + 2)),
            "examples": [(one.id, one.title[lang]) for one in catalog.values()],
            "example": example,
            "prefixes": sorted(PREFIXES.items()),
            "limits": service.pool.limits,
            "complaint": said(service, complaint.error, lang) if complaint else "",
            "detail": complaint.detail if complaint else "",
            "misfit": _misfit(query, complaint) if complaint else None,
            "answer": _shown(outcome) if outcome else None,
            "downloads": _DOWNLOADS[outcome.kind] if outcome else (),
            "graphs": [(name, value) for name, value in asked if name != "query"],
        },
        address="/sparql" + (f"?{urlencode(fields)}" if fields else ""),
        description=say("sparql.lead", lang),
        robots=not asked,
    )


def example_text(question: Query, lang: str) -> str:
    """Return a canned question's SPARQL, its defaults filled in, as one may change it by hand."""
    values = {}
    for parameter in question.parameters:
        if parameter.name == "lang":
            values["lang"] = parameter.read(lang)
    try:
        return question.bind(values)
    except ParameterError:  # a blank that the reader must fill: its line says which
        return question.text


def _misfit(query: str, complaint: Complaint) -> Mapping[str, str] | None:
    """Cut the line that is complained of around the word that does not fit."""
    lines = query.split("\n")
    if complaint.line is None or complaint.column is None or complaint.line > len(lines):
        return None
    line = lines[complaint.line - 1].rstrip("\r")
    at = complaint.column - 1
    word = line[at:].split(maxsplit=1)[:1] if at < len(line) and not line[at].isspace() else []
    end = at + len(word[0]) if word else at
    return {
        "before": line[max(0, at - _LONGEST) : at],
        "word": line[at:end] or " ",
        "after": line[end:][:_LONGEST],
    }


def _shown(outcome: Outcome) -> Mapping[str, object]:
    if outcome.kind == "graph":
        columns: Sequence[str] = ("subject", "predicate", "object")
        rows: Sequence[Sequence[Term | None]] = list(read_graph(outcome.body))[:SHOWN]
    else:
        answer = read_json(outcome.body)
        if isinstance(answer, BooleanAnswer):
            return {"kind": "boolean", "value": answer.value}
        columns, rows = answer.columns, answer.rows
    cells = [[_cell(term) for term in row] for row in rows]
    numeric = [
        bool(cells) and all(row[place].kind == "number" for row in cells) for place in range(len(columns))
    ]
    return {
        "kind": outcome.kind,
        "heads": [
            (name, "number") if number else name for name, number in zip(columns, numeric, strict=True)
        ],
        "rows": cells,
        "truncated": outcome.truncated,
    }


def _cell(term: Term | None) -> Cell:
    if term is None:
        return Cell("")
    if isinstance(term, Iri):
        follows = term.value.startswith(("http://", "https://"))
        return Cell(_cut(compact(term.value)), iri=term.value if follows else "")
    if isinstance(term, Literal):
        number = not isinstance(term.to_python(), str | bool)
        return Cell(_cut(term.value), lang=term.language or "", kind="number" if number else "")
    return Cell(term.n3())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
