package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.appointment;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.supportPlan;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.admin.impl.plugin.resources.AdminPluginsRootResource;
import org.camunda.bpm.cockpit.impl.plugin.resources.BaseRootResource;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.rest.impl.DefaultProcessEngineRestServiceImpl;
import org.camunda.bpm.engine.rest.impl.NamedProcessEngineRestServiceImpl;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.consent.Channel;
import org.diadromi.process.EngineResources.Call;
import org.diadromi.team.TeamMembers;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Walks every address of the application and of the engine's REST interfaces as each role of another centre. A case of Corfu
 * with marked texts is planted; nothing that comes back may hold a mark, and nothing may be answered otherwise once one more
 * case is planted there. An address without a rule here fails the test.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "diadromi.mail.directory=target/separation/outbox",
            // Most of what is asked here is refused, and each refusal would be lines of the log.
            "logging.level.org.camunda.bpm.engine.rest=off"
        })
@ActiveProfiles("demo")
@Import(CentreAtWork.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparationTest {

    /** Who may open an address at all; what they then see there is their own centre's. */
    private enum Readers {
        ANYBODY,
        LOGGED_IN,
        STAFF,
        /** Whoever takes people in: reception, counsellors, coordinators. */
        RECEPTION,
        COORDINATORS,
        /** Whoever the law lets read health, sentences and origin: counsellors, legal advisers, coordinators. */
        TRUSTED,
        SUPERVISORS,
        ADMINISTRATORS;

        boolean include(String user) {
            return switch (this) {
                case ANYBODY -> true;
                case LOGGED_IN -> user != null;
                case STAFF -> user != null && !user.endsWith(".supervisor");
                case RECEPTION ->
                    user != null
                            && List.of("intake", "counsellor", "coordinator").contains(user.split("\\.")[1]);
                case COORDINATORS -> user != null && user.endsWith(".coordinator");
                case TRUSTED ->
                    user != null
                            && List.of("counsellor", "legal", "coordinator").contains(user.split("\\.")[1]);
                case SUPERVISORS -> user != null && (user.endsWith(".coordinator") || user.endsWith(".supervisor"));
                case ADMINISTRATORS -> false;
            };
        }
    }

    /** The rule of each address. A new page is entered here with those who may read it. */
    private static final Map<String, Readers> RULES = Map.ofEntries(
            Map.entry("/", Readers.ANYBODY),
            Map.entry("/menu", Readers.LOGGED_IN),
            Map.entry("/centre", Readers.LOGGED_IN),
            Map.entry("/account", Readers.LOGGED_IN),
            Map.entry("/account/password", Readers.LOGGED_IN),
            Map.entry("/account/second-factor", Readers.LOGGED_IN),
            Map.entry("/account/second-factor/codes", Readers.LOGGED_IN),
            Map.entry("/account/second-factor/off", Readers.LOGGED_IN),
            Map.entry("/login/code", Readers.LOGGED_IN),
            Map.entry("/admin/staff/account/{user}/second-factor", Readers.COORDINATORS),
            Map.entry("/login", Readers.ANYBODY),
            Map.entry("/error", Readers.ANYBODY),
            Map.entry("/contact", Readers.ANYBODY),
            Map.entry("/contact/partner", Readers.ANYBODY),
            Map.entry("/contact/thanks", Readers.ANYBODY),
            Map.entry("/my", Readers.ANYBODY),
            Map.entry("/my/{token}", Readers.ANYBODY),
            Map.entry("/my/appointment/confirm", Readers.ANYBODY),
            Map.entry("/my/appointment/cancel", Readers.ANYBODY),
            Map.entry("/my/appointment/move", Readers.ANYBODY),
            Map.entry("/my/data", Readers.ANYBODY),
            Map.entry("/my/mails", Readers.ANYBODY),
            Map.entry("/my/plan", Readers.ANYBODY),
            Map.entry("/my/survey", Readers.ANYBODY),
            Map.entry("/my/sharing/withdraw", Readers.ANYBODY),
            Map.entry("/my/transfer/withdraw", Readers.ANYBODY),
            Map.entry("/my/sensitive/withdraw", Readers.ANYBODY),
            Map.entry("/my/withdraw", Readers.ANYBODY),
            Map.entry("/my/leave", Readers.ANYBODY),
            Map.entry("/cases", Readers.STAFF),
            Map.entry("/cases/{number}", Readers.STAFF),
            Map.entry("/cases/beside/{task}", Readers.STAFF),
            Map.entry("/cases/{number}/diagram/{process}", Readers.STAFF),
            Map.entry("/cases/{number}/support-plan.pdf", Readers.STAFF),
            Map.entry("/cases/{number}/sessions/{session}.pdf", Readers.STAFF),
            Map.entry("/cases/{number}/note", Readers.STAFF),
            Map.entry("/cases/{number}/counsellor", Readers.STAFF),
            Map.entry("/cases/{number}/take-over", Readers.STAFF),
            Map.entry("/cases/{number}/change", Readers.STAFF),
            Map.entry("/cases/{number}/transfer", Readers.STAFF),
            Map.entry("/cases/{number}/transfer/take-back", Readers.STAFF),
            Map.entry("/cases/{number}/documents", Readers.STAFF),
            Map.entry("/cases/{number}/documents/{document}", Readers.STAFF),
            Map.entry("/cases/{number}/documents/{document}/remove", Readers.STAFF),
            Map.entry("/outreach", Readers.RECEPTION),
            Map.entry("/outreach/{sheet}", Readers.RECEPTION),
            Map.entry("/outreach/{sheet}/columns", Readers.RECEPTION),
            Map.entry("/outreach/{sheet}/start", Readers.RECEPTION),
            Map.entry("/outreach/{sheet}/discard", Readers.RECEPTION),
            Map.entry("/outreach/{sheet}/rest.csv", Readers.RECEPTION),
            Map.entry("/cases/{number}/doubles", Readers.RECEPTION),
            Map.entry("/cases/{number}/doubles/different", Readers.RECEPTION),
            Map.entry("/cases/{number}/doubles/same", Readers.RECEPTION),
            Map.entry("/cases/{number}/team", Readers.RECEPTION),
            Map.entry("/cases/{number}/team/{member}/change", Readers.RECEPTION),
            Map.entry("/cases/{number}/team/{member}/ask", Readers.RECEPTION),
            Map.entry("/cases/{number}/team/{member}/agreed", Readers.RECEPTION),
            Map.entry("/cases/{number}/team/{member}/left", Readers.RECEPTION),
            Map.entry("/cases/{number}/team/{member}/erase", Readers.RECEPTION),
            Map.entry("/cases/{number}/team/{member}/copy.{format}", Readers.COORDINATORS),
            Map.entry("/my/team", Readers.ANYBODY),
            Map.entry("/my/team/agree", Readers.ANYBODY),
            Map.entry("/my/team/mails", Readers.ANYBODY),
            Map.entry("/my/team/leave", Readers.ANYBODY),
            Map.entry("/cases/{number}/sensitive", Readers.TRUSTED),
            Map.entry("/cases/{number}/sensitive/remove", Readers.TRUSTED),
            Map.entry("/mail", Readers.COORDINATORS),
            Map.entry("/mail/{id}", Readers.COORDINATORS),
            Map.entry("/mail/{id}/html", Readers.COORDINATORS),
            Map.entry("/mail/{id}/retry", Readers.COORDINATORS),
            Map.entry("/retention", Readers.COORDINATORS),
            Map.entry("/requests", Readers.COORDINATORS),
            Map.entry("/requests/{id}/copy.{format}", Readers.COORDINATORS),
            Map.entry("/supervision", Readers.SUPERVISORS),
            Map.entry("/supervision/flow", Readers.SUPERVISORS),
            Map.entry("/supervision/results", Readers.SUPERVISORS),
            Map.entry("/supervision/people", Readers.COORDINATORS),
            Map.entry("/supervision/targets", Readers.SUPERVISORS),
            Map.entry("/supervision/targets/own", Readers.COORDINATORS),
            Map.entry("/supervision/forecast", Readers.SUPERVISORS),
            Map.entry("/supervision/log.{format}", Readers.SUPERVISORS),
            Map.entry("/supervision/map", Readers.SUPERVISORS),
            Map.entry("/supervision/map/{process}.bpmn", Readers.SUPERVISORS),
            Map.entry("/supervision/export/{page}.{format}", Readers.SUPERVISORS),
            Map.entry("/absences", Readers.LOGGED_IN),
            Map.entry("/absences/{absence}/end", Readers.LOGGED_IN),
            Map.entry("/calendar", Readers.STAFF),
            Map.entry("/structures", Readers.STAFF),
            Map.entry("/structures/{structure}", Readers.STAFF),
            Map.entry("/structures/new", Readers.COORDINATORS),
            Map.entry("/structures/{structure}/edit", Readers.COORDINATORS),
            Map.entry("/structures/{structure}/remove", Readers.COORDINATORS),
            Map.entry("/referral", Readers.ANYBODY),
            Map.entry("/referral/{referral}/{token}", Readers.ANYBODY),
            Map.entry("/referral/answer", Readers.ANYBODY),
            Map.entry("/calendar/hours", Readers.STAFF),
            Map.entry("/calendar/book/{number}", Readers.STAFF),
            Map.entry("/calendar/feed", Readers.STAFF),
            Map.entry("/calendar/feed/revoke", Readers.STAFF),
            Map.entry("/calendar/feed/{token}.ics", Readers.ANYBODY),
            Map.entry("/admin/centres", Readers.ADMINISTRATORS),
            Map.entry("/admin/centres/new", Readers.ADMINISTRATORS),
            Map.entry("/admin/centres/centre/{centre}", Readers.ADMINISTRATORS),
            Map.entry("/admin/staff", Readers.COORDINATORS),
            Map.entry("/admin/staff/new", Readers.COORDINATORS),
            Map.entry("/admin/staff/account/{user}", Readers.COORDINATORS),
            Map.entry("/admin/staff/account/{user}/deactivate", Readers.COORDINATORS),
            Map.entry("/admin/staff/account/{user}/reactivate", Readers.COORDINATORS),
            Map.entry("/admin/staff/account/{user}/password", Readers.COORDINATORS),
            Map.entry("/audit", Readers.COORDINATORS),
            Map.entry("/audit/check", Readers.ADMINISTRATORS),
            Map.entry("/demo/clock", Readers.ADMINISTRATORS),
            Map.entry("/actuator", Readers.ADMINISTRATORS),
            Map.entry("/actuator/health", Readers.ANYBODY),
            Map.entry("/actuator/health/**", Readers.ANYBODY),
            Map.entry("/actuator/info", Readers.ADMINISTRATORS),
            Map.entry("/actuator/prometheus", Readers.ADMINISTRATORS));

    private static final List<String> OTHERS = List.of(
            "chania.intake",
            "chania.counsellor",
            "chania.trainer",
            "chania.legal",
            "chania.accountant",
            "chania.coordinator",
            "chania.supervisor");

    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)}");

    /**
     * What differs between two answers to the same question though nothing else has changed; the audit's entries get the number of
     * their seal a little later.
     */
    private static final Pattern EVER_NEW = Pattern.compile("name=\"_csrf\" value=\"[^\"]*\"|/calendar/feed/[\\w-]{43}"
            + "|nonce-?=?[\"']?[^\"' ]*|data-label=\"Αριθμός\">(–|\\d+)<");

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext application;

    @Autowired
    private CentreAtWork centre;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private TeamMembers team;

    @Autowired
    private Transfers transfers;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private IdentityService identity;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private HistoryService history;

    @Autowired
    private ManagementService management;

    @Autowired
    private FilterService filters;

    private final HttpClient machine = HttpClient.newHttpClient();
    private final Map<String, HttpClient> browsers = new LinkedHashMap<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final Map<String, String> known = new TreeMap<>();
    private String number;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "separation");
    }

    @BeforeAll
    void a_case_of_corfu() throws Exception {
        User supervisor = identity.newUser("chania.supervisor");
        supervisor.setFirstName("Ευτυχία");
        supervisor.setLastName("Χαλκιαδάκη");
        supervisor.setPassword("demo");
        identity.saveUser(supervisor);
        identity.createMembership("chania.supervisor", "supervisor");
        identity.createTenantUserMembership("chania", "chania.supervisor");

        // One that Chania gave away, and one that it has been offered: both have to be as strange to it as any other.
        known.put("former", givenAwayByChania());
        centre.turnsTo(plant());
        transfers.offer(centre.caseFile(), "chania", "moved", null, Channel.PHONE, CentreAtWork.user("counsellor"));
        number = plant();
        Task task = centre.waiting("task_counselling_recordSession");
        known.put("task", task.getId());
        known.put("process-instance", task.getProcessInstanceId());
        known.put("execution", task.getExecutionId());
        known.put("process-definition", task.getProcessDefinitionId());
        known.put(
                "deployment",
                repository
                        .createProcessDefinitionQuery()
                        .processDefinitionId(task.getProcessDefinitionId())
                        .singleResult()
                        .getDeploymentId());
        known.put(
                "variable-instance",
                runtime.createVariableInstanceQuery()
                        .taskIdIn(task.getId())
                        .list()
                        .get(0)
                        .getId());
        known.put(
                "activity-instance",
                history.createHistoricActivityInstanceQuery()
                        .processInstanceId(task.getProcessInstanceId())
                        .list()
                        .get(0)
                        .getId());
        known.put(
                "job",
                management
                        .createJobQuery()
                        .processInstanceId(task.getProcessInstanceId())
                        .list()
                        .get(0)
                        .getId());
        known.put("filter", filters.createFilterQuery().list().get(0).getId());
        known.put("user", "kerkyra.counsellor");
        known.put("group", "counsellor");
        known.put("tenant", "kerkyra");
        known.put("tenant-id", "kerkyra");
        known.put("key", "counselling");
        known.put("variables", "person");
        known.put("localVariables", "person");
        known.put("mail", idOf("outbox_mail"));
        jdbc.sql("""
                        insert into data_request (case_id, kind, received_on, channel, due_on, identified_how, recorded_at, changed_at)
                        select id, 'access', current_date, 'phone', current_date, 'known', opened_at, opened_at
                        from case_file where number = ?
                        """).param(number).update();
        known.put("requests", idOf("data_request"));
        jdbc.sql("""
                        insert into local_structure (centre_id, kind, name, email, agreement, active, checked_on, version)
                        values ('kerkyra', 'other', ?, ?, 'NONE', true, current_date, 0)
                        """).params(SampleForms.MARK, SampleForms.MAIL).update();
        known.put(
                "structure",
                jdbc.sql("select max(id) from local_structure")
                        .query(String.class)
                        .single());
        jdbc.sql("""
                        insert into outreach_import (centre_id, event_name, held_on, municipality, file_name, sha256, header, fields,
                                                     status, created_by, created_at)
                        select centre_id, last_name, current_date, 'Κέρκυρα', 'x.csv', 'x', '[]', '["PHONE"]', 'PREVIEW', 'x', opened_at
                        from case_file where number = ?
                        """).param(number).update();
        known.put(
                "sheet",
                jdbc.sql("select max(id) from outreach_import")
                        .query(String.class)
                        .single());
        jdbc.sql("""
                        insert into counselling_session (case_id, centre_id, appointment_id, held_on, outcome, contact_minutes,
                                                         preparation_minutes, area, note, recorded_by, recorded_at)
                        select a.case_id, c.centre_id, a.id, cast(a.starts_at as date), 'attended', 60, 0, a.area, c.last_name, a.counsellor, a.starts_at
                        from appointment a join case_file c on c.id = a.case_id where c.number = ?
                        """).param(number).update();
        known.put("session", idOf("counselling_session"));
        known.put("member", aMember());
        known.put("format", "pdf");
        known.put("engine", "default");
        known.put("number", number);
        for (String user : OTHERS) {
            browsers.put(user, loggedIn(user));
        }
        HttpClient visitor = newBrowser();
        browsers.put(null, visitor);
        tokens.put(null, token(visitor, "/contact").orElseThrow());
    }

    /** With everything that Corfu will have of it, but begun in Chania; gives the number it had there. */
    private String givenAwayByChania() {
        String before = centre.startsAs("chania.intake", "support-journey", firstContact())
                .getBusinessKey();
        centre.turnsTo(before);
        centre.doesAs("chania.intake", interview());
        centre.doesAs("chania.counsellor", suitability("kalo"));
        centre.doesAs("chania.counsellor", supportPlan());
        centre.doesAs(
                "chania.counsellor", appointment(centre.today().plusDays(4).atTime(10, 0)));
        Transfer transfer = transfers.offer(
                cases.get("chania", before), "kerkyra", "nearer", null, Channel.CENTRE, "chania.counsellor");
        centre.turnsTo(transfer.reference());
        centre.doesAs("kerkyra.coordinator", SampleForms.accepted());
        assertThat(transfers.numberNow("kerkyra", before)).isPresent();
        return before;
    }

    /** Somebody of the team of the case, marked as it is. */
    private String aMember() {
        return String.valueOf(team.add(
                        cases.get("kerkyra", number),
                        new TeamMembers.Details(
                                "Νίκος", SampleForms.MARK, CaseFile.Salutation.KYRIOS, null, "melos@example.org", "el"),
                        Channel.CENTRE,
                        CentreAtWork.user("intake"))
                .id());
    }

    /** A case that has got as far as an appointment, with an open task. */
    private String plant() {
        centre.registers(firstContact());
        centre.does(interview());
        centre.does(suitability("kalo"));
        centre.does(supportPlan());
        centre.does(appointment(centre.today().plusDays(4).atTime(10, 0)));
        return centre.caseNumber();
    }

    private String idOf(String table) {
        return jdbc.sql("select max(t.id) from " + table + " t join case_file c on c.id = t.case_id where c.number = ?")
                .param(number)
                .query(String.class)
                .single();
    }

    @Test
    void every_address_has_a_rule() {
        Set<String> addresses = new TreeSet<>();
        mappings().forEach(mapping -> addresses.addAll(mapping.getPatternValues()));
        assertThat(addresses).isEqualTo(new TreeSet<>(RULES.keySet()));
    }

    @Test
    void who_gave_a_case_away_finds_it_no_more() throws Exception {
        String before = known.get("former");
        for (RequestMappingInfo mapping : mappings()) {
            for (String pattern : mapping.getPatternValues()) {
                if (pattern.startsWith("/cases/{number}")) {
                    String path = pattern.replace("{number}", before)
                            .replace("{process}", "counselling")
                            .replace("{document}", "1")
                            .replace("{member}", known.get("member"))
                            .replace("{format}", "pdf")
                            .replace("{session}", known.get("session"));
                    HttpResponse<String> answer = browsers.get("chania.coordinator")
                            .send(request("GET", path).build(), BodyHandlers.ofString());
                    assertThat(answer.statusCode()).as(path).isIn(404, 405);
                    answer("chania.coordinator", "GET " + path, answer);
                }
            }
        }
        assertThat(browsers.get("chania.coordinator")
                        .send(request("GET", "/cases?state=all&q=" + before).build(), BodyHandlers.ofString())
                        .body())
                .doesNotContain("/cases/" + before)
                .doesNotContain(SampleForms.MARK);
    }

    @Test
    void no_page_tells_another_centre_anything() throws Exception {
        // What one's own first calls leave behind (a notice that is due, a second step begun) is there in both rounds.
        pages();
        List<Answer> before = pages();
        plantInSilence();
        assertThat(pages()).isEqualTo(before);
    }

    @Test
    void no_resource_of_the_engine_tells_another_centre_anything() throws Exception {
        List<Answer> before = resources();
        assertThat(before).hasSizeGreaterThan(1000);
        plantInSilence();
        assertThat(resources()).isEqualTo(before);
    }

    /** One more case there, with as many mails and tasks. */
    private void plantInSilence() {
        String first = number;
        plant();
        assertThat(centre.caseNumber()).isNotEqualTo(first);
    }

    private record Answer(String user, String call, int status, String body) {}

    // The application's own addresses ------------------------------------------------------------------------

    private List<Answer> pages() throws Exception {
        List<Answer> answers = new ArrayList<>();
        List<Object> caseBefore = stateOfTheCase();
        for (RequestMappingInfo mapping : mappings()) {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            for (String pattern : mapping.getPatternValues()) {
                for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                    for (String user : browsers.keySet()) {
                        answers.add(page(user, method.name(), pattern));
                    }
                }
            }
        }
        assertThat(stateOfTheCase()).isEqualTo(caseBefore);
        return answers;
    }

    private Answer page(String user, String method, String pattern) throws Exception {
        String path = VARIABLE.matcher(pattern.replace("/**", "/liveness"))
                .replaceAll(variable -> Matcher.quoteReplacement(known.getOrDefault(
                        variable.group(1).equals("id") ? pattern.split("/")[1] : variable.group(1), "1")));
        HttpRequest.Builder request = request(method, path);
        if (!method.equals("GET")) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, BodyPublishers.ofString("_csrf=" + tokens.getOrDefault(user, "")));
        }
        HttpResponse<String> response = browsers.get(user).send(request.build(), BodyHandlers.ofString());
        String as = user + " " + method + " " + path;
        boolean toLogin = response.headers()
                .firstValue("Location")
                .filter(location -> location.endsWith("/login"))
                .isPresent();
        if (!RULES.getOrDefault(pattern, Readers.ADMINISTRATORS).include(user)) {
            assertThat(toLogin || response.statusCode() == 401 || response.statusCode() == 403)
                    .as(as + " is closed, not " + response.statusCode())
                    .isTrue();
        } else if (method.equals("GET") && pattern.contains("{")) {
            assertThat(response.statusCode()).as(as).isIn(404, 400);
        } else {
            assertThat(toLogin).as(as + " is open").isFalse();
            assertThat(response.statusCode())
                    .as(as)
                    .isNotIn(401, 403)
                    .isLessThan(pattern.equals("/error") ? 1000 : 500);
        }
        return answer(user, method + " " + path, response);
    }

    private List<RequestMappingInfo> mappings() {
        return application.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(handler -> handler.getHandlerMethods().keySet().stream())
                .toList();
    }

    /** What a change by somebody else would show in. */
    private List<Object> stateOfTheCase() {
        return List.of(
                jdbc.sql("select * from case_file where number = ?")
                        .param(number)
                        .query()
                        .singleRow(),
                jdbc.sql("select count(*) from case_event e join case_file c on c.id = e.case_id where c.number = ?")
                        .param(number)
                        .query(Long.class)
                        .single(),
                centre.waitingFor());
    }

    // The engine's resources ---------------------------------------------------------------------------------

    private List<Answer> resources() throws Exception {
        List<Answer> answers = new ArrayList<>();
        List<Object> caseBefore = stateOfTheCase();
        for (Call call : EngineResources.of("/engine-rest", DefaultProcessEngineRestServiceImpl.class)) {
            for (String user : OTHERS) {
                answers.add(resource(machine, user, call));
            }
        }
        Stream<Call> webapps = Stream.of(
                        EngineResources.of("/camunda/api/engine", NamedProcessEngineRestServiceImpl.class),
                        EngineResources.of("/camunda/api/cockpit", BaseRootResource.class),
                        EngineResources.of("/camunda/api/admin", AdminPluginsRootResource.class))
                .flatMap(Set::stream);
        for (Call call : webapps.toList()) {
            for (String user : List.of("chania.coordinator", "chania.supervisor")) {
                answers.add(resource(browsers.get(user), user, call));
            }
        }
        assertThat(stateOfTheCase()).isEqualTo(caseBefore);
        return answers;
    }

    private Answer resource(HttpClient client, String user, Call call) throws Exception {
        String path = fill(call.path());
        HttpRequest.Builder request = request(call.method(), path);
        if (client == machine) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":demo").getBytes()));
        } else {
            request.header("X-XSRF-TOKEN", cookie(client, "XSRF-TOKEN"));
        }
        if (!call.method().equals("GET")) {
            request.header("Content-Type", "application/json").method(call.method(), BodyPublishers.ofString("{}"));
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as("%s %s as %s: %s", call.method(), path, user, response.body())
                .isNotEqualTo(302);
        return answer(user, call.method() + " " + path, response);
    }

    /** Gives each variable the planted object of the kind that the segment before it names. */
    private String fill(String path) {
        StringBuilder filled = new StringBuilder();
        String kind = "";
        for (String segment : path.substring(1).split("/")) {
            if (segment.startsWith("{")) {
                filled.append('/').append(known.getOrDefault(kind, "1").replace(":", "%3A"));
            } else {
                filled.append('/').append(segment);
                kind = segment;
            }
        }
        return filled + (path.endsWith("/report") ? "?reportType=count" : "");
    }

    // What comes back ----------------------------------------------------------------------------------------

    private Answer answer(String user, String call, HttpResponse<String> response) {
        assertThat(response.body())
                .as("%s as %s: %s", call, user, response.statusCode())
                .doesNotContain(SampleForms.MARK)
                .doesNotContain(SampleForms.PHONE_DIGITS)
                .doesNotContain("\"tenantId\":\"kerkyra\"");
        if (!call.contains(number)) {
            assertThat(response.body()).as("%s as %s", call, user).doesNotContain(number);
        }
        return new Answer(
                user,
                call,
                response.statusCode(),
                response.statusCode() >= 400
                        ? ""
                        : EVER_NEW.matcher(response.body()).replaceAll(""));
    }

    private HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, BodyPublishers.noBody());
    }

    private static HttpClient newBrowser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    /** A session as a browser has it after the login page, with both tokens against forged requests. */
    private HttpClient loggedIn(String user) throws IOException, InterruptedException {
        HttpClient browser = newBrowser();
        String login = "username=" + user + "&password=demo&_csrf="
                + token(browser, "/login").orElseThrow(() -> new AssertionError("The login page has no token"));
        HttpResponse<String> answer = browser.send(
                request("POST", "/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(login))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("login"));
        tokens.put(user, token(browser, "/contact").orElseThrow());
        browser.send(request("GET", "/camunda/app/welcome/default/").build(), BodyHandlers.discarding());
        return browser;
    }

    private Optional<String> token(HttpClient browser, String page) throws IOException, InterruptedException {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(browser.send(request("GET", page).build(), BodyHandlers.ofString())
                        .body());
        return token.find() ? Optional.of(URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }

    private static String cookie(HttpClient browser, String name) {
        return ((CookieManager) browser.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
    }
}
