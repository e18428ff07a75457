"""The grammar of bodies: where the name of one begins and ends."""

import re

import pytest

from laichau_kg.drafting.bodies import BODY, ISSUER
from laichau_kg.drafting.documents import find_documents


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("hôm nay UBND tỉnh Sơn La đã họp", "UBND tỉnh Sơn La"),
        ("do Cục Thống kê tỉnh Sơn La công bố", "Cục Thống kê tỉnh Sơn La"),
        ("do Cục Thống kê Sơn La công bố", "Cục Thống kê Sơn La"),
        ("do Chi cục Kiểm lâm phát hiện", "Chi cục Kiểm lâm"),
        ("do Cục Thống kê Lê Văn Nam ký", "Cục Thống kê"),
        ("với Ban Dân vận Tỉnh ủy và các sở", "Ban Dân vận Tỉnh ủy"),
        ("với Ban Kinh tế - Ngân sách HĐND tỉnh thẩm tra", "Ban Kinh tế - Ngân sách HĐND tỉnh"),
        ("với Ban Chỉ đạo tỉnh Sơn La về chuyển đổi số", "Ban Chỉ đạo tỉnh Sơn La"),
    ],
)
def test_a_body_is_named_up_to_its_place(text, body):
    """Branch offices and boards go on with their place or committee, and not with a person's name."""
    assert re.search(BODY, text)[0] == body


@pytest.mark.parametrize(
    "text", ["Ban Bí thư", "Thủ tướng Chính phủ", "Văn phòng Chính phủ", "Tỉnh ủy Sơn La"]
)
def test_who_gives_out_documents_is_any_body_or_an_organ_of_party_or_state(text):
    """The organs stand beside the bodies in one definition."""
    assert re.fullmatch(ISSUER, text)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Kế hoạch số 12/KH-BCĐ của Ban Chỉ đạo tỉnh về du lịch cộng đồng", "Ban Chỉ đạo tỉnh"),
        ("Quyết định số 9/QĐ-BKHCN của Bộ Khoa học và Công nghệ", "Bộ Khoa học và Công nghệ"),
        ("Thông báo số 3/TB-CT của Cục Thuế tỉnh Sơn La", "Cục Thuế tỉnh Sơn La"),
        ("Kết luận số 7-KL/TW của Bộ Chính trị", "Bộ Chính trị"),
    ],
)
def test_a_document_has_the_issuer_that_is_named_after_it(text, issuer):
    """All that are known as bodies may issue one."""
    assert [mention.issuer for mention in find_documents(text)] == [issuer]
