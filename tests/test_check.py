"""``laichau check`` as a library: a bundle with one line changed is refused, and the finding says why."""

import json
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph, URIRef

from laichau_kg import shapes
from laichau_kg._lines import map_lines
from laichau_kg._reading import read_file
from laichau_kg.errors import TurtleError
from laichau_kg.layout import find_layout
from laichau_kg.report import Finding, Report, compact
from laichau_kg.vocab import ID, LCS

LAYOUT = find_layout(Path(__file__).parents[1])
SLUG = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau"
BUNDLE = LAYOUT.articles / f"2020-07-17-{SLUG}.ttl"
VILLAGES = f"lc-observation:{SLUG}--thon-ban-co-dien-luoi-quoc-gia-2020-h1"
SHARE = f"{VILLAGES}-ty-le"
MINISTER = f"lc-attestation:{SLUG}--tran-tuan-anh-bo-truong-bo-cong-thuong"
TWIN = f"lc-observation:{SLUG}--thon-ban-sao"

FAULTS = {
    "a-fact-without-evidence": (SHARE, r"    prov:wasDerivedFrom[^;]*;\n", "", SHARE, "Fact-wasDerivedFrom"),
    "reversed-offsets": ("<#char=0,59>", r'oa:start "0"', 'oa:start "99"', "<#char=0,59>", "Evidence-order"),
    "offsets-outside": (
        f"lc-article:{SLUG}",
        r"lck:length \d+",
        "lck:length 50",
        "<#char=0,59>",
        "Evidence-inside",
    ),
    "a-wrong-datatype": (SHARE, r"lck:value 94\.3", 'lck:value "94,3"', SHARE, "Observation-value"),
    "two-values": (SHARE, r"lck:value 94\.3", "lck:value 94.3 , 94.4", SHARE, "Observation-value"),
    "an-unknown-code": (SHARE, r"lc-status:\w+", "lc-status:real", SHARE, "Observation-status"),
    "an-unknown-official": (
        MINISTER,
        r"lc-person:[\w-]+",
        "lc-person:tran-van-anh",
        MINISTER,
        "Attestation-member",
    ),
    "an-unknown-property": (SHARE, r"lck:bound", "lck:bounds", SHARE, "Thing-knownProperty"),
    "a-ratio-that-does-not-agree": (
        VILLAGES,
        r"lck:value 937\.0",
        "lck:value 837.0",
        VILLAGES,
        "Observation-ratioAgrees",
    ),
    "a-figure-not-in-its-quote": (
        SHARE,
        r"lck:value 94\.3",
        "lck:value 94.4",
        SHARE,
        "Observation-figureQuoted",
    ),
    "another-body-than-the-posts": (
        MINISTER,
        r"org:organization lc-organization:[\w-]+",
        "org:organization lc-organization:chinh-phu",
        MINISTER,
        "Attestation-organizationOfPost",
    ),
}


def full(name):
    """Write a name of the bundle's file in full."""
    if name.startswith("<"):
        return f"{ID}article/{SLUG}{name[1:-1]}"
    prefix, _, local = name.partition(":")
    return f"{ID}{prefix.removeprefix('lc-')}/{local}"


def block(text, name):
    """Return the block of the thing *name* in *text*."""
    found = re.search(rf"^{re.escape(name)}\n.*?^\.\n", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]


@pytest.fixture
def bundle(tmp_path):
    """Give ``bundle(edit)``: a copy of a real bundle, its text edited."""

    def copy(edit=lambda text: text, name="copy.ttl"):
        path = tmp_path / name
        path.write_text(edit(BUNDLE.read_text(encoding="utf-8")), encoding="utf-8")
        return path

    return copy


@pytest.fixture(scope="session")
def whole_record():
    """The report on the record as it lies in the checkout."""
    return shapes.check_record(LAYOUT)


def test_record_conforms(whole_record):
    """The record breaks no rule and gives no warning; only remarks stand."""
    grave = [finding for finding in whole_record.findings if finding.severity != "info"]

    assert grave == []
    assert whole_record.conforms


def test_record_holds_a_real_contradiction(whole_record):
    """GRDP per head: 47.2 after 3.4 more make 43.8, but 43.7 was reported for 2020."""
    messages = [
        f.message["en"] for f in whole_record.findings if f.rule == LCS + "Observation-agreesWithBase"
    ]

    assert messages == [
        (
            "A level and its change imply the level they are compared with:"
            " 47.2 and 3.4 make 43.8, but 43.7 is stated."
        )
    ]


