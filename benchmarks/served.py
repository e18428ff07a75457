"""The servers that serve.py measures: started, filled, asked, ended."""

import re
import resource
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import pyoxigraph as ox

from laichau_kg.layout import Layout
from laichau_kg.store import record_files

LOADS_WITHIN = 120  # seconds that a server may load
PATIENCE = 10  # seconds that a server has to end, and to work off what nobody waits for any more
MEMORY = 8 * 2**30  # bytes of address space that a server may take; what it holds is less
PREFIXES = (
    "PREFIX lck: <https://w3id.org/laichau-kg/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Server:
    """A server that runs, in a session of its own."""

    name: str
    process: "subprocess.Popen[bytes]"
    address: str
    sparql: str

    def asking(self, query: str) -> str:
        """Make the path and query string that ask *query*; it ends in a comment, for a number to follow."""
        return f"{self.sparql}?query={urllib.parse.quote(f'{PREFIXES}{query} #', safe='')}"

    def worked(self) -> int:
        """Count the ticks that the processes of its session have worked."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.process.pid:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks

    def peak(self) -> int:
        """Return the most bytes that the process has held in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0

    def settle(self) -> None:
        """Wait until it works no more for clients that are gone."""
        deadline = time.monotonic() + 2 * PATIENCE
        before, now = -2, self.worked()
        while now - before > 1 and time.monotonic() < deadline:
            time.sleep(0.2)
            before, now = now, self.worked()


def get(address: str, *, accept: str = "*/*", timeout: float = LOADS_WITHIN) -> tuple[float, bytes]:
    """Fetch once; give the seconds and the body."""
    request = urllib.request.Request(address, headers={"Accept": accept})  # noqa: S310 - addresses of ours
    start = time.perf_counter()
    with OPENER.open(request, timeout=timeout) as response:
        body: bytes = response.read()
    return time.perf_counter() - start, body


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(name: str, command: Sequence[str | Path], port: int, sparql: str) -> Iterator[Server]:
    """Run a server until the block ends; it may still be loading when the block begins."""
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        yield Server(name, process, f"http://127.0.0.1:{port}", sparql)
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(server: Server, path: str = "", *, within: float = LOADS_WITHIN) -> None:
    """Wait until a server answers a path, or ``ASK {}``.

    Raises:
        RuntimeError: it ended, or did not in time.
    """
    address = server.address + (path or f"{server.sparql}?query=ASK%7B%7D")
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"{server.name} ended with exit code {server.process.returncode}.")
        with suppress(OSError):
            get(address, timeout=max(0.1, deadline - time.monotonic()))
            return
        time.sleep(0.01)
    raise RuntimeError(f"{server.name} did not answer within {within:.0f} s.")


def laichau(layout: Layout, port: int) -> list[str | Path]:
    """Write the command that serves a record."""
    program = [sys.executable, "-m", "laichau_kg.cli", "--root", layout.root]
    return [*program, "serve", "--port", str(port)]


def write_quads(layout: Layout, path: Path) -> int:
    """Write the record as N-Quads and count them."""
    count = 0

    def quads() -> Iterator[ox.Quad]:
        nonlocal count
        for file, graph in record_files(layout):
            name = ox.NamedNode(graph)
            for one in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
                count += 1
                yield ox.Quad(one.subject, one.predicate, one.object, name)

    ox.serialize(quads(), str(path), format=ox.RdfFormat.N_QUADS)
    return count


def fill(server: Server, quads: Path) -> None:
    """Load N-Quads into `oxigraph serve`."""
    with quads.open("rb") as data:
        request = urllib.request.Request(  # noqa: S310 - an address of ours
            f"{server.address}/store?no_transaction",
            data=data,
            headers={"Content-Type": "application/n-quads", "Content-Length": str(quads.stat().st_size)},
        )
        with OPENER.open(request, timeout=LOADS_WITHIN) as response:
            response.read()
