"""The home page: what this is, three findings, how large it is, and the ways in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.vocab import LCK, PREFIXES
from laichau_kg.web.pages.articles import article_list
from laichau_kg.web.pages.figures import code
from laichau_kg.web.pages.indicators import contradictions
from laichau_kg.web.pages.sentences import lowered
from laichau_kg.web.pages.targets import Target, with_results
from laichau_kg.web.pages.things import main_evidence
from laichau_kg.web.rendering import Page, number, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["Finding", "findings", "home", "routes"]

_COUNTED: Final = (
    ("articles", LCK.Article),
    ("officials", LCK.Official),
    ("organizations", PREFIXES["org"] + "Organization"),
    ("meetings", LCK.Meeting),
    ("indicators", LCK.Indicator),
)
"""What is counted by its class; each has a section of its name."""

_NEWEST: Final = 6
_COMPARED: Final = 5  # newest articles, of whose targets the most urgent is shown
_MOST_READ: Final = 20  # newest articles that are asked until one has a finding
_STATES: Final = ("no", "not-yet", "so-far", "yes")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something striking that a question brought up.

    Attributes:
        kind: What sort of finding: target, contradiction, request; texts are ``home.<kind>``.
        sentences: What was found.
        sources: The words that it rests on, as ``macros.html`` shows them.
        more: Where there is more of this sort.
    """

    kind: str
    sentences: tuple[str, ...]
    sources: tuple[Mapping[str, Any], ...]
    more: str


def routes(service: Service) -> list[Route]:
    """Route the home page."""
    return page_routes(service, "/", home)


def home(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """Show what the record is, what strikes in it, its size, and its newest articles."""
    return Page(
        title=say("home.title", lang),
        template="home.html",
        values={
            "findings": findings(service, lang),
            "sizes": [
                *((name, service.count(class_)) for name, class_ in _COUNTED),
                ("documents", len(set(service.ask("documents", lang).column("document")))),
            ],
            "figures": service.count(LCK.Observation),
            "articles": article_list(service, lang)[:_NEWEST],
        },
        address="/",
        description=say("home.lead", lang),
    )


def findings(service: Service, lang: str) -> list[Finding]:
    """Draw findings from the newest articles: a target and its result, a contradiction, a request."""
    found = (_target(service, lang), _contradiction(service, lang), _request(service, lang))
    return [finding for finding in found if finding]


def _target(service: Service, lang: str) -> Finding | None:
    """Take a missed target, else one not yet reached; of several, the one nearest to its latest result."""
    rows = _newest(
        service, "targets-and-results", lang, lambda row: row["result"] is not None, least=_COMPARED
    )
    known = [target for target in with_results(rows, lang) if target.results]
    if not known:
        return None
    target = min(known, key=_urgency)
    result = target.results[0]
    return Finding(
        "target",
        (
            say(
                "home.target-sentence",
                lang,
                indicator=target.row["indicatorLabel"],
                period=lowered(str(target.row["periodLabel"])),
                target=target.text,
                result=result["text"],
                result_period=lowered(str(result["resultPeriodLabel"])),
                status=lowered(str(result["resultStatusLabel"])),
                percent=number(result["percentReached"], lang),
            ),
        ),
        (
            main_evidence(service, str(target.row["target"]), lang),
            main_evidence(service, str(result["result"]), lang),
        ),
        f"/targets#{code(target.row['indicator'])}",
    )


def _urgency(target: Target) -> tuple[int, int]:
    last, latest = (
        date.fromisoformat(str(day)) for day in (target.row["lastDay"], target.results[0]["resultLast"])
    )
    return _STATES.index(target.state), (last - latest).days


def _contradiction(service: Service, lang: str) -> Finding | None:
    """Take the first contradiction that is more than rounding; else the first."""
    rows = _newest(service, "contradictions", lang, lambda row: row["withinRounding"] != "yes")
    rows.sort(key=lambda row: row["withinRounding"] == "yes")
    for row in contradictions(service, rows[:1], lang):
        told = say(
            f"indicators.contradiction-{row['kind']}",
            lang,
            first=row["first_text"],
            second=row["second_text"],
            implied=row["implied_text"],
            period=row["periodLabel"],
        )
        rounding = say("indicators.rounding", lang) if row["withinRounding"] == "yes" else ""
        return Finding(
            "contradiction",
            (f"{row['indicatorLabel']}. {told}", *([rounding] if rounding else [])),
            tuple(main_evidence(service, str(row[one]), lang) for one in ("first", "second")),
            f"/doc/indicator/{code(row['indicator'])}#contradictions",
        )
    return None


def _request(service: Service, lang: str) -> Finding | None:
    """Take the first answered request whose outcome is told; else the first that was answered."""
    rows = _newest(service, "follow-through", lang, lambda row: row["report"] is not None, answered="yes")
    rows.sort(key=lambda row: row["report"] is None)
    if not rows:
        return None
    row = rows[0]
    outcome = (
        say("home.request-outcome", lang, text=row["reportText"])
        if row["report"]
        else say("home.request-open", lang)
    )
    return Finding(
        "request",
        (str(row["requestText"]), say("home.request-answer", lang, text=row["answerText"]), outcome),
        _sources(service, (row["request"], row["answer"], row["report"]), lang),
        f"/doc/recommendation/{code(row['request'])}",
    )


def _newest(
    service: Service,
    query_id: str,
    lang: str,
    is_striking: Callable[[Mapping[str, Any]], bool],
    *,
    least: int = 1,
    **params: str,
) -> list[dict[str, Any]]:
    """Ask of the newest articles in turn, of *least* of them in any case, until something strikes."""
    rows: list[dict[str, Any]] = []
    for place, article in enumerate(article_list(service, lang)[:_MOST_READ]):
        if place >= least and any(map(is_striking, rows)):
            break
        rows += records(service.ask(query_id, lang, article=code(article["article"]), **params))
    return rows


def _sources(service: Service, facts: Sequence[object], lang: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(main_evidence(service, str(fact), lang) for fact in facts if fact)
