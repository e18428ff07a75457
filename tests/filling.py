"""A made-up article, and tables about it as a person fills them in."""

import csv

SLUG = "hoi-nghi-so-ket-6-thang-dau-nam-2025"
TEXT = (
    "Hội nghị sơ kết 6 tháng đầu năm 2025\n"
    "Sáng 10/7/2025, UBND tỉnh tổ chức Hội nghị sơ kết. "
    "Đồng chí Lê Văn Mới - Phó Chủ tịch UBND tỉnh chủ trì. "
    "Ước 6 tháng, thu ngân sách trên địa bàn đạt 1.406,5 tỷ đồng; tỷ lệ hộ nghèo còn 23,4%. "
    "Đề nghị các sở, ngành đẩy nhanh giải ngân vốn đầu tư công.\n"
)
FIGURE = {
    "indicator": "Tỷ lệ hộ nghèo",
    "area": "lai chau",
    "period": "6 tháng đầu năm 2025",
    "status": "estimate",
    "measure": "level",
    "value": "23,4",
    "unit": "percent",
    "bound": "exact",
    "quote": "23,4%",
}
TABLES = {
    "articles": [
        {
            "id": SLUG,
            "title": "Hội nghị sơ kết 6 tháng đầu năm 2025",
            "published": "10/7/2025",
            "label_en": "Half-year conference of 2025",
            "quote": "Hội nghị sơ kết 6 tháng đầu năm 2025",
        }
    ],
    "officials": [{"label_vi": "Lê Văn Mới", "label_en": "Lê Văn Mới"}],
    "attestations": [
        {
            "official": "le van moi",
            "post": "Phó Chủ tịch UBND tỉnh",
            "attested_on": "10/7/2025",
            "quote": "Lê Văn Mới",
            "more_evidence": "110-132",
        }
    ],
    "meetings": [
        {
            "id": "hoi-nghi",
            "label_vi": "Hội nghị sơ kết",
            "label_en": "Half-year conference",
            "kind": "Hội nghị",
            "date": "10/7/2025",
            "date_precision": "day",
            "part_of_day": "Buổi sáng",
            "organizer": "UBND tỉnh",
            "quote": "Sáng 10/7/2025",
        }
    ],
    "participations": [
        {"meeting": "hoi-nghi", "participant": "Lê Văn Mới", "role": "chair", "quote": "Lê Văn Mới"}
    ],
    "observations": [
        FIGURE,
        FIGURE
        | {
            "indicator": "thu-ngan-sach-tren-dia-ban",
            "value": " 1.406,5 ",
            "unit": "billion-vnd",
            "quote": "1.406,5 tỷ đồng",
        },
    ],
    "directives": [
        {
            "by": "Lê Văn Mới",
            "to": "",
            "topic": "Đầu tư; budget",
            "description_vi": "Các sở, ngành phải giải ngân nhanh hơn.",
            "description_en": "Departments must disburse faster.",
            "meeting": "hoi-nghi",
            "quote": "đẩy nhanh giải ngân vốn đầu tư công",
        }
    ],
}


def fill(folder, tables, *, delimiter=",", encoding="utf-8"):
    """Write tables, each a list of rows, to *folder* as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, columns, delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    return folder
