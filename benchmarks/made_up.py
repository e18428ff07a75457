"""Make articles of other provinces, with other names, figures and phrasing, of which the truth is known.

They are the test against tuning: no sentence here is from an article of the
record. Everything follows from the number of the article, so that two runs
agree.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from laichau_kg.drafting import Lexicon
from laichau_kg.drafting.names import PROVINCES
from laichau_kg.text import slugify

__all__ = ["Article", "Fact", "articles"]

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
MIDDLES = "Văn Thị Đức Minh Hữu Quốc Thanh A Xuân Ngọc Công Mạnh".split()  # noqa: SIM905 - as above
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
    ("Tổng dư nợ tín dụng trên địa bàn", "tỷ đồng", "billion-vnd"),
    ("Tỷ lệ người dân tham gia bảo hiểm y tế", "%", "percent"),
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


@dataclass(frozen=True)
class Fact:
    """What is true of a made-up article, in the form of the benchmark."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    fields: Mapping[str, str]


@dataclass
class Article:
    """A text and its facts."""

    text: str = ""
    facts: list[Fact] = field(default_factory=list)

    def say(self, words: str) -> tuple[int, int]:
        """Add words and give their span."""
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def note(self, what: str, /, *spans: tuple[int, int], **fields: str) -> None:
        """Add a fact."""
        self.facts.append(Fact(what, spans, {name: value for name, value in fields.items() if value}))


def articles(count: int, lexicon: Lexicon) -> list[Article]:
    """Make *count* articles."""
    return [_Maker(number, lexicon).make() for number in range(count)]


