package org.diadromi.privacy;

import java.util.List;
import java.util.Locale;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.diadromi.workflow.EngineUser;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Hands the coordinator what is held of one member of a case's team, who asks for it (GDPR Art. 15). */
@Controller
class MemberCopyPage {

    private final CaseFiles cases;
    private final TeamMembers team;
    private final CaseCopy copy;
    private final Audit audit;
    private final Texts texts;

    MemberCopyPage(CaseFiles cases, TeamMembers team, CaseCopy copy, Audit audit, Texts texts) {
        this.cases = cases;
        this.team = team;
        this.copy = copy;
        this.audit = audit;
        this.texts = texts;
    }

    /** The copy as pdf or json. */
    @GetMapping("/cases/{number}/team/{member}/copy.{format}")
    ResponseEntity<byte[]> copy(
            @PathVariable String number,
            @PathVariable long member,
            @PathVariable String format,
            @AuthenticationPrincipal EngineUser user) {
        CaseFile caseFile = cases.find(user.centres().get(0), number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        TeamMember found =
                team.find(caseFile, member).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (!List.of("pdf", "json").contains(format)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        byte[] file = format.equals("pdf") ? copy.pdf(caseFile, found) : copy.json(caseFile, found);
        audit.record(
                Audit.Action.EXPORTED,
                caseFile.centreId(),
                caseFile.number(),
                texts.of("copy.audited.member", format.toUpperCase(Locale.ROOT)));
        return CaseCopy.download("%s-%d".formatted(caseFile.number(), member), format, file);
    }
}
