"""Check facts against the shapes: the whole record, or files that are to come into it.

Three layers of shapes lie in ``ontology/shapes/``. The *bundle* layer judges
an article's facts with the registers they name, the *record* layer compares
facts of all articles, the *house* layer judges the ontology, the code lists
and the shapes themselves. All are standard SHACL that any validator may run;
``check_*`` here give the same verdicts, only sooner.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from laichau_kg._findings import complete
from laichau_kg._journal import reading
from laichau_kg._reading import Node, ParsedFile, read_file
from laichau_kg._walk import Base
from laichau_kg.errors import StoreError
from laichau_kg.identity import alike_findings
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, Report, Severity
from laichau_kg.store import Store, open_store
from laichau_kg.vocab import GRAPH, LCK, RDF

__all__ = ["base_of", "check_files", "check_house", "check_record", "facts_shapes", "record_paths"]

SMALL: Final = 20
"""Articles up to which a record is judged in one go."""

_HOUSE: Final = "house.ttl"
_PREFIXES: Final = "prefixes.ttl"
_TYPE: Final = ox.NamedNode(RDF.type)
_ARTICLE: Final = ox.NamedNode(LCK.Article)
_REGISTER: Final = f"{GRAPH}register-"
_BY_HAND: Final = tuple(f"{GRAPH}{folder}-" for folder in ("ontology", "scheme", "register", "history"))


def check_record(layout: Layout, *, jobs: int | None = None, store: Store | None = None) -> Report:
    """Judge the whole record at *layout*: registers, code lists and every article's facts.

    A small record is judged in one go, a larger one part by part, by several
    processes. The findings and their order are the same.

    Args:
        layout: The record.
        jobs: How many processes share the work; as many as there are cores if not given.
        store: The record in a store on disk, for the processes to ask; without one each loads the files, or
            a passing store is made where they are many.

    Raises:
        TurtleError: a file of the record is no valid Turtle.
        DataError: the record is large, and its shapes do not say what rules read of other things.
        WorkerDiedError: a process ended before its work.
    """
    with reading(layout):
        if len(layout.article_files()) > SMALL:
            from laichau_kg._parts import judge_in_parts  # noqa: PLC0415 - for large records only

            folder = getattr(store, "folder", None)
            jobs = jobs or len(os.sched_getaffinity(0))
            return Report(judge_in_parts(layout, facts_shapes(layout), jobs=jobs, folder=folder))
        files = [read_file(path) for path in record_paths(layout)]
    return _check(layout, files, facts_shapes(layout))


def check_files(
    layout: Layout,
    paths: Sequence[Path],
    *,
    store: Store | None = None,
    located: Severity = "info",
    alike: bool = False,
    without: Iterable[str] = (),
) -> Report:
    """Judge the facts in *paths* together with the record at *layout*.

    The facts of an article that the record holds already, and a register or
    code list of the same file name, stand in place of the record's. Findings
    are about

    * the things that the files describe; in a register or code list that
      stands in place of the record's, those that differ from what they were,
    * old things that refer to what the files change or no longer say,
    * old things that a new one clashes with, by the rule that they break.

    Where the record conformed before, the report conforms if and only if the
    whole record with the files in place does. The time it takes depends on the
    files, and not on how much the record holds.

    Args:
        layout: The record.
        paths: The files.
        store: The record in a store in memory or on disk; without one its files are loaded.
        located: Findings less grave than this get no line; finding lines takes time.
        alike: Report also what looks like something that the registers hold.
        without: IRIs of graphs that go.

    Raises:
        TurtleError: a file cannot be read, or is no valid RDF.
        DataError: the shapes do not say what rules read of other things.
        StoreError: the store is a server.
    """
    new = [read_file(path) for path in paths]
    own = store or open_store("memory", layout)
    try:
        return _check_against(layout, new, own, located, alike=alike, without=without)
    finally:
        if store is None:
            own.close()


def base_of(store: Store) -> Base:
    """Return a store as the checker asks it.

    Raises:
        StoreError: it is a server.
    """
    engine = getattr(store, "engine", None)
    if not isinstance(engine, ox.Store):
        raise StoreError(
            "Facts are checked against a store in memory or in a folder; a server is only asked."
        )
    return Base(engine)


def _check_against(
    layout: Layout,
    new: Sequence[ParsedFile],
    store: Store,
    located: Severity,
    *,
    alike: bool,
    without: Iterable[str],
) -> Report:
    from laichau_kg._judge import Statements, judge  # noqa: PLC0415 - rdflib and pySHACL are slow to import
    from laichau_kg._rules import load_rules  # noqa: PLC0415 - the same
    from laichau_kg._scope import change_scope  # noqa: PLC0415 - the same

    engine = base_of(store).store
    rules = load_rules(facts_shapes(layout), of_few=True)
    base = Base(engine, [*without, *(graph for file in new for graph in _replaced(engine, file))])
    only: set[Node] = {
        subject
        for file in new
        if not _articles(file) and _stands_for(engine, file)
        for subject, _, _ in file.statements
    }
    scope = change_scope(rules, base, (one for file in new for one in file.statements), only=only)
    statements = Statements([*scope.core, *scope.more])
    findings = judge(rules, statements, scope.focus, core=scope.core, extra=scope.extra)
    done = complete(layout, findings, statements, new, base=base, located=located)
    if alike:
        done = tuple(sorted([*done, *alike_findings(layout, new, _held_by(engine))], key=Finding.sort_key))
    return Report(done)


def _held_by(engine: ox.Store) -> Callable[[str], bool]:
    def is_held(iri: str) -> bool:
        quads = engine.quads_for_pattern(ox.NamedNode(iri), None, None)
        names = (quad.graph_name for quad in quads)
        return any(isinstance(name, ox.NamedNode) and name.value.startswith(_REGISTER) for name in names)

    return is_held


def _replaced(engine: ox.Store, file: ParsedFile) -> list[str]:
    """Name the graphs of the record that a file stands in place of."""
    articles = _articles(file)
    if not articles:
        return _stands_for(engine, file)
    held = (
        quad.graph_name.value
        for article in articles
        for quad in engine.quads_for_pattern(ox.NamedNode(article), _TYPE, _ARTICLE)
        if isinstance(quad.graph_name, ox.NamedNode)
    )
    return [graph for graph in held if not graph.startswith(_BY_HAND)]


def _stands_for(engine: ox.Store, file: ParsedFile) -> list[str]:
    if file.path.suffix != ".ttl":
        return []
    graphs = (f"{GRAPH}{folder}-{file.path.stem}" for folder in ("register", "scheme"))
    return [graph for graph in graphs if engine.contains_named_graph(ox.NamedNode(graph))]


def check_house(layout: Layout) -> Report:
    """Judge the ontology, the code lists and the shapes at *layout* by the shapes of the house.

    Raises:
        TurtleError: one of the files is no valid Turtle.
    """
    paths = [*layout.ontology_files(), *layout.scheme_files(), *layout.shape_files()]
    return _check(
        layout,
        [read_file(path) for path in paths],
        [layout.shapes / name for name in (_PREFIXES, _HOUSE)],
    )


def record_paths(layout: Layout) -> list[Path]:
    """List the files that are judged when the whole record is."""
    return [
        *layout.ontology_files(),
        *layout.scheme_files(),
        *layout.register_files(),
        *layout.article_files(),
        *layout.history_files(),
    ]


def facts_shapes(layout: Layout) -> list[Path]:
    """List the files of shapes that facts are judged by."""
    return [path for path in layout.shape_files() if path.name != _HOUSE]


def _articles(file: ParsedFile) -> set[str]:
    return {
        subject.value
        for subject, predicate, value in file.statements
        if predicate.value == RDF.type and isinstance(value, ox.NamedNode) and value.value == LCK.Article
    }


def _check(layout: Layout, files: Sequence[ParsedFile], shapes: Sequence[Path]) -> Report:
    from laichau_kg._judge import Statements, judge  # noqa: PLC0415 - rdflib and pySHACL are slow to import
    from laichau_kg._rules import load_rules  # noqa: PLC0415 - the same

    statements = Statements(statement for file in files for statement in file.statements)
    findings = judge(load_rules(shapes), statements)
    return Report(complete(layout, findings, statements, files))
