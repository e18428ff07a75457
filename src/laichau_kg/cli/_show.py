"""Draw all that is said of one thing: what it is, and below it who says what of it, with the sources."""

from typing import TYPE_CHECKING

from laichau_kg.answers import Answer
from laichau_kg.cli._base import Settings, colours, print_text
from laichau_kg.cli._draw import draw, grid_of, width_of_stdout
from laichau_kg.resolve import FACT_KINDS, short_name
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.vocab import ID, LCK, PREFIXES

if TYPE_CHECKING:
    from laichau_kg.record import Record

__all__ = ["print_thing"]

_TECHNICAL = (
    PREFIXES["qb"] + "dataSet",
    LCK.mainEvidence,
    PREFIXES["foaf"] + "name",
    PREFIXES["skos"] + "prefLabel",
)
_WORDS = {
    "en": {"said": "What is said of it", "sources": "Its evidence"},
    "vi": {"said": "Những điều nói về đối tượng này", "sources": "Căn cứ"},
}


def print_thing(record: "Record", thing: str, settings: Settings) -> None:
    """Print one thing for a reader."""
    lang = settings.lang
    answer = record.show(thing, lang=lang)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    if not rows:
        return
    iri = str(rows[0]["thing"])
    label = rows[0].get("thingLabel")
    bold, plain = ("\x1b[1m", "\x1b[0m") if colours() else ("", "")
    print_text(f"{bold}{label or short_name(iri)}{plain}\n{iri}\n")
    own = [
        (_first(row, "propertyLabel", "property"), _first(row, "value", "otherLabel", "other"))
        for row in rows
        if str(row["direction"]) == "out" and str(row["property"]) not in _TECHNICAL
    ]
    _section("", Answer(("property", "value"), tuple(own)), lang)
    said = Answer(
        ("kind", "what", "property", "article", "articleLabel", "evidence", "quote"),
        tuple(
            (
                row.get("otherClassLabel"),
                _first(row, "otherLabel", "other"),
                _first(row, "propertyLabel", "property"),
                *(row.get(name) for name in ("article", "articleLabel", "evidence", "quote")),
            )
            for row in rows
            if str(row["direction"]) == "in"
        ),
    )
    _section(_WORDS[lang]["said"], said, lang)
    if iri.removeprefix(ID).partition("/")[0] in FACT_KINDS:
        _section(_WORDS[lang]["sources"], record.query("evidence", fact=iri, lang=lang), lang)


def _section(title: str, answer: Answer, lang: str) -> None:
    if answer.rows:
        heading = f"{title}\n" if title else ""
        print_text(f"\n{heading}{draw(grid_of(answer, lang), width=width_of_stdout(), colour=colours())}")


def _first(row: dict[str, Term | None], *names: str) -> Term | None:
    found = next((row[name] for name in names if row.get(name) is not None), None)
    return Literal(short_name(found.value)) if isinstance(found, Iri) else found
