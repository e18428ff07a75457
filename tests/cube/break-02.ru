# One change to the valid cube that IC-2 must notice.
PREFIX ex: <http://example.org/>
PREFIX lc-dataset: <https://w3id.org/laichau-kg/id/dataset/>
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT DATA { lc-dataset:observations qb:structure ex:structure . }
