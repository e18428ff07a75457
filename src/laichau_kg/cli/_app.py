"""The application: its common options, its first screen, and its commands."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from laichau_kg.cli import (
    _accept,
    _ask,
    _chart,
    _coverage,
    _draft,
    _explain,
    _import,
    _keep,
    _mcp,
    _review,
    _serve,
    _site,
)
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of

__all__ = ["app"]

_CONTEXT = {"help_option_names": ["-h", "--help"]}


def _examples(*lines: str) -> str:
    """Make the end of a help text; the first sign keeps click from filling the lines."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


app = typer.Typer(
    name="laichau",
    context_settings=_CONTEXT,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    subcommand_metavar="COMMAND …",
)
sources = typer.Typer(
    help="Hold the record against the articles' texts.", rich_markup_mode=None, no_args_is_help=True
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - 20 ms that a question need not pay

        typer.echo(f"laichau-kg {version('laichau-kg')}")
        raise typer.Exit


@app.callback(
    invoke_without_command=True, epilog=_examples('laichau query post-holders official="Tran Tien Dung"')
)
def laichau(
    context: typer.Context,
    *,
    root: RootOption = None,
    store: StoreOption = None,
    lang: LangOption = None,
    version: Annotated[  # noqa: ARG001 - its callback prints
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ask the public record of Lai Châu province; every answer names the words it rests on."""
    if context.invoked_subcommand is None:
        from laichau_kg.cli import _welcome  # noqa: PLC0415 - only this screen needs it

        _welcome.show(settings_of(context, root=root, store=store, lang=lang))


def _with_examples(group: typer.Typer, command: Callable[..., None], *examples: str, **settings: Any) -> None:
    """Add a command whose help ends with examples."""
    group.command(epilog=_examples(*examples), **settings)(command)


_with_examples(
    app,
    _ask.query,
    "laichau query",
    "laichau query post-holders --help",
    "laichau query indicator-series indicator=grdp-binh-quan-dau-nguoi",
    'laichau query official-career official="Tran Tien Dung" --lang vi -f csv',
    context_settings={"help_option_names": []},
    add_help_option=False,
)
_with_examples(
    app,
    _ask.sparql,
    'laichau sparql "SELECT ?o { ?o a lck:Observation } LIMIT 5"',
    'laichau sparql "DESCRIBE lc-place:lai-chau" -f ttl',
    "laichau sparql my-query.rq -f csv --timeout 60",
)
_with_examples(app, _ask.show, "laichau show tran-tien-dung", 'laichau show "Bộ Công Thương" --lang vi')
_with_examples(app, _ask.search, 'laichau search "ngan sach"')
_with_examples(
    app,
    _keep.check,
    "laichau check",
    "laichau check new-article.ttl --lang vi",
    "laichau check new-article.ttl -f json",
    "laichau check --fail-on warning -f sarif",
)
_with_examples(app, _explain.explain, "laichau explain", "laichau explain Observation-ratioAgrees --lang vi")
_with_examples(
    app,
    _coverage.coverage,
    "laichau coverage ../texts/article.txt --html coverage.html",
    "laichau coverage ../texts/new-article.txt --facts new-article.ttl",
)
_with_examples(
    app,
    _draft.draft,
    "laichau draft article.txt -o new-article.ttl",
    "laichau draft article.txt --with my_module:my_function -o new-article.ttl",
)
_with_examples(
    app,
    _review.review,
    "laichau review new-article.ttl",
    "laichau review new-article.ttl --text ../texts/article.txt --lang vi",
)
_with_examples(
    app, _accept.diff, "laichau diff new-article.ttl", "laichau diff new-article.ttl --lang vi -f json"
)
_with_examples(
    app,
    _accept.accept,
    "laichau accept new-article.ttl --by Lan",
    "laichau accept new-article.ttl --same so-cong-thuong=so-cong-thuong-tinh-lai-chau",
)
_with_examples(app, _accept.withdraw, "laichau withdraw lai-chau-tang-toc-but-pha-2024")
_with_examples(
    app,
    _chart.chart,
    "laichau chart grdp-binh-quan-dau-nguoi -o grdp.svg",
    'laichau chart "ty le ho ngheo" -o poverty-rate.png --lang vi',
    "laichau chart muc-giam-ty-le-ho-ngheo -o poverty.csv --area lai-chau",
)
_with_examples(
    app,
    _keep.export,
    "laichau export -o lai-chau.trig",
    "laichau export -o lai-chau.popolo.json",
    "laichau export -o lai-chau.xlsx",
    "laichau export --tables lai-chau-tables/",
)
_with_examples(
    app,
    _import.import_,
    "laichau import filled-tables/ -o new-article.ttl --text article.txt",
    "laichau import tables.xlsx -o bundles/",
    name="import",
)
_with_examples(app, _import.template, "laichau template my-tables/", "laichau template my-tables.xlsx")
_with_examples(sources, _keep.verify, "laichau sources verify ../texts")
app.add_typer(sources, name="sources", epilog=_examples("laichau sources verify ../texts"))
_with_examples(app, _keep.info, "laichau info")
_with_examples(
    app,
    _keep.load,
    "laichau load --store lai-chau-store/",
    "laichau load --store http://localhost:7878/query",
)
_with_examples(
    app,
    _serve.serve,
    "laichau serve",
    "laichau serve --port 8080 --lang vi",
    "laichau serve --base https://example.org/laichau/ --sources ../texts",
)
_with_examples(
    app,
    _site.build_site,
    "laichau build-site site/ --base https://example.org/lai-chau/",
    "laichau build-site site/ --sources ../texts --lang vi",
    name="build-site",
)
_with_examples(app, _mcp.mcp, "laichau mcp", "laichau mcp --store lai-chau-store/ --lang vi")
