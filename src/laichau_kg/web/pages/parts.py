"""What several pages are made of: lists cut short, meetings, events, other names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from laichau_kg.terms import Literal
from laichau_kg.text import fold
from laichau_kg.vocab import ID, LCK, PREFIXES
from laichau_kg.web.pages.figures import code, figure_text
from laichau_kg.web.pages.things import Value
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = [
    "MOST",
    "Attended",
    "Happening",
    "Listed",
    "attended",
    "by_kind",
    "happenings",
    "linked",
    "listed",
    "once",
    "other_names",
    "question_address",
]

Item = TypeVar("Item")

MOST: Final = 100
"""Items of one list on a page; the question that lists all is a link below."""

_MOST_OF_KINDS: Final = 180  # of an index by kind, all kinds together
_LEAST_OF_KIND: Final = 5
_MOST_ATTENDED: Final = 25
_MOST_HAPPENINGS: Final = 15


@dataclass(frozen=True, slots=True)
class Listed(Generic[Item]):
    """The beginning of a list, and where the rest of it is.

    Attributes:
        items: What is shown.
        left: How many more there are.
        address: The question that lists all.
    """

    items: Sequence[Item]
    left: int
    address: str

    @property
    def count(self) -> int:
        """Count all, shown or not."""
        return len(self.items) + self.left


def listed(items: Sequence[Item], address: str, most: int = MOST) -> Listed[Item]:
    """Cut a list short."""
    return Listed(items[:most], max(0, len(items) - most), address)


def by_kind(
    rows: Iterable[Mapping[str, Any]], name: str, query_id: str
) -> list[tuple[str, str, Listed[Mapping[str, Any]]]]:
    """Part rows by their ``kind``: its code, its name, and the beginning of its rows, all by name.

    Args:
        rows: One row a thing.
        name: The column of the thing's name.
        query_id: The question that lists all of a kind.
    """
    kinds = once(sorted(rows, key=lambda row: fold(str(row[name]))), "kind")
    most = max(_LEAST_OF_KIND, _MOST_OF_KINDS // max(1, len(kinds)))
    parted = [
        (code(kind), str(of_one[0]["kindLabel"]), listed(of_one, question_address(query_id, kind=kind), most))
        for kind, of_one in kinds.items()
    ]
    return sorted(parted, key=lambda part: fold(part[1]))


def question_address(query_id: str, **params: str) -> str:
    """Make the address of a question's page.

    >>> question_address("meetings", kind="conference")
    '/questions/meetings?kind=conference'
    """
    return f"/questions/{query_id}" + (f"?{urlencode(params)}" if params else "")


def once(rows: Iterable[Mapping[str, Any]], column: str) -> dict[str, list[Mapping[str, Any]]]:
    """Gather the rows of each thing in *column*, in their order."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(str(row[column]), []).append(row)
    return found


def linked(rows: Iterable[Mapping[str, Any]], column: str) -> tuple[Value, ...]:
    """Return the things in *column* with their labels, each once."""
    found = {
        str(row[column]): Value(str(row[f"{column}Label"] or ""), str(row[column]))
        for row in rows
        if row[column] is not None
    }
    return tuple(found.values())


def other_names(service: Service, iri: str, lang: str) -> list[str]:
    """Return a thing's further names: those in *lang*, else those in Vietnamese."""
    names: dict[str, list[str]] = {}
    for name in service.filed.said(iri).get(PREFIXES["skos"] + "altLabel", ()):
        if isinstance(name, Literal):
            names.setdefault(name.language, []).append(name.value)
    return sorted(names.get(lang) or names.get("vi", []))


@dataclass(slots=True)
class Attended:
    """A meeting, and in which roles somebody was at it.

    Attributes:
        meeting: The meeting.
        date: Its day, if known.
        roles: The roles; for a group of people, whose.
        source: A row whose evidence shows it.
    """

    meeting: Value
    date: str
    source: Mapping[str, Any]
    roles: list[str] = field(default_factory=list)


def attended(service: Service, iri: str, lang: str) -> Listed[Attended]:
    """List the meetings that an official or a body took part in, itself, through a group, or as organizer."""
    through = {iri, *service.filed.subjects(LCK.memberOf, iri)}
    found: dict[str, Attended] = {}
    for row in service.matching("meetings", lang, "organizer", {iri}):
        _attended(found, row, say("parts.organizer", lang))
    for row in service.matching("meeting-participants", lang, "participant", through):
        role = str(row["roleLabel"])
        _attended(found, row, role if row["participant"] == iri else f"{row['participantLabel']}: {role}")
    meetings = sorted(found.values(), key=lambda one: (one.date, one.meeting.text), reverse=True)
    return listed(meetings, question_address("meeting-participants", participant=iri), _MOST_ATTENDED)


def _attended(found: dict[str, Attended], row: Mapping[str, Any], role: str) -> None:
    meeting = Value(str(row["meetingLabel"]), str(row["meeting"]))
    one = found.setdefault(meeting.iri, Attended(meeting, str(row["date"] or ""), row))
    if role not in one.roles:
        one.roles.append(role)


@dataclass(frozen=True, slots=True)
class Happening:
    """An award, a gift, a visit, a project or an event.

    Attributes:
        row: Its first row.
        by: Who did it.
        to: For whom.
        amount: How much, with the unit.
    """

    row: Mapping[str, Any]
    by: tuple[Value, ...]
    to: tuple[Value, ...]
    amount: str


def happenings(service: Service, iri: str, lang: str, columns: Sequence[str]) -> Listed[Happening]:
    """List the occurrences that have a thing in one of *columns*."""
    properties = {"by": LCK.by, "to": LCK.to, "meeting": LCK.meeting, "place": LCK.place}
    referring = (thing for column in columns for thing in service.filed.subjects(properties[column], iri))
    if not any(thing.startswith(f"{ID}occurrence/") for thing in referring):
        return listed([], "")
    wanted = {
        str(row["occurrence"])
        for column in columns
        for row in service.matching("occurrences", lang, column, {iri})
    }
    found = [
        Happening(
            rows[0],
            linked(rows, "by"),
            linked(rows, "to"),
            figure_text(rows[0], lang, value="amount") if rows[0]["amount"] is not None else "",
        )
        for rows in once(service.matching("occurrences", lang, "occurrence", wanted), "occurrence").values()
    ]
    return listed(found, question_address("occurrences"), _MOST_HAPPENINGS)
