"""Things under their addresses: ``/id`` names them, ``/doc`` tells of them in every form; graphs, context."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from laichau_kg._sheet import FORMS, Sheet, sheet_about, sheet_of
from laichau_kg.dataset import DATASET
from laichau_kg.errors import UnknownThingError
from laichau_kg.text import near_names
from laichau_kg.vocab import GRAPH, ID, KINDS
from laichau_kg.web.pages import KIND_VIEWS
from laichau_kg.web.pages.things import thing
from laichau_kg.web.rendering import Page
from laichau_kg.web.respond import Found, View, Writer, at_once, found_routes, see_other
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["EMBEDDED", "data_forms", "routes"]

EMBEDDED: Final = 30_000
"""Bytes of JSON-LD that a page embeds; of a longer sheet it embeds what is said of the thing alone."""

_MOST_COMPARED: Final = 1000
_ALIKE: Final = 4
_MOST_EMBEDDED: Final = 200  # what more things refer to is too long for sure
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_GRAPH_FORMS: Final = ("ttl", "jsonld", "nt", "rdf", "csv")


def routes(service: Service) -> list[Route]:
    """Route names, documents, graphs and the context."""
    return [
        Route("/id/{kind}/{slug}", _named(service), methods=["GET"]),
        *found_routes(service, "/doc/{kind}/{slug}", _find_thing),
        *found_routes(service, "/graph/{slug}", _find_graph),
        *found_routes(service, "/context", _find_context),
    ]


def data_forms(sheet: Callable[[], Sheet], forms: tuple[str, ...] = FORMS) -> dict[str, Writer]:
    """Offer the forms of a sheet that is made when one of them is asked for."""

    def writer(form: str) -> Writer:
        return lambda: sheet().to(form)

    return {form: writer(form) for form in forms}


def _named(service: Service) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        kind, slug = request.path_params["kind"], request.path_params["slug"]
        await at_once(lambda: _known(service, kind, slug), request.app.state.limiter)
        return see_other(service, f"/doc/{kind}/{slug}", request)

    return answer


def _known(service: Service, kind: str, slug: str) -> str:
    """Return the IRI of a thing of the record.

    Raises:
        UnknownThingError: there is none; the error has near ones as ``kind/slug``.
    """
    iri = f"{ID}{kind}/{slug}"
    if iri == DATASET:  # described by the catalogue, not in the record's files
        return iri
    if kind in KINDS and _SLUG.fullmatch(slug) and iri in service.filed:
        return iri
    names = [thing.removeprefix(ID) for thing in service.things]
    same_kind = [name for name in names if name.startswith(f"{kind}/")]
    candidates = same_kind or names
    if len(candidates) > _MOST_COMPARED:  # to compare a name takes time: those that begin alike will do
        alike = [name for name in candidates if name.startswith(f"{kind}/{slug[:_ALIKE]}")]
        candidates = (alike or candidates)[:_MOST_COMPARED]
    near = near_names(f"{kind}/{slug}", candidates)
    raise UnknownThingError(f"{kind}/{slug} is not in the record.", name=slug, near=near)


def _find_thing(service: Service, values: Mapping[str, str]) -> Found:
    kind, slug = values["kind"], values["slug"]
    iri = _known(service, kind, slug)
    address = f"/doc/{kind}/{slug}"

    def sheet() -> Sheet:
        return sheet_about(service.filed, iri, document=service.url(address), base=service.base)

    return Found(
        address,
        forms=data_forms(sheet),
        view=_with_data(KIND_VIEWS.get(kind, thing), iri, address, sheet),
        iri=iri,
    )


def _with_data(view: View, iri: str, address: str, sheet: Callable[[], Sheet]) -> View:
    """Give a thing's page what all such pages have: its data forms, its name, and JSON-LD within."""

    def viewed(service: Service, lang: str, values: Mapping[str, str]) -> Page:
        page = view(service, lang, {**values, "iri": iri})
        long = len(service.filed.referring(iri)) > _MOST_EMBEDDED
        whole = sheet_of(service.filed, service.filed.about([iri])) if long else sheet()
        if len(whole.to("jsonld")) > EMBEDDED:
            whole = sheet_of(service.filed, service.filed.about([iri]))
        return replace(
            page, address=address, forms=FORMS, subject=iri, data=page.data or whole.to("jsonld").decode()
        )

    return viewed


def _find_graph(service: Service, values: Mapping[str, str]) -> Found:
    slug = values["slug"]
    quads = service.filed.graph(GRAPH + slug)
    if not quads:
        names = [graph.removeprefix(GRAPH) for graph in service.filed.graphs()]
        raise UnknownThingError(
            f"There is no graph {slug!r}.",
            name=slug,
            near=[f"graph/{name}" for name in near_names(slug, names)],
        )
    forms = data_forms(lambda: sheet_of(service.filed, service.filed.graph(GRAPH + slug)), _GRAPH_FORMS)
    return Found(f"/graph/{slug}", forms=forms, view=_graph_page, iri=GRAPH + slug)


def _graph_page(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    slug = values["slug"]
    return Page(
        title=say("data.graph", lang, slug=slug),
        template="graph.html",
        values={
            "size": len(service.filed.graph(GRAPH + slug)),
            "things": [(iri, service.filed.title(iri, lang)) for iri in service.filed.members(GRAPH + slug)],
        },
        address=f"/graph/{slug}",
        trail=((say("site.data", lang), "/catalog"),),
        forms=_GRAPH_FORMS,
        subject=GRAPH + slug,
    )


def _find_context(service: Service, _values: Mapping[str, str]) -> Found:
    def write() -> str:
        return json.dumps({"@context": service.filed.context}, ensure_ascii=False, indent=2) + "\n"

    return Found("/context", forms={"jsonld": write})
