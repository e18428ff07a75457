# One change to the valid cube that IC-17 must notice.
PREFIX ex: <http://example.org/>

DELETE WHERE { ex:obs2 ?property ?value . }
