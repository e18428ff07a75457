"""Find line and column of each statement of a Turtle or TriG file, so that a finding points at what to mend.

rdflib's parser keeps no positions; this one notes where each subject and
each object stands.  What it notes counts only for a statement that the
reading to be judged has too: a position never comes from a reading that
differs.
"""

import bisect
import contextlib
import re
from collections import deque
from collections.abc import Callable, MutableSequence
from collections.abc import Set as AbstractSet
from typing import Any, Final, NamedTuple

from rdflib import BNode, Graph
from rdflib import Literal as RdfLiteral
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.plugins.parsers.trig import TrigSinkParser

__all__ = ["FORMS", "LineMap", "Place", "map_lines"]

FORMS: Final = (".ttl", ".nt", ".trig")
LARGEST: Final = 8 * 2**20
_NEWLINE: Final = re.compile(r"\n")


class Place(NamedTuple):
    """A place in a file, both counted from 1; columns count code points."""

    line: int
    column: int


class LineMap:
    """The places of the statements of one file."""

    def __init__(self) -> None:
        self._of_triple: dict[tuple[str, str, str], Place] = {}
        self._of_pair: dict[tuple[str, str], Place] = {}
        self._of_subject: dict[str, Place] = {}
        self._of_blank: dict[tuple[str, str], list[Place]] = {}

    def add(self, subject: str, predicate: str, value: str, place: Place) -> None:
        """Note where a statement's object stands."""
        self._of_triple.setdefault((subject, predicate, value), place)
        self._of_pair.setdefault((subject, predicate), place)
        self._of_subject.setdefault(subject, place)

    def add_subject(self, subject: str, place: Place) -> None:
        """Note where a thing's block begins; the first block is the one that counts."""
        self._of_subject.setdefault(subject, place)

    def add_blank(self, subject: str, predicate: str, place: Place) -> None:
        """Note where the next nameless object of a thing's property stands; of "" a nameless subject."""
        self._of_blank.setdefault((subject, predicate), []).append(place)
        self._of_pair.setdefault((subject, predicate), place)

    def of_blank(self, subject: str, predicate: str, number: int) -> Place | None:
        """Return where a nameless node stands: the *number*-th, from 0, that is so referred to."""
        places = self._of_blank.get((subject, predicate), [])
        return places[number] if number < len(places) else None

    def __len__(self) -> int:
        """Count the statements that have a place."""
        return len(self._of_triple)

    def of_triple(self, subject: str, predicate: str, value: str) -> Place | None:
        """Return the place of just this statement."""
        return self._of_triple.get((subject, predicate, value))

    def place(self, subject: str, predicate: str | None, value: str | None) -> Place | None:
        """Return the place of the statement; else of the property; else of the thing's block."""
        if predicate is not None:
            found = self.of_triple(subject, predicate, value or "")
            found = found or self._of_pair.get((subject, predicate))
            if found:
                return found
        return self._of_subject.get(subject)


def map_lines(
    text: str, *, form: str = ".ttl", known: AbstractSet[tuple[str, str, str]] | None = None
) -> LineMap:
    """Parse *text*, known to be valid, and map as many statements to places as can be.

    Args:
        text: A whole document.
        form: One of `FORMS`, as a suffix.
        known: Subject, predicate and value of each statement of the reading that is judged; others are not
            mapped. None takes all.
    """
    lines = LineMap()
    if len(text) > LARGEST:
        return lines
    starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]
    subjects = None if known is None else {subject for subject, _, _ in known}

    def place_at(offset: int) -> Place:
        line = bisect.bisect_right(starts, offset)
        return Place(line, offset - starts[line - 1] + 1)

    def note(subject: str, predicate: str, value: str, offset: int) -> None:
        if known is None or (subject, predicate, value) in known:
            lines.add(subject, predicate, value, place_at(offset))

    def note_subject(subject: str, offset: int) -> None:
        if subjects is None or subject in subjects:
            lines.add_subject(subject, place_at(offset))

    def note_blank(subject: str, predicate: str, offset: int) -> None:
        lines.add_blank(subject, predicate, place_at(offset))

    kind = _TrigParser if form == ".trig" else _Parser
    parser = kind(_Sink(Graph()), baseURI="urn:none", turtle=True)
    parser.note, parser.note_subject, parser.note_blank = note, note_subject, note_blank
    # Nesting thousands deep is beyond rdflib, though not beyond who read the file first.
    with contextlib.suppress(RecursionError, SyntaxError):
        parser.loadBuf(text)
        for node, offset in parser.begun.items():
            if node not in parser.referred:
                note_blank("", "", offset)
    return lines


class _Sink(RDFSink):
    """Takes what is parsed and keeps none of it; literals stay as they are spelled."""

    def newLiteral(self, s: str, dt: Any, lang: str | None) -> RdfLiteral:  # noqa: N802 - rdflib's name
        return RdfLiteral(s, datatype=dt, normalize=False) if dt else RdfLiteral(s, lang=lang)

    def newGraph(self, identifier: Any) -> Graph:  # noqa: N802 - rdflib's name
        return Graph(identifier=identifier)

    def makeStatement(self, quadruple: Any, why: Any = None) -> None:  # noqa: N802 - rdflib's name
        pass


class _Noting:
    """What both of rdflib's parsers do here besides parsing: note where things stand."""

    note: Callable[[str, str, str, int], None]
    note_subject: Callable[[str, int], None]
    note_blank: Callable[[str, str, int], None]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._found: deque[tuple[int, str | None]] = deque()
        self._begins: int | None = None
        self.begun: dict[str, int] = {}
        self.referred: set[str] = set()

    def statement(self: Any, argstr: str, i: int) -> int:
        self._begins = self.skipSpace(argstr, i)
        return int(super().statement(argstr, i))  # type: ignore[misc]

    def property_list(self: Any, argstr: str, i: int, subj: Any) -> int:
        begins, self._begins = self._begins, None
        if begins is not None and not isinstance(subj, BNode):
            self.note_subject(_name(subj), begins)
        elif begins is not None:
            self.begun.setdefault(str(subj), begins)
        return int(super().property_list(argstr, i, subj))  # type: ignore[misc]

    def objectList(self: Any, argstr: str, i: int, res: MutableSequence[Any]) -> int:  # noqa: N802 - rdflib's name
        found = []
        while True:
            offset = self.skipSpace(argstr, i)
            i = self.object(argstr, i, res)
            if i < 0:
                return i
            # rdflib makes Python numbers of bare figures: their spelling is in the text only.
            is_node = isinstance(res[-1], str | tuple)
            found.append((offset, None if is_node else argstr[offset:i]))
            j = self.skipSpace(argstr, i)
            if j < 0 or argstr[j] != ",":
                # Lists inside have used up their places by now.
                self._found = deque(found)
                return int(j)
            i = j + 1

    def makeStatement(self: Any, quadruple: Any) -> None:  # noqa: N802 - rdflib's name
        if self._found:
            _, predicate, subject, value = quadruple
            offset, spelled = self._found.popleft()
            if isinstance(value, BNode):
                self.referred.add(str(value))
                if not isinstance(subject, BNode):
                    self.note_blank(_name(subject), _name(predicate), offset)
                return
            self.note(_name(subject), _name(predicate), spelled or _name(value), offset)


def _name(node: Any) -> str:
    return str(node[1]) if isinstance(node, tuple) else str(node)  # rdflib has a pair for what `a` stands for


class _Parser(_Noting, SinkParser):
    """rdflib's parser of Turtle."""


class _TrigParser(_Noting, TrigSinkParser):
    """rdflib's parser of TriG."""
