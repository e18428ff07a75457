"""The record as files: what the server would send, for a host that only hands out files.

The application is asked, in this process, for every address that its pages
and their ``Link`` headers lead to; what it answers is written as it is. So a
static site cannot say anything else than the server.

A page lies in ``<address>/index.html``, data under its suffix. An address
without a language, and the name of a thing, lead on to the page in Vietnamese
where a host has no better rule; ``_headers``, ``_redirects`` and ``.htaccess``
are such rules.
"""

import asyncio
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from laichau_kg.errors import OutputError
from laichau_kg.queries import LANGUAGES
from laichau_kg.web import Service, create_app
from laichau_kg.web.negotiate import FORMS, content_type
from laichau_kg.web.respond import HEADERS
from laichau_kg.web.service import address_of

__all__ = ["Built", "addresses_of", "build_site"]

MARK: Final = ".laichau-site"
"""The file that says that a folder is a site of ours, to be written anew."""

_SEEDS: Final = ("/robots.txt", "/.well-known/void", "/context.jsonld", "/dumps/", "/ontology", "/shapes")
_HREF: Final = re.compile(r'\s(?:href|src)="([^"]*)"')
_LINK: Final = re.compile(r'<([^>]*)>;[^,]*?rel="(?:alternate|describedby)"')
_OPTION: Final = re.compile(r"[a-z][a-z-]*:")
_OK: Final = 200
_HTML: Final = "text/html"
_STUB: Final = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<main>
<h1>{title}</h1>
<p><a href="{target}" lang="vi" hreflang="vi">Tiếng Việt</a></p>
<p><a href="{other}" lang="en" hreflang="en">English</a></p>
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: how many files, and their bytes all together."""

    files: int
    size: int


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith(_HTML)


def addresses_of(service: Service) -> list[str]:
    """List the addresses that a site begins with: the pages of all things, the data of all else."""
    things = [address_of(iri) for iri in service.things]
    graphs = [address_of(iri) for iri in service.filed.graphs()]
    return [
        *(f"/{lang}/" for lang in LANGUAGES),
        *(f"/{lang}{address}" for address in things for lang in LANGUAGES if address),
        *_SEEDS,
        *(address for address in graphs if address),
    ]


def build_site(
    service: Service, folder: Path, *, on_page: Callable[[str], None] = lambda _address: None
) -> Built:
    """Write *service* as a static site.

    It is built beside *folder* and put in its place when it is complete.

    Args:
        service: What is shown; made with ``is_static``.
        folder: A new or empty folder, or a site that was built before, which is replaced.
        on_page: Called with each address of `addresses_of` when it is written.

    Raises:
        OutputError: *folder* holds something else, or cannot be written; or a page failed.
    """
    _refuse_strangers(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}.") from error
    try:
        fresh.chmod(0o755)
        writer = _Writer(service, fresh, on_page)
        asyncio.run(writer.run())
        _put_in_place(fresh, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}; nothing was changed.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Built(writer.files, writer.size)


class _Writer:
    """Follows the links from address to address, and writes what is there."""

    def __init__(self, service: Service, folder: Path, on_page: Callable[[str], None]) -> None:
        self._service = service
        self._folder = folder
        self._on_page = on_page
        self._app: Any = create_app(service)
        self.files = 0
        self.size = 0

    async def run(self) -> None:
        seeds = addresses_of(self._service)
        begun, known = set(seeds), set(seeds)
        waiting = deque(seeds)
        pages: set[str] = set()
        while waiting:
            address = waiting.popleft()
            answer = await self._get(address)
            if answer.status != _OK:
                raise OutputError(
                    f"{address}: answered {answer.status}; the site is not complete without it."
                )
            if answer.is_page and _language(address) is None:
                pages.add(address)  # which page it is depends on the reader: a stub leads on
                found: Iterable[str] = [f"/{lang}{address}" for lang in LANGUAGES]
                found = [*found, *self._linked(answer)]
            else:
                self._write(_file(address, is_page=answer.is_page), answer.body)
                found = [*self._linked(answer), *(self._hrefs(answer) if answer.is_page else ())]
                if answer.is_page:
                    pages.add(address.removeprefix(f"/{_language(address)}"))
            for one in found:
                if one not in known:
                    known.add(one)
                    waiting.append(one)
            if address in begun:
                self._on_page(address)
        self._write_ways(pages)
        self._write_rules()
        missing = await self._get("/vi/404")
        self._write("404.html", missing.body)
        self._write(MARK, b"Built by laichau build-site; the next build replaces this folder.\n")

    async def _get(self, address: str) -> _Answer:
        """Ask the application as a server would: ASGI, without a socket."""
        path = unquote(address)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": urlsplit(self._service.base).scheme,
            "path": path,
            "raw_path": address.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [
                (b"host", urlsplit(self._service.base).netloc.encode()),
                (b"accept", b"text/html, */*"),
            ],
            "client": None,
            "server": None,
        }
        status, headers, body = 0, dict[str, str](), bytearray()
        asked = False

        async def receive() -> dict[str, Any]:
            nonlocal asked
            if asked:
                await asyncio.Event().wait()  # nobody goes away before the end
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            else:
                body.extend(message.get("body", b""))

        await self._app(scope, receive, send)
        return _Answer(status, headers, bytes(body))

    def _hrefs(self, answer: _Answer) -> Iterator[str]:
        for found in _HREF.finditer(answer.body.decode()):
            address = self._own(unescape(found[1]))
            if address:
                yield address

    def _linked(self, answer: _Answer) -> Iterator[str]:
        for found in _LINK.finditer(answer.headers.get("link", "")):
            address = self._own(found[1])
            if address:
                yield address

    def _own(self, link: str) -> str | None:
        """Return the address, without query and fragment, that a link of ours leads to."""
        base = self._service.base.rstrip("/")
        if link.startswith(f"{base}/"):
            link = link.removeprefix(base)
        elif _OPTION.match(link) or link.startswith(("//", "#")) or not link:
            return None
        else:
            link = link.removeprefix(self._service.root)
        address = link.partition("#")[0].partition("?")[0]
        return quote(unquote(address), safe="/.-_~:") or None

    def _write_ways(self, pages: Iterable[str]) -> None:
        """Write what leads on from addresses without a language, and from the names of things."""
        names = {iri: address_of(iri) for iri in self._service.things}
        ways = {address: address for address in pages}
        ways |= {f"/id/{address.removeprefix('/doc/')}": address for address in names.values() if address}
        for name, address in sorted(ways.items()):
            vi, en = (self._service.path(address, lang) for lang in LANGUAGES)
            title = name.strip("/") or "laichau-kg"
            stub = _STUB.format(
                title=escape(title),
                target=escape(vi),
                other=escape(en),
                canonical=escape(self._service.url(address, LANGUAGES[0])),
            )
            self._write(_file(name, is_page=True), stub.encode())

    def _write_rules(self) -> None:
        root = self._service.root
        types = {form.suffix: content_type(form.media_type) for form in FORMS.values()}
        types = {
            suffix: types[suffix]
            for suffix in ("csv", "json", "jsonld", "nq", "nt", "rdf", "svg", "trig", "tsv", "ttl")
        }
        self._write("_headers", _netlify_headers(root, types).encode())
        self._write("_redirects", _redirects(root).encode())
        self._write(".htaccess", _htaccess(root, types).encode())

    def _write(self, name: str, body: bytes) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.files += 1
        self.size += len(body)


def _language(address: str) -> str | None:
    first = address.split("/")[1]
    return first if first in LANGUAGES else None


def _file(address: str, *, is_page: bool) -> str:
    """Name the file of an address, relative to the site's folder."""
    name = unquote(address).strip("/")
    return f"{name}/index.html".lstrip("/") if is_page else name


