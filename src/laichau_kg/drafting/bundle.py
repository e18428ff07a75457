"""Write a draft as a bundle: one article's Turtle in the canonical form, each fact marked as a candidate."""

import re
from collections.abc import Sequence

from laichau_kg.drafting.areas import COUNTRY, name_of_place, place_kind
from laichau_kg.drafting.candidates import Candidate
from laichau_kg.drafting.draft import Draft
from laichau_kg.drafting.english import english_body, english_place, english_post
from laichau_kg.drafting.lexicon import Lexicon
from laichau_kg.drafting.parties import Party, kind_of_body, party_of
from laichau_kg.drafting.resolving import Resolved, Resolver
from laichau_kg.drafting.stretches import is_period, period_of
from laichau_kg.drafting.triples import DERIVED, LONGEST_QUOTE, Triples, iri, term
from laichau_kg.terms import XSD, Iri, Literal
from laichau_kg.text import Span, sha256, slugify
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import LCK, RDF

__all__ = ["bundle_draft"]

_PAGE = "page"
_LONGEST_SLUG = 60
_QUOTED = frozenset({"attestation", "citation", "observation", "occurrence"})
_CLASSES = {
    "attestation": LCK.Attestation, "citation": LCK.Citation, "commitment": LCK.Commitment,
    "directive": LCK.Directive, "meeting": LCK.Meeting, "observation": LCK.Observation,
    "occurrence": LCK.Occurrence, "participation": LCK.Participation, "recommendation": LCK.Recommendation,
}  # fmt: skip
_DOCUMENTS = {
    "resolution": (LCK.Resolution, "Resolution"), "decision": (LCK.Decision, "Decision"),
    "conclusion": (LCK.Conclusion, "Conclusion"), "plan": (LCK.Plan, "Plan"),
    "dispatch": (LCK.Dispatch, "Official dispatch"),
    "scheme": (LCK.Scheme, "Scheme"), "law": (LCK.Law, "Law"), "master-plan": (LCK.MasterPlan, "Master plan"),
    "programme": (LCK.Programme, "Programme"), "budget-estimate": (LCK.BudgetEstimate, "Budget estimate"),
    "party-document": (LCK.PartyDocument, "Party document"),
    "document-group": (LCK.DocumentGroup, "Documents"),
}  # fmt: skip
_MEETINGS = {
    "conference": "Conference", "working-session": "Working session", "congress": "Congress",
    "study-conference": "Study conference",
}  # fmt: skip
# Fields of an observation whose value is a code, with the kind of its IRI.
_CODES = {
    "indicator": "indicator", "area": "place", "period": "period", "status": "status", "measure": "measure",
    "unit": "unit", "bound": "bound", "basePeriod": "period", "priceBasis": "price-basis",
}  # fmt: skip
_PARTIES = ("organization", "organizer", "group", "by", "to")
_LEVELS = r"(?:[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Xx]ã|[Pp]hường|Huyện [uủ][ỷy]|Thành [uủ][ỷy])"
_PLACELESS = re.compile(rf"\b{_LEVELS}$")
_PLACED = re.compile(rf"\b{_LEVELS} [^\W\d_a-zđ]")
_NUMBERS = ("value", "valueMax", "total")


def bundle_draft(draft: Draft, lexicon: Lexicon, *, source_file: str) -> str:
    """Write a draft as Turtle.

    What the registers lack (officials, posts, bodies, documents, periods, a
    province) is described in the same file, as far as the text tells.

    Args:
        draft: What was found.
        lexicon: Code lists and registers.
        source_file: The name of the file the text came from.
    """
    title = draft.text[draft.page.title.start : draft.page.title.end] if draft.page.title else ""
    slug = _short(slugify(title or source_file.rpartition("/")[2].rpartition(".")[0])) or "bai"
    writer = _Writer(draft, lexicon, slug)
    writer.write_article(title, source_file.rpartition("/")[2])
    for candidate in draft.candidates:
        writer.write(candidate)
    writer.graph.write_evidence()
    return format_turtle("\n".join(writer.graph.lines), path=f"draft of {source_file}")


