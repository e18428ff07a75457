import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from laichau_kg._local import DiskStore
from laichau_kg.errors import (
    LimitExceededError,
    SparqlSyntaxError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
    UpdateRefusedError,
)
from laichau_kg.web.pool import Limits, Pool

QUADS = b"".join(
    b'<http://e/%d> <http://e/p> "value %d" <http://e/g> .\n' % (number, number) for number in range(3000)
)
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LENGTHY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . { SELECT ?d { ?d ?e ?f } LIMIT 1000 } }"
HUNGRY = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"
LARGE = "SELECT ?a ?c ?d ?f WHERE { ?a ?b ?c . ?d ?e ?f }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
MIB = 2**20


@contextlib.contextmanager
def quads():
    """Hand over 3,000 quads."""
    yield {"op": "quads"}, QUADS


def run(scenario, load=quads, **limits):
    """Run ``scenario(pool, ask)`` in a loop of its own and leave no process behind."""

    async def whole():
        pool = Pool(load, Limits(**({"slots": 1} | limits)))
        try:
            return await scenario(pool, lambda text, **more: ask(pool, text, **more))
        finally:
            await pool.close()

    return asyncio.run(whole())


async def ask(pool, text, *, rows="json", graph="nt", **more):
    """Ask for usual forms."""
    return await pool.ask(text, forms=(rows, graph), **more)


@pytest.fixture(scope="module")
def answered():
    """Give a function that asks one pool, which lives as long as this module's tests."""
    with asyncio.Runner() as runner:
        pool = Pool(quads, Limits(slots=1))
        yield lambda text, **more: runner.run(ask(pool, text, **more))
        runner.run(pool.close())


async def until(condition):
    """Wait until a condition holds."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - other processes set no event
            await asyncio.sleep(0.01)


def is_alive(pid):
    """Whether a process runs; one that has ended and is not asked for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize(
    ("form", "format_"), [("json", "JSON"), ("xml", "XML"), ("csv", "CSV"), ("tsv", "TSV")]
)
def test_rows_come_as_the_engine_writes_them(answered, form, format_):
    """The answer is the engine's own, to the byte."""
    text = 'SELECT * { VALUES (?a ?b) { ("tỉnh"@vi 1.5) (<http://e/x> UNDEF) } }'
    expected = ox.Store().query(text).serialize(format=getattr(ox.QueryResultsFormat, format_))

    reply = answered(text, rows=form)

    assert (reply.kind, reply.form, reply.body, reply.truncated) == ("rows", form, expected, False)


