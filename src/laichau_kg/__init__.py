"""The public record of Lai Châu province as a knowledge graph.

>>> from laichau_kg import open_record
>>> with open_record() as record:
...     answer = record.query("post-holders", official="tran tien dung")
>>> "evidence" in answer.columns
True

Names are imported when first used, so that ``import laichau_kg`` costs
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from laichau_kg.answers import Answer, BooleanAnswer, GraphAnswer
    from laichau_kg.errors import LaichauError
    from laichau_kg.record import Record, check, export, open_record
    from laichau_kg.report import Finding, Report
    from laichau_kg.terms import Iri, Literal

__all__ = [
    "Answer",
    "BooleanAnswer",
    "Finding",
    "GraphAnswer",
    "Iri",
    "LaichauError",
    "Literal",
    "Record",
    "Report",
    "check",
    "export",
    "open_record",
]

_HOMES = {
    "Answer": "answers",
    "BooleanAnswer": "answers",
    "Finding": "report",
    "GraphAnswer": "answers",
    "Iri": "terms",
    "LaichauError": "errors",
    "Literal": "terms",
    "Record": "record",
    "Report": "report",
    "check": "record",
    "export": "record",
    "open_record": "record",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted({*globals(), *__all__})
