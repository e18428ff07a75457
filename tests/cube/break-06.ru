# One change to the valid cube that IC-6 must notice.
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?component qb:componentRequired false . } WHERE { ?component qb:dimension lck:area . }
