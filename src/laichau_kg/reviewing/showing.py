"""The article's text beside a candidate: its file, and the sentence with the span marked."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from laichau_kg._things import Things, Value, articles_in
from laichau_kg.drafting.words import sentences
from laichau_kg.errors import DataError, SourceError
from laichau_kg.reviewing.steps import Block, main_span, spans_of
from laichau_kg.text import Span, sha256
from laichau_kg.vocab import ID, LCK, PREFIXES

__all__ = ["article_iri", "find_text", "passage", "quotes"]

_LONGEST: Final = 1500


def article_iri(things: Things, path: Path) -> str:
    """Return the IRI of the one article that a bundle is about.

    Raises:
        DataError: it is about none, or about several.
    """
    slugs = sorted(articles_in(things))
    if len(slugs) != 1:
        said = f"the articles {', '.join(slugs)}" if slugs else "no article"
        raise DataError(f"{path}: describes {said}; a review is of the facts of one article.")
    return f"{ID}article/{slugs[0]}"


def find_text(things: Things, path: Path, given: Path | None) -> str:
    """Read the text that a bundle is about: the one given, or the one that lies beside the bundle.

    Args:
        things: The bundle.
        path: Its file.
        given: The text's file; None looks for the name that the article notes.

    Returns:
        The text; nothing where none is given and none lies there.

    Raises:
        SourceError: it cannot be read, or is not the text that the offsets are of.
    """
    block = things[article_iri(things, path)]
    name = _value(block, LCK.sourceFile)
    file = given or path.parent / Path(name).name
    if given is None and not (name and file.is_file()):
        return ""
    try:
        text = file.read_bytes().decode()
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    if sha256(text) != _value(block, LCK.sha256):
        raise SourceError(
            f"{file}: not the text that {path} was made of: its SHA-256 differs, so that no offset would fit;"
            " name the right one with --text."
        )
    return text


def passage(text: str, block: Block, mark: Callable[[str], str]) -> str:
    """Return the sentence that a fact rests on, its main span marked; "" for what has no evidence.

    Args:
        text: The article's text.
        block: The fact.
        mark: Marks words.
    """
    main = main_span(block) or next(iter(spans_of(block)), None)
    if main is None:
        return ""
    around = _sentence(text, *main)
    before, words, after = text[around.start : main[0]], text[slice(*main)], text[main[1] : around.end]
    if len(words) > _LONGEST:
        words = words[:_LONGEST] + "…"
    return before + mark(words) + after


def quotes(things: Things, block: Block) -> tuple[str, ...]:
    """List the words that a fact's evidence quotes, for whoever has not got the text."""
    found = {}
    for _, value in block:
        start = _value(things.get(value[1:-1], frozenset()), PREFIXES["oa"] + "start")
        exact = _value(things.get(value[1:-1], frozenset()), PREFIXES["oa"] + "exact")
        if exact and start.isdecimal():
            found[int(start)] = exact
    return tuple(found[start] for start in sorted(found))


def _sentence(text: str, start: int, end: int) -> Span:
    touched = [one for one in sentences(text) if one.start < end and start < one.end]
    low = min([start, *(one.start for one in touched)])
    high = max([end, *(one.end for one in touched)])
    return Span(low, high)


def _value(block: Block, path: str) -> str:
    return next((Value.read(value).text for name, value in sorted(block) if name == path), "")
