"""Charts as pictures and as data: ``/charts/<indicator>.svg``, ``.png``, ``.csv``, ``.json`` (Vega-Lite).

The language is a part of the name, ``<indicator>.vi.svg``, so that a static
host can serve the same; ``?lang=`` does too. ``<indicator>.vi.narrow.svg`` is
for telephones.
"""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.routing import Route

from laichau_kg.charts import FORMS, SIZES, Chart, draw_chart
from laichau_kg.errors import ParameterError, UnknownThingError
from laichau_kg.queries import LANGUAGES
from laichau_kg.vocab import ID
from laichau_kg.web.pages.figures import Asking
from laichau_kg.web.respond import Found, found_routes
from laichau_kg.web.service import Cache, Service

__all__ = ["find_chart", "routes"]

_LANG: Final = LANGUAGES[0]
_MOST: Final = 64  # charts to be remembered; one weighs some fifty kilobytes


def routes(service: Service) -> list[Route]:
    """Route the charts of all indicators."""
    drawn: Cache[Chart] = Cache(_MOST)

    def find(service: Service, values: Mapping[str, str]) -> Found:
        return find_chart(service, values, drawn=drawn)

    return [route for route in found_routes(service, "/charts/{name}", find) if _bare(route.path)]


def find_chart(service: Service, values: Mapping[str, str], *, drawn: "Cache[Chart]") -> Found:
    """Find the chart that *values* name: an indicator's slug, with language and size behind it or not.

    Args:
        service: What is asked.
        values: ``name``; ``lang`` and ``size``, where the name does not say.
        drawn: Remembers charts, for their forms are asked for one after the other.

    Raises:
        UnknownThingError: there is no such indicator, or no such chart of it.
        ParameterError: ``lang`` is no language of the record.
    """
    slug, *parts = values["name"].split(".")
    iri = f"{ID}indicator/{slug}"
    if iri not in service.filed:
        raise UnknownThingError(f"There is no indicator {slug!r}.", name=slug)
    lang = parts.pop(0) if parts and parts[0] in LANGUAGES else values.get("lang", _LANG)
    size = parts.pop(0) if parts and parts[0] in SIZES else values.get("size", "wide")
    if parts:
        raise UnknownThingError(f"There is no chart {values['name']!r}.", name=values["name"])
    if lang not in LANGUAGES:
        raise ParameterError(f"lang: {lang!r} is not one of {', '.join(LANGUAGES)}.", name="lang")
    if size not in SIZES:
        raise ParameterError(f"size: {size!r} is not one of {', '.join(SIZES)}.", name="size")

    def writer(form: str) -> Callable[[], bytes]:
        return lambda: drawn.get(
            (iri, lang, size), lambda: draw_chart(Asking(service), iri, lang=lang, size=size)
        ).to(form)

    return Found(f"/charts/{values['name']}", {form: writer(form) for form in FORMS}, iri=iri)


def _bare(path: str) -> bool:
    """Tell whether a route has no language before it: a chart is data, and its language is in its name."""
    return path.startswith("/charts/")
