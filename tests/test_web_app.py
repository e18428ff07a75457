import re
import socket
import tomllib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from anyio import CapacityLimiter, create_task_group
from anyio import run as run_async
from anyio.lowlevel import checkpoint
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from laichau_kg import open_record
from laichau_kg.cli import run
from laichau_kg.errors import OutputError, SourceError
from laichau_kg.web import create_app, open_service
from laichau_kg.web.caching import Cache
from laichau_kg.web.respond import HEADERS, WAITING, at_once
from laichau_kg.web.wording import FOLDER, say, wording

PACKAGE = FOLDER.parent
HTML = {"accept": "text/html"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_home_page_greets_in_its_language(web, lang):
    """The home page has one heading, in the language that its prefix names."""
    page = web.get(f"/{lang}/", headers=HTML)

    assert page.status_code == 200
    assert page.headers["content-language"] == lang
    assert page.text.count("<h1>") == 1
    assert say("home.title", lang) in page.text


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [("en-GB,en;q=0.9", "en"), ("vi", "vi"), ("fr", "vi"), ("vi;q=0.1,en", "en"), ("", "vi")],
)
def test_language_without_prefix_is_what_the_reader_prefers(web, accepted, lang):
    """Without a prefix the reader's list decides, and Vietnamese where it names neither."""
    page = web.get("/", headers=HTML | {"accept-language": accepted})

    assert page.headers["content-language"] == lang
    assert "Accept-Language" in page.headers["vary"]


def test_language_of_a_prefix_is_not_negotiated(web):
    """An address with a language says so to caches."""
    page = web.get("/vi/", headers=HTML | {"accept-language": "en"})

    assert page.headers["content-language"] == "vi"
    assert "Accept-Language" not in page.headers["vary"]


def test_page_links_to_itself_in_the_other_language(web):
    """A switch and hreflang links name the same page in both languages."""
    page = web.get("/vi/", headers=HTML).text

    assert '<a class="switch" href="/en/" hreflang="en"' in page
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/">' in page


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/"),
        ("GET", "/nothing"),
        ("POST", "/"),
        ("OPTIONS", "/"),
        ("HEAD", "/"),
        ("GET", "/static/site.css"),
        ("GET", "/sparql"),
        ("GET", "/sparql?query=ASK%7B%7D"),
        ("GET", "/sparql?query=wrong"),
        ("DELETE", "/sparql"),
    ],
)
def test_every_response_has_the_security_headers(web, method, address):
    """Whatever the answer, the policy and open reading stand in its head."""
    response = web.request(method, address)

    assert {name: response.headers.get(name) for name in HEADERS} == dict(HEADERS)


def test_unknown_address_is_told_to_people_as_a_page(web):
    """A browser gets a page, in its language, that leads on."""
    page = web.get("/en/nothing", headers=HTML)

    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert say("error.way", "en") in page.text


def test_switch_of_language_on_an_error_page_asks_for_the_same_again(web):
    """Who switches the language stays where he was."""
    page = web.get("/en/doc/person/nobody?a=1", headers=HTML)

    assert '<a class="switch" href="/vi/doc/person/nobody?a=1"' in page.text


def test_unknown_address_is_told_to_programs_as_problem_details(web):
    """A program gets RFC 9457."""
    problem = web.get("/nothing", headers={"accept": "application/json"})

    assert problem.status_code == 404
    assert problem.json()["status"] == 404
    assert "/nothing" in problem.json()["detail"]


def test_wrong_method_names_the_right_ones(web):
    """405 comes with Allow."""
    response = web.post("/")

    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


def test_preflight_is_answered(web):
    """A page from elsewhere may ask with the headers that negotiation needs."""
    response = web.options(
        "/", headers={"origin": "https://example.org", "access-control-request-method": "GET"}
    )

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "Accept" in response.headers["access-control-allow-headers"]


