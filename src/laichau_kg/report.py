"""What a check has found: findings, and the forms a report of them takes.

Here are text for people, JSON for programs, and a ``sh:ValidationReport`` in
Turtle for whoever has SHACL tools; `report_forms` has those that other tools
want.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Literal

from laichau_kg.terms import Iri
from laichau_kg.terms import Literal as RdfLiteral
from laichau_kg.vocab import PREFIXES

__all__ = ["Finding", "Report", "Severity", "compact"]

Severity = Literal["violation", "warning", "info"]
_GRAVEST_FIRST: Final[tuple[Severity, ...]] = ("violation", "warning", "info")

_SH: Final = PREFIXES["sh"]
_LONGEST_FIRST: Final = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_Words = Mapping[str, str | tuple[str, str]]
_WORDS: Final[Mapping[str, _Words]] = {
    "en": {
        "violation": ("violation", "violations"),
        "warning": ("warning", "warnings"),
        "info": ("remark", "remarks"),
        "fine": "No findings: all is as the shapes ask.",
        "line": "line",
        "column": "column",
        "value": "value",
        "rule": "rule",
        "hidden": "not shown",
    },
    "vi": {
        "violation": ("lỗi", "lỗi"),
        "warning": ("cảnh báo", "cảnh báo"),
        "info": ("ghi chú", "ghi chú"),
        "fine": "Không có phát hiện nào: dữ liệu đúng như quy tắc.",
        "line": "dòng",
        "column": "cột",
        "value": "giá trị",
        "rule": "quy tắc",
        "hidden": "không hiển thị",
    },
}


def compact(iri: str) -> str:
    """Write *iri* with its prefix, where the repository has one.

    >>> compact("https://w3id.org/laichau-kg/ontology#value")
    'lck:value'
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that breaks one rule.

    Attributes:
        severity: A violation blocks, a warning is listed, an info is shown on request.
        focus: IRI of the thing, or ``_:…`` for a blank node.
        focus_label: What the thing is called, by language.
        path: The property or path at fault; None where the whole thing is.
        value: The value at fault, as the file has it (IRIs in full); None where a value is missing.
        message: The rule in one sentence, by language.
        rule: IRI of the property shape, node shape or SPARQL constraint.
        component: IRI of the SHACL constraint component.
        file: The file that says so, or None.
        line: The 1-based line to mend, or None where the file's form knows no lines.
        column: The 1-based column in that line, in code points, or None.
    """

    severity: Severity
    focus: str
    focus_label: Mapping[str, str]
    path: str | None
    value: str | None
    message: Mapping[str, str]
    rule: str
    component: str
    file: str | None = None
    line: int | None = None
    column: int | None = None

    def reaches(self, severity: Severity) -> bool:
        """Tell whether the finding is of this severity or graver."""
        return _GRAVEST_FIRST.index(self.severity) <= _GRAVEST_FIRST.index(severity)

    def sort_key(self) -> tuple[str, int, int, str, int, str, str, str, str]:
        """Order findings as one would mend them: by file, line and thing, the graver first."""
        grave = _GRAVEST_FIRST.index(self.severity)
        return (
            self.file or "",
            self.line or 0,
            self.column or 0,
            self.focus,
            grave,
            self.rule,
            self.path or "",
            self.value or "",
            self.message.get("en", ""),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one check, in a stable order."""

    findings: tuple[Finding, ...] = field(default=())

    @property
    def conforms(self) -> bool:
        """Say whether nothing blocks: warnings and remarks do not."""
        return not any(finding.severity == "violation" for finding in self.findings)

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def reaches(self, severity: Severity) -> bool:
        """Tell whether any finding is of this severity or graver."""
        return any(finding.reaches(severity) for finding in self.findings)

    def to_text(self, lang: str = "en", *, infos: bool = False) -> str:
        """Write the report for people: the findings of a thing together, then what they sum up to.

        Args:
            lang: ``en`` or ``vi``.
            infos: Show remarks (``sh:Info``) too.
        """
        words = _WORDS.get(lang, _WORDS["en"])
        shown = [finding for finding in self.findings if infos or finding.severity != "info"]
        lines: list[str] = []
        for file, of_file in groupby(shown, key=lambda finding: finding.file):
            lines += [file, ""] if file else []
            for _, of_thing in groupby(of_file, key=lambda finding: finding.focus):
                lines += [*_thing_lines(list(of_thing), lang, words), ""]
        return "\n".join([*lines, self._summary(words, infos=infos)]) + "\n"

    def _summary(self, words: _Words, *, infos: bool) -> str:
        parts = []
        for severity in _GRAVEST_FIRST:
            number = self.count(severity)
            if number:
                hidden = f" ({words['hidden']})" if severity == "info" and not infos else ""
                parts.append(f"{number} {words[severity][number > 1]}{hidden}")
        if not parts:
            return str(words["fine"])
        return ", ".join(parts) + "."

    def to_json(self) -> str:
        """Write the report as JSON: ``conforms`` and the findings, with all IRIs in full."""
        findings = [
            {
                "severity": finding.severity,
                "focus": finding.focus,
                "focusLabel": dict(finding.focus_label),
                "path": finding.path,
                "value": finding.value,
                "message": dict(finding.message),
                "rule": finding.rule,
                "component": finding.component,
                "file": finding.file,
                "line": finding.line,
                "column": finding.column,
            }
            for finding in self.findings
        ]
        return (
            json.dumps({"conforms": self.conforms, "findings": findings}, ensure_ascii=False, indent=2) + "\n"
        )

    def to_turtle(self) -> str:
        """Write the report as a ``sh:ValidationReport``.

        As SHACL 1.0 (section 3.6) has it, ``sh:conforms`` is true only where there is no result at all,
        of whatever severity.
        """
        results = [_result(finding) for finding in self.findings]
        body = ["    a sh:ValidationReport", f"    sh:conforms {'false' if results else 'true'}"]
        if results:
            body.append("    sh:result\n        " + " ,\n        ".join(results))
        text = "[]\n" + " ;\n".join(body) + " ;\n.\n"
        return f"PREFIX sh: <{_SH}>\n\n{text}"


