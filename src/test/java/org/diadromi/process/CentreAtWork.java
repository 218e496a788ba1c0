package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.casefile.Timeline;
import org.diadromi.contact.PublicContact;
import org.diadromi.workflow.Routing;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The centre of Corfu at work on one case: its staff fill in forms as Tasklist would send them, time passes, and what then
 * waits, was mailed or was written down is looked at. It works with the real engine and the real database.
 */
class CentreAtWork {

    static final String CENTRE = "kerkyra";

    /** A Monday without a holiday in its week; Clean Monday (15 March) and 25 March follow. */
    static final LocalDateTime MONDAY = LocalDateTime.of(2027, 3, 1, 10, 0);

    /** A stage of the journey as the supervisors read it. */
    record Stage(String stage, LocalDateTime enteredAt, LocalDateTime leftAt, String outcome) {}

    private final IdentityService identity;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final FormService forms;
    private final ManagementService management;
    private final HistoryService history;
    private final CaseFiles cases;
    private final PublicContact publicContact;
    private final AppClock clock;
    private final Texts texts;
    private final JdbcClient jdbc;
    private final Set<String> typed = ConcurrentHashMap.newKeySet();
    private Consumer<JourneyStep> told = step -> {};
    private String caseNumber;

    CentreAtWork(
            IdentityService identity,
            RepositoryService repository,
            RuntimeService runtime,
            TaskService tasks,
            FormService forms,
            ManagementService management,
            HistoryService history,
            CaseFiles cases,
            PublicContact publicContact,
            AppClock clock,
            Texts texts,
            JdbcClient jdbc) {
        this.identity = identity;
        this.repository = repository;
        this.runtime = runtime;
        this.tasks = tasks;
        this.forms = forms;
        this.management = management;
        this.history = history;
        this.cases = cases;
        this.publicContact = publicContact;
        this.clock = clock;
        this.texts = texts;
        this.jdbc = jdbc;
    }

    /** From now on each form that is sent and each timer that fires is told to somebody. */
    void tells(Consumer<JourneyStep> listener) {
        told = listener;
    }

    // People ---------------------------------------------------------------------------------------------

    static String user(String role) {
        return CENTRE + "." + role;
    }

    /** Does it with the rights and in the centres of the user, as after a login. */
    <T> T as(String userId, Supplier<T> work) {
        List<String> groups = identity.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .toList();
        List<String> centres =
                identity.createTenantQuery().userMember(userId).includingGroupsOfUser(true).list().stream()
                        .map(Tenant::getId)
                        .toList();
        identity.setAuthentication(userId, groups, centres);
        try {
            return work.get();
        } finally {
            identity.clearAuthentication();
        }
    }

    // Beginnings -----------------------------------------------------------------------------------------

    /** The reception registers a first contact; all that follows is about this case. */
    String registers(FilledForm firstContact) {
        theCounsellorIsFree();
        caseNumber = startsAs(user("intake"), "support-journey", firstContact).getBusinessKey();
        return caseNumber;
    }

    /** The appointments of cases before this one are nobody's: they all were at the same few hours. */
    private void theCounsellorIsFree() {
        jdbc.sql("update appointment set counsellor = null where counsellor = ?")
                .param(user("counsellor"))
                .update();
    }

    /** From now on all that follows is about this one: a case, or an offer of one. */
    void turnsTo(String businessKey) {
        caseNumber = businessKey;
    }

    /** A person writes to the centre by themselves. */
    String receives(FirstContact contact) {
        caseNumber = publicContact.receive(contact, true);
        return caseNumber;
    }

    /** All that follows is about what has this key instead of a case's number. */
    void looksAfter(String key) {
        caseNumber = key;
    }

    /** Somebody starts a process with its form, as Tasklist's "start process" does. */
    ProcessInstance startsAs(String userId, String process, FilledForm form) {
        ProcessInstance started = as(
                userId,
                () -> forms.submitStartForm(
                        repository
                                .createProcessDefinitionQuery()
                                .processDefinitionKey(process)
                                .latestVersion()
                                .singleResult()
                                .getId(),
                        form.variables()));
        typed.addAll(form.texts());
        told.accept(new JourneyStep(userId, form.id(), form.variables(), null));
        return started;
    }

    /** The counsellor asks that the case pauses, goes on or ends. */
    void asksFor(FilledForm change) {
        asksAs(user("counsellor"), change.with("caseNumber", caseNumber));
    }

    void asksAs(String userId, FilledForm change) {
        startsAs(userId, "case-change", change);
    }

    void closesAllCases() {
        for (String open : jdbc.sql("select number from case_file where centre_id = ? and status <> 'CLOSED'")
                .param(CENTRE)
                .query(String.class)
                .list()) {
            asksAs(user("coordinator"), SampleForms.closing().with("caseNumber", open));
        }
    }

    // Work -----------------------------------------------------------------------------------------------

