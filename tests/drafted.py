"""What the tests of drafting share: the record's code lists and registers, read once."""

from functools import lru_cache
from pathlib import Path

from laichau_kg.drafting import draft_text, read_lexicon
from laichau_kg.layout import find_layout
from laichau_kg.store import open_store

ROOT = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def lexicon():
    """Read code lists and registers from the checkout."""
    return read_lexicon(open_store("memory", find_layout(ROOT)))


def found(text, kind):
    """Draft a text and give the fields of one kind of candidates."""
    return [dict(one.fields) for one in draft_text(text, lexicon()).candidates if one.kind == kind]
