package org.diadromi.staff;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diadromi.counselling.Counselling;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts.Account;
import org.diadromi.workflow.StaffAccounts.Details;

/** What is typed into the page of a member of staff, as typed. */
class StaffForm {

    String userId;

    @NotBlank(message = "{staff.firstName.missing}")
    @Size(max = 100, message = "{contactPage.tooLong.100}")
    String firstName;

    @NotBlank(message = "{staff.lastName.missing}")
    @Size(max = 100, message = "{contactPage.tooLong.100}")
    String lastName;

    @Size(max = 200, message = "{contactPage.email.wrong}")
    String email;

    @Pattern(regexp = "el|en", message = "{staff.language.missing}")
    String language = "el";

    boolean administrator;

    /** Each as centre:group, e.g. kerkyra:intake. */
    Set<String> roles = new LinkedHashSet<>();

    /** Each as centre:area, e.g. kerkyra:legal. */
    Set<String> areas = new LinkedHashSet<>();

    int version;

    void fill(Account account, Map<String, Set<String>> areasByCentre) {
        userId = account.userId();
        firstName = account.firstName();
        lastName = account.lastName();
        email = account.email();
        language = account.language();
        administrator = account.administrator();
        account.roles().forEach((centre, held) -> held.forEach(role -> roles.add(centre + ":" + role.groupId())));
        areasByCentre.forEach((centre, chosen) -> chosen.forEach(area -> areas.add(centre + ":" + area)));
        version = account.version();
    }

    // What the page reads other than as fields.

    public String getLanguage() {
        return language;
    }

    public boolean isAdministrator() {
        return administrator;
    }

    public int getVersion() {
        return version;
    }

    /** The answers; only for a form that passed its checks. Roles, areas and centres that do not exist are left out. */
    Details details(Set<String> centres) {
        return new Details(
                firstName.strip(),
                lastName.strip(),
                text(email),
                language,
                administrator,
                roles(centres),
                areas(centres));
    }

    private Map<String, Set<Role>> roles(Set<String> centres) {
        Map<String, Set<Role>> chosen = new TreeMap<>();
        for (Role role : Role.values()) {
            for (String centre : centres) {
                if (roles.contains(centre + ":" + role.groupId())) {
                    chosen.computeIfAbsent(centre, id -> EnumSet.noneOf(Role.class))
                            .add(role);
                }
            }
        }
        return chosen;
    }

    private Map<String, Set<String>> areas(Set<String> centres) {
        Map<String, Set<String>> chosen = new TreeMap<>();
        for (String area : Counselling.AREAS) {
            for (String centre : centres) {
                if (areas.contains(centre + ":" + area)) {
                    chosen.computeIfAbsent(centre, id -> new TreeSet<>()).add(area);
                }
            }
        }
        return chosen;
    }

    /** What was typed without blanks around it; null for nothing. */
    static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }
}
