package org.diadromi.registration.process;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.diadromi.registration.LegalConstants;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/**
 * The legal constants as the decision {@code legal-constants} has them. It is asked inside the engine's own work, where
 * no right of the member of staff to the decision is needed.
 */
@Component
class LegalConstantsTable implements LegalConstants {

    private static final String DECISION = "legal-constants";

    /** Some 25 keys for each of the days that are asked for most: today and those of open registrations. */
    private static final int KEPT = 512;

    private record Question(String key, LocalDate on) {}

    private final DecisionService decisions;

    /** The engine looks its latest table up in the database each time. A new table comes with a new start. */
    private final ConcurrentLruCache<Question, BigDecimal> known = new ConcurrentLruCache<>(KEPT, this::look);

    LegalConstantsTable(@Lazy DecisionService decisions) {
        this.decisions = decisions;
    }

    @Override
    public BigDecimal value(String key, LocalDate on) {
        return known.get(new Question(key, on));
    }

    private BigDecimal look(Question question) {
        DmnDecisionRuleResult row = decisions
                .evaluateDecisionTableByKey(DECISION)
                .decisionDefinitionWithoutTenantId()
                .variables(Map.of("key", question.key(), "onDate", question.on().toString()))
                .evaluate()
                .getSingleResult();
        if (row == null) {
            throw new IllegalStateException(
                    "The decision " + DECISION + " has no " + question.key() + " for " + question.on());
        }
        BigDecimal value = new BigDecimal(row.getEntry("value").toString()).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }
}
