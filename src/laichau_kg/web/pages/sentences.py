"""What a fact says, in one sentence of the reader's language: headings, and lines of lists."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from laichau_kg.charts.figures import AMOUNTS
from laichau_kg.terms import Literal, Term
from laichau_kg.vocab import ID, LCK, PREFIXES
from laichau_kg.web.pages.figures import code, figure_text
from laichau_kg.web.rendering import date
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["figure_of", "kind_of", "lowered", "said_text", "sentence"]

_NOTE: Final = PREFIXES["skos"] + "note"
_MEMBER: Final = PREFIXES["org"] + "member"
_PROVINCE: Final = ID + "place/lai-chau"
"""The area of nearly every figure; a sentence names another one only."""

Said = Mapping[str, Sequence[Term]]


def sentence(service: Service, iri: str, lang: str) -> str:
    """Say what a fact says; a thing that is no fact is named."""
    name = service.filed.label(iri, lang)
    if name:
        return name
    write = _SENTENCES.get(kind_of(iri))
    return write(service, service.filed.said(iri), lang) if write else service.filed.title(iri, lang)


def figure_of(service: Service, iri: str, lang: str) -> str:
    """Write an observation's figure with its bound, range, total and unit."""
    return _figure(service, service.filed.said(iri), lang)


def said_text(service: Service, iri: str, property_: str, lang: str) -> str:
    """Return the text of a property in *lang*; nothing where there is none."""
    return _text(service.filed.said(iri), property_, lang)


def kind_of(iri: str) -> str:
    """Return the kind that a thing's IRI names: ``person`` of ``…/id/person/x``."""
    return iri.removeprefix(ID).partition("/")[0]


def lowered(label: str) -> str:
    """Write a label as it stands within a sentence; one that begins with capitals stays.

    >>> lowered("Chair"), lowered("GRDP"), lowered("")
    ('chair', 'GRDP', '')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def _observation(service: Service, said: Said, lang: str) -> str:
    names = _names(
        service,
        said,
        lang,
        indicator=LCK.indicator,
        period=LCK.period,
        status=LCK.status,
        measure=LCK.measure,
        base=LCK.basePeriod,
        area=LCK.area,
    )
    measure = code(_first(said, LCK.measure))
    notes = [
        "" if measure in AMOUNTS else lowered(names["measure"]),
        say("facts.against", lang, base=lowered(names["base"])) if names["base"] else "",
        lowered(names["status"]),
    ]
    area = "" if _first(said, LCK.area) == _PROVINCE else names["area"]
    return say(
        "facts.observation",
        lang,
        about=", ".join(filter(None, (names["indicator"], area, lowered(names["period"])))),
        figure=_figure(service, said, lang),
        notes=", ".join(filter(None, notes)),
    )


def _attestation(service: Service, said: Said, lang: str) -> str:
    names = _names(service, said, lang, who=_MEMBER, post=LCK.post)
    day = _first(said, LCK.attestedOn)
    dated = "facts.attestation-dated" if day else "facts.attestation"
    return say(dated, lang, **names, day=date(day, lang))


def _participation(service: Service, said: Said, lang: str) -> str:
    names = _names(service, said, lang, who=LCK.participant, role=LCK.role, meeting=LCK.meeting)
    return say("facts.participation", lang, **{**names, "role": lowered(names["role"])})


def _citation(service: Service, said: Said, lang: str) -> str:
    names = _names(service, said, lang, document=LCK.cites, relation=LCK.relation)
    return say("facts.citation", lang, **{**names, "relation": lowered(names["relation"])})


def _omission(service: Service, said: Said, lang: str) -> str:
    names = _names(service, said, lang, reason=LCK.reason)
    return say("facts.omission", lang, **names, note=_text(said, _NOTE, lang))


def _figure(service: Service, said: Said, lang: str) -> str:
    row = {
        "value": _first(said, LCK.value),
        "valueMax": _first(said, LCK.valueMax) or None,
        "total": _first(said, LCK.total) or None,
        "bound": _first(said, LCK.bound),
        "measure": _first(said, LCK.measure),
        "unitLabel": service.label(_first(said, LCK.unit), lang),
    }
    return figure_text(row, lang)


def _names(service: Service, said: Said, lang: str, **properties: str) -> dict[str, str]:
    """Name the first value of each property; nothing where there is none."""
    values = {key: _first(said, property_) for key, property_ in properties.items()}
    return {key: service.label(iri, lang) if iri else "" for key, iri in values.items()}


def _text(said: Said, property_: str, lang: str) -> str:
    texts = (node for node in said.get(property_, ()) if isinstance(node, Literal))
    return next((node.value for node in texts if node.language == lang), "")


def _first(said: Said, property_: str) -> str:
    node = next(iter(said.get(property_, ())), None)
    if node is None:
        return ""
    return node.value if isinstance(node, Literal) else str(node)


_SENTENCES: Final[Mapping[str, Callable[[Service, Said, str], str]]] = {
    "attestation": _attestation,
    "citation": _citation,
    "observation": _observation,
    "omission": _omission,
    "participation": _participation,
}
"""How facts are told that have neither a name nor a description, by kind."""
