# One change to the valid cube that IC-15 must notice.
PREFIX ex: <http://example.org/>

DELETE DATA { ex:obs1 ex:height 3 . }
