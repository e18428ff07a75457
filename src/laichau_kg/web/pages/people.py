"""Officials and posts: the index, the page of an official, and the page of a post."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.routing import Route

from laichau_kg.text import fold
from laichau_kg.vocab import PREFIXES
from laichau_kg.web.pages.parts import (
    Listed,
    attended,
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

__all__ = ["officials", "person", "post", "routes"]

_MOST_LINES = 15
_MOST_HOLDERS = 40
_MOST_COMPANIONS = 15


@dataclass(slots=True)
class Companion:
    """An official who was at the same meetings."""

    official: Value
    meetings: dict[str, Value] = field(default_factory=dict)


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/officials", officials)


def officials(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the officials with their posts and the days on which they are shown in them."""
    posts = once(records(service.ask("official-career", lang)), "official")
    rows = records(service.ask("officials-index", lang))
    found = [{**row, "held": linked(posts.get(str(row["official"]), ()), "post")} for row in rows]
    return Page(
        title=say("site.officials", lang),
        template="officials.html",
        values={"officials": listed(found, question_address("officials-index"))},
        address="/officials",
        description=say("people.lead", lang, count=len(found)),
    )


def person(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show an official: posts over time, meetings, what was said by and to them, and who was there too.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the official.
    """
    iri = values["iri"]
    rows = records(service.ask("official-career", lang, official=iri))
    label = service.label(iri, lang)
    most = room(service, by=iri, to=iri)
    shown = len({str(row["post"]) for row in rows})
    return Page(
        title=label,
        template="person.html",
        values={
            "iri": iri,
            "names": other_names(service, iri, lang),
            "timeline": timeline(rows, _MOST_LINES),
            "career": question_address("official-career", official=iri),
            "posts": shown,
            "articles": len({str(row["article"]) for row in rows}),
            "meetings": attended(service, iri, lang),
            "said": statements(service, lang, most, by=iri),
            "heard": statements(service, lang, most, to=iri),
            "happenings": happenings(service, iri, lang, ("by", "to")),
            "companions": _companions(service, iri, lang),
        },
        address=f"/doc/person/{values['slug']}",
        trail=((say("site.officials", lang), "/officials"),),
        description=say("people.described", lang, name=label, count=shown),
    )


def post(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a post: whose it is, and who was shown in it, when.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the post.
    """
    iri = values["iri"]
    rows = records(service.ask("post-holders", lang, post=iri))
    label = service.label(iri, lang)
    return Page(
        title=label,
        template="post.html",
        values={
            "iri": iri,
            "names": other_names(service, iri, lang),
            "bodies": _bodies(service, iri, lang),
            "timeline": timeline(rows, _MOST_HOLDERS),
            "holders": len({str(row["official"]) for row in rows}),
            "career": question_address("post-holders", post=iri),
        },
        address=f"/doc/post/{values['slug']}",
        trail=((say("site.officials", lang), "/officials"),),
        description=say("people.post-described", lang, name=label),
    )


def _bodies(service: Service, iri: str, lang: str) -> list[Value]:
    bodies = service.filed.said(iri).get(PREFIXES["org"] + "postIn", ())
    return [Value(service.label(str(body), lang), str(body)) for body in bodies]


def _companions(service: Service, iri: str, lang: str) -> Listed[Companion]:
    """Gather the officials at the same meetings, those at most of them first."""
    found: dict[str, Companion] = {}
    answer = service.ask("co-participants", lang, official=iri)
    for row in records(answer):
        if row["official"] != iri:
            continue
        other = Value(str(row["otherLabel"]), str(row["other"]))
        meeting = Value(str(row["meetingLabel"]), str(row["meeting"]))
        found.setdefault(other.iri, Companion(other)).meetings.setdefault(meeting.iri, meeting)
    ranked = sorted(found.values(), key=lambda one: (-len(one.meetings), fold(one.official.text)))
    return listed(ranked, question_address("co-participants", official=iri), _MOST_COMPANIONS)
