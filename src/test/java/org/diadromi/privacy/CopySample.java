package org.diadromi.privacy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.springframework.context.ApplicationContext;

/** Gives the scenarios the copy that a person would be handed. */
public final class CopySample {

    private CopySample() {}

    /** What is not words, as {@code column: value}, in the copy to be read; a code is Latin letters and no space. */
    public static List<String> codes(ApplicationContext application, CaseFile caseFile) {
        return application
                .getBean(CopyWords.class)
                .of(application.getBean(CaseCopy.class).of(caseFile), Texts.GREEK)
                .stream()
                .flatMap(part -> part.rows().stream()
                        .flatMap(List::stream)
                        .filter(line -> line.value().matches("[A-Za-z][A-Za-z0-9_.,]*|[0-9.]+E-?[0-9]+")
                                || line.label().matches("[a-z ]+"))
                        .map(line -> part.title() + ", " + line.label() + ": " + line.value()))
                .toList();
    }

    /** The copy for machines. */
    public static String json(ApplicationContext application, CaseFile caseFile) {
        return new String(application.getBean(CaseCopy.class).json(caseFile), StandardCharsets.UTF_8);
    }
}
