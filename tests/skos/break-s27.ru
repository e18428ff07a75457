# One change to the schemes that S27 must notice.
PREFIX lc-topic: <https://w3id.org/laichau-kg/id/topic/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA {
  lc-topic:energy skos:related lc-topic:economy .
}
