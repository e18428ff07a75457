"""``/openapi.json``: the questions, the search and the endpoint described as OpenAPI 3.1 has it.

What it says of a parameter is what the server takes: things are listed by
slug, for those are known as long as the server runs; their names and IRIs
are taken too.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

from starlette.routing import Route

from laichau_kg.queries import LANGUAGES, Parameter, Query
from laichau_kg.resolve import FACT_KINDS, GENERAL_KINDS
from laichau_kg.web.asking import slugs_of
from laichau_kg.web.negotiate import FORMS
from laichau_kg.web.pages.questions import FORMS as ANSWERS
from laichau_kg.web.respond import Found, found_routes
from laichau_kg.web.service import Service

__all__ = ["describe", "routes"]

Json = dict[str, Any]

_MOST_LISTED: Final = 300
_LITERALS: Final[Mapping[str, Json]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "string", "pattern": r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"},
    "date": {"type": "string", "format": "date"},
    "year": {"type": "integer", "minimum": 1000, "maximum": 2999},
    "text": {"type": "string"},
    "language": {"type": "string", "enum": list(LANGUAGES)},
}
_PROBLEM: Final[Json] = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do."},
        "near": {"type": "array", "items": {"type": "string"}, "description": "Names that come near."},
    },
}
_CELL: Final[Json] = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode"]},
        "value": {"type": "string"},
        "datatype": {"type": "string"},
        "xml:lang": {"type": "string"},
    },
}
_RESULTS: Final[Json] = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON Format.",
    "required": ["head", "results"],
    "properties": {
        "head": {
            "type": "object",
            "required": ["vars"],
            "properties": {"vars": {"type": "array", "items": {"type": "string"}}},
        },
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": {"$ref": "#/components/schemas/cell"},
                    },
                }
            },
        },
    },
}
_OWN: Final[list[Json]] = [
    {
        "name": "lang",
        "in": "query",
        "description": "The language of the labels; English where it is not given.",
        "allowEmptyValue": True,
        "schema": {"type": "string", "enum": list(LANGUAGES)},
    },
    {
        "name": "page",
        "in": "query",
        "description": "Which part of a long answer, from 1; the whole where neither this nor size is given.",
        "allowEmptyValue": True,
        "schema": {"type": "integer", "minimum": 1, "maximum": 10**9},
    },
    {
        "name": "size",
        "in": "query",
        "description": "How many rows a part has; 50 where only page is given.",
        "allowEmptyValue": True,
        "schema": {"type": "integer", "minimum": 1, "maximum": 10_000},
    },
]


def routes(service: Service) -> list[Route]:
    """Route the description."""

    @lru_cache(maxsize=1)
    def text() -> str:
        return json.dumps(describe(service), ensure_ascii=False, indent=1) + "\n"

    def find(_service: Service, _values: Mapping[str, str]) -> Found:
        return Found("/openapi", forms={"json": text})

    return found_routes(service, "/openapi", find)


def describe(service: Service) -> Json:
    """Describe what *service* offers to programs."""
    catalog = service.record.catalog
    kinds = {one.type for query in catalog.values() for one in query.parameters if one.takes_thing}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The public record of Lai Châu province",
            "version": version("laichau-kg"),
            "summary": "Canned questions, search and SPARQL, each answer with the words it rests on.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": service.base.rstrip("/")}],
        "paths": {
            **{f"/questions/{query.id}": {"get": _question(query)} for query in catalog.values()},
            "/suggest": {"get": _suggest()},
            "/sparql": {"get": _sparql()},
        },
        "components": {
            "schemas": {
                "problem": _PROBLEM,
                "cell": _CELL,
                "results": _RESULTS,
                **{kind: _things(service, kind) for kind in sorted(kinds)},
            },
            "responses": {
                status: {
                    "description": description,
                    "content": {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}
                    },
                }
                for status, description in (
                    ("400", "A parameter is unknown, missing, or names nothing; near names are given."),
                    ("404", "The answer has no such page."),
                    ("406", "There is no such form."),
                    ("503", "Too many ask at once; Retry-After says when to come again."),
                )
            },
        },
    }


def _question(query: Query) -> Json:
    return {
        "operationId": query.id,
        "summary": query.title["en"],
        "description": query.question["en"],
        "tags": [query.subject],
        "parameters": [*(_parameter(one) for one in query.parameters[:-1]), *_OWN],
        "responses": {
            "200": {
                "description": "The answer; every row about a fact names its article and evidence.",
                "content": {FORMS[form].media_type: {"schema": _schema(form)} for form in (*ANSWERS, "html")},
            },
            **_errors("400", "404", "406", "503"),
        },
    }


def _schema(form: str) -> Json:
    return {"$ref": "#/components/schemas/results"} if form == "json" else {"type": "string"}


def _parameter(parameter: Parameter) -> Json:
    described: Json = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description["en"],
        "required": parameter.required,
        "schema": {"$ref": f"#/components/schemas/{parameter.type}"}
        if parameter.takes_thing
        else dict(_LITERALS[parameter.type]),
    }
    if parameter.values:
        described["schema"]["enum"] = list(parameter.values)
    if not parameter.required:
        described["allowEmptyValue"] = True
    if parameter.default is not None:
        described["description"] += f" Where it is not given: {parameter.default}."
    return described


def _things(service: Service, kind: str) -> Json:
    """List the slugs of a kind, as far as they are few enough to be listed."""
    if kind in GENERAL_KINDS or kind in FACT_KINDS:
        slugs = [iri.rpartition("/id/")[2] for iri in service.things if _is_of(iri, kind)]
    else:
        slugs = slugs_of(service, kind)
    described: Json = {"type": "string", "description": "A slug, kind/slug, a name or an IRI."}
    listed = {"enum": slugs} if 0 < len(slugs) <= _MOST_LISTED else {"examples": slugs[:1]}
    return described | listed


def _is_of(iri: str, kind: str) -> bool:
    own = iri.rpartition("/id/")[2].partition("/")[0]
    return own in GENERAL_KINDS.get(kind, (kind,))


def _suggest() -> Json:
    return {
        "operationId": "suggest",
        "summary": "Names that hold a text, with or without diacritics",
        "tags": ["search"],
        "parameters": [
            {
                "name": "q",
                "in": "query",
                "allowEmptyValue": True,
                "schema": {"type": "string", "maxLength": 200},
            },
            _OWN[0],
        ],
        "responses": {
            "200": {
                "description": "The things whose names fit best, best first.",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "required": ["name", "as", "kind", "iri", "href"],
                                "properties": {
                                    name: {"type": "string"} for name in ("name", "as", "kind", "iri", "href")
                                },
                            },
                        }
                    }
                },
            },
            **_errors("400", "406", "503"),
        },
    }


def _sparql() -> Json:
    forms = ("srj", "srx", "csv", "tsv", "ttl", "jsonld", "nt", "rdf", "trig")
    return {
        "operationId": "sparql",
        "summary": "SPARQL 1.1 Protocol: queries",
        "externalDocs": {"url": "https://www.w3.org/TR/sparql11-protocol/"},
        "tags": ["sparql"],
        "parameters": [
            {
                "name": "query",
                "in": "query",
                "description": "A query; without it the service description is given.",
                "schema": {"type": "string"},
            }
        ],
        "responses": {
            "200": {
                "description": "The answer, in the form that Accept asks for.",
                "content": {FORMS[form].media_type: {"schema": {}} for form in forms},
            },
            "403": {"description": "It would change or fetch something."},
            "413": {"description": "It is too long."},
            "500": {"description": "The engine failed on it, or its time or memory was up."},
            **_errors("400", "406", "503"),
        },
    }


def _errors(*statuses: str) -> Json:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}
