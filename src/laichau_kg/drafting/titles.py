"""The grammar of titles: where a title begins, and where the name of its body ends."""

import re
from dataclasses import dataclass

from laichau_kg.drafting.bodies import RANK, SECTOR
from laichau_kg.drafting.names import CAPITALS, is_place, split_name
from laichau_kg.drafting.words import UPPER, one_line

__all__ = ["HEAD", "NamedTitle", "find_titles", "title_end"]

# Posts, each with what may follow it; "Phó" and "Tổng" may stand before, and then a small letter begins it.
_POSTS = (
    ("Bí", r" thư(?:\s+Thường trực)?"), ("Chủ", r" tịch(?:\s+Thường trực)?"), ("Giám", " đốc"),
    ("Chủ", " nhiệm"), ("Chánh", " [Vv]ăn phòng"), ("Chánh", " án"), ("Chánh", " [Tt]hanh tra"),
    ("Viện", " trưởng"), ("Cục", " trưởng"), ("Chi", " cục trưởng"), ("Vụ", " trưởng"), ("Thủ", " tướng"),
    ("Chỉ", " huy trưởng"), ("Tham", " mưu trưởng"), ("Hiệu", " trưởng"), ("Biên", " tập"), ("Tư", " lệnh"),
    ("Trưởng", " [Bb]an"), ("Trưởng", " [Pp]hòng"), ("Trưởng", " Công an"), ("Trưởng", " Tiểu ban"),
    ("Trưởng", r" [Đđ]oàn(?=\s+(?:chuyên trách\s+)?(?:[Đđ]ại biểu|ĐBQH|Đoàn))"),
    ("Tổ", r" trưởng(?=\s+[Tt]ổ\b)"),
    ("Chính", " [uủ][ỷy]"), ("Tỉnh", " trưởng"), ("Thị", " trưởng"), ("Đô", " trưởng"), ("Đồn", " trưởng"),
    ("Thư", " ký"), ("Lãnh", " sự(?! quán)"),
)  # fmt: skip
_POST = "|".join(f"{first}{rest}" for first, rest in _POSTS)
_LATER = "|".join(f"[{first[0]}{first[0].lower()}]{first[1:]}{rest}" for first, rest in _POSTS)
HEAD = re.compile(
    r"\b(?:(?:Quyền|Nguyên|nguyên|Tân|tân)\s+)?(?:"
    rf"(?:Phó|(?<=[Cc]ác )phó)\s+(?:[Tt]ổng\s+)?(?:{_LATER})|Tổng\s+(?:{_LATER}|cục trưởng)|(?:{_POST})"
    rf"|(?:(?<=, )|(?<=[–-] ))(?:phó\s+)?(?:chủ tịch|bí thư|giám đốc)(?=\s+(?:[{UPPER}]|tỉnh ủy|huyện ủy))"
    r"|Bộ trưởng|Thứ trưởng|Tổng Tham mưu trưởng|Tổng [Tt]hanh tra|Thống đốc|Đại sứ(?! quán)"
    r"|Thường trực Ban Bí thư"
    r"|[ỦU][yỷ]\s+viên(?:\s+(?:[Dd]ự khuyết|[Cc]hính thức|[Tt]hường trực|[Tt]hường vụ))?"
    r"(?=\s+(?:Ban|BTV|BCH|Trung ương|T\.?Ư|TW|Bộ Chính trị|[ỦU][yỷ] ban|UBND|[Tt]hường vụ"
    r"|(?:Tỉnh|Huyện|Thành) [uủ][ỷy]))"
    r"|(?<=[–,-] )Thường vụ(?=\s+(?:Tỉnh|Huyện|Thành) [uủ][ỷy]\s*[,–-])"
    r"|UV\s?BTV|UV\s?BCH|UVT\.?Ư|UVTW|(?:Tỉnh|Thành|Huyện|Đảng)\s+[UuỦủ][ỷy] viên"
    r"|ĐBQH|[Đđ]ại biểu Quốc hội(?=\s+(?:tỉnh|khóa|khoá|đơn vị))"
    r")"
)
_STANDING = re.compile(r"\s+[Tt]hường trực\b(?!\s+(?:Tỉnh|Huyện))")
_WORD = re.compile(
    r"[\s\u00a0]+((?:&\s+)?[^\W\d_]+(?:[.'’&][^\W\d_]+)*"
    r"|(?<=khu )\d+|(?<=đoàn )\d+|(?<=dự án )\d+|(?<=số )\d+)"
)
_WHOLE = re.compile(rf"[\s\u00a0]+(?:Sở|Bộ|Phòng)[\s\u00a0]+{SECTOR}(?![^\W\d_])")
# A dash, or a comma before "và", inside an office's name: "Ban Kinh tế - Ngân sách", "Văn hóa, Xã hội và …".
_WITHIN = re.compile(
    rf"(?<=[^\W\d_])\s*[-–]\s*(?=[{UPPER}][^\W\d_]+\s+[^\W\d_{UPPER}])"
    rf"|,(?=\s+[{UPPER}][^\W\d_]+(?:\s+[^\W\d_{UPPER}][^\W\d_]*){{1,2}}\s+và\s+[{UPPER}])"
)
_RANKED = re.compile(rf"{RANK}(?=[{UPPER}])")
_ABROAD = re.compile(r"(?:Đại sứ|[Ll]ãnh sự)$")  # "Đại sứ … tại Việt Nam"
_OF_DELEGATION = re.compile(r"[Đđ]oàn\s+$")
_OFFICE = re.compile(r"\b(?:Ban|[ỦU][yỷ] ban|Văn phòng|Hội|Sở|Phòng|Vụ|Bộ)\b")
_LEVEL_ENDS = frozenset({"tỉnh", "huyện", "xã", "phường", "phố", "trấn"})
_GOES_ON = frozenset({"ủy", "uỷ", "đoàn", "đội", "hội", "khóa", "khoá", "nhiệm", "phố", "xã", "trấn", "và"})
_STOPS = re.compile(
    r"(?:(?<!danh )dự(?! khuyết| án)|đã|làm|cùng|trao|tặng|cho|có|là|trong|tại|đến"
    r"|thăm|chúc|sẽ|cũng|nói|nêu|với|vừa|của|về|được|bày|đi|xem"
    r"|cần|phải|ký|phát biểu|nhấn mạnh|cảm ơn|chỉ đạo|đề nghị|yêu cầu|kết"
    r" luận|báo cáo|khẳng định|đánh giá|ghi nhận|biểu dương"
    r"|thay mặt|trình bày|giới thiệu|mong muốn|thống nhất|phê duyệt|ban"
    r" hành|giao nhiệm|thừa ủy|gửi lời|khảo sát|tham dự|tham gia"
    r"|quan tâm|chủ trì|trực tiếp|tiếp tục|tiếp đoàn|chia sẻ|động viên"
    r"|dâng hương|cắt băng|phân công|kêu gọi|lưu ý|tin tưởng"
    r"|chứng kiến|đồng chủ|đồng thời|đồng chí|tham luận|giải đáp|trả lời"
    r"|tiếp thu|tiếp và|thông báo|quán triệt|dẫn đầu|cam kết|hứa|kiến nghị|đề xuất|tiếp(?! cận| thị)"
    r"|đón|hội kiến|gửi|thông qua|ghi nhận|chúc mừng|chúc|giao|thông tin|ân cần|tặng|viếng|bị|vì|thì|mà|để"
    r"|khi"
    r"|do|giữ|nhận|nghe|vào|lên|tới|gồm|nêu|chứng|tổ chức|chân thành|trân trọng|hoan nghênh"
    r"|(?<![Bb]an )kiểm tra|huy động|thăm hỏi|dâng hoa|cắm|gợi mở|định hướng|giải trình"
    r"|hy vọng|tán thành|đồng tình|đồng ý|nhất trí|cũng như)(?![^\W\d_])"
)
_LONGEST = 14
_AND_ON = re.compile(rf"\s+và\s+[{UPPER}][^\W\d_]*")


