# One change to the valid cube that IC-9 must notice.
PREFIX ex: <http://example.org/>
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE DATA { ex:slice qb:sliceStructure ex:byPlace . }
