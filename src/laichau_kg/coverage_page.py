"""A coverage as a page for the eye: the text, with what is covered, left out and overlooked marked in it.

The page stands alone: no script, nothing fetched, light or dark as the reader
has it, and the marks differ in more than colour.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from laichau_kg.coverage import Cover, Coverage
from laichau_kg.report import compact
from laichau_kg.text import Span

__all__ = ["WORDS", "to_html"]

WORDS: Final = {
    "en": {
        "title": "Coverage of {article}",
        "none": "a text that the record does not have",
        "covered": "covered by a fact",
        "omitted": "left out on purpose",
        "uncovered": "uncovered",
        "span": "words that facts rest on",
        "sum": "{share} % of {all} accounted for: {covered} covered by facts, {omitted} left out on purpose,"
        " {uncovered} uncovered.",
        "rest": "Uncovered",
        "figure": "figure",
        "date": "date",
        "document": "document",
        "name": "name",
        "title-kind": "title",
        "furniture": "page furniture",
        "repetition": "repetition",
        "not-about-province": "not about the province",
    },
    "vi": {
        "title": "Độ phủ của {article}",
        "none": "văn bản chưa có trong hồ sơ",
        "covered": "có dữ kiện",
        "omitted": "chủ ý lược bỏ",
        "uncovered": "chưa ghi",
        "span": "lời văn làm căn cứ",
        "sum": "{share}% trong {all} chỗ đã được xét: {covered} có dữ kiện, {omitted} chủ ý lược bỏ,"
        " {uncovered} chưa ghi.",
        "rest": "Chưa ghi",
        "figure": "số liệu",
        "date": "thời gian",
        "document": "văn bản",
        "name": "tên người",
        "title-kind": "chức vụ",
        "furniture": "phần phụ của trang",
        "repetition": "nhắc lại",
        "not-about-province": "không nói về tỉnh",
    },
}
_STYLE: Final = """
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1c1c1c; --faint: #5c5c5c; --line: #d6d6d6;
  --span: #eef3f8; --yes: #cdeccf; --left: #e4e4e4; --no: #ffd2cc; --no-line: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e6e6e6; --faint: #a6a6a6; --line: #3a3d42;
    --span: #20272f; --yes: #1f4a2a; --left: #3a3a3a; --no: #5f201b; --no-line: #ff897d;
  }
}
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 46rem;
  background: var(--paper); color: var(--ink); font: 1.05rem/1.7 system-ui, sans-serif;
}
h1 { font-size: 1.3rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; }
a { color: inherit; }
.legend { color: var(--faint); font-size: .9rem; }
.legend span { margin-right: 1rem; white-space: nowrap; }
article {
  white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid var(--line); padding-top: 1rem;
}
mark { background: none; color: inherit; border-radius: .2em; padding: 0 .1em; }
.span { background: var(--span); }
.covered { background: var(--yes); }
.omitted { background: var(--left); text-decoration: line-through; text-decoration-color: var(--faint); }
.uncovered { background: var(--no); outline: 2px solid var(--no-line); font-weight: 600; }
@media print { mark { border: 1px solid var(--line); } }
"""


def to_html(coverage: Coverage, *, lang: str = "en") -> str:
    """Write *coverage* as one self-contained HTML page.

    Args:
        coverage: A text and what became of what it mentions.
        lang: The language of the page's own words; the text is as it is.
    """
    words = WORDS[lang]
    title = escape(words["title"].format(article=coverage.article.rpartition("/")[2] or words["none"]))
    legend = "".join(
        f'<span><mark class="{name}">{escape(words[name])}</mark></span>'
        for name in ("covered", "omitted", "uncovered", "span")
    )
    rest = "".join(
        f'<li><a href="#c{cover.item.start}">{escape(cover.item.words)}</a> ({words[kind_word(cover)]})</li>'
        for cover in coverage.uncovered
    )
    listed = f"<h2>{escape(words['rest'])}</h2>\n<ul>{rest}</ul>\n" if rest else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f"<p>{escape(summary(coverage, lang))}</p>\n"
        f'<p class="legend">{legend}</p>\n{listed}'
        f'<article lang="vi">{"".join(_marked(coverage, lang))}</article>\n</body>\n</html>\n'
    )


def summary(coverage: Coverage, lang: str) -> str:
    """Say in one sentence how far the text is covered; the share is cut, not rounded up to 100."""
    return WORDS[lang]["sum"].format(
        share=f"{int(coverage.share * 10) / 10:.1f}".replace(".", "," if lang == "vi" else "."),
        all=len(coverage.covers),
        covered=coverage.count("covered"),
        omitted=coverage.count("omitted"),
        uncovered=len(coverage.uncovered),
    )


def kind_word(cover: Cover) -> str:
    """Return the key of the word for an item's kind; `title` is the page's own."""
    return "title-kind" if cover.item.kind == "title" else cover.item.kind


def _marked(coverage: Coverage, lang: str) -> Iterator[str]:
    at = 0
    for cover in coverage.covers:
        item = cover.item
        if item.start < at:  # a title inside a document's name, say: the first one is marked
            continue
        yield from _plain(coverage, at, item.start)
        words = WORDS[lang]
        why = f": {words[cover.reason]}" if cover.reason in words else ""
        by = " ".join(compact(iri) for iri in cover.by)
        hint = escape(f"{words[kind_word(cover)]}, {words[cover.state]}{why}\n{by}".strip(), quote=True)
        yield f'<mark id="c{item.start}" class="{cover.state}" title="{hint}">{escape(item.words)}</mark>'
        at = item.end
    yield from _plain(coverage, at, len(coverage.text))


def _plain(coverage: Coverage, start: int, end: int) -> Iterator[str]:
    """Yield a stretch without items, the words that facts rest on marked."""
    for span in coverage.spans:
        low, high = max(span.start, start), min(span.end, end)
        if low < high:
            yield escape(coverage.text[start:low])
            yield f'<mark class="span">{escape(coverage.text[slice(*Span(low, high))])}</mark>'
            start = high
    yield escape(coverage.text[start:end])
