"""A worker process that asks one query at a time and can be killed.

Nothing inside a process stops a query of pyoxigraph; so free SPARQL is asked
in a process of its own, which is killed when its time is up and which cannot
get more memory than it is allowed. It also takes the blow when the engine
aborts. The parent's side is `Worker`; run as a module, this file is the
process. They exchange frames over pipes: a JSON head and a body.
"""

import contextlib
import functools
import io
import json
import os
import queue
import re
import resource
import select
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import IO, Any, cast

import pyoxigraph as ox

from laichau_kg._guard import place, tokens
from laichau_kg.errors import LimitExceededError, QueryError, SparqlSyntaxError, StoreError

__all__ = [
    "Capped",
    "Reply",
    "Source",
    "Worker",
    "close_the_doors",
    "given",
    "hint",
    "judged",
    "misfit",
    "open_load",
    "ran_out",
    "read_frame",
    "size_in_words",
    "syntax_error",
    "write_frame",
]

_SHARE = 16  # An answer in Python takes about this many times the bytes of its JSON.
_FRAME = struct.Struct(">QQ")
_CHUNK = 1 << 20
_START_UP = 120.0  # Loading a large record takes its time; the query's own clock starts after it.
_POLL_STEP = 3600.0
_LAST_BREATH = 10.0
_NEVER = float("inf")

Reply = tuple[dict[str, Any], bytes]
Source = Callable[[], AbstractContextManager[tuple[Mapping[str, Any], bytes]]]


def given(load: Mapping[str, Any], body: bytes = b"") -> Source:
    """Give the same data at each start."""
    return lambda: contextlib.nullcontext((load, body))


class Worker:
    """The parent's handle on one worker process, started when first asked.

    Args:
        source: Gives, at each start anew, the request that gives the process its data, and its body:
            ``{"op": "disk", "path": …}``, ``{"op": "files", "files": [[path, graph], …]}``,
            ``{"op": "quads"}`` with N-Quads as the body, or ``{"op": "nothing"}``. It is left when the
            data is read, and keeps it as it is until then.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._process: subprocess.Popen[bytes] | None = None
        self._complaints: IO[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """The process, or None when there is none."""
        return self._process.pid if self._process else None

    def query(
        self, text: str, *, prefixes: Mapping[str, str], timeout: float, memory: int, union: bool = True
    ) -> Reply:
        """Ask *text*; the head's ``kind`` is rows (JSON), graph (N-Triples) or boolean.

        Args:
            text: The query.
            prefixes: What it uses and does not declare.
            timeout: Seconds it may take.
            memory: Bytes it may take beside the data.
            union: Whether the default graph is the union of all, or what FROM names.

        Raises:
            LimitExceededError: it was stopped.
            SparqlSyntaxError: it is not SPARQL.
            StoreError: the engine failed.
        """
        request = {
            "op": "query",
            "text": text,
            "prefixes": dict(prefixes),
            "union": union,
            "memory": memory,
            "most": memory // _SHARE,
        }
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return judged(self._exchange(request, b"", timeout), text, timeout=timeout, memory=memory)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout, self._complaints):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def _start(self) -> None:
        self.close()
        with self._source() as (load, body):
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "laichau_kg._worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                bufsize=0,
            )
            head, _ = self._exchange(load, body, _START_UP)
        if head["kind"] != "ready":
            self.close()
            raise StoreError(f"The worker process cannot read the record: {head['message']}")

    def _exchange(self, request: Mapping[str, Any], body: bytes, timeout: float) -> Reply:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise StoreError("The worker process is not running.")
        deadline = time.monotonic() + timeout
        try:
            write_frame(process.stdin.fileno(), request, body, deadline)
            return read_frame(process.stdout.fileno(), deadline)
        except TimeoutError:
            self.close()
            return {"kind": "time"}, b""
        except (OSError, EOFError):
            return {"kind": "dead", "message": self._last_words()}, b""
        except BaseException:
            self.close()  # interrupted: what comes next on the pipe would answer the wrong query
            raise

    def _last_words(self) -> str:
        """Say how the process died, and bury it."""
        said = ""
        code: int | None = None
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(_LAST_BREATH)
        if self._complaints:
            self._complaints.seek(0)
            said = self._complaints.read(_CHUNK).decode(errors="replace")
        self.close()
        return f"{said.strip()} (exit code {code})"


def judged(reply: Reply, text: str, *, timeout: float, memory: int) -> Reply:
    """Return the reply where it is an answer; else raise what it complains of.

    Args:
        reply: What the process replied; kind "time" or "dead" where it could not.
        text: The query.
        timeout: Seconds that were allowed.
        memory: Bytes of memory that were allowed.

    Raises:
        LimitExceededError: it was stopped.
        SparqlSyntaxError: it is not SPARQL.
        QueryError: the engine gave up on it.
        StoreError: the engine failed.
    """
    head, _ = reply
    kind = head["kind"]
    if kind in ("rows", "graph", "boolean"):
        return reply
    message = str(head.get("message", ""))
    if kind == "time":
        raise LimitExceededError(
            f"Stopped after {timeout:g} s. Narrow the query, add LIMIT, or allow more time.", limit="time"
        )
    if kind == "large":
        raise LimitExceededError(
            f"Stopped: the answer is larger than {size_in_words(memory // _SHARE)}, a sixteenth of the "
            "memory allowed. Add LIMIT, or allow more memory.",
            limit="memory",
        )
    if kind == "memory" or (kind == "dead" and ran_out(message)):
        raise LimitExceededError(
            f"Stopped: it needs more than {size_in_words(memory)} of memory. Narrow it, or allow more.",
            limit="memory",
        )
    if kind == "syntax":
        raise syntax_error(text, head["offset"], message)
    if "total order" in message:
        raise QueryError(
            "The engine gave up while sorting values of mixed kinds; ORDER BY STR(?variable) instead."
        )
    raise StoreError(f"The engine failed on this query: {message}")


def size_in_words(count: int) -> str:
    """Write a number of bytes as people say it."""
    return f"{count / 2**30:g} GiB" if count >= 2**30 else f"{count / 2**20:g} MiB"


def ran_out(message: str) -> bool:
    """Whether a process said, when it died, that it had no memory left."""
    return any(sign in message for sign in ("memory allocation", "bad_alloc", "exit code -9", "MemoryError"))


def syntax_error(text: str, offset: int, hint: str) -> SparqlSyntaxError:
    """Make the error that tells where *text* goes wrong, in the engine's words or in ours."""
    line, column = place(text, offset)
    rest = text[offset:].split(maxsplit=1)
    complaint = hint or (f"{rest[0][:40]!r} cannot stand here" if rest else "the query ends too early")
    message = f"line {line}, column {column}: {complaint}."
    return SparqlSyntaxError(message, line=line, column=column)


