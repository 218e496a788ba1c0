package org.diadromi.supervision;

import java.util.List;
import java.util.Set;

/** How a case can end, and what each end means for the work of a centre. */
public final class Outcomes {

    /** The person has another case: this one is nobody's, neither a success nor a failure, and no person is counted for it. */
    public static final String DUPLICATE = "duplicate";

    /** The case went to another centre, where it goes on. */
    static final String TRANSFERRED = "transferred";

    private static final List<String> KNOWN = List.of(
            "followedUp",
            "suitability.business",
            "suitability.employmentService",
            "suitability.training",
            "suitability.socialSupport",
            "suitability.notNow",
            "counselling.referral",
            "counselling.stop",
            "training.dropped",
            "registry.rejected",
            "registry.deleted",
            "withdrawn",
            "closedByCentre",
            DUPLICATE,
            TRANSFERRED);

    /** Pointing somebody to a better path is a success of the centre. */
    private static final Set<String> REFERRED = Set.of(
            "suitability.business",
            "suitability.employmentService",
            "suitability.training",
            "suitability.socialSupport",
            "counselling.referral");

    private Outcomes() {}

    /** The outcome as the message files name it; {@code other} where there is none. */
    public static String known(String outcome) {
        return outcome != null && KNOWN.contains(outcome) ? outcome : "other";
    }

    /** The outcomes by which somebody was pointed to a better path. */
    static Set<String> referrals() {
        return REFERRED;
    }

    /** venture, referral, duplicate, transferred or other. */
    static String kind(String outcome) {
        if (DUPLICATE.equals(outcome) || TRANSFERRED.equals(outcome)) {
            return outcome;
        }
        if ("followedUp".equals(outcome)) {
            return "venture";
        }
        return REFERRED.contains(outcome) ? "referral" : "other";
    }
}
