package org.diadromi.casepage;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseChanges;
import org.diadromi.casefile.CaseFile;
import org.diadromi.consent.Channel;
import org.diadromi.document.Documents;
import org.diadromi.document.Documents.Document;
import org.diadromi.privacy.Audit;
import org.diadromi.transfer.Transfers;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.springframework.http.CacheControl;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What staff do on the page of a case. What is refused leads back to the page with what was typed and why; whoever has not the role
 * for it may not.
 */
@Controller
@RequestMapping("/cases/{number}")
class CaseActions {

    /** As the form start_caseChange_request has them. */
    static final List<String> REASONS =
            List.of("job", "moved", "health", "noInterest", "otherSupport", "noContact", "duplicate", "other");

    /** The ways in which a person may have said that they agree to a transfer. */
    static final List<String> AGREED = List.of(Channel.CENTRE.name(), Channel.PHONE.name());

    private static final int LONGEST_REMARK = 500;
    private static final int LONGEST_TRANSFER_NOTE = 1000;

    /** A file is looked at by nobody but who has it: it may do nothing in the browser. */
    private static final String FILE_POLICY = "default-src 'none'; sandbox";

    private final CaseView view;
    private final CaseNotes notes;
    private final CaseCounsellor counsellor;
    private final CaseChanges changes;
    private final Transfers transfers;
    private final Documents documents;
    private final Audit audit;
    private final Texts texts;

    CaseActions(
            CaseView view,
            CaseNotes notes,
            CaseCounsellor counsellor,
            CaseChanges changes,
            Transfers transfers,
            Documents documents,
            Audit audit,
            Texts texts) {
        this.view = view;
        this.notes = notes;
        this.counsellor = counsellor;
        this.changes = changes;
        this.transfers = transfers;
        this.documents = documents;
        this.audit = audit;
        this.texts = texts;
    }

    /** What an action needs to know of the request. */
    private record Request(CaseFile caseFile, EngineUser user, Map<String, String> form, Locale locale) {}

