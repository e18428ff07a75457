"""HTTP for what the rooms offer: routes, negotiation, conditional requests, errors, and the headers of all.

RFC 9110 says what; a room says only which forms something has and how each
is written.
"""

import math
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from typing import Any, Final, cast
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from laichau_kg.queries import LANGUAGES
from laichau_kg.web.failing import Failure, error_page, problem, told
from laichau_kg.web.negotiate import FORMS, Choice, choose, choose_language
from laichau_kg.web.rendering import Page, render
from laichau_kg.web.service import Cache, Service

__all__ = [
    "ENCODED",
    "HEADERS",
    "WAITING",
    "Found",
    "Headed",
    "View",
    "Writer",
    "at_once",
    "found_routes",
    "headed",
    "page_routes",
    "see_other",
]

View = Callable[[Service, str, Mapping[str, str]], Page]
"""Makes a page: takes the service, the language, and the parts of path and query."""

Writer = Callable[[], str | bytes]
"""Writes one form of something."""

HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": (
        "Allow, Content-Language, ETag, Last-Modified, Link, Location, Retry-After, "
        "X-Laichau-Row-Limit, X-Laichau-Time-Limit, X-Laichau-Truncated"
    ),
}
"""Headers of every response, whatever it is."""

ENCODED: Final = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())
"""The same as ASGI has them."""

_PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, HEAD, OPTIONS, POST",
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match",
    "access-control-max-age": "86400",
}
_AT_ONCE: Final = 4  # threads that work for pages; the engine lets go of Python's lock while it searches
WAITING: Final = 256
"""Requests that may wait for one of these threads; who comes later is asked to come again."""

