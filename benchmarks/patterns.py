"""An article of the record as a pattern: the same facts told again with other names, dates and figures.

The pattern is read once; an article made from it is put together as text, for
that is a hundred times quicker than to go through a graph. The words that
evidence quotes are changed where names, dates and figures stand in them, and
all offsets move along.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from pathlib import Path

from growth import Block, Setting, World, read_blocks, turtle
from laichau_kg.store import article_graph
from laichau_kg.vocab import GRAPH, ID

__all__ = ["Article", "Pattern"]

NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?(?!\d|[.,]\d)")
FIGURES = ("lck:value", "lck:valueMax", "lck:total", "lck:amount", "lck:size")
RATIO_KEY = ("lck:indicator", "lck:area", "lck:period", "lck:status")
_QUOTED = 100  # characters that evidence may quote


@dataclass
class Article:
    """A made article.

    Attributes:
        slug: Its slug.
        file: Its file's name.
        blocks: What is said of each thing, as Turtle writes it.
        shares: Things that say a part of a total, each with the one that says the percentage.
    """

    slug: str
    file: str
    blocks: dict[str, Block]
    shares: list[tuple[str, str]]

    def text(self) -> str:
        """Write the article's file."""
        return turtle(self.blocks, base=f"{ID}article/{self.slug}")


@dataclass
class _Figure:
    """A figure of the text, which one or more facts state."""

    value: Decimal
    word: str
    about: str
    is_share: bool


