package org.diadromi.workflow;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The accounts of the demonstration, for its login page; there are none of them in real use. */
@Component
@ConditionalOnProperty("diadromi.demo")
public class DemoAccounts {

    /** The password of each of them. */
    public static final String PASSWORD = DemoStaff.PASSWORD;

    /**
     * @param id the name to log in with
     * @param name the invented person's first and last name
     * @param role the id of their group; "several" for whoever works in more than one centre
     */
    public record Account(String id, String name, String role) {}

    /** The staff of a centre, one for each role; empty for a centre without invented staff. */
    public List<Account> of(String centreId) {
        List<String> names = DemoStaff.STAFF.getOrDefault(centreId, List.of());
        return IntStream.range(0, names.size())
                .mapToObj(i -> {
                    String role = DemoStaff.ROLES.get(i).groupId();
                    return new Account(centreId + "." + role, names.get(i), role);
                })
                .toList();
    }

    /** Who belongs to no single centre. */
    public List<Account> ofAllCentres() {
        return List.of(
                new Account(DemoStaff.TRAVELLER_ID, DemoStaff.TRAVELLER, "several"),
                new Account("supervisor", DemoStaff.SUPERVISOR, Role.SUPERVISOR.groupId()),
                new Account("admin", DemoStaff.ADMIN, Role.ADMIN.groupId()));
    }
}
