"""The errors this package raises.

::

    LaichauError
    ├── DataError                  facts, shapes or texts are not what they must be
    │   ├── TurtleError            a file is no valid RDF; has path, line and column
    │   ├── LayoutError            no ontology, data or queries where they were looked for
    │   ├── SourceError            a folder of texts cannot be read
    │   ├── DraftError             an extractor proposes what does not stand in the text
    │   └── TableError             tables cannot be turned into facts; has the bad cells
    ├── QueryError                 a question was put wrongly
    │   ├── UnknownQueryError      no such question; has near names
    │   ├── QueryFileError         a file in queries/ breaks the rules of its head
    │   ├── ParameterError         an unknown, missing or unfit parameter; has near names
    │   ├── UnknownThingError      no such thing in the record; has near names
    │   ├── UnknownRuleError       no such rule; has near names
    │   ├── SparqlSyntaxError      not SPARQL 1.1; has line and column
    │   ├── UpdateRefusedError     an update, or a query that would fetch
    │   └── LimitExceededError     stopped: out of time or out of memory
    ├── StoreError                 the store failed
    │   ├── StoreUnavailableError  cannot be opened or reached
    │   ├── StoreBusyError         too many ask at once
    │   └── IncompleteAnswerError  the server cut its answer short and said 200
    ├── WorkerDiedError            a process that did a part of the work ended too soon
    ├── LockedError                somebody else is changing the record; has the holder
    ├── QuoteNotFoundError         a quoted phrase does not stand in the text
    └── OutputError                what was asked for cannot be written there

Each error's text is one sentence or two: where, what, and what to do. The
offending values are attributes.
"""

from collections.abc import Sequence

__all__ = [
    "DataError",
    "DraftError",
    "IncompleteAnswerError",
    "LaichauError",
    "LayoutError",
    "LimitExceededError",
    "LockedError",
    "NotReadyError",
    "OutputError",
    "ParameterError",
    "QueryError",
    "QueryFileError",
    "QuoteNotFoundError",
    "SourceError",
    "SparqlSyntaxError",
    "StoreBusyError",
    "StoreError",
    "StoreUnavailableError",
    "TableError",
    "TurtleError",
    "UnknownQueryError",
    "UnknownRuleError",
    "UnknownThingError",
    "UpdateRefusedError",
    "WorkerDiedError",
]


class LaichauError(Exception):
    """Root of all errors that this package raises on purpose."""


class DataError(LaichauError):
    """Facts, shapes or texts are not what they must be."""


class TurtleError(DataError):
    """A file is no valid RDF.

    Attributes:
        path: The file, as it was named.
        line: 1-based line, or None where the parser knows none.
        column: 1-based column, or None.
    """

    def __init__(
        self, message: str, *, path: str, line: int | None = None, column: int | None = None
    ) -> None:
        self.path = path
        self.line = line
        self.column = column
        where = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{where}: {message}")


class LayoutError(DataError):
    """No ontology, data or queries where they were looked for."""


class SourceError(DataError):
    """A folder of texts cannot be read."""


class DraftError(DataError):
    """An extractor proposes what does not stand in the text, or not in the agreed form."""


class TableError(DataError):
    """Tables cannot be turned into facts.

    Attributes:
        problems: What is wrong, cell by cell, each with an own sentence.
    """

    def __init__(self, message: str, *, problems: Sequence[object] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__("\n  ".join([message, *map(str, self.problems)]))


class QueryError(LaichauError):
    """A question was put wrongly."""


class _NearMissError(QueryError):
    """A name that is not known, with those that come near it."""

    def __init__(self, message: str, *, name: str = "", near: Sequence[str] = ()) -> None:
        self.name = name
        self.near = tuple(near)
        hint = f" Did you mean {_alternatives(self.near)}?" if self.near else ""
        super().__init__(message + hint)


class UnknownQueryError(_NearMissError):
    """No question has this id."""


class QueryFileError(QueryError):
    """A file in queries/ breaks the rules of its head."""


class ParameterError(_NearMissError):
    """A parameter is unknown, missing or unfit.

    Attributes:
        fault: "unknown", "missing", or "unfit" for its value.
        value: What was given for it.
        wanted: What should have been given: a parameter's type.
        choices: Values that would fit, as far as they come near.
    """

    def __init__(
        self,
        message: str,
        *,
        name: str = "",
        near: Sequence[str] = (),
        fault: str = "unfit",
        value: str = "",
        wanted: str = "",
        choices: Sequence[str] = (),
    ) -> None:
        self.fault = fault
        self.value = value
        self.wanted = wanted
        self.choices = tuple(choices)
        super().__init__(message, name=name, near=near)


class UnknownThingError(_NearMissError):
    """Nothing in the record answers to this IRI, slug or label."""


class UnknownRuleError(_NearMissError):
    """No rule has this name."""


class SparqlSyntaxError(QueryError):
    """The text is not SPARQL 1.1.

    Attributes:
        line: 1-based line of the error, or None.
        column: 1-based column, or None.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


class UpdateRefusedError(QueryError):
    """The text would change the store or make it fetch something."""


class LimitExceededError(QueryError):
    """The query was stopped: out of time or out of memory.

    Attributes:
        limit: "time" or "memory".
    """

    def __init__(self, message: str, *, limit: str) -> None:
        self.limit = limit
        super().__init__(message)


class StoreError(LaichauError):
    """The store failed."""


class StoreUnavailableError(StoreError):
    """The store cannot be opened or reached."""


class StoreBusyError(StoreError):
    """Too many ask at once.

    Attributes:
        after: Seconds after which it is worth trying again.
    """

    def __init__(self, message: str, *, after: int) -> None:
        self.after = after
        super().__init__(message)


class NotReadyError(StoreBusyError):
    """What is asked for is being made just now."""


class IncompleteAnswerError(StoreError):
    """The server cut its answer short and yet said that all was well."""


class WorkerDiedError(LaichauError):
    """A process that did a part of the work ended before it was done."""


class LockedError(LaichauError):
    """Somebody else is changing the record.

    Attributes:
        holder: Who it is, in words; empty where that is not known.
    """

    def __init__(self, message: str, *, holder: str = "") -> None:
        self.holder = holder
        super().__init__(message)


class QuoteNotFoundError(LaichauError):
    """A quoted phrase does not stand in the text.

    Attributes:
        quote: The phrase that was looked for.
    """

    def __init__(self, message: str, *, quote: str) -> None:
        self.quote = quote
        super().__init__(message)


class OutputError(LaichauError):
    """What was asked for cannot be written there."""


def _alternatives(names: Sequence[str]) -> str:
    *head, last = names
    return f"{', '.join(head)} or {last}" if head else last