def test_bundle_of_the_record_stands_in_its_own_place(bundle):
    """A copy of a bundle is judged instead of the record's, so that nothing is found twice."""
    report = shapes.check_files(LAYOUT, [bundle()])

    assert [finding for finding in report.findings if finding.severity != "info"] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_thing_rule_and_line(fault, bundle):
    """Each deliberate fault is a violation that names the thing, the rule and the line."""
    name, old, new, focus, rule = FAULTS[fault]

    def edit(text):
        before = block(text, name)
        after, times = re.subn(old, new, before, count=1)
        assert times == 1
        return text.replace(before, after)

    path = bundle(edit)
    report = shapes.check_files(LAYOUT, [path])
    found = [f for f in report.findings if f.rule == LCS + rule and f.focus == full(focus)]

    assert not report.conforms
    assert found
    first = path.read_text(encoding="utf-8").partition(f"\n{focus}\n")[0].count("\n") + 2
    assert first <= found[0].line <= first + block(path.read_text(encoding="utf-8"), focus).count("\n")
    assert found[0].file == str(path)
    assert all(text.endswith(".") for text in found[0].message.values())
    assert set(found[0].message) == {"en", "vi"}


def test_unknown_name_gets_the_nearest_known_ones(bundle):
    """A slip in a name is answered with the name that was meant."""
    path = bundle(lambda text: text.replace("lc-person:tran-tuan-anh", "lc-person:tran-tuan-an"))

    report = shapes.check_files(LAYOUT, [path])
    found = [f.message["vi"] for f in report.findings if f.rule == LCS + "Thing-described"]

    assert found
    assert "lc-person:tran-tuan-an. Có phải là lc-person:tran-tuan-anh" in found[0]


def test_duplicate_names_both(bundle):
    """A figure that is stated twice under two names is a violation of each that names the other."""
    path = bundle(lambda text: text + "\n" + block(text, SHARE).replace(SHARE, TWIN))

    report = shapes.check_files(LAYOUT, [path])
    found = {f.focus: f.message["en"] for f in report.findings if f.rule == LCS + "Observation-once"}

    assert set(found) == {full(SHARE), full(TWIN)}
    assert compact(full(SHARE)) in found[full(TWIN)]


def test_period_that_ends_before_it_starts_is_refused(tmp_path):
    """A register is judged too; the copy of the same name stands in its place."""
    path = tmp_path / "periods.ttl"
    text = (LAYOUT.registers / "periods.ttl").read_text(encoding="utf-8")
    path.write_text(text.replace('lck:lastDay "2015-12-31"', 'lck:lastDay "2014-12-31"'), encoding="utf-8")

    report = shapes.check_files(LAYOUT, [path])

    assert (full("lc-period:2015"), LCS + "Period-order") in {(f.focus, f.rule) for f in report.findings}
    assert not report.conforms


def test_register_that_loses_an_entry_is_noticed_where_it_is_missed(tmp_path):
    """Who is no longer in the register is missed by the facts that name them."""
    path = tmp_path / "officials.ttl"
    text = (LAYOUT.registers / "officials.ttl").read_text(encoding="utf-8")
    path.write_text(text.replace(block(text, "lc-person:tran-tuan-anh"), ""), encoding="utf-8")

    report = shapes.check_files(LAYOUT, [path])

    assert full(MINISTER) in {f.focus for f in report.findings if f.rule == LCS + "Attestation-member"}


def test_new_official_may_come_with_the_bundle(bundle):
    """A bundle may bring register entries of its own, and they are judged."""
    person = 'lc-person:lo-van-an\n    a lck:Official ;\n    skos:prefLabel "Lò Văn An"@vi ;\n'

    def edit(text):
        before = block(text, MINISTER)
        return (
            text.replace(before, before.replace("lc-person:tran-tuan-anh", "lc-person:lo-van-an"))
            + f"\n{person}.\n"
        )

    report = shapes.check_files(LAYOUT, [bundle(edit)])
    rules = {f.rule.removeprefix(LCS) for f in report.findings if f.focus == f"{ID}person/lo-van-an"}

    assert rules == {"Official-name", "Thing-label"}
    assert LCS + "Attestation-member" not in {f.rule for f in report.findings}


def test_findings_are_about_the_files_alone(tmp_path):
    """What is amiss elsewhere in the record is not laid at a new file's door."""
    root = tmp_path / "record"
    for part in ("ontology", "data", "queries"):
        shutil.copytree(LAYOUT.root / part, root / part)
    broken = next(iter((root / "data" / "articles").glob("2020-12-14-*.ttl")))
    broken.write_text(
        broken.read_text(encoding="utf-8").replace("lc-status:target", "lc-status:goal"), encoding="utf-8"
    )
    path = tmp_path / "new.ttl"
    shutil.copy(BUNDLE, path)

    report = shapes.check_files(find_layout(root), [path])

    assert [finding for finding in report.findings if finding.severity != "info"] == []


