"""Requests of the SPARQL 1.1 Protocol, read and judged: section 2 of the recommendation.

Whatever is wrong with a request is said with the status that fits; what the
query itself says is left to the engine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.types import Receive

from laichau_kg.web.negotiate import FORMS, choose

__all__ = [
    "GRAPH_FORMS",
    "METHODS",
    "ROW_FORMS",
    "Accepted",
    "Operation",
    "accepted",
    "header_of",
    "read_operation",
]

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")

ROW_FORMS: Final = {"srj": "json", "srx": "xml", "csv": "csv", "tsv": "tsv"}
"""The forms of rows: the suffix by which `negotiate` knows each, and the engine's name of it."""

GRAPH_FORMS: Final = ("ttl", "jsonld", "nt", "rdf", "trig")
"""The forms of graphs; the suffixes are the engine's names, too."""

_HTML: Final = "html"
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 1000
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]*)", re.IGNORECASE)
# What clients write after format=; SPARQLWrapper sends it beside the Accept header.
_NAMED: Final[dict[str, tuple[str, ...]]] = {
    "json": ("srj", "jsonld"),
    "xml": ("srx", "rdf"),
    "csv": ("csv",),
    "tsv": ("tsv",),
    "turtle": ("ttl",),
    "ttl": ("ttl",),
    "n3": ("ttl",),
    "json-ld": ("jsonld",),
    "jsonld": ("jsonld",),
    "nt": ("nt",),
    "n-triples": ("nt",),
    "ntriples": ("nt",),
    "rdf": ("rdf",),
    "rdf+xml": ("rdf",),
    "trig": ("trig",),
    "html": (_HTML,),
}


class Operation(NamedTuple):
    """What a request asks.

    Attributes:
        query: The query's text; None where the request has none.
        default: The graphs whose union is to be the default graph.
        named: The named graphs.
        format: A form by the name that clients give it, or "".
        example: The id of a canned question whose text the editor is to show, or "".
    """

    query: str | None
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    format: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The forms in which an answer may come.

    Attributes:
        html: Whether a page is wanted most.
        rows: The form of rows, by the suffix that `negotiate` knows; None where none will do.
        graph: The form of a graph, likewise.
        types: The content type of each of them.
    """

    html: bool
    rows: str | None
    graph: str | None
    types: Mapping[str, str]


async def read_operation(scope: Mapping[str, Any], receive: Receive, most: int) -> Operation:
    """Read a request.

    Args:
        scope: Method, headers and query string, as ASGI has them.
        receive: Gives the body.
        most: Bytes that a query, or a body, may have.

    Raises:
        HTTPException: the request breaks the protocol, is too long, or wants an update.
    """
    query_string: bytes = scope["query_string"]
    if len(query_string) > 3 * most:
        raise HTTPException(414, f"The address is longer than {3 * most} bytes; send the query by POST.")
    fields = _fields(query_string, "The address's query string")
    method = scope["method"]
    if method == "POST":
        kind = _content_type(scope)
        body = await _body(scope, receive, most if kind == _QUERY else 3 * most)
        if kind == _QUERY:
            fields.append(("query", _text(body, "The body")))
        elif kind == _FORM:
            fields += _fields(body, "The body")
        elif kind == _UPDATE:
            raise _refused()
        else:
            raise HTTPException(
                415, f"A query is posted as {_QUERY} or {_FORM}, not as {kind or 'nothing in particular'}."
            )
    elif method not in METHODS:
        raise HTTPException(
            405, f"Queries are sent by GET or POST, not by {method[:20]}.", {"allow": ", ".join(METHODS)}
        )
    return _operation(fields, most)


@lru_cache(256)
def accepted(accept: str, format: str) -> Accepted:  # noqa: A002 - the parameter's name on the wire
    """Choose the forms of an answer.

    Args:
        accept: The header.
        format: What the request says of the form beside it; it goes first where it is known.
    """
    if "/" in format:
        accept, format = format.replace(" ", "+"), ""  # noqa: A001 - as above
    asked = _NAMED.get(format.lower(), ())
    best = choose(accept, (*ROW_FORMS, *GRAPH_FORMS, _HTML))
    html = _HTML in asked if asked else best is not None and best.suffix == _HTML
    types: dict[str, str] = {}
    chosen: list[str | None] = []
    for offers in (tuple(ROW_FORMS), GRAPH_FORMS):
        wanted = [suffix for suffix in asked if suffix in offers]
        choice = None if wanted else choose(accept, offers)
        if choice is None and (html or (asked and not wanted)):
            wanted = [offers[0]]
        suffix = wanted[0] if wanted else (choice.suffix if choice else None)
        if suffix:
            types[suffix] = choice.content_type if choice else FORMS[suffix].content_type
        chosen.append(suffix)
    return Accepted(html, chosen[0], chosen[1], types)


def _operation(fields: list[tuple[str, str]], most: int) -> Operation:
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise _refused()
    queries = given.get("query", ())
    if len(queries) > 1:
        raise HTTPException(400, f"The request has {len(queries)} queries; send one at a time.")
    default, named = given.get("default-graph-uri", ()), given.get("named-graph-uri", ())
    if not queries and (default or named):
        raise HTTPException(400, "The request names graphs and has no query; send one as 'query'.")
    if queries and len(queries[0].encode()) > most:
        raise HTTPException(413, f"The query is longer than {most} bytes.")
    return Operation(
        queries[0] if queries else None,
        tuple(default),
        tuple(named),
        given.get("format", ("",))[-1],
        given.get("example", ("",))[-1],
    )


def _refused() -> HTTPException:
    return HTTPException(
        403,
        "This endpoint only reads. Facts enter the record as Turtle files, which laichau accept takes in.",
    )


def _content_type(scope: Mapping[str, Any]) -> str:
    header = header_of(scope, b"content-type")
    charset = _CHARSET.search(header)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise HTTPException(415, f"SPARQL is sent in UTF-8, not in {charset[1][:40]}.")
    return header.partition(";")[0].strip().lower()


async def _body(scope: Mapping[str, Any], receive: Receive, most: int) -> bytes:
    length = header_of(scope, b"content-length")
    if length.isdigit() and int(length) > most:
        raise _too_long(most)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "The request ended before its body was whole.")
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_long(most)
        if not message.get("more_body"):
            return bytes(body)


def _too_long(most: int) -> HTTPException:
    return HTTPException(413, f"The request's body is longer than {most} bytes.", {"connection": "close"})


def header_of(scope: Mapping[str, Any], name: bytes) -> str:
    """Return a header of a request, or ""."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return ""


def _fields(raw: bytes, where: str) -> list[tuple[str, str]]:
    """Read fields as the URL Standard has them, an empty value too; in half the time of parse_qsl."""
    parts = raw.split(b"&")
    if len(parts) > _MOST_FIELDS:
        raise HTTPException(400, f"{where} has more than {_MOST_FIELDS} fields.")
    pairs = (part.replace(b"+", b" ").partition(b"=") for part in parts if part)
    return [
        (_text(unquote_to_bytes(name), where), _text(unquote_to_bytes(value), where))
        for name, _, value in pairs
    ]


def _text(raw: bytes, where: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(where) from error


def _not_utf8(where: str) -> HTTPException:
    return HTTPException(400, f"{where} is not UTF-8.")
