"""What the tests of review share: an invented text, its draft, and a review held with keys that are typed."""

import io
import shutil
from functools import lru_cache
from pathlib import Path

from drafted import ROOT, lexicon
from laichau_kg._things import Things, read_things
from laichau_kg.cli import run
from laichau_kg.drafting import bundle_draft, draft_text
from laichau_kg.layout import Layout
from laichau_kg.reviewing import Judge
from laichau_kg.vocab import ID

EXAMPLE = ROOT / "docs" / "example"
TEXT = (EXAMPLE / "made-up.txt").read_text(encoding="utf-8")
ANSWERS = (EXAMPLE / "answers.txt").read_text(encoding="utf-8")
SLUG = "lai-chau-so-ket-san-xuat-nong-nghiep-sau-thang"
ARTICLE = f"{ID}article/{SLUG}"
MEETING = f"{ID}meeting/{SLUG}--conference"
CHAIR = f"{ID}participation/{SLUG}--ly-van-mau-chair"
PERSON = f"{ID}person/ly-van-mau"
HOLDING = f"{ID}attestation/{SLUG}--ly-van-mau-pho-chu-tich-uy-ban-nhan-dan-tinh-lai-chau"
TEA = f"{ID}observation/{SLUG}--san-luong-che-bup-tuoi-2024-h1"
HONEY = f"{ID}observation/{SLUG}--san-luong-mat-ong-cua-ca-nuoc-2024-h1"
ORDER = f"{ID}directive/{SLUG}--dong-chi-ly-van-mau-yeu-cau-cac-so-ngan"
GROUP = f"{ID}group/{SLUG}--cac-so-nganh"
PLAN = f"{ID}document/ke-hoach-so-9999-kh-ubnd"
CITATION = f"{ID}citation/{SLUG}--9999-kh-ubnd"


@lru_cache(maxsize=1)
def turtle() -> str:
    """Draft the invented text."""
    return bundle_draft(draft_text(TEXT, lexicon()), lexicon(), source_file="made-up.txt")


def draft_in(folder: Path, *, text: bool = True) -> Path:
    """Write the draft into a folder, and the text beside it."""
    path = folder / "draft.ttl"
    path.write_bytes(turtle().encode())
    if text:
        (folder / "made-up.txt").write_bytes(TEXT.encode())
    return path


@lru_cache(maxsize=1)
def drafted() -> Things:
    """Give the draft's statements."""
    import tempfile  # noqa: PLC0415 - one folder for one reading

    with tempfile.TemporaryDirectory() as name:
        return read_things(draft_in(Path(name)))


@lru_cache(maxsize=1)
def judge() -> Judge:
    """Make the checker of the record, once."""
    return Judge(Layout(ROOT), drafted())


def own_record(folder: Path) -> Layout:
    """Make a record that may be changed: the real ontology and questions, a copy of the data."""
    for part in ("ontology", "queries"):
        (folder / part).symlink_to(ROOT / part)
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns(".accept"))
    return Layout(folder)


def type_keys(monkeypatch, path: Path, keys: str, *more: str, root: Path = ROOT) -> int:
    """Hold a review, typing *keys*; return the exit code."""
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    return run(["review", str(path), "--root", str(root), *more])
