"""The pages: view models, one module a subject; how to write one stands in `rendering`."""

from collections.abc import Mapping
from typing import Final

from laichau_kg.web.pages.articles import article
from laichau_kg.web.pages.bodies import body
from laichau_kg.web.pages.documents import document
from laichau_kg.web.pages.facts import FACTS, fact
from laichau_kg.web.pages.indicators import indicator
from laichau_kg.web.pages.meetings import meeting
from laichau_kg.web.pages.people import person, post
from laichau_kg.web.pages.places import place
from laichau_kg.web.pages.terms import scheme
from laichau_kg.web.respond import View

__all__ = ["KIND_VIEWS"]

KIND_VIEWS: Final[Mapping[str, View]] = {
    **dict.fromkeys(FACTS, fact),
    "article": article,
    "document": document,
    "indicator": indicator,
    "meeting": meeting,
    "organization": body,
    "person": person,
    "place": place,
    "post": post,
    "scheme": scheme,
}
"""The pages of kinds of things, by kind; a kind that is not here has the page of `things.thing`."""
