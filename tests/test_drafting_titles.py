import pytest

from laichau_kg.drafting.names import province_of, split_name
from laichau_kg.drafting.persons import find_persons
from laichau_kg.drafting.posts import body_of, complete_title, full_title

PERSONS = {
    "đồng chí Lê Văn Nam – Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh nhấn mạnh": (
        "Lê Văn Nam",
        ["Phó Bí thư Tỉnh ủy Sơn La", "Chủ tịch Ủy ban nhân dân tỉnh Sơn La"],
    ),
    "Chủ tịch UBND tỉnh Sơn La Lê Văn Nam": ("Lê Văn Nam", ["Chủ tịch Ủy ban nhân dân tỉnh Sơn La"]),
    "Ông Sùng A Chớ, UVBTV Tỉnh uỷ, Trưởng Ban Dân vận Tỉnh ủy phát biểu": (
        "Sùng A Chớ",
        ["Ủy viên Ban Thường vụ Tỉnh ủy Sơn La", "Trưởng Ban Dân vận Tỉnh ủy Sơn La"],
    ),
    "UVT.Ư Đảng, Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh Đặng Quốc Mạnh": (
        "Đặng Quốc Mạnh",
        [
            "Ủy viên Ban Chấp hành Trung ương Đảng",
            "Bí thư Tỉnh ủy Sơn La",
            "Chủ tịch Hội đồng nhân dân tỉnh Sơn La",
        ],
    ),
    "Thứ trưởng Bộ Kế hoạch và Đầu tư Trần Quốc Bảo": (
        "Trần Quốc Bảo",
        ["Thứ trưởng Bộ Kế hoạch và Đầu tư"],
    ),
    "Giám đốc Sở Nông nghiệp và Phát triển nông thôn Hà Văn Um": (
        "Hà Văn Um",
        ["Giám đốc Sở Nông nghiệp và Phát triển nông thôn"],
    ),
    "Thượng tá Quàng Văn Ín – Phó Giám đốc Công an tỉnh": (
        "Quàng Văn Ín",
        ["Phó Giám đốc Công an tỉnh Sơn La"],
    ),
    "Trung tướng Trần Văn Dũng - Chính ủy Quân khu 4 và Thiếu tướng Lê Xuân Bộ": (
        "Trần Văn Dũng",
        ["Chính ủy Quân khu 4"],
    ),
    "Giám đốc Sở Lao động - Thương binh và Xã hội Giàng Thị Dung": (
        "Giàng Thị Dung",
        ["Giám đốc Sở Lao động - Thương binh và Xã hội"],
    ),
    "đồng chí: Y Thanh Hà Niê Kđăm, Phó trưởng Đoàn ĐBQH tỉnh": (
        "Y Thanh Hà Niê Kđăm",
        ["Phó trưởng Đoàn đại biểu Quốc hội tỉnh Sơn La"],
    ),
    "ông Gary Tseng - Tổng Giám đốc Công ty TNHH Thử Nghiệm cam kết": (
        "Gary Tseng",
        ["Tổng Giám đốc Công ty TNHH Thử Nghiệm"],
    ),
    "Chủ tịch UBND tỉnh - ông Lê Văn Nam cùng": ("Lê Văn Nam", ["Chủ tịch Ủy ban nhân dân tỉnh Sơn La"]),
    "Phó chủ tịch UBND huyện Cư M'gar Trần Đình Thái": (
        "Trần Đình Thái",
        ["Phó chủ tịch Ủy ban nhân dân huyện Cư M'gar"],
    ),
    "ông Lò Văn Sơn, Trưởng Ban Kinh tế - Ngân sách HĐND tỉnh và đại biểu": (
        "Lò Văn Sơn",
        ["Trưởng Ban Kinh tế - Ngân sách Hội đồng nhân dân tỉnh Sơn La"],
    ),
    "đồng chí Lò Văn Sơn, Chủ tịch HĐND tỉnh và Hoàng Thị Mai, Phó Bí thư Tỉnh ủy": (
        "Lò Văn Sơn",
        ["Chủ tịch Hội đồng nhân dân tỉnh Sơn La"],
    ),
    "đồng chí Lò Văn Sơn - Thường vụ Tỉnh ủy - Phó chủ tịch UBND tỉnh, lãnh đạo một số sở": (
        "Lò Văn Sơn",
        ["Ủy viên Ban Thường vụ Tỉnh ủy Sơn La", "Phó chủ tịch Ủy ban nhân dân tỉnh Sơn La"],
    ),
    "đồng chí Lò Văn Sơn, TVTU, Phó Chủ tịch HĐND tỉnh": (
        "Lò Văn Sơn",
        ["Phó Chủ tịch Hội đồng nhân dân tỉnh Sơn La"],
    ),
    "đồng chí Lò Văn Sơn, Bí thư T.Ư Đảng, Trưởng Ban Dân vận Trung ương dự": (
        "Lò Văn Sơn",
        ["Bí thư Trung ương Đảng", "Trưởng Ban Dân vận Trung ương"],
    ),
    "với Ngài Keiko Sato - Đại sứ Nhật Bản tại Việt Nam.": ("Keiko Sato", ["Đại sứ Nhật Bản tại Việt Nam"]),
    "bà Keiko Sato, Bí thư thứ ba Đại sứ quán Mông Cổ tại Việt Nam dự": (
        "Keiko Sato",
        ["Bí thư thứ ba Đại sứ quán Mông Cổ"],
    ),
    "ông Nakata Ichiro, Lãnh sự danh dự Việt Nam tại Sapporo, làm": (
        "Nakata Ichiro",
        ["Lãnh sự danh dự Việt Nam tại Sapporo"],
    ),
    "do ngài Kim-Min-Ho, Thị trưởng thành phố làm Trưởng đoàn": ("Kim-Min-Ho", ["Thị trưởng thành phố"]),
    "đồng chí Lê Văn Nam-Chủ tịch UBND tỉnh": ("Lê Văn Nam", ["Chủ tịch Ủy ban nhân dân tỉnh Sơn La"]),
    "Bí thư Tỉnh ủy Lê Văn Nam biểu dương": ("Lê Văn Nam", ["Bí thư Tỉnh ủy Sơn La"]),
    "Bí thư Thành ủy Hà Nội Đinh Tiến Thắng": ("Đinh Tiến Thắng", ["Bí thư Thành ủy Hà Nội"]),
}


