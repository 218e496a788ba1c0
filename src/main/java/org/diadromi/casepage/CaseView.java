package org.diadromi.casepage;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.casefile.TimelineTexts;
import org.diadromi.centre.Centres;
import org.diadromi.consent.Consents;
import org.diadromi.counselling.Counselling;
import org.diadromi.document.Documents;
import org.diadromi.document.Documents.Document;
import org.diadromi.followup.FollowUp;
import org.diadromi.followup.FollowUpService;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.supervision.FundingHours;
import org.diadromi.supervision.Outcomes;
import org.diadromi.team.TeamMembers;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** Gathers what a page shows of a case, as far as its reader may see and do it. */
@Component
class CaseView {

    /** Who may open the page of sensitive data: see SecurityConfiguration. */
    private static final List<Role> SENSITIVE = List.of(Role.COUNSELLOR, Role.LEGAL, Role.COORDINATOR);

    private static final String RECORD_SESSION = "task_counselling_recordSession";

    /** A stage of the journey as the page shows it: done, here or ahead. */
    record Step(String stage, String state, CaseContents.Stage last) {}

    /** A line of the timeline; from is the number of the case of the same person that went into this one, or null. */
    record Happened(Timeline.Entry entry, String text, String from) {

        /** Whether the person did it on their own page: staff sign what they do, and the process does neither. */
        public boolean byPerson() {
            return entry.byUser() == null
                    && (entry.kind() == Timeline.Kind.FOLLOWED_UP || entry.kind() == Timeline.Kind.PLAN_HANDED_IN);
        }
    }

    /** A file, with the number of the case that has it. */
    record Kept(Document document, String number) {}

    /** When the support plan of a case was made. */
    record Planned(String number, LocalDateTime madeAt) {}

    private record Past(Timeline.Entry entry, String from) {}

    /** A diagram, the steps where the case is, and those it has behind it; both with commas. */
    record Diagram(String process, String here, String done) {}

    private final CaseFiles cases;
    private final CaseContents contents;
    private final CaseProcess process;
    private final CaseCounsellor counsellor;
    private final CaseDoubles doubles;
    private final CaseNotes notes;
    private final Documents documents;
    private final Counselling counselling;
    private final Referrals referrals;
    private final FollowUpService followUps;
    private final Consents consents;
    private final TeamMembers team;
    private final Transfers transfers;
    private final FundingHours funding;
    private final Centres centres;
    private final TimelineTexts timeline;
    private final Staff staff;
    private final AppClock clock;

    CaseView(
            CaseFiles cases,
            CaseContents contents,
            CaseProcess process,
            CaseCounsellor counsellor,
            CaseDoubles doubles,
            CaseNotes notes,
            Documents documents,
            Counselling counselling,
            Referrals referrals,
            FollowUpService followUps,
            Consents consents,
            TeamMembers team,
            Transfers transfers,
            FundingHours funding,
            Centres centres,
            TimelineTexts timeline,
            Staff staff,
            AppClock clock) {
        this.cases = cases;
        this.contents = contents;
        this.process = process;
        this.counsellor = counsellor;
        this.doubles = doubles;
        this.notes = notes;
        this.documents = documents;
        this.counselling = counselling;
        this.referrals = referrals;
        this.followUps = followUps;
        this.consents = consents;
        this.team = team;
        this.transfers = transfers;
        this.funding = funding;
        this.centres = centres;
        this.timeline = timeline;
        this.staff = staff;
        this.clock = clock;
    }