class Pattern:
    """An article of the record, ready to be told again."""

    def __init__(self, path: Path, world: World) -> None:
        self.slug = article_graph(path).removeprefix(GRAPH)
        self.is_dated = not path.stem.startswith("undated-")
        self.blocks = read_blocks(path, base=f"{ID}article/{self.slug}")
        self.world = world
        self.evidence = {
            name: (int(block["oa:start"][0].split('"')[1]), int(block["oa:end"][0].split('"')[1]))
            for name, block in self.blocks.items()
            if block["a"] == ["lck:Evidence"]
        }
        dates = {date for name in self._objects() for date in re.findall(r"\d{4}-\d\d-\d\d", name)}
        self.dates = frozenset(dates)
        days = [int(date[8:]) for date in dates] or [1]
        self.days = (1 - min(days), max(0, 28 - max(days)))
        self._read_figures()
        self._read_words()

    def _objects(self) -> Iterator[str]:
        for block in self.blocks.values():
            for predicate, objects in block.items():
                if predicate not in {"oa:exact", "dcterms:title"}:
                    yield from (
                        name for name in objects if "^^xsd:date" in name or name.startswith("lc-period:")
                    )

    def _read_figures(self) -> None:
        """Find each fact's figures in the words that its evidence quotes; equal ones in one place are one."""
        self.figures: list[_Figure] = []
        self.at: dict[tuple[int, int], int] = {}  # places in the text, each with its figure
        self.stated: dict[tuple[str, str], int] = {}
        for name, block in self.blocks.items():
            for predicate in FIGURES:
                for value in block.get(predicate, ()):
                    places = [
                        place
                        for span in block.get("prov:wasDerivedFrom", ())
                        for place, word in self._numbers(span)
                        if _number(word) == Decimal(value)
                    ]
                    if places and Decimal(value):
                        known = [self.at[place] for place in places if place in self.at]
                        number = known[0] if known else self._figure(block, places[0], Decimal(value))
                        self.at.update(dict.fromkeys(places, number))
                        self.stated[name, predicate] = number
        self.ratios = [
            (name, other)
            for name, block in self.blocks.items()
            if "lck:total" in block
            for other, share in self.blocks.items()
            if share.get("lck:measure") == ["lc-measure:level"]
            and share["lck:unit"] == ["lc-unit:percent"]
            and all(share[key] == block[key] for key in RATIO_KEY)
        ]

    def _numbers(self, span: str) -> Iterator[tuple[tuple[int, int], str]]:
        start = self.evidence[span][0]
        for exact in self.blocks[span].get("oa:exact", ()):
            for found in NUMBER.finditer(exact[1:-1]):
                yield (start + found.start(), start + found.end()), found[0]

    def _figure(self, block: Block, place: tuple[int, int], value: Decimal) -> int:
        word = next(word for span in self.evidence for at, word in self._numbers(span) if at == place)
        about = block.get("lck:indicator", block["a"])[0]
        self.figures.append(_Figure(value, word, about, block.get("lck:unit") == ["lc-unit:percent"]))
        return len(self.figures) - 1

    def _read_words(self) -> None:
        """Find what changes in the quoted words; what a span's edge would cut stays."""
        edges = {edge for span in self.evidence.values() for edge in span}
        words: dict[tuple[int, int], str | int] = dict(self.at)
        taken = {spot for start, end in words for spot in range(start, end)}
        for name, (start, _) in self.evidence.items():
            for exact in self.blocks[name].get("oa:exact", ()):
                for found in self.world.pattern.finditer(exact[1:-1]):
                    place = (start + found.start(), start + found.end())
                    within = range(*place)
                    if (
                        place not in words
                        and not taken.intersection(within)
                        and not edges.intersection(within[1:])
                    ):
                        words[place] = found[0]
                        taken.update(within)
        self.words = sorted(words.items())
        self.ends = [end for (_, end), _ in self.words]

    def tell(self, number: int, setting: Setting, *, slugs: Mapping[str, str]) -> Article:
        """Make the article with a number.

        Args:
            number: Its number in the record.
            setting: Where and when it plays.
            slugs: What the articles told along with it are called, by their true slugs.
        """
        world, slug = self.world, slugs[self.slug]
        low, high = self.days
        days = 0 if setting.is_true else low + int(world.chance("days", number) * (high - low + 1))
        area = world.area(setting, number)
        teller = _Teller(self, setting, days=days, slugs=slugs, area=area, mark=f" ({number})")
        blocks = {teller.name(name): teller.block(name, block) for name, block in self.blocks.items()}
        issued = blocks[f"lc-article:{slug}"].get("dcterms:issued", ['"undated"'])[0].split('"')[1]
        shares = [(teller.name(name), teller.name(other)) for name, other in self.ratios]
        return Article(slug, f"{issued}-{slug}.ttl", blocks, shares)

    def values(self, setting: Setting, area: str) -> list[Decimal]:
        """Draw the figures: the same for one indicator, place and year, whoever tells of them."""
        values = []
        for figure in self.figures:
            chance = self.world.chance("figure", figure.about, area, setting.years)
            factor = 0.8 + 0.2 * chance if figure.is_share else 0.6 + 0.8 * chance
            step = Decimal(1).scaleb(-len(figure.word.partition(",")[2]))
            new = (figure.value * Decimal(1 if setting.is_true else factor)).quantize(step, ROUND_HALF_UP)
            values.append(max(step, new))
        for name, other in self.ratios:
            part, whole = (values[self.stated[name, key]] for key in ("lck:value", "lck:total"))
            at = self.stated[other, "lck:value"]
            step = Decimal(1).scaleb(-len(self.figures[at].word.partition(",")[2]))
            values[at] = (100 * part / whole).quantize(step, ROUND_HALF_UP)
        for (name, key), at in self.stated.items():
            if key == "lck:valueMax" and values[at] <= values[self.stated[name, "lck:value"]]:
                values[at] = values[self.stated[name, "lck:value"]] + 1
        return values


