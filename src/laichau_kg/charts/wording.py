"""What a chart says beside its figures, in both languages."""

from collections.abc import Mapping
from typing import Final

__all__ = ["MANY", "WORDS"]

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "vi": {
        "period": "Vạch ngang là thời kỳ.",
        "range": "Vạch đứng là khoảng giá trị.",
        "bound": "Mũi tên: con số là mức thấp nhất (lên) hoặc cao nhất (xuống).",
        "gap": "Đường nối chỉ có giữa các con số so sánh được của các kỳ liền nhau.",
        "days": "trong ngày",
        "months": "{count} tháng",
        "years": "cộng dồn {count} năm",
        "base": "so với {base}",
        "times": "{figure} (×{count})",
        "source": "Nguồn: ",
        "more": "và {count} bài khác",
        "summary": "Biểu đồ có {count} con số, từ {first} đến {last}.",
        "data": "Số liệu: laichau-kg, CC BY 4.0",
    },
    "en": {
        "period": "A horizontal bar is the period.",
        "range": "A vertical bar is a range of values.",
        "bound": "An arrow: the figure is the least (up) or the most (down).",
        "gap": "A line joins only comparable figures of periods that follow each other.",
        "days": "of a day",
        "months": "{count} months",
        "years": "{count} years together",
        "base": "on {base}",
        "times": "{figure} (×{count})",
        "source": "Sources: ",
        "more": "and {count} more",
        "summary": "The chart has {count} figures, from {first} to {last}.",
        "data": "Data: laichau-kg, CC BY 4.0",
    },
}

MANY: Final[Mapping[str, str]] = {
    "collective or household": "collectives or households",
    "commune": "communes",
    "district": "districts",
    "group of targets": "groups of targets",
    "household": "households",
    "megawatt": "megawatts",
    "percentage point": "percentage points",
    "person": "people",
    "person-visit": "person-visits",
    "producing unit": "producing units",
    "product": "products",
    "project": "projects",
    "rank": "ranks",
    "target": "targets",
    "tonne": "tonnes",
    "US dollar": "US dollars",
    "village": "villages",
}
"""English units of more than one; Vietnamese has no plural, and other units have none."""
