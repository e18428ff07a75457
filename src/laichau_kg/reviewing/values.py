"""From what an editor types to the values of a property; and the new register entries that it may name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from laichau_kg._things import REGISTERS, Things, Value
from laichau_kg.errors import LaichauError, ParameterError, QuoteNotFoundError, UnknownThingError
from laichau_kg.resolve import period_slug
from laichau_kg.reviewing.forms import Field, Forms
from laichau_kg.reviewing.steps import CANDIDATE, Block
from laichau_kg.tabular.cells import Cell, CellError, read_date, read_decimal, read_integer, write_decimal
from laichau_kg.tabular.periods import stretch_of
from laichau_kg.terms import XSD, Literal
from laichau_kg.text import fold, near_names, nfc, sha256, slugify
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["LONGEST_QUOTE", "Entered", "UnfitError", "Values", "evidence_of"]

LONGEST_QUOTE: Final = 100
_SKOS: Final = PREFIXES["skos"]
_NAMES: Final = (_SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "notation")
_NAME: Final = PREFIXES["foaf"] + "name"
_SAME_IN_BOTH: Final = ("author", "person")
_NEW: Final = "+"
_GROUNDS: Final = (LCK.mainEvidence, PREFIXES["prov"] + "wasDerivedFrom")
_YES: Final = {"yes": "true", "true": "true", "co": "true", "no": "false", "false": "false", "khong": "false"}

Find = Callable[[Things, Iterable[str], str], str]


class UnfitError(LaichauError):
    """What was typed cannot be the value.

    Attributes:
        reason: A key for the sentence that says why.
        near: Names that come near what was typed.
    """

    def __init__(self, reason: str, text: str = "", near: Sequence[str] = ()) -> None:
        self.reason = reason
        self.text = text
        self.near = tuple(near)
        super().__init__(f"{reason}: {text}")


@dataclass(frozen=True, slots=True)
class Entered:
    """The values of a property, as N-Triples writes them, and things that they bring."""

    values: tuple[str, ...]
    new: Things


class Values:
    """Reads what is typed for a property.

    Args:
        known: What the record says.
        forms: The forms of all classes.
        find: Finds a thing of some kinds by what it is called.
        text: The article's text, or nothing where it is not at hand.
    """

    def __init__(self, known: Things, forms: Forms, find: Find, text: str = "") -> None:
        self._known = known
        self._forms = forms
        self._find = find
        self._text = text
        self._codes: dict[str, dict[str, str]] = {}

    def codes(self, scheme: str) -> list[str]:
        """List the codes of a code list by slug."""
        mark = (_SKOS + "inScheme", f"<{scheme}>")
        return sorted(iri for iri, block in self._known.items() if mark in block)

    def read(self, things: Things, iri: str, field: Field, typed: str, *, language: str = "") -> Entered:
        """Read what is typed for a property of a thing; several values are parted by semicolons.

        ``+Name``, or ``+kind:Name`` where a property takes several kinds, makes
        a new register entry, which is a candidate itself.

        Raises:
            UnfitError: it is no value of this property.
        """
        text = " ".join(nfc(typed).split())
        if not text:
            raise UnfitError("empty")
        if "\N{REPLACEMENT CHARACTER}" in text or any(ord(char) < 32 for char in text):  # noqa: PLR2004
            raise UnfitError("letters", text)
        parts = [text]
        if (field.kinds or field.scheme) and not field.is_single:
            parts = [part.strip() for part in text.split(";") if part.strip()]
        values, new = [], dict[str, Block]()
        for part in parts:
            value, brought = self._one({**things, **new}, iri, field, part, language)
            values.append(value)
            new |= brought
        return Entered(tuple(dict.fromkeys(values)), new)

    def _one(self, things: Things, iri: str, field: Field, text: str, language: str) -> tuple[str, Things]:
        if field.scheme:
            return f"<{self._code(field.scheme, text)}>", {}
        if field.kinds:
            return self._thing(things, iri, field, text)
        return self._literal(field, text, language), {}

    def _code(self, scheme: str, text: str) -> str:
        if scheme not in self._codes:
            found: dict[str, str] = {}
            for iri in self.codes(scheme):
                found.setdefault(fold(iri.rpartition("/")[2]), iri)
                for name, value in self._known[iri]:
                    if name in _NAMES:
                        found.setdefault(fold(Value.read(value).text), iri)
            self._codes[scheme] = found
        names = self._codes[scheme]
        bare = text.rpartition(":")[2] if text.startswith("lc-") else text.rpartition("/")[2]
        if fold(bare) in names:
            return names[fold(bare)]
        raise UnfitError("unknown", text, near_names(text, names))

    def _thing(self, things: Things, iri: str, field: Field, text: str) -> tuple[str, Things]:
        if text.startswith(_NEW):
            return self._entry(things, iri, field, text.removeprefix(_NEW).strip())
        try:
            return f"<{self._find(things, field.kinds, text)}>", {}
        except UnknownThingError as error:
            if "period" in field.kinds and (made := self._period(text)):
                return made
            raise UnfitError("unknown", text, error.near) from error
        except ParameterError as error:
            raise UnfitError("several", str(error)) from error

    def _period(self, text: str) -> tuple[str, Things] | None:
        slug = period_slug(text) or slugify(text)
        stretch = stretch_of(slug)
        if stretch is None:
            return None
        block = {
            (RDF.type, f"<{LCK.Period}>"),
            *_labels(stretch.label_vi, stretch.label_en),
            (LCK.firstDay, Literal(stretch.first.isoformat(), XSD + "date").n3()),
            (LCK.lastDay, Literal(stretch.last.isoformat(), XSD + "date").n3()),
            (LCK.precision, f"<{ID}precision/{stretch.precision}>"),
        }
        iri = f"{ID}period/{slug}"
        return f"<{iri}>", {iri: frozenset(block)}

    def _entry(self, things: Things, iri: str, field: Field, text: str) -> tuple[str, Things]:
        """Make an entry of a register, or a described group, that has a name only."""
        may = [kind for kind in field.kinds if kind in REGISTERS or kind == "group"]
        kind, colon, name = text.partition(":")
        if not colon or kind.strip() not in may:
            if len(may) != 1:
                raise UnfitError("kind", ", ".join(f"+{one}:…" for one in may) or text)
            kind, name = may[0], text
        kind, name = kind.strip(), name.strip()
        slug = slugify(name)
        if not slug or kind == "period":
            raise UnfitError("unknown", text)
        block = {(RDF.type, f"<{self._forms.class_of(kind)}>"), CANDIDATE, (LCK.foundBy, '"review"')}
        block |= _labels(name, name if kind in _SAME_IN_BOTH else "")
        if _NAME in self._forms.of(frozenset(block)):
            block.add((_NAME, Literal(name).n3()))
        if kind == "group":
            slug = f"{iri.rpartition('/')[2].partition('--')[0]}--{slug}"
            block |= {pair for pair in things[iri] if pair[0] in _GROUNDS}
        made = f"{ID}{kind}/{slug}"
        if made in things or made in self._known:
            return f"<{made}>", {}
        return f"<{made}>", {made: frozenset(block)}

    def _literal(self, field: Field, text: str, language: str) -> str:
        kind = field.datatype.removeprefix(XSD)
        if field.languages:
            if language not in field.languages:
                raise UnfitError("language", ", ".join(field.languages))
            if _stands_in(text, self._text):
                raise UnfitError("copied", str(LONGEST_QUOTE))
            return Literal(text, language=language).n3()
        cell = Cell(text)
        try:
            if kind == "decimal":
                return Literal(write_decimal(read_decimal(cell)), field.datatype).n3()
            if kind in {"integer", "nonNegativeInteger"}:
                return Literal(str(read_integer(cell)), field.datatype).n3()
            if kind == "date":
                return Literal(read_date(cell).isoformat(), field.datatype).n3()
        except CellError as error:
            raise UnfitError("date" if kind == "date" else "number", text) from error
        if kind == "boolean":
            if fold(text) not in _YES:
                raise UnfitError("boolean", text)
            return Literal(_YES[fold(text)], field.datatype).n3()
        return Literal(text).n3()


def evidence_of(text: str, quote: str, article: str, *, near: int = 0) -> tuple[str, Block]:
    """Make the evidence of words that stand in the text, at the place that lies nearest to *near*.

    Raises:
        QuoteNotFoundError: the words do not stand in the text.
    """
    starts = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        starts.append(at)
        at = text.find(quote, at + 1)
    if not starts:
        raise QuoteNotFoundError(f"{quote!r} does not stand in the text.", quote=quote)
    start = min(starts, key=lambda place: (abs(place - near), place))
    end = start + len(quote)
    oa, count = PREFIXES["oa"], XSD + "nonNegativeInteger"
    block = {
        (RDF.type, f"<{LCK.Evidence}>"),
        (oa + "hasSource", f"<{article}>"),
        (oa + "start", Literal(str(start), count).n3()),
        (oa + "end", Literal(str(end), count).n3()),
        (LCK.sha256, Literal(sha256(quote)).n3()),
    }
    if len(quote) <= LONGEST_QUOTE and "\n" not in quote:
        block.add((oa + "exact", Literal(quote).n3()))
    return f"{article}#char={start},{end}", frozenset(block)


def _labels(vi: str, en: str) -> set[tuple[str, str]]:
    pairs = {(_SKOS + "prefLabel", Literal(vi, language="vi").n3())}
    return pairs | ({(_SKOS + "prefLabel", Literal(en, language="en").n3())} if en else set())


def _stands_in(words: str, text: str) -> bool:
    """Tell whether more of the words than may be quoted stand in the text, one after the other."""
    if len(words) <= LONGEST_QUOTE or not text:
        return False
    flat = " ".join(text.split())
    return any(words[at : at + LONGEST_QUOTE + 1] in flat for at in range(len(words) - LONGEST_QUOTE))