def _netlify_headers(root: str, types: dict[str, str]) -> str:
    """Write the rules as Netlify, Cloudflare Pages and others read them."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]
    for suffix, media_type in types.items():
        lines += [f"{root}/*.{suffix}", f"  Content-Type: {media_type}"]
    lines += [f"{root}/.well-known/void", f"  Content-Type: {types['ttl']}"]
    return "\n".join(lines) + "\n"


def _redirects(root: str) -> str:
    return f"{root}/id/* {root}/doc/:splat 303\n"


def _htaccess(root: str, types: dict[str, str]) -> str:
    """Write the rules as Apache reads them: media types, 303, and data by Accept."""
    wanted = {"ttl": "text/turtle", "jsonld": "application/ld\\+json", "nt": "application/n-triples"}
    wanted["rdf"] = "application/rdf\\+xml"
    lines = ["AddDefaultCharset utf-8"]
    lines += [f"AddType {media_type.partition(';')[0]} .{suffix}" for suffix, media_type in types.items()]
    lines += ["<IfModule mod_headers.c>"]
    lines += [f'  Header set {name} "{value}"' for name, value in HEADERS.items()]
    lines += ["</IfModule>", "<IfModule mod_rewrite.c>", "  RewriteEngine On"]
    lines += [f"  RewriteRule ^id/(.+?)/?$ {root}/doc/$1 [R=303,L]"]
    for suffix, media_type in wanted.items():
        lines += [
            f"  RewriteCond %{{HTTP_ACCEPT}} {media_type}",
            "  RewriteCond %{HTTP_ACCEPT} !text/html",
            f"  RewriteCond %{{DOCUMENT_ROOT}}{root}/$1.{suffix} -f",
            f"  RewriteRule ^((?:doc|graph)/.+?|ontology|shapes|catalog)/?$ {root}/$1.{suffix} [R=303,L]",
        ]
    lines += [
        "  RewriteCond %{HTTP:Accept-Language} ^en [NC]",
        f"  RewriteRule ^(doc/[^.]+?|[a-z]+|)/?$ {root}/en/$1 [R=302,L]",
        "</IfModule>",
        '<Files "void">',
        f'  ForceType "{types["ttl"]}"',
        "</Files>",
    ]
    return "\n".join(lines) + "\n"


def _refuse_strangers(folder: Path) -> None:
    if folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir())):
        return
    if folder.exists():
        raise OutputError(f"{folder}: holds something else than a site; name a new folder.")


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Put the new site where the old one was; for a moment there is neither."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / "site")
    try:
        fresh.rename(folder)
    except OSError:
        (old / "site").rename(folder)
        raise
    finally:
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
