"""Bring facts into the record, and take an article out of it: the only way that its files change.

What is accepted was judged a moment ago, under the same lock. All files change
or none; each acceptance is noted in the history.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from laichau_kg._affected import article_paths, dangling, file_name, loose_entries
from laichau_kg._journal import commit, reading, writing
from laichau_kg._things import (
    REGISTERS,
    Things,
    article_of,
    articles_in,
    kind_of,
    merged,
    read_things,
    register_of,
    to_turtle,
)
from laichau_kg.diff import Changes, Names, compare
from laichau_kg.errors import DataError, TurtleError, UnknownThingError
from laichau_kg.history import with_acceptance
from laichau_kg.identity import aliases, find_thing, identity_findings, rename
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, Report, compact
from laichau_kg.shapes import base_of, check_files
from laichau_kg.store import Store, article_graph, open_store
from laichau_kg.text import near_names
from laichau_kg.vocab import GRAPH, ID, PREFIXES

__all__ = ["Answers", "Plan", "accept", "compare_with_record", "withdraw"]

_DIFFERENT: Final = PREFIXES["owl"] + "differentFrom"
_WAIT: Final = 10.0


@dataclass(frozen=True, slots=True)
class Answers:
    """What the editor says of things that look alike: pairs of the new thing and the known one."""

    same: Sequence[tuple[str, str]] = ()
    different: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A change to the record, before it is made.

    Attributes:
        changes: What changes, by thing.
        report: What stands against it; nothing is written while it holds a violation.
        files: Paths below ``data/``, each with its new content, or None where it goes.
        accepted: Slugs of the articles that come.
        replaced: Those of them that the record holds already.
        withdrawn: Slugs of the articles that go.
        loose: Register entries that nothing refers to any more.
        whole: Stems of registers that are replaced as a whole.
        done: Whether it was written.
    """

    changes: Changes
    report: Report = field(default_factory=Report)
    files: Mapping[str, bytes | None] = field(default_factory=dict, repr=False)
    accepted: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    done: bool = False

    @property
    def takes_away(self) -> bool:
        """Whether it goes over what the record holds, so that somebody should have seen it."""
        return bool(self.replaced or self.withdrawn or self.whole)


Confirm = Callable[[Plan], bool]


def compare_with_record(
    layout: Layout, paths: Sequence[Path], *, answers: Answers | None = None, store: str = "memory"
) -> Changes:
    """Tell what accepting *paths* would change; they are not judged.

    Args:
        layout: The record.
        paths: Bundles and whole registers, as for `accept`.
        answers: What is said of things that look alike.
        store: Where to ask who refers to what: "memory", or a folder for a store on disk.

    Raises:
        TurtleError: a file is no valid RDF.
        DataError: a file describes what cannot come in this way.
    """
    with reading(layout), _opened(layout, store) as held:
        return _Draft(layout, paths, answers or Answers(), held).plan().changes


def accept(
    layout: Layout,
    paths: Sequence[Path],
    *,
    answers: Answers | None = None,
    by: str = "",
    wait: float = _WAIT,
    confirm: Confirm = lambda _plan: True,
    store: str = "memory",
) -> Plan:
    """Check *paths*, and write what they say into the record.

    Args:
        layout: The record.
        paths: Bundles, each about one or more articles, and whole registers.
        answers: What is said of things that look alike.
        by: Who accepts; free text.
        wait: Seconds to wait for somebody else who changes the record.
        confirm: Asked before something goes that the record holds.
        store: Where to ask the record: "memory", or a folder for a store on disk.

    Returns:
        The plan; `Plan.done` tells whether it was carried out. It was not if its report holds a violation,
        nothing would change, or *confirm* said no.

    Raises:
        TurtleError: a file is no valid RDF.
        DataError: a file describes what cannot come in this way.
        LockedError: somebody else changes the record.
        OutputError: the record cannot be written.
    """
    with writing(layout, wait=wait), _opened(layout, store) as held:
        seen = _digests(paths)
        draft = _Draft(layout, paths, answers or Answers(), held)
        plan = draft.plan()
        plan = replace(plan, report=draft.judge(plan))
        if _digests(paths) != seen:
            raise DataError("A file was changed while it was being checked; accept it again.")
        return _carry_out(layout, plan, confirm, by=by, bundles=seen)