@pytest.mark.parametrize(
    ("form", "format_"),
    [("ttl", "TURTLE"), ("nt", "N_TRIPLES"), ("jsonld", "JSON_LD"), ("rdf", "RDF_XML"), ("trig", "TRIG")],
)
def test_graph_comes_in_each_form(answered, form, format_):
    """Each form holds the same triples."""
    reply = answered('CONSTRUCT { <http://e/a> <http://e/b> "c"@vi } {}', graph=form)
    found = {quad.triple for quad in ox.parse(reply.body, format=getattr(ox.RdfFormat, format_))}

    assert (reply.kind, reply.form) == ("graph", form)
    assert found == {
        ox.Triple(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/b"), ox.Literal("c", language="vi"))
    }


def test_form_that_does_not_fit_the_answer_is_told_before_the_work(answered):
    """Where no form of rows will do, an endless query is not even begun."""
    reply = answered(ENDLESS, rows=None)

    assert (reply.kind, reply.form) == ("unacceptable", "SELECT")


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"])
def test_rows_beyond_the_limit_are_cut_off_and_told(text):
    """An answer has as many rows or triples as are allowed, and says that there were more."""

    async def scenario(_pool, ask):
        return [await ask(text, rows="tsv"), await ask(text + " LIMIT 10", rows="tsv")]

    cut, whole = run(scenario, rows=10)

    assert (cut.truncated, whole.truncated) == (True, False)
    assert cut.body == whole.body


def test_query_out_of_time_is_killed_and_replaced():
    """At the limit its process ends; the next query is answered by the one in reserve."""

    async def scenario(pool, ask):
        await pool.start()
        before = set(pool.pids)
        with pytest.raises(LimitExceededError, match=r"Stopped after 0\.3 s") as caught:
            await ask(ENDLESS)
        pool.limits = Limits()
        reply = await ask(COUNT)
        await until(lambda: len(pool.pids) == len(before) and set(pool.pids) != before)
        (gone,) = before - set(pool.pids)
        return caught.value.limit, reply.body, is_alive(gone)

    limit, body, alive = run(scenario, timeout=0.3)

    assert limit == "time"
    assert b'"3000"' in body
    assert not alive


def test_endless_query_costs_its_own_slot_only():
    """Others are answered while it runs."""

    async def scenario(_pool, ask):
        endless = asyncio.create_task(ask(ENDLESS))
        replies = [await ask(COUNT) for _ in range(50)]
        still_runs = not endless.done()
        endless.cancel()
        return replies, still_runs

    replies, still_runs = run(scenario, slots=2)

    assert still_runs
    assert all(b'"3000"' in reply.body for reply in replies)


@pytest.mark.parametrize(("steps", "is_kept"), [(5, True), (10, False)])
def test_long_query_gives_way_and_a_very_long_one_costs_its_process(monkeypatch, steps, is_kept):
    """A process that stands far behind the others is replaced; one that stands a little behind is kept."""
    monkeypatch.setattr("laichau_kg.web.pool._STEPS_DOWN", ((0.01, steps),))
    usual = os.getpriority(os.PRIO_PROCESS, 0)

    async def scenario(pool, ask):
        await pool.start()
        before = set(pool.pids)
        asking = asyncio.create_task(ask(LENGTHY))
        await until(lambda: usual + steps in [os.getpriority(os.PRIO_PROCESS, pid) for pid in before])
        await asking
        return before <= set(pool.pids)

    assert run(scenario) is is_kept


def test_query_out_of_memory_is_stopped():
    """What needs too much ends its own process."""

    async def scenario(_pool, ask):
        with pytest.raises(LimitExceededError, match="more than 64 MiB of memory") as caught:
            await ask(HUNGRY)
        return caught.value.limit, await ask("ASK {}")

    limit, reply = run(scenario, memory=64 * MIB)

    assert limit == "memory"
    assert b"true" in reply.body


def test_answer_too_large_is_stopped():
    """The bytes of an answer are limited whatever its rows."""

    async def scenario(_pool, ask):
        with pytest.raises(LimitExceededError, match="larger than 1 MiB"):
            await ask(LARGE)
        return await ask("ASK {}")

    assert b"true" in run(scenario, size=MIB, rows=10**9).body


def test_process_that_aborts_takes_nobody_with_it():
    """An engine that aborts costs one process, and the error says how it ended."""

    async def scenario(pool, ask):
        await pool.start()
        failing = asyncio.create_task(ask(ENDLESS))
        await until(lambda: busy(pool))
        os.kill(busy(pool)[0], signal.SIGABRT)
        with pytest.raises(StoreError, match="exit code -6"):
            await failing
        return await ask(COUNT)

    assert b'"3000"' in run(scenario).body


def busy(pool):
    """List the processes that have worked: those that have used a tenth of a second."""
    spent = {}
    for pid in pool.pids[1:]:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        spent[pid] = int(fields[11])
    return [pid for pid, ticks in spent.items() if ticks >= os.sysconf("SC_CLK_TCK") // 10]


def test_no_more_queries_than_slots_and_few_may_wait():
    """Who comes when all slots and all places to wait are taken is sent away at once."""

    async def scenario(pool, ask):
        await pool.start()
        endless = [asyncio.create_task(ask(ENDLESS)) for _ in range(2)]
        await asyncio.sleep(0)  # one has the slot, one waits
        with pytest.raises(StoreBusyError, match="Too many") as caught:
            await ask("ASK {}")
        for task in endless:
            task.cancel()
        return caught.value.after

    assert run(scenario, waiting=1) >= 1


def test_patience_of_those_who_wait_ends():
    """Waiting is limited, too, and the error says when to come again."""

    async def scenario(_pool, ask):
        endless = asyncio.create_task(ask(ENDLESS))
        await asyncio.sleep(0)
        with pytest.raises(StoreBusyError, match="All slots") as caught:
            await ask("ASK {}")
        endless.cancel()
        return caught.value.after

    assert run(scenario, patience=0.2) >= 1


def test_query_that_nobody_waits_for_frees_its_slot():
    """A task that is cancelled takes its process with it."""

    async def scenario(pool, ask):
        await pool.start()
        endless = asyncio.create_task(ask(ENDLESS))
        await until(lambda: busy(pool))
        (pid,) = busy(pool)
        endless.cancel()
        reply = await ask(COUNT)
        await until(lambda: not is_alive(pid))
        return reply

    assert b'"3000"' in run(scenario).body


def test_slow_query_is_announced_once():
    """Whoever wants to look after a long query is called, once, and not for a short one."""
    called = []

    async def scenario(_pool, ask):
        await ask("ASK {}", slow=lambda: called.append("short"))
        endless = asyncio.create_task(ask(ENDLESS, slow=lambda: called.append("long")))
        await until(lambda: "long" in called)
        await asyncio.sleep(0.15)  # the clock looks again
        endless.cancel()

    run(scenario)

    assert called.count("long") == 1
    assert called[0] == "long"


@pytest.mark.parametrize(
    ("text", "error"),
    [("SELECT * { ?s ?p }", SparqlSyntaxError), ("DROP ALL", UpdateRefusedError), ("", SparqlSyntaxError)],
)
def test_what_is_no_query_is_refused(text, error):
    """Errors of the text are the caller's, and cost no process."""

    async def scenario(pool, ask):
        await pool.start()
        before = pool.pids
        with pytest.raises(error):
            await ask(text)
        return before == pool.pids

    assert run(scenario)


def test_syntax_error_has_line_and_column(answered):
    """The place in the text comes back from the process."""
    with pytest.raises(SparqlSyntaxError) as caught:
        answered("SELECT * WHERE {\n ?s ?p }")

    assert (caught.value.line, caught.value.column) == (2, 8)


@pytest.mark.parametrize(
    ("default", "named", "text", "expected"),
    [
        ([], [], "ASK { <http://e/1> ?p ?o }", True),
        (["http://e/g"], [], "ASK { <http://e/1> ?p ?o }", True),
        (["http://e/other"], [], "ASK { <http://e/1> ?p ?o }", False),
        ([], ["http://e/g"], "ASK { <http://e/1> ?p ?o }", False),
        ([], ["http://e/g"], "ASK { GRAPH ?g { <http://e/1> ?p ?o } }", True),
        (["http://e/g"], [], "ASK { GRAPH ?g { <http://e/1> ?p ?o } }", False),
        (["http://e/g"], [], "ASK FROM <http://e/other> { <http://e/1> ?p ?o }", True),
        ([], [], "ASK FROM <http://e/other> { <http://e/1> ?p ?o }", False),
    ],
)
def test_graphs_of_the_request_win_over_those_of_the_query(answered, default, named, text, expected):
    """Section 2.1.4 of the protocol: what the request names is the whole dataset."""
    assert (b"true" in answered(text, default=default, named=named).body) is expected


def test_pool_recovers_when_its_nursery_is_killed():
    """Even the process that bears the others may die."""

    async def scenario(pool, ask):
        await pool.start()
        before = pool.pids
        os.kill(before[0], signal.SIGKILL)
        await until(lambda: not any(map(is_alive, before)))
        await asyncio.sleep(0.05)
        return await ask(COUNT)

    assert b'"3000"' in run(scenario).body


def test_pool_belongs_to_one_loop_until_it_is_closed():
    """Another loop can neither ask nor end it while the first one has it, and may have it after."""
    pool = Pool(quads, Limits(slots=1))

    async def owned():
        await ask(pool, COUNT)
        with pytest.raises(StoreUnavailableError, match="another event loop"):
            await asyncio.to_thread(asyncio.run, ask(pool, COUNT))
        await asyncio.to_thread(asyncio.run, pool.close())
        reply = await ask(pool, COUNT)
        await pool.close()
        return reply

    assert asyncio.run(owned()) == asyncio.run(owned())


def test_data_that_cannot_be_read_are_told(tmp_path):
    """A pool that cannot start says why."""

    @contextlib.contextmanager
    def missing():
        yield {"op": "files", "files": [[str(tmp_path / "none.ttl"), "http://e/g"]]}, b""

    async def scenario(_pool, ask):
        with pytest.raises(StoreUnavailableError, match="No such file"):
            await ask("ASK {}")

    run(scenario, load=missing)


@pytest.fixture
def folder(tmp_path):
    """Give the folder of a store on disk that says one thing."""
    facts = tmp_path / "a.ttl"
    facts.write_text("<http://e/a> <http://e/b> 1 .\n", encoding="utf-8")
    store = DiskStore(tmp_path / "store")
    store.load_files([(facts, "http://e/g")])
    store.close()
    return tmp_path / "store"


def test_store_on_disk_is_served_as_it_was(folder):
    """What is written to it meanwhile is not seen, not even by a process that is born later."""

    async def scenario(pool, ask):
        await pool.start()
        writer = DiskStore(folder)
        writer.replace_graph("http://e/g", b"<http://e/a> <http://e/b> 1, 2, 3 .")
        writer.close()
        before = pool.pids[1:]
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        await until(lambda: not any(map(is_alive, before)))
        await asyncio.sleep(0.05)  # the loop hears of it
        return await ask(COUNT, rows="csv")

    reply = run(scenario, load=DiskStore(folder).handover)

    assert reply.body == b"n\r\n1\r\n"


def test_snapshot_of_a_store_on_disk_is_removed(folder):
    """Nothing is left beside the store when the pool is closed."""

    async def scenario(_pool, ask):
        await ask("ASK {}")
        return len(list(folder.parent.glob("store.served-*")))

    assert run(scenario, load=DiskStore(folder).handover) == 1
    assert list(folder.parent.glob("store.served-*")) == []


def test_closed_pool_leaves_no_process():
    """Closing ends all, also one in the midst of a query."""

    async def scenario(pool, ask):
        await pool.start()
        endless = asyncio.create_task(ask(ENDLESS))
        await until(lambda: busy(pool))
        pids = pool.pids
        await pool.close()
        endless.cancel()
        return pids

    pids = run(scenario)

    assert len(pids) > 2
    assert not any(map(is_alive, pids))


def test_processes_end_when_their_parent_is_killed():
    """Nothing runs on when the server dies, not even in the midst of a query."""
    script = textwrap.dedent(
        f"""
        import asyncio, contextlib
        from laichau_kg.web.pool import Limits, Pool

        @contextlib.contextmanager
        def load():
            yield {{"op": "quads"}}, DATA

        DATA = b"".join(b"<http://e/%d> <http://e/p> <http://e/o> <http://e/g> .\\n" % n for n in range(3000))

        async def main():
            pool = Pool(load, Limits())
            await pool.start()
            asking = asyncio.create_task(pool.ask({ENDLESS!r}, forms=("json", "nt")))
            await asyncio.sleep(0.3)
            print(*pool.pids, flush=True)
            await asking

        asyncio.run(main())
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
        parent.wait(10)

    deadline = time.monotonic() + 20
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(pids) > 2
    assert not any(map(is_alive, pids))
