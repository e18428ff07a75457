"""The record's triples as its files have them, to be looked up by subject and by object.

This goes past the store on purpose, as a dump does: a store rewrites the
spelling of numbers and narrows their types, and a document about a thing
shall say what the file says.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._journal import reading
from laichau_kg.layout import Layout
from laichau_kg.store import record_files
from laichau_kg.vocab import LCK, PREFIXES

__all__ = ["Filed"]

_PREF_LABEL = PREFIXES["skos"] + "prefLabel"


class Filed:
    """All triples of one record at one moment; never changed, so that many may read it at once.

    Args:
        layout: The record; its files are read at once.

    Raises:
        TurtleError: a file is no valid Turtle.
    """

    def __init__(self, layout: Layout) -> None:
        with reading(layout):
            self.quads = _dump.read_quads(record_files(layout))
        self._dataset = ox.Dataset(self.quads)
        self._labels: dict[tuple[str, str], str] = {}
        for quad in self._dataset.quads_for_predicate(ox.NamedNode(_PREF_LABEL)):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                self._labels.setdefault((quad.subject.value, quad.object.language or ""), quad.object.value)

    def label(self, iri: str, lang: str) -> str:
        """Return the name of a thing in *lang*, or "" where it has none."""
        return self._labels.get((iri, lang), "")

    def __contains__(self, iri: object) -> bool:
        """Whether anything is said of the thing *iri*."""
        return any(True for _ in self.about([str(iri)]))

    def about(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things."""
        return [quad for iri in iris for quad in self._dataset.quads_for_subject(ox.NamedNode(iri))]

    def source(self, article: str) -> tuple[tuple[str, str], ...]:
        """Return the name and the SHA-256 of an article's text, as one pair, if there is such an article."""
        said = {quad.predicate.value: _text(quad.object) for quad in self.about([article])}
        if LCK.sourceFile in said and LCK.sha256 in said:
            return ((said[LCK.sourceFile], said[LCK.sha256]),)
        return ()


def _text(node: object) -> str:
    return str(getattr(node, "value", node))
