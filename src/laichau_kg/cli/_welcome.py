"""The first screen: what this is, what one can do with it, and how large it is."""

from laichau_kg.cli._base import Settings, colours, print_text

__all__ = ["show"]

_COMMANDS = {
    "en": (
        (
            "List the questions, or ask one",
            ("laichau query", 'laichau query post-holders official="Tran Tien Dung"'),
        ),
        (
            "Find a thing, and see all that is said of it",
            ('laichau search "ngan sach"', "laichau show lai-chau"),
        ),
        ("Ask anything in SPARQL", ('laichau sparql "SELECT ?m { ?m a lck:Meeting }"',)),
        ("Check new facts, or the whole record", ("laichau check new-article.ttl",)),
        ("Take it along as linked data or tables", ("laichau export -o lai-chau.trig",)),
        ("Hold it against the articles' texts", ("laichau sources verify ../texts",)),
    ),
    "vi": (
        (
            "Xem các câu hỏi, hoặc hỏi một câu",
            ("laichau query", 'laichau query post-holders official="Tran Tien Dung"'),
        ),
        ("Tìm một đối tượng và mọi điều nói về nó", ('laichau search "ngan sach"', "laichau show lai-chau")),
        ("Hỏi bất cứ điều gì bằng SPARQL", ('laichau sparql "SELECT ?m { ?m a lck:Meeting }"',)),
        ("Kiểm tra sự kiện mới, hoặc cả bộ dữ liệu", ("laichau check new-article.ttl",)),
        ("Mang theo dưới dạng dữ liệu liên kết hoặc bảng", ("laichau export -o lai-chau.trig",)),
        ("Đối chiếu với nguyên văn các bài báo", ("laichau sources verify ../texts",)),
    ),
}
_WORDS = {
    "en": {
        "what": (
            "The public record of Lai Châu province as a knowledge graph:\n"
            "posts, meetings, documents, orders, promises and figures,\n"
            "each with the words of the article it rests on."
        ),
        "size": "{articles} articles · {facts} facts, {figures} of them figures · {questions} questions",
        "more": "Every command explains itself: laichau COMMAND --help",
    },
    "vi": {
        "what": (
            "Hồ sơ công khai về tỉnh Lai Châu dưới dạng đồ thị tri thức:\n"
            "chức vụ, hội nghị, văn bản, chỉ đạo, cam kết và số liệu,\n"
            "mỗi điều kèm câu chữ của bài báo làm căn cứ."
        ),
        "size": "{articles} bài · {facts} sự kiện, trong đó {figures} số liệu · {questions} câu hỏi",
        "more": "Mỗi lệnh tự giải thích: laichau LỆNH --help",
    },
}
_FACTS = (
    "Assessment",
    "Attestation",
    "Citation",
    "Commitment",
    "Directive",
    "Goal",
    "Group",
    "Meeting",
    "Observation",
    "Occurrence",
    "Participation",
    "Recommendation",
)


def show(settings: Settings) -> None:
    """Print the first screen."""
    words = _WORDS[settings.lang]
    bold, dim, plain = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if colours() else ("", "", "")
    with settings.record(ahead=True) as record:
        counts = record.count()
        size = words["size"].format(
            articles=counts.get("Article", 0),
            facts=sum(counts.get(name, 0) for name in _FACTS),
            figures=counts.get("Observation", 0),
            questions=len(record.catalog),
        )
    lines = [f"{bold}laichau-kg{plain}", "", *words["what"].split("\n"), "", f"{dim}{size}{plain}", ""]
    for what, examples in _COMMANDS[settings.lang]:
        lines += [what, *(f"    {bold}{example}{plain}" for example in examples), ""]
    print_text("\n".join([*lines, words["more"]]) + "\n")
