"""What pages need beside their HTML: style, script, icon; and what robots ask for."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from laichau_kg.web.service import Service

__all__ = ["FOLDER", "routes"]

FOLDER: Final = Path(__file__).parent / "static"

_YEAR: Final = 365 * 24 * 60 * 60


def routes(service: Service) -> list[Route]:
    """Route the files of ``static/``, the icon and ``robots.txt``."""
    files = {f"/static/{path.name}": path.read_bytes() for path in sorted(FOLDER.iterdir())}
    files["/favicon.svg"] = files["/static/favicon.svg"]
    files["/robots.txt"] = _robots(service).encode()
    return [
        Route(address, _endpoint(content, guess_type(address)[0] or "text/plain"), methods=["GET"])
        for address, content in files.items()
    ]


def _robots(service: Service) -> str:
    """Let robots read pages; searches and free questions lead them nowhere."""
    closed = ("/search", "/vi/search", "/en/search", "/suggest", "/sparql", "/vi/sparql", "/en/sparql")
    lines = ["User-agent: *", *(f"Disallow: {service.path(address)}" for address in closed), "Allow: /"]
    return "".join(f"{line}\n" for line in lines)


def _endpoint(content: bytes, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    if media_type == "application/javascript":
        media_type = "text/javascript"
    tag = f'"{sha256(content).hexdigest()[:32]}"'

    async def answer(request: Request) -> Response:
        named = "v" in request.query_params  # the page names the version: another one has another address
        headers = {
            "etag": tag,
            "cache-control": f"public, max-age={_YEAR}, immutable" if named else "no-cache",
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        response = Response(content, headers=headers, media_type=media_type)
        if request.method == "HEAD":
            return Response(headers=dict(response.headers))
        return response

    return answer
