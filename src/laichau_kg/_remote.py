"""Any SPARQL 1.1 server, asked through SPARQLWrapper and loaded by the Graph Store Protocol.

Two servers that we know cut answers short and yet say 200. Oxigraph ends the
body in the middle; Virtuoso sends a sound body with part of the rows, and
tells it in a header. Neither is passed on as an answer.
"""

import ast
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from email.message import Message
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from SPARQLWrapper import JSON, POST, TURTLE, SPARQLExceptions, SPARQLWrapper

from laichau_kg._guard import MEMORY, TIMEOUT, Dataset, admit, dataset_of, query_form, solutions_of
from laichau_kg._terms import read_graph, to_ntriples
from laichau_kg._worker import Worker, given
from laichau_kg.answers import Answer, AnyAnswer, read_json
from laichau_kg.errors import (
    IncompleteAnswerError,
    LimitExceededError,
    QueryError,
    StoreError,
    StoreUnavailableError,
)
from laichau_kg.vocab import GRAPH

__all__ = ["RemoteStore"]

_PATIENCE: Final = 300.0
"""Seconds to wait for a server where no limit is asked."""

_NO_GRAPH: Final = GRAPH + "-"
_AGENT: Final = "laichau-kg"
_MOST: Final = 2**28
"""Bytes of an answer where no limit is asked."""

_CHUNK: Final = 1 << 16
_SHARE: Final = 16
# Virtuoso answers the same with DISTINCT a thousand times more slowly.
_GRAPHS: Final = "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
# Without this Virtuoso describes only what stands in graphs that the query names.
_DESCRIBE_FULLY: Final = 'define sql:describe-mode "CBD" '
# Its planner tries so many orders of a large join that this takes up to a minute, the join itself
# a fifth of a second. Our own questions are written in an order that does.
_AS_WRITTEN: Final = 'define sql:select-option "order" '
_VIRTUOSO_PATH: Final = "/sparql"
_CUT_BY_VIRTUOSO: Final = "X-SPARQL-MaxRows"
_STATE_OF_VIRTUOSO: Final = "X-SQL-State"
_TOO_SLOW: Final = frozenset((408, 504))


