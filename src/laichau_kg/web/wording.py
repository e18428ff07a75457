"""The words of the pages in both languages: ``wording/<room>.toml``, one file a room.

A key is ``room.name``. A text may have places to fill: ``{count}``. A
test holds every key complete in both languages, used, and known.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from laichau_kg.queries import LANGUAGES

__all__ = ["FOLDER", "say", "wording"]

FOLDER: Final = Path(__file__).parent / "wording"


@cache
def wording() -> Mapping[str, Mapping[str, str]]:
    """Read all texts: by key, then by language.

    Raises:
        KeyError: a text lacks a language.
    """
    texts: dict[str, dict[str, str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            texts[f"{path.stem}.{name}"] = {language: entry[language] for language in LANGUAGES}
    return texts


def say(key: str, lang: str, /, **filled: object) -> str:
    """Return the text of *key* in *lang*, its places filled.

    Raises:
        KeyError: there is no such text, or a place stays empty.
    """
    text = wording()[key][lang]
    return text.format_map(filled) if filled else text
