"""Networks of officials, bodies, groups and meetings, for Gephi, Cytoscape, yEd and the like.

Two networks: who took part in what, held which post and belongs to what; and
who was at a meeting with whom.  Each is written as GEXF 1.3 (gexf.net) or
GraphML.  Every tie names its articles and evidence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from laichau_kg._index import Index, Span, kind_of, slug_of
from laichau_kg.vocab import ID, LCK, PREFIXES

__all__ = [
    "Edge",
    "Network",
    "Node",
    "network_of_company",
    "network_of_ties",
    "to_gexf",
    "to_graphml",
]

_ORG = PREFIXES["org"]
_CREATOR = "laichau-kg"
_NODE_FIELDS = ("label_en", "kind", "subkind", "date", "iri")
_EDGE_FIELDS = ("label_en", "kind", "role", "date", "article", "evidence", "fact")
_MANY = " "
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A person, body, group or meeting.

    Attributes:
        iri: Its address.
        label: Its Vietnamese name.
        label_en: Its English name.
        kind: person, organization, group or meeting.
        subkind: The code of its kind, if it has one: ministry, conference, ….
        date: When a meeting was, as far as is known.
    """

    iri: str
    label: str
    label_en: str
    kind: str
    subkind: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two nodes, with all facts that say so.

    Attributes:
        source: Where it starts.
        target: Where it ends.
        kind: took-part, holds-post, member-of, part-of or met.
        role: The code of the role or the slug of the post.
        label: What it is, in Vietnamese.
        label_en: The same in English.
        weight: How many facts say so, or how many meetings two people shared.
        date: The days, parted by spaces.
        article: The articles' addresses, parted by spaces.
        evidence: The addresses of the words, parted by spaces.
        fact: The facts' addresses, parted by spaces.
    """

    source: str
    target: str
    kind: str
    role: str = ""
    label: str = ""
    label_en: str = ""
    weight: int = 1
    date: str = ""
    article: str = ""
    evidence: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, sorted.

    Attributes:
        title: What it shows.
        directed: Whether its ties have a direction.
        nodes: By address.
        edges: By ends, kind and role.
    """

    title: str
    directed: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(slots=True)
class _Tie:
    """What facts say of one tie, gathered."""

    labels: tuple[str, str]
    facts: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)


_Ends = tuple[str, str, str, str]


def network_of_ties(held: Index) -> Network:
    """Tie people, bodies and groups to meetings they took part in and to bodies they belong to."""
    ties: dict[_Ends, _Tie] = {}

    def tie(ends: _Ends, fact: str, labels: tuple[str, str], date: str) -> None:
        gathered = ties.setdefault(ends, _Tie(labels))
        gathered.facts.add(fact)
        gathered.dates.update({date} - {""})
        gathered.spans.update(held.spans(fact))

    for fact in held.of_class(LCK.Participation):
        meeting, role = held.one(fact, LCK.meeting), held.one(fact, LCK.role)
        ends = (held.one(fact, LCK.participant), meeting, "took-part", slug_of(role))
        tie(ends, fact, _labels(held, role), held.when(meeting))
    for fact in held.of_class(LCK.Attestation):
        post = held.one(fact, LCK.post)
        member, body = held.one(fact, _ORG + "member"), held.one(fact, _ORG + "organization")
        tie(
            (member, body, "holds-post", slug_of(post)),
            fact,
            _labels(held, post),
            held.one(fact, LCK.attestedOn),
        )
    for fact in held.of_class(LCK.Group):
        body = held.one(fact, LCK.memberOf)
        if body:
            tie((fact, body, "member-of", ""), fact, ("thuộc", "member of"), "")
    edges = [_edge(ends, gathered) for ends, gathered in ties.items()]
    edges += _parts(held)
    officials = held.of_class(LCK.Official)
    nodes = {end for edge in edges for end in (edge.source, edge.target)}.union(
        officials, held.of_class(LCK.Meeting), held.of_class(_ORG + "Organization")
    )
    return _network("Who took part in which meeting and held which post", held, nodes, edges, directed=True)


def network_of_company(held: Index) -> Network:
    """Tie officials who took part in the same meetings; a tie weighs as much as the meetings they shared."""
    present: dict[str, dict[str, list[str]]] = {}
    for fact in held.of_class(LCK.Participation):
        participant = held.one(fact, LCK.participant)
        if kind_of(participant) == "person":
            here = present.setdefault(held.one(fact, LCK.meeting), {})
            here.setdefault(participant, []).append(fact)
    ties: dict[_Ends, _Tie] = {}
    for meeting, people in present.items():
        for one, other in combinations(sorted(people), 2):
            gathered = ties.setdefault((one, other, "met", ""), _Tie(("cùng dự", "met at")))
            gathered.facts.add(meeting)
            gathered.dates.update({held.when(meeting)} - {""})
            gathered.spans.update(held.main_span(fact) for fact in people[one] + people[other])
    edges = [_edge(ends, gathered) for ends, gathered in ties.items()]
    nodes = held.of_class(LCK.Official)
    return _network("Officials who took part in the same meetings", held, nodes, edges, directed=False)


