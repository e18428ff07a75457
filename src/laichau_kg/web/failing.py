"""What an error looks like: a page for people, problem details for programs."""

import json
from http import HTTPStatus
from typing import Any

from laichau_kg.web.rendering import Page
from laichau_kg.web.service import Service
from laichau_kg.web.wording import say, wording

__all__ = ["error_page", "problem"]


def error_page(
    _service: Service,
    lang: str,
    status: int,
    sentence: str,
    *,
    near: tuple[str, ...] = (),
    address: str = "/",
) -> Page:
    """Make the page of an error.

    Args:
        lang: Its language.
        status: The HTTP status.
        sentence: What went wrong and what to do.
        near: Names that come near what was asked for; each may be searched.
        address: What was asked for, without a language: the switch of language asks for it again.
    """
    key = f"error.title-{status}"
    title = say(key if key in wording() else "error.title-other", lang)
    return Page(
        title=title,
        template="error.html",
        values={"status": status, "sentence": sentence, "near": near},
        address=address,
        robots=False,
    )


def problem(status: int, sentence: str, *, near: tuple[str, ...] = (), **more: int) -> str:
    """Write problem details as RFC 9457 has them; ``near`` holds near names, if any, and *more* follows."""
    body: dict[str, Any] = {"title": HTTPStatus(status).phrase, "status": status, "detail": sentence, **more}
    if near:
        body["near"] = list(near)
    return json.dumps(body, ensure_ascii=False) + "\n"
