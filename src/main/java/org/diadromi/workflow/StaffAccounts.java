package org.diadromi.workflow;

import java.io.Serializable;
import java.text.Collator;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts of the staff and the roles that each person holds in each centre. The engine keeps names and passwords; its
 * group and tenant memberships are kept in step with the roles, for its own web applications.
 */
@Service
@Transactional
public class StaffAccounts {

    /**
     * @param userId the name to log in with, which stays
     * @param roles the roles by centre
     * @param version as it was read, so that nobody overwrites what another has changed meanwhile
     */
    public record Account(
            String userId,
            String firstName,
            String lastName,
            String email,
            String language,
            boolean administrator,
            boolean active,
            boolean mustChangePassword,
            Map<String, Set<Role>> roles,
            int version) {

        /** First and last name. */
        public String name() {
            return firstName + " " + lastName;
        }
    }

    /**
     * What may be changed of an account.
     *
     * @param email null for none
     * @param language el or en: what the person reads the application's pages in until they choose
     * @param areas the areas of counselling by centre, none for all; null leaves them as they are
     */
    public record Details(
            String firstName,
            String lastName,
            String email,
            String language,
            boolean administrator,
            Map<String, Set<Role>> roles,
            Map<String, Set<String>> areas) {

        /** The same for whom nothing is said of areas. */
        public Details(
                String firstName,
                String lastName,
                String email,
                String language,
                boolean administrator,
                Map<String, Set<Role>> roles) {
            this(firstName, lastName, email, language, administrator, roles, null);
        }
    }

    /**
     * What a running session is held against.
     *
     * @param version grows with each change of the account
     * @param password changes with the password, wherever that is set
     * @param mustChangePassword whether nothing else may be done before
     * @param secondFactor whether the password is only half of the login
     */
    record State(int version, int password, boolean mustChangePassword, boolean secondFactor) implements Serializable {}

    private record Row(
            String userId,
            String language,
            boolean administrator,
            boolean active,
            boolean mustChangePassword,
            int version) {}

    /** Accents do not part the names that a reader looks for in one place. */
    private static final Collator GREEK = Collator.getInstance(Texts.GREEK);

    private record RoleRow(String userId, String centreId, String role) {}

    private record AreaRow(String centreId, String area) {}

    private final IdentityService identity;
    private final EngineMemberships memberships;
    private final TasksInHand tasks;
    private final JdbcClient jdbc;
    private final AppClock clock;
    private final PasswordRules passwordRules;
    private final LoginThrottle throttle;

    StaffAccounts(
            IdentityService identity,
            EngineMemberships memberships,
            TasksInHand tasks,
            JdbcClient jdbc,
            AppClock clock,
            PasswordRules passwordRules,
            LoginThrottle throttle) {
        this.identity = identity;
        this.memberships = memberships;
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.clock = clock;
        this.passwordRules = passwordRules;
        this.throttle = throttle;
    }

    // Reading ------------------------------------------------------------------------------------------------

    /** All accounts by last name, those of former staff too. */
    @Transactional(readOnly = true)
    public List<Account> all() {
        Map<String, Map<String, Set<Role>>> roles = roles(jdbc.sql("select user_id, centre_id, role from staff_role")
                .query(RoleRow.class)
                .list());
        Map<String, User> users =
                identity.createUserQuery().list().stream().collect(Collectors.toMap(User::getId, user -> user));
        return jdbc
                .sql(
                        "select user_id, language, administrator, active, must_change_password, version from staff_account")
                .query(Row.class)
                .list()
                .stream()
                .filter(row -> users.containsKey(row.userId()))
                .map(row -> account(row, users.get(row.userId()), roles.getOrDefault(row.userId(), Map.of())))
                .sorted(Comparator.comparing(Account::lastName, GREEK)
                        .thenComparing(Account::firstName, GREEK)
                        .thenComparing(Account::userId))
                .toList();
    }

