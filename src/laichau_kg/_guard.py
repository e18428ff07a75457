"""What free SPARQL may say: it reads our graphs, changes nothing and fetches nothing.

The text is cut into the tokens of the SPARQL 1.1 grammar (section 19.8), so
that a word in a string, a comment or an IRI is not taken for a keyword. One
place is ambiguous without a full parse: after ``<`` there may stand an IRI or
the right side of a comparison, and with a ``#`` or a quote in it the two
readings part for good. Within brackets both are followed, and what is
forbidden in either is refused.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from laichau_kg.errors import SparqlSyntaxError, UpdateRefusedError
from laichau_kg.text import near_names
from laichau_kg.vocab import GRAPH, PREFIXES

__all__ = [
    "MEMORY",
    "TIMEOUT",
    "Admitted",
    "Dataset",
    "Token",
    "admit",
    "dataset_of",
    "place",
    "query_form",
    "solutions_of",
    "tokens",
]

TIMEOUT: Final = 30.0
"""Seconds that free SPARQL may take, unless told otherwise."""

MEMORY: Final = 2**30
"""Bytes that free SPARQL may take beside the data, unless told otherwise."""

FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES: Final = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]
)

_PN_START = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_PN_CHAR = _PN_START + r"_0-9\u00B7\u0300-\u036F\u203F\u2040\-"
_PREFIX_NAME = rf"[{_PN_START}](?:[{_PN_CHAR}.]*[{_PN_CHAR}])?"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_PN_CHAR}:]|{_ESCAPE})(?:(?:[{_PN_CHAR}:.]|{_ESCAPE})*(?:[{_PN_CHAR}:]|{_ESCAPE}))?"

_OPENS, _CLOSES = "([{", ")]}"
_DEEPEST = 100
_HEAD_IS_WHOLE = 2


@functools.cache
def _token() -> re.Pattern[str]:
    """Compile the grammar's tokens, once, and not before free SPARQL is asked."""
    return re.compile(
        rf"""
          (?P<space>   [ \t\r\n]+ | \#[^\r\n]* )
        | (?P<iri>     <[^\x00-\x20<>"{{}}|^`\\]*> )
        | (?P<string>  \"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
                     | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
        | (?P<blank>   _:[{_PN_CHAR}.]+ )
        | (?P<name>    (?:{_PREFIX_NAME})?:(?:{_LOCAL})? )
        | (?P<var>     [?$][{_PN_CHAR}]+ )
        | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
        | (?P<number>  [0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)? | \.[0-9]+(?:[eE][+-]?[0-9]+)? )
        | (?P<word>    [A-Za-z_][A-Za-z0-9_]* )
        | (?P<sign>    . )
        """,
        re.VERBOSE | re.DOTALL,
    )


class Token(NamedTuple):
    """A token of SPARQL: its kind is the name of its group in the pattern."""

    kind: str
    text: str
    start: int


class Dataset(NamedTuple):
    """The graphs that a query names: by FROM, which make its default graph, and by FROM NAMED."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query that may be run.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        prefixes: Our prefixes that it uses and does not declare.
        dataset: The graphs that it names.
    """

    form: str
    prefixes: dict[str, str]
    dataset: Dataset


def admit(text: str, *, any_graph: bool = False) -> Admitted:
    """Judge free SPARQL by its tokens; whether it is whole SPARQL is left to the engine.

    Args:
        text: The query.
        any_graph: Let it name graphs that are not ours, for an engine to which they are empty.

    Raises:
        UpdateRefusedError: it is an update, or would fetch (SERVICE, a FROM beyond the record's graphs).
        SparqlSyntaxError: it is no query at all, or uses a prefix that nobody declared.
    """
    form, declared = _prologue(text)
    dataset = _dataset(text, declared) if _may_name_graphs(text) else Dataset()
    for iri in (*dataset.default, *dataset.named):
        if not (any_graph or iri.startswith(GRAPH)):
            raise UpdateRefusedError(
                f"FROM <{iri}>: not a graph of this record; its graphs are named {GRAPH}<article>."
            )
    if _calls_service(text):
        raise UpdateRefusedError("SERVICE asks another server; free SPARQL reads this record only.")
    return Admitted(form, _missing_prefixes(text, declared), dataset)


def dataset_of(text: str) -> Dataset:
    """Read which graphs a trusted query names; most name none."""
    return _dataset(text, _prologue(text)[1]) if _may_name_graphs(text) else Dataset()


def solutions_of(text: str) -> str | None:
    """Rewrite a CONSTRUCT or DESCRIBE as the SELECT that has a row for each of its solutions.

    None where the query has no pattern, as ``DESCRIBE <thing>``.
    """
    found = list(tokens(text))
    form = next(index for index, token in enumerate(found) if token.text.upper() in FORMS)
    braces = _outer_braces(found[form:])
    if not braces:
        return None
    has_template = found[form].text.upper() == "CONSTRUCT" and len(braces) > 1
    start, end = braces[has_template]
    head = text[: found[form].start]
    clauses = "".join(
        f"FROM {'NAMED ' if named else ''}<{iri}> "
        for named, iris in enumerate(dataset_of(text))
        for iri in iris
    )
    return f"{head}SELECT (1 AS ?solution) {clauses}WHERE {text[start:end]}{text[end:]}"


def _outer_braces(found: list[Token]) -> list[tuple[int, int]]:
    """List where each outermost ``{…}`` starts and ends."""
    depth, start, spans = 0, 0, []
    for token in found:
        if token.kind != "sign":
            continue
        if token.text == "{":
            start = start if depth else token.start
            depth += 1
        elif token.text == "}":
            depth -= 1
            if depth == 0:
                spans.append((start, token.start + 1))
    return spans


