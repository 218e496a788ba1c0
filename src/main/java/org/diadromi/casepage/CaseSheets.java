package org.diadromi.casepage;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.Pdf;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.counselling.Appointment;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.Counselling.Plan;
import org.diadromi.counselling.Counselling.Session;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Staff;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.thymeleaf.context.Context;

/** What counsellor and person sign, as a PDF in Greek: the support plan, and the sheet of a session that was held. */
@Controller
@RequestMapping("/cases/{number}")
class CaseSheets {

    /** A fact of the sheet with its name. */
    record Line(String label, String value) {}

    /** A heading with what belongs under it. */
    record Part(String title, String text) {}

    /** Who signs, and as what. */
    record Signature(String role, String name) {}

    private final CaseView view;
    private final Counselling counselling;
    private final Centres centres;
    private final Staff staff;
    private final Audit audit;
    private final Pdf pdf;
    private final Texts texts;
    private final AppClock clock;

    CaseSheets(
            CaseView view,
            Counselling counselling,
            Centres centres,
            Staff staff,
            Audit audit,
            Pdf pdf,
            Texts texts,
            AppClock clock) {
        this.view = view;
        this.counselling = counselling;
        this.centres = centres;
        this.staff = staff;
        this.audit = audit;
        this.pdf = pdf;
        this.texts = texts;
        this.clock = clock;
    }

    /** The support plan that counts now; not found before there is one. */
    @GetMapping("/support-plan.pdf")
    ResponseEntity<byte[]> plan(@PathVariable String number, @AuthenticationPrincipal EngineUser user) {
        CaseFile caseFile = view.own(user, number);
        Plan plan = counselling.plan(caseFile).orElseThrow(CaseSheets::notFound);
        List<Line> lines = person(caseFile);
        add(lines, "sheet.counsellor", name(plan.madeBy()));
        add(lines, "sheet.madeOn", texts.date(plan.madeAt().toLocalDate()));
        add(lines, "sheet.planned", String.valueOf(plan.plannedSessions()));
        List<Part> parts = new ArrayList<>();
        part(parts, "sheet.needs", plan.needs());
        part(parts, "sheet.goals", plan.goals());
        part(parts, "sheet.areas", areas(plan));
        part(parts, "sheet.next", nextAppointment(caseFile));
        return sheet("plan", caseFile, plan.madeAt(), lines, parts, plan.madeBy());
    }

    /** The sheet of a session; not found where the person did not come, for then there is nothing to sign. */
    @GetMapping("/sessions/{session}.pdf")
    ResponseEntity<byte[]> session(
            @PathVariable String number, @PathVariable long session, @AuthenticationPrincipal EngineUser user) {
        CaseFile caseFile = view.own(user, number);
        Session held = counselling.sessions(caseFile).stream()
                .filter(one -> one.id() == session && one.outcome().equals(Counselling.ATTENDED))
                .findFirst()
                .orElseThrow(CaseSheets::notFound);
        List<Line> lines = person(caseFile);
        add(lines, "sheet.counsellor", name(held.recordedBy()));
        add(lines, "sheet.startsAt", texts.moment(held.startsAt(), Texts.GREEK));
        add(lines, "sheet.mode", where(held.mode(), held.place()));
        add(lines, "sheet.area", texts.option("area", held.area()));
        add(lines, "sheet.contact", texts.of("sheet.minutes", held.contactMinutes()));
        add(lines, "sheet.preparation", texts.of("sheet.minutes", held.preparationMinutes()));
        add(lines, "sheet.funding", texts.option("fundingLine", held.fundingLine()));
        List<Part> parts = new ArrayList<>();
        part(
                parts,
                "sheet.planGoals",
                counselling.plan(caseFile).map(Plan::goals).orElse(null));
        part(parts, "sheet.goalsReached", held.goalsReached());
        part(parts, "sheet.note", held.note());
        part(
                parts,
                "sheet.next",
                Stream.of(texts.option("nextStep", held.nextStep()), agreed(held))
                        .filter(text -> text != null && !text.isBlank())
                        .collect(Collectors.joining("\n")));
        return sheet("session", caseFile, held.startsAt(), lines, parts, held.recordedBy());
    }

