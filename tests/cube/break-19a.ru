# One change to the valid cube that IC-19a must notice.
PREFIX lc-bound: <https://w3id.org/laichau-kg/id/bound/>
PREFIX lc-observation: <https://w3id.org/laichau-kg/id/observation/>
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>

DELETE { lc-observation:a--rate-2023 lck:status ?status . }
INSERT { lc-observation:a--rate-2023 lck:status lc-bound:exact . }
WHERE { lc-observation:a--rate-2023 lck:status ?status . }