def _thing_lines(findings: list[Finding], lang: str, words: _Words) -> Iterable[str]:
    first = findings[0]
    label = _in_language(first.focus_label, lang)
    name = compact(first.focus)
    yield f"{label}  ({name})" if label else name
    for finding in findings:
        where = f", {words['line']} {finding.line}" if finding.line else ""
        where += f", {words['column']} {finding.column}" if finding.column else ""
        yield f"  {words[finding.severity][0]}{where}: {_in_language(finding.message, lang)}"
        what = [compact(finding.path)] if finding.path else []
        what += [f"{words['value']} {_shorten(compact(finding.value))}"] if finding.value is not None else []
        if what:
            yield f"    {' · '.join(what)}"
        yield f"    {words['rule']} {finding.rule}"


def _in_language(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")


def _shorten(value: str, most: int = 100) -> str:
    one_line = " ".join(value.split())
    return one_line if len(one_line) <= most else one_line[: most - 1] + "…"


def _result(finding: Finding) -> str:
    rows = [
        "a sh:ValidationResult",
        f"sh:focusNode {_node(finding.focus)}",
        f"sh:resultSeverity sh:{finding.severity.capitalize()}",
        f"sh:sourceConstraintComponent <{finding.component}>",
    ]
    is_sparql = finding.component.endswith("SPARQLConstraintComponent")
    rows.append(f"sh:{'sourceConstraint' if is_sparql else 'sourceShape'} <{finding.rule}>")
    if finding.path and "://" in finding.path and " " not in finding.path:
        rows.append(f"sh:resultPath <{finding.path}>")
    if finding.value is not None:
        rows.append(f"sh:value {_node(finding.value)}")
    rows += [
        f"sh:resultMessage {RdfLiteral(text, language=language).n3()}"
        for language, text in sorted(finding.message.items())
    ]
    inner = "".join(f"            {row} ;\n" for row in rows)
    return f"[\n{inner}        ]"


def _node(value: str) -> str:
    if value.startswith("_:"):
        return "[]"
    if value.startswith(("https://", "http://", "urn:")):
        try:
            return Iri(value).n3()
        except ValueError:
            pass
    return RdfLiteral(value).n3()
