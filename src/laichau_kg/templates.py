"""Empty tables for people to fill in, with what each column means, in Vietnamese and English."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from laichau_kg._table_columns import INPUT_ONLY, MANY, TABLES, WORDS, Table
from laichau_kg._table_terms import COLUMNS, NAMED_BY, PERIOD_DAYS
from laichau_kg._write import make_folder, write_atomically
from laichau_kg.errors import TableError
from laichau_kg.layout import Layout
from laichau_kg.tabular.intake import Intake, language_of, unquoted
from laichau_kg.vocab import ID, PREFIXES

__all__ = ["README", "columns_to_fill", "write_template"]

README = "README.md"

_NOT_FILLED = {"further", "indicators", "units"}  # machine-made, or kept by hand as code lists
_ALWAYS = {"id", "slug", "article", "start", "end", "more_evidence"}
_Codes = Mapping[str, Sequence[tuple[str, str, str]]]

_HEAD = ("table", "column", "needed", "English", "Tiếng Việt", "codes")
_DERIVED = {
    *((table, column) for table, column in NAMED_BY),
    *(("observations", column) for column in PERIOD_DAYS),
    *(("articles", column) for column in ("source_file", "length", "sha256", "label_vi")),
}
_FEW = 12
_INTRODUCTION = """\
# Tables to fill in · Bảng để điền

Fill in one row a thing; leave a table empty or delete it if there is nothing for it. Then
`laichau import` turns them into facts and names every cell that it cannot read.

- A thing is named by its slug or by its name, with or without diacritics. What is new gets a row in its own
  table: officials, organizations, posts, places, cited-documents, authors.
- Numbers are written 5406, 5.406 or 47,2; days 2022-06-15 or 15/6/2022; several values are parted by
  semicolons. `id` may stay empty, and so may `article` where there is one article.
- A fact's evidence is `start` and `end` in the article's text (characters, the end exclusive), or `quote`:
  the words as they are there, found by `laichau import --text FILE`.
- x: every row needs it. (x): so too, unless its neighbours or the text say it.

Mỗi dòng là một đối tượng; bảng nào không có gì thì để trống hoặc xóa. Sau đó `laichau import` chuyển các bảng
thành dữ kiện và chỉ ra từng ô không đọc được.

- Ghi đối tượng bằng mã hoặc tên, có dấu hay không dấu đều được. Đối tượng mới cần một dòng trong bảng riêng:
  officials, organizations, posts, places, cited-documents, authors.
- Số viết 5406, 5.406 hoặc 47,2; ngày viết 2022-06-15 hoặc 15/6/2022; nhiều giá trị cách nhau bằng dấu chấm
  phẩy. Có thể để trống `id`, và cả `article` nếu chỉ có một bài.
- Căn cứ là `start` và `end` trong văn bản (tính bằng ký tự, không gồm vị trí cuối), hoặc `quote`, tức câu chữ
  đúng như trong bài, để `laichau import --text TỆP` tìm.
