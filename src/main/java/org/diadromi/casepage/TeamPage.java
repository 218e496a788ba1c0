package org.diadromi.casepage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.privacy.Audit;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
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

/**
 * The team of a case: who is of it, what they agreed to, who comes and who leaves. For whoever may change a case: reception, counsellors and
 * coordinators.
 */
@Controller
@RequestMapping("/cases/{number}/team")
class TeamPage {

    private static final String VIEW = "cases/team";

    /** The answer to «how did they agree?» of whoever has yet to be asked. */
    static final String ASK = "ASK";

    private static final List<String> LANGUAGES = List.of("el", "en");

    /** A member with what they agreed to. */
    record Line(TeamMember member, List<Consents.Given> consents) {}

    /** What was typed, with the part of the page where it was. */
    private record Request(CaseFile caseFile, EngineUser user, Map<String, String> form, String where, Locale locale) {}

    private interface Action {
        String run();
    }

    private final CaseView view;
    private final TeamMembers team;
    private final Consents consents;
    private final Staff staff;
    private final Audit audit;
    private final Texts texts;
    private final AppClock clock;

    TeamPage(
            CaseView view, TeamMembers team, Consents consents, Staff staff, Audit audit, Texts texts, AppClock clock) {
        this.view = view;
        this.team = team;
        this.consents = consents;
        this.staff = staff;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView show(@PathVariable String number, @AuthenticationPrincipal EngineUser user, Model model) {
        CaseFile caseFile = own(user, number);
        audit.record(Audit.Action.VIEWED, caseFile.centreId(), caseFile.number(), texts.of("team.title"));
        return page(caseFile, user, model, HttpStatus.OK);
    }

    @PostMapping
    ModelAndView add(
            @PathVariable String number,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(own(user, number), user, form, "add", locale);
        return done(request, model, next, () -> {
            TeamMembers.Details details = details(request);
            boolean ask = ASK.equals(form.get("how"));
            Channel agreed = ask ? null : agreed(request);
            team.add(request.caseFile(), details, agreed, user.getUsername());
            return ask ? "team.done.asked" : "team.done.added";
        });
    }

    @PostMapping("/{member}/change")
    ModelAndView change(
            @PathVariable String number,
            @PathVariable long member,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(own(user, number), user, form, "change-" + member, locale);
        TeamMember found = member(request, member);
        return done(request, model, next, () -> {
            team.change(request.caseFile(), found, details(request));
            return "team.done.changed";
        });
    }

    /** Asks once more by mail. */
    @PostMapping("/{member}/ask")
    ModelAndView ask(
            @PathVariable String number,
            @PathVariable long member,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(own(user, number), user, Map.of(), "ask-" + member, locale);
        TeamMember found = member(request, member);
        return done(request, model, next, () -> {
            team.askAgain(request.caseFile(), found);
            return "team.done.asked";
        });
    }

    /** They have told staff that they agree. */
    @PostMapping("/{member}/agreed")
    ModelAndView agreed(
            @PathVariable String number,
            @PathVariable long member,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(own(user, number), user, form, "agreed-" + member, locale);
        TeamMember found = member(request, member);
        return done(request, model, next, () -> {
            team.agreed(request.caseFile(), found, agreed(request), user.getUsername());
            return "team.done.agreed";
        });
    }

    @PostMapping("/{member}/left")
    ModelAndView left(
            @PathVariable String number,
            @PathVariable long member,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(own(user, number), user, form, "left-" + member, locale);
        TeamMember found = member(request, member);
        return done(request, model, next, () -> {
            team.left(request.caseFile(), found, typed(request).day("on", "team.left.on"), user.getUsername());
            return "team.done.left";
        });
    }

    /** Erases all that is theirs, because they ask for it or were entered by mistake. */
    @PostMapping("/{member}/erase")
    ModelAndView erase(
            @PathVariable String number,
            @PathVariable long member,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Request request = new Request(own(user, number), user, Map.of(), "erase-" + member, locale);
        TeamMember found = member(request, member);
        return done(request, model, next, () -> {
            team.erase(request.caseFile(), found, user.getUsername());
            return "team.done.erased";
        });
    }

    private CaseFile own(EngineUser user, String number) {
        if (!CaseView.mayChange(user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return view.own(user, number);
    }

    private TeamMember member(Request request, long id) {
        return team.find(request.caseFile(), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    // What is typed ------------------------------------------------------------------------------------------

    private TeamMembers.Details details(Request request) {
        TypedForm typed = typed(request);
        return new TeamMembers.Details(
                typed.required("firstName", "team.firstName", 100),
                typed.required("lastName", "team.lastName", 100),
                Salutation.valueOf(typed.chosen(
                        "salutation",
                        "team.salutation",
                        Arrays.stream(Salutation.values()).map(Enum::name).toList())),
                typed.optional("phone", "team.phone", 40),
                typed.optional("email", "team.email", 200),
                typed.chosen("language", "team.language", LANGUAGES));
    }

    private Channel agreed(Request request) {
        return Channel.valueOf(typed(request).chosen("how", "team.how", CaseActions.AGREED));
    }

    private TypedForm typed(Request request) {
        return new TypedForm(request.form(), request.locale(), texts);
    }

    // What comes of it ---------------------------------------------------------------------------------------

    private ModelAndView done(Request request, Model model, RedirectAttributes next, Action action) {
        try {
            next.addFlashAttribute("notice", action.run());
        } catch (RuleViolation violation) {
            model.addAttribute("trouble", texts.of(request.locale(), violation));
            model.addAttribute("where", request.where());
            model.addAttribute("form", request.form());
            return page(
                    own(request.user(), request.caseFile().number()), request.user(), model, HttpStatus.BAD_REQUEST);
        }
        return new ModelAndView("redirect:/cases/" + request.caseFile().number() + "/team");
    }

    private ModelAndView page(CaseFile caseFile, EngineUser user, Model model, HttpStatus status) {
        List<Line> lines = team.of(caseFile).stream()
                .map(member -> new Line(member, consents.ofMember(member.id())))
                .toList();
        model.addAttribute("file", caseFile);
        model.addAttribute("open", caseFile.status() != Status.CLOSED);
        model.addAttribute("lines", lines);
        model.addAttribute("salutations", Salutation.values());
        model.addAttribute("languages", LANGUAGES);
        model.addAttribute("agreedHow", CaseActions.AGREED);
        model.addAttribute("wording", consents.text(Wording.TEAM_MEMBER_TOLD, Texts.GREEK));
        model.addAttribute("makesCopies", user.groups().contains(Role.COORDINATOR.groupId()));
        model.addAttribute("today", clock.today());
        model.addAttribute(
                "names",
                staff.names(lines.stream()
                        .flatMap(line -> line.consents().stream())
                        .map(Consents.Given::recordedBy)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new))));
        return new ModelAndView(VIEW, model.asMap(), status);
    }
}
