"""`laichau draft`: from an article's text to a bundle of candidate facts."""

from pathlib import Path
from typing import Annotated, Final

import typer

from laichau_kg.cli._base import narrate, print_text
from laichau_kg.cli._options import LangOption, RootOption, settings_of
from laichau_kg.errors import SourceError

__all__ = ["draft"]

_NO_PROVINCE: Final = {
    "en": "The text names no province, so that posts and bodies have none: say which with --province NAME.",
    "vi": "Văn bản không nêu tỉnh nào nên chức vụ, tổ chức chưa có tên tỉnh: hãy nêu bằng --province TÊN.",
}


def draft(
    context: typer.Context,
    *,
    text: Annotated[Path, typer.Argument(metavar="TEXT", help="The article's text, a UTF-8 file.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE.ttl", help="Where to write; else to standard output."),
    ] = None,
    extractors: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="MODULE:FUNCTION",
            help="Take candidates from this Python function too; may be given again.",
        ),
    ] = None,
    province: Annotated[
        str,
        typer.Option(
            "--province",
            metavar="NAME",
            help="The province it is news of; else the one the text speaks of most.",
            show_default=False,
        ),
    ] = "",
    lang: LangOption = None,
    root: RootOption = None,
) -> None:
    """Draft an article's facts: officials and titles, meetings, documents, figures and statements.

    Each is marked as a candidate, with its words in the text and the rule
    that found it.  Review makes facts of them.
    """
    settings = settings_of(context, root=root, lang=lang)
    from laichau_kg._write import write_atomically  # noqa: PLC0415 - other commands draft nothing
    from laichau_kg.drafting import (  # noqa: PLC0415 - as above
        bundle_draft,
        count_kinds,
        draft_text,
        load_extractor,
        read_lexicon,
    )
    from laichau_kg.store import open_store  # noqa: PLC0415 - as above

    plugs = {name: load_extractor(name) for name in extractors or ()}
    words = _read(text)
    store = open_store("memory", settings.layout())
    try:
        lexicon = read_lexicon(store)
    finally:
        store.close()
    drafted = draft_text(words, lexicon, extractors=plugs, province=province)
    turtle = bundle_draft(drafted, lexicon, source_file=text.name)
    if output is None:
        print_text(turtle)
    else:
        write_atomically(output, turtle.encode())
        narrate(f"Wrote {output}")
    if not drafted.province:
        narrate(_NO_PROVINCE[settings.lang])
    narrate(
        ", ".join(f"{count} {kind}" for kind, count in count_kinds(drafted.candidates)) or "Nothing found."
    )


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
