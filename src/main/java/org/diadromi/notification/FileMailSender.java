package org.diadromi.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Writes messages to files where no SMTP host is set, one .eml each, for any mail program to open. */
class FileMailSender extends JavaMailSenderImpl {

    private static final Logger LOG = LoggerFactory.getLogger(FileMailSender.class);

    private final Path directory;

    FileMailSender(String directory) {
        this.directory = Path.of(directory);
    }

    /** Deletes the message of that id, if it is there; one that cannot be deleted is named in the log. */
    void delete(String messageId) {
        try {
            Files.deleteIfExists(file(messageId));
        } catch (IOException e) {
            LOG.error("The mail's file {} cannot be deleted: delete it by hand", file(messageId));
        }
    }

    private Path file(String messageId) {
        return directory.resolve(messageId.replaceAll("[^A-Za-z0-9-]", "_") + ".eml");
    }

    @Override
    protected void doSend(MimeMessage[] messages, Object[] originals) {
        for (MimeMessage message : messages) {
            try {
                Files.createDirectories(directory);
                message.saveChanges();
                Path file = file(message.getMessageID());
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                    message.writeTo(out);
                }
            } catch (IOException | MessagingException e) {
                throw new MailSendException("The message cannot be written to " + directory, e);
            }
        }
    }
}
