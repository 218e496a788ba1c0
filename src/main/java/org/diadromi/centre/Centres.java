package org.diadromi.centre;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The support centres and the days on which each is closed. */
@Service
public class Centres {

    private final CentreRepository repository;
    private final JdbcClient jdbc;

    Centres(CentreRepository repository, JdbcClient jdbc) {
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /** The centre of that id; an {@link IllegalArgumentException} when there is none. */
    public Centre get(String id) {
        return repository.findById(id).orElseThrow(() -> new IllegalArgumentException("There is no centre " + id));
    }

    /** All centres by name. */
    public List<Centre> all() {
        return repository.findAllByOrderByName();
    }

    /** The days on which the centre is closed beyond weekends and public holidays. */
    public Set<LocalDate> closures(String centreId) {
        return new HashSet<>(jdbc.sql("select closed_on from centre_closure where centre_id = ?")
                .param(centreId)
                .query(LocalDate.class)
                .list());
    }

    /** Closes the centre on a day: a local feast, a moved holiday. Repeating it changes nothing. */
    public void close(String centreId, LocalDate day, String name) {
        int known = jdbc.sql("update centre_closure set name = ? where centre_id = ? and closed_on = ?")
                .params(name, centreId, day)
                .update();
        if (known == 0) {
            jdbc.sql("insert into centre_closure (centre_id, closed_on, name) values (?, ?, ?)")
                    .params(centreId, day, name)
                    .update();
        }
    }
}

interface CentreRepository extends ListCrudRepository<Centre, String> {
    List<Centre> findAllByOrderByName();
}
