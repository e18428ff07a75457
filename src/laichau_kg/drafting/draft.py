"""Run all grammars over a text and gather what they find as candidates."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from laichau_kg.drafting.candidates import Candidate, Extractor, check_candidates
from laichau_kg.drafting.documents import DocumentMention, find_documents
from laichau_kg.drafting.figures import Figure, find_figures
from laichau_kg.drafting.lexicon import Lexicon
from laichau_kg.drafting.meetings import Meeting, find_meetings
from laichau_kg.drafting.names import province_of, province_of_site
from laichau_kg.drafting.numbers import value_text
from laichau_kg.drafting.page import Page, read_page
from laichau_kg.drafting.parts import Part, find_parts
from laichau_kg.drafting.persons import Person, find_meant, find_persons, merge_persons
from laichau_kg.drafting.posts import body_of, complete_title, full_title
from laichau_kg.drafting.statements import Statement, find_statements, find_topics
from laichau_kg.drafting.titles import NamedTitle
from laichau_kg.drafting.words import UPPER
from laichau_kg.text import Span, slugify

__all__ = ["Draft", "draft_text"]

_NEAR = 200
_LONGEST_LIST = 1200
_SIDE = re.compile(rf"\b[Vv]ề phía (?:tỉnh )?([{UPPER}]\w+ [{UPPER}]\w+)")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was found in a text."""

    text: str
    page: Page
    province: str
    candidates: tuple[Candidate, ...]


def draft_text(
    text: str, lexicon: Lexicon, *, extractors: Mapping[str, Extractor] | None = None, province: str = ""
) -> Draft:
    """Draft the facts of an article.

    The same text and the same code lists always give the same draft.

    Args:
        text: The article's plain text, as it lies in its file.
        lexicon: Code lists and registers.
        extractors: Further extractors by name; what they propose is held to the text.
        province: The province it is news of; else the one that the text speaks of most, or the site is of.

    Raises:
        DraftError: an extractor proposes what does not stand in the text.
    """
    page = read_page(text)
    province = province or province_of(text[: page.body.end]) or province_of_site(page.site)
    year = page.issued.year if page.issued else None
    documents = find_documents(text, page.title.start if page.title else page.body.start, page.body.end)
    names = [Span(mention.start, mention.end) for mention in documents]
    persons = find_persons(text, page.body.start, page.body.end)
    meant = find_meant(text, persons, page.body.start, page.body.end)
    spoken_of = sorted([*persons, *meant], key=lambda person: person.start)
    meetings = find_meetings(text, page.sentences, blocked=names, issued=page.issued)
    figures = find_figures(
        text, lexicon, page.sentences, blocked=names, year=year, issued_year=year, title=page.title
    )
    days = [meeting.day for meeting in meetings if meeting.day]
    since = next(iter(days), page.issued)
    statements = find_statements(text, page.sentences, spoken_of, since=since, blocked=names)
    found = [
        *_attestations(text, persons, province),
        *(_meeting(meeting) for meeting in meetings),
        *(_part(part) for part in find_parts(text, page.sentences, meetings, spoken_of)),
        *_citations(documents),
        *_observations(figures, slugify(province)),
        *(_statement(text, one, lexicon) for one in statements),
    ]
    for name, extractor in (extractors or {}).items():
        found += check_candidates(text, extractor(text), source=name)
    order = sorted(found, key=lambda one: (one.start, one.end, one.kind, sorted(one.fields.items())))
    return Draft(text, page, province, tuple(order))


def _attestations(text: str, persons: Sequence[Person], province: str) -> Iterable[Candidate]:
    held: dict[tuple[str, str], Candidate] = {}
    for name, mentions in merge_persons(list(persons)).items():
        everywhere = [title.text for mention in mentions for title in mention.titles]
        for mention in mentions:
            titles = [full_title(title.text, "") for title in mention.titles if not title.past]
            own = next((found for title in titles if (found := province_of(title))), "")
            own = own or _side_of(text, mention.start) or province
            for title in mention.titles:
                if title.past:
                    continue
                post = full_title(_completed(text, title, everywhere), own)
                key = (slugify(name), slugify(post))
                spans = (Span(mention.start, mention.end), Span(title.start, title.end))
                known = held.get(key)
                if known:
                    held[key] = replace(known, evidence=tuple(dict.fromkeys((*known.evidence, *spans))))
                else:
                    fields = {"official": name, "post": post, "organization": body_of(post)}
                    held[key] = Candidate("attestation", title.start, title.end, "title", fields, spans)
    return held.values()


def _completed(text: str, title: NamedTitle, everywhere: Sequence[str]) -> str:
    sentence = text[max(0, title.start - _NEAR) : title.start].rpartition(". ")[2]
    return complete_title(title.text, [other for other in everywhere if other != title.text], sentence)


def _side_of(text: str, at: int) -> str:
    """Give the province on whose side somebody is listed: "về phía tỉnh Sơn La có các đồng chí …"."""
    sentence = text[max(0, at - _LONGEST_LIST) : at].rpartition("\n")[2].rpartition(". ")[2]
    sides = _SIDE.findall(sentence)
    return province_of(f"tỉnh {sides[-1]}") if sides else ""


