"""The wheel, installed alone elsewhere, answers as the checkout does."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
QUESTION = ["query", "cross-checks", "-f", "tsv"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel once, from a checkout's files."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, cwd=folder)
    return next(folder.glob("*.whl"))


def test_wheel_carries_the_record(wheel):
    """Ontology, data, queries, rules' pages and both licences travel in the wheel; the texts do not."""
    names = zipfile.ZipFile(wheel).namelist()

    for folder in ("ontology", "data", "queries", "docs/rules"):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
        here = {path.relative_to(ROOT).as_posix() for path in files}
        there = {name.removeprefix("laichau_kg/_files/") for name in names if f"_files/{folder}/" in name}
        assert there == here
    assert not [name for name in names if "sources/" in name]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_wheel_alone_answers_the_same(wheel, tmp_path):
    """A question put to the installed wheel, away from the checkout, has the checkout's answer."""
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)

    def ask(folder):
        code = (
            f"import sys; sys.argv[1:] = {QUESTION}; import laichau_kg.cli as c; print(c.__file__); c.main()"
        )
        env = {**os.environ, "PYTHONPATH": str(folder)}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    from_wheel, *there = ask(site)
    from_checkout, *here = ask(ROOT / "src")

    assert Path(from_wheel).is_relative_to(site)
    assert Path(from_checkout).is_relative_to(ROOT)
    assert there == here
    assert len(there) > 1
