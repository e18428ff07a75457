"""The cases of the questions, read from the names of files.

``<id>.tsv`` is the answer without parameters, ``<id>.<name>=<value>.tsv`` the
answer with one; a thing of no fixed kind is written ``<kind>@<slug>``.
"""

from pathlib import Path

import pytest

from laichau_kg.answers import Answer
from laichau_kg.terms import Iri, Literal
from laichau_kg.vocab import ID

HERE = Path(__file__).parent
SMALL = HERE / "queries"
SNAPSHOTS = HERE / "snapshots" / "queries"


def query_id(case):
    """Return the id of the question that a case's file is about."""
    return case.name.removesuffix(".tsv").split(".")[0]


def bound(query, case):
    """Return the query's text with the parameters that the case's name gives."""
    given = [part.split("=", 1) for part in case.name.removesuffix(".tsv").split(".")[1:]]
    return query.bind({name: _term(query.parameter(name), value) for name, value in given})


def lines(answer):
    """Write an answer as lines of TSV, its head first."""
    return answer.to_tsv().splitlines()


def in_order_of_text(answer):
    """Write an answer as TSV whose lines are sorted below the head."""
    head, *rows = lines(answer)
    return "".join(line + "\n" for line in (head, *sorted(rows)))


def with_lists_sorted(answer, many):
    """Sort the words in cells that hold several: no engine promises their order; an empty list is no cell."""
    places = [place for place, column in enumerate(answer.columns) if column in many]
    return Answer(
        answer.columns,
        tuple(
            tuple(_sorted_words(cell) if place in places else cell for place, cell in enumerate(row))
            for row in answer.rows
        ),
    )


def cases(folder):
    """Give the cases of *folder* as parameters of a test, by name."""
    return [pytest.param(path, id=path.name.removesuffix(".tsv")) for path in sorted(folder.glob("*.tsv"))]


def _sorted_words(cell):
    words = sorted(str(cell).split()) if cell else []
    return Literal(" ".join(words)) if words else None


def _term(parameter, value):
    if "@" in value:
        kind, _, slug = value.partition("@")
        return Iri(f"{ID}{kind}/{slug}")
    return parameter.read(value)
