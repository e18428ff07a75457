"""The search: a page for people, suggestions for the field in the head of every page."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.routing import Route

from laichau_kg.queries import LANGUAGES
from laichau_kg.web.failing import Failure
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import Found, found_routes, page_routes
from laichau_kg.web.service import Service, address_of
from laichau_kg.web.wording import say

__all__ = ["routes"]

_MOST_SUGGESTED = 8
_LONGEST = 200


def routes(service: Service) -> list[Route]:
    """Route the page and the suggestions."""
    return [*page_routes(service, "/search", search), *found_routes(service, "/suggest", _suggest)]


def search(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show what has the text ``q`` in one of its names, with or without diacritics.

    Args:
        service: What is asked.
        lang: The language.
        values: ``q``, the text.
    """
    text = _asked(values)
    return Page(
        title=say("search.title", lang),
        template="search.html",
        values={"q": text, "found": _found(service, text, lang)},
        address="/search" + (f"?{urlencode({'q': text})}" if text else ""),
        robots=False,
    )


def _suggest(service: Service, values: Mapping[str, str]) -> Found:
    text, lang = _asked(values), values.get("lang", "").strip() or LANGUAGES[0]
    if lang not in LANGUAGES:
        raise HTTPException(400, f"lang={lang!r}: {' or '.join(LANGUAGES)} is wanted.")

    def write() -> str:
        found = _found(service, text, lang)[:_MOST_SUGGESTED]
        return json.dumps(found, ensure_ascii=False) + "\n"

    return Found("/suggest", forms={"json": write})


def _asked(values: Mapping[str, str]) -> str:
    text = " ".join(values.get("q", "").split())
    if len(text) > _LONGEST:
        raise Failure(400, "error.long-text", most=_LONGEST)
    return text


def _found(service: Service, text: str, lang: str) -> list[dict[str, Any]]:
    """List what fits, best first: its name, the name that fitted, what it is, where it is."""
    if not text:
        return []
    listed = []
    for row in records(service.search(text)):
        iri, fitted = str(row["thing"]), str(row["name"])
        name = service.label(iri, lang)
        address = address_of(iri) or iri
        listed.append(
            {
                "name": name,
                "as": fitted if fitted != name else "",
                "kind": ", ".join(service.filed.kinds(iri, lang)[:1]) or str(row["kind"]),
                "iri": iri,
                "href": service.path(address, lang),
            }
        )
    return listed
