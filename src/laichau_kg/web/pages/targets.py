"""Targets: each with what was reached of it, in words and in a mark; sorted as the reader likes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.errors import ParameterError
from laichau_kg.text import fold
from laichau_kg.web.pages.figures import code, figure_text
from laichau_kg.web.pages.paging import part_of
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["SORTS", "Target", "routes", "state_of", "targets", "with_results"]

_STATES: Final = ("yes", "so-far", "not-yet", "no", "unknown")
_MOST: Final = 50
_MOST_RESULTS: Final = 4


@dataclass(frozen=True, slots=True)
class Target:
    """A target, and what the record knows of its being reached.

    Attributes:
        row: The target's own columns.
        text: Its figure.
        state: yes, no; so-far and not-yet, where its period goes on after the latest figure; unknown, where
            no figure compares.
        results: The latest figures that compare, the latest first.
        others: How many more compare.
    """

    row: Mapping[str, Any]
    text: str
    state: str
    results: tuple[dict[str, Any], ...]
    others: int = 0


SORTS: Final[Mapping[str, Callable[[Target], tuple[Any, ...]]]] = {
    "indicator": lambda target: (fold(str(target.row["indicatorLabel"])), str(target.row["lastDay"])),
    "period": lambda target: (str(target.row["lastDay"]), str(target.row["periodLabel"])),
    "reached": lambda target: (_STATES.index(target.state), -(target.row["percentReached"] or 0)),
}
"""What the targets may be sorted by; what is alike stays in the order of the names."""


def routes(service: Service) -> list[Route]:
    """Route the targets."""
    return page_routes(service, "/targets", targets)


def targets(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """List all targets with what was reached of each.

    Args:
        service: What is asked.
        lang: The language.
        values: ``sort``, one of `SORTS`; ``page``, from 1.

    Raises:
        ParameterError: there is no such order, or no such page.
    """
    sort = values.get("sort", "indicator")
    if sort not in SORTS:
        message = f"sort: {sort!r} is not one of {', '.join(SORTS)}."
        raise ParameterError(message, name="sort", value=sort, choices=tuple(SORTS))
    every = sorted(_every(service, lang), key=SORTS[sort])
    part = part_of(every, values, most=_MOST)
    counts = [(state, sum(target.state == state for target in every)) for state in _STATES]
    return Page(
        title=say("site.targets", lang),
        template="targets.html",
        values={
            "targets": part.items,
            "anchors": _anchors(part.items),
            "counts": [(state, count) for state, count in counts if count],
            "sort": sort,
            "sorts": [(name, f"/targets?sort={name}") for name in SORTS],
            "pages": part.addresses(_address(sort, 1)),
            "number": part.number,
        },
        address=_address(sort, part.number),
        description=say("targets.lead", lang, count=len(every)),
    )


def _every(service: Service, lang: str) -> list[Target]:
    """List all targets by their indicators' names."""

    def make() -> list[Target]:
        found = with_results(records(service.ask("targets-and-results", lang)), lang)
        return sorted(found, key=SORTS["indicator"])

    return service.once(("targets", lang), make)


def _address(sort: str, number: int) -> str:
    parts = [f"sort={sort}"] * (sort != "indicator") + [f"page={number}"] * (number > 1)
    return "/targets" + (f"?{'&'.join(parts)}" if parts else "")


def with_results(rows: Iterable[Mapping[str, Any]], lang: str) -> list[Target]:
    """Gather the targets of ``targets-and-results``: its rows are one a result, or one without any."""
    by_target: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_target.setdefault(str(row["target"]), []).append(row)
    return [_target(of_one, lang) for of_one in by_target.values()]


def _target(rows: list[Mapping[str, Any]], lang: str) -> Target:
    known = sorted((row for row in rows if row["result"] is not None), key=_latest, reverse=True)
    results = tuple(
        {
            **row,
            "text": figure_text(row, lang, value="resultValue", unit="resultUnitLabel", measure="level"),
            "state": state_of(row),
        }
        for row in known[:_MOST_RESULTS]
    )
    row = known[0] if known else rows[0]
    state = results[0]["state"] if results else "unknown"
    return Target(row, figure_text(row, lang), state, results, len(known) - len(results))


def state_of(row: Mapping[str, Any]) -> str:
    """Tell whether a row's target was reached; a figure from before its end says so for its own day only."""
    if row["reached"] == "yes" and str(row["resultLast"]) < str(row["lastDay"]):
        return "so-far"
    return str(row["reached"]).replace(" ", "-")


def _latest(row: Mapping[str, Any]) -> tuple[str, bool, str]:
    """Order results by their last day; of one day, what was counted comes after what was estimated."""
    return str(row["resultLast"]), code(row["resultStatus"]) == "actual", str(row["result"])


def _anchors(shown: Iterable[Target]) -> dict[str, str]:
    """Give the first target of each indicator the indicator's slug as its anchor."""
    anchors: dict[str, str] = {}
    for target in shown:
        anchors.setdefault(code(target.row["indicator"]), str(target.row["target"]))
    return {target: slug for slug, target in anchors.items()}
