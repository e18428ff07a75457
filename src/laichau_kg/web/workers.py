"""An event loop's handles on the nursery's process and on the workers that it bears."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

from laichau_kg._frames import ANSWER, Answer, Question, pack_question
from laichau_kg._nursery import COMMAND, LONGEST_WORD
from laichau_kg._worker import write_frame
from laichau_kg.errors import StoreUnavailableError

__all__ = ["Nursery", "WorkerEnd", "start_nursery"]

_START_UP: Final = 120.0  # a large record takes its time
_FAREWELL: Final = 2.0
_LAST_WORDS: Final = 1 << 16


class WorkerEnd(asyncio.Protocol):
    """One worker's end of the conversation.

    Attributes:
        pid: The process.
        complaints: The file that it complains into.
        alive: Whether it can be asked.
        since: When it was last asked, on the monotonic clock.
        slow: Called once if the answer takes its time.
        steps_down: How far it gives way to others, for good.
        reply: The answer under way, or the last one.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, complaints: int) -> None:
        self.pid = 0
        self.complaints = complaints
        self.alive = True
        self.since = 0.0
        self.steps_down = 0
        self.slow: Callable[[], object] | None = None
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._scrap = b""  # of an answer's head
        self._head: tuple[int, int, int, int] | None = None
        self._chunks: list[bytes] = []
        self._missing = 0
        self.reply: asyncio.Future[Answer] = loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, _exc: Exception | None) -> None:
        """Tell whoever waits that the process is gone."""
        self.alive = False
        self.answer(Answer("dead"))

    def say(self, question: Question) -> "asyncio.Future[Answer]":
        """Send a question."""
        self.reply = self._loop.create_future()
        self.since = time.monotonic()
        if self.alive and self._transport:
            self._transport.write(pack_question(question))
        else:
            self.answer(Answer("dead"))
        return self.reply

    def answer(self, answer: Answer) -> None:
        """Settle the question under way."""
        if not self.reply.done():
            self.reply.set_result(answer)

    def data_received(self, data: bytes) -> None:
        """Collect an answer until it is whole."""
        if self._head is None:
            data = self._scrap + data
            if len(data) < ANSWER.size:
                self._scrap = data
                return
            self._scrap = b""
            self._head = ANSWER.unpack_from(data)
            self._missing = self._head[2] + self._head[3]
            data = data[ANSWER.size :]
        self._chunks.append(data)
        self._missing -= len(data)
        if self._missing > 0:
            return
        (kind, flags, note, _), self._head = self._head, None
        whole, self._chunks = b"".join(self._chunks), []
        self.answer(Answer.unpacked(kind, flags, whole[:note], whole[note:] if note else whole))

    def demote(self, steps: int) -> None:
        """Stand so many steps behind this process from now on; nobody is allowed to take that back."""
        if steps <= self.steps_down:
            return
        self.steps_down = steps
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, os.getpriority(os.PRIO_PROCESS, 0) + steps)

    def hang_up(self) -> str:
        """End the conversation and return what the process complained of."""
        self.alive = False
        if self._transport:
            self._transport.abort()
        if self.complaints < 0:
            return ""
        said = os.pread(self.complaints, _LAST_WORDS, 0).decode(errors="replace").strip()
        os.close(self.complaints)
        self.complaints = -1
        return said


