"""English labels for bodies and posts that are named in the usual ways: proposals for the record keeper."""

import re

from laichau_kg.drafting.bodies import SECTOR

__all__ = ["english_body", "english_place", "english_post"]

_LEVELS = {
    "tỉnh": "{} province", "huyện": "{} district", "thành phố": "{} city", "thị xã": "{} town",
    "xã": "{} commune", "phường": "{} ward", "thị trấn": "{} township",
}  # fmt: skip
_OF_LEVEL = {
    "Ủy ban nhân dân": "People's Committee", "Hội đồng nhân dân": "People's Council",
    "Ủy ban Mặt trận Tổ quốc": "Fatherland Front Committee", "Công an": "Police", "Thanh tra": "Inspectorate",
    "Bộ Chỉ huy Quân sự": "Military Command", "Ban Chỉ huy Quân sự": "Military Command",
    "Bộ Chỉ huy Bộ đội Biên phòng": "Border Guard Command", "Đảng bộ": "Party organization",
    "Liên đoàn Lao động": "Confederation of Labour", "Hội Nông dân": "Farmers' Union",
    "Hội Liên hiệp Phụ nữ": "Women's Union", "Hội Cựu chiến binh": "Veterans' Association",
    "Hội Chữ thập đỏ": "Red Cross Society", "Tòa án nhân dân": "People's Court",
    "Viện Kiểm sát nhân dân": "People's Procuracy", "Chính quyền": "Authorities",
    "Liên minh Hợp tác xã": "Cooperative Alliance", "Liên minh HTX": "Cooperative Alliance",
    "Cục Thống kê": "Statistics Office", "Chi cục Thống kê": "Statistics Office",
    "Cục Thuế": "Tax Department", "Cục Hải quan": "Customs Department",
    "Cục Quản lý thị trường": "Market Surveillance Department",
    "Cục Thi hành án dân sự": "Civil Judgment Enforcement Department",
    "Chi cục Kiểm lâm": "Forest Protection Department", "Kho bạc Nhà nước": "State Treasury",
}  # fmt: skip
_WITHIN = {
    "Ban Thường vụ": "Standing Committee", "Ban Chấp hành": "Executive Committee",
    "Thường trực": "Permanent Standing Board", "Ủy ban Kiểm tra": "Inspection Commission",
    "Ban Tổ chức": "Organization Board",
    "Ban Tuyên giáo và Dân vận": "Propaganda and Mass Mobilization Board",
    "Ban Tuyên giáo": "Propaganda Board", "Ban Dân vận": "Mass Mobilization Board",
    "Ban Nội chính": "Internal Affairs Board", "Văn phòng": "Office",
    "Ban Kinh tế - Ngân sách": "Economic and Budget Board", "Ban Pháp chế": "Legal Board",
    "Ban Văn hóa - Xã hội": "Cultural and Social Board", "Ban Dân tộc": "Ethnic Affairs Board",
}  # fmt: skip
_CENTRAL = {
    "Ban Chấp hành Trung ương Đảng": "Party Central Committee", "Bộ Chính trị": "Politburo",
    "Ban Bí thư": "Secretariat of the Party Central Committee",
}  # fmt: skip
_COMMITTEES = {"Tỉnh": "Provincial", "Huyện": "District", "Thành": "City", "Thị": "Town"}
_SECTORS = {
    "Giao thông": "Transport", "Giao thông vận tải": "Transport", "Tài chính": "Finance",
    "Nông nghiệp và Phát triển nông thôn": "Agriculture and Rural Development",
    "Nông nghiệp và Môi trường": "Agriculture and Environment", "Nông nghiệp": "Agriculture",
    "Tài nguyên và Môi trường": "Natural Resources and Environment",
    "Kế hoạch và Đầu tư": "Planning and Investment", "Công thương": "Industry and Trade",
    "Xây dựng": "Construction", "Giáo dục và Đào tạo": "Education and Training", "Y tế": "Health",
    "Nội vụ": "Home Affairs", "Ngoại giao": "Foreign Affairs", "Ngoại vụ": "Foreign Affairs",
    "Tư pháp": "Justice", "Quốc phòng": "National Defence", "Công an": "Public Security",
    "Khoa học và Công nghệ": "Science and Technology", "Du lịch": "Tourism",
    "Thông tin và Truyền thông": "Information and Communications",
    "Văn hóa, Thể thao và Du lịch": "Culture, Sports and Tourism",
    "Lao động - Thương binh và Xã hội": "Labour, Invalids and Social Affairs",
    "Dân tộc và Tôn giáo": "Ethnic and Religious Affairs", "Dân tộc": "Ethnic Affairs",
}  # fmt: skip
_OFFICES = {"Bộ": "Ministry of {}", "Sở": "Department of {}", "Phòng": "Division of {}"}
_PLACE = r"(tỉnh|huyện|thành phố|thị xã|thị trấn|xã|phường)(?: (.+))?$"
_SECTOR = re.compile(rf"(Bộ|Sở|Phòng) ({SECTOR})(?: {_PLACE})?$")
_POSTS = (
    ("Phó Chủ tịch Thường trực", "Standing Vice Chairman of the {}"),
    ("Phó Chủ tịch", "Vice Chairman of the {}"),
    ("Chủ tịch", "Chairman of the {}"),
    ("Phó Bí thư Thường trực", "Standing Deputy Secretary of the {}"),
    ("Phó Bí thư", "Deputy Secretary of the {}"),
    ("Bí thư", "Secretary of the {}"),
    ("Phó Giám đốc", "Deputy Director of the {}"),
    ("Giám đốc", "Director of the {}"),
    ("Phó Chánh", "Deputy Chief of the {}"),
    ("Chánh", "Chief of the {}"),
    ("Ủy viên dự khuyết", "Alternate Member of the {}"),
    ("Ủy viên", "Member of the {}"),
    ("Phó Cục trưởng", "Deputy Director of the {}"),
    ("Cục trưởng", "Director of the {}"),
    ("Phó Chi cục trưởng", "Deputy Director of the {}"),
    ("Chi cục trưởng", "Director of the {}"),
    ("Phó Trưởng", "Deputy Head of the {}"),
    ("Trưởng", "Head of the {}"),
    ("Phó Chỉ huy trưởng", "Deputy Commander of the {}"),
    ("Chỉ huy trưởng", "Commander of the {}"),
    ("Phó Chính ủy", "Deputy Political Commissar of the {}"),
    ("Chính ủy", "Political Commissar of the {}"),
)
_MINISTERS = (("Bộ trưởng Bộ ", "Minister of {}"), ("Thứ trưởng Bộ ", "Deputy Minister of {}"))
_FIXED = {"Thủ tướng Chính phủ": "Prime Minister", "Phó Thủ tướng Chính phủ": "Deputy Prime Minister"}


