"""The command that writes the record as a static site: build-site."""

from pathlib import Path
from typing import Annotated

import typer

from laichau_kg.cli._base import narrate, progress
from laichau_kg.cli._options import LangOption, RootOption, settings_of
from laichau_kg.errors import OutputError

__all__ = ["build_site"]

_BUILT = {
    "en": "Wrote {files} files, {size:.1f} MB, to {folder}",
    "vi": "Đã ghi {files} tệp, {size:.1f} MB, vào {folder}",
}


def build_site(
    context: typer.Context,
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or a site built before.")],
    base: Annotated[
        str, typer.Option("--base", metavar="URL", help="The address under which the site will stand.")
    ] = "http://127.0.0.1:8000/",
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            metavar="DIR",
            help="The articles' texts: facts show the sentence around their words.",
        ),
    ] = None,
    lang: LangOption = None,
    root: RootOption = None,
) -> None:
    """Write every page and every form of data as files, for a host that needs no server of ours.

    Two builds of one record are the same to the byte.  What asks (the search,
    SPARQL, questions with parameters) needs `laichau serve`.
    """
    settings = settings_of(context, root=root, lang=lang)
    with settings.record(ahead=True) as record:
        try:
            from laichau_kg import site, web  # noqa: PLC0415 - bring Starlette
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("laichau_kg"):
                raise
            raise OutputError(
                f"laichau build-site needs {error.name}: pip install 'laichau-kg[serve]'."
            ) from error
        service = web.open_service(record, base=base, sources=sources, is_static=True)
        with progress(len(site.addresses_of(service)), "Building") as advance:
            built = site.build_site(service, folder, on_page=advance)
    narrate(_BUILT[settings.lang].format(files=built.files, size=built.size / 2**20, folder=folder))