    /** Whoever it waits for claims the form's task and submits the form; the group is the first the model names. */
    void does(FilledForm form) {
        doesAs(user(groups(waiting(form.id())).get(0)), form);
    }

    void doesAs(String userId, FilledForm form) {
        as(userId, () -> {
            Task task = seen(userId, form.id());
            if (task.getAssignee() == null) {
                tasks.claim(task.getId(), userId);
            }
            forms.submitTaskForm(task.getId(), form.variables());
            return null;
        });
        typed.addAll(form.texts());
        told.accept(new JourneyStep(userId, form.id(), form.variables(), null));
    }

    /** The user takes the task on and has its form open. */
    void opens(String userId, String taskKey) {
        as(userId, () -> {
            tasks.claim(seen(userId, taskKey).getId(), userId);
            return null;
        });
    }

    /** The coordinator gives the task to somebody, or takes it from whoever has it. */
    void gives(String taskKey, String userId) {
        as(user("coordinator"), () -> {
            tasks.setAssignee(seen(user("coordinator"), taskKey).getId(), userId);
            return null;
        });
    }

    /** Whoever has the task lends it to somebody, as Tasklist's REST interface can. */
    void lends(String taskKey, String userId) {
        tasks.delegateTask(waiting(taskKey).getId(), userId);
    }

    /** Whoever the task has been lent to gives it back. */
    void givesBack(String taskKey) {
        tasks.resolveTask(waiting(taskKey).getId());
    }

