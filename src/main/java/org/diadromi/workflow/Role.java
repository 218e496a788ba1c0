package org.diadromi.workflow;

import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.authorization.Groups;

/** The roles of the field as the engine's groups, with the processes whose tasks each may see and work on. */
public enum Role {
    INTAKE(
            "Γραμματεία",
            "support-journey",
            "case-change",
            "data-subject-request",
            "case-transfer",
            "first-contact",
            "structure-review"),
    COUNSELLOR(
            "Σύμβουλοι",
            "support-journey",
            "case-change",
            "data-subject-request",
            "first-contact",
            "counselling",
            "business-plan-training",
            "legal-registration",
            "follow-up"),
    TRAINER("Εκπαιδευτές", "business-plan-training"),
    LEGAL("Νομικοί", "legal-registration"),
    ACCOUNTANT("Λογιστές", "legal-registration"),
    COORDINATOR(
            "Συντονιστές",
            "support-journey",
            "case-change",
            "data-subject-request",
            "case-transfer",
            "first-contact",
            "counselling",
            "business-plan-training",
            "legal-registration",
            "follow-up",
            "structure-review"),
    SUPERVISOR("Εποπτεία"),
    ADMIN("Διαχειριστές");

    private final String title;
    private final List<String> processes;

    Role(String title, String... processes) {
        this.title = title;
        this.processes = List.of(processes);
    }

    /**
     * The id of the engine's group. Administrators are in the group that the engine's web applications know: without a member of
     * it these show nothing but their set-up page.
     */
    public String groupId() {
        return this == ADMIN ? Groups.CAMUNDA_ADMIN : name().toLowerCase(Locale.ROOT);
    }

    /** The role of a group's id; an {@link IllegalArgumentException} when it is no role's. */
    public static Role of(String groupId) {
        for (Role role : values()) {
            if (role.groupId().equals(groupId)) {
                return role;
            }
        }
        throw new IllegalArgumentException("No role has the group " + groupId);
    }

    /** The Greek name of the group. */
    public String title() {
        return title;
    }

    /** The processes whose tasks the role sees and works on, in its own centres. */
    public List<String> processes() {
        return processes;
    }

    /** Whether it is the work of a centre, not a look at it. */
    public boolean isStaff() {
        return this != SUPERVISOR && this != ADMIN;
    }
}
