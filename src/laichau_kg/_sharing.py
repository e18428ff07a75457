"""Find the things in a store that share several values.

Oxigraph has no index over two properties, and knows no counts to order a join
by. Looking up the other values of each thing that has the first costs as much
as the record is large; so do joined sets of all that have each. Here the two
smallest sets are joined, found by counting a little way, and the rest is looked
up of the few things that both hold; many keys are asked for at once.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, cast

import pyoxigraph as ox

from laichau_kg._reading import AnyTerm, Node

__all__ = ["Key", "Pair", "sharing"]

Pair = tuple[ox.NamedNode, AnyTerm]
"""A property and a value of it."""

Key = tuple[Pair, ...]
"""The values that things share; the first are those that as a rule few things have."""

_JOINED: Final = 2
_MANY: Final = 1000  # things; beyond, it is not worth the time to count on


def sharing(store: ox.Store, keys: Iterable[Key]) -> Iterator[Node]:
    """Yield the things in any graph of *store* that have all the values of one of *keys*."""
    alike: dict[tuple[ox.NamedNode, ...], dict[tuple[AnyTerm, ...], None]] = {}
    for key in keys:
        names, values = tuple(name for name, _ in key), tuple(value for _, value in key)
        if not any(isinstance(value, ox.BlankNode) for value in values):  # which no other file can name
            alike.setdefault(names, {})[values] = None
    for names, rows in alike.items():
        for solution in _select(store, _query(store, names, rows)):
            yield cast("Node", solution["found"])


def _query(store: ox.Store, names: Sequence[ox.NamedNode], rows: Collection[Sequence[AnyTerm]]) -> str:
    """Write the query for the things that have, of some properties, the values of one of *rows*."""
    patterns = [f"?found {name} ?v{at}" for at, name in enumerate(names)]
    values = [" ".join(dict.fromkeys(map(str, column))) for column in zip(*rows, strict=True)]
    sets = [f"VALUES ?v{at} {{ {values[at]} }} {pattern}" for at, pattern in enumerate(patterns)]
    order = list(range(len(names)))
    if len(order) > _JOINED:
        order.sort(key=lambda at: _size(store, sets[at]))
    parts = [f"{{ SELECT ?found ?v{at} {{ {sets[at]} }} }}" for at in order[:_JOINED]]
    parts += [f"OPTIONAL {{ {patterns[at]} }} FILTER (BOUND(?v{at}))" for at in order[_JOINED:]]
    variables = " ".join(f"?v{at}" for at in range(len(names)))
    table = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    found = f"{{ SELECT * {{ {' '.join(parts)} }} }} VALUES ({variables}) {{ {table} }}"
    return f"SELECT DISTINCT ?found {{ {found} }}"


def _size(store: ox.Store, pattern: str) -> int:
    """Count the things that a pattern finds, as far as it is worth the time."""
    (row,) = _select(
        store, f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?found {{ {pattern} }} LIMIT {_MANY} }} }}"
    )
    return int(cast("ox.Literal", row["n"]).value)


def _select(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    return cast("ox.QuerySolutions", store.query(query, use_default_graph_as_union=True))
