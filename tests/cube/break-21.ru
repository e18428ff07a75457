# One change to the valid cube that IC-21 must notice.
PREFIX ex: <http://example.org/>

DELETE DATA { ex:oak ex:isKindOf ex:tree . }
