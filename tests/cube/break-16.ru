# One change to the valid cube that IC-16 must notice.
PREFIX ex: <http://example.org/>

INSERT DATA { ex:obs1 ex:width 4 . }
