package org.diadromi.casepage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.consent.Consents;
import org.diadromi.counselling.Counselling;
import org.diadromi.privacy.Audit;
import org.diadromi.supervision.Outcomes;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/** One case with all that belongs to it. Each look is audited; a case of another centre is not found. */
@Controller
@RequestMapping("/cases/{number}")
class CasePage {

    /** Who may open the page of sensitive data: see SecurityConfiguration. */
    private static final List<Role> SENSITIVE = List.of(Role.COUNSELLOR, Role.LEGAL, Role.COORDINATOR);

    /** A stage of the journey as the page shows it: done, here or ahead. */
    record Step(String stage, String state, CaseContents.Stage last) {}

    /** A line of the timeline. */
    record Happened(Timeline.Entry entry, String text) {}

    /** A diagram, the steps where the case is, and those it has behind it; both with commas. */
    record Diagram(String process, String here, String done) {}

    private final CaseFiles cases;
    private final CaseContents contents;
    private final CaseProcess process;
    private final Counselling counselling;
    private final Consents consents;
    private final TimelineTexts timeline;
    private final Staff staff;
    private final Audit audit;
    private final Texts texts;
    private final AppClock clock;

    CasePage(
            CaseFiles cases,
            CaseContents contents,
            CaseProcess process,
            Counselling counselling,
            Consents consents,
            TimelineTexts timeline,
            Staff staff,
            Audit audit,
            Texts texts,
            AppClock clock) {
        this.cases = cases;
        this.contents = contents;
        this.process = process;
        this.counselling = counselling;
        this.consents = consents;
        this.timeline = timeline;
        this.staff = staff;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    String show(@PathVariable String number, @AuthenticationPrincipal EngineUser user, Locale locale, Model model) {
        CaseFile caseFile = own(user, number);
        audit.record(Audit.Action.VIEWED, caseFile.centreId(), caseFile.number(), texts.of("case.audit.viewed"));
        fill(caseFile, user, locale, model);
        return "cases/case";
    }

    /** The same in short, for a tab beside a task in Tasklist. */
    @GetMapping("/brief")
    String brief(@PathVariable String number, @AuthenticationPrincipal EngineUser user, Locale locale, Model model) {
        CaseFile caseFile = own(user, number);
        audit.record(Audit.Action.VIEWED, caseFile.centreId(), caseFile.number(), texts.of("case.audit.brief"));
        fill(caseFile, user, Texts.GREEK, model);
        return "cases/brief";
    }

    /** The diagram of the journey or of one of its stages, as the case runs by it. */
    @GetMapping("/diagram/{process}")
    ResponseEntity<byte[]> diagram(
            @PathVariable String number,
            @PathVariable("process") String key,
            @AuthenticationPrincipal EngineUser user) {
        CaseFile caseFile = own(user, number);
        if (!CaseProcess.JOURNEY.equals(key) && !CaseSearch.STAGES.contains(key)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .body(process.diagram(caseFile, key)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }

    private CaseFile own(EngineUser user, String number) {
        return cases.find(user.centres().get(0), number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private void fill(CaseFile caseFile, EngineUser user, Locale locale, Model model) {
        List<CaseContents.Stage> stages = contents.stages(caseFile);
        List<CaseContents.OpenTask> tasks = contents.openTasks(caseFile);
        List<Counselling.Session> sessions = counselling.sessions(caseFile);
        List<Timeline.Entry> history = new ArrayList<>(cases.history(caseFile));
        Collections.reverse(history);
        model.addAttribute("file", caseFile);
        model.addAttribute("venture", contents.venture(caseFile));
        model.addAttribute("outcome", Outcomes.known(caseFile.outcome()));
        model.addAttribute("endNote", contents.note(caseFile).orElse(null));
        model.addAttribute("steps", steps(stages));
        model.addAttribute("diagrams", diagrams(caseFile, stages));
        model.addAttribute("tasks", tasks);
        model.addAttribute("ownProcesses", ownProcesses(user));
        model.addAttribute("appointment", counselling.appointmentAhead(caseFile).orElse(null));
        model.addAttribute("sessions", sessions);
        model.addAttribute(
                "contactMinutes",
                sessions.stream().mapToInt(Counselling.Session::contactMinutes).sum());
        model.addAttribute(
                "preparationMinutes",
                sessions.stream()
                        .mapToInt(Counselling.Session::preparationMinutes)
                        .sum());
        model.addAttribute("mails", contents.mails(caseFile));
        model.addAttribute("readsMails", has(user, Role.COORDINATOR));
        model.addAttribute("readsSensitive", SENSITIVE.stream().anyMatch(role -> has(user, role)));
        model.addAttribute("consents", consents.of(caseFile));
        model.addAttribute(
                "history",
                history.stream()
                        .map(entry -> new Happened(entry, timeline.of(entry, locale)))
                        .toList());
        model.addAttribute(
                "names",
                staff.names(Stream.of(
                                Stream.of(caseFile.counsellor()),
                                tasks.stream().map(CaseContents.OpenTask::assignee),
                                history.stream().map(Timeline.Entry::byUser))
                        .flatMap(Function.identity())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new))));
        model.addAttribute("now", clock.now());
    }

    private static List<Step> steps(List<CaseContents.Stage> stages) {
        Map<String, CaseContents.Stage> last =
                stages.stream().collect(Collectors.toMap(CaseContents.Stage::stage, Function.identity(), (a, b) -> b));
        return CaseSearch.STAGES.stream()
                .map(stage -> {
                    CaseContents.Stage entered = last.get(stage);
                    String state = entered == null ? "ahead" : entered.leftAt() == null ? "here" : "done";
                    return new Step(stage, state, entered);
                })
                .toList();
    }

    /** The journey's diagram and, where the case is in a stage, that of the stage. */
    private List<Diagram> diagrams(CaseFile caseFile, List<CaseContents.Stage> stages) {
        List<CaseProcess.Place> places = process.places(caseFile);
        String behind = stages.stream()
                .filter(stage -> stage.leftAt() != null)
                .map(stage -> CaseProcess.STEP_OF_STAGE.get(stage.stage()))
                .distinct()
                .collect(Collectors.joining(","));
        List<Diagram> diagrams = new ArrayList<>();
        diagrams.add(new Diagram(
                CaseProcess.JOURNEY,
                places.stream()
                        .filter(place -> CaseProcess.JOURNEY.equals(place.process()))
                        .flatMap(place -> place.steps().stream())
                        .collect(Collectors.joining(",")),
                behind));
        places.stream()
                .filter(place -> CaseSearch.STAGES.contains(place.process()))
                .map(place -> new Diagram(place.process(), String.join(",", place.steps()), ""))
                .forEach(diagrams::add);
        return diagrams;
    }

    /** The processes whose tasks the reader sees in Tasklist. */
    private static List<String> ownProcesses(EngineUser user) {
        return Stream.of(Role.values())
                .filter(role -> has(user, role))
                .flatMap(role -> role.processes().stream())
                .distinct()
                .toList();
    }

    private static boolean has(EngineUser user, Role role) {
        return user.groups().contains(role.groupId());
    }
}
