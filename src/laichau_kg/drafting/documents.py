"""The grammar of documents: their numbers, their types, who issued them, and those known by a name alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from laichau_kg.drafting.bodies import ISSUER
from laichau_kg.drafting.words import UPPER, keys_of, one_line, stands_apart
from laichau_kg.text import Span

__all__ = ["DocumentMention", "find_documents"]

_TYPES = {
    "nghị quyết": "resolution", "quyết định": "decision", "kết luận": "conclusion", "kế hoạch": "plan",
    "công văn": "dispatch", "công điện": "dispatch", "đề án": "scheme", "luật": "law", "bộ luật": "law",
    "quy hoạch": "master-plan", "chương trình hành động": "programme",
    "chương trình": "programme", "dự toán": "budget-estimate",
    "văn kiện": "party-document", "chỉ thị": "", "thông báo": "", "nghị định": "",
    "thông tư": "", "tờ trình": "", "báo cáo": "", "hướng dẫn": "", "quy định": "", "văn bản": "",
    "pháp lệnh": "", "thông tri": "",
}  # fmt: skip
_CODES = {
    "NQ": "resolution", "QĐ": "decision", "KL": "conclusion", "KH": "plan", "ĐA": "scheme",
    "CTr": "programme", "CTHĐ": "programme", "CV": "dispatch", "CĐ": "dispatch", "QH": "law",
}  # fmt: skip
_PARTY = re.compile(r"/(?:TW|TƯ|T\.Ư|TU|VPTW|VPTU|HU|ThU|ĐU|BTCTW|UBKTTW|BCSĐ)\b")
_LETTERS = r"[A-ZĐƯ](?:[A-ZĐƯa-zư]{0,7})"
_NUMBER = re.compile(
    rf"(?<![\w/.-])\d{{1,5}}(?:\s?-\s?(?:{_LETTERS})(?:/{_LETTERS})+|/(?:(?:19"
    rf"|20)\d\d/)?(?:QH\d{{1,2}}|{_LETTERS}(?:\d{{1,2}})?)(?:\s?-\s?{_LETTERS})*)"
    r"(?![\w/])"
)
_NOT_A_NUMBER = re.compile(r"/(?:năm|người|hộ|tháng|ha|MW|kWh|USD|km|VND|VNĐ)\b", re.IGNORECASE)
_TYPE_WORDS = "|".join(sorted((re.escape(name) for name in _TYPES), key=len, reverse=True))
_TYPE_BEFORE = re.compile(rf"\b({_TYPE_WORDS})(?:\s+liên tịch)?(?:\s+số)?\s*:?\s*$", re.IGNORECASE)
_NO_BEFORE = re.compile(r"\b[Ss]ố\s*:?\s*$")
_BARE = re.compile(
    rf"\b({_TYPE_WORDS})\s+(?:số\s+(\d{{1,5}}[a-zA-Z]?)|(\d{{1,3}}[a-z]))(?![\w/-])", re.IGNORECASE
)
# A type and a bare number, "Đề án 06 của Chính phủ": only where nothing is counted.
_SHORT = re.compile(
    r"\b(Nghị quyết|Nghị định|Chỉ thị|Kết luận|Quyết định|Thông tư|Đề án)\s+(\d{1,4})()"
    r"(?=\s*[,.;:)](?!\d)|\s+(?:của|về|và|ngày)\b|\s*$)"
)
_ISSUED_BY = re.compile(rf"\s*(?:,?\s*ngày [\d/.-]+)?\s*,?\s*của\s+({ISSUER})")
_ISSUED_AT = re.compile(rf"\bcủa\s+({ISSUER})\s+tại\s*$")
_ABOUT = re.compile(r"\s*(?:của\s+[^,.;]{3,40}?)?\s*(?:về|v/v)\s+([^.;\"”)]{8,110})")
_YEARS = r"(?:19|20)\d\d(?:\s*[-–—]\s*(?:19|20)\d\d)?"
_STRETCH = (
    rf"(?:(?:trong\s+)?(?:giai đoạn|thời kỳ|nhiệm kỳ)\s+{_YEARS}|\d{{1,2}}\s+năm\s+{_YEARS}|năm\s+{_YEARS})"
)
_VIEW = r"(?:,\s*(?:có xét đến|tầm nhìn(?: đến)?|định hướng đến)(?:\s+năm)?\s+(?:19|20)\d\d)?"
# A name does not run over these words.
_STOP = (
    r"(?!\b(?:đã|đang|được|để|nhằm|theo|tại|trong đó|tiếp tục|phấn đấu|đạt"
    r"|sẽ|cần|do|đối với|gắn với|của|trong)\b)"
)
_FOR_YEARS = re.compile(
    rf"\b((?:[Nn]ghị quyết|[Qq]uyết định|[Kk]ế hoạch|[Đđ]ề án|[Qq]uy hoạch"
    rf"|[Cc]hương trình|[Dd]ự toán|[Vv]ăn kiện)\b"
    rf"(?:[\s,–-]+{_STOP}(?!(?:[Nn]ghị quyết|[Kk]ế hoạch|[Đđ]ề án|[Qq]uy"
    rf" hoạch|[Dd]ự toán|[Cc]hương trình|giai đoạn|thời kỳ|nhiệm kỳ)\b)[^\W\d_]+){{0,18}}?)"
    rf"\s*(\s{_STRETCH}){_VIEW}"
)
_SHARED_YEARS = re.compile(
    rf"\b((?:[Kk]ế hoạch|[Dd]ự toán)\b(?:[\s–-]+{_STOP}(?!(?:dự toán|năm|giai đoạn|và)\b)[^\W\d_]+){{1,10}})"
    rf"\s+và\s+(?=(?:dự toán|kế hoạch)\b[^.,;]{{0,60}}năm\s+(?:19|20)\d\d)"
)
_YEARS_AFTER = re.compile(rf"[^.,;]{{0,70}}?({_STRETCH})")
_PLAN_OF_YEARS = re.compile(r"\b[Kk]ế hoạch (?:5|10|3) năm\b(?!\s*\(?\s*(?:19|20)\d\d)")
_THEME = re.compile(
    rf"\b[Cc]huyên đề (?:toàn khóa|toàn khoá|năm (?:19|20)\d\d)|\b[Cc]hủ"
    rf" đề (?:công tác )?(?:của {ISSUER} )?năm (?:19|20)\d\d"
)
_AND_YEARS = re.compile(rf"\s+và\s+({_STRETCH})")
_OF_CONGRESS = re.compile(
    r"\b[Nn]ghị quyết\s+(?:của\s+)?Đại hội(?:\s+(?:Đảng bộ|đại biểu|Đảng"
    r"|toàn quốc|lần thứ [IVXLC]+|lần thứ \d+|của Đảng|tỉnh(?: [A-ZĐ][^\W\d_]+){0,3}"
    r"|huyện|thành phố|các cấp|nhiệm kỳ \d{4}\s*[-–]\s*\d{4})\b)*"
)
_LAW = re.compile(
    rf"\b(?:Bộ luật|Luật)\s+[{UPPER}][^\W\d_]*(?: (?!và các\b|và Luật\b"
    rf"|và Nghị\b)[^\W\d_]+){{0,7}}?(?=\s*[,.;:()]| và (?:các|Luật|Nghị)"
    rf"|\s+(?:số|năm|được|đã|có|quy định|về|cho)\b|$)"
)
_CALLED = re.compile(
    r"\b(?:Quyết định|Nghị quyết|Kế hoạch|Đề án|Chương trình|Quy hoạch)\s+(?:phê"
    r" duyệt|công nhận|ban hành|thành lập|phát triển|xây dựng|mở rộng|nâng"
    r" cao|chuyển đổi)\b[^.;:\n]{8,110}?(?=\s*[.;:\n]|\s+(?:đã|được|để"
    r"|nhằm|cho)\b)"
)
_PLAN_HANDED = re.compile(rf"\b[Dd]ự toán (?:(?:{ISSUER})|trung ương) giao\b")
_GROUP = re.compile(
    rf"\b(?:[Cc]ác|[Nn]hững)\s+(?:(?i:{_TYPE_WORDS}|chính sách|văn bản)(?:\s*,\s*"
    rf"|\s+và\s+)?)+(?:[^.,;:()]{{0,40}}?)\s+của\s+({ISSUER}(?:(?:,| và)"
    rf" {ISSUER})*)"
)
_TARGETS = re.compile(
    r"\b[Cc]ác chương trình mục tiêu quốc gia\b|\b[Cc]hương trình mục tiêu quốc gia\b(?! (?:xây|giảm|phát))"
)


_NAMES = (
    ("group", _GROUP),
    ("national-programmes", _TARGETS),
    ("congress", _OF_CONGRESS),
    ("handed-plan", _PLAN_HANDED),
    ("theme", _THEME),
    ("shared-years", _SHARED_YEARS),
    ("for-years", _FOR_YEARS),
    ("plan-of-years", _PLAN_OF_YEARS),
    ("law", _LAW),
    ("called", _CALLED),
)


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document where a text names it.

    *start* and *end* hold its number, or its name where it has none;
    *kind* is a code of the list of kinds, or empty where the list has none;
    *issuer* is what stands in the text, and only if it does.
    """

    start: int
    end: int
    kind: str
    rule: str
    type_word: str = ""
    number: str = ""
    name: str = ""
    title: str = ""
    issuer: str = ""
    issuer_at: Span | None = None
    about: Span | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """Tell documents apart: by number, else by their folded name."""
        return ("number", re.sub(r"\s", "", self.number)) if self.number else ("name", *keys_of(self.name))


