"""Read one row's cells as statements about its thing."""

from collections.abc import Callable, Mapping

from laichau_kg._table_columns import LINES, MANY
from laichau_kg._table_terms import (
    CLASSES,
    COLUMNS,
    FACTS,
    NAMED_BY,
    PERIOD_DAYS,
    QUOTED,
    REGISTERS,
    SPANS_BY,
    Says,
)
from laichau_kg.tabular.cells import (
    Cell,
    CellError,
    read_date,
    read_decimal,
    read_integer,
    read_spans,
    write_decimal,
)
from laichau_kg.tabular.intake import Intake, Plan, language_of, unquoted
from laichau_kg.tabular.periods import slug_of
from laichau_kg.tabular.spans import LONGEST_QUOTE
from laichau_kg.terms import XSD, Iri, Literal, Term
from laichau_kg.text import sha256
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = ["MAY_BE_ADDED", "build_row", "check_citation"]

MAY_BE_ADDED = {PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "note"}
_OF_TEXT = {"length", "sha256"}
_FROM_TEXT = {"attestations", "documents", "observations"}


def build_row(intake: Intake, plan: Plan) -> None:
    """Turn a row into statements; what cannot be read is added to the intake's problems."""
    table = plan.sheet.table.name
    by_column: dict[str, set[tuple[str, str]]] = {}
    for column, says in COLUMNS[table].items():
        try:
            values = _values(intake, plan, column, says)
        except CellError as error:
            intake.problems.append(plan.place(column).problem(error))
            continue
        by_column[column] = {(says.property, value.n3()) for value in values}
        if not values and says.required:
            by_column[column] = _kept(intake, plan, says)
            if not by_column[column]:
                message = "is empty, but every row needs it; fill it in."
                intake.problems.append(plan.place(column).problem(message))
    if table in REGISTERS and plan.iri in intake.known:
        _add_to_entry(intake, plan, by_column)
        return
    pairs = set().union(*by_column.values())
    pairs.add((RDF.type, f"<{_class(pairs, table)}>"))
    if table in REGISTERS:
        intake.new.setdefault(plan.iri, set()).update(pairs)
        return
    pairs |= _evidence(intake, plan)
    if table == "observations":
        pairs.add((LCK.article, f"<{ID}article/{plan.article}>"))
        pairs.add((PREFIXES["qb"] + "dataSet", f"<{ID}dataset/observations>"))
    intake.articles[plan.article].triples[plan.iri] = pairs


def check_citation(intake: Intake, plan: Plan) -> None:
    """Hold what a citation's row says of its document to the document's own entry."""
    cites = next((o for p, o in intake.articles[plan.article].triples[plan.iri] if p == LCK.cites), "")
    document = cites.strip("<>")
    entry = intake.known.get(document, set()) | intake.new.get(document, set())
    columns = COLUMNS["cited-documents"]
    for column, says in (
        ("type", columns["kind"]),
        *((c, columns[c]) for c in ("number", "title_vi", "issuer", "date")),
    ):
        try:
            values = {value.n3() for value in _values(intake, plan, column, says)}
        except CellError as error:
            intake.problems.append(plan.place(column).problem(error))
            continue
        if document and values and not values <= {o for p, o in entry if p == says.property}:
            message = (
                "the document's own entry says otherwise; mend this cell or the row in cited-documents.csv."
            )
            intake.problems.append(plan.place(column).problem(message))


def _values(intake: Intake, plan: Plan, column: str, says: Says) -> list[Term]:
    cell = plan.row.cells.get(column)
    if cell is None:
        return _derived(intake, plan, column, says)
    if says.reads == "thing":
        found = _things(intake, plan, column, cell, says)
        for name_column in NAMED_BY.get((plan.sheet.table.name, column), ()):
            name = plan.text(name_column)
            if name and not intake.names.is_called(found[0], name):
                message = f"“{name}” is no name of {column} {cell.shown()}; mend one of the two."
                intake.problems.append(plan.place(name_column).problem(message))
        return [_thing(intake, iri) for iri in found]
    if column in _OF_TEXT and plan.sheet.table.name == "articles":
        return _held_to_text(intake, plan, column, says, cell)
    if says.reads == "text":
        texts = cell.plain().split("|") if column in LINES else [cell.plain()]
        return [_text(text.strip(), says) for text in texts if text.strip()]
    if cell.text.rstrip().endswith("%") and "percent" not in _unit(intake, plan):
        raise CellError(f"{cell.shown()} is per cent, but the unit is not; mend one of the two.")
    return [_LITERALS[says.reads](cell)]


