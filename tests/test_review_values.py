"""What an editor types becomes a value that the record can hold, or is refused with the reason."""

import pytest

from drafted import ROOT
from laichau_kg.errors import QuoteNotFoundError
from laichau_kg.layout import find_layout
from laichau_kg.reviewing import Directory, UnfitError, Values, evidence_of
from laichau_kg.store import open_store
from laichau_kg.text import sha256
from laichau_kg.vocab import ID, LCK, PREFIXES
from reviewed import ARTICLE, CHAIR, MEETING, ORDER, PERSON, TEA, TEXT, drafted, judge

DESCRIPTION = PREFIXES["dcterms"] + "description"
LABEL = PREFIXES["skos"] + "prefLabel"


@pytest.fixture(scope="module")
def values():
    """Give what reads values, with the record's names."""
    store = open_store("memory", find_layout(ROOT))
    yield Values(judge().known, judge().forms, Directory(store).find, TEXT)
    store.close()


def entered(values, iri, path, typed, language=""):
    """Read what is typed for a property of the draft."""
    field = judge().forms.of(drafted()[iri])[path]
    return values.read(drafted(), iri, field, typed, language=language)


@pytest.mark.parametrize(
    ("iri", "path", "typed", "value"),
    [
        (TEA, LCK.value, "21.500", '"21500.0"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (TEA, LCK.value, "47,2", '"47.2"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (TEA, LCK.unit, "tonne", f"<{ID}unit/tonne>"),
        (TEA, LCK.unit, "nghìn tấn", f"<{ID}unit/thousand-tonnes>"),
        (TEA, LCK.status, "Estimate", f"<{ID}status/estimate>"),
        (TEA, LCK.status, "lc-status:target", f"<{ID}status/target>"),
        (TEA, LCK.status, "uoc thuc hien", f"<{ID}status/estimate>"),
        (TEA, LCK.indicator, "san luong che bup tuoi", f"<{ID}indicator/san-luong-che-bup-tuoi>"),
        (TEA, LCK.period, "năm 2020", f"<{ID}period/2020>"),
        (MEETING, LCK.date, "4/7/2024", '"2024-07-04"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (CHAIR, LCK.participant, "Lý Văn Mẫu", f"<{PERSON}>"),
        (CHAIR, LCK.meeting, "Conference of 2024-07-04", f"<{MEETING}>"),
    ],
)
def test_names_numbers_and_dates_are_read_as_people_write_them(values, iri, path, typed, value):
    """Labels with or without diacritics, slugs, Vietnamese numbers and days; of the record or the draft."""
    assert entered(values, iri, path, typed).values == (value,)


def test_several_values_are_parted_by_semicolons(values):
    """Where a property takes several."""
    topics = entered(values, ORDER, LCK.topic, "agriculture; planning").values

    assert topics == (f"<{ID}topic/agriculture>", f"<{ID}topic/planning>")


def test_text_is_in_the_language_asked_for(values):
    """Spaces are put in order."""
    assert entered(values, ORDER, DESCRIPTION, " Asks  for it. ", "en").values == ('"Asks for it."@en',)


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ((TEA, LCK.value, "many", ""), "number"),
        ((MEETING, LCK.date, "30/2/2024", ""), "date"),
        ((TEA, LCK.unit, "parsecs", ""), "unknown"),
        ((TEA, LCK.status, "maybe", ""), "unknown"),
        ((TEA, LCK.status, "  ", ""), "empty"),
        ((TEA, LCK.status, "a\N{REPLACEMENT CHARACTER}b", ""), "letters"),
        ((ORDER, DESCRIPTION, "Hm.", "fr"), "language"),
        ((ORDER, DESCRIPTION, " ".join(TEXT.split())[60:220], "vi"), "copied"),
        ((ORDER, LCK.by, "+Lý Văn Mới", ""), "kind"),
        ((ORDER, LCK.by, "+period:2030", ""), "kind"),
    ],
)
def test_what_cannot_be_the_value_is_refused_with_the_reason(values, case, reason):
    """The dialogue says the reason in its own language."""
    with pytest.raises(UnfitError) as refused:
        entered(values, *case)

    assert refused.value.reason == reason


def test_near_names_are_offered(values):
    """A slip of the pen is easily mended."""
    with pytest.raises(UnfitError) as refused:
        entered(values, TEA, LCK.indicator, "san luong che bup tui")

    assert any("chè búp tươi" in name or "che-bup" in name for name in refused.value.near)


def test_a_period_the_register_lacks_is_made_from_its_name(values):
    """Its days and labels follow from it."""
    made = entered(values, TEA, LCK.period, "quý III/2031")

    assert made.values == (f"<{ID}period/2031-q3>",)
    assert {name for name, _ in made.new[f"{ID}period/2031-q3"]} >= {LCK.firstDay, LCK.lastDay, LABEL}


@pytest.mark.parametrize(
    ("iri", "path", "typed", "thing"),
    [
        (ORDER, LCK.by, "+person:Lò Thị Mới", "person/lo-thi-moi"),
        (ORDER, LCK.by, "+organization:Sở Ví dụ", "organization/so-vi-du"),
        (MEETING, LCK.organizer, "+Sở Ví dụ", "organization/so-vi-du"),
    ],
)
def test_a_new_entry_is_a_candidate_too(values, iri, path, typed, thing):
    """It is reviewed like all that nobody has looked at."""
    made = entered(values, iri, path, typed)

    assert made.values == (f"<{ID}{thing}>",)
    assert f"<{LCK.Candidate}>" in {value for _, value in made.new[ID + thing]}


def test_a_described_group_rests_on_the_words_of_the_fact_that_names_it(values):
    """It belongs to the article."""
    made = entered(values, ORDER, LCK.to, "+group:các phòng, ban")

    (iri,) = made.new
    assert iri.startswith(ARTICLE.replace("/article/", "/group/") + "--")
    assert LCK.mainEvidence in {name for name, _ in made.new[iri]}


def test_an_entry_that_is_there_is_not_made_again(values):
    """Its name leads to it."""
    assert entered(values, ORDER, LCK.by, "+person:Lý Văn Mẫu").new == {}


def test_evidence_is_found_where_its_words_stand_nearest():
    """The offsets, the hash and the quotation agree."""
    at = TEXT.rindex("Lý Văn Mẫu")

    iri, block = evidence_of(TEXT, "Lý Văn Mẫu", ARTICLE, near=len(TEXT))

    assert iri == f"{ARTICLE}#char={at},{at + 10}"
    assert (LCK.sha256, f'"{sha256("Lý Văn Mẫu")}"') in block


def test_words_that_do_not_stand_in_the_text_are_no_evidence():
    """No offset is guessed."""
    with pytest.raises(QuoteNotFoundError):
        evidence_of(TEXT, "Sơn La", ARTICLE)
