"""Compare drafts of the record's articles, and of made-up ones, with what is known of them.

    python benchmarks/drafting.py [--texts DIR] [--made-up N] [--misses]

prints precision, recall and F1 by kind, and how many of the found figures
have each field right. The record is the truth; the texts are not part of the
project and are looked for in ../shared/sources.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

import made_up
from laichau_kg.drafting import Candidate, Lexicon, draft_text, read_lexicon
from laichau_kg.drafting.resolving import Resolver
from laichau_kg.layout import find_layout
from laichau_kg.store import open_store
from laichau_kg.vocab import LCK, PREFIXES, RDF

ROOT = Path(__file__).parents[1]
FIGURE_FIELDS = (
    "indicator", "area", "period", "status", "measure", "value", "valueMax", "unit", "bound", "basePeriod",
    "total",
)  # fmt: skip
OTHER_FIELDS = ("amount", "role", "kind", "date", "partOfDay", "mode", "organizer", "post")
GOALS = {
    "figures: span and value": 0.92,
    "figures: all fields right": 0.85,
    "titles": 0.97,
    "documents: numbered or named": 0.97,
    "meetings": 0.85,
    "participations": 0.85,
}


@dataclass(frozen=True)
class Known:
    """A true fact: its kind, its spans (the main one first) and its fields as slugs."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    fields: Mapping[str, str]


@dataclass
class Score:
    """How many were right, drafted and true."""

    right: int = 0
    drafted: int = 0
    true: int = 0
    held: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> tuple[float, float, float]:
        """Give precision, recall and F1."""
        precision = self.right / self.drafted if self.drafted else 1.0
        recall = (self.held or self.right) / self.true if self.true else 1.0
        return precision, recall, 2 * precision * recall / (precision + recall) if self.right else 0.0


class Board:
    """The scores of a set of articles."""

    def __init__(self) -> None:
        self.scores: dict[str, Score] = {}
        self.fields: Counter[str] = Counter()
        self.found = 0

    def add(
        self, name: str, drafted: Sequence[Candidate], true: Sequence[Known],
        same: Callable[[Candidate, Known], bool], text: str,
    ) -> list[tuple[Candidate, Known]]:  # fmt: skip
        """Pair drafted with true ones; several drafted ones may be one true thing, and count once."""
        score = self.scores.setdefault(name, Score())
        pairs: list[tuple[Candidate, Known]] = []
        hit: set[int] = set()
        for one in drafted:
            found = next((at for at, known in enumerate(true) if at not in hit and same(one, known)), None)
            if found is None and any(same(one, known) for known in true):
                continue
            score.drafted += 1
            if found is None:
                score.wrong.append(f"{text[one.start : one.end]!r} {dict(one.fields)}")
            else:
                hit.add(found)
                score.right += 1
                pairs.append((one, true[found]))
        score.true += len(true)
        score.missed += [
            f"{text[slice(*known.spans[0])][:80]!r} {dict(known.fields)}"
            for at, known in enumerate(true)
            if at not in hit
        ]
        return pairs


def overlap(one: Candidate, known: Known, *, main: bool = True) -> bool:
    """Say whether a candidate's span and a true fact's lie over each other."""
    spans = known.spans[:1] if main else known.spans
    own = [(one.start, one.end)] if main else [(one.start, one.end), *one.evidence]
    return any(start < last and first < end for start, end in own for first, last in spans)


