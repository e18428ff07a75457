# One change to the valid cube that IC-20 must notice.
PREFIX ex: <http://example.org/>

DELETE DATA { ex:country ex:contains ex:north . }
