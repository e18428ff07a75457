"""The ontology, the shapes and the code lists: as data, and as pages that explain each term."""

from collections.abc import Mapping
from typing import Final

from starlette.routing import Route

from laichau_kg._modules import join_turtle
from laichau_kg._sheet import Sheet, sheet_of
from laichau_kg.vocab import BASE, GRAPH, LCS
from laichau_kg.web.linked_data import data_forms
from laichau_kg.web.pages import terms
from laichau_kg.web.respond import Found, Writer, found_routes
from laichau_kg.web.service import Service

__all__ = ["routes"]

_FORMS: Final = ("jsonld", "nt", "rdf")


def routes(service: Service) -> list[Route]:
    """Route the ontology, the shapes and each rule."""
    return [
        *found_routes(service, "/ontology", _find_ontology),
        *found_routes(service, "/shapes", _find_shapes),
        *found_routes(service, "/shapes/{rule}", _find_rule),
    ]


def _find_ontology(service: Service, _values: Mapping[str, str]) -> Found:
    files = [(path, graph) for path, graph in service.filed.files if graph.startswith(f"{GRAPH}ontology-")]

    def sheet() -> Sheet:
        return sheet_of(service.filed, [quad for _, graph in files for quad in service.filed.graph(graph)])

    turtle: dict[str, Writer] = {"ttl": lambda: join_turtle(path for path, _ in files)}
    return Found(
        "/ontology", forms=turtle | data_forms(sheet, _FORMS), view=terms.ontology, iri=f"{BASE}ontology"
    )


def _find_shapes(service: Service, _values: Mapping[str, str]) -> Found:
    shapes = service.shapes
    turtle: dict[str, Writer] = {"ttl": lambda: join_turtle(path for path, _ in shapes.files)}
    forms = turtle | data_forms(lambda: sheet_of(shapes, shapes.quads), _FORMS)
    return Found("/shapes", forms=forms, view=terms.shapes, iri=f"{BASE}shapes")


def _find_rule(service: Service, values: Mapping[str, str]) -> Found:
    rule = service.rules.get(values["rule"])
    forms = data_forms(lambda: sheet_of(service.shapes, service.shapes.closure([rule.iri])), ("ttl", *_FORMS))
    return Found(f"/shapes/{rule.name}", forms=forms, view=terms.rule, iri=LCS + rule.name)
