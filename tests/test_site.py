import gzip
import re
import shutil
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
import rdflib

from laichau_kg import open_record
from laichau_kg.cli import run
from laichau_kg.errors import OutputError
from laichau_kg.site import build_site
from laichau_kg.web import open_service
from mini import ROOT, TEXTS, make_checkout

BASE = "https://example.org/lai-chau/"
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record with a few rules and only the codes it uses: a page for each takes its time."""
    folder = make_checkout(tmp_path_factory.mktemp("checkout"))
    (folder / "ontology").unlink()
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    for path in (folder / "ontology" / "shapes").glob("bundle-*.ttl"):
        if path.stem not in ("bundle-omissions", "bundle-history"):
            path.unlink()
    schemes = rdflib.Graph()
    for path in (folder / "ontology" / "schemes").glob("*.ttl"):
        schemes.parse(path)
    used = rdflib.Graph()
    for path in (folder / "data").rglob("*.ttl"):
        used.parse(path)
    kept = set(used.objects())
    while True:
        below = {value for code in kept for value in schemes.objects(code)} & set(schemes.subjects())
        if below <= kept:
            break
        kept |= below
    for path in (folder / "ontology" / "schemes").glob("*.ttl"):
        part = rdflib.Graph().parse(path)
        for code in set(part.subjects()) - kept:
            part.remove((code, None, None))
        path.write_text(part.serialize(format="longturtle"), encoding="utf-8")
        if not part:
            path.unlink()
    return folder


@pytest.fixture(scope="module")
def builds(checkout, tmp_path_factory):
    """Build the mini record twice into one folder of its host, by the command.

    Give the folder, the exit codes, and the files' hashes after each build.
    """
    folder = tmp_path_factory.mktemp("sites") / "site"
    command = ["--root", str(checkout), "build-site", str(folder), "--base", BASE, "--sources", str(TEXTS)]
    codes, hashes = [], []
    for _ in range(2):
        codes.append(run(command))
        hashes.append(
            {
                path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
                for path in folder.rglob("*")
                if path.is_file()
            }
        )
        (folder / "vi" / "left-over.html").touch()
    (folder / "vi" / "left-over.html").unlink()
    return folder, codes, hashes


@pytest.fixture(scope="module")
def site(builds):
    """The mini record as a static site that stands in a folder of its host."""
    return builds[0]


class Links(HTMLParser):
    """Collects the links of a page and the fragments it has."""

    def __init__(self):
        super().__init__()
        self.links, self.ids = set(), set()

    def handle_starttag(self, _tag, attrs):
        """Note every address and every id."""
        given = dict(attrs)
        self.links |= {given[name] for name in ("href", "src", "action") if given.get(name)}
        if given.get("id"):
            self.ids.add(given["id"])


def pages_of(folder):
    """Read all pages of a site: path below the folder to what was collected."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        found[path.relative_to(folder).as_posix()] = links = Links()
        links.feed(path.read_text(encoding="utf-8"))
    return found


def file_of(folder, address):
    """Find the file that any host hands out for an address, as its rule for folders has it."""
    path = folder / unquote(address).removeprefix("/lai-chau").strip("/")
    return path / "index.html" if path.is_dir() else path


def test_every_link_leads_to_a_file(site):
    """No link of any page is dead, and none needs a server: links are checked, fragments too."""
    pages = pages_of(site)
    dead = set()
    for page, collected in pages.items():
        for link in collected.links:
            parts = urlsplit(link)
            if (parts.scheme and not link.startswith(BASE)) or parts.scheme == "mailto":
                continue
            target = file_of(site, parts.path) if parts.path else site / page
            name = target.relative_to(site).as_posix() if target.is_file() else None
            fragment = unquote(parts.fragment)
            has_fragment = not fragment or name not in pages or fragment in pages[name].ids
            if name is None or parts.query.startswith(("q", "page")) or not has_fragment:
                dead.add((page, link))

    assert len(pages) > 100
    assert dead == set()


