"""What the server and a worker say to each other: a question and its answer, in few bytes.

Numbers stand in a head of fixed length, the texts behind it. What few have
(named graphs, complaints) comes as JSON.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

__all__ = ["ANSWER", "ANSWERED", "Answer", "Question", "answer_head", "pack_question", "unpack_question"]

ANSWERED: Final = ("rows", "graph", "boolean")
"""The kinds of answers that have a body."""

ANSWER: Final = struct.Struct(">BBIQ")
"""The head of an answer: its kind, its flags, the bytes of its note and of its body."""

_QUESTION: Final = struct.Struct(">IIQBB")  # the bytes of text and graphs, the rows, the two forms
_KINDS: Final = (*ANSWERED, "ready", "unacceptable", "refused", "syntax", "large", "memory", "failed")
_NUMBER: Final = {kind: number for number, kind in enumerate(_KINDS)}
_FORMS: Final = ("", "json", "xml", "csv", "tsv", "ttl", "nt", "jsonld", "rdf", "trig")
_FORM_NUMBER: Final = {form: number for number, form in enumerate(_FORMS)}
_TRUNCATED: Final = 1
_TIRED: Final = 2


class Question(NamedTuple):
    """A query and how it is to be answered.

    Attributes:
        text: The query.
        rows_form: The form of rows: "json", "xml", "csv" or "tsv"; "" where none will do.
        graph_form: The form of a graph: "ttl", "nt", "jsonld", "rdf" or "trig"; "" where none will do.
        rows: The most rows, or triples.
        default: The graphs whose union is the default graph, instead of what the query says.
        named: The named graphs, likewise.
    """

    text: str
    rows_form: str
    graph_form: str
    rows: int
    default: Sequence[str] = ()
    named: Sequence[str] = ()


class Answer(NamedTuple):
    """What a worker says to a question, or, before the first, that it is "ready".

    Attributes:
        kind: One of `ANSWERED`, or what is wrong.
        body: The answer in the form that was asked for.
        is_truncated: Whether rows or triples were cut off.
        is_tired: Whether the worker is better replaced.
        note: What is told about what is wrong.
    """

    kind: str
    body: bytes = b""
    is_truncated: bool = False
    is_tired: bool = False
    note: Mapping[str, Any] = {}

    @classmethod
    def unpacked(cls, kind: int, flags: int, note: bytes, body: bytes) -> "Answer":
        """Make the answer that was packed as these."""
        told = json.loads(note) if note else {}
        return cls(_KINDS[kind], body, bool(flags & _TRUNCATED), bool(flags & _TIRED), told)


def pack_question(question: Question) -> bytes:
    """Write a question."""
    text, rows_form, graph_form, rows, default, named = question
    written = text.encode()
    graphs = json.dumps([list(default), list(named)]).encode() if default or named else b""
    forms = _FORM_NUMBER[rows_form], _FORM_NUMBER[graph_form]
    return _QUESTION.pack(len(written), len(graphs), rows, *forms) + written + graphs


def unpack_question(written: bytes) -> Question | None:
    """Read a question; None where it is not whole."""
    if len(written) < _QUESTION.size:
        return None
    length, rest, rows, rows_form, graph_form = _QUESTION.unpack_from(written)
    middle = _QUESTION.size + length
    if len(written) < middle + rest:
        return None
    default, named = json.loads(written[middle:]) if rest else ((), ())
    text = written[_QUESTION.size : middle].decode()
    return Question(text, _FORMS[rows_form], _FORMS[graph_form], rows, default, named)


def answer_head(answer: Answer) -> bytes:
    """Write what comes before the body of an answer."""
    kind, body, is_truncated, is_tired, note = answer
    told = json.dumps(dict(note)).encode() if note else b""
    flags = is_truncated * _TRUNCATED + is_tired * _TIRED
    return ANSWER.pack(_NUMBER[kind], flags, len(told), len(body)) + told
