package org.diadromi.referral.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.referral.Structure;
import org.diadromi.referral.StructureContact;
import org.diadromi.referral.Structures;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.CommonValues;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Asks once a year whether what the directory says of a structure is still right. */
@Component
class StructureCheckTask implements UserTask {

    private final Structures structures;
    private final Texts texts;

    StructureCheckTask(Structures structures, Texts texts) {
        this.structures = structures;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_structureReview_check";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        Structure structure = StructureReviews.of(structures, task.centreId(), task.caseNumber());
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("area", structure.area());
        lines.put("address", structure.address());
        lines.put("phone", structure.phone());
        lines.put("email", structure.email());
        lines.put("contactName", structure.contactName());
        lines.put("contactPhone", structure.contactPhone());
        lines.put("contactEmail", structure.contactEmail());
        List<StructureContact> others = structures.others(structure);
        lines.put(
                "others",
                others.isEmpty()
                        ? null
                        : others.stream().map(StructureContact::line).collect(Collectors.joining(" · ")));
        lines.put("services", structure.services());
        lines.put(
                "agreement",
                texts.option("structures.agreement", structure.agreement().name()));
        return Map.of(
                CommonValues.CASE_NUMBER,
                texts.of("structures.title"),
                CommonValues.PERSON,
                structure.name(),
                "structureId",
                structure.id(),
                "structureText",
                lines.entrySet().stream()
                        .filter(line -> line.getValue() != null)
                        .map(line -> "- " + texts.of("structures." + line.getKey()) + ": " + line.getValue())
                        .collect(Collectors.joining("\n")));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String state = answer.text("structureState");
        structures.checked(
                StructureReviews.of(structures, task.centreId(), task.caseNumber()),
                !"gone".equals(state),
                task.userId());
        return Map.of(Routing.structureState, state);
    }
}
