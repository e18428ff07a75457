"""The application: every room's routes, the error pages, and the server that runs them."""

import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from http import HTTPStatus
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from laichau_kg.errors import LaichauError, OutputError
from laichau_kg.web import (
    assets,
    catalog,
    linked_data,
    openapi,
    pictures,
    questions,
    search,
    sparql,
    vocabulary,
)
from laichau_kg.web.failing import Failure
from laichau_kg.web.memory import share_heaps
from laichau_kg.web.pages import (
    articles,
    bodies,
    documents,
    home,
    indicators,
    meetings,
    network,
    people,
    places,
    targets,
)
from laichau_kg.web.preparing import preparing
from laichau_kg.web.respond import Headed, error_response, new_limiter
from laichau_kg.web.service import Service

__all__ = ["ROOMS", "address_at", "create_app", "listen", "serve"]

ROOMS: Final[tuple[Callable[[Service], Sequence[BaseRoute]], ...]] = (
    assets.routes,
    home.routes,
    catalog.routes,
    linked_data.routes,
    vocabulary.routes,
    questions.routes,
    search.routes,
    openapi.routes,
    people.routes,
    bodies.routes,
    meetings.routes,
    documents.routes,
    places.routes,
    articles.routes,
    indicators.routes,
    targets.routes,
    network.routes,
    pictures.routes,
)
"""What offers routes; the first route that fits a path answers."""

_BACKLOG: Final = 128
_GRACE: Final = 3  # seconds that requests under way have when the server is told to end


def create_app(service: Service) -> Starlette:
    """Make the ASGI application that serves *service*."""

    async def failed(request: Request, error: Exception) -> Response:
        return error_response(service, request, _clearer(error, request))

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with sparql.lifespan(service):
            yield
        service.close()

    app = Starlette(
        routes=[route for room in ROOMS for route in room(service)],
        middleware=[
            Middleware(sparql.Endpoint, service=service),
            Middleware(Headed, root=service.root),
        ],
        exception_handlers={HTTPException: failed, LaichauError: failed, Exception: failed},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.limiter = new_limiter()
    return app


def serve(service: Service, listener: socket.socket, *, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until the process is told to end.

    Args:
        service: What is served.
        listener: Where requests come in, as `listen` makes it; it is closed at the end.
        ready: Called when requests are answered, and Ctrl-C ends all in good order.
    """
    share_heaps()
    config = uvicorn.Config(
        create_app(service),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # links are made from the base, and nobody asks who the client is
        timeout_graceful_shutdown=_GRACE,
    )
    with listener, contextlib.ExitStack() as stack:

        def begin() -> None:
            ready()
            stack.enter_context(preparing(service))

        with contextlib.suppress(KeyboardInterrupt):  # uvicorn ends in good order, then passes it on
            _Server(config, begin).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that tells when it has started."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        self._ready()


def address_at(listener: socket.socket) -> str:
    """Make the address of a server that listens there."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def listen(host: str, port: int) -> socket.socket:
    """Take a port to listen at.

    Args:
        host: An address or a name.
        port: The port; 0 takes a free one.

    Raises:
        OutputError: it is taken, or is not ours to take.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise OutputError(f"{host}: no address to listen at: {error.strerror}.") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise OutputError(
            f"{host}:{port}: cannot be listened at: {error.strerror}; choose another --port."
        ) from error
    listener.setblocking(False)  # noqa: FBT003 - the socket's own signature
    return listener


def _clearer(error: Exception, request: Request) -> Exception:
    """Replace the bare phrases that Starlette's router says."""
    if isinstance(error, HTTPException):
        if error.status_code == HTTPStatus.NOT_FOUND and error.detail == HTTPStatus.NOT_FOUND.phrase:
            return Failure(404, "error.nothing-at", path=request.url.path)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            path, method = request.url.path, request.method
            return Failure(405, "error.method", headers=error.headers, path=path, method=method)
    return error
