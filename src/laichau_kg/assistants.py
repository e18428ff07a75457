"""The record for assistants: its questions as tools of the Model Context Protocol.

Every canned question is a tool; `search`, `show` and `sparql` stand beside
them.  Each answer has its rows, and the evidence they rest on, both as data
and as text.  What is asked wrongly is answered with a sentence that says how
to ask, so that an assistant can mend its own mistake.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from laichau_kg.answers import Answer, BooleanAnswer
from laichau_kg.columns import heading, shown_columns
from laichau_kg.errors import LaichauError, OutputError, ParameterError
from laichau_kg.queries import LANGUAGES, Parameter, Query
from laichau_kg.record import Record
from laichau_kg.resolve import FACT_KINDS
from laichau_kg.terms import Iri
from laichau_kg.text import near_names
from laichau_kg.vocab import ID, PREFIXES

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

__all__ = ["Reply", "Tool", "Toolbox", "make_server", "serve_assistants"]

_INSTRUCTIONS: Final = """\
The public record of Lai Châu province (Vietnam): who held which post, meetings, documents, orders,
requests, promises and figures, as news articles state them. Name things by name or slug, with or without
diacritics; find names with `search`. Every answer has `evidence`: the article and the place of the words
that carry a fact (…#char=start,end), with the words where they may be quoted. Cite it. Keep results
(actual), estimates and targets apart. What the record does not say it does not know: say so, and add
nothing. A long answer has `total` rows; `limit` and `offset` page through it."""
_DEFAULT_ROWS: Final = 50
_MOST_ROWS: Final = 500
_MOST_FACTS: Final = 20
_FEW_CODES: Final = 16
_JSON_TYPES: Final[Mapping[str, str]] = {"integer": "integer", "year": "integer", "decimal": "number"}
_PAGING: Final[Mapping[str, Any]] = {
    "limit": {
        "type": "integer", "minimum": 1, "maximum": _MOST_ROWS, "default": _DEFAULT_ROWS,
        "description": "How many rows to give at most.",
    },
    "offset": {
        "type": "integer", "minimum": 0, "default": 0, "description": "How many rows to pass over.",
    },
}  # fmt: skip
_TEXT: Final = {"type": "string"}
_OUTPUT: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "columns": {"type": "array", "items": _TEXT},
        "rows": {"type": "array", "items": {"type": "object"}},
        "total": {"type": "integer"},
        "offset": {"type": "integer"},
        "evidence": {"type": "array", "items": {"type": "object", "required": ["evidence", "article"]}},
        "boolean": {"type": "boolean"},
        "turtle": _TEXT,
    },
    "required": ["evidence"],
}
_CODES: Final = f"""
SELECT DISTINCT ?code WHERE {{ ?code <{PREFIXES["skos"]}inScheme> ?scheme }} ORDER BY ?code
"""


@dataclass(frozen=True, slots=True)
class Tool:
    """What an assistant is told of a tool.

    Attributes:
        name: What it is called by.
        title: A short name for people.
        description: What it answers, in English and Vietnamese.
        input: The JSON Schema of its arguments.
        output: The JSON Schema of its answer's data.
    """

    name: str
    title: str
    description: str
    input: Mapping[str, Any]
    output: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: as text, and as data."""

    text: str
    data: Mapping[str, Any]


class Toolbox:
    """The tools of a record.

    Args:
        record: What is asked.
        lang: The language of labels where the assistant names none.
    """

    def __init__(self, record: Record, *, lang: str = "en") -> None:
        self._record = record
        self._lang = lang

    @cached_property
    def tools(self) -> tuple[Tool, ...]:
        """All tools: those that find first, then the questions by name, SPARQL last."""
        languages = {"lang": self._parameter(_LANG)}
        search = Tool(
            "search",
            "Find things",
            "Find people, bodies, places, documents, indicators and facts by a part of a name, best "
            "first. Tìm theo một phần của tên, có dấu hay không dấu.",
            _schema({"text": _TEXT | {"description": "Part of a name."}}, ["text"]),
            _OUTPUT,
        )
        show = Tool(
            "show",
            "All about one thing",
            "Tell all that the record says of one person, body, place, document, indicator or fact. "
            "Mọi điều hồ sơ nói về một đối tượng.",
            _schema({"thing": _TEXT | {"description": "A name, slug or address."}, **languages}, ["thing"]),
            _OUTPUT,
        )
        sparql = Tool(
            "sparql",
            "SPARQL",
            "Ask anything in SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE; read only, 30 seconds). The "
            "prefixes lck:, lc-person:, skos:, … need no declaration. Select facts, or their evidence "
            "(?fact lck:mainEvidence ?evidence), so that the answer has its evidence.",
            _schema({"query": _TEXT | {"description": "The query."}}, ["query"]),
            _OUTPUT,
        )
        return (search, show, *map(self._question, self._record.catalog.values()), sparql)

    def call(self, name: str, arguments: Mapping[str, Any]) -> Reply:
        """Use a tool.

        Raises:
            LaichauError: it is asked wrongly; the text says how to ask.
            KeyError: there is no such tool.
        """
        tool = next((tool for tool in self.tools if tool.name == name), None)
        if tool is None:
            raise KeyError(name)
        given = {key: value for key, value in arguments.items() if value is not None}
        limit, offset = (_whole(key, given.pop(key, None)) for key in _PAGING)
        _check_names(tool, given)
        texts = {key: _as_text(key, value) for key, value in given.items()}
        if name == "sparql":
            return self._sparql(texts["query"], limit, offset)
        if name == "search":
            return self._reply(self._record.search(texts["text"]), limit, offset)
        if name == "show":
            answer = self._record.show(texts["thing"], lang=self._language(texts))
            return self._reply(answer, limit, offset, lang=self._language(texts))
        texts["lang"] = self._language(texts)
        return self._reply(self._record.query(name, **texts), limit, offset, lang=texts["lang"])

    def near(self, name: str) -> list[str]:
        """Name the tools whose names come near *name*."""
        return list(near_names(name, [tool.name for tool in self.tools]))

    def _question(self, query: Query) -> Tool:
        described = f"{query.question['en']} {query.question['vi']}"
        blanks = {parameter.name: self._parameter(parameter) for parameter in query.parameters}
        needed = [parameter.name for parameter in query.parameters if parameter.required]
        return Tool(query.id, query.title["en"], described, _schema(blanks, needed), _OUTPUT)

    def _parameter(self, parameter: Parameter) -> dict[str, Any]:
        if parameter.type == "language":
            told = parameter.description["en"]
            return {"type": "string", "enum": list(LANGUAGES), "default": self._lang, "description": told}
        described = " ".join(parameter.description[lang] for lang in ("en", "vi"))
        codes = self._codes.get(parameter.type, ())
        if 0 < len(codes) <= _FEW_CODES:
            described += f" One of: {', '.join(codes)}."
        elif parameter.takes_thing:
            described += f" A name, slug or address ({parameter.type})."
        schema: dict[str, Any] = {"type": _JSON_TYPES.get(parameter.type, "string"), "description": described}
        if parameter.type == "date":
            schema["format"] = "date"
        if parameter.values:
            schema["enum"] = list(parameter.values)
        return schema | ({"default": parameter.default} if parameter.default is not None else {})

    @cached_property
    def _codes(self) -> Mapping[str, list[str]]:
        """The codes of each kind that has a code list."""
        codes: dict[str, list[str]] = {}
        for (code,) in self._record.ask(_CODES).rows:
            kind, _, slug = str(code).removeprefix(ID).partition("/")
            codes.setdefault(kind, []).append(slug)
        return codes

    def _language(self, texts: Mapping[str, str]) -> str:
        lang = texts.get("lang", self._lang)
        if lang not in LANGUAGES:
            raise ParameterError(f"lang={lang!r}: vi or en is wanted.", name="lang")
        return lang

    def _sparql(self, text: str, limit: int, offset: int) -> Reply:
        answer = self._record.sparql(text)
        if isinstance(answer, Answer):
            return self._reply(answer, limit, offset, whole=True)
        if isinstance(answer, BooleanAnswer):
            return Reply(str(answer), {"boolean": answer.value, "evidence": []})
        turtle = answer.to("ttl")
        facts = sorted({str(triple[0]) for triple in answer if _is_fact(triple[0])})
        return Reply(turtle, {"turtle": turtle, "evidence": self._evidence_of(facts)})

    def _reply(
        self, answer: Answer, limit: int, offset: int, *, lang: str = "", whole: bool = False
    ) -> Reply:
        shown = Answer(answer.columns, answer.rows[offset : offset + limit])
        evidence = _evidence_in(shown)
        if not evidence:
            facts = dict.fromkeys(str(cell) for row in shown.rows for cell in row if _is_fact(cell))
            evidence = self._evidence_of(list(facts))
        data = {
            "columns": list(answer.columns),
            "rows": [_without_gaps(row) for row in shown.records()],
            "total": len(answer),
            "offset": offset,
            "evidence": evidence,
        }
        table = _cut(shown, lang or self._lang) if not whole else shown
        return Reply(_as_text_for_people(table, len(answer), offset, evidence), data)

    def _evidence_of(self, facts: Sequence[str]) -> list[dict[str, str]]:
        """Look up what facts rest on, of as many as an assistant can read."""
        found: list[dict[str, str]] = []
        for fact in facts[:_MOST_FACTS]:
            rows = _evidence_in(self._record.query("evidence", fact=fact, lang=self._lang))
            found += [{"fact": fact, **each} for each in rows]
        return found


_LANG: Final = Parameter("lang", "language", {"vi": "Ngôn ngữ của nhãn.", "en": "The language of labels."})


def make_server(toolbox: Toolbox, *, version: str) -> "Server[Any]":
    """Make a server of the Model Context Protocol that offers the tools.

    Raises:
        OutputError: the package `mcp` is not installed.
    """
    try:
        import anyio.to_thread  # noqa: PLC0415 - comes with mcp
        import mcp_types as types  # noqa: PLC0415 - an extra that few need
        from mcp import MCPError  # noqa: PLC0415 - the same
        from mcp.server.lowlevel import Server  # noqa: PLC0415 - the same
    except ImportError as error:
        raise OutputError("laichau mcp needs the extra `mcp`: pip install 'laichau-kg[mcp]'.") from error
    alone = anyio.CapacityLimiter(1)  # one question at a time: the store is asked from one thread

    async def run(work: Callable[[], Any]) -> Any:
        return await anyio.to_thread.run_sync(work, limiter=alone)

    async def list_tools(_context: Any, _params: Any) -> types.ListToolsResult:
        hints = types.ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        listed = [
            types.Tool(
                name=tool.name,
                title=tool.title,
                description=tool.description,
                input_schema=dict(tool.input),
                output_schema=dict(tool.output),
                annotations=hints,
            )
            for tool in await run(lambda: toolbox.tools)
        ]
        return types.ListToolsResult(tools=listed)

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            reply = await run(lambda: toolbox.call(params.name, params.arguments or {}))
        except KeyError:
            near = await run(lambda: toolbox.near(params.name))
            hint = f" Did you mean {', '.join(near)}?" if near else " tools/list names them all."
            raise MCPError(types.INVALID_PARAMS, f"There is no tool {params.name!r}.{hint}") from None
        except LaichauError as error:
            text, data = str(error), {"error": type(error).__name__, "near": _near(error)}
            return types.CallToolResult(
                content=[types.TextContent(text=text)], structured_content=data, is_error=True
            )
        return types.CallToolResult(
            content=[types.TextContent(text=reply.text)], structured_content=dict(reply.data)
        )

    return Server(
        "laichau-kg",
        version=version,
        title="Lai Châu, the public record",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_assistants(toolbox: Toolbox, *, version: str) -> None:
    """Answer one assistant over stdin and stdout, until it hangs up.

    Raises:
        OutputError: the package `mcp` is not installed.
    """
    server = make_server(toolbox, version=version)
    import anyio  # noqa: PLC0415 - comes with mcp
    from mcp.server.stdio import stdio_server  # noqa: PLC0415 - the same

    async def run() -> None:
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(run)


def _near(error: LaichauError) -> list[str]:
    """List the near names of an error, or of the one that it was made of."""
    return list(getattr(error, "near", ()) or getattr(error.__cause__, "near", ()))


def _schema(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**properties, **_PAGING},
        "required": list(required),
        "additionalProperties": False,
    }


def _check_names(tool: Tool, given: Mapping[str, Any]) -> None:
    known = list(tool.input["properties"])
    for name in given:
        if name not in known:
            near = near_names(name, known)
            hint = "" if near else f" It has: {', '.join(known)}."
            raise ParameterError(f"{tool.name} has no parameter {name!r}.{hint}", name=name, near=near)
    for name in tool.input["required"]:
        if name not in given:
            described = tool.input["properties"][name]["description"]
            raise ParameterError(f"{tool.name} needs {name}: {described}", name=name)


def _whole(name: str, value: Any) -> int:
    told = _PAGING[name]
    if value is None:
        return int(told["default"])
    most = told.get("maximum", 10**9)
    if isinstance(value, bool) or not isinstance(value, int) or not told["minimum"] <= value <= most:
        upto = f" to {most}" if "maximum" in told else " on"
        raise ParameterError(
            f"{name}={value!r}: a whole number from {told['minimum']}{upto} is wanted.", name=name
        )
    return value


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value) if value == int(value) else value)
    raise ParameterError(f"{name}={json.dumps(value)}: text or a number is wanted.", name=name)


