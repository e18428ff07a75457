"""The commands for people who fill in tables: template, import."""

from pathlib import Path
from typing import Annotated

import typer

from laichau_kg.cli._base import narrate
from laichau_kg.cli._options import RootOption, settings_of

__all__ = ["import_", "template"]


def import_(
    context: typer.Context,
    *,
    tables: Annotated[
        Path, typer.Argument(metavar="TABLE.csv|DIR|FILE.xlsx", help="Tables, filled in or exported.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE.ttl|DIR", help="The bundle; a folder where there are several."
        ),
    ],
    texts: Annotated[
        list[Path] | None,
        typer.Option(
            "--text",
            metavar="FILE",
            help="An article's text: quotes are found in it, spans checked and hashed; may be repeated.",
        ),
    ] = None,
    root: RootOption = None,
) -> None:
    """Turn tables into bundles of facts that `laichau check` and `laichau accept` take.

    Numbers and days may be written as in Vietnam, things named by slug or
    name.  If cells cannot be read, each is named with its table, row and
    column, the exit code is 2, and nothing is written.
    """
    settings = settings_of(context, root=root, lang=None)
    from laichau_kg.imports import import_tables, write_bundles  # noqa: PLC0415 - other commands need no tables

    bundles = import_tables(settings.layout(), tables, texts=texts or ())
    for path in write_bundles(bundles, output):
        narrate(f"Wrote {path}")


def template(
    context: typer.Context,
    *,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR|FILE.xlsx", help="A folder for CSV tables, or one Excel workbook.")
    ],
    root: RootOption = None,
) -> None:
    """Write empty tables to fill in, with what each column means in Vietnamese and English.

    Nothing is overwritten.
    """
    settings = settings_of(context, root=root, lang=None)
    from laichau_kg.templates import write_template  # noqa: PLC0415 - other commands need no tables

    written = write_template(settings.layout(), folder)
    narrate(f"Wrote {written[0]}" if len(written) == 1 else f"Wrote {len(written)} files to {folder}")
