"""An article and what is true of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Article", "Fact"]


@dataclass(frozen=True)
class Fact:
    """What is true of a made-up article, in the form of the benchmark."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    fields: Mapping[str, str]


@dataclass
class Article:
    """A text and its facts."""

    text: str = ""
    facts: list[Fact] = field(default_factory=list)

    def say(self, words: str) -> tuple[int, int]:
        """Add words and give their span."""
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def note(self, what: str, /, *spans: tuple[int, int], **fields: str) -> None:
        """Add a fact."""
        self.facts.append(Fact(what, spans, {name: value for name, value in fields.items() if value}))
