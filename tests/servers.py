"""Real SPARQL servers on loopback, for the tests: `oxigraph serve` and Virtuoso."""

import contextlib
import ctypes
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

STARTS_WITHIN = 60
PR_SET_PDEATHSIG = 1  # of prctl(2)

VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = 10000
MaxDirtyBuffers = 7000
ServerThreads = 10
DirsAllowed = {folder}
CaseMode = 2

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 5
MaxClientConnections = 5

[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_ports(count):
    """Find ports of loopback that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def program(*names, package):
    """Find a program, beside this Python first; skip the test without it, but not where all must run."""
    for name in names:
        found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
        if found:
            return found
    complaint = f"{names[0]} is missing; install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(complaint)
    return pytest.skip(complaint)


def start(command, **options):
    """Start a server that ends with this process, even when that is killed."""
    end_with_parent = functools.partial(ctypes.CDLL(None).prctl, PR_SET_PDEATHSIG, signal.SIGKILL)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, preexec_fn=end_with_parent, **quiet, **options)  # noqa: PLW1509 - one call, no lock


@contextlib.contextmanager
def oxigraph_server(folder, *options):
    """Run `oxigraph serve` over an empty store and yield its address."""
    binary = program("oxigraph", package="oxigraph from PyPI")
    (port,) = free_ports(1)
    command = [
        binary,
        "serve",
        "-l",
        str(folder),
        "-b",
        f"127.0.0.1:{port}",
        "--union-default-graph",
        *options,
    ]
    process = start(command)
    try:
        wait_for(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", process)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def virtuoso_server(folder, *, rows=1_000_000):
    """Run Virtuoso over an empty database, let everybody write, and yield its address."""
    binary = program("virtuoso-t", package="virtuoso-opensource from Debian")
    isql = program("isql-vt", "isql", package="virtuoso-opensource from Debian")
    sql, http = free_ports(2)
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(folder=folder, sql=sql, http=http, rows=rows), encoding="utf-8")
    command = [binary, "+configfile", str(ini), "+foreground"]
    process = start(command, cwd=folder)
    try:
        wait_for(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", process)
        grant = 'exec=grant SPARQL_UPDATE to "SPARQL";'
        subprocess.run([isql, f"127.0.0.1:{sql}", "dba", "dba", grant], check=True, stdout=subprocess.DEVNULL)
        yield f"http://127.0.0.1:{http}/sparql"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)


def wait_for(address, process):
    """Wait until *address* answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"{process.args[0]} ended at once with exit code {process.returncode}")
        with contextlib.suppress(OSError), opener.open(address, timeout=5) as response:
            response.read()
            return
        time.sleep(0.05)
    pytest.fail(f"{process.args[0]} did not answer within {STARTS_WITHIN} s")
