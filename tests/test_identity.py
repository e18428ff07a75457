"""What is new and looks like something known is a finding, until an editor has said once what it is."""

import pytest

from accepting import bare_record, bundle_of
from laichau_kg._things import merged, read_things
from laichau_kg.accept import Answers, accept
from laichau_kg.cli import run
from laichau_kg.errors import UnknownThingError
from laichau_kg.identity import RULE, aliases, find_thing, likeness, look_alikes
from laichau_kg.shapes import check_record
from laichau_kg.vocab import ID, PREFIXES
from mini import FIRST

SKOS = PREFIXES["skos"]
NEW = "organization/ubnd-tinh"
KNOWN = "organization/uy-ban-nhan-dan-tinh-lai-chau"


def things(**names):
    """Make register entries: kind__slug="Name"."""
    return {
        f"{ID}{key.replace('__', '/').replace('_', '-')}": frozenset({(SKOS + "prefLabel", f'"{name}"@vi')})
        for key, name in names.items()
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Lai Châu"),
        ("HĐND tỉnh Lai Châu", "Hội đồng nhân dân tỉnh Lai Châu"),
        ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban Nhân dân tỉnh Lai Châu"),
        ("UVBTV Tỉnh ủy", "Ủy viên Ban Thường vụ Tỉnh ủy"),
        ("UBMTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc tỉnh Lai Châu"),
        ("BCH Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"),
        ("BTV TU", "Ban Thường vụ Tỉnh ủy"),
        ("BCH TW Đảng", "Ban chấp hành Trung ương Đảng"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("TP. Lai Châu", "Thành phố Lai Châu"),
        ("đồng chí Giàng Páo Mỷ", "Giàng Páo Mỉ"),
        ("Ông Tông Thanh Hải", "Tống Thanh Hải"),
        ("Quyết định số 12/QĐ-UBND", "Quyết định số 12/QĐ UBND"),
    ],
)
def test_two_spellings_of_one_name_are_alike(one, other):
    """Diacritics, case, abbreviations, honorifics and y for i make no other name."""
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh"),
        ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch Thường trực UBND tỉnh"),
        ("Thành phố Lai Châu", "Tỉnh Lai Châu"),
        ("Huyện Than Uyên", "Huyện Tân Uyên"),
        ("Nghị quyết số 12-NQ/TU", "Nghị quyết số 13-NQ/TU"),
        ("Bộ Kế hoạch và Đầu tư", "Bộ Kế hoạch và Đầu Trung ương"),
        ("Bá Văn Sơn", "Văn Sơn"),
    ],
)
def test_two_names_stay_two(one, other):
    """What differs in a word that matters is not alike."""
    assert likeness(one) != likeness(other)


def test_a_new_name_is_held_against_alternative_labels_too():
    """An abbreviation that the register knows is found."""
    known = things(organization__uy_ban="Ủy ban nhân dân tỉnh Lai Châu")
    new = things(organization__moi="UBND tỉnh")

    assert look_alikes(new, known) == {f"{ID}organization/moi": (f"{ID}organization/uy-ban",)}


def test_only_things_of_one_kind_are_alike():
    """A place and a body may share a name."""
    assert look_alikes(things(place__a="Lai Châu"), things(organization__a_b="Lai Châu")) == {}


def test_two_new_things_may_be_alike():
    """A draft that names one thing twice is noticed too."""
    new = things(person__an="Lý A An", person__an_2="Lí A An")

    assert look_alikes(new, {}) == {f"{ID}person/an-2": (f"{ID}person/an",)}


@pytest.mark.parametrize(
    ("kind", "one", "other", "alike"),
    [
        ("organization", "Ban Quản lý khu kinh tế cửa khẩu", "Ban Quản lý khu kinh tế cửa khẫuu", True),
        ("document", "Nghị quyết về phát triển cây chè", "Nghị quyết về phát triển cây chèo", True),
        ("document", "Kế hoạch phát triển năm 2021", "Kế hoạch phát triển năm 2022", False),
        ("person", "Nguyễn Văn Minh", "Nguyễn Văn Ninh", False),
        ("place", "Huyện Than Uyên cũ", "Huyện Thang Uyên cũ", False),
    ],
)
def test_a_slip_of_one_letter_is_forgiven_in_long_names(kind, one, other, alike):
    """Bodies, posts and documents are compared so; people and places have names too near to each other."""
    known, new = things(**{f"{kind}__known": one}), things(**{f"{kind}__unknown": other})

    assert bool(look_alikes(new, known)) is alike


@pytest.fixture
def layout(tmp_path):
    """The record before; but the People's Committee is known."""
    folder = tmp_path / "record"
    folder.mkdir()
    layout = bare_record(folder)
    committee = tmp_path / "known.ttl"
    committee.write_text(_committee(KNOWN, "Ủy ban nhân dân tỉnh Lai Châu", "People's Committee"), "utf-8")
    assert accept(layout, [committee]).done
    return layout