    /** What was agreed and until when; null for neither. */
    private String agreed(Session held) {
        if (held.nextStepDue() == null) {
            return held.nextStepNote();
        }
        String day = texts.date(held.nextStepDue());
        return held.nextStepNote() == null
                ? texts.of("session.due", day)
                : texts.of("session.agreedUntil", held.nextStepNote(), day);
    }

    private ResponseEntity<byte[]> sheet(
            String kind,
            CaseFile caseFile,
            LocalDateTime about,
            List<Line> lines,
            List<Part> parts,
            String counsellor) {
        Centre centre = centres.get(caseFile.centreId());
        String title = texts.of("sheet." + kind);
        String day = texts.date(about.toLocalDate());
        Context page = new Context(Texts.GREEK);
        page.setVariable("title", title);
        page.setVariable("lead", texts.of("sheet.lead", caseFile.number(), day));
        page.setVariable("centre", Pdf.text(centre.name()));
        page.setVariable("particulars", particulars(centre));
        page.setVariable("lines", lines);
        page.setVariable("parts", parts);
        page.setVariable("sentence", texts.of("sheet." + kind + ".sentence"));
        page.setVariable(
                "signatures",
                List.of(
                        new Signature(texts.of("sheet.sign.centre"), name(counsellor)),
                        new Signature(role(caseFile), Pdf.text(caseFile.person()))));
        page.setVariable("foot", texts.of("sheet.foot", title, caseFile.number(), texts.date(clock.today())));
        byte[] bytes = pdf.of("cases/sheet", page);
        audit.record(
                Audit.Action.EXPORTED, caseFile.centreId(), caseFile.number(), texts.of("sheet.audited", title, day));
        return CaseActions.file(
                title + " " + caseFile.number() + " " + about.toLocalDate() + ".pdf", MediaType.APPLICATION_PDF, bytes);
    }

    /** What stands under the centre's name: how it signs its mails, where it is and how it is reached. */
    private static List<String> particulars(Centre centre) {
        String sender = centre.name().equals(centre.senderName()) ? null : centre.senderName();
        String reached = Stream.of(centre.phone(), centre.email())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
        return Stream.of(sender, centre.address(), reached, centre.signature(Texts.GREEK))
                .filter(text -> text != null && !text.isBlank())
                .map(Pdf::text)
                .toList();
    }

    private List<Line> person(CaseFile caseFile) {
        List<Line> lines = new ArrayList<>();
        add(lines, "sheet.person." + caseFile.salutation(), caseFile.person());
        if (caseFile.groupSize() > 1) {
            add(lines, "case.people", texts.of("case.people.count", caseFile.groupSize()));
        }
        add(lines, "case.municipality", caseFile.municipality());
        return lines;
    }

    private String role(CaseFile caseFile) {
        return texts.of(caseFile.groupSize() > 1 ? "sheet.sign.group" : "sheet.sign." + caseFile.salutation());
    }

    private String areas(Plan plan) {
        return plan.areas().stream()
                .filter(area -> !area.isBlank())
                .map(area -> texts.option("area", area))
                .collect(Collectors.joining(", "));
    }

    private String nextAppointment(CaseFile caseFile) {
        return counselling.appointmentAhead(caseFile).map(this::line).orElseGet(() -> texts.of("sheet.next.none"));
    }

    private String line(Appointment appointment) {
        return texts.of(
                "sheet.next.appointment",
                texts.moment(appointment.startsAt(), Texts.GREEK),
                appointment.minutes(),
                where(appointment.mode(), appointment.place()),
                texts.option("area", appointment.area()));
    }

    private String where(String mode, String place) {
        return place == null ? texts.option("mode", mode) : texts.option("mode", mode) + ", " + place;
    }

    private String name(String userId) {
        return userId == null ? "" : Pdf.text(staff.names(List.of(userId)).get(userId));
    }

    private void add(List<Line> lines, String label, String value) {
        if (value != null && !value.isBlank()) {
            lines.add(new Line(texts.of(label), Pdf.text(value)));
        }
    }

    private void part(List<Part> parts, String title, String text) {
        if (text != null && !text.isBlank()) {
            parts.add(new Part(texts.of(title), Pdf.text(text)));
        }
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
