package org.diadromi.centre;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diadromi.DiadromiSettings;
import org.diadromi.calendar.Span;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** How long each step may take at a centre: what the centre has settled, else what the settings say. */
@Service
public class ServiceLevels {

    /** How each length of time has to be given, where not both ways will do. */
    enum Unit {
        ANY,
        BUSINESS_DAYS,
        PERIOD
    }

    /** What the engine repeats is a period, and people are told of the interview, centres of an offer, in business days. */
    private static final Map<String, Unit> UNITS = Map.of(
            "initial-interview",
            Unit.BUSINESS_DAYS,
            "transfer-answer",
            Unit.BUSINESS_DAYS,
            "plan-reminder",
            Unit.PERIOD,
            "appointment-reminder",
            Unit.PERIOD,
            "certificate-renewal",
            Unit.PERIOD);

    /** What is no step of a centre's work. */
    private static final Set<String> OF_THE_INSTALLATION = Set.of("private-link");

    private record Row(String name, String span) {}

    private final DiadromiSettings settings;
    private final JdbcClient jdbc;
    private final Centres centres;
    private final Settled<Map<String, Span>> spans = new Settled<>();

    ServiceLevels(DiadromiSettings settings, Centres centres, JdbcClient jdbc) {
        this.settings = settings;
        this.centres = centres;
        this.jdbc = jdbc;
    }

    /** The length of the named step at the centre; an {@link IllegalArgumentException} when there is no such setting. */
    public Span span(String centreId, String name) {
        Span general = settings.deadline(name);
        return spans.get(centres.get(centreId), centre -> own(centre.id())).getOrDefault(name, general);
    }

    /** The names of the steps whose length a centre may settle. */
    List<String> names() {
        return settings.deadlines().keySet().stream()
                .filter(name -> !OF_THE_INSTALLATION.contains(name))
                .toList();
    }

    /** How the length of the step has to be given. */
    Unit unit(String name) {
        return UNITS.getOrDefault(name, Unit.ANY);
    }

    /** The length of the step where a centre has settled none. */
    Span general(String name) {
        return settings.deadline(name);
    }

    /** What the centre has settled, by name. */
    Map<String, Span> own(String centreId) {
        Map<String, Span> own = new LinkedHashMap<>();
        jdbc.sql("select name, span from centre_deadline where centre_id = ? order by name")
                .param(centreId)
                .query(Row.class)
                .list()
                .forEach(row -> own.put(row.name(), Span.valueOf(row.span())));
        return own;
    }

    /** Settles these lengths for the centre, and no others. */
    void settle(String centreId, Map<String, Span> spans) {
        jdbc.sql("delete from centre_deadline where centre_id = ?")
                .param(centreId)
                .update();
        spans.forEach((name, span) -> jdbc.sql("insert into centre_deadline (centre_id, name, span) values (?, ?, ?)")
                .params(centreId, name, span.toString())
                .update());
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
    void on(CentreChanged takenBack) {
        spans.forget();
    }
}
