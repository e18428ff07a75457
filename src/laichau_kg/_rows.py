"""Cut an answer in one of the W3C's result formats after so many rows, without reading its terms.

The engine writes a format in one way only, without space between its signs;
that is what is counted here. A count of the signs that part two rows is
quick and never too low; only where it reaches the limit are strings told
from signs.
"""

import io
import re
from collections.abc import Callable
from typing import Any, Final

__all__ = ["FORMATS", "EnoughError", "RowSink", "cut"]

FORMATS: Final = ("json", "xml", "csv", "tsv")
"""The formats that are understood here."""

# A string that is not whole yet runs to the end.
_JSON_SIGN: Final = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}]', re.DOTALL)
_CSV_SIGN: Final = re.compile(rb'"(?:[^"]|"")*+(?:"|\Z)|\r\n')
_JSON_START: Final = b'"bindings":['
_XML_END: Final = b"</result>"
_BETWEEN: Final = {"json": b"},{", "xml": _XML_END, "csv": b"\r\n", "tsv": b"\n"}


class EnoughError(Exception):
    """There are more rows than are wanted."""


class RowSink(io.RawIOBase):
    """A file that takes an answer as the engine writes it, up to so many rows and bytes.

    It raises `EnoughError` at the first row too many, and OverflowError at
    the first byte too many.

    Args:
        format: One of `FORMATS`.
        rows: The most rows.
        size: The most bytes.
    """

    def __init__(self, format: str, *, rows: int, size: int) -> None:  # noqa: A002 - it is one
        self.written = bytearray()
        self._format = format
        self._between = _BETWEEN[format]
        self._rows = rows
        self._size = size
        self._count = 0

    def write(self, chunk: Any, /) -> int:
        """Take a chunk."""
        if len(self.written) + len(chunk) > self._size:
            raise OverflowError
        seen = max(0, len(self.written) - len(self._between) + 1)
        self.written += chunk
        self._count += self.written.count(self._between, seen)
        if self._count >= self._rows and cut(self.written, self._format, self._rows) is not None:
            raise EnoughError
        return len(chunk)

    def answer(self) -> tuple[bytes, bool]:
        """Return what was written, and whether rows were cut off."""
        shortened = cut(self.written, self._format, self._rows) if self._count >= self._rows else None
        return (bytes(self.written), False) if shortened is None else (shortened, True)


def cut(answer: bytes | bytearray, format: str, rows: int) -> bytes | None:  # noqa: A002 - as above
    r"""Return *answer* with its first *rows* rows; None where it has no more.

    The answer may be unfinished: more may come after it.

    >>> cut(b"a,b\r\n1,2\r\n3,4\r\n", "csv", 1)
    b'a,b\r\n1,2\r\n'
    """
    end, closing = _ENDS[format](answer, rows)
    if not 0 <= end < len(answer) - len(closing):
        return None
    return bytes(answer[:end]) + closing


def _json(answer: bytes | bytearray, rows: int) -> tuple[int, bytes]:
    start = answer.find(_JSON_START)
    if start < 0:
        return -1, b""
    start += len(_JSON_START)
    if rows == 0:
        return start, b"]}}"
    depth = 0
    for sign in _JSON_SIGN.finditer(answer, start):
        first = answer[sign.start()]
        if first == ord("{"):
            depth += 1
        elif first == ord("}"):
            depth -= 1
            if depth == 0:
                rows -= 1
                if rows == 0:
                    return sign.end(), b"]}}"
    return -1, b""


def _xml(answer: bytes | bytearray, rows: int) -> tuple[int, bytes]:
    closing = b"</results></sparql>"
    if rows == 0:
        start = answer.find(b"<results>")
        return (start + len(b"<results>") if start >= 0 else -1), closing
    return _after(answer, _XML_END, rows), closing


def _csv(answer: bytes | bytearray, rows: int) -> tuple[int, bytes]:
    for sign in _CSV_SIGN.finditer(answer):
        if answer[sign.start()] == ord("\r"):
            if rows == 0:  # the head is a line, too
                return sign.end(), b""
            rows -= 1
    return -1, b""


def _tsv(answer: bytes | bytearray, rows: int) -> tuple[int, bytes]:
    return _after(answer, b"\n", rows + 1), b""


def _after(answer: bytes | bytearray, end: bytes, times: int) -> int:
    at = 0
    for _ in range(times):
        at = answer.find(end, at) + len(end)
        if at < len(end):
            return -1
    return at


_ENDS: Final[dict[str, Callable[[bytes | bytearray, int], tuple[int, bytes]]]] = {
    "json": _json,
    "xml": _xml,
    "csv": _csv,
    "tsv": _tsv,
}
