package org.diadromi.privacy;

import java.util.Collection;
import org.diadromi.workflow.EngineUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What the coming night lets go of: a coordinator sees what is of the own centre, an administrator all. */
@Controller
class RetentionPage {

    private final Retention retention;

    RetentionPage(Retention retention) {
        this.retention = retention;
    }

    @GetMapping("/retention")
    String show(@AuthenticationPrincipal EngineUser user, Model model) {
        Collection<String> visible = user.isAdmin() ? null : user.centres();
        model.addAttribute("due", retention.due(visible));
        model.addAttribute("numbers", retention.numbers(visible));
        return "privacy/retention";
    }
}
