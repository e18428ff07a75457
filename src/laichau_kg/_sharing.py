"""Find the things in a store that share several values.

Oxigraph has no index over two properties, and knows no counts to order a join
by. Looking up the other values of each thing that has the first costs as much
as the record is large; so do joined sets of all that have each. Here the two
smallest sets are joined, and the rest is looked up of the few things that both
hold; many keys are asked for at once.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, cast

import pyoxigraph as ox

from laichau_kg._reading import AnyTerm, Node

__all__ = ["Key", "sharing"]

Key = frozenset[tuple[ox.NamedNode, AnyTerm]]
"""Properties with the values that things share."""

_JOINED: Final = 2
_MANY: Final = 10_000  # things, beyond which a set is only large


class _Part(NamedTuple):
    """A property, the variable for its value, and the values that are wanted."""

    name: ox.NamedNode
    variable: str
    values: str

    @property
    def things(self) -> str:
        """The things that have one of the values."""
        given = f"VALUES {self.variable} {{ {self.values} }}"
        return f"SELECT ?found {self.variable} {{ {given} ?found {self.name} {self.variable} }}"

    @property
    def lookup(self) -> str:
        """The value of things that were found."""
        return f"OPTIONAL {{ ?found {self.name} {self.variable} }}"


def sharing(store: ox.Store, keys: Iterable[Key]) -> Iterator[Node]:
    """Yield the things in any graph of *store* that have all the values of one of *keys*."""
    alike: dict[tuple[ox.NamedNode, ...], set[tuple[AnyTerm, ...]]] = {}
    for key in keys:
        pairs = sorted(key, key=str)
        if not any(isinstance(value, ox.BlankNode) for _, value in pairs):  # no other file names it
            names, values = (tuple(each) for each in zip(*pairs, strict=True))
            alike.setdefault(names, set()).add(values)
    for names, rows in alike.items():
        for row in _select(store, _query(store, names, sorted(rows, key=str))):
            yield cast("Node", row["found"])


def _query(store: ox.Store, names: Sequence[ox.NamedNode], rows: Collection[Sequence[AnyTerm]]) -> str:
    parts = [
        _Part(name, f"?v{at}", " ".join(dict.fromkeys(str(row[at]) for row in rows)))
        for at, name in enumerate(names)
    ]
    variables = " ".join(part.variable for part in parts)
    table = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    if len(parts) > _JOINED:
        parts.sort(key=lambda part: _size(store, part))
    joined = " ".join(f"{{ {part.things} }}" for part in parts[:_JOINED])
    lookups = " ".join(part.lookup for part in parts[_JOINED:])
    found = f"{{ SELECT * {{ {joined} {lookups} }} }} VALUES ({variables}) {{ {table} }}"
    return f"SELECT DISTINCT ?found {{ {found} }}"


def _size(store: ox.Store, part: _Part) -> int:
    """Count the things that have one of a part's values, as far as it matters."""
    (row,) = _select(store, f"SELECT (COUNT(*) AS ?count) {{ {{ {part.things} LIMIT {_MANY} }} }}")
    return int(cast("ox.Literal", row["count"]).value)


def _select(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    return cast("ox.QuerySolutions", store.query(query, use_default_graph_as_union=True))