@dataclass(frozen=True, slots=True)
class NamedTitle:
    """A title as it is written; *past* where it is called former."""

    start: int
    end: int
    text: str
    past: bool = False


def find_titles(text: str, start: int = 0, end: int | None = None) -> list[NamedTitle]:
    """Find every title: from its first word to the last word of its body, a name that follows left out."""
    stop = len(text) if end is None else end
    titles: list[NamedTitle] = []
    at = start
    while head := HEAD.search(text, at, stop):
        finish = title_end(text, head.end(), stop)
        word = head[0].split()[0]
        begin = head.start()
        past = word.casefold() == "nguyên"
        if word in {"Nguyên", "nguyên", "Tân", "tân"}:
            begin += len(word) + 1
        titles.append(NamedTitle(begin, finish, one_line(text[begin:finish]), past))
        at = max(finish, head.end())
    return titles


def title_end(text: str, at: int, stop: int) -> int:
    """Follow a title's body word by word: to a sign, a verb, a person's name or the next title."""
    standing = _STANDING.match(text, at)
    begin = end = at = standing.end() if standing else at
    for _ in range(_LONGEST):
        if whole := _WHOLE.match(text, at, stop):
            end = at = whole.end()
            continue
        word = _WORD.match(text, at, stop) or _word_within(text, begin, at, stop)
        if not word or _ends_before(text, word, begin, at, stop):
            break
        if word[1][0].isupper():
            run = CAPITALS.match(text, word.start(1), stop)
            name = _name_in(text, word.start(1), run[0]) if run else None
            if run and name is not None:
                cut = run.start() + name
                return at + len(text[at:cut].rstrip()) if name else end
            if run and run.end() >= word.end(1):  # else it is shortened: "T.Ư"
                end = at = run.end()
                continue
        end = at = word.end()
    return end