- x: dòng nào cũng cần. (x): cũng vậy, trừ khi ô bên cạnh hoặc văn bản đã nêu.
"""


def write_template(layout: Layout, path: Path) -> list[Path]:
    """Write empty tables: into the folder *path*, or as the workbook *path* if it ends in ``.xlsx``.

    Args:
        layout: The record whose codes are listed.
        path: Where to.

    Returns:
        The files written.

    Raises:
        TableError: a table of that name lies there already, or a workbook needs openpyxl.
        OutputError: they cannot be written there.
    """
    if path.suffix.lower() == ".xlsx":
        _refuse_existing([path])
        write_atomically(path, _workbook(layout))
        return [path]
    files = {
        f"{table.name}.csv": _csv(columns_to_fill(table)) for table in TABLES if table.name not in _NOT_FILLED
    }
    files[README] = _readme(layout)
    _refuse_existing([path / name for name in files])
    make_folder(path)
    for name, content in files.items():
        # With a byte order mark, without which Excel takes UTF-8 for something else.
        write_atomically(path / name, content.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    return [path / name for name in files]


def columns_to_fill(table: Table) -> tuple[str, ...]:
    """List the columns of a table that are read, in its order."""
    says = COLUMNS.get(table.name)
    if says is None:
        return table.columns
    read = _ALWAYS | set(says)
    for (name, _), names in NAMED_BY.items():
        read |= set(names) if name == table.name else set()
    if table.name == "observations":
        read |= {day for days in PERIOD_DAYS.values() for day in days}
    if table.name == "articles":
        read -= {"article"}
    columns = [column for column in table.columns if column in read]
    if "more_evidence" in columns:
        columns[columns.index("more_evidence") + 1 : 0] = INPUT_ONLY
    return tuple(columns)


def _refuse_existing(paths: list[Path]) -> None:
    for path in paths:
        if path.exists():
            raise TableError(f"{path}: is there already, and nothing is overwritten; name another place.")


def _explained(codes: _Codes) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Explain every column that is to be filled, one a row."""
    for table in TABLES:
        if table.name in _NOT_FILLED:
            continue
        says = COLUMNS.get(table.name, {})
        for column in columns_to_fill(table):
            english, vietnamese = WORDS.get(column) or INPUT_ONLY[column]
            if column in MANY:
                english, vietnamese = f"{english} (one or more)", f"{vietnamese} (một hoặc nhiều)"
            needed = says[column].required if column in says else not says and column in table.required
            mark = ("(x)" if (table.name, column) in _DERIVED else "x") if needed else ""
            kinds = says[column].kinds if column in says else ()
            yield table.name, column, mark, english, vietnamese, _listed(codes, kinds)


def _listed(codes: _Codes, kinds: tuple[str, ...]) -> str:
    """List a column's codes, or name the list where it is long."""
    return "; ".join(
        ", ".join(code for code, _, _ in codes[kind]) if len(codes[kind]) <= _FEW else f"codes: {kind}"
        for kind in kinds
        if kind in codes
    )


def _codes(layout: Layout) -> _Codes:
    """Read the codes of each kind that has a code list, with their names in English and Vietnamese."""
    codes: dict[str, list[tuple[str, str, str]]] = {}
    for iri, pairs in sorted(Intake(layout, []).known.items()):
        if any(predicate == PREFIXES["skos"] + "inScheme" for predicate, _ in pairs):
            kind, _, slug = iri.removeprefix(ID).partition("/")
            labels = {language_of(v): unquoted(v) for p, v in pairs if p == PREFIXES["skos"] + "prefLabel"}
            codes.setdefault(kind, []).append((slug, labels.get("en", ""), labels.get("vi", "")))
    return codes


def _csv(columns: tuple[str, ...]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow(columns)
    return buffer.getvalue()


def _readme(layout: Layout) -> str:
    lines = [_INTRODUCTION]
    titles = {table.name: table.title for table in TABLES}
    last = ""
    codes = _codes(layout)
    for name, *cells in _explained(codes):
        if name != last:
            lines += ["", f"## {name}.csv: {titles[name][0]} · {titles[name][1]}", ""]
            lines += ["| column | needed | English | Tiếng Việt | codes |", "|---|---|---|---|---|"]
            last = name
        lines.append(_line(cells))
    lines += ["", "## Codes · Mã"]
    for kind, listed in codes.items():
        lines += ["", f"### {kind}", "", "| code | English | Tiếng Việt |", "|---|---|---|"]
        lines += [_line(code) for code in listed]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _workbook(layout: Layout) -> bytes:
    try:
        import openpyxl  # noqa: PLC0415 - an extra that CSV needs not
        from openpyxl.styles import Font  # noqa: PLC0415 - the same
    except ImportError as error:
        raise TableError(
            "A workbook needs openpyxl: pip install 'laichau-kg[xlsx]'; or name a folder, for CSV."
        ) from error
    book = openpyxl.Workbook()
    page = book.active
    page.title = "README"
    for line in _INTRODUCTION.splitlines():
        page.append([line])
    page.append([])
    page.append(_HEAD)
    codes = _codes(layout)
    for row in _explained(codes):
        page.append(row)
    page.append([])
    for kind, listed in codes.items():
        for code in listed:
            page.append([kind, *code])
    for table in TABLES:
        if table.name not in _NOT_FILLED:
            sheet = book.create_sheet(table.name)
            sheet.append(columns_to_fill(table))
            sheet.freeze_panes = "A2"
            for cell in sheet[1]:
                cell.font = Font(bold=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
