package org.diadromi.privacy;

import java.nio.charset.StandardCharsets;
import org.diadromi.casefile.CaseFile;
import org.springframework.context.ApplicationContext;

/** Gives the scenarios the copy that a person would be handed. */
public final class CopySample {

    private CopySample() {}

    /** The copy for machines. */
    public static String json(ApplicationContext application, CaseFile caseFile) {
        return new String(application.getBean(CaseCopy.class).json(caseFile), StandardCharsets.UTF_8);
    }
}
