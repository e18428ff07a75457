"""The acceptances: what came into the record or left it, when, by which program and which rules.

They are PROV activities in ``data/history/``, one file a month, so that the
record's history can be asked like its facts and grows in small files.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from laichau_kg._things import Things, merged, read_things, to_turtle
from laichau_kg.diff import Changes
from laichau_kg.layout import Layout
from laichau_kg.terms import XSD, Iri, Literal
from laichau_kg.vocab import GRAPH, ID, LCK, PREFIXES, RDF

__all__ = ["rules_version", "with_acceptance"]

_PROV: Final = PREFIXES["prov"]
_LABEL: Final = PREFIXES["skos"] + "prefLabel"


def with_acceptance(
    layout: Layout,
    changes: Changes,
    *,
    at: datetime,
    accepted: Iterable[str] = (),
    withdrawn: Iterable[str] = (),
    bundles: Iterable[str] = (),
    by: str = "",
) -> tuple[str, bytes]:
    """Add an acceptance to the history.

    Args:
        layout: The record.
        changes: What changes.
        at: When, in UTC.
        accepted: Slugs of the articles that come, or come anew.
        withdrawn: Slugs of the articles that go.
        bundles: SHA-256 of the files that were accepted, in hexadecimal.
        by: Who accepted; free text.

    Returns:
        The file below ``data/`` and what it is to hold.
    """
    bundles = sorted(bundles)
    iri = f"{ID}acceptance/{at:%Y%m%dt%H%M%S%f}z"
    when = f"{at:%Y-%m-%d %H:%M}"
    counts = {LCK.thingsAdded: "added", LCK.thingsChanged: "changed", LCK.thingsRemoved: "removed"}
    block = {
        (RDF.type, Iri(LCK.Acceptance).n3()),
        (_LABEL, Literal(f"Acceptance of {when} (UTC)", language="en").n3()),
        (_LABEL, Literal(f"Lần nhận ngày {when} (UTC)", language="vi").n3()),
        (_PROV + "endedAtTime", Literal(f"{at:%Y-%m-%dT%H:%M:%SZ}", XSD + "dateTime").n3()),
        (LCK.programVersion, Literal(_program_version()).n3()),
        (LCK.rulesVersion, Literal(rules_version(layout)).n3()),
        *((name, Literal(str(changes.count(how)), XSD + "integer").n3()) for name, how in counts.items()),
        *((_PROV + "generated", Iri(GRAPH + slug).n3()) for slug in accepted),
        *((_PROV + "invalidated", Iri(GRAPH + slug).n3()) for slug in withdrawn),
        *((_PROV + "used", Iri(f"urn:sha256:{digest}").n3()) for digest in bundles),
    }
    if by.strip():
        block.add((LCK.acceptedBy, Literal(by.strip()).n3()))
    path = layout.history / f"{at:%Y-%m}.ttl"
    before: Things = read_things(path) if path.exists() else {}
    after = merged([before, {iri: frozenset(block)}])
    return f"history/{path.name}", to_turtle(after, path=str(path))


def rules_version(layout: Layout) -> str:
    """Return the SHA-256 of the shapes, in hexadecimal: the version of the rules that judged."""
    digest = hashlib.sha256()
    for path in layout.shape_files():
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _program_version() -> str:
    try:
        return version("laichau-kg")
    except PackageNotFoundError:
        return "unknown"
