"""Make articles of other provinces, with other names, figures and phrasing, of which the truth is known.

They are the test against tuning: no sentence here is from an article of the
record. Everything follows from the number of the article, so that two runs
agree.
"""

from laichau_kg.drafting import Lexicon
from made_up._article import Article, Fact
from made_up._figures import Figures
from made_up._pools import ASIDES, GIVEN, SUBJECTS, SURNAMES
from made_up._scene import Scene

__all__ = ["Article", "Fact", "articles"]


def articles(count: int, lexicon: Lexicon) -> list[Article]:
    """Make *count* articles."""
    return [_Maker(number, lexicon).make() for number in range(count)]


class _Maker(Scene, Figures):
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