_LITERALS: Mapping[str, Callable[[Cell], Literal]] = {
    "date": lambda cell: Literal(read_date(cell).isoformat(), XSD + "date"),
    "decimal": lambda cell: Literal(write_decimal(read_decimal(cell)), XSD + "decimal"),
    "integer": lambda cell: Literal(str(read_integer(cell)), XSD + "integer"),
}


def _things(intake: Intake, plan: Plan, column: str, cell: Cell, says: Says) -> list[str]:
    if column in MANY:
        return intake.names.find_all(cell.text, says.kinds, within=plan.article)
    return [intake.names.find(cell.text, says.kinds, within=plan.article)]


def _thing(intake: Intake, iri: str) -> Iri:
    if iri.startswith(f"{ID}period/"):
        intake.list_period(iri)
    return Iri(iri)


def _derived(intake: Intake, plan: Plan, column: str, says: Says) -> list[Term]:
    """Say what an empty cell's neighbours say in its place."""
    table = plan.sheet.table.name
    name_columns = [name for name in NAMED_BY.get((table, column), ()) if name in plan.row.cells]
    if column in PERIOD_DAYS and any(day in plan.row.cells for day in PERIOD_DAYS[column]):
        return [_thing(intake, _period(intake, plan, column))]
    if name_columns:
        return _by_name(intake, plan, name_columns[0], says)
    if table == "attestations" and column == "organization" and plan.text("post"):
        return _body_of_post(intake, plan)
    if column == "name" and plan.text("label_vi"):
        return [_text(plan.text("label_vi"), says)]
    return _of_article(intake, plan, column, says) if table == "articles" else []


def _by_name(intake: Intake, plan: Plan, column: str, says: Says) -> list[Term]:
    try:
        return [Iri(intake.names.find(plan.text(column), says.kinds, within=plan.article))]
    except CellError as error:
        intake.problems.append(plan.place(column).problem(error))
        return [Iri(plan.iri)]  # so that the cell is not called empty too


def _held_to_text(intake: Intake, plan: Plan, column: str, says: Says, cell: Cell) -> list[Term]:
    """Read an article's length or hash, and hold it to the text where that is at hand."""
    said = str(read_integer(cell)) if column == "length" else cell.plain().lower()
    for real in _of_article(intake, plan, column, says):
        if str(real) != said:
            raise CellError(
                f"the cell says {said}, but the text's is {real}; it is another text, or leave it empty."
            )
    return [Literal(said, XSD + "integer") if column == "length" else Literal(said)]


def _of_article(intake: Intake, plan: Plan, column: str, says: Says) -> list[Term]:
    article = intake.articles[plan.article]
    text = article.spans.text
    if column == "source_file" and article.text_name:
        return [Literal(article.text_name)]
    if text is not None and column == "length":
        return [Literal(str(len(text)), XSD + "integer")]
    if text is not None and column == "sha256":
        return [Literal(sha256(text))]
    if column == "label_vi" and plan.text("title"):
        return [_text(plan.text("title"), says)]
    return []


def _period(intake: Intake, plan: Plan, column: str) -> str:
    """Find the period from its first and last day."""
    days = []
    for name in PERIOD_DAYS[column]:
        if name not in plan.row.cells:
            raise CellError(f"{name} is empty; fill in both days, or {column}.")
        try:
            days.append(read_date(plan.row.cells[name]))
        except CellError as error:
            raise CellError(f"{name}: {error}") from error
    wanted = {
        (name, Literal(day.isoformat(), XSD + "date").n3())
        for name, day in zip((LCK.firstDay, LCK.lastDay), days, strict=True)
    }
    for entries in (intake.known, intake.new):
        for iri, pairs in entries.items():
            if wanted <= pairs:
                return iri
    slug = slug_of(*days)
    if slug is None:
        raise CellError(f"no period goes from {days[0]} to {days[1]}; add a row to periods.csv.")
    return f"{ID}period/{slug}"


