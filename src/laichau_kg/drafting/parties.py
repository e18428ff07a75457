"""Who speaks and who is spoken to: a person, a body, or a group that is only described."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from laichau_kg.drafting.bodies import BODY
from laichau_kg.drafting.posts import full_title
from laichau_kg.drafting.resolving import Resolved, Resolver
from laichau_kg.text import slugify

__all__ = ["Party", "kind_of_body", "party_of"]

_MANY = re.compile(
    r"\b(?:các|một số|những|mỗi|từng)\b|^(?:[Đđ]ại diện|[Ll]ãnh đạo|[Tt]hủ trưởng|[Cc]ử tri)\b"
)
_PLACE = re.compile(r"[Tt]ỉnh(?: \w+){0,3}$")
_BODY = re.compile(BODY)


_KINDS = (
    ("national-assembly-delegation", r"Đoàn đại biểu Quốc hội"),
    ("people-committee", r"Ủy ban nhân dân"),
    ("people-council", r"(?:Thường trực |Ban .* )?Hội đồng nhân dân"),
    ("front", r"Ủy ban Mặt trận Tổ quốc"),
    ("party-body", r"(?:.*\b)?(?:(?:Tỉnh|Huyện|Thành|Thị|Đảng) [uủ][ỷy]|Đảng bộ|Trung ương Đảng)\b"),
    ("party-body", r"Bộ Chính trị|Ban Bí thư"),
    ("enterprise", r"(?:Tổng [Cc]ông ty|Công ty|Tập đoàn|Ngân hàng|Hội đồng quản trị)\b"),
    ("association", r"(?:Hội|Hiệp hội|Liên minh|Liên hiệp|Liên đoàn)\b"),
    ("management-board", r"Ban [Qq]uản lý"),
    ("department", r"Sở\b"),
    (
        "agency",
        r"(?:Công an|Thanh tra|(?:Chi )?[Cc]ục|Tổng cục|Bộ [Cc]hỉ huy|Kho bạc|Tòa án|Viện [Kk]iểm sát)\b",
    ),
    ("ministry", r"Bộ\b"),
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in a statement: *kind* is ``person``, ``organization`` or ``group``."""

    kind: str
    thing: Resolved


def party_of(words: str, resolver: Resolver, held: Mapping[str, str]) -> Party:
    """Tell who is called so.

    Args:
        words: How the text calls it.
        resolver: Finds who is known.
        held: Who holds which post in this draft: names by the slugs of posts.
    """
    person = resolver.official(words)
    if person.known or person.slug in {slugify(name) for name in held.values()}:
        return Party("person", person)
    if holder := held.get(resolver.post(full_title(words, resolver.province)).slug):
        return Party("person", resolver.official(holder))
    body = resolver.organization(words)
    if body.known or _PLACE.fullmatch(words) or (_BODY.fullmatch(words) and not _MANY.search(words)):
        return Party("organization", body)
    return Party("group", Resolved(slugify(words), words, known=False))


def kind_of_body(name: str) -> str:
    """Tell by its full name of what kind a body is, or give nothing.

    >>> kind_of_body("Ban Thường vụ Tỉnh ủy Sơn La"), kind_of_body("Sở Y tế"), kind_of_body("Tổ công tác")
    ('party-body', 'department', '')
    """
    return next((kind for kind, pattern in _KINDS if re.match(pattern, name)), "")
