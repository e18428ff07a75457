"""From names in a text to the slugs of the registers, or to new slugs made from the full name."""

from collections.abc import Iterable
from dataclasses import dataclass

from laichau_kg.drafting.lexicon import Lexicon, Thing
from laichau_kg.drafting.names import is_place
from laichau_kg.drafting.posts import full_title
from laichau_kg.drafting.words import tones_apart
from laichau_kg.text import slugify

__all__ = ["Resolved", "Resolver"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A thing's slug, its name in full, and whether the registers know it."""

    slug: str
    name: str
    known: bool


class Resolver:
    """Find officials, posts, bodies and documents in the registers, by full name."""

    def __init__(self, lexicon: Lexicon, province: str) -> None:
        self.lexicon = lexicon
        self.province = province
        self.home = slugify(province)

    def official(self, name: str) -> Resolved:
        """Find a person by name."""
        return self._find(self.lexicon.officials, name, name)

    def post(self, title: str) -> Resolved:
        """Find a post by its full title."""
        return self._find(self.lexicon.posts, title, title)

    def organization(self, name: str) -> Resolved:
        """Find a body: as it is called, then with its abbreviations spelt out and the province named."""
        full = full_title(name, self.province)
        full = full[:1].upper() + full[1:]
        if name.casefold() in {"tỉnh", "lãnh đạo tỉnh"}:
            return self._by_slug(f"chinh-quyen-tinh-{self.home}", f"Chính quyền tỉnh {self.province}")
        if is_place(name.removeprefix("tỉnh ").removeprefix("Tỉnh ")):
            place = slugify(name.removeprefix("tỉnh ").removeprefix("Tỉnh "))
            return self._by_slug(f"chinh-quyen-tinh-{place}", f"Chính quyền {name}")
        return self._find(self.lexicon.organizations, full, full)

    def document(self, *, number: str, name: str, kind: str) -> Resolved:
        """Find a document: by number if it has one, else by name."""
        if number:
            bare = number.replace(" ", "")
            for thing in self.lexicon.documents:
                if thing.first("number").replace(" ", "") == bare and kind in {"", thing.first("kind")}:
                    return Resolved(thing.slug, thing.labels[0] if thing.labels else number, known=True)
            return Resolved(slugify(name or number), name or number, known=False)
        return self._find(self.lexicon.documents, name, name)

    def _find(self, things: Iterable[Thing], name: str, full: str) -> Resolved:
        wanted = tones_apart(name)
        slug = slugify(full)
        for thing in things:
            if thing.slug == slug or any(tones_apart(label) == wanted for label in thing.labels):
                return Resolved(thing.slug, thing.labels[0] if thing.labels else full, known=True)
        return Resolved(slug, full, known=False)

    def _by_slug(self, slug: str, name: str) -> Resolved:
        known = any(thing.slug == slug for thing in self.lexicon.organizations)
        return Resolved(slug, name, known)
