package org.diadromi.staff;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.counselling.Counselling;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.SecondFactors;
import org.diadromi.workflow.StaffAccounts;
import org.diadromi.workflow.StaffAccounts.Account;
import org.diadromi.workflow.StaffAccounts.Details;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What may be done with accounts by whom. An administrator looks after all of them; a coordinator after those of the centre they
 * work in, but for administrators. Of somebody who works elsewhere, too, a coordinator changes the roles in their own centre and
 * nothing else: whoever could set the password could log in to the other centre.
 */
@Service
@Transactional
class StaffOffice {

    /** Letters and digits that nobody takes for one another when a password is read out. */
    private static final String LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StaffAccounts accounts;
    private final SecondFactors secondFactors;
    private final Audit audit;
    private final Texts texts;

    StaffOffice(StaffAccounts accounts, SecondFactors secondFactors, Audit audit, Texts texts) {
        this.accounts = accounts;
        this.secondFactors = secondFactors;
        this.audit = audit;
        this.texts = texts;
    }

    // Looking --------------------------------------------------------------------------------------------

    /** The accounts that somebody looks after, by last name, with the roles that they may know of. */
    @Transactional(readOnly = true)
    public List<Account> of(EngineUser by) {
        return accounts.all().stream()
                .filter(account -> looksAfter(by, account))
                .map(account -> known(by, account))
                .toList();
    }

    /** One of these accounts; empty when it is none of theirs. */
    @Transactional(readOnly = true)
    public Optional<Account> find(EngineUser by, String userId) {
        return accounts.find(userId).filter(account -> looksAfter(by, account)).map(account -> known(by, account));
    }

    /** Whether the person works nowhere else than where the other one looks after people. */
    @Transactional(readOnly = true)
    public boolean wholly(EngineUser by, String userId) {
        return by.isAdmin()
                || accounts.find(userId)
                        .map(account -> account.roles().keySet().equals(Set.copyOf(by.centres())))
                        .orElse(false);
    }

    /** The roles that somebody may give: those of the centre's work, and by administrators the look at it. */
    Set<Role> grantable(EngineUser by) {
        return EnumSet.allOf(Role.class).stream()
                .filter(role -> role.isStaff() || by.isAdmin() && role == Role.SUPERVISOR)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
    }

    private static boolean looksAfter(EngineUser by, Account account) {
        return by.isAdmin() || !account.administrator() && by.centres().stream().anyMatch(account.roles()::containsKey);
    }

    private static Account known(EngineUser by, Account account) {
        return by.isAdmin()
                ? account
                : new Account(
                        account.userId(),
                        account.firstName(),
                        account.lastName(),
                        account.email(),
                        account.language(),
                        false,
                        account.active(),
                        account.mustChangePassword(),
                        account.roles().entrySet().stream()
                                .filter(held -> by.centres().contains(held.getKey()))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        account.version());
    }

    // Changing -------------------------------------------------------------------------------------------

    /**
     * Makes an account.
     *
     * @return the password for the first login, which is kept nowhere as it is
     * @throws RuleViolation when it has no role, or its name cannot be had
     */
    public String add(EngineUser by, String userId, Details wished) {
        Details details = allowed(by, Map.of(), Map.of(), false, wished);
        String password = password();
        accounts.create(userId, password, true, details);
        recordRoles(userId, false, details.roles().keySet(), details);
        recordAreas(userId, Map.of(), details.areas());
        return password;
    }

    /**
     * Changes the account as far as it is theirs to change.
     *
     * @return whether there was such an account
     * @throws RuleViolation when it has been changed meanwhile, or the change may not be
     */
    public boolean change(EngineUser by, String userId, int version, Details wished) {
        Account before = mine(by, userId).orElse(null);
        if (before == null) {
            return false;
        }
        Map<String, Set<String>> areas = accounts.areas(userId);
        Details allowed = allowed(by, before.roles(), areas, before.administrator(), wished);
        Details details = wholly(by, userId)
                ? allowed
                : new Details(
                        before.firstName(),
                        before.lastName(),
                        before.email(),
                        before.language(),
                        before.administrator(),
                        allowed.roles(),
                        allowed.areas());
        accounts.change(userId, version, details, by.getUsername());
        Set<String> centres = new TreeSet<>(before.roles().keySet());
        centres.addAll(details.roles().keySet());
        recordRoles(userId, before.administrator(), centres, details);
        recordAreas(userId, areas, details.areas());
        return true;
    }

    /** Takes the login away; false when the account is none of theirs, or works elsewhere, too. */
    public boolean deactivate(EngineUser by, String userId, int version) {
        Account account = mine(by, userId).filter(mine -> wholly(by, userId)).orElse(null);
        if (account == null) {
            return false;
        }
        accounts.deactivate(userId, version, by.getUsername());
        record(account, "deactivated");
        return true;
    }

    /** Gives the login back; false when the account is none of theirs, or works elsewhere, too. */
    public boolean reactivate(EngineUser by, String userId, int version) {
        Account account = mine(by, userId).filter(mine -> wholly(by, userId)).orElse(null);
        if (account == null) {
            return false;
        }
        accounts.reactivate(userId, version);
        record(account, "reactivated");
        return true;
    }

    /** Sets a new password for the next login and gives it; empty as for the others. */
    public Optional<String> newPassword(EngineUser by, String userId) {
        return mine(by, userId).filter(mine -> wholly(by, userId)).map(account -> {
            String password = password();
            accounts.setPassword(userId, password, true);
            record(account, "password");
            return password;
        });
    }

