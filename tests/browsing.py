"""Real Chromium for the tests of the web, and what it sees of a page."""

import contextlib
import os
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from servers import program
from serving import npm_clients

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The rules of axe that every page keeps: WCAG 2.2 AA, and what its makers advise beyond."""

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
PATIENCE = 120_000  # milliseconds; the catalogue makes every dump when it is first asked for

_AXE = """async ([rules]) => {
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: rules }, resultTypes: ["violations"], iframes: false,
  });
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}"""
# Of a long list the first items are judged: the others are of the same make, and axe takes its time.
_SHORTENED = """([most]) => {
  for (const list of document.querySelectorAll("main, main *")) {
    const seen = {};
    for (const one of [...list.children]) {
      seen[one.tagName] = (seen[one.tagName] ?? 0) + 1;
      if (seen[one.tagName] > (one.tagName === "SECTION" ? 2 * most : most)) one.remove();
    }
  }
}"""
_MOST_ALIKE = 5
_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll"))
    .map((one) => one.outerHTML.slice(0, 200)).concat("the page is too wide")"""
_SIDEWAYS = """() => [...document.querySelectorAll(".stack")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.getAttribute("aria-label"))"""
_PRINTED = """() => {
  const shown = (one) => one.checkVisibility() && one.getClientRects().length > 0;
  const navigation = [...document.querySelectorAll("nav, .find, .switch, .skip")].filter(shown);
  const content = [...document.querySelectorAll("h1, h1 ~ *")].filter(shown);
  return { navigation: navigation.map((one) => one.outerHTML.slice(0, 200)), content: content.length > 1 };
}"""
_CONTENT = """() => ({
  text: document.querySelector("main").textContent.replace(/\\s+/g, " ").trim(),
  fields: [...document.forms].map((form) => [...form.elements].map((one) => one.name).filter(Boolean)),
})"""
_NO_WAY_TO_SEND = """() => [...document.forms].filter((form) => !form.querySelector("button[type=submit]"))
  .map((form) => form.outerHTML.slice(0, 200))"""


@dataclass(frozen=True)
class Seen:
    """What one visit of a page showed.

    Attributes:
        status: The HTTP status.
        language: What the page says its language is.
        faults: What axe found, each with its element.
        messages: What the browser complained of: errors of scripts, of the policy, of what is missing.
        abroad: Addresses of other servers that were asked.
        too_wide: What sticks out of a window of 320 pixels.
        printed_navigation: Navigation that is on the printed page.
        printed: Whether heading and content are on the printed page.
        sideways: Tables that are scrolled sideways there, but should be cards.
        unsendable: Forms without a button.
    """

    status: int
    language: str
    faults: list[str]
    messages: list[str]
    abroad: list[str]
    too_wide: list[str]
    printed_navigation: list[str]
    printed: bool
    sideways: list[str]
    unsendable: list[str]


@contextlib.contextmanager
def chromium():
    """Start the system's Chromium."""
    binary = program("chromium", package="chromium from Debian")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 - only where there is a Chromium

    expect.set_options(timeout=PATIENCE)
    options = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=options)
        yield browser
        browser.close()


@contextlib.contextmanager
def window(browser, **options):
    """Open a window with nothing remembered, and close it afterwards."""
    context = browser.new_context(**{"viewport": WIDE, "locale": "vi-VN", **options})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@cache
def axe():
    """Read axe, as npm has installed it."""
    _, modules = npm_clients()
    return (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def rules_broken(page):
    """Let axe judge a page, under the page's own policy: list the rule and the element of each fault."""
    page.evaluate(axe())
    return page.evaluate(_AXE, [RULES])


class Visitor:
    """Visits one page after the other in the same window; in a second one no script runs."""

    def __init__(self, browser):
        self._page = browser.new_context(viewport=WIDE).new_page()
        self._plain = browser.new_context(viewport=WIDE, java_script_enabled=False).new_page()
        self._complaints = []
        self._asked = []
        self._page.on("console", self._hear)
        self._page.on("pageerror", self._hear)
        self._page.on("request", lambda request: self._asked.append(request.url))

    def _hear(self, complaint):
        self._complaints.append(complaint)

    def visit(self, address, *, scheme, viewport):
        """Visit a page and write down all that the tests ask of it.

        Args:
            address: The whole address of the page.
            scheme: "light" or "dark".
            viewport: The window in which axe looks at it.
        """
        self._complaints.clear()
        self._asked.clear()
        page = self._page
        page.set_viewport_size(NARROW)
        page.emulate_media(color_scheme=scheme, media="screen")
        answer = page.goto(address, wait_until="load", timeout=PATIENCE)
        too_wide, sideways = page.evaluate(_TOO_WIDE), page.evaluate(_SIDEWAYS)
        page.emulate_media(media="print")
        paper = page.evaluate(_PRINTED)
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme, media="screen")
        page.evaluate(_SHORTENED, [_MOST_ALIKE])
        faults = rules_broken(page)
        home = urlsplit(address)[:2]
        return Seen(
            status=answer.status,
            language=page.locator("html").get_attribute("lang"),
            faults=faults,
            messages=[text for one in self._complaints if (text := _complaint(one, address))],
            abroad=[url for url in self._asked if urlsplit(url)[:2] != home],
            too_wide=too_wide,
            printed_navigation=paper["navigation"],
            printed=paper["content"],
            sideways=sideways,
            unsendable=page.evaluate(_NO_WAY_TO_SEND),
        )

    def read_both_ways(self, address):
        """Read a page's text and the fields of its forms: where scripts run, and where none does."""
        for page in (self._page, self._plain):
            page.goto(address, wait_until="load", timeout=PATIENCE)
        return self._page.evaluate(_CONTENT), self._plain.evaluate(_CONTENT)


def _complaint(said, address):
    """Return the text of a complaint; that an error page is an error is none."""
    if getattr(said, "type", "error") not in ("error", "warning"):
        return ""
    place = getattr(said, "location", None) or {}
    return "" if place.get("url") == address else str(getattr(said, "text", said))