def write_frame(target: int, head: Mapping[str, Any], body: bytes, deadline: float) -> None:
    """Write a frame, or raise TimeoutError when nobody takes it by the *deadline*."""
    written = json.dumps(head).encode()
    poll = select.poll()
    poll.register(target, select.POLLOUT)
    os.set_blocking(target, False)
    for part in (_FRAME.pack(len(written), len(body)), written, body):
        view = memoryview(part)
        while view:
            _wait(poll, deadline)
            with contextlib.suppress(BlockingIOError):
                view = view[os.write(target, view[:_CHUNK]) :]


def read_frame(source: int, deadline: float) -> Reply:
    """Read a frame, or raise TimeoutError at the *deadline* and EOFError at the pipe's end."""
    sizes = _FRAME.unpack(_read(source, _FRAME.size, deadline))
    head, body = (_read(source, size, deadline) for size in sizes)
    return json.loads(head), bytes(body)


def _read(source: int, size: int, deadline: float) -> bytearray:
    """Read *size* bytes, or raise TimeoutError at the *deadline* and EOFError at the pipe's end."""
    poll = select.poll()
    poll.register(source, select.POLLIN)
    read = bytearray()
    while len(read) < size:
        _wait(poll, deadline)
        chunk = os.read(source, min(size - len(read), _CHUNK))
        if not chunk:
            raise EOFError
        read += chunk
    return read


def _wait(poll: select.poll, deadline: float) -> None:
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if poll.poll(min(left, _POLL_STEP) * 1000):
            return


# What follows runs in the process.


class Capped(io.RawIOBase):
    """A file that takes no more than *most* bytes."""

    def __init__(self, most: int) -> None:
        self.written = bytearray()
        self._most = most

    def write(self, chunk: Any, /) -> int:
        if len(self.written) + len(chunk) > self._most:
            raise OverflowError
        self.written += chunk
        return len(chunk)


def open_load(load: Mapping[str, Any], body: bytes) -> ox.Store:
    """Open the store that a `Worker` is given."""
    if load["op"] == "disk":
        return ox.Store.read_only(load["path"])
    store = ox.Store()
    if load["op"] == "quads":
        store.bulk_load(body, format=ox.RdfFormat.N_QUADS)
    for path, graph in load.get("files", ()):
        store.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    return store


