"""From names in a text to the slugs of the registers, or to new slugs made from the full name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from laichau_kg.drafting.lexicon import Lexicon, Thing
from laichau_kg.drafting.names import PROVINCES, is_place
from laichau_kg.drafting.posts import full_title
from laichau_kg.drafting.words import tones_apart
from laichau_kg.text import slugify

__all__ = ["Resolved", "Resolver"]

_PROVINCES: Final = tuple(slugify(name) for name in PROVINCES)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A thing's slug, its name in full, and whether the registers know it."""

    slug: str
    name: str
    known: bool


class Resolver:
    """Find officials, posts, bodies and documents in the registers, by full name.

    Args:
        lexicon: Code lists and registers.
        province: The province that the article is about, or nothing.
        year: The year that it came out in, or nothing.
    """

    def __init__(self, lexicon: Lexicon, province: str, year: str = "") -> None:
        self.lexicon = lexicon
        self.province = province
        self.home = slugify(province)
        self.year = year

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
        """Find a document: by number if it has one, else by name.

        Every province has its "dự toán HĐND tỉnh giao" and its resolution No. 5; so one that is said to be
        another province's is not meant, nor is, by a name without years, one of other years.
        """
        own = [thing for thing in self.lexicon.documents if not self._is_elsewhere(thing)]
        if number:
            bare = number.replace(" ", "")
            for thing in own:
                if thing.first("number").replace(" ", "") == bare and kind in {"", thing.first("kind")}:
                    return Resolved(thing.slug, thing.labels[0] if thing.labels else number, known=True)
            return self._new(name or number)
        if not _YEAR.search(name):
            own = [thing for thing in own if self._is_of_now(thing)]
        found = self._find(own, name, name)
        return found if found.known else self._new(name)

    def _new(self, name: str) -> Resolved:
        """Name a document that the registers lack; not as they name another province's, or other years'."""
        slug = slugify(name)
        taken = any(thing.slug == slug for thing in self.lexicon.documents)
        parts = (slug, self.home, self.year) if taken else (slug,)
        return Resolved("-".join(part for part in parts if part), name, known=False)

    def _is_elsewhere(self, thing: Thing) -> bool:
        """Whether a document or its issuer is named after another province."""
        names = f"-{thing.slug}-{thing.first('issuer')}-{slugify(' '.join(thing.labels[:1]))}-"
        return bool(self.home) and any(f"-{key}-" in names for key in _PROVINCES if key != self.home)

    def _is_of_now(self, thing: Thing) -> bool:
        """Whether the years in a document's name, if any, are those of the article."""
        years = _YEAR.findall(thing.labels[0] if thing.labels else "")
        return not years or not self.year or min(years) <= self.year <= max(years)

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
