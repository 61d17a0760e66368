"""MCP with its own client: over standard input and output, and over HTTP."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from mcp import Client, StdioServerParameters

QUESTION = "When does the truce end?"

Target = str | StdioServerParameters


@pytest.fixture(scope="module", params=["stdio", "http"])
def target(request, address: str, served_library: Path) -> Target:
    if request.param == "http":
        return f"{address}/mcp"
    arguments = ["-m", "tui.cli", "--library", str(served_library), "mcp"]
    return StdioServerParameters(command=sys.executable, args=arguments)


def with_client(target: Target, use: Callable[[Client], Awaitable]):
    async def connect():
        async with Client(target, read_timeout_seconds=60) as client:
            return await use(client)

    return asyncio.run(connect())


def without_timings(answer: dict) -> dict:
    answer["trace"].pop("timings_ms")
    return answer


def test_three_tools_are_offered_and_none_changes_anything(target):
    tools = with_client(target, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "search", "get_article"]
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert tool.description
        assert tool.output_schema


def test_an_answer_is_that_of_the_api_and_its_citation_can_be_read(target, client):
    async def use(mcp: Client) -> None:
        answer = (await mcp.call_tool("ask", {"question": QUESTION})).structured_content
        expected = client.post("/v1/ask", json={"question": QUESTION}).json()
        assert without_timings(answer) == without_timings(expected)
        citation = answer["answer"]["citation"]
        wanted = {"article_id": citation["article_id"], "version": citation["version"]}
        article = (await mcp.call_tool("get_article", wanted)).structured_content
        assert article["text"][citation["start"] : citation["end"]] == answer["answer"]["text"]
        assert "origin" not in article
        found = (await mcp.call_tool("search", {"query": QUESTION, "top_k": 1})).structured_content
        assert found["hits"] == client.post("/v1/search", json={"query": QUESTION, "top_k": 1}).json()["hits"]
        limited = (await mcp.call_tool("ask", {"question": QUESTION, "until": "1999-01-01"})).structured_content
        assert limited["abstention"]["reason"] == "nothing_found"

    with_client(target, use)


def test_what_goes_wrong_is_told_to_the_model_and_nothing_of_the_inside(target):
    async def use(mcp: Client) -> None:
        for tool, arguments, told in (
            ("ask", {"question": " "}, "Ask something"),
            ("ask", {"question": "x" * 1001}, "question"),
            ("ask", {}, "question"),
            ("ask", {"question": QUESTION, "since": "yesterday"}, "YYYY-MM-DD"),
            ("get_article", {"article_id": 999_999}, "999999"),
            ("get_article", {"article_id": "../../etc/passwd"}, "article_id"),
            ("search", {"query": "truce", "top_k": 1000}, "top_k"),
        ):
            result = await mcp.call_tool(tool, arguments)
            assert result.is_error, arguments
            assert told in result.content[0].text, result.content[0].text
            assert "Traceback" not in result.content[0].text

    with_client(target, use)


def test_only_the_protocol_is_written_to_standard_output(served_library):
    command = [sys.executable, "-m", "tui.cli", "--library", str(served_library), "mcp"]
    ended = subprocess.run(command, input="not json\n", capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0
    assert all(line.startswith('{"jsonrpc"') for line in ended.stdout.splitlines())


def test_a_library_that_is_not_there_is_told_on_standard_error(tmp_path):
    command = [sys.executable, "-m", "tui.cli", "--library", str(tmp_path / "none"), "mcp"]
    ended = subprocess.run(command, input="", capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"host": "evil.example"}, 400), ({"origin": "http://evil.example"}, 403), ({"origin": "null"}, 403)],
)
def test_a_hostile_host_or_origin_is_refused(address, headers, status):
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accepted = {"accept": "application/json, text/event-stream"}
    assert httpx.post(f"{address}/mcp", json=message, headers=accepted | headers).status_code == status


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"jsonrpc": "2.0"}', b"\xff\xfe", b"null"])
def test_what_is_no_message_is_refused_and_the_next_is_answered(address, content):
    headers = {"accept": "application/json, text/event-stream", "content-type": "application/json"}
    assert 400 <= httpx.post(f"{address}/mcp", content=content, headers=headers).status_code < 500
    assert with_client(f"{address}/mcp", lambda client: client.list_tools()).tools