def _evidence_in(answer: Answer) -> list[dict[str, str]]:
    """Gather the evidence that rows name, each once, with article and words where they stand beside it."""
    found: dict[str, dict[str, str]] = {}
    columns = [name for name in answer.columns if name.casefold().endswith("evidence")]
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        for name in columns:
            if cells[name] is None:
                continue
            each = {"evidence": str(cells[name]), "article": str(cells[name]).partition("#")[0]}
            if name == "evidence":
                beside = {key: cells.get(key) for key in ("articleLabel", "quote")}
                each |= {key: str(cell) for key, cell in beside.items() if cell is not None}
            found.setdefault(each["evidence"], each)
    return list(found.values())


def _is_fact(cell: object) -> bool:
    return isinstance(cell, Iri) and cell.value.removeprefix(ID).partition("/")[0] in FACT_KINDS


def _without_gaps(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _cut(answer: Answer, lang: str) -> Answer:
    """Keep the columns that people are shown, labels in the place of addresses."""
    names = shown_columns(answer)
    columns = [answer.column(name + "Label" if name + "Label" in answer.columns else name) for name in names]
    heads = tuple(heading(name, lang) for name in names)
    return Answer(heads, tuple(zip(*columns, strict=True)) if names else ())


def _as_text_for_people(table: Answer, total: int, offset: int, evidence: Iterable[Mapping[str, str]]) -> str:
    """Write the rows, and under them what they rest on."""
    if not table.rows:
        return f"There are {total} rows only.\n" if total else "Nothing in the record answers this.\n"
    lines = [table.to_markdown(), f"Rows {offset + 1} to {offset + len(table)} of {total}.", ""]
    for each in evidence:
        words = f" “{each['quote']}”" if "quote" in each else ""
        lines.append(f"- {each['evidence']}{words} ({each.get('articleLabel', each['article'])})")
    return "\n".join(lines).rstrip() + "\n"
