package org.diadromi.supervision;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * How the processes do, for whoever looks over centres. Everybody sees their own centres, an administrator all; a coordinator and
 * an administrator see cases and exact numbers, a supervisor numbers of five and more. The whole question is in the address.
 */
@Controller
@RequestMapping("/supervision")
class SupervisionPage {

    private static final List<String> SOURCES =
            List.of("phone", "walkIn", "event", "partner", "publicForm", "transfer", "other");
    private static final List<String> FORMS =
            List.of("koinsep", "koinsepIntegration", "workerCoop", "koispe", "urbanCoop", "amke", "association");

    /** The pages in the order of their tabs. */
    private static final List<String> PAGES = List.of("now", "flow", "map", "results", "people", "forecast", "targets");

    private static final List<String> COMPARISONS = List.of("before", "centre");

    /**
     * What the reader asks for, as it stands in the address; empty or missing for any.
     *
     * @param process whose map is shown
     * @param measure what the map is coloured by
     * @param compare before or centre; empty for nothing
     * @param other the centre that it is compared with
     * @param node the step of the map that is looked at more closely
     */
    record Question(
            String centre,
            String period,
            String source,
            String counsellor,
            String group,
            String form,
            String process,
            String measure,
            String compare,
            String other,
            String node) {

        public String periodOrDefault() {
            return period == null || period.isEmpty() ? View.PERIODS.get(0) : period;
        }

        /** The question as parameters of a link. */
        public String query() {
            Map<String, String> given = new LinkedHashMap<>();
            given.put("centre", centre);
            given.put("period", period);
            given.put("source", source);
            given.put("counsellor", counsellor);
            given.put("group", group);
            given.put("form", form);
            given.put("process", process);
            given.put("measure", measure);
            given.put("compare", compare);
            given.put("other", other);
            return query(given);
        }

        /** The question with one step looked at more closely. */
        String queryAt(String key) {
            String query = query();
            return query + (query.isEmpty() ? "?" : "&") + "node=" + key;
        }

        private static String query(Map<String, String> given) {
            UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
            given.forEach((name, value) -> {
                if (value != null && !value.isEmpty()) {
                    uri.queryParam(name, value);
                }
            });
            return uri.encode().build().toUriString();
        }

        public String processOrDefault() {
            return process == null || process.isEmpty() ? MapFigures.JOURNEY : process;
        }

        public String measureOrDefault() {
            return measure != null && MapPages.MEASURES.contains(measure) ? measure : MapPages.MEASURES.get(1);
        }

        public String nodeOrNull() {
            return node == null || node.isEmpty() ? null : node;
        }
    }

    private final FigurePages pages;
    private final MapPages maps;
    private final ResultPages results;
    private final ForecastPages forecasts;
    private final EventLog log;
    private final TargetPages targetPages;
    private final Targets targets;
    private final FigureFiles files;
    private final Centres centres;
    private final Audit audit;
    private final PeopleFigures people;
    private final AppClock clock;
    private final Texts texts;
    private final Staff staff;

    SupervisionPage(
            FigurePages pages,
            MapPages maps,
            ResultPages results,
            ForecastPages forecasts,
            EventLog log,
            TargetPages targetPages,
            Targets targets,
            FigureFiles files,
            Centres centres,
            Audit audit,
            PeopleFigures people,
            AppClock clock,
            Texts texts,
            Staff staff) {
        this.pages = pages;
        this.maps = maps;
        this.results = results;
        this.forecasts = forecasts;
        this.log = log;
        this.targetPages = targetPages;
        this.targets = targets;
        this.files = files;
        this.centres = centres;
        this.audit = audit;
        this.people = people;
        this.clock = clock;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping
    String now(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("now", user, question, locale, model);
    }

    @GetMapping("/flow")
    String flow(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("flow", user, question, locale, model);
    }

    @GetMapping("/results")
    String results(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("results", user, question, locale, model);
    }

    @GetMapping("/forecast")
    String forecast(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("forecast", user, question, locale, model);
    }

    /** How far the targets are kept; a coordinator sets those of their centre here. */
    @GetMapping("/targets")
    String targets(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        if (isCoordinator(user)) {
            model.addAttribute("form", TargetForm.of(targets.of(ownCentre(user))));
        }
        return show("targets", user, question, locale, model);
    }

    /** Sets the targets of the coordinator's centre. What is wrong leaves all as it was, and the form as it was typed. */
    @PostMapping("/targets/own")
    String setTargets(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam Map<String, String> parameters,
            Question question,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        TargetForm typed = TargetForm.read(parameters);
        try {
            targets.set(ownCentre(user), typed.targets(ownCentre(user)));
        } catch (RuleViolation wrong) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
            model.addAttribute("form", typed);
            model.addAttribute("wrong", texts.of(locale, wrong));
            return show("targets", user, question, locale, model);
        }
        next.addFlashAttribute("saved", true);
        return "redirect:/supervision/targets";
    }

