"""Bodies: the index by kind, and the page of each: posts, meetings, what it said and was told, documents."""

from collections.abc import Mapping
from typing import Any

from starlette.routing import Route

from laichau_kg.vocab import PREFIXES
from laichau_kg.web.pages.parts import (
    attended,
    by_kind,
    happenings,
    linked,
    listed,
    once,
    other_names,
    question_address,
)
from laichau_kg.web.pages.statements import room, statements
from laichau_kg.web.pages.things import Value
from laichau_kg.web.pages.timelines import timeline
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["body", "organizations", "routes"]

_MOST_LINES = 15
_MOST_PARTS = 40
_MOST_DOCUMENTS = 40


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/organizations", organizations)


def organizations(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the bodies, kind by kind, each with those who are shown in its posts."""
    held = once(records(service.ask("post-holders", lang)), "organization")
    rows = once(records(service.ask("organizations", lang)), "organization")
    found = [_row(of_one, held.get(iri, [])) for iri, of_one in rows.items()]
    return Page(
        title=say("site.organizations", lang),
        template="organizations.html",
        values={"kinds": by_kind(found, "organizationLabel", "organizations")},
        address="/organizations",
        description=say("bodies.lead", lang, count=len(found)),
    )


def body(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a body.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the body.
    """
    iri = values["iri"]
    label = service.label(iri, lang)
    rows = service.matching("organizations", lang, "organization", {iri})
    most = room(service, by=iri, to=iri)
    parts = service.filed.subjects(PREFIXES["org"] + "subOrganizationOf", iri)
    issued = once(service.matching("documents", lang, "issuer", {iri}), "document")
    return Page(
        title=label,
        template="body.html",
        values={
            "iri": iri,
            "names": other_names(service, iri, lang),
            "kinds": linked(rows, "kind"),
            "above": linked(rows, "partOf"),
            "area": linked(rows, "jurisdiction"),
            "parts": listed(
                [Value(service.label(part, lang), part) for part in parts],
                question_address("organizations"),
                _MOST_PARTS,
            ),
            "timeline": timeline(records(service.ask("post-holders", lang, organization=iri)), _MOST_LINES),
            "empty_posts": _empty_posts(service, iri, lang),
            "career": question_address("post-holders", organization=iri),
            "meetings": attended(service, iri, lang),
            "said": statements(service, lang, most, by=iri),
            "heard": statements(service, lang, most, to=iri),
            "documents": listed(
                [{**of_one[0], "issuers": ()} for of_one in issued.values()],
                question_address("documents"),
                _MOST_DOCUMENTS,
            ),
            "happenings": happenings(service, iri, lang, ("by", "to")),
        },
        address=f"/doc/organization/{values['slug']}",
        trail=((say("site.organizations", lang), "/organizations"),),
        description=say("bodies.described", lang, name=label),
    )


def _row(rows: list[Mapping[str, Any]], held: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {**rows[0], "above": linked(rows, "partOf"), "people": linked(held, "official")}


def _empty_posts(service: Service, iri: str, lang: str) -> list[Value]:
    """List the body's posts that nobody is shown in."""
    shown = {str(row["post"]) for row in records(service.ask("post-holders", lang, organization=iri))}
    posts = service.filed.subjects(PREFIXES["org"] + "postIn", iri)
    return [Value(service.label(post, lang), post) for post in posts if post not in shown]
