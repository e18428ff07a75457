"""HTML from templates: a `Page` says what is on it, `render` writes it.

How to write a page
-------------------
1.  A view is a plain function in a module of ``pages/``::

        def officials(service: Service, lang: str, values: Mapping[str, str]) -> Page:
            answer = service.ask("officials-index", lang)
            return Page(
                title=say("site.officials", lang),
                template="officials.html",
                values={"rows": records(answer)},
                address="/officials",
            )

    *values* holds the parts of the path and of the query string. Ask canned
    questions only (`service.ask`, `show`, `search`); they are remembered. Raise
    what they raise: an unknown thing becomes a 404 with near names, a bad
    parameter a 400. No clock and no random: a static site is made of the same
    pages, twice alike.
2.  A module offers ``routes(service)``; `respond.page_routes` makes the three
    addresses of a page (without prefix, ``/vi``, ``/en``)::

        def routes(service: Service) -> list[Route]:
            return page_routes(service, "/officials", officials)

    and `app.ROOMS` names the module. The page of a *kind of thing* has no route
    of its own: put its view into `pages.KINDS` (its *values* hold ``iri``,
    ``kind`` and ``slug``); negotiation, data forms and JSON-LD come by themselves.
3.  A template extends ``base.html`` and fills ``{% block content %}``; the one
    ``<h1>`` is the page's title, and base.html writes it (block ``heading``
    replaces it). Autoescape is on, an undefined name is an error. There are

    - ``t("home.figures", count=3)``: a text of ``wording/home.toml``;
    - ``value|number``: 1.234,5 or 1,234.5; ``day|date``: 14/12/2020 or 14 December 2020
      (also ``2020-12`` and ``2020``);
    - ``"/officials"|address``: a path of this server in the page's language;
      ``"/doc/place/x.ttl"|file``: one without a language; ``iri|link``: a thing's page;
    - ``lang``, ``page``, ``service``.

    and, by ``{% import "macros.html" as ui with context %}``,

    - ``ui.thing(iri, label)``: a link to a thing;
    - ``ui.evidence(row)``: the words a fact rests on, and the article, from a
      record's ``quote``, ``article``, ``articleLabel``, ``evidence``; with the
      sentence around them where there are texts;
    - ``{% call ui.fact(row) %}…{% endcall %}``: a card with its evidence below;
    - ``ui.passage(one)``: the evidence of one fact, spans of a sentence together; the view
      makes them by `excerpts.passages` from the question ``evidence``;
    - ``{% call ui.table(caption, [heads]) %}<tr>…{% endcall %}``: a table, whose rows stand
      as cards on a telephone, with its head before each cell; a head may be ("text", "number");
    - ``ui.status("target", label)``: a badge with a mark, not by colour alone;
    - ``ui.empty()``: the sentence for a list of nothing.
4.  Words go to ``wording/<room>.toml`` in both languages; styles to the classes
    of ``static/site.css`` (no ``style=``, no ``<script>``: the policy forbids them).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from laichau_kg.answers import Answer
from laichau_kg.text import write_number
from laichau_kg.web.excerpts import excerpt
from laichau_kg.web.negotiate import FORMS
from laichau_kg.web.service import Service, address_of
from laichau_kg.web.wording import say

__all__ = ["Page", "date", "embedded", "number", "records", "render", "size"]

SECTIONS: Final = (
    "officials", "organizations", "meetings", "documents", "indicators", "targets", "articles", "questions",
)  # fmt: skip
"""The sections in the head of every page: names of texts ``site.<name>`` and addresses ``/<name>``."""

MORE: Final = (
    ("places", "/places"), ("network", "/network"), ("sparql", "/sparql"), ("data", "/catalog"),
    ("ontology", "/ontology"),
)  # fmt: skip
"""What stands in the foot of every page: name and address."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CELL: Final = re.compile(r"<(tr|th|td)\b(?=([^>]*>\s*</td>)?)")
_THOUSAND: Final = 1000
_TEN: Final = 10
_DATE: Final = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01])(?:T.*)?)?)?"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What is on a page.

    Attributes:
        title: Its heading, in its language.
        template: The file in ``templates/`` that draws it.
        values: What the template shows.
        address: Where it is, without base and language: ``/officials``; with its query string, if any.
        description: One sentence for search engines and previews.
        trail: The pages above it, from the top: label and address each; the home page goes without saying.
        forms: Suffixes of the data forms offered beside it.
        subject: The canonical name of the thing it is about.
        data: JSON-LD of what the page is about, to be embedded.
        robots: Whether search engines shall list it.
    """

    title: str
    template: str
    values: Mapping[str, Any]
    address: str
    description: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    forms: tuple[str, ...] = ()
    subject: str = ""
    data: str = ""
    robots: bool = True


def render(service: Service, page: Page, lang: str) -> str:
    """Write *page* as HTML in *lang*."""
    template = _environment().get_template(page.template)
    return template.render(page.values, page=page, lang=lang, service=service, t=_texts(lang))


def records(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer's rows as dicts: numbers as numbers, all else as text, None where empty."""
    return answer.records()


