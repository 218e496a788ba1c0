package org.diadromi.notification;

import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who wants no mails that are not necessary. */
@Service
@Transactional
public class MailRefusals {

    private final JdbcClient jdbc;
    private final AppClock clock;

    MailRefusals(JdbcClient jdbc, AppClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the person of the case gets necessary mails only. */
    @Transactional(readOnly = true)
    public boolean refuses(CaseFile caseFile) {
        return jdbc.sql("select count(*) from mail_refusal where case_id = ?")
                        .param(caseFile.id())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The person of the case wants necessary mails only. */
    public void refuse(CaseFile caseFile) {
        jdbc.sql("""
                insert into mail_refusal (case_id, refused_at)
                select c.id, cast(? as timestamp) from case_file c
                where c.id = ? and not exists (select 1 from mail_refusal m where m.case_id = c.id)
                """).params(clock.now(), caseFile.id()).update();
    }

    /** The person of the case wants reminders again. */
    public void accept(CaseFile caseFile) {
        jdbc.sql("delete from mail_refusal where case_id = ?")
                .param(caseFile.id())
                .update();
    }
}
