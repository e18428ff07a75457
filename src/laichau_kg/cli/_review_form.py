"""The form of one thing in a review: its lines, what is typed for them, and what is suggested."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from laichau_kg._things import Value, kind_of
from laichau_kg.cli._review_words import REASONS, WORDS
from laichau_kg.diff import Names
from laichau_kg.errors import QuoteNotFoundError
from laichau_kg.report import compact
from laichau_kg.reviewing import FIXED, Directory, Field, Review, UnfitError, Values, evidence_of, unanswered
from laichau_kg.text import fold
from laichau_kg.vocab import LCK, PREFIXES, RDF

if TYPE_CHECKING:
    from laichau_kg._things import Things
    from laichau_kg.cli._review_terminal import Terminal
    from laichau_kg.report import Finding

__all__ = ["Form", "Row", "Sitting"]

_MOST_SUGGESTED: Final = 9
_MEMBER: Final = PREFIXES["org"] + "member"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a thing's form: a property, in one language where it has languages."""

    field: Field
    language: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a review needs while it is held.

    Attributes:
        review: The bundle under review.
        values: Reads what is typed.
        directory: Finds things by name.
        terminal: Where it takes place.
        text: The article's text, or nothing.
        save: Called after each step.
        known: What the record says, for names.
        lang: The language it is held in.
    """

    review: Review
    values: Values
    directory: Directory
    terminal: "Terminal"
    text: str
    save: "Callable[[Things], None]"
    known: "Things"
    lang: str


class Form:
    """Shows and fills in the forms of things."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._words = WORDS[sitting.lang]

    def _names(self) -> Names:
        return Names(self._sitting.review.things, self._sitting.known)

    def name(self, iri: str) -> str:
        """Name a thing."""
        return self._names().label(iri, self._sitting.lang)

    def kind(self, iri: str) -> str:
        """Name what a thing is."""
        plain = frozenset(
            pair for pair in self._sitting.review.things[iri] if pair[1] != f"<{LCK.Candidate}>"
        )
        return Names({iri: plain}, self._sitting.known).kind(iri, self._sitting.lang)

    def said(self, finding: "Finding") -> str:
        """Say a finding."""
        return finding.message.get(self._sitting.lang) or finding.message.get("en", "")

    def value(self, written: str) -> str:
        """Write a value for people."""
        value = Value.read(written)
        return self._names().label(value.text, self._sitting.lang) if value.is_iri else value.text

    def rows(self, iri: str) -> Iterator[Row]:
        """List the lines of a thing that can be filled in."""
        block = self._sitting.review.things[iri]
        for field in self._sitting.review.forms.of(block).values():
            if field.path in FIXED:
                continue
            values = sorted(value for name, value in block if name == field.path)
            if not field.languages:
                yield Row(field, "", tuple(values))
            for language in field.languages:
                own = tuple(value for value in values if value.endswith(f'"@{language}'))
                yield Row(field, language, own)

    def row_name(self, row: Row) -> str:
        """Name a line."""
        name = self._names().label(row.field.path, self._sitting.lang)
        return f"{name} ({row.language})" if row.language else name

    def _row_names(self, row: Row) -> tuple[str, str]:
        """Name a line as it is shown, and as short as it can be typed: the property's own name."""
        short = compact(row.field.path).partition(":")[2]
        return self.row_name(row), f"{short} ({row.language})" if row.language else short

    def rows_of(self, iri: str, finding: "Finding") -> list[Row]:
        """List the lines that a finding asks to fill in: of its property the empty ones, else the first."""
        if finding.path is None:
            return []
        parts = finding.path.split("/") if "://" not in finding.path else []
        rows = [
            row
            for row in self.rows(iri)
            if row.field.path == finding.path or compact(row.field.path) in parts
        ]
        return [row for row in rows if not row.values] or rows[:1]

    def mend(self, iri: str, rest: str) -> bool:
        """Ask which line to mend, unless *rest* says so, and for its value; tell whether anything changed."""
        rows = list(self.rows(iri))
        has_words = any(name == LCK.mainEvidence for name, _ in self._sitting.review.things[iri])
        names = [self._row_names(row) for row in rows]
        names += [(self._words["evidence"], "evidence")] if has_words else []
        place, value = self._choose(names, rest)
        if place is None:
            return False
        return self._requote(iri, value) if place == len(rows) else self.fill(iri, rows[place], value)

    def _choose(self, names: list[tuple[str, str]], rest: str) -> tuple[int | None, str]:
        """Ask which line is meant, unless *rest* says so; return its place and what follows its name."""
        if not rest:
            for number, (name, _) in enumerate(names, 1):
                self._sitting.terminal.say(f"{number:>3} {name}")
            rest = self._sitting.terminal.ask(self._words["which"])
            if not rest:
                return None, ""
        first, _, value = rest.partition(" ")
        if first.isdecimal() and 1 <= int(first) <= len(names):
            return int(first) - 1, value.strip()
        typed = rest.split()
        plain = [fold(word).strip("()") for word in typed]
        known = [
            (place, [word.strip("()") for word in fold(name).split()])
            for place, both in enumerate(names)
            for name in both
        ]
        for place, words in sorted(known, key=lambda pair: -len(pair[1])):
            if plain[: len(words)] == words:
                return place, " ".join(typed[len(words) :])
        self._sitting.terminal.say(self._words["no-field"].format(typed=rest[:40]))
        return None, ""

    def reason(self, iri: str, typed: str) -> str | None:
        """Read why words are left out; None, and a sentence, where it is no such reason."""
        sitting = self._sitting
        field = sitting.review.forms.of(frozenset({(RDF.type, f"<{LCK.Omission}>")}))[LCK.reason]
        try:
            return sitting.values.read(sitting.review.things, iri, field, typed).values[0]
        except UnfitError as error:
            sitting.terminal.say(self._unfit(error))
            return None

    def fill(self, iri: str, row: Row, typed: str = "") -> bool:
        """Ask for a property's value until one fits; False when it is left as it is."""
        suggested = self._suggestions(iri, row.field)
        if not typed and suggested:
            shown = "  ".join(f"[{number}] {self.name(one)}" for number, one in enumerate(suggested, 1))
            self._sitting.terminal.say(shown, indent="  ")
        language = f" ({row.language})" if row.language else ""
        name = self._names().label(row.field.path, self._sitting.lang)
        prompt = self._words["value"].format(name=name, language=language)
        while True:
            typed = typed or self._sitting.terminal.ask(prompt)
            if not typed:
                return False
            try:
                self._take(iri, row, typed, suggested)
            except UnfitError as error:
                self._sitting.terminal.say(self._unfit(error))
                typed = ""
                continue
            self._sitting.save(self._sitting.review.things)
            return True

    def answer(self, iri: str) -> None:
        """Ask for what the text says and a draft could make no value of; Enter leaves it out."""
        said = unanswered(self._sitting.review.things[iri])
        for row in list(self.rows(iri)) if said else ():
            name = compact(row.field.path).partition(":")[2]
            if name in said:
                self._sitting.terminal.say(f"{self._words['proposal']}: {said[name]}")
                self.fill(iri, row)

    def _take(self, iri: str, row: Row, typed: str, suggested: list[str]) -> None:
        if typed == "-":
            self._sitting.review.mend(iri, row.field.path, (), language=row.language)
            return
        if suggested:
            parts = [part.strip() for part in typed.split(";")]
            typed = "; ".join(
                compact(suggested[int(part) - 1])
                if part.isdecimal() and 1 <= int(part) <= len(suggested)
                else part
                for part in parts
            )
        entered = self._sitting.values.read(
            self._sitting.review.things, iri, row.field, typed, language=row.language
        )
        self._sitting.review.mend(iri, row.field.path, entered.values, language=row.language, new=entered.new)

    def _unfit(self, error: UnfitError) -> str:
        said = REASONS[self._sitting.lang][error.reason].format(text=error.text)
        near = ", ".join(error.near)
        return f"{said} {self._words['choose'].format(near=near)}" if near else said

    def _suggestions(self, iri: str, field: Field) -> list[str]:
        """List values that lie near: the codes of a list, what the text calls it, what other facts have."""
        if field.scheme:
            return self._sitting.values.codes(field.scheme)
        if not field.kinds:
            return []
        things = self._sitting.review.things
        name = field.path.rpartition("#")[2]
        said = [Value.read(value).text for path, value in sorted(things[iri]) if path == LCK.proposal]
        wanted = [text.partition(": ")[2] for text in said if text.startswith(f"{name}: ")]
        wanted += [text for text in said if ": " not in text]
        near = [one for text in wanted for one in self._sitting.directory.near(things, field.kinds, text)]
        paths = (field.path, _MEMBER)
        used = Counter(
            Value.read(value).text for block in things.values() for path, value in block if path in paths
        )
        often = [one for one, _ in sorted(used.items(), key=lambda pair: (-pair[1], pair[0]))]
        fitting = [one for one in (*near, *often) if kind_of(one) in field.kinds and one != iri]
        return list(dict.fromkeys(fitting))[:_MOST_SUGGESTED]

    def _requote(self, iri: str, quote: str) -> bool:
        """Let a fact rest on other words of the text."""
        if not self._sitting.text:
            self._sitting.terminal.say(self._words["needs-text"])
            return False
        block = self._sitting.review.things[iri]
        old = next(Value.read(value).text for name, value in block if name == LCK.mainEvidence)
        article, _, span = old.partition("#char=")
        while True:
            quote = quote or self._sitting.terminal.ask(self._words["words"])
            if not quote:
                return False
            try:
                evidence, said = evidence_of(
                    self._sitting.text, quote, article, near=int(span.partition(",")[0])
                )
            except QuoteNotFoundError:
                self._sitting.terminal.say(self._words["no-words"])
                quote = ""
                continue
            self._sitting.review.rest_on(iri, evidence, said)
            self._sitting.save(self._sitting.review.things)
            return True

    def identify(self, iri: str) -> bool:
        """Ask whether a new entry is the known thing that it looks like."""
        alike = self._sitting.review.alike(iri)
        self._sitting.terminal.say(f"! {self._words['looks']}")
        for number, one in enumerate(alike, 1):
            self._sitting.terminal.say(f"[{number}] {self.name(one)}  ({compact(one)})", indent="  ")
        while True:
            typed = fold(self._sitting.terminal.ask(self._words["same"]))
            if not typed:
                return False
            if typed == "n":
                self._sitting.review.different(iri, alike)
            elif typed.isdecimal() and 1 <= int(typed) <= len(alike):
                self._sitting.review.same(iri, alike[int(typed) - 1])
            else:
                continue
            self._sitting.save(self._sitting.review.things)
            return True
