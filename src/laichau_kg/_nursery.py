"""A process that reads the data once and bears workers, which share it.

Reading the data takes seconds where it is large, and a copy for each worker
takes memory; a fork takes neither. It is safe here for this process has one
thread: it waits on its control socket for the word to bear a worker, or to
bury one. A store on disk is opened by each worker for itself.

A worker gets its questions over a socket of its own, and answers in the form
that it is asked for, so that the asking process need not read what it hands
on. Whatever ends the asking process ends this one, by the end of its control
socket, and this one's end ends its workers.
"""

import contextlib
import ctypes
import functools
import gc
import itertools
import json
import os
import resource
import shutil
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from laichau_kg._frames import Answer, Question, answer_head, unpack_question
from laichau_kg._guard import Admitted, admit
from laichau_kg._rows import EnoughError, RowSink
from laichau_kg._worker import (
    Capped,
    close_the_doors,
    hint,
    misfit,
    open_load,
    read_frame,
    syntax_error,
)
from laichau_kg.errors import SparqlSyntaxError, UpdateRefusedError
from laichau_kg.vocab import BASE, PREFIXES

__all__ = ["COMMAND", "LONGEST_WORD"]

COMMAND: Final = (sys.executable, "-P", "-m", "laichau_kg._nursery")
"""Starts the process: its stdin takes the load; the number of its control socket is to be added."""

LONGEST_WORD: Final = 4096
"""Bytes that a word on the control socket may have."""

_CHUNK: Final = 1 << 16  # bytes that are read at once, into the same place each time
_SMALL: Final = 1 << 18  # bytes of an answer that is copied once more, so that it is sent at once
_SNAPSHOT: Final = ".served-"  # and the number of the process
_NEVER: Final = float("inf")
_PR_SET_PDEATHSIG: Final = 1
_WORTH_A_LOOK: Final = 0.05  # seconds; a shorter query cannot have filled much memory
_TIRED: Final = 2  # a worker that has kept half the memory it may take is replaced
_KEPT: Final = 512  # texts whose judgement is remembered
_ROWS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
}


