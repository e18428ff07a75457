"""What a store answers: a table, a graph or yes and no, and the forms they are handed on in.

Tables follow the W3C's SPARQL 1.1 Query Results in JSON and in CSV and TSV.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from laichau_kg.errors import OutputError
from laichau_kg.terms import XSD, BlankNode, Iri, Literal, Term
from laichau_kg.vocab import PREFIXES

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["GRAPH_FORMS", "Answer", "AnyAnswer", "BooleanAnswer", "GraphAnswer", "read_json"]

GRAPH_FORMS: Final = ("ttl", "nt", "jsonld")

Row = tuple[Term | None, ...]
Triple = tuple[Iri | BlankNode, Iri, Term]

_MARKDOWN = re.compile(r"([\\|*_`\[\]<])")
_BREAK = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a SELECT query: columns, and rows of terms; None where a cell is empty."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def column(self, name: str) -> list[Term | None]:
        """Return the cells of one column.

        Raises:
            KeyError: there is no such column.
        """
        if name not in self.columns:
            raise KeyError(name)
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def records(self) -> list[dict[str, str | int | Decimal | bool | None]]:
        """Return a dict a row: numbers as Python has them, IRIs and all else as text."""
        return [
            {name: _python(term) for name, term in zip(self.columns, row, strict=True)} for row in self.rows
        ]

    def to_json(self) -> str:
        """Write SPARQL 1.1 Query Results JSON."""
        bindings = [
            {name: _binding(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        return _json({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}})

    def to_csv(self) -> str:
        """Write SPARQL 1.1 Query Results CSV: bare values; lines end in CR LF."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(self.columns)
        if len(self.columns) == 1:  # csv would write a lone empty cell as ""
            for (term,) in self.rows:
                text = "" if term is None else str(term)
                writer.writerow([text] if text else [])
        else:
            writer.writerows(["" if term is None else str(term) for term in row] for row in self.rows)
        return buffer.getvalue()

    def to_tsv(self) -> str:
        """Write SPARQL 1.1 Query Results TSV: terms in full, language tags and datatypes kept."""
        head = "\t".join("?" + name for name in self.columns)
        rows = ("\t".join("" if term is None else term.n3() for term in row) for row in self.rows)
        return "".join(line + "\n" for line in (head, *rows))

    def to_markdown(self) -> str:
        """Write a GitHub Markdown table; IRIs become links to themselves, numbers stand right."""
        right = [bool(self.rows) and all(map(_is_number, cells)) for cells in zip(*self.rows, strict=True)]
        right = right or [False] * len(self.columns)
        lines = [map(_plain_markdown, self.columns), ("---:" if number else "---" for number in right)]
        lines += [map(_markdown, row) for row in self.rows]
        return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)

    def to_pandas(self) -> "DataFrame":
        """Return a pandas DataFrame of `records`.

        Raises:
            OutputError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - an extra that few need
        except ImportError as error:
            raise OutputError(
                "pandas is not installed; get it with: pip install 'laichau-kg[pandas]'."
            ) from error
        return pd.DataFrame(self.records(), columns=list(self.columns))


@dataclass(frozen=True, slots=True)
class BooleanAnswer:
    """The answer to an ASK query."""

    value: bool

    def __bool__(self) -> bool:
        """Give the answer itself."""
        return self.value

    def to_json(self) -> str:
        """Write SPARQL 1.1 Query Results JSON."""
        return _json({"head": {}, "boolean": self.value})

    def __str__(self) -> str:
        """Write ``true`` or ``false``."""
        return "true" if self.value else "false"


@dataclass(frozen=True, slots=True)
class GraphAnswer:
    """The answer to a CONSTRUCT or DESCRIBE query: triples, each once, sorted."""

    triples: tuple[Triple, ...]

    def __len__(self) -> int:
        """Count the triples."""
        return len(self.triples)

    def __iter__(self) -> Iterator[Triple]:
        """Yield the triples."""
        return iter(self.triples)

    def to(self, form: str) -> str:
        """Write the graph as ``ttl``, ``nt`` or ``jsonld``.

        Raises:
            OutputError: *form* is none of these.
        """
        if form == "nt":
            return self.to_nt()
        if form == "ttl":
            return self._serialised("TURTLE")
        if form == "jsonld":
            return self._serialised("JSON_LD")
        raise OutputError(f"A graph cannot be written as {form!r}; choose one of {', '.join(GRAPH_FORMS)}.")

    def to_nt(self) -> str:
        """Write N-Triples."""
        return "".join(f"{subj.n3()} {pred.n3()} {obj.n3()} .\n" for subj, pred, obj in self.triples)

    def _serialised(self, form: str) -> str:
        import pyoxigraph as ox  # noqa: PLC0415 - tables need it not; its types stay in here

        text = self.to_nt()
        used = {name: iri for name, iri in PREFIXES.items() if f"<{iri}" in text}
        quads = ox.parse(text, format=ox.RdfFormat.N_TRIPLES)
        triples = (quad.triple for quad in quads)
        written = ox.serialize(triples, format=getattr(ox.RdfFormat, form), prefixes=used)
        return (written or b"").decode()


AnyAnswer = Answer | BooleanAnswer | GraphAnswer


def read_json(body: bytes) -> Answer | BooleanAnswer:
    """Read SPARQL 1.1 Query Results JSON, and the older form of it that Virtuoso writes.

    Raises:
        ValueError: it is not whole, or not this format.
    """
    document = json.loads(body)
    try:
        if "boolean" in document:
            return BooleanAnswer(value=bool(document["boolean"]))
        columns = tuple(document["head"]["vars"])
        rows = tuple(
            tuple([_read_term(binding[name]) if name in binding else None for name in columns])
            for binding in document["results"]["bindings"]
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no SPARQL results: {error!r}") from error
    return Answer(columns, rows)


def _read_term(binding: dict[str, str]) -> Term:
    kind, value = binding["type"], binding["value"]
    if kind == "uri":
        # Virtuoso gives blank nodes as IRIs of a scheme of its own.
        return BlankNode(value.removeprefix("nodeID://")) if value.startswith("nodeID://") else Iri(value)
    if kind == "bnode":
        return BlankNode(value.removeprefix("nodeID://"))
    if "xml:lang" in binding:
        return Literal(value, language=binding["xml:lang"].lower())
    return Literal(value, binding.get("datatype", XSD + "string")).canonical()


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype != XSD + "string":
        binding["datatype"] = term.datatype
    return binding


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _python(term: Term | None) -> str | int | Decimal | bool | None:
    if term is None:
        return None
    return term.to_python() if isinstance(term, Literal) else str(term)


def _is_number(term: Term | None) -> bool:
    return isinstance(term, Literal) and isinstance(term.to_python(), int | Decimal)


def _markdown(term: Term | None) -> str:
    if term is None:
        return ""
    return term.n3() if isinstance(term, Iri) else _plain_markdown(str(term))


def _plain_markdown(text: str) -> str:
    return _BREAK.sub("<br>", _MARKDOWN.sub(r"\\\1", text))
