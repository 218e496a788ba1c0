package org.diadromi.casepage;

import java.time.LocalDateTime;
import java.util.List;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What staff write down of a case at any time. */
@Repository
@Transactional
class CaseNotes {

    static final int LONGEST = 4000;

    record Note(String text, String writtenBy, LocalDateTime writtenAt) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final AppClock clock;

    CaseNotes(JdbcClient jdbc, Audit audit, AppClock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** The notes of a case, the newest first. */
    @Transactional(readOnly = true)
    public List<Note> of(CaseFile caseFile) {
        return jdbc.sql("select text, written_by, written_at from case_note where case_id = ? order by id desc")
                .param(caseFile.id())
                .query(Note.class)
                .list();
    }

    public void add(CaseFile caseFile, String text, String detail, String byUser) {
        jdbc.sql("insert into case_note (case_id, text, written_by, written_at) values (?, ?, ?, ?)")
                .params(caseFile.id(), text, byUser, clock.now())
                .update();
        audit.record(Audit.Action.CHANGED, caseFile.centreId(), caseFile.number(), detail);
    }
}
