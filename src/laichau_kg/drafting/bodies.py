"""How bodies are named: committees and councils, ministries and departments, fronts, forces and firms."""

from laichau_kg.drafting.names import PROVINCES
from laichau_kg.drafting.words import UPPER

__all__ = ["BODY", "GUEST", "ISSUER", "LEVEL", "RANK", "SECTOR"]

_CAP = rf"[{UPPER}][^\W\d_]*(?:['’ʼ][^\W\d_]+)?"
_NAMED = rf"(?:\s+{_CAP}){{1,3}}"
# What ministries, departments and offices of all levels are for; the longer name before the shorter.
SECTOR = (
    r"(?:Giao thông [Vv]ận tải|Giao thông|Nông nghiệp (?:và|&) (?:Phát triển [Nn]ông thôn|Môi trường|PTNT)"
    r"|NN&PTNT|NN&MT|Nông nghiệp"
    r"|Tài nguyên (?:và|-|&) Môi trường|TN&MT"
    r"|Kế hoạch (?:và|-|&) Đầu tư|KH&ĐT|Tài chính|Công [Tt]hương|Xây dựng"
    r"|Giáo dục (?:và|-|&) Đào tạo|GD&ĐT|Y tế|Nội vụ|Ngoại giao|Ngoại vụ|Tư pháp|Quốc phòng|Công an"
    r"|Khoa học(?: (?:và|-|&)|,) Công nghệ|KH&CN|Thông tin (?:và|-|&) Truyền thông|TT&TT"
    r"|Văn hóa,? Thể thao (?:và|-|&) Du lịch|Văn hoá, Thể thao (?:và|&) Du lịch|VH,?\s?TT&DL|Du lịch"
    r"|Lao động\s*[-–,]?\s*Thương binh (?:và|-|–|&) Xã hội|LĐ-TB&XH|LĐTBXH|Dân tộc (?:và|&) Tôn giáo|Dân tộc)"
)
LEVEL = r"(?:tỉnh|huyện|thành phố|thị xã|thị trấn|xã|phường|TP\.?)"
_OF_PLACE = rf"(?:\s+{LEVEL}(?:\s+Bà Rịa\s*[-–]\s*Vũng Tàu|(?:\s+{_CAP}){{0,3}}))?"
_OF_PROVINCE = rf"(?:{_OF_PLACE}(?:\s+(?:{'|'.join(PROVINCES)}))?)"
# Boards of the Party's committees and of councils, and those that steer.
_BOARD = (
    r"(?:[Cc]hỉ đạo|Tổ chức|Tuyên giáo(?: và Dân vận)?|Dân vận|Nội chính|Pháp chế|Dân tộc|[Cc]án sự [Đđ]ảng"
    r"|Kinh tế(?:\s*[-–]\s*(?:Ngân sách|Xã hội))?|Văn h(?:óa|oá)\s*[-–]\s*Xã hội)"
)
_OF_COMMITTEE = r"(?:\s+(?:Trung ương|(?:Tỉnh|Thành|Huyện)\s+[uủ][ỷy]|HĐND|UBND))?"
# Offices below ministries that every province has.
_BRANCH = (
    r"(?:Thống kê|Thuế|Hải quan|Quản lý thị trường|Thi hành án dân sự|Kiểm lâm|Thủy lợi|Thuỷ lợi"
    r"|Dự trữ Nhà nước|Chăn nuôi và Thú y|Trồng trọt và Bảo vệ thực vật|Phát triển nông thôn|Dân số|Kho bạc)"
)
BODY = (
    rf"(?:(?:UBND|HĐND|Thường trực HĐND|(?:UB|Ủy ban |Uỷ ban )?MTTQ(?: Việt Nam)?|[ỦU][yỷ] ban nhân dân"
    rf"|Hội đồng nhân dân|[ỦU][yỷ] ban Mặt trận Tổ quốc(?: Việt Nam)?|Công an|Bộ [Cc]hỉ huy [Qq]uân sự"
    rf"|Bộ CHQS|Bộ [Cc]hỉ huy Bộ đội Biên phòng|Thanh tra|Đảng bộ|Liên đoàn Lao động|LĐLĐ"
    rf"|Hội (?:Nông dân|Cựu chiến binh|Liên hiệp Phụ nữ|Chữ thập đỏ)|Đoàn (?:đại biểu Quốc hội|ĐBQH)"
    rf"|Tòa án nhân dân|Viện Kiểm sát nhân dân){_OF_PLACE}"
    rf"|(?:Ban [Tt]hường vụ\s+|Ban Chấp hành\s+|Thường trực\s+|BTV\s+|BCH\s+)?"
    rf"(?:(?:Tỉnh|Thành|Huyện|Thị|Đảng)\s+[uủ][ỷy]|Đảng bộ)"
    rf"(?:\s+(?:UBND|HĐND|Quân sự|Công an))?(?:\s+(?:tỉnh|huyện))?(?:\s+{_CAP}){{0,3}}"
    rf"|(?:Bộ|Sở|Phòng)\s+{SECTOR}"
    rf"|(?:Công ty|Tổng [Cc]ông ty|Tập đoàn|Ngân hàng|Liên minh|Hiệp hội|Liên hiệp)"
    rf"(?:\s+(?:[Cc]ổ phần|CP|TNHH|MTV|HTX|[Tt]ập đoàn|[Xx]ây dựng|[Đđ]ầu tư|[Tt]hương mại|[Pp]hát triển"
    rf"|[Dd]u lịch|[Tt]hủy điện|[Tt]huỷ điện|[Đđ]iện lực|[Dd]ịch vụ|và(?=\s+{_CAP})|{_CAP})"
    rf"(?:\s*&\s*{_CAP})?)+"
    rf"|Ban Quản lý(?:\s+(?:các\s+)?(?:dự án|[Kk]hu [a-zđ]+ [a-zđ]+))?(?:\s+(?:\d+|{_CAP}))*"
    rf"|(?:(?:Tổng cục|Chi cục|Cục)\s+{_BRANCH}|Kho bạc Nhà nước){_OF_PROVINCE}"
    rf"|Ban\s+{_BOARD}{_OF_COMMITTEE}{_OF_PLACE}"
    rf"|(?:Ban|Cục|Tổng cục|Chi cục|Vụ|Kho bạc)\s+{_CAP}(?:\s+(?:{_CAP}|và|[a-zđ]{{2,3}}(?=\s+{_CAP})))*"
    rf"|Chính phủ|Quốc hội|Trung ương)"
)
# Who else gives out documents: organs of the Party and the state, and who leads them.
ISSUER = (
    r"(?:Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương(?: Đảng)?|Trung ương Đảng"
    r"|[ỦU][yỷ] ban Thường vụ Quốc hội|Thủ tướng(?: Chính phủ)?|Đại hội Đảng bộ tỉnh"
    r"|Ban Chấp hành Đảng bộ tỉnh|Thường trực Chính phủ"
    r"|Văn phòng (?:Chính phủ|Quốc hội|Trung ương Đảng|UBND tỉnh|Tỉnh [uủ][ỷy])"
    rf"|{BODY})"
)
# Whom one receives.
GUEST = (
    r"(?:ông|bà(?! con)|[Nn]gài|đồng chí|[Đđ]oàn(?! (?:viên|kết|thể|có|gồm|còn)\b)|Bộ trưởng|Thứ trưởng"
    r"|Đại sứ|Tổng [Ll]ãnh sự)\b"
)
# Ranks and degrees between a title, or an address, and a name.
RANK = (
    r"(?:(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|(?:Phó |Chuẩn )?Đô đốc|GS|PGS|TSKH|TS|ThS|BS"
    r"|Giáo sư|Phó Giáo sư|Tiến sĩ|Tiến sỹ|Thạc sĩ|Hòa thượng|Thượng tọa)\.?,?\s*)"
)
