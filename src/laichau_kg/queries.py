"""The canned questions: ``.rq`` files with a YAML head, read from disk, bound by ``VALUES``.

A file's head is its first lines, each starting with ``#+ ``, in YAML as grlc
reads it. In the body a parameter's place is a line ``#@ name`` (or
``#@ name as ?variable``) at the head of each group that uses it. Binding puts
``VALUES ?name { <term> }`` there; a parameter that is not given leaves the
line a comment, so that it restricts nothing. What stands after a colon,
``#@ name: pattern``, is put there too: a pattern that only a given parameter
needs. This module knows no store.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from laichau_kg.errors import ParameterError, QueryFileError, UnknownQueryError
from laichau_kg.layout import Layout
from laichau_kg.terms import XSD, Iri, Literal, Term
from laichau_kg.text import near_names
from laichau_kg.vocab import ID, KINDS

__all__ = ["LANGUAGES", "LITERAL_TYPES", "Catalog", "Parameter", "Query", "parse_query"]

LANGUAGES: Final = ("vi", "en")

LITERAL_TYPES: Final[dict[str, tuple[str, re.Pattern[str]]]] = {
    "integer": ("integer", re.compile(r"[+-]?[0-9]+")),
    "decimal": ("decimal", re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")),
    "date": ("date", re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")),
    "year": ("integer", re.compile(r"[12][0-9]{3}")),
    "text": ("string", re.compile(r"(?s).*")),
    "language": ("string", re.compile("|".join(LANGUAGES))),
}
"""What is written as a literal: its XSD type and the spelling it must have."""

_EXAMPLES = {
    "integer": "a whole number such as 12",
    "decimal": "a number such as 47.2",
    "date": "a day such as 2023-11-19",
    "year": "a year such as 2023",
    "text": "text",
    "language": "vi or en",
}
_TYPES = frozenset(KINDS) | LITERAL_TYPES.keys() | {"thing", "fact"}
_KEYS = frozenset({"summary", "tags", "title", "question", "parameters", "defaults", "enumerate"})
_PARAMETER_KEYS = frozenset({"type", "description", "default", "required", "enumerate"})
_MARKER = re.compile(
    r"^(?P<indent>[ \t]*)#@ *(?P<name>[A-Za-z]\w*)(?: +as +\?(?P<variable>[A-Za-z]\w*))?"
    r"(?: *:[ \t]*(?P<pattern>\S.*?))?[ \t]*$",
    re.MULTILINE,
)
_ANY_MARKER = re.compile(r"^[ \t]*#@.*$", re.MULTILINE)
_COMPARISON = re.compile(r"(LANG\(\?\w+\) = )\?(\w+)\b")
_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank to fill in a question.

    Attributes:
        name: The variable it binds, without the question mark.
        type: A kind of thing, "thing" or "fact" (any), or one of `LITERAL_TYPES`.
        description: What it means, by language.
        default: What it is when not given: a literal's text, or a slug or IRI.
        required: Whether the question makes no sense without it.
        values: All that it may be, where that is listed: the labels of each, by language.
    """

    name: str
    type: str
    description: Mapping[str, str]
    default: str | None = None
    required: bool = False
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def takes_thing(self) -> bool:
        """Whether its value is an IRI of the record, not a literal."""
        return self.type not in LITERAL_TYPES

    def read(self, text: str) -> Term:
        """Read a value: a literal of the type; for a thing an IRI, or a slug of its kind.

        Labels are not known here; `Record.resolve` turns them into IRIs.

        Raises:
            ParameterError: *text* has not the form of the type.
        """
        if not self.takes_thing:
            datatype, spelling = LITERAL_TYPES[self.type]
            if not spelling.fullmatch(text):
                raise self._unfit(text, f"{self.name}={text!r}: {_EXAMPLES[self.type]} is wanted.")
            return self.check(Literal(text, XSD + datatype))
        if _SLUG.fullmatch(text) and self.type in KINDS:
            text = f"{ID}{self.type}/{text}"
        try:
            iri = Iri(text)
        except ValueError:
            raise self._unfit(text, f"{self.name}={text!r}: no IRI and no slug.") from None
        return self.check(iri)

    def check(self, term: Term) -> Term:
        """Return *term* if it is of the parameter's type.

        Raises:
            ParameterError: it is not.
        """
        if self.takes_thing:
            if not isinstance(term, Iri):
                raise self._unfit(str(term), f"{self.name}: an IRI is wanted, not {term.n3()}.")
            if self.type in KINDS and not term.value.startswith(f"{ID}{self.type}/"):
                raise self._unfit(str(term), f"{self.name}: {term.n3()} is no {self.type}.")
            if self.type == "fact" and not term.value.startswith(ID):
                raise self._unfit(str(term), f"{self.name}: {term.n3()} is no fact of the record.")
            return term
        datatype, spelling = LITERAL_TYPES[self.type]
        fits = isinstance(term, Literal) and term.datatype == XSD + datatype and not term.language
        if not fits or not spelling.fullmatch(str(term)):
            raise self._unfit(str(term), f"{self.name}: {_EXAMPLES[self.type]} is wanted, not {term.n3()}.")
        if self.values and str(term) not in self.values:
            raise self._unfit(str(term), f"{self.name}={str(term)!r}: {' or '.join(self.values)} is wanted.")
        return term

    def _unfit(self, value: str, message: str) -> ParameterError:
        return ParameterError(
            message, name=self.name, value=value, wanted=self.type, choices=tuple(self.values)
        )


