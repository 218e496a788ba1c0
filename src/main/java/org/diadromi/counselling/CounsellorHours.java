package org.diadromi.counselling;

import java.util.List;
import org.diadromi.Texts;
import org.diadromi.counselling.Slots.Hours;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who counsels at a centre, and the hours of their week. */
@Service
class CounsellorHours {

    private final Slots slots;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Texts texts;

    CounsellorHours(Slots slots, JdbcClient jdbc, Audit audit, Texts texts) {
        this.slots = slots;
        this.jdbc = jdbc;
        this.audit = audit;
        this.texts = texts;
    }

    /** The user ids of the centre's counsellors. */
    List<String> counsellors(String centreId) {
        return jdbc.sql("""
                select r.user_id from staff_role r join staff_account s on s.user_id = r.user_id
                where r.centre_id = ? and r.role = ? and s.active order by r.user_id
                """)
                .params(centreId, Role.COUNSELLOR.groupId())
                .query(String.class)
                .list();
    }

    /** Settles the counsellor's week at the centre in the place of the one before. Appointments that stand are left as they are. */
    @Transactional
    void settle(String centreId, String counsellor, List<Hours> week) {
        // Two who settle the same week at once follow each other.
        jdbc.sql("select user_id from staff_account where user_id = ? for update")
                .param(counsellor)
                .query(String.class)
                .optional();
        if (slots.hours(centreId, counsellor).equals(week)) {
            return;
        }
        jdbc.sql("delete from counsellor_hours where user_id = ? and centre_id = ?")
                .params(counsellor, centreId)
                .update();
        for (Hours hours : week) {
            jdbc.sql("""
                    insert into counsellor_hours (user_id, centre_id, weekday, from_time, to_time, minutes)
                    values (?, ?, ?, ?, ?, ?)
                    """)
                    .params(counsellor, centreId, hours.weekday(), hours.fromTime(), hours.toTime(), hours.minutes())
                    .update();
        }
        audit.record(Audit.Action.CHANGED, centreId, counsellor, texts.of("hours.audit"));
    }
}
