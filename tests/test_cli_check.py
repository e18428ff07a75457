"""`laichau check`: the forms for other tools, and from what severity on it fails."""

import json
from xml.etree import ElementTree as ET

import pytest

from laichau_kg.cli import run
from mini import FIRST, make_checkout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def check(checkout, capsys):
    """Check on the mini record; give exit code and stdout."""

    def runs(*arguments):
        code = run(["--root", str(checkout), "check", *map(str, arguments)])
        return code, capsys.readouterr().out

    return runs


@pytest.fixture
def spoilt(checkout, tmp_path):
    """A bundle of the mini record whose figure has no unit."""
    (path,) = (checkout / "data" / "articles").glob(f"*{FIRST}.ttl")
    copy = tmp_path / "spoilt.ttl"
    text = path.read_text(encoding="utf-8").replace("    lck:unit lc-unit:percent ;\n", "")
    copy.write_text(text, encoding="utf-8")
    return copy


def test_sarif_names_file_line_and_column_of_the_block(check, spoilt):
    """What is missing is pointed at where the thing's block begins."""
    code, out = check(spoilt, "-f", "sarif")
    results = json.loads(out)["runs"][0]["results"]
    found = next(result for result in results if result["ruleId"] == "lcs:Observation-unit")
    place = found["locations"][0]
    region = place["physicalLocation"]["region"]

    line = spoilt.read_text(encoding="utf-8").splitlines()[region["startLine"] - 1]
    assert code == 1
    assert region["startColumn"] == 1
    assert place["logicalLocations"][0]["fullyQualifiedName"].endswith(line.partition(":")[2])


def test_junit_is_written(check, spoilt):
    """The build's form names the rule."""
    code, out = check(spoilt, "-f", "junit", "--lang", "vi")
    cases = ET.fromstring(out).iter("testcase")  # noqa: S314 - our own output

    assert code == 1
    assert "lcs:Observation-unit" in {case.get("classname") for case in cases}


@pytest.mark.parametrize(("severity", "code"), [("violation", 0), ("warning", 0), ("info", 1)])
def test_fail_on_says_from_what_severity_on(check, checkout, severity, code):
    """A record with remarks only fails when remarks are asked to fail it, and they are then shown."""
    place = checkout / "data" / "registers" / "places.ttl"
    before = place.read_text(encoding="utf-8")
    unused = before + '\nlc-place:khong-dung\n    a lck:Place ;\n    skos:prefLabel "Unused"@en , "Bỏ"@vi ;\n'
    place.write_text(unused + "    lck:kind lc-place-kind:area ;\n.\n", encoding="utf-8")

    found, out = check("--fail-on", severity)
    place.write_text(before, encoding="utf-8")

    assert found == code
    assert ("khong-dung" in out) is (severity == "info")


def test_unknown_severity_is_wrong_use(checkout, capsys):
    """A severity that SHACL has not is refused in a sentence."""
    code = run(["--root", str(checkout), "check", "--fail-on", "everything"])

    assert code == 2
    assert "'violation', 'warning', 'info'" in capsys.readouterr().err
