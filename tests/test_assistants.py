"""The Model Context Protocol's own client asks the record, in process and over stdin and stdout."""

import os
import sys

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, MCPError, StdioServerParameters

from laichau_kg.assistants import Toolbox, make_server
from laichau_kg.errors import OutputError
from laichau_kg.layout import Layout
from laichau_kg.queries import Catalog
from laichau_kg.record import open_record
from laichau_kg.vocab import ID
from mini import FIRST, ROOT, make_checkout

QUESTIONS = list(Catalog.load(Layout(ROOT)))
OTHERS = ["search", "show", "sparql"]
NEEDED = {
    "fact": f"attestation/{FIRST}--dung-chu-tich",
    "indicator": "grdp-binh-quan-dau-nguoi",
    "period": "2020",
    "thing": "tran-tien-dung",
    "topic": "energy",
    "person": "Tran Tien Dung",
}


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The mini record."""
    with open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record:
        yield record


@pytest.fixture(scope="module")
def toolbox(record):
    """Its tools."""
    return Toolbox(record)


@pytest.fixture(scope="module")
def listed(toolbox):
    """The tools as the client sees them, by name."""

    async def list_tools(client):
        return (await client.list_tools()).tools

    return {tool.name: tool for tool in with_client(toolbox, list_tools)}


def with_client(toolbox, work):
    """Let the protocol's own client do *work* with a server in this process."""

    async def run():
        async with Client(make_server(toolbox, version="0")) as client:
            return await work(client)

    return anyio.run(run)


def call(toolbox, name, **arguments):
    """Call one tool through the client, which holds the answer against the tool's schema."""
    return with_client(toolbox, lambda client: client.call_tool(name, arguments))


def test_every_question_is_a_tool(listed):
    """Nothing has to be added by hand when a question is."""
    assert set(listed) == {*QUESTIONS, *OTHERS}


@pytest.mark.parametrize("name", [*QUESTIONS, *OTHERS])
def test_a_tools_schemas_are_json_schemas(listed, name):
    """Whatever checks arguments and answers by them can."""
    Draft202012Validator.check_schema(listed[name].input_schema)
    Draft202012Validator.check_schema(listed[name].output_schema)


@pytest.mark.parametrize("name", [*QUESTIONS, *OTHERS])
def test_a_tool_says_that_it_only_reads(listed, name):
    """An assistant need not ask its user before using it."""
    assert listed[name].annotations.read_only_hint


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_questions_parameters_are_the_tools(listed, record, question):
    """With paging, and nothing that clashes with it."""
    query = record.catalog.get(question)
    names = [parameter.name for parameter in query.parameters]

    assert list(listed[question].input_schema["properties"]) == [*names, "limit", "offset"]
    assert listed[question].input_schema["required"] == [p.name for p in query.parameters if p.required]


