"""Where a review takes place: lines are read, and text is written, with a terminal or without."""

import sys
import textwrap

__all__ = ["CLOSE", "OPEN", "Stop", "Terminal"]

OPEN, CLOSE = "\x02", "\x03"


class Stop(Exception):  # noqa: N818 - no error: the editor has had enough
    """The editor stops, or the input ends."""


class Terminal:
    """Reads lines and writes text; without a terminal, what is read is written too."""

    def __init__(self, *, width: int, colour: bool) -> None:
        self.width = width
        self._colour = colour
        self._is_typed = sys.stdin.isatty()
        if not self._is_typed and hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")
        if (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]

    def ask(self, prompt: str) -> str:
        """Ask for one line.

        Raises:
            Stop: the input has ended, or was interrupted.
        """
        try:
            if self._is_typed:
                sys.stdout.flush()
                return input(prompt).strip()
            sys.stdout.write(prompt)
            line = sys.stdin.readline()
        except (EOFError, KeyboardInterrupt) as ending:
            raise Stop from ending
        sys.stdout.write(line if line.endswith("\n") else f"{line}\n")
        if not line:
            raise Stop
        return line.strip()

    def say(self, text: str = "", *, indent: str = "") -> None:
        """Write a paragraph, filled; marked words stand in brackets."""
        for line in text.split("\n") if text else [""]:
            filled = textwrap.fill(
                line, self.width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
            )
            bold, plain = ("\x1b[1m", "\x1b[0m") if self._colour else ("", "")
            sys.stdout.write(filled.replace(OPEN, f"{bold}[").replace(CLOSE, f"]{plain}") + "\n")
