# One change to the schemes that S9 must notice.
PREFIX lc-scheme: <https://w3id.org/laichau-kg/id/scheme/>
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>

INSERT DATA { lc-scheme:units a lck:Unit . }
