package org.diadromi.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The system's Chromium, rather the one without windows, which needs a third less of the processor. Where there is none, tests that
 * need it are skipped and say so; in continuous integration they run, and fail. Of a test that fails it keeps what was on the screen.
 */
class Chromium implements ExecutionCondition, AfterTestExecutionCallback {

    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** Starts the browser; the caller closes both. */
    static Browser launch(Playwright playwright) {
        Path path = find().orElseThrow(() -> new IllegalStateException("No Chromium found on the PATH"));
        return playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(path)
                        .setArgs(List.of(
                                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")));
    }

    static Playwright playwright() {
        return Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (find().isPresent() || System.getenv("CI") != null) {
            return ConditionEvaluationResult.enabled("There is a browser, or there has to be one");
        }
        return ConditionEvaluationResult.disabled("No Chromium found on the PATH: the browser tests are skipped");
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            ((BrowserTest) context.getRequiredTestInstance()).picturesOfFailure(context.getDisplayName());
        }
    }

    private static Optional<Path> find() {
        List<Path> folders = Stream.concat(
                        Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                                .map(Path::of),
                        Stream.of(Path.of("/usr/bin")))
                .toList();
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
