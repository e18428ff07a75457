"""The record as CSV tables with a CSVW description, for spreadsheets and statistics.

A table is a query in ``queries/tables/``; this module gives it its columns,
turns IRIs into slugs, and describes all in ``tables.csvw-metadata.json``
(W3C Tabular Data Model), so that a reader knows every column's meaning and
type, and can go from a slug back to the thing.  `laichau_kg.imports` goes the
whole way back: nothing of the record is lost in its tables.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from laichau_kg._table_columns import LINES, MANY, NUMBERS, TABLES, WORDS, Table
from laichau_kg._write import make_folder, write_atomically
from laichau_kg.answers import Answer
from laichau_kg.errors import QueryFileError
from laichau_kg.layout import Layout
from laichau_kg.queries import Catalog
from laichau_kg.resolve import short_name
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.vocab import ID, LCK

__all__ = ["METADATA", "TableSource", "export_tables", "read_tables"]

METADATA = "tables.csvw-metadata.json"

# What Vietnamese readers take for 5,406 although it is five and a bit; a nought at its end makes it plain.
_LOOKS_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_MIXED = frozenset({"answers", "by", "cited_by", "issuer", "participant", "to"})
_SHARED = f"""
SELECT DISTINCT ?thing WHERE {{
  {{ ?thing <{LCK.mainEvidence}> ?evidence }} UNION {{
    VALUES ?class {{ <{LCK.Official}> <{LCK.Place}> <http://www.w3.org/ns/org#Organization> }}
    ?thing a ?class
  }}
}}
"""
_SPAN = re.compile(r"(?:#char=)?(\d+)[,-](\d+)$")
_CODE_SCHEMES = {
    "bound": "bound",
    "date_precision": "precision",
    "measure": "measure",
    "mode": "meeting-mode",
    "part_of_day": "part-of-day",
    "price_basis": "price-basis",
    "relation": "citation-relation",
    "role": "role",
    "sector": "sector",
    "status": "status",
    "topic": "topic",
}


class TableSource(Protocol):
    """What tables are made of: a record."""

    @property
    def layout(self) -> Layout:
        """Where the record's files lie."""

    def ask(self, text: str, /) -> Answer:
        """Ask a trusted SELECT."""


def export_tables(record: TableSource, folder: Path) -> tuple[Path, ...]:
    """Write every table to *folder*, UTF-8 and sorted, and their description.

    Args:
        record: The record to ask.
        folder: Where to; made if it is not there.

    Returns:
        The files written.

    Raises:
        OutputError: they cannot be written there.
        QueryFileError: a table's query is missing, or lacks a column.
    """
    contents = {f"{table.name}.csv": _csv(table, rows) for table, rows in read_tables(record)}
    contents[METADATA] = json.dumps(_metadata(), ensure_ascii=False, indent=1) + "\n"
    make_folder(folder)
    for name, content in contents.items():
        write_atomically(folder / name, content.encode())
    return tuple(folder / name for name in contents)


def read_tables(record: TableSource) -> Iterator[tuple[Table, list[dict[str, str]]]]:
    """Yield every table with its rows in order: a cell's text by its column.

    Raises:
        QueryFileError: a table's query is missing, or lacks a column.
    """
    catalog = Catalog.load_tables(record.layout)
    shared = _shared_slugs(record)
    for table in TABLES:
        yield table, _rows(table, record, catalog, shared)


def _shared_slugs(record: TableSource) -> frozenset[str]:
    """Find the slugs that things of several kinds have, so that cells can say which is meant."""
    counts = Counter(_slug(str(row[0])) for row in record.ask(_SHARED).rows)
    return frozenset(slug for slug, count in counts.items() if count > 1)


def _rows(
    table: Table, record: TableSource, catalog: Catalog, shared: Collection[str]
) -> list[dict[str, str]]:
    if table.name not in catalog:
        raise QueryFileError(
            f"{record.layout.queries}/tables/{table.name}.rq: this table's query is missing."
        )
    query = catalog.get(table.name)
    answer = record.ask(query.bind({}))
    places = {}
    for column in table.columns:
        names = [name for name in (column, _camel(column)) if name in answer.columns]
        if not names:
            raise QueryFileError(f"{query.path}: has no column ?{_camel(column)}.")
        places[column] = answer.columns.index(names[0])
    rows = [
        {column: _cell(column, row[place], shared) for column, place in places.items()} for row in answer.rows
    ]
    unique = {tuple(row.items()) for row in rows}
    return [dict(items) for items in sorted(unique, key=lambda items: _order(table, dict(items)))]


def _cell(column: str, term: Term | None, shared: Collection[str]) -> str:
    if term is None:
        return ""
    if column in _WRITERS:
        return _WRITERS[column](term)
    if column in MANY:
        return " ".join(sorted({_named(column, part, shared) for part in str(term).split()}))
    if isinstance(term, Iri):
        return _named(column, term.value, shared)
    text = term.canonical().value if isinstance(term, Literal) else str(term)
    return text + "0" if NUMBERS.get(column) == "decimal" and _LOOKS_GROUPED.fullmatch(text) else text


def _named(column: str, iri: str, shared: Collection[str]) -> str:
    slug = _slug(iri)
    return _path(iri) if column in _MIXED and slug in shared else slug


def _path(iri: str) -> str:
    """Write "kind/slug", or a prefixed name for what is not of the record.

    >>> _path("https://w3id.org/laichau-kg/id/place/lai-chau")
    'place/lai-chau'
    """
    return iri.removeprefix(ID) if iri.startswith(ID) else short_name(iri)


def _value(term: Term) -> str:
    return _path(term.value) if isinstance(term, Iri) else str(term)


def _type(term: Term) -> str:
    return short_name(str(term)) if "://" in str(term) else str(term)


def _properties(term: Term) -> str:
    return " ".join(sorted(short_name(iri).removeprefix("lck:") for iri in str(term).split()))


def _slug(text: str) -> str:
    return text.removeprefix(ID).partition("/")[2] if text.startswith(ID) else text


def _spans(text: str) -> str:
    """Write further spans as "start-end", by their place in the text."""
    found = {(int(span[1]), int(span[2])) for part in text.split() if (span := _SPAN.search(part))}
    return " ".join(f"{start}-{end}" for start, end in sorted(found))


_WRITERS: Mapping[str, Callable[[Term], str]] = {
    "inferred": _properties,
    "more_evidence": lambda term: _spans(str(term)),
    "object": _value,
    "object_type": _type,
    "property": lambda term: short_name(str(term)),
    "spans": lambda term: _spans(str(term)),
    "thing": _value,
} | {column: lambda term: "|".join(sorted(str(term).split("|"))) for column in LINES}


def _order(table: Table, row: Mapping[str, str]) -> tuple[object, ...]:
    offsets = [int(row[name]) for name in ("start", "end") if row.get(name)]
    first = row.get("article", ""), offsets
    return (*first, *(row[name] for name in table.key), *row.values())


def _csv(table: Table, rows: Iterable[Mapping[str, str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, table.columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def _metadata() -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": {
            "en": "The public record of Lai Châu province, as tables",
            "vi": "Hồ sơ công khai về tỉnh Lai Châu, dạng bảng",
        },
        "dc:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
        "dc:source": {"@id": "https://w3id.org/laichau-kg/"},
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tables": [_table(table) for table in TABLES],
    }


def _table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(table, name) for name in table.columns],
        "primaryKey": list(table.key),
        "aboutUrl": ID + (table.about or f"{table.kind}/{{{table.key[0]}}}"),
    }
    keys = [_foreign_key(column, target, key) for column, (target, key) in sorted(table.references.items())]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": f"{table.name}.csv",
        "dc:title": dict(zip(("en", "vi"), table.title, strict=True)),
        "tableSchema": schema,
    }


def _foreign_key(column: str, target: str, key: str) -> dict[str, Any]:
    return {"columnReference": [column], "reference": {"resource": f"{target}.csv", "columnReference": [key]}}


def _column(table: Table, name: str) -> dict[str, Any]:
    english, vietnamese = WORDS[name]
    column: dict[str, Any] = {
        "name": name,
        "titles": name,
        "dc:description": {"en": english, "vi": vietnamese},
        "datatype": NUMBERS.get(name, "string"),
        "required": name in table.required,
    }
    if name in MANY or name == "more_evidence":
        column["separator"] = " "
    if name in LINES:
        column["separator"] = "|"
    if name in _CODE_SCHEMES and name not in MANY:
        column["valueUrl"] = f"{ID}{_CODE_SCHEMES[name]}/{{{name}}}"
    return column


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
