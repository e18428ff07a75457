"""The home page: what this is, how large, and the ways in."""

from collections.abc import Mapping

from starlette.routing import Route

from laichau_kg.vocab import LCK, PREFIXES
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["home", "routes"]

_COUNTED = (
    LCK.Article,
    LCK.Official,
    PREFIXES["org"] + "Organization",
    LCK.Meeting,
    LCK.Indicator,
    LCK.Observation,
)
_NEWEST = 5


def routes(service: Service) -> list[Route]:
    """Route the home page."""
    return page_routes(service, "/", home)


def home(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """Show what the record is, its size, and its newest articles."""
    sizes = {
        row["class"]: row["size"]
        for row in records(service.ask("record-size", lang))
        if row["article"] is None
    }
    documents = {row["document"] for row in records(service.ask("documents", lang))}
    articles: dict[str, dict[str, object]] = {}
    for row in records(service.ask("articles", lang)):
        articles.setdefault(str(row["article"]), row)
    newest = sorted(articles.values(), key=lambda row: str(row["published"] or ""), reverse=True)
    return Page(
        title=say("home.title", lang),
        template="home.html",
        values={
            "sizes": [
                *((service.label(class_, lang), sizes.get(class_, 0)) for class_ in _COUNTED),
                (service.label(LCK.Document, lang), len(documents)),
            ],
            "articles": newest[:_NEWEST],
        },
        address="/",
        description=say("home.lead", lang),
    )
