"""The tables' columns: which there are, what they mean, what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["INPUT_ONLY", "LINES", "MANY", "NUMBERS", "TABLES", "WORDS", "Table"]

_FACT = ("id", "article", "source_file", "start", "end", "more_evidence")
_SURE = ("id", "article", "source_file", "start", "end")
_NAMED = ("slug", "label_vi", "label_en")
_STATEMENT = ("by", "to", "topic", "description_vi", "description_en", "meeting", "due", "answers")
_ARTICLE = {"article": ("articles", "id")}


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        name: Its file's stem, and its query's.
        kind: The kind of thing a row is about.
        title: What it holds, in English and Vietnamese.
        columns: Its columns, in order.
        required: Those that are never empty.
        key: Those that tell its rows apart.
        references: Column -> table and column that holds all its values.
        about: What follows the base of all things in the address of what a row is about; by default its
            kind and key.
    """

    name: str
    kind: str
    title: tuple[str, str]
    columns: tuple[str, ...]
    required: tuple[str, ...]
    key: tuple[str, ...] = ("id",)
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    about: str = ""


def _fact(
    name: str,
    kind: str,
    title: tuple[str, str],
    columns: tuple[str, ...],
    *,
    required: tuple[str, ...],
    references: Mapping[str, tuple[str, str]] | None = None,
) -> Table:
    to_others = {**_ARTICLE, **(references or {})}
    return Table(name, kind, title, _FACT + columns, _SURE + required, references=to_others)


def _register(
    name: str,
    kind: str,
    title: tuple[str, str],
    more: tuple[str, ...] = (),
    *,
    standard: tuple[str, ...] = ("slug", "label_vi", "label_en", "kind"),
    required: tuple[str, ...] = (),
    references: Mapping[str, tuple[str, str]] | None = None,
) -> Table:
    return Table(
        name,
        kind,
        title,
        standard + more,
        ("slug", "label_vi", "label_en", *required),
        ("slug",),
        references or {},
    )


def _statement(name: str, kind: str, title: tuple[str, str]) -> Table:
    required = ("topic", "description_vi", "description_en")
    return _fact(name, kind, title, _STATEMENT, required=required, references={"meeting": ("meetings", "id")})


