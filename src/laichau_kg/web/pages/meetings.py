"""Meetings: the index, and the page of each: who was there, what was asked, ordered and promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.vocab import ID, LCK
from laichau_kg.web.excerpts import passages
from laichau_kg.web.pages.figures import code
from laichau_kg.web.pages.parts import Listed, happenings, linked, listed, once, question_address
from laichau_kg.web.pages.statements import requests, room, statements
from laichau_kg.web.pages.things import Value, thing
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["Meeting", "meeting", "meetings", "read_meetings", "routes"]

_ROLES: Final = (
    "chair", "concluding-speaker", "head-of-delegation", "host", "reporter", "speaker", "discussant",
    "attendee",
)  # fmt: skip
_DAY: Final = ID + "precision/day"
_OTHERS: Final = ("directives", "commitments", "goals", "assessments")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; what it has several of is gathered."""

    row: Mapping[str, Any]
    organizers: tuple[Value, ...]
    places: tuple[Value, ...]


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/meetings", meetings)


def read_meetings(rows: Sequence[Mapping[str, Any]]) -> list[Meeting]:
    """Gather answers of ``meetings``, one a meeting: the latest first, then those without a date."""
    found = [
        Meeting(of_one[0], linked(of_one, "organizer"), linked(of_one, "place"))
        for of_one in once(rows, "meeting").values()
    ]
    return sorted(found, key=lambda one: str(one.row["date"] or ""), reverse=True)


def meetings(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the meetings, the latest first."""
    found = read_meetings(records(service.ask("meetings", lang)))
    return Page(
        title=say("site.meetings", lang),
        template="meetings.html",
        values={"meetings": listed(found, question_address("meetings"))},
        address="/meetings",
        description=say("meetings.lead", lang, count=len(found)),
    )


def meeting(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a meeting.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the meeting.
    """
    iri = values["iri"]
    rows = service.matching("meetings", lang, "meeting", {iri})
    if not rows:  # the question lists those only whose kind is known
        return thing(service, lang, values)
    found = read_meetings(rows)[0]
    evidence = records(service.ask("evidence", lang, fact=iri))
    most = room(service, meeting=iri)
    participants = _participants(service, iri, lang)
    label = service.label(iri, lang)
    return Page(
        title=label,
        template="meeting.html",
        values={
            "iri": iri,
            "meeting": found,
            "to_the_day": found.row["datePrecisionLabel"] in (None, service.label(_DAY, lang)),
            "evidence": passages(service, evidence),
            "note": next((row["note"] for row in evidence if row["note"]), None),
            "participants": participants,
            "roles": list(once(participants.items, "role").values()),
            "requests": requests(service, lang, most, iri),
            "said": statements(service, lang, most, _OTHERS, meeting=iri),
            "happenings": happenings(service, iri, lang, ("meeting",)),
            "documents": _documents(service, iri, lang),
        },
        address=f"/doc/meeting/{values['slug']}",
        trail=((say("site.meetings", lang), "/meetings"),),
        description=str(found.row["subject"] or label),
    )


def _participants(service: Service, iri: str, lang: str) -> Listed[dict[str, Any]]:
    """List who was there, by role."""
    rows = records(service.ask("meeting-participants", lang, meeting=iri))
    found = [
        {**of_one[0], "is_named": "/group/" not in str(of_one[0]["participant"])}
        for of_one in once(rows, "participation").values()
    ]
    found.sort(key=_rank)
    return listed(found, question_address("meeting-participants", meeting=iri))


def _rank(row: Mapping[str, Any]) -> tuple[int, bool, str]:
    role = code(row["role"])
    rank = _ROLES.index(role) if role in _ROLES else len(_ROLES)
    return rank, not row["is_named"], str(row["participantLabel"])


def _documents(service: Service, iri: str, lang: str) -> Listed[dict[str, Any]]:
    """List the documents that the meeting itself cites."""
    articles = {code(citation).partition("--")[0] for citation in service.filed.subjects(LCK.citedBy, iri)}
    rows = [
        row
        for article in sorted(articles)
        for row in records(service.ask("document-citations", lang, article=article))
        if row["citedBy"] == iri
    ]
    rows.sort(key=lambda row: (str(row["documentLabel"]), str(row["document"])))
    return listed(rows, question_address("document-citations"))
