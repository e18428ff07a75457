"""The network of officials, bodies and meetings: drawn, with links from node to node, and as a table."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.errors import UnknownThingError
from laichau_kg.vocab import ID
from laichau_kg.web.drawing import Label, lay_out, place_names
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["MOST", "Node", "Tie", "network", "routes"]

MOST: Final = 40
"""How many nodes are drawn at once; more could not be told apart."""

_MOST_TIES: Final = 80
_MOST_SOURCES: Final = 3
_KINDS: Final = ("person", "organization", "meeting")
_WIDTH: Final = 960
_HEIGHTS: Final = ((12, 460), (24, 640), (MOST, 860))
_MARGIN: Final = 90
_BELOW: Final = 20
_RADIUS: Final = 11.0
_MOST_GROWTH: Final = 9.0
_STEPS: Final = 2


@dataclass(frozen=True, slots=True)
class Tie:
    """A person or body that took part in a meeting, or a person who held a post in a body.

    Attributes:
        who: The person or body.
        what: The meeting or body.
        dates: When the meeting was, or on which days the post is attested; as far as is known.
        told: In which roles or posts, each once.
        sources: Rows with evidence, each article once.
    """

    who: str
    what: str
    dates: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    sources: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def when(self) -> tuple[str, ...]:
        """The first and the last of its days, or the only one, or none."""
        days = sorted(self.dates)
        return tuple(dict.fromkeys((*days[:1], *days[-1:])))


@dataclass(frozen=True, slots=True)
class Node:
    """A node as it is drawn."""

    iri: str
    label: str
    kind: str
    place: str
    ties: int
    x: float
    y: float
    radius: float
    name: Label
    in_focus: bool


def routes(service: Service) -> list[Route]:
    """Route the network."""
    return page_routes(service, "/network", network)


def network(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show who met whom where, and who held a post in which body; whole, or around one of them.

    Args:
        service: What is asked.
        lang: The language.
        values: ``focus``, the kind and slug of what to look around: ``person/tran-tien-dung``.

    Raises:
        UnknownThingError: what is in focus has no ties.
    """
    ties, degrees = service.once(("ties", lang), lambda: _ties(service, lang))
    focus = _focus(values.get("focus", ""), degrees)
    near = _near(ties, degrees, focus)
    shown = set(near[:MOST])
    drawn = [tie for tie in ties if tie.who in shown and tie.what in shown]
    nodes = _nodes(service, lang, shown, drawn, focus)
    by_iri = {node.iri: node for node in nodes}
    listed = [tie for tie in drawn if not focus or focus in (tie.who, tie.what)] or drawn
    label = service.label(focus, lang) if focus else ""
    title = say("network.around", lang, name=label) if focus else say("network.title", lang)
    return Page(
        title=title,
        template="network.html",
        values={
            "focus": focus,
            "focus_label": label,
            "nodes": nodes,
            "lines": [(by_iri[tie.who], by_iri[tie.what], tie) for tie in drawn],
            "ties": listed[:_MOST_TIES],
            "most_sources": _MOST_SOURCES,
            "unlisted": max(0, len(listed) - _MOST_TIES),
            "undrawn": len(near) - len(nodes),
            "width": _WIDTH,
            "height": _height(len(nodes)) + _BELOW,
            "place": _place,
        },
        address=f"/network?focus={_place(focus)}" if focus else "/network",
        trail=((say("site.network", lang), "/network"),) if focus else (),
        description=say("network.lead", lang),
        robots=not focus,
    )


def _ties(service: Service, lang: str) -> tuple[list[Tie], Counter[str]]:
    """Gather the ties, and count those of each end; groups in which nobody is named are left out."""
    ties: dict[tuple[str, str], Tie] = {}
    for row in records(service.ask("meeting-participants", lang)):
        if _kind(str(row["participant"])) in _KINDS:
            ends = (str(row["participant"]), str(row["meeting"]))
            _tell(ties.setdefault(ends, Tie(*ends)), "role", "date", row)
    for row in records(service.ask("post-holders", lang)):
        ends = (str(row["official"]), str(row["organization"]))
        _tell(ties.setdefault(ends, Tie(*ends)), "post", "attestedOn", row)
    found = sorted(ties.values(), key=lambda tie: (service.label(tie.who, lang), tie.when, tie.what))
    return found, Counter(end for tie in found for end in (tie.who, tie.what))


def _tell(tie: Tie, what: str, when: str, row: Mapping[str, Any]) -> None:
    told = str(row[f"{what}Label"] or "")
    if told not in tie.told:
        tie.told.append(told)
    if row[when]:
        tie.dates.add(str(row[when]))
    if all(row["article"] != known["article"] for known in tie.sources):
        tie.sources.append(row)


def _focus(wanted: str, degrees: Mapping[str, int]) -> str:
    iri = ID + wanted if wanted else ""
    if iri and iri not in degrees:
        raise UnknownThingError(f"Nothing is known of meetings or posts of {wanted!r}.", name=wanted)
    return iri


def _near(ties: Sequence[Tie], degrees: Mapping[str, int], focus: str) -> list[str]:
    """List what may be drawn: what is within two steps of the focus, nearest first; or all, by their ties."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        neighbours[tie.who].add(tie.what)
        neighbours[tie.what].add(tie.who)

    def strongest(some: Iterable[str]) -> list[str]:
        return sorted(some, key=lambda iri: (-degrees[iri], iri))

    if not focus:
        return strongest(degrees)
    shown, border = {focus: None}, {focus}
    for _ in range(_STEPS):
        border = {near for iri in border for near in neighbours[iri]} - shown.keys()
        shown |= dict.fromkeys(strongest(border))
    return list(shown)


def _nodes(service: Service, lang: str, shown: Iterable[str], ties: Sequence[Tie], focus: str) -> list[Node]:
    iris = sorted(shown, key=lambda iri: (_KINDS.index(_kind(iri)), iri))
    place = {iri: number for number, iri in enumerate(iris)}
    counted = Counter(end for tie in ties for end in (tie.who, tie.what))
    edges = [(place[tie.who], place[tie.what]) for tie in ties]
    height = _height(len(iris))
    spots = lay_out(len(iris), edges, width=_WIDTH - 2 * _MARGIN, height=height - _MARGIN)
    points = [(x + _MARGIN, y + _MARGIN / 2) for x, y in spots]
    radii = [_RADIUS + min(counted[iri], _MOST_GROWTH) for iri in iris]
    labels = [service.label(iri, lang) for iri in iris]
    names = place_names(labels, points, radii)
    return [
        Node(
            iri=iri,
            label=label,
            kind=_kind(iri),
            place=_place(iri),
            ties=counted[iri],
            x=round(x, 1),
            y=round(y, 1),
            radius=radius,
            name=name,
            in_focus=iri == focus,
        )
        for iri, label, (x, y), radius, name in zip(iris, labels, points, radii, names, strict=True)
    ]


def _height(count: int) -> int:
    return next(height for most, height in _HEIGHTS if count <= most)


def _kind(iri: str) -> str:
    return iri.removeprefix(ID).partition("/")[0]


def _place(iri: str) -> str:
    """Name a thing as ``focus`` does: kind and slug."""
    return iri.removeprefix(ID)
