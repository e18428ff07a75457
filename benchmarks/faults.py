"""Faults to plant in a made article: each of a kind that one rule has to find.

Every fault falls on a thing of its own, so that none hides another.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from laichau_kg.vocab import LCS, PREFIXES
from patterns import Article

__all__ = ["KINDS", "Fault", "plant"]


@dataclass(frozen=True)
class Fault:
    """A planted fault.

    Attributes:
        kind: Its name.
        file: The file that it is in.
        thing: What a finding has to be about.
        rule: Name of the rule that has to say so.
    """

    kind: str
    file: str
    thing: str
    rule: str

    def __str__(self) -> str:
        """Write the fault as a line of a table, with whole addresses."""
        prefix, _, local = self.thing.partition(":")
        thing = PREFIXES[prefix] + local
        return "\t".join([self.kind, f"data/articles/{self.file}", thing, LCS + self.rule])


class _Spoiler:
    """What has been spoilt in an article, and what may be yet."""

    def __init__(self, article: Article) -> None:
        self.article, self.blocks = article, article.blocks
        self.used: set[str] = set()

    def things(self, class_name: str, *having: str) -> Iterator[str]:
        """Find whole things of a class that have some properties."""
        for name, block in self.blocks.items():
            is_free = name not in self.used and block["a"] == [class_name]
            if is_free and all(predicate in block for predicate in having):
                yield name

    def thing(self, class_name: str, *having: str) -> str | None:
        """Find the first of those things."""
        return next(self.things(class_name, *having), None)

    def address(self, name: str) -> str:
        """Write evidence with its article, as a finding names it."""
        return f"lc-article:{self.article.slug}{name[1:-1]}"

    def requote(self, name: str, words: str) -> None:
        """Let evidence quote other words, with their hash."""
        block = self.blocks[name]
        block["oa:exact"] = [f'"{words}"']
        block["lck:sha256"] = [f'"{hashlib.sha256(words.encode()).hexdigest()}"']


def _wrong_ratio(spoiler: _Spoiler) -> str | None:
    """A percentage that its count and total do not make, quoted as it is."""
    for name, other in spoiler.article.shares:
        share, count = spoiler.blocks[other], spoiler.blocks[name]
        main = share["lck:mainEvidence"][0]
        if (
            spoiler.used & {name, other, main}
            or count["lck:bound"] + share["lck:bound"] != ["lc-bound:exact"] * 2
        ):
            continue
        words, value = spoiler.blocks[main]["oa:exact"][0][1:-1], share["lck:value"][0]
        first = str(int(value[0]) - 1 or 2)
        share["lck:value"] = [first + value[1:]]
        spoiler.requote(main, words.replace(value[0], first, 1))
        spoiler.used |= {other, main}
        return name
    return None


def _changed(
    class_name: str, predicate: str, change: Callable[[str], str]
) -> Callable[[_Spoiler], str | None]:
    """Make a fault of a thing's wrong value."""

    def spoil(spoiler: _Spoiler) -> str | None:
        name = spoiler.thing(class_name, predicate)
        if name:
            spoiler.blocks[name][predicate] = [change(spoiler.blocks[name][predicate][0])]
        return name

    return spoil


def _misspelt(class_name: str, predicate: str, wrong: str) -> Callable[[_Spoiler], str | None]:
    """Make a fault of a property's wrong name, which stands in the canonical place."""

    def spoil(spoiler: _Spoiler) -> str | None:
        name = spoiler.thing(class_name, predicate)
        if name:
            block = spoiler.blocks[name]
            told = {wrong if each == predicate else each: objects for each, objects in block.items()}
            block.clear()
            block.update(told)
        return name

    return spoil


def _lost(class_name: str, predicate: str) -> Callable[[_Spoiler], str | None]:
    """Make a fault of a property that is not there."""

    def spoil(spoiler: _Spoiler) -> str | None:
        name = spoiler.thing(class_name, predicate)
        if name:
            del spoiler.blocks[name][predicate]
        return name

    return spoil


def _lost_label(spoiler: _Spoiler) -> str | None:
    """A group without its English label."""
    name = spoiler.thing("lck:Group", "skos:prefLabel")
    if name:
        labels = spoiler.blocks[name]["skos:prefLabel"]
        spoiler.blocks[name]["skos:prefLabel"] = [label for label in labels if label.endswith("@vi")]
    return name


def _twice(spoiler: _Spoiler) -> str | None:
    """A figure that is recorded twice."""
    name = spoiler.thing("lck:Observation")
    if name:
        spoiler.blocks[f"{name}-nua"] = {key: list(values) for key, values in spoiler.blocks[name].items()}
        spoiler.used.add(f"{name}-nua")
    return name


