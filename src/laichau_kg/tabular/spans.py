"""The evidence of one article's facts, as tables give it: spans, quotes, hashes; and the text, if at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from laichau_kg.tabular.cells import Cell, CellError, read_integer
from laichau_kg.tabular.sheets import Problem, Row
from laichau_kg.terms import XSD, Literal
from laichau_kg.text import Span, sha256
from laichau_kg.vocab import LCK, PREFIXES, RDF

__all__ = ["LONGEST_QUOTE", "Place", "Spans"]

LONGEST_QUOTE = 100
_OA = PREFIXES["oa"]
_MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table speaks of a span."""

    sheet: str
    row: int
    column: str

    def problem(self, message: object) -> Problem:
        """Say what is wrong there."""
        return Problem(self.sheet, self.row, self.column, str(message))


@dataclass(slots=True)
class _Said:
    place: Place
    exact: str = ""
    digest: str = ""


@dataclass(slots=True)
class Spans:
    """Gathers the spans of one article, and writes them as evidence.

    Attributes:
        article: The article's IRI.
        text: Its text, or None.
        length: Its length in code points, if it is known.
        known: What the record has of its evidence: IRI -> predicate and object.
    """

    article: str
    text: str | None = None
    length: int | None = None
    known: Mapping[str, set[tuple[str, str]]] = field(default_factory=dict)
    _said: dict[Span, _Said] = field(default_factory=dict)

    def use(self, span: Span, place: Place, *, exact: str = "", digest: str = "") -> str:
        """Note that a span is used, and return its evidence's IRI."""
        said = self._said.setdefault(span, _Said(place))
        said.exact = said.exact or exact
        said.digest = said.digest or digest
        return f"{self.article}#char={span.start},{span.end}"

    def main(self, row: Row) -> tuple[Span, str]:
        """Read which span carries a row's fact: from its start and end, or from its quote.

        Returns:
            The span, and the quote, or "" if there is none.

        Raises:
            CellError: neither is there, or they do not fit each other or the text.
        """
        quote = row.cells["quote"].text.strip() if "quote" in row.cells else ""
        if "start" in row.cells:
            start = read_integer(row.cells["start"])
            if "end" not in row.cells and not quote:
                raise CellError("where it ends is missing; fill in end.")
            end = read_integer(row.cells["end"]) if "end" in row.cells else start + len(quote)
            if start >= end:
                raise CellError(
                    f"the span {start}-{end} is empty; end is the place after its last character."
                )
            if quote and len(quote) != end - start:
                raise CellError(
                    f"the quote has {len(quote)} characters, but {start}-{end} has {end - start}."
                )
            return Span(start, end), quote
        if not quote:
            raise CellError("the fact names no evidence; fill in start and end, or quote and give --text.")
        return self._locate(quote), quote

    def _locate(self, quote: str) -> Span:
        shown = Cell(quote).shown()
        if self.text is None:
            raise CellError(
                f"where {shown} stands is not known; give the text with --text, or start and end."
            )
        places = list(_places(quote, self.text))
        if not places:
            raise CellError(f"{shown} does not stand in the text; copy the words exactly as they are there.")
        if len(places) > 1:
            listed = ", ".join(map(str, places[:_MOST_PLACES])) + (
                ", …" if len(places) > _MOST_PLACES else ""
            )
            raise CellError(
                f"{shown} stands {len(places)} times in the text; write in start which is meant: {listed}."
            )
        return Span(places[0], places[0] + len(quote))

    def write(self, problems: list[Problem]) -> dict[str, set[tuple[str, str]]]:
        """Write each span as evidence; what cannot be right goes to *problems*."""
        triples = {}
        for span, said in self._said.items():
            iri = f"{self.article}#char={span.start},{span.end}"
            try:
                triples[iri] = self._evidence(span, said, self.known.get(iri, set()))
            except CellError as error:
                problems.append(said.place.problem(error))
        return triples

    def _evidence(self, span: Span, said: _Said, known: set[tuple[str, str]]) -> set[tuple[str, str]]:
        name = f"{span.start}-{span.end}"
        length = self.length if self.text is None else len(self.text)
        if length is not None and span.end > length:
            raise CellError(f"the span {name} ends after the text, which has {length} characters.")
        exact = _fitting(said.exact, span)
        words = exact or None if self.text is None else self.text[span.start : span.end]
        if exact and words != exact:
            raise CellError(f"the text has {Cell(words or '').shown()} at {name}, not {Cell(exact).shown()}.")
        digest = said.digest if words is None else sha256(words)
        if said.digest and said.digest != digest:
            raise CellError(
                f"the hash is not that of the words at {name}; leave it empty, or mend start and end."
            )
        if not digest and known:
            return known
        if not digest:
            raise CellError(
                f"the words at {name} are not known; give the text with --text, or list them in evidence.csv."
            )
        number = XSD + "nonNegativeInteger"
        triples = {
            (RDF.type, f"<{LCK.Evidence}>"),
            (_OA + "hasSource", f"<{self.article}>"),
            (_OA + "start", Literal(str(span.start), number).n3()),
            (_OA + "end", Literal(str(span.end), number).n3()),
            (LCK.sha256, Literal(digest).n3()),
        }
        if exact:
            triples.add((_OA + "exact", Literal(exact).n3()))
        return triples | {pair for pair in known if pair[0] == _OA + "exact" and not exact}


def _fitting(exact: str, span: Span) -> str:
    """Return the words of a span as they must be: one for one with its code points."""
    for words in (exact, exact.strip()):
        if len(words) in (0, span.end - span.start):
            return words
    shown = Cell(exact).shown()
    raise CellError(f"{shown} has {len(exact)} characters, but the span {span.start}-{span.end} has not.")


def _places(quote: str, text: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)
