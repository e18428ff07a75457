# One change to the schemes that S46 must notice.
PREFIX lc-unit: <https://w3id.org/laichau-kg/id/unit/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { qudt-unit:TONNE skos:relatedMatch lc-unit:tonne . }
