# One change to the valid cube that IC-12 must notice.
PREFIX lc-observation: <https://w3id.org/laichau-kg/id/observation/>

INSERT { lc-observation:a--twin ?property ?value . } WHERE { lc-observation:a--rate-2023 ?property ?value . }
