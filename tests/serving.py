"""The real server in a process of its own, and clients from npm, for the tests of the web."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from servers import free_ports, program, start, wait_for

ROOT = Path(__file__).parents[1]
WEB = Path(__file__).parent / "web"
INSTALLS_WITHIN = 600


@contextlib.contextmanager
def serving(*options):
    """Run `laichau serve` over this checkout and yield its process and its address, ending in a slash."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "laichau_kg.cli", "serve", "--port", str(port), *options]
    process = start(command, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D", process)
        yield process, f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def npm_clients():
    """Install what tests/web/package.json names, as the lock file has it, and return the folder.

    It stays, for the next run: the folder is not under version control.
    """
    node = program("node", package="nodejs from Debian")
    npm = program("npm", package="npm from Debian")
    with (WEB / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may come here at once
        wanted = (WEB / "package-lock.json").read_bytes()
        note = WEB / "node_modules" / ".installed-lock"
        if not note.is_file() or note.read_bytes() != wanted:
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(
                command, cwd=WEB, capture_output=True, text=True, timeout=INSTALLS_WITHIN, check=False
            )
            if done.returncode != 0:
                complaint = f"npm cannot install the clients: {done.stderr[-500:]}"
                if os.environ.get("CI") == "true":
                    pytest.fail(complaint)
                shutil.rmtree(WEB / "node_modules", ignore_errors=True)
                pytest.skip(complaint)
            note.write_bytes(wanted)
    return node, WEB / "node_modules"
