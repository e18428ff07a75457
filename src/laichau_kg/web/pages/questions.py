"""The questions for people: an index by subject, and of each the form, the answer and the SPARQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from laichau_kg.queries import Parameter, Query
from laichau_kg.web.asking import MOST_OPTIONS, Asked, Option, options
from laichau_kg.web.failing import label_and_hint
from laichau_kg.web.pages.answers import table_of
from laichau_kg.web.rendering import Page
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say

__all__ = ["FORMS", "question", "questions"]

FORMS: Final = ("json", "csv", "tsv", "ttl")
"""Suffixes of the data forms of an answer."""

SUBJECTS: Final = ("people", "meetings", "statements", "documents", "indicators", "record")

_INPUTS: Final[Mapping[str, tuple[str, str]]] = {
    "integer": ("number", "numeric"),
    "year": ("number", "numeric"),
    "decimal": ("text", "decimal"),
    "date": ("date", ""),
}
_CODES: Final = (
    "citation-relation", "document-kind", "measure", "meeting-kind", "occurrence-kind", "organization-kind",
    "place-kind", "role", "sector", "status", "topic", "unit",
)  # fmt: skip
_FEW: Final = 12  # of other things; more are typed, with suggestions


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form.

    Attributes:
        name: What is sent.
        label: What it means, in a few words.
        hint: What else there is to know of it.
        value: What it holds.
        required: Whether it must be filled.
        kind: "select", or the type of an input.
        mode: The keyboard a telephone shows for it, if not the usual one.
        options: What is suggested, or may be chosen.
    """

    name: str
    label: str
    hint: str
    value: str
    required: bool
    kind: str
    mode: str
    options: tuple[Option, ...]


def questions(service: Service, lang: str, _values: Mapping[str, str]) -> Page:
    """List the questions by subject."""
    groups: dict[str, list[Query]] = {subject: [] for subject in SUBJECTS}
    for query in service.record.catalog.values():
        groups.setdefault(query.subject, []).append(query)
    for listed in groups.values():
        listed.sort(key=lambda query: query.title[lang].casefold())
    return Page(
        title=say("questions.title", lang),
        template="questions.html",
        values={"groups": [(subject, listed) for subject, listed in groups.items() if listed]},
        address="/questions",
        description=say("questions.lead", lang),
    )


def question(service: Service, lang: str, values: Mapping[str, str]) -> Page:
    """Show a question's form, its answer, and the SPARQL that asks it.

    Args:
        service: What is asked.
        lang: The language.
        values: The question's ``id``, its parameters, and ``page``.
    """
    asked = Asked.read(service, values, lang=lang)
    query = asked.query
    address = f"/questions/{query.id}"
    shown: dict[str, object] = {"table": None, "size": 0, "first": 0, "last": 0, "turns": (), "text": ""}
    if asked.is_complete:
        answer = asked.answer(service)
        places = asked.places(len(answer))
        shown = {
            "table": table_of(answer, lang, places, label=lambda iri: service.filed.label(iri, lang)),
            "size": len(answer),
            "first": places.start + 1,
            "last": places.stop,
            "turns": _turns(asked, address, len(answer)),
            "text": asked.text(service),
        }
    return Page(
        title=query.title[lang],
        template="question.html",
        values={
            **shown,
            "question": query.question[lang],
            "fields": _fields(service, asked),
            "page_number": asked.page,
            "pages": asked.pages(int(str(shown["size"]))),
            "forms": [
                (form, f"{address}.{form}?{urlencode({**asked.params, 'lang': lang})}") for form in FORMS
            ],
        },
        address=address + (f"?{urlencode(_given(asked))}" if _given(asked) else ""),
        trail=((say("site.questions", lang), "/questions"),),
        description=query.question[lang],
    )


def _given(asked: Asked) -> dict[str, str]:
    """Return what stands in the page's own address."""
    return {**asked.params, **({"page": str(asked.page)} if asked.page > 1 else {})}


def _turns(asked: Asked, address: str, rows: int) -> tuple[tuple[str, str], ...]:
    """Lead to the part before and the next: name and address."""
    turns = []
    for name, page in (("before", asked.page - 1), ("next", asked.page + 1)):
        if 1 <= page <= asked.pages(rows):
            given = {**asked.params, **({"page": str(page)} if page > 1 else {})}
            turns.append((name, address + (f"?{urlencode(given)}" if given else "")))
    return tuple(turns)


def _fields(service: Service, asked: Asked) -> list[Field]:
    """Make the fields; those of the fewest names suggest theirs first, for there is room for so many."""
    suggested = {one.name: options(service, one, asked.lang) for one in asked.query.parameters[:-1]}
    room = MOST_OPTIONS
    for name in sorted(suggested, key=lambda name: len(suggested[name])):
        room -= len(suggested[name])
        if room < 0:
            suggested[name] = []
    return [_field(asked, one, suggested[one.name]) for one in asked.query.parameters[:-1]]


def _field(asked: Asked, parameter: Parameter, suggested: list[Option]) -> Field:
    value = asked.params.get(parameter.name, parameter.default or "")
    # An address or a slug is shown by its name, where a field has one to choose.
    for option in suggested:
        if value and value in (option.iri, option.iri.rpartition("/")[2]):
            value = option.value
    is_listed = bool(suggested) and (
        parameter.type in _CODES or bool(parameter.values) or len(suggested) <= _FEW
    )
    is_closed = is_listed and (not value or value in {option.value for option in suggested})
    kind, mode = _INPUTS.get(parameter.type, ("text", ""))
    label, hint = label_and_hint(parameter, asked.lang)
    return Field(
        name=parameter.name,
        label=label,
        hint=hint,
        value=value,
        required=parameter.required,
        kind="select" if is_closed else kind,
        mode=mode,
        options=tuple(suggested),
    )