_LANG = Parameter(
    "lang", "language", {"vi": "Ngôn ngữ của nhãn.", "en": "The language of the labels."}, default="en"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A canned question.

    Attributes:
        id: The stem of its file.
        subject: The folder it lies in.
        path: The file.
        title: A short name, by language.
        question: The question it answers, by language.
        tags: Words to group it by.
        parameters: Its blanks, in the order of the head; the last is always ``lang``.
        text: The SPARQL text with its markers.
    """

    id: str
    subject: str
    path: Path
    title: Mapping[str, str]
    question: Mapping[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str

    def parameter(self, name: str) -> Parameter:
        """Return the parameter *name*.

        Raises:
            ParameterError: there is none; near names are given.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = [parameter.name for parameter in self.parameters]
        near = near_names(name, names)
        known = "" if near else f" It has: {', '.join(names)}."
        raise ParameterError(
            f"{self.id} has no parameter {name!r}.{known}", name=name, near=near, fault="unknown"
        )

    def bind(self, values: Mapping[str, Term]) -> str:
        """Put *values*, and the defaults of what is not given, into the query's text.

        Terms are checked for their type and written as SPARQL terms, so that
        no value can become anything but a term. The language of labels goes
        straight into the comparisons with it: beside VALUES in an OPTIONAL,
        Oxigraph reads every label of the record for each.

        Raises:
            ParameterError: a parameter is unknown, missing or of the wrong type.
        """
        written = {name: self.parameter(name).check(term).n3() for name, term in values.items()}
        for parameter in self.parameters:
            if parameter.name in written:
                continue
            if parameter.default is not None:
                written[parameter.name] = parameter.read(parameter.default).n3()
            elif parameter.required:
                raise ParameterError(
                    f"{self.id} needs {parameter.name}: {parameter.description['en']}",
                    name=parameter.name,
                    fault="missing",
                )

        text, settled = _compare_languages(self.text, written[_LANG.name])

        def values_block(marker: re.Match[str]) -> str:
            name = marker["name"]
            variable = marker["variable"] or name
            if name not in written or (name == _LANG.name and variable in settled):
                return marker[0]
            block = f"{marker['indent']}VALUES ?{variable} {{ {written[name]} }}"
            return f"{block}\n{marker['indent']}{marker['pattern']}" if marker["pattern"] else block

        return _MARKER.sub(values_block, text)


class Catalog:
    """The questions of a record, by id; a head is parsed when it is first asked for.

    Iterating gives the ids, sorted.
    """

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = dict(sorted(paths.items()))
        self._parsed: dict[str, Query] = {}

    @classmethod
    def load(cls, layout: Layout) -> "Catalog":
        """List the questions of *layout*: ``queries/<subject>/<id>.rq``, the tables' queries aside.

        Raises:
            QueryFileError: two files have the same id.
        """
        return cls(_paths(path for path in layout.queries.glob("*/*.rq") if path.parent.name != _TABLES))

    @classmethod
    def load_tables(cls, layout: Layout) -> "Catalog":
        """List the queries that make the exported tables: ``queries/tables/<table>.rq``."""
        return cls(_paths((layout.queries / _TABLES).glob("*.rq")))

    def get(self, query_id: str) -> Query:
        """Return the question *query_id*.

        Raises:
            UnknownQueryError: there is none; near names are given.
            QueryFileError: its file breaks the rules of a head.
        """
        if query_id not in self._parsed:
            if query_id not in self._paths:
                raise UnknownQueryError(
                    f"There is no question {query_id!r}.",
                    name=query_id,
                    near=near_names(query_id, self._paths),
                )
            self._parsed[query_id] = parse_query(self._paths[query_id])
        return self._parsed[query_id]

    __getitem__ = get

    def values(self) -> Iterator[Query]:
        """Yield all questions, by id."""
        return map(self.get, self._paths)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids, sorted."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Count the questions."""
        return len(self._paths)

    def __contains__(self, query_id: object) -> bool:
        """Whether there is a question *query_id*."""
        return query_id in self._paths


def parse_query(path: Path) -> Query:
    """Read one ``.rq`` file.

    Raises:
        QueryFileError: the file breaks the rules of a head or of its markers.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryFileError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return _Reader(path).read(content)


def _paths(files: Iterator[Path]) -> dict[str, Path]:
    paths: dict[str, Path] = {}
    for path in files:
        if path.stem in paths:
            raise QueryFileError(
                f"{path}: {paths[path.stem]} has the same id; an id stands for one question."
            )
        paths[path.stem] = path
    return paths


class _Reader:
    """Reads one file; each complaint names it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, content: str) -> Query:
        lines = content.splitlines()
        head = list(_head_lines(lines))
        if not head:
            raise self._error("no head: the first lines must start with '#+ '")
        body = "\n".join(lines[len(head) :]).strip("\n") + "\n"
        keys = self._yaml(head)
        title, question = self._texts(keys, "title"), self._texts(keys, "question")
        if keys.get("summary") != question["en"]:
            raise self._error("summary: must be the English question")
        parameters = self._parameters(keys.get("parameters"))
        self._check_markers(body, {parameter.name for parameter in parameters})
        if not _ID.fullmatch(self._path.stem):
            raise self._error("the file's name must be kebab-case ASCII; it is the question's id")
        return Query(
            id=self._path.stem,
            subject=self._path.parent.name,
            path=self._path,
            title=title,
            question=question,
            tags=self._tags(keys.get("tags")),
            parameters=(*parameters, _LANG),
            text=body,
        )

    def _error(self, complaint: str) -> QueryFileError:
        return QueryFileError(f"{self._path}: {complaint}.")

    def _yaml(self, head: list[str]) -> dict[str, Any]:
        import yaml  # noqa: PLC0415 - 20 ms that listing the ids need not pay

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            keys = yaml.load("\n".join(head), Loader=loader)  # noqa: S506 - both loaders are the safe one
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            where = f"line {mark.line + 1}, column {mark.column + 4}: " if mark else ""
            raise self._error(f"{where}the head is no YAML: {getattr(error, 'problem', error)}") from error
        return self._mapping(keys, "the head", _KEYS)

    def _mapping(self, value: object, where: str, known: frozenset[str]) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._error(f"{where} must be a mapping of keys to values")
        for key in value:
            if key not in known:
                near = near_names(str(key), known)
                hint = f"; did you mean {near[0]}" if near else f"; known are {', '.join(sorted(known))}"
                raise self._error(f"{where} has an unknown key {key!r}{hint}")
        return value

    def _texts(self, keys: dict[str, Any], key: str, where: str = "") -> dict[str, str]:
        texts = keys.get(key)
        if not isinstance(texts, dict) or set(texts) != set(LANGUAGES):
            raise self._error(f"{where}{key}: must have a text in vi and one in en")
        for language, text in texts.items():
            if not isinstance(text, str) or not text.strip():
                raise self._error(f"{where}{key}: the text in {language} must be a sentence")
        return {language: texts[language] for language in LANGUAGES}

    def _tags(self, tags: object) -> tuple[str, ...]:
        if not isinstance(tags, list) or not tags or not all(isinstance(tag, str) for tag in tags):
            raise self._error("tags: must be a list of one word or more")
        return tuple(tags)

    def _parameters(self, value: object) -> list[Parameter]:
        if value is None:
            return []
        if not isinstance(value, dict):
            raise self._error("parameters: must be a mapping of names to parameters")
        return [self._parameter(str(name), keys) for name, keys in value.items()]

    def _parameter(self, name: str, value: object) -> Parameter:
        where = f"parameters: {name}: "
        if not _NAME.fullmatch(name):
            raise self._error(f"{where}the name must be a lowerCamel SPARQL variable")
        if name == _LANG.name:
            raise self._error(f"{where}every question has it; leave it out")
        keys = self._mapping(value, where.rstrip(": "), _PARAMETER_KEYS)
        kind = keys.get("type")
        if kind not in _TYPES:
            near = near_names(str(kind), sorted(_TYPES))
            hint = f"; did you mean {near[0]}" if near else ""
            raise self._error(f"{where}unknown type {kind!r}{hint}")
        required = keys.get("required", False)
        if not isinstance(required, bool):
            raise self._error(f"{where}required: must be true or false")
        default = keys.get("default")
        if default is not None and required:
            raise self._error(f"{where}what is required has no use for a default")
        if isinstance(default, bool | dict | list):
            raise self._error(f"{where}default: must be text; put it in quotes")
        description = self._texts(keys, "description", where)
        values = self._values(keys.get("enumerate"), where)
        if values and kind not in LITERAL_TYPES:
            raise self._error(f"{where}enumerate: a thing's values are those of its kind")
        parameter = Parameter(
            name, kind, description, None if default is None else str(default), required, values
        )
        if parameter.default is not None:
            try:
                parameter.read(parameter.default)
            except ParameterError as error:
                raise self._error(f"{where}default: {error}".rstrip(".")) from error
        return parameter

    def _values(self, values: object, where: str) -> dict[str, dict[str, str]]:
        if values is None:
            return {}
        if not isinstance(values, dict) or not all(isinstance(value, str) for value in values):
            raise self._error(f"{where}enumerate: must map each value, as text in quotes, to its labels")
        return {value: self._texts(values, value, f"{where}enumerate: ") for value in values}

    def _check_markers(self, body: str, names: set[str]) -> None:
        for line in _ANY_MARKER.findall(body):
            marker = _MARKER.fullmatch(line)
            if not marker:
                forms = "'#@ name', '#@ name as ?variable' or '#@ name: pattern'"
                raise self._error(f"{line.strip()!r} is no marker; write {forms}")
            if marker["name"] not in names | {_LANG.name}:
                raise self._error(f"'#@ {marker['name']}' marks a parameter that the head does not have")
        unused = names - {marker["name"] for marker in _MARKER.finditer(body)}
        if unused:
            raise self._error(f"the body has no line '#@ {min(unused)}' for its parameter")


def _compare_languages(text: str, language: str) -> tuple[str, set[str]]:
    """Write a language into the comparisons with it; say which variables are needed no more."""
    variables = {
        marker["variable"] or _LANG.name for marker in _MARKER.finditer(text) if marker["name"] == _LANG.name
    }
    compared = {found[2] for found in _COMPARISON.finditer(text)} & variables
    new = _COMPARISON.sub(lambda found: f"{found[1]}{language}" if found[2] in variables else found[0], text)
    plain = _MARKER.sub("", new)
    return new, {variable for variable in compared if not re.search(rf"[?$]{variable}\b", plain)}


def _head_lines(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#+"):
            return
        yield line.removeprefix("#+").removeprefix(" ")
