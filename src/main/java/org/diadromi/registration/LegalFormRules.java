package org.diadromi.registration;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.stereotype.Component;

/** What the law asks of the founding members of each legal form (laws 4430/2016 and 2716/1999, Civil Code). */
@Component
class LegalFormRules {

    private final LegalConstants constants;

    LegalFormRules(LegalConstants constants) {
        this.constants = constants;
    }

    /** A {@link RuleViolation} names the first rule of that day that keeps the team from taking the form. */
    void check(LegalForm form, Team team, LocalDate on) {
        int minimum = minimumMembers(form, on);
        if (team.members() < minimum) {
            throw new RuleViolation(Problem.MEMBERS_BELOW_MINIMUM, label(form), minimum, team.members());
        }
        switch (form) {
            case KOINSEP -> checkCooperative(form, team, on);
            case KOINSEP_INTEGRATION -> {
                checkCooperative(form, team, on);
                checkIntegration(form, team, on);
            }
            case WORKER_COOP -> {
                if (team.legalPersons() > 0 || team.localAuthority()) {
                    throw new RuleViolation(Problem.LEGAL_PERSONS_NOT_ALLOWED, label(form));
                }
            }
            case KOISPE -> checkCategories(form, team, on);
            case URBAN_COOP, AMKE, ASSOCIATION -> {
                // The law asks for nothing but the number of members.
            }
        }
    }

    int minimumMembers(LegalForm form, LocalDate on) {
        return constants.value(form.minimumKey(), on).intValueExact();
    }

    private void checkCooperative(LegalForm form, Team team, LocalDate on) {
        if (team.localAuthority()) {
            throw new RuleViolation(Problem.LOCAL_AUTHORITY_NOT_ALLOWED, label(form));
        }
        BigDecimal most = constants.value("koinsep.max-legal-person-percent", on);
        if (team.percent(team.legalPersons()).compareTo(most) > 0) {
            throw new RuleViolation(
                    Problem.LEGAL_PERSONS_TOO_MANY, label(form), team.legalPersons(), team.members(), most);
        }
    }

    private void checkIntegration(LegalForm form, Team team, LocalDate on) {
        BigDecimal vulnerable = constants.value("koinsep-integration.min-vulnerable-percent", on);
        BigDecimal special = constants.value("koinsep-integration.min-special-percent", on);
        if (team.percent(team.vulnerable()).compareTo(vulnerable) < 0
                && team.percent(team.special()).compareTo(special) < 0) {
            throw new RuleViolation(
                    Problem.GROUP_SHARE_TOO_SMALL, label(form), text("groupShare.integration", vulnerable, special));
        }
    }

    private void checkCategories(LegalForm form, Team team, LocalDate on) {
        BigDecimal psychosocial = constants.value("koispe.min-psychosocial-percent", on);
        if (team.percent(team.psychosocial()).compareTo(psychosocial) < 0) {
            throw new RuleViolation(
                    Problem.GROUP_SHARE_TOO_SMALL, label(form), text("groupShare.psychosocial", psychosocial));
        }
        BigDecimal professionals = constants.value("koispe.max-professionals-percent", on);
        if (team.percent(team.professionals()).compareTo(professionals) > 0) {
            throw new RuleViolation(
                    Problem.GROUP_SHARE_TOO_LARGE, label(form), text("groupShare.professionals", professionals));
        }
        BigDecimal others = constants.value("koispe.max-others-percent", on);
        if (team.percent(team.others()).compareTo(others) > 0) {
            throw new RuleViolation(Problem.GROUP_SHARE_TOO_LARGE, label(form), text("groupShare.others", others));
        }
    }

    private static MessageSourceResolvable label(LegalForm form) {
        return text("legalForm." + form.code());
    }

    /** Resolved only where the sentence is read, in the reader's language. */
    private static MessageSourceResolvable text(String key, Object... arguments) {
        return new DefaultMessageSourceResolvable(new String[] {key}, arguments);
    }
}
