"""A pool of worker processes that answer SPARQL, for an event loop.

A nursery process (`laichau_kg._nursery`) holds the data and bears the
workers by fork, so that a new one costs no reading and hardly any memory.
One worker more than may work at once is kept: when one is killed, the next
query does not wait for its successor.
"""

import asyncio
import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from laichau_kg._frames import ANSWERED, Answer, Question
from laichau_kg._guard import MEMORY, TIMEOUT
from laichau_kg._worker import judged, ran_out, size_in_words
from laichau_kg.errors import (
    LimitExceededError,
    SparqlSyntaxError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    UpdateRefusedError,
)
from laichau_kg.store import Handover
from laichau_kg.web.workers import Nursery, WorkerEnd, start_nursery

__all__ = ["Limits", "Pool", "Reply"]

_SPARE: Final = 1
_TICK: Final = 0.05
_SLOW: Final = 0.2
_STEPS_DOWN: Final = ((1.0, 5), (10.0, 10))  # after so many seconds, of the system's 19 steps down
_FEW_STEPS: Final = 5  # with which a worker is kept: a new one has to copy what a long query touches
_ROUNDS: Final = 3  # of the loop, until sockets that were given up are closed


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may take.

    Attributes:
        timeout: Seconds for one query.
        memory: Bytes for one query, beside the data.
        rows: Rows, or triples, of one answer; what is more is cut off.
        size: Bytes of one answer.
        text: Bytes of one query.
        slots: Queries at once.
        waiting: Queries that may wait for a slot.
        patience: Seconds that they may wait.
    """

    timeout: float = TIMEOUT
    memory: int = MEMORY // 2
    rows: int = 100_000
    size: int = 64 * 2**20
    text: int = 100_000
    slots: int = max(4, os.cpu_count() or 1)
    waiting: int = 32
    patience: float = 10.0


class Reply(NamedTuple):
    """An answer as the engine wrote it.

    Attributes:
        kind: "rows", "graph" or "boolean"; "unacceptable" where the query's answer has no form that was
            asked for.
        form: The form of the body.
        body: The answer.
        truncated: Whether rows or triples were cut off.
    """

    kind: str
    form: str = ""
    body: bytes = b""
    truncated: bool = False


class Pool:
    """Answers queries in processes that are stopped at their limits; starts when first asked.

    It belongs to the event loop that starts it until it is closed there.

    Args:
        load: Gives what the processes are to read, as `laichau_kg.store.hand_over` does; called in a thread.
        limits: What queries may take.
    """

    def __init__(
        self, load: Callable[[], AbstractContextManager[Handover]], limits: Limits | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._load = load
        self._nursery: Nursery | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = asyncio.Lock()
        self._workers: set[WorkerEnd] = set()
        self._idle: list[WorkerEnd] = []
        self._busy = 0
        self._waiting: deque[tuple[float, asyncio.Future[WorkerEnd | None]]] = deque()
        self._chores: set[asyncio.Task[None]] = set()
        self._ticker: asyncio.TimerHandle | None = None

    @property
    def pids(self) -> list[int]:
        """The processes: the nursery's first."""
        if self._nursery is None:
            return []
        return [self._nursery.pid, *(worker.pid for worker in self._workers)]

    async def start(self) -> None:
        """Start the processes and wait until they have read the data.

        Raises:
            StoreUnavailableError: they cannot.
        """
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            if self._loop is not None:
                raise StoreUnavailableError("These worker processes belong to another event loop.")
            self._loop, self._starting = loop, asyncio.Lock()
        async with self._starting:
            if self._nursery and self._nursery.alive:
                return
            self._forget()
            with contextlib.ExitStack() as stack:
                handover = await asyncio.to_thread(lambda: stack.enter_context(self._load()))
                self._nursery = await start_nursery(*handover)
            try:
                await asyncio.gather(*(self._bear() for _ in range(self.limits.slots + _SPARE)))
            except BaseException:
                self._forget()
                raise

    async def ask(
        self,
        text: str,
        *,
        forms: tuple[str | None, str | None],
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        rows: int | None = None,
        slow: Callable[[], object] | None = None,
    ) -> Reply:
        """Ask *text*.

        Args:
            text: The query.
            forms: The form of rows ("json", "xml", "csv", "tsv"), and that of a graph ("ttl", "nt",
                "jsonld", "rdf", "trig"); None where none will do.
            default: The graphs whose union is the default graph, instead of what the query says.
            named: The named graphs, likewise.
            rows: Fewer rows than the limit.
            slow: Called once if the answer takes its time.

        Raises:
            StoreBusyError: too many ask at once.
            LimitExceededError: it was stopped.
            SparqlSyntaxError: it is not SPARQL.
            UpdateRefusedError: it would change or fetch something.
            QueryError: the engine gave up on it.
            StoreError: the engine failed.
        """
        if self._nursery is None or not self._nursery.alive or self._loop is not asyncio.get_running_loop():
            await self.start()
        most = self.limits.rows if rows is None else min(rows, self.limits.rows)
        question = Question(text, forms[0] or "", forms[1] or "", most, default, named)
        worker = await self._next_worker()
        worker.slow = slow
        reply = worker.say(question)
        if self._ticker is None:
            self._tick()
        try:
            answer = await reply
        except asyncio.CancelledError:
            self._replace(worker)
            raise
        kind = answer.kind
        if kind == "dead":
            answer = Answer(kind, note={"message": await self._last_words(worker)})
        elif kind == "time" or answer.is_tired or worker.steps_down > _FEW_STEPS:
            self._replace(worker)
        else:
            self._release(worker)
        if kind in ANSWERED:
            form = question.graph_form if kind == "graph" else question.rows_form
            return Reply(kind, form, answer.body, answer.is_truncated)
        return self._judged(answer, text)

    def _tick(self) -> None:
        """Look after those who work: one clock for all is cheaper than a timer for each query."""
        now = time.monotonic()
        working = [worker for worker in self._workers if not worker.reply.done()]
        for worker in working:
            taken = now - worker.since
            if taken >= self.limits.timeout:
                worker.answer(Answer("time"))
            elif taken >= _SLOW and worker.slow:
                slow, worker.slow = worker.slow, None
                slow()
            for after, steps in _STEPS_DOWN:
                if taken >= after:
                    worker.demote(steps)
        while self._waiting and now - self._waiting[0][0] >= self.limits.patience:
            _, place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
        self._ticker = (
            asyncio.get_running_loop().call_later(_TICK, self._tick) if working or self._waiting else None
        )

    async def close(self) -> None:
        """End all processes; the pool starts again when it is asked again.

        From a loop that does not own them it does nothing.
        """
        if self._loop is not asyncio.get_running_loop():
            return
        chores = list(self._chores)
        for chore in chores:
            chore.cancel()
        await asyncio.gather(*chores, return_exceptions=True)
        self._forget()
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
        self._loop = None

    def _judged(self, answer: Answer, text: str) -> Reply:
        limits, kind, note = self.limits, answer.kind, answer.note
        message = str(note.get("message", ""))
        if kind == "unacceptable":
            return Reply(kind, note["form"])
        if kind == "refused":
            raise UpdateRefusedError(message)
        if kind == "syntax":
            raise SparqlSyntaxError(message, line=note["line"], column=note["column"])
        if kind == "time":
            raise LimitExceededError(
                f"Stopped after {limits.timeout:g} s, the most a query may take here. Narrow it, or add "
                "LIMIT.",
                limit="time",
            )
        if kind == "large":
            raise LimitExceededError(
                f"Stopped: the answer is larger than {size_in_words(limits.size)}, the most that is sent. "
                "Narrow the query, or add LIMIT.",
                limit="memory",
            )
        if kind == "memory" or (kind == "dead" and ran_out(message)):
            raise LimitExceededError(
                f"Stopped: it needs more than {size_in_words(limits.memory)} of memory, the most a query may "
                "take here. Narrow it.",
                limit="memory",
            )
        judged(({"kind": kind, "message": message}, b""), text, timeout=limits.timeout, memory=limits.memory)
        raise StoreError(f"The engine failed on this query: {message}")

    async def _bear(self) -> None:
        nursery = self._nursery
        if nursery is None:
            return
        worker = await nursery.bear(self.limits.memory, self.limits.size)
        self._workers.add(worker)
        self._idle.append(worker)
        self._serve_waiting()

    async def _next_worker(self) -> WorkerEnd:
        """Take a worker, or wait for one.

        Raises:
            StoreBusyError: too many wait, or it took too long.
        """
        worker = None if self._waiting else self._taken()
        if worker is not None:
            return worker
        if len(self._waiting) >= self.limits.waiting:
            raise StoreBusyError("Too many queries at once; try again in a moment.", after=1)
        place: asyncio.Future[WorkerEnd | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((time.monotonic(), place))
        if self._ticker is None:
            self._tick()
        try:
            found = await place
        except asyncio.CancelledError:
            place.cancel()
            if not place.cancelled() and (given := place.result()):
                self._release(given)
            raise
        if found is None:
            raise StoreBusyError("All slots are taken by long queries; try again later.", after=5)
        return found

    def _release(self, worker: WorkerEnd) -> None:
        self._busy -= 1
        self._idle.append(worker)
        self._serve_waiting()

    def _serve_waiting(self) -> None:
        while self._waiting:
            _, place = self._waiting[0]
            if not place.done():
                worker = self._taken()
                if worker is None:
                    return
                place.set_result(worker)
            self._waiting.popleft()

    def _taken(self) -> WorkerEnd | None:
        """Take a worker that lives, if there is one and a slot for it."""
        while self._idle and self._busy < self.limits.slots:
            worker = self._idle.pop()
            if worker.alive:
                self._busy += 1
                return worker
            self._replace(worker, was_busy=False)
        return None

    def _replace(self, worker: WorkerEnd, *, was_busy: bool = True) -> None:
        """Bury a worker and bear another, while others go on."""
        self._do(self._last_words(worker, was_busy=was_busy))

    async def _last_words(self, worker: WorkerEnd, *, was_busy: bool = True) -> str:
        self._workers.discard(worker)
        self._busy -= was_busy
        self._serve_waiting()
        nursery = self._nursery
        if nursery is None:
            return worker.hang_up()
        said = await nursery.bury(worker)
        if nursery.alive:
            self._do(self._bear_or_give_up())
        return said

    async def _bear_or_give_up(self) -> None:
        """Bear a worker; where that fails, so does the nursery, and who asks next starts a new one."""
        try:
            await self._bear()
        except StoreUnavailableError:
            if self._nursery:
                self._nursery.close()

    def _do(self, chore: Any) -> None:
        task = asyncio.get_running_loop().create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    def _forget(self) -> None:
        if self._nursery:
            self._nursery.close()
        for worker in self._workers:
            worker.hang_up()
        if self._ticker:
            self._ticker.cancel()
        self._ticker = self._nursery = None
        self._workers.clear()
        self._idle.clear()
        self._busy = 0
