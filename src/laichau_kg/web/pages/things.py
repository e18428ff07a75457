"""The page of any thing: all that is said of it, with its sources, and what refers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from laichau_kg.answers import Answer
from laichau_kg.resolve import FACT_KINDS, short_name
from laichau_kg.terms import XSD, Literal, Term
from laichau_kg.vocab import LCK, PREFIXES
from laichau_kg.web.excerpts import passages
from laichau_kg.web.rendering import Page, date, number, records
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["SECTIONS", "Value", "shown_value", "thing"]

SECTIONS: Final[Mapping[str, str]] = {
    "person": "officials",
    "organization": "organizations",
    "post": "officials",
    "meeting": "meetings",
    "document": "documents",
    "place": "places",
    "indicator": "indicators",
    "article": "articles",
}
"""The section that a kind of thing belongs to."""

_MOST_REFERENCES: Final = 200
_HIDDEN: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "isDefinedBy", LCK.sha256)
_NUMBERS: Final = tuple(XSD + name for name in ("integer", "decimal", "nonNegativeInteger", "double"))


@dataclass(frozen=True, slots=True)
class Value:
    """A value to be shown: text, and the thing that it names, if it does."""

    text: str
    iri: str = ""


def thing(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show anything of the record.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the thing.
    """
    iri, kind = values["iri"], values["kind"]
    answer = service.show(iri, lang)
    title = service.filed.title(iri, lang)
    references = _references(answer)
    evidence = records(service.ask("evidence", lang, fact=iri)) if kind in FACT_KINDS else []
    section = SECTIONS.get(kind)
    return Page(
        title=title,
        template="thing.html",
        values={
            "iri": iri,
            "kinds": service.filed.kinds(iri, lang),
            "said": _said(answer, lang),
            "evidence": passages(service, evidence),
            "note": next((row["note"] for row in evidence if row["note"]), None),
            "references": references[:_MOST_REFERENCES],
            "left_out": max(0, len(references) - _MOST_REFERENCES),
        },
        address=f"/doc/{kind}/{values['slug']}",
        trail=((say(f"site.{section}", lang), f"/{section}"),) if section else (),
        description=title,
    )


def shown_value(term: Term | None, lang: str, label: str = "") -> Value:
    """Make a term readable: a thing by its name, a number and a day as readers of *lang* write them."""
    if not isinstance(term, Literal):
        iri = str(term or "")
        return Value(label or short_name(iri).partition(":")[2] or iri, iri)
    if term.datatype == XSD + "boolean":
        return Value(say("thing.yes" if term.value == "true" else "thing.no", lang))
    if term.datatype in _NUMBERS:
        return Value(number(term.value, lang))
    if term.datatype == XSD + "date":
        return Value(date(term.value, lang))
    return Value(term.value)


def _said(answer: Answer, lang: str) -> list[tuple[str, list[Value]]]:
    """Group what is said of the thing by property, in the order of the answer."""
    groups: dict[str, tuple[str, list[Value]]] = {}
    for row in answer.rows:
        cell = dict(zip(answer.columns, row, strict=True))
        property_ = str(cell["property"])
        if str(cell["direction"]) != "out" or property_ in _HIDDEN:
            continue
        name = str(cell["propertyLabel"] or _local(property_))
        value = shown_value(cell["other"] or cell["value"], lang, str(cell["otherLabel"] or ""))
        values = groups.setdefault(property_, (name, []))[1]
        if value not in values:
            values.append(value)
    return list(groups.values())


def _references(answer: Answer) -> list[dict[str, Any]]:
    """List what refers to the thing: one row a thing and property."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records(answer):
        if row["direction"] == "in" and "#char=" not in str(row["other"]):
            row["name"] = row["propertyLabel"] or _local(str(row["property"]))
            found.setdefault((str(row["other"]), str(row["property"])), row)
    return list(found.values())


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]
