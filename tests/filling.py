"""A made-up article, tables about it as a person fills them in, and ways to look at what becomes of them."""

import csv

import pyoxigraph as ox
import pytest

from laichau_kg._terms import from_oxigraph
from laichau_kg.errors import TableError
from laichau_kg.imports import import_tables
from laichau_kg.layout import Layout
from laichau_kg.vocab import ID
from mini import ROOT

RECORD = Layout(ROOT)

SLUG = "hoi-nghi-so-ket-6-thang-dau-nam-2025"
TEXT = (
    "Hội nghị sơ kết 6 tháng đầu năm 2025\n"
    "Sáng 10/7/2025, UBND tỉnh tổ chức Hội nghị sơ kết. "
    "Đồng chí Lê Văn Mới - Phó Chủ tịch UBND tỉnh chủ trì. "
    "Ước 6 tháng, thu ngân sách trên địa bàn đạt 1.406,5 tỷ đồng; tỷ lệ hộ nghèo còn 23,4%. "
    "Đề nghị các sở, ngành đẩy nhanh giải ngân vốn đầu tư công.\n"
)
FIGURE = {
    "indicator": "Tỷ lệ hộ nghèo",
    "area": "lai chau",
    "period": "6 tháng đầu năm 2025",
    "status": "estimate",
    "measure": "level",
    "value": "23,4",
    "unit": "percent",
    "bound": "exact",
    "quote": "23,4%",
}
TABLES = {
    "articles": [
        {
            "id": SLUG,
            "title": "Hội nghị sơ kết 6 tháng đầu năm 2025",
            "published": "10/7/2025",
            "label_en": "Half-year conference of 2025",
            "quote": "Hội nghị sơ kết 6 tháng đầu năm 2025",
        }
    ],
    "officials": [{"label_vi": "Lê Văn Mới", "label_en": "Lê Văn Mới"}],
    "attestations": [
        {
            "official": "le van moi",
            "post": "Phó Chủ tịch UBND tỉnh",
            "attested_on": "10/7/2025",
            "quote": "Lê Văn Mới",
            "more_evidence": "110-132",
        }
    ],
    "meetings": [
        {
            "id": "hoi-nghi",
            "label_vi": "Hội nghị sơ kết",
            "label_en": "Half-year conference",
            "kind": "Hội nghị",
            "date": "10/7/2025",
            "date_precision": "day",
            "part_of_day": "Buổi sáng",
            "organizer": "UBND tỉnh",
            "quote": "Sáng 10/7/2025",
        }
    ],
    "participations": [
        {"meeting": "hoi-nghi", "participant": "Lê Văn Mới", "role": "chair", "quote": "Lê Văn Mới"}
    ],
    "observations": [
        FIGURE,
        FIGURE
        | {
            "indicator": "thu-ngan-sach-tren-dia-ban",
            "value": " 1.406,5 ",
            "unit": "billion-vnd",
            "quote": "1.406,5 tỷ đồng",
        },
    ],
    "directives": [
        {
            "by": "Lê Văn Mới",
            "to": "",
            "topic": "Đầu tư; budget",
            "description_vi": "Các sở, ngành phải giải ngân nhanh hơn.",
            "description_en": "Departments must disburse faster.",
            "meeting": "hoi-nghi",
            "quote": "đẩy nhanh giải ngân vốn đầu tư công",
        }
    ],
}


def fill(folder, tables, *, delimiter=",", encoding="utf-8"):
    """Write tables, each a list of rows, to *folder* as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, columns, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def changed(table, **cells):
    """Give the filled tables with cells of one table's first row changed; None takes the column out."""
    first, *others = TABLES[table]
    row = {column: cell for column, cell in (first | cells).items() if cell is not None}
    return TABLES | {table: [row, *others]}


def triples(*contents):
    """Read Turtle as a set; there are no blank nodes, so equal sets are isomorphic graphs."""
    return {
        (quad.subject.value, quad.predicate.value, from_oxigraph(quad.object))
        for content in contents
        for quad in ox.parse(content.encode(), format=ox.RdfFormat.TURTLE)
    }


def values(statements, ending, name):
    """List the values of one property of the things whose IRIs end so."""
    return sorted(
        str(value).removeprefix(ID)
        for thing, predicate, value in statements
        if thing.endswith(ending) and predicate.endswith(name)
    )


def problems_of(layout, folder, *texts):
    """Import what cannot be imported, and say why, sentence by sentence."""
    with pytest.raises(TableError) as caught:
        import_tables(layout, folder, texts=texts)
    return [str(problem) for problem in caught.value.problems]


def edit(path, old, new):
    """Change a table as a person would."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
