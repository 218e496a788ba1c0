package org.diadromi.privacy;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.workflow.EngineUser;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people of the centre have asked of their data, for its coordinator. */
@Controller
@RequestMapping("/requests")
class RequestsPage {

    private static final List<String> KINDS = List.of("access", "correction", "erasure");
    private static final List<String> CHANNELS = List.of("inPerson", "phone", "mail", "post");

    /** The form as it was sent. */
    record Form(String number, String kind, LocalDate receivedOn, String channel, String details) {}

    private final DataRequests requests;
    private final RequestStart process;
    private final CaseFiles cases;
    private final CaseCopy copy;
    private final Audit audit;
    private final Texts texts;
    private final AppClock clock;
    private final TransactionTemplate transaction;

    RequestsPage(
            DataRequests requests,
            RequestStart process,
            CaseFiles cases,
            CaseCopy copy,
            Audit audit,
            Texts texts,
            AppClock clock,
            PlatformTransactionManager transactions) {
        this.requests = requests;
        this.process = process;
        this.cases = cases;
        this.copy = copy;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping
    ModelAndView list(
            @RequestParam(name = "case", required = false) String number,
            @AuthenticationPrincipal EngineUser user,
            Model model) {
        return page(new Form(number, null, clock.today(), "inPerson", null), user, model);
    }

    @PostMapping
    ModelAndView register(
            @RequestParam(defaultValue = "") String number,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate receivedOn,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String details,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Form form = new Form(number.strip(), kind, receivedOn, channel, details.strip());
        if (number.isBlank() || kind == null || !KINDS.contains(kind) || receivedOn == null) {
            return again(form, texts.of(locale, "requests.missing"), user, model);
        }
        try {
            transaction.executeWithoutResult(status -> register(form, user));
        } catch (RuleViolation violation) {
            return again(form, texts.of(locale, violation), user, model);
        }
        next.addFlashAttribute("notice", "requests.registered");
        return new ModelAndView("redirect:/requests");
    }

    /** All that is held of a person whose request for it is open and who has been identified: pdf or json. */
    @GetMapping("/{id}/copy.{format}")
    ResponseEntity<byte[]> copy(
            @PathVariable long id, @PathVariable String format, @AuthenticationPrincipal EngineUser user) {
        DataRequest request = requests.find(id, user.centres())
                .filter(asked -> asked.kind().equals("access") && !asked.erased())
                .filter(asked -> List.of("pdf", "json").contains(format))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (request.identifiedHow() == null || "refuse".equals(request.decision())) {
            throw new RuleViolation(Problem.REQUEST_NOT_IDENTIFIED);
        }
        CaseFile caseFile = cases.get(request.centreId(), request.caseNumber());
        byte[] file = format.equals("pdf") ? copy.pdf(caseFile) : copy.json(caseFile);
        audit.record(
                Audit.Action.EXPORTED,
                caseFile.centreId(),
                caseFile.number(),
                texts.of("copy.audited", format.toUpperCase(Locale.ROOT)));
        return CaseCopy.download(caseFile.number(), format, file);
    }

    private void register(Form form, EngineUser user) {
        CaseFile caseFile = user.centres().stream()
                .flatMap(centre -> cases.find(centre, form.number()).stream())
                .findFirst()
                .orElseThrow(() -> new RuleViolation(Problem.CASE_UNKNOWN, form.number()));
        String details = form.details().isEmpty()
                ? null
                : form.details().substring(0, Math.min(form.details().length(), 2000));
        long id = requests.receive(
                caseFile,
                form.kind(),
                form.receivedOn(),
                CHANNELS.contains(form.channel()) ? form.channel() : CHANNELS.get(0),
                details,
                user.getUsername());
        process.start(caseFile.centreId(), caseFile.number(), id, form.kind());
        audit.record(
                Audit.Action.CHANGED, caseFile.centreId(), caseFile.number(), texts.of("requests.kind." + form.kind()));
    }

    private ModelAndView again(Form form, String trouble, EngineUser user, Model model) {
        model.addAttribute("trouble", trouble);
        ModelAndView page = page(form, user, model);
        page.setStatus(HttpStatus.BAD_REQUEST);
        return page;
    }

    private ModelAndView page(Form form, EngineUser user, Model model) {
        model.addAttribute("requests", requests.of(user.centres()));
        model.addAttribute("form", form);
        model.addAttribute("kinds", KINDS);
        model.addAttribute("channels", CHANNELS);
        model.addAttribute("today", clock.today());
        return new ModelAndView("privacy/requests", model.asMap());
    }
}
