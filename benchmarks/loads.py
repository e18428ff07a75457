"""Load by wrk: many requests at once, and what came of them."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from served import PATIENCE, Server

CONNECTIONS = 16
LUA = """\
local paths, counted, at = {}, false, 0
function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  counted = args[2] == "counted"
  at = tonumber(args[3])
end
function request()
  at = at + 1
  if counted then return wrk.format(nil, paths[1] .. at) end
  return wrk.format(nil, paths[(at - 1) % #paths + 1])
end
function done(summary, latency)
  local wrong = summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect
  io.write(string.format('\\n{"answers": %d, "us": %d, "p50": %d, "p99": %d, "wrong": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), wrong))
end
"""


@dataclass(frozen=True)
class Load:
    """What a server did under load.

    Attributes:
        answers: How many came.
        rate: How many a second.
        p50: Milliseconds that half of them took at most.
        p99: Milliseconds that 99 of 100 took at most.
        wrong: How many were errors or did not come.
    """

    answers: int
    rate: float
    p50: float
    p99: float
    wrong: int = 0

    def __str__(self) -> str:
        """Write it as a cell."""
        wrong = f" {self.wrong} WRONG" if self.wrong else ""
        return f"{self.rate:>9,.1f}{self.p50:>9,.1f}{self.p99:>9,.1f}{wrong}"


class Wrk:
    """The load generator, with a folder for what it reads."""

    def __init__(self, folder: Path) -> None:
        self._script = folder / "load.lua"
        self._script.write_text(LUA)
        self._paths = folder / "paths.txt"
        self._at = 0

    def load(
        self,
        server: Server,
        paths: Sequence[str],
        seconds: float,
        *,
        accept: str = "*/*",
        counted: bool = False,
        connections: int = CONNECTIONS,
    ) -> Load:
        """Ask for paths, one after another on each connection.

        Args:
            server: Who is asked.
            paths: What is asked for, in turn and again from the start.
            seconds: How long.
            accept: The header.
            counted: Append a number to the only path, another each time.
            connections: How many ask at once.

        Raises:
            RuntimeError: the server has ended.
        """
        self._paths.write_text("\n".join(paths) + "\n")
        mode = "counted" if counted else "plain"
        command = [
            *("wrk", "-t1", f"-c{connections}", f"-d{round(seconds)}s", "--timeout", f"{3 * PATIENCE}s"),
            *("-H", f"Accept: {accept}", "-s", self._script, server.address),
            *("--", self._paths, mode, str(self._at if counted else 0)),
        ]
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
        if done.returncode or server.process.poll() is not None:
            raise RuntimeError(f"{server.name} does not answer any more.")
        found = json.loads(done.stdout.splitlines()[-1])
        self._at += found["answers"] + CONNECTIONS
        server.settle()
        return Load(
            found["answers"],
            found["answers"] / found["us"] * 1e6,
            found["p50"] / 1e3,
            found["p99"] / 1e3,
            found["wrong"],
        )


def together(turns: Sequence[Load]) -> Load:
    """Make one of several turns of like length: the means, and the worst 99 of 100."""
    return Load(
        sum(one.answers for one in turns),
        sum(one.rate for one in turns) / len(turns),
        sum(one.p50 for one in turns) / len(turns),
        max(one.p99 for one in turns),
        sum(one.wrong for one in turns),
    )
