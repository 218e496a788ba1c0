package org.diadromi.privacy;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.privacy.SensitiveData.Answer;
import org.diadromi.privacy.SensitiveData.Item;
import org.diadromi.privacy.SensitiveData.Kept;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Staff;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The sensitive data of a case's person, for the counsellor, the legal adviser and the coordinator of its centre. */
@Controller
@RequestMapping("/cases/{number}/sensitive")
class SensitivePage {

    private static final List<Channel> CHANNELS = List.of(Channel.CENTRE, Channel.PHONE);

    private final SensitiveData sensitive;
    private final CaseFiles cases;
    private final Consents consents;
    private final Texts texts;
    private final Staff staff;

    SensitivePage(SensitiveData sensitive, CaseFiles cases, Consents consents, Texts texts, Staff staff) {
        this.sensitive = sensitive;
        this.cases = cases;
        this.consents = consents;
        this.texts = texts;
        this.staff = staff;
    }

    @GetMapping
    ModelAndView show(@PathVariable String number, @AuthenticationPrincipal EngineUser user, Model model) {
        CaseFile caseFile = caseOf(number, user);
        Kept kept = sensitive.view(caseFile).orElse(null);
        return page(
                caseFile,
                kept == null ? new EnumMap<>(Item.class) : kept.answers(),
                kept == null ? 0 : kept.version(),
                kept,
                model);
    }

    /** Keeps the answers; {@code all=preferNot} is the button of whoever would rather say nothing. */
    @PostMapping
    ModelAndView keep(
            @PathVariable String number,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        CaseFile caseFile = caseOf(number, user);
        boolean nothing = form.containsKey("preferNot");
        Map<Item, Answer> answers = new EnumMap<>(Item.class);
        for (Item item : Item.values()) {
            answers.put(
                    item,
                    nothing ? Answer.PREFER_NOT : chosen(Answer.class, form.get(item.column()), Answer.NOT_ASKED));
        }
        Channel agreed = nothing || !form.containsKey("agreed")
                ? null
                : CHANNELS.contains(chosen(Channel.class, form.get("channel"), null))
                        ? Channel.valueOf(form.get("channel"))
                        : Channel.CENTRE;
        int version = form.getOrDefault("version", "").matches("\\d{1,9}") ? Integer.parseInt(form.get("version")) : 0;
        try {
            sensitive.keep(caseFile, answers, agreed, version, user.getUsername());
        } catch (RuleViolation violation) {
            model.addAttribute("trouble", texts.of(locale, violation));
            model.addAttribute("agreedNow", form.containsKey("agreed"));
            ModelAndView again = page(caseFile, answers, version, null, model);
            again.setStatus(HttpStatus.BAD_REQUEST);
            return again;
        }
        next.addFlashAttribute("notice", "sensitive.kept");
        return new ModelAndView("redirect:/cases/" + caseFile.number() + "/sensitive");
    }

    @PostMapping("/remove")
    String remove(@PathVariable String number, @AuthenticationPrincipal EngineUser user, RedirectAttributes next) {
        CaseFile caseFile = caseOf(number, user);
        sensitive.remove(caseFile, Channel.CENTRE, user.getUsername());
        next.addFlashAttribute("notice", "sensitive.removed");
        return "redirect:/cases/" + caseFile.number() + "/sensitive";
    }

    private ModelAndView page(CaseFile caseFile, Map<Item, Answer> answers, int version, Kept kept, Model model) {
        model.addAttribute("case", caseFile);
        model.addAttribute("open", caseFile.status() != CaseFile.Status.CLOSED);
        model.addAttribute(
                "vulnerable",
                Arrays.stream(Item.values()).filter(Item::vulnerable).toList());
        model.addAttribute(
                "special",
                Arrays.stream(Item.values()).filter(item -> !item.vulnerable()).toList());
        model.addAttribute("choices", Answer.values());
        model.addAttribute("answers", answers);
        model.addAttribute("version", version);
        model.addAttribute("kept", kept);
        model.addAttribute("keptBy", kept == null ? null : staff.name(kept.recordedBy()));
        model.addAttribute("agreed", sensitive.isAgreed(caseFile));
        model.addAttribute("channels", CHANNELS);
        model.addAttribute("wording", consents.text(Wording.SPECIAL_GROUPS, caseFile.language()));
        return new ModelAndView("privacy/sensitive", model.asMap());
    }

    /** A case of another centre does not exist here. */
    private CaseFile caseOf(String number, EngineUser user) {
        return user.centres().stream()
                .flatMap(centre -> cases.find(centre, number).stream())
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static <E extends Enum<E>> E chosen(Class<E> type, String name, E otherwise) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElse(otherwise);
    }
}
