"""The documents are run: every command in README.md and docs/ does what it says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")


def blocks(language):
    """Collect the blocks in *language* of all pages."""
    return [
        pytest.param(found[2], id=f"{page.relative_to(ROOT)}-{number}")
        for page in PAGES
        for number, found in enumerate(BLOCK.finditer(page.read_text(encoding="utf-8")), 1)
        if found[1] == language
    ]


def run(command, folder, **options):
    """Run one command line of a page; `laichau` is this checkout's, `< FILE` is what is typed."""
    words, _, typed = (shlex.split(part) if part != " < " else part for part in command.partition(" < "))
    words[:1] = [sys.executable, "-m", "laichau_kg.cli"]
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    answers = (folder / typed[0]).read_text(encoding="utf-8") if typed else None
    return subprocess.run(
        words, cwd=folder, env=env, input=answers, capture_output=True, text=True, check=False, **options
    )


@pytest.mark.parametrize("block", blocks("console"))
def test_console_block_prints_what_the_page_shows(block):
    """After `$ laichau …` stands what the command prints, to the letter; `…` stands for lines left out."""
    for session in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = session.partition("\n")

        done = run(command, ROOT)

        parts = [part.strip("\n") for part in re.split(r"^…$", shown, flags=re.MULTILINE)]
        printed, position = done.stdout + done.stderr, 0
        for part in parts:
            assert part in printed[position:], f"{command}\n{printed}"
            position = printed.index(part, position) + len(part)


@pytest.mark.parametrize("block", blocks("sh"))
def test_shell_block_runs(block, tmp_path):
    """Each `laichau` line of a shell block exits 0, or 1 where it says so."""
    lines = [line for line in block.splitlines() if line.startswith("laichau ")]
    for name in ("ontology", "data", "queries", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)

    for line in lines:
        command, _, remark = line.partition("  # ")
        if "shared/sources" in command or "http://" in command:
            continue  # needs texts or a server; has tests of its own
        done = run(command, tmp_path)
        assert done.returncode == (1 if "exits 1" in remark else 0), done.stderr


@pytest.mark.parametrize("block", blocks("python"))
def test_python_block_runs(block, monkeypatch):
    """Each Python block runs as it stands."""
    monkeypatch.chdir(ROOT)

    exec(compile(block, "block", "exec"), {})  # noqa: S102 - our own pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """A relative link names a file that exists."""
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_readme_has_the_two_commands():
    """One command sets up and answers a question, one other sets up and runs the tests."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    commands = [line for line in readme.splitlines() if line.startswith("python3 -m venv")]

    assert len(commands) == 2
    assert "laichau query" in commands[0]
    assert "pytest" in commands[1]