@pytest.mark.parametrize(
    ("value", "datatype"), [("5_000", "integer"), (" 5 ", "integer"), ("1e3", "decimal"), ("5,0", "decimal")]
)
def test_number_that_lenient_readers_accept_is_refused(value, datatype, bundle):
    """A number that is not in its datatype's form is found, though rdflib would read it as one."""
    literal = f'"{value}"^^<http://www.w3.org/2001/XMLSchema#{datatype}>'

    def edit(text):
        before = block(text, SHARE)
        return text.replace(before, before.replace("lck:value 94.3", f"lck:value {literal}"))

    report = shapes.check_files(LAYOUT, [bundle(edit)])

    assert LCS + "Thing-lexicalForm" in {f.rule for f in report.findings if f.focus == full(SHARE)}


@pytest.mark.parametrize("day", ["firstDay", "lastDay"])
def test_day_that_is_no_date_is_found(day, tmp_path):
    """What cannot be compared with the other end of a period is a finding, and the rest is judged."""
    path = tmp_path / "periods.ttl"
    text = (LAYOUT.registers / "periods.ttl").read_text(encoding="utf-8")
    path.write_text(re.sub(rf'lck:{day} "[^"]+"', f'lck:{day} "khác"', text, count=1), encoding="utf-8")

    report = shapes.check_files(LAYOUT, [path])

    assert LCS + "Thing-lexicalForm" in {finding.rule for finding in report.findings}


def test_same_number_spelt_twice_is_two_values(bundle):
    """``94.3`` and ``94.30`` are two values, though they are one number."""

    def edit(text):
        before = block(text, SHARE)
        return text.replace(before, before.replace("lck:value 94.3", "lck:value 94.3 , 94.30"))

    report = shapes.check_files(LAYOUT, [bundle(edit)])

    assert LCS + "Observation-value" in {f.rule for f in report.findings if f.focus == full(SHARE)}


@pytest.mark.parametrize(
    ("name", "data", "where", "what"),
    [
        ("broken.ttl", b"PREFIX a: <http://a/>\na:b a:c a:d\n  x:e .", ":3:", "prefix"),
        ("latin.ttl", 'PREFIX a: <http://a/>\na:b a:c "L\xe0o" .'.encode("latin-1"), ":2:11:", "not UTF-8"),
        ("mark.ttl", b"\xef\xbb\xbf<http://a> <http://b> 1 .", ":1:", "byte order mark"),
        ("remote.jsonld", b'{"@context": "http://example.invalid/c", "a": "b"}', ":", "nothing is fetched"),
        ("file.jsonld", b'{"@context": "file:///etc/hostname", "a": "b"}', ":", "nothing is fetched"),
        ("facts.rdf", b"<rdf/>", ":", ".ttl"),
        ("term.ttl", b"<http://a> <http://b> <<( <http://c> <http://d> 1 )>> .", ":", "RDF 1.1"),
    ],
)
def test_unreadable_file_is_an_error_that_says_where(name, data, where, what, tmp_path):
    """What is no RDF that we read is refused with file, line and column."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(TurtleError) as caught:
        shapes.check_files(LAYOUT, [path])

    assert str(caught.value).startswith(f"{path}{where}")
    assert what in str(caught.value)


def test_missing_file_is_an_error_that_names_it(tmp_path):
    """A file that is not there is said so."""
    with pytest.raises(TurtleError, match=r"nowhere\.ttl: cannot be read"):
        shapes.check_files(LAYOUT, [tmp_path / "nowhere.ttl"])


def test_huge_file_is_refused_before_it_is_read(tmp_path):
    """A file above the limit is refused with both sizes."""
    path = tmp_path / "huge.ttl"
    path.write_bytes(b"#" * (3 * 2**20))

    with pytest.raises(TurtleError, match=r"3\.0 MB, but at most 1\.0 MB"):
        read_file(path, largest=2**20)


@pytest.mark.parametrize("suffix", [".nt", ".trig", ".jsonld"])
def test_other_forms_of_rdf_are_judged_alike(suffix, bundle, tmp_path):
    """A bundle in another form gets the same verdict as in Turtle."""
    forms = {".nt": ox.RdfFormat.N_TRIPLES, ".trig": ox.RdfFormat.TRIG, ".jsonld": ox.RdfFormat.JSON_LD}
    path = tmp_path / f"facts{suffix}"
    text = bundle(lambda text: text.replace("lck:value 94.3", "lck:value 94.4")).read_bytes()
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
    path.write_bytes(ox.serialize(quads, format=forms[suffix]))

    report = shapes.check_files(LAYOUT, [path])

    assert (full(SHARE), LCS + "Observation-figureQuoted") in {(f.focus, f.rule) for f in report.findings}


FINDING = Finding(
    severity="violation",
    focus=f"{ID}period/2015",
    focus_label={"en": "2015", "vi": "Năm 2015"},
    path="https://w3id.org/laichau-kg/ontology#lastDay",
    value="2014-12-31",
    message={
        "en": "A period does not end before it starts.",
        "vi": "Khoảng thời gian không kết thúc trước khi bắt đầu.",
    },
    rule=LCS + "Period-order",
    component="http://www.w3.org/ns/shacl#LessThanOrEqualsConstraintComponent",
    file="data/registers/periods.ttl",
    line=12,
)
REMARK = Finding(
    "info", f"{ID}place/a", {}, None, None, {"en": "Unused.", "vi": "Không dùng."}, LCS + "Register-used", "c"
)

TEXT_EN = """data/registers/periods.ttl