class Nursery:
    """The parent's handle on the process that bears workers."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self.alive = True
        self.is_ready = False
        self._process = process
        self._control = control
        self._loop = asyncio.get_running_loop()
        self._replies: deque[asyncio.Future[dict[str, Any]]] = deque()
        self._loop.add_reader(control.fileno(), self._listen)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def expect(self) -> "asyncio.Future[dict[str, Any]]":
        """Return what it will say next, after all that is expected already."""
        reply: asyncio.Future[dict[str, Any]] = self._loop.create_future()
        self._replies.append(reply)
        if not self.alive:
            self._lose()
        return reply

    async def bear(self, memory: int, size: int) -> WorkerEnd:
        """Have it bear a worker.

        Args:
            memory: Bytes for one query, beside the data.
            size: Bytes of one answer.

        Raises:
            StoreUnavailableError: it cannot.
        """
        ours, theirs = socket.socketpair()
        complaints = os.memfd_create("complaints")
        worker = WorkerEnd(self._loop, complaints)
        try:
            with theirs:
                word = json.dumps({"op": "bear", "parent": self.pid, "memory": memory, "size": size}).encode()
                socket.send_fds(self._control, [word], [theirs.fileno(), complaints])
            worker.pid = (await self.expect())["pid"]
        except BaseException as error:
            ours.close()
            worker.hang_up()
            if isinstance(error, OSError | KeyError):
                raise StoreUnavailableError(f"No worker process can be started: {error!r}") from error
            raise
        try:
            await self._loop.create_connection(lambda: worker, sock=ours)
            async with asyncio.timeout(_START_UP):
                answer = await worker.reply
        except BaseException as error:
            worker.hang_up()
            if isinstance(error, OSError | TimeoutError):
                raise StoreUnavailableError(f"No worker process can be started: {error!r}") from error
            raise
        if answer.kind != "ready":
            raise StoreUnavailableError(f"A worker process cannot read the record: {worker.hang_up()}")
        return worker

    async def bury(self, worker: WorkerEnd) -> str:
        """End a worker and return its last words."""
        code: object = None
        if self.alive:
            with contextlib.suppress(OSError):
                self._control.send(json.dumps({"op": "bury", "pid": worker.pid}).encode())
                code = (await self.expect()).get("code")
        return f"{worker.hang_up()} (exit code {code})"

    def close(self) -> None:
        """End it and, by that, its workers."""
        self.alive = False
        self._loop.remove_reader(self._control.fileno())
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_FAREWELL if self.is_ready else 0)
        self._process.kill()
        self._process.wait()
        self._lose()

    def _listen(self) -> None:
        try:
            word = self._control.recv(LONGEST_WORD)
        except BlockingIOError:
            return
        except OSError:
            word = b""
        if not word:
            self.alive = False
            self._loop.remove_reader(self._control.fileno())
            self._lose()
            return
        reply = self._replies.popleft()
        if not reply.done():
            reply.set_result(json.loads(word))

    def _lose(self) -> None:
        while self._replies:
            reply = self._replies.popleft()
            if not reply.done():
                reply.set_result({"failed": "its process has ended"})


async def start_nursery(load: Mapping[str, Any], body: bytes) -> Nursery:
    """Start a nursery and wait until it has read its load.

    Raises:
        StoreUnavailableError: it cannot.
    """
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    spawning = asyncio.ensure_future(asyncio.to_thread(_spawn, theirs.fileno()))
    with theirs:
        try:
            process = await asyncio.shield(spawning)
        except BaseException:
            ours.close()
            _end(await spawning)
            raise
    ours.settimeout(0)
    nursery = Nursery(process, ours)
    try:
        ready = nursery.expect()
        await asyncio.to_thread(_feed, process, load, body)
        async with asyncio.timeout(_START_UP):
            word = await ready
    except (OSError, TimeoutError) as error:
        nursery.close()
        raise StoreUnavailableError(f"The worker processes cannot be started: {error!r}") from error
    except BaseException:
        nursery.close()
        raise
    if "failed" in word:
        nursery.close()
        raise StoreUnavailableError(f"The worker processes cannot read the record: {word['failed']}")
    nursery.is_ready = True
    return nursery


def _spawn(control: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, str(control)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, pass_fds=[control]
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with process:  # waits, and closes the pipe
        pass


def _feed(process: subprocess.Popen[bytes], load: Mapping[str, Any], body: bytes) -> None:
    if process.stdin:
        with process.stdin:
            write_frame(process.stdin.fileno(), load, body, time.monotonic() + _START_UP)
