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
    extra: dict[str, set[Node]] = field(default_factory=dict)
    core: Found = field(default_factory=dict)
    more: Found = field(default_factory=dict)
    _judged: dict[Targets, set[Node]] = field(default_factory=dict)

    def judged(self, walker: Walker, targets: Targets) -> set[Node]:
        """Return those of the focus that a shape judges; shapes with many constraints ask often."""
        found = self._judged.get(targets)
        if found is None:
            found = self._judged[targets] = walker.among(self.focus, targets)
        return found


def scope_of(rules: Rules, base: Base, new: Iterable[Statement]) -> Scope:
    """Gather what *rules* read to judge the things that *new* describes, beside the *base*."""
    walker = Walker(base, new)
    scope = Scope(set(walker.new))
    _gather_core(rules, walker, scope)
    for rule in rules.sparql:
        _gather_for(rules, rule, walker, scope, partners=False)
    return scope


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
    scope = Scope(described | referring | (change.pairs.keys() - change.gone))
    _gather_core(rules, walker, scope)
    for rule in rules.sparql:
        old = set(chain.from_iterable(_back(reads, change, walker) for reads in rule.reads)) - scope.focus
        judged = walker.among(old, rules.targets(rule.shape))
        if judged:
            scope.extra[rule.rule] = judged
        _gather_for(rules, rule, walker, scope, partners=True)
    return scope


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
        # Oxigraph spells some literals anew; so both sides go through it.
        speller = ox.Store()
        speller.extend(ox.Quad(*statement) for block in walker.new.values() for statement in block)
        after = _by_subject(map(statement_of, speller))
        before = _by_subject(base.replaced())
        change = cls()
        for node in before.keys() | after.keys():
            kept = {(predicate, value) for _, predicate, value in base.about(node)}
            old, now = before.get(node, set()) | kept, after.get(node, set()) | kept
            if not old:
                change.fresh.add(node)
            elif old != now:
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


def _gather_core(rules: Rules, walker: Walker, scope: Scope) -> None:
    """Gather what core constraints read: the things, what they refer to, and back where a path leads back."""
    core = scope.core
    core.update(dict.fromkeys(walker.order))
    values = {value for thing in scope.focus for value in walker.values(thing)}
    for node in chain(scope.focus, values):
        core.update(dict.fromkeys(walker.about(node)))
    for shape, predicates in rules.backward.items():
        judged = scope.judged(walker, rules.targets(shape))
        for predicate in predicates:
            core.update((one, None) for node in judged for one in walker.naming(node, predicate))


def _gather_for(rules: Rules, rule: SparqlRule, walker: Walker, scope: Scope, *, partners: bool) -> None:
    """Gather what a SPARQL constraint reads; with *partners*, judge by it also whom it compares with."""
    targets = rules.targets(rule.shape)
    extra = scope.extra.get(rule.rule, set())
    _describe(extra, walker, scope.more)
    judged = scope.judged(walker, targets) | extra
    for reads in rule.reads:
        ends = walker.walk(reads, judged, scope.more)
        others = walker.among(ends - scope.focus - extra, targets) if partners and reads.is_mutual else set()
        if others:
            scope.extra.setdefault(rule.rule, set()).update(others)
            _describe(others, walker, scope.more)


def _describe(nodes: Iterable[Node], walker: Walker, found: Found) -> None:
    """Add what is said of things, and of what they refer to."""
    for node in nodes:
        found.update(dict.fromkeys(walker.about(node)))
        found.update((one, None) for value in walker.values(node) for one in walker.about(value))
