"""What was made lately, kept up to a total weight."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Cache"]

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Remembers what was made lately, up to a total weight; safe among threads.

    Who asks for what another is just making waits for it.

    Args:
        most: The greatest total weight.
        weigh: Tells the weight of one value.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _value: 1) -> None:
        self._most = most
        self._weigh = weigh
        self._weight = 0
        self._held: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()
        self._under_way: dict[Hashable, tuple[Lock, list[None]]] = {}

    def find(self, key: Hashable) -> Value | None:
        """Return what is remembered under *key*, or None."""
        with self._lock:
            value = self._held.get(key)
            if value is not None:
                self._held.move_to_end(key)
            return value

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what is remembered under *key*; else make it and remember it. What *make* raises passes."""
        value = self.find(key)
        if value is not None:
            return value
        with self._alone(key):
            value = self.find(key)
            if value is None:
                value = make()
                self.put(key, value)
        return value

    @contextmanager
    def _alone(self, key: Hashable) -> Iterator[None]:
        """Let one thread at a time make what is under *key*."""
        with self._lock:
            turn, waiting = self._under_way.setdefault(key, (Lock(), []))
            waiting.append(None)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                waiting.pop()
                if not waiting:
                    del self._under_way[key]

    def __len__(self) -> int:
        """Count what is remembered."""
        return len(self._held)

    def put(self, key: Hashable, value: Value) -> None:
        """Remember *value* under *key*, unless it alone outweighs all that may be remembered."""
        weight = self._weigh(value)
        if weight > self._most:
            return
        with self._lock:
            if key in self._held:
                self._weight -= self._weigh(self._held.pop(key))
            self._held[key] = value
            self._weight += weight
            while self._weight > self._most:
                _, dropped = self._held.popitem(last=False)
                self._weight -= self._weigh(dropped)