@pytest.mark.parametrize("text", PERSONS)
def test_a_person_has_each_title(text):
    """Before the name, after a dash or a comma, abbreviated, with the province left out."""
    person = find_persons(text)[0]

    name, titles = PERSONS[text]
    assert person.name == name
    assert [full_title(title.text, "Sơn La") for title in person.titles] == titles


def test_a_list_parts_its_persons():
    """Semicolons part persons, commas their titles."""
    text = (
        "Các đồng chí: Lê Văn Nam – Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh; "
        "Vàng A Páo – Phó Chủ tịch UBND tỉnh; "
        "Chủ tịch HĐND tỉnh Bùi Thị Lan, Phó Chủ tịch HĐND tỉnh Đỗ Minh Tùng dự."
    )

    persons = find_persons(text)

    assert [(person.name, len(person.titles)) for person in persons] == [
        ("Lê Văn Nam", 2),
        ("Vàng A Páo", 1),
        ("Bùi Thị Lan", 1),
        ("Đỗ Minh Tùng", 1),
    ]


def test_commas_alone_may_part_a_list():
    """Each title is of the one it follows, though an address comes after the comma."""
    text = "Đồng chí Hà Văn Hải, Phó Chủ tịch UBND tỉnh, đồng chí Lò Thị Mai, Trưởng ban Dân tộc tỉnh dự."

    assert {person.name: [title.text for title in person.titles] for person in find_persons(text)} == {
        "Hà Văn Hải": ["Phó Chủ tịch UBND tỉnh"],
        "Lò Thị Mai": ["Trưởng ban Dân tộc tỉnh"],
    }


def test_a_shared_title_may_begin_small():
    """After "the" many, the deputy's title has a small letter, and a dash may part the names."""
    text = "Dự buổi làm việc có các phó Chủ tịch Hà Văn Hải- Giàng A Tính và lãnh đạo một số sở."

    assert {person.name: [title.text for title in person.titles] for person in find_persons(text)} == {
        "Hà Văn Hải": ["phó Chủ tịch"],
        "Giàng A Tính": ["phó Chủ tịch"],
    }


def test_a_shared_title_is_each_one_s():
    """What stands before the colon is the title of all whom the roll names."""
    text = "Dự có các Phó Chủ tịch UBND tỉnh: Hà Văn Hải, Giàng A Tính; Lò Thị Mai, Chủ tịch HĐND tỉnh."

    assert {person.name: [title.text for title in person.titles] for person in find_persons(text)} == {
        "Hà Văn Hải": ["Phó Chủ tịch UBND tỉnh"],
        "Giàng A Tính": ["Phó Chủ tịch UBND tỉnh"],
        "Lò Thị Mai": ["Phó Chủ tịch UBND tỉnh", "Chủ tịch HĐND tỉnh"],
    }


