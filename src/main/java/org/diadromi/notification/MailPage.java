package org.diadromi.notification;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.workflow.EngineUser;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What the centre has sent and what could not be sent. A coordinator sees the mails of their own centres, an administrator all;
 * a mail of another centre is not found.
 */
@Controller
@RequestMapping("/mail")
class MailPage {

    /** The mail as its reader sees it is a page of its own that may do nothing but look. */
    private static final String HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

    private final Outbox outbox;
    private final MailWriter writer;
    private final Centres centres;

    MailPage(Outbox outbox, MailWriter writer, Centres centres) {
        this.outbox = outbox;
        this.writer = writer;
        this.centres = centres;
    }

    @GetMapping
    String list(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(required = false) Long before,
            Locale locale,
            Model model) {
        List<Outbox.Entry> failed = before == null ? outbox.failed(visible(user)) : List.of();
        List<Outbox.Entry> latest = outbox.latest(visible(user), before);
        Map<String, String> names =
                centres.all().stream().collect(Collectors.toMap(Centre::id, centre -> centre.name(locale)));
        model.addAttribute(
                "mails", Stream.concat(failed.stream(), latest.stream()).toList());
        model.addAttribute("failed", failed.size());
        model.addAttribute(
                "older",
                latest.size() < Outbox.PAGE
                        ? null
                        : latest.get(latest.size() - 1).id());
        model.addAttribute("newest", before == null);
        model.addAttribute("centreNames", names);
        return "mail/list";
    }

    @GetMapping("/{id}")
    String show(@PathVariable long id, @AuthenticationPrincipal EngineUser user, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("mail", content(id, user));
        return "mail/show";
    }

    @GetMapping("/{id}/html")
    ResponseEntity<String> html(@PathVariable long id, @AuthenticationPrincipal EngineUser user) {
        Outbox.Content mail = content(id, user);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", HTML_POLICY)
                .body(writer.page(mail.writingCentreId(), mail.language(), mail.subject(), mail.bodyText()));
    }

    @PostMapping("/{id}/retry")
    String retry(@PathVariable long id, @AuthenticationPrincipal EngineUser user, RedirectAttributes next) {
        content(id, user);
        next.addFlashAttribute("notice", outbox.retry(id, visible(user)) ? "mails.retried" : "mails.notFailed");
        return "redirect:/mail";
    }

    private Outbox.Content content(long id, EngineUser user) {
        return outbox.content(id, visible(user)).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static Collection<String> visible(EngineUser user) {
        return user.isAdmin() ? null : user.centres();
    }
}