def _meeting(meeting: Meeting) -> Candidate:
    fields = {
        "key": meeting.key, "kind": meeting.kind, "name": meeting.name, "partOfDay": meeting.part_of_day,
        "date": meeting.day.isoformat() if meeting.day else "", "mode": meeting.mode,
        "organizer": meeting.organizer,
    }  # fmt: skip
    spans = [
        *meeting.evidence,
        *(span for span in (meeting.day_at, meeting.organizer_at, meeting.year_at) if span),
    ]
    inferred = ("date",) if meeting.year_at else ()
    return Candidate(
        "meeting", meeting.start, meeting.end, meeting.rule, _known(fields), tuple(spans), inferred
    )


def _part(part: Part) -> Candidate:
    fields = {"meeting": part.meeting, "role": part.role, "official": part.person, "group": part.group}
    return Candidate("participation", part.start, part.end, part.rule, _known(fields), part.evidence)


def _citations(documents: Sequence[DocumentMention]) -> Iterable[Candidate]:
    """Gather the mentions of each document; a shorter name stands for the fuller one before it."""
    held: dict[tuple[str, ...], Candidate] = {}
    for mention in documents:
        key = mention.identity
        longer = [
            known
            for known in held
            if len(known) > len(key) and known[: len(key)] == key and mention.rule == "congress"
        ]
        key = longer[-1] if longer else key
        span = Span(mention.start, mention.end)
        more = [extra for extra in (mention.issuer_at, mention.about) if extra]
        fields = _known(
            {"kind": mention.kind, "number": mention.number, "name": mention.name, "title": mention.title,
             "issuer": mention.issuer}
        )  # fmt: skip
        if known_one := held.get(key):
            held[key] = replace(
                known_one,
                evidence=tuple(dict.fromkeys((*known_one.evidence, span, *more))),
                fields={**fields, **known_one.fields},
            )
        else:
            held[key] = Candidate("citation", mention.start, mention.end, mention.rule, fields, (span, *more))
    return held.values()


def _observations(figures: Sequence[Figure], area: str) -> Iterable[Candidate]:
    held: dict[tuple[tuple[str, str], ...], Candidate] = {}
    for figure in figures:
        amount = figure.amount
        spans = tuple(span for span in figure.evidence if span.start < span.end)
        rule = "+".join(figure.rules)
        if figure.gift:
            fields = _known(
                {
                    "kind": "gift",
                    "amount": value_text(amount.value),
                    "unit": figure.unit,
                    "name": figure.proposal,
                }
            )
            yield Candidate("occurrence", amount.start, amount.end, rule, fields, spans)
            continue
        fields = _known(
            {
                "indicator": figure.indicator, "proposal": figure.proposal, "area": figure.area or area,
                "period": figure.period.slug if figure.period else "", "status": figure.status,
                "measure": figure.measure, "value": value_text(amount.value),
                "valueMax": value_text(amount.value_max) if amount.value_max is not None else "",
                "unit": figure.unit, "bound": amount.bound,
                "basePeriod": figure.base.slug if figure.base else "",
                "total": value_text(amount.total) if amount.total is not None else "",
                "priceBasis": figure.price_basis, "planIssuer": figure.plan_issuer,
            }
        )  # fmt: skip
        made = Candidate("observation", amount.whole, amount.end, rule, fields, spans, figure.inferred)
        key = tuple(sorted(fields.items()))
        if figure.indicator and (known := held.get(key)):
            held[key] = replace(
                known, evidence=tuple(dict.fromkeys((*known.evidence, Span(made.start, made.end), *spans)))
            )
        else:
            held[(*key, ("", str(made.start)))] = made
            held[key] = made
    unique: dict[int, Candidate] = {}
    for made in held.values():
        if made.start not in unique or len(made.evidence) > len(unique[made.start].evidence):
            unique[made.start] = made
    yield from _dated(list(unique.values()))


def _dated(figures: Sequence[Candidate]) -> Iterable[Candidate]:
    """Let a figure without a period be one more mention of the same figure with one."""
    same = ("indicator", "area", "measure", "value", "unit", "total")
    more: dict[int, list[Span]] = {}
    for figure in figures:
        if "period" in figure.fields or "indicator" not in figure.fields:
            continue
        twin = next(
            (
                other
                for other in figures
                if "period" in other.fields
                and all(other.fields.get(name) == figure.fields.get(name) for name in same)
            ),
            None,
        )
        if twin:
            more.setdefault(twin.start, []).append(Span(figure.start, figure.end))
            more[figure.start] = []
    for figure in figures:
        if more.get(figure.start) != []:
            yield replace(figure, evidence=(*figure.evidence, *more.get(figure.start, ())))


def _statement(text: str, statement: Statement, lexicon: Lexicon) -> Candidate:
    spans = tuple(span for span in (statement.speaker_at, statement.to_at, statement.due_at) if span)
    labels = {topic.slug: topic.labels for topic in lexicon.topics}
    topics = find_topics(text, statement.start, statement.end, labels)
    to = "; ".join(statement.to)
    fields = _known({"by": statement.speaker, "to": to, "topic": " ".join(topics), "due": statement.due})
    told = {"by": statement.speaker_at, "to": statement.to_at}
    inferred = tuple(
        name for name, span in told.items() if span and not statement.start <= span.start < statement.end
    )
    return Candidate(statement.kind, statement.start, statement.end, statement.rule, fields, spans, inferred)


def _known(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