    @PostMapping("/note")
    ModelAndView note(
            @PathVariable String number,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, form, locale);
        return done(request, "note", model, next, () -> {
            notes.add(
                    request.caseFile(),
                    typed(request).required("text", "case.note.text", CaseNotes.LONGEST),
                    texts.of("case.note.add"),
                    user.getUsername());
            return "case.note.added";
        });
    }

    @PostMapping("/counsellor")
    ModelAndView counsellor(
            @PathVariable String number,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, form, locale);
        mayOnly(CaseView.mayReassign(user));
        return done(request, "counsellor", model, next, () -> {
            counsellor.change(
                    request.caseFile(),
                    typed(request).required("counsellor", "cases.counsellor", 64),
                    texts.of("case.reassign"),
                    user.getUsername());
            return "case.reassigned";
        });
    }

    /** A counsellor takes the case over. */
    @PostMapping("/take-over")
    ModelAndView takeOver(
            @PathVariable String number,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, Map.of(), locale);
        mayOnly(CaseView.isCounsellor(user));
        return done(request, "counsellor", model, next, () -> {
            counsellor.takeOver(request.caseFile(), user.getUsername(), texts.of("case.takeOver.audited"));
            return "case.takenOver";
        });
    }

    /** Pause, go on, withdraw or close. */
    @PostMapping("/change")
    ModelAndView change(
            @PathVariable String number,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, form, locale);
        mayOnly(CaseView.mayChange(user));
        String change = form.getOrDefault("change", "");
        return done(request, "pause".equals(change) || "resume".equals(change) ? change : "end", model, next, () -> {
            CaseFile caseFile = request.caseFile();
            String by = user.getUsername();
            switch (change) {
                case "pause" -> changes.pause(caseFile, until(request), reason(request), remark(request), by);
                case "resume" -> changes.resume(caseFile, by);
                case "withdrawal" -> changes.withdraw(caseFile, reason(request), remark(request), by);
                case "closing" -> changes.close(caseFile, reason(request), remark(request), by);
                default -> throw new RuleViolation(Problem.FIELD_MISSING, texts.of(locale, "case.end.what"));
            }
            audit.record(
                    Audit.Action.CHANGED, caseFile.centreId(), caseFile.number(), texts.of("case.change." + change));
            return "case.changed." + change;
        });
    }

    /** Offers the case to another centre. */
    @PostMapping("/transfer")
    ModelAndView transfer(
            @PathVariable String number,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, form, locale);
        mayOnly(CaseView.mayReassign(user));
        return done(request, "transfer", model, next, () -> {
            TypedForm typed = typed(request);
            String to = typed.required("centre", "transfer.to", 32);
            String reason = typed.chosen("reason", "transfer.reason", Transfers.REASONS);
            String note = typed.optional("note", "transfer.note", LONGEST_TRANSFER_NOTE);
            if (typed.text("agreed") == null) {
                throw new RuleViolation(Problem.TRANSFER_NOT_AGREED);
            }
            Channel how = Channel.valueOf(typed.chosen("how", "transfer.how", AGREED));
            transfers.offer(request.caseFile(), to, reason, note, how, user.getUsername());
            return "transfer.offered";
        });
    }

    /** Takes an offer back that nobody has answered. */
    @PostMapping("/transfer/take-back")
    ModelAndView takeTransferBack(
            @PathVariable String number,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, Map.of(), locale);
        mayOnly(CaseView.mayReassign(user));
        return done(request, "transfer", model, next, () -> {
            transfers.takeBack(request.caseFile(), user.getUsername());
            return "transfer.takenBack";
        });
    }

    @PostMapping("/documents")
    ModelAndView upload(
            @PathVariable String number,
            @RequestParam(required = false) MultipartFile file,
            @RequestParam(defaultValue = "") String session,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, Map.of("session", session), locale);
        return done(request, "document", model, next, () -> {
            if (file == null || file.isEmpty()) {
                throw new RuleViolation(Problem.DOCUMENT_EMPTY);
            }
            if (file.getSize() > Documents.MOST_BYTES) {
                throw new RuleViolation(Problem.DOCUMENT_TOO_LARGE, Documents.MOST_BYTES / 1024 / 1024);
            }
            documents.keep(
                    request.caseFile(),
                    file.getOriginalFilename(),
                    file.getBytes(),
                    session(request),
                    user.getUsername());
            return "case.document.kept";
        });
    }

    @GetMapping("/documents/{document}")
    ResponseEntity<byte[]> download(
            @PathVariable String number, @PathVariable long document, @AuthenticationPrincipal EngineUser user) {
        CaseFile caseFile = view.own(user, number);
        Document found = document(caseFile, document);
        return file(found.name(), MediaType.parseMediaType(found.mediaType()), documents.read(caseFile, found));
    }

    /** A file to be saved under that name. */
    static ResponseEntity<byte[]> file(String name, MediaType type, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(type)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", FILE_POLICY)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, java.nio.charset.StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(bytes);
    }

    /** Whoever brought a file by mistake may take it away, and the coordinator may. */
    @PostMapping("/documents/{document}/remove")
    ModelAndView remove(
            @PathVariable String number,
            @PathVariable long document,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(view.own(user, number), user, Map.of(), locale);
        Document found = document(request.caseFile(), document);
        mayOnly(user.getUsername().equals(found.uploadedBy()) || user.groups().contains(Role.COORDINATOR.groupId()));
        return done(request, "document", model, next, () -> {
            documents.remove(request.caseFile(), found);
            return "case.document.removed";
        });
    }

    private Document document(CaseFile caseFile, long id) {
        return documents.find(caseFile, id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    // What is typed ------------------------------------------------------------------------------------------

    private TypedForm typed(Request request) {
        return new TypedForm(request.form(), request.locale(), texts);
    }

    private LocalDate until(Request request) {
        return typed(request).day("until", "case.pause.until");
    }

    /** The session that a file belongs to; null for none. */
    private Long session(Request request) {
        String session = typed(request).text("session");
        try {
            return session == null ? null : Long.valueOf(session);
        } catch (NumberFormatException e) {
            throw new RuleViolation(Problem.SESSION_UNKNOWN);
        }
    }

    private String reason(Request request) {
        return typed(request).chosen("reason", "case.change.reason", REASONS);
    }

    private String remark(Request request) {
        return typed(request).optional("note", "case.change.note", LONGEST_REMARK);
    }

    // What comes of it ---------------------------------------------------------------------------------------

    private interface Action {
        String run() throws IOException;
    }

    private ModelAndView done(Request request, String where, Model model, RedirectAttributes next, Action action) {
        try {
            next.addFlashAttribute("notice", action.run());
        } catch (RuleViolation violation) {
            // As it is now, which may be another state than the one that the form was for.
            CaseFile now = view.own(request.user(), request.caseFile().number());
            view.fill(now, request.user(), request.locale(), model);
            model.addAttribute("trouble", texts.of(request.locale(), violation));
            model.addAttribute("where", where);
            model.addAttribute("form", request.form());
            return new ModelAndView("cases/case", model.asMap(), HttpStatus.BAD_REQUEST);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new ModelAndView("redirect:/cases/" + request.caseFile().number());
    }

    private static void mayOnly(boolean may) {
        if (!may) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
