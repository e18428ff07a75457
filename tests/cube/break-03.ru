# One change to the valid cube that IC-3 must notice.
PREFIX lc-dataset: <https://w3id.org/laichau-kg/id/dataset/>
PREFIX qb: <http://purl.org/linked-data/cube#>

DELETE WHERE { lc-dataset:observation-structure qb:component ?component . ?component qb:measure ?measure . }