def _body_of_post(intake: Intake, plan: Plan) -> list[Term]:
    try:
        post = intake.names.find(plan.text("post"), ("post",))
    except CellError:
        return []  # said at the post's own cell
    post_in = PREFIXES["org"] + "postIn"
    pairs = intake.known.get(post, set()) | intake.new.get(post, set())
    return [Iri(value.strip("<>")) for predicate, value in pairs if predicate == post_in]


def _unit(intake: Intake, plan: Plan) -> str:
    try:
        return intake.names.find(plan.text("unit"), ("unit",))
    except CellError:
        return "percent"  # said at the unit's own cell


def _text(text: str, says: Says) -> Literal:
    return Literal(text, language=says.language) if says.language else Literal(text)


def _kept(intake: Intake, plan: Plan, says: Says) -> set[tuple[str, str]]:
    """Find what the record says already where a cell is empty."""
    entry = intake.known.get(plan.iri, set())
    if plan.sheet.table.name == "articles":
        entry = intake.recorded(plan.article).get(plan.iri, set())
    return {pair for pair in entry if pair[0] == says.property and language_of(pair[1]) == says.language}


def _class(pairs: set[tuple[str, str]], table: str) -> str:
    if table in CLASSES:
        return CLASSES[table]
    kind = next((value.rstrip(">").rpartition("/")[2] for name, value in pairs if name == LCK.kind), "")
    name = "".join(part.capitalize() for part in kind.split("-"))
    return LCK + name if name in LCK.terms() else LCK.Document


def _add_to_entry(intake: Intake, plan: Plan, by_column: dict[str, set[tuple[str, str]]]) -> None:
    """Add to an entry of the record what does not contradict it."""
    known = intake.known[plan.iri]
    for column, pairs in by_column.items():
        says = COLUMNS[plan.sheet.table.name][column]
        held = {pair for pair in known if pair[0] == says.property and language_of(pair[1]) == says.language}
        beyond = pairs - known
        if beyond and held and says.property not in MAY_BE_ADDED:
            shown = " ".join(sorted(_shown(value) for _, value in held))
            message = f"the record says {shown} here; write that, or mend data/registers first."
            intake.problems.append(plan.place(column).problem(message))
        elif beyond:
            intake.new.setdefault(plan.iri, set()).update(beyond)


def _shown(value: str) -> str:
    return f"“{unquoted(value)}”" if value.startswith('"') else value.strip("<>").removeprefix(ID)


def _evidence(intake: Intake, plan: Plan) -> set[tuple[str, str]]:
    table, spans = plan.sheet.table.name, intake.articles[plan.article].spans
    derived = SPANS_BY.get(table, PREFIXES["prov"] + "wasDerivedFrom")
    pairs = set()
    if table in FACTS or "start" in plan.row.cells or "quote" in plan.row.cells:
        try:
            span, quote = spans.main(plan.row)
        except CellError as error:
            column = "start" if "start" in plan.row.cells or "quote" not in plan.row.cells else "quote"
            intake.problems.append(plan.place(column).problem(error))
        else:
            if not quote and spans.text is not None and table in _FROM_TEXT:
                quote = spans.text[span.start : span.end]
            exact = quote if table in QUOTED and len(quote) <= LONGEST_QUOTE else ""
            main = spans.use(span, plan.place("start"), exact=exact)
            pairs.add((derived, f"<{main}>"))
            if table not in SPANS_BY:
                pairs.add((LCK.mainEvidence, f"<{main}>"))
    if "more_evidence" in plan.row.cells:
        place = plan.place("more_evidence")
        try:
            further = read_spans(plan.row.cells["more_evidence"])
        except CellError as error:
            intake.problems.append(place.problem(error))
            further = []
        pairs |= {(derived, f"<{spans.use(span, place)}>") for span in further}
    return pairs
