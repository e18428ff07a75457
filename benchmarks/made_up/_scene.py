"""The meeting of a made-up article, its people and the documents it names."""

from laichau_kg.text import slugify
from made_up._pools import DOCUMENTS, NAMED, SUBJECTS
from made_up._writer import Writer

__all__ = ["Scene"]


class Scene(Writer):
    """Writes who met, who spoke and what was cited."""

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
