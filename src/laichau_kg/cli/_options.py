"""The common options, as typer reads them."""

from pathlib import Path
from typing import Annotated

import typer

from laichau_kg.cli._base import Language, Settings

__all__ = ["LangOption", "RootOption", "StoreOption", "settings_of"]

RootOption = Annotated[
    Path | None,
    typer.Option("--root", metavar="DIR", help="A checkout whose record to use; else the installed one."),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="STORE",
        help="memory (default), a folder for a store on disk, or the http(s) address of a SPARQL server.",
    ),
]
LangOption = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of labels and messages; default en.", metavar="vi|en"),
]


def settings_of(
    context: typer.Context, *, root: Path | None, lang: Language | None, store: str | None = None
) -> Settings:
    """Join a command's own common options with those given before it; its own win."""
    before = context.find_root().params
    return Settings(
        root=root or (Path(before["root"]) if before.get("root") else None),
        store=store or before.get("store") or "memory",
        lang=str(lang or before.get("lang") or Language.EN),
    )
