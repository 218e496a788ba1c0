package org.diadromi.casepage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.diadromi.calendar.AppClock;
import org.diadromi.supervision.Outcomes;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Staff;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The cases of the centre in which a member of staff works now. */
@Controller
class CasesPage {

    private static final int LAST_PAGE = 100_000;

    private final CaseSearch search;
    private final CaseDoubles doubles;
    private final Staff staff;
    private final AppClock clock;

    CasesPage(CaseSearch search, CaseDoubles doubles, Staff staff, AppClock clock) {
        this.search = search;
        this.doubles = doubles;
        this.staff = staff;
        this.clock = clock;
    }

    /** The list; only what was found, where the page asks again while somebody types. */
    @GetMapping("/cases")
    String list(
            @AuthenticationPrincipal EngineUser user,
            CaseSearch.Wanted wanted,
            @RequestParam(defaultValue = "0") int page,
            @RequestHeader(name = "HX-Request", required = false) String byScript,
            Model model) {
        // Whoever gets here has a role in one centre: see SecurityConfiguration.
        String centre = user.centres().get(0);
        int shown = Math.min(Math.max(page, 0), LAST_PAGE);
        List<CaseSearch.Found> found = search.page(centre, wanted, user.getUsername(), shown);
        List<CaseSearch.Found> cases = found.subList(0, Math.min(found.size(), CaseSearch.PAGE));
        List<String> counsellors = byScript == null ? search.counsellors(centre) : List.of();
        Map<String, String> names = staff.names(
                new TreeSet<>(Stream.concat(counsellors.stream(), cases.stream().map(CaseSearch.Found::counsellor))
                        .filter(Objects::nonNull)
                        .toList()));
        model.addAttribute("cases", cases);
        model.addAttribute(
                "outcomes", cases.stream().map(c -> Outcomes.known(c.outcome())).toList());
        model.addAttribute("wanted", wanted);
        model.addAttribute("stages", CaseSearch.STAGES);
        model.addAttribute("counsellors", counsellors);
        model.addAttribute("names", names);
        model.addAttribute("newer", shown > 0 ? wanted.query(shown - 1) : null);
        model.addAttribute("older", found.size() > CaseSearch.PAGE ? wanted.query(shown + 1) : null);
        model.addAttribute("doubles", byScript == null ? doubles.waiting(centre) : 0);
        model.addAttribute("mayImport", CaseView.mayChange(user));
        model.addAttribute("now", clock.now());
        return byScript == null ? "cases/list" : "cases/list :: found";
    }
}
