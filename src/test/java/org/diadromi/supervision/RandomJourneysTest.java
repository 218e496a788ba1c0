package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.supervision.RawHistory.NOW;

import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.privacy.Erasure;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;

/**
 * Every figure against a slow and simple count over what happened in thousands of random journeys, on both databases: written as rows,
 * and step by step as the engine's listeners write it. The same journeys each time; what fails says with which seed, and a failure is
 * not made smaller, because each try fills a database.
 */
class RandomJourneysTest {

    /** The days of the targets that each centre has. */
    static final Map<String, Integer> TARGETS =
            Map.of("first-contact", 14, "counselling", 60, "legal-registration", 90);

    private static final String SEED = "44302016";

    @Property(tries = 3, seed = SEED, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void figures_of_rows_on_h2(@ForAll("many") RawHistory history, @ForAll("views") List<View> views) {
        rows(FiguresTest.OnH2.class, history, views);
    }

    @Property(tries = 3, seed = SEED, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void figures_of_rows_on_postgres(@ForAll("many") RawHistory history, @ForAll("views") List<View> views) {
        rows(FiguresTest.OnPostgres.class, history, views);
    }

    @Property(tries = 2, seed = SEED, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void figures_of_steps_on_h2(@ForAll("some") RawHistory history, @ForAll("views") List<View> views) {
        steps(FiguresTest.OnH2.class, history, views);
    }

    @Property(tries = 2, seed = SEED, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void figures_of_steps_on_postgres(@ForAll("some") RawHistory history, @ForAll("views") List<View> views) {
        steps(FiguresTest.OnPostgres.class, history, views);
    }

    @Provide
    Arbitrary<RawHistory> many() {
        return Arbitraries.randomValue(random -> RawHistory.random(random, 500));
    }

    @Provide
    Arbitrary<RawHistory> some() {
        return Arbitraries.randomValue(random -> RawHistory.random(random, 200));
    }

    /** All of two years for all, and some questions that somebody might ask. */
    @Provide
    Arbitrary<List<View>> views() {
        return Arbitraries.randomValue(random -> List.of(
                new View(
                        RawHistory.CENTRES,
                        LocalDateTime.of(2000, 1, 1, 0, 0),
                        NOW.toLocalDate().plusDays(1).atStartOfDay(),
                        NOW,
                        null,
                        null,
                        null,
                        null),
                view(random),
                view(random),
                view(random)));
    }

    private static View view(Random random) {
        LocalDateTime month = NOW.toLocalDate().withDayOfMonth(1).atStartOfDay();
        LocalDateTime from = month.minusMonths(random.nextInt(24));
        List<String> centres = RawHistory.CENTRES.subList(random.nextInt(2), 2 + random.nextInt(4));
        String counsellor = centres.get(0) + ".counsellor";
        int filter = random.nextInt(6);
        return new View(
                centres,
                from,
                random.nextInt(3) == 0
                        ? from.plusMonths(1 + random.nextInt(6))
                        : NOW.toLocalDate().plusDays(1).atStartOfDay(),
                NOW,
                filter == 1 ? RawHistory.SOURCES.get(random.nextInt(6)) : filter == 2 ? "transfer" : null,
                filter == 3 ? counsellor : null,
                filter == 4 || random.nextInt(4) == 0 ? random.nextBoolean() : null,
                filter == 5 ? RawHistory.FORMS.get(random.nextInt(3)) : null);
    }

    private static void rows(Class<?> database, RawHistory history, List<View> views) {
        ApplicationContext application = application(database);
        new HistoryWriter(application, history).rows();
        check(application, history, views, false);
    }

    private static void steps(Class<?> database, RawHistory history, List<View> views) {
        ApplicationContext application = application(database);
        new HistoryWriter(application, history).steps();
        check(application, history, views, true);
    }

    /** The application of {@link FiguresTest} with that database, which both classes use in one run. */
    private static ApplicationContext application(Class<?> database) {
        return new TestContextManager(database).getTestContext().getApplicationContext();
    }

    private static void check(
            ApplicationContext application, RawHistory history, List<View> views, boolean writtenWithSteps) {
        SlowFigures figures = new SlowFigures(application, history, writtenWithSteps);
        for (View view : views) {
            figures.check(view);
            figures.decisions(view, Set.of());
        }
        Set<Long> erased = erase(application, history);
        assertThat(erased).isNotEmpty();
        for (View view : views.subList(0, 2)) {
            figures.check(view);
            figures.decisions(view, erased);
        }
    }

    /** Erases every tenth person whose case is closed, as a request of theirs would. */
    private static Set<Long> erase(ApplicationContext application, RawHistory history) {
        CaseFiles files = application.getBean(CaseFiles.class);
        Erasure erasure = application.getBean(Erasure.class);
        Set<Long> erased = new HashSet<>();
        for (RawHistory.Case found : history.cases()) {
            if (found.id() > 0 && found.closed() != null && found.id() % 10 == 0) {
                CaseFile file = files.find(found.centre(), found.number()).orElseThrow();
                erasure.erase(file);
                erased.add(found.id());
            }
        }
        assertThat(application
                        .getBean(JdbcClient.class)
                        .sql("select count(*) from case_file where erased_at is not null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(erased.size());
        return erased;
    }
}
