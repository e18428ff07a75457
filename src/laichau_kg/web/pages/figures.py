"""Figures on pages: an answer's row as a figure with its unit, as readers write it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from laichau_kg.answers import Answer
from laichau_kg.charts.figures import write_figure
from laichau_kg.terms import Iri
from laichau_kg.vocab import ID
from laichau_kg.web.service import Service

__all__ = ["Asking", "code", "figure_text"]


class Asking:
    """A service as a chart asks it: in one language, each question once."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def query(self, query_id: str, /, **params: str) -> Answer:
        """Ask a canned question."""
        lang = params.pop("lang")
        return self._service.ask(query_id, lang, **params)

    def resolve(self, kind: str, text: str) -> Iri:
        """Find the one thing of *kind* that *text* names."""
        return self._service.record.resolve(kind, text)


def code(iri: object) -> str:
    """Return the slug of a code: ``actual`` of ``…/id/status/actual``."""
    return str(iri or "").removeprefix(ID).partition("/")[2]


def figure_text(
    row: Mapping[str, Any], lang: str, *, value: str = "value", unit: str = "unitLabel", measure: str = ""
) -> str:
    """Write the figure of a row with its bound, range, total and unit.

    Args:
        row: The row; its columns are those of `indicator-series`, as far as it has them.
        lang: The language.
        value: The column of the value; its range's end and total are named after it.
        unit: The column of the unit's name.
        measure: How it is counted, where the row does not say.
    """
    stem = value.removesuffix("Value").removesuffix("value")
    label = str(row[unit] or "")
    return write_figure(
        lang,
        value=Decimal(str(row[value])),
        value_max=_decimal(row.get(f"{stem}Max" if stem else "valueMax")),
        total=_decimal(row.get(f"{stem}Total" if stem else "total")),
        bound=code(row.get(f"{stem}Bound" if stem else "bound")) or "exact",
        measure=measure or code(row.get("measure")) or "level",
        unit="%" if label in ("Per cent", "Phần trăm") else label,
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
