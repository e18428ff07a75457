"""The rules as a reader meets them: what each asks, why, a wrong example and its mend.

A rule is whatever a finding may name: a property shape, a SPARQL constraint
or a node shape with a message of its own. What it says is read from the
shapes; the example is read from its page in ``docs/rules/``. One rule is no
shape, for it compares names as SPARQL cannot: `IDENTITY`, which
`laichau_kg.identity` judges by.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from laichau_kg._reading import read_file
from laichau_kg.errors import UnknownRuleError
from laichau_kg.layout import Layout
from laichau_kg.report import Severity, compact
from laichau_kg.text import near_names
from laichau_kg.vocab import LCS, PREFIXES

__all__ = ["IDENTITY", "Example", "Rule", "RuleBook", "load_rule_book"]

_SH: Final = PREFIXES["sh"]
_COMMENT: Final = PREFIXES["rdfs"] + "comment"
_CASES: Final = {"Violation": "violation", "Warning": "warning", "Info": "info"}
_TARGETS: Final = tuple(_SH + name for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf"))
_BLANK: Final = re.compile(r"\{[?$]\w+\}")  # where a message has a value of the finding
_BLOCK: Final = re.compile(r"^```turtle\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """Turtle that breaks a rule, and the same as it should be; ``# …`` stands for lines left out."""

    wrong: str
    mended: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        iri: Its IRI, which a finding names.
        name: Its local name, such as ``Article-issued``.
        severity: A violation blocks, a warning is listed, an info is shown on request.
        asks: What it asks for, one sentence a language.
        reason: Why, by language; empty where the shapes do not say.
        module: Stem of the file that holds it: of shapes, or the program's own.
        judges: The classes and properties whose things it looks at, with prefixes.
        path: The property it looks at, with prefix; None where it looks at the whole thing.
    """

    iri: str
    name: str
    severity: Severity
    asks: Mapping[str, str]
    reason: Mapping[str, str]
    module: str
    judges: tuple[str, ...]
    path: str | None


IDENTITY: Final = Rule(
    iri=LCS + "Identity-known",
    name="Identity-known",
    severity="violation",
    asks={
        "en": "What is new must not be something known: this looks like ….",
        "vi": "Mục mới không được trùng với mục đã có: mục này giống ….",
    },
    reason={
        "en": "One thing under two addresses is two halves of what is known of it. Whether two names mean "
        "one thing the editor says once: use the known address, or accept with --same NEW=KNOWN, which "
        "writes the alias and the other name shown here; or with --different NEW=KNOWN, which writes "
        "owl:differentFrom.",
        "vi": "Một đối tượng mang hai địa chỉ là hai nửa hiểu biết về cùng một đối tượng. Hai tên có chỉ một "
        "đối tượng hay không do người biên tập trả lời một lần: dùng địa chỉ đã có; hoặc khi nhận thêm "
        "--same MỚI=ĐÃ-CÓ để ghi tên rút gọn khác và tên khác như dưới đây, --different MỚI=ĐÃ-CÓ để ghi "
        "owl:differentFrom.",
    },
    module="identity",
    judges=("lck:Document", "lck:Official", "lck:Place", "org:Organization", "org:Post"),
    path=None,
)


class RuleBook:
    """All rules, by IRI."""

    def __init__(self, rules: Mapping[str, Rule], pages: Path) -> None:
        self._rules = dict(sorted(rules.items()))
        self._pages = pages

    def __iter__(self) -> Iterator[Rule]:
        """Go through the rules by name."""
        return iter(self._rules.values())

    def __len__(self) -> int:
        """Count the rules."""
        return len(self._rules)

    def find(self, iri: str) -> Rule | None:
        """Return the rule with this IRI."""
        return self._rules.get(iri)

    def get(self, name: str) -> Rule:
        """Return the rule that *name* means: its IRI, ``lcs:`` name or local name, in any case.

        Raises:
            UnknownRuleError: there is none; the error has near names.
        """
        local = name.removeprefix("<").removesuffix(">").removeprefix(LCS).removeprefix("lcs:")
        by_name = {rule.name: rule for rule in self}
        by_case = {known.casefold(): rule for known, rule in by_name.items()}
        found = by_name.get(local) or by_case.get(local.casefold())
        if found is None:
            raise UnknownRuleError(f"No rule {name!r}.", name=name, near=near_names(local, by_name))
        return found

    def page(self, rule: Rule) -> Path:
        """Return where the rule's page lies, or should."""
        return self._pages / f"{rule.name}.md"

    def example(self, rule: Rule) -> Example | None:
        """Read the example off the rule's page; None where the record has no such page."""
        try:
            blocks = _BLOCK.findall(self.page(rule).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return Example(*blocks[:2]) if len(blocks) > 1 else None


def load_rule_book(layout: Layout) -> RuleBook:
    """Read the rules from the shapes at *layout*, and add the one that is no shape.

    Raises:
        TurtleError: a file of shapes is no valid Turtle.
    """
    rules = {IDENTITY.iri: IDENTITY}
    for path in layout.shape_files():
        blocks: dict[str, list[tuple[str, str, str]]] = {}
        owners: dict[str, list[str]] = {}
        for subject, predicate, value in read_file(path).statements:
            language = getattr(value, "language", None) or ""
            blocks.setdefault(subject.value, []).append((predicate.value, value.value, language))
            if predicate.value in (_SH + "property", _SH + "sparql"):
                owners.setdefault(value.value, []).append(subject.value)
        for iri, block in blocks.items():
            if iri.startswith(LCS) and any(predicate == _SH + "message" for predicate, _, _ in block):
                rules[iri] = _rule(iri, blocks, owners.get(iri, []), path.stem)
    return RuleBook(rules, layout.rule_pages)


def _rule(iri: str, blocks: Mapping[str, list[tuple[str, str, str]]], owners: list[str], module: str) -> Rule:
    block = blocks[iri]
    around = [block, *(blocks[owner] for owner in owners)]
    severity = next((value for part in around for name, value, _ in part if name == _SH + "severity"), "")
    judges = {value for part in around for name, value, _ in part if name in _TARGETS}
    paths = [value for name, value, _ in block if name == _SH + "path"]
    return Rule(
        iri=iri,
        name=iri.removeprefix(LCS),
        severity=_CASES.get(severity.removeprefix(_SH), "violation"),  # type: ignore[arg-type]
        asks=_texts(block, _SH + "message"),
        reason=next(filter(None, (_texts(part, _COMMENT) for part in around)), {}),
        module=module,
        judges=tuple(sorted(compact(value) for value in judges)),
        path=next((compact(path) for path in paths if "://" in path), None),
    )


def _texts(block: list[tuple[str, str, str]], predicate: str) -> dict[str, str]:
    return {
        language: _BLANK.sub("…", value)
        for name, value, language in sorted(block)
        if name == predicate and language
    }
