# One change to the valid cube that IC-4 must notice.
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { lck:period rdfs:range ?range . }
