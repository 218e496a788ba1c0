package org.diadromi.workflow;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.BpmnParseException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.springframework.core.io.ClassPathResource;

/**
 * Refuses models that bring code along, whoever deploys them: scripts, classes by name, connectors, and HTML forms other than those
 * in the jar. A model calls beans that are made for it, and nothing else ({@link ProcessBean}).
 */
class ForbiddenInModels extends AbstractBpmnParseListener {

    private static final Set<String> CODE = Set.of("scriptTask", "script", "connector");
    private static final String OWN_FORM = "embedded:app:";

    private final Texts texts;

    ForbiddenInModels(Texts texts) {
        this.texts = texts;
    }

    @Override
    public void parseRootElement(Element root, List<ProcessDefinitionEntity> processes) {
        check(root);
    }

    private void check(Element element) {
        if (CODE.contains(element.getTagName()) || isGiven(element, "class") || isGiven(element, "language")) {
            refuse(Problem.MODEL_RUNS_CODE, name(element), element);
        }
        String form = value(element, "formKey");
        if (form != null && !isInJar(form)) {
            refuse(Problem.MODEL_FORM_UNKNOWN, form, element);
        }
        element.elements().forEach(this::check);
    }

    private static boolean isGiven(Element element, String attribute) {
        return value(element, attribute) != null;
    }

    /** Attributes in a namespace are kept under its address and their name. */
    private static String value(Element element, String attribute) {
        return element.attributes().stream()
                .filter(name -> name.equals(attribute) || name.endsWith(":" + attribute))
                .map(element::attribute)
                .findFirst()
                .orElse(null);
    }

    private static boolean isInJar(String form) {
        String path = form.startsWith(OWN_FORM) ? form.substring(OWN_FORM.length()) : "";
        return path.matches("[\\w-]+(/[\\w-]+)*\\.html") && new ClassPathResource("static/" + path).exists();
    }

    private static String name(Element element) {
        String id = element.attribute("id");
        return id == null ? element.getTagName() : id;
    }

    private void refuse(Problem problem, String where, Element element) {
        throw new BpmnParseException(texts.of(Texts.GREEK, new RuleViolation(problem, where)), element);
    }
}
