"""Walk from thing to thing over what is new and what the record holds, along the ways that rules declare.

The record stands in a store and is asked only for what is met on the way.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple, cast

import pyoxigraph as ox

from laichau_kg._reading import AnyTerm, Node, Statement
from laichau_kg._sharing import Key, Pair, sharing
from laichau_kg.vocab import LCS, PREFIXES, RDF

__all__ = [
    "ADDRESS_END",
    "ANY",
    "SPECIAL",
    "Base",
    "Found",
    "Reads",
    "Step",
    "Targets",
    "Walker",
    "statement_of",
]

ANY: Final = ox.NamedNode(LCS + "anyProperty")
"""Stands for every property."""
PROPERTY: Final = ox.NamedNode(LCS + "property")
"""Leads from a thing to the properties it has."""
ADDRESS_END: Final = ox.NamedNode(LCS + "addressEnd")
"""Leads from a text to the thing beside the first one whose address ends in it."""
ON_AND_ON: Final = ox.NamedNode(LCS + "onAndOn")
"""Repeats the step before, as often as it leads anywhere."""
SPECIAL: Final = (ANY, PROPERTY, ADDRESS_END, ON_AND_ON)

_TYPE: Final = ox.NamedNode(RDF.type)
_SUBCLASS: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")


@dataclass(frozen=True, slots=True)
class Targets:
    """What a node shape judges: instances of classes, subjects or objects of properties."""

    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]


class Step(NamedTuple):
    """One step from thing to thing: to a property's values, or back from a value to what has it."""

    predicate: ox.NamedNode
    back: bool


_ANY_BACK: Final = Step(ANY, back=True)


class Reads(NamedTuple):
    """A way by which a rule comes to other things than the one it judges.

    Attributes:
        steps: The way.
        together: Properties whose values the thing at its end shares with the one judged; they narrow a
            last step back, the first as a rule the most, as do the next two.
        this: What the one judged has; others are not looked at.
        other: What the thing at its end has.
    """

    steps: tuple[Step, ...]
    together: tuple[ox.NamedNode, ...] = ()
    this: frozenset[Pair] = frozenset()
    other: frozenset[Pair] = frozenset()

    @property
    def is_mutual(self) -> bool:
        """Whether who is found at its end finds the one judged by the same way."""
        turned = tuple(Step(step.predicate, not step.back) for step in reversed(self.steps))
        return not self.together and turned == self.steps


class Found:
    """What was met: things of which all that is said is wanted, and single statements about others."""

    def __init__(self) -> None:
        self.things: dict[AnyTerm, None] = {}
        self.single: dict[Statement, None] = {}

    def describe(self, nodes: Iterable[AnyTerm]) -> None:
        """Take all that is said of things."""
        self.things.update(dict.fromkeys(nodes))

    def state(self, statements: Iterable[Statement]) -> None:
        """Take single statements."""
        self.single.update(dict.fromkeys(statements))


class Base:
    """The record in a store, without the graphs that a change replaces.

    Args:
        store: A graph a file.
        hidden: The graphs to leave out.
    """

    def __init__(self, store: ox.Store, hidden: Iterable[str] = ()) -> None:
        self.store = store
        self.hidden = frozenset(hidden)
        self._hidden = frozenset(ox.NamedNode(name) for name in self.hidden)

    def about(self, node: Node) -> Iterator[Statement]:
        """Yield what the record says of a thing."""
        return self._seen(self.store.quads_for_pattern(node, None, None))

    def naming(self, value: AnyTerm, predicate: ox.NamedNode | None = None) -> Iterator[Statement]:
        """Yield the statements that have a value."""
        return self._seen(self.store.quads_for_pattern(None, predicate, value))

    def having(self, predicate: ox.NamedNode, graph: str | None = None) -> Iterator[Statement]:
        """Yield the statements of a property, of one graph or of all."""
        name = None if graph is None else ox.NamedNode(graph)
        return self._seen(self.store.quads_for_pattern(None, predicate, None, name))

    def sharing(self, keys: Iterable[Key]) -> Iterator[Node]:
        """Yield the things that have all the values of one of *keys*."""
        return sharing(self.store, keys)

    def graphs_naming(self, iri: str) -> Iterator[str]:
        """Name the graphs in which something refers to a thing, once for each statement that does."""
        for quad in self.store.quads_for_pattern(None, None, ox.NamedNode(iri)):
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name not in self._hidden:
                yield quad.graph_name.value

    def replaced(self) -> Iterator[Statement]:
        """Yield what the hidden graphs say."""
        for graph in self._hidden:
            yield from map(statement_of, self.store.quads_for_pattern(None, None, None, graph))

    def graphs(self) -> list[str]:
        """Name the graphs that are not left out."""
        names = (name.value for name in self.store.named_graphs() if isinstance(name, ox.NamedNode))
        return [name for name in names if name not in self.hidden]

    def graph_of(self, node: Node) -> str | None:
        """Name a graph that says something of a thing."""
        graphs = (quad.graph_name for quad in self.store.quads_for_pattern(node, None, None))
        seen = (graph for graph in graphs if graph not in self._hidden)
        return next((graph.value for graph in seen if isinstance(graph, ox.NamedNode)), None)

    def _seen(self, quads: Iterable[ox.Quad]) -> Iterator[Statement]:
        if not self._hidden:
            return map(statement_of, quads)
        return (statement_of(quad) for quad in quads if quad.graph_name not in self._hidden)


