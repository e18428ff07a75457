"""Tell whether a thing that is new to the registers looks like one they know.

Names are compared as a hurried writer would have them: without diacritics,
abbreviations written out, ``y`` and ``i`` alike. What looks alike is a finding;
whether it is the same the editor says, once:

* the same: the new address is kept as an alias of the known thing, and its
  names as alternative labels; later bundles may go on using it,
* different: ``owl:differentFrom`` between the two, in the register.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from laichau_kg._journal import reading
from laichau_kg._reading import ParsedFile, read_file
from laichau_kg._things import Things, Value, kind_of, merged, read_things
from laichau_kg.errors import UnknownThingError
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, compact
from laichau_kg.rules import IDENTITY
from laichau_kg.text import fold, near_names
from laichau_kg.vocab import ID, LCK, PREFIXES

__all__ = [
    "IDENTIFIED",
    "aliases",
    "alike_findings",
    "find_thing",
    "identity_findings",
    "likeness",
    "look_alikes",
    "rename",
]

IDENTIFIED: Final = ("document", "organization", "person", "place", "post")
RULE: Final = IDENTITY.iri

_SKOS: Final = PREFIXES["skos"]
_LABEL: Final = _SKOS + "prefLabel"
_OTHER: Final = _SKOS + "altLabel"
_DIFFERENT: Final = PREFIXES["owl"] + "differentFrom"
_NAMES: Final = (_LABEL, _OTHER, PREFIXES["foaf"] + "name", PREFIXES["dcterms"] + "title")
_WORDS: Final = re.compile(r"[^\w/]+")
_CASED: Final = ((re.compile(r"\b(?:TƯ|TW)\b"), "Trung ương"), (re.compile(r"\bTU\b"), "Tỉnh ủy"))
_HONORIFICS: Final = re.compile(r"^(?:(?:đồng chí|đ/c|ông|bà|gs|pgs|ts|ths)\.?\s+)+", re.IGNORECASE)
_ABBREVIATIONS: Final = {
    "bch": "ban chap hanh",
    "bql": "ban quan ly",
    "btv": "ban thuong vu",
    "dbqh": "dai bieu quoc hoi",
    "gddt": "giao duc va dao tao",
    "gtvt": "giao thong van tai",
    "hdnd": "hoi dong nhan dan",
    "khcn": "khoa hoc va cong nghe",
    "khdt": "ke hoach va dau tu",
    "kt": "kinh te",
    "ldtbxh": "lao dong thuong binh va xa hoi",
    "mttq": "mat tran to quoc",
    "nnptnt": "nong nghiep va phat trien nong thon",
    "tnmt": "tai nguyen va moi truong",
    "tp": "thanh pho",
    "tx": "thi xa",
    "ubmttq": "uy ban mat tran to quoc",
    "ubnd": "uy ban nhan dan",
    "uv": "uy vien",
    "uvbch": "uy vien ban chap hanh",
    "uvbtv": "uy vien ban thuong vu",
    "vhttdl": "van hoa the thao va du lich",
    "xh": "xa hoi",
}
_FINAL_Y: Final = re.compile(r"^((?:[bcdghklmnpqrstvx]|ch|gh|kh|ng|nh|ph|th|tr)?)y$")
_HOME: Final = "lai chau"
_FORGIVING: Final = ("document", "organization", "post")
_LONG: Final = 4


def likeness(name: str) -> str:
    """Reduce a name to what two spellings of it have in common.

    >>> likeness("UBND tỉnh") == likeness("Ủy ban nhân dân tỉnh Lai Châu")
    True
    >>> likeness("UVBTV Tỉnh ủy") == likeness("Ủy viên Ban Thường vụ Tỉnh ủy")
    True
    >>> likeness("đồng chí Lý A Mỷ") == likeness("Lí A Mỉ")
    True
    """
    plain = _HONORIFICS.sub("", name.strip())
    for pattern, full in _CASED:
        plain = pattern.sub(full, plain)
    words: list[str] = []
    for word in _WORDS.sub(" ", fold(plain).replace("&", "").replace("-", " ")).split():
        words += _ABBREVIATIONS.get(word, _FINAL_Y.sub(r"\1i", word)).split()
    if words and words[-1] == "tinh":
        words += _HOME.split()
    return " ".join(words)


def look_alikes(new: Things, known: Things) -> dict[str, tuple[str, ...]]:
    """Find, for each thing in *new* that *known* does not hold, the things it looks like.

    Those that are said to be different are passed over; so is what *new* says
    of things that are known already. Two new ones that look alike count too.
    """
    by_key: dict[tuple[str, str], set[str]] = {}
    long: dict[tuple[str, int], set[str]] = {}
    for iri in known:
        _note(iri, known, by_key, long)
    found: dict[str, tuple[str, ...]] = {}
    for iri in sorted(new.keys() - known.keys()):
        kind = kind_of(iri)
        if kind not in IDENTIFIED:
            continue
        alike: set[str] = set()
        for key in _keys(iri, new[iri]):
            alike |= by_key.get((kind, key), set())
            if kind in _FORGIVING:
                near = (k for k in long.get((kind, len(key.split())), set()) if _one_slip(k, key))
                alike |= {other for k in near for other in by_key[kind, k]}
        alike -= {iri} | _different(iri, new, known)
        if alike:
            found[iri] = tuple(sorted(alike))
        _note(iri, new, by_key, long)
    return found


def identity_findings(
    new: Things, known: Things, *, files: Mapping[str, Path], layout: Layout
) -> list[Finding]:
    """Report what looks like something known.

    Args:
        new: The statements that are to come in.
        known: The registers.
        files: Which file describes each new thing.
        layout: The record, below which a file is named from its root.
    """
    taken = aliases(known)
    found = []
    for iri, alike in look_alikes({k: v for k, v in new.items() if k not in taken}, known).items():
        short = iri.rpartition("/")[2]
        names = {
            lang: ", ".join(f"{_label(a, {**known, **new}, lang)} ({compact(a)})" for a in alike)
            for lang in ("en", "vi")
        }
        first = alike[0].rpartition("/")[2]
        found.append(
            Finding(
                severity=IDENTITY.severity,
                focus=iri,
                focus_label={lang: _label(iri, new, lang) for lang in ("en", "vi")},
                path=None,
                value=None,
                message={
                    "en": f"What is new must not be something known: this looks like {names['en']}. "
                    f"Accept it with --same {short}={first} or --different {short}={first}.",
                    "vi": f"Mục mới không được trùng với mục đã có: mục này giống {names['vi']}. "
                    f"Khi nhận, thêm --same {short}={first} nếu là một, --different … nếu khác.",
                },
                rule=RULE,
                component=RULE,
            )
        )
    return _located(found, files, layout)


def _located(findings: list[Finding], files: Mapping[str, Path], layout: Layout) -> list[Finding]:
    """Say where each new thing is described."""
    from laichau_kg._lines import FORMS, LineMap, map_lines  # noqa: PLC0415 - rdflib is slow to import

    lines: dict[Path, LineMap] = {}
    located = []
    for finding in findings:
        path, place = files.get(finding.focus), None
        if path is None:
            located.append(finding)
            continue
        form = path.suffix.lower()
        if form in FORMS and path not in lines:
            file = read_file(path)
            known = {(first.value, second.value, third.value) for first, second, third in file.statements}
            lines[path] = map_lines(file.text, form=form, known=known)
        if path in lines:
            place = lines[path].place(finding.focus, None, None)
        name = path.relative_to(layout.root) if path.is_relative_to(layout.root) else path
        line, column = place or (None, None)
        located.append(replace(finding, file=str(name), line=line, column=column))
    return located


def alike_findings(
    layout: Layout, files: Iterable[ParsedFile], known: Callable[[str], bool]
) -> list[Finding]:
    """Report what of some files looks like something that the registers hold.

    Args:
        layout: The record. Its registers are read only where a file brings something new.
        files: The files.
        known: Tells of an IRI whether the registers hold it.
    """
    new: dict[str, set[tuple[str, str]]] = {}
    paths: dict[str, Path] = {}
    for file in files:
        for subject, predicate, value in file.statements:
            if kind_of(subject.value) in IDENTIFIED:
                new.setdefault(subject.value, set()).add((predicate.value, str(value)))
                paths[subject.value] = file.path
    if all(map(known, new)):
        return []
    with reading(layout):
        held = merged(read_things(path) for path in layout.register_files())
    things = {
        iri: frozenset(pair for pair in block if not pair[1].startswith("_:")) for iri, block in new.items()
    }
    return identity_findings(things, held, files=paths, layout=layout)


def aliases(known: Things) -> dict[str, str]:
    """Map the addresses that were said to be known things to those things."""
    return {
        f"{ID}{kind_of(iri)}/{Value.read(value).text}": iri
        for iri, block in known.items()
        for name, value in block
        if name == LCK.alias
    }


def rename(things: Things, names: Mapping[str, str]) -> Things:
    """Put known things in the place of new ones, as *names* has it.

    What was said of a new thing is dropped; its names become alternative
    labels of the known one, and its address an alias.
    """
    written = {f"<{old}>": f"<{new}>" for old, new in names.items()}
    renamed: dict[str, set[tuple[str, str]]] = {}
    for iri, block in things.items():
        if iri in names:
            kept = {(_OTHER, _tagged(value)) for name, value in block if _is_name(name, value)}
            kept.add((LCK.alias, f'"{iri.rpartition("/")[2]}"'))
        else:
            kept = {(name, written.get(value, value)) for name, value in block}
        renamed.setdefault(names.get(iri, iri), set()).update(kept)
    return {iri: frozenset(block) for iri, block in renamed.items()}


def find_thing(text: str, things: Iterable[str], *, kind: str = "") -> str:
    """Find the thing that an editor names by IRI, short IRI or slug.

    Raises:
        UnknownThingError: none is named so, or several; the error has near names.
    """
    among = [iri for iri in things if kind_of(iri) in ((kind,) if kind else IDENTIFIED)]
    found = [iri for iri in among if text in (iri, compact(iri), iri.rpartition("/")[2])]
    if len(found) == 1:
        return found[0]
    near = near_names(text, [compact(iri) for iri in found or among])
    problem = "names several things" if found else "is not there"
    raise UnknownThingError(f"{text!r} {problem}.", name=text, near=near)


def _note(
    iri: str, things: Things, by_key: dict[tuple[str, str], set[str]], long: dict[tuple[str, int], set[str]]
) -> None:
    kind = kind_of(iri)
    if kind in IDENTIFIED:
        for key in _keys(iri, things[iri]):
            by_key.setdefault((kind, key), set()).add(iri)
            length = len(key.split())
            if kind in _FORGIVING and length >= _LONG:
                long.setdefault((kind, length), set()).add(key)


def _keys(iri: str, block: Iterable[tuple[str, str]]) -> set[str]:
    keys = {likeness(Value.read(value).text) for name, value in block if _is_name(name, value)}
    return (keys | {likeness(iri.rpartition("/")[2].replace("-", " "))}) - {""}


def _is_name(name: str, value: str) -> bool:
    return name in _NAMES and Value.read(value).language in ("", "vi")


def _tagged(value: str) -> str:
    return value if value.endswith("@vi") else f"{value}@vi"


def _different(iri: str, new: Things, known: Things) -> set[str]:
    """Return what is said to be different from a thing, by either of the two."""
    said = {Value.read(value).text for name, value in new[iri] if name == _DIFFERENT}
    mark = (_DIFFERENT, f"<{iri}>")
    return said | {other for layer in (new, known) for other, block in layer.items() if mark in block}


def _one_slip(one: str, other: str) -> bool:
    """Tell whether two names of as many words differ in one letter; figures must agree."""
    pairs = [(a, b) for a, b in zip(one.split(), other.split(), strict=True) if a != b]
    if len(pairs) != 1 or any(char.isdigit() for word in pairs[0] for char in word):
        return False
    short, long = sorted(pairs[0], key=len)
    if len(long) - len(short) > 1 or len(short) < _LONG - 1:
        return False
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _label(iri: str, things: Things, lang: str) -> str:
    labels = [Value.read(value) for name, value in things.get(iri, ()) if name == _LABEL]
    named = {label.language: label.text for label in labels}
    return named.get(lang) or named.get("vi") or compact(iri)
