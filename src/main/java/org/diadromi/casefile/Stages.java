package org.diadromi.casefile;

import org.diadromi.calendar.AppClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The fact table of stages: when each case entered and left each, and how. The read model of supervision. */
@Service
public class Stages {

    private final JdbcClient jdbc;
    private final AppClock clock;

    Stages(JdbcClient jdbc, AppClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The centre's case enters a stage now. */
    public void enter(String centreId, String caseNumber, String stage) {
        jdbc.sql(
                        """
                insert into stage_fact (case_id, centre_id, stage, entered_at)
                select id, centre_id, cast(? as varchar(30)), cast(? as timestamp) from case_file where centre_id = ? and number = ?
                """)
                .params(stage, clock.now(), centreId, caseNumber)
                .update();
    }

    /** The centre's case leaves a stage now, with the outcome that the process took from it; null when it was broken off. */
    public void leave(String centreId, String caseNumber, String stage, String outcome) {
        jdbc.sql(
                        """
                update stage_fact set left_at = ?, outcome = ?
                where left_at is null and stage = ?
                  and case_id = (select id from case_file where centre_id = ? and number = ?)
                """)
                .params(clock.now(), outcome, stage, centreId, caseNumber)
                .update();
    }
}
