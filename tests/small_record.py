"""A record of a few triples, for the tests of stores."""

from laichau_kg.layout import Layout
from laichau_kg.vocab import ID, LCK

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
LABELS = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
    "SELECT DISTINCT ?label WHERE { ?thing skos:prefLabel ?label } ORDER BY STR(?label)"
)
TEXTS = {
    "ontology/core.ttl": f"<{LCK}Fact> skos:prefLabel 'Fact'@en .",
    "ontology/schemes/units.ttl": f"<{ID}unit/percent> skos:prefLabel 'per cent'@en .",
    "ontology/shapes/bundle.ttl": "<http://e/shape> skos:prefLabel 'shape'@en .",
    "data/registers/places.ttl": f"<{ID}place/lai-chau> skos:prefLabel 'Lai Châu'@vi .",
    "data/articles/2020-12-14-ke-hoach.ttl": (
        f"<{ID}article/ke-hoach> skos:prefLabel 'Kế hoạch'@vi ; lck:x 1.10 ."
    ),
    "data/articles/undated-hoi-nghi.ttl": f"<{ID}article/hoi-nghi> skos:prefLabel 'Hội nghị'@vi .",
}
HEAD = f"PREFIX lck: <{LCK}>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"


def write_small_record(root):
    """Write the record into a folder and return its layout."""
    for name, text in TEXTS.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text + "\n", encoding="utf-8")
    return Layout(root)


def count(store):
    """Count the triples in all graphs."""
    return int(str(store.query(COUNT).rows[0][0]))


def labels(store):
    """List all labels."""
    return [str(label) for (label,) in store.query(LABELS).rows]