_MOST_KNOWN: Final = 4096  # things of one kind of address that are remembered to be there
_LONGEST_KNOWN: Final = 500  # signs of an address that is remembered
_HTML: Final = "html"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that has an address, and the forms it can be had in.

    Attributes:
        address: Where it is, without base, language and suffix: ``/doc/place/lai-chau``.
        forms: How each data form is written, by its suffix; the first is preferred.
        view: Makes its page, if it has one; it is preferred to all data.
        links: Further ``Link`` values, without the address of this very document.
        iri: The canonical name of what is described, if it has one.
        state: Tells how far that is which is still being made; "" where nothing is.
    """

    address: str
    forms: Mapping[str, Writer] = field(default_factory=dict)
    view: View | None = None
    links: Sequence[str] = ()
    iri: str = ""
    state: Callable[[], str] = str

    @property
    def offers(self) -> tuple[str, ...]:
        """The suffixes of all its forms."""
        return (*((_HTML,) if self.view else ()), *self.forms)


Finder = Callable[[Service, Mapping[str, str]], Found]


def page_routes(service: Service, path: str, view: View) -> list[Route]:
    """Route *path*, with and without a language before it, to a page that has no other form.

    Args:
        service: What the page shows.
        path: As Starlette writes it: ``/officials``; its parts reach the view among the values.
        view: Makes the page.
    """

    def find(_service: Service, values: Mapping[str, str]) -> Found:
        return Found(_filled(path, values), view=view)

    return found_routes(service, path, find)


def found_routes(service: Service, path: str, find: Finder) -> list[Route]:
    """Route *path*, with and without a language before it and with a suffix behind it, to what *find* finds.

    Args:
        service: What is asked.
        path: As Starlette writes it, without suffix: ``/doc/{kind}/{slug}``.
        find: Finds what is meant, quickly; raises `UnknownThingError` where there is nothing.
    """
    known: Cache[Found] = Cache(_MOST_KNOWN)

    def endpoint(lang: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await _answer(service, request, find, lang, known)

        return answer

    paths = [path] if path.endswith("/") else [path + ".{suffix}", path]
    return [
        Route(f"/{lang}{one}" if lang else one, endpoint(lang), methods=["GET"])
        for lang in ("", *LANGUAGES)
        for one in paths
    ]


def see_other(service: Service, address: str, request: Request) -> Response:
    """Send the reader on with 303, keeping the query string."""
    query = f"?{request.url.query}" if request.url.query else ""
    where = service.path(quote(address, safe="/.-_~:")) + query
    response = Response(f"{where}\n", 303, {"location": where}, media_type="text/plain")
    return _without_body(response) if request.method == "HEAD" else response


def error_response(service: Service, request: Request, error: Exception) -> Response:
    """Say an error as a page to people and as problem details (RFC 9457) to programs."""
    status, sentence, near, headers = told(error)
    headers = {**HEADERS, **headers, "vary": "Accept, Accept-Language", "cache-control": "no-store"}
    choice = choose(request.headers.get("accept"), ("problem", _HTML))
    lang = language_of(request)
    if choice is not None and choice.suffix == _HTML:
        page = error_page(service, lang, error, _asked_for(request))
        headers["content-language"] = lang
        response = Response(render(service, page, lang), status, headers, media_type="text/html")
    else:
        body = problem(status, sentence, near=near)
        response = Response(body, status, headers, media_type=FORMS["problem"].media_type)
    return _without_body(response) if request.method == "HEAD" else response


def _asked_for(request: Request) -> str:
    """Return the address of a request, without its language."""
    path = str(request.scope["path"])
    first = path.split("/")[1:2]
    if first and first[0] in LANGUAGES:
        path = path.removeprefix(f"/{first[0]}") or "/"
    return quote(path, safe="/.-_~:") + (f"?{request.url.query}" if request.url.query else "")


def language_of(request: Request) -> str:
    """Tell the language of a request: the prefix of its path, else what the reader prefers."""
    first = str(request.scope["path"]).split("/")[1:2]
    return (
        first[0]
        if first and first[0] in LANGUAGES
        else choose_language(request.headers.get("accept-language"))
    )


async def at_once(work: Callable[[], Any], limiter: CapacityLimiter) -> Any:
    """Run *work* in a thread, few at a time.

    Raises:
        Failure: 503, too many wait already.
    """
    if limiter.statistics().tasks_waiting >= WAITING:
        raise Failure(503, "error.crowd", headers={"retry-after": "2"})
    return await to_thread.run_sync(work, limiter=limiter)


def new_limiter() -> CapacityLimiter:
    """Make the limit on threads that an application shares."""
    return CapacityLimiter(_AT_ONCE)


async def _answer(
    service: Service, request: Request, find: Finder, prefix: str, known: Cache[Found]
) -> Response:
    limiter: CapacityLimiter = request.app.state.limiter
    values = _values(request)
    suffix = values.pop("suffix", "")
    key = tuple(sorted(values.items()))
    found: Found | None = known.find(key)
    if found is None:
        found = cast("Found", await at_once(lambda: find(service, values), limiter))
        if sum(map(len, values.values())) < _LONGEST_KNOWN:
            known.get(key, lambda: found)
    choice = _chosen(request, found, suffix, prefix)
    lang = (prefix or language_of(request)) if choice.suffix == _HTML else ""
    query = _query(request)
    state = found.state()
    tag = _tag(service, found.address, query, choice.suffix, lang, *filter(None, [state]))
    headers = _headers(service, found, choice, lang=lang, fixed=(bool(suffix), bool(prefix)), query=query)
    headers["etag"] = tag
    if _is_fresh(request, tag, math.inf if state else service.changed):
        return Response(status_code=304, headers=_of_fresh(headers))
    body = service.bodies.find(tag)
    if body is None:
        write = _writer(service, found, choice.suffix, lang, values)
        body = await at_once(lambda: service.bodies.get(tag, write), limiter)
    response = Response(body, headers=headers)
    return _without_body(response) if request.method == "HEAD" else response


def _writer(
    service: Service, found: Found, suffix: str, lang: str, values: Mapping[str, str]
) -> Callable[[], bytes]:
    def write() -> bytes:
        if suffix == _HTML and found.view:
            body: str | bytes = render(service, found.view(service, lang, values), lang)
        else:
            body = found.forms[suffix]()
        return body if isinstance(body, bytes) else body.encode()

    return write


def _chosen(request: Request, found: Found, suffix: str, prefix: str) -> Choice:
    if suffix:
        if suffix not in found.offers or (prefix and suffix != _HTML):
            listed = ", ".join(f".{offer}" for offer in found.offers)
            raise Failure(404, "error.no-form", suffix=suffix, address=found.address, forms=listed)
        return Choice(suffix, FORMS[suffix].media_type)
    choice = choose(request.headers.get("accept"), found.offers)
    if choice is None:
        listed = ", ".join(f"{FORMS[offer].media_type} (.{offer})" for offer in found.offers)
        raise Failure(406, "error.no-media-type", address=found.address, forms=listed)
    return choice


def _headers(
    service: Service,
    found: Found,
    choice: Choice,
    *,
    lang: str,
    fixed: tuple[bool, bool],
    query: str,
) -> dict[str, str]:
    by_suffix, by_prefix = fixed
    headers = {
        "content-type": choice.content_type,
        "last-modified": formatdate(service.changed, usegmt=True),
        "cache-control": "no-cache",
    }
    varying = [] if by_suffix else ["Accept"]
    if not by_prefix and (not by_suffix or lang):
        varying.append("Accept-Language")
    if varying:
        headers["vary"] = ", ".join(varying)
    if lang:
        headers["content-language"] = lang
    headers["link"] = ", ".join(_links(service, found, choice.suffix, query))
    return headers


def _links(service: Service, found: Found, suffix: str, query: str) -> list[str]:
    here = quote(found.address, safe="/.-_~:")
    canonical = service.url(here) + query
    links = [f'<{canonical}>; rel="canonical"']
    if found.view:
        links += [
            f'<{service.url(here, lang)}{query}>; rel="alternate"; type="text/html"; hreflang="{lang}"'
            for lang in LANGUAGES
        ]
    if not here.endswith("/"):
        links += [
            f'<{service.url(here)}.{offer}{query}>; rel="alternate"; type="{FORMS[offer].media_type}"'
            for offer in found.forms
            if offer != suffix
        ]
    if found.iri:
        links.append(f'<{found.iri}>; rel="describes"')
        if suffix == _HTML and found.forms:
            links.append(
                f'<{service.url(here)}.{next(iter(found.forms))}>; rel="describedby"; '
                f'type="{FORMS[next(iter(found.forms))].media_type}"'
            )
    return [*links, *found.links]


def _tag(service: Service, *parts: str) -> str:
    whole = "\n".join((service.digest, *parts))
    return f'"{sha256(whole.encode()).hexdigest()[:32]}"'


def _is_fresh(request: Request, tag: str, changed: float) -> bool:
    """Tell whether the reader has what we would send: RFC 9110, section 13.2.2."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return tag in {one.strip().removeprefix("W/") for one in known.split(",")}
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return changed <= parsedate_to_datetime(since).timestamp()
    except (ValueError, TypeError):
        return False


