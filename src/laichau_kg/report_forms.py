"""The forms of a report that other tools read: SARIF for code hosts, JUnit for builds.

SARIF is OASIS's "Static Analysis Results Interchange Format" 2.1.0 with
errata 01. JUnit has no standard; written is what its many readers share.
"""

import hashlib
import json
from collections.abc import Mapping
from itertools import groupby
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from laichau_kg.report import Finding, Report, Severity, compact
from laichau_kg.rules import Rule, RuleBook

__all__ = ["to_junit", "to_sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME: Final = "https://w3id.org/laichau-kg"
_LEVELS: Final[Mapping[Severity, str]] = {"violation": "error", "warning": "warning", "info": "note"}
_NOT_IN_XML: Final = {code: "�" for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: "�", 0xFFFF: "�"}


def to_sarif(report: Report, rules: RuleBook, *, lang: str = "en", version: str = "") -> str:
    """Write *report* as a SARIF 2.1.0 log with one run.

    Each finding names its rule; the rules that found something are described
    in the log, with their example. A fingerprint holds as long as thing,
    property, value and rule are the same, wherever the lines move.

    Args:
        report: What was found.
        rules: What the rules ask.
        lang: The language of the messages' first sentence; the other one follows in brackets.
        version: The program's version.
    """
    names = sorted({finding.rule for finding in report.findings})
    index = {name: number for number, name in enumerate(names)}
    driver: dict[str, Any] = {
        "name": "laichau-kg",
        "informationUri": _HOME,
        "rules": [_described(name, rules, lang) for name in names],
    }
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.rule], lang) for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _described(name: str, rules: RuleBook, lang: str) -> dict[str, Any]:
    rule = rules.find(name)
    described: dict[str, Any] = {"id": compact(name), "helpUri": name}
    if rule is None:
        return described
    described |= {
        "name": rule.name,
        "shortDescription": {"text": _both(rule.asks, lang)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "help": _help(rule, rules, lang),
        "properties": {"tags": [rule.module], "judges": list(rule.judges)},
    }
    if rule.reason:
        described["fullDescription"] = {"text": _both(rule.reason, lang)}
    return described


def _help(rule: Rule, rules: RuleBook, lang: str) -> dict[str, str]:
    parts = [_both(texts, lang) for texts in (rule.asks, rule.reason) if texts]
    example = rules.example(rule)
    if example is None:
        return {"text": "\n\n".join(parts)}
    shown = (("Wrong · Sai", example.wrong), ("Mended · Đã sửa", example.mended))
    text = "\n\n".join([*parts, *(f"{title}:\n\n{code}" for title, code in shown)])
    marked = "\n\n".join([*parts, *(f"**{title}**\n\n```turtle\n{code}```" for title, code in shown)])
    return {"text": text, "markdown": marked}


def _result(finding: Finding, index: int, lang: str) -> dict[str, Any]:
    label = finding.focus_label.get(lang) or finding.focus_label.get("en") or ""
    about = f"{label} ({compact(finding.focus)})" if label else compact(finding.focus)
    what = f" {compact(finding.path)}" if finding.path else ""
    what += f" = {finding.value}" if finding.value is not None else ""
    identity = "\n".join((finding.rule, finding.focus, finding.path or "", finding.value or ""))
    result: dict[str, Any] = {
        "ruleId": compact(finding.rule),
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{_both(finding.message, lang)}\n{about}{what}"},
        "partialFingerprints": {"laichauFinding/v1": hashlib.sha256(identity.encode()).hexdigest()},
    }
    place: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": finding.focus, "name": label or finding.focus}]
    }
    if finding.file is not None:
        physical: dict[str, Any] = {"artifactLocation": _artifact(finding.file)}
        if finding.line is not None:
            physical["region"] = {"startLine": finding.line}
            if finding.column is not None:
                physical["region"]["startColumn"] = finding.column
        place["physicalLocation"] = physical
    result["locations"] = [place]
    return result


def _artifact(name: str) -> dict[str, str]:
    path = PurePath(name)
    return {"uri": path.as_uri() if path.is_absolute() else quote(path.as_posix())}


def _both(texts: Mapping[str, str], lang: str) -> str:
    first = texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")
    others = [text for language, text in sorted(texts.items()) if text != first and language != lang]
    return " ".join([first, *(f"({text})" for text in others)])


def to_junit(report: Report, *, lang: str = "en", fail_on: Severity = "violation") -> str:
    """Write *report* as JUnit XML: a suite a file, a case a finding.

    Args:
        report: What was found; without findings there is one case, which passed.
        lang: The language of the messages.
        fail_on: Findings of this severity and graver are failures; the others are said, and pass.
    """
    suites = ET.Element("testsuites", name="laichau check")
    total = 0
    by_file = groupby(report.findings, key=lambda finding: finding.file)
    for file, findings in [(file, list(found)) for file, found in by_file]:
        suite = ET.SubElement(suites, "testsuite", name=_clean(file or "record"))
        failures = 0
        for finding in findings:
            failures += _case(suite, finding, lang, fail_on)
        suite.attrib |= _counts(len(findings), failures)
        total += failures
    if not report.findings:
        suite = ET.SubElement(suites, "testsuite", _counts(1, 0), name="record")
        ET.SubElement(suite, "testcase", classname="record", name="shapes")
    suites.attrib |= _counts(max(len(report.findings), 1), total)
    ET.indent(suites)
    return "<?xml version='1.0' encoding='UTF-8'?>\n" + ET.tostring(suites, encoding="unicode") + "\n"


def _case(suite: ET.Element, finding: Finding, lang: str, fail_on: Severity) -> int:
    label = finding.focus_label.get(lang) or compact(finding.focus)
    message = _clean(finding.message.get(lang) or finding.message.get("en") or "")
    where = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    case = ET.SubElement(
        suite, "testcase", classname=compact(finding.rule), name=_clean(f"{label} ({compact(finding.focus)})")
    )
    if finding.file is not None:
        case.set("file", _clean(finding.file))
    if finding.line is not None:
        case.set("line", str(finding.line))
    lines = [where, message, compact(finding.path or ""), finding.value or "", finding.rule]
    body = _clean("\n".join(line for line in lines if line))
    if not finding.reaches(fail_on):
        ET.SubElement(case, "system-out").text = f"{finding.severity}: {body}"
        return 0
    failure = ET.SubElement(case, "failure", type=finding.severity, message=message)
    failure.text = body
    return 1


def _counts(tests: int, failures: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0"}


def _clean(text: str) -> str:
    """Replace what XML 1.0 has no way to write."""
    return text.translate(_NOT_IN_XML)
