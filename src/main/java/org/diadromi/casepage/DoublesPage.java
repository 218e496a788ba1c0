package org.diadromi.casepage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Doubles.Kind;
import org.diadromi.counselling.Counselling;
import org.diadromi.document.Documents;
import org.diadromi.privacy.Audit;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
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

/**
 * A case beside those that may be of the same person: «Άλλο πρόσωπο» or «Το ίδιο πρόσωπο». For reception, counsellors and coordinators, as
 * every other end of a case.
 */
@Controller
@RequestMapping("/cases/{number}/doubles")
class DoublesPage {

    private static final String VIEW = "cases/doubles";

    /**
     * One of two cases, as far as it helps to tell whether they are one person's.
     *
     * @param team who is of its team besides and has agreed, with commas; null where nobody is
     * @param goesOn whether work on it would end with a merger
     * @param appointment whether an appointment of it would be lost
     */
    record Side(
            CaseFile file,
            String team,
            String stage,
            int sessions,
            int notes,
            int documents,
            boolean appointment,
            boolean goesOn) {}

    /** Two cases side by side. */
    record Pair(Side other, Set<Kind> by, boolean keepOther) {

        /** Whether it is a member of a team who is in both: those are two people's cases. */
        public boolean isOfTeam() {
            return by.contains(Kind.MEMBER);
        }
    }

    private final CaseView view;
    private final CaseFiles cases;
    private final CaseDoubles doubles;
    private final CaseContents contents;
    private final CaseNotes notes;
    private final TeamMembers team;
    private final Documents documents;
    private final Counselling counselling;
    private final Staff staff;
    private final Audit audit;
    private final Texts texts;

    DoublesPage(
            CaseView view,
            CaseFiles cases,
            CaseDoubles doubles,
            CaseContents contents,
            CaseNotes notes,
            TeamMembers team,
            Documents documents,
            Counselling counselling,
            Staff staff,
            Audit audit,
            Texts texts) {
        this.view = view;
        this.cases = cases;
        this.doubles = doubles;
        this.contents = contents;
        this.notes = notes;
        this.team = team;
        this.documents = documents;
        this.counselling = counselling;
        this.staff = staff;
        this.audit = audit;
        this.texts = texts;
    }

    /** The case and its possible doubles; {@code ?other=} is one that somebody has thought of by themselves. */
    @GetMapping
    ModelAndView show(
            @PathVariable String number,
            @RequestParam(required = false) String other,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model) {
        CaseFile caseFile = own(user, number);
        if (other == null || other.isBlank()) {
            return page(caseFile, null, null, user, HttpStatus.OK, model);
        }
        try {
            return page(caseFile, thoughtOf(caseFile, other), null, user, HttpStatus.OK, model);
        } catch (RuleViolation violation) {
            model.addAttribute("typed", other);
            return page(caseFile, null, texts.of(locale, violation), user, HttpStatus.BAD_REQUEST, model);
        }
    }

    @PostMapping("/different")
    ModelAndView different(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String other,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        CaseFile caseFile = own(user, number);
        try {
            doubles.areTwo(
                    caseFile, thoughtOf(caseFile, other), texts.of("doubles.audit.different"), user.getUsername());
        } catch (RuleViolation violation) {
            return page(caseFile, null, texts.of(locale, violation), user, HttpStatus.BAD_REQUEST, model);
        }
        next.addFlashAttribute("notice", "doubles.different.done");
        return new ModelAndView(
                "redirect:/cases/" + number + (doubles.of(caseFile).isEmpty() ? "" : "/doubles"));
    }

    @PostMapping("/same")
    ModelAndView same(
            @PathVariable String number,
            @RequestParam(defaultValue = "") String other,
            @RequestParam(defaultValue = "") String keep,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        CaseFile caseFile = own(user, number);
        CaseFile kept;
        try {
            CaseFile second = thoughtOf(caseFile, other);
            if (!keep.equals(caseFile.number()) && !keep.equals(second.number())) {
                throw new RuleViolation(Problem.FIELD_MISSING, texts.of(locale, "doubles.keep"));
            }
            kept = keep.equals(caseFile.number()) ? caseFile : second;
            doubles.merge(
                    kept, kept == caseFile ? second : caseFile, texts.of("doubles.audit.same"), user.getUsername());
        } catch (RuleViolation violation) {
            return page(own(user, number), null, texts.of(locale, violation), user, HttpStatus.BAD_REQUEST, model);
        }
        next.addFlashAttribute("notice", "doubles.same.done");
        return new ModelAndView("redirect:/cases/" + kept.number());
    }

    private CaseFile own(EngineUser user, String number) {
        if (!CaseView.mayChange(user)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        return view.own(user, number);
    }

    private CaseFile thoughtOf(CaseFile caseFile, String typed) {
        CaseFile other = cases.get(caseFile.centreId(), typed.strip().toUpperCase(Locale.ROOT));
        if (other.id().equals(caseFile.id())) {
            throw new RuleViolation(Problem.SAME_CASE, other.number());
        }
        return other;
    }

    private ModelAndView page(
            CaseFile caseFile, CaseFile thoughtOf, String trouble, EngineUser user, HttpStatus status, Model model) {
        List<CaseDoubles.Possible> possible = new ArrayList<>(doubles.of(caseFile));
        if (thoughtOf != null
                && possible.stream().noneMatch(one -> one.other().id().equals(thoughtOf.id()))) {
            possible.add(0, new CaseDoubles.Possible(thoughtOf, Set.of()));
        }
        String detail = texts.of("doubles.audit.viewed");
        audit.record(Audit.Action.VIEWED, caseFile.centreId(), caseFile.number(), detail);
        possible.forEach(one -> audit.record(
                Audit.Action.VIEWED, caseFile.centreId(), one.other().number(), detail));
        model.addAttribute("trouble", trouble);
        model.addAttribute("file", caseFile);
        model.addAttribute("mine", side(caseFile));
        model.addAttribute("goesOnIn", cases.goesOnIn(caseFile).orElse(null));
        model.addAttribute(
                "pairs",
                possible.stream()
                        .map(one -> new Pair(side(one.other()), one.by(), keepOther(caseFile, one.other())))
                        .toList());
        model.addAttribute(
                "names",
                staff.names(Stream.concat(Stream.of(caseFile), possible.stream().map(CaseDoubles.Possible::other))
                        .map(CaseFile::counsellor)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(TreeSet::new))));
        return new ModelAndView(VIEW, model.asMap(), status);
    }

    /** What goes on stays; of two that do, or do not, the older. */
    private static boolean keepOther(CaseFile caseFile, CaseFile other) {
        boolean ended = caseFile.status() == CaseFile.Status.CLOSED;
        boolean otherEnded = other.status() == CaseFile.Status.CLOSED;
        return ended == otherEnded ? other.id() < caseFile.id() : ended;
    }

    private Side side(CaseFile caseFile) {
        boolean closed = caseFile.status() == CaseFile.Status.CLOSED;
        return new Side(
                caseFile,
                team.of(caseFile).stream()
                        .filter(member -> member.agreedAt() != null)
                        .map(TeamMember::person)
                        .reduce((one, next) -> one + ", " + next)
                        .orElse(null),
                contents.stages(caseFile).stream()
                        .filter(stage -> stage.leftAt() == null)
                        .map(CaseContents.Stage::stage)
                        .findFirst()
                        .orElse(null),
                counselling.sessions(caseFile).size(),
                notes.of(caseFile).size(),
                documents.of(caseFile).size(),
                !closed && counselling.appointmentAhead(caseFile).isPresent(),
                !closed);
    }
}