def judge(  # noqa: C901 - one part a kind of fact
    board: Board, text: str, candidates: Sequence[Candidate], truth: Sequence[Known], resolver: Resolver
) -> None:
    """Score one article."""

    def of(kind: str) -> tuple[list[Candidate], list[Known]]:
        return [one for one in candidates if one.kind == kind], [
            known for known in truth if known.kind == kind
        ]

    def body(name: str) -> str:
        return resolver.organization(name).slug if name else ""

    drafted, true = of("observation")
    more_drafted, more_true = of("occurrence")
    spans = {known.spans[0] for known in true}
    more_true = [known for known in more_true if known.fields.get("amount") and known.spans[0] not in spans]

    def value(fields: Mapping[str, str]) -> float:
        return float(fields.get("value") or fields.get("amount") or "nan")

    def same_figure(one: Candidate, known: Known) -> bool:
        return value(one.fields) == value(known.fields) and overlap(one, known, main=False) and (
            overlap(one, known) or known.kind == "occurrence"
            or one.fields.get("indicator") == known.fields.get("indicator")
        )  # fmt: skip

    board.add("figures: span and value", [*drafted, *more_drafted], [*true, *more_true], same_figure, text)
    whole = Board()
    for one, known in whole.add("x", drafted, true, same_figure, text):
        board.found += 1
        for name in FIGURE_FIELDS:
            board.fields[name] += one.fields.get(name, "") == known.fields.get(name, "")

    def all_right(one: Candidate, known: Known) -> bool:
        return same_figure(one, known) and all(
            one.fields.get(name, "") == known.fields.get(name, "") for name in FIGURE_FIELDS
        )

    board.add("figures: all fields right", drafted, true, all_right, text)

    drafted, true = of("attestation")
    board.add(
        "titles", drafted, true,
        lambda one, known: resolver.official(one.fields["official"]).slug == known.fields["official"]
        and resolver.post(one.fields["post"]).slug == known.fields["post"], text,
    )  # fmt: skip

    drafted, true = of("citation")
    numbered = [one for one in drafted if one.fields.get("number")]
    board.add(
        "documents: numbered", numbered, [known for known in true if known.fields.get("number")],
        lambda one, known: one.fields.get("number") == known.fields.get("number")
        and one.fields.get("kind", "") == known.fields.get("kind", "")
        and body(one.fields.get("issuer", "")) == known.fields.get("issuer", ""),
        text,
    )  # fmt: skip
    group = "document-group"
    named = [known for known in true if known.fields.get("named") and known.fields.get("kind") != group]

    def same_document(one: Candidate, known: Known) -> bool:
        return overlap(one, known, main=False) and one.fields.get("kind", "") == known.fields.get("kind", "")

    apart = [one for one in drafted if one.fields.get("kind") != group]
    allowed = [known for known in true if known not in named and known.fields.get("kind") != group]
    apart = [
        one
        for one in apart
        if not any(same_document(one, known) for known in allowed)
        or any(same_document(one, known) for known in named)
    ]
    board.add("documents: numbered or named", apart, named, same_document, text)
    board.add("documents: described ones too", drafted, true, same_document, text)

    drafted, true = of("meeting")
    pairs = board.add(
        "meetings", drafted, true, lambda one, known: one.fields["kind"] == known.fields["kind"], text
    )
    score = board.scores.setdefault("meetings: all fields right", Score())
    score.drafted, score.true = score.drafted + len(drafted), score.true + len(true)
    for one, known in pairs:
        organizer = one.fields.get("organizer")
        mine = {**one.fields, "organizer": resolver.organization(organizer).slug if organizer else ""}
        wrong = [
            name
            for name in ("date", "partOfDay", "mode", "organizer")
            if mine.get(name, "") != known.fields.get(name, "")
        ]
        score.right += not wrong
        score.wrong += [
            f"{name}: {mine.get(name, '')!r}, not {known.fields.get(name, '')!r}" for name in wrong
        ]

    drafted, true = of("participation")
    board.add(
        "participations", drafted, true,
        lambda one, known: one.fields["role"] == known.fields["role"] and (
            resolver.official(one.fields["official"]).slug == known.fields.get("official")
            if one.fields.get("official")
            else not known.fields.get("official") and overlap(one, known)
        ), text,
    )  # fmt: skip
    statements = {"directive", "recommendation", "commitment"}
    said = [one for one in candidates if one.kind in statements]
    true = [known for known in truth if known.kind in statements]
    if not true:
        return
    # A drafted statement is a whole sentence and may hold several of the record's; both ways are counted.
    for name, alike in (("statements: sentence", False), ("statements: sentence and kind", True)):
        score = board.scores.setdefault(name, Score())
        held = [
            known
            for known in true
            if any(overlap(one, known) and (not alike or one.kind == known.kind) for one in said)
        ]
        fit = [
            one
            for one in said
            if any(overlap(one, known) and (not alike or one.kind == known.kind) for known in true)
        ]
        score.held += len(held)
        score.right, score.drafted, score.true = (
            score.right + len(fit),
            score.drafted + len(said),
            score.true + len(true),
        )


