"""English labels that a draft proposes for new bodies and posts."""

import pytest

from laichau_kg.drafting.english import english_body, english_post
from laichau_kg.drafting.parties import kind_of_body

POSTS = {
    "Bí thư Tỉnh ủy Lai Châu": "Secretary of the Lai Châu Provincial Party Committee",
    "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu": "Chairman of the People's Committee of Lai Châu province",
    "Bộ trưởng Bộ Công Thương": "Minister of Industry and Trade",
    "Ủy viên Ban Thường vụ Huyện ủy A": "Member of the Standing Committee of the A District Party Committee",
    "Trưởng ban Tuyên giáo Tỉnh ủy A": "Head of the Propaganda Board of the A Provincial Party Committee",
    "Phó Giám đốc Sở Y tế tỉnh Sơn La": "Deputy Director of the Department of Health of Sơn La province",
    "Ủy viên dự khuyết Ban Chấp hành Trung ương Đảng": "Alternate Member of the Party Central Committee",
    "Phó Cục trưởng Cục Thống kê tỉnh A": "Deputy Director of the Statistics Office of A province",
    "Phó Chủ tịch UBND tỉnh": "",
    "Trưởng Câu lạc bộ": "",
}


@pytest.mark.parametrize("title", POSTS)
def test_a_post_is_put_into_english(title):
    """As the register has the like; what is built otherwise is left to the record keeper."""
    assert english_post(title) == POSTS[title]


@pytest.mark.parametrize(
    ("name", "kind", "english"),
    [
        ("Ủy ban nhân dân huyện Mẫu", "people-committee", "People's Committee of Mẫu district"),
        ("Thường trực Hội đồng nhân dân tỉnh A", "people-council",
         "Permanent Standing Board of the People's Council of A province"),
        ("Công an tỉnh Mẫu", "agency", "Police of Mẫu province"),
        ("Sở Văn hóa, Thể thao và Du lịch", "department", "Department of Culture, Sports and Tourism"),
        ("Ban Dân vận Thành ủy Mẫu", "party-body", "Mass Mobilization Board of the Mẫu City Party Committee"),
        ("Cục Thống kê tỉnh A", "agency", "Statistics Office of A province"),
        ("Chi cục Kiểm lâm tỉnh A", "agency", "Forest Protection Department of A province"),
        ("Bộ Chính trị", "party-body", "Politburo"),
        ("Công ty Cổ phần Mẫu", "enterprise", ""),
        ("Tổ công tác", "", ""),
    ],
)  # fmt: skip
def test_a_body_has_its_kind_and_english_name(name, kind, english):
    """By what its Vietnamese name begins with."""
    assert (kind_of_body(name), english_body(name)) == (kind, english)
