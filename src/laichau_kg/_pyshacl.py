"""pySHACL as the checker uses it: for core constraints, on graphs that are filled once and then only read.

What it asks for a hundred thousand times it gets by a shorter way, and what
core constraints never ask for is not imported. No verdict changes by it.
"""

import logging
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.store import Store

from laichau_kg._reading import AnyTerm, Statement
from laichau_kg.errors import DataError

__all__ = ["Converted", "QuickStore", "to_graph", "to_rdflib", "validate"]

RdfTerm = URIRef | BNode | RdfLiteral

_XSD_STRING: Final = str(XSD.string)
_SPARQL: Final = "rdflib.plugins.sparql"

# A literal that its datatype does not have is a finding; rdflib's own warning of it, with a traceback, is
# only for applications that listen to it.
logging.getLogger("rdflib.term").addHandler(logging.NullHandler())


class _Late(type):
    """A class that stands for one of a module that is imported only when it is called or compared with."""

    home: str

    def _real(cls) -> Any:
        return getattr(import_module(cls.home), cls.__name__)

    def __call__(cls, *args: Any, **options: Any) -> Any:
        return cls._real()(*args, **options)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls._real())


class _LateModule(ModuleType):
    """A module all of whose names stand for those of the real one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Late(name, (), {"home": self.__name__})


@contextmanager
def _without_sparql() -> Iterator[None]:
    """Let what is imported meanwhile name rdflib's SPARQL engine without importing it.

    pySHACL names a few of its functions and classes, for constraints that are
    queries; those are asked of Oxigraph. The engine's grammar alone takes a
    tenth of a second to build. Whoever does ask pySHACL for a query gets the
    real one, then.
    """
    if _SPARQL in sys.modules or threading.active_count() > 1:
        yield
        return
    names = [f"{_SPARQL}.operators", f"{_SPARQL}.sparql"]
    sys.modules.update((name, _LateModule(name)) for name in names)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


with _without_sparql():
    import pyshacl.constraints
    import pyshacl.consts
    from pyshacl.constraints.constraint_component import ConstraintComponent

# pySHACL looks each property of a shape up in a list, one comparison after the other.
_PARAMETERS: Final[Any] = dict.fromkeys(pyshacl.constraints.ALL_CONSTRAINT_PARAMETERS)
setattr(pyshacl.constraints, "ALL_CONSTRAINT_PARAMETERS", _PARAMETERS)  # noqa: B010
# It puts a text together for each result, also for those that stay inside sh:or; nobody reads it.
setattr(ConstraintComponent, "make_v_result_description", lambda *_args, **_options: "")  # noqa: B010


class QuickStore(Store):
    """The statements of one graph, to be added and looked up: rdflib's own store keeps books on contexts."""

    context_aware = True  # rdflib asks for it where a store may hold several graphs
    graph_aware = True

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[Any, dict[Any, dict[Any, None]]] = {}
        self._subjects: dict[Any, dict[Any, dict[Any, None]]] = {}
        self._count = 0

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - rdflib's
        """Add a statement."""
        subject, predicate, value = triple
        values = self._values.setdefault(subject, {}).setdefault(predicate, {})
        if value not in values:
            values[value] = None
            self._subjects.setdefault(predicate, {}).setdefault(value, {})[subject] = None
            self._count += 1

    def add_graph(self, graph: Graph) -> None:
        """Take note of a graph: there is but one."""

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Any]]:  # noqa: ARG002 - rdflib's
        """Yield the statements that fit a pattern, each with its contexts: none."""
        subject, predicate, value = triple_pattern
        if subject is None:
            properties = [predicate] if predicate is not None else self._subjects
            for one in properties:
                by_value = self._subjects.get(one, {})
                for end in [value] if value is not None else by_value:
                    for start in by_value.get(end, ()):
                        yield (start, one, end), ()
            return
        block = self._values.get(subject, {})
        for one in [predicate] if predicate is not None else block:
            values = block.get(one, ())
            if value is None:
                for end in values:
                    yield (subject, one, end), ()
            elif value in values:
                yield (subject, one, value), ()

    def __len__(self, context: Any = None) -> int:
        """Count the statements."""
        return self._count

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:  # noqa: FBT001, FBT002 - rdflib's
        """Pass over a prefix: nothing is written from here."""

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Name no prefix."""
        return iter(())


class Converted(dict[AnyTerm, RdfTerm]):
    """Terms as rdflib has them, each converted once; those that pySHACL names are pySHACL's own."""

    def __missing__(self, term: AnyTerm) -> RdfTerm:
        """Convert a term that is met for the first time."""
        found = self[term] = to_rdflib(term)
        return found

    @classmethod
    def of_shacl(cls) -> "Converted":
        """Begin with pySHACL's terms: what is the same object needs no comparison of texts."""
        named = (value for value in vars(pyshacl.consts).values() if isinstance(value, URIRef))
        return cls((ox.NamedNode(str(name)), name) for name in named)


def to_graph(
    statements: Iterable[Statement], *, store: Store | None = None, terms: Converted | None = None
) -> Graph:
    """Make an rdflib graph; literals keep their spelling, so that two spellings are two values.

    Args:
        statements: What it holds.
        store: Where it holds them; rdflib's own if none is given.
        terms: Terms that are converted already; more are added.
    """
    # An empty store counts as none.
    graph = Graph() if store is None else Graph(store=store, bind_namespaces="none")
    add = graph.store.add  # what Graph.add does besides is to look at the terms, which are sound here
    convert = (Converted() if terms is None else terms).__getitem__
    for subject, predicate, value in statements:
        add((convert(subject), convert(predicate), convert(value)), graph)
    return graph


def to_rdflib(term: AnyTerm) -> RdfTerm:
    """Return a term as rdflib has it, spelled the same."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return RdfLiteral(term.value, lang=term.language)
    if term.datatype.value == _XSD_STRING:
        return RdfLiteral(term.value)
    literal = RdfLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    return _IllTyped(literal, datatype=literal.datatype, normalize=False) if literal.ill_typed else literal


class _IllTyped(RdfLiteral):
    """A literal that its datatype does not have; rdflib raises where it is compared with another.

    What cannot be compared is not less or equal: SHACL, section 4.5.4.
    """

    def __le__(self, other: Any) -> bool:
        found = super().__le__(other)
        return False if found is NotImplemented else found

    def __ge__(self, other: Any) -> bool:
        found = super().__ge__(other)
        return False if found is NotImplemented else found


def validate(data: Graph, shapes: Graph) -> Graph:
    """Judge *data* by *shapes*; return the ``sh:ValidationReport``.

    Raises:
        DataError: pySHACL does not take the shapes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, on comparing an impossible date
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False)
    if not isinstance(report, Graph):
        raise DataError(f"The shapes cannot be used: {text}")
    return report
