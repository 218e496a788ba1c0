package org.diadromi.supervision;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * How the processes do, for whoever looks over centres. Everybody sees their own centres, an administrator all; a coordinator and
 * an administrator see cases and exact numbers, a supervisor numbers of five and more. The whole question is in the address.
 */
@Controller
@RequestMapping("/supervision")
class SupervisionPage {

    private static final List<String> SOURCES = List.of("phone", "walkIn", "event", "partner", "publicForm", "other");
    private static final List<String> FORMS =
            List.of("koinsep", "koinsepIntegration", "workerCoop", "koispe", "urbanCoop", "amke", "association");

    /** What the reader asks for, as it stands in the address; empty or missing for any. */
    record Question(String centre, String period, String source, String counsellor, String group, String form) {

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
            var uri = org.springframework.web.util.UriComponentsBuilder.newInstance();
            given.forEach((name, value) -> {
                if (value != null && !value.isEmpty()) {
                    uri.queryParam(name, value);
                }
            });
            String query = uri.encode().build().toUriString();
            return query;
        }
    }

    private final FigurePages pages;
    private final FigureFiles files;
    private final Centres centres;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final AppClock clock;

    SupervisionPage(
            FigurePages pages, FigureFiles files, Centres centres, Audit audit, JdbcClient jdbc, AppClock clock) {
        this.pages = pages;
        this.files = files;
        this.centres = centres;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping
    String now(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("now", user, question, locale, model);
    }

    @GetMapping("/flow")
    String flow(@AuthenticationPrincipal EngineUser user, Question question, Locale locale, Model model) {
        return show("flow", user, question, locale, model);
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
        List<Panel> panels = panels(page, view, discretion(user), locale);
        byte[] file =
                switch (format) {
                    case "csv" -> files.csv(panels, locale);
                    case "xlsx" -> files.xlsx(panels, locale);
                    default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
                };
        audit.record(
                Audit.Action.EXPORTED,
                view.centres().size() == 1 ? view.centres().get(0) : null,
                "supervision",
                page + "." + format + question.query());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(
                        "csv".equals(format)
                                ? "text/csv;charset=UTF-8"
                                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("diadromi-" + page + "-" + clock.today() + "." + format)
                                .build()
                                .toString())
                .body(file);
    }

    private String show(String page, EngineUser user, Question question, Locale locale, Model model) {
        View view = view(user, question);
        Discretion discretion = discretion(user);
        List<Centre> own = own(user);
        model.addAttribute("page", page);
        model.addAttribute("panels", panels(page, view, discretion, locale));
        model.addAttribute("question", question);
        model.addAttribute("names", discretion.names());
        model.addAttribute("own", own);
        model.addAttribute("periods", View.PERIODS);
        model.addAttribute("sources", SOURCES);
        model.addAttribute("forms", FORMS);
        model.addAttribute("counsellors", discretion.names() ? counsellors(own) : List.of());
        model.addAttribute("now", view.now());
        return "supervision/panels";
    }

    private List<Panel> panels(String page, View view, Discretion discretion, Locale locale) {
        return switch (page) {
            case "now" -> pages.now(view, discretion, locale);
            case "flow" -> pages.flow(view, discretion, locale);
            default -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
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
        return new Discretion(user.isAdmin() || user.groups().contains(Role.COORDINATOR.groupId()));
    }

    private List<Centre> own(EngineUser user) {
        return centres.all().stream()
                .filter(centre -> user.isAdmin() || user.centres().contains(centre.id()))
                .toList();
    }

    private List<String> counsellors(List<Centre> own) {
        return jdbc.sql(
                        """
                select distinct counsellor from case_fact
                where counsellor is not null and centre_id in (:centres) order by counsellor
                """)
                .param(
                        "centres",
                        own.isEmpty()
                                ? List.of("")
                                : own.stream().map(Centre::id).toList())
                .query(String.class)
                .list();
    }
}
