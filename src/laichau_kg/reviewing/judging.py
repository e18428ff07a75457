"""The checker, kept ready: the record is read once, a bundle is judged as often as it changes."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from laichau_kg._journal import reading
from laichau_kg._judge import Statements, judge, sorted_findings
from laichau_kg._reading import ParsedFile, parse_text, read_file
from laichau_kg._rules import load_rules
from laichau_kg._scope import scope_of
from laichau_kg._things import Things, articles_in, kind_of, merged, read_things, register_of, to_turtle
from laichau_kg._walk import Base
from laichau_kg.identity import IDENTIFIED, identity_findings
from laichau_kg.layout import Layout
from laichau_kg.report import Finding
from laichau_kg.reviewing.forms import Forms
from laichau_kg.reviewing.steps import without_marks
from laichau_kg.shapes import facts_shapes, record_paths
from laichau_kg.store import open_store
from laichau_kg.vocab import GRAPH

__all__ = ["Judge"]

_BUNDLE: Final = Path("bundle.ttl")


class Judge:
    """Judges things of a bundle together with a record.

    Attributes:
        known: What the record says: ontology, code lists, registers and the other articles' facts.
        registers: The registers alone.
        forms: The forms of all classes.

    Args:
        layout: The record.
        things: The bundle; an article of the record that it describes is left aside.
    """

    def __init__(self, layout: Layout, things: Things) -> None:
        own = articles_in(things)
        with reading(layout):
            held = {path: _things(read_file(path)) for path in record_paths(layout)}
            self.registers = merged(read_things(path) for path in layout.register_files())
        self.known = merged(
            part
            for path, part in held.items()
            if path.parent != layout.articles or not own & articles_in(part)
        )
        self._layout = layout
        self._rules = load_rules(facts_shapes(layout))
        self.forms = Forms(self._rules.shapes, self.known)
        self._store: Any = open_store("memory", layout)  # a store of memory has its engine
        self._hidden = [GRAPH + slug for slug in own]

    def __call__(self, things: Things, about: Collection[str]) -> tuple[Finding, ...]:
        """Tell what would stand against some things of a bundle if all its candidates were accepted.

        That a new entry looks like a known one is a finding too. Only what the
        rules read for these things is looked at.
        """
        clean = without_marks(things)
        bundle = parse_text(to_turtle(clean, path="the bundle").decode(), _BUNDLE)
        scope = scope_of(self._rules, Base(self._store.engine, self._hidden), bundle.statements)
        focus = {node for node in scope.focus if node.value in about}
        found = judge(self._rules, Statements([*scope.core, *scope.more]), focus, core=scope.core)
        if any(kind_of(iri) in IDENTIFIED for iri in about):
            entries = {iri: block for iri, block in clean.items() if register_of(iri)}
            alike = identity_findings(entries, self.registers, files={}, layout=self._layout)
            found += [finding for finding in alike if finding.focus in about]
        return sorted_findings(found)


def _things(file: ParsedFile) -> Things:
    found: dict[str, set[tuple[str, str]]] = {}
    for subject, predicate, value in file.statements:
        written = str(value)
        if not written.startswith("_:") and not str(subject).startswith("_:"):
            found.setdefault(subject.value, set()).add((predicate.value, written))
    return {subject: frozenset(block) for subject, block in found.items()}
