"""The SPARQL endpoint: the protocol for programs, the editor for people, all at ``/sparql``.

Answers are passed on as the engine wrote them; a page is the exception, and
shows the first rows only. The work is done by the pool's processes.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from hashlib import blake2b
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from laichau_kg.errors import (
    LaichauError,
    LimitExceededError,
    SparqlSyntaxError,
    StoreBusyError,
    StoreUnavailableError,
    UpdateRefusedError,
)
from laichau_kg.queries import LANGUAGES
from laichau_kg.web.description import FORMS as DESCRIPTIONS
from laichau_kg.web.description import write_description
from laichau_kg.web.failing import problem
from laichau_kg.web.negotiate import FORMS, choose
from laichau_kg.web.pages.sparql import SHOWN, Complaint, Outcome, editor
from laichau_kg.web.pool import Reply
from laichau_kg.web.protocol import ROW_FORMS, Accepted, Operation, accepted, header_of, read_operation
from laichau_kg.web.rendering import render
from laichau_kg.web.respond import ENCODED, at_once, headed, language_of
from laichau_kg.web.service import Cache, Service

__all__ = ["ROW_LIMIT", "TIME_LIMIT", "TRUNCATED", "Endpoint", "lifespan"]

ROW_LIMIT: Final = "x-laichau-row-limit"
"""The header that announces how many rows, or triples, an answer may have."""

TIME_LIMIT: Final = "x-laichau-time-limit"
"""The header that announces how many seconds a query may take."""

TRUNCATED: Final = "x-laichau-truncated"
"""The header, with the value ``rows``, of an answer from which rows or triples were cut off."""

_MOST_KEPT: Final = 32 * 2**20  # bytes of answers that are remembered
_LONGEST_KEPT: Final = 2**20
_WEIGHT: Final = 500  # of an answer without its body
_PATHS: Final = ("/sparql", *(f"/{lang}/sparql" for lang in LANGUAGES))
_CHANGING: Final = re.compile(r"\b(?:rand|now|uuid|struuid|bnode)\s*\(")
_SIGNS: Final = ("rand", "now", "uuid", "bnode")  # one of them stands in whatever changes
_HTML: Final = "html"


@asynccontextmanager
async def lifespan(service: Service) -> AsyncIterator[None]:
    """Start the processes beside all else, and end them with the server."""
    starting = asyncio.create_task(service.pool.start())
    # Who asks a query starts them again, and is told what is wrong.
    starting.add_done_callback(lambda task: task.cancelled() or task.exception())
    try:
        yield
    finally:
        starting.cancel()
        with suppress(asyncio.CancelledError, LaichauError):
            await starting
        await service.pool.close()


class _Gone(Exception):  # noqa: N818 - nothing is wrong: the client went away
    """Nobody waits for the answer any more."""


class Endpoint:
    """Answers at ``/sparql`` and lets the application answer elsewhere.

    It stands before the application's routes: a small answer is sent in less
    time than it takes to find a route.
    """

    def __init__(self, app: ASGIApp, *, service: Service) -> None:
        self._app = app
        self._service = service
        self._paths = {root + path: path for root in ("", service.root) for path in _PATHS}
        self._kept: Cache[Reply] = Cache(_MOST_KEPT, lambda reply: len(reply.body) + _WEIGHT)
        limits = service.pool.limits
        self._fixed = {
            "vary": "Accept",
            "cache-control": "no-cache",
            ROW_LIMIT: str(limits.rows),
            TIME_LIMIT: f"{limits.timeout:g}",
        }
        self._encoded = [*ENCODED, *_encoded(self._fixed)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path = self._paths.get(scope["path"]) if scope["type"] == "http" else None
        if path is None or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        if path != scope["path"]:
            scope = {**scope, "path": path}
        operation = Operation(None)
        try:
            operation = await read_operation(scope, receive, self._service.pool.limits.text)
            response = await self._answer(scope, receive, operation)
        except (HTTPException, LaichauError) as error:
            response = await self._failed(Request(scope), operation, error)
        except _Gone:
            return
        if isinstance(response, Response):
            if scope["method"] == "HEAD":
                response = Response(status_code=response.status_code, headers=dict(response.headers))
            await response(scope, receive, headed(send))
        else:
            for message in response:
                await send(message)

    async def _answer(
        self, scope: Scope, receive: Receive, operation: Operation
    ) -> Response | tuple[Message, Message]:
        accept = header_of(scope, b"accept")
        wanted = accepted(accept, operation.format)
        if operation.query is None:
            return await self._introduced(Request(scope), accept, operation, html=wanted.html)
        tag = self._tag(scope, operation, wanted)
        if tag and _knows(scope, tag):
            return Response(status_code=304, headers=self._fixed | {"etag": tag})
        reply = self._kept.find(tag) if tag else None
        if reply is None:
            reply = await self._asked(receive, operation, wanted)
            if tag and len(reply.body) <= _LONGEST_KEPT:
                self._kept.put(tag, reply)
        headers = {"etag": tag} if tag else {}
        if reply.truncated:
            headers[TRUNCATED] = "rows"
        if wanted.html:
            outcome = Outcome(reply.kind, reply.body, reply.truncated)
            headers = self._fixed | headers
            return await self._page(Request(scope), operation, outcome=outcome, headers=headers)
        suffix = wanted.graph if reply.kind == "graph" else wanted.rows
        headers["content-type"] = wanted.types[suffix or ""]
        headers["content-length"] = str(len(reply.body))
        body = b"" if scope["method"] == "HEAD" else reply.body
        # What Starlette's Response makes of the same takes as long as all the rest of the way.
        return (
            {
                "type": "http.response.start",
                "status": 200,
                "headers": self._encoded + _encoded(headers),
            },
            {"type": "http.response.body", "body": body},
        )

    async def _introduced(
        self, request: Request, accept: str, operation: Operation, *, html: bool
    ) -> Response:
        """Answer without a query: with the editor, or with the service description."""
        service = self._service
        if request.method == "POST":
            raise HTTPException(400, "The request has no query; send one as 'query'.")
        if html or (operation.example and not accept):
            return await self._page(request, operation)
        choice = choose(accept, DESCRIPTIONS)
        if choice is None:
            listed = ", ".join(FORMS[form].media_type for form in DESCRIPTIONS)
            raise HTTPException(406, f"The service description can be had as {listed}.")
        headers = self._fixed | {
            "content-type": choice.content_type,
            "etag": self._hashed("description", choice.suffix),
        }
        if _knows(request.scope, headers["etag"]):
            return Response(status_code=304, headers=headers)

        def write() -> bytes:
            return service.bodies.get(headers["etag"], lambda: write_description(service, choice.suffix))

        return Response(await at_once(write, request.app.state.limiter), headers=headers)

    async def _asked(self, receive: Receive, operation: Operation, wanted: Accepted) -> Reply:
        """Ask the pool; a client that goes away frees its slot.

        Raises:
            HTTPException: 406, the answer has no form that is wanted.
        """
        forms = ("json", "nt") if wanted.html else (ROW_FORMS.get(wanted.rows or ""), wanted.graph)
        watch = _Watch(receive)
        try:
            reply = await self._service.pool.ask(
                operation.query or "",
                forms=forms,
                default=operation.default,
                named=operation.named,
                rows=SHOWN if wanted.html else None,
                slow=watch.start,
            )
        except asyncio.CancelledError as error:
            if watch.saw_them_go:
                raise _Gone from error
            raise
        finally:
            watch.end()
        if reply.kind == "unacceptable":
            offers = "Turtle, JSON-LD, N-Triples, RDF/XML and TriG"
            if reply.form in ("SELECT", "ASK"):
                offers = "SPARQL results in JSON, XML, CSV and TSV"
            raise HTTPException(406, f"The answer to {reply.form} can be had as {offers}.")
        return reply

    async def _page(
        self,
        request: Request,
        operation: Operation,
        *,
        status: int = 200,
        outcome: Outcome | None = None,
        complaint: Complaint | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        lang = language_of(request)
        asked = [
            *([("query", operation.query)] if operation.query is not None else []),
            *(("default-graph-uri", graph) for graph in operation.default),
            *(("named-graph-uri", graph) for graph in operation.named),
        ]

        def write() -> str:
            page = editor(
                self._service,
                lang,
                operation.query,
                asked=asked,
                example=operation.example,
                outcome=outcome,
                complaint=complaint,
            )
            return render(self._service, page, lang)

        body = await at_once(write, request.app.state.limiter)
        return Response(
            body,
            status,
            {
                **(headers or self._fixed),
                "content-type": FORMS[_HTML].content_type,
                "content-language": lang,
                "vary": "Accept, Accept-Language",
            },
        )

    async def _failed(
        self, request: Request, operation: Operation, error: HTTPException | LaichauError
    ) -> Response:
        """Say what is wrong: in the editor to people, as problem details or plain text to programs."""
        status, sentence, headers = _told(error)
        line, column = getattr(error, "line", None), getattr(error, "column", None)
        headers = {**self._fixed, **headers, "cache-control": "no-store"}
        accept = request.headers.get("accept", "")
        choice = choose(accept, ("problem", "txt", _HTML))
        if accepted(accept, operation.format).html:
            complaint = Complaint(error, line, column)
            return await self._page(request, operation, status=status, complaint=complaint, headers=headers)
        if choice is not None and choice.suffix == "txt":
            headers["content-type"] = FORMS["txt"].content_type
            return Response(f"{sentence}\n", status, headers)
        headers["content-type"] = FORMS["problem"].media_type
        where = {"line": line, "column": column} if line is not None else {}
        return Response(problem(status, sentence, **where), status, headers)

    def _tag(self, scope: Scope, operation: Operation, wanted: Accepted) -> str:
        """Name the answer before it is known, for the record does not change; "" where the answer may."""
        query = operation.query or ""
        if scope["method"] == "POST" or _changes(query):
            return ""
        form = language_of(Request(scope)) if wanted.html else f"{wanted.rows} {wanted.graph}"
        graphs = [*operation.default, "", *operation.named]
        return self._hashed(query, form, operation.format, *graphs)

    def _hashed(self, *parts: str) -> str:
        whole = "\0".join((self._service.digest, *parts))
        return f'W/"{blake2b(whole.encode(), digest_size=16).hexdigest()}"'


class _Watch:
    """Cancels the task in which it is made when the client goes away."""

    def __init__(self, receive: Receive) -> None:
        self.saw_them_go = False
        self._receive = receive
        self._task = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    def end(self) -> None:
        """Watch no longer."""
        if self._watching:
            self._watching.cancel()

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.saw_them_go = True
        if self._task:
            self._task.cancel()


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _changes(query: str) -> bool:
    """Whether an answer may come out differently each time; says so too often rather than too seldom."""
    lowered = query.lower()
    return any(sign in lowered for sign in _SIGNS) and bool(_CHANGING.search(lowered))


def _knows(scope: Scope, tag: str) -> bool:
    known = header_of(scope, b"if-none-match")
    bare = tag.removeprefix("W/")
    return bool(known) and bare in {one.strip().removeprefix("W/") for one in known.split(",")}


def _told(error: HTTPException | LaichauError) -> tuple[int, str, dict[str, str]]:
    """Tell status, sentence and headers of an error."""
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail), dict(error.headers or {})
    status, headers = 500, {}  # the engine gave up on the query, or failed on it
    if isinstance(error, UpdateRefusedError):
        status = 403
    elif isinstance(error, SparqlSyntaxError):
        status = 400
    elif isinstance(error, LimitExceededError):
        status = 504 if error.limit == "time" else 507
    elif isinstance(error, StoreBusyError):
        status, headers = 503, {"retry-after": str(error.after)}
    elif isinstance(error, StoreUnavailableError):
        status, headers = 503, {"retry-after": "5"}
    return status, str(error), headers
