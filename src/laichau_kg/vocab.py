"""Our namespaces as closed namespaces, and the prefix map of the whole repository.

A closed namespace knows its terms: a misspelt one is an AttributeError at
once, not a silent miss in a query. A test holds them equal to the ontology's
files.
"""

from typing import Final, Self

__all__ = ["BASE", "GRAPH", "ID", "LCK", "LCS", "PREFIXES", "RDF", "ClosedNamespace"]


class ClosedNamespace(str):
    """A namespace IRI whose attributes are the IRIs of its known terms."""

    __slots__ = ("_terms",)
    _terms: frozenset[str]

    def __new__(cls, iri: str, terms: str) -> Self:
        """Make a namespace from its IRI and the names of its terms, parted by spaces."""
        made = super().__new__(cls, iri)
        made._terms = frozenset(terms.split())
        return made

    def __getattr__(self, name: str) -> str:
        """Return the IRI of the term *name*."""
        if name in self._terms:
            return str(self) + name
        raise AttributeError(f"<{self}> has no term {name!r}")

    def terms(self) -> frozenset[str]:
        """Return the names of all terms."""
        return self._terms


BASE: Final = "https://w3id.org/laichau-kg/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"
LCK: Final = ClosedNamespace(
    BASE + "ontology#",
    """
    Candidate foundBy proposal
    Acceptance Article Assessment Attestation Author BudgetEstimate Citation Commitment Conclusion
    Decision Directive Dispatch Document DocumentGroup Evidence Fact Goal Group Indicator Law MasterPlan
    Meeting Observation Occurrence Official Omission Participation PartyDocument Period Place Plan
    Programme Recommendation Resolution Scheme Statement Unit
    acceptedBy alias amount answers area article attestedOn author basePeriod baseUnit bound by citedBy
    cites date datePrecision due firstDay indicator inferredFrom infers isPartOf issuer jurisdiction kind
    lastDay leavesOut length mainEvidence measure meeting memberOf mode moreIsBetter multiplier nature
    number organizer partOfDay participant period place planIssuer post precision priceBasis
    programVersion reason relation role rulesVersion sector sha256 site size sourceFile statedIn status
    subject symbol thingsAdded thingsChanged thingsRemoved to topic total unit usualUnit value valueMax
    """,
)
LCS: Final = BASE + "shapes#"
RDF: Final = ClosedNamespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type Property langString")

KINDS: Final = (
    "acceptance", "article", "assessment", "attestation", "author", "bound", "citation",
    "citation-relation", "commitment", "dataset", "directive", "document", "document-kind", "goal",
    "group", "indicator", "measure", "meeting", "meeting-kind", "meeting-mode", "observation",
    "occurrence", "occurrence-kind", "omission", "omission-reason", "organization", "organization-kind",
    "part-of-day", "participation", "period", "person", "place", "place-kind", "post", "precision",
    "price-basis", "quantity-nature", "recommendation", "role", "scheme", "sector", "status", "topic",
    "unit",
)  # fmt: skip

PREFIXES: Final[dict[str, str]] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lck": str(LCK),
    "lcs": LCS,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "qudt-unit": "http://qudt.org/vocab/unit/",
    "rdf": str(RDF),
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-concept": "http://purl.org/linked-data/sdmx/2009/concept#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
} | {f"lc-{kind}": f"{ID}{kind}/" for kind in KINDS}
