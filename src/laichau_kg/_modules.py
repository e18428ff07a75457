"""The ontology, or the shapes, as one document: their files put together, comments and all."""

import re
from collections.abc import Iterable
from pathlib import Path

__all__ = ["join_turtle"]

_PREFIX = re.compile(r"^PREFIX [^\n]*\n", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")


def join_turtle(paths: Iterable[Path]) -> str:
    """Put Turtle files together as one: all prefixes first, then each file under its name.

    A prefix stands for one IRI in the whole repository, so that nothing
    changes its meaning.
    """
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in paths]
    prefixes = sorted({line for _, text in texts for line in _PREFIX.findall(text)})
    parts = [f"# {name}\n\n{_PREFIX.sub('', text).strip()}\n" for name, text in texts]
    return _GAPS.sub("\n\n", "\n".join(["".join(prefixes), *parts]))