TABLES = (
    Table(
        "articles",
        "article",
        ("The articles", "Các bài báo"),
        (*_FACT, "title", "site", "authors", "published", "length", "sha256", "label_vi", "label_en"),
        ("id", "article", "source_file", "length", "sha256"),
    ),
    _fact(
        "observations",
        "observation",
        ("Figures", "Số liệu"),
        (
            "indicator", "indicator_vi", "indicator_en", "area", "area_vi", "period_start", "period_end",
            "status", "measure", "value", "value_max", "unit", "unit_en", "multiplier", "bound", "base_start",
            "base_end", "total", "price_basis", "sector", "period", "base_period", "plan_issuer",
        ),
        required=(
            "indicator", "indicator_vi", "indicator_en", "area", "area_vi", "period_start", "period_end",
            "status", "measure", "value", "unit", "unit_en", "bound",
        ),
        references={
            "indicator": ("indicators", "slug"),
            "area": ("places", "slug"),
            "unit": ("units", "slug"),
            "period": ("periods", "slug"),
            "base_period": ("periods", "slug"),
            "plan_issuer": ("organizations", "slug"),
        },
    ),
    _fact(
        "attestations",
        "attestation",
        ("Who is shown in which post", "Ai được nêu giữ chức vụ nào"),
        (
            "official", "official_name", "post", "post_vi", "post_en", "organization", "organization_vi",
            "attested_on",
        ),
        required=(
            "official", "official_name", "post", "post_vi", "post_en", "organization", "organization_vi",
        ),
        references={
            "official": ("officials", "slug"),
            "post": ("posts", "slug"),
            "organization": ("organizations", "slug"),
        },
    ),
    _fact(
        "meetings",
        "meeting",
        ("Meetings", "Hội nghị, buổi làm việc"),
        (
            "label_vi", "label_en", "kind", "date", "date_precision", "part_of_day", "mode", "organizer",
            "place", "subject_vi", "subject_en", "period",
        ),
        required=("label_vi", "label_en", "kind"),
        references={
            "organizer": ("organizations", "slug"),
            "place": ("places", "slug"),
            "period": ("periods", "slug"),
        },
    ),
    _fact(
        "participations",
        "participation",
        ("Who took part in which meeting", "Ai dự hội nghị nào"),
        ("meeting", "participant", "participant_name", "role"),
        required=("meeting", "participant", "participant_name", "role"),
        references={"meeting": ("meetings", "id")},
    ),
    _fact(
        "documents",
        "citation",
        ("References to documents, one a row", "Các lần dẫn văn bản, mỗi dòng một lần"),
        ("document", "type", "number", "title_vi", "issuer", "date", "relation", "cited_by"),
        required=("document", "type", "relation"),
        references={"document": ("cited-documents", "slug")},
    ),
    _statement("directives", "directive", ("Tasks set", "Nhiệm vụ được giao")),
    _statement("recommendations", "recommendation", ("Requests", "Kiến nghị")),
    _statement("commitments", "commitment", ("Promises", "Cam kết")),
    _statement("goals", "goal", ("Aims without a figure", "Mục tiêu không kèm số liệu")),
    _statement("assessments", "assessment", ("Judgements of how things stand", "Nhận định, đánh giá")),
    _fact(
        "occurrences",
        "occurrence",
        ("Awards, gifts, visits, projects", "Trao tặng, thăm hỏi, công nhận, dự án"),
        (
            "kind", "label_vi", "label_en", "date", "amount", "unit", "by", "to", "period", "places",
            "meeting",
        ),
        required=("kind", "label_vi", "label_en"),
        references={
            "unit": ("units", "slug"),
            "period": ("periods", "slug"),
            "meeting": ("meetings", "id"),
        },
    ),
    _register("officials", "person", ("Officials", "Cán bộ"), ("name", "other_names_vi")),
    _register(
        "organizations",
        "organization",
        ("Bodies", "Cơ quan, tổ chức"),
        ("part_of", "jurisdiction", "other_names_vi"),
        references={"part_of": ("organizations", "slug"), "jurisdiction": ("places", "slug")},
    ),
    _register(
        "places",
        "place",
        ("Places", "Địa bàn"),
        ("part_of", "other_names_vi"),
        references={"part_of": ("places", "slug")},
    ),
    _register("indicators", "indicator", ("Indicators", "Chỉ tiêu")),
    _register("units", "unit", ("Units", "Đơn vị đo")),
    _register(
        "posts",
        "post",
        ("Posts", "Chức vụ"),
        ("organization", "other_names_vi"),
        standard=_NAMED,
        required=("organization",),
        references={"organization": ("organizations", "slug")},
    ),
    _register("authors", "author", ("Authors of articles", "Tác giả bài báo"), ("name",), standard=_NAMED),
    _register(
        "periods",
        "period",
        ("Periods", "Thời kỳ"),
        ("first_day", "last_day", "precision"),
        standard=_NAMED,
        required=("first_day", "last_day", "precision"),
    ),
    _register(
        "cited-documents",
        "document",
        ("The documents themselves", "Các văn bản được dẫn"),
        ("number", "title_vi", "issuer", "date", "other_names_vi"),
        required=("kind",),
    ),
    _fact(
        "groups",
        "group",
        ("Described groups of people", "Các nhóm người được mô tả"),
        ("label_vi", "label_en", "size", "member_of"),
        required=("label_vi", "label_en"),
        references={"member_of": ("organizations", "slug")},
    ),
    _fact(
        "omissions",
        "omission",
        ("What is left out on purpose", "Những phần chủ ý lược bỏ"),
        ("reason",),
        required=("reason",),
    ),
    Table(
        "evidence",
        "article",
        ("Spans of evidence", "Các đoạn làm căn cứ"),
        ("article", "start", "end", "exact", "sha256"),
        ("article", "start", "end", "sha256"),
        ("article", "start", "end"),
        _ARTICLE,
        "article/{article}#char={start},{end}",
    ),
    Table(
        "inferences",
        "thing",
        ("What is inferred, and from which words", "Điều được suy ra và căn cứ"),
        ("thing", "article", "inferred", "spans"),
        ("thing", "article", "inferred", "spans"),
        ("thing",),
        _ARTICLE,
        "{thing}",
    ),
    Table(
        "notes",
        "thing",
        ("Remarks and doubts", "Ghi chú, điểm còn nghi ngờ"),
        ("thing", "article", "language", "note"),
        ("thing", "language", "note"),
        ("thing", "article", "language", "note"),
        about="{thing}",
    ),
    Table(
        "further",
        "thing",
        ("What no other table holds", "Những điều không bảng nào khác có"),
        ("thing", "article", "property", "object", "object_type"),
        ("thing", "property", "object", "object_type"),
        ("thing", "article", "property", "object", "object_type"),
        about="{thing}",
    ),
)  # fmt: skip

