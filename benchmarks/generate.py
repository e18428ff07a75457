"""Make a record of N articles of the true shape, to measure and to try things on.

    python benchmarks/generate.py N DIR [--seed S] [--faults K]

The articles of this record are told again: of other provinces, districts and
years, with other people, documents and figures. Only facts are made, no
article's text. Everything follows from the seed. With faults, DIR/faults.tsv
lists what was done to what, and which rule has to say so.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from faults import plant
from growth import World
from laichau_kg.errors import LaichauError
from laichau_kg.layout import Layout, find_layout
from patterns import Article, Pattern

__all__ = ["articles", "generate"]

ROOT = Path(__file__).parents[1]
SHARED = ("ontology", "queries", "docs/rules")


def articles(layout: Layout, world: World, count: int) -> Iterator[Article]:
    """Tell the articles of a record again, in groups of one place and time, until there are *count*."""
    patterns = [Pattern(path, world) for path in layout.article_files()]
    world.meet(pattern.blocks for pattern in patterns)
    for number in range(count):
        group, which = divmod(number, len(patterns))
        if not which:
            setting = world.setting(group)
            first = number
            slugs = {
                pattern.slug: f"{world.retold(pattern.slug, setting)}-{first + rank}"
                for rank, pattern in enumerate(patterns)
            }
        yield patterns[which].tell(number, setting, slugs=slugs)


def generate(count: int, target: Path, *, seed: int = 0, faults: int = 0) -> None:
    """Write a record of *count* articles to *target*, a new folder.

    Args:
        count: How many articles.
        target: Where to.
        seed: What everything follows from.
        faults: How many faults to plant.
    """
    true, made = find_layout(ROOT), Layout(target)
    for folder in SHARED:
        shutil.copytree(true.root / folder, target / folder)
    made.articles.mkdir(parents=True)
    made.registers.mkdir()
    world = World(true, seed=seed, size=count)
    with (target / "faults.tsv").open("w", encoding="utf-8") as listed:
        listed.write("fault\tfile\tthing\trule\n")
        tally = Counter[str]()
        for number, article in enumerate(articles(true, world, count)):
            # As many by now as an even spread over the articles would have.
            due = faults * (number + 1) // count - tally.total()
            for fault in plant(article, tally, due):
                listed.write(f"{fault}\n")
            (made.articles / article.file).write_text(article.text(), encoding="utf-8")
    world.write(made)


def main() -> None:
    """Make the record that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a record of N articles of the true shape.")
    parser.add_argument("count", metavar="N", type=int, help="how many articles")
    parser.add_argument("target", metavar="DIR", type=Path, help="where to; must not exist")
    parser.add_argument("--seed", type=int, default=0, help="what everything follows from")
    parser.add_argument("--faults", metavar="K", type=int, default=0, help="how many faults to plant")
    asked = parser.parse_args()
    if asked.count < 1 or asked.faults < 0:
        parser.error("a record has at least one article, and no fewer than no faults.")
    if asked.target.exists():
        parser.error(f"{asked.target}: is there already; name a new folder.")
    try:
        generate(asked.count, asked.target, seed=asked.seed, faults=asked.faults)
    except (LaichauError, OSError, ValueError) as error:
        sys.exit(f"generate.py: {error}")


if __name__ == "__main__":
    main()
