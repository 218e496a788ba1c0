package org.diadromi.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A Java program of the test run's class path in a process of its own, which ends with the measurement at the latest. */
final class ChildProcess implements AutoCloseable {

    /** As the image has it, for every child, so that they can be compared. Java 17 does without compact headers and keeps equal texts apart. */
    static final List<String> MACHINE = List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + System.getProperty("bench.heap", "192m"),
            "-XX:+UseStringDeduplication",
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseCompactObjectHeaders");

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What the application needs where no demonstration is shown; neither is a secret of anybody. */
    private static final Map<String, String> SETTINGS = Map.of(
            "DIADROMI_ADMIN_PASSWORD", "a long way for a benchmark",
            "DIADROMI_DATA_KEYS", "bench:bm8gc2VjcmV0OiBiZW5jaG1hcmsgb25seSEhISEhISE=");

    private final Process process;
    private final Path log;
    private final Thread stopping;
    private final long begun = System.nanoTime();

    /** Starts it; what it prints goes to that file. */
    ChildProcess(Path log, String classPath, String mainClass, String... arguments) throws IOException {
        this.log = log;
        Files.createDirectories(log.getParent());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(MACHINE);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(SETTINGS);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        process = builder.start();
        stopping = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stopping);
    }

    /** The class path of this run without the entries that the predicate names. */
    static String classPathWithout(Predicate<String> unwanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(Predicate.not(unwanted))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** How many seconds after its start the address answered; any answer but an error of the server counts. */
    double secondsUntilAnswer(URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build();
        while (true) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() < 500) {
                    return seconds();
                }
            } catch (IOException notYet) {
                // Nobody listens on the port before the application stands.
            }
            if (!process.isAlive() || seconds() > PATIENCE.toSeconds()) {
                throw new IllegalStateException("No answer from " + address + "; see " + log);
            }
            Thread.sleep(20);
        }
    }

    /** Waits until it has ended by itself; anything but success is an error. */
    void untilEnd() throws InterruptedException {
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Ended with " + process.exitValue() + "; see " + log);
        }
    }

    /** What the process holds of the machine's memory, in MB; empty where the system does not tell it in {@code /proc}. */
    OptionalLong residentMegabytes() throws IOException {
        return residentMegabytes(process.pid());
    }

    /** How long processors have worked for it so far, in seconds: less in the machine's mood than the clock on the wall. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** What any process holds, as {@link #residentMegabytes()}. */
    static OptionalLong residentMegabytes(long pid) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        }
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        Runtime.getRuntime().removeShutdownHook(stopping);
    }
}