def statement_of(quad: ox.Quad) -> Statement:
    """Return a quad's statement; triple terms are refused when files are read."""
    return cast("Statement", (quad.subject, quad.predicate, quad.object))


class Walker:
    """Walks over new statements and those of a record.

    Args:
        base: The record.
        new: The statements that stand beside it.
    """

    def __init__(self, base: Base, new: Iterable[Statement]) -> None:
        self.base = base
        self.new: dict[Node, list[Statement]] = {}
        self._by_value: dict[AnyTerm, list[Statement]] = {}
        for statement in new:
            self.new.setdefault(statement[0], []).append(statement)
            self._by_value.setdefault(statement[2], []).append(statement)
        self.order = [*base.having(_SUBCLASS)]
        self.order += [one for block in self.new.values() for one in block if one[1] == _SUBCLASS]
        self._above: dict[str, set[str]] = {}
        for subject, _, value in self.order:
            self._above.setdefault(subject.value, set()).add(value.value)
        self._known: dict[Node, list[Statement]] = {}
        self._held: dict[Node, list[Statement]] = {}
        self._named: dict[tuple[AnyTerm, ox.NamedNode], list[Statement]] = {}
        self._classes: dict[str, set[str]] = {}
        self._kinds: dict[Node, tuple[set[str], set[str]]] = {}

    def about(self, node: AnyTerm) -> list[Statement]:
        """Return what is said of a thing."""
        if isinstance(node, ox.Literal):
            return []
        known = self._known.get(node)
        if known is None:
            # Two graphs may say the same.
            known = self._known[node] = list(dict.fromkeys([*self.new.get(node, ()), *self.held(node)]))
        return known

    def held(self, node: Node) -> list[Statement]:
        """Return what the record says of a thing; of a nameless one that is new it says nothing."""
        found = self._held.get(node)
        if found is None:
            is_own = isinstance(node, ox.BlankNode) and node in self.new
            found = self._held[node] = [] if is_own else list(self.base.about(node))
        return found

    def naming(self, value: AnyTerm, predicate: ox.NamedNode) -> list[Statement]:
        """Return the statements of a property that have a value."""
        found = self._named.get((value, predicate))
        if found is None:
            own = [one for one in self._by_value.get(value, ()) if one[1] == predicate]
            found = self._named[value, predicate] = [*own, *self.base.naming(value, predicate)]
        return found

    def values(self, node: AnyTerm) -> Iterator[Node]:
        """Yield the things that a thing refers to."""
        return (value for _, _, value in self.about(node) if not isinstance(value, ox.Literal))

    def step(self, step: Step, nodes: Iterable[AnyTerm]) -> set[AnyTerm]:
        """Take one plain step from each of *nodes*."""
        wanted = step.predicate
        if step == _ANY_BACK:
            own = (one[0] for node in nodes for one in self._by_value.get(node, ()))
            return {*own, *(one[0] for node in nodes for one in self.base.naming(node))}
        if step.back:
            return {one[0] for node in nodes for one in self.naming(node, wanted)}
        return {value for node in nodes for _, predicate, value in self.about(node) if predicate == wanted}

    def walk(self, reads: Reads, starts: Iterable[Node], found: Found) -> set[AnyTerm]:
        """Walk a rule's way from *starts*, add what stands on it to *found*, and return its ends."""
        starts = list(starts)
        here: set[AnyTerm] = set(starts)
        for at, step in enumerate(reads.steps):
            if step == _ANY_BACK:
                uses = (self._use(node) for node in here)
                found.state(use for use in uses if use is not None)
                return set()
            if step.predicate == ANY:
                here = {value for node in here for value in self.values(node)}
            elif step.predicate == PROPERTY:
                here = {predicate for node in here for _, predicate, _ in self.about(node)}
            elif step.predicate == ADDRESS_END:
                here = self._addresses(starts, reads.steps[at - 1].predicate)
            elif step.predicate == ON_AND_ON:
                here = self._all_along(reads.steps[at - 1], here)
            elif reads.together and at == len(reads.steps) - 1:
                here = set(self._alike(reads, starts))
            else:
                here = self.step(step, here)
            found.describe(here)
        return here

    def said(self, found: Found, beside: Found | None = None) -> list[Statement]:
        """Return the statements of what was found; those of what was found *beside* it are left out."""
        known = beside.things if beside else {}
        things = [node for node in found.things if node not in known]
        single = (one for one in found.single if one[0] not in found.things and one[0] not in known)
        return [*chain.from_iterable(map(self.about, things)), *single]

    def among(self, nodes: Iterable[AnyTerm], targets: Targets) -> set[Node]:
        """Return those of *nodes* that a shape judges."""
        classes, subjects_of = set(targets.classes), set(targets.subjects_of)
        found = set()
        for node in nodes:
            if isinstance(node, ox.Literal):
                continue
            own_classes, properties = self._kind(node)
            if (
                not classes.isdisjoint(own_classes)
                or not subjects_of.isdisjoint(properties)
                or any(self.naming(node, ox.NamedNode(name)) for name in targets.objects_of)
            ):
                found.add(node)
        return found

    def _kind(self, node: Node) -> tuple[set[str], set[str]]:
        """Return a thing's classes, with all above them, and its properties."""
        kind = self._kinds.get(node)
        if kind is None:
            kind = self._kinds[node] = (set(), set())
            for _, predicate, value in self.about(node):
                kind[1].add(predicate.value)
                if predicate == _TYPE:
                    kind[0].update(self._with_above(value.value))
        return kind

    def _with_above(self, name: str) -> set[str]:
        """Return a class and all those above it."""
        known = self._classes.get(name)
        if known is None:
            known, waiting = {name}, [name]
            while waiting:
                above = self._above.get(waiting.pop(), set()) - known
                known |= above
                waiting += above
            self._classes[name] = known
        return known

    def _all_along(self, step: Step, here: set[AnyTerm]) -> set[AnyTerm]:
        seen = set(here)
        while here:
            here = self.step(step, here) - seen
            seen |= here
        return seen

    def _alike(self, reads: Reads, starts: Iterable[Node]) -> Iterator[AnyTerm]:
        """Yield the ends of a way that share the values of some properties with its start."""
        last = reads.steps[-1].predicate
        keys: dict[Key, AnyTerm] = {}
        for node in starts:
            own = self._pairs(node)
            if not reads.this <= own:
                continue
            ends: set[AnyTerm] = {node}
            for step in reads.steps[:-1]:
                ends = self.step(step, ends)
            shared = [pair for name in reads.together for pair in own if pair[0] == name]
            keys.update((((last, end), *shared, *reads.other), end) for end in ends)
        for key, end in keys.items():
            for subject, _, _ in self._by_value.get(end, ()):
                if self._pairs(subject).issuperset(key):
                    yield subject
        yield from self.base.sharing(keys)

    def _pairs(self, node: Node) -> set[Pair]:
        return {(predicate, value) for _, predicate, value in self.about(node)}

    def _addresses(self, nodes: Iterable[Node], predicate: ox.NamedNode) -> set[AnyTerm]:
        """Name the things beside *nodes* whose address ends in a value of theirs."""
        return {
            ox.NamedNode(f"{node.value.rpartition('/')[0]}/{value.value}")
            for node in nodes
            for _, known, value in self.about(node)
            if known == predicate and isinstance(value, ox.Literal) and value.value.replace("-", "").isalnum()
        }

    def _use(self, node: AnyTerm) -> Statement | None:
        """Return one statement of another thing that names this one."""
        everywhere = chain(self._by_value.get(node, ()), self.base.naming(node))
        return next((one for one in everywhere if one[0] != node), None)
