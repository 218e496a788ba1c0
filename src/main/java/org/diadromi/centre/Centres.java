package org.diadromi.centre;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.OncePerTransaction;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** The support centres and the days on which each is open. */
@Service
public class Centres {

    private record Day(LocalDate closedOn, String kind) {}

    private final CentreRepository repository;
    private final JdbcClient jdbc;
    private final OncePerTransaction<String, Centre> centres = new OncePerTransaction<>();
    private final Settled<OpeningDays> days = new Settled<>();

    Centres(CentreRepository repository, JdbcClient jdbc) {
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /** The centre of that id; an {@link IllegalArgumentException} when there is none. */
    public Centre get(String id) {
        return centres.get(
                id,
                key -> repository
                        .findById(key)
                        .orElseThrow(() -> new IllegalArgumentException("There is no centre " + key)));
    }

    /** All centres by name. */
    public List<Centre> all() {
        return repository.findAllByOrderByName();
    }

    /** The names of the days from the first to the last on which the centre has said that it is closed. */
    public Map<LocalDate, String> closures(String centreId, LocalDate first, LocalDate last) {
        Map<LocalDate, String> closures = new HashMap<>();
        jdbc.sql("select closed_on as \"day\", kind, name from centre_closure where centre_id = ? and kind <> 'OPEN'")
                .param(centreId)
                .query(SpecialDay.class)
                .list()
                .forEach(closed -> first.datesUntil(last.plusDays(1))
                        .filter(day -> closed.kind() == SpecialDay.Kind.YEARLY
                                ? MonthDay.from(day).equals(MonthDay.from(closed.day()))
                                : day.equals(closed.day()))
                        .forEach(day -> closures.put(day, closed.name())));
        return closures;
    }

    /** When the centre is open, as it is settled now. */
    public OpeningDays openingDays(String centreId) {
        return days.get(get(centreId), this::settledDays);
    }

    /** The settings of a centre have changed. */
    void forget() {
        centres.forget();
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
    void on(CentreChanged takenBack) {
        days.forget();
    }

    private OpeningDays settledDays(Centre centre) {
        Set<LocalDate> closed = new HashSet<>();
        Set<MonthDay> yearly = new HashSet<>();
        Set<LocalDate> open = new HashSet<>();
        jdbc.sql("select closed_on, kind from centre_closure where centre_id = ?")
                .param(centre.id())
                .query(Day.class)
                .list()
                .forEach(day -> {
                    switch (SpecialDay.Kind.valueOf(day.kind())) {
                        case CLOSED -> closed.add(day.closedOn());
                        case YEARLY -> yearly.add(MonthDay.from(day.closedOn()));
                        case OPEN -> open.add(day.closedOn());
                    }
                });
        return new OpeningDays(centre.weekdays(), closed, yearly, open);
    }
}

interface CentreRepository extends ListCrudRepository<Centre, String> {
    @Override
    @Query("select * from centre where id = :id")
    Optional<Centre> findById(String id);

    List<Centre> findAllByOrderByName();
}
