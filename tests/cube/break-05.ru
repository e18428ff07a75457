# One change to the valid cube that IC-5 must notice.
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE WHERE { lck:status qb:codeList ?list . }