def _outside(spoiler: _Spoiler) -> str | None:
    """Evidence that ends after the article."""
    free = [name for name in spoiler.things("lck:Evidence") if "oa:exact" not in spoiler.blocks[name]]
    if not free:
        return None
    length = int(spoiler.blocks[f"lc-article:{spoiler.article.slug}"]["lck:length"][0])
    old, start = free[-1], free[-1].partition("=")[2].partition(",")[0]
    new = f"<#char={start},{length + 1 + len(spoiler.used)}>"
    blocks = {
        new if name == old else name: {
            predicate: [new if each == old else each for each in objects]
            for predicate, objects in block.items()
        }
        for name, block in spoiler.blocks.items()
    }
    blocks[new]["oa:end"] = [f'"{new.partition(",")[2][:-1]}"^^xsd:nonNegativeInteger']
    spoiler.blocks.clear()
    spoiler.blocks.update(blocks)
    return new


def _wrong_hash(spoiler: _Spoiler) -> str | None:
    """Quoted words that have another hash."""
    name = spoiler.thing("lck:Evidence", "oa:exact")
    if name:
        words = spoiler.blocks[name]["oa:exact"][0]
        spoiler.blocks[name]["lck:sha256"] = [f'"{hashlib.sha256(words.encode()).hexdigest()}"']
    return name


def _too_long(spoiler: _Spoiler) -> str | None:
    """Quoted words that are longer than their span."""
    name = spoiler.thing("lck:Evidence", "oa:exact")
    if name:
        spoiler.requote(name, spoiler.blocks[name]["oa:exact"][0][1:-1] + ".")
    return name


def _wrong_unit(spoiler: _Spoiler) -> str | None:
    """A level in a unit that is not its indicator's."""
    free = spoiler.things("lck:Observation")
    for name in free:
        block = spoiler.blocks[name]
        if block["lck:measure"] == ["lc-measure:level"] and block["lck:unit"] != [
            "lc-unit:doctors-per-10000"
        ]:
            block["lck:unit"] = ["lc-unit:doctors-per-10000"]
            return name
    return None


def _base_after(spoiler: _Spoiler) -> str | None:
    """A figure that is compared with its own period, and is of the one before."""
    name = spoiler.thing("lck:Observation", "lck:basePeriod")
    if name:
        block = spoiler.blocks[name]
        block["lck:basePeriod"], block["lck:period"] = block["lck:period"], block["lck:basePeriod"]
    return name


KINDS: dict[str, tuple[Callable[[_Spoiler], str | None], str]] = {
    "wrong-ratio": (_wrong_ratio, "Observation-ratioAgrees"),
    "evidence-outside": (_outside, "Evidence-inside"),
    "unknown-code": (
        _changed("lck:Observation", "lck:status", lambda _: "lc-status:guess"),
        "Observation-status",
    ),
    "missing-label": (_lost_label, "Thing-label"),
    "duplicate-observation": (_twice, "Observation-once"),
    "dangling-reference": (
        _changed("lck:Citation", "lck:cites", lambda _: "lc-document:khong-co"),
        "Thing-described",
    ),
    "misspelt-property": (_misspelt("lck:Assessment", "lck:meeting", "lck:meetin"), "Thing-knownProperty"),
    "wrong-hash": (_wrong_hash, "Evidence-exactHash"),
    "quote-too-long": (_too_long, "Evidence-exactLength"),
    "base-after": (_base_after, "Observation-baseEarlier"),
    "misread-figure": (
        _changed("lck:Observation", "lck:value", lambda value: f"777{value}"),
        "Observation-figureQuoted",
    ),
    "comma-in-number": (
        _changed("lck:Observation", "lck:value", lambda value: f'"{value.replace(".", ",")}"^^xsd:decimal'),
        "Thing-lexicalForm",
    ),
    "wrong-unit": (_wrong_unit, "Observation-unitOfLevel"),
    "no-main-evidence": (_lost("lck:Goal", "lck:mainEvidence"), "Fact-mainEvidence"),
    "no-topic": (_lost("lck:Assessment", "lck:topic"), "Statement-topic"),
    "impossible-date": (
        _changed("lck:Attestation", "lck:attestedOn", lambda _: '"2020-13-01"^^xsd:date'),
        "Thing-lexicalForm",
    ),
}


def plant(article: Article, tally: Counter[str], count: int) -> list[Fault]:
    """Plant faults in an article, the rarest first; what it has no room for is passed over.

    Args:
        article: The article, which is changed.
        tally: How many faults of each kind there are yet; kept up to date.
        count: How many to plant.

    Raises:
        ValueError: the article has no room for so many.
    """
    spoiler, faults = _Spoiler(article), list[Fault]()
    for _ in range(count):
        turns = sorted(KINDS, key=lambda kind: tally[kind])
        tried = ((kind, KINDS[kind][0](spoiler)) for kind in turns)
        kind, name = next((each for each in tried if each[1]), ("", None))
        if not name:
            raise ValueError(f"{article.file}: no room for {count} faults.")
        spoiler.used.add(name)
        tally[kind] += 1
        thing = spoiler.address(name) if name.startswith("<") else name
        faults.append(Fault(kind, article.file, thing, KINDS[kind][1]))
    return faults
