"""Names of persons and provinces: what a capitalised run is, and where a name begins in it."""

import re

from laichau_kg.drafting.words import UPPER, keys_of

__all__ = ["CAPITALS", "NAME", "PROVINCES", "is_place", "province_of", "province_of_site", "split_name"]

_SURNAMES = frozenset(
    """
    Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lí Đinh Mai Trịnh Đoàn Đào Tô
    Tạ Lương Phùng Kiều Cao Thái Lưu Triệu Quách La Nông Bế Hứa Đàm Ma Đèo Bạc Cầm Lường Vì Vi Hờ Giàng
    Tống Chu Hà Vừ Sùng Lò Lù Lầu Thào Mùa Hạng Vàng Tẩn Phàn Cà Quàng Tòng Điêu Khoàng Pờ Lỳ Ly Má Cứ
    Tráng Cư Chảo Chẻo Lìn Thùng Vương Từ Tăng Tôn Trương Trang Ninh Nghiêm Khuất Khổng Hán Đồng Đường
    Doãn Diệp Châu Cung Cù Bành Âu Viên Uông Thạch Kim Lâm Lục Lã Lại Mạc Mông Mùi Nhữ Phí Sử Tiêu Tưởng
    Ứng Vân Viêm Giáp Hạ Hầu Vù Ksor Rơ Siu Rah Nay Rơchâm Kpă Thân Tao Thiều Chương Chẩu Đới Bàn Mã Sin
    Sình Seo Xồng Đao Ka Sèn Chang Cháng Lồ Lừu Hảng Lèng Moong Lô Kha Lữ Lự Cụt Khà Niê Êban Mlô Byă Ayun
    Kbuôr Knul Puih Rmah Rơmah Alăng Arất Bríu Zơrâm Danh
    """.split()  # noqa: SIM905 - a list would be a page long
)
PROVINCES = tuple(
    name.strip()
    for name in """
    An Giang, Bà Rịa - Vũng Tàu, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định, Bình Dương,
    Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai,
    Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ
    Chí Minh, Huế, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long
    An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi,
    Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên
    Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
    """.replace("\n", " ").split(",")
)
_COUNTRIES = frozenset({"Hà Lan", "Mông Cổ", "Thái Lan"})  # those that begin with a surname
_PROVINCE_KEYS = {keys_of(name): name for name in PROVINCES}
_WORD = rf"[{UPPER}][^\W\d_]*(?:['’ʼ][^\W\d_]+)?"  # H'Yim, K’Muôi
# Foreign names are joined by hyphens, and a title may be put so after a name: "Lê Văn Nam-Chủ tịch".
_JOINED = (
    rf"{_WORD}(?:-(?!Phó|Chủ|Bí|Giám|Trưởng|Ủy|Uỷ|UV|Bộ|Thứ|Chánh|Viện|Cục|Vụ|Tổng|Đại|Tỉnh|Huyện){_WORD})*"
)
CAPITALS = re.compile(rf"{_JOINED}(?:[ \u00a0]{_JOINED})*")
NAME = re.compile(rf"{_WORD}(?:[ \u00a0-]{_WORD}){{1,5}}")
# Names of the Central Highlands begin with a mark of the sex and have no surname.
_MARKED = re.compile(r"(?:Y|[HK]['’ʼ][^\W\d_]+|Ama)$")
_LONGEST = 4
_LONGEST_MARKED = 6


def is_place(name: str) -> bool:
    """Say whether a name is a province's."""
    return keys_of(name) in _PROVINCE_KEYS


def split_name(run: str) -> int | None:
    """Find where a person's name begins in a run of capitalised words, or None where there is none.

    It begins at the first surname from which two to four words are left, not counting a province's name.

    >>> split_name("Lai Châu Trần Tiến Dũng")
    9
    >>> split_name("Hà Giang") is None
    True
    """
    words = list(re.finditer(_WORD, run))
    if not run.isupper() and any(len(word[0]) > 1 and word[0].isupper() for word in words):
        return None  # an abbreviation of a body
    if words and _MARKED.match(words[0][0]) and 2 <= len(words) <= _LONGEST_MARKED:  # noqa: PLR2004 - as below
        return 0
    after_place = words[2:] if len(words) > 3 and is_place(run[: words[1].end()]) else []  # noqa: PLR2004
    if after_place and after_place[0][0] in _SURNAMES and len(after_place) <= _LONGEST:
        return after_place[0].start()
    for at, word in enumerate(words):
        left = words[at:]
        rest = run[word.start() :]
        if len(left) < 2:  # noqa: PLR2004 - a name has two words at least
            return None
        if (
            len(left) <= _LONGEST + 1
            and word[0] in _SURNAMES
            and not is_place(rest)
            and rest not in _COUNTRIES
        ):
            if len(left) == _LONGEST + 1 and any(other[0] in _SURNAMES for other in left[1:3]):
                continue
            if at == 0 and len(left) > 3 and is_place(run[: left[1].end()]):  # noqa: PLR2004
                continue
            return word.start()
    return None


def province_of_site(site: str) -> str:
    """Give the province whose name an address on the web begins with: ``laichau.gov.vn``, ``baolaichau.vn``.

    >>> province_of_site("baolaichau.vn")
    'Lai Châu'
    """
    for part in site.casefold().split("."):
        for keys, name in _PROVINCE_KEYS.items():
            if part.removeprefix("bao") == "".join(keys):
                return name
    return ""


def province_of(text: str) -> str:
    """Give the province a text speaks of most, by name; the first of equals."""
    counts: dict[str, list[int]] = {}
    for found in re.finditer(rf"\b(?:[Tt]ỉnh|TỈNH) ({_WORD} {_WORD})", text):
        name = _PROVINCE_KEYS.get(keys_of(found[1]))
        if name:
            counts.setdefault(name, []).append(found.start())
    if not counts:
        for name in PROVINCES:
            written = f"{re.escape(name)}|{re.escape(name.upper())}"
            places = [found.start() for found in re.finditer(rf"\b(?:{written})\b", text)]
            if places:
                counts[name] = places
    return min(counts, key=lambda name: (-len(counts[name]), counts[name][0])) if counts else ""
