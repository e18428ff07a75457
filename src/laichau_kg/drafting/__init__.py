"""Drafting: from an article's plain text to candidate facts.

Small grammars (numbers, dates, titles, documents, meetings, statements), the
code lists' labels, and what ties them together. Deterministic, no network.
"""

from laichau_kg.drafting.bundle import bundle_draft
from laichau_kg.drafting.candidates import FIELDS, Candidate, Extractor, count_kinds, load_extractor
from laichau_kg.drafting.draft import Draft, draft_text
from laichau_kg.drafting.lexicon import Lexicon, read_lexicon

__all__ = [
    "FIELDS",
    "Candidate",
    "Draft",
    "Extractor",
    "Lexicon",
    "bundle_draft",
    "count_kinds",
    "draft_text",
    "load_extractor",
    "read_lexicon",
]