    private Task seen(String userId, String taskKey) {
        return tasks
                .createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .taskDefinitionKey(taskKey)
                .orderByTaskCreateTime()
                .asc()
                .list()
                .stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError(userId + " sees no " + taskKey + " of " + caseNumber));
    }

    /** Every marked text that a form brought which was not refused, in any case so far. */
    Set<String> typed() {
        return typed;
    }

    /** The form is refused with this problem's sentence, and the case is as it was. */
    void isRefused(FilledForm form, Problem problem, Object... arguments) {
        isRefusedAs(user(groups(waiting(form.id())).get(0)), form, problem, arguments);
    }

    void isRefusedAs(String userId, FilledForm form, Problem problem, Object... arguments) {
        isRefused(() -> doesAs(userId, form), problem, arguments);
    }

    void isRefused(Runnable work, Problem problem, Object... arguments) {
        List<Timeline.Entry> before = timeline();
        List<String> waitedFor = waitingFor();
        assertThat(catchThrowable(work::run))
                .hasMessageContaining(texts.of(Texts.GREEK, new RuleViolation(problem, arguments)));
        assertThat(timeline()).isEqualTo(before);
        assertThat(waitingFor()).isEqualTo(waitedFor);
    }

    /** What the open form shows. */
    Map<String, Object> shown(String task) {
        return forms.getTaskFormVariables(waiting(task).getId());
    }

    /** The keys of the options that the open form offers in a list of its own. */
    List<String> options(String task, String key) {
        return org.camunda.spin.Spin.JSON(String.valueOf(shown(task).get(key))).elements().stream()
                .map(option -> option.prop("value").stringValue())
                .toList();
    }

    // Time -----------------------------------------------------------------------------------------------

    void isAt(LocalDateTime moment) {
        clock.setOffset(Duration.between(
                Instant.now(), moment.atZone(BusinessCalendar.ATHENS).toInstant()));
    }

    LocalDateTime now() {
        return clock.now();
    }

    LocalDate today() {
        return clock.today();
    }

    /** The timer of the step is due: the clock moves on to then, unless it is later already, and the timer fires. */
    void timerFires(String activityId) {
        List<Job> jobs = jobs(activityId);
        assertThat(jobs).as("timers of %s", activityId).hasSize(1);
        Instant due = jobs.get(0).getDuedate().toInstant();
        if (due.isAfter(clock.instant())) {
            isAt(LocalDateTime.ofInstant(due, BusinessCalendar.ATHENS).plusSeconds(1));
        }
        management.executeJob(jobs.get(0).getId());
        told.accept(new JourneyStep(null, null, null, activityId));
    }

    /** When the timer of the step will fire, in Athens. */
    LocalDateTime timerIsDue(String activityId) {
        List<Job> jobs = jobs(activityId);
        assertThat(jobs).as("timers of %s", activityId).hasSize(1);
        return inAthens(jobs.get(0).getDuedate());
    }

    private List<Job> jobs(String activityId) {
        return instances().stream()
                .flatMap(
                        instance -> management
                                .createJobQuery()
                                .processInstanceId(instance.getId())
                                .activityId(activityId)
                                .active()
                                .list()
                                .stream())
                .toList();
    }

    // Looking --------------------------------------------------------------------------------------------

    String caseNumber() {
        return caseNumber;
    }

    CaseFile caseFile() {
        return cases.get(CENTRE, caseNumber);
    }

    /** Its file, where the centre has one: it has none of what was refused or went to another centre. */
    Optional<CaseFile> caseFileIfAny() {
        return cases.find(CENTRE, caseNumber);
    }

    /** The keys of the tasks that can be worked on, in their order; a paused case has none. */
    List<String> waitingFor() {
        return openTasks().stream().map(Task::getTaskDefinitionKey).sorted().toList();
    }

    /** The only task that waits is this one, for this group, and due at the end of this day's work. */
    void waitsFor(String task, String group, LocalDate due) {
        assertThat(waitingFor()).containsExactly(task);
        isDue(task, due.atTime(17, 0), group);
    }

    /** One of the tasks that wait is this one, for these groups, and due then. */
    void isDue(String taskKey, LocalDateTime due, String... groups) {
        Task task = waiting(taskKey);
        assertThat(groups(task)).as("groups of %s", taskKey).containsExactlyInAnyOrder(groups);
        assertThat(inAthens(task.getDueDate())).as("due date of %s", taskKey).isEqualTo(due);
        assertThat(task.getTenantId()).isEqualTo(CENTRE);
        assertThat(task.getDescription()).isNull();
    }

    Task waiting(String taskKey) {
        return openTasks().stream()
                .filter(task -> task.getTaskDefinitionKey().equals(taskKey))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The case waits for " + waitingFor() + ", not for " + taskKey));
    }

    private List<Task> openTasks() {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .active()
                .orderByTaskCreateTime()
                .asc()
                .list();
    }

    private List<String> groups(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> "candidate".equals(link.getType()))
                .map(IdentityLink::getGroupId)
                .toList();
    }

    private List<ProcessInstance> instances() {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseNumber)
                .list();
    }

    /** The value of a routing variable in the case's phase that runs now; null when it has none. */
    Object routing(Routing variable) {
        return runtime
                .createVariableInstanceQuery()
                .processInstanceIdIn(
                        instances().stream().map(ProcessInstance::getId).toArray(String[]::new))
                .variableName(variable.name())
                .list()
                .stream()
                .map(found -> found.getValue())
                .findFirst()
                .orElse(null);
    }

    /** The templates of the mails of the case, in the order in which they came into the outbox. */
    List<String> mails() {
        return jdbc.sql("""
                select m.template from outbox_mail m join case_file c on c.id = m.case_id
                where c.number = ? order by m.id
                """).param(caseNumber).query(String.class).list();
    }

    List<Timeline.Entry> timeline() {
        return cases.find(CENTRE, caseNumber).map(cases::history).orElse(List.of());
    }

    /** What happened to the case, in its order. */
    List<Timeline.Kind> happened() {
        return timeline().stream().map(Timeline.Entry::kind).toList();
    }

    List<Stage> stages() {
        return jdbc.sql("""
                select s.stage, s.entered_at, s.left_at, s.outcome
                from stage_fact s join case_file c on c.id = s.case_id
                where c.number = ? order by s.id
                """).param(caseNumber).query(Stage.class).list();
    }

    /** How many rows a table of the application has for the case. */
    int rows(String table) {
        return jdbc.sql("select count(*) from " + table + " t join case_file c on c.id = t.case_id where c.number = ?")
                .param(caseNumber)
                .query(Integer.class)
                .single();
    }

    /** The case is over: closed with this outcome, each stage left, and nothing of it is left to do in the engine. */
    void isClosedAs(String outcome) {
        assertThat(caseFile().status()).isEqualTo(CaseFile.Status.CLOSED);
        assertThat(caseFile().outcome()).isEqualTo(outcome);
        assertThat(caseFile().closedAt()).isNotNull();
        assertThat(happened()).endsWith(Timeline.Kind.CLOSED);
        assertThat(instances()).isEmpty();
        assertThat(stages())
                .isNotEmpty()
                .allSatisfy(stage -> assertThat(stage.leftAt()).isNotNull().isAfterOrEqualTo(stage.enteredAt()));
        Collection<String> ended =
                history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
                        .map(instance -> instance.getId())
                        .toList();
        assertThat(ended).isNotEmpty().allSatisfy(id -> {
            assertThat(tasks.createTaskQuery().processInstanceId(id).count()).isZero();
            assertThat(management.createJobQuery().processInstanceId(id).count())
                    .isZero();
            assertThat(runtime.createEventSubscriptionQuery()
                            .processInstanceId(id)
                            .count())
                    .isZero();
            assertThat(runtime.createVariableInstanceQuery()
                            .processInstanceIdIn(id)
                            .count())
                    .isZero();
            assertThat(runtime.createIncidentQuery().processInstanceId(id).count())
                    .isZero();
        });
    }

    private static LocalDateTime inAthens(Date date) {
        return date == null ? null : LocalDateTime.ofInstant(date.toInstant(), BusinessCalendar.ATHENS);
    }
}
