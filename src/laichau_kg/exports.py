"""Write the record as one linked-data file, with its description beside it.

Nothing is lost: numbers keep their spelling, and forms that know named
graphs carry one an article.  The same record gives the same bytes.
"""

import json
from pathlib import Path

from laichau_kg._journal import reading
from laichau_kg._write import write_atomically
from laichau_kg.dataset import DATASET_GRAPH, describe, describe_file, to_ntriples, to_turtle
from laichau_kg.errors import OutputError
from laichau_kg.layout import Layout
from laichau_kg.store import record_files

__all__ = ["FORMS", "export_record"]

FORMS = ("ttl", "trig", "nt", "nq", "jsonld", "rdf")
_SUFFIXES = {form: form for form in FORMS} | {"rdfxml": "rdf", "xml": "rdf", "owl": "rdf", "json": "jsonld"}
_WITH_GRAPHS = ("trig", "nq", "jsonld")
_CONTEXT = "context.jsonld"


def export_record(layout: Layout, path: Path) -> tuple[Path, Path]:
    """Write the whole record to *path*, in the form that its suffix names, and a description beside it.

    The description, in DCAT 3 and VoID, is `<file>.dcat.ttl`; a form with
    named graphs also carries it within, as the graph `…/graph/dataset`.

    Returns:
        The dump's path and its description's.

    Raises:
        OutputError: the suffix names no form, or the file cannot be written.
        TurtleError: a file of the record is no valid Turtle.
    """
    form = _SUFFIXES.get(path.suffix[1:].lower())
    if form is None:
        raise OutputError(f"{path}: the suffix names no form; use one of .{', .'.join(FORMS)}.")
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it.")
    from laichau_kg import _dump  # noqa: PLC0415 - a native library that few callers need

    with reading(layout):
        quads = _dump.read_quads(record_files(layout))
    statistics = _dump.measure(quads)
    if form in _WITH_GRAPHS:
        quads += _dump.parse_ntriples(to_ntriples(describe(statistics)), DATASET_GRAPH)
    if form == "jsonld":
        from laichau_kg._jsonld import write_jsonld  # noqa: PLC0415 - the same

        content = write_jsonld(_dump.in_order(quads), _context(layout))
    else:
        content = _dump.serialize(quads, form)
    write_atomically(path, content)
    beside = path.with_name(path.name + ".dcat.ttl")
    write_atomically(beside, to_turtle(describe(statistics, [describe_file(path)])).encode())
    return path, beside


def _context(layout: Layout) -> dict[str, object]:
    path = layout.ontology / _CONTEXT
    if not path.exists():
        return {}
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return dict(context)
