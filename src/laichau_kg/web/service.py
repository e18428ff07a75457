"""What the web's rooms stand on: one record as it was at the start, asked safely by many at once.

A service shows one state of the record: the digest of its files is the seed
of every ETag, and answers are remembered as long as it lives. What is
accepted later is served after the next start.
"""

import hashlib
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar, cast
from urllib.parse import urlsplit

from laichau_kg._filed import Filed
from laichau_kg._journal import reading
from laichau_kg.answers import Answer
from laichau_kg.errors import OutputError, SourceError
from laichau_kg.record import Record
from laichau_kg.rules import RuleBook, load_rule_book
from laichau_kg.store import engine_of, hand_over
from laichau_kg.vocab import BASE, ID
from laichau_kg.web.caching import Cache
from laichau_kg.web.dumps import Dumps
from laichau_kg.web.pool import Limits, Pool

__all__ = ["DEFAULT_BASE", "Cache", "Service", "address_of", "open_service"]

DEFAULT_BASE: Final = "http://127.0.0.1:8000/"

_PACKAGE: Final = Path(__file__).parent
_OWN: Final = (".py", ".html", ".toml", ".css", ".js", ".svg")
_MOST_CELLS: Final = 2_000_000  # of remembered answers, all together; a cell weighs about 60 bytes
_SMALL: Final = 100  # articles
_LONGEST_KEY: Final = 1000
_MOST_BYTES: Final = 64 * 2**20  # of remembered bodies
_MOST_MADE: Final = 64  # lists that pages put together from whole answers

Made = TypeVar("Made")


@dataclass(frozen=True)
class Service:
    """One state of a record, to be shown on the web.

    Attributes:
        record: The record; its store is open and loaded.
        base: The address under which this server stands, ending in a slash.
        digest: Changes whenever anything that is served may have changed; in hexadecimal.
        changed: When the record's files were last changed: whole seconds since 1970.
        sources: The folder of the articles' texts, if the reader has them.
        limits: What queries may take that readers write themselves.
        is_static: Whether the pages become files, which answer no form.
    """

    record: Record
    base: str
    digest: str
    changed: int
    sources: Path | None = None
    limits: Limits = field(default_factory=Limits)
    is_static: bool = False
    _reading: "RLock" = field(default_factory=RLock, repr=False)
    bodies: "Cache[bytes]" = field(default_factory=lambda: Cache(_MOST_BYTES, len), repr=False)
    texts: "Cache[str]" = field(default_factory=lambda: Cache(_MOST_BYTES, len), repr=False)
    _answers: "Cache[Answer]" = field(default_factory=lambda: Cache(_MOST_CELLS, _weight), repr=False)
    _made: "Cache[Any]" = field(default_factory=lambda: Cache(_MOST_MADE), repr=False)

    @cached_property
    def is_large(self) -> bool:
        """Whether it takes so long to put the whole record together that nobody shall wait for it."""
        return len(self.record.layout.article_files()) > _SMALL

    @cached_property
    def root(self) -> str:
        """The path under which this server stands, without its last slash: "" at the root of a host."""
        return urlsplit(self.base).path.rstrip("/")

    @cached_property
    def pool(self) -> Pool:
        """Answers the queries that readers write; its processes start when it is first asked."""
        return Pool(lambda: hand_over(self.record.store, self.record.layout), self.limits)

    def ask(self, query_id: str, lang: str, /, **params: str) -> Answer:
        """Ask a canned question; the same question is asked once.

        Args:
            query_id: The question's id.
            lang: "vi" or "en", the language of the labels.
            params: Its other parameters as people write them.

        Raises:
            UnknownQueryError, ParameterError: as `Record.query`.
            StoreError: the store failed.
        """
        key = ("ask", query_id, lang, *sorted(params.items()))
        return self._remembered(key, lambda: self.record.query(query_id, lang=lang, **params))

    def show(self, thing: str, lang: str) -> Answer:
        """Tell all that is said of one thing: the question ``about``.

        Raises:
            UnknownThingError: there is no such thing; the error has near names.
        """
        return self._remembered(("show", thing, lang), lambda: self.record.show(thing, lang=lang))

    def search(self, text: str) -> Answer:
        """Find things by their names: columns thing, kind, name."""
        return self._remembered(("search", text), lambda: self.record.search(text))

    def _remembered(self, key: tuple[object, ...], ask: Callable[[], Answer]) -> Answer:
        """Ask once; what is asked at great length is asked again, for keys are not weighed."""
        return self._answers.get(key, ask) if len(str(key)) < _LONGEST_KEY else ask()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Remember what is put together from whole answers; there are few such things, and none may change.

        Args:
            key: What it is, with its language.
            make: Puts it together.
        """
        return cast("Made", self._made.get(key, make))

    def matching(
        self, query_id: str, lang: str, column: str, values: Collection[str]
    ) -> list[dict[str, Any]]:
        """Return as records the rows of a whole answer that have one of *values* in *column*."""
        answer = self.ask(query_id, lang)
        index = self.once(("index", query_id, lang, column), lambda: _index(answer, column))
        places = sorted(place for value in values for place in index.get(value, ()))
        return Answer(answer.columns, tuple(answer.rows[place] for place in places)).records()

    def count(self, class_: str) -> int:
        """Count the instances of a class."""
        return self.once(("count", class_), lambda: len(self.filed.instances(class_)))

    def label(self, iri: str, lang: str) -> str:
        """Return the name of a thing in *lang*; its slug where it has none."""
        return self.filed.label(iri, lang) or iri.rpartition("/")[2].rpartition("#")[2]

    @property
    def filed(self) -> Filed:
        """The record's triples as its files have them; read when first asked for."""
        with self._reading:
            return self._filed

    def path(self, address: str, lang: str = "") -> str:
        """Make the path to an address of this server, as a link holds it.

        Args:
            address: What comes after the base, with its first slash: ``/officials``.
            lang: The page in this language; else without a language.
        """
        return f"{self.root}{f'/{lang}' if lang else ''}{address}"

    def url(self, address: str, lang: str = "") -> str:
        """Make the whole address of a page or a file of this server."""
        return f"{self.base.rstrip('/')}{f'/{lang}' if lang else ''}{address}"

    @property
    def dumps(self) -> Dumps:
        """The record as files; made when first asked for."""
        with self._reading:
            return self._dumps

    def close(self) -> None:
        """Remove what lies in temporary folders; it is made again when asked for."""
        if "_dumps" in self.__dict__:
            self._dumps.close()

    @cached_property
    def things(self) -> list[str]:
        """The IRIs of all things that have a document."""
        return self.filed.things()

    @property
    def shapes(self) -> Filed:
        """The shapes' triples; read when first asked for."""
        with self._reading:
            return self._shapes

    @property
    def rules(self) -> RuleBook:
        """The rules; read when first asked for."""
        with self._reading:
            return self._rules

    @cached_property
    def _filed(self) -> Filed:
        return Filed.of_record(self.record.layout, self.record.ask, engine_of(self.record.store))

    @cached_property
    def _dumps(self) -> Dumps:
        return Dumps(self.record, self.filed, waits=self.is_static or not self.is_large)

    @cached_property
    def _shapes(self) -> Filed:
        return Filed.of_shapes(self.record.layout)

    @cached_property
    def _rules(self) -> RuleBook:
        return load_rule_book(self.record.layout)