2015  (lc-period:2015)
  violation, line 12: A period does not end before it starts.
    lck:lastDay · value 2014-12-31
    rule https://w3id.org/laichau-kg/shapes#Period-order

1 violation, 1 remark (not shown).
"""
TEXT_VI = """data/registers/periods.ttl

Năm 2015  (lc-period:2015)
  lỗi, dòng 12: Khoảng thời gian không kết thúc trước khi bắt đầu.
    lck:lastDay · giá trị 2014-12-31
    quy tắc https://w3id.org/laichau-kg/shapes#Period-order

1 lỗi, 1 ghi chú (không hiển thị).
"""


@pytest.mark.parametrize(("lang", "text"), [("en", TEXT_EN), ("vi", TEXT_VI)])
def test_text_report_says_thing_fault_value_and_rule(lang, text):
    """The report for people has all that is needed to mend the fault."""
    assert Report((FINDING, REMARK)).to_text(lang) == text


def test_remarks_are_shown_on_request():
    """Remarks do not block, and are written out only when asked for."""
    report = Report((REMARK,))

    assert report.conforms
    assert "Unused." not in report.to_text()
    assert "Unused." in report.to_text(infos=True)


def test_empty_report_says_that_all_is_fine():
    """A report without findings is one sentence."""
    assert Report().to_text() == "No findings: all is as the shapes ask.\n"


def test_json_report_holds_all_fields():
    """The JSON form gives the verdict and each finding with IRIs in full."""
    read = json.loads(Report((FINDING,)).to_json())

    assert read["conforms"] is False
    assert read["findings"][0]["focus"] == FINDING.focus
    assert read["findings"][0]["message"]["vi"] == FINDING.message["vi"]
    assert read["findings"][0]["line"] == 12


def test_turtle_report_is_a_validation_report():
    """The Turtle form is what SHACL calls a validation report."""
    graph = Graph().parse(data=Report((FINDING, REMARK)).to_turtle(), format="turtle")
    report = graph.value(None, RDF.type, SH.ValidationReport)
    results = list(graph.objects(report, SH.result))

    assert graph.value(report, SH.conforms).toPython() is False
    assert len(results) == 2
    assert (None, SH.focusNode, URIRef(FINDING.focus)) in graph
    assert (None, SH.sourceShape, URIRef(FINDING.rule)) in graph


def test_nesting_beyond_reason_is_judged_all_the_same(tmp_path):
    """A file nested thousands deep is judged, though rdflib cannot find all its lines."""
    path = tmp_path / "deep.ttl"
    deep = "[ <http://a/p> " * 3000 + "1" + " ]" * 3000
    path.write_text(f"<http://a/s> a <http://a/C> ; <http://a/p> {deep} .", encoding="utf-8")

    report = shapes.check_files(LAYOUT, [path])

    assert ("http://a/s", LCS + "Thing-knownClass") in {(f.focus, f.rule) for f in report.findings}


def test_lines_are_those_of_the_objects():
    """Each object of a list has its own line, also after a nested blank node."""
    text = "PREFIX a: <http://a/>\na:b\n    a:c 1 ,\n        [ a:e 5 ] ,\n        3 ;\n    a:d 2 .\n"

    lines = map_lines(text)

    assert lines.place("http://a/b", "http://a/c", "3").line == 5
    assert lines.place("http://a/b", "http://a/d", "2").line == 6
    assert lines.place("http://a/b", "http://a/d", "unknown").line == 6
    assert lines.place("http://a/b", None, None).line == 2
