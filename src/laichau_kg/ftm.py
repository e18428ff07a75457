"""FollowTheMoney entities, for Aleph, OpenSanctions' tools and whatever else reads them.

One entity a line.  Ids are made of the record's addresses, for the model
allows no slashes in them; the address itself is each entity's `sourceUrl`.
`docs/formats.md` says what maps to what.
"""

import json
from collections.abc import Iterable, Iterator

from laichau_kg._index import Index, kind_of, slug_of
from laichau_kg.errors import OutputError
from laichau_kg.vocab import LCK, PREFIXES

__all__ = ["write_ftm"]

_ORG = PREFIXES["org"]
_DCTERMS = PREFIXES["dcterms"]
_SCHEMATA = {"association": "Organization", "enterprise": "Company", "front": "Organization"}
_SCHEMATA |= {"fund": "Organization", "party-body": "Organization", "party-congress": "Organization"}
_PUBLIC = "PublicBody"
_PARTIES = {"person", "organization", "group"}


def write_ftm(held: Index) -> bytes:
    """Write a record's people, bodies, posts, meetings, documents and articles as FollowTheMoney entities.

    Raises:
        OutputError: the package `followthemoney` is not installed.
    """
    try:
        from followthemoney import model  # noqa: PLC0415 - an extra that few need
    except ImportError as error:
        raise OutputError(
            "FollowTheMoney entities need the extra `ftm`: pip install 'laichau-kg[ftm]'."
        ) from error
    lines = []
    for schema, key, values in _entities(held):
        entity = model.make_entity(schema)
        entity.id = key
        for name, held_values in values.items():
            entity.add(name, [value for value in held_values if value])
        written = entity.to_dict()
        written["properties"] = {name: sorted(found) for name, found in sorted(written["properties"].items())}
        lines.append(json.dumps(written, ensure_ascii=False, sort_keys=True) + "\n")
    return "".join(lines).encode()


_Entity = tuple[str, str, dict[str, Iterable[str]]]


def _entities(held: Index) -> Iterator[_Entity]:
    for iri in held.of_class(LCK.Article):
        yield _article(held, iri)
    for iri in held.of_class(LCK.Official):
        yield "Person", _key(iri), _named(held, iri)
    for iri in held.of_class(_ORG + "Organization"):
        yield _organization(held, iri)
    for iri in held.of_class(LCK.Group):
        yield from _group(held, iri)
    for iri in held.of_class(_ORG + "Post"):
        yield _post(held, iri)
    for iri in held.of_kind("document"):
        yield _document(held, iri)
    for iri in held.of_class(LCK.Attestation):
        yield from _attestation(held, iri)
    yield from _events(held)
    for iri in held.of_class(LCK.Citation):
        yield from _citation(held, iri)


def _article(held: Index, iri: str) -> _Entity:
    values: dict[str, Iterable[str]] = {
        "name": [held.label(iri)],
        "alias": [held.label(iri, "en")],
        "title": [held.one(iri, _DCTERMS + "title")],
        "author": [held.label(author) for author in held.every(iri, LCK.author)],
        "publisher": held.every(iri, LCK.site),
        "publishedAt": held.every(iri, _DCTERMS + "issued"),
        "fileName": held.every(iri, LCK.sourceFile),
        "language": ["vie"],
        "sourceUrl": [iri],
    }
    return "Article", _key(iri), values


def _organization(held: Index, iri: str) -> _Entity:
    kind = held.one(iri, LCK.kind)
    values = _named(held, iri) | {
        "classification": [held.label(kind, "en")],
        "parent": [_key(held.one(iri, _ORG + "subOrganizationOf"))],
    }
    return _SCHEMATA.get(slug_of(kind), _PUBLIC), _key(iri), values


def _group(held: Index, iri: str) -> Iterator[_Entity]:
    """A group is known by its description alone; what it belongs to is a membership."""
    size = held.one(iri, LCK.size)
    yield (
        "LegalEntity",
        _key(iri),
        _named(held, iri)
        | _sources(held, iri)
        | {"description": [f"A described group of {size}" if size else "A described group"]},
    )
    body = held.one(iri, LCK.memberOf)
    if body:
        values = _edge(held, iri) | {"member": [_key(iri)], "organization": [_key(body)]}
        yield "Membership", _key(iri) + "-membership", values


def _post(held: Index, iri: str) -> _Entity:
    organization = held.one(iri, _ORG + "postIn")
    area = held.one(organization, LCK.jurisdiction)
    values = _named(held, iri) | {
        "organization": [_key(organization)],
        "subnationalArea": [held.label(area)] if area else [],
    }
    return "Position", _key(iri), values