    /** The account of that name; empty when there is none. */
    @Transactional(readOnly = true)
    public Optional<Account> find(String userId) {
        User user = identity.createUserQuery().userId(userId).singleResult();
        return user == null ? Optional.empty() : row(userId).map(row -> account(row, user, rolesOf(userId)));
    }

    /** The areas of counselling in which somebody works, by centre; a centre without any is missing: they work in all there. */
    @Transactional(readOnly = true)
    public Map<String, Set<String>> areas(String userId) {
        Map<String, Set<String>> areas = new TreeMap<>();
        jdbc.sql("select centre_id, area from staff_area where user_id = ?")
                .param(userId)
                .query(AreaRow.class)
                .list()
                .forEach(row -> areas.computeIfAbsent(row.centreId(), id -> new TreeSet<>())
                        .add(row.area()));
        return areas;
    }

    /** First and last name of everybody who has or had an account, by the name to log in with. */
    @Transactional(readOnly = true)
    public Map<String, String> names() {
        return identity.createUserQuery().list().stream().collect(Collectors.toMap(User::getId, StaffAccounts::name));
    }

    /** The roles of somebody who may log in, by centre; none of anybody else. It asks no right of whoever is at work. */
    @Transactional(readOnly = true)
    public Map<String, Set<Role>> activeRoles(String userId) {
        return row(userId).filter(Row::active).isPresent() ? rolesOf(userId) : Map.of();
    }

    /** The e-mail addresses of the active people with a role in a centre, and of those who stand in for them today. */
    @Transactional(readOnly = true)
    public List<String> addresses(String centreId, Role role) {
        List<String> ids = jdbc.sql("""
                select a.user_id from staff_account a
                where a.active = true and (
                    exists (select 1 from staff_role r where r.user_id = a.user_id and r.centre_id = :centre and r.role = :role)
                    or exists (select 1 from staff_absence b
                        join staff_role r on r.user_id = b.user_id and r.centre_id = b.centre_id and r.role = :role
                        where b.stand_in = a.user_id and b.centre_id = :centre and b.ended_at is null
                        and b.from_date <= :today and b.to_date >= :today))
                order by a.user_id
                """)
                .param("centre", centreId)
                .param("role", role.groupId())
                .param("today", clock.today())
                .query(String.class)
                .list();
        return ids.isEmpty()
                ? List.of()
                : identity.createUserQuery().userIdIn(ids.toArray(String[]::new)).list().stream()
                        .map(User::getEmail)
                        .filter(mail -> mail != null && !mail.isBlank())
                        .toList();
    }

