"""What made-up articles are made of: names, posts, documents, subjects and phrases."""

SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Giàng",
    "Sùng",
    "Lò",
    "Vàng",
    "Thào",
    "Hạng",
    "Quàng",
    "Tráng",
]
MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Hữu", "Quốc", "Thanh", "A", "Xuân", "Ngọc", "Công", "Mạnh"]
GIVEN = [
    "Hùng",
    "Lan",
    "Cường",
    "Tuấn",
    "Hương",
    "Sơn",
    "Dũng",
    "Thủy",
    "Páo",
    "Chớ",
    "Lử",
    "Quân",
    "Bình",
    "Hải",
    "Nam",
    "Long",
    "Thắng",
    "Yến",
    "Phương",
    "Khánh",
    "Tùng",
    "Vinh",
]
SUBJECTS = (
    "sơ kết công tác quý, triển khai nhiệm vụ thời gian tới",
    "đánh giá tình hình phát triển sản xuất vụ Đông Xuân",
    "tháo gỡ khó khăn cho doanh nghiệp trên địa bàn",
    "bàn giải pháp thúc đẩy chuyển đổi số",
    "tổng kết phong trào thi đua yêu nước",
)
ASIDES = (
    "Dịch Covid-19 cơ bản được kiểm soát; 3 khâu đột phá tiếp tục được tập trung chỉ đạo.",
    "Công tác chuẩn bị cho đại hội đảng bộ các cấp nhiệm kỳ 2025 - 2030 bảo đảm đúng tiến độ.",
    "Đường dây nóng số 0212 3852 147 hoạt động 24 giờ trong ngày.",
    "Nhiều mô hình hay được nhân rộng, đời sống Nhân dân tiếp tục được nâng lên.",
    "An ninh chính trị, trật tự an toàn xã hội được giữ vững.",
)
UNKNOWN = (
    ("Sản lượng mắc ca", "tấn", "tonne"),
    ("Tổng thu phí tham quan di tích", "tỷ đồng", "billion-vnd"),
    ("Tỷ lệ hộ chăn nuôi có chuồng trại kiên cố", "%", "percent"),
    ("Tổng công suất điện mặt trời", "MW", "megawatt"),
    ("Vốn huy động từ doanh nghiệp", "triệu USD", "million-usd"),
)
# Posts: how they are written, and the post in full; {p} is the province.
POSTS = (
    (("Bí thư Tỉnh ủy", "Bí thư Tỉnh uỷ"), "Bí thư Tỉnh ủy {p}"),
    (("Phó Bí thư Thường trực Tỉnh ủy",), "Phó Bí thư Thường trực Tỉnh ủy {p}"),
    (
        ("Ủy viên Ban Thường vụ Tỉnh ủy", "Uỷ viên BTV Tỉnh ủy", "UVBTV Tỉnh ủy"),
        "Ủy viên Ban Thường vụ Tỉnh ủy {p}",
    ),
    (("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"), "Chủ tịch Ủy ban nhân dân tỉnh {p}"),
    (("Phó Chủ tịch UBND tỉnh",), "Phó Chủ tịch Ủy ban nhân dân tỉnh {p}"),
    (("Phó Chủ tịch Thường trực UBND tỉnh",), "Phó Chủ tịch Thường trực Ủy ban nhân dân tỉnh {p}"),
    (("Chủ tịch HĐND tỉnh",), "Chủ tịch Hội đồng nhân dân tỉnh {p}"),
    (("Phó Chủ tịch Thường trực HĐND tỉnh",), "Phó Chủ tịch Thường trực Hội đồng nhân dân tỉnh {p}"),
    (
        ("Trưởng Đoàn ĐBQH tỉnh", "Trưởng Đoàn đại biểu Quốc hội tỉnh"),
        "Trưởng Đoàn đại biểu Quốc hội tỉnh {p}",
    ),
    (
        ("Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", "Chủ tịch UBMTTQ tỉnh"),
        "Chủ tịch Ủy ban Mặt trận Tổ quốc tỉnh {p}",
    ),
    (("Giám đốc Sở Tài chính",), "Giám đốc Sở Tài chính"),
    (("Giám đốc Sở Kế hoạch và Đầu tư",), "Giám đốc Sở Kế hoạch và Đầu tư"),
    (
        ("Ủy viên BCH Trung ương Đảng", "UVT.Ư Đảng", "Ủy viên Trung ương Đảng"),
        "Ủy viên Ban Chấp hành Trung ương Đảng",
    ),
)
DOCUMENTS = (
    ("Nghị quyết số ", "{n}-NQ/TU", "resolution", " của Ban Thường vụ Tỉnh ủy", "ban-thuong-vu-tinh-uy-{p}"),
    ("Quyết định số ", "{n}/QĐ-TTg", "decision", " của Thủ tướng Chính phủ", "thu-tuong-chinh-phu"),
    ("Kế hoạch số ", "{n}/KH-UBND", "plan", " của UBND tỉnh", "uy-ban-nhan-dan-tinh-{p}"),
    ("Công văn số ", "{n}/UBND-TH", "dispatch", "", ""),
    ("Nghị quyết ", "{n}/NQ-HĐND", "resolution", " của HĐND tỉnh", "hoi-dong-nhan-dan-tinh-{p}"),
    ("Kết luận số ", "{n}-KL/TW", "conclusion", " của Bộ Chính trị", "bo-chinh-tri"),
    ("Quyết định số ", "{n}/QĐ-UBND ngày 12/3/2022", "decision", "", ""),
    ("Nghị quyết số ", "{n}/2022/NQ-HĐND", "resolution", "", ""),
)
NAMED = (
    ("Luật Đất đai", "law"),
    ("Đề án phát triển cây dược liệu giai đoạn 2021 - 2025", "scheme"),
    ("Kế hoạch phát triển kinh tế - xã hội năm {y}", "plan"),
    ("Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV", "resolution"),
    ("Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050", "master-plan"),
    ("dự toán ngân sách nhà nước năm {y}", "budget-estimate"),
)
AIMS = (
    "grdp-binh-quan-dau-nguoi",
    "ty-le-che-phu-rung",
    "ty-le-lao-dong-qua-dao-tao",
    "ty-le-truong-chuan-quoc-gia",
    "thu-ngan-sach-tren-dia-ban",
)
MONEY = ("billion-vnd", "million-vnd", "million-usd")
WORDS = {
    "billion-vnd": "tỷ đồng",
    "million-vnd": "triệu đồng",
    "million-usd": "triệu USD",
    "percent": "%",
    "tonne": "tấn",
}
BOUNDS = (
    ("", "exact"),
    ("", "exact"),
    ("trên ", "more-than"),
    ("hơn ", "more-than"),
    ("khoảng ", "about"),
    ("gần ", "almost"),
)
