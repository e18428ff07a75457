"""Judge statements by the shapes: core constraints with pySHACL, SPARQL constraints with Oxigraph.

pySHACL parses a SPARQL constraint anew for every focus node; Oxigraph runs it
once for all of them. The query is the same: ``$this`` stays free in it, and
the things to judge stand in a graph of their own, which is joined at its head.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef

from laichau_kg._pyshacl import Converted, QuickStore, to_graph, validate
from laichau_kg._reading import AnyTerm, Node, Statement
from laichau_kg._rules import JUDGES, Rules, SparqlRule
from laichau_kg._walk import Targets
from laichau_kg.report import Finding, compact
from laichau_kg.vocab import PREFIXES

__all__ = ["Statements", "judge", "read_report", "sorted_findings"]

_JUDGE: Final = ox.NamedNode("urn:laichau:judge")
_TARGETS: Final = ox.NamedNode("urn:laichau:targets")
_IS_JUDGED_BY: Final = ox.NamedNode("urn:laichau:is-judged-by")
_TYPE: Final = ox.NamedNode(str(RDF.type))
_SUBCLASS: Final = ox.NamedNode(str(RDFS.subClassOf))
_SPARQL_COMPONENT: Final = PREFIXES["sh"] + "SPARQLConstraintComponent"
_PLACEHOLDER: Final = re.compile(r"\{[?$](\w+)\}")


class Statements:
    """Statements to be judged, and those that they are judged with."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.store = ox.Store()
        self.by_subject: dict[Node, list[Statement]] = {}
        for statement in dict.fromkeys(statements):
            self.by_subject.setdefault(statement[0], []).append(statement)
        self.store.extend(ox.Quad(*statement) for block in self.by_subject.values() for statement in block)

    def objects(self, subject: Node, predicate: ox.NamedNode) -> Iterable[AnyTerm]:
        """Yield the values of a thing's property."""
        return (value for _, known, value in self.by_subject.get(subject, ()) if known == predicate)

    def instances(self, targets: Targets) -> set[AnyTerm]:
        """Return the focus nodes of *targets*, subclasses included."""
        found: set[AnyTerm] = set()
        classes = [ox.NamedNode(name) for name in targets.classes]
        seen = set(classes)
        while classes:
            current = classes.pop()
            found |= self._ends(_TYPE, current)
            below = {node for node in self._ends(_SUBCLASS, current) if isinstance(node, ox.NamedNode)} - seen
            seen |= below
            classes += below
        for name in targets.subjects_of:
            found |= self._ends(ox.NamedNode(name), None)
        for name in targets.objects_of:
            quads = self.store.quads_for_pattern(None, ox.NamedNode(name), None, None)
            found |= {quad.object for quad in quads if not isinstance(quad.object, ox.Triple)}
        return found

    def _ends(self, predicate: ox.NamedNode, value: ox.NamedNode | None) -> set[Node]:
        quads = self.store.quads_for_pattern(None, predicate, value, None)
        return {quad.subject for quad in quads if not isinstance(quad.subject, ox.Triple)}

    def closure(self, focus: set[Node]) -> Iterable[Statement]:
        """Yield what core constraints on *focus* read.

        That is all about these things, about what they name, of whatever
        names them, and the classes' order.
        """
        wanted: set[Node] = set(focus)
        for node in focus:
            values = (value for _, _, value in self.by_subject.get(node, ()))
            wanted.update(value for value in values if not isinstance(value, ox.Literal))
        for block in self.by_subject.values():
            for subject, predicate, value in block:
                if subject in wanted or value in focus or predicate == _SUBCLASS:
                    yield subject, predicate, value


