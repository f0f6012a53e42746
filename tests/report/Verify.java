import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Says per file and profile what veraPDF says: one line with the number of checks, and one per failure. */
public class Verify {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        for (String file : files) {
            for (String profile : new String[] {"ua1", "3a"}) {
                PDFAFlavour flavour = PDFAFlavour.byFlavourId(profile);
                try (PDFAParser parser = foundry.createParser(new FileInputStream(file), flavour);
                     PDFAValidator validator = foundry.createValidator(flavour, 1000, false, false, false)) {
                    ValidationResult result = validator.validate(parser);
                    System.out.println(String.join("\t", "checked", file, profile, "" + result.getTotalAssertions()));
                    for (TestAssertion assertion : result.getTestAssertions()) {
                        if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                            String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                            System.out.println(String.join("\t", "failed", file, profile, clause + " " + assertion.getMessage()));
                        }
                    }
                }
            }
        }
    }
}
