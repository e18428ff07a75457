"""One review: what waits, what stands against a candidate, the steps taken, and the way back."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace

from laichau_kg._things import Things, Value, kind_of, register_of
from laichau_kg.errors import DataError
from laichau_kg.identity import RULE, look_alikes, rename
from laichau_kg.report import Finding
from laichau_kg.reviewing.forms import Forms
from laichau_kg.reviewing.steps import (
    Block,
    Dropped,
    candidates,
    drop,
    is_candidate,
    put,
    surroundings,
    sweep,
    unanswered,
    unmarked,
)
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["Review"]

Judging = Callable[[Things, Collection[str]], tuple[Finding, ...]]

_DIFFERENT = PREFIXES["owl"] + "differentFrom"
_DERIVED = PREFIXES["prov"] + "wasDerivedFrom"


@dataclass(frozen=True, slots=True)
class _State:
    """Where a review stands: the bundle, what was put off, and what was at hand."""

    things: Things
    later: frozenset[str] = frozenset()
    at: str = ""


@dataclass(slots=True)
class Review:
    """A bundle under review. Each step can be undone; nothing is read or written.

    Attributes:
        judging: Tells what would stand against some things of the bundle, were they accepted.
        forms: The forms of all classes.
        registers: What the record's registers hold.
        state: Where it stands.
        past: Where it stood before each step.
    """

    judging: Judging
    forms: Forms
    registers: Things
    state: _State
    past: list[_State] = field(default_factory=list)
    _judged: dict[str, tuple[Things, tuple[Finding, ...]]] = field(default_factory=dict)

    @classmethod
    def start(cls, things: Things, judging: Judging, forms: Forms, registers: Things) -> "Review":
        """Start on a bundle, or go on with it."""
        return cls(judging, forms, registers, _State(things))

    @property
    def things(self) -> Things:
        """The bundle as it is now."""
        return self.state.things

    def waiting(self) -> tuple[str, ...]:
        """List all that waits for review, in reading order."""
        return candidates(self.things)

    def next(self) -> str | None:
        """Return what comes next; None when the rest was put off."""
        return next((iri for iri in self.waiting() if iri not in self.state.later), None)

    def findings(self, iri: str) -> tuple[Finding, ...]:
        """Tell what stands against a thing.

        All that waits is judged at once at first, and a thing anew when it or what
        lies around it has changed.
        """
        return self._judge([iri] if self._judged else [*self.waiting(), iri])[iri]

    def against(self, iri: str) -> tuple[Finding, ...]:
        """Tell what must be mended before a thing can be accepted."""
        return tuple(finding for finding in self.findings(iri) if finding.severity == "violation")

    def accept(self, iri: str) -> tuple[Finding, ...]:
        """Accept a candidate, unless something stands against it, which is returned."""
        against = self.against(iri)
        if not against:
            self._step({**self.things, iri: unmarked(self.things[iri])}, iri)
        return against

    def like(self, iri: str) -> tuple[str, ...]:
        """List the candidates of a thing's kind, itself among them, that nothing stands against.

        Those for which the text says something that is not answered yet wait to be accepted by themselves.
        """
        found = self._judge([other for other in self.waiting() if kind_of(other) == kind_of(iri)])
        return tuple(
            other
            for other, findings in found.items()
            if not any(finding.severity == "violation" for finding in findings)
            and not unanswered(self.things[other])
        )

    def accept_all(self, chosen: Iterable[str], at: str) -> None:
        """Accept several candidates in one step."""
        self._step(self.things | {iri: unmarked(self.things[iri]) for iri in chosen}, at)

    def mend(
        self, iri: str, path: str, values: Iterable[str], *, language: str = "", new: Things | None = None
    ) -> None:
        """Give a property other values, none to empty it; what nothing names any more goes.

        Args:
            iri: The thing.
            path: The property.
            values: Its values, as N-Triples writes them.
            language: Replace only what is in this language.
            new: Things that the values bring.
        """
        before = {
            **self.things,
            **{name: block for name, block in (new or {}).items() if name not in self.things},
        }
        self._step(sweep(before, put(before, iri, path, values, language=language)), iri)

    def rest_on(self, iri: str, evidence: str, block: Block) -> None:
        """Let a fact rest on other words of the text; its old main evidence goes where nothing else names it.

        Args:
            iri: The fact.
            evidence: IRI of the new main evidence.
            block: What is said of that evidence.
        """
        own, written = self.things[iri], f"<{evidence}>"
        old = {value for name, value in own if name == LCK.mainEvidence}
        kept = [value for name, value in own if name == _DERIVED and value not in old]
        before = {evidence: block, **self.things}
        after = put(before, iri, LCK.mainEvidence, [written])
        self._step(sweep(before, put(after, iri, _DERIVED, [*kept, written])), iri)

    def would_drop(self, iri: str) -> Dropped:
        """Tell what dropping a thing would take along.

        Raises:
            DataError: it is the article itself.
        """
        if kind_of(iri) == "article" and "#" not in iri:
            raise DataError("The article itself cannot be dropped: all its facts hang on it.")
        return drop(self.things, iri, self.forms.of)

    def drop(self, iri: str, *, reason: str = "") -> Dropped:
        """Drop a thing with all that cannot stand without it.

        Args:
            iri: The thing.
            reason: Why its words are left out, as a code in N-Triples; noted where no other fact has them.

        Raises:
            DataError: it is the article itself.
        """
        dropped = self.would_drop(iri)
        noted: Things = {}
        words = next((Value.read(v).text for n, v in self.things[iri] if n == LCK.mainEvidence), "")
        if reason and words in dropped.gone:
            block = {(RDF.type, f"<{LCK.Omission}>"), (LCK.leavesOut, f"<{words}>"), (LCK.reason, reason)}
            noted = {words: self.things[words], f"{ID}omission/{iri.rpartition('/')[2]}": frozenset(block)}
        self._step(dropped.things | noted, iri)
        return dropped

    def put_off(self, iri: str) -> None:
        """Leave a candidate for later."""
        self.past.append(replace(self.state, at=iri))
        self.state = replace(self.state, later=self.state.later | {iri})

    def same(self, new: str, known: str) -> None:
        """Say that a new entry is a known thing, which takes its place everywhere and keeps its name."""
        self._step(sweep({new: self.things[new]}, rename(self.things, {new: known})), new)

    def alike(self, new: str) -> tuple[str, ...]:
        """List the known things, and the other new ones, that a new entry looks like."""
        entries = {iri: block for iri, block in self.things.items() if register_of(iri)}
        return look_alikes(entries, self.registers).get(new, ())

    def different(self, new: str, known: Iterable[str]) -> None:
        """Say that a new entry is none of the known things that it looks like."""
        said = {(_DIFFERENT, f"<{iri}>") for iri in known}
        self._step({**self.things, new: self.things[new] | said}, new)

    def undo(self) -> str | None:
        """Take back the last step; return what it was about, or None when there is none."""
        if not self.past:
            return None
        self.state = self.past.pop()
        return self.state.at if self.state.at in self.things else ""

    def is_candidate(self, iri: str) -> bool:
        """Tell whether a thing is there and waits for review."""
        return is_candidate(self.things.get(iri, frozenset()))

    @staticmethod
    def looks_known(finding: Finding) -> bool:
        """Tell whether a finding is that a new entry looks like a known one."""
        return finding.rule == RULE

    def _judge(self, iris: Iterable[str]) -> dict[str, tuple[Finding, ...]]:
        around = {iri: surroundings(self.things, iri) for iri in iris}
        stale = {iri for iri, near in around.items() if self._judged.get(iri, ({},))[0] != near}
        found = self.judging(self.things, stale) if stale else ()
        for iri in stale:
            self._judged[iri] = (around[iri], tuple(one for one in found if one.focus == iri))
        return {iri: self._judged[iri][1] for iri in around}

    def _step(self, things: Things, at: str) -> None:
        self.past.append(replace(self.state, at=at))
        self.state = replace(self.state, things=things, later=self.state.later & things.keys())
