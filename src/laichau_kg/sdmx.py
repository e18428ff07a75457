"""SDMX: the figures as SDMX-CSV 2.0, and their structure as an SDMX-JSON 2.0 message.

Both are of SDMX 3.0.  The key is that of the record's data cube, the article
among it, so that two articles that differ stand side by side.
`docs/formats.md` says what each column means.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from laichau_kg._index import Index, slug_of
from laichau_kg.errors import DataError
from laichau_kg.terms import XSD, Literal
from laichau_kg.vocab import LCK, PREFIXES

__all__ = ["COLUMNS", "time_period", "write_sdmx", "write_structure"]

_AGENCY: Final = "LAICHAU_KG"
_VERSION: Final = "1.0.0"
_FLOW: Final = "OBSERVATIONS"
_SCHEMA: Final = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
_URN: Final = "urn:sdmx:org.sdmx.infomodel."
_SKOS: Final = PREFIXES["skos"]
_OBS_STATUS: Final = {"estimate": "E"}
_NORMAL: Final = "A"
_QUARTER: Final = 3
_HALF: Final = 6
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class _Component:
    """A column: its role, its names in English and Vietnamese, and the code list of its values, if any."""

    role: str
    english: str
    vietnamese: str
    codes: str = ""
    type: str = "String"
    required: bool = False


COLUMNS: Final[Mapping[str, _Component]] = {
    "INDICATOR": _Component("dimension", "Indicator", "Chỉ tiêu", "INDICATOR"),
    "REF_AREA": _Component("dimension", "Area", "Địa bàn", "AREA"),
    "STATUS": _Component("dimension", "Result, estimate or target", "Kết quả, ước hay mục tiêu", "STATUS"),
    "MEASURE": _Component("dimension", "How it is counted", "Cách đo", "MEASURE"),
    "UNIT": _Component("dimension", "Unit as stated", "Đơn vị như đã nêu", "UNIT"),
    "ARTICLE": _Component("dimension", "The article that states it", "Bài báo nêu số liệu", "ARTICLE"),
    "TIME_PERIOD": _Component("time", "Period", "Thời kỳ", type="ObservationalTimePeriod"),
    "OBS_VALUE": _Component("measure", "Value as stated", "Giá trị như đã nêu", type="Decimal"),
    "UNIT_MEASURE": _Component("attribute", "Base unit", "Đơn vị gốc", "UNIT", required=True),
    "UNIT_MULT": _Component(
        "attribute", "Power of ten of the base unit", "Số mũ của 10", type="Integer", required=True
    ),
    "OBS_STATUS": _Component(
        "attribute", "Observation status", "Trạng thái quan sát", "OBS_STATUS", required=True
    ),
    "BOUND": _Component("attribute", "How exact the value is", "Mức chính xác", "BOUND", required=True),
    "VALUE_MAX": _Component("attribute", "Upper value of a range", "Giá trị trên của khoảng", type="Decimal"),
    "TOTAL": _Component("attribute", "What a count is out of", "Tổng số", type="Decimal"),
    "BASE_PERIOD": _Component(
        "attribute", "Period compared with", "Thời kỳ so sánh", type="ObservationalTimePeriod"
    ),
    "PRICE_BASIS": _Component("attribute", "Price basis", "Loại giá", "PRICE_BASIS"),
    "PLAN_ISSUER": _Component("attribute", "Whose plan a share is of", "Nơi giao kế hoạch", "ORGANIZATION"),
    "SOURCE": _Component("attribute", "The article's address", "Địa chỉ của bài", type="URI", required=True),
    "EVIDENCE": _Component(
        "attribute", "Address of the words that carry the value", "Địa chỉ câu chữ làm căn cứ",
        type="URI", required=True,
    ),
    "MORE_EVIDENCE": _Component("attribute", "Further evidence", "Căn cứ khác"),
    "QUOTE": _Component("attribute", "The value as printed", "Số liệu như trong bài"),
    "INFERRED": _Component("attribute", "What other sentences tell", "Điều suy ra từ câu khác"),
    "OBS_ID": _Component("attribute", "The fact's address", "Địa chỉ của sự kiện", type="URI", required=True),
    "COMMENT_OBS": _Component("attribute", "Remarks", "Ghi chú"),
}  # fmt: skip
"""The columns after STRUCTURE, STRUCTURE_ID and ACTION, in order."""

_CODE_LISTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "INDICATOR": ("indicator", "Indicators", "Chỉ tiêu"),
    "AREA": ("place", "Areas", "Địa bàn"),
    "STATUS": ("status", "Statuses", "Trạng thái"),
    "MEASURE": ("measure", "Measures", "Cách đo"),
    "UNIT": ("unit", "Units", "Đơn vị"),
    "ARTICLE": ("article", "Articles", "Bài báo"),
    "BOUND": ("bound", "Bounds", "Mức chính xác"),
    "PRICE_BASIS": ("price-basis", "Price bases", "Loại giá"),
    "ORGANIZATION": ("organization", "Bodies", "Cơ quan, tổ chức"),
}
_PARENTS: Final = {"INDICATOR": _SKOS + "broader", "AREA": LCK.isPartOf}


def write_sdmx(held: Index) -> bytes:
    """Write a record's figures as SDMX-CSV 2.0, sorted by their keys.

    Raises:
        DataError: a figure lacks evidence, article or the days of its period.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *COLUMNS])
    rows = [_row(held, iri) for iri in held.of_class(LCK.Observation)]
    for row in sorted(rows):
        writer.writerow(["dataflow", f"{_AGENCY}:{_FLOW}({_VERSION})", "I", *row])
    return buffer.getvalue().encode()


