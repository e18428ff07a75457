import pytest

from laichau_kg.web.negotiate import FORMS, choose, choose_language, content_type

THING = ("html", "ttl", "jsonld", "nt", "rdf", "csv")


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("", "html"),
        ("*/*", "html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("text/turtle", "ttl"),
        ("TEXT/TURTLE", "ttl"),
        ("text/turtle; charset=utf-8", "ttl"),
        ("application/ld+json", "jsonld"),
        ('application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("text/plain", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/xml", "rdf"),
        ("text/csv", "csv"),
        ("text/turtle;q=0.5,application/ld+json;q=0.9", "jsonld"),
        ("text/turtle;q=0.5,application/ld+json;q=0.5", "ttl"),
        ("text/html;q=0.1,application/rdf+xml;q=0.2", "rdf"),
        ("text/html;q=0,*/*", "ttl"),
        ("text/*;q=0.3,application/ld+json;q=0.2", "html"),
        ("text/*,text/html;q=0.1", "ttl"),
        ("*/*;q=0.1,text/csv", "csv"),
        ("text/turtle,application/rdf+xml,text/n3;q=0.9", "ttl"),
        ("application/sparql-results+json,text/turtle;q=0.1", "ttl"),
        ("application/trig;q=0.9,application/n-triples;q=0.8,*/*;q=0.1", "nt"),
        ("text/turtle;q=2,text/csv;q=0.1", "csv"),
        ("text/turtle;q=abc,text/csv;q=0.1", "csv"),
        (",;,text/csv,", "csv"),
    ],
)
def test_best_form_is_chosen(accept, suffix):
    """Quality decides, then how closely a range fits, then the server's order."""
    assert choose(accept, THING).suffix == suffix


@pytest.mark.parametrize(
    "accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "application/sparql-results+json", "nonsense"]
)
def test_nothing_acceptable_is_no_choice(accept):
    """Where no form on offer fits, none is chosen."""
    assert choose(accept, THING) is None


def test_alias_is_answered_under_its_own_name():
    """Who asks for JSON gets JSON-LD that calls itself JSON."""
    assert choose("application/json", THING).content_type == "application/json"


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_only_text_names_its_charset(form):
    """A charset stands behind text types, and behind no other."""
    assert ("charset=utf-8" in content_type(form.media_type)) == form.media_type.startswith("text/")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "vi"),
        ("", "vi"),
        ("en", "en"),
        ("en-US,en;q=0.5", "en"),
        ("fr,en;q=0.1", "en"),
        ("fr", "vi"),
        ("*", "vi"),
        ("*,vi;q=0.1", "en"),
        ("vi-VN,en;q=0.9", "vi"),
        ("vi;q=0,en;q=0.1", "en"),
        ("english", "vi"),
    ],
)
def test_best_language_is_chosen(header, language):
    """Quality decides; a region counts for its language; Vietnamese stands where neither is wanted."""
    assert choose_language(header) == language
