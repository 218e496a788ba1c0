package org.diadromi.privacy;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The command that encrypts all sensitive data anew with the first of the keys, so that the others can be thrown away. It opens the
 * database and nothing else, beside a running application or without; interrupted, it is simply run again.
 */
public final class KeyRotation {

    private static final String OPTION = "--diadromi.data.rotate";
    private static final int PAGE = 200;

    private final JdbcClient jdbc;
    private final DataKeys keys;

    KeyRotation(JdbcClient jdbc, DataKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Whether the command line asks for it, with {@code --diadromi.data.rotate}. */
    public static boolean isAskedFor(String... arguments) {
        return Arrays.asList(arguments).contains(OPTION);
    }

    /** Encrypts anew, prints how many cases that were, and gives the exit code 0. */
    public static int run(PrintStream out, String... arguments) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Database.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments)) {
            KeyRotation rotation = context.getBean(KeyRotation.class);
            rotation.rotateSecondFactors();
            out.printf(
                    "The sensitive data of %d cases are now encrypted with the key %s; no other key is in use%n",
                    rotation.rotate(), rotation.keys.current());
            return 0;
        }
    }

    /** What is changed by somebody meanwhile is encrypted anew in the next round, if it still has to be. */
    int rotate() {
        int all = 0;
        List<Row> page;
        do {
            page = jdbc.sql("select * from sensitive_data where key_id <> ? order by case_id fetch first " + PAGE
                            + " rows only")
                    .param(keys.current())
                    .query((row, i) -> {
                        List<String> sealed = new ArrayList<>();
                        for (String column : SensitiveData.columns()) {
                            sealed.add(row.getString(column));
                        }
                        return new Row(row.getLong("case_id"), row.getString("key_id"), row.getInt("version"), sealed);
                    })
                    .list();
            all += page.stream().mapToInt(this::anew).sum();
        } while (!page.isEmpty());
        return all;
    }

    /** The same for the secrets of the second step of logins. */
    int rotateSecondFactors() {
        Secrets secrets = new Secrets(keys);
        return jdbc
                .sql("select user_id, key_id, secret from second_factor where key_id <> ? order by user_id")
                .param(keys.current())
                .query((row, i) -> List.of(row.getString("user_id"), row.getString("key_id"), row.getString("secret")))
                .list()
                .stream()
                .mapToInt(row -> {
                    String place = "second_factor/" + row.get(0);
                    Secrets.Sealed anew =
                            secrets.seal(secrets.open(new Secrets.Sealed(row.get(1), row.get(2)), place), place);
                    return jdbc.sql("update second_factor set key_id = ?, secret = ? where user_id = ? and secret = ?")
                            .params(anew.keyId(), anew.text(), row.get(0), row.get(2))
                            .update();
                })
                .sum();
    }

    private record Row(long caseId, String keyId, int version, List<String> sealed) {}

    private int anew(Row row) {
        List<Object> values = new ArrayList<>();
        List<String> columns = SensitiveData.columns();
        for (int i = 0; i < columns.size(); i++) {
            String place = SensitiveData.place(row.caseId(), columns.get(i));
            values.add(keys.seal(keys.open(row.keyId(), row.sealed().get(i), place), place));
        }
        values.addAll(List.of(keys.current(), row.caseId(), row.keyId(), row.version()));
        return jdbc.sql("update sensitive_data set "
                        + columns.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
                        + ", key_id = ? where case_id = ? and key_id = ? and version = ?")
                .params(values)
                .update();
    }

    /** What the rotation needs. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class
    })
    @Import({DataKeys.class, KeyRotation.class})
    static class Database {}
}
