"""From what stands in a cell to the thing it names, among those of the record and of the tables."""

import re
from collections.abc import Callable, Collection, Iterable

from laichau_kg.resolve import period_slug
from laichau_kg.tabular.cells import CellError
from laichau_kg.tabular.periods import stretch_of
from laichau_kg.text import fold, near_names, nfc
from laichau_kg.vocab import ID, PREFIXES

__all__ = ["Names", "kind_of", "path_of"]

_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_PATH = re.compile(r"(?:id/)?([a-z-]+)/([a-z0-9-]+)")
_PREFIXED = re.compile(r"([a-z][a-z-]*):(\S+)")
_PARTS = re.compile(r"\s*[;|\n]\s*")
_FEW = 8
_TABLE_OF = {
    "author": "authors", "document": "cited-documents", "group": "groups", "meeting": "meetings",
    "organization": "organizations", "period": "periods", "person": "officials", "place": "places",
    "post": "posts",
}  # fmt: skip


class Names:
    """All things that a cell may name, by kind, slug and label.

    Args:
        open_article: Adds the things of an article of the record, named by its slug, if there is one.
    """

    def __init__(self, open_article: Callable[[str], object]) -> None:
        self._open_article = open_article
        self._labels: dict[str, set[str]] = {}
        self._by_label: dict[str, dict[str, set[str]]] = {}

    def add(self, iri: str, labels: Iterable[str] = ()) -> None:
        """Make a thing known, and what it is called."""
        names = self._labels.setdefault(iri, set())
        by_label = self._by_label.setdefault(kind_of(iri), {})
        for label in labels:
            names.add(label)
            by_label.setdefault(_key(label), set()).add(iri)

    def __contains__(self, iri: str) -> bool:
        """Tell whether a thing is known."""
        if iri not in self._labels and "--" in iri:
            self._open_article(iri.rpartition("/")[2].partition("--")[0])
        return iri in self._labels

    def is_called(self, iri: str, label: str) -> bool:
        """Tell whether *label*, diacritics and case aside, is a name of the thing."""
        return iri in self._by_label.get(kind_of(iri), {}).get(_key(label), ())

    def find(self, text: str, kinds: Collection[str], *, within: str = "") -> str:
        """Find the one thing of one of *kinds* that *text* names.

        Args:
            text: An IRI, "kind/slug", a prefixed name, a slug or a label.
            kinds: The kinds it may be of.
            within: The article whose facts may be named without their article.

        Raises:
            CellError: there is none, or there are several.
        """
        wanted = " ".join(nfc(text).split())
        found = self._by_address(wanted, kinds) or self._by_slug(wanted.lower(), kinds, within)
        found = found or self._called(wanted, kinds)
        if not found and "period" in kinds:
            found = self._by_slug(period_slug(wanted), kinds, "")
        if len(found) == 1:
            return found.pop()
        if found:
            paths = sorted(path_of(iri) for iri in found)
            raise CellError(f"“{wanted}” may be {', '.join(paths[:-1])} or {paths[-1]}; write that.")
        raise CellError(self._unknown(wanted, kinds))

    def find_all(self, text: str, kinds: Collection[str], *, within: str = "") -> list[str]:
        """Find the things that a cell for several names.

        They are parted by semicolons, lines or "|"; slugs by spaces too, and
        labels that hold none by commas.

        Raises:
            CellError: a part names nothing, or several things.
        """
        parts = [part for part in _PARTS.split(text.strip()) if part]
        if len(parts) > 1:
            return [self.find(part, kinds, within=within) for part in parts]
        try:
            return [self.find(text, kinds, within=within)]
        except CellError:
            words = text.split()
            if len(words) > 1 and all(_SLUG.fullmatch(word) or _PATH.fullmatch(word) for word in words):
                return [self.find(word, kinds, within=within) for word in words]
            if "," in text:
                return [self.find(part, kinds, within=within) for part in text.split(",") if part.strip()]
            raise

    def _by_address(self, text: str, kinds: Collection[str]) -> set[str]:
        path = _PATH.fullmatch(text.lower())
        prefixed = _PREFIXED.fullmatch(text)
        if path:
            iri = f"{ID}{path[1]}/{path[2]}"
        elif prefixed and prefixed[1] in PREFIXES:
            iri = PREFIXES[prefixed[1]] + prefixed[2]
        else:
            iri = text.strip("<>")
        return {iri} if iri.startswith(ID) and kind_of(iri) in kinds and iri in self else set()

    def _by_slug(self, slug: str, kinds: Collection[str], within: str) -> set[str]:
        if not _SLUG.fullmatch(slug):
            return set()
        forms = (slug,) if "--" in slug or not within else (slug, f"{within}--{slug}")
        for form in forms:
            found = {iri for kind in kinds if (iri := f"{ID}{kind}/{form}") in self}
            if found:
                return found
        stretch = stretch_of(slug) if "period" in kinds else None
        return {f"{ID}period/{slug}"} if stretch else set()

    def _called(self, text: str, kinds: Collection[str]) -> set[str]:
        found = {iri for kind in kinds for iri in self._by_label.get(kind, {}).get(_key(text), ())}
        exact = {iri for iri in found if any(_plain(name) == _plain(text) for name in self._labels[iri])}
        return exact or found

    def _unknown(self, text: str, kinds: Collection[str]) -> str:
        what = " or ".join(kind.replace("-", " ") for kind in kinds) if len(kinds) < _FEW else "thing"
        tables = sorted({f"{table}.csv" for kind in kinds if (table := _TABLE_OF.get(kind))})
        known = [iri for iri in self._labels if kind_of(iri) in kinds]
        if not tables and len(known) <= _FEW:
            slugs = sorted(iri.rpartition("/")[2] for iri in known)
            return f"“{text}” is no {what}; write one of {', '.join(slugs)}."
        names = {iri.rpartition("/")[2] for iri in known} if _SLUG.fullmatch(text) else set()
        near = near_names(text, names or {label for iri in known for label in self._labels[iri]})
        hint = f" did you mean {' or '.join(near)}? Else" if near else ""
        remedy = f"add a row to {' or '.join(tables)}" if tables else f"the code lists have all {what}s"
        if any(kind in ("indicator", "unit") for kind in kinds):
            remedy = f"a new {what} is added to ontology/schemes/{what}s.ttl"
        return f"“{text}” is no {what} that the record or the tables have;{hint} {remedy}."


def kind_of(iri: str) -> str:
    """Tell what a thing is, as its IRI says it.

    >>> kind_of("https://w3id.org/laichau-kg/id/place/lai-chau")
    'place'
    """
    return iri.removeprefix(ID).partition("/")[0]


def path_of(iri: str) -> str:
    """Write an IRI of the record as "kind/slug"."""
    return iri.removeprefix(ID)


def _key(label: str) -> str:
    return fold(label).replace("–", "-").replace("—", "-")


def _plain(label: str) -> str:
    return " ".join(nfc(label).casefold().split())
