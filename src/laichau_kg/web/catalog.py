"""The catalogue, the VoID description and the dumps."""

from collections.abc import Awaitable, Callable, Mapping
from email.utils import formatdate
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from laichau_kg._sheet import Sheet, sheet_of_triples
from laichau_kg.catalogue import CATALOGUE, describe_catalogue, describe_void
from laichau_kg.dataset import DATASET
from laichau_kg.errors import NotReadyError
from laichau_kg.exports import FORMS
from laichau_kg.text import near_names
from laichau_kg.web.dumps import SUMS, Dump
from laichau_kg.web.failing import Failure
from laichau_kg.web.linked_data import data_forms
from laichau_kg.web.negotiate import content_type
from laichau_kg.web.rendering import Page
from laichau_kg.web.respond import Found, at_once, found_routes
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["routes"]

_FORMS: Final = ("ttl", "jsonld", "nt", "rdf")


def routes(service: Service) -> list[Route]:
    """Route the catalogue, the description of the data set, and its files."""
    return [
        *found_routes(service, "/catalog", _find_catalogue),
        *found_routes(service, "/doc/dataset/laichau-kg", _find_dataset),
        *found_routes(service, "/.well-known/void", _find_void),
        *found_routes(service, "/dumps/", _find_dumps),
        Route("/dumps/{name}", _file(service), methods=["GET"]),
    ]


def catalogue(service: Service, *, brief: bool = False) -> Sheet:
    """Describe all that the server offers.

    Args:
        service: What is described.
        brief: Leave out the files' details and how often each class and property occurs.
    """
    triples = describe_catalogue(
        service.dumps.statistics,
        service.dumps.distributions,
        base=service.base,
        titles={form.name: form.title for form in FORMS.values()},
    )
    if brief:
        told = {CATALOGUE, DATASET, f"{DATASET}#publisher", f"{DATASET}#sparql"}
        triples = [
            (subject, property_, value)
            for subject, property_, value in triples
            if (subject.value in told and not property_.value.endswith("Partition"))
            or property_.value.endswith(("#downloadURL", "#mediaType"))
        ]
    return sheet_of_triples(service.filed, triples)


def _find_catalogue(service: Service, _values: Mapping[str, str]) -> Found:
    forms = data_forms(lambda: catalogue(service), _FORMS)
    return Found("/catalog", forms=forms, view=_catalogue_page, iri=CATALOGUE, state=_state(service))


def _find_dataset(service: Service, _values: Mapping[str, str]) -> Found:
    forms = data_forms(lambda: catalogue(service), _FORMS)
    return Found(
        "/doc/dataset/laichau-kg", forms=forms, view=_catalogue_page, iri=DATASET, state=_state(service)
    )


def _find_dumps(service: Service, _values: Mapping[str, str]) -> Found:
    return Found("/dumps/", view=_dumps_page, state=_state(service))


def _state(service: Service) -> Callable[[], str]:
    """Tell how far the dumps are, for of a large record they are told of as they come."""
    return lambda: service.dumps.state


def _find_void(service: Service, _values: Mapping[str, str]) -> Found:
    def sheet() -> Sheet:
        dumps = service.dumps
        triples = describe_void(dumps.statistics, dumps.distributions, base=service.base)
        return sheet_of_triples(service.filed, triples)

    return Found("/.well-known/void", forms=data_forms(sheet, _FORMS), iri=DATASET, state=_state(service))


def _catalogue_page(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    return Page(
        title=say("data.catalogue", lang),
        template="catalog.html",
        values={"statistics": service.dumps.statistics, "downloads": _downloads(service, lang)},
        address="/catalog",
        description=say("data.catalogue-lead", lang),
        forms=_FORMS,
        subject=CATALOGUE,
        data=catalogue(service, brief=True).to("jsonld").decode(),
    )


def _dumps_page(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    return Page(
        title=say("data.dumps", lang),
        template="dumps.html",
        values={"downloads": _downloads(service, lang), "sums": SUMS},
        address="/dumps/",
        description=say("data.dumps-lead", lang),
        trail=((say("site.data", lang), "/catalog"),),
    )


def _downloads(service: Service, lang: str) -> list[tuple[str, Dump, Dump]]:
    """List each form: what it is, the file, and the file gzipped."""
    files = service.dumps.files
    place = 0 if lang == "en" else 1
    return [
        (FORMS[dump.described.form].title[place], dump, files[f"{name}.gz"])
        for name, dump in files.items()
        if not name.endswith(".gz")
    ]


def _file(service: Service) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        files = await at_once(lambda: service.dumps.files, request.app.state.limiter)
        if name == SUMS:
            return Response(service.dumps.sums(), media_type="text/plain")
        if name not in files and not service.dumps.is_complete:
            raise NotReadyError(f"{name} is not made yet, perhaps; ask again in a while.", after=30)
        if name not in files:
            near = ", ".join(near_names(name, files)) or "see /dumps/"
            raise Failure(404, "error.no-dump", name=repr(name), near=near)
        dump = files[name]
        tag = f'"{dump.described.sha256}"'
        headers = {
            "etag": tag,
            "last-modified": formatdate(service.changed, usegmt=True),
            "cache-control": "no-cache",
            "content-disposition": f'attachment; filename="{name}"',
            "link": f'<{service.url("/catalog")}>; rel="describedby"',
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return FileResponse(dump.path, headers=headers, media_type=content_type(dump.media_type))

    return answer
