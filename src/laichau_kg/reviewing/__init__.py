"""Reviewing: from a draft's candidates to facts that the checker passes.

A pure core (`steps`, `Review`) that knows no terminal, the forms read from the
shapes, and what reads the record for it once.
"""

from laichau_kg.reviewing.forms import FIXED, Field, Forms
from laichau_kg.reviewing.judging import Judge
from laichau_kg.reviewing.naming import Directory
from laichau_kg.reviewing.review import Review
from laichau_kg.reviewing.showing import article_iri, find_text, passage, quotes
from laichau_kg.reviewing.steps import Dropped, article_of, candidates, fact_of, unanswered
from laichau_kg.reviewing.values import Entered, UnfitError, Values, evidence_of

__all__ = [
    "FIXED",
    "Directory",
    "Dropped",
    "Entered",
    "Field",
    "Forms",
    "Judge",
    "Review",
    "UnfitError",
    "Values",
    "article_iri",
    "article_of",
    "candidates",
    "evidence_of",
    "fact_of",
    "find_text",
    "passage",
    "quotes",
    "unanswered",
]
