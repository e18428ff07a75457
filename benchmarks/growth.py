"""The registers of a generated record: what the true ones hold, told again of other provinces and years.

An entry that speaks of the province becomes another province's, one that
speaks of a year another year's, and each comes into the registers when an
article first refers to it. So they grow as a true record's would: fast at
first, then ever slower, for a province's bodies and posts are soon all there.
"""

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from laichau_kg.drafting.names import PROVINCES
from laichau_kg.layout import Layout
from laichau_kg.text import slugify
from laichau_kg.vocab import PREFIXES

__all__ = ["Block", "Setting", "World", "read_blocks", "turtle"]

Block = dict[str, list[str]]
"""What is said of one thing: objects by predicate, as Turtle writes them."""

HOME = "Lai Châu"
FIRST_YEAR, LAST_YEAR = -12, 2  # the years of the true articles, moved by this much
SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Ngô Dương Lý Đinh Giàng Sùng Lò Vàng Thào Hạng Quàng"
)
MIDDLES = "Văn Đức Minh Hữu Quốc Thanh Xuân Ngọc Công Mạnh Thế Việt Trọng Páo Seo"
GIVEN = (
    "Hùng Lan Cường Tuấn Hương Sơn Dũng Thủy Chớ Lử Quân Bình Hải Nam Long Thắng Yến Phương Khánh Tùng Vinh"
)
FIRSTS = "Nậm Mường Tả Pa Bản Phìn Tà Hua Khun Lản Sùng Ta Thèn Vàng Ma Pắc Noong Hồ Ka Mù Chiềng Nà Phú Phúc"
SECONDS = "Ban Cang Cha Chải Ham Hăng Khoa Kim Ma Manh Mít Ngảo Pì Sỏ So Sin Thàng Tở Tung Vây Xe Loỏng Chà"
DATE = r"(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/])|(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
YEAR = r"(?<![\d.,])(?:19|20)\d\d(?![.,]?\d)"
_PREFIX_OF = {iri: prefix for prefix, iri in PREFIXES.items()}
_EVIDENCE = re.compile(r"<#char=(\d+),(\d+)>")


def short(iri: str, *, base: str = "") -> str:
    """Write an address as the canonical Turtle does."""
    if base and iri.startswith(base + "#"):
        return f"<{iri[len(base) :]}>"
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    return f"{_PREFIX_OF[iri[:cut]]}:{iri[cut:]}"


def written(node: ox.NamedNode | ox.Literal, *, base: str = "") -> str:
    """Write an object as the canonical Turtle does."""
    if isinstance(node, ox.NamedNode):
        return short(node.value, base=base)
    quoted, datatype = str(ox.Literal(node.value)), node.datatype.value.rpartition("#")[2]
    if node.language:
        return f"{quoted}@{node.language}"
    if datatype in {"integer", "decimal", "boolean"}:
        return node.value
    return quoted if datatype == "string" else f"{quoted}^^xsd:{datatype}"


def read_blocks(path: Path, *, base: str = "") -> dict[str, Block]:
    """Read a Turtle file as blocks, predicates in the order that the file has them."""
    blocks: dict[str, Block] = {}
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        predicate = "a" if quad.predicate.value.endswith("#type") else short(quad.predicate.value)
        block = blocks.setdefault(short(quad.subject.value, base=base), {})
        block.setdefault(predicate, []).append(written(quad.object, base=base))
    return blocks


def order(name: str) -> tuple[int, int, int, str, str]:
    """Tell where the canonical Turtle puts a subject or an object."""
    if name[0] == '"':
        value, _, language = name.rpartition('"')
        return (3, 0, 0, language, value[1:])
    if found := _EVIDENCE.fullmatch(name):
        return (1, int(found[1]), int(found[2]), "", "")
    return (2, 0, 0, name, "")


