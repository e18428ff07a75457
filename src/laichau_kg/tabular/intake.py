"""What an import works on: the record as it is, the articles that tables speak of, and what is new."""

from dataclasses import dataclass, field
from pathlib import Path

from laichau_kg._reading import read_file
from laichau_kg.errors import TableError
from laichau_kg.layout import Layout
from laichau_kg.store import article_graph
from laichau_kg.tabular.names import Names
from laichau_kg.tabular.periods import stretch_of
from laichau_kg.tabular.sheets import Problem, Row, Sheet
from laichau_kg.tabular.spans import Place, Spans
from laichau_kg.terms import XSD, Literal
from laichau_kg.vocab import GRAPH, ID, LCK, PREFIXES, RDF

__all__ = ["Article", "Intake", "Plan", "Triples", "language_of", "unquoted"]

Triples = dict[str, set[tuple[str, str]]]
"""Subject -> predicate and object; the object as N-Triples has it."""

_SKOS = PREFIXES["skos"]
_NAMES = {_SKOS + "prefLabel", _SKOS + "altLabel", PREFIXES["foaf"] + "name", LCK.number, LCK.symbol}


@dataclass(slots=True)
class Article:
    """An article's bundle as it grows."""

    spans: Spans
    triples: Triples = field(default_factory=dict)
    text_name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A row, what it is about, and the article it belongs to ("" for a register's)."""

    sheet: Sheet
    row: Row
    iri: str = ""
    article: str = ""

    def place(self, column: str) -> Place:
        """Name one of the row's cells."""
        return Place(self.sheet.name, self.row.number, column)

    def text(self, column: str) -> str:
        """Return a cell's text with single spaces; "" if it is empty."""
        return self.row.cells[column].plain() if column in self.row.cells else ""


class Intake:
    """The state of one import.

    Attributes:
        names: What cells may name.
        known: What the record's registers and code lists say.
        articles: The bundles, by the article's slug.
        new: Register entries that the record has not.
        problems: What cannot be read.
    """

    def __init__(self, layout: Layout, problems: list[Problem]) -> None:
        self._layout = layout
        self._recorded: dict[str, Triples] = {}
        self.names = Names(self.recorded)
        self.known: Triples = {}
        self.articles: dict[str, Article] = {}
        self.new: Triples = {}
        self.problems = problems
        for path in (*layout.register_files(), *layout.scheme_files()):
            for subject, pairs in self._read(path).items():
                self.known.setdefault(subject, set()).update(pairs)

    def recorded(self, slug: str) -> Triples:
        """Return what the record has of an article; nothing if it has not the article."""
        if slug not in self._recorded:
            self._recorded[slug] = {}
            for path in self._layout.articles.glob("*.ttl"):
                if article_graph(path) == GRAPH + slug:
                    self._recorded[slug] = self._read(path)
        return self._recorded[slug]

    def list_article(self, slug: str) -> None:
        """Begin the bundle of an article whose facts are all in the tables."""
        self.articles[slug] = Article(Spans(f"{ID}article/{slug}", known=self.recorded(slug)))

    def add_to_article(self, slug: str) -> None:
        """Begin the bundle of an article of the record that tables add facts to, unless it is begun."""
        if slug not in self.articles:
            iri, recorded = f"{ID}article/{slug}", self.recorded(slug)
            lengths = [unquoted(value) for name, value in recorded[iri] if name == LCK.length]
            spans = Spans(iri, length=int(lengths[0]) if lengths else None, known=recorded)
            triples = {subject: set(pairs) for subject, pairs in recorded.items()}
            self.articles[slug] = Article(spans, triples)

    def take_text(self, path: Path, source_files: dict[str, str], *, alone: bool) -> None:
        """Give an article its text: the one whose source file has the name, or the only one.

        Raises:
            TableError: the file cannot be read, or fits no article.
        """
        try:
            text = path.read_bytes().decode()
        except OSError as error:
            raise TableError(f"{path}: cannot be read: {error.strerror or error}.") from error
        except UnicodeDecodeError as error:
            raise TableError(f"{path}: is not UTF-8; spans count the characters of UTF-8 text.") from error
        fits = [slug for slug, name in source_files.items() if name == path.name]
        if not fits and alone:
            fits = list(source_files)
        if len(fits) != 1:
            raise TableError(f"{path}: no article of the tables has {path.name} as its source_file.")
        self.articles[fits[0]].spans.text = text
        self.articles[fits[0]].text_name = path.name

    def list_period(self, iri: str) -> None:
        """Make a new register entry of a period that has a slug of the usual form, unless there is one."""
        stretch = stretch_of(iri.rpartition("/")[2])
        if iri in self.known or iri in self.new or stretch is None:
            return
        self.names.add(iri, [stretch.label_en, stretch.label_vi])
        self.new[iri] = {
            (RDF.type, f"<{LCK.Period}>"),
            (_SKOS + "prefLabel", Literal(stretch.label_en, language="en").n3()),
            (_SKOS + "prefLabel", Literal(stretch.label_vi, language="vi").n3()),
            (LCK.firstDay, Literal(stretch.first.isoformat(), XSD + "date").n3()),
            (LCK.lastDay, Literal(stretch.last.isoformat(), XSD + "date").n3()),
            (LCK.precision, f"<{ID}precision/{stretch.precision}>"),
        }

    def _read(self, path: Path) -> Triples:
        triples: Triples = {}
        for subject, predicate, value in read_file(path).statements:
            triples.setdefault(subject.value, set()).add((predicate.value, str(value)))
            if predicate.value == RDF.type:
                self.names.add(subject.value)
            elif predicate.value in _NAMES:
                self.names.add(subject.value, [value.value])
        return triples


def language_of(value: str) -> str:
    """Return the language of a literal of N-Triples; "" for what has none.

    >>> language_of('"Mường Tè"@vi')
    'vi'
    """
    tag = value.rpartition('"')[2]
    return tag[1:] if value.startswith('"') and tag.startswith("@") else ""


def unquoted(value: str) -> str:
    """Return what a literal of N-Triples says, if it holds no escapes.

    >>> unquoted('"12"^^<http://www.w3.org/2001/XMLSchema#integer>')
    '12'
    """
    return value[1:].partition('"')[0]
