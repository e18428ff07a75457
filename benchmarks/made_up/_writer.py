"""What all parts of a made-up article share: its number's chance, its province, year and people."""

import random
from datetime import date

from laichau_kg.drafting import Lexicon
from laichau_kg.drafting.names import PROVINCES
from laichau_kg.text import slugify
from made_up._article import Article
from made_up._pools import GIVEN, MIDDLES, POSTS, SURNAMES

__all__ = ["Writer"]


class Writer:
    """Holds the article as it grows."""

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