def _of_fresh(headers: Mapping[str, str]) -> dict[str, str]:
    kept = ("etag", "last-modified", "cache-control", "vary", "content-location", "link")
    return {name: value for name, value in headers.items() if name in kept}


def _values(request: Request) -> dict[str, str]:
    """Join the parts of path and query; the path's win, and of a repeated name the first counts."""
    values: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        values.setdefault(name, value)
    return {name: value for name, value in values.items() if name != "suffix"} | {
        name: str(value) for name, value in request.path_params.items()
    }


def _query(request: Request) -> str:
    return f"?{urlencode(request.query_params.multi_items())}" if request.url.query else ""


def _filled(path: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def _without_body(response: Response) -> Response:
    """Keep the headers, the length among them, and drop the body."""
    headers = dict(response.headers)
    bare = Response(status_code=response.status_code, headers=headers)
    bare.headers["content-length"] = headers.get("content-length", "0")
    return bare


class Headed:
    """Puts `HEADERS` on every response, and answers OPTIONS: reading is open to pages from anywhere."""

    def __init__(self, app: ASGIApp, *, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._root and scope["path"].startswith(f"{self._root}/"):  # a proxy that leaves the path as it is
            scope = {**scope, "path": scope["path"].removeprefix(self._root)}
        if scope["method"] == "OPTIONS":
            allowed = {"allow": _PREFLIGHT["access-control-allow-methods"], **_PREFLIGHT}
            await Response(status_code=204, headers=allowed)(scope, receive, headed(send))
            return
        await self._app(scope, receive, headed(send))


def headed(send: Send) -> Send:
    """Put `HEADERS` on what is sent, where they are not yet."""

    async def send_headed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(header for header in ENCODED if header[0] not in present),
            ]
        await send(message)

    return send_headed