def judge(
    rules: Rules,
    statements: Statements,
    focus: set[Node] | None = None,
    *,
    core: Iterable[Statement] | None = None,
    extra: Mapping[str, set[Node]] = MappingProxyType({}),
) -> list[Finding]:
    """Return what is wrong with some things.

    Args:
        rules: The shapes.
        statements: What is said of the things, and of those that the rules look at beside them.
        focus: The things; None means all.
        core: Those of the statements that core constraints read; not given, they are sought among all.
        extra: Things that only some SPARQL constraints judge, by the constraint's IRI.
    """
    judged = {}
    for shape in {*rules.targeted, *(rule.shape for rule in rules.sparql)}:
        nodes = statements.instances(rules.targets(shape))
        judged[shape] = nodes if focus is None else nodes & focus
    if core is None:
        every = chain.from_iterable(statements.by_subject.values())
        core = every if focus is None else statements.closure(focus)
    found = [*_judge_core(rules, core, judged), *_judge_sparql(rules, statements, judged, extra)]
    return list(dict.fromkeys(found))


def _judge_core(
    rules: Rules, core: Iterable[Statement], judged: Mapping[str, set[AnyTerm]]
) -> Iterable[Finding]:
    targets = (
        (_JUDGE, ox.NamedNode(JUDGES + shape), node) for shape, nodes in judged.items() for node in nodes
    )
    shapes, terms = rules.core, Converted(rules.terms)
    data = to_graph(chain(core, targets), store=QuickStore(), terms=terms)
    return read_report(rules, validate(data, shapes))


def read_report(rules: Rules, report: Graph) -> Iterable[Finding]:
    """Yield the findings of a ``sh:ValidationReport``; the messages are those of the shapes."""
    for result in set(report.objects(None, SH.result)):
        focus = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        path = report.value(result, SH.resultPath)
        shape = str(report.value(result, SH.sourceShape))
        constraint = report.value(result, SH.sourceConstraint)
        yield Finding(
            severity=rules.severity(shape),
            focus=_rdflib_name(focus),
            focus_label=_EMPTY,
            path=str(path) if isinstance(path, URIRef) else rules.path(shape),
            value=None if value is None or value == focus else _rdflib_name(value),
            message=_Message(rules.message(*([str(constraint)] if constraint else []), shape)),
            rule=str(constraint or shape),
            component=str(report.value(result, SH.sourceConstraintComponent)),
        )


def _judge_sparql(
    rules: Rules, statements: Statements, judged: Mapping[str, set[AnyTerm]], extra: Mapping[str, set[Node]]
) -> Iterable[Finding]:
    store = statements.store
    for name in [*judged, *extra]:
        nodes: Iterable[AnyTerm] = judged[name] if name in judged else extra[name]
        store.extend(
            ox.Quad(node, _IS_JUDGED_BY, ox.NamedNode(name), _TARGETS)
            for node in nodes
            if not isinstance(node, ox.Literal)
        )
    for rule in rules.sparql:
        if judged[rule.shape]:
            yield from _run(rules, rule, rule.shape, store)
        if extra.get(rule.rule):
            yield from _run(rules, rule, rule.rule, store)
    store.remove_graph(_TARGETS)


def _run(rules: Rules, rule: SparqlRule, judged: str, store: ox.Store) -> Iterable[Finding]:
    pattern = f"GRAPH {_TARGETS} {{ $this {_IS_JUDGED_BY} <{judged}> }}"
    solutions = store.query(rule.restricted(pattern))
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - the shapes' queries are all SELECT
    names = [variable.value for variable in solutions.variables]
    severity = rules.severity(rule.shape)
    messages = rules.message(rule.rule, rule.shape)
    for solution in solutions:
        row = {name: _name(term) for name, term in zip(names, solution, strict=True) if term is not None}
        yield Finding(
            severity=severity,
            focus=row["this"],
            focus_label=_EMPTY,
            path=row.get("path"),
            value=row.get("value"),
            message=_Message({language: _fill(text, row) for language, text in messages.items()}),
            rule=rule.rule,
            component=_SPARQL_COMPONENT,
        )


class _Message(dict[str, str]):
    """Texts by language, hashable so that equal findings fall together."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


_EMPTY: Final = _Message()


def _fill(text: str, row: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: compact(row.get(found[1], found[0])), text)


def _name(term: AnyTerm) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def _rdflib_name(node: object) -> str:
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def sorted_findings(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Order findings as one would mend them."""
    return tuple(sorted(findings, key=Finding.sort_key))
