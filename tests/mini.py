"""A record of two made-up articles for the tests: the real ontology and questions, few facts."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORD = Path(__file__).parent / "data" / "record"
TEXTS = RECORD / "texts"
FIRST = "hoi-nghi-thu-nghiem"
SECOND = "tin-khong-ngay"


def make_checkout(folder):
    """Make a checkout in *folder*: the mini record's data beside the real ontology and questions."""
    for part in ("ontology", "queries"):
        (folder / part).symlink_to(ROOT / part)
    shutil.copytree(RECORD / "data", folder / "data")
    return folder
