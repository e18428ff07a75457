# One change to the schemes that S13 must notice.
PREFIX lc-unit: <https://w3id.org/laichau-kg/id/unit/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { lc-unit:tonne skos:altLabel "Tấn"@vi . }
