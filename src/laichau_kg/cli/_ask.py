"""The commands that ask: query, sparql, show, search."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laichau_kg.cli._base import (
    Form,
    Settings,
    TableForm,
    colours,
    narrate,
    print_answer,
    print_text,
)
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of
from laichau_kg.cli._question import ask
from laichau_kg.errors import QueryError

if TYPE_CHECKING:
    from laichau_kg.queries import Catalog, Query

__all__ = ["query", "search", "show", "sparql"]

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)(i?)B?", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3}
_LEAST_MEMORY = 2**20

FormOption = Annotated[
    TableForm,
    typer.Option("--format", "-f", help="How to write the answer.", metavar="table|json|csv|tsv|md"),
]
AnyFormOption = Annotated[
    Form,
    typer.Option(
        "--format",
        "-f",
        help="How to write the answer: a table as table, json, csv, tsv or md; a graph as ttl, nt or jsonld.",
        metavar="FORM",
    ),
]


def _complete_question(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    catalog = _catalog_for(context)
    return [(query.id, query.title["en"]) for query in catalog.values() if query.id.startswith(incomplete)]


def _complete_value(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    asked = context.params.get("question")
    if not asked or "=" in incomplete:
        return []
    parameters = _catalog_for(context).get(asked).parameters
    return [(f"{p.name}=", p.description["en"]) for p in parameters if p.name.startswith(incomplete)]


def _catalog_for(context: typer.Context) -> "Catalog":
    from laichau_kg.queries import Catalog  # noqa: PLC0415 - only the shell's completion comes here

    return Catalog.load(settings_of(context, root=context.params.get("root"), lang=None).layout())


def query(
    context: typer.Context,
    *,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="The question's id; none lists them.", autocompletion=_complete_question
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="name=value …", help="Its parameters.", autocompletion=_complete_value),
    ] = None,
    form: FormOption = TableForm.TABLE,
    help_: Annotated[
        bool, typer.Option("--help", "-h", help="Explain this command, or the question.")
    ] = False,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Ask one of the record's questions; without ID, list them.

    A thing is given as an IRI, a slug or a label, with or without diacritics.
    With ID, --help explains that question and its parameters.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    if help_:
        _explain(context, settings, question)
    elif question is None:
        _list_questions(settings, form)
    else:
        ask(settings, question, values or [], form)


def sparql(
    context: typer.Context,
    *,
    text: Annotated[
        str, typer.Argument(metavar="QUERY|FILE|-", help="The query, a file that holds it, or - for stdin.")
    ],
    form: AnyFormOption = Form.TABLE,
    timeout: Annotated[float, typer.Option(help="Seconds it may take.", metavar="SECONDS", min=0.01)] = 30.0,
    memory: Annotated[str, typer.Option(help="Memory it may take, such as 512MiB.", metavar="SIZE")] = "1GiB",
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Ask anything in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The record's prefixes (lck:, lc-person:, skos:, …) need no declaration.
    The default graph is the union of all; each article is a named graph.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    asked = _read_query(text)
    allowed = _read_size(memory)
    with settings.record() as record:
        print_answer(record.sparql(asked, timeout=timeout, memory=allowed), form, settings.lang)


def show(
    context: typer.Context,
    *,
    thing: Annotated[str, typer.Argument(metavar="IRI-or-slug", help="An IRI, a slug or a label.")],
    form: FormOption = TableForm.TABLE,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Show all that the record says of one thing, with the sources."""
    settings = settings_of(context, root=root, lang=lang, store=store)
    with settings.record(ahead=True) as record:
        if form is TableForm.TABLE:
            from laichau_kg.cli._show import print_thing  # noqa: PLC0415 - the other forms are not drawn

            print_thing(record, thing, settings)
        else:
            print_answer(record.show(thing, lang=settings.lang), Form(form), settings.lang)


