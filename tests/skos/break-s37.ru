# One change to the schemes that S37 must notice.
PREFIX lc-unit: <https://w3id.org/laichau-kg/id/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { lc-unit:tonne a skos:OrderedCollection . skos:OrderedCollection rdfs:subClassOf skos:Collection . }
