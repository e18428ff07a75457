"""Where ontology, data and queries lie: in a checkout, or inside the installed package.

Names become paths here; nothing is opened.
"""

from dataclasses import dataclass
from pathlib import Path

from laichau_kg.errors import LayoutError

__all__ = ["Layout", "find_layout"]

_INSTALLED = Path(__file__).parent / "_files"
_PARTS = ("ontology", "data", "queries")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one record."""

    root: Path

    @property
    def ontology(self) -> Path:
        """Folder of the ontology's modules."""
        return self.root / "ontology"

    @property
    def schemes(self) -> Path:
        """Folder of the code lists."""
        return self.root / "ontology" / "schemes"

    @property
    def shapes(self) -> Path:
        """Folder of the SHACL shapes."""
        return self.root / "ontology" / "shapes"

    @property
    def articles(self) -> Path:
        """Folder of the articles' facts, one file an article."""
        return self.root / "data" / "articles"

    @property
    def registers(self) -> Path:
        """Folder of the registers: what is one thing over all articles."""
        return self.root / "data" / "registers"

    @property
    def history(self) -> Path:
        """Folder of the acceptances: what came into the record when, one file a month."""
        return self.root / "data" / "history"

    @property
    def queries(self) -> Path:
        """Folder of the canned questions."""
        return self.root / "queries"

    @property
    def rule_pages(self) -> Path:
        """Folder of the rules' pages, one a rule."""
        return self.root / "docs" / "rules"

    def article_files(self) -> list[Path]:
        """List the articles' files, by name."""
        return sorted(self.articles.glob("*.ttl"))

    def register_files(self) -> list[Path]:
        """List the registers' files, by name."""
        return sorted(self.registers.glob("*.ttl"))

    def history_files(self) -> list[Path]:
        """List the files of acceptances, by name."""
        return sorted(self.history.glob("*.ttl"))

    def scheme_files(self) -> list[Path]:
        """List the code lists' files, by name."""
        return sorted(self.schemes.glob("*.ttl"))

    def ontology_files(self) -> list[Path]:
        """List the ontology's modules, by name."""
        return sorted(self.ontology.glob("*.ttl"))

    def shape_files(self) -> list[Path]:
        """List the files of shapes, by name."""
        return sorted(self.shapes.glob("*.ttl"))


def find_layout(root: Path | None = None) -> Layout:
    """Find the record: at *root*; else the one installed with the package; else the checkout it runs from.

    Raises:
        LayoutError: a folder is missing there.
    """
    candidates = [root] if root else [_INSTALLED, Path(__file__).parents[2]]
    for candidate in candidates:
        if all((candidate / part).is_dir() for part in _PARTS):
            return Layout(candidate)
    where = root or candidates[-1]
    missing = ", ".join(part + "/" for part in _PARTS if not (where / part).is_dir())
    raise LayoutError(
        f"{where}: no record here: {missing} missing. Point --root at a checkout of laichau-kg."
    )
