# One change to the valid cube that IC-8 must notice.
PREFIX ex: <http://example.org/>
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT DATA { ex:byPlace qb:componentProperty ex:elsewhere . }