    /** The case of that number in the centre where the reader works now; there are no others for them. */
    CaseFile own(EngineUser user, String number) {
        return cases.find(user.centres().get(0), number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Gives the page all that it shows. */
    void fill(CaseFile caseFile, EngineUser user, Locale locale, Model model) {
        List<CaseContents.Stage> stages = contents.stages(caseFile);
        List<CaseContents.OpenTask> tasks = contents.openTasks(caseFile);
        List<CaseFile> merged = cases.mergedInto(caseFile);
        // What the cases of the same person hold that went into this one is read as if it were its own.
        List<CaseFile> all = Stream.concat(Stream.of(caseFile), merged.stream()).toList();
        List<Counselling.Session> sessions = all.stream()
                .flatMap(each -> counselling.sessions(each).stream())
                .sorted(Comparator.comparing(Counselling.Session::startsAt))
                .toList();
        List<Kept> files = all.stream()
                .flatMap(each -> documents.of(each).stream().map(file -> new Kept(file, each.number())))
                .toList();
        List<CaseNotes.Note> written = all.stream()
                .flatMap(each -> notes.of(each).stream())
                .sorted(Comparator.comparing(CaseNotes.Note::writtenAt).reversed())
                .toList();
        List<Past> history = new ArrayList<>(all.stream()
                .flatMap(each -> cases.history(each).stream()
                        .map(entry -> new Past(entry, each == caseFile ? null : each.number())))
                .sorted(Comparator.comparing(past -> past.entry().at()))
                .toList());
        Collections.reverse(history);
        model.addAttribute("file", caseFile);
        model.addAttribute("merged", merged);
        model.addAttribute("goesOnIn", cases.goesOnIn(caseFile).orElse(null));
        model.addAttribute("doubles", doubles.of(caseFile));
        model.addAttribute("venture", contents.venture(caseFile));
        model.addAttribute("outcome", Outcomes.known(caseFile.outcome()));
        model.addAttribute("endNote", contents.note(caseFile).orElse(null));
        model.addAttribute("steps", steps(stages));
        model.addAttribute("diagrams", diagrams(caseFile, stages));
        model.addAttribute("tasks", tasks);
        model.addAttribute(
                "awaited",
                tasks.isEmpty()
                        ? referrals.awaited(caseFile).map(Referral::structure).orElse(null)
                        : null);
        model.addAttribute("ownProcesses", ownProcesses(user));
        model.addAttribute("appointment", counselling.appointmentAhead(caseFile).orElse(null));
        model.addAttribute(
                "plans",
                all.stream()
                        .flatMap(each ->
                                counselling.plan(each).stream().map(plan -> new Planned(each.number(), plan.madeAt())))
                        .toList());
        model.addAttribute("sessions", sessions);
        model.addAttribute(
                "held",
                sessions.stream()
                        .filter(session -> session.caseNumber().equals(caseFile.number())
                                && session.outcome().equals(Counselling.ATTENDED))
                        .sorted(Comparator.comparing(Counselling.Session::startsAt)
                                .reversed())
                        .toList());
        model.addAttribute(
                "sessionDays",
                sessions.stream().collect(Collectors.toMap(Counselling.Session::id, Counselling.Session::startsAt)));
        model.addAttribute(
                "contactMinutes",
                sessions.stream().mapToInt(Counselling.Session::contactMinutes).sum());
        model.addAttribute(
                "preparationMinutes",
                sessions.stream()
                        .mapToInt(Counselling.Session::preparationMinutes)
                        .sum());
        // Whoever records a session says where its hours count; what is used up is said before.
        model.addAttribute(
                "usedUp",
                mayReassign(user) && tasks.stream().anyMatch(task -> RECORD_SESSION.equals(task.taskKey()))
                        ? funding.usedUp(caseFile.centreId())
                        : List.of());
        List<FollowUp> visits =
                all.stream().flatMap(each -> followUps.of(each).stream()).toList();
        model.addAttribute("followUps", visits);
        model.addAttribute("notes", written);
        model.addAttribute("documents", files);
        model.addAttribute(
                "mails",
                all.stream()
                        .flatMap(each -> contents.mails(each).stream())
                        .sorted(Comparator.comparing(CaseContents.Mail::id).reversed())
                        .toList());
        model.addAttribute("readsMails", has(user, Role.COORDINATOR));
        model.addAttribute("readsSensitive", SENSITIVE.stream().anyMatch(role -> has(user, role)));
        model.addAttribute("consents", consents.of(caseFile));
        model.addAttribute("team", team.of(caseFile));
        List<String> counsellors = mayReassign(user) ? counsellor.of(caseFile.centreId()) : List.of();
        Map<String, String> names = staff.names(Stream.of(
                        Stream.of(caseFile.counsellor()),
                        counsellors.stream(),
                        tasks.stream().map(CaseContents.OpenTask::assignee),
                        files.stream().map(file -> file.document().uploadedBy()),
                        visits.stream().map(FollowUp::recordedBy),
                        written.stream().map(CaseNotes.Note::writtenBy),
                        history.stream().map(past -> past.entry().byUser()),
                        history.stream()
                                .map(Past::entry)
                                .filter(entry -> entry.kind() == Timeline.Kind.COUNSELLOR_CHANGED)
                                .map(Timeline.Entry::detail))
                .flatMap(Function.identity())
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)));
        centres.all().forEach(centre -> names.put(centre.id(), centre.name(locale)));
        model.addAttribute("names", names);
        model.addAttribute(
                "history",
                history.stream()
                        .map(past -> new Happened(past.entry(), timeline.of(past.entry(), names, locale), past.from()))
                        .toList());
        model.addAttribute("counsellors", counsellors);
        model.addAttribute("openCases", mayReassign(user) ? counsellor.openCases(caseFile.centreId()) : Map.of());
        model.addAttribute("mayReassign", mayReassign(user));
        model.addAttribute(
                "mayTakeOver", isCounsellor(user) && !user.getUsername().equals(caseFile.counsellor()));
        model.addAttribute("mayChange", mayChange(user));
        Transfer offered = transfers.open(caseFile).orElse(null);
        model.addAttribute("offered", offered);
        if (offered != null) {
            model.addAttribute("answerBy", transfers.answerBy(offered));
        }
        model.addAttribute("submitted", transfers.isSubmitted(caseFile));
        model.addAttribute("receivers", mayReassign(user) ? transfers.receivers(caseFile) : List.of());
        model.addAttribute("transferReasons", Transfers.REASONS);
        model.addAttribute("agreedHow", CaseActions.AGREED);
        model.addAttribute("mayRemove", has(user, Role.COORDINATOR));
        model.addAttribute("reader", user.getUsername());
        model.addAttribute("reasons", CaseActions.REASONS);
        model.addAttribute("now", clock.now());
        model.addAttribute("tomorrow", clock.today().plusDays(1));
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

    /** Whether they may give the case to another counsellor. */
    static boolean mayReassign(EngineUser user) {
        return has(user, Role.COORDINATOR) || has(user, Role.COUNSELLOR);
    }

    /** Whether they may take the case over. */
    static boolean isCounsellor(EngineUser user) {
        return has(user, Role.COUNSELLOR);
    }

    /** Whether they may let the case pause, go on or end: the same as in Tasklist. */
    static boolean mayChange(EngineUser user) {
        return ownProcesses(user).contains("case-change");
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