class _Teller:
    """One telling of a pattern."""

    def __init__(
        self,
        pattern: Pattern,
        setting: Setting,
        *,
        days: int,
        slugs: Mapping[str, str],
        area: str,
        mark: str,
    ) -> None:
        self.pattern, self.world = pattern, pattern.world
        self.setting, self.days, self.slugs, self.area = setting, days, slugs, area
        self.slug = slugs[pattern.slug]
        self.values = pattern.values(setting, area)
        self.names: dict[str, str] = {}
        self._new_words = [
            self.world.replaced(word, setting, days, pattern.dates)
            if isinstance(word, str)
            else _written(self.values[word], pattern.figures[word].word)
            for _, word in pattern.words
        ]
        grown = (
            len(new) - end + start
            for ((start, end), _), new in zip(pattern.words, self._new_words, strict=True)
        )
        self._moved = [0, *accumulate(grown)]
        self._mark = mark  # so that no two articles share a description, as true ones do not

    def name(self, name: str) -> str:
        """Say what a thing is called now."""
        new = self.names.get(name)
        if new is None:
            new = self.names[name] = self._renamed(name)
        return new

    def _renamed(self, name: str) -> str:
        pattern = self.pattern
        if name in pattern.evidence:
            start, end = pattern.evidence[name]
            return f"<#char={self._place(start)},{self._place(end)}>"
        if name in self.world.stem_of:
            return self.world.name(name, self.setting, self.days)
        kind, _, slug = name.partition(":")
        if kind == "lc-article":
            return f"{kind}:{self.slugs[slug]}"
        article, parted, local = slug.partition("--")
        if parted:
            return f"{kind}:{self.slugs[article]}--{self._retold(local)}"
        return name

    def block(self, name: str, block: Block) -> Block:
        """Say now what is said of a thing."""
        if name in self.pattern.evidence:
            return self._evidence(name, block)
        told = {
            predicate: [self._object(name, predicate, each) for each in block[predicate]]
            for predicate in block
        }
        if block["a"] == ["lck:Article"]:
            digest = hashlib.sha256(self.slug.encode()).hexdigest()
            told["lck:length"] = [str(self._place(int(block["lck:length"][0])))]
            told["lck:sha256"] = [f'"{digest}"']
            told["lck:sourceFile"] = [f'"{digest[:16]}.txt"']
        return told

    def _object(self, name: str, predicate: str, written: str) -> str:
        if written[0] == '"':
            if predicate == "dcterms:description":
                return f'{self._retold(written[:-4])}{self._mark}"{written[-3:]}'
            return self._retold(written)
        figure = self.pattern.stated.get((name, predicate))
        if figure is not None:
            part = written.partition(".")[2]
            return f"{self.values[figure]:.{len(part)}f}"
        if written == "lc-place:lai-chau" and predicate == "lck:area":
            return self.area
        return written if written[0].isdigit() else self.name(written)

    def _evidence(self, name: str, block: Block) -> Block:
        start, end = (self._place(edge) for edge in self.pattern.evidence[name])
        told = dict(block)
        told["oa:start"], told["oa:end"] = ([f'"{edge}"^^xsd:nonNegativeInteger'] for edge in (start, end))
        told["oa:hasSource"] = [f"lc-article:{self.slug}"]
        words = f"{self.slug} {start} {end}"
        if "oa:exact" in block:
            words = self._words(name, block["oa:exact"][0][1:-1])
            told["oa:exact"] = [f'"{words}"']
            if len(words) > _QUOTED:
                del told["oa:exact"]
        told["lck:sha256"] = [f'"{hashlib.sha256(words.encode()).hexdigest()}"']
        return told

    def _words(self, name: str, exact: str) -> str:
        """Change the names, dates and figures in quoted words."""
        start, end = self.pattern.evidence[name]
        parts, at = [], start
        for index in range(bisect_right(self.pattern.ends, start), len(self.pattern.words)):
            (first, last), _ = self.pattern.words[index]
            if last > end:
                break
            parts += [exact[at - start : first - start], self._new_words[index]]
            at = last
        return "".join([*parts, exact[at - start :]])

    def _place(self, edge: int) -> int:
        """Say where a place of the text lies now."""
        return edge + self._moved[bisect_right(self.pattern.ends, edge)]

    def _retold(self, text: str) -> str:
        return self.world.retold(text, self.setting, self.days, self.pattern.dates)


def _number(word: str) -> Decimal:
    return Decimal(word.replace(".", "").replace(",", "."))


def _written(value: Decimal, like: str) -> str:
    """Write a number as Vietnamese news does, in the way that another one is written."""
    whole, _, part = f"{value:f}".partition(".")
    if "." in like or int(whole) > 999:  # noqa: PLR2004 - then a dot is usual
        whole = f"{int(whole):,}".replace(",", ".")
    if like.startswith("0") and "," not in like:
        whole = whole.rjust(len(like), "0")
    return f"{whole},{part}" if part else whole
