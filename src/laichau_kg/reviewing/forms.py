"""What the shapes say that a thing of a class may and must carry: the form an editor fills in.

The rules themselves stay in the shapes, and what breaks one is for the checker
to say; here is read only what a property takes, so that it can be asked for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from laichau_kg._things import Things
from laichau_kg.vocab import LCK, PREFIXES

__all__ = ["FIXED", "Field", "Forms"]

_SKOS: Final = PREFIXES["skos"]
_ADDRESS: Final = re.compile(r"/id/\(?([a-z|-]+)\)?/")
_MANY: Final = 10**6
# What a draft has settled, or what stands in the text: not asked for.
FIXED: Final = frozenset(
    {
        LCK.article, LCK.inferredFrom, LCK.infers, LCK.length, LCK.mainEvidence, LCK.sha256, LCK.sourceFile,
        LCK.statedIn, PREFIXES["prov"] + "wasDerivedFrom", PREFIXES["qb"] + "dataSet",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a form.

    Attributes:
        path: IRI of the property.
        least: How many values it needs.
        most: How many it may have.
        datatype: IRI of the values' datatype; nothing where they are things.
        languages: The languages that text is put in.
        kinds: The kinds of things it takes, as their IRIs have them.
        scheme: IRI of the code list it takes values of.
    """

    path: str
    least: int = 0
    most: int = _MANY
    datatype: str = ""
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scheme: str = ""

    @property
    def is_single(self) -> bool:
        """Whether it takes one value, or one in each language."""
        return self.most == 1 or bool(self.languages)

    def joined(self, other: "Field") -> "Field":
        """Join what two shapes say of one property."""
        return Field(
            self.path,
            max(self.least, other.least),
            min(self.most, other.most),
            self.datatype or other.datatype,
            self.languages or other.languages,
            self.kinds or other.kinds,
            self.scheme or other.scheme,
        )


class Forms:
    """The forms of all classes.

    Args:
        shapes: The shapes.
        ontology: The statements of the ontology, for the order of classes.
    """

    def __init__(self, shapes: Graph, ontology: Things) -> None:
        self._shapes = shapes
        self._above = {
            iri: tuple(value[1:-1] for name, value in sorted(block) if name == str(RDFS.subClassOf))
            for iri, block in ontology.items()
        }
        self._kinds = self._read_kinds()
        self._forms: dict[frozenset[str], Mapping[str, Field]] = {}

    def of(self, block: Iterable[tuple[str, str]]) -> Mapping[str, Field]:
        """Return the form of a thing: its fields by path, those that must be filled first."""
        classes = frozenset(self._with_above(value[1:-1] for name, value in block if name == str(RDF.type)))
        if classes not in self._forms:
            fields: dict[str, Field] = {}
            for name in sorted(classes):
                for shape in sorted(self._shapes.subjects(SH.targetClass, URIRef(name)), key=str):
                    for part in self._shapes.objects(shape, SH.property):
                        field = self._field(part)
                        if field:
                            known = fields.get(field.path)
                            fields[field.path] = known.joined(field) if known else field
            order = sorted(fields.values(), key=lambda field: (field.least == 0, field.path))
            self._forms[classes] = {field.path: field for field in order}
        return self._forms[classes]

    def class_of(self, kind: str) -> str:
        """Return the class of the things of a kind."""
        return next(name for name, kinds in sorted(self._kinds.items()) if kinds == (kind,))

    def _with_above(self, classes: Iterable[str]) -> set[str]:
        found: set[str] = set()
        left = list(classes)
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self._above.get(name, ())
        return found

    def _read_kinds(self) -> dict[str, tuple[str, ...]]:
        """Read off the addresses that shapes ask for which kinds the things of a class have."""
        kinds = {}
        for shape, pattern in self._shapes.subject_objects(SH.pattern):
            address = _ADDRESS.search(str(pattern))
            for target in self._shapes.objects(shape, SH.targetClass) if address else ():
                kinds[str(target)] = tuple(address[1].split("|")) if address else ()
        return kinds

    def _field(self, part: Node) -> Field | None:
        shapes = self._shapes
        path = shapes.value(part, SH.path)
        if not isinstance(path, URIRef) or path == RDF.type or str(path) == _SKOS + "inScheme":
            return None
        if shapes.value(part, SH.severity) not in (SH.Violation, None):
            return Field(str(path))
        languages = shapes.value(part, SH.languageIn)
        return Field(
            str(path),
            _number(shapes.value(part, SH.minCount), 0),
            _number(shapes.value(part, SH.maxCount), _MANY),
            str(shapes.value(part, SH.datatype) or ""),
            tuple(sorted(map(str, Collection(shapes, languages)), reverse=True)) if languages else (),
            tuple(kind for name in self._classes(part) for kind in self._kinds.get(name, ())),
            self._scheme(part),
        )

    def _classes(self, part: Node) -> Iterable[str]:
        yield from map(str, self._shapes.objects(part, SH["class"]))
        either = self._shapes.value(part, SH["or"])
        for option in Collection(self._shapes, BNode(str(either))) if either is not None else ():
            yield from map(str, self._shapes.objects(option, SH["class"]))

    def _scheme(self, part: Node) -> str:
        for node in self._shapes.objects(part, SH.node):
            for inner in self._shapes.objects(node, SH.property):
                if str(self._shapes.value(inner, SH.path)) == _SKOS + "inScheme":
                    return str(self._shapes.value(inner, SH.hasValue) or "")
        return ""


def _number(value: Node | None, otherwise: int) -> int:
    return int(str(value)) if isinstance(value, Literal) else otherwise
