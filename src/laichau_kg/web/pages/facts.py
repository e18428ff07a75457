"""The page of a fact: what it says, the words it rests on, and what it answers, meets or contradicts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from laichau_kg.columns import heading
from laichau_kg.queries import LANGUAGES
from laichau_kg.terms import Literal, Term
from laichau_kg.vocab import LCK, PREFIXES
from laichau_kg.web.excerpts import passages
from laichau_kg.web.pages.figures import figure_text
from laichau_kg.web.pages.indicators import contradictions
from laichau_kg.web.pages.sentences import figure_of, sentence
from laichau_kg.web.pages.targets import state_of
from laichau_kg.web.pages.things import Value, main_evidence, shown_value
from laichau_kg.web.rendering import Page, number, records
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["FACTS", "Fact", "fact"]

FACTS: Final = (
    "assessment", "attestation", "citation", "commitment", "directive", "goal", "group", "observation",
    "occurrence", "omission", "participation", "recommendation",
)  # fmt: skip
"""The kinds of facts that have this page; a meeting has one of its own."""

_MOST: Final = 60
_ORG: Final = PREFIXES["org"]
_FIELDS: Final = (
    _ORG + "member", LCK.participant, LCK.post, _ORG + "organization", LCK.role, LCK.cites, LCK.relation,
    LCK.citedBy, LCK.reason, LCK.kind, LCK.indicator, LCK.value, LCK.amount, LCK.bound, LCK.measure,
    LCK.period, LCK.basePeriod, LCK.status, LCK.area, LCK.priceBasis, LCK.planIssuer, LCK.by, LCK.to,
    LCK.due, LCK.topic, LCK.meeting, LCK.date, LCK.attestedOn, LCK.place, LCK.size, LCK.memberOf,
)  # fmt: skip
"""What is told of a fact, in this order; what a record adds to them comes after."""

_CALLED: Final = {_ORG + "member": "official", LCK.cites: "document"}
"""Columns that are called otherwise than the property."""

_ELSEWHERE: Final = (
    PREFIXES["rdf"] + "type", PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "note",
    PREFIXES["dcterms"] + "description", PREFIXES["prov"] + "wasDerivedFrom", PREFIXES["qb"] + "dataSet",
    LCK.mainEvidence, LCK.inferredFrom, LCK.infers, LCK.leavesOut, LCK.answers, LCK.article, LCK.unit,
    LCK.valueMax, LCK.total,
)  # fmt: skip
"""What is told in the heading, with the evidence, in a section of its own, or with the value."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that has to do with the page's own.

    Attributes:
        iri: Its IRI.
        text: What it says.
        label: What it is, or how it stands to the page's fact.
        source: The words it rests on, as ``macros.html`` shows them.
    """

    iri: str
    text: str
    label: str
    source: Mapping[str, Any]


def fact(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a fact, or an omission.

    Args:
        service: What is asked.
        lang: The language.
        values: ``iri``, ``kind`` and ``slug`` of the fact.
    """
    iri, kind = values["iri"], values["kind"]
    said = service.filed.said(iri)
    rows = _omitted(service, iri, said, lang) if kind == "omission" else _evidence(service, iri, lang)
    article = str(rows[0]["article"])
    references = service.filed.references(iri)
    answered = [other for other, property_ in references if property_ == LCK.answers]
    others = list(dict.fromkeys(other for other, property_ in references if property_ != LCK.answers))
    indicator = str(next(iter(said.get(LCK.indicator, ())), "")) if kind == "observation" else ""
    title = sentence(service, iri, lang)
    return Page(
        title=title,
        template="fact.html",
        values={
            "iri": iri,
            "kinds": service.filed.kinds(iri, lang),
            "article": (article, service.filed.label(article, lang)),
            "evidence": passages(service, rows),
            "note": "" if kind == "omission" else next((row["note"] for row in rows if row["note"]), ""),
            "fields": _fields(service, iri, said, lang),
            "answers": _told(service, [str(node) for node in said.get(LCK.answers, ())], lang),
            "answered": _told(service, answered[:_MOST], lang),
            "references": _told(service, others[:_MOST], lang),
            "left_out": max(0, len(others) - _MOST) + max(0, len(answered) - _MOST),
            "beside": _beside(service, iri, said, indicator, lang) if indicator else [],
            "contradictions": _disagreeing(service, iri, said, indicator, lang) if indicator else [],
            "compared": _compared(service, iri, said, indicator, lang) if indicator else [],
        },
        address=f"/doc/{kind}/{values['slug']}",
        trail=((say("site.articles", lang), "/articles"),),
        description=title,
    )


