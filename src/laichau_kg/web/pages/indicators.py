"""Indicators: the index by topic, and the page of each with its chart, its table and its checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.charts.figures import AMOUNTS, Figure, Series, read_series
from laichau_kg.errors import ParameterError
from laichau_kg.vocab import LCK, PREFIXES
from laichau_kg.web.pages.figures import Asking, code, figure_text
from laichau_kg.web.pages.paging import part_of
from laichau_kg.web.pages.things import Value, main_evidence, shown_value
from laichau_kg.web.rendering import Page, records
from laichau_kg.web.respond import page_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["contradictions", "indicator", "indicators", "routes"]

_MOST_FIGURES: Final = 40
_MOST_CHECKS: Final = 10
_SKOS: Final = PREFIXES["skos"]
_DETAILS: Final = (
    _SKOS + "definition",
    _SKOS + "altLabel",
    LCK.usualUnit,
    LCK.nature,
    LCK.moreIsBetter,
    LCK.topic,
    LCK.sector,
    _SKOS + "broader",
    _SKOS + "related",
)


@dataclass(slots=True)
class Line:
    """An indicator in the index: its latest figures, those of its best measure first."""

    iri: str
    label: str
    unit: str = ""
    figures: int = 0
    results: list[dict[str, Any]] = field(default_factory=list)
    targets: list[dict[str, Any]] = field(default_factory=list)


def routes(service: Service) -> list[Route]:
    """Route the index."""
    return page_routes(service, "/indicators", indicators)


def indicators(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the indicators that have figures, topic by topic."""
    counted = {str(row["indicator"]): row for row in records(service.ask("indicators-index", lang))}
    topics: dict[str, tuple[str, dict[str, Line]]] = {}
    for row in sorted(records(service.ask("latest-figures", lang)), key=_preferred):
        iri = str(row["indicator"])
        lines = topics.setdefault(code(row["topic"]), (str(row["topicLabel"]), {}))[1]
        count = counted[iri]
        line = lines.setdefault(
            iri,
            Line(iri, str(row["indicatorLabel"]), str(count["usualUnitLabel"] or ""), int(count["figures"])),
        )
        measure = code(row["measure"])
        shown = {
            **row,
            "text": figure_text(row, lang),
            "code": code(row["status"]),
            "counted": "" if measure in AMOUNTS else row["measureLabel"],
        }
        (line.targets if row["aim"] == "target" else line.results).append(shown)
    listed = [
        (topic, label, sorted(lines.values(), key=lambda line: line.label))
        for topic, (label, lines) in sorted(topics.items(), key=lambda item: item[1][0])
    ]
    return Page(
        title=say("site.indicators", lang),
        template="indicators.html",
        values={"topics": listed, "count": len(counted)},
        address="/indicators",
        description=say("indicators.lead", lang, count=len(counted)),
    )


def indicator(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show an indicator: its chart, its figures, what it is, and whether its figures agree.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the indicator.
    """
    iri = values["iri"]
    series = _series(service, iri, lang)
    figures = series.figures if series else ()
    part = part_of(sorted(figures, key=_newest), values, most=_MOST_FIGURES)
    address = f"/doc/indicator/{values['slug']}"
    disagreeing = records(service.ask("contradictions", lang, indicator=iri))
    checks = records(service.ask("cross-checks", lang, indicator=iri))
    label = service.label(iri, lang)
    return Page(
        title=label,
        template="indicator.html",
        values={
            "iri": iri,
            "slug": values["slug"],
            "series": series,
            "figures": part.items,
            "pages": part.addresses(address),
            "number": part.number,
            "several": len({figure.area for figure in figures}) > 1,
            "details": _details(service, iri, lang),
            "targets": any(figure.status == "target" for figure in figures),
            "contradictions": contradictions(service, disagreeing[:_MOST_CHECKS], lang),
            "more_contradictions": max(0, len(disagreeing) - _MOST_CHECKS),
            "checks": _checks(checks[:_MOST_CHECKS], lang),
            "more_checks": max(0, len(checks) - _MOST_CHECKS),
        },
        address=address if part.number == 1 else f"{address}?page={part.number}",
        trail=((say("site.indicators", lang), "/indicators"),),
        description=series.description if series else label,
    )


def _series(service: Service, iri: str, lang: str) -> Series | None:
    try:
        return read_series(Asking(service), iri, lang=lang)
    except ParameterError:  # an indicator may be known before it has figures
        return None


def _preferred(row: Mapping[str, Any]) -> tuple[int, str, str]:
    """Put amounts before changes; the label and the observation make the order a fixed one."""
    measure = code(row["measure"])
    rank = AMOUNTS.index(measure) if measure in AMOUNTS else len(AMOUNTS)
    return rank, str(row["areaLabel"]), str(row["observation"])


def _details(service: Service, iri: str, lang: str) -> list[tuple[str, list[Value]]]:
    """Tell what the record says the indicator is, in a fixed order; narrower ones too."""
    answer = service.show(iri, lang)
    said: dict[str, tuple[str, list[Value]]] = {}
    for row in answer.rows:
        cell = dict(zip(answer.columns, row, strict=True))
        if str(cell["direction"]) != "out":
            continue
        name = str(cell["propertyLabel"] or "")
        value = shown_value(cell["other"] or cell["value"], lang, str(cell["otherLabel"] or ""))
        said.setdefault(str(cell["property"]), (name, []))[1].append(value)
    details = [said[property_] for property_ in _DETAILS if property_ in said]
    narrower = sorted(
        str(quad.subject).strip("<>")
        for quad in service.filed.referring(iri)
        if quad.predicate.value == _SKOS + "broader"
    )
    if narrower:
        details.append(
            (say("indicators.narrower", lang), [Value(service.label(one, lang), one) for one in narrower])
        )
    return details


def _newest(figure: Figure) -> tuple[int, int, str]:
    """Order figures by their periods, the latest first."""
    return -figure.last.toordinal(), -figure.first.toordinal(), figure.observation


def contradictions(service: Service, rows: Iterable[Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Pair the figures that do not agree, each with its words.

    Args:
        service: What is asked.
        rows: Answers of the question ``contradictions``.
        lang: The language.
    """
    return [
        {
            **row,
            "kind": str(row["kind"]).replace(" ", "-"),
            "first_text": figure_text(row, lang, value="firstValue", unit="firstUnitLabel"),
            "second_text": figure_text(row, lang, value="secondValue", unit="secondUnitLabel"),
            "implied_text": _implied(row, lang, "impliedValue", "firstUnitLabel"),
            "first_quote": main_evidence(service, str(row["first"]), lang)["quote"],
            "second_quote": main_evidence(service, str(row["second"]), lang)["quote"],
        }
        for row in rows
    ]


def _checks(rows: Iterable[Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Give each level with its change, the base that they imply, and the base that is stated."""
    return [
        {
            **row,
            "level_text": figure_text(row, lang, value="level"),
            "change_text": figure_text(row, lang, value="change", unit="changeUnitLabel"),
            "implied_text": _implied(row, lang, "impliedBase", "unitLabel"),
            "stated_text": _implied(row, lang, "statedBase", "statedUnitLabel"),
            "difference_text": _implied(row, lang, "difference", "unitLabel"),
        }
        for row in rows
    ]


def _implied(row: Mapping[str, Any], lang: str, value: str, unit: str) -> str:
    """Write a reckoned number with its unit; nothing where there is none."""
    if row[value] is None:
        return ""
    return figure_text({value: row[value], unit: row[unit]}, lang, value=value, unit=unit)
