package org.diadromi.privacy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Staff;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who saw, changed and exported what, for the coordinator of the centre whose data it is; an administrator sees all. */
@Controller
class AuditPage {

    private final AuditLog log;
    private final AuditChain chain;
    private final Centres centres;
    private final Staff staff;

    AuditPage(AuditLog log, AuditChain chain, Centres centres, Staff staff) {
        this.log = log;
        this.chain = chain;
        this.centres = centres;
        this.staff = staff;
    }

    @GetMapping("/audit")
    String list(
            @RequestParam(required = false, name = "case") String subject,
            @RequestParam(required = false, name = "who") String byUser,
            @RequestParam(required = false) Audit.Action action,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate to,
            @RequestParam(defaultValue = "0") int page,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model) {
        Collection<String> visible = visible(user);
        int shown = Math.min(Math.max(page, 0), 1_000_000);
        AuditLog.Wanted wanted =
                new AuditLog.Wanted(asKept(subject), byUser, action == null ? null : action.name(), from, to);
        List<AuditLog.Entry> entries = log.page(visible, wanted, shown);
        model.addAttribute("entries", entries.subList(0, Math.min(entries.size(), AuditLog.PAGE)));
        Set<String> people = new TreeSet<>(log.staff(visible));
        model.addAttribute("people", List.copyOf(people));
        entries.stream().map(AuditLog.Entry::byUser).filter(Objects::nonNull).forEach(people::add);
        model.addAttribute("names", staff.names(people));
        model.addAttribute("wanted", wanted);
        model.addAttribute("actions", Audit.Action.values());
        model.addAttribute("newer", shown > 0 ? shown - 1 : null);
        model.addAttribute("older", entries.size() > AuditLog.PAGE ? shown + 1 : null);
        model.addAttribute("verdict", chain.lastVerdict().orElse(null));
        model.addAttribute("mayCheck", user.isAdmin());
        model.addAttribute(
                "centreNames",
                centres.all().stream().collect(Collectors.toMap(Centre::id, centre -> centre.name(locale))));
        return "audit/list";
    }

    @PostMapping("/audit/check")
    String check(RedirectAttributes next) {
        chain.sealNew();
        chain.checkAndKeep();
        next.addFlashAttribute("checked", true);
        return "redirect:/audit";
    }

    /** A case's number is kept in capitals, however it was typed. */
    private static String asKept(String subject) {
        return subject != null && subject.strip().matches("\\p{Alpha}{3}-\\d{4}-\\d{5}")
                ? subject.strip().toUpperCase(Locale.ROOT)
                : subject;
    }

    private static Collection<String> visible(EngineUser user) {
        return user.isAdmin() ? null : user.centres();
    }
}