def number(value: object, lang: str) -> str:
    """Write a number as readers of *lang* do.

    >>> number(Decimal("1234.5"), "vi"), number("1234.50", "en"), number(-3, "en")
    ('1.234,5', '1,234.5', '−3')
    """
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return write_number(exact, lang)


def date(value: object, lang: str) -> str:
    """Write a day, a month or a year of ISO 8601 as readers of *lang* do; leave all else as it is.

    >>> date("2020-12-14", "vi"), date("2020-12-04", "en"), date("2020-12", "vi"), date("2020-12", "en")
    ('14/12/2020', '4 December 2020', '12/2020', 'December 2020')
    """
    found = _DATE.fullmatch(str(value))
    if not found:
        return str(value)
    year, month, day = found["year"], found["month"], found["day"]
    if lang == "vi":
        return "/".join(part for part in (day, month, year) if part)
    named = f"{_MONTHS[int(month) - 1]} {year}" if month else year
    return f"{int(day)} {named}" if day else named


def size(count: int, lang: str) -> str:
    """Write a number of bytes in the greatest fitting unit.

    >>> size(999, "en"), size(1234567, "vi")
    ('999 B', '1,2 MB')
    """
    amount, unit = float(count), "B"
    for greater in ("kB", "MB", "GB"):
        if amount < _THOUSAND:
            break
        amount, unit = amount / _THOUSAND, greater
    return f"{number(round(amount) if amount >= _TEN else round(amount, 1), lang)} {unit}"


def embedded(data: str) -> Markup:
    """Make JSON-LD safe inside a script element, whatever its strings hold."""
    tight = json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":"))
    return Markup(  # noqa: S704 - no character that HTML gives a meaning is left in it
        tight.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    )


def labelled(rows: str, heads: Sequence[str | tuple[str, str]]) -> Markup:
    """Give each cell of a table's rows the head of its column, which stands before it on a telephone.

    A cell that is empty is left out there, and needs none.

    >>> labelled("<tr><th>a</th><td>1</td><td></td></tr>", ["Name", ("Count", "number"), "Source"])
    Markup('<tr><th>a</th><td data-label="Count">1</td><td></td></tr>')
    """
    labels = [head if isinstance(head, str) else head[0] for head in heads]
    place = 0

    def label(found: re.Match[str]) -> str:
        nonlocal place
        if found[1] == "tr":
            place = 0
            return found[0]
        place += 1
        is_told = found[1] == "td" and not found[2]
        return f'<td data-label="{escape(labels[place - 1])}"' if is_told else found[0]

    return Markup(_CELL.sub(label, rows))  # noqa: S704 - the rows are the template's own, and escaped


def _texts(lang: str) -> Any:
    def text(key: str, **filled: object) -> str:
        return say(key, lang, **filled)

    return text


@pass_context
def _number(context: Context, value: object) -> str:
    return number(value, context["lang"])


@pass_context
def _bytes(context: Context, count: int) -> str:
    return size(count, context["lang"])


@pass_context
def _date(context: Context, value: object) -> str:
    return date(value, context["lang"])


@pass_context
def _address(context: Context, address: str) -> str:
    return str(context["service"].path(address, context["lang"]))


@pass_context
def _file(context: Context, address: str) -> str:
    return str(context["service"].path(address))


@pass_context
def _link(context: Context, iri: str) -> str:
    address = address_of(str(iri))
    return str(iri) if address is None else str(context["service"].path(address, context["lang"]))


@pass_context
def _excerpt(context: Context, evidence: str) -> Any:
    return excerpt(context["service"], str(evidence))


def _form_address(address: str, suffix: str) -> str:
    """Put a suffix before the query string."""
    path, mark, query = address.partition("?")
    return f"{path}.{suffix}{mark}{query}"


def _static_version() -> str:
    """Hash style and script, so that their addresses change with them."""
    files = sorted((_TEMPLATES.parent / "static").iterdir())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        number=_number,
        date=_date,
        bytes=_bytes,
        address=_address,
        file=_file,
        link=_link,
        excerpt=_excerpt,
        embedded=embedded,
        labelled=labelled,
    )
    environment.globals.update(
        form_address=_form_address,
        form_names={form.suffix: form.name for form in FORMS.values()},
        media_types={form.suffix: form.media_type for form in FORMS.values()},
        sections=SECTIONS,
        more=MORE,
        version=_static_version(),
    )
    return environment
