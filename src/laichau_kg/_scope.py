"""Find what a check of some things can touch: what rules read for them, and whom a change may break.

The work depends on what is judged and not on the record. What is found is
judged like a small record of its own.

Which old things a change may break follows from the rules: a rule that reads
a property of another thing (``lcs:follows``, or a core constraint on a value)
may fall out differently where that property changed, and the way is walked
back from there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import pyoxigraph as ox

from laichau_kg._reading import AnyTerm, Node, Statement
from laichau_kg._rules import Rules, SparqlRule
from laichau_kg._walk import (
    ADDRESS_END,
    ANY,
    SPECIAL,
    Base,
    Found,
    Reads,
    Step,
    Targets,
    Walker,
    statement_of,
)

__all__ = ["Scope", "change_scope", "scope_of"]

_Pairs = set[tuple[ox.NamedNode, AnyTerm]]


@dataclass(slots=True)
class Scope:
    """What is judged, and what it is judged with.

    Attributes:
        focus: The things that every rule judges.
        extra: Old things that only some SPARQL constraints judge, by the constraint's IRI.
        core: The statements that core constraints read.
        more: Those that SPARQL constraints read besides.
    """

    focus: set[Node]
    extra: dict[str, set[Node]]
    core: list[Statement]
    more: list[Statement]


class _Gathering:
    """What is found so far.

    Args:
        rules: The shapes.
        walker: Looks up what there is.
        focus: The things that every rule judges.
    """

    def __init__(self, rules: Rules, walker: Walker, focus: set[Node]) -> None:
        self.rules = rules
        self.walker = walker
        self.focus = focus
        self.extra: dict[str, set[Node]] = {}
        self.core = Found()
        self.more = Found()
        self._judged: dict[Targets, set[Node]] = {}

    def judged(self, shape: str) -> set[Node]:
        """Return those of the focus that a shape judges; shapes with many constraints ask often."""
        targets = self.rules.targets(shape)
        found = self._judged.get(targets)
        if found is None:
            found = self._judged[targets] = self.walker.among(self.focus, targets)
        return found

    def result(self) -> Scope:
        """Return the scope, all statements in it."""
        said = self.walker.said
        return Scope(self.focus, self.extra, said(self.core), said(self.more, beside=self.core))

    def gather_core(self) -> None:
        """Gather what core constraints read.

        That is the things, what they refer to, and back where a path leads back.
        """
        core, walker = self.core, self.walker
        core.state(walker.order)
        core.describe(self.focus)
        core.describe(value for thing in self.focus for value in walker.values(thing))
        for shape, predicates in self.rules.backward.items():
            judged = self.judged(shape)
            for predicate in predicates:
                core.state(one for node in judged for one in walker.naming(node, predicate))

    def gather_for(self, rule: SparqlRule, *, partners: bool) -> None:
        """Gather what a SPARQL constraint reads; with *partners*, judge by it also whom it compares with."""
        extra = self.extra.get(rule.rule, set())
        self._describe(extra)
        judged = self.judged(rule.shape) | extra
        for reads in rule.reads:
            ends = self.walker.walk(reads, judged, self.more)
            if partners and reads.is_mutual:
                others = self.walker.among(ends - self.focus - extra, self.rules.targets(rule.shape))
                if others:
                    self.extra.setdefault(rule.rule, set()).update(others)
                    self._describe(others)

    def _describe(self, nodes: Iterable[Node]) -> None:
        """Add what is said of things, and of what they refer to."""
        for node in nodes:
            self.more.describe([node, *self.walker.values(node)])


def scope_of(rules: Rules, base: Base, new: Iterable[Statement]) -> Scope:
    """Gather what *rules* read to judge the things that *new* describes, beside the *base*."""
    walker = Walker(base, new)
    gathering = _Gathering(rules, walker, set(walker.new))
    gathering.gather_core()
    for rule in rules.sparql:
        gathering.gather_for(rule, partners=False)
    return gathering.result()


def change_scope(rules: Rules, base: Base, new: Iterable[Statement], *, only: set[Node]) -> Scope:
    """Find what putting *new* in the place of the graphs that *base* hides touches.

    Args:
        rules: The shapes.
        base: The record without what is replaced.
        new: What comes.
        only: The things among *new* that are judged only where they differ from what they were.
    """
    walker = Walker(base, new)
    change = _Change.between(base, walker)
    described = {node for node in walker.new if node not in only or node in change.differing}
    broken = {
        node
        for node, pairs in change.pairs.items()
        if node in change.gone or not rules.read_of_values.isdisjoint(predicate for predicate, _ in pairs)
    }
    referring = {subject for node in broken for subject, _, _ in base.naming(node)}
    gathering = _Gathering(rules, walker, described | referring | (change.pairs.keys() - change.gone))
    gathering.gather_core()
    for rule in rules.sparql:
        back = chain.from_iterable(_back(reads, change, walker) for reads in rule.reads)
        judged = walker.among(set(back) - gathering.focus, rules.targets(rule.shape))
        if judged:
            gathering.extra[rule.rule] = judged
        gathering.gather_for(rule, partners=True)
    return gathering.result()


@dataclass(slots=True)
class _Change:
    """What a change does to things.

    Attributes:
        pairs: Of things that were there before, what comes or goes: property and value.
        fresh: Things that were not there before.
        gone: Things of which nothing is left.
        lost: What the statements that go refer to.
    """

    pairs: dict[Node, _Pairs] = field(default_factory=dict)
    fresh: set[Node] = field(default_factory=set)
    gone: set[Node] = field(default_factory=set)
    lost: set[AnyTerm] = field(default_factory=set)

    @classmethod
    def between(cls, base: Base, walker: Walker) -> "_Change":
        """Compare what the hidden graphs said with what is new; the rest says the same before and after."""
        before = _by_subject(base.replaced())
        change = cls()
        change.fresh.update(node for node in walker.new if node not in before and not walker.held(node))
        # Oxigraph spells some literals anew; so both sides go through it.
        speller = ox.Store()
        speller.extend(
            ox.Quad(*one) for node, block in walker.new.items() if node not in change.fresh for one in block
        )
        after = _by_subject(map(statement_of, speller))
        for node in before.keys() | after.keys():
            kept = {(predicate, value) for _, predicate, value in walker.held(node)}
            old, now = before.get(node, set()) | kept, after.get(node, set()) | kept
            if old != now:
                change.pairs[node] = old ^ now
                change.lost |= {value for _, value in old - now}
                change.gone |= set() if now else {node}
        return change

    @property
    def differing(self) -> set[Node]:
        """The things of which other is said than before."""
        return self.fresh | self.pairs.keys()

    def with_property(self, predicate: ox.NamedNode) -> set[AnyTerm]:
        """Return the old things of which a property came or went."""
        return {node for node, pairs in self.pairs.items() if any(known == predicate for known, _ in pairs)}

    def values_of(self, predicate: ox.NamedNode, walker: Walker) -> set[AnyTerm]:
        """Return the values of a property that came or went."""
        said = (pair for pairs in self.pairs.values() for pair in pairs)
        come = ((known, value) for node in self.fresh for _, known, value in walker.new.get(node, ()))
        return {value for known, value in chain(said, come) if known == predicate}


def _by_subject(statements: Iterable[Statement]) -> dict[Node, _Pairs]:
    found: dict[Node, _Pairs] = {}
    for subject, predicate, value in statements:
        found.setdefault(subject, set()).add((predicate, value))
    return found


def _back(reads: Reads, change: _Change, walker: Walker) -> Iterator[AnyTerm]:
    """Walk a rule's way back from each step of it that the change touches."""
    if reads.is_mutual or reads.together:
        return  # who is found finds the other; and a remark on an old figure waits for the next whole check
    for at, step in enumerate(reads.steps):
        if step == Step(ANY, back=True):
            yield from change.lost
        elif step.predicate == ADDRESS_END:
            yield from _named_after(walker, reads.steps[at - 1].predicate)
        elif step.predicate not in SPECIAL and (at or step.back):
            starts = (
                change.values_of(step.predicate, walker)
                if step.back
                else change.with_property(step.predicate)
            )
            before = reads.steps[:at]
            if all(one.predicate == ANY or one.predicate not in SPECIAL for one in before):
                for one in reversed(before):
                    starts = walker.step(Step(one.predicate, back=not one.back), starts)
                yield from starts


def _named_after(walker: Walker, predicate: ox.NamedNode) -> Iterator[Node]:
    """Yield the things with a text that is the end of a new thing's address."""
    for node in walker.new:
        end = node.value.rpartition("/")[2]
        if isinstance(node, ox.NamedNode) and "--" not in end and "#" not in end:
            yield from (subject for subject, _, _ in walker.naming(ox.Literal(end), predicate))
