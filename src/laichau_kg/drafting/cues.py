"""The words around a figure that tell what it is: aims, estimates, moves, averages, shares of a plan."""

import re

__all__ = [
    "ALONE",
    "APART",
    "AT_CLAUSE",
    "AT_HEAD",
    "AVERAGE",
    "CONTRIBUTES",
    "DONE",
    "EQUALS",
    "ESTIMATE",
    "EVERY_YEAR",
    "FALLS",
    "GIVES",
    "GOES_ON",
    "GROWTH",
    "ISSUER",
    "LEVEL_BASES",
    "MORE",
    "MORE_THAN_SECTOR",
    "MOVE",
    "OF_ALL",
    "OF_BASE",
    "ONLY_GROWS",
    "OTHER_SECTOR",
    "OTHER_SUBJECT",
    "PART_OF",
    "PLAN",
    "PLANNABLE",
    "PLANNED",
    "PORTION",
    "PRICE",
    "REACHED",
    "SAME_AMOUNT",
    "SECTOR",
    "SECTOR_FIRST",
    "SHARE",
    "TARGET",
    "TO_LEVEL",
    "WHOLE_YEAR",
    "WITH_OTHERS",
]

LEVEL_BASES = frozenset(
    (
        "vnd",
        "usd",
        "tonne",
        "square-metre",
        "metre",
        "cubic-metre",
        "kilowatt-hour",
        "quintal-per-hectare",
        "beds-per-10000",
        "megawatt",
        "person-visit",
        "percent",
        "percentage-point",
        "rank",
        "times",
        "doctors-per-10000",
    )
)
TARGET = re.compile(
    r"\bphấn đấu\b(?! vượt qua)|\bdự kiến\b|\bđịnh hướng\b|\bđặt (?:ra"
    r" )?(?:các |một số )?(?:mục tiêu|chỉ tiêu)"
    r"|\bphải đạt\b|\bmục tiêu\b(?=[^.;]{0,90}?(?::|\blà\b|\bđạt\b|\btăng\b|\bgiảm\b))"
    r"|\bchỉ tiêu\b(?=[^.;]{0,90}?(?::))|\bsẽ (?:đạt|tăng|giảm|có)\b|\bkế hoạch (?:đạt|tăng|giảm)\b",
    re.IGNORECASE,
)
DONE = re.compile(
    r"\b(?:kết quả|đã (?:đạt|hoàn thành|thực hiện|có)|thực hiện đạt|cho thấy|ghi nhận)\b", re.IGNORECASE
)
ESTIMATE = re.compile(r"\bước\b(?! mơ)", re.IGNORECASE)
REACHED = re.compile(r"\b(?:đạt|là|còn|chiếm)\b", re.IGNORECASE)
AVERAGE = re.compile(
    r"(?<!mức )\b(?:bình quân|trung bình)\b"
    r"(?!\s+(?:đầu người|mỗi|cả|chung|\d+(?!\d|\s+năm\b)|người|năm|hằng|hàng|trên|toàn))"
    r"|\b(?:mỗi|hằng|hàng) năm\b",
    re.IGNORECASE,
)
EVERY_YEAR = re.compile(r"\b(?:mỗi|hằng|hàng) năm\b|\bbình quân (?=hằng|hàng|mỗi)", re.IGNORECASE)
MOVE = re.compile(
    r"\b(tăng(?! (?:cường|ca|vốn cho|vốn đầu tư cho)\b)|giảm(?! nghèo\b)|gấp|cao hơn|thấp hơn)\b"
    r"(?![^,;]*\b(?:còn|lên|xuống)\s*(?:khoảng|trên|hơn|gần)?\s*$)",
    re.IGNORECASE,
)
TO_LEVEL = re.compile(
    r"\b(?:còn|lên(?: mức)?|xuống(?: còn)?|đạt|ở mức|chiếm|là)\s*(?:khoảng|trên|hơn|gần|mức)?\s*$",
    re.IGNORECASE,
)
PLAN = re.compile(
    r"\s*(?:so với\s+|so\s+|của\s+)?((?:kế hoạch|dự toán|chỉ tiêu kế hoạch"
    r"|KH\b|nghị quyết|mục tiêu (?:nghị quyết|kế hoạch|đề ra)"
    r"|chỉ tiêu(?= (?:giao|nghị quyết)))[^,;.()%]{0,60})",
    re.IGNORECASE,
)
# A plan's own amount stands in brackets after it.
PLANNED = re.compile(
    r"\b(?:kế hoạch|dự toán|KH|nghị quyết|chỉ tiêu|mục tiêu)\b[^,;.()%]{0,40}"
    r"\(\s*(?:là\s+|trên\s+|hơn\s+|khoảng\s+)?$",
    re.IGNORECASE,
)
PLANNABLE = re.compile(
    r"[\s,;]*(?:và |còn |riêng )?(?:tổng )?(?:thu|chi|giá trị|doanh thu|kim ngạch|vốn|sản lượng|diện tích)\b"
    r"(?! (?:nhập|hút|hồi|gom))",
    re.IGNORECASE,
)
SAME_AMOUNT = re.compile(
    r"[\s,(]*(?:tương đương|tương ứng|bằng|hay|tức)(?: với)?(?: tăng| giảm)?\s*", re.IGNORECASE
)
SHARE = re.compile(
    r"\b(?:bằng|đạt|vượt|hoàn thành|tương đương|và|với)\s*(?:khoảng|trên|hơn|gần)?\s*$|,\s*$", re.IGNORECASE
)
AT_HEAD = re.compile(
    r"^[\s,;()–-]*(?:(?:lũy kế|luỹ kế|tính chung|tính|trong|riêng|và|đến|hết|cả|ước)\s+)*$", re.IGNORECASE
)
GOES_ON = re.compile(
    r"^[\s,;()–-]*(?:và\s+|đồng thời\s+)?(?:(?:đã|được)\s+)?(?:tăng|giảm"
    r"|bằng|đạt|gấp|cao hơn|thấp hơn|tương đương|chiếm|vượt|ước"
    r"|hoàn thành|còn|đứng|xếp|thuộc|nằm|trong nhóm|bình quân|trung bình"
    r"|so với|so|dự toán|kế hoạch|phấn đấu|với|là|$)(?![^\W\d_])",
    re.IGNORECASE,
)
ALONE = re.compile(
    r"\s*(?:[,;.)]|$|và\b|tăng\b|giảm\b)"
)  # what may follow a share whose plan is not said again
APART = re.compile(r"\b(?:riêng|tại|ở|trong đó|trên địa bàn)\s+(?:các\s+)?$", re.IGNORECASE)
MORE = re.compile(r"\bthêm\s*(?:được\s*)?(?:khoảng|trên|hơn|gần|ít nhất)?\s*$", re.IGNORECASE)
FALLS = re.compile(r"\bgiảm\b(?!\s*(?:còn|xuống))[^,;.]{0,24}$", re.IGNORECASE)
GROWTH = (("tang", "truong"), ("toc", "do", "tang"))
GIVES = re.compile(
    r"\b(?:trao|tặng|trao tặng|ủng hộ|tài trợ|biếu|thăm hỏi|trị giá|khen"
    r" thưởng|Bằng khen|Giấy khen|Giấy chứng nhận)\b"
)
PRICE = re.compile(r"\bgiá\s+(?:so sánh|cố định)(?:\s+năm)?\s*2010\b", re.IGNORECASE)
ISSUER = re.compile(
    r"\b((?:HĐND|UBND|Hội đồng nhân dân|[UỦ][ỷy] ban nhân dân) (?:tỉnh|huyện|thị xã|thành phố)"
    r"|Trung ương|(?:Thủ tướng )?Chính phủ|Bộ Tài chính)"
    r"(?=\s*(?:giao|đề ra|thông qua))",
    re.IGNORECASE,
)
PART_OF = re.compile(r"\s*Trong (?:đó|số đó)\b")
OF_BASE = re.compile(r"\s*so (?:với )?(?:cùng k[ỳì]|năm|thực hiện)", re.IGNORECASE)
EQUALS = re.compile(r"\b(?:bằng|đạt)\s*(?:khoảng|trên|hơn|gần)?\s*$", re.IGNORECASE)
CONTRIBUTES = re.compile(r"\b(?:đóng góp|góp)\s*(?:được|khoảng|trên|hơn|gần|tới|đến|là)?\s*$", re.IGNORECASE)
SECTOR = re.compile(r"\bkhu vực(?: kinh tế| sản xuất)?\s*$", re.IGNORECASE)
AT_CLAUSE = re.compile(
    r"(?:^|[,;:(])\s*(?:(?:và|còn|riêng|trong đó)\s*:?\s*)?(?:(?:các )?(?:ngành|lĩnh vực)\s*)?$",
    re.IGNORECASE,
)
ONLY_GROWS = re.compile(
    r"(?:\s+(?:ước|tính|dự kiến|đã|cũng|chỉ|vẫn|tiếp tục|đạt|có|với|mức|tốc độ|tăng|giảm"
    r"|trưởng|khoảng|trên|hơn|gần|khá|cao|thấp))*\s*",
    re.IGNORECASE,
)
OTHER_SECTOR = re.compile(
    r"[,;–-]\s*(?:nhất là |đặc biệt,? (?:là )?|trong đó,? |riêng )?"
    r"((?:các )?(?:ngành|khu vực|lĩnh vực|sản xuất)\s+"
    r"[^\W\d_]+)",
    re.IGNORECASE,
)
SECTOR_FIRST = re.compile(
    r"[\s•-]*(?:về |riêng |đối với )?((?:các )?(?:ngành|lĩnh vực|sản xuất)\s+[^\W\d_]+)", re.IGNORECASE
)
OF_ALL = re.compile(r"\b(?:kinh tế|GRDP|tổng sản phẩm)\b", re.IGNORECASE)
# A sum that a colon parts from a heading, and that names itself at length.
OTHER_SUBJECT = re.compile(
    r":\s*(?:thu|chi|thuế|giá trị|doanh thu|kim ngạch|sản lượng|diện tích)"
    r"(?!\s+(?:ước|đạt|là|tăng|giảm|được|về|còn)\b)(?:\s+[^\W\d_]+){3,}",
    re.IGNORECASE,
)
# What follows a sector that is named alone: a verb or a time, and no other noun.
MORE_THAN_SECTOR = re.compile(
    r"\s+(?!(?:ước|tính|dự kiến|đã|được|cũng|chỉ|vẫn|còn|tiếp tục|duy trì|đạt|chiếm|tăng|giảm"
    r"|bằng|vượt|là|có|với|đóng góp|phấn đấu|khoảng|trên|hơn|gần|năm|quý|tháng"
    r"|giai đoạn|trong|của|theo|toàn|bình quân|trung bình|từ|khá|mức|tốc độ)(?![^\W\d_]))[^\W\d_]+",
    re.IGNORECASE,
)
WITH_OTHERS = re.compile(r"[^\W\d_]\s+và\s+(?:(?:các )?(?:ngành|khu vực)\s+)?$", re.IGNORECASE)
PORTION = re.compile(r"\b(?:tỷ trọng|tỉ trọng|cơ cấu|chiếm)\b", re.IGNORECASE)
WHOLE_YEAR = re.compile(r"(?<!hoạch )(?<!toán )(?<!tiêu )(?<!giao )\bcả năm\b(?! \d)", re.IGNORECASE)
