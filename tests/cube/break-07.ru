# One change to the valid cube that IC-7 must notice.
PREFIX ex: <http://example.org/>
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE DATA { ex:structure qb:sliceKey ex:byPlace . }
