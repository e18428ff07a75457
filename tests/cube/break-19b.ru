# One change to the valid cube that IC-19b must notice.
PREFIX ex: <http://example.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { ex:colours skos:member ex:red . }