def test_same_page_is_not_sent_twice(web):
    """With the ETag it gave, a page answers 304 and nothing more."""
    tag = web.get("/en/", headers=HTML).headers["etag"]

    again = web.get("/en/", headers=HTML | {"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag


def test_languages_of_a_page_have_their_own_tags(web):
    """What differs has another ETag."""
    assert web.get("/vi/").headers["etag"] != web.get("/en/").headers["etag"]


def test_page_unchanged_since_is_not_sent(web):
    """If-Modified-Since with the date that was given answers 304."""
    date = web.get("/en/").headers["last-modified"]

    assert web.get("/en/", headers={"if-modified-since": date}).status_code == 304


def test_if_none_match_wins_over_the_date(web):
    """With another tag the page is sent, whatever the date says."""
    date = web.get("/en/").headers["last-modified"]

    response = web.get("/en/", headers={"if-none-match": '"other"', "if-modified-since": date})

    assert response.status_code == 200


@pytest.mark.parametrize("address", ["/en/", "/static/site.css", "/robots.txt", "/favicon.svg", "/nothing"])
def test_head_is_get_without_the_body(web, address):
    """HEAD has the headers of GET, the length among them, and no body."""
    got, headed = web.get(address), web.head(address)

    assert (headed.status_code, headed.content) == (got.status_code, b"")
    assert dict(headed.headers) == dict(got.headers)


def test_links_stay_under_the_base(web_service):
    """Behind a proxy every link and Location keeps the path that readers see."""
    service = open_service(web_service.record, base="https://example.org/laichau")

    page = TestClient(create_app(service)).get("/en/", headers=HTML)

    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)
    assert links
    assert [link for link in links if not link.startswith("/laichau/")] == []
    assert "<https://example.org/laichau/en/>" in page.headers["link"]


@pytest.mark.parametrize("address", ["/laichau/en/", "/laichau/sparql", "/laichau/en/sparql", "/sparql"])
def test_proxy_may_leave_the_path_as_it_is(web_service, address):
    """A request that still has the base's path is understood too."""
    service = open_service(web_service.record, base="https://example.org/laichau/")

    assert TestClient(create_app(service)).get(address).status_code == 200


@pytest.mark.parametrize("base", ["example.org", "ftp://example.org/", "http://example.org/?q=1", "http://"])
def test_base_must_be_an_address(web_service, base):
    """What cannot stand before an address is refused."""
    with pytest.raises(OutputError, match="no address for a server"):
        open_service(web_service.record, base=base)


def test_folder_of_texts_must_exist(web_service, tmp_path):
    """A folder of texts that is not there is said at the start, not at the first fact."""
    with pytest.raises(SourceError, match="no such folder"):
        open_service(web_service.record, sources=tmp_path / "none")


def test_styles_are_named_by_their_content(web):
    """Pages name a version of the style, which may then be kept for ever."""
    address = re.search(r'href="(/static/site\.css\?v=\w+)"', web.get("/en/").text)[1]

    assert "immutable" in web.get(address).headers["cache-control"]
    assert web.get("/static/site.css").headers["cache-control"] == "no-cache"


def test_port_in_use_is_one_sentence(capsys):
    """A port that is taken ends with 2 and says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code = run(["serve", "--port", str(taken.getsockname()[1])])

    said = capsys.readouterr().err
    assert code == 2
    assert "--port" in said
    assert said.count("\n") == 1


def test_cache_forgets_what_was_not_asked_for_lately():
    """A full cache drops the one that was asked for longest ago."""
    cache = Cache(2)
    cache.get("one", lambda: 1)
    cache.get("two", lambda: 2)
    cache.get("one", lambda: 1)

    cache.get("three", lambda: 3)

    assert (cache.find("one"), cache.find("two"), cache.find("three")) == (1, None, 3)


def test_cache_does_not_take_what_is_too_heavy():
    """A value heavier than the whole cache is given but not kept."""
    cache = Cache(10, len)

    assert cache.get("long", lambda: "x" * 11) == "x" * 11
    assert len(cache) == 0


def test_cache_makes_once_what_many_ask_for():
    """Who asks for what another is just making waits for it."""
    cache, made = Cache(2), []
    together = Barrier(4)

    def ask(_number):
        together.wait()
        return cache.get("one", lambda: sleep(0.05) or made.append(1) or len(made))

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(ask, range(4)))

    assert (given, made) == ([1] * 4, [1])


def test_cache_goes_on_after_a_failure():
    """What could not be made is made by the next who asks."""
    cache = Cache(2)
    with pytest.raises(ZeroDivisionError):
        cache.get("one", lambda: 1 // 0)

    assert cache.get("one", lambda: 1) == 1


def test_answers_are_asked_once(web_service):
    """The same question with the same parameters is the same answer."""
    assert web_service.ask("articles", "en") is web_service.ask("articles", "en")


def test_many_at_once_get_what_one_gets(web_service):
    """Requests in many threads answer as the same requests one after another."""
    addresses = [
        f"/{lang}{address}"
        for lang in ("vi", "en")
        for address in (
            "/",
            "/doc/person/giang-a-tinh",
            "/doc/place/lai-chau",
            "/ontology",
            "/doc/scheme/units",
        )
    ]
    one_by_one = [TestClient(create_app(web_service)).get(address).text for address in addresses]
    app = create_app(open_service(web_service.record, base=web_service.base))

    with TestClient(app) as fresh, ThreadPoolExecutor(8) as pool:  # one event loop for all, as a server has
        together = list(pool.map(lambda address: fresh.get(address).text, addresses * 3))

    assert together == one_by_one * 3


def test_too_many_waiting_are_told_to_come_again():
    """When all threads are busy and enough wait, the next gets 503 and when to come."""

    async def ask():
        limiter = CapacityLimiter(1)
        busy, done = Event(), Event()

        def hold():
            busy.set()
            done.wait(10)

        async with create_task_group() as tasks:
            for _ in range(WAITING + 1):
                tasks.start_soon(at_once, hold, limiter)
            while limiter.statistics().tasks_waiting < WAITING:
                await checkpoint()
            with pytest.raises(HTTPException) as refused:
                await at_once(hold, limiter)
            done.set()
        return refused.value

    refused = run_async(ask)

    assert refused.status_code == 503
    assert refused.headers["retry-after"]


def written():
    """Join all templates and modules of the web."""
    return "\n".join(
        path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*")) if path.suffix in (".py", ".html")
    )


def used_keys():
    """Collect the keys of texts that templates and modules name."""
    return sorted(set(re.findall(r"""\b(?:say|t)\(\s*["']([a-z-]+\.[a-z0-9-]+)["']\s*[,)]""", written())))


@pytest.mark.parametrize("key", used_keys())
def test_every_text_used_is_known(key):
    """A template or a module names only texts that there are."""
    assert key in wording()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_texts_have_both_languages_and_the_same_places(path):
    """Each text is there in Vietnamese and English, with the same places to fill."""
    texts = tomllib.loads(path.read_text("utf-8"))

    uneven = [
        name
        for name, entry in texts.items()
        if set(entry) != {"vi", "en"}
        or sorted(re.findall(r"{\w+}", entry["vi"])) != sorted(re.findall(r"{\w+}", entry["en"]))
    ]
    assert uneven == []


def test_no_text_is_left_over():
    """Each text is named in a template or a module: whole, by its last part, or by a key put together."""
    sources = written()
    made_up = tuple(re.findall(r"""["']([a-z-]+\.[a-z-]+-)["'{]""", sources))

    unused = [
        key
        for key in wording()
        if key not in sources and f'"{key.partition(".")[2]}"' not in sources and not key.startswith(made_up)
    ]
    assert unused == []


def test_pages_run_no_script_of_their_own():
    """No template holds inline style, script or handler: the policy would block it."""
    templates = "".join(path.read_text("utf-8") for path in (PACKAGE / "templates").glob("*.html"))

    scripts = re.findall(r"<script(?![^>]*(?:src=|ld\+json))", templates)
    assert scripts + re.findall(r"\sstyle=|\son[a-z]+=|<style", templates) == []


def test_record_opens_from_elsewhere(tmp_path, monkeypatch):
    """The pages' files are found wherever the server is started."""
    monkeypatch.chdir(tmp_path)

    with open_record() as record:
        service = open_service(record)
        assert TestClient(create_app(service)).get("/vi/").status_code == 200
