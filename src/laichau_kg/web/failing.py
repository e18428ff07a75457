"""What an error looks like: a page for people, in their language; problem details for programs, in English.

A page says its own sentence for each kind of error, made of what the error
knows; what the library says of it is for programs.
"""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from starlette.exceptions import HTTPException

from laichau_kg.errors import (
    LimitExceededError,
    NotReadyError,
    ParameterError,
    QueryError,
    SparqlSyntaxError,
    StoreBusyError,
    StoreError,
    UnknownQueryError,
    UnknownRuleError,
    UnknownThingError,
    UpdateRefusedError,
)
from laichau_kg.queries import Parameter
from laichau_kg.vocab import ID
from laichau_kg.web.rendering import Page
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say, wording

__all__ = ["Failure", "error_page", "label_and_hint", "problem", "said", "told"]

_HINT: Final = re.compile(r"[;:] ")
_UNKNOWN: Final = {
    UnknownThingError: "error.unknown-thing",
    UnknownQueryError: "error.unknown-question",
    UnknownRuleError: "error.unknown-rule",
}


class Failure(HTTPException):
    """An HTTP error whose sentence is a text of the pages: programs get it in English.

    Args:
        status: The HTTP status.
        key: The text.
        headers: Further headers.
        filled: What its places are filled with.
    """

    def __init__(
        self, status: int, key: str, /, *, headers: Mapping[str, str] | None = None, **filled: object
    ) -> None:
        self.key = key
        self.filled = filled
        super().__init__(status, say(key, "en", **filled), dict(headers or {}))


def told(error: Exception) -> tuple[int, str, tuple[str, ...], dict[str, str]]:
    """Tell programs of an error: status, sentence, near names, headers."""
    near = tuple(getattr(error, "near", ()))
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail), near, dict(error.headers or {})
    if isinstance(error, tuple(_UNKNOWN)):
        return 404, str(error), near, {}
    if isinstance(error, QueryError):
        return 400, str(error), near, {}
    if isinstance(error, StoreError):
        return 503, str(error), near, {"retry-after": str(getattr(error, "after", 5))}
    return 500, say("error.failed", "en"), near, {}


def said(service: Service, error: Exception, lang: str) -> str:  # noqa: C901, PLR0911 - one for each kind
    """Say to people what went wrong, without the near names."""
    if isinstance(error, Failure):
        return say(error.key, lang, **error.filled)
    if isinstance(error, ParameterError):
        return _parameter(error, lang)
    if isinstance(error, UnknownThingError | UnknownQueryError | UnknownRuleError):
        return say(_UNKNOWN[type(error)], lang, name=error.name)
    if isinstance(error, SparqlSyntaxError):
        if error.line is None:
            return say("error.syntax", lang)
        return say("error.syntax-at", lang, line=error.line, column=error.column)
    if isinstance(error, UpdateRefusedError):
        return say("error.refused", lang)
    if isinstance(error, LimitExceededError):
        return say(f"error.limit-{error.limit}", lang, seconds=f"{service.pool.limits.timeout:g}")
    if isinstance(error, NotReadyError):
        return say("error.not-ready", lang, seconds=error.after)
    if isinstance(error, StoreBusyError):
        return say("error.busy", lang, seconds=error.after)
    if isinstance(error, StoreError | QueryError):
        return say("error.store" if isinstance(error, StoreError) else "error.engine", lang)
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    key = f"error.said-{int(status)}"
    return say(key if key in wording() else "error.failed", lang)


def _parameter(error: ParameterError, lang: str) -> str:
    if error.fault != "unfit":
        return say(f"error.parameter-{error.fault}", lang, name=error.name)
    key = f"error.wanted-{error.wanted}"
    wanted = say(key if key in wording() else "error.wanted-thing", lang) if error.wanted else ""
    return f"{say('error.parameter-unfit', lang, name=error.name, value=error.value)} {wanted}".strip()


def error_page(service: Service, lang: str, error: Exception, address: str) -> Page:
    """Make the page of an error.

    Args:
        service: What is served.
        lang: Its language.
        error: What went wrong.
        address: What was asked for, without a language: the switch of language asks for it again.
    """
    status = told(error)[0]
    key = f"error.title-{status}"
    title = say(key if key in wording() else "error.title-other", lang)
    return Page(
        title=title,
        template="error.html",
        values={
            "status": status,
            "sentence": said(service, _called(service, error, lang, address), lang),
            "near": _near(service, error, lang, address),
            "form": address.partition("?")[0] if "/questions/" in address and "?" in address else "",
        },
        address=address,
        robots=False,
    )


def _called(service: Service, error: Exception, lang: str, address: str) -> Exception:
    """Let an unfit parameter be called as the question's form calls it."""
    asked = address.partition("?")[0].removeprefix("/questions/")
    if not (isinstance(error, ParameterError) and error.fault == "unfit" and asked in service.record.catalog):
        return error
    names = {one.name: label_and_hint(one, lang)[0] for one in service.record.catalog.get(asked).parameters}
    name = names.get(error.name, error.name)
    return ParameterError(str(error), name=name, value=error.value, wanted=error.wanted)


def label_and_hint(parameter: Parameter, lang: str) -> tuple[str, str]:
    """Part what a parameter means into a few words and what else there is to know of it."""
    label, *rest = _HINT.split(parameter.description[lang].removesuffix("."), maxsplit=1)
    return label, f"{rest[0][:1].upper()}{rest[0][1:]}." if rest else ""


def _near(service: Service, error: Exception, lang: str, address: str) -> list[tuple[str, str]]:
    """List what may be meant: its name, and the address that asks for it."""
    path, _, query = address.partition("?")
    given = parse_qsl(query, keep_blank_values=True)

    def instead(name: str, put: tuple[str, str]) -> str:
        return f"{path}?{urlencode([put if key == name else (key, value) for key, value in given])}"

    if isinstance(error, ParameterError):
        if error.fault == "unknown":
            value = dict(given).get(error.name, "")
            return [(name, instead(error.name, (name, value))) for name in error.near]
        return [
            (_named(service, choice, lang), instead(error.name, (error.name, choice)))
            for choice in error.choices
        ]
    near = told(error)[2]
    if isinstance(error, UnknownQueryError):
        return [(service.record.catalog.get(name).title[lang], f"/questions/{name}") for name in near]
    if isinstance(error, UnknownRuleError):
        return [(name, f"/shapes/{name}") for name in near]
    return [
        (_named(service, name, lang), f"/{name}" if name.startswith("graph/") else f"/doc/{name}")
        for name in near
        if "/" in name
    ]


def _named(service: Service, name: str, lang: str) -> str:
    """Name a thing that is given as ``kind/slug``; leave all else."""
    return service.filed.label(ID + name, lang) or name.removeprefix("graph/")


def problem(status: int, sentence: str, *, near: tuple[str, ...] = (), **more: int) -> str:
    """Write problem details as RFC 9457 has them; ``near`` holds near names, if any, and *more* follows."""
    body: dict[str, Any] = {"title": HTTPStatus(status).phrase, "status": status, "detail": sentence, **more}
    if near:
        body["near"] = list(near)
    return json.dumps(body, ensure_ascii=False) + "\n"