def search(
    context: typer.Context,
    *,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Part of a name, with or without diacritics.")],
    form: FormOption = TableForm.TABLE,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Find things by a part of their names; best first."""
    settings = settings_of(context, root=root, lang=lang, store=store)
    with settings.record(ahead=True) as record:
        print_answer(record.search(text), Form(form), settings.lang)


def _list_questions(settings: Settings, form: TableForm) -> None:
    from laichau_kg.answers import Answer  # noqa: PLC0415 - an answer like any other
    from laichau_kg.queries import Catalog  # noqa: PLC0415
    from laichau_kg.terms import Literal  # noqa: PLC0415

    rows = [
        (Literal(query.id), Literal(query.question[settings.lang]), Literal(_parameters_of(query)))
        for query in Catalog.load(settings.layout()).values()
    ]
    print_answer(Answer(("id", "question", "parameters"), tuple(rows)), Form(form), settings.lang)
    if sys.stderr.isatty():
        narrate("Ask one: laichau query ID name=value …   Explain one: laichau query ID --help")


def _parameters_of(query: "Query") -> str:
    """Name a question's parameters; those that may be left out stand in brackets."""
    named = [parameter for parameter in query.parameters if parameter.name != "lang"]
    return " ".join(p.name if p.required else f"[{p.name}]" for p in named)


def _explain(context: typer.Context, settings: Settings, question: str | None) -> None:
    if question is None:
        print_text(context.get_help() + "\n")
        return
    from laichau_kg.cli import _draw  # noqa: PLC0415 - only help draws here
    from laichau_kg.queries import Catalog  # noqa: PLC0415

    asked = Catalog.load(settings.layout()).get(question)
    lang = settings.lang
    words = {
        "en": ("parameter", "type", "default", "meaning", "required", "Example"),
        "vi": ("tham số", "kiểu", "mặc định", "ý nghĩa", "bắt buộc", "Ví dụ"),
    }[lang]
    rows = tuple(
        (
            p.name,
            "|".join(p.values) or p.type,
            words[4] if p.required else p.default or "",
            p.description[lang],
        )
        for p in asked.parameters
    )
    grid = _draw.Grid(words[:4], rows, (False,) * 4)
    table = _draw.draw(grid, width=_draw.width_of_stdout(), colour=colours())
    print_text(f"{asked.id}: {asked.title[lang]}\n\n{asked.question[lang]}\n\n{table}\n{words[5]}:\n")
    print_text(f"  laichau query {asked.id}{''.join(_example_values(asked))}\n")


_EXAMPLES = {
    "indicator": "grdp-binh-quan-dau-nguoi",
    "period": "2020",
    "person": '"Tran Tien Dung"',
    "place": "lai-chau",
    "post": '"Chủ tịch UBND tỉnh"',
    "organization": '"Bộ Công Thương"',
    "topic": "investment",
    "status": "target",
    "year": "2020",
    "date": "2020-12-13",
    "text": "GRDP",
}


def _example_values(query: "Query") -> Iterator[str]:
    wanted = [p for p in query.parameters if p.required] or list(query.parameters[:1])
    for parameter in wanted:
        value = _EXAMPLES.get(parameter.type)
        if parameter.name != "lang":
            yield f" {parameter.name}={value or '…'}"


def _read_query(text: str) -> str:
    if text == "-":
        return _decode(sys.stdin.buffer.read(), "stdin")
    try:
        path = Path(text)
        if path.is_file():
            return _decode(path.read_bytes(), text)
    except (OSError, ValueError) as error:
        if not any(char.isspace() for char in text):
            raise QueryError(f"{text}: cannot be read: {error}.") from error
    if not any(char.isspace() for char in text) and "{" not in text:
        raise QueryError(f"{text}: no such file, and no SPARQL query.")
    return text


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{name}: not UTF-8: byte 0x{content[error.start]:02x} at {error.start}.") from error


def _read_size(text: str) -> int:
    """Read a size in bytes: 1GiB is 2**30, 1GB is 10**9."""
    found = _SIZE.fullmatch(text.strip())
    size = 0
    if found:
        base = 1024 if found[3] or not text.strip().upper().endswith("B") else 1000
        size = int(float(found[1]) * base ** _POWERS[found[2].upper()])
    if size < _LEAST_MEMORY:
        raise typer.BadParameter(
            f"{text!r} is no size of 1MiB or more, such as 512MiB or 2GiB.", param_hint="--memory"
        )
    return size