def withdraw(
    layout: Layout,
    article: str,
    *,
    by: str = "",
    wait: float = _WAIT,
    confirm: Confirm = lambda _plan: True,
    store: str = "memory",
) -> Plan:
    """Take an article out of the record; what the registers hold stays.

    What is left is judged by the same rules as what comes in.

    Args:
        layout: The record.
        article: Its slug or IRI.
        by: Who withdraws it; free text.
        wait: Seconds to wait for somebody else who changes the record.
        confirm: Asked before it goes.
        store: Where to ask the record: "memory", or a folder for a store on disk.

    Raises:
        UnknownThingError: there is no such article; the error has near names.
        LockedError: somebody else changes the record.
        OutputError: the record cannot be written.
    """
    with writing(layout, wait=wait), _opened(layout, store) as held:
        slug = article.removeprefix("lc-article:").removeprefix(ID + "article/")
        paths = article_paths(layout, slug)
        if not paths:
            known = [article_graph(path).removeprefix(GRAPH) for path in layout.article_files()]
            raise UnknownThingError(
                f"{article!r} is no article of the record.", name=article, near=near_names(slug, known)
            )
        before = merged(read_things(path) for path in paths)
        registers = _registers(layout)
        changes = compare(before, {}, _names(layout, before, merged(registers.values())))
        plan = Plan(
            changes,
            report=_left_behind(layout, held, slug, before, changes),
            files={f"articles/{path.name}": None for path in paths},
            withdrawn=(slug,),
            loose=loose_entries(base_of(held), before, {}, registers, {slug}),
        )
        return _carry_out(layout, plan, confirm, by=by, bundles=())


@contextmanager
def _opened(layout: Layout, spec: str) -> Iterator[Store]:
    """Open the store that is asked, brought up to date, and close it again."""
    store = open_store(spec, layout)
    try:
        yield store
    finally:
        store.close()


def _left_behind(layout: Layout, store: Store, slug: str, before: Things, changes: Changes) -> Report:
    """Judge the record without an article: who refers to it, and what other rules say."""
    found = list(dangling(layout, base_of(store), set(before), {slug}, changes.names))
    said = {(finding.focus, finding.path, finding.value) for finding in found}
    judged = check_files(layout, [], store=store, without=[GRAPH + slug], located="warning").findings
    grave = (finding for finding in judged if finding.reaches("warning"))
    found += [finding for finding in grave if (finding.focus, finding.path, finding.value) not in said]
    return Report(tuple(sorted(found, key=Finding.sort_key)))