def _committee(path, vi, en):
    return f"""PREFIX lck: <https://w3id.org/laichau-kg/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <{SKOS}>
<{ID}{path}> a org:Organization ; skos:prefLabel "{vi}"@vi , "{en}"@en ;
    lck:kind <{ID}organization-kind/people-committee> ; lck:jurisdiction <{ID}place/lai-chau> .
"""


@pytest.fixture
def bundle(tmp_path):
    """The bundle, in which the People's Committee has another address and name."""

    def rename(text):
        entry = _committee(NEW, "UBND tỉnh Lai Châu", "Provincial committee")
        return text.replace("lc-organization:uy-ban-nhan-dan-tinh-lai-chau", f"<{ID}{NEW}>") + entry

    return bundle_of(tmp_path, without=[KNOWN], change=lambda text: text if text == "x" else rename(text))


def test_a_new_thing_that_looks_like_a_known_one_is_a_finding(layout, bundle):
    """The finding names the candidate and says how to answer, in both languages."""
    plan = accept(layout, [bundle])

    (finding,) = [finding for finding in plan.report.findings if finding.rule == RULE]
    assert not plan.done
    assert finding.focus == ID + NEW
    assert finding.file == str(bundle)
    assert bundle.read_text("utf-8").splitlines()[finding.line - 1].startswith(f"<{ID}{NEW}>")
    assert "--same ubnd-tinh=uy-ban-nhan-dan-tinh-lai-chau" in finding.message["en"]
    assert (
        "Ủy ban nhân dân tỉnh Lai Châu (lc-organization:uy-ban-nhan-dan-tinh-lai-chau)"
        in finding.message["vi"]
    )


def test_said_to_be_the_same_it_is_the_known_thing_from_then_on(layout, bundle):
    """Its facts are about the known thing; its name is another name of that; and it is not asked again."""
    same = Answers(same=[("ubnd-tinh", "uy-ban-nhan-dan-tinh-lai-chau")])

    plan = accept(layout, [bundle], answers=same)

    assert plan.done, plan.report.to_text()
    registers = merged(read_things(path) for path in layout.register_files())
    article = (layout.articles / f"2020-12-14-{FIRST}.ttl").read_text("utf-8")
    assert ID + NEW not in registers
    assert "ubnd-tinh" not in article.replace("ubnd-tinh-lai-chau", "")
    assert (SKOS + "altLabel", '"UBND tỉnh Lai Châu"@vi') in registers[ID + KNOWN]
    assert aliases(registers) == {ID + NEW: ID + KNOWN}
    assert check_record(layout).conforms

    again = accept(layout, [bundle])

    assert again.report.conforms
    assert not again.changes


def test_said_to_be_different_both_stay_and_it_is_not_asked_again(layout, bundle):
    """The register remembers that the two are different."""
    different = Answers(different=[("ubnd-tinh", "uy-ban-nhan-dan-tinh-lai-chau")])

    plan = accept(layout, [bundle], answers=different)

    registers = merged(read_things(path) for path in layout.register_files())
    assert plan.done, plan.report.to_text()
    assert (PREFIXES["owl"] + "differentFrom", f"<{ID}{KNOWN}>") in registers[ID + NEW]
    assert check_record(layout).conforms

    again = accept(layout, [bundle])

    assert again.report.conforms


def test_what_was_said_to_be_different_once_holds_in_either_direction():
    """The mark stands on one of the two; a third look-alike is still asked about."""
    mark = (PREFIXES["owl"] + "differentFrom", f"<{ID}person/an-2>")
    known = {iri: block | {mark} for iri, block in things(person__an="Lý A An").items()}

    assert look_alikes(things(person__an_2="Lý A An"), known) == {}
    assert look_alikes(things(person__an_3="Lý A An"), known) == {f"{ID}person/an-3": (f"{ID}person/an",)}


@pytest.mark.parametrize(
    "text",
    ["ubnd-tinh", "lc-organization:ubnd-tinh", f"{ID}organization/ubnd-tinh"],
    ids=["slug", "short", "iri"],
)
def test_things_are_named_as_one_likes(text):
    """Slug, short IRI and IRI name the same thing."""
    assert find_thing(text, [ID + NEW, ID + KNOWN]) == ID + NEW


@pytest.mark.parametrize("text", ["nothing-like-it", "lai-chau"])
def test_a_name_of_none_or_several_is_refused(text):
    """An answer about the wrong thing is worse than none."""
    with pytest.raises(UnknownThingError):
        find_thing(text, [f"{ID}place/lai-chau", f"{ID}organization/lai-chau"])


def test_the_check_says_it_before_anything_is_accepted(layout, bundle, capfd):
    """Checking a bundle names its look-alikes too, so that nothing comes as a surprise."""
    code = run(["check", str(bundle), "--root", str(layout.root), "--lang", "vi"])

    assert code == 1
    assert "mục này giống Ủy ban nhân dân tỉnh Lai Châu" in capfd.readouterr().out