def _document(held: Index, iri: str) -> _Entity:
    """A cited document: the model wants a file's name of it, which its slug stands for."""
    issuer = held.one(iri, LCK.issuer)
    values = _named(held, iri) | {
        "title": [held.one(iri, _DCTERMS + "title")],
        "author": [held.label(issuer)],
        "date": held.every(iri, LCK.date),
        "fileName": [slug_of(iri)],
        "keywords": [held.label(held.one(iri, LCK.kind), "en")],
        "notes": held.every(iri, LCK.number),
    }
    return "Document", _key(iri), values


def _attestation(held: Index, iri: str) -> Iterator[_Entity]:
    """One showing of an official in a post: its day is `date`; start and end are never claimed."""
    edge = _edge(held, iri) | {"date": held.every(iri, LCK.attestedOn)}
    member, post = held.one(iri, _ORG + "member"), held.one(iri, LCK.post)
    yield "Occupancy", _key(iri), edge | {"holder": [_key(member)], "post": [_key(post)]}
    organization = held.one(iri, _ORG + "organization")
    membership = {"member": [_key(member)], "organization": [_key(organization)], "role": [held.label(post)]}
    yield "Membership", _key(iri) + "-membership", edge | membership


def _events(held: Index) -> Iterator[_Entity]:
    involved: dict[str, list[str]] = {}
    participations = held.of_class(LCK.Participation)
    for iri in participations:
        involved.setdefault(held.one(iri, LCK.meeting), []).append(_key(held.one(iri, LCK.participant)))
    for iri in held.of_class(LCK.Meeting):
        values = _event(held, iri) | {
            "organizer": [_key(held.one(iri, LCK.organizer))],
            "involved": involved.get(iri, []),
            "summary": held.every(iri, LCK.subject),
        }
        yield "Event", _key(iri), values
    for iri in held.of_class(LCK.Occurrence):
        parties = [*held.every(iri, LCK.by), *held.every(iri, LCK.to)]
        amount = f"{held.one(iri, LCK.amount)} {held.label(held.one(iri, LCK.unit))}".strip()
        values = _event(held, iri) | {
            "involved": [_key(party) for party in parties if kind_of(party) in _PARTIES],
            "summary": [amount],
        }
        yield "Event", _key(iri), values
    for iri in participations:
        meeting = held.one(iri, LCK.meeting)
        link = {
            "subject": [_key(held.one(iri, LCK.participant))],
            "object": [_key(meeting)],
            "role": [held.label(held.one(iri, LCK.role), "en")],
            "date": [held.when(meeting)],
        }
        yield "UnknownLink", _key(iri), _edge(held, iri) | link


def _event(held: Index, iri: str) -> dict[str, Iterable[str]]:
    return (
        _named(held, iri)
        | _sources(held, iri)
        | {
            "date": [held.when(iri)],
            "location": [held.label(place) for place in held.every(iri, LCK.place)],
            "keywords": [held.label(held.one(iri, LCK.kind), "en")],
            "recordId": [slug_of(iri)],
        }
    )


def _citation(held: Index, iri: str) -> Iterator[_Entity]:
    """Where a document is cited: of the meeting or event that cites it, else of the article."""
    citing = [by for by in held.every(iri, LCK.citedBy) if kind_of(by) in ("meeting", "occurrence")]
    for place, thing in enumerate(citing or [held.main_span(iri).article]):
        values = _edge(held, iri) | {
            "document": [_key(held.one(iri, LCK.cites))],
            "entity": [_key(thing)],
            "role": [held.label(held.one(iri, LCK.relation), "en")],
        }
        yield "Documentation", _key(iri) + (f"-{place + 1}" if place else ""), values


def _named(held: Index, iri: str) -> dict[str, Iterable[str]]:
    name = held.label(iri)
    aliases = {held.label(iri, "en"), *held.other_names(iri)} - {name}
    return {
        "name": [name],
        "alias": sorted(aliases),
        "sourceUrl": [iri],
        "proof": [_key(article) for article in held.articles_on(iri)],
    }


def _sources(held: Index, fact: str) -> dict[str, Iterable[str]]:
    spans = held.spans(fact)
    return {
        "sourceUrl": [fact, *(span.iri for span in spans)],
        "proof": sorted({_key(span.article) for span in spans}),
    }


def _edge(held: Index, fact: str) -> dict[str, Iterable[str]]:
    """Say where a relation is stated, and in which words where these may be quoted."""
    quoted = [f"“{span.exact}”" for span in held.spans(fact) if span.exact]
    return _sources(held, fact) | {"recordId": [slug_of(fact)], "summary": quoted}


def _key(iri: str) -> str:
    """Make an entity's id of an address.

    >>> _key("https://w3id.org/laichau-kg/id/place/lai-chau")
    'lck-place-lai-chau'
    """
    return f"lck-{kind_of(iri)}-{slug_of(iri)}" if iri else ""
