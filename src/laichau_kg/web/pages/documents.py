"""Documents: the index by kind, and the page of each: where it is cited, how, and what rests on it."""

from collections.abc import Mapping
from typing import Any

from starlette.routing import Route

from laichau_kg.web.pages.parts import by_kind, linked, listed, once, other_names, question_address
from laichau_kg.web.pages.things import Value
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["document", "documents", "routes"]

_MOST = 30


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/documents", documents)


def documents(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the documents, kind by kind."""
    found = [
        {**of_one[0], "issuers": linked(of_one, "issuer")}
        for of_one in once(records(service.ask("documents", lang)), "document").values()
    ]
    return Page(
        title=say("site.documents", lang),
        template="documents.html",
        values={"kinds": by_kind(found, "documentLabel", "documents")},
        address="/documents",
        description=say("documents.lead", lang, count=len(found)),
    )


def document(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a document.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the document.
    """
    iri = values["iri"]
    label = service.label(iri, lang)
    rows = service.matching("documents", lang, "document", {iri})
    cited = once(records(service.ask("document-citations", lang, document=iri)), "citation")
    address = question_address("document-citations", document=iri)
    resting = [_citation(service, of_one, lang) for of_one in cited.values() if of_one[0]["citedBy"]]
    mentions = [of_one[0] for of_one in cited.values() if not of_one[0]["citedBy"]]
    return Page(
        title=label,
        template="document.html",
        values={
            "iri": iri,
            "names": other_names(service, iri, lang),
            "row": rows[0] if rows else None,
            "kinds": service.filed.kinds(iri, lang),
            "issuers": linked(rows, "issuer"),
            "citations": len(cited),
            "articles": len({str(of_one[0]["article"]) for of_one in cited.values()}),
            "resting": listed(resting, address, _MOST),
            "mentions": listed(mentions, address, _MOST),
        },
        address=f"/doc/document/{values['slug']}",
        trail=((say("site.documents", lang), "/documents"),),
        description=say("documents.described", lang, name=label, count=len(cited)),
    )


def _citation(service: Service, rows: list[Mapping[str, Any]], lang: str) -> dict[str, Any]:
    """Gather what cites in one place: each with its kind."""
    citing = {
        str(row["citedBy"]): (
            Value(
                str(row["citedByText"] or service.filed.title(str(row["citedBy"]), lang)), str(row["citedBy"])
            ),
            next(iter(service.filed.kinds(str(row["citedBy"]), lang)), ""),
        )
        for row in rows
    }
    return {**rows[0], "citing": list(citing.values())}