def find_documents(text: str, start: int = 0, end: int | None = None) -> list[DocumentMention]:
    """Find every mention of a document, numbers first, then names, in the order of the text."""
    stop = len(text) if end is None else end
    found: list[DocumentMention] = []

    def free(span: tuple[int, int]) -> bool:
        return stands_apart(*span, found)

    numbers = (_numbered(text, number, start) for number in _NUMBER.finditer(text, start, stop))
    found += [mention for mention in numbers if mention]
    for bare in (*_BARE.finditer(text, start, stop), *_SHORT.finditer(text, start, stop)):
        group = 2 if bare[2] else 3
        if free(bare.span(group)) and not re.match(
            r"\s*(?:%|xã|huyện|dự án|[a-zà-ỹ]+ năm)", text[bare.end() :]
        ):
            kind = _TYPES[bare[1].casefold()]
            issuer = _ISSUED_BY.match(text, bare.end())
            found.append(
                DocumentMention(
                    bare.start(group), bare.end(group), kind, "bare-number", bare[1].casefold(), bare[group],
                    bare[0], "", issuer[1] if issuer else "", Span(*issuer.span(1)) if issuer else None,
                )
            )  # fmt: skip
    for rule, pattern in _NAMES:
        for named in pattern.finditer(text, start, stop):
            span = named.span(1) if rule == "shared-years" else named.span()
            if free(span):
                found += _named(text, rule, named, span)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _numbered(text: str, number: re.Match[str], floor: int) -> DocumentMention | None:
    if _NOT_A_NUMBER.search(number[0]):
        return None
    before = _TYPE_BEFORE.search(text, max(floor, number.start() - 32), number.start())
    if not before and not _NO_BEFORE.search(text, max(floor, number.start() - 8), number.start()):
        codes = re.findall(r"[A-ZĐƯ][A-Za-zĐƯ]*", number[0])
        if not codes or (
            codes[0] not in _CODES
            and not _PARTY.search(number[0])
            and not re.match(r"(?:UBND|HĐND)", codes[0])
        ):
            return None
    word = before[1].casefold() if before else ""
    issuer = _ISSUED_BY.match(text, number.end())
    earlier = _ISSUED_AT.search(
        text, max(floor, number.start() - 110), before.start() if before else number.start()
    )
    by = issuer or earlier
    about = _ABOUT.match(text, number.end())
    return DocumentMention(
        number.start(), number.end(), _kind_of(word, number[0]), "number", word, number[0],
        text[before.start() : number.end()] if before else number[0],
        about[1].strip() if about else "", by[1] if by else "", Span(*by.span(1)) if by else None,
        Span(*about.span(1)) if about else None,
    )  # fmt: skip


