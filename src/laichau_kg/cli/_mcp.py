"""The command that answers assistants: mcp."""

import sys

import typer

from laichau_kg.cli._base import narrate
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of

__all__ = ["mcp"]


def mcp(
    context: typer.Context,
    *,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Answer an assistant over stdin and stdout, by the Model Context Protocol.

    The canned questions, show, search and SPARQL are its tools; each answer
    names its evidence. It reads only, and ends when the assistant hangs up.
    """
    from importlib.metadata import version  # noqa: PLC0415 - as the command `--version`

    from laichau_kg.assistants import Toolbox, serve_assistants  # noqa: PLC0415 - no other command needs it

    settings = settings_of(context, root=root, lang=lang, store=store)
    if sys.stdin.isatty():
        narrate(_WAITING[settings.lang])
    with settings.record(ahead=True) as record:
        serve_assistants(Toolbox(record, lang=settings.lang), version=version("laichau-kg"))


_WAITING = {
    "en": "Waiting for an assistant on stdin; assistants start this command themselves (Ctrl-D ends).",
    "vi": "Đang chờ trợ lý ở stdin; trợ lý tự khởi động lệnh này (Ctrl-D để dừng).",
}
