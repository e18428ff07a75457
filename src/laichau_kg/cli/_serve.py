"""The command that puts the record on the web: serve."""

from pathlib import Path
from typing import Annotated

import typer

from laichau_kg.cli._base import narrate
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of
from laichau_kg.errors import OutputError

__all__ = ["serve"]

_LOCAL = "127.0.0.1"


def serve(
    context: typer.Context,
    *,
    host: Annotated[
        str,
        typer.Option("--host", metavar="HOST", help="The address to listen at; default this machine only."),
    ] = _LOCAL,
    port: Annotated[
        int, typer.Option("--port", metavar="PORT", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8000,
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="URL",
            help="The address under which readers see this server, behind a proxy say.",
        ),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            metavar="DIR",
            help="The articles' texts: facts show the sentence around their words.",
        ),
    ] = None,
    seconds: Annotated[
        float,
        typer.Option(
            "--query-seconds", metavar="SECONDS", min=0.1, help="How long one query at /sparql may take."
        ),
    ] = 30.0,
    rows: Annotated[
        int,
        typer.Option("--query-rows", metavar="N", min=1, help="How many rows its answer may have."),
    ] = 100_000,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Put the record on the web: pages for people, linked data and SPARQL for programs.

    It shows the record as it is at the start, reads only, and ends with
    Ctrl-C.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    with settings.record(ahead=True) as record:
        try:
            from laichau_kg import web  # noqa: PLC0415 - brings Starlette
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("laichau_kg"):
                raise
            raise OutputError(
                f"laichau serve needs {error.name}: pip install 'laichau-kg[serve]'."
            ) from error
        listener = web.listen(host, port)
        address = base or web.address_at(listener)
        limits = web.Limits(timeout=seconds, rows=rows)
        service = web.open_service(record, base=address, sources=sources, limits=limits)
        web.serve(service, listener, ready=lambda: narrate(_READY[settings.lang].format(address=address)))


_READY = {
    "en": "The record is at {address} (Ctrl-C ends).",
    "vi": "Hồ sơ ở địa chỉ {address} (Ctrl-C để dừng).",
}
