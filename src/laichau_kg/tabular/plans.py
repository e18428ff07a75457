"""Tell which thing each row of a table is about: its IRI, given or made, and its article."""

from collections import Counter
from collections.abc import Iterator, Sequence

from laichau_kg._table_terms import FACTS
from laichau_kg.tabular.cells import CellError
from laichau_kg.tabular.intake import Intake, Plan
from laichau_kg.tabular.sheets import Row, Sheet
from laichau_kg.text import slugify
from laichau_kg.vocab import ID

__all__ = ["plan_rows"]

_ID_FROM = {
    "observations": ("indicator", "indicator_vi", "area", "status", "measure", "period", "period_start"),
    "attestations": ("official", "official_name", "post", "post_vi"),
    "participations": ("participant", "participant_name", "role"),
    "documents": ("document", "relation"),
}
_LABELLED = ("label_vi", "description_vi")
_NAMES = ("label_vi", "label_en", "title", "name", "number", "other_names_vi")
_LONGEST_ID = 72


def plan_rows(intake: Intake, sheets: Sequence[Sheet], *tables: str) -> list[Plan]:
    """Plan the rows of some tables, and make the things they are about known by name.

    A row whose thing cannot be told is added to the intake's problems.
    """
    return [plan for sheet in sheets if sheet.table.name in tables for plan in _plans(intake, sheet)]


def _plans(intake: Intake, sheet: Sheet) -> Iterator[Plan]:
    taken: Counter[str] = Counter()
    for row in sheet.rows:
        try:
            plan = _plan(intake, sheet, row, taken)
        except CellError as error:
            intake.problems.append(Plan(sheet, row).place(error.column).problem(error))
            continue
        taken[plan.iri] += 1
        names = [name for column in _NAMES for name in plan.text(column).split("|")]
        intake.names.add(plan.iri, [name for name in names if name])
        yield plan


def _plan(intake: Intake, sheet: Sheet, row: Row, taken: Counter[str]) -> Plan:
    plan = Plan(sheet, row)
    table = sheet.table
    column = "id" if "id" in table.columns else "slug"
    article = ""
    if table.name in FACTS:
        article = _article_of(intake, plan)
        slug = _fact_slug(plan, article, taken)
    else:
        own = plan.text(column) or plan.text("article")
        slug = own.lower() or slugify(plan.text("name") or plan.text("label_vi") or plan.text("title"))
        if not slug or slug != slugify(slug):
            what = f"“{own}” is no slug" if own else "the row has neither slug nor name"
            raise CellError(f"{what}; write lower-case ASCII with hyphens, like lai-chau.", column=column)
    iri = f"{ID}{table.kind}/{slug}"
    if taken[iri]:
        raise CellError(f"“{slug}” stands in an earlier row already; give each row its own.", column=column)
    if table.name == "articles":
        article = slug
        intake.list_article(slug)
    return Plan(sheet, row, iri, article)


def _article_of(intake: Intake, plan: Plan) -> str:
    before, dashes, _ = plan.text("id").partition("--")
    said = plan.text("article") or (before if dashes else "")
    if not said:
        if len(intake.articles) == 1:
            return next(iter(intake.articles))
        raise CellError("which article says so is missing; write its slug.", column="article")
    slug = said.lower()
    if slug not in intake.articles and not _is_recorded(intake, slug):
        try:
            slug = intake.names.find(said, ("article",)).rpartition("/")[2]
        except CellError as error:
            message = f"“{said}” is no article of the tables or the record; add a row to articles.csv."
            raise CellError(message, column="article") from error
    intake.add_to_article(slug)
    return slug


def _is_recorded(intake: Intake, slug: str) -> bool:
    return slug == slugify(slug) and bool(intake.recorded(slug))


def _fact_slug(plan: Plan, article: str, taken: Counter[str]) -> str:
    own = plan.text("id")
    if own:
        before, dashes, local = own.partition("--")
        local = local if dashes else before
        if dashes and before != article:
            message = f"“{own}” begins with another article than {article}; mend one of them."
            raise CellError(message, column="id")
        if local != slugify(local):
            message = f"“{own}” is no slug; leave it empty, or write lower-case ASCII with hyphens."
            raise CellError(message, column="id")
        return f"{article}--{local}"
    parts = [plan.text(column) for column in _ID_FROM.get(plan.sheet.table.name, _LABELLED)]
    stem = slugify(" ".join(parts))[:_LONGEST_ID].rstrip("-") or plan.sheet.table.kind
    kind, number, local = plan.sheet.table.kind, 1, stem
    while taken[f"{ID}{kind}/{article}--{local}"]:
        number += 1
        local = f"{stem}-{number}"
    return f"{article}--{local}"
