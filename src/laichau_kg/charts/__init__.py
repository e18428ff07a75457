"""Charts of indicators: results, estimates and targets by period, as Vega-Lite, SVG, PNG and CSV.

What a chart says is decided in `figures`, `panels` and `layout`, without any
drawing library; `spec` writes it as Vega-Lite by altair, and `pictures` draws
that by vl-convert, offline.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from laichau_kg._write import write_atomically
from laichau_kg.charts.figures import Asked, Figure, Series, read_series
from laichau_kg.charts.layout import NARROW, WIDE
from laichau_kg.errors import OutputError

__all__ = ["FORMS", "SIZES", "Chart", "Figure", "Series", "draw_chart"]

FORMS: Final = ("svg", "png", "csv", "json")
SIZES: Final = {"wide": WIDE, "narrow": NARROW}


@dataclass(frozen=True)
class Chart:
    """A chart of one indicator; drawn when a form of it is asked for.

    Attributes:
        series: The figures, in one language.
        size: "wide" for a page or print, "narrow" for a telephone.
    """

    series: Series
    size: str = "wide"

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The chart as Vega-Lite, data inline.

        Raises:
            OutputError: the drawing libraries are not installed.
        """
        try:
            from laichau_kg.charts.spec import to_vega_lite  # noqa: PLC0415 - altair takes half a second
        except ModuleNotFoundError as error:
            raise _missing(error) from error
        return to_vega_lite(self.series, size=SIZES[self.size])

    def to(self, form: str) -> bytes:
        """Write the chart in one of `FORMS`; the same figures give the same bytes.

        Raises:
            OutputError: there is no such form, or the drawing libraries are not installed; CSV needs none.
        """
        if form == "csv":
            return self.series.answer.to_csv().encode()
        if form == "json":
            return (json.dumps(self.spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
        if form not in FORMS:
            raise OutputError(f"A chart has no form {form!r}; it has {', '.join(FORMS)}.")
        spec = self.spec
        try:
            from laichau_kg.charts.pictures import to_png, to_svg  # noqa: PLC0415 - starts a whole JavaScript engine
        except ModuleNotFoundError as error:
            raise _missing(error) from error
        if form == "png":
            return to_png(spec)
        return to_svg(spec, title=self.series.label, lang=self.series.lang).encode()

    def write(self, path: Path) -> None:
        """Write the chart to *path*, in the form its suffix names.

        Raises:
            OutputError: the suffix names no form, the drawing libraries are not installed, or the file
                cannot be written.
        """
        form = path.suffix.removeprefix(".").lower()
        if form not in FORMS:
            known = ", ".join(f".{name}" for name in FORMS)
            raise OutputError(f"{path}: the suffix names no form of a chart; use one of {known}.")
        write_atomically(path, self.to(form))


def draw_chart(
    record: Asked, indicator: str, *, lang: str = "en", area: str | None = None, size: str = "wide"
) -> Chart:
    """Make the chart of *indicator*: an IRI, a slug or a name; in one area, or a panel for each.

    Raises:
        UnknownThingError: there is no such indicator or area; the error has near names.
        ParameterError: several things have this name, or there are no figures to draw.
        StoreError: the store failed.
    """
    return Chart(read_series(record, indicator, lang=lang, area=area), size)


def _missing(error: ModuleNotFoundError) -> Exception:
    if (error.name or "").startswith("laichau_kg"):
        return error
    return OutputError(f"A chart needs {error.name}: pip install 'laichau-kg[serve]'.")