class _Draft:
    """The files that are to come in, sorted into those of the record."""

    def __init__(self, layout: Layout, paths: Sequence[Path], answers: Answers, store: Store) -> None:
        self._layout = layout
        self._store = store
        self._paths = list(paths)
        self.registers = _registers(layout)
        self.known = merged(self.registers.values())
        self._read = [(path, read_things(path)) for path in paths]
        self.whole = {
            path.stem: things
            for path, things in self._read
            if path.stem in self.registers and path.suffix == ".ttl" and not articles_in(things)
        }
        self.files = {iri: path for path, things in self._read for iri in things}
        incoming = merged(things for path, things in self._read if things is not self.whole.get(path.stem))
        self._same = {
            find_thing(new, incoming): find_thing(old, self.known, kind=kind_of(find_thing(new, incoming)))
            for new, old in answers.same
        }
        remembered = {old: new for old, new in aliases(self.known).items() if _mentions(incoming, old)}
        self._renamed = remembered | self._same
        self.incoming = rename(incoming, self._renamed)
        for new, old in answers.different:
            thing = find_thing(new, self.incoming)
            other = find_thing(old, {**self.incoming, **self.known}, kind=kind_of(thing))
            self.incoming[thing] |= {(_DIFFERENT, f"<{other}>")}
        self.slugs = articles_in(self.incoming)
        self._refuse_strangers()

    def plan(self) -> Plan:
        """Reckon what would change."""
        layout = self._layout
        before: Things = {}
        after: Things = {}
        files: dict[str, bytes | None] = {}
        replaced = []
        for slug in sorted(self.slugs):
            old = article_paths(layout, slug)
            held = merged(read_things(path) for path in old)
            fresh = {iri: block for iri, block in self.incoming.items() if article_of(iri) == slug}
            replaced += [slug] if old else []
            before |= held
            after |= fresh
            name = file_name(slug, fresh)
            files |= {f"articles/{path.name}": None for path in old}
            files[f"articles/{name}"] = to_turtle(fresh, path=name)
        for stem in sorted({*REGISTERS.values(), *self.whole}):
            held = self.registers.get(stem, {})
            entries = {iri: block for iri, block in self.incoming.items() if register_of(iri) == stem}
            fresh = merged([self.whole.get(stem, held), entries])
            before |= held
            after |= fresh
            if fresh != held:
                files[f"registers/{stem}.ttl"] = to_turtle(fresh, path=f"{stem}.ttl")
        changes = compare(before, after, _names(layout, after, before))
        kept = {name: content for name, content in files.items() if _differs(layout, name, content)}
        return Plan(
            changes,
            files=kept,
            accepted=tuple(sorted(self.slugs)),
            replaced=tuple(slug for slug in replaced if _touches(changes, slug)),
            loose=loose_entries(base_of(self._store), before, after, _by_register(after), self.slugs),
            whole=tuple(sorted(self.whole)),
        )

    def judge(self, plan: Plan) -> Report:
        """Judge the files as they are, so that findings have lines; or what they become, if that differs.

        Facts of other articles that refer to what changes are judged with them.
        """
        found = list(check_files(self._layout, self._paths, store=self._store).findings)
        if self._is_rewritten(plan):
            located = {_key(finding): finding for finding in found}
            found = [located.get(_key(finding), finding) for finding in self._judge_result(plan)]
        found += identity_findings(self.incoming, self.known, files=self.files, layout=self._layout)
        return Report(tuple(sorted(found, key=Finding.sort_key)))

    def _is_rewritten(self, plan: Plan) -> bool:
        """Whether the files are not what would be written: other names, or entries that grow."""
        grown = any(item.how == "changed" and item.thing in self.known for item in plan.changes.items)
        return bool(self._renamed) or grown

    def _judge_result(self, plan: Plan) -> Iterable[Finding]:
        """Judge what would be written; remarks are left out where they are about other things."""
        with tempfile.TemporaryDirectory(prefix="laichau-") as name:
            paths = [
                Path(name) / Path(path).name for path, content in plan.files.items() if content is not None
            ]
            for path, content in zip(paths, filter(None, plan.files.values()), strict=True):
                path.write_bytes(content)
            findings = check_files(self._layout, paths, store=self._store).findings
        for finding in findings:
            if finding.severity == "violation" or finding.focus in self.incoming:
                yield replace(finding, file=Path(finding.file).name if finding.file else None)

    def _refuse_strangers(self) -> None:
        for iri in sorted(self.incoming):
            where = self.files.get(iri, Path())
            slug = article_of(iri)
            if slug is not None and slug not in self.slugs:
                raise DataError(
                    f"{where}: {compact(iri)} belongs to the article {slug}, which is described in none of "
                    "the files; give the article with all its facts."
                )
            if slug is None and register_of(iri) is None:
                raise DataError(
                    f"{where}: {compact(iri)} has no place in data/: code lists and the ontology are written "
                    "by hand, in ontology/; add it there, and leave it out here."
                )
        if not self.incoming and not self.whole:
            raise DataError(f"{', '.join(map(str, self._paths))}: no facts in it.")


def _carry_out(layout: Layout, plan: Plan, confirm: Confirm, *, by: str, bundles: Iterable[str]) -> Plan:
    if not plan.report.conforms or not plan.changes:
        return plan
    if plan.takes_away and not confirm(plan):
        return plan
    name, history = with_acceptance(
        layout,
        plan.changes,
        at=datetime.now(UTC),
        accepted=plan.accepted,
        withdrawn=plan.withdrawn,
        bundles=bundles,
        by=by,
    )
    commit(layout, {**plan.files, name: history})
    return replace(plan, done=True)


def _registers(layout: Layout) -> dict[str, Things]:
    return {path.stem: read_things(path) for path in layout.register_files()}


def _by_register(things: Things) -> dict[str, Things]:
    return {
        stem: {iri: block for iri, block in things.items() if register_of(iri) == stem}
        for stem in REGISTERS.values()
    }


def _names(layout: Layout, *layers: Things) -> Names:
    hand_written = (
        read_things(path, skip_blank=True) for path in (*layout.scheme_files(), *layout.ontology_files())
    )
    return Names(*layers, merged(hand_written))


def _mentions(things: Things, iri: str) -> bool:
    return iri in things or any(value == f"<{iri}>" for block in things.values() for _, value in block)


def _touches(changes: Changes, slug: str) -> bool:
    return any(article_of(item.thing) == slug for item in changes.items)


def _differs(layout: Layout, name: str, content: bytes | None) -> bool:
    path = layout.root / "data" / name
    return path.exists() if content is None else not path.exists() or path.read_bytes() != content


def _key(finding: Finding) -> tuple[str, str, str | None, str | None]:
    return finding.focus, finding.rule, finding.path, finding.value


def _digests(paths: Iterable[Path]) -> tuple[str, ...]:
    try:
        return tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    except OSError as error:
        raise TurtleError(f"cannot be read: {error.strerror}.", path=str(error.filename)) from error
