"""What drafting knows by name: the code lists and registers of the record, read from its store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from laichau_kg.answers import Answer
from laichau_kg.drafting.numbers import Unit, UnitList
from laichau_kg.drafting.words import keys_of
from laichau_kg.store import Store
from laichau_kg.terms import Literal
from laichau_kg.vocab import ID, PREFIXES

__all__ = ["Indicator", "Lexicon", "Thing", "read_lexicon"]

_HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("lck", "org", "skos"))
_LABELS = """
  OPTIONAL { ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label . FILTER (LANG(?label) = "vi") }
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that has a name: its slug, its labels, and what it belongs to."""

    slug: str
    labels: tuple[str, ...]
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Give the first value of one of its properties, or nothing."""
        return next(iter(self.more.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the code list."""

    slug: str
    labels: tuple[str, ...]
    units: tuple[str, ...] = ()
    nature: str = ""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that is known by name."""

    indicators: Mapping[str, Indicator]
    units: UnitList
    places: tuple[Thing, ...] = ()
    officials: tuple[Thing, ...] = ()
    organizations: tuple[Thing, ...] = ()
    posts: tuple[Thing, ...] = ()
    documents: tuple[Thing, ...] = ()
    periods: frozenset[str] = frozenset()
    authors: tuple[Thing, ...] = ()
    topics: tuple[Thing, ...] = ()

    def named(self, things: Iterable[Thing], name: str) -> Thing | None:
        """Find the thing that has *name* among its labels, folded."""
        wanted = keys_of(name)
        return next(
            (thing for thing in things if any(keys_of(label) == wanted for label in thing.labels)), None
        )


def read_lexicon(store: Store) -> Lexicon:
    """Read code lists and registers; labels that only serve to be found (skos:hiddenLabel) count too."""
    indicators = _things(
        store,
        "lck:Indicator",
        {
            "unit": "lck:usualUnit",
            "nature": "lck:nature",
            "broader": "skos:broader",
            "related": "skos:related",
            "topic": "lck:topic",
        },
    )
    units = _things(
        store, "lck:Unit", {"base": "lck:baseUnit", "multiplier": "lck:multiplier", "symbol": "lck:symbol"}
    )
    return Lexicon(
        indicators={
            thing.slug: Indicator(
                thing.slug,
                thing.labels,
                units=thing.more.get("unit", ()),
                nature=thing.first("nature"),
                broader=thing.more.get("broader", ()),
                related=thing.more.get("related", ()),
                topics=thing.more.get("topic", ()),
            )
            for thing in indicators
        },
        units=UnitList(
            [
                Unit(
                    unit.slug, (*unit.labels, *unit.more.get("symbol", ())), unit.first("base"),
                    Decimal(unit.first("multiplier") or "1"),
                )
                for unit in units
            ]
        ),
        places=_things(store, "lck:Place", {"kind": "lck:kind", "part": "lck:isPartOf"}),
        officials=_things(store, "lck:Official", {}),
        organizations=_things(store, "org:Organization", {"kind": "lck:kind"}),
        posts=_things(store, "org:Post", {"in": "org:postIn"}),
        documents=_things(
            store,
            "lck:kind",
            {"number": "lck:number", "kind": "lck:kind", "issuer": "lck:issuer"},
            documents=True,
        ),
        periods=frozenset(thing.slug for thing in _things(store, "lck:Period", {})),
        authors=_things(store, "lck:Author", {}),
        topics=_things(store, "skos:Concept", {}, scheme="topics"),
    )  # fmt: skip


def _things(
    store: Store, kind: str, properties: Mapping[str, str], *, documents: bool = False, scheme: str = ""
) -> tuple[Thing, ...]:
    what = f"?thing a {kind} ."
    if documents:
        what = "?thing lck:kind ?anyKind . FILTER (CONTAINS(STR(?thing), '/id/document/'))"
    elif scheme:
        what = f"?thing skos:inScheme <{ID}scheme/{scheme}> ."
    labels: dict[str, list[str]] = {}
    for thing, label in _rows(
        store, f"SELECT DISTINCT ?thing ?label {{ {what} {_LABELS} }} ORDER BY ?thing ?label"
    ):
        labels.setdefault(thing, []).extend([label] if label else [])
    more: dict[str, dict[str, tuple[str, ...]]] = {thing: {} for thing in labels}
    for name, path in properties.items():
        rows = _rows(
            store, f"SELECT DISTINCT ?thing ?value {{ {what} ?thing {path} ?value }} ORDER BY ?thing ?value"
        )
        for thing, value in rows:
            more[thing][name] = (*more[thing].get(name, ()), value)
    return tuple(Thing(slug, tuple(names), more[slug]) for slug, names in labels.items())


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    answer = store.query(_HEAD + query)
    if not isinstance(answer, Answer):
        return []
    return [
        tuple(
            "" if term is None else term.value if isinstance(term, Literal) else term.value.rpartition("/")[2]
            for term in row
        )
        for row in answer.rows
    ]