    /** The centre in which a coordinator works now. */
    private static String ownCentre(EngineUser user) {
        return user.centres().get(0);
    }

    /**
     * What happened in the cases that were opened in the period, for a process-mining tool: csv or xes. Who may not see names gets
     * days instead of times, no staff, and nothing of fewer than five cases.
     */
    @GetMapping("/log.{format}")
    void log(
            @PathVariable String format,
            @AuthenticationPrincipal EngineUser user,
            Question question,
            Locale locale,
            HttpServletResponse response)
            throws IOException, XMLStreamException {
        if (!List.of("csv", "xes").contains(format)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        View view = view(user, question);
        boolean names = discretion(user).names();
        if (!discretion(user).measure(log.cases(view))) {
            throw new RuleViolation(Problem.TOO_FEW_CASES);
        }
        audit.record(Audit.Action.EXPORTED, centreOf(view), "supervision", "log." + format + question.query());
        response.setContentType("csv".equals(format) ? "text/csv;charset=UTF-8" : "application/xml;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment("log", format));
        if ("csv".equals(format)) {
            log.csv(view, names, locale, response.getOutputStream());
        } else {
            log.xes(view, names, locale, response.getOutputStream());
        }
    }

    private static String centreOf(View view) {
        return view.centres().size() == 1 ? view.centres().get(0) : null;
    }

    private String attachment(String name, String format) {
        return ContentDisposition.attachment()
                .filename("diadromi-" + name + "-" + clock.today() + "." + format)
                .build()
                .toString();
    }

    /** Who does how much; for the coordinator of the centre alone. */
    @GetMapping("/people")
    String people(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("people", user, question, locale, model);
    }

    @GetMapping("/map")
    String map(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        View other = other(user, question);
        model.addAttribute("processes", MapPages.processes());
        model.addAttribute("processName", texts.of(locale, "figures.process." + process(question)));
        model.addAttribute("measures", MapPages.MEASURES);
        model.addAttribute("comparisons", COMPARISONS);
        model.addAttribute("nodes", MapPages.nodes(process(question)));
        model.addAttribute("column", MapPages.column(question.measureOrDefault(), false));
        model.addAttribute("otherColumn", other == null ? null : MapPages.column(question.measureOrDefault(), true));
        model.addAttribute("otherName", otherName(question, locale));
        model.addAttribute(
                "nodeName", node(question) == null ? null : maps.name(process(question), node(question), locale));
        return show("map", user, question, locale, model);
    }

    /** The diagram of a process; it says nothing of any case. */
    @GetMapping(value = "/map/{process}.bpmn", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    Resource diagram(@PathVariable String process) {
        if (!MapPages.processes().contains(process)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return new ClassPathResource("bpmn/" + process + ".bpmn");
    }

    /** The tables of a page as one file: csv or xlsx. */
    @GetMapping("/export/{page}.{format}")
    ResponseEntity<byte[]> export(
            @PathVariable String page,
            @PathVariable String format,
            @AuthenticationPrincipal EngineUser user,
            Question question,
            Locale locale) {
        View view = view(user, question);
        List<Panel> panels = panels(page, view, user, question, locale, Integer.MAX_VALUE);
        byte[] file = switch (format) {
            case "csv" -> files.csv(panels, locale);
            case "xlsx" -> files.xlsx(panels, locale);
            default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
        audit.record(Audit.Action.EXPORTED, centreOf(view), "supervision", page + "." + format + question.query());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(
                        "csv".equals(format)
                                ? "text/csv;charset=UTF-8"
                                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(page, format))
                .body(file);
    }

    private String show(String page, EngineUser user, Question question, Locale locale, Model model) {
        View view = view(user, question);
        Discretion discretion = discretion(user);
        List<Centre> own = own(user);
        model.addAttribute("page", page);
        model.addAttribute("stages", FigurePages.STAGES);
        model.addAttribute(
                "pages",
                PAGES.stream()
                        .filter(tab -> !"people".equals(tab) || isCoordinator(user))
                        .toList());
        List<Panel> panels = panels(page, view, user, question, locale, ResultPages.LISTED);
        if (panels.stream()
                .anyMatch(panel -> ResultPages.OTHERWISE.equals(panel.key())
                        && !panel.rows().isEmpty())) {
            audit.record(Audit.Action.VIEWED, centreOf(view), "supervision", texts.of("figures.otherwise.audited"));
        }
        model.addAttribute("panels", panels);
        model.addAttribute("question", question);
        model.addAttribute("names", discretion.names());
        model.addAttribute("own", own);
        model.addAttribute("periods", View.PERIODS);
        model.addAttribute("sources", SOURCES);
        model.addAttribute("forms", FORMS);
        model.addAttribute(
                "counsellorNames",
                discretion.names()
                        ? staff.names(
                                people.counsellors(own.stream().map(Centre::id).toList()))
                        : Map.of());
        model.addAttribute("now", view.now());
        return "supervision/panels";
    }

    private List<Panel> panels(String page, View view, EngineUser user, Question question, Locale locale, int most) {
        Discretion discretion = discretion(user);
        return switch (page) {
            case "now" -> {
                List<Panel> now = new ArrayList<>(pages.now(view, discretion, locale));
                Panel near = targetPages.near(view, discretion, locale);
                if (discretion.names() && !near.rows().isEmpty()) {
                    now.add(1, near);
                }
                yield now;
            }
            case "flow" -> pages.flow(view, discretion, locale);
            case "map" ->
                maps.map(
                        view,
                        other(user, question),
                        otherName(question, locale),
                        process(question),
                        node(question),
                        discretion,
                        locale,
                        key -> "/supervision/map" + question.queryAt(key) + "#node");
            case "forecast" -> forecasts.forecast(view, discretion, locale);
            case "targets" -> targetPages.targets(view, discretion, locale);
            case "results" -> results.results(view, discretion, locale, most);
            case "people" -> {
                if (!isCoordinator(user)) {
                    throw new ResponseStatusException(HttpStatus.NOT_FOUND);
                }
                yield results.people(view, locale);
            }
            default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    private static boolean isCoordinator(EngineUser user) {
        return user.groups().contains(Role.COORDINATOR.groupId());
    }

    private static String process(Question question) {
        if (!MapPages.processes().contains(question.processOrDefault())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return question.processOrDefault();
    }

    /** The step that is looked at more closely, if it is one of the process. */
    private static String node(Question question) {
        String node = question.nodeOrNull();
        return node != null && MapPages.nodes(process(question)).contains(node) ? node : null;
    }

    /** What the view is compared with; null for nothing. */
    private View other(EngineUser user, Question question) {
        View view = view(user, question);
        if ("before".equals(question.compare())) {
            return view.before(question.periodOrDefault());
        }
        if ("centre".equals(question.compare()) && given(question.other()) != null) {
            if (own(user).stream().noneMatch(centre -> centre.id().equals(question.other()))) {
                throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            }
            return view.of(question.other());
        }
        return null;
    }

    private String otherName(Question question, Locale locale) {
        return "centre".equals(question.compare()) && given(question.other()) != null
                ? centres.get(question.other()).name(locale)
                : texts.of(locale, "figures.compare.short");
    }

    /** The view that the reader asks for; a centre that is not theirs does not exist for them. */
    private View view(EngineUser user, Question question) {
        List<String> own = own(user).stream().map(Centre::id).toList();
        String centre = given(question.centre());
        LocalDate from = View.begin(question.periodOrDefault(), clock.today());
        if (from == null || centre != null && !own.contains(centre)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        // Who works in no centre looks at none.
        List<String> asked = centre != null ? List.of(centre) : own.isEmpty() ? List.of("") : own;
        return new View(
                asked,
                from.atStartOfDay(),
                clock.today().plusDays(1).atStartOfDay(),
                clock.now(),
                given(question.source()),
                discretion(user).names() ? given(question.counsellor()) : null,
                given(question.group()) == null ? null : "group".equals(question.group()),
                given(question.form()));
    }

    private static String given(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static Discretion discretion(EngineUser user) {
        return new Discretion(user.isAdmin() || isCoordinator(user), isCoordinator(user));
    }

    private List<Centre> own(EngineUser user) {
        return centres.all().stream()
                .filter(centre -> user.isAdmin() || user.centres().contains(centre.id()))
                .toList();
    }
}
