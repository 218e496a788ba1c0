package org.diadromi.casepage;

import java.util.Locale;
import java.util.Optional;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.Audit;
import org.diadromi.transfer.Transfers;
import org.diadromi.workflow.EngineUser;
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
@RequestMapping("/cases")
class CasePage {

    private final CaseView view;
    private final CaseContents contents;
    private final CaseProcess process;
    private final Transfers transfers;
    private final Audit audit;
    private final Texts texts;

    CasePage(CaseView view, CaseContents contents, CaseProcess process, Transfers transfers, Audit audit, Texts texts) {
        this.view = view;
        this.contents = contents;
        this.process = process;
        this.transfers = transfers;
        this.audit = audit;
        this.texts = texts;
    }

    /** A number that the case had at another centre, from where it came, leads on. */
    @GetMapping("/{number}")
    String show(@PathVariable String number, @AuthenticationPrincipal EngineUser user, Locale locale, Model model) {
        Optional<String> now = transfers.numberNow(user.centres().get(0), number);
        if (now.isPresent()) {
            return "redirect:/cases/" + now.get();
        }
        look(number, "case.audit.viewed", user, locale, model);
        return "cases/case";
    }

    /** The case of an open task in short, for a tab beside the task in Tasklist. */
    @GetMapping("/beside/{task}")
    String beside(
            @PathVariable("task") String taskId, @AuthenticationPrincipal EngineUser user, Locale locale, Model model) {
        String number = contents.caseOfTask(user.centres().get(0), taskId)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        look(number, "case.audit.brief", user, locale, model);
        return "cases/brief";
    }

    private void look(String number, String as, EngineUser user, Locale locale, Model model) {
        CaseFile caseFile = view.own(user, number);
        audit.record(Audit.Action.VIEWED, caseFile.centreId(), caseFile.number(), texts.of(as));
        view.fill(caseFile, user, locale, model);
    }

    /** The diagram of the journey or of one of its stages, as the case runs by it. */
    @GetMapping("/{number}/diagram/{process}")
    ResponseEntity<byte[]> diagram(
            @PathVariable String number,
            @PathVariable("process") String key,
            @AuthenticationPrincipal EngineUser user) {
        CaseFile caseFile = view.own(user, number);
        if (!CaseProcess.JOURNEY.equals(key) && !CaseSearch.STAGES.contains(key)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_XML)
                .body(process.diagram(caseFile, key)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }
}
