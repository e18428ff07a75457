import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Print what keeps each ontology file out of OWL 2 DL: file, kind of violation, wording; parted by tabs. */
class ProfileCheck {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            OWLOntology ontology = OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(file));
            OWLProfileReport report = new OWL2DLProfile().checkOntology(ontology);
            System.out.println(file + "\taxioms\t" + ontology.getAxiomCount());
            for (OWLProfileViolation violation : report.getViolations()) {
                String wording = violation.toString().replaceAll("\\s+", " ");
                System.out.println(file + "\t" + violation.getClass().getSimpleName() + "\t" + wording);
            }
        }
    }
}