@pytest.mark.parametrize(
    ("title", "others", "before", "full"),
    [
        ("Thứ trưởng", (), "Đoàn công tác của Bộ Y tế do ", "Thứ trưởng Bộ Y tế"),
        ("Thứ trưởng", ("Thứ trưởng Bộ Nội vụ",), "của Bộ Y tế do ", "Thứ trưởng Bộ Nội vụ"),
        (
            "Trưởng Ban Dân vận",
            ("Huyện ủy viên", "Bí thư Huyện ủy Mẫu"),
            "",
            "Trưởng Ban Dân vận Huyện ủy Mẫu",
        ),
        ("Chủ tịch HĐQT", ("Tổng Giám đốc Công ty Mẫu",), "", "Chủ tịch HĐQT Công ty Mẫu"),
        ("Bí thư", ("Giám đốc Sở Y tế",), "", "Bí thư"),
    ],
)
def test_a_title_without_a_body_is_completed(title, others, before, full):
    """From its holder's other titles, or from the ministry named before; else it stays as it is."""
    assert complete_title(title, others, before) == full


def test_a_former_post_is_marked():
    """A former title is no holding of a post."""
    person = find_persons("đồng chí Lê Văn Nam, nguyên Bí thư Tỉnh ủy")[0]

    assert [title.past for title in person.titles] == [True]


@pytest.mark.parametrize(
    ("run", "at"), [("Hà Giang", None), ("Mường Tè", None), ("Điện Biên Lò Văn Tiến", 10)]
)
def test_a_place_is_no_person(run, at):
    """A province's name is not taken for a person's."""
    assert split_name(run) == at


@pytest.mark.parametrize(
    ("title", "full"),
    [
        ("Ủy viên Dự khuyết Trung ương Đảng", "Ủy viên dự khuyết Ban Chấp hành Trung ương Đảng"),
        ("Ủy viên chính thức BCH Trung ương", "Ủy viên Ban Chấp hành Trung ương Đảng"),
        ("Uỷ viên Trung ương Đảng", "Ủy viên Ban Chấp hành Trung ương Đảng"),
        ("Ủy viên Bộ Chính trị", "Ủy viên Bộ Chính trị"),
    ],
)
def test_members_of_the_central_committee_are_of_one_body(title, full):
    """Full and alternate members are of the Party's Central Committee, however it is shortened."""
    assert full_title(title, "Sơn La") == full


@pytest.mark.parametrize("text", ["UBND TỈNH ĐIỆN BIÊN HỌP BÁO", "KINH TẾ ĐIỆN BIÊN TĂNG TRƯỞNG"])
def test_a_province_in_capitals_counts(text):
    """A headline may name it in capitals only."""
    assert province_of(text) == "Điện Biên"


def test_the_province_is_the_one_spoken_of_most():
    """Most mentions decide."""
    assert province_of("tỉnh Sơn La ... tỉnh Lào Cai ... tỉnh Sơn La") == "Sơn La"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh Sơn La", "Ủy ban nhân dân tỉnh Sơn La"),
        ("Ủy viên Ban Thường vụ Tỉnh ủy Sơn La", "Ban Thường vụ Tỉnh ủy Sơn La"),
        ("Thủ tướng Chính phủ", "Chính phủ"),
        ("Trưởng Ban Dân vận Tỉnh ủy Sơn La", "Ban Dân vận Tỉnh ủy Sơn La"),
        ("Phó Bí thư Thường trực Tỉnh ủy Sơn La", "Tỉnh ủy Sơn La"),
        ("Phó Bí thư chuyên trách Đảng ủy Sở Y tế", "Đảng ủy Sở Y tế"),
        ("Phó trưởng Đoàn đại biểu Quốc hội tỉnh Sơn La", "Đoàn đại biểu Quốc hội tỉnh Sơn La"),
        ("Ủy viên dự khuyết Ban Chấp hành Trung ương Đảng", "Ban Chấp hành Trung ương Đảng"),
        ("Phó Chi cục trưởng Chi cục Kiểm lâm", "Chi cục Kiểm lâm"),
        ("Tổng Bí thư", ""),
        ("Chủ tịch nước", ""),
    ],
)
def test_a_title_tells_its_body(title, body):
    """The body is what is left of the title."""
    assert body_of(title) == body
