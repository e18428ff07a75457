"""The house judged by its own rules: ontology, code lists and shapes, and how their files are written."""

import re
import unicodedata
from pathlib import Path

import pytest

from laichau_kg import shapes
from laichau_kg.layout import find_layout
from laichau_kg.vocab import PREFIXES

LAYOUT = find_layout(Path(__file__).parents[1])
HANDWRITTEN = [*LAYOUT.ontology_files(), *LAYOUT.scheme_files(), *LAYOUT.shape_files()]
STRING = re.compile(r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|<[^>\s]*>|#[^\n]*')
PREFIX = re.compile(r"^PREFIX ([a-z-]+): <([^>]+)>$")
NAME = re.compile(r"(?<![\w:-])([a-z][a-z-]*):(?=[A-Za-z0-9_])")


def file_id(path):
    """Name a case after its path below the ontology's folder."""
    return path.relative_to(LAYOUT.ontology).as_posix()


@pytest.fixture(scope="session")
def house():
    """The report on ontology, code lists and shapes."""
    return shapes.check_house(LAYOUT)


def test_house_keeps_its_own_rules(house):
    """Each term, code and shape has its labels, definitions, severity, messages and name."""
    assert house.findings == ()


@pytest.mark.parametrize("path", HANDWRITTEN, ids=file_id)
def test_characters_are_plain(path):
    """A hand-written file is UTF-8 in normal form C, with LF, no tabs and no space at the end of a line."""
    text = path.read_bytes().decode()

    assert text == unicodedata.normalize("NFC", text)
    assert not re.search(r"\r|\t|[^\S\n]$|\ufeff", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("path", HANDWRITTEN, ids=file_id)
def test_prefixes_are_sorted_used_and_ours(path):
    """Prefixes are in SPARQL spelling, sorted, only those used, and as in the repository's one map."""
    text = path.read_text(encoding="utf-8")
    declared = dict(found.groups() for line in text.splitlines() if (found := PREFIX.match(line)))
    body = "\n".join(line for line in text.splitlines() if not PREFIX.match(line))
    used = set(NAME.findall(STRING.sub(" ", body))) | set(re.findall(r"\^\^([a-z-]+):", body))

    assert "@prefix" not in STRING.sub(" ", text)
    assert list(declared) == sorted(declared)
    assert set(declared) == used
    assert {name: PREFIXES.get(name) for name in declared} == declared


@pytest.mark.parametrize("path", HANDWRITTEN, ids=file_id)
def test_blocks_are_laid_out_alike(path):
    """A block is a subject, lines indented by fours, and a dot alone; a blank line parts it from the next."""
    text = STRING.sub(
        lambda found: '"x"' if found[0][0] == '"' else found[0], path.read_text(encoding="utf-8")
    )
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    faults = [
        line
        for line in lines
        if line
        and not line.startswith(("PREFIX ", "    "))
        and line != "."
        and not re.fullmatch(r"<[^>]+>|\[\]|[a-z-]+:[\w.-]+", line)
    ]
    odd = [line for line in lines if line.startswith(" ") and (len(line) - len(line.lstrip())) % 4]
    joined = [line for line in lines if line.startswith("    ") and line.rstrip().endswith(" .")]

    assert faults == []
    assert odd == []
    assert joined == []
