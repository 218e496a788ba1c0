package org.diadromi.casefile;

import java.time.LocalDateTime;
import java.util.List;
import org.diadromi.calendar.AppClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What happened to a case and when, in the order in which it happened. */
@Service
public class Timeline {

    /** What can happen. */
    public enum Kind {
        OPENED,
        COUNSELLOR_CHANGED,
        INTERVIEWED,
        SUITABILITY_DECIDED,
        REFERRED,
        REFERRAL_ANSWERED,
        STRUCTURE_ANSWERED,
        ASKED_AGAIN,
        PLAN_MADE,
        APPOINTMENT_BOOKED,
        APPOINTMENT_MOVED,
        SESSION_RECORDED,
        CALLED,
        COUNSELLING_CONCLUDED,
        ENROLLED,
        ATTENDANCE_RECORDED,
        PLAN_HANDED_IN,
        PLAN_REVIEWED,
        TEAM_DESCRIBED,
        FORM_CHOSEN,
        DOSSIER_PREPARED,
        DOSSIER_REVIEWED,
        SUBMITTED,
        REGISTRY_ANSWERED,
        ADDITIONAL_DATA_SENT,
        DELETION_CHECKED,
        STEP_DONE,
        FOLLOWED_UP,
        MENTORED,
        MEMBER_ADDED,
        MEMBER_AGREED,
        MEMBER_LEFT,
        MEMBER_REMOVED,
        NO_MAIL_ADDRESS,
        PAUSED,
        RESUMED,
        END_REQUESTED,
        MERGED,
        MERGED_INTO,
        TRANSFER_OFFERED,
        TRANSFER_DECLINED,
        TRANSFER_TAKEN_BACK,
        TRANSFER_LAPSED,
        TRANSFERRED,
        CLOSED
    }

    /**
     * @param detail the outcome or number that belongs to it; null where the kind says it all
     * @param byUser the user id of who did it; null where the process did
     */
    public record Entry(LocalDateTime at, Kind kind, String detail, String byUser) {}

    /** Told before it is written down, in the same transaction, to whoever has something to end when a case gets so far. */
    public record Coming(CaseFile caseFile, Kind kind) {}

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final AppClock clock;

    Timeline(JdbcClient jdbc, ApplicationEventPublisher events, AppClock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Adds what has just happened. */
    public void add(CaseFile caseFile, Kind kind, String detail, String byUser) {
        events.publishEvent(new Coming(caseFile, kind));
        jdbc.sql("insert into case_event (case_id, at, kind, detail, by_user) values (?, ?, ?, ?, ?)")
                .params(caseFile.id(), clock.now(), kind.name(), detail, byUser)
                .update();
    }

    List<Entry> of(CaseFile caseFile) {
        return jdbc.sql("select at, kind, detail, by_user from case_event where case_id = ? order by at, id")
                .param(caseFile.id())
                .query(Entry.class)
                .list();
    }
}