def turtle(blocks: Mapping[str, Block], *, base: str = "") -> str:
    """Write blocks as canonical Turtle; their predicates stand in its order already."""
    own = f"lc-article:{base.rpartition('/')[2]}"
    used, body = {"xsd"} if base else set(), []
    for subject in sorted(blocks, key=lambda name: (name != own, order(name))):
        lines = [subject]
        used.add(subject.partition(":")[0])
        for predicate, objects in blocks[subject].items():
            used.add(predicate.partition(":")[0])
            for name in objects:
                used.add("xsd" if "^^xsd:" in name else name.partition(":")[0])
            if len(objects) == 1:
                lines.append(f"    {predicate} {objects[0]} ;")
            else:
                ranked = sorted(objects, key=order)
                lines.append(f"    {predicate}\n        " + " ,\n        ".join(ranked) + " ;")
        body.append("\n".join([*lines, ".\n"]))
    head = f"BASE <{base}>\n" if base else ""
    head += "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(used & PREFIXES.keys()))
    return "\n".join([head, *body])


@dataclass(frozen=True)
class Setting:
    """Where and when some articles play.

    Attributes:
        rank: Number of the province; 0 is the true one.
        province: Its name.
        years: By how many years everything is moved.
    """

    rank: int
    province: str
    years: int

    @cached_property
    def slug(self) -> str:
        """The province's slug."""
        return slugify(self.province)

    @cached_property
    def is_true(self) -> bool:
        """Whether all stays as it was."""
        return not (self.rank or self.years)


