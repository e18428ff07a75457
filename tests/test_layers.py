"""Imports go downward: each module imports only from rows above its own."""

import ast
import functools
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "laichau_kg"

# Lowest first; modules in one row do not know each other.
ROWS = [
    ["errors"],
    ["vocab", "terms", "layout", "text"],
    [
        "turtle",
        "answers",
        "report",
        "_write",
        "_jsonld",
        "_reading",
        "_lines",
        "_frames",
        "_guard",
        "_rows",
        "_table_columns",
        "_table_terms",
        "_journal",
        "_signatures",
        "_index",
    ],
    ["_sharing", "_packed", "_pyshacl"],
    ["_walk"],
    ["queries", "resolve", "_terms", "_worker", "_dump", "_rules", "rules", "mentions", "_things"],
    [
        "_local",
        "_nursery",
        "_remote",
        "_judge",
        "dataset",
        "sources",
        "report_forms",
        "coverage",
        "columns",
        "diff",
        "identity",
    ],
    ["_scope", "store", "tables", "coverage_page", "history"],
    ["popolo", "ftm", "sdmx", "networks", "workbook"],
    ["exports", "charts", "drafting", "_affected", "tabular", "_findings", "_filed", "_bulk"],
    ["_parts", "_sheet", "_modules", "catalogue"],
    ["shapes"],
    ["accept", "imports", "templates", "reviewing"],
    ["record"],
    ["__init__"],
    ["_dumping"],
    ["web", "assistants"],
    ["site"],
    ["cli"],
]
RANK = {module: rank for rank, row in enumerate(ROWS) for module in row}


def modules():
    """Name every module of the package by its first part below it."""
    return sorted(PACKAGE.rglob("*.py"))


def room(path):
    """Name the row's entry that a file belongs to: a package's files belong to the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@functools.cache
def imports(path):
    """Read a file's imports, also those inside functions."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def imported_rooms(path):
    """Name the rooms of the package that a file imports."""
    for node in imports(path):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: imports are written out in full"
            if node.module == "laichau_kg":
                yield from (alias.name if alias.name in RANK else "__init__" for alias in node.names)
            elif node.module and node.module.startswith("laichau_kg."):
                yield node.module.split(".")[1]
        else:
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("laichau_kg.")
            )


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_module_imports_only_from_rows_above(path):
    """A module knows only what is more basic than itself."""
    own = RANK[room(path)]

    upward = [name for name in imported_rooms(path) if name != room(path) and RANK[name] >= own]

    assert upward == []


def test_every_room_in_the_rows_exists():
    """The picture of the layers names no room that is gone."""
    rooms = {room(path) for path in modules()}

    assert set(RANK) == rooms


FOREIGN = {
    "pyshacl": {"_pyshacl"},
    "SPARQLWrapper": {"_remote"},
    "pyoxigraph": {
        "_local",
        "_terms",
        "_worker",
        "_nursery",
        "_dump",
        "_filed",
        "_packed",
        "_bulk",
        "_sheet",
        "_jsonld",
        "_judge",
        "_pyshacl",
        "_scope",
        "_sharing",
        "_walk",
        "_findings",
        "_parts",
        "_reading",
        "_rules",
        "turtle",
        "answers",
        "shapes",
    },
    "openpyxl": {"tabular", "templates", "workbook"},
    "followthemoney": {"ftm"},
    "mcp": {"assistants"},
    "altair": {"charts"},
    "vl_convert": {"charts"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web"},
    "typer": {"cli"},
    "rich": {"cli"},
    "yaml": {"queries"},
}


@pytest.mark.parametrize("library", FOREIGN)
def test_each_foreign_library_has_its_rooms(library):
    """A library is met only where the layers say, so that replacing it touches few rooms."""
    users = {
        room(path)
        for path in modules()
        for node in imports(path)
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == library for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == library)
    }

    assert users <= FOREIGN[library]
