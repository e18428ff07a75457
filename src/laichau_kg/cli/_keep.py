"""The commands that look after the record: check, export, sources verify, info, load."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from laichau_kg.cli import _checking
from laichau_kg.cli._base import (
    Form,
    Settings,
    TableForm,
    narrate,
    print_answer,
    print_text,
    progress,
    version_of,
)
from laichau_kg.cli._checking import FailOn, ReportForm
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of
from laichau_kg.errors import OutputError, StoreError

__all__ = ["check", "export", "info", "load", "verify"]

_FINDINGS = 1
_LIBRARIES = ("laichau-kg", "pyoxigraph", "rdflib", "pyshacl", "SPARQLWrapper")


def check(
    context: typer.Context,
    *,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE …", help="New facts in Turtle, TriG or JSON-LD; none means the whole record."
        ),
    ] = None,
    form: Annotated[
        ReportForm,
        typer.Option("--format", "-f", help="How to write the report.", metavar="text|json|ttl|sarif|junit"),
    ] = ReportForm.TEXT,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            help="Exit with 1 from this severity on; default violation.",
            metavar="violation|warning|info",
            show_default=False,
        ),
    ] = FailOn.VIOLATION,
    infos: Annotated[
        bool, typer.Option("--infos", help="Show remarks too, not only violations and warnings.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", "-j", metavar="N", min=1, help="Processes for a large record; default one a core."
        ),
    ] = None,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Judge the whole record by its shapes; or new facts, together with the record.

    Exits with 1 when there is a violation, or what --fail-on names.  A file of
    an article that the record already has stands in that article's place.  With
    a store on disk, new facts are judged as fast in a large record as in a small one.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    code = _checking.check(settings, files or [], form=form, fail_on=fail_on, infos=infos, jobs=jobs)
    if code:
        raise typer.Exit(code)


def export(
    context: typer.Context,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="The file; its suffix says in which form."),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option("--tables", metavar="DIR", help="A folder for CSV tables with their CSVW description."),
    ] = None,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Write the record as one file, in the form that its suffix names, or as tables.

    Linked data: .ttl, .trig, .nt, .nq, .jsonld, .rdf.  People, posts and
    bodies: .popolo.json, .ftm.json.  Figures: .sdmx.csv, their structure
    .sdmx.json.  Networks: .gexf, .graphml; of who met whom .met.gexf,
    .met.graphml.  All tables in one workbook: .xlsx.  Beside the file goes its
    description in DCAT and VoID.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    if output is None and tables is None:
        raise OutputError("Say where to: laichau export -o PATH, or --tables DIR.")
    with settings.record() as record:
        if output is not None:
            for path in record.export(output):
                narrate(f"Wrote {path}")
        if tables is not None:
            written = record.export_tables(tables)
            narrate(f"Wrote {len(written)} files to {tables}")


def verify(
    context: typer.Context,
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the articles' texts.")],
    lang: LangOption = None,
    root: RootOption = None,
) -> None:
    """Hold every evidence span against the articles' texts.

    Offsets, hashes and quoted words are compared; what differs is printed,
    and the exit code is 1.
    """
    settings = settings_of(context, root=root, lang=lang)
    from laichau_kg.sources import count_spans, verify_sources  # noqa: PLC0415 - other commands need no texts

    layout = settings.layout()
    articles, spans = count_spans(layout)
    with progress(articles, "Verifying") as advance:
        found = verify_sources(layout, folder, on_article=advance)
    print_text("".join(f"{mismatch}\n" for mismatch in found))
    if found:
        narrate(f"{len(found)} of {spans} spans and {articles} articles' texts differ from the record.")
        raise typer.Exit(_FINDINGS)
    print_text(
        f"Mọi trích dẫn đều khớp: {spans} đoạn trong {articles} bài.\n"
        if settings.lang == "vi"
        else f"All evidence stands: {spans} spans in {articles} articles.\n"
    )


def info(
    context: typer.Context,
    *,
    form: Annotated[
        TableForm, typer.Option("--format", "-f", help="How to write it.", metavar="table|json|csv|tsv|md")
    ] = TableForm.TABLE,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Tell versions, sizes and where the data lies."""
    settings = settings_of(context, root=root, lang=lang, store=store)
    from laichau_kg.answers import Answer  # noqa: PLC0415 - an answer like any other
    from laichau_kg.terms import Literal  # noqa: PLC0415

    rows = [(Literal(name), Literal(value)) for name, value in _facts_of(settings)]
    print_answer(Answer(("what", "value"), tuple(rows)), Form(form), settings.lang)


def load(
    context: typer.Context,
    *,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Load the record into a store: a folder, or a SPARQL server.

    Each file replaces its graph in one go; graphs of ours that the record has
    no more are removed, all others are left alone.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    from laichau_kg.store import load_store, record_files  # noqa: PLC0415 - other commands load nothing

    if settings.store == "memory":
        raise StoreError(
            "A store in memory is gone when the command ends; name one: --store DIR or --store http://…."
        )
    layout = settings.layout()
    with progress(len(record_files(layout)), "Loading") as advance:
        loaded = load_store(settings.store, layout, progress=advance)
    removed = f", removed {len(loaded.removed)}" if loaded.removed else ""
    narrate(f"Loaded {len(loaded.replaced)} graphs into {settings.store}{removed}.")


def _facts_of(settings: Settings) -> list[tuple[str, str]]:
    with settings.record() as record:
        layout = record.layout
        counts = record.count()
        questions = len(record.catalog)
    facts = [(name, version_of(name)) for name in _LIBRARIES]
    facts += [
        ("Python", ".".join(map(str, sys.version_info[:3]))),
        ("record", str(layout.root.resolve())),
        ("store", settings.store),
        ("article files", str(len(layout.article_files()))),
        ("questions", str(questions)),
    ]
    return facts + [(f"lck:{name}", str(number)) for name, number in counts.items()]
