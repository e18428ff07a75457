"""Vietnamese text, without RDF: normal forms, slugs, numbers and spans."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from laichau_kg.errors import QuoteNotFoundError

__all__ = ["Span", "fold", "locate", "near_names", "nfc", "read_numbers", "sha256", "slugify", "write_number"]

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
# A Vietnamese number: dots part thousands, a comma parts decimals.  What follows must not go on as a number.
_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?![\d]|[.,]\d)")
_NONE_LEFT = re.compile(r"\bkhông còn\b", re.IGNORECASE)


class Span(NamedTuple):
    """A stretch of a text: code points from *start* up to, not including, *end*."""

    start: int
    end: int


def nfc(text: str) -> str:
    """Return *text* in Unicode normal form C."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Reduce *text* to what a hurried typist would write: no diacritics, no case, single spaces.

    >>> fold("  Giàng Páo  MỶ – Đoàn")
    'giang pao my – doan'
    """
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACE.sub(" ", bare).strip().casefold()


def slugify(text: str) -> str:
    """Make the ASCII slug of a name.

    >>> slugify("Ủy ban nhân dân tỉnh Lai Châu")
    'uy-ban-nhan-dan-tinh-lai-chau'
    """
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def sha256(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def locate(quote: str, text: str, *, after: int = 0) -> Span:
    """Find where *quote* stands in *text*.

    Both are taken as they are: callers normalise first.  Offsets count code
    points and the end is exclusive.

    >>> locate("Lâm Đồng", "Tỉnh Lâm Đồng mới")
    Span(start=5, end=13)

    Args:
        quote: The phrase to look for.
        text: The text it should stand in.
        after: Pass over matches that start before this offset.

    Raises:
        QuoteNotFoundError: *quote* does not stand in *text*.
    """
    start = text.find(quote, after)
    if not quote or start < 0:
        raise QuoteNotFoundError(f"{quote!r} does not stand in the text after offset {after}.", quote=quote)
    return Span(start, start + len(quote))


def read_numbers(text: str) -> list[Decimal]:
    """Read every number in *text* as Vietnamese news writes it: decimal comma, thousand dots.

    "không còn" (none left) reads as nought.

    >>> read_numbers("9 - 10%/năm, trên 5.406 tỷ, 24,63%, 06 sản phẩm")
    [Decimal('9'), Decimal('10'), Decimal('5406'), Decimal('24.63'), Decimal('6')]
    """
    numbers = [Decimal(found[0].replace(".", "").replace(",", ".")) for found in _NUMBER.finditer(text)]
    return [Decimal(0), *numbers] if _NONE_LEFT.search(text) else numbers


def write_number(number: Decimal, lang: str) -> str:
    """Write *number* as readers of *lang* do: thousands parted, no empty decimals.

    >>> write_number(Decimal("5406.50"), "vi"), write_number(Decimal("5406.50"), "en")
    ('5.406,5', '5,406.5')
    """
    shown = f"{number:,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    shown = shown.replace("-", "\N{MINUS SIGN}")
    return shown.translate({ord(","): ".", ord("."): ","}) if lang == "vi" else shown


def near_names(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return those of *known* that come nearest to *name*, diacritics and case aside, best first.

    After the names that come near as wholes stand those that hold *name*,
    then those with a word that comes near it.

    >>> near_names("grpd", ["Dân số", "GRDP bình quân đầu người"])
    ['GRDP bình quân đầu người']
    """
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(fold(candidate), candidate)
    wanted = fold(name)
    found = get_close_matches(wanted, by_folded, n=most, cutoff=0.6)
    found += [folded for folded in by_folded if wanted and wanted in folded]
    if not found:
        words = get_close_matches(
            wanted, {word for folded in by_folded for word in _WORD.findall(folded)}, cutoff=0.75
        )
        found = [
            folded for word in words for folded in sorted(by_folded, key=len) if word in _WORD.findall(folded)
        ]
    return [by_folded[folded] for folded in dict.fromkeys(found)][:most]
