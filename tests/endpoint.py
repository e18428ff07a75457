"""Queries that several test modules ask of the SPARQL endpoint, and how they ask."""

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
OFFICIALS = "SELECT ?official ?name WHERE { ?official a lck:Official ; foaf:name ?name } ORDER BY ?name"
GRAPH_OF = "CONSTRUCT WHERE { ?official a lck:Official ; foaf:name ?name }"
JSON = "application/sparql-results+json"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


def ask(client, query, *, accept="", **params):
    """Ask by GET."""
    return client.get("/sparql", params={"query": query, **params}, headers={"accept": accept})