def _kind_of(word: str, number: str) -> str:
    if word and _TYPES.get(word):
        return _TYPES[word]
    if word == "quy định":  # its code QĐ is that of decisions too
        return "party-document" if _PARTY.search(number) else ""
    codes = re.findall(r"[A-ZĐƯ][A-Za-zĐƯ]*", number)
    for code in codes:
        if code in _CODES:
            return _CODES[code]
    if codes and re.match(r"(?:UBND|HĐND)", codes[0]):
        return "dispatch"
    return "party-document" if _PARTY.search(number) else ""


def _named(text: str, rule: str, found: re.Match[str], span: tuple[int, int]) -> Sequence[DocumentMention]:
    name = one_line(text[span[0] : span[1]]).strip(" ,")
    end = span[0] + len(text[span[0] : span[1]].rstrip(" ,"))
    lowered = name.casefold()
    word = next((word for word in sorted(_TYPES, key=len, reverse=True) if lowered.startswith(word)), "")
    if rule == "national-programmes":
        return [DocumentMention(span[0], end, "document-group", rule, "", "", name)]
    if rule == "group":
        what = text[span[0] : found.start(1)].rstrip()
        return [
            DocumentMention(
                span[0], found.start(1) + body.end(), "document-group", rule, name=f"{what} {body[0]}",
                issuer=body[0], issuer_at=Span(found.start(1) + body.start(), found.start(1) + body.end()),
            )
            for body in re.finditer(ISSUER, found[1])
        ]  # fmt: skip
    issuer = _ISSUED_BY.match(text, end)
    if rule == "shared-years" and (years := _YEARS_AFTER.match(text, end)):
        name = f"{name} {re.sub(r'[ ]+', ' ', years[1])}"
    base = DocumentMention(
        span[0], end, "party-document" if rule == "theme" else _TYPES.get(word, ""), rule, word, "", name,
        name if rule == "for-years" else "",
        issuer[1] if issuer else "", Span(*issuer.span(1)) if issuer else None,
    )  # fmt: skip
    if rule != "for-years":
        return [base]
    more = _AND_YEARS.match(text, end)
    if not more:
        return [base]
    second = one_line(f"{found[1]} {more[1]}").strip()
    return [base, DocumentMention(more.start(1), more.end(1), base.kind, "and-years", word, "", second)]
