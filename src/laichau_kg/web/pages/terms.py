"""Pages that explain: the ontology's terms, the rules of the shapes, a code list."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from laichau_kg.queries import LANGUAGES
from laichau_kg.resolve import short_name
from laichau_kg.terms import BlankNode, Literal, Term
from laichau_kg.vocab import ID, LCK, PREFIXES
from laichau_kg.web.pages.things import shown_value
from laichau_kg.web.rendering import Page
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["ontology", "rule", "scheme", "shapes"]

_FORMS: Final = ("ttl", "jsonld", "nt", "rdf")
_OWL: Final = PREFIXES["owl"]
_RDFS: Final = PREFIXES["rdfs"]
_SKOS: Final = PREFIXES["skos"]
_KINDS: Final = (
    ("classes", _OWL + "Class"),
    ("object-properties", _OWL + "ObjectProperty"),
    ("datatype-properties", _OWL + "DatatypeProperty"),
    ("annotation-properties", _OWL + "AnnotationProperty"),
)
_RELATIONS: Final = (
    ("parents", _RDFS + "subClassOf"),
    ("parents", _RDFS + "subPropertyOf"),
    ("domain", _RDFS + "domain"),
    ("range", _RDFS + "range"),
)
_MOST_DETAILED: Final = 60
"""Of a longer code list only names and definitions are told; each code has a page of its own for the rest."""

_HIDDEN: Final = tuple(
    _SKOS + name for name in ("prefLabel", "definition", "notation", "inScheme", "topConceptOf")
)


def ontology(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """Show every class and property of the ontology."""
    groups = [
        (kind, [_term(service, iri, lang) for iri in service.filed.instances(class_) if iri.startswith(LCK)])
        for kind, class_ in _KINDS
    ]
    children = _children([term for _, terms in groups for term in terms])
    for _, terms in groups:
        for term in terms:
            term["children"] = children.get(term["iri"], [])
    schemes = service.filed.instances(_SKOS + "ConceptScheme")
    return Page(
        title=say("terms.ontology", lang),
        template="ontology.html",
        values={
            "groups": [(kind, terms) for kind, terms in groups if terms],
            "schemes": [(iri, service.label(iri, lang)) for iri in schemes],
        },
        address="/ontology",
        description=say("terms.ontology-lead", lang),
        forms=_FORMS,
        subject=LCK.removesuffix("#"),
    )


def shapes(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List every rule that facts are judged by."""
    modules: dict[str, list[Any]] = {}
    for one in service.rules:
        modules.setdefault(one.module, []).append(one)
    return Page(
        title=say("terms.shapes", lang),
        template="shapes.html",
        values={"modules": modules, "count": len(service.rules)},
        address="/shapes",
        description=say("terms.shapes-lead", lang),
        forms=_FORMS,
    )


def rule(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show one rule: what it asks, why, a wrong example and its mend.

    Raises:
        UnknownRuleError: there is no such rule; the error has near names.
    """
    found = service.rules.get(values["rule"])
    return Page(
        title=found.asks.get(lang) or found.name,
        template="rule.html",
        values={"rule": found, "example": service.rules.example(found)},
        address=f"/shapes/{found.name}",
        trail=((say("terms.shapes", lang), "/shapes"),),
        forms=_FORMS,
        subject=found.iri,
    )


def scheme(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a code list: each code with its names, what it means, and what else is said of it."""
    iri = values["iri"]
    said = service.filed.said(iri)
    members = service.filed.subjects(_SKOS + "inScheme", iri)
    is_detailed = len(members) <= _MOST_DETAILED
    return Page(
        title=service.label(iri, lang),
        template="scheme.html",
        values={
            "definition": _text(said.get(_SKOS + "definition"), lang),
            "codes": [_code(service, member, lang, is_detailed=is_detailed) for member in members],
        },
        address=f"/doc/scheme/{values['slug']}",
        description=_text(said.get(_SKOS + "definition"), lang),
        trail=((say("terms.ontology", lang), "/ontology"),),
    )


def _term(service: Service, iri: str, lang: str) -> dict[str, Any]:
    said = service.filed.said(iri)
    related: dict[str, list[tuple[str, str]]] = {"parents": [], "domain": [], "range": []}
    restrictions = []
    for name, property_ in _RELATIONS:
        for node in said.get(property_, ()):
            if isinstance(node, BlankNode):
                restrictions += _restriction(service, node)
            else:
                related[name].append((str(node), short_name(str(node))))
    types = [short_name(str(node)) for node in said.get(PREFIXES["rdf"] + "type", ())]
    return {
        "iri": iri,
        "name": iri.removeprefix(LCK),
        "labels": {language: service.label(iri, language) for language in LANGUAGES},
        "definition": _text(said.get(_SKOS + "definition"), lang),
        "notes": _all(said.get(_SKOS + "scopeNote"), lang),
        "examples": _all(said.get(_SKOS + "example"), lang),
        "traits": [name for name in types if name in ("owl:FunctionalProperty", "owl:TransitiveProperty")],
        "restrictions": restrictions,
        **related,
    }


def _restriction(service: Service, node: BlankNode) -> list[tuple[str, str, str]]:
    """Read a restriction as property, quantifier and filler; other nameless classes are passed over."""
    said = service.filed.said(node.n3())
    properties = said.get(_OWL + "onProperty", ())
    return [
        (short_name(str(property_)), quantifier, short_name(str(filler)))
        for property_ in properties
        for quantifier, name in (("some", "someValuesFrom"), ("only", "allValuesFrom"))
        for filler in said.get(_OWL + name, ())
    ]


def _children(terms: Iterable[dict[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    children: dict[str, list[tuple[str, str]]] = {}
    for term in terms:
        for parent, _ in term["parents"]:
            children.setdefault(parent, []).append((term["iri"], short_name(term["iri"])))
    return children


def _code(service: Service, iri: str, lang: str, *, is_detailed: bool) -> dict[str, Any]:
    said = service.filed.said(iri)
    told = said.items() if is_detailed else ()
    details = [
        (
            service.label(property_, lang) or short_name(property_),
            [shown_value(node, lang, service.filed.label(str(node), lang)) for node in values],
        )
        for property_, values in told
        if property_ not in _HIDDEN and property_ != PREFIXES["rdf"] + "type"
    ]
    return {
        "iri": iri,
        "slug": iri.removeprefix(ID).partition("/")[2],
        "labels": {language: service.label(iri, language) for language in LANGUAGES},
        "definition": _text(said.get(_SKOS + "definition"), lang),
        "details": [(name, shown) for name, shown in details if shown and any(value.text for value in shown)],
    }


def _all(values: Iterable[Term] | None, lang: str) -> list[str]:
    return [node.value for node in values or () if isinstance(node, Literal) and node.language in ("", lang)]


def _text(values: Iterable[Term] | None, lang: str) -> str:
    return next(iter(_all(values, lang)), "")
