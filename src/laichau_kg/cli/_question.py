"""Ask one question; also without typer, whose import takes longer than the answer.

`laichau query ID name=value …` is what scripts call a thousand times.  When
a command line is of that plain form it is read here; anything else, and any
doubt, is left to typer, which knows all options and all complaints.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from laichau_kg.cli._base import Form, Language, Settings, TableForm, print_answer, read_plainly
from laichau_kg.errors import ParameterError

__all__ = ["ask", "ask_plainly"]

_WITH_VALUE = {"-f": "form", "--format": "form", "--lang": "lang", "--root": "root", "--store": "store"}


def ask(settings: Settings, question: str, values: Sequence[str], form: TableForm) -> None:
    """Ask one question and print its answer.

    Args:
        settings: The common options.
        question: The question's id.
        values: Its parameters, each `name=value`.
        form: How to write the answer.

    Raises:
        ParameterError: a parameter is not written so, or given twice.
    """
    with settings.record(ahead=True) as record:
        given = {"lang": settings.lang} | dict(_read_values(values))
        print_answer(record.query(question, **given), Form(form), settings.lang)


def ask_plainly(arguments: Sequence[str]) -> bool:
    """Ask the question that a plain command line holds; tell whether it was one."""
    plain = read_plainly(arguments, _WITH_VALUE)
    if plain is None:
        return False
    options, words = plain
    form, lang = options.get("form", TableForm.TABLE.value), options.get("lang", Language.EN.value)
    if words[:1] != ["query"] or len(words) == 1 or form not in set(TableForm) or lang not in set(Language):
        return False
    root = Path(options["root"]) if "root" in options else None
    settings = Settings(root=root, store=options.get("store", "memory"), lang=lang)
    ask(settings, words[1], words[2:], TableForm(form))
    return True


def _read_values(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    seen = set()
    for given in values:
        name, equals, value = given.partition("=")
        if not equals or not name:
            raise ParameterError(f"{given!r}: a parameter is written name=value.", name=given)
        if name in seen:
            raise ParameterError(f"{name} is given twice.", name=name)
        seen.add(name)
        yield name, value
