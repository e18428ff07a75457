"""The rules' pages: what each asks and why, in both languages, with a wrong example and its mend."""

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import laichau_kg
from laichau_kg._things import merged, read_things
from laichau_kg.cli import run
from laichau_kg.errors import UnknownRuleError
from laichau_kg.identity import look_alikes
from laichau_kg.layout import find_layout
from laichau_kg.rules import IDENTITY, load_rule_book
from laichau_kg.vocab import ID, LCS, PREFIXES
from mini import make_checkout
from rule_pages import OWN, cases, example_of, index_of, page_of

LAYOUT = find_layout(Path(__file__).parents[1])
BOOK = load_rule_book(LAYOUT)
RULES = list(BOOK)
WITH_CASES = [rule for rule in RULES if cases().get(f"lcs:{rule.name}") or rule.name in OWN]
PAGES = LAYOUT.rule_pages
UPDATE = os.environ.get("LAICHAU_UPDATE_SNAPSHOTS") == "1" and not os.environ.get("CI")
STRANGE = {"lc-official": ID + "official/"}  # what the wrong examples take for prefixes
HEAD = "BASE <https://w3id.org/laichau-kg/id/article/mau>\n" + "".join(
    f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in (PREFIXES | STRANGE).items()
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_says_what_it_asks_and_why(rule):
    """Message and reason are there in both languages, as sentences."""
    texts = [*rule.asks.values(), *rule.reason.values()]

    assert set(rule.asks) == set(rule.reason) == {"en", "vi"}
    assert all(text.endswith(".") for text in texts)
    assert rule.judges


@pytest.mark.parametrize("rule", WITH_CASES, ids=lambda rule: rule.name)
def test_page_is_what_shapes_and_cases_say(rule):
    """A page is made of the shapes and of a test case; it is written anew on the flag."""
    page = page_of(rule, example_of(rule))
    path = BOOK.page(rule)
    if UPDATE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")

    assert path.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_example_is_turtle_and_differs_from_its_mend(rule):
    """Both halves of an example can be read, and are not the same."""
    example = BOOK.example(rule)

    read = [
        {str(quad.triple) for quad in ox.parse((HEAD + text).encode(), format=ox.RdfFormat.TURTLE)}
        for text in (example.wrong, example.mended)
    ]

    assert example.wrong != example.mended
    assert any(read)


def test_every_page_has_its_rule():
    """No page is left over from a rule that is gone, and the list of all is up to date.

    That every rule has a case, and so a page made from one, is for `test_shapes`.
    """
    index = PAGES / "README.md"
    if UPDATE:
        index.write_text(index_of(BOOK), encoding="utf-8")

    assert {path.stem for path in PAGES.glob("*.md")} == {"README", *(rule.name for rule in BOOK)}
    assert index.read_text(encoding="utf-8") == index_of(BOOK)


SHACL = PREFIXES["sh"]
TARGETS = {SHACL + name for name in ("targetClass", "targetObjectsOf", "targetSubjectsOf")}
RULES_OF = {SHACL + "property", SHACL + "sparql"}
# What a node shape may say without asking anything of its own.
SILENT = TARGETS | RULES_OF | {SHACL + "severity", PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "comment"}


def named_by_shapes():
    """List what a finding of SHACL may name: shapes that look at things and ask something; their rules."""
    found = set()
    for path in LAYOUT.shape_files():
        asks = {}
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            asks.setdefault(quad.subject, set()).add((quad.predicate.value, quad.object.value))
        for node, says in asks.items():
            properties = {name for name, _ in says}
            if properties & TARGETS:
                found |= {value for name, value in says if name in RULES_OF}
                found |= {node.value} if properties - SILENT else set()
    return found


def named_by_code():
    """List what the program's own findings name: it puts the rule's name behind the shapes' namespace."""
    written = re.compile(r"\bLCS \+ \"([A-Z][\w-]+)\"")  # a rule has a capital; a property has none
    modules = Path(laichau_kg.__file__).parent.rglob("*.py")
    return {LCS + name for path in modules for name in written.findall(path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("source", [named_by_shapes, named_by_code])
def test_every_rule_a_finding_may_name_has_a_page(source):
    """Whoever is refused can look up why, whoever refused it."""
    named = source()

    assert named
    assert {iri for iri in named if BOOK.find(iri) is None} == set()
    assert {iri for iri in named if not BOOK.page(BOOK.find(iri)).exists()} == set()


@pytest.mark.parametrize(
    ("half", "alike"),
    [("wrong", {"ubnd-tinh": ("uy-ban-nhan-dan-tinh-lai-chau",)}), ("mended", {})],
)
def test_example_of_look_alikes_is_refused_and_its_mend_is_not(tmp_path, half, alike):
    """The example that is no test case of the shapes is one all the same."""
    path = tmp_path / "example.ttl"
    path.write_text(HEAD + getattr(BOOK.example(IDENTITY), half), encoding="utf-8")
    known = merged(read_things(path) for path in LAYOUT.register_files())

    found = look_alikes(read_things(path), known)

    body = ID + "organization/"
    assert found == {body + new: tuple(body + old for old in olds) for new, olds in alike.items()}


@pytest.mark.parametrize(
    "name",
    [
        "Article-issued",
        "lcs:Article-issued",
        LCS + "Article-issued",
        f"<{LCS}Article-issued>",
        "article-ISSUED",
    ],
)
def test_rule_is_found_by_any_of_its_names(name):
    """As a report has it, as Turtle has it, or as one types it."""
    assert BOOK.get(name).iri == LCS + "Article-issued"


def test_unknown_rule_names_its_neighbours():
    """A slip is answered with the rule that was meant."""
    with pytest.raises(UnknownRuleError, match="Observation-ratioAgrees"):
        BOOK.get("Observation-ratioAgree")


@pytest.fixture
def explain(capsys):
    """Run `laichau explain` on the record; give exit code, stdout and stderr."""

    def runs(*arguments, root=LAYOUT.root):
        code = run(["--root", str(root), "explain", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


@pytest.mark.parametrize(("lang", "heads"), [("en", ("Wrong", "Mended")), ("vi", ("Sai", "Đã sửa"))])
def test_command_tells_reason_example_and_mend(explain, lang, heads):
    """One rule, in the reader's language, with all that its page has."""
    rule = BOOK.get("Observation-ratioAgrees")
    example = BOOK.example(rule)

    code, out, _ = explain("lcs:Observation-ratioAgrees", "--lang", lang)

    words = [rule.asks[lang], rule.reason[lang], rule.iri, *heads]
    assert code == 0
    assert [text for text in words if text not in out] == []
    assert all(line in out for text in (example.wrong, example.mended) for line in text.splitlines())


def test_command_without_a_rule_lists_all(explain):
    """Each rule is a line with its name and severity."""
    code, out, _ = explain()

    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [[rule.name, rule.severity] for rule in BOOK]


def test_command_knows_near_names(explain):
    """An unknown rule is wrong use, with the names that come near."""
    code, _, err = explain("Article-isued")

    assert code == 2
    assert "Article-issued" in err


def test_record_without_pages_has_no_example(explain, tmp_path):
    """A record that carries no pages still says what a rule asks."""
    code, out, _ = explain("Article-issued", root=make_checkout(tmp_path))

    assert code == 0
    assert "no page of this rule" in out
