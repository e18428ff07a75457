"""The canned questions: each at one address, as a page with a form, and as data."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from starlette.routing import Route

from laichau_kg._sheet import sheet_of
from laichau_kg.answers import Answer
from laichau_kg.terms import Iri
from laichau_kg.vocab import ID
from laichau_kg.web.asking import Asked
from laichau_kg.web.pages.questions import FORMS, question, questions
from laichau_kg.web.respond import Found, Writer, found_routes, page_routes
from laichau_kg.web.service import Service

__all__ = ["routes"]


def routes(service: Service) -> list[Route]:
    """Route the index and the questions."""
    return [
        *page_routes(service, "/questions", questions),
        *found_routes(service, "/questions/{id}", _find),
    ]


def _find(service: Service, values: Mapping[str, str]) -> Found:
    """Find a question; whatever is wrong with its parameters is told before any form is chosen."""
    asked = Asked.read(service, values)
    address = f"/questions/{asked.query.id}"
    if not asked.is_complete:
        # Without what it needs a question has no answer yet; its page has the form all the same.
        forms = {} if service.is_static else _refused(service, asked)
        return Found(address, forms=forms, view=question)
    rows = len(asked.answer(service))
    asked.places(rows)
    return Found(address, forms=_forms(service, asked), view=question, links=_links(service, asked, rows))


def _forms(service: Service, asked: Asked) -> dict[str, Writer]:
    def part() -> Answer:
        answer = asked.answer(service)
        places = asked.places(len(answer))
        return replace(answer, rows=tuple(answer.rows[place] for place in places))

    writers: dict[str, Writer] = {
        "json": lambda: part().to_json(),
        "csv": lambda: part().to_csv(),
        "tsv": lambda: part().to_tsv(),
        "ttl": lambda: sheet_of(service.filed, service.filed.about(_named(part()))).to("ttl"),
    }
    return {form: writers[form] for form in FORMS}


def _refused(service: Service, asked: Asked) -> dict[str, Writer]:
    """Let the question itself say what it lacks."""
    return {form: lambda: asked.answer(service).to_json() for form in FORMS}


def _named(answer: Answer) -> list[str]:
    """List the things of ours that an answer names, in its order."""
    return list(
        dict.fromkeys(
            cell.value
            for row in answer.rows
            for cell in row
            if isinstance(cell, Iri) and cell.value.startswith(ID)
        )
    )


def _links(service: Service, asked: Asked, rows: int) -> list[str]:
    """Lead from one part of an answer to the next and the one before (RFC 8288)."""
    if not asked.size:
        return []
    places = {"prev": asked.page - 1, "next": asked.page + 1}
    given = {**asked.params, "lang": asked.lang, "size": str(asked.size)}
    return [
        f"<{service.url(f'/questions/{asked.query.id}')}?{urlencode({**given, 'page': page})}>; "
        f'rel="{relation}"'
        for relation, page in places.items()
        if 1 <= page <= asked.pages(rows)
    ]
