"""Articles: the index, and the page of each with its facts in reading order.

The page has an element for each place of the article that the record names:
the fragment of the place's address (RFC 5147, ``char=10,25``) is its id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.vocab import PREFIXES
from laichau_kg.web.pages.sentences import said_text, sentence
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["Line", "Place", "article", "article_list", "articles", "routes"]

_MOST_ARTICLES: Final = 200
_MOST_LINES: Final = 200
_NOTE: Final = PREFIXES["skos"] + "note"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an article: its fragment, and its words if the record quotes them."""

    fragment: str
    quote: str

    @property
    def shown(self) -> str:
        """Its words; else where it is, in signs from the article's beginning."""
        return f"“{self.quote}”" if self.quote else self.fragment.removeprefix("char=").replace(",", "–")


@dataclass(slots=True)
class Line:
    """What one place states.

    Attributes:
        place: The place.
        facts: The facts, or the omissions, that name it first: class label, IRI and sentence each.
        further: Further places that they rest on, as far as no line has named them.
    """

    place: Place
    facts: list[tuple[str, str, str]] = field(default_factory=list)
    further: list[Place] = field(default_factory=list)


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/articles", articles)


def articles(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the articles, the newest first, those of an unknown day last."""
    every = article_list(service, lang)
    return Page(
        title=say("site.articles", lang),
        template="articles.html",
        values={"articles": every[:_MOST_ARTICLES], "left_out": max(0, len(every) - _MOST_ARTICLES)},
        address="/articles",
        description=say("articles.lead", lang, count=len(every)),
    )


def article_list(service: Service, lang: str) -> list[dict[str, Any]]:
    """List the articles with their authors, the newest first."""
    return service.once(
        ("articles", lang),
        lambda: sorted(
            _gathered(records(service.ask("articles", lang))),
            key=lambda row: str(row["published"] or ""),
            reverse=True,
        ),
    )


def _gathered(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Gather the rows of each article, which are one an author."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        one = found.setdefault(str(row["article"]), {**row, "authors": []})
        if row["author"] is not None:
            one["authors"].append((str(row["author"]), str(row["authorLabel"])))
    return list(found.values())


def article(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show an article: where it is from, what it states from its first words to its last, what is left out.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the article.
    """
    iri, slug = values["iri"], values["slug"]
    known = _gathered(service.matching("articles", lang, "article", {iri}))[0]
    rows = records(service.ask("article-evidence", lang, article=iri))
    lines = _lines(service, rows, "main", lang)
    omissions = _lines(service, rows, "left out", lang)
    shown = lines[:_MOST_LINES]
    named = {line.place.fragment for line in (*shown, *omissions)}
    own = _unnamed((row for row in rows if row["basis"] == "article"), named)
    _add_further(shown, rows, named)
    count = sum(len(line.facts) for line in lines)
    return Page(
        title=str(known["articleLabel"]),
        template="article.html",
        values={
            "known": known,
            "note": said_text(service, iri, _NOTE, lang),
            "own": own,
            "lines": shown,
            "omissions": omissions,
            "count": count,
            "left_out": count - sum(len(line.facts) for line in shown),
            "all": f"/questions/article-facts?article={slug}",
        },
        address=f"/doc/article/{slug}",
        trail=((say("site.articles", lang), "/articles"),),
        description=say("articles.about", lang, count=count),
    )


def _lines(service: Service, rows: Iterable[Mapping[str, Any]], basis: str, lang: str) -> list[Line]:
    """Put what rests on one place in one line; what names several places stands at its first."""
    lines: dict[str, Line] = {}
    seen: dict[str, Line] = {}
    for row in rows:
        if row["basis"] != basis:
            continue
        thing, place = str(row["thing"]), _place(row)
        if thing in seen:
            if place.fragment not in lines:
                seen[thing].further.append(place)
            continue
        seen[thing] = line = lines.setdefault(place.fragment, Line(place))
        line.facts.append((str(row["classLabel"]), thing, sentence(service, thing, lang)))
    return list(lines.values())


def _add_further(lines: Iterable[Line], rows: Iterable[Mapping[str, Any]], named: set[str]) -> None:
    """Add to each line the places that no earlier line has named; all of them are *named* then."""
    further: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["basis"] in ("stated", "inferred"):
            further.setdefault(str(row["thing"]), []).append(row)
    for line in lines:
        for _, thing, _ in line.facts:
            line.further += _unnamed(further.get(thing, ()), named)


def _unnamed(rows: Iterable[Mapping[str, Any]], named: set[str]) -> list[Place]:
    """List the places of *rows* that are not yet named; they are then."""
    places = []
    for row in rows:
        place = _place(row)
        if place.fragment not in named:
            named.add(place.fragment)
            places.append(place)
    return places


def _place(row: Mapping[str, Any]) -> Place:
    return Place(str(row["evidence"]).partition("#")[2], str(row["quote"] or ""))
