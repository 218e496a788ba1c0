package org.diadromi.followup;

import java.math.BigDecimal;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;

/**
 * How a venture says it is doing. Null is what it did not say or was not asked; only a venture that is active or dormant
 * is asked for numbers.
 *
 * @param status active, dormant, closed or noContact
 * @param closedReason why it closed; null unless it did
 * @param jobsFull full-time jobs
 * @param jobsPart part-time jobs
 * @param jobsWomen those of both kinds that women hold
 * @param jobsTarget those of both kinds that people of vulnerable or special groups hold
 * @param turnover euros since the previous follow-up, as are payroll and funding
 * @param publicShare the percentage of the turnover that comes from public bodies
 * @param nonMemberStaff staff who are not members
 * @param needsHelp whether it asks the centre for help
 * @param publishConsent whether the centre may publish what it said
 */
public record Survey(
        String status,
        String closedReason,
        Integer members,
        Integer jobsFull,
        Integer jobsPart,
        Integer jobsWomen,
        Integer jobsTarget,
        BigDecimal turnover,
        BigDecimal publicShare,
        BigDecimal payroll,
        Integer nonMemberStaff,
        BigDecimal fundingReceived,
        Integer peopleServed,
        String partners,
        Boolean needsHelp,
        String needs,
        Boolean publishConsent) {

    /** All jobs, full- and part-time; null where it was not asked. */
    public Integer jobs() {
        return jobsFull == null || jobsPart == null ? null : Integer.valueOf(jobsFull + jobsPart);
    }

    /** A {@link RuleViolation} when women or target groups hold more jobs than there are. */
    void check() {
        Integer jobs = jobs();
        if (jobs != null && (exceeds(jobsWomen, jobs) || exceeds(jobsTarget, jobs))) {
            throw new RuleViolation(Problem.JOBS_INCONSISTENT, jobs);
        }
    }

    private static boolean exceeds(Integer part, int all) {
        return part != null && part > all;
    }
}
