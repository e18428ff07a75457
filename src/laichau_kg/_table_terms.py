"""What each column says in RDF: the way back from a table to facts.

``queries/tables/`` goes one way; this goes the other.  A test holds both to
each other: what neither these columns nor the evidence tables carry is in
``further.csv``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from laichau_kg.vocab import LCK, PREFIXES

__all__ = [
    "ACTORS", "CLASSES", "COLUMNS", "FACTS", "NAMED_BY", "PERIOD_DAYS", "QUOTED", "REGISTERS", "SPANS_BY",
    "STATEMENTS", "Says",
]  # fmt: skip

ACTORS = ("person", "organization", "group", "place")
STATEMENTS = ("directive", "recommendation", "commitment", "goal", "assessment")

_DCTERMS, _FOAF, _ORG, _SKOS = (PREFIXES[name] for name in ("dcterms", "foaf", "org", "skos"))


@dataclass(frozen=True, slots=True)
class Says:
    """What a column says of its row's thing.

    Attributes:
        property: The property's IRI.
        reads: "thing", "text", "decimal", "integer" or "date".
        kinds: The kinds that a thing may be of.
        language: The text's language, or "" for none.
        required: The cell may not be empty.
    """

    property: str
    reads: str = "thing"
    kinds: tuple[str, ...] = ()
    language: str = ""
    required: bool = False


def _thing(name: str, *kinds: str, required: bool = False) -> Says:
    return Says(name if "://" in name else LCK + name, kinds=kinds, required=required)


def _text(iri: str, language: str = "", *, required: bool = False) -> Says:
    return Says(iri if "://" in iri else LCK + iri, "text", language=language, required=required)


def _number(name: str, reads: str = "decimal", *, required: bool = False) -> Says:
    return Says(LCK + name, reads, required=required)


_LABELS = {
    "label_vi": _text(_SKOS + "prefLabel", "vi", required=True),
    "label_en": _text(_SKOS + "prefLabel", "en", required=True),
}
_OTHER_NAMES = {"other_names_vi": _text(_SKOS + "altLabel", "vi")}
_STATEMENT = {
    "by": _thing("by", *ACTORS),
    "to": _thing("to", *ACTORS),
    "topic": _thing("topic", "topic", required=True),
    "description_vi": _text(_DCTERMS + "description", "vi", required=True),
    "description_en": _text(_DCTERMS + "description", "en", required=True),
    "meeting": _thing("meeting", "meeting"),
    "due": _thing("due", "period"),
    "answers": _thing("answers", *STATEMENTS),
}

FACTS: Mapping[str, Mapping[str, Says]] = {
    "observations": {
        "indicator": _thing("indicator", "indicator", required=True),
        "area": _thing("area", "place", required=True),
        "period": _thing("period", "period", required=True),
        "status": _thing("status", "status", required=True),
        "measure": _thing("measure", "measure", required=True),
        "value": _number("value", required=True),
        "value_max": _number("valueMax"),
        "unit": _thing("unit", "unit", required=True),
        "bound": _thing("bound", "bound", required=True),
        "base_period": _thing("basePeriod", "period"),
        "total": _number("total"),
        "price_basis": _thing("priceBasis", "price-basis"),
        "plan_issuer": _thing("planIssuer", "organization"),
    },
    "attestations": {
        "official": _thing(_ORG + "member", "person", required=True),
        "post": _thing("post", "post", required=True),
        "organization": _thing(_ORG + "organization", "organization", required=True),
        "attested_on": _number("attestedOn", "date"),
    },
    "meetings": {
        **_LABELS,
        "kind": _thing("kind", "meeting-kind", required=True),
        "date": _number("date", "date"),
        "date_precision": _thing("datePrecision", "precision"),
        "part_of_day": _thing("partOfDay", "part-of-day"),
        "mode": _thing("mode", "meeting-mode"),
        "organizer": _thing("organizer", "organization"),
        "place": _thing("place", "place"),
        "subject_vi": _text("subject", "vi"),
        "subject_en": _text("subject", "en"),
        "period": _thing("period", "period"),
    },
    "participations": {
        "meeting": _thing("meeting", "meeting", required=True),
        "participant": _thing("participant", "person", "organization", "group", required=True),
        "role": _thing("role", "role", required=True),
    },
    "documents": {
        "document": _thing("cites", "document", required=True),
        "relation": _thing("relation", "citation-relation", required=True),
        "cited_by": _thing("citedBy", *STATEMENTS, "meeting", "occurrence"),
    },
    "directives": _STATEMENT,
    "recommendations": _STATEMENT,
    "commitments": _STATEMENT,
    "goals": _STATEMENT,
    "assessments": _STATEMENT,
    "occurrences": {
        "kind": _thing("kind", "occurrence-kind", required=True),
        **_LABELS,
        "date": _number("date", "date"),
        "amount": _number("amount"),
        "unit": _thing("unit", "unit"),
        "by": _thing("by", *ACTORS),
        "to": _thing("to", *ACTORS),
        "period": _thing("period", "period"),
        "places": _thing("place", "place"),
        "meeting": _thing("meeting", "meeting"),
    },
    "groups": {
        **_LABELS,
        "size": _number("size", "integer"),
        "member_of": _thing("memberOf", "organization"),
    },
    "omissions": {"reason": _thing("reason", "omission-reason", required=True)},
}
"""Column by column, the tables of facts."""

REGISTERS: Mapping[str, Mapping[str, Says]] = {
    "officials": {**_LABELS, "name": _text(_FOAF + "name"), **_OTHER_NAMES},
    "organizations": {
        **_LABELS,
        "kind": _thing("kind", "organization-kind", required=True),
        "part_of": _thing(_ORG + "subOrganizationOf", "organization"),
        "jurisdiction": _thing("jurisdiction", "place"),
        **_OTHER_NAMES,
    },
    "places": {
        **_LABELS,
        "kind": _thing("kind", "place-kind", required=True),
        "part_of": _thing("isPartOf", "place"),
        **_OTHER_NAMES,
    },
    "posts": {
        **_LABELS,
        "organization": _thing(_ORG + "postIn", "organization", required=True),
        **_OTHER_NAMES,
    },
    "authors": {**_LABELS, "name": _text(_FOAF + "name")},
    "periods": {
        **_LABELS,
        "first_day": _number("firstDay", "date", required=True),
        "last_day": _number("lastDay", "date", required=True),
        "precision": _thing("precision", "precision", required=True),
    },
    "cited-documents": {
        **_LABELS,
        "kind": _thing("kind", "document-kind", required=True),
        "number": _text("number"),
        "title_vi": _text(_DCTERMS + "title", "vi"),
        "issuer": _thing("issuer", "organization", "person"),
        "date": _number("date", "date"),
        **_OTHER_NAMES,
    },
}
"""Column by column, the tables of what is one thing over all articles."""

COLUMNS: Mapping[str, Mapping[str, Says]] = {
    "articles": {
        **_LABELS,
        "title": _text(_DCTERMS + "title", "vi"),
        "site": _text("site"),
        "authors": _thing("author", "author"),
        "published": Says(_DCTERMS + "issued", "date"),
        "source_file": _text("sourceFile", required=True),
        "length": _number("length", "integer", required=True),
        "sha256": _text("sha256", required=True),
    },
    **FACTS,
    **REGISTERS,
}

CLASSES: Mapping[str, str] = {
    "articles": LCK.Article,
    "assessments": LCK.Assessment,
    "attestations": LCK.Attestation,
    "authors": LCK.Author,
    "commitments": LCK.Commitment,
    "directives": LCK.Directive,
    "documents": LCK.Citation,
    "goals": LCK.Goal,
    "groups": LCK.Group,
    "meetings": LCK.Meeting,
    "observations": LCK.Observation,
    "occurrences": LCK.Occurrence,
    "officials": LCK.Official,
    "omissions": LCK.Omission,
    "organizations": _ORG + "Organization",
    "participations": LCK.Participation,
    "periods": LCK.Period,
    "places": LCK.Place,
    "posts": _ORG + "Post",
    "recommendations": LCK.Recommendation,
}
"""The class of a table's things; a document's follows from its kind."""

SPANS_BY: Mapping[str, str] = {"articles": LCK.statedIn, "omissions": LCK.leavesOut}
"""What leads from a row's thing to its spans, where it is not a fact derived from them."""

NAMED_BY: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("observations", "indicator"): ("indicator_vi", "indicator_en"),
    ("observations", "area"): ("area_vi",),
    ("observations", "unit"): ("unit_en",),
    ("attestations", "official"): ("official_name",),
    ("attestations", "post"): ("post_vi", "post_en"),
    ("attestations", "organization"): ("organization_vi",),
    ("participations", "participant"): ("participant_name",),
}
"""The columns that say a thing's name again: read where its own column is empty, else held to it."""

PERIOD_DAYS: Mapping[str, tuple[str, str]] = {
    "period": ("period_start", "period_end"),
    "base_period": ("base_start", "base_end"),
}
"""The columns of a period's first and last day, for a figure's columns of periods."""

QUOTED = frozenset({"articles", "attestations", "documents", "meetings", "observations", "participations"})
"""The tables whose quotes are figures, dates, names, titles or numbers, and so are kept as oa:exact."""
