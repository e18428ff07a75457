"""Which columns of an answer a reader is shown, and what they are called in both languages.

Only what people want to see is shown: a thing by its label, a fact by the
article and the words that carry it. The data forms have every column.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from laichau_kg.resolve import FACT_KINDS
from laichau_kg.terms import Iri, Term
from laichau_kg.vocab import ID

if TYPE_CHECKING:
    from laichau_kg.answers import Answer

__all__ = ["SOURCE", "heading", "shown_columns"]

SOURCE: Final = ("article", "articleLabel", "evidence", "quote")
"""What is shown together, as the source of a row."""

_SAID_BY_PERIOD: Final = ("firstDay", "lastDay")

_PARTS: Mapping[str, str] = {
    "acceptance": "lần nhận",
    "added": "thêm",
    "aim": "kết quả hay mục tiêu",
    "amount": "số lượng",
    "answer": "phần đáp lại",
    "answered": "đã đáp lại",
    "area": "địa bàn",
    "article": "bài báo",
    "articles": "số bài",
    "assessment": "nhận định",
    "attestation": "lần nêu chức vụ",
    "attested on": "ngày nêu",
    "author": "tác giả",
    "base period": "kỳ gốc",
    "base unit": "đơn vị gốc",
    "basis": "loại căn cứ",
    "bound": "mức chính xác",
    "by": "bên nêu",
    "change": "mức thay đổi",
    "changed": "sửa",
    "citation": "lần dẫn",
    "citations": "số lần dẫn",
    "cited by": "nơi dẫn",
    "cited by text": "nội dung nơi dẫn",
    "class": "loại",
    "commitment": "cam kết",
    "date": "ngày",
    "date precision": "độ chính xác của ngày",
    "description": "nội dung",
    "difference": "chênh lệch",
    "direction": "chiều",
    "directive": "chỉ đạo",
    "document": "văn bản",
    "due": "hạn",
    "end": "kết thúc",
    "evidence": "căn cứ",
    "event": "việc",
    "fact": "sự kiện",
    "figures": "số liệu",
    "first": "thứ nhất",
    "first day": "ngày đầu",
    "first seen": "nêu lần đầu",
    "goal": "mục tiêu",
    "id": "mã",
    "implied base": "mức gốc suy ra",
    "implied plan": "kế hoạch suy ra",
    "implied value": "giá trị suy ra",
    "indicator": "chỉ tiêu",
    "inferred": "được suy ra",
    "issuer": "cơ quan ban hành",
    "jurisdiction": "địa bàn phụ trách",
    "kind": "loại",
    "label": "tên",
    "last": "cuối",
    "last day": "ngày cuối",
    "last seen": "nêu lần cuối",
    "length": "độ dài",
    "level": "mức",
    "literal": "giá trị",
    "max": "đến",
    "measure": "cách đo",
    "meeting": "hội nghị",
    "member of": "thuộc",
    "mode": "hình thức",
    "multiplier": "hệ số quy đổi",
    "name": "tên",
    "nature": "bản chất",
    "note": "ghi chú",
    "number": "số hiệu",
    "observation": "số liệu",
    "occurrence": "việc",
    "official": "cán bộ",
    "organization": "cơ quan",
    "organizer": "đơn vị tổ chức",
    "other": "bên kia",
    "parameters": "tham số",
    "part of day": "buổi",
    "part of": "trực thuộc",
    "participant": "thành phần",
    "participation": "sự tham dự",
    "percent": "phần trăm",
    "percent reached": "phần trăm đạt",
    "period": "thời kỳ",
    "place": "nơi",
    "plan": "kế hoạch",
    "plan issuer": "cơ quan giao kế hoạch",
    "post": "chức vụ",
    "posts": "số chức vụ",
    "price basis": "loại giá",
    "program": "chương trình",
    "property": "thuộc tính",
    "published": "ngày đăng",
    "question": "câu hỏi",
    "quote": "trích dẫn",
    "ranks": "số bậc",
    "reached": "đạt",
    "reason": "lý do",
    "recommendation": "kiến nghị",
    "relation": "quan hệ",
    "removed": "bỏ",
    "report": "báo cáo",
    "request": "kiến nghị",
    "result": "kết quả",
    "role": "vai trò",
    "rules": "quy tắc",
    "second": "thứ hai",
    "sector": "khu vực",
    "share": "tỷ lệ",
    "site": "trang tin",
    "size": "số người",
    "source": "nguồn",
    "source file": "tệp nguồn",
    "start": "bắt đầu",
    "stated": "đã nêu",
    "stated base": "mức gốc đã nêu",
    "stated share": "tỷ lệ đã nêu",
    "statement": "phát biểu",
    "status": "trạng thái",
    "subject": "nội dung",
    "symbol": "ký hiệu",
    "target": "mục tiêu",
    "text": "nội dung",
    "thing": "đối tượng",
    "time": "lúc",
    "title": "tên",
    "to": "bên nhận",
    "topic": "chủ đề",
    "total": "tổng số",
    "unit": "đơn vị",
    "usual unit": "đơn vị thường dùng",
    "value": "giá trị",
    "value max": "đến",
    "what": "nội dung",
    "within rounding": "trong phạm vi làm tròn",
}


def heading(name: str, lang: str) -> str:
    """Write a column's name as a heading; in Vietnamese as far as it is known.

    A name of two known parts is put together in Vietnamese order.

    >>> heading("resultPeriodLabel", "en"), heading("resultPeriodLabel", "vi")
    ('result period', 'thời kỳ (kết quả)')
    """
    bare = name.removesuffix("Label") or name
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in bare)
    if lang != "vi":
        return words
    if words in _PARTS:
        return _PARTS[words]
    first, _, rest = words.partition(" ")
    return f"{_PARTS[rest]} ({_PARTS[first]})" if first in _PARTS and rest in _PARTS else words


def shown_columns(answer: "Answer") -> list[str]:
    """List the columns that a reader is shown, those of `SOURCE` aside where there is evidence.

    Labels stand in the place of what they name; the addresses of facts, hashes,
    and the days of a named period are left out.
    """
    return [name for name in answer.columns if _is_shown(name, answer)]


def _is_shown(name: str, answer: "Answer") -> bool:
    if "evidence" in answer.columns and name in SOURCE:
        return False
    if name == "sha256" or ("period" in answer.columns and name in _SAID_BY_PERIOD):
        return False
    if name.endswith("Label") and name.removesuffix("Label") in answer.columns:
        return False
    labelled = name + "Label" in answer.columns
    cells = [cell for cell in answer.column(name) if cell is not None]
    return labelled or not cells or not all(_is_fact(cell) for cell in cells)


def _is_fact(cell: Term) -> bool:
    return isinstance(cell, Iri) and cell.value.removeprefix(ID).partition("/")[0] in FACT_KINDS
