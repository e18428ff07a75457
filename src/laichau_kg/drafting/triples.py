"""The triples of a bundle: how things are named, and the evidence that its facts rest on."""

from dataclasses import dataclass, field

from laichau_kg.terms import XSD, Iri, Literal, Term
from laichau_kg.text import Span, sha256
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["DERIVED", "LONGEST_QUOTE", "Triples", "iri", "term"]

LONGEST_QUOTE = 100


def iri(kind: str, slug: str) -> Iri:
    """Name a thing.

    >>> iri("person", "le-van-nam").value
    'https://w3id.org/laichau-kg/id/person/le-van-nam'
    """
    return Iri(f"{ID}{kind}/{slug}")


def term(prefix: str, name: str) -> str:
    """Spell out a term of another vocabulary.

    >>> term("foaf", "name")
    'http://xmlns.com/foaf/0.1/name'
    """
    return PREFIXES[prefix] + name


_LABEL = term("skos", "prefLabel")
DERIVED = term("prov", "wasDerivedFrom")


@dataclass(slots=True)
class Triples:
    """The triples of a bundle, and the spans its evidence has."""

    article: str
    text: str
    lines: list[str] = field(default_factory=list)
    quoted: dict[Span, bool] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def add(self, subject: Iri, predicate: str, *nodes: Term) -> None:
        """Say something of a thing, once for each of *nodes*."""
        self.lines += [f"{subject.n3()} <{predicate}> {node.n3()} ." for node in nodes]

    def label(self, subject: Iri, vi: str, en: str = "") -> None:
        """Label a thing in Vietnamese, and in English where that is known."""
        self.add(subject, _LABEL, Literal(vi, language="vi"), *([Literal(en, language="en")] if en else []))

    def evidence(self, span: Span, *, quoted: bool) -> Iri:
        """Name a span that a fact rests on; its words are written down if any fact wants them quoted."""
        self.quoted[span] = self.quoted.get(span, False) or quoted
        return Iri(f"{ID}article/{self.article}#char={span.start},{span.end}")

    def new(self, thing: Iri) -> bool:
        """Say whether a thing is named for the first time."""
        fresh = thing.value not in self.made
        self.made.add(thing.value)
        return fresh

    def write_evidence(self) -> None:
        """Describe every span that a fact rests on."""
        for span in sorted(self.quoted):
            words = self.text[span.start : span.end]
            thing = self.evidence(span, quoted=False)
            self.add(thing, RDF.type, Iri(LCK.Evidence))
            self.add(thing, term("oa", "hasSource"), iri("article", self.article))
            for name, offset in (("start", span.start), ("end", span.end)):
                self.add(thing, term("oa", name), Literal(str(offset), XSD + "nonNegativeInteger"))
            self.add(thing, LCK.sha256, Literal(sha256(words)))
            if self.quoted[span] and len(words) <= LONGEST_QUOTE and "\n" not in words:
                self.add(thing, term("oa", "exact"), Literal(words))