class RemoteStore:
    """A SPARQL server.

    Args:
        address: Where it takes queries, such as ``http://127.0.0.1:7878/query``
            (Oxigraph) or ``http://127.0.0.1:8890/sparql`` (Virtuoso). Without
            a path both are tried.

    Raises:
        StoreUnavailableError: the address holds a password, or none at all.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if not parts.hostname:
            raise StoreUnavailableError(f"{address}: no address of a server.")
        if parts.username or parts.password:
            raise StoreUnavailableError(f"{parts.hostname}: leave user and password out of the address.")
        self._address = address.rstrip("/")
        self._found = bool(parts.path.strip("/"))
        self._server: str | None = None
        self._checker = Worker(given({"op": "nothing"}))

    def query(self, text: str, *, timeout: float | None = None) -> AnyAnswer:
        """Ask a trusted query.

        Raises:
            StoreUnavailableError: nothing answers there.
            IncompleteAnswerError: the server cut its answer short.
            LimitExceededError: *timeout* seconds were up.
            QueryError: the server does not take the query.
        """
        if not self._found or (self._server is None and self._address.endswith(_VIRTUOSO_PATH)):
            self._find()
        form = query_form(text)
        asked = _AS_WRITTEN + text if form == "SELECT" and self._is_virtuoso() else text
        return self._ask(asked, form, dataset_of(text), timeout=timeout, most=_MOST)

    def sparql(self, text: str, *, timeout: float = TIMEOUT, memory: int = MEMORY) -> AnyAnswer:
        """Ask anybody's query; the memory limit bounds the answer, the server looks after its own.

        Raises:
            UpdateRefusedError: it would change or fetch something.
            SparqlSyntaxError: it is not SPARQL 1.1; this is judged here, so that all servers say the same.
            LimitExceededError: the time was up, or the answer too large.
        """
        admitted = admit(text)
        self._checker.query(text, prefixes=admitted.prefixes, timeout=timeout, memory=memory)
        head = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in admitted.prefixes.items())
        if self._server is None:
            self._find()
        most = memory // _SHARE
        return self._ask(
            head + text, admitted.form, admitted.dataset, timeout=timeout, most=most, tell_limit=True
        )

    def load_files(self, files: Sequence[tuple[Path, str]]) -> None:
        """Add the triples of Turtle *files* to their graphs."""
        for path, graph in files:
            try:
                turtle = path.read_bytes()
            except OSError as error:
                raise StoreError(f"{path}: cannot be loaded: {error.strerror}.") from error
            self._send("POST", graph, to_ntriples(turtle, source=str(path)))

    def replace_graph(self, graph: str, turtle: bytes) -> None:
        """Replace the triples of *graph*, in one PUT.

        Raises:
            TurtleError: *turtle* is no valid Turtle; nothing was sent.
        """
        self._send("PUT", graph, to_ntriples(turtle, source=f"<{graph}>"))

    def remove_graph(self, graph: str) -> None:
        """Remove *graph*, if it is there."""
        self._send("DELETE", graph, None)

    def graphs(self) -> list[str]:
        """List the IRIs of the named graphs, sorted; a server may have some of its own."""
        answer = self.query(_GRAPHS)
        rows = answer.rows if isinstance(answer, Answer) else ()
        return sorted(str(graph) for graph, _ in rows)

    def close(self) -> None:
        """End the helper process; the server runs on."""
        self._checker.close()

    def _find(self) -> None:
        """Learn at which address the server takes queries, and what it calls itself."""
        candidates = (
            [self._address] if self._found else [self._address + path for path in ("/query", "/sparql")]
        )
        for address in candidates:
            try:
                response, _ = self._exchange(address, "ASK {}", "ASK", Dataset(), timeout=_PATIENCE)
            except _NotThereError:
                continue
            self._address, self._found = address, True
            self._server = (response.headers.get("Server") or "").lower()
            return
        raise StoreUnavailableError(f"{self._address}: a server, but none that answers SPARQL here.")

    def _is_virtuoso(self) -> bool:
        return "virtuoso" in (self._server or "")

    def _ask(
        self,
        text: str,
        form: str,
        dataset: Dataset,
        *,
        timeout: float | None,
        most: int,
        tell_limit: bool = False,
    ) -> AnyAnswer:
        limit = _PATIENCE if timeout is None else timeout
        asked = text
        if form == "DESCRIBE":
            if self._server is None:
                self._find()
            asked = _DESCRIBE_FULLY + text if self._is_virtuoso() else text
        response, body = self._exchange(
            self._address, asked, form, dataset, timeout=limit, most=most, tell_limit=tell_limit
        )
        if form in ("CONSTRUCT", "DESCRIBE") and _is_virtuoso(response):
            self._refuse_part_of_graph(text, dataset, limit)
        try:
            return read_json(body) if form in ("SELECT", "ASK") else read_graph(body)
        except ValueError as error:
            if "html" in (response.headers.get("Content-Type") or ""):
                raise StoreUnavailableError(
                    f"{self._address}: answers with a web page, not SPARQL."
                ) from error
            end = "gave the query up" if b"cancelled" in body[-200:] else "broke off"
            raise IncompleteAnswerError(
                f"{self._address}: the server {end} in the midst of its answer. "
                "Narrow the query, or raise the server's time limit."
            ) from error

    def _refuse_part_of_graph(self, text: str, dataset: Dataset, timeout: float) -> None:
        """Ask the SELECT over the same pattern: of a CONSTRUCT Virtuoso does not tell that it cut it."""
        twin = solutions_of(text)
        if twin:
            self._exchange(self._address, twin, "SELECT", dataset, timeout=timeout)

    def _exchange(
        self,
        address: str,
        text: str,
        form: str,
        dataset: Dataset,
        *,
        timeout: float,
        most: int = _MOST,
        tell_limit: bool = False,
    ) -> tuple[HTTPResponse, bytes]:
        deadline = time.monotonic() + timeout
        is_table = form in ("SELECT", "ASK")
        wrapper = SPARQLWrapper(address, returnFormat=JSON if is_table else TURTLE, agent=_AGENT)
        wrapper.setMethod(POST)  # form-encoded: Virtuoso hangs on a bare body
        wrapper.setOnlyConneg(True)
        # SPARQLWrapper guesses the form with a pattern; we know it.
        wrapper.queryString, wrapper.queryType = text, form
        if not is_table:
            wrapper.addCustomHttpHeader("Accept", "application/n-triples, text/turtle;q=0.5")
        # Oxigraph's server with a union default graph heeds these parameters, but not FROM.
        if any(dataset):
            for graph in dataset.default or (_NO_GRAPH,):
                wrapper.addParameter("default-graph-uri", graph)
            for graph in dataset.named:
                wrapper.addParameter("named-graph-uri", graph)
        if tell_limit and "virtuoso" in (self._server or ""):
            wrapper.addParameter("timeout", str(max(1, int(timeout * 1000))))
        # urllib takes fractions of seconds, setTimeout cuts them off.
        wrapper.timeout = timeout  # type: ignore[assignment]
        try:
            response: HTTPResponse = wrapper.query().response
            with response:
                body = _read(response, deadline, most)
        except (SPARQLExceptions.SPARQLWrapperException, OSError, HTTPException) as error:
            raise _explained(error, address, timeout) from error
        self._refuse_part(response.headers, timeout, limited=tell_limit)
        return response, body

    def _refuse_part(self, headers: Message, timeout: float, *, limited: bool) -> None:
        state, cut = headers.get(_STATE_OF_VIRTUOSO), headers.get(_CUT_BY_VIRTUOSO)
        if state == "S1TAT" and limited:
            raise _out_of_time(timeout)
        if state:
            raise IncompleteAnswerError(
                f"{self._address}: the server stopped early and sent what it had ({state}). "
                "Narrow the query, or raise the server's limits."
            )
        if cut:
            raise IncompleteAnswerError(
                f"{self._address}: the server sends at most {cut} rows and left the others out. "
                "Add LIMIT, or raise ResultSetMaxRows in its ini file."
            )

    def _send(self, method: str, graph: str, triples: bytes | None) -> None:
        if self._server is None:
            self._find()
        address = f"{self._graph_store()}{quote(graph, safe='')}"
        request = urllib.request.Request(address, triples, method=method)  # noqa: S310 - http(s) only
        if triples is not None:
            request.add_header("Content-Type", "text/turtle; charset=utf-8")
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as response:  # noqa: S310 - as above
                response.read()
        except urllib.error.HTTPError as error:
            with error:
                complaint = _first_line(error.read())
            if method == "DELETE" and error.code == 404:  # noqa: PLR2004 - HTTP's own
                return
            if error.code in (401, 403) or "SPARQL_UPDATE" in complaint:
                raise StoreUnavailableError(
                    f"{self._address}: the server lets nobody write: {complaint}"
                ) from error
            raise StoreError(
                f"{self._address}: <{graph}> could not be loaded: {error.code} {complaint}"
            ) from error
        except (OSError, HTTPException) as error:
            raise _explained(error, self._address, _PATIENCE) from error

    def _graph_store(self) -> str:
        """Return the Graph Store Protocol address, up to the graph's IRI; each server has its own."""
        parts = urlsplit(self._address)
        server, path = self._server or "", parts.path
        if "virtuoso" in server:
            path, key = "/sparql-graph-crud", "graph-uri"
        elif "/repositories/" in path:
            path, key = path + "/rdf-graphs/service", "graph"  # RDF4J, GraphDB
        else:
            store = "store" if "oxigraph" in server else "data"  # Fuseki says data
            path, key = path.rpartition("/")[0] + "/" + store, "graph"
        return urlunsplit((parts.scheme, parts.netloc, path, f"{key}=", ""))