def test_every_thing_has_its_pages_its_data_and_its_name(site, checkout):
    """For each thing there are both pages, all forms of data, and a way from its name."""
    with open_record(checkout) as record:
        things = [iri.rpartition("/id/")[2] for iri in open_service(record).things]

    wanted = [
        *(f"{lang}/doc/{thing}/index.html" for thing in things for lang in ("vi", "en")),
        *(f"doc/{thing}.{form}" for thing in things for form in ("ttl", "jsonld", "nt", "rdf", "csv")),
        *(f"id/{thing}/index.html" for thing in things),
    ]
    assert [name for name in wanted if not (site / name).is_file()] == []


@pytest.mark.parametrize(
    "name",
    [
        "vi/index.html",
        "index.html",
        "404.html",
        "_headers",
        "_redirects",
        ".htaccess",
        "robots.txt",
        "context.jsonld",
        "ontology.ttl",
        "shapes.ttl",
        "catalog.ttl",
        ".well-known/void",
        "dumps/SHA256SUMS",
        "static/site.css",
        "en/questions/officials-index/index.html",
        "questions/officials-index.csv",
    ],
)
def test_site_has_what_is_not_a_thing(site, name):
    """Home, errors, rules for hosts, vocabularies, catalogue, dumps and questions are files too."""
    assert (site / name).stat().st_size > 0


def test_file_is_what_the_server_sends(site, checkout):
    """A data file is, to the byte, what the application answers at that address."""
    from starlette.testclient import TestClient  # noqa: PLC0415 - with the application only

    from laichau_kg.web import create_app  # noqa: PLC0415 - the same

    with open_record(checkout) as record:
        client = TestClient(create_app(open_service(record, base=BASE, sources=TEXTS, is_static=True)))
        served = client.get("/doc/place/lai-chau.ttl").content

    assert (site / "doc/place/lai-chau.ttl").read_bytes() == served


def test_dump_reads_back(site):
    """The gzipped dump holds the record."""
    text = gzip.decompress((site / "dumps/laichau-kg.nt.gz").read_bytes()).decode()

    assert len(rdflib.Graph().parse(data=text, format="nt")) > 1000


def test_static_pages_offer_nothing_that_needs_a_server(site):
    """There is no search field, no form, and no link into SPARQL."""
    page = (site / "en/questions/official-career/index.html").read_text(encoding="utf-8")

    assert "<form" not in page
    assert "/sparql" not in page


def test_two_builds_are_the_same_to_the_byte(builds):
    """A second build, which takes the place of the first, writes the same files and leaves none over."""
    _, codes, (first, second) = builds

    assert codes == [0, 0]
    assert len(first) > 1000
    assert first == second


def test_nothing_is_left_beside_the_site(site):
    """What was built beside the folder is gone."""
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_address_without_a_language_leads_on(site):
    """Where a host has no rule, a page of a few lines leads to the page in Vietnamese, and offers English."""
    stub = (site / "id/place/lai-chau/index.html").read_text(encoding="utf-8")

    assert re.search(r'content="0; url=/lai-chau/vi/doc/place/lai-chau"', stub)
    assert 'href="/lai-chau/en/doc/place/lai-chau"' in stub


def test_rules_give_303_and_media_types(site):
    """The recipes for hosts have the 303 and the type of each form."""
    assert "/lai-chau/id/* /lai-chau/doc/:splat 303" in (site / "_redirects").read_text(encoding="utf-8")
    assert "Content-Type: text/turtle; charset=utf-8" in (site / "_headers").read_text(encoding="utf-8")
    assert "AddType text/turtle .ttl" in (site / ".htaccess").read_text(encoding="utf-8")


def test_folder_of_something_else_is_left_alone(checkout, tmp_path):
    """A folder that is no site of ours is refused and stays as it was."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    with open_record(checkout) as record, pytest.raises(OutputError, match="name a new folder"):
        build_site(open_service(record, base=BASE, is_static=True), tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