def _answer(store: ox.Store, request: Mapping[str, Any]) -> Reply:
    _allow_memory(request["memory"])
    try:
        return _asked(store, request)
    except OverflowError:
        return {"kind": "large"}, b""
    except MemoryError:
        return {"kind": "memory"}, b""
    except SyntaxError as error:
        offset = misfit(request["text"], request["prefixes"])
        return {"kind": "syntax", "offset": offset, "message": hint(error)}, b""
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent says it
        return {"kind": "failed", "message": f"{type(error).__name__}: {error}"}, b""
    finally:
        _allow_memory(None)


def _asked(store: ox.Store, request: Mapping[str, Any]) -> Reply:
    result = store.query(
        request["text"], prefixes=request["prefixes"], use_default_graph_as_union=request["union"]
    )
    if isinstance(result, ox.QueryBoolean):
        return {"kind": "boolean", "value": bool(result)}, b""
    sink = Capped(request["most"])
    if isinstance(result, ox.QueryTriples):
        result.serialize(cast(IO[bytes], sink), format=ox.RdfFormat.N_TRIPLES)
        return {"kind": "graph"}, bytes(sink.written)
    result.serialize(cast(IO[bytes], sink), format=ox.QueryResultsFormat.JSON)
    return {"kind": "rows"}, bytes(sink.written)


def _allow_memory(beyond: int | None) -> None:
    """Let the process have *beyond* bytes more than it has now; None lifts the limit."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = hard
    if beyond is not None:
        pages = int(os.pread(_statm(), 64, 0).split()[0])
        most = pages * resource.getpagesize() + beyond
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


@functools.cache
def _statm() -> int:
    """Open, once, the file that says how much memory the process has."""
    return os.open("/proc/self/statm", os.O_RDONLY)


def misfit(text: str, prefixes: Mapping[str, str]) -> int:
    """Find the first token after which no query can go on as *text* does.

    The engine reports how far it peered, which is up to a keyword's length
    too far. So each guess is parsed up to one token, many blank lines and a
    sign that SPARQL has not: if the engine stumbles over that sign, all
    before it is sound. Nothing is evaluated, for nothing parses.
    """
    found = list(tokens(text))
    sound, unsound = 0, len(found) + 1
    store = ox.Store()
    while unsound - sound > 1:
        guess = (sound + unsound) // 2
        before = text[: found[guess - 1].start + len(found[guess - 1].text)]
        if _stumbles_at(store, before + "\n" * 80 + "\u2603", prefixes) > before.count("\n") + 40:
            sound = guess
        else:
            unsound = guess
    return found[sound].start if sound < len(found) else len(text)


def _stumbles_at(store: ox.Store, text: str, prefixes: Mapping[str, str]) -> int:
    try:
        store.query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        found = re.search(r"error at (\d+):", str(error))
        return int(found[1]) if found else 0
    return 0


def hint(error: SyntaxError) -> str:
    """Pick the sentence, if there is one, out of all that the engine expected."""
    found = re.search(r"(The [A-Z]+ [a-z ]+|IRI parsing failed)", str(error))
    return found[1].strip() if found else ""


def _serve() -> None:
    """Answer requests from stdin until it ends, even in the midst of a query."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    replies = os.dup(1)
    os.dup2(2, 1)  # a stray print must not come between the frames
    requests: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    load, body = requests.get()
    try:
        store = open_load(load, body)
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        write_frame(replies, {"kind": "failed", "message": str(error)}, b"", _NEVER)
        return
    del body
    if load["op"] != "disk":  # a store on disk opens its files as it needs them
        close_the_doors()
    write_frame(replies, {"kind": "ready"}, b"", _NEVER)
    while True:
        request, _ = requests.get()
        write_frame(replies, *_answer(store, request), _NEVER)


def _listen(requests: "queue.SimpleQueue[Reply]") -> None:
    while True:
        try:
            requests.put(read_frame(0, _NEVER))
        except EOFError:
            os._exit(0)


def close_the_doors() -> None:
    """Allow no further file or socket: a second lock, should a SERVICE ever slip through the guard."""
    _statm()
    spare = os.dup(0)
    os.close(spare)
    resource.setrlimit(resource.RLIMIT_NOFILE, (spare, spare))


if __name__ == "__main__":
    _serve()
