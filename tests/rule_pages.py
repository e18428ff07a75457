"""Make the rules' pages: what the shapes say of a rule, and an example out of the shapes' own test cases.

A case is a valid file with one line changed; what differs between the two is
the wrong example and its mend. The rule that is no shape has its example here.
"""

import re
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from laichau_kg.rules import Example

CASES = Path(__file__).parent / "shapes"
LEFT_OUT = "    # …"
CHANGED = "  # ←"
LONGEST = 18  # pieces of a block that are shown whole
NO_BLOCK = "# …\n"
BLOCK = re.compile(r"^(?!PREFIX|BASE|#)(\S.*?)\n\.\n", re.MULTILINE | re.DOTALL)
LAYERS = {
    "house": ("the ontology, code lists and shapes", "bản thể học, danh mục và quy tắc"),
    "record": ("the whole record", "toàn bộ hồ sơ"),
    "identity": ("what is new beside the registers", "mục mới so với các danh bạ"),
}
OWN = {
    "Identity-known": Example(
        wrong="""\
lc-organization:ubnd-tinh  # ←
    a org:Organization ;
    skos:prefLabel
        "Provincial committee"@en ,
        "UBND tỉnh Lai Châu"@vi ;
    lck:kind lc-organization-kind:people-committee ;
    lck:jurisdiction lc-place:lai-chau ;
.
""",
        mended="""\
lc-organization:uy-ban-nhan-dan-tinh-lai-chau  # ←
    a org:Organization ;
    skos:altLabel "UBND tỉnh Lai Châu"@vi ;
    lck:alias "ubnd-tinh" ;
.
""",
    ),
}
WORDS = {
    "violation": ("violation: it blocks", "lỗi: bị chặn"),
    "warning": ("warning: it is listed", "cảnh báo: được liệt kê"),
    "info": ("remark: shown on request", "ghi chú: xem khi yêu cầu"),
}


@cache
def cases():
    """List for each rule, by its prefixed name, the bad files that break it, the fewest findings first."""
    found = {}
    for report in sorted(CASES.glob("*/invalid.*.tsv")):
        rows = report.read_text(encoding="utf-8").splitlines()[1:]
        for row in rows:
            found.setdefault(row.rpartition("\t")[2], set()).add((len(rows), report.with_suffix(".ttl")))
    return {rule: sorted(files) for rule, files in found.items()}


def example_of(rule):
    """Make the example of a rule; None where no case breaks it."""
    if rule.name in OWN:
        return OWN[rule.name]
    found = cases().get(f"lcs:{rule.name}", [])
    examples = [_excerpts(path) for findings, path in found if findings == found[0][0]]
    return min(examples, key=lambda one: len(one.wrong) + len(one.mended), default=None)


@cache
def _excerpts(path):
    wrong = path.read_text(encoding="utf-8")
    twins = [twin.read_text(encoding="utf-8") for twin in sorted(path.parent.glob("valid.*.ttl"))]
    mended = max(
        twins,
        key=lambda twin: SequenceMatcher(None, twin.split("\n"), wrong.split("\n"), autojunk=False).ratio(),
    )
    before, after = (_blocks(text) for text in (wrong, mended))
    if len(before) == len(after):
        pairs = list(zip(before, after, strict=True))
    else:
        by_name = [{block[0]: block for block in blocks} for blocks in (before, after)]
        names = dict.fromkeys([*by_name[0], *by_name[1]])
        pairs = [(by_name[0].get(name), by_name[1].get(name)) for name in names]
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    return Example(*("\n".join(_shown(pair[side], pair[1 - side]) for pair in changed) for side in (0, 1)))


def _blocks(text):
    """Part a file into blocks, and each block into its subject and one piece a predicate."""
    return [_pieces(found[1]) for found in BLOCK.finditer(text)]


def _pieces(block):
    subject, *lines = block.split("\n")
    pieces, quoted = [subject], False
    for line in lines:
        if re.match(r" {4}\S", line) and not quoted:
            pieces.append(line)
        else:
            pieces[-1] += f"\n{line}"
        quoted ^= line.count('"""') % 2 == 1
    return tuple(pieces)


def _shown(block, other):
    """Write a block with its changed pieces marked; of a long one only these, and what it is."""
    if block is None:
        return NO_BLOCK
    shown = [block[0]]
    for piece in block[1:]:
        if other is None:
            shown.append(piece)
        elif piece not in other:
            first, newline, rest = piece.partition("\n")
            shown.append(piece if '"""' in first else f"{first}{CHANGED}{newline}{rest}")
        elif len(block) <= LONGEST or piece.startswith("    a "):
            shown.append(piece)
        elif shown[-1] != LEFT_OUT:
            shown.append(LEFT_OUT)
    return "\n".join([*shown, ".", ""])


def page_of(rule, example):
    """Write the page of a rule in Markdown, both languages side by side."""
    severity_en, severity_vi = WORDS[rule.severity]
    layer_en, layer_vi = LAYERS.get(rule.module, ("one article's facts", "dữ kiện của một bài"))
    judged = ", ".join(f"`{name}`" for name in rule.judges[:6]) + (", …" if len(rule.judges) > 6 else "")
    rows = [
        ("Severity · Mức độ", f"{severity_en} · {severity_vi}"),
        ("Read · Xét", f"{layer_en} · {layer_vi}"),
    ]
    rows += [("Judges · Đối tượng", judged)] if judged else []
    rows += [("Property · Thuộc tính", f"`{rule.path}`")] if rule.path else []
    table = "".join(f"| {name} | {value} |\n" for name, value in rows)
    said = "\n\n".join(f"{rule.asks[language]}\n{rule.reason[language]}" for language in ("en", "vi"))
    source = f"[{rule.module}.ttl](../../ontology/shapes/{rule.module}.ttl)"
    if rule.name in OWN:
        source = f"[{rule.module}.py](../../src/laichau_kg/{rule.module}.py)"
    return (
        f"# {rule.name}\n\n{said}\n\n| `lcs:{rule.name}` | {source} |\n|---|---|\n{table}\n"
        f"## Wrong · Sai\n\n```turtle\n{example.wrong}```\n\n"
        f"## Mended · Đã sửa\n\n```turtle\n{example.mended}```\n"
    )


def index_of(rules):
    """Write the list of all rules."""
    rows = "".join(
        f"| [{rule.name}]({rule.name}.md) | {rule.severity} | {rule.asks['en']} | {rule.asks['vi']} |\n"
        for rule in rules
    )
    return (
        "# The rules · Các quy tắc\n\n"
        "What `laichau check` judges facts by. `laichau explain RULE` prints the same.\n\n"
        f"| rule | severity | asks | yêu cầu |\n|---|---|---|---|\n{rows}"
    )
