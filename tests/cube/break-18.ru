# One change to the valid cube that IC-18 must notice.
PREFIX ex: <http://example.org/>
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE DATA { ex:obs1 qb:dataSet ex:cube . }
