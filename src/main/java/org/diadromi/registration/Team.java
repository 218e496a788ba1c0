package org.diadromi.registration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;

/**
 * Who founds the venture, in numbers only: who belongs to which group is never written down.
 *
 * @param purpose the main purpose (social, integration, work, psychosocial, members, nonprofit, association)
 * @param members all founding members
 * @param legalPersons how many of them are legal persons
 * @param localAuthority whether a body of local government is among them
 * @param vulnerable natural persons of vulnerable groups; 0 where not asked
 * @param special natural persons of special groups; 0 where not asked; one person may be in both kinds of group
 * @param psychosocial members of category A of a Κοι.Σ.Π.Ε.; 0 where not asked
 * @param professionals members of category B of a Κοι.Σ.Π.Ε.; 0 where not asked
 */
public record Team(
        String ventureName,
        String purpose,
        int members,
        int legalPersons,
        boolean localAuthority,
        int vulnerable,
        int special,
        int psychosocial,
        int professionals) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A {@link RuleViolation} when a part, or parts that exclude each other, are more than the whole. */
    void check() {
        // Groups and the categories A and B are of natural persons; a person may be both vulnerable and special.
        int largest = Math.max(Math.max(vulnerable, special), psychosocial + professionals);
        if (legalPersons + largest > members) {
            throw new RuleViolation(Problem.PARTS_EXCEED_MEMBERS, members);
        }
    }

    /** What is neither category A nor B of a Κοι.Σ.Π.Ε. */
    int others() {
        return members - psychosocial - professionals;
    }

    /**
     * A part of the members in percent with two decimals, rounded as the decision on the legal form rounds it: 3 of 9
     * are 33.33, which is how the table writes one third.
     */
    public BigDecimal percent(int part) {
        return BigDecimal.valueOf(part)
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(members), 2, RoundingMode.HALF_EVEN);
    }
}
