"""The figures of a made-up article: results, rates, growth and targets."""

from decimal import Decimal

from made_up._pools import AIMS, BOUNDS, MONEY, UNKNOWN, WORDS
from made_up._writer import Writer

__all__ = ["Figures"]


class Figures(Writer):
    """Writes sentences with figures, and notes what each figure says."""

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

    def _note(  # noqa: PLR0917 - a figure has as many sides
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
            if label.count(" ") > 1 and "(" not in label and "ước" not in label.casefold()
        ]

    def _label(self, slug: str) -> str:
        return self.random.choice(self._labels(slug))

    def _money(self) -> str:
        known = self.lexicon.indicators
        return self.random.choice(
            [
                slug
                for slug, one in known.items()
                if slug not in {"grdp", "grdp-binh-quan-dau-nguoi"}  # their rise is a growth rate
                and not one.broader
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
            "estimate",
            f"{year}-q2",
            low=3,
            high=15,
        )
        say("; khu vực dịch vụ tăng ")
        self._figure("tang-truong-grdp-dich-vu", "percent", "level", "estimate", f"{year}-q2", low=3, high=15)
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
