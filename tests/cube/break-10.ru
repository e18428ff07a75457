# One change to the valid cube that IC-10 must notice.
PREFIX ex: <http://example.org/>

DELETE DATA { ex:slice ex:place ex:north . }