def query_form(text: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE.

    Raises:
        UpdateRefusedError: it is an update.
        SparqlSyntaxError: it is no query.
    """
    return _prologue(text)[0]


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the 1-based line and column of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens, ``<…>`` read as an IRI wherever it can be one; space and comments are dropped."""
    for match in _token().finditer(text):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], match.start())


def _prologue(text: str) -> tuple[str, dict[str, str]]:
    """Read the query's form and the prefixes that it declares."""
    declared: dict[str, str] = {}
    found = (match for match in _token().finditer(text) if match.lastgroup != "space")
    for match in found:
        keyword = (match["word"] or "").upper()
        if keyword in ("BASE", "VERSION"):
            next(found, None)
        elif keyword == "PREFIX":
            name, iri = next(found, None), next(found, None)
            if name and iri and name["name"] and iri["iri"]:
                declared[name[0].rstrip(":")] = iri[0][1:-1]
        elif keyword in FORMS:
            return keyword, declared
        elif keyword in UPDATES:
            raise UpdateRefusedError(
                f"{keyword} changes a store; only SELECT, ASK, CONSTRUCT and DESCRIBE are taken. "
                "Facts enter the record as Turtle files under data/."
            )
        else:
            line, column = place(text, match.start())
            raise SparqlSyntaxError(
                f"line {line}, column {column}: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, "
                f"not with {match[0]!r}.",
                line=line,
                column=column,
            )
    line, column = place(text, len(text))
    raise SparqlSyntaxError("There is no query in this text.", line=line, column=column)


def _may_name_graphs(text: str) -> bool:
    return "from" in text.lower()


def _dataset(text: str, declared: dict[str, str]) -> Dataset:
    found = list(tokens(text))
    prefixes = PREFIXES | declared
    graphs: tuple[list[str], list[str]] = [], []
    for index, token in enumerate(found[:-1]):
        if token.kind != "word" or token.text.upper() != "FROM":
            continue
        named = found[index + 1].text.upper() == "NAMED" and index + 2 < len(found)
        target = found[index + 1 + named]
        iri = target.text[1:-1] if target.kind == "iri" else _expand(target, prefixes)
        if iri:
            graphs[named].append(iri)
    return Dataset(*map(tuple, graphs))


def _expand(token: Token, prefixes: dict[str, str]) -> str:
    prefix, colon, local = token.text.partition(":")
    return prefixes.get(prefix, "") + local if colon and token.kind == "name" else ""


def _missing_prefixes(text: str, declared: dict[str, str]) -> dict[str, str]:
    pattern = _token()
    name = pattern.groupindex["name"] - 1
    used = {groups[name].partition(":")[0] for groups in pattern.findall(text) if groups[name]}
    missing = used - declared.keys()
    unknown = missing - PREFIXES.keys()
    if unknown:
        raise _undeclared(next(one for one in tokens(text) if _prefix_of(one) in unknown), declared, text)
    return {prefix: PREFIXES[prefix] for prefix in missing}


def _prefix_of(token: Token) -> str | None:
    return token.text.partition(":")[0] if token.kind == "name" else None


def _undeclared(token: Token, declared: dict[str, str], text: str) -> SparqlSyntaxError:
    prefix = _prefix_of(token)
    line, column = place(text, token.start)
    near = near_names(prefix, [*declared, *PREFIXES]) if prefix else []
    hint = f" Did you mean {' or '.join(name + ':' for name in near)}?" if near else ""
    message = f"line {line}, column {column}: nothing declares the prefix of {token.text}.{hint}"
    return SparqlSyntaxError(message, line=line, column=column)


def _calls_service(text: str) -> bool:
    """Whether any reading of *text* holds ``SERVICE [SILENT] <name or variable> {``."""
    if "service" not in text.lower():
        return False
    # A remark may be met again and again, and be long: where lines end is looked up.
    ends = [end.start() for end in re.finditer(r"[\r\n]", text)] + [len(text)]
    # Where to read on, the open brackets, how much of the clause's head stands before.
    branches = [(0, "", 0)]
    seen = set(branches)
    while branches:
        at, brackets, step = branches.pop()
        if text[at : at + 1] == "#":
            at = ends[bisect_left(ends, at)]
        match = _token().match(text, at)
        if not match:
            continue
        kind, written = match.lastgroup or "", match[0]
        if kind == "sign" and written == "{" and step == _HEAD_IS_WHOLE:
            return True
        after = [(match.end(), *_after(kind, written, brackets, step))]
        if kind == "iri" and brackets.endswith("(") and ("#" in written or "'" in written):
            after.append((at + 1, brackets, 0))
        branches += [branch for branch in after if branch not in seen]
        seen.update(after)
    return False


def _after(kind: str, written: str, brackets: str, step: int) -> tuple[str, int]:
    if kind == "space":
        return brackets, step
    if kind == "sign" and written in _OPENS:
        if len(brackets) > _DEEPEST:
            raise SparqlSyntaxError(f"Brackets nest deeper than {_DEEPEST}.")
        return brackets + written, 0
    if kind == "sign" and written in _CLOSES:
        return brackets[:-1], 0
    word = written.upper() if kind == "word" else ""
    if word == "SERVICE" or (word == "SILENT" and step == 1):
        return brackets, 1
    return brackets, _HEAD_IS_WHOLE if step == 1 and kind in ("iri", "name", "var") else 0
