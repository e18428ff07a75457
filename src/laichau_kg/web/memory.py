"""Memory given back to the system: what one page needed for a moment shall not stay with the server.

The allocator of the C library keeps a heap for each thread, and keeps what was
freed in it; with large answers in many threads that grows to gigabytes. Where
there is another library, nothing is done.
"""

import ctypes
from collections.abc import Callable
from typing import Any, Final

__all__ = ["give_back", "share_heaps"]

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_HEAPS: Final = 2
_LARGE: Final = 1 << 20  # bytes that are taken from the system, and given back, by themselves
_KEPT: Final = 1 << 26  # free bytes at a heap's end that stay


def share_heaps() -> None:
    """Let threads that begin from now on share few heaps."""
    mallopt = _function("mallopt")
    if mallopt:
        for name, value in ((_ARENA_MAX, _HEAPS), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _KEPT)):
            mallopt(name, value)


def give_back() -> None:
    """Give freed memory back to the system."""
    trim = _function("malloc_trim")
    if trim:
        trim(0)


def _function(name: str) -> Callable[..., Any] | None:
    return getattr(ctypes.CDLL(None), name, None)
