"""The one form in which every extractor hands over what it found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from laichau_kg.errors import DraftError
from laichau_kg.text import Span

__all__ = ["FIELDS", "Candidate", "Extractor", "check_candidates", "count_kinds", "load_extractor"]

FIELDS: Mapping[str, frozenset[str]] = {
    "attestation": frozenset({"official", "post", "organization"}),
    "citation": frozenset({"kind", "number", "name", "title", "issuer"}),
    "commitment": frozenset({"by", "to", "topic", "due"}),
    "directive": frozenset({"by", "to", "topic", "due"}),
    "meeting": frozenset({"key", "kind", "name", "date", "partOfDay", "mode", "organizer"}),
    "observation": frozenset(
        {
            "indicator", "proposal", "area", "period", "status", "measure", "value", "valueMax", "unit",
            "bound", "basePeriod", "total", "priceBasis", "planIssuer",
        }
    ),
    "occurrence": frozenset({"kind", "amount", "unit", "name"}),
    "participation": frozenset({"meeting", "role", "official", "group"}),
    "recommendation": frozenset({"by", "to", "topic", "due"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact that an extractor proposes.

    *start* and *end* are the main evidence, in code points of the text; *rule*
    names what found it. *fields* are text: slugs of the code lists, ISO
    dates, numbers with a point, names as they stand in the text; topics are
    slugs parted by spaces; what is not known is left out. `FIELDS` lists those of each kind. *inferred* names
    the fields that rest on other words than those of the main evidence.
    """

    kind: str
    start: int
    end: int
    rule: str
    fields: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Span, ...] = ()
    inferred: tuple[str, ...] = ()


Extractor = Callable[[str], Iterable[Mapping[str, Any]]]
"""What ``--with`` names: it gets the text and gives mappings.

Each has ``kind``, ``start``, ``end``, ``quote`` (the words between the two,
exactly), ``fields``, and may have ``rule`` and ``evidence`` (pairs of
offsets).
"""


def load_extractor(name: str) -> Extractor:
    """Import the function that *name* (``MODULE:FUNCTION``) stands for.

    Raises:
        DraftError: there is none.
    """
    module, colon, function = name.partition(":")
    if not colon or not module or not function:
        raise DraftError(f"{name!r} names no function; write MODULE:FUNCTION.")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise DraftError(f"{name} cannot be imported: {error}.") from error
    if not callable(found):
        raise DraftError(f"{name} is no function.")
    extractor: Extractor = found
    return extractor


def check_candidates(text: str, proposals: Iterable[Mapping[str, Any]], *, source: str) -> list[Candidate]:
    """Take proposals of another extractor, and refuse those whose words do not stand in the text.

    Raises:
        DraftError: a proposal breaks the form, or its quote differs from the text at its offsets.
    """
    taken = []
    for number, proposal in enumerate(proposals, 1):
        where = f"{source}, candidate {number}"
        try:
            kind, start, end, quote = (proposal[name] for name in ("kind", "start", "end", "quote"))
            fields, rule = dict(proposal.get("fields", {})), str(proposal.get("rule", source))
            spans = tuple(Span(int(first), int(last)) for first, last in proposal.get("evidence", ()))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DraftError(
                f"{where}: kind, start, end and quote are needed, and pairs of offsets as evidence ({error})."
            ) from error
        if kind not in FIELDS:
            raise DraftError(
                f"{where}: {kind!r} is no kind of candidate; known are {', '.join(sorted(FIELDS))}."
            )
        if unknown := sorted(set(fields) - FIELDS[kind]):
            raise DraftError(
                f"{where}: {kind} has no field {unknown[0]!r}; it has {', '.join(sorted(FIELDS[kind]))}."
            )
        for first, last in ((start, end), *spans):
            if not (isinstance(first, int) and isinstance(last, int) and 0 <= first < last <= len(text)):
                raise DraftError(f"{where}: the span {first}–{last} lies outside the text (0–{len(text)}).")
        if text[start:end] != quote:
            raise DraftError(
                f"{where}: {quote!r} does not stand at {start}–{end}; there stands {text[start:end]!r}."
            )
        taken.append(
            Candidate(kind, start, end, rule, {name: str(value) for name, value in fields.items()}, spans)
        )
    return taken


def count_kinds(candidates: Iterable[Candidate]) -> Sequence[tuple[str, int]]:
    """Count the candidates of each kind, by kind."""
    counts: dict[str, int] = {}
    for candidate in candidates:
        counts[candidate.kind] = counts.get(candidate.kind, 0) + 1
    return sorted(counts.items())
