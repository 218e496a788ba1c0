package org.diadromi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.context.DynamicPropertyRegistry;

/** The two databases that tests run on: H2 in memory, and one PostgreSQL server for the whole run. */
public final class TestDatabase {

    private static final AtomicInteger MADE = new AtomicInteger();

    private static EmbeddedPostgres server;

    private TestDatabase() {}

    /** A fresh H2 database of that name. */
    public static void h2(DynamicPropertyRegistry registry, String name) {
        String url = h2At("mem:" + name + MADE.incrementAndGet()) + ";DB_CLOSE_DELAY=-1";
        registry.add("spring.datasource.url", () -> url);
    }

    /** The address of an H2 database in a file, as the application would have it by itself but for the place. */
    public static String h2File(String path) {
        return h2At("file:" + path);
    }

    private static String h2At(String place) {
        YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
        settings.setResources(new ClassPathResource("application.yaml"));
        return settings.getObject().getProperty("spring.datasource.url").replaceFirst("file:[^;]*", place);
    }

    /** A fresh PostgreSQL database of that name. */
    public static void postgres(DynamicPropertyRegistry registry, String name) {
        String url = create(name);
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", () -> "postgres");
        registry.add("spring.datasource.password", () -> "postgres");
        registry.add("spring.datasource.hikari.minimum-idle", () -> "1");
        // The server may be gone before the application when the run ends: nothing then waits for it.
        registry.add("spring.datasource.hikari.connection-timeout", () -> "2000");
    }

    /** The address of a fresh PostgreSQL database of that name, for user and password postgres. */
    public static String postgres(String name) {
        return create(name);
    }

    private static synchronized String create(String name) {
        try {
            if (server == null) {
                // Every application of the run stays there with its connections.
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "600")
                        .start();
            }
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop database if exists " + name);
                statement.execute("create database " + name);
            }
            return server.getJdbcUrl("postgres", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
