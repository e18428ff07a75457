import pytest

from laichau_kg.drafting.documents import find_documents

NUMBERED = {
    "Quyết định số 1585/QĐ-TTg của Thủ tướng Chính phủ": ("1585/QĐ-TTg", "decision", "Thủ tướng Chính phủ"),
    "Kế hoạch số 5370/KH-UBND": ("5370/KH-UBND", "plan", ""),
    "Công văn số 3841/UBND-TH": ("3841/UBND-TH", "dispatch", ""),
    "Nghị quyết 31/NQ-HĐND của HĐND tỉnh": ("31/NQ-HĐND", "resolution", "HĐND tỉnh"),
    "Nghị quyết số 67/2016/NQ-HĐND": ("67/2016/NQ-HĐND", "resolution", ""),
    "Luật số 72/2025/QH15": ("72/2025/QH15", "law", ""),
    "Nghị quyết số 57-NQ/TW của Bộ Chính trị": ("57-NQ/TW", "resolution", "Bộ Chính trị"),
    "Kết luận 21-KL/TW": ("21-KL/TW", "conclusion", ""),
    "Chỉ thị số 35-CT/TW": ("35-CT/TW", "party-document", ""),
    "Đề án 09-ĐA/TU": ("09-ĐA/TU", "scheme", ""),
    "Số 77-KH/TU": ("77-KH/TU", "plan", ""),
    "Nghị quyết số 19- NQ/TW": ("19- NQ/TW", "resolution", ""),
    "Quyết định số 1285": ("1285", "decision", ""),
    "Nghị quyết 30a": ("30a", "resolution", ""),
    "Đề án 06 của Chính phủ": ("06", "scheme", "Chính phủ"),
    "Chương trình hành động số 68-CTr/TU": ("68-CTr/TU", "programme", ""),
    "Thông tư 80/2021/TT-BTC của Bộ Tài chính": ("80/2021/TT-BTC", "", "Bộ Tài chính"),
    "Thông báo số 142/TB-VPCP của Văn phòng Chính phủ": ("142/TB-VPCP", "", "Văn phòng Chính phủ"),
    "Quy định số 144-QĐ/TW": ("144-QĐ/TW", "party-document", ""),
    "Chỉ thị số 05/CT-TTg": ("05/CT-TTg", "", ""),
}


@pytest.mark.parametrize("text", NUMBERED)
def test_a_number_tells_type_and_issuer(text):
    """State and Party numbers, with and without a year, are read; an issuer only where it is said."""
    mention = find_documents(text)[0]

    assert (mention.number, mention.kind, mention.issuer) == NUMBERED[text]


NAMED = {
    "theo Luật Đất đai, Luật Đầu tư công và các văn bản khác": [
        ("law", "Luật Đất đai"), ("law", "Luật Đầu tư công"),
    ],
    "theo Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV.": [
        ("resolution", "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV")
    ],
    "Kế hoạch phát triển nhà ở năm 2023 và năm 2024": [
        ("plan", "Kế hoạch phát triển nhà ở năm 2023"),
        ("plan", "Kế hoạch phát triển nhà ở năm 2024"),
    ],
    "Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050 đã được duyệt": [
        ("master-plan", "Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050")
    ],
    "các Nghị quyết, đề án của Tỉnh ủy, HĐND tỉnh": [
        ("document-group", "các Nghị quyết, đề án của Tỉnh ủy"),
        ("document-group", "các Nghị quyết, đề án của HĐND tỉnh"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_document_without_a_number_is_known_by_name(text):
    """Laws, congress resolutions and plans for some years are found by their names."""
    assert [(mention.kind, mention.name) for mention in find_documents(text)] == NAMED[text]


@pytest.mark.parametrize(
    "text", ["đạt 3,4%/năm", "38/94 xã", "ngày 19/6", "45,8 tỷ đồng/6.521 hộ", "bác sỹ/1 vạn dân"]
)
def test_what_is_no_document_is_left(text):
    """Rates, ratios and dates are no document numbers."""
    assert find_documents(text) == []