def _short(slug: str) -> str:
    if len(slug) <= _LONGEST_SLUG:
        return slug
    return slug[:_LONGEST_SLUG].rpartition("-")[0]


class _Writer:
    def __init__(self, draft: Draft, lexicon: Lexicon, slug: str) -> None:
        self.draft, self.lexicon, self.slug = draft, lexicon, slug
        self.graph = Triples(slug, draft.text)
        issued = draft.page.issued
        self.resolver = Resolver(lexicon, draft.province, str(issued.year) if issued else "")
        self.article = iri("article", slug)
        self._rule = _PAGE
        self._locals: dict[str, int] = {}
        self._meetings: dict[str, Iri] = {}
        words = [one.fields.get(name, "") for one in draft.candidates for name in _PARTIES]
        named = [self.resolver.organization(name).name for one in words for name in one.split("; ") if name]
        self._bodies = frozenset(name for name in named if _PLACED.search(name))
        self._held = {
            self.resolver.post(one.fields["post"]).slug: one.fields["official"]
            for one in draft.candidates
            if one.kind == "attestation" and one.fields.get("official") and one.fields.get("post")
        }
        self._days = sorted(
            (min(span.start for span in (Span(one.start, one.end), *one.evidence)), one.fields["date"])
            for one in draft.candidates
            if one.kind == "meeting" and one.fields.get("date")
        )
        for one in draft.candidates:
            if one.kind == "meeting":
                self._meetings.setdefault(
                    one.fields.get("key", one.fields.get("kind", "")), self._fact("meeting", one)
                )

    def write_article(self, title: str, source_file: str) -> None:
        """Describe the article: what its page says of itself."""
        graph, page, text = self.graph, self.draft.page, self.draft.text
        add, article = graph.add, self.article
        self._candidate(article, LCK.Article)
        when = page.issued.isoformat() if page.issued else ""
        graph.label(article, title[:LONGEST_QUOTE] or f"Bài báo {self.slug}")
        spans = [span for span in (page.title, page.issued_at, page.site_at, *page.authors) if span]
        if title:
            add(article, term("dcterms", "title"), Literal(title, language="vi"))
        if when:
            add(article, term("dcterms", "issued"), Literal(when, XSD + "date"))
        if page.site:
            add(article, LCK.site, Literal(page.site))
        for span in page.authors:
            name = text[span.start : span.end]
            name = name.title() if name.isupper() and "." not in name else name
            known = self.lexicon.named(self.lexicon.authors, name)
            author = iri("author", known.slug if known else slugify(name))
            add(article, LCK.author, author)
            if not known and graph.new(author):
                self._candidate(author, LCK.Author)
                add(author, term("foaf", "name"), Literal(name))
                graph.label(author, name, name)
        add(article, LCK.sourceFile, Literal(source_file))
        add(article, LCK.length, Literal(str(len(text)), XSD + "integer"))
        add(article, LCK.sha256, Literal(sha256(text)))
        for span in spans:
            add(article, LCK.statedIn, graph.evidence(span, quoted=True))

    def write(self, candidate: Candidate) -> None:
        """Describe one candidate, and what it names that the registers lack."""
        fact = self._meetings.get(candidate.fields.get("key", "")) if candidate.kind == "meeting" else None
        fact = fact or self._fact(candidate.kind, candidate)
        add, fields = self.graph.add, candidate.fields
        self._rule = candidate.rule
        self._candidate(fact, _CLASSES[candidate.kind])
        if fields.get("proposal"):
            add(fact, LCK.proposal, Literal(fields["proposal"]))
        main = Span(candidate.start, candidate.end)
        quoted = candidate.kind in _QUOTED or "official" in fields
        spans = [span for span in dict.fromkeys((main, *candidate.evidence)) if span.start < span.end]
        for span in spans:
            own = quoted and (span == main or candidate.kind in {"attestation", "citation"})
            add(fact, DERIVED, self.graph.evidence(span, quoted=own))
        add(fact, LCK.mainEvidence, self.graph.evidence(main, quoted=quoted))
        {
            "attestation": self._attestation,
            "citation": self._citation,
            "meeting": self._meeting,
            "observation": self._observation,
            "occurrence": self._occurrence,
            "participation": self._participation,
        }.get(candidate.kind, self._statement)(fact, candidate)

    def _candidate(self, thing: Iri, kind: str) -> None:
        """Say what a thing is, that nobody has reviewed it yet, and which rule found it."""
        self.graph.add(thing, RDF.type, Iri(kind), Iri(LCK.Candidate))
        self.graph.add(thing, LCK.foundBy, Literal(self._rule))

    def _fact(self, kind: str, candidate: Candidate) -> Iri:
        fields = candidate.fields
        parts = {
            "attestation": (fields.get("official", ""), fields.get("post", "")),
            "citation": (fields.get("number") or fields.get("name", ""),),
            "meeting": (fields.get("kind", ""),),
            "observation": (
                fields.get("indicator") or fields.get("proposal", "so-lieu"), fields.get("period", ""),
                "" if fields.get("measure") == "level" else fields.get("measure", ""),
            ),
            "occurrence": (fields.get("kind", ""), fields.get("name", "")),
            "participation": (fields.get("official") or fields.get("group", ""), fields.get("role", "")),
        }.get(kind, (self.draft.text[candidate.start : candidate.start + 40],))  # fmt: skip
        local = _short(slugify(" ".join(part for part in parts if part))) or kind
        key = f"{kind}/{local}"
        self._locals[key] = self._locals.get(key, 0) + 1
        number = f"-{self._locals[key]}" if self._locals[key] > 1 else ""
        return iri(kind, f"{self.slug}--{local}{number}")

    # --- facts

    def _attestation(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        post = self.resolver.post(fields["post"]) if fields.get("post") else None
        body = self._named(fields["organization"]) if fields.get("organization") else None
        if fields.get("official"):
            add(fact, term("org", "member"), self._official(self.resolver.official(fields["official"])))
        place = self._organization(body) if body else None
        if post and post.known:
            own = next(thing for thing in self.lexicon.posts if thing.slug == post.slug).first("in")
            place = iri("organization", own) if own else place
        if post:
            add(fact, LCK.post, self._post(post, place))
        if place:
            add(fact, term("org", "organization"), place)
        if day := self._seen_on(candidate.start):
            add(fact, LCK.attestedOn, Literal(day, XSD + "date"))

    def _seen_on(self, at: int) -> str:
        """Give the day on which somebody is seen: that of the last meeting told of before, else the first."""
        before = [day for start, day in self._days if start <= at]
        issued = self.draft.page.issued
        return (before or [day for _, day in self._days][:1] or [issued.isoformat() if issued else ""])[-1]

    def _meeting(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        day = fields.get("date", "")
        english = _MEETINGS.get(fields.get("kind", ""), "Meeting")
        name = fields.get("name", english)[:LONGEST_QUOTE]
        self.graph.label(fact, name[:1].upper() + name[1:], f"{english}{f' of {day}' if day else ''}")
        add(fact, LCK.kind, iri("meeting-kind", fields["kind"]))
        if day:
            add(fact, LCK.date, Literal(day, XSD + "date"))
            add(fact, LCK.datePrecision, iri("precision", "day"))
        if fields.get("partOfDay"):
            add(fact, LCK.partOfDay, iri("part-of-day", fields["partOfDay"]))
        if fields.get("mode"):
            add(fact, LCK.mode, iri("meeting-mode", fields["mode"]))
        if fields.get("organizer"):
            add(fact, LCK.organizer, self._organization(self._named(fields["organizer"])))
        self._note_inferred(fact, candidate, candidate.evidence[-1:])

    def _participation(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        if meeting := self._meetings.get(fields.get("meeting", "")):
            add(fact, LCK.meeting, meeting)
        if fields.get("role"):
            add(fact, LCK.role, iri("role", fields["role"]))
        if fields.get("official"):
            add(fact, LCK.participant, self._official(self.resolver.official(fields["official"])))
        elif fields.get("group"):
            span = Span(candidate.start, candidate.end)
            party = party_of(fields["group"], self.resolver, {})
            add(fact, LCK.participant, self._party(party, span))

    def _citation(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        number, kind = fields.get("number", ""), fields.get("kind", "")
        found = self.resolver.document(number=number, name=fields.get("name", number), kind=kind)
        document = iri("document", found.slug)
        add(fact, LCK.cites, document)
        add(fact, LCK.relation, iri("citation-relation", "mentions"))
        if found.known or not self.graph.new(document):
            return
        kind_class, english = _DOCUMENTS.get(kind, (LCK.Document, "Document"))
        self._candidate(document, kind_class)
        self.graph.label(
            document, found.name[:1].upper() + found.name[1:], f"{english} No. {number}" if number else ""
        )
        if kind:
            add(document, LCK.kind, iri("document-kind", kind))
        if number:
            add(document, LCK.number, Literal(number))
        if fields.get("title"):
            add(document, term("dcterms", "title"), Literal(fields["title"], language="vi"))
        if fields.get("issuer"):
            add(document, LCK.issuer, self._organization(self.resolver.organization(fields["issuer"])))

    def _observation(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        for name, kind in _CODES.items():
            if not (slug := fields.get(name)):
                continue
            add(fact, str(LCK) + name, iri(kind, slug))
            if kind == "period":
                self._period(slug)
            elif name == "area":
                self._place(slug)
        for name in _NUMBERS:
            if fields.get(name):
                add(fact, str(LCK) + name, Literal(fields[name], XSD + "decimal"))
        if fields.get("planIssuer"):
            add(fact, LCK.planIssuer, self._organization(self.resolver.organization(fields["planIssuer"])))
        add(fact, LCK.article, self.article)
        add(fact, term("qb", "dataSet"), iri("dataset", "observations"))
        self._note_inferred(fact, candidate, candidate.evidence[1:])

    def _occurrence(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        self.graph.label(fact, fields.get("name", fields.get("kind", "")))
        if fields.get("kind"):
            add(fact, LCK.kind, iri("occurrence-kind", fields["kind"]))
        if fields.get("amount"):
            add(fact, LCK.amount, Literal(fields["amount"], XSD + "decimal"))
        if fields.get("unit"):
            add(fact, LCK.unit, iri("unit", fields["unit"]))

    def _statement(self, fact: Iri, candidate: Candidate) -> None:
        add, fields = self.graph.add, candidate.fields
        span = Span(candidate.start, candidate.end)
        for name, predicate in (("by", LCK.by), ("to", LCK.to)):
            for words in fields.get(name, "").split("; "):
                if words:
                    add(fact, predicate, self._party(party_of(words, self.resolver, self._held), span))
        add(fact, LCK.topic, *(iri("topic", slug) for slug in fields.get("topic", "").split()))
        due = fields.get("due", "")
        if is_period(due):
            add(fact, LCK.due, iri("period", due))
            self._period(due)
        elif due:
            add(fact, LCK.proposal, Literal(f"due: {due}"))
        if len(self._meetings) == 1:
            add(fact, LCK.meeting, *self._meetings.values())
        grounds = [one for one in candidate.evidence if one.end <= span.start or span.end <= one.start]
        self._note_inferred(fact, candidate, grounds)

    def _note_inferred(self, fact: Iri, candidate: Candidate, grounds: Sequence[Span]) -> None:
        """Say which fields are inferred and from which words; the rest stands in the main evidence."""
        named = [name for name in candidate.inferred if candidate.fields.get(name)]
        if grounds and named:
            self.graph.add(fact, LCK.infers, *(Iri(str(LCK) + name) for name in named))
            self.graph.add(
                fact, LCK.inferredFrom, *(self.graph.evidence(span, quoted=False) for span in grounds)
            )

    def _party(self, party: Party, span: Span) -> Iri:
        """Name who speaks, is spoken to or takes part; who is only described is a group, at its words."""
        if party.kind == "person":
            return self._official(party.thing)
        if party.kind == "organization":
            return self._organization(self._named(party.thing.name))
        at = self.draft.text.find(party.thing.name, span.start, span.end)
        return self._group(party.thing.name, Span(at, at + len(party.thing.name)) if at >= 0 else span)

    # --- things the registers lack

    def _official(self, found: Resolved) -> Iri:
        official = iri("person", found.slug)
        if not found.known and self.graph.new(official):
            self._candidate(official, LCK.Official)
            self.graph.add(official, term("foaf", "name"), Literal(found.name))
            self.graph.label(official, found.name, found.name)
        return official

    def _group(self, words: str, at: Span) -> Iri:
        group = iri("group", f"{self.slug}--{_short(slugify(words))}")
        if self.graph.new(group):
            span = self.graph.evidence(at, quoted=False)
            self._candidate(group, LCK.Group)
            self.graph.label(group, words)
            self.graph.add(group, DERIVED, span)
            self.graph.add(group, LCK.mainEvidence, span)
        return group

    def _named(self, name: str) -> Resolved:
        """Find a body by name; one named without its place is the one of the article that has it."""
        found = self.resolver.organization(name)
        if found.known or not _PLACELESS.search(found.name):
            return found
        fuller = {body for body in self._bodies if body.startswith(f"{found.name} ")}
        return self.resolver.organization(fuller.pop()) if len(fuller) == 1 else found

    def _organization(self, found: Resolved) -> Iri:
        body = iri("organization", found.slug)
        if not found.known and self.graph.new(body):
            self._candidate(body, term("org", "Organization"))
            self.graph.label(body, found.name, english_body(found.name))
            if kind := kind_of_body(found.name):
                self.graph.add(body, LCK.kind, iri("organization-kind", kind))
        return body

    def _post(self, found: Resolved, body: Iri | None) -> Iri:
        post = iri("post", found.slug)
        if not found.known and self.graph.new(post):
            self._candidate(post, term("org", "Post"))
            self.graph.label(post, found.name, english_post(found.name))
            if body:
                self.graph.add(post, term("org", "postIn"), body)
        return post

    def _place(self, slug: str) -> None:
        place = iri("place", slug)
        if any(known.slug == slug for known in self.lexicon.places) or not self.graph.new(place):
            return
        name = name_of_place(self.draft.text, slug) or f"Tỉnh {self.draft.province}"
        kind = place_kind(name)
        self._candidate(place, LCK.Place)
        self.graph.label(place, name, english_place(name))
        self.graph.add(place, LCK.kind, iri("place-kind", kind))
        whole = COUNTRY if kind == "province" else slugify(self.draft.province)
        if whole:
            self.graph.add(place, LCK.isPartOf, iri("place", whole))
            self._place(whole)

    def _period(self, slug: str) -> None:
        period = iri("period", slug)
        if slug in self.lexicon.periods or not self.graph.new(period):
            return
        first, last, precision, vi, en = period_of(slug)
        self.graph.add(period, RDF.type, Iri(LCK.Period))
        self.graph.label(period, vi, en)
        self.graph.add(period, LCK.firstDay, Literal(first.isoformat(), XSD + "date"))
        self.graph.add(period, LCK.lastDay, Literal(last.isoformat(), XSD + "date"))
        self.graph.add(period, LCK.precision, iri("precision", precision))
