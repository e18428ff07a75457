# Phase 1 of the standard's normalisation: types and component properties that may be left out.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?o a qb:Observation . } WHERE { [] qb:observation ?o . } ;
INSERT { ?o a qb:Observation . ?ds a qb:DataSet . } WHERE { ?o qb:dataSet ?ds . } ;
INSERT { ?s a qb:Slice . } WHERE { [] qb:slice ?s . } ;
INSERT { ?sk a qb:SliceKey . } WHERE { [] qb:sliceStructure ?sk . } ;
INSERT { ?cs qb:componentProperty ?p . ?p a qb:DimensionProperty . } WHERE { ?cs qb:dimension ?p . } ;
INSERT { ?cs qb:componentProperty ?p . ?p a qb:MeasureProperty . } WHERE { ?cs qb:measure ?p . } ;
INSERT { ?cs qb:componentProperty ?p . ?p a qb:AttributeProperty . } WHERE { ?cs qb:attribute ?p . }
