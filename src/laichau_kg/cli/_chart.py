"""`laichau chart`: an indicator's figures as a picture, a table or Vega-Lite."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laichau_kg.cli._base import narrate
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of

__all__ = ["chart"]


class _Size(StrEnum):
    WIDE = "wide"
    NARROW = "narrow"


def chart(
    context: typer.Context,
    *,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Its slug, name or IRI.")],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to: .svg, .png, .csv or .json (Vega-Lite)."
        ),
    ],
    area: Annotated[
        str | None, typer.Option("--area", metavar="AREA", help="Only this area; else a panel for each.")
    ] = None,
    size: Annotated[
        _Size, typer.Option("--size", help="For a page, or for a telephone.", metavar="wide|narrow")
    ] = _Size.WIDE,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Draw an indicator's results, estimates and targets by period.

    They differ in shape and dash; ranges and bounds are marked, and no line
    crosses a gap.  CSV has the same figures with their evidence.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    from laichau_kg.charts import draw_chart  # noqa: PLC0415 - other commands draw nothing

    with settings.record(ahead=True) as record:
        draw_chart(record, indicator, lang=settings.lang, area=area, size=size.value).write(output)
    narrate(f"Wrote {output}")
