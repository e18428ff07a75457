"""Write quads as compact JSON-LD 1.1 by the published context.

The context is written into the document, so that no reader has to fetch it.
A term of the context is used where it gives back exactly the value; else the
value is written out in full under a prefixed name.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO, Any

import pyoxigraph as ox

from laichau_kg.vocab import PREFIXES, RDF

__all__ = ["stream_jsonld", "write_jsonld"]

_STRING = PREFIXES["xsd"] + "string"


def write_jsonld(quads: Iterable[ox.Quad], context: Mapping[str, Any]) -> bytes:
    """Write *quads*, sorted by graph and subject, as one JSON-LD document.

    Args:
        quads: What to write; triples of the default graph come without a graph around them.
        context: The context's terms; prefixes of the repository that it lacks are added.
    """
    buffer = io.BytesIO()
    stream_jsonld(quads, context, buffer)
    return buffer.getvalue()


def stream_jsonld(quads: Iterable[ox.Quad], context: Mapping[str, Any], file: IO[bytes]) -> None:
    """Write *quads* as `write_jsonld` does, node by node, to a file."""
    writer = _Writer(context)

    def nodes(members: Iterable[ox.Quad], depth: int) -> Iterator[Iterable[str]]:
        for _, block in groupby(members, key=lambda quad: quad.subject):
            yield (_indented(writer.node(list(block)), depth),)

    def graph_of(name: str, members: Iterable[ox.Quad]) -> Iterator[str]:
        yield f'{{\n   "@id": {json.dumps(name, ensure_ascii=False)},\n   "@graph": '
        yield from _listed(nodes(members, 4), 3)
        yield "\n  }"

    def members() -> Iterator[Iterable[str]]:
        for graph, of_one in groupby(quads, key=lambda quad: quad.graph_name):
            if isinstance(graph, ox.DefaultGraph):
                yield from nodes(of_one, 2)
            else:
                yield graph_of(writer.compact(graph.value), of_one)

    file.write(f'{{\n "@context": {_indented(writer.context, 1)},\n "@graph": '.encode())
    for text in _listed(members(), 1):
        file.write(text.encode())
    file.write(b"\n}\n")


def _listed(items: Iterable[Iterable[str]], depth: int) -> Iterator[str]:
    """Write a list as `json` indents it, each item in pieces."""
    mark = "["
    for item in items:
        yield f"{mark}\n{' ' * (depth + 1)}"
        yield from item
        mark = ","
    yield "[]" if mark == "[" else f"\n{' ' * depth}]"


def _indented(value: Any, depth: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


class _Writer:
    def __init__(self, context: Mapping[str, Any]) -> None:
        self.context = {**PREFIXES, **context}
        self._prefixes = sorted(
            ((name, iri) for name, iri in self.context.items() if _is_prefix(iri)),
            key=lambda item: (-len(item[1]), item[0]),
        )
        self._terms: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
        for term, meaning in sorted(context.items()):
            if isinstance(meaning, Mapping) and not {"@reverse", "@context", "@nest"} & meaning.keys():
                iri = self._expand(str(meaning.get("@id", "")))
                self._terms.setdefault(iri, []).append((term, meaning))

    def compact(self, iri: str) -> str:
        """Shorten an IRI by a prefix; a name that could be taken for something else stays whole."""
        for prefix, namespace in self._prefixes:
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri

    def node(self, quads: list[ox.Quad]) -> dict[str, Any]:
        written: dict[str, Any] = {"@id": self._reference(quads[0].subject)}
        for predicate, members in groupby(quads, key=lambda quad: quad.predicate.value):
            for quad in members:
                key, value = self._entry(predicate, quad.object)
                _add(written, key, value)
        return written

    def _entry(self, predicate: str, value: Any) -> tuple[str, Any]:
        if predicate == RDF.type:
            return "@type", self._reference(value)
        for term, meaning in self._terms.get(predicate, ()):
            coerced = self._coerced(meaning, value)
            if coerced is not None:
                return term, coerced
        return self.compact(predicate), self._full(value)

    def _coerced(self, meaning: Mapping[str, Any], value: Any) -> Any:
        wanted = meaning.get("@type")
        container = meaning.get("@container")
        if isinstance(value, ox.Literal):
            if container == "@language" and value.language:
                return {value.language: value.value}
            if container not in (None, "@set"):
                return None
            if wanted and value.datatype.value == self._expand(str(wanted)):
                return value.value
            plain = wanted is None and "@language" not in meaning and "@language" not in self.context
            return value.value if plain and value.datatype.value == _STRING else None
        fits = wanted == "@id" and container in (None, "@set")
        return self._reference(value) if fits else None

    def _full(self, value: Any) -> dict[str, str]:
        if not isinstance(value, ox.Literal):
            return {"@id": self._reference(value)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == _STRING:
            return {"@value": value.value}
        return {"@value": value.value, "@type": self.compact(value.datatype.value)}

    def _reference(self, node: Any) -> str:
        return f"_:{node.value}" if isinstance(node, ox.BlankNode) else self.compact(node.value)

    def _expand(self, name: str) -> str:
        prefix, colon, local = name.partition(":")
        namespace = self.context.get(prefix) if colon else None
        if isinstance(namespace, str):
            return namespace + local
        vocabulary = self.context.get("@vocab")
        return f"{vocabulary}{name}" if vocabulary and not colon and not name.startswith("@") else name


def _is_prefix(meaning: Any) -> bool:
    return isinstance(meaning, str) and meaning.startswith("http") and meaning[-1] in "/#"


def _add(written: dict[str, Any], key: str, value: Any) -> None:
    if isinstance(value, dict) and not any(name.startswith("@") for name in value):
        by_language = written.setdefault(key, {})
        for language, text in value.items():
            _append(by_language, language, text)
    else:
        _append(written, key, value)


def _append(holder: dict[str, Any], key: str, value: Any) -> None:
    if key not in holder:
        holder[key] = value
    elif isinstance(holder[key], list):
        holder[key].append(value)
    else:
        holder[key] = [holder[key], value]