def _is_virtuoso(response: HTTPResponse) -> bool:
    return "virtuoso" in (response.headers.get("Server") or "").lower()


class _NotThereError(StoreUnavailableError):
    """The address exists on no server."""


def _read(response: HTTPResponse, deadline: float, most: int) -> bytes:
    """Read a whole body, however slowly it comes, up to the *deadline*."""
    body = bytearray()
    # The time-out of a socket counts anew with every packet; so it is shortened as time goes by.
    line = getattr(getattr(response.fp, "raw", None), "_sock", None)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if isinstance(line, socket.socket):
            line.settimeout(left)
        chunk = response.read1(_CHUNK)
        if not chunk:
            break
        body += chunk
        if len(body) > most:
            raise LimitExceededError(
                f"Stopped: the answer is larger than {most / 2**20:g} MiB. Add LIMIT, or allow more memory.",
                limit="memory",
            )
    promised = response.headers.get("Content-Length")
    if promised and promised.isdigit() and int(promised) != len(body):
        raise IncompleteAnswerError(f"The server promised {promised} bytes and sent {len(body)}.")
    return bytes(body)


def _out_of_time(timeout: float) -> LimitExceededError:
    return LimitExceededError(
        f"Stopped after {timeout:g} s. Narrow the query, add LIMIT, or allow more time.", limit="time"
    )


def _explained(error: Exception, address: str, timeout: float) -> Exception:
    """Turn what the network or the server said into our errors."""
    if isinstance(error, SPARQLExceptions.SPARQLWrapperException):
        return _refused(error, address)
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return _out_of_time(timeout)
    if isinstance(error, urllib.error.HTTPError):
        if error.code in _TOO_SLOW:
            return _out_of_time(timeout)
        return StoreUnavailableError(f"{address}: the server answers {error.code} {error.reason}.")
    if isinstance(cause, HTTPException) and not isinstance(cause, OSError):
        return IncompleteAnswerError(f"{address}: the connection broke in the midst of the answer.")
    return StoreUnavailableError(
        f"{address}: no server answers ({getattr(cause, 'strerror', None) or cause}). "
        "Start it and try again, or leave out --store to ask the record in memory."
    )


def _refused(error: "SPARQLExceptions.SPARQLWrapperException", address: str) -> Exception:
    # SPARQLWrapper keeps the server's words only as the repr of bytes at the end of its own.
    _, _, said = str(error).partition("Response:\n")
    said = _first_line(ast.literal_eval(said) if said.startswith(("b'", 'b"')) else said)
    if isinstance(error, SPARQLExceptions.EndPointNotFound):
        return _NotThereError(f"{address}: the server has nothing at this address.")
    if isinstance(error, SPARQLExceptions.Unauthorized):
        return StoreUnavailableError(f"{address}: the server wants a user and a password.")
    if isinstance(error, SPARQLExceptions.QueryBadFormed | SPARQLExceptions.URITooLong):
        return QueryError(f"{address}: the server does not take this query: {said}")
    return StoreError(f"{address}: the server failed: {said}")


def _first_line(said: object) -> str:
    """Pick what a reader can use out of a server's complaint."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:300] if lines else "it gives no reason"