class _Maker:
    def __init__(self, number: int, lexicon: Lexicon) -> None:
        self.random = random.Random(4200 + number)  # noqa: S311 - no secret
        self.lexicon = lexicon
        self.province = self.random.choice(
            [name for name in PROVINCES if name != "Lai Châu" and name.count(" ") == 1]
        )
        self.area = slugify(self.province)
        self.year = self.random.randint(2018, 2024)
        self.issued = date(self.year, self.random.randint(2, 12), self.random.randint(2, 27))
        self.article = Article()
        self.people = self._people(5)
        self.seen: set[tuple[str, str]] = set()
        self.online = False

    def _people(self, count: int) -> list[tuple[str, list[tuple[str, str]]]]:
        posts = self.random.sample(range(len(POSTS)), 9)
        people = []
        for number in range(count):
            name = " ".join(self.random.choice(pool) for pool in (SURNAMES, MIDDLES, GIVEN))
            own = posts[number * 2 : number * 2 + self.random.randint(1, 2)] or posts[:1]
            held = [
                (self.random.choice(POSTS[post][0]), POSTS[post][1].format(p=self.province)) for post in own
            ]
            people.append((name, held))
        unique = dict(people)
        return list(unique.items())

    def make(self) -> Article:
        """Write the article from title to byline."""
        say, pick = self.article.say, self.random.choice
        if pick((True, True, False)):
            say(f"{pick(('Hội nghị', 'Tỉnh ' + self.province + ':'))} {pick(SUBJECTS)}\n\n")
            say(f"{pick(('Thứ Hai - ', 'Ngày đăng: ', 'Cập nhật: '))}{self.issued:%d/%m/%Y} 08:15\n\n")
        else:
            say(
                f"Tỉnh {self.province} triển khai nhiệm vụ trọng tâm thời"
                f" gian tới\n\nĐăng ngày {self.issued:%d/%m/%Y}\n\n"
            )
        self._opening()
        for part in self.random.sample(
            (self._results, self._more_results, self._documents, self._rates, self._growth), 4
        ):
            part()
            say(pick(ASIDES) + "\n")
        self._targets()
        self._closing()
        say(
            f"\nTác giả: {pick(SURNAMES)} {pick(GIVEN)}\nTin liên quan\nHội"
            f" nghị tổng kết năm 2017 (12/01/2018)\n"
        )
        return self.article

    # --- people and the meeting

    def _titled(self, person: tuple[str, list[tuple[str, str]]], form: str = "") -> tuple[int, int]:
        """Write a person with titles, in one of the usual ways, and note the attestations."""
        say, (name, held) = self.article.say, person
        form = form or self.random.choice((" – ", " - ", ", ", "before"))
        spans: list[tuple[int, int]] = []
        if form == "before":
            held = held[:1]
            spans.append(say(held[0][0]))
            say(" ")
            at = say(name)
        else:
            at = say(name)
            say(form)
            for number, (written, _) in enumerate(held):
                say(", " if number else "")
                spans.append(say(written))
        for (_, full), span in zip(held, spans, strict=True):
            if (name, full) not in self.seen:
                self.seen.add((name, full))
                self.article.note("attestation", span, at, official=slugify(name), post=slugify(full))
        return at

    def _part(self, role: str, at: tuple[int, int], name: str = "") -> None:
        self.article.note("participation", at, role=role, official=slugify(name))

    def _opening(self) -> None:  # noqa: PLR0915 - one sentence after the other
        say, pick = self.article.say, self.random.choice
        day = self.issued.replace(day=max(1, self.issued.day - 1))
        word, part = pick(
            (
                ("Sáng", "morning"),
                ("Chiều", "afternoon"),
                ("Sáng ngày", "morning"),
                ("Chiều ngày", "afternoon"),
                ("Ngày", ""),
            )
        )
        written = pick(
            (
                f"{day.day}/{day.month}",
                f"{day.day:02}/{day.month:02}/{day.year}",
                f"{day.day}/{day.month}/{day.year}",
            )
        )
        style = pick(("held", "online", "session"))
        say(f"{word} {written}, ")
        if style == "session":
            at = say("Đoàn công tác của Bộ Tài chính")
            say(" do đồng chí ")
            guest = self.people[0]
            first = self._titled(
                (guest[0], [("Thứ trưởng Bộ Tài chính", "Thứ trưởng Bộ Tài chính")]), pick((" – ", ", "))
            )
            say(" làm Trưởng đoàn đã có ")
            main = say("buổi làm việc")
            say(" với ")
            host = say(f"tỉnh {self.province}")
            say(f" về {pick(SUBJECTS)}. ")
            self._part("attendee", at)
            self._part("head-of-delegation", first, guest[0])
            self._part("host", host)
            say("Tiếp và làm việc với Đoàn có đồng chí ")
            self._part("host", self._titled(self.people[1], " - "), self.people[1][0])
            say("; đồng chí ")
            self._part("host", self._titled(self.people[2], " - "), self.people[2][0])
            say("; ")
            self._part("host", say("lãnh đạo các sở, ban, ngành liên quan"))
            say(".\n")
            self.article.note("meeting", main, kind="working-session", date=day.isoformat(), partOfDay=part)
            self.event = "buổi làm việc"
            return
        body = self.random.choice(
            (
                ("UBND tỉnh", "uy-ban-nhan-dan-tinh-"),
                ("Tỉnh ủy", "tinh-uy-"),
                ("HĐND tỉnh", "hoi-dong-nhan-dan-tinh-"),
            )
        )
        say(body[0])
        say(" tổ chức ")
        main = say("Hội nghị")
        say((" trực tuyến" if style == "online" else "") + f" {pick(SUBJECTS)}. ")
        self.event = "Hội nghị"
        self.article.note(
            "meeting", main, kind="conference", date=day.isoformat(), partOfDay=part,
            mode="online" if style == "online" else "", organizer=body[1] + self.area,
        )  # fmt: skip
        chair = pick(("after", "under", "list"))
        if chair == "under":
            say("Hội nghị diễn ra dưới sự chủ trì của đồng chí ")
            self._part("chair", self._titled(self.people[0], " – "), self.people[0][0])
            say(". ")
        elif chair == "after":
            say("Đồng chí ")
            self._part("chair", self._titled(self.people[0]), self.people[0][0])
            say(" dự và chủ trì Hội nghị. ")
        else:
            say("Các đồng chí: ")
            self._part("chair", self._titled(self.people[0], " – "), self.people[0][0])
            say("; ")
            self._part("chair", self._titled(self.people[1], " – "), self.people[1][0])
            say(" đồng chủ trì Hội nghị. ")
        say(pick(("Cùng dự có đồng chí ", "Tham dự Hội nghị có đồng chí ", "Dự Hội nghị còn có đồng chí ")))
        self._part("attendee", self._titled(self.people[2], pick((" – ", " - "))), self.people[2][0])
        say("; ")
        self._part(
            "attendee",
            say(pick(("lãnh đạo các sở, ngành, đoàn thể tỉnh", "đại diện lãnh đạo các huyện, thành phố"))),
        )
        say(".\n")

    def _closing(self) -> None:
        say, pick = self.article.say, self.random.choice
        person = self.people[min(3, len(self.people) - 1)]
        say("Tại " + self.event + ", đồng chí ")
        at = self._titled(person, " – ")
        say(pick((" báo cáo tóm tắt kết quả thực hiện nhiệm vụ. ", " đã báo cáo một số nội dung chính. ")))
        self._part("reporter", at, person[0])
        say(
            "\n" + pick((f"Phát biểu kết luận {self.event}, đồng chí ", f"Kết luận {self.event}, đồng chí "))
            if self.event == "Hội nghị"
            else f"\nPhát biểu kết luận {self.event}, đồng chí "
        )
        last = self.people[0]
        at = say(last[0])
        self._part("concluding-speaker", at, last[0])
        say(" yêu cầu các sở, ngành tiếp tục bám sát cơ sở, nâng cao chất lượng tham mưu.\n")
        say(f"Các đại biểu chúc tỉnh {self.province} tiếp tục đổi mới.\n")

    # --- documents

    def _documents(self) -> None:
        say = self.article.say
        say("Tỉnh tiếp tục triển khai ")
        chosen = self.random.sample(DOCUMENTS, 2)
        for number, (word, form, kind, by, issuer) in enumerate(chosen):
            say(", " if number else "")
            say(word)
            written, _, rest = form.format(n=self.random.randint(2, 980)).partition(" ")
            at = say(written)
            say((" " + rest if rest else "") + by)
            by_whom = issuer.format(p=self.area)
            self.article.note("citation", at, number=written, kind=kind, issuer=by_whom, named="yes")
        say("; thực hiện ")
        name, kind = self.random.choice(NAMED)
        at = say(name.format(y=self.year))
        self.article.note("citation", at, kind=kind, named="yes")
        say(". ")

    # --- figures

    def _number(self, low: float, high: float, digits: int) -> tuple[str, Decimal]:
        value = Decimal(str(round(self.random.uniform(low, high), digits)))
        if digits == 0:
            value = value.to_integral_value()
        whole, _, part = format(value, "f").partition(".")
        dotted = f"{int(whole):,}".replace(",", ".")
        return dotted + (f",{part}" if part else ""), value

    def _figure(
        self,
        slug: str,
        unit: str,
        measure: str,
        status: str,
        period: str,
        *,
        low: float = 10,
        high: float = 900,
        digits: int = 1,
        base: str = "",
        bound: tuple[str, str] = ("", "exact"),
        tail: str = "",
        word: str = "",
    ) -> None:
        written, value = self._number(low, high, digits)
        word = word or WORDS.get(unit, "")
        gap = "" if word == "%" else " "
        self.article.say(bound[0])
        at = self.article.say(f"{written}{gap}{word}{tail}")
        self._note(at, slug, unit, measure, status, period, value, base=base, bound=bound[1])

    def _note(  # noqa: PLR0917 - as above
        self,
        at: tuple[int, int],
        slug: str,
        unit: str,
        measure: str,
        status: str,
        period: str,
        value: Decimal,
        *,
        base: str = "",
        bound: str = "exact",
        total: str = "",
        upper: str = "",
    ) -> None:
        plain = format(value, "f")
        self.article.note(
            "observation", at, indicator=slug, area=self.area, period=period, status=status, measure=measure,
            value=plain if "." in plain else plain + ".0", valueMax=upper, unit=unit, bound=bound,
            basePeriod=base, total=total,
        )  # fmt: skip

    def _labels(self, slug: str) -> list[str]:
        """List the labels of three words or more."""
        return [
            label
            for label in self.lexicon.indicators[slug].labels
            if label.count(" ") > 1 and "(" not in label
        ]

    def _label(self, slug: str) -> str:
        return self.random.choice(self._labels(slug))

    def _money(self) -> str:
        known = self.lexicon.indicators
        return self.random.choice(
            [
                slug
                for slug, one in known.items()
                if slug != "grdp-binh-quan-dau-nguoi"
                and one.units
                and one.units[0] in MONEY
                and self._labels(slug)
            ]
        )

    def _time(self) -> tuple[str, str, str, str]:
        """Give a time: as said in a sentence, its slug, the slug one year before, and a remark."""
        year = self.year - 1
        return self.random.choice((
            (f"năm {year}", f"{year}", f"{year - 1}", ""),
            (f"6 tháng đầu năm {year}", f"{year}-h1", f"{year - 1}-h1", ""),
            (f"quý III/{year}", f"{year}-q3", f"{year - 1}-q3", ""),
            (f"quý I năm {year}", f"{year}-q1", f"{year - 1}-q1", ""),
        ))  # fmt: skip

    def _results(self) -> None:
        """Levels, with their change and share of plan."""
        say, pick = self.article.say, self.random.choice
        said, period, before, _ = self._time()
        slug = self._money()
        unit = self.lexicon.indicators[slug].units[0]
        status, verb = pick((("actual", "đạt"), ("estimate", "ước đạt"), ("estimate", "ước thực hiện")))
        form = pick(("lead", "inside"))
        label = self._label(slug)
        say(
            f"{pick(('Trong ', 'Tính đến hết ')) if 'năm' in said and form == 'lead' else ''}{said},"
            f" {label[0].lower()}{label[1:]} {verb} "
            if form == "lead"
            else f"{label} {said} {verb} "
        )
        self._figure(
            slug, unit, "level", status, period, digits=pick((0, 1, 2)), high=9000, bound=pick(BOUNDS)
        )
        tail = pick(("change", "share", "both", "base"))
        if tail in {"change", "both"}:
            say(pick((", tăng ", ", giảm ")))
            self._figure(slug, "percent", "change", status, period, low=1, high=60, base=before)
            say(" so với cùng kỳ" + pick((" năm trước", "", f" năm {int(period[:4]) - 1}")))
        if tail == "base":
            say(", tăng ")
            self._figure(slug, unit, "change", status, period, low=2, high=90, base=str(int(period[:4]) - 3))
            say(f" so với năm {int(period[:4]) - 3}")
        if tail in {"share", "both"}:
            say(pick((", bằng ", ", đạt ")))
            self._figure(slug, "percent", "share-of-plan", status, period, low=20, high=130)
            against = pick((" kế hoạch năm", " dự toán HĐND tỉnh giao", " so với kế hoạch"))
            start, end = say(against)
            if "HĐND" in against:
                self.article.note("citation", (start + 1, end), kind="budget-estimate")
        other, unit_word, other_unit = pick(UNKNOWN)
        say(f". {other} đạt ")
        self._figure("", other_unit, "level", "actual", period, low=20, high=99, word=unit_word)
        say(". ")

    def _more_results(self) -> None:
        """Ratios, counts, visits and ranks."""
        say, pick = self.article.say, self.random.choice
        year = self.year - 1
        say(
            f"Những năm qua, kinh tế tỉnh {self.province} có bước phát"
            f" triển. Đến hết năm {year}, toàn tỉnh có "
        )
        total = self.random.randint(60, 180)
        part = self.random.randint(20, total - 1)
        at = say(f"{part}/{total} xã")
        self._note(
            at,
            "xa-dat-chuan-nong-thon-moi",
            "commune",
            "count",
            "actual",
            str(year),
            Decimal(part),
            total=f"{total}.0",
        )
        say(" đạt chuẩn nông thôn mới, đạt ")
        at = say(f"{round(part / total * 100, 1)}%".replace(".", ","))
        self._note(
            at,
            "xa-dat-chuan-nong-thon-moi",
            "percent",
            "level",
            "actual",
            str(year),
            Decimal(str(round(part / total * 100, 1))),
        )
        say(f". {pick(('Tổng lượt khách du lịch', 'Lượt khách du lịch'))} năm {year} đạt ")
        bound = pick(BOUNDS)
        written, value = self._number(1.1, 8.9, 2)
        say(bound[0])
        at = say(f"{written} triệu lượt {pick(('khách', 'người'))}")
        self._note(
            at,
            "luot-khach-du-lich",
            "million-person-visits",
            "level",
            "actual",
            str(year),
            value,
            bound=bound[1],
        )
        say(", gấp ")
        written, value = self._number(1.1, 4.9, 1)
        at = say(f"{written} lần")
        self._note(
            at, "luot-khach-du-lich", "times", "change", "actual", str(year), value, base=str(year - 2)
        )
        say(f" so với năm {year - 2}; chỉ số PCI ")
        steps = self.random.randint(2, 20)
        if pick((True, False)):
            say("tăng ")
            at = say(f"{steps:02} bậc")
            self._note(
                at,
                "chi-so-pci",
                "rank",
                "rank-change",
                "actual",
                str(year),
                Decimal(steps),
                base=str(year - 1),
            )
            say(f" so với năm {year - 1}. ")
        else:
            say("xếp ")
            at = say(f"thứ {steps}/63")
            self._note(at, "chi-so-pci", "rank", "level", "actual", str(year), Decimal(steps), total="63.0")
            say(" tỉnh, thành phố. ")

    def _rates(self) -> None:
        """Growth, poverty, forest and jobs, actual or estimated."""
        say, pick = self.article.say, self.random.choice
        year = self.year - 1
        status, verb = pick((("actual", "đạt"), ("estimate", "ước đạt")))
        slug = pick(("toc-do-tang-truong-grdp", "toc-do-tang-truong-kinh-te"))
        say(f"Năm {year}, {self._label(slug).lower().replace('grdp', 'GRDP')} {verb} ")
        self._figure(slug, "percent", "level", status, str(year), low=4, high=12, digits=2)
        say(
            ", trong đó khu vực dịch vụ tăng "
            if slug == "toc-do-tang-truong-grdp"
            else ". Khu vực dịch vụ phục hồi. "
        )
        if slug == "toc-do-tang-truong-grdp":
            self._figure(
                "tang-truong-grdp-dich-vu", "percent", "level", status, str(year), low=3, high=15, digits=2
            )
            say(". ")
        form = pick(("falls", "left", "points"))
        if form == "falls":
            falls = pick(("giảm bình quân", "bình quân giảm", "giảm trung bình"))
            say(f"Giai đoạn {year - 4} - {year}, tỷ lệ hộ nghèo {falls} ")
            self._figure(
                "muc-giam-ty-le-ho-ngheo",
                "percentage-point",
                "average-per-year",
                "actual",
                f"{year - 4}-{year}",
                low=1,
                high=5,
                digits=2,
                word="%",
                tail="/năm",
            )
        elif form == "left":
            say(f"Cuối năm {year}, tỷ lệ hộ nghèo {pick(('còn', 'giảm còn', 'giảm xuống còn'))} ")
            self._figure("ty-le-ho-ngheo", "percent", "level", "actual", str(year), low=3, high=30, digits=2)
        else:
            say(f"Tỷ lệ giải ngân vốn đầu tư công năm {year} đạt ")
            self._figure(
                "ty-le-giai-ngan-von-dau-tu-cong", "percent", "level", "actual", str(year), low=60, high=99
            )
            say(", tăng ")
            written, value = self._number(1, 9, 1)
            at = say(f"{written} điểm {pick(('%', 'phần trăm'))}")
            self._note(
                at,
                "ty-le-giai-ngan-von-dau-tu-cong",
                "percentage-point",
                "change",
                "actual",
                str(year),
                value,
                base=str(year - 1),
            )
            say(" so với cùng kỳ năm trước")
        say(". ")

    def _growth(self) -> None:
        """Growth told by a verb, the sectors in a sentence of their own, and a base that tells the year."""
        say, pick = self.article.say, self.random.choice
        year = self.year - 1
        say(f"Quý II/{year}, tổng sản phẩm trên địa bàn tỉnh (GRDP) ước tính tăng ")
        self._figure(
            "toc-do-tang-truong-grdp", "percent", "level", "estimate", f"{year}-q2", low=4, high=12, digits=2
        )
        say(f" so với cùng kỳ năm {year - 1}. Trong đó, ")
        say(pick(("khu vực công nghiệp, xây dựng tăng ", "khu vực công nghiệp và xây dựng tăng ")))
        self._figure(
            "tang-truong-grdp-cong-nghiep-xay-dung",
            "percent",
            "level",
            "actual",
            f"{year}-q2",
            low=3,
            high=15,
        )
        say("; khu vực dịch vụ tăng ")
        self._figure("tang-truong-grdp-dich-vu", "percent", "level", "actual", f"{year}-q2", low=3, high=15)
        say(". ")

    def _targets(self) -> None:
        """A list of aims, some with a range or a yearly average."""
        say, pick = self.article.say, self.random.choice
        goal = self.year + self.random.randint(1, 5)
        say(pick((
            f"Đến năm {goal}, tỉnh phấn đấu ", f"Phấn đấu đến năm {goal}, ",
            f"Mục tiêu đến năm {goal} của tỉnh: ", f"Năm {goal}, tỉnh đặt mục tiêu ",
        )))  # fmt: skip
        slugs = self.random.sample(AIMS, 3)
        for number, slug in enumerate(slugs):
            say("; " if number else "")
            label = self._label(slug)
            say(
                f"{label[0].lower() + label[1:] if label[1].islower() else label}"
                f" {pick(('đạt', 'ước đạt', 'đạt'))} "
            )
            self._figure(
                slug,
                self.lexicon.indicators[slug].units[0],
                "level",
                "target",
                str(goal),
                low=30,
                high=99,
                bound=pick(BOUNDS),
            )
        say(f". Giai đoạn {goal - 4} - {goal}, tỉnh phấn đấu tốc độ tăng trưởng GRDP đạt ")
        low, high = self.random.randint(5, 8), self.random.randint(9, 12)
        at = say(f"{low}{pick((' - ', '-', '% - ', ' đến '))}{high}%/năm")
        self._note(
            at,
            "toc-do-tang-truong-grdp",
            "percent",
            "average-per-year",
            "target",
            f"{goal - 4}-{goal}",
            Decimal(low),
            upper=f"{high}.0",
        )
        say("; mỗi năm giải quyết việc làm cho ")
        bound = pick(BOUNDS)
        written, value = self._number(2000, 9900, 0)
        say(bound[0])
        at = say(f"{written} {pick(('lao động', 'người'))}")
        self._note(
            at,
            "giai-quyet-viec-lam",
            "person",
            "average-per-year",
            "target",
            f"{goal - 4}-{goal}",
            value,
            bound=bound[1],
        )
        say(".\n")