def read_truth(path: Path) -> tuple[str, list[Known]]:  # noqa: C901 - one branch a kind of fact
    """Read an article's facts from its file: the name of its text and what is true of it."""
    triples: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        triples.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(
            quad.object.value
        )
    registers: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=ROOT / "data" / "registers" / "documents.ttl", format=ox.RdfFormat.TURTLE):
        registers.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(
            quad.object.value
        )
    oa, prov = PREFIXES["oa"], PREFIXES["prov"]

    def last(values: Iterable[str]) -> str:
        return next(iter(values), "").rpartition("/")[2]

    source, truth = "", []
    documents: dict[str, Known] = {}
    for block in triples.values():
        kinds = {value.removeprefix(str(LCK)) for value in block.get(RDF.type, ())}
        if "Article" in kinds:
            source = block[str(LCK) + "sourceFile"][0]
        if str(LCK) + "mainEvidence" not in block:
            continue
        main = block[str(LCK) + "mainEvidence"][0]
        nodes = [main, *(node for node in block[prov + "wasDerivedFrom"] if node != main)]
        spans = tuple(
            (int(triples[node][oa + "start"][0]), int(triples[node][oa + "end"][0])) for node in nodes
        )
        exact = [spans[at] for at, node in enumerate(nodes) if oa + "exact" in triples[node]]
        fields = {name: last(block.get(str(LCK) + name, ())) for name in (*FIGURE_FIELDS, *OTHER_FIELDS)}
        fields = {name: value for name, value in fields.items() if value}
        if "Observation" in kinds:
            figures = [span for span in exact if span != spans[0]]
            truth.append(Known("observation", (spans[0], *figures), fields))
        elif "Attestation" in kinds:
            truth.append(
                Known("attestation", spans, {**fields, "official": last(block[PREFIXES["org"] + "member"])})
            )
        elif "Participation" in kinds:
            who = block[str(LCK) + "participant"][0]
            official = {"official": last([who])} if "/id/person/" in who else {}
            truth.append(Known("participation", spans, {**fields, **official}))
        elif "Citation" in kinds:
            cited = block[str(LCK) + "cites"][0]
            own = registers.get(cited, {})
            number = next(iter(own.get(str(LCK) + "number", ())), "")
            known = documents.get(cited)
            documents[cited] = Known(
                "citation", tuple(dict.fromkeys((*(known.spans if known else ()), *(exact or spans)))),
                {
                    "kind": last(own.get(str(LCK) + "kind", ())), "number": number,
                    "issuer": last(own.get(str(LCK) + "issuer", ())), "document": last([cited]),
                    "named": "yes" if exact or (known and known.fields["named"]) else "",
                },
            )  # fmt: skip
        else:
            kind = next(
                (
                    name
                    for name in ("Meeting", "Occurrence", "Directive", "Recommendation", "Commitment")
                    if name in kinds
                ),
                "",
            )
            if kind:
                truth.append(Known(kind.casefold(), spans, fields))
    return source, [*truth, *documents.values()]


def report(title: str, board: Board, *, misses: bool) -> None:
    """Print the scores."""
    print(f"\n{title}\n{'':<36}{'precision':>10}{'recall':>8}{'F1':>8}{'true':>6}  goal")
    for name, score in board.scores.items():
        precision, recall, f1 = score.figures()
        goal = GOALS.get(name)
        verdict = f"{goal:.2f} {'met' if f1 >= goal else 'MISSED'}" if goal else ""
        print(f"{name:<36}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}{score.true:>6}  {verdict}")
        if misses:
            for word, lines in (("missed", score.missed), ("wrong", score.wrong)):
                for line in lines:
                    print(f"    {word}: {line}")
    fields = (
        "  ".join(f"{name} {board.fields[name] / board.found:.2f}" for name in FIGURE_FIELDS)
        if board.found
        else ""
    )
    print(f"fields of the figures found: {fields}")


def main() -> None:
    """Run both parts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=Path, default=ROOT.parent / "shared" / "sources")
    parser.add_argument("--made-up", type=int, default=50)
    parser.add_argument("--misses", action="store_true")
    wanted = parser.parse_args()
    layout = find_layout(ROOT)
    lexicon: Lexicon = read_lexicon(open_store("memory", layout))
    board = Board()
    for path in layout.article_files():
        source, truth = read_truth(path)
        if not (wanted.texts / source).is_file():
            print(f"{wanted.texts / source} is not there; the article is left out.")
            continue
        text = (wanted.texts / source).read_bytes().decode()
        draft = draft_text(text, lexicon)
        judge(board, text, draft.candidates, truth, Resolver(lexicon, draft.province))
    report("The record's articles", board, misses=wanted.misses)
    board = Board()
    for article in made_up.articles(wanted.made_up, lexicon):
        draft = draft_text(article.text, lexicon)
        truth = [Known(fact.kind, fact.spans, fact.fields) for fact in article.facts]
        judge(board, article.text, draft.candidates, truth, Resolver(lexicon, draft.province))
    report(f"{wanted.made_up} made-up articles", board, misses=wanted.misses)


if __name__ == "__main__":
    main()