class World:
    """The registers, growing."""

    def __init__(self, layout: Layout, *, seed: int, size: int) -> None:
        self.seed = seed
        self.true = {path.stem: read_blocks(path) for path in layout.register_files()}
        self.stem_of = {name: stem for stem, blocks in self.true.items() for name in blocks}
        self.provincial = self._provincial()
        self.holders: frozenset[str] = frozenset()
        self.grown: dict[str, dict[str, Block]] = {stem: {} for stem in self.true}
        self._labels: dict[tuple[str, str], str] = {}
        self._people: dict[tuple[str, ...], str] = {}
        self._taken = {
            name.partition(":")[2] for stem in ("officials", "authors") for name in self.true[stem]
        }
        self._settings: dict[Setting, dict[str, str]] = {}
        self._names: dict[tuple[str, Setting, int], str] = {}
        self._places: dict[tuple[int, ...], str] = {}
        self._parts = self._new_parts()
        others = [name for name in PROVINCES if name not in {HOME, "Thừa Thiên Huế"}]
        random.Random(seed).shuffle(others)  # noqa: S311 - nothing secret
        count = min(34, max(1, round((size / 5) ** 0.5)))
        self.provinces = [HOME, *others[: count - 1]]
        self._people_names = {
            name: block["foaf:name"][0].strip('"')
            for stem in ("officials", "authors")
            for name, block in self.true[stem].items()
        }
        # Whether a number is the province's own; another's would be the same all over the country.
        self._numbers = {
            block["lck:number"][0].strip('"'): name in self.provincial
            for name, block in self.true["documents"].items()
            if "lck:number" in block
        }
        fixed = [HOME, "lai-chau", "laichau", *self._numbers, *map(slugify, self._numbers)]
        fixed += [*self._people_names.values(), *(name.partition(":")[2] for name in self._people_names)]
        wholes = "|".join(re.escape(each) for each in sorted(fixed, key=len, reverse=True))
        self.pattern = re.compile(rf"((?<![^\W_])(?:{wholes})(?![^\W_])|{DATE}|{YEAR})")
        self._split: dict[str, list[str]] = {}

    def chance(self, *about: object) -> float:
        """Draw a number from 0 to 1 that depends only on the seed and what it is about."""
        return zlib.crc32("/".join(map(str, (self.seed, *about))).encode()) / 2**32

    def setting(self, group: int) -> Setting:
        """Choose where and when a group of articles plays; the first stays where the true ones are."""
        if not group:
            return Setting(0, HOME, 0)
        rank = int(self.chance("province", group) * len(self.provinces))
        span = LAST_YEAR - FIRST_YEAR + 1
        return Setting(rank, self.provinces[rank], FIRST_YEAR + int(self.chance("years", group) * span))

    def retold(self, text: str, setting: Setting, days: int = 0, dates: frozenset[str] = frozenset()) -> str:
        """Tell a text or slug again: of another place, other people, another time.

        Args:
            text: The text.
            setting: Where and when it is to play.
            days: By how many days the dates are moved as well, within their month.
            dates: Those dates, as in ``2020-07-15``; all others are moved by years alone.
        """
        if setting.is_true and not days:
            return text
        pieces = self._split.get(text)
        if pieces is None:
            pieces = self._split[text] = self.pattern.split(text)
        if len(pieces) == 1:
            return text
        new = [self.replaced(word, setting, days, dates) for word in pieces[1::2]]
        return "".join(piece for pair in zip(pieces[::2], [*new, ""], strict=True) for piece in pair)

    def replaced(self, word: str, setting: Setting, days: int, dates: frozenset[str]) -> str:
        """Say what stands in place of a name, number, date or year that `pattern` finds."""
        known = self._words(setting).get(word)
        if known is not None:
            return known
        if "/" in word:
            day, month, *year = word.split("/")
            moved = any(date[5:] == f"{int(month):02}-{int(day):02}" for date in dates)
            new = f"{int(day) + days:0{len(day)}}" if moved else day
            return "/".join([new, month, *(str(int(each) + setting.years) for each in year)])
        rest = f"-{int(word[8:]) + days:02}" if word in dates else word[7:]
        return f"{int(word[:4]) + setting.years}{word[4:7]}{rest}"

    def name(self, name: str, setting: Setting, days: int = 0) -> str:
        """Say what an entry of the registers is called in a setting, and take it in."""
        key = (name, setting, days if re.fullmatch(r"lc-period:\d{4}-\d\d-\d\d", name) else 0)
        if key not in self._names:
            self._names[key] = self._take_in(*key)
        return self._names[key]

    def area(self, setting: Setting, number: int) -> str:
        """Choose what an article's figures are about: the province, a district, or a commune."""
        kind, which = self.chance("kind of area", number), self.chance("area", number)
        if kind < 0.6:  # noqa: PLR2004 - the true articles are about the province
            return self.name("lc-place:lai-chau", setting)
        district = int(which * 8)
        if kind < 0.85:  # noqa: PLR2004 - most others about a district
            return self._place(setting, district)
        return self._place(setting, district, int(which * 80) % 10)

    def write(self, layout: Layout) -> None:
        """Write the registers as they have grown."""
        for stem, blocks in self.grown.items():
            (layout.registers / f"{stem}.ttl").write_text(turtle(blocks), encoding="utf-8")

    def _provincial(self) -> frozenset[str]:
        """Find the entries that are about the province, or about what is."""
        entries = {name: block for blocks in self.true.values() for name, block in blocks.items()}
        texts = {name: " ".join([name, *_objects(block)]) for name, block in entries.items()}
        found = {name for name, text in texts.items() if "lai-chau" in text or HOME in text}
        while more := {name for name, block in entries.items() if found & set(_objects(block))} - found:
            found |= more
        return frozenset(found)

    def _words(self, setting: Setting) -> dict[str, str]:
        """List what stands for the names and numbers of the true record in a setting."""
        words = self._settings.get(setting)
        if words is None:
            words = {
                HOME: setting.province,
                "lai-chau": setting.slug,
                "laichau": setting.slug.replace("-", ""),
            }
            self._settings[setting] = words
            for name, true in self._people_names.items():
                words[true] = self._person(name, true, setting)
                words[name.partition(":")[2]] = slugify(words[true])
            for number, is_own in self._numbers.items():
                count, rest = re.fullmatch(r"(\d+)(.*)", number).groups()  # type: ignore[union-attr]
                rank = setting.rank if is_own else 0
                more = 60 * (setting.years + 20) + rank if setting.years or rank else 0
                words[number] = f"{int(count) + more:0{len(count)}}{rest}"
                words[slugify(number)] = slugify(words[number])
        return words

    def _person(self, name: str, true: str, setting: Setting) -> str:
        """Name who is in a person's place: for five years the same, and the same everywhere at the top."""
        at = setting.province if name in self.holders or name.startswith("lc-author:") else ""
        term = str(setting.years // 5) if name.startswith("lc-person:") else ""
        if at in {"", HOME} and term in {"", "0"}:
            return true
        key = (name, at, term)
        if key not in self._people:
            draw = random.Random("/".join([str(self.seed), *key]))  # noqa: S311 - as above
            new = true
            while slugify(new) in self._taken:
                new = " ".join(draw.choice(part.split()) for part in (SURNAMES, MIDDLES, GIVEN))
            self._taken.add(slugify(new))
            self._people[key] = new
        return self._people[key]

    def meet(self, articles: Iterable[Mapping[str, Block]]) -> None:
        """Learn from the true articles who holds a post in the province."""
        self.holders = frozenset(
            block["org:member"][0]
            for blocks in articles
            for block in blocks.values()
            if "org:member" in block and block["lck:post"][0] in self.provincial
        )

    def _take_in(self, name: str, setting: Setting, days: int) -> str:
        stem = self.stem_of[name]
        block = self.true[stem][name]
        kind, _, slug = name.partition(":")
        local = setting if name in self.provincial else Setting(0, HOME, setting.years)
        if stem in {"organizations", "places", "posts"}:
            local = Setting(local.rank, local.province, 0)
        if stem in {"officials", "authors"}:
            local = setting
        dates = frozenset({slug}) if days else frozenset()
        new = self.retold(slug, local, days, dates)
        told = {
            predicate: [self._told(each, setting, local, days, dates) for each in objects]
            for predicate, objects in block.items()
        }
        if stem not in {"officials", "authors"}:
            if local.rank and local.slug not in new:
                new += f"-{local.slug}"
            later = Setting(0, HOME, local.years)
            texts = [each for each in _objects(block) if each[0] == '"']
            if self.retold(slug, later) == slug and any(self.retold(each, later) != each for each in texts):
                new += f"-{2020 + local.years}"
        self._keep(stem, f"{kind}:{new}", told, local)
        return f"{kind}:{new}"

    def _told(self, name: str, setting: Setting, local: Setting, days: int, dates: frozenset[str]) -> str:
        if name in self.stem_of:
            return self.name(name, setting)
        return self.retold(name, local, days, dates)

    def _keep(self, stem: str, name: str, block: Block, setting: Setting) -> None:
        """Put an entry into its register; two of one name are told apart by place and year."""
        if name in self.grown[stem]:
            return
        vi = next(each for each in block["skos:prefLabel"] if each.endswith("@vi"))
        if self._labels.setdefault((stem, vi), name) != name:
            more = f" ({setting.province}, {2020 + setting.years})"
            block["skos:prefLabel"] = [f'{each[:-4]}{more}"{each[-3:]}' for each in block["skos:prefLabel"]]
        self.grown[stem][name] = block

    def _new_parts(self) -> Iterator[str]:
        """Give names for places, no two with one slug."""
        seen = {name.rpartition(":")[2].partition("-")[2] for name in self.true["places"]}
        pairs = [f"{first} {second}" for first in FIRSTS.split() for second in SECONDS.split()]
        pairs += [f"{pair} {third}" for pair in pairs for third in SECONDS.split()]
        for pair in pairs:
            if slugify(pair) not in seen:
                seen.add(slugify(pair))
                yield pair

    def _place(self, setting: Setting, *path: int) -> str:
        """Name a district, or a commune of one, and take it in."""
        key = (setting.rank, *path)
        if key not in self._places:
            above = self._place(setting, *path[:-1]) if path[1:] else self.name("lc-place:lai-chau", setting)
            part, is_commune = next(self._parts), len(path) > 1
            vi, en = ("Xã", "commune") if is_commune else ("Huyện", "district")
            name = f"lc-place:{slugify(f'{vi} {part}')}"
            block = {
                "a": ["lck:Place"],
                "skos:prefLabel": [f'"{part} {en}"@en', f'"{vi} {part}"@vi'],
                "skos:altLabel": [f'"{part}"@vi'],
                "lck:isPartOf": [above],
                "lck:kind": [f"lc-place-kind:{en}"],
            }
            self._keep("places", name, block, setting)
            self._places[key] = name
        return self._places[key]


def _objects(block: Block) -> list[str]:
    return [name for objects in block.values() for name in objects]
