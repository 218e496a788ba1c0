package org.diadromi.privacy;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.diadromi.calendar.AppClock;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The command that checks the audit's chain: the database and nothing else is opened, beside a running application or without. */
public final class AuditCheck {

    private static final String OPTION = "diadromi.audit.check";
    private static final String SEEN = "diadromi.audit.seen";

    private AuditCheck() {}

    /** Whether the command line asks for it, with {@code --diadromi.audit.check}. */
    public static boolean isAskedFor(String... arguments) {
        return Arrays.stream(arguments).anyMatch(("--" + OPTION)::equals);
    }

    /**
     * Prints the verdict. A head that was noted earlier is given with {@code --diadromi.audit.seen=number:seal}.
     *
     * @return the exit code: 0 where the chain is whole, 1 where it is not
     */
    public static int run(PrintStream out, String... arguments) {
        List<String> seen = new DefaultApplicationArguments(arguments).getOptionValues(SEEN);
        List<AuditChain.Head> heads = seen == null
                ? List.of()
                : seen.stream().map(AuditChain.Head::valueOf).toList();
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Database.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments)) {
            AuditChain.Verdict verdict = context.getBean(AuditChain.class).check(heads);
            out.printf(
                    "%s: %d entries sealed, %d waiting, head %s%n",
                    verdict.isWhole() ? "The audit is whole" : "THE AUDIT HAS BEEN TAMPERED WITH",
                    verdict.entries(),
                    verdict.waiting(),
                    verdict.head());
            verdict.findings()
                    .forEach(finding ->
                            out.printf("%s: entry %d to %d%n", finding.kind(), finding.from(), finding.to()));
            return verdict.isWhole() ? 0 : 1;
        }
    }

    /** What the check needs. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    @Import({AuditChain.class, AppClock.class})
    static class Database {}
}
