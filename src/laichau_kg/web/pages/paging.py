"""Long lists in pages of their own, so that each stays small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from laichau_kg.errors import ParameterError

__all__ = ["Part", "part_of"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """A part of a list: its items, its number, and how many parts there are."""

    items: Sequence[Item]
    number: int
    last: int

    def addresses(self, address: str) -> list[tuple[int, str]]:
        """Give each part's number and address; none where there is only one part."""
        mark = "&" if "?" in address else "?"
        return [
            (one, address if one == 1 else f"{address}{mark}page={one}") for one in range(1, self.last + 1)
        ] * (self.last > 1)


def part_of(items: Sequence[Item], values: Mapping[str, str], *, most: int) -> Part[Item]:
    """Take the part of *items* that ``page`` in *values* asks for: the first, where it does not ask.

    Raises:
        ParameterError: there is no such part.
    """
    last = max(1, -(-len(items) // most))
    page = values.get("page", "1")
    if not (page.isascii() and page.isdecimal() and len(page) <= len(str(last)) and 1 <= int(page) <= last):
        message = f"page: {page!r} is no page; there are {last}."
        raise ParameterError(message, name="page", value=page, wanted="page")
    number = int(page)
    return Part(items[(number - 1) * most : number * most], number, last)