def _evidence(service: Service, iri: str, lang: str) -> list[dict[str, Any]]:
    return records(service.ask("evidence", lang, fact=iri))


def _omitted(
    service: Service, iri: str, said: Mapping[str, Sequence[Term]], lang: str
) -> list[dict[str, Any]]:
    """List the places that an omission leaves out, as `passages` takes them."""
    article = str(said[LCK.leavesOut][0]).partition("#")[0]
    rows = records(service.ask("article-evidence", lang, article=article))
    return [{**row, "inferredLabel": None} for row in rows if row["thing"] == iri]


def _fields(
    service: Service, iri: str, said: Mapping[str, Sequence[Term]], lang: str
) -> list[tuple[str, list[Value]]]:
    """Tell each property's name with its values."""
    order = [*_FIELDS, *sorted(set(said) - {*_FIELDS, *_ELSEWHERE})]
    fields = []
    for property_ in order:
        if property_ == LCK.value and property_ in said:
            values = [Value(figure_of(service, iri, lang))]
        elif property_ == LCK.amount and property_ in said:
            values = [Value(_amount(service, said, lang))]
        else:
            values = [_shown(service, term, lang) for term in said.get(property_, ()) if _fits(term, lang)]
        if values:
            fields.append((_name(service, property_, lang), values))
    return fields


def _name(service: Service, property_: str, lang: str) -> str:
    """Name a property as a field: the word for it, or in a language that lacks the word its label."""
    local = _CALLED.get(property_) or property_.rpartition("/")[2].rpartition("#")[2]
    word = heading(local, lang)
    if lang != LANGUAGES[-1] and word == heading(local, LANGUAGES[-1]):
        word = service.filed.label(property_, lang) or word
    return word[:1].upper() + word[1:]


def _shown(service: Service, term: Term, lang: str) -> Value:
    return shown_value(term, lang, "" if isinstance(term, Literal) else sentence(service, str(term), lang))


def _fits(term: Term, lang: str) -> bool:
    return not isinstance(term, Literal) or term.language in ("", lang)


def _amount(service: Service, said: Mapping[str, Sequence[Term]], lang: str) -> str:
    unit = next(iter(said.get(LCK.unit, ())), "")
    row = {"amount": said[LCK.amount][0], "unitLabel": service.label(str(unit), lang) if unit else ""}
    return figure_text(row, lang, value="amount")


def _told(service: Service, iris: Iterable[str], lang: str) -> list[Fact]:
    """Tell facts in a sentence each, with what kind of fact it is."""
    return [
        Fact(
            iri,
            sentence(service, iri, lang),
            next(iter(service.filed.kinds(iri, lang)), ""),
            main_evidence(service, iri, lang),
        )
        for iri in iris
    ]


def _beside(
    service: Service, iri: str, said: Mapping[str, Sequence[Term]], indicator: str, lang: str
) -> list[Fact]:
    """List the other figures of the same indicator, area and period."""
    area, period = str(said[LCK.area][0]), str(said[LCK.period][0])
    rows = records(service.ask("indicator-series", lang, indicator=indicator, area=area))
    others = [row for row in rows if row["period"] == period and row["observation"] != iri]
    return [
        Fact(str(row["observation"]), sentence(service, str(row["observation"]), lang), "", row)
        for row in others[:_MOST]
    ]


def _disagreeing(
    service: Service, iri: str, said: Mapping[str, Sequence[Term]], indicator: str, lang: str
) -> list[dict[str, Any]]:
    """List the contradictions that the figure is part of."""
    area = str(said[LCK.area][0])
    rows = records(service.ask("contradictions", lang, indicator=indicator, area=area))
    return contradictions(
        service, [row for row in rows if iri in (row["first"], row["second"])][:_MOST], lang
    )


def _compared(
    service: Service, iri: str, said: Mapping[str, Sequence[Term]], indicator: str, lang: str
) -> list[Fact]:
    """Hold a target against its results, or a result against the targets it counts for."""
    found = []
    area = str(said[LCK.area][0])
    for row in records(service.ask("targets-and-results", lang, indicator=indicator, area=area)):
        if row["result"] is None or iri not in (row["target"], row["result"]):
            continue
        other = str(row["result"] if row["target"] == iri else row["target"])
        label = say(
            "facts.compared",
            lang,
            state=say(f"targets.reached-{state_of(row)}", lang),
            percent=say("targets.percent", lang, percent=number(row["percentReached"], lang)),
        )
        found.append(Fact(other, sentence(service, other, lang), label, main_evidence(service, other, lang)))
    return found[:_MOST]