def english_body(name: str) -> str:
    """Put the name of a body into English, or give nothing where it is built in no usual way.

    >>> english_body("Ban Thường vụ Huyện ủy Nậm Pồ")
    'Standing Committee of the Nậm Pồ District Party Committee'
    >>> english_body("Sở Tài chính tỉnh Sơn La")
    'Department of Finance of Sơn La province'
    >>> english_body("Câu lạc bộ Hoa Ban")
    ''
    """
    return _CENTRAL.get(name) or _built(name)


def _built(name: str) -> str:
    if sector := _SECTOR.match(name):
        place = f" of {_place(sector[3], sector[4] or '')}" if sector[3] else ""
        return _OFFICES[sector[1]].format(_sector(sector[2])) + place if _sector(sector[2]) else ""
    if found := re.match(r"(Tỉnh|Huyện|Thành|Thị) [uủ][ỷy](?: (.+))?$", name):
        return f"{found[2] or ''} {_COMMITTEES[found[1]]} Party Committee".strip()
    if found := re.match(rf"Đoàn đại biểu Quốc hội {_PLACE}", name):
        return f"{found[2]} delegation of National Assembly deputies" if found[2] else ""
    for vietnamese, english in sorted(_OF_LEVEL.items(), key=lambda pair: -len(pair[0])):
        if found := re.match(rf"{vietnamese} {_PLACE}", name, re.IGNORECASE):
            return f"{english} of {_place(found[1], found[2] or '')}"
    for vietnamese, english in sorted(_WITHIN.items(), key=lambda pair: -len(pair[0])):
        if name.casefold().startswith(f"{vietnamese} ".casefold()):
            whole = _built(name[len(vietnamese) + 1 :][:1].upper() + name[len(vietnamese) + 2 :])
            return f"{english} of the {whole}" if whole else ""
    return ""


def english_post(title: str) -> str:
    """Put a post's full title into English, or give nothing where it is built in no usual way.

    >>> english_post("Phó Giám đốc Công an tỉnh Điện Biên")
    'Deputy Director of the Police of Điện Biên province'
    >>> english_post("Thứ trưởng Bộ Tài chính")
    'Deputy Minister of Finance'
    """
    if title in _FIXED:
        return _FIXED[title]
    for start, english in _MINISTERS:
        if title.startswith(start) and (sector := _sector(title.removeprefix(start))):
            return english.format(sector)
    for start, english in _POSTS:
        if title.casefold().startswith(f"{start} ".casefold()):
            rest = title[len(start) + 1 :]
            body = english_body(rest[:1].upper() + rest[1:])
            return english.format(body) if body else ""
    return ""


def english_place(name: str) -> str:
    """Put the name of a place into English.

    >>> english_place("Huyện Đất Đỏ")
    'Đất Đỏ district'
    """
    found = re.match(_PLACE, name, re.IGNORECASE)
    return _place(found[1].casefold(), found[2] or "") if found else ""


def _place(level: str, name: str) -> str:
    return _LEVELS[level].format(name) if name else f"the {_LEVELS[level].format('').strip()}"


def _sector(name: str) -> str:
    plain = re.sub(r"\s*[–-]\s*", " - ", name) if name.startswith("Lao động") else name.replace(" & ", " và ")
    return next((english for known, english in _SECTORS.items() if known.casefold() == plain.casefold()), "")