MANY = frozenset({"answers", "authors", "by", "cited_by", "inferred", "places", "spans", "to", "topic"})
"""Columns whose cells hold several slugs, parted by spaces."""

LINES = frozenset({"other_names_vi"})
"""Columns whose cells hold several names, parted by "|"."""

INPUT_ONLY: Mapping[str, tuple[str, str]] = {
    "quote": (
        "The words that carry the fact, as the text has them; instead of start and end, with --text",
        "Câu chữ làm căn cứ, đúng như trong bài; thay cho start và end khi có --text",
    ),
}
"""Columns that a fact's table may have when it is read, and has not when it is written."""

NUMBERS: Mapping[str, str] = {
    "amount": "decimal",
    "attested_on": "date",
    "base_end": "date",
    "base_start": "date",
    "date": "date",
    "end": "nonNegativeInteger",
    "first_day": "date",
    "last_day": "date",
    "length": "nonNegativeInteger",
    "multiplier": "decimal",
    "period_end": "date",
    "period_start": "date",
    "published": "date",
    "size": "nonNegativeInteger",
    "start": "nonNegativeInteger",
    "total": "decimal",
    "value": "decimal",
    "value_max": "decimal",
}
"""The datatypes of columns that are no text."""

WORDS: Mapping[str, tuple[str, str]] = {
    "amount": ("How much, in the unit", "Số lượng, theo đơn vị"),
    "answers": ("The statements that this one answers", "Những phát biểu được trả lời"),
    "area": ("The place a figure is about", "Địa bàn của số liệu"),
    "area_vi": ("The place's Vietnamese name", "Tên tiếng Việt của địa bàn"),
    "article": ("The article that says so", "Bài báo nêu điều này"),
    "attested_on": ("The day on which the official is shown in the post", "Ngày được nêu giữ chức vụ"),
    "authors": ("Who wrote the article", "Tác giả bài báo"),
    "base_end": ("Last day of the period compared with", "Ngày cuối của thời kỳ so sánh"),
    "base_period": ("The period compared with, as a whole", "Thời kỳ so sánh"),
    "base_start": ("First day of the period compared with", "Ngày đầu của thời kỳ so sánh"),
    "bound": ("How exact the figure is", "Mức chính xác của số liệu"),
    "by": ("Who says or does it", "Bên nêu hoặc thực hiện"),
    "cited_by": ("The statements or meetings that refer to it", "Phát biểu hoặc hội nghị dẫn văn bản"),
    "date": ("The day", "Ngày"),
    "date_precision": ("How exact the date is", "Mức chính xác của ngày"),
    "description_en": ("What is said, in our words", "Nội dung bằng tiếng Anh, theo lời của dự án"),
    "description_vi": ("What is said, in our words, in Vietnamese", "Nội dung, theo lời của dự án"),
    "document": ("The document", "Văn bản"),
    "due": ("The period by whose end it is due", "Thời hạn"),
    "end": ("Where the main evidence ends in the text, exclusive", "Vị trí kết thúc của câu chữ làm căn cứ"),
    "exact": (
        "The words of the span, where it is a figure, date, name, title or number",
        "Câu chữ của đoạn, nếu là số liệu, ngày, tên, chức danh hoặc số hiệu",
    ),
    "first_day": ("The period's first day", "Ngày đầu của thời kỳ"),
    "id": ("The fact's or article's slug", "Mã của sự kiện hoặc bài báo"),
    "indicator": ("What is counted", "Chỉ tiêu"),
    "indicator_en": ("The indicator's English name", "Tên tiếng Anh của chỉ tiêu"),
    "indicator_vi": ("The indicator's Vietnamese name", "Tên tiếng Việt của chỉ tiêu"),
    "inferred": ("The columns whose values are inferred", "Các mục được suy ra"),
    "issuer": ("Who issued the document", "Cơ quan ban hành"),
    "jurisdiction": ("Where the body has its say", "Địa bàn phụ trách"),
    "kind": ("Of what kind it is", "Loại"),
    "label_en": ("English name", "Tên tiếng Anh"),
    "label_vi": ("Vietnamese name", "Tên tiếng Việt"),
    "language": ("vi or en", "vi hoặc en"),
    "last_day": ("The period's last day", "Ngày cuối của thời kỳ"),
    "length": ("The text's length in code points", "Độ dài văn bản, tính bằng ký tự"),
    "measure": ("How it is counted", "Cách đo"),
    "meeting": ("The meeting", "Hội nghị, buổi làm việc"),
    "member_of": ("The body the group belongs to", "Cơ quan của nhóm"),
    "mode": ("In person, online or both", "Trực tiếp, trực tuyến hoặc kết hợp"),
    "more_evidence": ("Further spans of evidence, start-end", "Các đoạn căn cứ khác, đầu-cuối"),
    "multiplier": ("How many base units one unit is", "Số đơn vị gốc trong một đơn vị"),
    "name": ("The name as it is written", "Họ tên"),
    "note": ("The remark", "Ghi chú"),
    "number": ("The document's number", "Số hiệu văn bản"),
    "object": ("The value", "Giá trị"),
    "object_type": (
        "iri, a language (@vi) or a datatype (xsd:date)",
        "iri, ngôn ngữ (@vi) hoặc kiểu dữ liệu (xsd:date)",
    ),
    "official": ("The official", "Cán bộ"),
    "official_name": ("The official's name", "Họ tên cán bộ"),
    "organization": ("The body the post belongs to", "Cơ quan có chức vụ"),
    "organization_vi": ("The body's Vietnamese name", "Tên tiếng Việt của cơ quan"),
    "organizer": ("Who called the meeting", "Đơn vị tổ chức"),
    "other_names_vi": ("Other Vietnamese names, parted by |", "Tên khác, cách nhau bằng dấu |"),
    "part_of": ("What it is a part of", "Trực thuộc"),
    "part_of_day": ("Morning, afternoon or evening", "Buổi"),
    "participant": ("Who took part: an official, a body or a described group", "Thành phần tham dự"),
    "participant_name": ("The participant's Vietnamese name", "Tên thành phần tham dự"),
    "period": ("The period, as a whole", "Thời kỳ"),
    "period_end": ("Last day of the period", "Ngày cuối của thời kỳ"),
    "period_start": ("First day of the period", "Ngày đầu của thời kỳ"),
    "place": ("Where", "Nơi"),
    "places": ("Where, if at one or more places", "Các địa điểm"),
    "plan_issuer": ("Whose plan a share refers to", "Cơ quan giao kế hoạch"),
    "post": ("The post", "Chức vụ"),
    "post_en": ("The post's English name", "Tên tiếng Anh của chức vụ"),
    "post_vi": ("The post's Vietnamese name", "Tên tiếng Việt của chức vụ"),
    "precision": ("What stretch of time it is", "Loại thời kỳ"),
    "price_basis": ("At which prices", "Giá so sánh hay giá hiện hành"),
    "property": ("The property, with its prefix", "Thuộc tính, kèm tiền tố"),
    "published": ("The day the article was published", "Ngày đăng"),
    "reason": ("Why it is left out", "Lý do lược bỏ"),
    "relation": ("How the document is referred to", "Quan hệ với văn bản"),
    "role": ("In which role", "Vai trò"),
    "sector": ("The economic sector", "Khu vực kinh tế"),
    "sha256": ("SHA-256 of the text's UTF-8 bytes", "SHA-256 của văn bản"),
    "site": ("The web site", "Trang tin"),
    "size": ("How many people", "Số người"),
    "slug": ("The last part of its address", "Phần cuối của địa chỉ"),
    "source_file": ("The file of the article's text", "Tệp văn bản của bài báo"),
    "spans": ("The spans it rests on, start-end", "Các đoạn căn cứ, đầu-cuối"),
    "start": (
        "Where the main evidence starts in the text, in code points",
        "Vị trí bắt đầu của câu chữ làm căn cứ",
    ),
    "status": ("Actual, estimate or target", "Thực hiện, ước tính hoặc mục tiêu"),
    "subject_en": ("What it is about, in our words", "Nội dung bằng tiếng Anh, theo lời của dự án"),
    "subject_vi": ("What it is about, in our words, in Vietnamese", "Nội dung, theo lời của dự án"),
    "thing": ("What the row is about: kind/slug", "Đối tượng: loại/mã"),
    "title": ("The article's own title", "Tiêu đề của bài báo"),
    "title_vi": ("The document's title", "Tên văn bản"),
    "to": ("To whom", "Bên nhận"),
    "topic": ("What it is about", "Chủ đề"),
    "total": ("The total of a ratio", "Tổng số của tỷ lệ"),
    "type": ("The document's type", "Loại văn bản"),
    "unit": ("The unit", "Đơn vị đo"),
    "unit_en": ("The unit's English name", "Tên tiếng Anh của đơn vị"),
    "value": ("The figure, as stated", "Giá trị, như bài nêu"),
    "value_max": ("The upper value of a range", "Giá trị trên của khoảng"),
}
"""Every column's meaning in English and Vietnamese."""