def to_gexf(network: Network) -> bytes:
    """Write GEXF 1.3."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        "<meta>",
        f"<creator>{_CREATOR}</creator>",
        f"<description>{escape(network.title)}</description>",
        "</meta>",
        f'<graph defaultedgetype="{_direction(network)}" mode="static" idtype="string">',
        *_gexf_attributes("node", _NODE_FIELDS),
        *_gexf_attributes("edge", _EDGE_FIELDS),
        "<nodes>",
    ]
    for node in network.nodes:
        lines += [
            f"<node id={quoteattr(_id(node.iri))} label={quoteattr(_NO_XML.sub('', node.label))}>",
            *_gexf_values(_values(node, _NODE_FIELDS)),
            "</node>",
        ]
    lines += ["</nodes>", "<edges>"]
    for number, edge in enumerate(network.edges):
        ends = f"source={quoteattr(_id(edge.source))} target={quoteattr(_id(edge.target))}"
        told_apart = quoteattr(f"{edge.kind} {edge.role}".strip())
        label = quoteattr(_NO_XML.sub("", edge.label))
        lines += [
            f'<edge id="{number}" {ends} label={label} kind={told_apart} weight="{edge.weight}">',
            *_gexf_values(_values(edge, _EDGE_FIELDS)),
            "</edge>",
        ]
    lines += ["</edges>", "</graph>", "</gexf>"]
    return ("\n".join(lines) + "\n").encode()


def to_graphml(network: Network) -> bytes:
    """Write GraphML."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *_graphml_keys("node", ("label", *_NODE_FIELDS)),
        *_graphml_keys("edge", ("label", *_EDGE_FIELDS)),
        '<key id="edge-weight" for="edge" attr.name="weight" attr.type="int"/>',
        f'<graph id="{_CREATOR}" edgedefault="{_direction(network)}">',
        f"<desc>{escape(network.title)}</desc>",
    ]
    for node in network.nodes:
        lines += [
            f"<node id={quoteattr(_id(node.iri))}>",
            *_graphml_data("node", _values(node, ("label", *_NODE_FIELDS))),
            "</node>",
        ]
    for number, edge in enumerate(network.edges):
        lines += [
            f'<edge id="{number}" source={quoteattr(_id(edge.source))} target={quoteattr(_id(edge.target))}>',
            *_graphml_data("edge", _values(edge, ("label", *_EDGE_FIELDS))),
            f'<data key="edge-weight">{edge.weight}</data>',
            "</edge>",
        ]
    lines += ["</graph>", "</graphml>"]
    return ("\n".join(lines) + "\n").encode()


def _parts(held: Index) -> Iterator[Edge]:
    """What belongs to what is the register's, and rests on no article."""
    for body in held.of_class(_ORG + "Organization"):
        for whole in held.every(body, _ORG + "subOrganizationOf"):
            yield Edge(body, whole, "part-of", label="trực thuộc", label_en="part of")


def _edge(ends: _Ends, tie: _Tie) -> Edge:
    spans = sorted(tie.spans, key=lambda span: (span.article, span))
    return Edge(
        *ends,
        label=tie.labels[0],
        label_en=tie.labels[1],
        weight=len(tie.facts),
        date=_MANY.join(sorted(tie.dates)),
        article=_MANY.join(dict.fromkeys(span.article for span in spans)),
        evidence=_MANY.join(span.iri for span in spans),
        fact=_MANY.join(sorted(tie.facts)),
    )


def _network(
    title: str, held: Index, nodes: Iterable[str], edges: Iterable[Edge], *, directed: bool
) -> Network:
    in_order = sorted(edges, key=lambda edge: (edge.source, edge.target, edge.kind, edge.role))
    return Network(title, directed, tuple(_node(held, iri) for iri in sorted(set(nodes))), tuple(in_order))


def _node(held: Index, iri: str) -> Node:
    vietnamese, english = _labels(held, iri)
    date = held.when(iri) if kind_of(iri) == "meeting" else ""
    return Node(iri, vietnamese, english, kind_of(iri), slug_of(held.one(iri, LCK.kind)), date)


def _labels(held: Index, iri: str) -> tuple[str, str]:
    return held.label(iri), held.label(iri, "en")


def _id(iri: str) -> str:
    """Give a node's id: its kind and slug, which people can read in a table.

    >>> _id("https://w3id.org/laichau-kg/id/person/tran-tien-dung")
    'person/tran-tien-dung'
    """
    return iri.removeprefix(ID)


def _direction(network: Network) -> str:
    return "directed" if network.directed else "undirected"


def _values(thing: Node | Edge, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, text) for name in names if (text := _NO_XML.sub("", str(getattr(thing, name))))]


def _gexf_attributes(class_: str, names: Sequence[str]) -> list[str]:
    listed = [f'<attribute id="{name}" title="{name}" type="string"/>' for name in names]
    return [f'<attributes class="{class_}">', *listed, "</attributes>"]


def _gexf_values(values: Sequence[tuple[str, str]]) -> list[str]:
    listed = [f'<attvalue for="{name}" value={quoteattr(text)}/>' for name, text in values]
    return ["<attvalues>", *listed, "</attvalues>"]


def _graphml_keys(class_: str, names: Sequence[str]) -> list[str]:
    return [
        f'<key id="{class_}-{name}" for="{class_}" attr.name="{name}" attr.type="string"/>' for name in names
    ]


def _graphml_data(class_: str, values: Sequence[tuple[str, str]]) -> list[str]:
    return [f'<data key="{class_}-{name}">{escape(text)}</data>' for name, text in values]
