"""Turtle: the one canonical form that all machine-written files have.

One block a subject, one predicate a line, the dot alone on the last line,
prefixes sorted and only those used.  In an article's file ``BASE`` is the
article's IRI, so that its evidence reads ``<#char=120,131>``.  Numbers keep
the spelling they came with.  Blank nodes are refused: every fact can be
linked to.
"""

import re
from typing import TYPE_CHECKING

from laichau_kg.errors import DataError, TurtleError
from laichau_kg.vocab import LCK, PREFIXES, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Literal, NamedNode, Triple

__all__ = ["format_turtle", "written_iri"]

_XSD = PREFIXES["xsd"]
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_EVIDENCE = re.compile(r"#char=(\d+),(\d+)$")
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?\d+"),
    _XSD + "decimal": re.compile(r"[+-]?\d*\.\d+"),
    _XSD + "boolean": re.compile(r"true|false"),
}
_FIRST = [
    RDF.type,
    *(PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "definition")),
    *(PREFIXES["dcterms"] + name for name in ("title", "description", "issued")),
    *(
        str(LCK) + name
        for name in ("indicator", "area", "period", "status", "measure", "value", "valueMax", "unit")
    ),
]
_LAST = [PREFIXES["skos"] + "note", PREFIXES["prov"] + "wasDerivedFrom"]


def format_turtle(text: str, *, path: str = "text") -> str:
    """Parse *text* as Turtle and write it in the canonical form.

    Args:
        text: A whole Turtle document.
        path: How to name it in an error.

    Raises:
        TurtleError: the text is no valid Turtle.
        DataError: it holds a blank node.
    """
    import pyoxigraph as ox  # noqa: PLC0415 - a slow import that few callers need

    try:
        triples = [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise TurtleError(str(error.msg), path=path, line=error.lineno, column=error.offset) from error
    return _Writer(triples, path).write()


class _Writer:
    def __init__(self, triples: "Iterable[Triple]", path: str) -> None:
        import pyoxigraph as ox  # noqa: PLC0415 - see above

        self._literal = ox.Literal
        self._used: set[str] = set()
        self._blocks: dict[str, dict[str, set[NamedNode | Literal]]] = {}
        self._base = ""
        for triple in triples:
            subject, node = triple.subject, triple.object
            if not isinstance(subject, ox.NamedNode) or not isinstance(node, ox.NamedNode | ox.Literal):
                raise DataError(f"{path}: a blank node; give it an IRI, so that it can be linked to.")
            self._blocks.setdefault(subject.value, {}).setdefault(triple.predicate.value, set()).add(node)
            if triple.predicate.value == RDF.type and node.value == LCK.Article:
                self._base = subject.value

    def write(self) -> str:
        body = [self._block(subject) for subject in sorted(self._blocks, key=self._subject_key)]
        head = [f"BASE <{self._base}>\n"] if self._base else []
        head += [f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(self._used)]
        return "\n".join(["".join(head), *body]) if head else "\n".join(body)

    def _subject_key(self, subject: str) -> tuple[int, int, int, str]:
        if subject == self._base:
            return (0, 0, 0, subject)
        evidence = _EVIDENCE.search(subject)
        return (1, int(evidence[1]), int(evidence[2]), subject) if evidence else (2, 0, 0, subject)

    def _block(self, subject: str) -> str:
        lines = [self._iri(subject)]
        block = self._blocks[subject]
        for predicate in sorted(block, key=_predicate_key):
            name = "a" if predicate == RDF.type else self._iri(predicate)
            objects = [self._object(node) for node in sorted(block[predicate], key=self._object_key)]
            if len(objects) == 1:
                lines.append(f"    {name} {objects[0]} ;")
            else:
                lines.append(f"    {name}")
                lines += [f"        {written} ," for written in objects[:-1]]
                lines.append(f"        {objects[-1]} ;")
        return "\n".join([*lines, ".", ""])

    def _object_key(self, node: "NamedNode | Literal") -> tuple[int, int, int, str, str]:
        if isinstance(node, self._literal):
            return (3, 0, 0, node.language or "", node.value)
        return (*self._subject_key(node.value), "")

    def _object(self, node: "NamedNode | Literal") -> str:
        if not isinstance(node, self._literal):
            return self._iri(node.value)
        datatype = node.datatype.value
        bare = _BARE.get(datatype)
        if bare and bare.fullmatch(node.value):
            return node.value
        quoted = str(self._literal(node.value))
        if node.language:
            return f"{quoted}@{node.language}"
        return quoted if datatype == _XSD + "string" else f"{quoted}^^{self._iri(datatype)}"

    def _iri(self, iri: str) -> str:
        written, prefix = written_iri(iri, self._base)
        if prefix:
            self._used.add(prefix)
        return written


def written_iri(iri: str, base: str = "") -> tuple[str, str]:
    """Write an IRI as the canonical form has it; tell which prefix that takes, if it takes one.

    >>> written_iri("https://w3id.org/laichau-kg/id/place/lai-chau")
    ('lc-place:lai-chau', 'lc-place')
    >>> written_iri("https://w3id.org/laichau-kg/id/article/a#char=1,2", "https://w3id.org/laichau-kg/id/article/a")
    ('<#char=1,2>', '')
    """
    if base and iri.startswith(base + "#"):
        return f"<{iri[len(base) :]}>", ""
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}", prefix
    return f"<{iri}>", ""


def _predicate_key(predicate: str) -> tuple[int, int, str]:
    if predicate in _FIRST:
        return (0, _FIRST.index(predicate), predicate)
    if predicate in _LAST:
        return (2, _LAST.index(predicate), predicate)
    return (1, 0, predicate)


_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