def _weight(answer: Answer) -> int:
    """Weigh an answer in cells, an empty one too."""
    return (len(answer) + 5) * len(answer.columns)


def _index(answer: Answer, column: str) -> dict[str, list[int]]:
    """Tell in which rows each value of a column is."""
    index: dict[str, list[int]] = {}
    for place, term in enumerate(answer.column(column)):
        if term is not None:
            index.setdefault(str(term), []).append(place)
    return index


def address_of(iri: str) -> str | None:
    """Make the address of a thing's page from its IRI; None for what has no page here.

    >>> address_of("https://w3id.org/laichau-kg/id/place/lai-chau")
    '/doc/place/lai-chau'
    >>> address_of("https://w3id.org/laichau-kg/id/article/a#char=1,2")
    '/doc/article/a#char=1,2'
    >>> address_of("https://w3id.org/laichau-kg/ontology#Meeting")
    '/ontology#Meeting'
    """
    if iri.startswith(ID):
        return "/doc/" + iri.removeprefix(ID)
    return "/" + iri.removeprefix(BASE) if iri.startswith(BASE) else None


def open_service(
    record: Record,
    *,
    base: str = DEFAULT_BASE,
    sources: Path | None = None,
    limits: Limits | None = None,
    is_static: bool = False,
) -> Service:
    """Prepare a record for the web: load its store, and take the digest of what is served.

    Args:
        record: The record; it must stay open as long as the service is used.
        base: The address under which the server stands.
        sources: The folder of the articles' texts.
        limits: What queries may take that readers write themselves.
        is_static: Whether the pages become files.

    Raises:
        OutputError: *base* is no http address.
        SourceError: *sources* is no folder.
        StoreError: the store failed.
    """
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise OutputError(f"{base!r}: no address for a server; one looks like https://example.org/laichau/.")
    if sources is not None and not sources.is_dir():
        raise SourceError(f"{sources}: no such folder of texts.")
    # Asked once before anybody else asks: what is loaded when first needed would be loaded by two at once.
    record.store.query("ASK {}")
    digest, changed = _digest(record, base, sources)
    service = Service(
        record,
        base if base.endswith("/") else base + "/",
        digest,
        changed,
        sources,
        limits or Limits(),
        is_static,
    )
    list(record.catalog.values())
    return service


def _digest(record: Record, base: str, sources: Path | None) -> tuple[str, int]:
    """Hash all that a body may depend on: the record's files, our own, the version, the address."""
    layout = record.layout
    folders = (layout.ontology, layout.articles.parent, layout.queries, layout.rule_pages)
    suffixes = (".ttl", ".jsonld", ".rq", ".md")
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    files += [path for path in _PACKAGE.rglob("*") if path.suffix in _OWN]
    whole = hashlib.sha256(f"{version('laichau-kg')}\n{base}\n{sources}\n".encode())
    changed = 0
    with reading(layout):
        for path in sorted(files):
            whole.update(hashlib.sha256(path.read_bytes()).digest())
            changed = max(changed, int(path.stat().st_mtime))
    return whole.hexdigest(), changed
