package org.diadromi.notification;

import java.util.List;
import org.diadromi.DiadromiSettings;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.KeptOutside;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The copies of a case's mails that are files, where no SMTP host was set when they went out. */
@Component
class MailFiles implements KeptOutside {

    private final JdbcClient jdbc;
    private final FileMailSender files;

    MailFiles(JdbcClient jdbc, DiadromiSettings settings) {
        this.jdbc = jdbc;
        this.files = new FileMailSender(settings.mail().directory());
    }

    @Override
    public Runnable erase(CaseFile caseFile) {
        List<String> messages = jdbc.sql("select message_id from outbox_mail where case_id = ?")
                .param(caseFile.id())
                .query(String.class)
                .list();
        return () -> messages.forEach(files::delete);
    }
}
