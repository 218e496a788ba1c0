package org.diadromi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diadromi.DiadromiApplication;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.Test;

/**
 * How long the application takes to start, in turn with a bare Camunda starter, each in a process of its own with
 * the same heap and a database file of its own. Writes {@code target/bench/start.md}.
 */
class StartBench {

    private static final Path REPORT = Path.of("target/bench/start.md");
    private static final int PAIRS = Integer.getInteger("bench.starts", 5);

    /** What the application adds to the starter and its libraries, and what would set itself up by being there. */
    private static final Pattern NOT_BARE = Pattern.compile(
            "target/classes$|/(spring-boot-actuator|spring-security|spring-data|flyway|thymeleaf|angus-mail|jakarta.mail)[^/]*[.]jar$");

    private final List<String> told = new ArrayList<>();

    /** Who starts, and what it says once it stands. */
    private record Candidate(
            String name, String classPath, Class<?> main, String path, String database, List<String> more) {}

    private record Start(double seconds, double processor, OptionalLong megabytes) {}

    @Test
    void starts_beside_a_bare_starter() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(REPORT.getParent());
        String run = String.valueOf(System.nanoTime());
        Candidate ours = new Candidate(
                "ours",
                ChildProcess.classPathWithout(entry -> entry.endsWith("target/test-classes")),
                DiadromiApplication.class,
                "/actuator/health",
                folder.resolve("start-ours-" + run).toAbsolutePath().toString(),
                List.of("--diadromi.mail.directory=target/bench/outbox"));
        Candidate bare = new Candidate(
                "bare",
                ChildProcess.classPathWithout(entry -> NOT_BARE.matcher(entry).find()),
                BareStarter.class,
                "/",
                folder.resolve("start-bare-" + run).toAbsolutePath().toString(),
                List.of("--spring.config.name=bare", "--camunda.bpm.auto-deployment-enabled=false"));

        told.add("# How long the application takes to start");
        told.add("");
        told.add(String.format(
                Locale.ROOT,
                "Each in a process of its own with %s, on H2 in a file, from unpacked classes without class-data sharing, until the port answers. "
                        + "The first start of each makes its database and does not count. The machine's load was %.1f on %d processors.",
                String.join(" ", ChildProcess.MACHINE),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors()));
        told.add("");
        told.add(
                "| start | ours, s | bare starter, s | ratio | processor time: ours, s | bare starter, s | ours, MB | bare starter, MB |");
        told.add("|---|--:|--:|--:|--:|--:|--:|--:|");
        try {
            row("first", start(bare), start(ours));
            List<Double> ratios = new ArrayList<>();
            List<Double> seconds = new ArrayList<>();
            for (int pair = 1; pair <= PAIRS; pair++) {
                Start theirs = start(bare);
                Start own = start(ours);
                row(String.valueOf(pair), theirs, own);
                ratios.add(own.seconds() / theirs.seconds());
                seconds.add(own.seconds());
            }
            ratios.sort(null);
            seconds.sort(null);
            told.add("");
            told.add(String.format(
                    Locale.ROOT,
                    "Ours over the bare starter's, %d pairs in turn: median %.2f, from %.2f to %.2f. Ours took %.1f s in the median.",
                    PAIRS,
                    ratios.get(PAIRS / 2),
                    ratios.get(0),
                    ratios.get(PAIRS - 1),
                    seconds.get(PAIRS / 2)));
            told.add("");
            told.add("The memory is what the process holds (VmRSS) right after the answer; it is told on Linux only.");
        } finally {
            Files.writeString(REPORT, String.join("\n", told) + "\n");
            delete(folder, "start-ours-" + run);
            delete(folder, "start-bare-" + run);
        }
    }

    private static Start start(Candidate who) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        List<String> arguments = new ArrayList<>(who.more());
        arguments.add("--server.port=" + port);
        arguments.add("--spring.datasource.url=" + TestDatabase.h2File(who.database()));
        arguments.add("--spring.datasource.username=sa");
        Path log = REPORT.resolveSibling("start-" + who.name() + ".log");
        try (ChildProcess child =
                new ChildProcess(log, who.classPath(), who.main().getName(), arguments.toArray(String[]::new))) {
            double seconds = child.secondsUntilAnswer(URI.create("http://localhost:" + port + who.path()));
            return new Start(seconds, child.processorSeconds(), child.residentMegabytes());
        }
    }

    private void row(String name, Start bare, Start ours) {
        String line = String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %.1f | %.1f | %s | %s |",
                name,
                ours.seconds(),
                bare.seconds(),
                ours.seconds() / bare.seconds(),
                ours.processor(),
                bare.processor(),
                megabytes(ours),
                megabytes(bare));
        told.add(line);
        // A run of many minutes is not to be lost with its end.
        System.out.println(line);
    }

    private static String megabytes(Start start) {
        return start.megabytes().isPresent() ? String.valueOf(start.megabytes().getAsLong()) : "not told";
    }

    private static void delete(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(name))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