def _serve() -> None:
    """Read the load, then bear and bury workers until the control socket ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    control = socket.socket(fileno=int(sys.argv[1]))
    snapshot: Path | None = None
    try:
        load, body = read_frame(0, _NEVER)
        if load["op"] == "disk":
            snapshot = _snapshot(Path(load["path"]))
            load = {"op": "disk", "path": str(snapshot or load["path"])}
        store = None if load["op"] == "disk" else open_load(load, body)
    except EOFError:
        return
    except (OSError, RuntimeError, SyntaxError, ValueError) as error:
        control.send(json.dumps({"failed": str(error)[:1000]}).encode())
        return
    del body
    _admitted("ASK {}")  # compiles what all would compile, each for itself
    gc.freeze()
    control.send(b'{"ready": true}')
    _bear_and_bury(control, load, store)
    if snapshot:
        shutil.rmtree(snapshot, ignore_errors=True)


def _bear_and_bury(control: socket.socket, load: Mapping[str, Any], store: ox.Store | None) -> None:
    """Do what the control socket says; when it ends, bury all."""
    born: set[int] = set()
    while True:
        word, handles, _, _ = socket.recv_fds(control, LONGEST_WORD, 2)
        if not word:
            break
        asked = json.loads(word)
        if asked["op"] == "bear":
            pid = os.fork()
            if pid == 0:
                control.close()
                _live(load, store, asked, *handles)
            for handle in handles:
                os.close(handle)
            born.add(pid)
            _tell(control, {"pid": pid})
        else:
            born.discard(asked["pid"])
            _tell(control, {"code": _bury(asked["pid"])})
    for pid in born:
        _bury(pid)


def _tell(control: socket.socket, word: Mapping[str, int]) -> None:
    with contextlib.suppress(BrokenPipeError):  # nobody listens any more: the next word is the end
        control.send(json.dumps(word).encode())


def _snapshot(folder: Path) -> Path | None:
    """Freeze a store on disk beside itself by hard links, so that it may be written to meanwhile.

    None where nothing can be written there. What a killed process left is removed.
    """
    for left in folder.parent.glob(f"{folder.name}{_SNAPSHOT}*"):
        if not Path(f"/proc/{left.name.rpartition('-')[2]}").exists():
            shutil.rmtree(left, ignore_errors=True)
    snapshot = folder.with_name(f"{folder.name}{_SNAPSHOT}{os.getpid()}")
    if not os.access(folder.parent, os.W_OK):
        return None
    ox.Store.read_only(str(folder)).backup(str(snapshot))
    return snapshot


def _bury(pid: int) -> int:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _live(
    load: Mapping[str, Any], store: ox.Store | None, asked: Mapping[str, Any], talk: int, complaints: int
) -> None:
    """Be a worker, to the end of the process."""
    parent = asked["parent"]
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    os.dup2(complaints, 2)
    os.dup2(complaints, 1)
    conversation = socket.socket(fileno=talk)
    _statm()
    try:
        if store is None:
            store = open_load(load, b"")
        else:  # a store on disk opens its files as it needs them
            close_the_doors()
        _attend(store, conversation, asked)
    except (OSError, RuntimeError) as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    except EOFError:
        pass
    os._exit(0)


def _attend(store: ox.Store, conversation: socket.socket, asked: Mapping[str, Any]) -> None:
    """Answer questions until the conversation ends, or this worker is better replaced."""
    memory, size = asked["memory"], asked["size"]
    base = _size()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = base + memory if hard == resource.RLIM_INFINITY else min(base + memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    _send(conversation, Answer("ready"))
    place = memoryview(bytearray(_CHUNK))
    while True:
        question = _receive(conversation, place)
        started = time.perf_counter()
        answer = _answer(store, question, size)
        if time.perf_counter() - started > _WORTH_A_LOOK or answer.kind == "memory":
            answer = answer._replace(is_tired=_size() - base > memory // _TIRED)
        _send(conversation, answer)
        del answer


def _receive(conversation: socket.socket, place: memoryview) -> Question:
    received = b""
    while True:
        length = conversation.recv_into(place)
        if not length:
            raise EOFError
        received += place[:length]
        question = unpack_question(received)
        if question:
            return question


def _send(conversation: socket.socket, answer: Answer) -> None:
    head = answer_head(answer)
    if len(answer.body) < _SMALL:
        conversation.sendall(head + answer.body)
    else:
        conversation.sendall(head)
        conversation.sendall(answer.body)


def _answer(store: ox.Store, question: Question, size: int) -> Answer:
    try:
        return _asked(store, question, size)
    except UpdateRefusedError as error:
        return Answer("refused", note={"message": str(error)})
    except SparqlSyntaxError as error:
        return Answer("syntax", note={"message": str(error), "line": error.line, "column": error.column})
    except OverflowError:
        return Answer("large")
    except MemoryError:
        return Answer("memory")
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent says it
        return Answer("failed", note={"message": f"{type(error).__name__}: {error}"})


def _asked(store: ox.Store, question: Question, size: int) -> Answer:
    text = question.text
    admitted = _admitted(text)
    form = question.rows_form if admitted.form in ("SELECT", "ASK") else question.graph_form
    if not form:
        return Answer("unacceptable", note={"form": admitted.form})
    try:
        result = store.query(text, base_iri=BASE, prefixes=admitted.prefixes, **_dataset(admitted, question))
    except SyntaxError as error:
        offset = misfit(text, admitted.prefixes)
        raise syntax_error(text, offset, hint(error)) from error
    if isinstance(result, ox.QueryBoolean):
        return Answer("boolean", result.serialize(format=_ROWS[form]) or b"")
    if isinstance(result, ox.QueryTriples):
        return _graph(result, form, question.rows, size)
    sink = RowSink(form, rows=question.rows, size=size)
    with contextlib.suppress(EnoughError):
        result.serialize(cast(IO[bytes], sink), format=_ROWS[form])
    body, is_truncated = sink.answer()
    return Answer("rows", body, is_truncated)


@functools.lru_cache(_KEPT)
def _admitted(text: str) -> Admitted:
    # A graph that the record does not hold is empty to this engine: it fetches nothing.
    return admit(text, any_graph=True)


def _dataset(admitted: Admitted, question: Question) -> dict[str, Any]:
    """Say what the query sees: the graphs that the question names, else those of FROM, else all."""
    default, named = question.default, question.named
    if not default and not named:
        return {"use_default_graph_as_union": not any(admitted.dataset)}
    return {"default_graph": list(map(_graph_name, default)), "named_graphs": list(map(_graph_name, named))}


def _graph_name(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise SparqlSyntaxError(f"{iri[:200]!r} cannot name a graph: it is no absolute IRI.") from error


def _graph(result: ox.QueryTriples, form: str, most: int, size: int) -> Answer:
    triples = list(itertools.islice(result, most + 1))
    truncated = len(triples) > most
    del triples[most:]
    plain = _written(triples, "nt", {}, size)
    if form != "nt":
        text = bytes(plain)
        used = {name: iri for name, iri in PREFIXES.items() if b"<" + iri.encode() in text}
        plain = _written(triples, form, used, size)
    return Answer("graph", bytes(plain), truncated)


def _written(triples: list[ox.Triple], form: str, prefixes: dict[str, str], most: int) -> bytearray:
    sink = Capped(most)
    ox.serialize(triples, cast(IO[bytes], sink), format=_GRAPHS[form], prefixes=prefixes)
    return sink.written


def _size() -> int:
    """Return how many bytes of address space this process has."""
    return int(os.pread(_statm(), 64, 0).split()[0]) * resource.getpagesize()


@functools.cache
def _statm() -> int:
    return os.open("/proc/self/statm", os.O_RDONLY)


if __name__ == "__main__":
    _serve()
