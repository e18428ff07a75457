"""Places: the index, and the page of each: its latest figures, its meetings, what is part of it."""

from collections.abc import Mapping
from typing import Any

from starlette.routing import Route

from laichau_kg.charts.figures import AMOUNTS
from laichau_kg.text import fold
from laichau_kg.vocab import LCK
from laichau_kg.web.pages.figures import code, figure_text
from laichau_kg.web.pages.meetings import read_meetings
from laichau_kg.web.pages.parts import (
    happenings,
    linked,
    listed,
    once,
    other_names,
    question_address,
)
from laichau_kg.web.pages.statements import room, statements
from laichau_kg.web.pages.things import Value
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["place", "places", "routes"]

_MOST_MEETINGS = 30


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/places", places)


def places(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the places."""
    rows = once(records(service.ask("places", lang)), "place")
    found = [{**of_one[0], "above": linked(of_one, "partOf")} for of_one in rows.values()]
    found.sort(key=lambda row: fold(str(row["placeLabel"])))
    return Page(
        title=say("site.places", lang),
        template="places.html",
        values={"places": listed(found, question_address("places"))},
        address="/places",
        description=say("places.lead", lang, count=len(found)),
    )


def place(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a place.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the place.
    """
    iri = values["iri"]
    label = service.label(iri, lang)
    rows = service.matching("places", lang, "place", {iri})
    return Page(
        title=label,
        template="place.html",
        values={
            "iri": iri,
            "names": other_names(service, iri, lang),
            "kinds": linked(rows, "kind"),
            "above": linked(rows, "partOf"),
            "parts": _named(service, service.filed.subjects(LCK.isPartOf, iri), lang, "places"),
            "bodies": _named(service, service.filed.subjects(LCK.jurisdiction, iri), lang, "organizations"),
            "figures": listed(_figures(service, iri, lang), question_address("latest-figures", area=iri)),
            "meetings": listed(
                read_meetings(service.matching("meetings", lang, "place", {iri})),
                question_address("meetings"),
                _MOST_MEETINGS,
            ),
            "heard": statements(service, lang, room(service, to=iri), to=iri),
            "happenings": happenings(service, iri, lang, ("place", "to")),
        },
        address=f"/doc/place/{values['slug']}",
        trail=((say("site.places", lang), "/places"),),
        description=say("places.described", lang, name=label),
    )


def _named(service: Service, iris: list[str], lang: str, question: str) -> Any:
    named = sorted((Value(service.label(iri, lang), iri) for iri in iris), key=lambda one: fold(one.text))
    return listed(named, question_address(question))


def _figures(service: Service, iri: str, lang: str) -> list[dict[str, Any]]:
    """Give each indicator with its latest result and its latest target there, amounts before changes."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(records(service.ask("latest-figures", lang, area=iri)), key=_preferred):
        line = found.setdefault(
            str(row["indicator"]),
            {
                "indicator": Value(str(row["indicatorLabel"]), str(row["indicator"])),
                "result": None,
                "target": None,
            },
        )
        if line[row["aim"]] is None:
            measure = code(row["measure"])
            line[row["aim"]] = {
                **row,
                "text": figure_text(row, lang),
                "code": code(row["status"]),
                "counted": "" if measure in AMOUNTS else row["measureLabel"],
            }
    return sorted(found.values(), key=lambda line: fold(line["indicator"].text))


def _preferred(row: Mapping[str, Any]) -> tuple[int, str]:
    measure = code(row["measure"])
    return (AMOUNTS.index(measure) if measure in AMOUNTS else len(AMOUNTS)), str(row["observation"])
