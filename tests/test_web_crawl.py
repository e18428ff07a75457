"""One walk from both home pages: what every page must keep to is held against what was found."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from laichau_kg.queries import LANGUAGES
from laichau_kg.vocab import ID, PREFIXES
from laichau_kg.web.rendering import SECTIONS

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HERE = "http://testserver"
CANONICAL = "https://w3id.org/laichau-kg/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NAMES = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "srcset", "form": "action"}
LARGEST = 100_000
EACH = 2
"""Pages of each sort that are read, in each language; of a thing's page it is known whether it exists."""

FILES = 1
"""Files of each form and sort that are fetched, and pages whose language is negotiated."""

WHOLE = ("article", "meeting", "person", "scheme")
"""Kinds of which every page is read: fragments lead into them, or they lead to what nothing else does."""

UNLINKED = {"dataset"}
"""Kinds that only data name: the cube of all figures."""


class Reader(HTMLParser):
    """Notes what a page is made of.

    Attributes:
        lang: The language that the page says it is in.
        ids: Its ids, each as often as it occurs.
        links: What it leads to or loads.
        own: Styles and scripts that stand in the page itself.
    """

    def __init__(self, html):
        super().__init__()
        self.lang, self.headings, self.ids, self.links, self.own = "", 0, Counter(), [], []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        given = dict(attrs)
        self.headings += tag == "h1"
        self.lang = given.get("lang", "") if tag == "html" else self.lang
        self.ids.update([given["id"]] if "id" in given else [])
        inline = tag == "style" or (tag == "script" and not {"src", "type"} & set(given))
        self.own += [tag] * inline + [name for name in given if name == "style" or name.startswith("on")]
        self.links += [value for name, value in attrs if value and name == NAMES.get(tag)]


class Walk:
    """A walk over the pages.

    Attributes:
        pages: What each page was made of, by its path with its query.
        sizes: How many bytes each has.
        answers: The status of each address that was asked for.
        links: The pairs of a page and what it leads to.
        outside: The pairs that lead to another server.
    """

    def __init__(self, web, things):
        self.pages, self.sizes, self.answers = {}, {}, {}
        self.links, self.outside = set(), set()
        self._web, self._things = web, set(things)
        self._seen = Counter()
        self._waiting = deque(["/vi/", "/en/"])
        known = set(self._waiting)
        while self._waiting:
            for target in self._read(self._waiting.popleft()):
                if target not in known:
                    known.add(target)
                    self._waiting.append(target)

    def _read(self, address):
        """Fetch an address unless enough of its sort were fetched; return where it leads."""
        sort, most = self._sort(address)
        self._seen[sort] += 1
        if self._seen[sort] > most:
            return []
        response = self._web.get(address, headers=BROWSER)
        self.answers[address] = response.status_code
        if not response.headers["content-type"].startswith("text/html"):
            return []
        page = self.pages[address] = Reader(response.text)
        self.sizes[address] = len(response.content)
        targets = []
        for link in page.links:
            target = urljoin(HERE + address, link)
            if not target.startswith(f"{HERE}/"):
                self.outside.add((address, target))
                continue
            self.links.add((address, target.removeprefix(HERE)))
            targets.append(target.removeprefix(HERE).partition("#")[0])
        return targets

    def _sort(self, address):
        """Tell of which sort an address is, and how many of the sort are fetched."""
        path, _, query = address.partition("?")
        parts = path.split("/")[1:]
        form = path.rpartition(".")[2] if "." in parts[-1] else ""
        language = parts.pop(0) if parts[0] in LANGUAGES else ""
        kind = parts[1] if parts[0] == "doc" else ""
        most = EACH if language and not form else FILES
        sort = (language, parts[0], kind, form, bool(query))
        return sort, len(self._things) if language and not form and kind in WHOLE else most

    def is_there(self, address):
        """Whether an address was answered, or names a thing of the record by a page's address."""
        if address in self.answers:
            return self.answers[address] in (200, 303)
        parts = re.fullmatch(r"(?:/(?:vi|en))?/doc/([a-z-]+/[a-z0-9-]+)(?:\.[a-z]+)?(?:\?.*)?", address)
        return not parts or ID + parts[1] in self._things


@pytest.fixture(scope="module")
def walk(web, web_service):
    """Walk once."""
    return Walk(web, web_service.things)


def test_every_link_leads_somewhere(walk):
    """What is linked is there: 200, or 303 to what is."""
    lost = {(page, link) for page, link in walk.links if not walk.is_there(link.partition("#")[0])}

    assert lost == set()


def test_every_fragment_is_on_its_page(walk):
    """A link to a part of a page leads to an element of it."""
    lost = {
        (page, link)
        for page, link in walk.links
        if "#" in link
        and link.partition("#")[0] in walk.pages
        and unquote(link.partition("#")[2]) not in walk.pages[link.partition("#")[0]].ids
    }

    assert lost == set()


def test_every_page_has_one_heading(walk):
    """One h1 says what the page is."""
    assert {address: page.headings for address, page in walk.pages.items() if page.headings != 1} == {}


def test_no_page_has_an_id_twice(walk):
    """An id names one element, so that a fragment leads to it."""
    repeated = {
        address: [name for name, count in page.ids.items() if count > 1]
        for address, page in walk.pages.items()
    }

    assert {address: names for address, names in repeated.items() if names} == {}


def test_every_page_is_in_the_language_of_its_address(walk):
    """The language that the page says it is in is its address's."""
    said = {address: page.lang for address, page in walk.pages.items()}
    wanted = {address: address.split("/")[1] for address in said if address.split("/")[1] in LANGUAGES}

    assert {address: said[address] for address in wanted} == wanted


def test_no_page_has_styles_or_scripts_of_its_own(walk):
    """The policy forbids them."""
    assert {address: page.own for address, page in walk.pages.items() if page.own} == {}


def test_every_page_is_small(walk):
    """A page weighs less than 100 KB without its pictures."""
    assert {address: size for address, size in walk.sizes.items() if size >= LARGEST} == {}


def test_no_link_leaves_the_server(walk):
    """Only the licence, canonical names and the terms of other vocabularies stand elsewhere."""
    known = (CANONICAL, LICENCE, *PREFIXES.values())
    gone = {(page, link) for page, link in walk.outside if not link.startswith(known)}

    assert gone == set()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_was_seen(walk, section, lang):
    """The walk reached each index, from the home page."""
    assert walk.answers[f"/{lang}/{section}"] == 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_every_kind_were_seen(walk, web_service, lang):
    """A page of each kind of thing that the record holds was read."""
    held = {iri.removeprefix(ID).partition("/")[0] for iri in web_service.things}

    read = {urlsplit(one).path.split("/")[3] for one in walk.pages if one.startswith(f"/{lang}/doc/")}
    assert held - read == UNLINKED


def test_every_article_was_read_in_both_languages(walk, web_service):
    """The fragments of all evidence are held against pages that were read."""
    articles = [iri.removeprefix(ID) for iri in web_service.things if iri.startswith(f"{ID}article/")]

    assert {f"/{lang}/doc/{one}" for one in articles for lang in LANGUAGES} <= set(walk.pages)
