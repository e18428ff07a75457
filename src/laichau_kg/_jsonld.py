"""Write quads as compact JSON-LD 1.1 by the published context.

The context is written into the document, so that no reader has to fetch it.
A term of the context is used where it gives back exactly the value; else the
value is written out in full under a prefixed name.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from laichau_kg.vocab import PREFIXES, RDF

__all__ = ["write_jsonld"]

_STRING = PREFIXES["xsd"] + "string"


def write_jsonld(quads: Iterable[ox.Quad], context: Mapping[str, Any]) -> bytes:
    """Write *quads*, sorted by graph and subject, as one JSON-LD document.

    Args:
        quads: What to write; triples of the default graph come without a graph around them.
        context: The context's terms; prefixes of the repository that it lacks are added.
    """
    writer = _Writer(context)
    document: list[dict[str, Any]] = []
    for graph, members in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = [writer.node(list(block)) for _, block in groupby(members, key=lambda quad: quad.subject)]
        if isinstance(graph, ox.DefaultGraph):
            document += nodes
        else:
            document.append({"@id": writer.compact(graph.value), "@graph": nodes})
    whole = {"@context": writer.context, "@graph": document}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


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