def time_period(start: date, last: date) -> str:
    """Write a stretch of days as SDMX has periods.

    >>> time_period(date(2020, 1, 1), date(2020, 12, 31)), time_period(date(2021, 1, 1), date(2021, 6, 30))
    ('2020', '2021-S1')
    >>> time_period(date(2016, 1, 1), date(2020, 12, 31)), time_period(date(2023, 1, 1), date(2023, 9, 30))
    ('2016-01-01/P5Y', '2023-01-01/P9M')
    """
    first, after = start.isoformat(), last + timedelta(days=1)
    months = (after.year - start.year) * _YEAR + after.month - start.month
    if start.day != 1 or after.day != 1:
        days = (after - start).days
        return first if days == 1 else f"{first}/P{days}D"
    regular: Mapping[int, Callable[[], str]] = {
        1: lambda: f"{start:%Y-%m}",
        _QUARTER: lambda: f"{start.year}-Q{(start.month + 2) // _QUARTER}",
        _HALF: lambda: f"{start.year}-S{(start.month + 5) // _HALF}",
        _YEAR: lambda: f"{start.year}",
    }
    if months in regular and (start.month - 1) % months == 0:
        return regular[months]()
    return f"{first}/P{months // _YEAR}Y" if months % _YEAR == 0 else f"{first}/P{months}M"


def write_structure(held: Index) -> bytes:
    """Describe the figures' columns and codes as an SDMX-JSON 2.0 structure message."""
    message = {
        "meta": {
            "schema": _SCHEMA,
            "id": "laichau-kg-structure",
            "prepared": f"{held.newest() or '1970-01-01'}T00:00:00Z",
            "contentLanguages": ["en", "vi"],
            "sender": {"id": _AGENCY},
        },
        "data": {
            "dataflows": [
                _maintained(_FLOW, "Figures of Lai Châu province", "Số liệu của tỉnh Lai Châu")
                | {"structure": _urn("datastructure.DataStructure", _FLOW)}
            ],
            "dataStructures": [
                _maintained(_FLOW, "Figures of Lai Châu province", "Số liệu của tỉnh Lai Châu")
                | {"dataStructureComponents": _components()}
            ],
            "conceptSchemes": [
                _maintained("CONCEPTS", "Concepts", "Khái niệm")
                | {
                    "concepts": [
                        {"id": name, **_names(c.english, c.vietnamese)} for name, c in COLUMNS.items()
                    ]
                }
            ],
            "codelists": [*(_code_list(held, name) for name in _CODE_LISTS), _obs_status()],
        },
    }
    return (json.dumps(message, ensure_ascii=False, indent=1) + "\n").encode()


