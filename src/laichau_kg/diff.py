"""What a change adds to the record, removes from it and changes in it, by thing and in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from laichau_kg._things import Things, Value, kind_of
from laichau_kg.report import compact
from laichau_kg.vocab import LCK, PREFIXES, RDF

__all__ = ["Change", "Changes", "Names", "compare"]

_LABEL: Final = PREFIXES["skos"] + "prefLabel"
_DESCRIPTION: Final = PREFIXES["dcterms"] + "description"
_NAMED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "attestation": (PREFIXES["org"] + "member", LCK.post),
    "citation": (LCK.cites, LCK.relation),
    "observation": (LCK.indicator, LCK.area, LCK.period, LCK.status, LCK.value),
    "participation": (LCK.participant, LCK.role, LCK.meeting),
}
_FOREIGN: Final[Mapping[str, tuple[str, str]]] = {
    RDF.type: ("is a", "là"),
    PREFIXES["dcterms"] + "description": ("description", "mô tả"),
    PREFIXES["dcterms"] + "issued": ("published on", "ngày đăng"),
    PREFIXES["dcterms"] + "title": ("title", "tên bài"),
    PREFIXES["foaf"] + "name": ("name", "tên"),
    PREFIXES["oa"] + "exact": ("words", "lời văn"),
    PREFIXES["org"] + "member": ("official", "cán bộ"),
    PREFIXES["org"] + "organization": ("body", "tổ chức"),
    PREFIXES["org"] + "postIn": ("post in", "chức vụ thuộc"),
    PREFIXES["org"] + "subOrganizationOf": ("part of", "trực thuộc"),
    PREFIXES["owl"] + "differentFrom": ("is not", "khác với"),
    PREFIXES["prov"] + "wasDerivedFrom": ("evidence", "căn cứ"),
    PREFIXES["skos"] + "altLabel": ("also called", "còn gọi là"),
    PREFIXES["skos"] + "note": ("note", "ghi chú"),
    PREFIXES["skos"] + "prefLabel": ("label", "nhãn"),
}
_LONGEST: Final = 100
_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "added": "Added",
        "removed": "Removed",
        "changed": "Changed",
        "none": "Nothing would change: the record holds all of this already.",
        "sum": "{added} things added, {removed} removed, {changed} changed.",
        "spans": "evidence: {added} spans added, {removed} removed, {changed} changed",
    },
    "vi": {
        "added": "Thêm",
        "removed": "Bỏ",
        "changed": "Sửa",
        "none": "Không có gì thay đổi: hồ sơ đã có tất cả những điều này.",
        "sum": "Thêm {added}, bỏ {removed}, sửa {changed} đối tượng.",
        "spans": "căn cứ: thêm {added}, bỏ {removed}, sửa {changed} đoạn",
    },
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is added, removed or changed.

    Attributes:
        how: "added", "removed" or "changed".
        thing: Its IRI.
        more: Statements that come, as pairs of property and value in N-Triples.
        less: Statements that go.
    """

    how: str
    thing: str
    more: tuple[tuple[str, str], ...]
    less: tuple[tuple[str, str], ...]

    @property
    def is_evidence(self) -> bool:
        """Whether the thing is a span of an article's text."""
        return "#char=" in self.thing


