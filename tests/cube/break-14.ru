# One change to the valid cube that IC-14 must notice.
PREFIX lc-observation: <https://w3id.org/laichau-kg/id/observation/>
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>

DELETE WHERE { lc-observation:a--rate-2023 lck:value ?value . }