def _row(held: Index, iri: str) -> list[str]:
    def code(property_: str) -> str:
        return slug_of(held.one(iri, property_))

    def number(property_: str) -> str:
        text = held.one(iri, property_)
        return str(Literal(text, XSD + "decimal").canonical()) if text else ""

    def period(property_: str) -> str:
        stretch = held.one(iri, property_)
        return time_period(*held.days(stretch)) if stretch else ""

    article = held.needed(iri, LCK.article)
    main = held.main_span(iri)
    more = [span for span in held.spans(iri) if span != main]
    base, power = _scale(held, held.one(iri, LCK.unit))
    values = {
        "INDICATOR": code(LCK.indicator),
        "REF_AREA": code(LCK.area),
        "STATUS": code(LCK.status),
        "MEASURE": code(LCK.measure),
        "UNIT": code(LCK.unit),
        "ARTICLE": slug_of(article),
        "TIME_PERIOD": period(LCK.period),
        "OBS_VALUE": number(LCK.value),
        "UNIT_MEASURE": base,
        "UNIT_MULT": power,
        "OBS_STATUS": _OBS_STATUS.get(code(LCK.status), _NORMAL),
        "BOUND": code(LCK.bound),
        "VALUE_MAX": number(LCK.valueMax),
        "TOTAL": number(LCK.total),
        "BASE_PERIOD": period(LCK.basePeriod),
        "PRICE_BASIS": code(LCK.priceBasis),
        "PLAN_ISSUER": code(LCK.planIssuer),
        "SOURCE": article,
        "EVIDENCE": main.iri,
        "MORE_EVIDENCE": " ".join(span.iri for span in more),
        "QUOTE": main.exact,
        "INFERRED": " ".join(name.removeprefix(LCK) for name in held.every(iri, LCK.infers)),
        "OBS_ID": iri,
        "COMMENT_OBS": " ".join(held.every(iri, _SKOS + "note", "en")),
    }
    return [values[name] for name in COLUMNS]


def _scale(held: Index, unit: str) -> tuple[str, str]:
    """Part a unit into its base unit and a power of ten; what is no power of ten is its own base."""
    try:
        multiplier = Decimal(held.one(unit, LCK.multiplier) or 1).normalize()
    except InvalidOperation as error:
        raise DataError(f"{unit}: its multiplier is no number; `laichau check` tells more.") from error
    _, digits, exponent = multiplier.as_tuple()
    if digits != (1,):
        return slug_of(unit), "0"
    return slug_of(held.one(unit, LCK.baseUnit) or unit), str(exponent)


def _components() -> dict[str, Any]:
    def component(name: str) -> dict[str, Any]:
        told = COLUMNS[name]
        concept = _urn("conceptscheme.Concept", "CONCEPTS") + f".{name}"
        return {"id": name, "conceptIdentity": concept, "localRepresentation": _representation(told)}

    def of(role: str) -> list[str]:
        return [name for name, told in COLUMNS.items() if told.role == role]

    dimensions = [component(name) | {"position": place} for place, name in enumerate(of("dimension"), 1)]
    attributes = [
        component(name)
        | {
            "usage": "mandatory" if COLUMNS[name].required else "optional",
            "attributeRelationship": {"observation": {}},
        }
        for name in of("attribute")
    ]
    return {
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions,
            "timeDimension": component("TIME_PERIOD"),
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [component("OBS_VALUE") | {"usage": "mandatory"}],
        },
        "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
    }


def _representation(told: _Component) -> dict[str, Any]:
    if told.codes:
        return {"enumeration": _urn("codelist.Codelist", f"CL_{told.codes}")}
    return {"format": {"dataType": told.type}}


def _code_list(held: Index, name: str) -> dict[str, Any]:
    kind, english, vietnamese = _CODE_LISTS[name]
    things = [iri for iri in held.of_kind(kind) if "#" not in iri]
    codes = []
    for iri in things:
        code = {"id": slug_of(iri), **_names(held.label(iri, "en"), held.label(iri))}
        code["annotations"] = [{"id": "IRI", "type": "IRI", "value": iri}]
        parent = slug_of(held.one(iri, _PARENTS[name])) if name in _PARENTS else ""
        codes.append(code | ({"parent": parent} if parent else {}))
    return _maintained(f"CL_{name}", english, vietnamese) | {"codes": codes}


def _obs_status() -> dict[str, Any]:
    """List the two codes in use of SDMX's own CL_OBS_STATUS."""
    codes = [
        {"id": _NORMAL, **_names("Normal value", "Giá trị thông thường")},
        {"id": "E", **_names("Estimated value", "Giá trị ước tính")},
    ]
    return _maintained("CL_OBS_STATUS", "Observation status", "Trạng thái quan sát") | {"codes": codes}


def _maintained(name: str, english: str, vietnamese: str) -> dict[str, Any]:
    return {"id": name, "version": _VERSION, "agencyID": _AGENCY, **_names(english, vietnamese)}


def _names(english: str, vietnamese: str) -> dict[str, Any]:
    return {"name": english, "names": {"en": english, "vi": vietnamese}}


def _urn(class_: str, name: str) -> str:
    return f"{_URN}{class_}={_AGENCY}:{name}({_VERSION})"
