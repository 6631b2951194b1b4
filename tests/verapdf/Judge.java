import java.io.File;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.core.MapBackedDirectory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Judges files against PDF/UA-1 and PDF/A-2a with the veraPDF engine.
 *
 * Arguments: files; the property "standards" names others of STANDARDS. Output: one line for each file and standard, tab-separated: file, standard, then PASS, or FAIL and
 * ERROR with what is wrong; a file that breaks several rules gets a line for each. The exit status is always 0 when
 * every file was looked at.
 */
public final class Judge {
    private static final Map<String, String> STANDARDS = Map.of("ua1", "PDFUA-1", "2a", "PDFA-2A", "2u", "PDFA-2U");
    private static final int SHOWN = 3;
    private static final Map<PDFAFlavour, ValidationProfile> PROFILES = new HashMap<>();

    private Judge() {}

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        serveProfilesForEmbeddedFiles();
        for (String file : files) {
            for (String standard : System.getProperty("standards", "ua1,2a").split(",")) {
                try {
                    judge(file, standard);
                } catch (Exception e) {
                    report(file, standard, "ERROR", String.valueOf(e));
                }
            }
        }
    }

    private static void judge(String file, String standard) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(standard);
        ValidationProfile profile = profile(flavour);
        ValidationResult result;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 10000, false, true, false)) {
            result = validator.validate(parser);
        }
        if (result.isCompliant()) {
            report(file, standard, "PASS", "");
            return;
        }
        Map<RuleId, Integer> seen = new HashMap<>();
        for (TestAssertion failed : result.getTestAssertions()) {
            RuleId id = failed.getRuleId();
            if (failed.getStatus() == TestAssertion.Status.FAILED && seen.merge(id, 1, Integer::sum) <= SHOWN) {
                report(file, standard, "FAIL", id.getClause() + " test " + id.getTestNumber() + ": "
                        + profile.getRuleByRuleId(id).getDescription() + " | " + failed.getErrorMessage()
                        + " | at " + failed.getLocation().getContext());
            }
        }
    }

    private static void report(String file, String standard, String verdict, String words) {
        System.out.println(String.join("\t", file, standard, verdict, words.replaceAll("\\s+", " ")));
    }

    /** Reads a profile with DOM: the jar has the profiles, but no JAXB runtime to read them the usual way. */
    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        ValidationProfile known = PROFILES.get(flavour);
        if (known != null) {
            return known;
        }
        String file = STANDARDS.getOrDefault(flavour.getId(), "PDFA-" + flavour.getId().toUpperCase());
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root;
        try (InputStream in = PDFAFlavour.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + file + ".xml")) {
            root = factory.newDocumentBuilder().parse(in).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : children(child(root, "rules"), "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element v : children(child(root, "variables"), "variable")) {
            variables.add(Profiles.variableFromValues(
                    v.getAttribute("name"), v.getAttribute("object"), text(v, "defaultValue"), text(v, "value")));
        }
        ValidationProfile made = Profiles.profileFromValues(
                flavour, Profiles.profileDetailsFromValues(file, "", "", new Date(0)), "", rules, variables);
        PROFILES.put(flavour, made);
        return made;
    }

    private static Rule rule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element a : children(child(error, "arguments"), "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(a.getTextContent(), a.hasAttribute("name") ? a.getAttribute("name") : null, null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber").trim())),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.hasAttribute("tags") ? rule.getAttribute("tags") : null,
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments),
                new ArrayList<>());
    }

    /** The engine looks up profiles by itself for files inside files; without JAXB its directory is empty. */
    private static void serveProfilesForEmbeddedFiles() throws Exception {
        Object directory = Profiles.getVeraProfileDirectory();
        Field field = directory.getClass().getDeclaredField("profileDir");
        field.setAccessible(true);
        field.set(directory, new MapBackedDirectory<PDFAFlavour, ValidationProfile>() {
            @Override
            public ValidationProfile getItem(PDFAFlavour flavour) {
                try {
                    return profile(flavour);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node n = parent == null ? null : parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element && name.equals(n.getLocalName())) {
                found.add((Element) n);
            }
        }
        return found;
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? null : found.getTextContent();
    }
}
