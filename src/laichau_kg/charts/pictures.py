"""Pictures of a chart, drawn without network: PNG, and SVG that follows the reader's light or dark."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final

import vl_convert

from laichau_kg.charts.palette import DARK

__all__ = ["STYLE", "to_png", "to_svg"]

_SVG: Final = re.compile(r"<svg\b[^>]*>")
_SHARPNESS = 2.0

STYLE: Final = (
    "@media (prefers-color-scheme:dark){"
    + "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in DARK.items()
    )
    + "}"
)


def to_svg(spec: Mapping[str, Any], *, title: str, lang: str) -> str:
    """Draw *spec* as SVG with a title, a description and colours for dark paper too."""
    drawn = vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])
    head = _SVG.search(drawn)
    if head is None:  # pragma: no cover - vl_convert has always written one
        return drawn
    attributes = re.sub(r' (?:class|role|aria-\w+)="[^"]*"', "", head[0])
    opened = attributes.removesuffix(">") + f' role="img" lang="{lang}" aria-labelledby="title desc">'
    texts = (
        f'<title id="title">{escape(title)}</title>'
        f'<desc id="desc">{escape(str(spec["description"]))}</desc><style>{STYLE}</style>'
    )
    return drawn[: head.start()] + opened + texts + drawn[head.end() :] + "\n"


def to_png(spec: Mapping[str, Any]) -> bytes:
    """Draw *spec* as PNG on white."""
    return bytes(vl_convert.vegalite_to_png(dict(spec), scale=_SHARPNESS, allowed_base_urls=[]))