    /** Whether the person has turned on the second step of the login. */
    @Transactional(readOnly = true)
    public boolean hasSecondFactor(String userId) {
        return secondFactors.isOn(userId);
    }

    /** Turns off the second step for somebody who has lost their telephone; false as for the others. */
    public boolean turnOffSecondFactor(EngineUser by, String userId) {
        Account account = mine(by, userId).filter(mine -> wholly(by, userId)).orElse(null);
        if (account == null) {
            return false;
        }
        secondFactors.turnOff(userId);
        record(account, "secondFactor");
        return true;
    }

    /** As {@link #find}, with all that is known of the account. */
    private Optional<Account> mine(EngineUser by, String userId) {
        return accounts.find(userId).filter(account -> looksAfter(by, account));
    }

    /** The wish without what is not in the other's power; a {@link RuleViolation} when nothing to do would be left. */
    private Details allowed(
            EngineUser by,
            Map<String, Set<Role>> before,
            Map<String, Set<String>> areasBefore,
            boolean administrator,
            Details wished) {
        Map<String, Set<Role>> roles = new TreeMap<>();
        before.forEach((centre, held) ->
                held.stream().filter(role -> !mayGrant(by, centre, role)).forEach(role -> add(roles, centre, role)));
        wished.roles()
                .forEach((centre, held) -> held.stream()
                        .filter(role -> mayGrant(by, centre, role))
                        .forEach(role -> add(roles, centre, role)));
        boolean runsAll = by.isAdmin() ? wished.administrator() : administrator;
        if (roles.isEmpty() && !runsAll) {
            throw new RuleViolation(Problem.ROLE_MISSING);
        }
        return new Details(
                wished.firstName(),
                wished.lastName(),
                wished.email(),
                wished.language(),
                runsAll,
                roles,
                areas(by, areasBefore, wished.areas()));
    }

    /** Those of one's own centres as they are wished, the others as they are; null where nothing is said of them. */
    private static Map<String, Set<String>> areas(
            EngineUser by, Map<String, Set<String>> before, Map<String, Set<String>> wished) {
        if (wished == null) {
            return null;
        }
        Map<String, Set<String>> areas = new TreeMap<>();
        before.forEach((centre, chosen) -> {
            if (!by.isAdmin() && !by.centres().contains(centre)) {
                areas.put(centre, chosen);
            }
        });
        wished.forEach((centre, chosen) -> {
            if (by.isAdmin() || by.centres().contains(centre)) {
                areas.put(centre, chosen);
            }
        });
        return areas;
    }

    private boolean mayGrant(EngineUser by, String centreId, Role role) {
        return grantable(by).contains(role) && (by.isAdmin() || by.centres().contains(centreId));
    }

    private static void add(Map<String, Set<Role>> roles, String centreId, Role role) {
        roles.computeIfAbsent(centreId, id -> EnumSet.noneOf(Role.class)).add(role);
    }

    /** One entry for each centre concerned, with what is so there: its coordinator reads of no other. */
    private void record(Account account, String what) {
        if (account.administrator() || account.roles().isEmpty()) {
            audit.record(Audit.Action.CHANGED, null, account.userId(), texts.of("staff.audit." + what));
        }
        account.roles()
                .keySet()
                .forEach(centre ->
                        audit.record(Audit.Action.CHANGED, centre, account.userId(), texts.of("staff.audit." + what)));
    }

    private void recordRoles(String userId, boolean administrator, Set<String> centres, Details now) {
        if (administrator || now.administrator()) {
            audit.record(
                    Audit.Action.CHANGED,
                    null,
                    userId,
                    texts.of(now.administrator() ? "staff.audit.administrator" : "staff.audit.noAdministrator"));
        }
        for (String centre : centres) {
            String held = now.roles().getOrDefault(centre, Set.of()).stream()
                    .map(role -> texts.of("role." + role.groupId()))
                    .collect(Collectors.joining(", "));
            audit.record(
                    Audit.Action.CHANGED,
                    centre,
                    userId,
                    held.isEmpty() ? texts.of("staff.audit.noRoles") : texts.of("staff.audit.roles", held));
        }
    }

    private void recordAreas(String userId, Map<String, Set<String>> before, Map<String, Set<String>> now) {
        if (now == null) {
            return;
        }
        Set<String> centres = new TreeSet<>(before.keySet());
        centres.addAll(now.keySet());
        for (String centre : centres) {
            Set<String> areas = now.getOrDefault(centre, Set.of());
            if (!areas.equals(before.getOrDefault(centre, Set.of()))) {
                audit.record(
                        Audit.Action.CHANGED,
                        centre,
                        userId,
                        areas.isEmpty()
                                ? texts.of("staff.audit.allAreas")
                                : texts.of(
                                        "staff.audit.areas",
                                        Counselling.AREAS.stream()
                                                .filter(areas::contains)
                                                .map(area -> texts.option("area", area))
                                                .collect(Collectors.joining(", "))));
            }
        }
    }

    private static String password() {
        return IntStream.range(0, 4)
                .mapToObj(group -> RANDOM.ints(4, 0, LEGIBLE.length())
                        .mapToObj(LEGIBLE::charAt)
                        .map(String::valueOf)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }
}
