"""The chart's colours, on light paper and on dark; marks differ from their paper by 3:1, text by 7:1."""

from collections.abc import Mapping
from typing import Final

__all__ = ["COLOURS", "DARK", "GRID", "MUTED", "PAPER", "TEXT"]

PAPER: Final = "#ffffff"
TEXT: Final = "#1c1e21"
MUTED: Final = "#54585d"
GRID: Final = "#dfe2e6"
COLOURS: Final[Mapping[str, str]] = {"actual": "#0b5fa5", "estimate": "#7a3e9d", "target": "#c24a00"}

DARK: Final[Mapping[str, str]] = {
    PAPER: "#1c2223",
    TEXT: "#eceef1",
    MUTED: "#b4bac2",
    GRID: "#3d4645",
    COLOURS["actual"]: "#7dbdf5",
    COLOURS["estimate"]: "#cfa3ec",
    COLOURS["target"]: "#ff9d5c",
}
