"""Find the line of each statement of a Turtle file, so that a finding points at what to mend.

rdflib's parser keeps no positions; this one notes where each object stands.
"""

import bisect
import contextlib
import re
from collections import deque
from collections.abc import MutableSequence
from typing import Any, Final

from rdflib import Graph
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser

__all__ = ["LineMap", "map_lines"]

LARGEST: Final = 8 * 2**20
_NEWLINE: Final = re.compile(r"\n")


class LineMap:
    """The lines of the statements of one file."""

    def __init__(self) -> None:
        self._of_triple: dict[tuple[str, str, str], int] = {}
        self._of_pair: dict[tuple[str, str], int] = {}
        self._of_subject: dict[str, int] = {}

    def add(self, subject: str, predicate: str, value: str, line: int) -> None:
        """Note that a statement's object stands on *line*."""
        self._of_triple.setdefault((subject, predicate, value), line)
        self._of_pair.setdefault((subject, predicate), line)
        self._of_subject[subject] = min(line, self._of_subject.get(subject, line))

    def find(self, subject: str, predicate: str | None, value: str | None) -> int | None:
        """Return the line of the statement; else of the property; else of the thing."""
        if predicate is not None:
            line = self._of_triple.get((subject, predicate, value or ""))
            line = line or self._of_pair.get((subject, predicate))
            if line:
                return line
        return self._of_subject.get(subject)


def map_lines(text: str) -> LineMap:
    """Parse the Turtle document *text*, known to be valid, and map as many statements to lines as can be."""
    lines = LineMap()
    if len(text) > LARGEST:
        return lines
    starts = [0, *(found.end() for found in _NEWLINE.finditer(text))]
    parser = _Parser(RDFSink(Graph()), baseURI="urn:none", turtle=True)
    parser.found = lambda subject, predicate, value, offset: lines.add(
        str(subject), str(predicate), str(value), bisect.bisect_right(starts, offset)
    )
    # Nesting thousands deep is beyond rdflib, though not beyond who read the file first.
    with contextlib.suppress(RecursionError, SyntaxError):
        parser.loadBuf(text)
    return lines


class _Parser(SinkParser):
    """rdflib's Turtle parser, which here also notes where each object stands."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found: Any = None
        self._offsets: deque[int] = deque()

    def objectList(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:  # noqa: N802 - rdflib's name
        offsets = []
        while True:
            offsets.append(self.skipSpace(argstr, i))
            i = self.object(argstr, i, res)
            if i < 0:
                return i
            j = self.skipSpace(argstr, i)
            if j < 0 or argstr[j] != ",":
                # Lists inside have used up their offsets by now.
                self._offsets = deque(offsets)
                return j
            i = j + 1

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802 - rdflib's name
        if self._offsets:
            _, predicate, subject, value = quadruple
            self.found(subject, predicate, value, self._offsets.popleft())
        super().makeStatement(quadruple)