def _word_within(text: str, begin: int, at: int, stop: int) -> re.Match[str] | None:
    """Find the word after a sign that stands inside the name of an office."""
    within = _WITHIN.match(text, at, stop) if _OFFICE.search(text, max(0, begin - 8), at) else None
    if not within or _next_is_other(text, within.end(), stop):
        return None
    return _WORD.match(text, within.end() - (text[within.end() - 1] == " "), stop)


def _ends_before(text: str, word: re.Match[str], begin: int, at: int, stop: int) -> bool:
    """Say whether a title ends before a word: a verb, a rank, another title, what goes on with no body."""
    if word[1] == "tại" and _ABROAD.search(text, max(0, begin - 12), begin):
        return False
    if _STOPS.match(text, word.start(1), stop) or _RANKED.match(text, word.start(1), stop):
        return True
    if word[1] == "và":
        after = word.end() + 1
        run = CAPITALS.match(text, after, stop)
        if HEAD.match(text, after) or _RANKED.match(text, after) or (run and split_name(run[0]) == 0):
            return True
        return not _AND_ON.match(text, at, stop)
    if word[1][0].islower():
        return _is_closed(text, begin, at, word[1])
    is_title = HEAD.match(text, word.start(1)) and not _OF_DELEGATION.search(
        text, max(0, at - 8), word.start(1)
    )
    return bool(is_title)


def _next_is_other(text: str, at: int, stop: int) -> bool:
    """Say whether after a sign inside a title another title, or a person, comes."""
    bare = re.compile(r"\s*").match(text, at)
    at = bare.end() if bare else at
    run = CAPITALS.match(text, at, stop)
    return bool(HEAD.match(text, at, stop) or (run and split_name(run[0]) is not None))


def _is_closed(text: str, begin: int, at: int, word: str) -> bool:
    """Say whether a body's name is complete before a small word: "UBND tỉnh | cảm ơn"."""
    before = text[begin:at].split()
    if not before or word in _GOES_ON:
        return False
    if before[-1].casefold() in _LEVEL_ENDS:
        return len(before) > 1
    return before[-1] in {"ủy", "uỷ"} and before[-2:-1] in (["Tỉnh"], ["Huyện"], ["Thành"]) and word != "viên"


def _name_in(text: str, at: int, run: str) -> int | None:
    """Find a person's name in a run of capitals, past the name of a place that belongs to the title."""
    words = run.split()
    if _after_level(text, at) and len(words) > 3:  # noqa: PLR2004 - a place and a name
        for skip in (2, 1, 3):
            rest = " ".join(words[skip:])
            if split_name(rest) == 0:
                return len(run) - len(rest)
    return None if _in_place(text, at, run) else split_name(run)


def _after_level(text: str, at: int) -> bool:
    before = text[max(0, at - 12) : at].rstrip().casefold()
    return before.endswith(("huyện", "thị xã", "xã", "phường", "thành phố", "huyện ủy", "huyện uỷ"))


def _in_place(text: str, at: int, run: str) -> bool:
    """Say whether a capitalised run names a place after all: "huyện Mường Tè", "tỉnh Sơn La"."""
    return (run.count(" ") <= 1 and _after_level(text, at)) or is_place(run)
