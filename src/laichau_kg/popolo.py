"""Popolo JSON: officials, bodies, posts, memberships, places and meetings.

Popolo (popoloproject.com) is what civic programs exchange people and posts
in.  Ids are the record's own addresses; `docs/formats.md` says what maps to
what.  A membership is one showing of an official in a post: it has no start
and no end, for no article tells of them.
"""

import json
from typing import Any

from laichau_kg._index import Index, Span, kind_of, slug_of
from laichau_kg.vocab import LCK, PREFIXES

__all__ = ["write_popolo"]

_ORG = PREFIXES["org"]
_SKOS = PREFIXES["skos"]

_Thing = dict[str, Any]


def write_popolo(held: Index) -> bytes:
    """Write the people, bodies, posts, memberships, places and meetings of a record as Popolo JSON."""
    document = {
        "persons": [_person(held, iri) for iri in held.of_class(LCK.Official)],
        "organizations": [_organization(held, iri) for iri in held.of_class(_ORG + "Organization")],
        "posts": [_post(held, iri) for iri in held.of_class(_ORG + "Post")],
        "memberships": [_membership(held, iri) for iri in held.of_class(LCK.Attestation)],
        "areas": [_area(held, iri) for iri in held.of_class(LCK.Place)],
        "events": _events(held),
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _person(held: Index, iri: str) -> _Thing:
    return _filled(
        id=iri, name=held.label(iri), other_names=_other_names(held, iri), sources=_articles(held, iri)
    )


def _organization(held: Index, iri: str) -> _Thing:
    return _filled(
        id=iri,
        name=held.label(iri),
        other_names=_other_names(held, iri),
        classification=slug_of(held.one(iri, LCK.kind)),
        parent_id=held.one(iri, _ORG + "subOrganizationOf"),
        area_id=held.one(iri, LCK.jurisdiction),
        sources=_articles(held, iri),
    )


def _post(held: Index, iri: str) -> _Thing:
    organization = held.one(iri, _ORG + "postIn")
    return _filled(
        id=iri,
        label=held.label(iri),
        other_label=[name["name"] for name in _other_names(held, iri)],
        role=held.label(iri),
        organization_id=organization,
        area_id=held.one(organization, LCK.jurisdiction),
        sources=_articles(held, iri),
    )


def _membership(held: Index, iri: str) -> _Thing:
    post = held.one(iri, LCK.post)
    day = held.one(iri, LCK.attestedOn)
    shown = f"Shown in this post on {day}" if day else "Shown in this post; the article gives no date"
    return _filled(
        id=iri,
        label=f"{held.label(held.one(iri, _ORG + 'member'))}, {held.label(post)}",
        role=held.label(post),
        person_id=held.one(iri, _ORG + "member"),
        organization_id=held.one(iri, _ORG + "organization"),
        post_id=post,
        sources=_evidence(held, iri, shown),
    )


def _area(held: Index, iri: str) -> _Thing:
    return _filled(
        id=iri,
        name=held.label(iri),
        classification=slug_of(held.one(iri, LCK.kind)),
        parent_id=held.one(iri, LCK.isPartOf),
        sources=_articles(held, iri),
    )


def _events(held: Index) -> list[_Thing]:
    """List the meetings; of those who took part Popolo knows the people."""
    attendees: dict[str, set[str]] = {}
    shown: dict[str, list[_Thing]] = {}
    for participation in held.of_class(LCK.Participation):
        meeting = held.one(participation, LCK.meeting)
        participant = held.one(participation, LCK.participant)
        part = f"{held.label(participant)}: {held.label(held.one(participation, LCK.role), 'en')}"
        shown.setdefault(meeting, []).append(_link(held, held.main_span(participation), part))
        if kind_of(participant) == "person":
            attendees.setdefault(meeting, set()).add(participant)
    events = []
    for iri in held.of_class(LCK.Meeting):
        here = sorted(attendees.get(iri, ()))
        event = _filled(
            id=iri,
            name=held.label(iri),
            description=held.one(iri, LCK.subject, "vi"),
            classification=slug_of(held.one(iri, LCK.kind)),
            start_date=held.when(iri),
            location=held.label(held.one(iri, LCK.place)),
            organization_id=held.one(iri, LCK.organizer),
            attendees=[{"id": person, "name": held.label(person)} for person in here],
            sources=_evidence(held, iri, "The meeting") + shown.get(iri, []),
        )
        events.append(event)
    return events


def _other_names(held: Index, iri: str) -> list[_Thing]:
    name, english = held.label(iri), held.one(iri, _SKOS + "prefLabel", "en")
    names = [{"name": english, "note": "English"}] if english not in ("", name) else []
    return names + [{"name": other} for other in held.other_names(iri) if other not in (name, english)]


def _articles(held: Index, iri: str) -> list[_Thing]:
    return [{"url": article, "note": held.label(article)} for article in held.articles_on(iri)]


def _evidence(held: Index, fact: str, note: str) -> list[_Thing]:
    return [_link(held, span, note) for span in held.spans(fact)]


def _link(held: Index, span: Span, note: str) -> _Thing:
    words = f": “{span.exact}”" if span.exact else ""
    place = f"characters {span.start} to {span.end} of “{held.label(span.article)}”"
    return {"url": span.iri, "note": f"{note} ({place}){words}"}


def _filled(**fields: Any) -> _Thing:
    """Leave out what is not known."""
    return {name: value for name, value in fields.items() if value}
