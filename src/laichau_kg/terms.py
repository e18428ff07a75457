"""RDF terms as small frozen values, free of any library's types.

They follow RDF 1.1 Concepts, section 3. What a question is given and what an
answer holds are these terms, whatever engine stands behind.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

__all__ = ["XSD", "BlankNode", "Iri", "Literal", "Term"]

XSD = "http://www.w3.org/2001/XMLSchema#"

_IRI_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_INTEGERS = (
    "integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger "
    "byte short int long unsignedByte unsignedShort unsignedInt unsignedLong"
)
_NUMERIC = frozenset(XSD + name for name in ("decimal", *_INTEGERS.split()))
_FLOATING = frozenset((XSD + "double", XSD + "float"))
_DIGITS = 12


@dataclass(frozen=True, slots=True, order=True)
class Iri:
    """An IRI.

    Raises:
        ValueError: the text holds a character that no IRI may hold.
    """

    value: str

    def __post_init__(self) -> None:
        """Refuse what is no IRI."""
        if _IRI_UNSAFE.search(self.value) or not self.value:
            raise ValueError(f"{self.value!r} is no IRI")

    def __str__(self) -> str:
        """Give the bare value."""
        return self.value

    def n3(self) -> str:
        """Write the term as SPARQL and Turtle have it."""
        return f"<{self.value}>"


@dataclass(frozen=True, slots=True, order=True)
class BlankNode:
    """A blank node; its label means nothing outside its answer."""

    value: str

    def __str__(self) -> str:
        """Give the label as Turtle has it."""
        return f"_:{self.value}"

    def n3(self) -> str:
        """Write the term as SPARQL and Turtle have it."""
        return f"_:{self.value}"


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A literal: text with a datatype IRI or a language tag."""

    value: str
    datatype: str = XSD + "string"
    language: str = ""

    def __str__(self) -> str:
        """Give the bare value."""
        return self.value

    def n3(self) -> str:
        """Write the term as SPARQL and Turtle have it, without abbreviation."""
        quoted = '"' + "".join(_ESCAPES.get(char, char) for char in self.value) + '"'
        if self.language:
            return f"{quoted}@{self.language}"
        return quoted if self.datatype == XSD + "string" else f"{quoted}^^<{self.datatype}>"

    def canonical(self) -> "Literal":
        """Give numbers and truth values the one spelling that every engine is brought to.

        ``47.20`` and ``+47.2`` are ``47.2``; types derived from xsd:integer
        are xsd:integer, as Oxigraph and Virtuoso have them; quotients, which
        engines carry to 15 to 40 digits, are rounded to twelve.

        >>> str(Literal("+47.20", XSD + "decimal").canonical())
        '47.2'
        """
        if self.datatype == XSD + "boolean":
            text, datatype = {"1": "true", "0": "false"}.get(self.value, self.value), self.datatype
        elif self.datatype in _NUMERIC:
            datatype = self.datatype if self.datatype == XSD + "decimal" else XSD + "integer"
            try:
                number = Decimal(self.value)
                text = format(round(number, _DIGITS) if "." in self.value else number, "f")
            except (InvalidOperation, ValueError, OverflowError):  # no number, or one too long to round
                return self
            if not number.is_finite():
                return self
            text = (text.rstrip("0").rstrip(".") if "." in text else text) if number else "0"
        elif self.datatype in _FLOATING:
            try:
                text, datatype = repr(float(self.value)), self.datatype
            except ValueError:
                return self
        else:
            return self
        return self if (text, datatype) == (self.value, self.datatype) else Literal(text, datatype)

    def to_python(self) -> str | int | Decimal | bool:
        """Return integers, decimals and booleans as Python has them, all else as text."""
        if self.datatype == XSD + "boolean":
            return self.value in ("true", "1")
        if self.datatype in (XSD + "double", XSD + "float"):
            return Decimal(self.value)
        if self.datatype in _NUMERIC:
            number = Decimal(self.value)
            return number if self.datatype == XSD + "decimal" else int(number)
        return self.value


Term = Iri | BlankNode | Literal
