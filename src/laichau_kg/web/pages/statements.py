"""What was asked, ordered, promised, aimed at and judged, as lists; and what came of a request."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from laichau_kg.vocab import ID, LCK
from laichau_kg.web.pages.parts import Listed, linked, listed, once, question_address
from laichau_kg.web.pages.things import Value
from laichau_kg.web.rendering import records
from laichau_kg.web.service import Service

__all__ = ["KINDS", "Group", "Reply", "Request", "Statement", "requests", "room", "statements"]

KINDS: Final = ("recommendations", "directives", "commitments", "goals", "assessments")
"""The questions that list statements, in the order of pages; texts are ``statements.<question>``."""

_MOST: Final = 40  # statements of all lists of a page, together
_FEWEST: Final = 3  # of each list, however many lists there are
_PROPERTIES: Final = {"by": LCK.by, "to": LCK.to, "meeting": LCK.meeting}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement.

    Attributes:
        iri: Its IRI.
        text: What it says.
        by: Whose it is.
        to: To whom.
        meeting: At which meeting, if at one.
        due: By when, if said.
        source: The row with its evidence.
    """

    iri: str
    text: str
    by: tuple[Value, ...]
    to: tuple[Value, ...]
    meeting: tuple[Value, ...]
    due: tuple[Value, ...]
    source: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one kind.

    Attributes:
        kind: One of `KINDS`.
        listed: The statements.
    """

    kind: str
    listed: Listed[Statement]


@dataclass(frozen=True, slots=True)
class Reply:
    """An order or a promise that answers a request, and what was reported of it later."""

    answer: Value
    class_label: str
    by: tuple[Value, ...]
    evidence: str
    reports: tuple[tuple[Value, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request and the replies to it."""

    request: Value
    by: tuple[Value, ...]
    to: tuple[Value, ...]
    replies: tuple[Reply, ...]
    source: Mapping[str, Any]


def room(service: Service, **params: str) -> int:
    """Tell how many statements of each list a page has room for, all its lists together.

    Args:
        service: What is asked.
        params: The parameters of the page's lists, each of a list of its own: ``by``, ``to``, ``meeting``.
    """
    sizes = [size for name, iri in params.items() for size in _sizes(service, name, iri).values()]
    most = max(sizes, default=0)
    while most > _FEWEST and sum(min(size, most) for size in sizes) > _MOST:
        most -= 1
    return most


def _sizes(service: Service, name: str, iri: str) -> dict[str, int]:
    """Count the statements of each kind that lead to a thing; this spares questions without an answer."""
    sizes: dict[str, int] = {}
    for thing in service.filed.subjects(_PROPERTIES[name], iri):
        kind = thing.removeprefix(ID).partition("/")[0] + "s"
        if kind in KINDS:
            sizes[kind] = sizes.get(kind, 0) + 1
    return sizes


def statements(
    service: Service, lang: str, most: int, kinds: Sequence[str] = KINDS, **params: str
) -> list[Group]:
    """List the statements that *params* choose, kind by kind; a kind without any is left out.

    Args:
        service: What is asked.
        lang: The language.
        most: How many of a kind are shown: the `room` there is.
        kinds: Which kinds, of `KINDS`.
        params: The one parameter that chooses: ``by``, ``to`` or ``meeting``.
    """
    groups = []
    there = {kind for name, iri in params.items() for kind in _sizes(service, name, iri)}
    for kind in kinds:
        if kind not in there:
            continue
        column = kind.removesuffix("s")
        rows = records(service.ask(kind, lang, **params))
        found = [_statement(iri, of_one) for iri, of_one in once(rows, column).items()]
        if found:
            groups.append(Group(kind, listed(found, question_address(kind, **params), most)))
    return groups


def _statement(iri: str, rows: Sequence[Mapping[str, Any]]) -> Statement:
    return Statement(
        iri,
        str(rows[0]["description"] or ""),
        linked(rows, "by"),
        linked(rows, "to"),
        linked(rows, "meeting"),
        linked(rows, "due"),
        rows[0],
    )


def requests(service: Service, lang: str, most: int, meeting: str) -> Listed[Request]:
    """List what was asked at a meeting, the orders and promises in answer, and what was reported of them."""
    there = "recommendations" in _sizes(service, "meeting", meeting)
    rows = records(service.ask("follow-through", lang, meeting=meeting)) if there else []
    found = [_request(of_one) for of_one in once(rows, "request").values()]
    return listed(found, question_address("follow-through", meeting=meeting), most)


def _request(rows: Sequence[Mapping[str, Any]]) -> Request:
    answered = [row for row in rows if row["answer"] is not None]
    return Request(
        Value(str(rows[0]["requestText"] or ""), str(rows[0]["request"])),
        linked(rows, "by"),
        linked(rows, "to"),
        tuple(_reply(of_one) for of_one in once(answered, "answer").values()),
        {"quote": None, **rows[0]},
    )


def _reply(rows: Sequence[Mapping[str, Any]]) -> Reply:
    row = rows[0]
    return Reply(
        Value(str(row["answerText"] or ""), str(row["answer"])),
        str(row["answerClassLabel"]),
        linked(rows, "answerBy"),
        str(row["answerEvidence"]),
        tuple(_reports(rows)),
    )


def _reports(rows: Iterable[Mapping[str, Any]]) -> list[tuple[Value, str]]:
    reported = once((row for row in rows if row["report"] is not None), "report")
    return [
        (Value(str(of_one[0]["reportText"] or ""), iri), str(of_one[0]["reportEvidence"]))
        for iri, of_one in reported.items()
    ]
