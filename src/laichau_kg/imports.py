"""From tables to bundles: what people fill in as spreadsheets becomes facts in Turtle.

The tables are those of `laichau_kg.tables`; what is exported and imported
again is the same.  Tables that list an article in ``articles.csv`` give all
of its facts; facts of an article that only the record has are added to those
it has there.  Every cell that cannot be read is named, all at once, and
nothing is written then.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from laichau_kg._table_terms import FACTS, REGISTERS
from laichau_kg._write import make_folder, write_atomically
from laichau_kg.errors import OutputError, TableError
from laichau_kg.layout import Layout
from laichau_kg.tabular.cells import CellError
from laichau_kg.tabular.facts import build_row, check_citation
from laichau_kg.tabular.intake import Intake, Plan, Triples, unquoted
from laichau_kg.tabular.plans import plan_rows
from laichau_kg.tabular.sheets import Sheet, read_sheets
from laichau_kg.tabular.side_tables import SIDE_TABLES
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import ID, PREFIXES

__all__ = ["import_tables", "write_bundles"]

_REST = "registers.ttl"
_REFERENCE = re.compile(r"<([^>]+)>")
_ISSUED = PREFIXES["dcterms"] + "issued"


def import_tables(layout: Layout, path: Path, *, texts: Sequence[Path] = ()) -> dict[str, str]:
    """Turn the tables at *path* into bundles.

    Args:
        layout: The record whose registers and code lists the tables refer to.
        path: A ``.csv`` or ``.xlsx`` file, or a folder of ``.csv`` files.
        texts: The articles' texts, by which spans are checked, located and hashed.

    Returns:
        File name -> canonical Turtle: a bundle an article, with the new register entries it needs;
        ``registers.ttl`` has those that no bundle needs, unless there is one bundle to take them.

    Raises:
        TableError: something cannot be read; its problems name each bad cell.
    """
    sheets, problems = read_sheets(path)
    if not problems and not any(sheet.rows for sheet in sheets):
        raise TableError(f"{path}: the tables hold no row; fill in articles.csv and a table of facts.")
    intake = Intake(layout, problems)
    _take_in(intake, sheets, texts)
    if problems:
        count = "1 cell is" if len(problems) == 1 else f"{len(problems)} cells are"
        order = {sheet.name: place for place, sheet in enumerate(sheets)}
        problems.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row or 0))
        unique = tuple(dict.fromkeys(problems))
        raise TableError(f"{path}: {count} to be mended; nothing was written.", problems=unique)
    return _bundles(intake)


def write_bundles(bundles: Mapping[str, str], output: Path) -> list[Path]:
    """Write bundles: one to *output* if it is named like a file, else each into the folder *output*.

    Returns:
        The files written.

    Raises:
        OutputError: there are several for one file, or they cannot be written there.
    """
    if output.suffix.lower() == ".ttl":
        if len(bundles) != 1:
            names = ", ".join(bundles)
            raise OutputError(f"{output}: one file, but the tables make {names}; give -o a folder.")
        targets = dict(zip([output], bundles.values(), strict=True))
    else:
        make_folder(output)
        targets = {output / name: content for name, content in bundles.items()}
    for target, content in targets.items():
        write_atomically(target, content.encode())
    return list(targets)


def _take_in(intake: Intake, sheets: Sequence[Sheet], texts: Sequence[Path]) -> None:
    articles = plan_rows(intake, sheets, "articles")
    others = [*plan_rows(intake, sheets, *REGISTERS), *plan_rows(intake, sheets, *FACTS)]
    files = {slug: _source_file(intake, slug) for slug in intake.articles}
    files |= {plan.article: name for plan in articles if (name := plan.text("source_file"))}
    for text in (
        texts if files or not intake.problems else ()
    ):  # else it is the articles that are to be mended
        intake.take_text(text, files, alone=len(files) == len(texts) == 1)
    citations = []
    for plan in (*articles, *others):
        build_row(intake, plan)
        if plan.sheet.table.name == "documents":
            citations.append(plan)
    for plan in citations:
        check_citation(intake, plan)
    for table, read in SIDE_TABLES.items():
        for plan in (Plan(sheet, row) for sheet in sheets if sheet.table.name == table for row in sheet.rows):
            try:
                read(intake, plan)
            except CellError as error:
                intake.problems.append(plan.place(error.column or plan.sheet.table.key[0]).problem(error))
    for article in intake.articles.values():
        article.triples.update(article.spans.write(intake.problems))


def _source_file(intake: Intake, slug: str) -> str:
    pairs = intake.recorded(slug).get(f"{ID}article/{slug}", ())
    return next((unquoted(value) for name, value in pairs if name.endswith("#sourceFile")), "")


def _bundles(intake: Intake) -> dict[str, str]:
    rest = set(intake.new)
    bundles: dict[str, Triples] = {}
    for slug, article in intake.articles.items():
        needed = _needed(article.triples, intake.new)
        rest -= needed
        issued = [
            unquoted(v) for name, v in article.triples.get(f"{ID}article/{slug}", ()) if name == _ISSUED
        ]
        name = f"{issued[0] if issued else 'undated'}-{slug}.ttl"
        bundles[name] = article.triples | {iri: intake.new[iri] for iri in needed}
    if len(bundles) == 1:
        (only,) = bundles.values()
        only.update({iri: intake.new[iri] for iri in rest})
    elif rest:
        bundles[_REST] = {iri: intake.new[iri] for iri in rest}
    return {name: format_turtle(_ntriples(triples), path=name) for name, triples in bundles.items()}


def _needed(triples: Triples, new: Triples) -> set[str]:
    """Find the new entries that statements lead to, and those that these lead to."""
    found: set[str] = set()
    waiting = [*triples.values()]
    while waiting:
        pairs = waiting.pop()
        leads = {match[1] for _, value in pairs if (match := _REFERENCE.fullmatch(value))}
        for iri in leads.intersection(new) - found:
            found.add(iri)
            waiting.append(new[iri])
    return found


def _ntriples(triples: Triples) -> str:
    return "".join(
        f"<{subject}> <{predicate}> {value} .\n"
        for subject, pairs in triples.items()
        for predicate, value in sorted(pairs)
    )