class Names:
    """What things are called, by language: looked up in layers of statements, the first that knows wins."""

    def __init__(self, *layers: Things) -> None:
        self._layers = layers

    def label(self, iri: str, lang: str) -> str:
        """Name a thing: its label, its description, what it is about, or its short IRI."""
        if iri in _FOREIGN:
            return _FOREIGN[iri][lang == "vi"]
        return self._own(iri, lang) or self._composed(iri, lang) or compact(iri)

    def value(self, written: str, lang: str) -> str:
        """Name a value for people, in one line."""
        value = Value.read(written)
        text = self.label(value.text, lang) if value.is_iri else " ".join(value.text.split())
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        if value.language and not value.is_iri:
            return f"“{text}” ({value.language})"
        return text

    def kind(self, iri: str, lang: str) -> str:
        """Name what a thing is: its class's label, else the kind in its IRI."""
        for block in self._blocks(iri):
            for name, value in sorted(block):
                if name == RDF.type:
                    return self._own(value[1:-1], lang) or compact(value[1:-1])
        return kind_of(iri)

    def _own(self, iri: str, lang: str) -> str:
        found: dict[str, str] = {}
        for wanted in (_LABEL, _DESCRIPTION):
            for block in self._blocks(iri):
                values = [Value.read(value) for name, value in block if name == wanted]
                found |= {value.language: value.text for value in values}
            if found:
                return found.get(lang) or found.get("en") or min(found.values())
        return ""

    def _composed(self, iri: str, lang: str) -> str:
        parts = []
        for wanted in _NAMED_BY.get(kind_of(iri), ()):
            for block in self._blocks(iri):
                found = [self.value(value, lang) for name, value in sorted(block) if name == wanted]
                parts += found
                if found:
                    break
        return ", ".join(dict.fromkeys(parts))

    def _blocks(self, iri: str) -> Iterable[frozenset[tuple[str, str]]]:
        return (layer[iri] for layer in self._layers if iri in layer)


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes, in a stable order, with what is needed to say them."""

    items: tuple[Change, ...]
    names: Names = field(repr=False)

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.items)

    def count(self, how: str) -> int:
        """Count the things added, removed or changed; spans of evidence are not among them."""
        return sum(item.how == how and not item.is_evidence for item in self.items)

    def to_text(self, lang: str = "en") -> str:
        """Write the changes for people; spans of evidence are only counted.

        Args:
            lang: ``en`` or ``vi``.
        """
        words = _WORDS.get(lang, _WORDS["en"])
        if not self:
            return words["none"] + "\n"
        lines: list[str] = []
        for how in _SIGNS:
            of_how = [item for item in self.items if item.how == how and not item.is_evidence]
            lines += (
                [words[how], *(line for item in of_how for line in self._lines(item, lang)), ""]
                if of_how
                else []
            )
        spans = {how: sum(item.how == how and item.is_evidence for item in self.items) for how in _SIGNS}
        tail = f" ({words['spans'].format(**spans)})" if any(spans.values()) else ""
        total = words["sum"].format(**{how: self.count(how) for how in _SIGNS})
        return "\n".join([*lines, total.removesuffix(".") + tail + "."]) + "\n"

    def to_json(self) -> str:
        """Write the changes as JSON: the things with their statements, IRIs in full."""
        things = [
            {
                "how": item.how,
                "thing": item.thing,
                "label": {lang: self.names.label(item.thing, lang) for lang in ("en", "vi")},
                "added": [list(pair) for pair in item.more],
                "removed": [list(pair) for pair in item.less],
            }
            for item in self.items
        ]
        return json.dumps({"changes": things}, ensure_ascii=False, indent=2) + "\n"

    def _lines(self, item: Change, lang: str) -> Iterable[str]:
        label, name = self.names.label(item.thing, lang), compact(item.thing)
        kind = self.names.kind(item.thing, lang)
        yield f"  {_SIGNS[item.how]} {kind}: {label}" + (f"  ({name})" if label != name else "")
        if item.how == "changed":
            for sign, pairs in (("-", item.less), ("+", item.more)):
                for prop, value in pairs:
                    yield f"      {sign} {self.names.label(prop, lang)}: {self.names.value(value, lang)}"


def compare(before: Things, after: Things, names: Names) -> Changes:
    """Compare what is said of things before and after.

    Args:
        before: The statements that may change.
        after: The same, changed.
        names: What the things are called.
    """
    items = []
    for thing in sorted(before.keys() | after.keys()):
        old, new = before.get(thing, frozenset()), after.get(thing, frozenset())
        if old != new:
            how = "added" if not old else "removed" if not new else "changed"
            items.append(Change(how, thing, tuple(sorted(new - old)), tuple(sorted(old - new))))
    return Changes(tuple(items), names)
