"""The record's statements by what they are about, also where they break the rules."""

import pytest

from indexed import read_index
from laichau_kg._index import Span
from laichau_kg.errors import DataError
from laichau_kg.ftm import write_ftm
from laichau_kg.networks import network_of_ties
from laichau_kg.popolo import write_popolo
from laichau_kg.sdmx import write_sdmx
from laichau_kg.vocab import ID, LCK
from mini import FIRST, SECOND, make_checkout

WRITERS = {
    "popolo": write_popolo,
    "ftm": write_ftm,
    "sdmx": write_sdmx,
    "ties": network_of_ties,
}
EVIDENCE = "    lck:mainEvidence <#char=137,159> ;\n"
OBSERVATION = f"{ID}observation/{FIRST}--dien-thon-ban"
ARTICLE = f"data/articles/2020-12-14-{FIRST}.ttl"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The mini record."""
    return read_index(make_checkout(tmp_path_factory.mktemp("checkout")))


def broken(folder, path, old, new):
    """Read the mini record with one passage of one file changed."""
    checkout = make_checkout(folder)
    text = (checkout / path).read_text(encoding="utf-8")
    assert old in text
    (checkout / path).write_text(text.replace(old, new), encoding="utf-8")
    return read_index(checkout)


def test_the_main_evidence_comes_first(index):
    """Then the others, in the order of the text."""
    spans = index.spans(f"{ID}attestation/{FIRST}--dung-chu-tich")

    assert spans == [
        Span(118, 136, f"{ID}article/{FIRST}#char=118,136", f"{ID}article/{FIRST}", "Chủ tịch UBND tỉnh"),
        Span(137, 151, f"{ID}article/{FIRST}#char=137,151", f"{ID}article/{FIRST}", "Trần Tiến Dũng"),
    ]


def test_a_thing_without_a_name_goes_by_its_slug(index):
    """Nothing is nameless."""
    assert index.label(f"{ID}place/nowhere") == "nowhere"
    assert index.label("") == ""


def test_labels_are_found_by_language(index):
    """Vietnamese if no other is asked for."""
    place = f"{ID}place/lai-chau"

    assert (index.label(place), index.label(place, "en")) == ("Tỉnh Lai Châu", "Lai Châu province")


def test_a_thing_knows_the_articles_that_speak_of_it(index):
    """By the facts that point at it; its own articles do not point at themselves."""
    assert index.articles_on(f"{ID}person/tran-tien-dung") == [f"{ID}article/{FIRST}"]
    assert index.articles_on(f"{ID}place/lai-chau") == [f"{ID}article/{FIRST}", f"{ID}article/{SECOND}"]
    assert index.articles_on(f"{ID}article/{FIRST}") == []


def test_a_date_is_as_exact_as_it_is_known(index, tmp_path):
    """A day known to the month is that month."""
    path, meeting = ARTICLE, f"{ID}meeting/{FIRST}--hoi-nghi"
    vague = broken(
        tmp_path, path, "lck:datePrecision lc-precision:day", "lck:datePrecision lc-precision:month"
    )

    assert index.when(meeting) == "2020-12-13"
    assert vague.when(meeting) == "2020-12"


@pytest.mark.parametrize("name", ["popolo", "ties", "ftm"])
def test_a_fact_with_an_address_that_is_no_evidence_is_named(tmp_path, name):
    """A record that was not checked gets a sentence, not a traceback."""
    index = broken(tmp_path, ARTICLE, "<#char=137,159>", "<#elsewhere>")

    with pytest.raises(DataError, match=r"#elsewhere: is no address of evidence .*laichau check"):
        WRITERS[name](index)


def test_a_fact_without_evidence_is_named(tmp_path):
    """So that it can be found and mended."""
    index = broken(tmp_path, ARTICLE, EVIDENCE, "")

    with pytest.raises(DataError, match=rf"participation/{FIRST}--dung.*: has no mainEvidence"):
        write_popolo(index)


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (ARTICLE, f"lck:article lc-article:{FIRST} ;", "", "has no article"),
        ("data/registers/periods.ttl", '"2020-12-31"^^xsd:date', '"2020-13-31"^^xsd:date', "month must be"),
        ("data/registers/periods.ttl", 'lck:lastDay "2020-12-31"^^xsd:date ;', "", "has no lastDay"),
    ],
)
def test_a_figure_that_lacks_what_all_have_is_named(tmp_path, path, old, new, message):
    """An incomplete figure is not written as if it were whole."""
    index = broken(tmp_path, path, old, new)

    with pytest.raises(DataError, match=message):
        write_sdmx(index)


def test_what_is_needed_is_given(index):
    """Where it is there."""
    assert index.needed(OBSERVATION, LCK.article) == f"{ID}article/{FIRST}"
