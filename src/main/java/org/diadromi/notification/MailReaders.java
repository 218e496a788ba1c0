package org.diadromi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The members of teams to whom mails go. */
@Repository
class MailReaders {

    private static final String SELECT = """
            select id, first_name, last_name, email, language, salutation, salutation_name, reminders_off_at is not null as off
            from team_member where\s""";

    private final JdbcClient jdbc;

    MailReaders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the case's team who agreed, have a mail and have not left. Somebody alone has no team to be asked for. */
    List<MailReader> team(CaseFile caseFile) {
        if (caseFile.groupSize() == 1) {
            return List.of();
        }
        return jdbc.sql(SELECT
                        + "case_id = ? and agreed_at is not null and left_on is null and email is not null order by id")
                .param(caseFile.id())
                .query(MailReaders::read)
                .list();
    }

    /** The member of the case's team, whether they have agreed or are to be asked. */
    MailReader member(CaseFile caseFile, long memberId) {
        return jdbc.sql(SELECT + "case_id = ? and id = ?")
                .params(caseFile.id(), memberId)
                .query(MailReaders::read)
                .single();
    }

    private static MailReader read(ResultSet row, int number) throws SQLException {
        return new MailReader(
                row.getLong("id"),
                row.getString("first_name") + " " + row.getString("last_name"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                Salutation.valueOf(row.getString("salutation")),
                row.getString("salutation_name"),
                row.getBoolean("off"));
    }
}
