"""From what an editor types to the thing it names: in the record, or among what the bundle brings."""

from collections.abc import Iterable
from typing import Final

from laichau_kg._things import Things, to_turtle
from laichau_kg.errors import ParameterError, UnknownThingError
from laichau_kg.resolve import Resolver
from laichau_kg.store import Store
from laichau_kg.text import near_names
from laichau_kg.vocab import GRAPH

__all__ = ["Directory"]

_GRAPH: Final = GRAPH + "under-review"


class Directory:
    """Names of the record and of a bundle under review, looked up as all commands do.

    Args:
        store: The record's store, in memory; the bundle is put beside it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._things: Things = {}
        self._resolver: Resolver | None = None

    def find(self, things: Things, kinds: Iterable[str], text: str) -> str:
        """Find the IRI of the one thing that *text* names.

        Args:
            things: The bundle as it is now.
            kinds: What it may be.
            text: An IRI, a short IRI, a slug or a label.

        Raises:
            UnknownThingError: there is none; the error has near names.
            ParameterError: there are several.
        """
        resolver = self._resolve_with(things)
        near: list[str] = []
        several: ParameterError | None = None
        for kind in kinds:
            try:
                return resolver.resolve(kind, text).value
            except UnknownThingError as error:
                near += error.near
            except ParameterError as error:
                several = error
        if several is not None:
            raise several
        raise UnknownThingError(f"{text!r} is not there.", name=text, near=near)

    def near(self, things: Things, kinds: Iterable[str], text: str, *, most: int = 5) -> list[str]:
        """List the IRIs of things whose names come near *text*, the nearest first."""
        resolver = self._resolve_with(things)
        names = [named for kind in kinds for named in resolver.names(kind)]
        by_label = {named.label: named.iri for named in names}
        found = near_names(text, by_label, most=most) if text else []
        return list(dict.fromkeys(by_label[label] for label in found))

    def _resolve_with(self, things: Things) -> Resolver:
        if self._resolver is None or things is not self._things:
            named = {iri: block for iri, block in things.items() if "#char=" not in iri}
            self._store.replace_graph(_GRAPH, to_turtle(named, path="the bundle"))
            self._things = things
            self._resolver = Resolver(self._store.query)  # type: ignore[arg-type]
        return self._resolver
