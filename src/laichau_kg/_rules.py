"""The shapes, made ready for the two engines that judge by them.

Core constraints go to pySHACL, ``sh:sparql`` constraints to Oxigraph. Both
come from the same files, and each rule is written there once; also what it
reads of other things than the one it judges (``lcs:follows``), so that a
check of few things need not look at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, Graph

from laichau_kg._pyshacl import Converted, QuickStore, to_graph
from laichau_kg._reading import AnyTerm, Node, Statement, read_file
from laichau_kg._sharing import Pair
from laichau_kg._walk import Reads, Step, Targets
from laichau_kg.errors import DataError
from laichau_kg.report import Severity, compact
from laichau_kg.vocab import LCS

__all__ = ["JUDGES", "Rules", "SparqlRule", "load_rules"]

JUDGES: Final = "urn:laichau:judges:"

_HEAD: Final = re.compile(r"\bWHERE\s*\{")
_SEVERITIES: Final[dict[str, Severity]] = {
    str(SH.Violation): "violation",
    str(SH.Warning): "warning",
    str(SH.Info): "info",
}
_SH: Final = {
    name: ox.NamedNode(str(SH[name]))
    for name in (
        "alternativePath",
        "closed",
        "declare",
        "ignoredProperties",
        "inversePath",
        "message",
        "namespace",
        "path",
        "prefix",
        "prefixes",
        "property",
        "select",
        "severity",
        "sparql",
        "targetObjectsOf",
    )
}
_TARGETS: Final = tuple(
    ox.NamedNode(str(kind))
    for kind in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
)
_VALIDATORS: Final = {ox.NamedNode(str(SH[f"{kind}alidator"])) for kind in ("v", "nodeV", "propertyV")}
_NOT_FOR_CORE: Final = {
    *(_SH[name] for name in ("declare", "message", "namespace", "prefix", "prefixes", "select", "severity")),
    *(_SH[name] for name in ("ignoredProperties", "sparql")),
    ox.NamedNode(str(RDFS.comment)),
    *_TARGETS,
}
_TYPE: Final = ox.NamedNode(str(RDF.type))
_FIRST: Final = ox.NamedNode(str(RDF.first))
_REST: Final = ox.NamedNode(str(RDF.rest))
_NIL: Final = ox.NamedNode(str(RDF.nil))
_NODE_SHAPE: Final = ox.NamedNode(str(SH.NodeShape))
_FOLLOWS: Final = ox.NamedNode(LCS + "follows")
_COMPARES: Final = ox.NamedNode(LCS + "compares")
_TOGETHER: Final = ox.NamedNode(LCS + "together")
_THIS_HAS: Final = ox.NamedNode(LCS + "thisHas")
_OTHER_HAS: Final = ox.NamedNode(LCS + "otherHas")
_NO_SHAPE: Final = {_FIRST, _SH["inversePath"], _SH["alternativePath"], _SH["select"], _SH["namespace"]}
_NO_TEXT: Final = ox.Literal("")
_PATH_SIGNS: Final = {
    ox.NamedNode(str(SH.inversePath)): "^{}",
    ox.NamedNode(str(SH.zeroOrMorePath)): "{}*",
    ox.NamedNode(str(SH.oneOrMorePath)): "{}+",
    ox.NamedNode(str(SH.zeroOrOnePath)): "{}?",
}


@dataclass(frozen=True, slots=True)
class SparqlRule:
    """A ``sh:sparql`` constraint of a node shape.

    Attributes:
        rule: IRI of the constraint.
        shape: IRI of the node shape.
        select: The query with its prefixes; ``$this`` is free in it.
        at: Where in *select* the outermost group begins.
        reads: The ways by which it comes to other things, beside the values of the thing's properties.
    """

    rule: str
    shape: str
    select: str
    at: int
    reads: tuple[Reads, ...] = ()

    def restricted(self, pattern: str) -> str:
        """Return the query with *pattern* at the head of its outermost group."""
        return f"{self.select[: self.at]} {pattern} {self.select[self.at :]}"


class Rules:
    """The shapes of some files."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = list(statements)
        self._blocks: dict[AnyTerm, dict[ox.NamedNode, list[AnyTerm]]] = {}
        for subject, predicate, value in self._statements:
            self._blocks.setdefault(subject, {}).setdefault(predicate, []).append(value)
        self.sparql = tuple(sorted(self._sparql_rules(), key=lambda rule: rule.rule))

    @cached_property
    def shapes(self) -> Graph:
        """All shapes, as they are written."""
        return to_graph(self._statements)

    @cached_property
    def core(self) -> Graph:
        """The shapes as pySHACL gets them: core constraints, on the things that we tell it to judge.

        Each property shape gets the targets of its node shape. SHACL gives the same results for a property
        shape that a node shape names and for one with the same targets of its own; but pySHACL then judges
        all focus nodes in one go, instead of building the shape anew for each. What the targets are is
        worked out here and handed over: the objects of `JUDGES` and the node shape's IRI.
        """
        return to_graph(self._core(), store=QuickStore(), terms=self.terms)

    @cached_property
    def terms(self) -> Converted:
        """The shapes' terms as rdflib has them; the data's are best the same objects."""
        return Converted.of_shacl()

    @cached_property
    def targeted(self) -> tuple[str, ...]:
        """The IRIs of the shapes that have targets."""
        return tuple(
            sorted(
                subject.value
                for subject, block in self._blocks.items()
                if any(kind in block for kind in _TARGETS)
            )
        )

    @cached_property
    def backward(self) -> dict[str, tuple[ox.NamedNode, ...]]:
        """The properties that core constraints of a node shape follow backward, by the shape's IRI."""
        found = {}
        for shape in self.targeted:
            block = self._blocks[ox.NamedNode(shape)]
            reached, waiting = set[AnyTerm](), list(block.get(_SH["property"], ()))
            while waiting:
                node = waiting.pop()
                if node not in reached:
                    reached.add(node)
                    waiting += (value for values in self._blocks.get(node, {}).values() for value in values)
            paths = {
                path
                for node in reached
                for path in self._blocks.get(node, {}).get(_SH["inversePath"], ())
                if isinstance(path, ox.NamedNode)
            }
            if paths:
                found[shape] = tuple(sorted(paths, key=str))
        return found

    @cached_property
    def read_of_values(self) -> frozenset[ox.NamedNode]:
        """The properties that core constraints read of the values of a thing: their class, their list, …."""
        top = {
            part
            for shape in self.targeted
            for part in self._blocks[ox.NamedNode(shape)].get(_SH["property"], ())
        }
        found = {_TYPE}
        for subject, block in self._blocks.items():
            for path in block.get(_SH["path"], ()):
                if isinstance(path, ox.NamedNode):
                    found |= set() if subject in top else {path}
                elif _FIRST in self._blocks.get(path, {}):
                    found |= {part for part in list(self._list(path))[1:] if isinstance(part, ox.NamedNode)}
        return frozenset(found)

    def message(self, *rules: str) -> dict[str, str]:
        """Return the messages, by language, of the first of *rules* that has any."""
        for rule in rules:
            texts = self._blocks.get(_node(rule), {}).get(_SH["message"], ())
            found = {text.language or "en": text.value for text in texts if isinstance(text, ox.Literal)}
            if found:
                return dict(sorted(found.items()))
        return {}

    def severity(self, shape: str) -> Severity:
        """Return the severity of what *shape* finds; SHACL's default is a violation."""
        found = self._value(_node(shape), _SH["severity"])
        return _SEVERITIES.get(found.value if found else "", "violation")

    def path(self, shape: str) -> str | None:
        """Write the path of a property shape: an IRI, or a SPARQL path of prefixed names."""
        found = self._value(_node(shape), _SH["path"])
        if found is None or isinstance(found, ox.NamedNode):
            return None if found is None else found.value
        return self._written_path(found)

    def targets(self, shape: str) -> Targets:
        """Return what the node shape *shape* judges."""
        block = self._blocks.get(_node(shape), {})
        classes, subjects_of, objects_of, _ = (
            tuple(sorted(target.value for target in block.get(kind, ()))) for kind in _TARGETS
        )
        return Targets(classes, subjects_of, objects_of)

    def _written_path(self, node: AnyTerm) -> str:
        if isinstance(node, ox.NamedNode):
            return compact(node.value)
        for predicate, values in self._blocks.get(node, {}).items():
            if predicate == _SH["alternativePath"]:
                return "(" + "|".join(self._written_path(part) for part in self._list(values[0])) + ")"
            if predicate in _PATH_SIGNS:
                return _PATH_SIGNS[predicate].format(self._written_path(values[0]))
        return "/".join(self._written_path(part) for part in self._list(node))

    def _value(self, subject: AnyTerm, predicate: ox.NamedNode) -> AnyTerm | None:
        return next(iter(self._blocks.get(subject, {}).get(predicate, ())), None)

    def _list(self, head: AnyTerm) -> Iterator[AnyTerm]:
        node: AnyTerm | None = head
        while node is not None and node != _NIL:
            first = self._value(node, _FIRST)
            if first is not None:
                yield first
            node = self._value(node, _REST)

    def _core(self) -> Iterator[Statement]:
        numbers = count()
        targeted = {ox.NamedNode(shape) for shape in self.targeted}
        movable = targeted - {value for _, _, value in self._statements}  # the others are parts of shapes
        for subject, predicate, value in self._statements:
            if predicate == _SH["property"] and subject in movable:
                yield _thing(value), _SH["targetObjectsOf"], ox.NamedNode(JUDGES + subject.value)
            elif predicate not in _NOT_FOR_CORE:
                yield subject, predicate, value
        for shape in targeted:
            yield shape, _SH["targetObjectsOf"], ox.NamedNode(JUDGES + shape.value)
        for term, block in self._blocks.items():
            if not block.keys() & _NO_SHAPE:
                # Without a message pySHACL makes one up for each result; ours are looked up in the shapes.
                yield _thing(term), _SH["message"], _NO_TEXT
            for head in block.get(_SH["ignoredProperties"], ()):
                # What a closed shape allows is read off its property shapes, which it no longer names.
                paths = {self._value(part, _SH["path"]) for part in block.get(_SH["property"], ())}
                allowed = {*self._list(head), *(path for path in paths if isinstance(path, ox.NamedNode))}
                nodes: list[Node] = [ox.BlankNode(f"allowed{next(numbers)}") for _ in allowed]
                ends: list[Node] = [*nodes[1:], _NIL]
                yield _thing(term), _SH["ignoredProperties"], nodes[0] if nodes else _NIL
                for node, part, rest in zip(nodes, sorted(allowed, key=str), ends, strict=True):
                    yield node, _FIRST, part
                    yield node, _REST, rest

    def _sparql_rules(self) -> Iterator[SparqlRule]:
        for shape, block in self._blocks.items():
            if not block.keys().isdisjoint(_VALIDATORS):
                raise DataError(
                    f"{compact(shape.value)}: a constraint component of one's own is not taken, as pySHACL"
                    " would run its queries; write a sh:sparql constraint."
                )
            for constraint in block.get(_SH["sparql"], ()):
                select = self._value(constraint, _SH["select"])
                found = _HEAD.search(select.value) if select else None
                if (
                    _NODE_SHAPE not in block.get(_TYPE, ())
                    or not isinstance(constraint, ox.NamedNode)
                    or not select
                    or not found
                ):
                    raise DataError(
                        f"{compact(shape.value)}: a sh:sparql constraint has an IRI, belongs to a node shape,"
                        " and its query is SELECT … WHERE { … }."
                    )
                prologue = "".join(
                    f"PREFIX {self._text(declared, 'prefix')}: <{self._text(declared, 'namespace')}>\n"
                    for prefixes in self._blocks[constraint].get(_SH["prefixes"], ())
                    for declared in self._blocks.get(prefixes, {}).get(_SH["declare"], ())
                )
                at = len(prologue) + found.end()
                reads = tuple(self._reads(constraint))
                yield SparqlRule(constraint.value, shape.value, prologue + select.value, at, reads)

    def _text(self, subject: AnyTerm, name: str) -> str:
        found = self._value(subject, _SH[name])
        return found.value if found else ""

    def _reads(self, constraint: ox.NamedNode) -> Iterator[Reads]:
        for head in self._blocks[constraint].get(_FOLLOWS, ()):
            yield Reads(self._steps(constraint, head))
        for compared in self._blocks[constraint].get(_COMPARES, ()):
            block = self._blocks.get(compared, {})
            shared = tuple(
                part
                for together in block.get(_TOGETHER, ())
                for part in self._list(together)
                if isinstance(part, ox.NamedNode)
            )
            this, other = self._pairs(block.get(_THIS_HAS, ())), self._pairs(block.get(_OTHER_HAS, ()))
            for head in block.get(_FOLLOWS, ()):
                yield Reads(self._steps(constraint, head), shared, this, other)

    def _pairs(self, nodes: Iterable[AnyTerm]) -> frozenset[Pair]:
        return frozenset(
            (predicate, value)
            for node in nodes
            for predicate, values in self._blocks.get(node, {}).items()
            for value in values
        )

    def _steps(self, constraint: ox.NamedNode, head: AnyTerm) -> tuple[Step, ...]:
        steps = []
        for part in self._list(head):
            inverse = self._value(part, _SH["inversePath"])
            predicate = inverse or part
            if not isinstance(predicate, ox.NamedNode):
                raise DataError(
                    f"{compact(constraint.value)}: a step of lcs:follows is a property, or"
                    " [ sh:inversePath … ] of one."
                )
            steps.append(Step(predicate, inverse is not None))
        return tuple(steps)


def load_rules(files: Sequence[Path], *, of_few: bool = False) -> Rules:
    """Read the shapes in *files*.

    Args:
        files: Turtle files.
        of_few: Things will be judged without looking at all others, so the rules must say what they read.

    Raises:
        TurtleError: a file is no valid Turtle.
        DataError: a constraint is not written as the checker needs it.
    """
    rules = Rules(statement for path in files for statement in read_file(path).statements)
    if of_few and rules.sparql and not any(rule.reads for rule in rules.sparql):
        raise DataError(
            f"{files[0].parent}: no rule says what it reads of other things (lcs:follows); these shapes are"
            " of an older version, take those of this one."
        )
    return rules


def _thing(term: AnyTerm) -> Node:
    assert not isinstance(term, ox.Literal)  # noqa: S101 - a shape is no literal
    return term


def _node(name: str) -> Node:
    return ox.NamedNode(name) if ":" in name else ox.BlankNode(name)
