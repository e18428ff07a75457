"""The page of any thing: all that is said of it, with its sources, and what refers to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from laichau_kg.resolve import FACT_KINDS, short_name
from laichau_kg.terms import XSD, Literal, Term
from laichau_kg.vocab import LCK, PREFIXES
from laichau_kg.web.excerpts import passages
from laichau_kg.web.rendering import Page, date, number, records
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["SECTIONS", "Value", "main_evidence", "shown_value", "thing"]

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

_MOST_REFERENCES: Final = 100
_HIDDEN: Final = (
    PREFIXES["rdf"] + "type",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["rdfs"] + "isDefinedBy",
    PREFIXES["prov"] + "wasDerivedFrom",
    LCK.mainEvidence,
    LCK.inferredFrom,
    LCK.statedIn,
    LCK.sha256,
)
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
    title = service.filed.title(iri, lang)
    evidence = records(service.ask("evidence", lang, fact=iri)) if kind in FACT_KINDS else []
    references, left_out = _references(service, iri, lang)
    section = SECTIONS.get(kind)
    return Page(
        title=title,
        template="thing.html",
        values={
            "iri": iri,
            "kinds": service.filed.kinds(iri, lang),
            "said": _said(service, iri, lang),
            "evidence": passages(service, evidence),
            "note": next((row["note"] for row in evidence if row["note"]), None),
            "references": references,
            "left_out": left_out,
        },
        address=f"/doc/{kind}/{values['slug']}",
        trail=((say(f"site.{section}", lang), f"/{section}"),) if section else (),
        description=title,
    )


def shown_value(term: Term | None, lang: str, label: str = "") -> Value:
    """Make a term readable: a thing by its name, a number and a day as readers of *lang* write them."""
    if not isinstance(term, Literal):
        iri = str(term or "")
        if iri.startswith("_:"):
            return Value(label or "…")
        return Value(label or short_name(iri).partition(":")[2] or iri, iri)
    if term.datatype == XSD + "boolean":
        return Value(say("thing.yes" if term.value == "true" else "thing.no", lang))
    if term.datatype in _NUMBERS:
        return Value(number(term.value, lang))
    if term.datatype == XSD + "date":
        return Value(date(term.value, lang))
    return Value(term.value)


def _said(service: Service, iri: str, lang: str) -> list[tuple[str, list[Value]]]:
    """List what is said of the thing: the name of each property with its values."""
    said = []
    for property_, terms in service.filed.said(iri).items():
        if property_ in _HIDDEN:
            continue
        fit = [term for term in terms if not isinstance(term, Literal) or term.language in ("", lang)]
        shown = [
            shown_value(term, lang, "" if isinstance(term, Literal) else service.filed.title(str(term), lang))
            for term in fit
        ]
        if shown:
            said.append((service.filed.label(property_, lang) or _local(property_), shown))
    return said


def _references(service: Service, iri: str, lang: str) -> tuple[list[dict[str, Any]], int]:
    """List what refers to the thing, a row a thing and property, up to `_MOST_REFERENCES`; count the rest."""
    pairs = service.filed.references(iri)
    rows = [
        {
            "other": other,
            "otherLabel": service.filed.title(other, lang),
            "otherClassLabel": next(iter(service.filed.kinds(other, lang)), ""),
            "name": service.filed.label(property_, lang) or _local(property_),
            **main_evidence(service, other, lang),
        }
        for other, property_ in pairs[:_MOST_REFERENCES]
    ]
    return rows, max(0, len(pairs) - _MOST_REFERENCES)


def main_evidence(service: Service, fact: str, lang: str) -> dict[str, str]:
    """Tell the words that a fact rests on most, as `macros.html` shows them; empty for what is no fact."""
    evidence = next(iter(service.filed.values(fact, LCK.mainEvidence)), None)
    if evidence is None:
        return {"evidence": "", "article": "", "articleLabel": "", "quote": ""}
    article = evidence.partition("#")[0]
    return {
        "evidence": evidence,
        "article": article,
        "articleLabel": service.filed.label(article, lang),
        "quote": next(iter(service.filed.values(evidence, PREFIXES["oa"] + "exact")), ""),
    }


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]