    /** Who that is once they have logged in; empty when there is no such account or it has been deactivated. */
    public Optional<EngineUser> login(String userId) {
        User user = identity.createUserQuery().userId(userId).singleResult();
        if (user == null) {
            return Optional.empty();
        }
        if (row(userId).isEmpty()) {
            adopt(userId);
        }
        Optional<State> state = state(userId);
        Optional<Row> row = row(userId);
        if (state.isEmpty() || row.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> roles = new LinkedHashMap<>();
        jdbc.sql("""
                select r.user_id, r.centre_id, r.role from staff_role r join centre c on c.id = r.centre_id
                where r.user_id = ?
                order by case when r.role = 'supervisor' then 1 else 0 end, c.name, r.role
                """)
                .param(userId)
                .query(RoleRow.class)
                .list()
                .forEach(role -> roles.computeIfAbsent(role.centreId(), id -> new java.util.ArrayList<>())
                        .add(role.role()));
        return Optional.of(new EngineUser(
                user.getId(),
                name(user),
                row.get().language(),
                row.get().administrator(),
                roles,
                null,
                state.get(),
                false));
    }

    /** How an active account is at this moment; empty for one that has been deactivated. */
    @Transactional(readOnly = true)
    Optional<State> state(String userId) {
        return jdbc.sql("""
                select a.version, u.pwd_, a.must_change_password, f.user_id as second_factor
                from staff_account a join act_id_user u on u.id_ = a.user_id
                left join second_factor f on f.user_id = a.user_id
                where a.user_id = ? and a.active = true
                """)
                .param(userId)
                .query((row, number) -> new State(
                        row.getInt("version"),
                        row.getString("pwd_").hashCode(),
                        row.getBoolean("must_change_password"),
                        row.getString("second_factor") != null))
                .optional();
    }

    // Changing -----------------------------------------------------------------------------------------------

    /**
     * Makes an account.
     *
     * @param mustChange whether the password is for the first login only
     * @throws RuleViolation when the name is taken or no name to log in with, or the password breaks a rule of
     *     {@link PasswordRules}
     */
    public void create(String userId, String password, boolean mustChange, Details details) {
        if (!userId.matches("[a-z0-9]+([._-][a-z0-9]+)*") || userId.length() > 64) {
            throw new RuleViolation(Problem.LOGIN_NAME_INVALID);
        }
        if (identity.createUserQuery().userId(userId).count() > 0) {
            throw new RuleViolation(Problem.LOGIN_NAME_TAKEN, userId);
        }
        passwordRules.check(password, userId, details.firstName(), details.lastName(), details.email());
        User user = identity.newUser(userId);
        user.setPassword(password);
        describe(user, details);
        insert(userId, details.language(), details.administrator(), mustChange);
        setRoles(userId, details.roles());
        setAreas(userId, details.areas());
        memberships.keep(userId, details.administrator(), details.roles());
    }

    /**
     * Changes an account; running sessions of the person notice with their next click. Open tasks that the person may no longer
     * work on go back to their groups.
     *
     * @param byUser who does it
     * @throws RuleViolation when it has been changed meanwhile, when nobody would be left to run the installation, or when
     *     somebody takes the administration or a centre's coordination away from themselves
     */
    public void change(String userId, int version, Details details, String byUser) {
        Row before = lock(userId, version);
        boolean resigns = before.administrator() && !details.administrator();
        if (userId.equals(byUser) && (resigns || noLongerCoordinates(rolesOf(userId), details.roles()))) {
            throw new RuleViolation(Problem.NOT_ONESELF);
        }
        if (resigns) {
            keepAnAdministrator(userId);
        }
        describe(identity.createUserQuery().userId(userId).singleResult(), details);
        jdbc.sql("update staff_account set administrator = ?, language = ? where user_id = ?")
                .params(details.administrator(), details.language(), userId)
                .update();
        setRoles(userId, details.roles());
        setAreas(userId, details.areas());
        if (before.active()) {
            memberships.keep(userId, details.administrator(), details.roles());
            tasks.giveBack(userId, details.roles());
        }
    }

    /**
     * Writes what an identity provider says to the person's account, which is made when they come for the first time.
     *
     * @param subject who the person is there, for good
     * @param userName the name to log in with that a new account gets
     * @param linkExisting whether an account of that name is theirs
     * @param password of a new account
     * @return the name of the account, which may be closed
     * @throws RuleViolation when the name cannot be had
     */
    String signOn(String subject, String userName, boolean linkExisting, String password, Details details) {
        Optional<String> known = jdbc.sql("select user_id from staff_account where sign_on_subject = ?")
                .param(subject)
                .query(String.class)
                .optional();
        if (known.isEmpty() && identity.createUserQuery().userId(userName).count() > 0) {
            Optional<String> own = jdbc.sql(
                            "select user_id from staff_account where user_id = ? and sign_on_subject is null")
                    .param(userName)
                    .query(String.class)
                    .optional();
            if (own.isEmpty() || !linkExisting) {
                throw new RuleViolation(Problem.SIGN_ON_NAME_TAKEN, userName);
            }
            known = own;
            bind(userName, subject);
        }
        if (known.isEmpty()) {
            try {
                create(userName, password, false, details);
            } catch (RuleViolation refused) {
                throw refused.problem() == Problem.LOGIN_NAME_INVALID
                        ? new RuleViolation(Problem.SIGN_ON_NAME_INVALID)
                        : refused;
            }
            bind(userName, subject);
            return userName;
        }
        Account account = find(known.get()).orElseThrow();
        Details now = new Details(
                details.firstName(),
                details.lastName(),
                details.email(),
                account.language(),
                details.administrator(),
                details.roles());
        Details before = new Details(
                account.firstName(),
                account.lastName(),
                account.email(),
                account.language(),
                account.administrator(),
                account.roles());
        if (account.active() && !now.equals(before)) {
            change(account.userId(), account.version(), now, null);
        }
        return account.userId();
    }

    /** Whether somebody logs in with an identity provider, so that password and second step are matters of the provider. */
    @Transactional(readOnly = true)
    boolean signsOn(String userId) {
        return jdbc.sql("select count(*) from staff_account where user_id = ? and sign_on_subject is not null")
                        .param(userId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void bind(String userId, String subject) {
        jdbc.sql("update staff_account set sign_on_subject = ?, must_change_password = false where user_id = ?")
                .params(subject, userId)
                .update();
    }

    /** Changes what somebody may change of their own account; null for no mail address. */
    void changeOwn(String userId, String email, String language) {
        User user = identity.createUserQuery().userId(userId).singleResult();
        user.setEmail(email);
        identity.saveUser(user);
        jdbc.sql("update staff_account set language = ?, version = version + 1 where user_id = ?")
                .params(language, userId)
                .update();
    }

    /**
     * Takes away the login of somebody who leaves. Their open tasks go back to their groups, their sessions end, their name
     * stays in the history; their roles are kept in case they return.
     *
     * @throws RuleViolation as for a change, and when it is one's own account
     */
    public void deactivate(String userId, int version, String byUser) {
        if (userId.equals(byUser)) {
            throw new RuleViolation(Problem.NOT_ONESELF);
        }
        Row before = lock(userId, version);
        if (before.administrator()) {
            keepAnAdministrator(userId);
        }
        jdbc.sql("update staff_account set active = false, deactivated_at = ? where user_id = ?")
                .params(clock.now(), userId)
                .update();
        memberships.keep(userId, false, Map.of());
        tasks.giveBack(userId, Map.of());
    }

    /** Gives the login back, with the roles the person had. */
    public void reactivate(String userId, int version) {
        Row before = lock(userId, version);
        jdbc.sql("update staff_account set active = true, deactivated_at = null where user_id = ?")
                .param(userId)
                .update();
        memberships.keep(userId, before.administrator(), rolesOf(userId));
    }

    /**
     * Sets a password; whoever is logged in with the one before is logged out.
     *
     * @param mustChange whether it is for the next login only: as soon as somebody else than its owner knows it
     * @throws RuleViolation when it breaks a rule of {@link PasswordRules}
     */
    public void setPassword(String userId, String password, boolean mustChange) {
        User user = identity.createUserQuery().userId(userId).singleResult();
        passwordRules.check(password, userId, user.getFirstName(), user.getLastName(), user.getEmail());
        user.setPassword(password);
        identity.saveUser(user);
        // Whoever forgot the old one has tried too often.
        throttle.forgive(userId);
        jdbc.sql("update staff_account set must_change_password = ?, version = version + 1 where user_id = ?")
                .params(mustChange, userId)
                .update();
    }

    /** Takes over each of the engine's users that has no account yet: those of an installation from before there were accounts. */
    void adoptAll() {
        Set<String> known = new HashSet<>(jdbc.sql("select user_id from staff_account")
                .query(String.class)
                .list());
        identity.createUserQuery().list().stream()
                .map(User::getId)
                .filter(id -> !known.contains(id))
                .forEach(this::adopt);
    }

    private void adopt(String userId) {
        Set<String> groups = memberships.groups(userId);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (role != Role.ADMIN && groups.contains(role.groupId())) {
                roles.add(role);
            }
        }
        insert(userId, "el", groups.contains(Role.ADMIN.groupId()), false);
        setRoles(
                userId,
                memberships.centres(userId).stream().collect(Collectors.toMap(centre -> centre, centre -> roles)));
    }

    private void insert(String userId, String language, boolean administrator, boolean mustChange) {
        jdbc.sql("""
                insert into staff_account (user_id, language, administrator, active, must_change_password, created_at, version)
                values (?, ?, ?, true, ?, ?, 0)
                """)
                .params(userId, language, administrator, mustChange, clock.now())
                .update();
    }

    private void describe(User user, Details details) {
        user.setFirstName(details.firstName());
        user.setLastName(details.lastName());
        user.setEmail(details.email());
        identity.saveUser(user);
    }

    private static boolean noLongerCoordinates(Map<String, Set<Role>> before, Map<String, Set<Role>> after) {
        return before.entrySet().stream()
                .anyMatch(held -> held.getValue().contains(Role.COORDINATOR)
                        && !after.getOrDefault(held.getKey(), Set.of()).contains(Role.COORDINATOR));
    }

    private Row lock(String userId, int version) {
        int changed = jdbc.sql("update staff_account set version = version + 1 where user_id = ? and version = ?")
                .params(userId, version)
                .update();
        if (changed == 0) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
        return row(userId).orElseThrow();
    }

    /** Two administrators who take each other's right away at the same moment wait for each other here. */
    private void keepAnAdministrator(String leaving) {
        List<String> administrators = jdbc.sql(
                        "select user_id from staff_account where administrator = true and active = true order by user_id for update")
                .query(String.class)
                .list();
        if (administrators.stream().allMatch(leaving::equals)) {
            throw new RuleViolation(Problem.LAST_ADMINISTRATOR);
        }
    }

    private void setRoles(String userId, Map<String, Set<Role>> roles) {
        jdbc.sql("delete from staff_role where user_id = ?").param(userId).update();
        List<Object> values = roles.entrySet().stream()
                .flatMap(
                        entry -> entry.getValue().stream().map(role -> List.of(userId, entry.getKey(), role.groupId())))
                .flatMap(Collection::stream)
                .map(Object.class::cast)
                .toList();
        if (!values.isEmpty()) {
            jdbc.sql("insert into staff_role (user_id, centre_id, role) values "
                            + String.join(", ", java.util.Collections.nCopies(values.size() / 3, "(?, ?, ?)")))
                    .params(values)
                    .update();
        }
    }

    private void setAreas(String userId, Map<String, Set<String>> areas) {
        if (areas == null) {
            return;
        }
        jdbc.sql("delete from staff_area where user_id = ?").param(userId).update();
        areas.forEach((centre, chosen) ->
                chosen.forEach(area -> jdbc.sql("insert into staff_area (user_id, centre_id, area) values (?, ?, ?)")
                        .params(userId, centre, area)
                        .update()));
    }

    private Optional<Row> row(String userId) {
        return jdbc.sql("""
                select user_id, language, administrator, active, must_change_password, version
                from staff_account where user_id = ?
                """).param(userId).query(Row.class).optional();
    }

    private Map<String, Set<Role>> rolesOf(String userId) {
        return roles(jdbc.sql("select user_id, centre_id, role from staff_role where user_id = ?")
                        .param(userId)
                        .query(RoleRow.class)
                        .list())
                .getOrDefault(userId, Map.of());
    }

    private static Map<String, Map<String, Set<Role>>> roles(List<RoleRow> rows) {
        Map<String, Map<String, Set<Role>>> roles = new TreeMap<>();
        rows.forEach(row -> roles.computeIfAbsent(row.userId(), id -> new TreeMap<>())
                .computeIfAbsent(row.centreId(), id -> EnumSet.noneOf(Role.class))
                .add(Role.of(row.role())));
        return roles;
    }

    private static Account account(Row row, User user, Map<String, Set<Role>> roles) {
        return new Account(
                row.userId(),
                text(user.getFirstName()),
                text(user.getLastName()),
                user.getEmail(),
                row.language(),
                row.administrator(),
                row.active(),
                row.mustChangePassword(),
                roles,
                row.version());
    }

    private static String name(User user) {
        return (text(user.getFirstName()) + " " + text(user.getLastName())).strip();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
