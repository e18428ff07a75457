"""What the server of a large record goes on with once it answers, so that readers need not wait for it.

Many pages look things up in lists of the whole record; those are asked for
here, behind the readers' backs: the engine lets go of Python's lock while it
searches.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Final

from laichau_kg.errors import LaichauError
from laichau_kg.queries import LANGUAGES
from laichau_kg.web.memory import give_back
from laichau_kg.web.pages import (
    articles,
    bodies,
    documents,
    home,
    indicators,
    meetings,
    network,
    people,
    places,
    targets,
)
from laichau_kg.web.respond import View
from laichau_kg.web.service import Service

__all__ = ["preparing"]

_VIEWS: Final[tuple[View, ...]] = (
    home.home,
    network.network,
    meetings.meetings,
    bodies.organizations,
    documents.documents,
    places.places,
    articles.articles,
    people.officials,
    indicators.indicators,
    targets.targets,
)
_PAUSE: Final = 5  # seconds
_QUESTIONS: Final = ("occurrences",)
"""Further questions whose whole answers pages look things up in."""


@contextmanager
def preparing(service: Service) -> Iterator[None]:
    """Prepare a large record in a thread, then give freed memory back, until the block ends."""
    if not service.is_large:
        yield
        return
    ended = Event()
    thread = Thread(target=_prepare, args=(service, ended))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _prepare(service: Service, ended: Event) -> None:
    service.dumps.start()
    service.filed.packed.pack()
    for lang in LANGUAGES:
        for query_id in _QUESTIONS:
            if not ended.is_set():
                service.ask(query_id, lang)
        for view in _VIEWS:
            with suppress(LaichauError):  # who asks for the page is told
                if not ended.is_set():
                    view(service, lang, {})
    while not ended.wait(_PAUSE):
        give_back()
