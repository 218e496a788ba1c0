package org.diadromi.casefile.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.workflow.CommonValues;
import org.diadromi.workflow.Markdown;
import org.diadromi.workflow.TaskContext;
import org.springframework.stereotype.Component;

/** The head of every task's form and card: the case's number, the person, how to reach them, what they came with. */
@Component
class CaseValues implements CommonValues {

    private final CaseFiles cases;
    private final Texts texts;

    CaseValues(CaseFiles cases, Texts texts) {
        this.cases = cases;
        this.texts = texts;
    }

    /** Nothing where a process is about no case. */
    @Override
    public Map<String, Object> of(TaskContext task) {
        return cases.find(task.centreId(), task.caseNumber()).map(this::of).orElse(Map.of());
    }

    private Map<String, Object> of(CaseFile caseFile) {
        List<String> reach = new ArrayList<>(List.of(caseFile.municipality()));
        if (caseFile.phone() != null) {
            reach.add(texts.of("case.phone", caseFile.phone()));
        }
        if (caseFile.email() != null) {
            reach.add(caseFile.email());
        }
        if (caseFile.groupSize() > 1) {
            reach.add(texts.of("case.group", caseFile.groupSize()));
        }
        String summary = String.join(" · ", reach);
        if (caseFile.idea() != null) {
            summary += "\n\n" + texts.of("case.idea", Markdown.plain(caseFile.idea()));
        }
        Map<String, Object> values = new HashMap<>();
        values.put(CASE_NUMBER, caseFile.number());
        values.put(PERSON, caseFile.person());
        values.put("caseSummary", summary);
        return values;
    }
}
