# Phase 2 of the standard's normalisation: values attached higher up come down to the observations.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?obs ?comp ?value . } WHERE {
  ?spec qb:componentProperty ?comp ;
    qb:componentAttachment qb:DataSet .
  ?dataset qb:structure [ qb:component ?spec ] ;
    ?comp ?value .
  ?obs qb:dataSet ?dataset .
} ;
INSERT { ?obs ?comp ?value . } WHERE {
  ?spec qb:componentProperty ?comp ;
    qb:componentAttachment qb:Slice .
  ?dataset qb:structure [ qb:component ?spec ] ;
    qb:slice ?slice .
  ?slice ?comp ?value ;
    qb:observation ?obs .
} ;
INSERT { ?obs ?comp ?value . } WHERE {
  ?spec qb:componentProperty ?comp .
  ?comp a qb:DimensionProperty .
  ?dataset qb:structure [ qb:component ?spec ] ;
    qb:slice ?slice .
  ?slice ?comp ?value ;
    qb:observation ?obs .
}
