package org.diadromi.supervision;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * {@code --diadromi.facts.check} holds the facts against the engine's history, tells each difference and ends: with exit code 0
 * where there was none. {@code --diadromi.facts.check=rebuild} also writes anew what differed.
 */
@Component
@ConditionalOnProperty("diadromi.facts.check")
class FactsCommand implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FactsCommand.class);

    private final FactsCheck check;
    private final ApplicationContext context;
    private final boolean rebuild;

    FactsCommand(FactsCheck check, ApplicationContext context, @Value("${diadromi.facts.check}") String mode) {
        this.check = check;
        this.context = context;
        this.rebuild = "rebuild".equals(mode);
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<FactsCheck.Difference> differences = rebuild ? check.rebuild() : check.differences();
        differences.forEach(difference -> LOG.warn(
                "{} {}: {} is {} in the facts and {} in the history",
                difference.caseNumber(),
                difference.object(),
                difference.field(),
                difference.fact(),
                difference.history()));
        LOG.info(
                "Facts and history: {} differences{}",
                differences.size(),
                rebuild && !differences.isEmpty() ? ", now written anew" : "");
        ExitCodeGenerator exit = () -> differences.isEmpty() || rebuild ? 0 : 1;
        System.exit(SpringApplication.exit(context, exit));
    }
}
