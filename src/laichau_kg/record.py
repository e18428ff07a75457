"""The record as one thing: ask it, look things up in it, check it, hand it on.

Nothing is opened before it is needed, so that listing the questions does not
load the facts.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from laichau_kg.answers import Answer, AnyAnswer
from laichau_kg.errors import ParameterError, QueryError, UnknownThingError
from laichau_kg.layout import Layout, find_layout
from laichau_kg.queries import Catalog, Parameter
from laichau_kg.resolve import Named, Resolver, plain_literal
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.vocab import LCK, RDF

if TYPE_CHECKING:
    from laichau_kg.report import Report, Severity
    from laichau_kg.sources import Mismatch
    from laichau_kg.store import Loaded, Store

__all__ = ["Record", "check", "export", "open_record"]

_TIMEOUT = 30.0
_MEMORY = 2**30
_ABOUT = "about"


def open_record(root: Path | None = None, *, store: str = "memory") -> "Record":
    """Open a record.

    Args:
        root: A checkout; else the record that was installed with the package.
        store: Where its facts are asked: "memory", a folder for a store on disk, or a SPARQL server's
            address.

    Raises:
        LayoutError: there is no record at *root*.
    """
    layout = find_layout(root)
    return Record(layout, lambda: _open_store(store, layout))


def check(paths: Sequence[Path] = (), *, root: Path | None = None) -> "Report":
    """Check a whole record, or the facts in *paths* against it, as `Record.check` does."""
    with open_record(root) as record:
        return record.check(paths)


def export(path: Path, *, root: Path | None = None) -> None:
    """Write a whole record to *path*, as `Record.export` does."""
    with open_record(root) as record:
        record.export(path)


class Record:
    """A record of facts, with the store they are asked in.

    Use it as a context manager, or close it: a store on disk is locked while
    it is open.

    Args:
        layout: Where its files lie.
        opener: Opens the store, once it is needed.
    """

    def __init__(self, layout: Layout, opener: "Callable[[], Store]") -> None:
        self.layout = layout
        self._opener = opener
        self._opened: Store | None = None

    def __enter__(self) -> Self:
        """Return the record itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the record."""
        self.close()

    def close(self) -> None:
        """Let go of the store; the record opens it again when it is asked again."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    @property
    def store(self) -> "Store":
        """The store, opened when first asked for.

        Raises:
            StoreUnavailableError: it cannot be opened or reached.
        """
        if self._opened is None:
            self._opened = self._opener()
        return self._opened

    @cached_property
    def catalog(self) -> Catalog:
        """The canned questions."""
        return Catalog.load(self.layout)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self._rows)

    def query(self, query_id: str, /, **params: str) -> Answer:
        """Ask a canned question.

        Args:
            query_id: The question's id; `catalog` lists them.
            params: Its parameters as people write them: for a thing an IRI, a prefixed name, a slug or a
                label, with or without diacritics; "vi" or "en" for `lang`.

        Raises:
            UnknownQueryError: there is no such question.
            ParameterError: a parameter is unknown, missing or fits nothing; the error has near names.
            StoreError: the store failed.
        """
        return self._rows(self.text_of(query_id, **params))

    def text_of(self, query_id: str, /, **params: str) -> str:
        """Write the SPARQL text of a canned question, its parameters put in, as `query` asks it.

        Raises:
            UnknownQueryError, ParameterError: as `query`.
            StoreError: the store failed.
        """
        query = self.catalog.get(query_id)
        values = {name: self._term(query.parameter(name), text) for name, text in params.items()}
        return query.bind(values)

    def sparql(self, text: str, *, timeout: float = _TIMEOUT, memory: int = _MEMORY) -> AnyAnswer:
        """Ask any SPARQL 1.1 query, in a process of its own that is stopped at its limits.

        Args:
            text: A SELECT, ASK, CONSTRUCT or DESCRIBE; the repository's prefixes need no declaration.
            timeout: Seconds it may take.
            memory: Bytes it may take beside the data.

        Raises:
            SparqlSyntaxError: it is not SPARQL; the error has line and column.
            UpdateRefusedError: it would change the store or fetch something.
            LimitExceededError: it was stopped.
            StoreError: the store failed.
        """
        return self.store.sparql(text, timeout=timeout, memory=memory)

    def show(self, thing: str, *, lang: str = "en") -> Answer:
        """Tell all that is said of one thing, with the evidence: the question `about`.

        Args:
            thing: An IRI, a prefixed name, a slug or a label.
            lang: The language of the labels.

        Raises:
            UnknownThingError: there is no such thing; the error has near names.
            ParameterError: several things have this name.
        """
        about = self.catalog.get(_ABOUT)
        blank = next(parameter for parameter in about.parameters if parameter.takes_thing)
        return self._rows(about.bind({blank.name: self.resolve("thing", thing), "lang": Literal(lang)}))

    def search(self, text: str) -> Answer:
        """Find things by a part of one of their names, or by a name that comes near: best first."""
        found = self._resolver.search(text)
        rows = [(Iri(named.iri), Literal(named.kind), Literal(named.label)) for named in found]
        return Answer(("thing", "kind", "name"), tuple(rows))

    def names(self, kind: str = "thing") -> tuple[Named, ...]:
        """List everything of *kind* ("person", "place", …, or "thing" for any) with all its names."""
        return self._resolver.names(kind)

    def resolve(self, kind: str, text: str) -> Iri:
        """Find the one thing of *kind* ("person", "place", …, or "thing" for any) that *text* names.

        Raises:
            UnknownThingError: there is none; the error has near names.
            ParameterError: there are several; the error lists them.
        """
        return self._resolver.resolve(kind, text)

    def count(self) -> Mapping[str, int]:
        """Count the instances of each class of the ontology, by the class's name."""
        answer = self._rows(
            f"SELECT ?class (COUNT(DISTINCT ?thing) AS ?number) WHERE {{ ?thing <{RDF.type}> ?class "
            f'FILTER (STRSTARTS(STR(?class), "{LCK}")) }} GROUP BY ?class ORDER BY ?class'
        )
        return {str(row[0]).removeprefix(LCK): int(str(row[1])) for row in answer.rows}

    def check(
        self, paths: Sequence[Path] = (), *, located: "Severity" = "info", jobs: int | None = None
    ) -> "Report":
        """Judge the whole record by its shapes; or the facts in *paths*, together with the record.

        Of what *paths* bring it is also asked whether it looks like something that is known.

        Args:
            paths: Files with new facts; none means the whole record.
            located: Findings less grave than this get no line; finding lines takes time.
            jobs: How many processes share the work of a whole, large record; not given, one a core.

        Raises:
            TurtleError: a file is no valid Turtle.
            StoreError: the record's store is a server.
            WorkerDiedError: a process ended before its work.
        """
        from laichau_kg import shapes  # noqa: PLC0415 - brings pySHACL and rdflib

        if not paths:
            return shapes.check_record(self.layout, jobs=jobs, store=self.store)
        return shapes.check_files(self.layout, paths, store=self.store, located=located, alike=True)

    def export(self, path: Path) -> tuple[Path, Path]:
        """Write the whole record to *path*, in the form its suffix names, and its description beside it.

        `laichau_kg.exports.FORMS` lists the forms.

        Returns:
            The file's path and its description's.

        Raises:
            OutputError: the suffix names no form, a package that the form needs is not installed, or the
                file cannot be written.
        """
        from laichau_kg.exports import export_record  # noqa: PLC0415 - questions need no export

        return export_record(self, path)

    def export_tables(self, folder: Path) -> tuple[Path, ...]:
        """Write the record's tables to *folder* as CSV with their CSVW description.

        Returns:
            The files written.

        Raises:
            OutputError: they cannot be written there.
        """
        from laichau_kg.tables import export_tables  # noqa: PLC0415 - questions need no export

        return export_tables(self, folder)

    def verify_sources(self, folder: Path) -> "tuple[Mismatch, ...]":
        """Hold every evidence span against the texts in *folder*; return what differs.

        Raises:
            SourceError: *folder* cannot be read.
        """
        from laichau_kg.sources import verify_sources  # noqa: PLC0415 - questions need no texts

        return verify_sources(self.layout, folder)

    def load(self, *, on_graph: Callable[[str], None] = lambda _graph: None) -> "Loaded":
        """Load the record's files into its store, graph by graph.

        Args:
            on_graph: Called with each graph's IRI when it is loaded.

        Raises:
            StoreError: the store failed.
        """
        from laichau_kg.store import load_record  # noqa: PLC0415 - as above

        self.__dict__.pop("_resolver", None)  # it may know names that the store has no more
        return load_record(self.layout, self.store, progress=on_graph)

    def ask(self, text: str, /) -> Answer:
        """Ask a trusted SELECT, without limits; for text that is not the project's own there is `sparql`.

        Raises:
            QueryError: *text* is no SELECT.
            StoreError: the store failed.
        """
        return self._rows(text)

    def _term(self, parameter: Parameter, text: str) -> Term:
        if not parameter.takes_thing:
            return parameter.read(plain_literal(parameter.type, text))
        try:
            return self.resolve(parameter.type, text)
        except (UnknownThingError, ParameterError) as error:
            raise ParameterError(
                f"{parameter.name}: {error}",
                name=parameter.name,
                value=text,
                wanted=parameter.type,
                choices=error.near or getattr(error, "choices", ()),
            ) from error

    def _rows(self, text: str) -> Answer:
        answer = self.store.query(text)
        if isinstance(answer, Answer):
            return answer
        raise QueryError("This query gives no rows; a SELECT does.")


def _open_store(spec: str, layout: Layout) -> "Store":
    from laichau_kg.store import open_store  # noqa: PLC0415 - the list of questions needs no store

    return open_store(spec, layout)
