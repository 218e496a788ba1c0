package org.diadromi.notification;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.diadromi.DiadromiSettings;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.KeptOutside;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The copies of a case's mails that are files, where no SMTP host was set when they went out. */
@Component
class MailFiles implements KeptOutside {

    private static final Logger LOG = LoggerFactory.getLogger(MailFiles.class);

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
        return () -> messages.forEach(this::delete);
    }

    private void delete(String messageId) {
        try {
            Files.deleteIfExists(files.file(messageId));
        } catch (IOException e) {
            LOG.error("The file {} of an erased case cannot be deleted: delete it by hand", files.file(messageId));
        }
    }
}
