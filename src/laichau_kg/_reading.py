"""Read RDF files for the checker: whatever is wrong with one is said with file, line and column.

Nothing is fetched: a JSON-LD context elsewhere, say, is an error.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from laichau_kg.errors import TurtleError

__all__ = ["LARGEST", "SUFFIXES", "AnyTerm", "Node", "ParsedFile", "Statement", "parse_text", "read_file"]

Node = ox.NamedNode | ox.BlankNode
AnyTerm = ox.NamedNode | ox.BlankNode | ox.Literal
Statement = tuple[Node, ox.NamedNode, AnyTerm]

LARGEST: Final = 50 * 2**20
SUFFIXES: Final = {
    ".ttl": "TURTLE",
    ".trig": "TRIG",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".jsonld": "JSON_LD",
}


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """One file and its statements, literals spelled as the file has them."""

    path: Path
    text: str
    statements: tuple[Statement, ...]


def read_file(path: Path, *, largest: int = LARGEST) -> ParsedFile:
    """Read the RDF file *path*, in the form that its suffix names.

    Args:
        path: A ``.ttl``, ``.trig``, ``.nt``, ``.nq`` or ``.jsonld`` file.
        largest: Refuse files of more bytes than this.

    Raises:
        TurtleError: there is no such file, it is too large, not UTF-8, or no valid RDF.
    """
    name = str(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise TurtleError(f"facts are read from files that end in {known}; rename or convert it.", path=name)
    return parse_text(_read_text(path, largest), path)


def parse_text(text: str, path: Path) -> ParsedFile:
    """Parse RDF that stands, or is to stand, in the file *path*, in the form that its suffix names.

    Raises:
        TurtleError: it is no valid RDF.
    """
    name = str(path)
    form = getattr(ox.RdfFormat, SUFFIXES[path.suffix.lower()])
    try:
        quads = list(ox.parse(text.encode(), format=form, rename_blank_nodes=True))
    except SyntaxError as error:
        raise TurtleError(_reason(error), path=name, line=error.lineno, column=error.offset) from error
    except (ValueError, RuntimeError, OSError) as error:
        raise TurtleError(str(error), path=name) from error
    return ParsedFile(path, text, tuple(_statement(quad, name) for quad in quads))


def _statement(quad: ox.Quad, path: str) -> Statement:
    if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
        raise TurtleError("a triple term of RDF 1.2; facts are written in RDF 1.1.", path=path)
    return quad.subject, quad.predicate, quad.object


def _read_text(path: Path, largest: int) -> str:
    name = str(path)
    try:
        size = path.stat().st_size
        if size > largest:
            raise TurtleError(
                f"{size / 2**20:.1f} MB, but at most {largest / 2**20:.1f} MB are read; split the file.",
                path=name,
            )
        data = path.read_bytes()
    except OSError as error:
        raise TurtleError(f"cannot be read: {error.strerror or error}.", path=name) from error
    if data.startswith(b"\xef\xbb\xbf"):
        raise TurtleError(
            "starts with a byte order mark; save the file as UTF-8 without one.", path=name, line=1
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise TurtleError(
            f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8.",
            path=name,
            line=line,
            column=column,
        ) from error


def _reason(error: SyntaxError) -> str:
    message = str(error.msg)
    if "LoadDocumentCallback" in message:
        return "the JSON-LD context lies elsewhere, and nothing is fetched; write the context into the file."
    _, found, reason = message.partition(": ")
    return reason if found and message.startswith("Parser error") else message