def test_few_codes_are_listed(listed):
    """An assistant sees which statuses there are."""
    status = listed["indicator-series"].input_schema["properties"]["status"]

    assert "One of: actual, estimate, target." in status["description"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_answer_has_its_rows_and_evidence(toolbox, record, question):
    """All rows there are, and all evidence that those shown name."""
    query = record.catalog.get(question)
    arguments = {p.name: NEEDED[p.type] for p in query.parameters if p.required}
    whole = record.query(question, **arguments)
    named = {
        str(cell)
        for row in whole.rows[:50]
        for name, cell in zip(whole.columns, row, strict=True)
        if name.casefold().endswith("evidence") and cell is not None
    }

    answer = call(toolbox, question, **arguments)

    assert not answer.is_error, answer.content[0].text
    assert answer.structured_content["total"] == len(whole)
    assert {each["evidence"] for each in answer.structured_content["evidence"]} >= named


def test_evidence_has_article_place_and_words(toolbox):
    """The words that may be quoted stand beside the address of their place, as data and as text."""
    answer = call(toolbox, "post-holders", official="tran tien dung")

    (evidence,) = [e for e in answer.structured_content["evidence"] if FIRST in e["evidence"]]
    assert evidence["evidence"] == f"{ID}article/{FIRST}#char=118,136"
    assert evidence["article"] == f"{ID}article/{FIRST}"
    assert evidence["quote"] == "Chủ tịch UBND tỉnh"
    assert f"{ID}article/{FIRST}#char=118,136 “Chủ tịch UBND tỉnh”" in answer.content[0].text


def test_a_long_answer_is_paged(toolbox):
    """The rows asked for, and how many there are in all."""
    whole = call(toolbox, "show", thing="lai-chau").structured_content

    part = call(toolbox, "show", thing="lai-chau", limit=2, offset=1)

    assert part.structured_content["rows"] == whole["rows"][1:3]
    assert part.structured_content["total"] == whole["total"] > 3
    assert f"Rows 2 to 3 of {whole['total']}." in part.content[0].text


def test_past_the_end_is_said(toolbox):
    """An assistant does not take an empty page for an empty record."""
    answer = call(toolbox, "articles", offset=1000)

    assert "rows only" in answer.content[0].text
    assert answer.structured_content["rows"] == []


def test_labels_are_in_the_language_asked_for(toolbox):
    """Rows and headings in Vietnamese."""
    answer = call(toolbox, "meetings", lang="vi")

    assert "Hội nghị tổng kết" in answer.content[0].text
    assert "hội nghị" in answer.content[0].text.splitlines()[0]


def test_numbers_are_numbers(toolbox):
    """937 of 994, not text."""
    rows = call(toolbox, "ratios").structured_content["rows"]

    assert [(row["value"], row["total"]) for row in rows] == [(937, 994)]


def test_search_finds_without_diacritics(toolbox):
    """Names lead to slugs and addresses."""
    rows = call(toolbox, "search", text="tran tien").structured_content["rows"]

    assert rows[0]["thing"] == f"{ID}person/tran-tien-dung"


def test_facts_that_sparql_finds_have_their_evidence(toolbox):
    """Also where the query did not ask for it."""
    query = "SELECT ?o { ?o a lck:Observation ; lck:total ?total }"

    answer = call(toolbox, "sparql", query=query)

    (row,) = answer.structured_content["rows"]
    evidence = answer.structured_content["evidence"]
    assert {each["fact"] for each in evidence} == {row["o"]}
    assert any("937" in each.get("quote", "") for each in evidence)
    assert row["o"] in answer.content[0].text


def test_sparql_answers_yes_or_no(toolbox):
    """An ASK is a truth value."""
    answer = call(toolbox, "sparql", query="ASK { ?m a lck:Meeting }")

    assert answer.structured_content == {"boolean": True, "evidence": []}
    assert answer.content[0].text == "true"


def test_sparql_gives_graphs_as_turtle(toolbox):
    """A DESCRIBE of a fact has the fact's evidence beside it."""
    answer = call(toolbox, "sparql", query=f"DESCRIBE <{ID}meeting/{FIRST}--hoi-nghi>")

    assert "lck:Meeting" in answer.structured_content["turtle"]
    assert f"{ID}article/{FIRST}#char=97,114" in {
        each["evidence"] for each in answer.structured_content["evidence"]
    }


@pytest.mark.parametrize(
    ("name", "arguments", "message", "near"),
    [
        ("post-holders", {"oficial": "x"}, "has no parameter 'oficial'", ["official"]),
        ("post-holders", {"official": "Tran Tien Dug"}, "Did you mean Trần Tiến Dũng", ["Trần Tiến Dũng"]),
        ("indicator-series", {"indicator": "grdp-binh-quan-dau-nguoi", "status": "actul"}, "actul", None),
        ("indicator-series", {}, "indicator-series needs indicator", []),
        ("show", {"thing": "lai-chao"}, "Did you mean", None),
        ("search", {}, "search needs text", []),
        ("search", {"text": ["a"]}, "text or a number is wanted", []),
        ("meetings", {"from": "yesterday"}, "a day such as", []),
        ("meetings", {"lang": "fr"}, "vi or en", []),
        ("articles", {"limit": 0}, "a whole number from 1 to 500", []),
        ("articles", {"limit": True}, "a whole number from 1 to 500", []),
        ("articles", {"offset": -1}, "a whole number from 0 on", []),
        ("sparql", {"query": "SELECT ?x {"}, "line 1", []),
        ("sparql", {"query": "DROP ALL"}, "only SELECT", []),
        ("sparql", {"query": "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }"}, "SERVICE", []),
    ],
)
def test_a_wrong_question_is_answered_with_how_to_ask(toolbox, name, arguments, message, near):
    """The tool's error is a sentence for the assistant to act on, with near names as data."""
    answer = call(toolbox, name, **arguments)

    assert answer.is_error
    assert message in answer.content[0].text
    assert near is None or set(near) <= set(answer.structured_content["near"])


def test_an_unknown_tool_is_refused_with_near_names(toolbox):
    """What is no tool at all is the protocol's own error."""

    async def call_it(client):
        with pytest.raises(MCPError, match=r"no tool 'post-holder'\. Did you mean post-holders"):
            await client.call_tool("post-holder", {})
        return True

    assert with_client(toolbox, call_it)


def test_a_number_may_be_given_as_one(toolbox):
    """A year is a year, quoted or not."""
    assert toolbox.call("search", {"text": 2020}).data == toolbox.call("search", {"text": "2020"}).data


def test_null_is_nothing(toolbox):
    """Assistants fill what they leave out with null."""
    assert toolbox.call("meetings", {"kind": None}).data == toolbox.call("meetings", {}).data


def test_an_assistant_starts_the_command_and_asks(record):
    """The client launches `laichau mcp`, reads who it is, asks a question and SPARQL, and hangs up."""
    arguments = ["-m", "laichau_kg.cli", "--root", str(record.layout.root), "mcp", "--lang", "vi"]
    command = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))

    async def run():
        async with Client(command) as client:
            tools = (await client.list_tools()).tools
            meetings = await client.call_tool("meetings", {})
            asked = await client.call_tool("sparql", {"query": "ASK {}"})
            return client.server_info, client.instructions, tools, meetings, asked

    info, instructions, tools, meetings, asked = anyio.run(run)

    assert info.name == "laichau-kg"
    assert "evidence" in instructions
    assert len(tools) == len(QUESTIONS) + len(OTHERS)
    assert "Hội nghị tổng kết" in meetings.content[0].text
    assert asked.structured_content["boolean"] is True


def test_a_missing_package_is_named(toolbox, monkeypatch):
    """One sentence says what to install."""
    monkeypatch.setitem(sys.modules, "mcp", None)

    with pytest.raises(OutputError, match=r"pip install 'laichau-kg\[mcp\]'"):
        make_server(toolbox, version="0")
