package org.diadromi.workflow;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.diadromi.centre.Centres;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Where somebody with roles in several centres says in which of them they work now. */
@Controller
@RequestMapping("/centre")
class WorkplacePage {

    private final Centres centres;

    WorkplacePage(Centres centres) {
        this.centres = centres;
    }

    @GetMapping
    String choose(@AuthenticationPrincipal EngineUser user, Model model) {
        model.addAttribute(
                "workplaces",
                centres.all().stream()
                        .filter(centre -> user.workplaces().contains(centre.id()))
                        .toList());
        model.addAttribute("active", user.centre());
        return "centre/choose";
    }

    @PostMapping
    String change(
            @RequestParam String centre,
            @AuthenticationPrincipal EngineUser user,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!user.workplaces().contains(centre)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        CurrentAccount.enter(user.in(centre), request, response);
        return "redirect:/";
    }
}
