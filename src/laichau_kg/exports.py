"""Write the record as one file for others, with its description beside it.

As linked data nothing is lost: numbers keep their spelling, and forms that
know named graphs carry one an article.  Other people's formats carry what
they have room for (`docs/formats.md`), each fact with its article and
evidence.  The same record gives the same bytes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from laichau_kg._journal import reading
from laichau_kg._write import write_atomically
from laichau_kg.dataset import (
    DATASET_GRAPH,
    MEDIA_TYPES,
    Distribution,
    describe,
    describe_bytes,
    to_ntriples,
    to_turtle,
)
from laichau_kg.errors import OutputError
from laichau_kg.store import record_files
from laichau_kg.tables import TableSource

if TYPE_CHECKING:
    from laichau_kg._dump import Statistics
    from laichau_kg._index import Index

__all__ = [
    "FORMS",
    "LINKED_DATA",
    "Form",
    "Source",
    "describe_exports",
    "export_record",
    "form_of",
    "write_form",
]

_CONTEXT: Final = "context.jsonld"
_WITH_GRAPHS: Final = ("trig", "nq", "jsonld")


class Source:
    """A record, read once for any number of forms.

    Args:
        record: The record; it is asked for tables only, all else comes from its files.
    """

    def __init__(self, record: TableSource) -> None:
        self.record = record

    @cached_property
    def quads(self) -> list[Any]:
        """The statements with their graphs, sorted.

        Raises:
            TurtleError: a file of the record is no valid Turtle.
        """
        from laichau_kg import _dump  # noqa: PLC0415 - a native library that few callers need

        with reading(self.record.layout):
            return _dump.read_quads(record_files(self.record.layout))

    @cached_property
    def statistics(self) -> "Statistics":
        """What the data set holds, as its description counts it."""
        from laichau_kg import _dump  # noqa: PLC0415 - the same

        return _dump.measure(self.quads)

    @cached_property
    def index(self) -> "Index":
        """The statements by what they are about."""
        from laichau_kg._index import Index  # noqa: PLC0415 - linked data needs it not

        return Index(self.quads)

    @property
    def context(self) -> dict[str, object]:
        """The context of the record's JSON-LD."""
        path = self.record.layout.ontology / _CONTEXT
        if not path.exists():
            return {}
        context = json.loads(path.read_text(encoding="utf-8"))["@context"]
        return dict(context)


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which the record is handed on.

    Attributes:
        name: What it is called, which is its usual suffix without the first dot.
        title: What it is, in English and Vietnamese.
        write: Writes the record's bytes.
    """

    name: str
    title: tuple[str, str]
    write: Callable[[Source], bytes]

    @property
    def suffix(self) -> str:
        """What the name of a file in this form ends with."""
        return f".{self.name}"

    @property
    def media_type(self) -> str:
        """Its media type, as HTTP wants it."""
        return MEDIA_TYPES[self.name]


def _linked(name: str, title: tuple[str, str]) -> Form:
    return Form(name, title, lambda source: _linked_data(source, name))


def _popolo(source: Source) -> bytes:
    from laichau_kg.popolo import write_popolo  # noqa: PLC0415 - one form at a time

    return write_popolo(source.index)


def _ftm(source: Source) -> bytes:
    from laichau_kg.ftm import write_ftm  # noqa: PLC0415 - the same

    return write_ftm(source.index)


def _sdmx(source: Source) -> bytes:
    from laichau_kg.sdmx import write_sdmx  # noqa: PLC0415 - the same

    return write_sdmx(source.index)


def _structure(source: Source) -> bytes:
    from laichau_kg.sdmx import write_structure  # noqa: PLC0415 - the same

    return write_structure(source.index)


def _gexf(source: Source) -> bytes:
    from laichau_kg.networks import network_of_ties, to_gexf  # noqa: PLC0415 - the same

    return to_gexf(network_of_ties(source.index))


def _graphml(source: Source) -> bytes:
    from laichau_kg.networks import network_of_ties, to_graphml  # noqa: PLC0415 - the same

    return to_graphml(network_of_ties(source.index))


def _met_gexf(source: Source) -> bytes:
    from laichau_kg.networks import network_of_company, to_gexf  # noqa: PLC0415 - the same

    return to_gexf(network_of_company(source.index))


def _met_graphml(source: Source) -> bytes:
    from laichau_kg.networks import network_of_company, to_graphml  # noqa: PLC0415 - the same

    return to_graphml(network_of_company(source.index))


def _xlsx(source: Source) -> bytes:
    from laichau_kg.workbook import write_workbook  # noqa: PLC0415 - the same

    return write_workbook(source.record)


_ALL: Final = (
    _linked("ttl", ("Turtle", "Turtle")),
    _linked("trig", ("TriG, a named graph an article", "TriG, mỗi bài một đồ thị có tên")),
    _linked("nt", ("N-Triples", "N-Triples")),
    _linked("nq", ("N-Quads, a named graph an article", "N-Quads, mỗi bài một đồ thị có tên")),
    _linked("jsonld", ("JSON-LD with its context", "JSON-LD kèm ngữ cảnh")),
    _linked("rdf", ("RDF/XML", "RDF/XML")),
    Form("popolo.json", ("Popolo: people, posts, bodies", "Popolo: người, chức vụ, cơ quan"), _popolo),
    Form("ftm.json", ("FollowTheMoney entities", "Thực thể FollowTheMoney"), _ftm),
    Form("sdmx.csv", ("SDMX-CSV 2.0: figures", "SDMX-CSV 2.0: số liệu"), _sdmx),
    Form(
        "sdmx.json", ("SDMX-JSON 2.0: the figures' structure", "SDMX-JSON 2.0: cấu trúc số liệu"), _structure
    ),
    Form("gexf", ("GEXF: meetings, posts, bodies", "GEXF: hội nghị, chức vụ, cơ quan"), _gexf),
    Form("graphml", ("GraphML: meetings, posts, bodies", "GraphML: hội nghị, chức vụ, cơ quan"), _graphml),
    Form("met.gexf", ("GEXF: who met whom", "GEXF: ai cùng dự với ai"), _met_gexf),
    Form("met.graphml", ("GraphML: who met whom", "GraphML: ai cùng dự với ai"), _met_graphml),
    Form("xlsx", ("Excel workbook of the tables", "Bảng tính Excel của các bảng"), _xlsx),
)

FORMS: Final[Mapping[str, Form]] = {form.name: form for form in _ALL}
"""Every form, by its name."""

LINKED_DATA: Final = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
"""The forms from which the whole record can be read back."""

_SUFFIXES: Final = (
    {name: name for name in FORMS}
    | {"rdfxml": "rdf", "xml": "rdf", "owl": "rdf", "json": "jsonld"}
    | {"ftm.jsonl": "ftm.json", "ftm.ndjson": "ftm.json"}
)


def form_of(path: Path) -> Form:
    """Find the form that a file's name asks for: by the longest suffix that is known.

    Raises:
        OutputError: the suffix names no form.
    """
    parts = path.name.lower().split(".")
    for start in range(1, len(parts)):
        name = _SUFFIXES.get(".".join(parts[start:]))
        if name:
            return FORMS[name]
    raise OutputError(f"{path}: the suffix names no form; use one of .{', .'.join(FORMS)}.")


def write_form(name: str, record: TableSource) -> bytes:
    """Write a record in one of `FORMS`, given by name.

    Raises:
        OutputError: a package that the form needs is not installed.
        TurtleError: a file of the record is no valid Turtle.
    """
    return FORMS[name].write(Source(record))


def export_record(record: TableSource, path: Path) -> tuple[Path, Path]:
    """Write the whole record to *path*, in the form that its suffix names, and a description beside it.

    The description, in DCAT 3 and VoID, is `<file>.dcat.ttl`; linked data
    with named graphs also carries it within, as the graph `…/graph/dataset`.

    Returns:
        The file's path and its description's.

    Raises:
        OutputError: the suffix names no form, a package that it needs is not installed, or the file
            cannot be written.
        TurtleError: a file of the record is no valid Turtle.
    """
    form = form_of(path)
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it.")
    source = Source(record)
    content = form.write(source)
    description = describe_exports(source, [describe_bytes(path.name, form.name, content)])
    write_atomically(path, content)
    beside = path.with_name(path.name + ".dcat.ttl")
    write_atomically(beside, description)
    return path, beside


def describe_exports(source: Source, files: list[Distribution]) -> bytes:
    """Describe the data set and the *files* it is handed on in, as Turtle."""
    return to_turtle(describe(source.statistics, files)).encode()


def _linked_data(source: Source, form: str) -> bytes:
    from laichau_kg import _dump  # noqa: PLC0415 - a native library that few callers need

    quads = source.quads
    if form in _WITH_GRAPHS:
        quads = quads + _dump.parse_ntriples(to_ntriples(describe(source.statistics)), DATASET_GRAPH)
    if form == "jsonld":
        from laichau_kg._jsonld import write_jsonld  # noqa: PLC0415 - the same

        return write_jsonld(_dump.in_order(quads), source.context)
    return _dump.serialize(quads, form)
