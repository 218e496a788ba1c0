package org.diadromi.outreach;

import java.util.List;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.PublicContact;
import org.diadromi.outreach.Attendee.Trouble;
import org.diadromi.outreach.EventImports.Import;
import org.diadromi.outreach.EventImports.Known;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in the people of sheets that were begun, each in a transaction of their own that also marks the row: killed in the middle, it goes
 * on with the next row at the next start, and no row comes twice.
 */
@Component
class ImportRun {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    /** As many at a time, so that others who wait for the same clock get their turn. */
    private static final int AT_A_TIME = 50;

    private final EventImports imports;
    private final PublicContact contacts;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Texts texts;
    private final AppClock clock;

    ImportRun(
            EventImports imports,
            PublicContact contacts,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Texts texts,
            AppClock clock) {
        this.imports = imports;
        this.contacts = contacts;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.texts = texts;
        this.clock = clock;
    }

    /** Goes on with whatever was begun. */
    @Scheduled(initialDelayString = "${diadromi.outreach.every}", fixedDelayString = "${diadromi.outreach.every}")
    void goOn() {
        goOn(AT_A_TIME);
    }

    /** The same with that many rows of each sheet at most. */
    void goOn(int most) {
        List<Import> running = jdbc.sql(EventImports.IMPORT + "where status = 'RUNNING' order by id")
                .query(Import.class)
                .list();
        for (Import sheet : running) {
            List<Integer> lines = jdbc.sql("""
                    select line from outreach_row where import_id = ? and state = 'GOOD' order by line fetch first %d rows only
                    """.formatted(most))
                    .param(sheet.id())
                    .query(Integer.class)
                    .list();
            lines.forEach(line -> takeIn(sheet, line));
            if (lines.isEmpty()) {
                jdbc.sql(
                                "update outreach_import set status = 'DONE', finished_at = ? where id = ? and status = 'RUNNING'")
                        .params(clock.now(), sheet.id())
                        .update();
            }
        }
    }

    private void takeIn(Import sheet, int line) {
        try {
            transaction.executeWithoutResult(status -> takeInOnce(sheet, line));
        } catch (RuleViolation violation) {
            refuse(
                    sheet,
                    line,
                    new Trouble(
                            null,
                            violation.problem(),
                            List.of(violation.arguments()).stream()
                                    .map(String::valueOf)
                                    .toList()));
        } catch (RuntimeException e) {
            LOG.error("Row {} of sheet {} could not be taken in", line, sheet.id(), e);
            refuse(sheet, line, new Trouble(null, Problem.IMPORT_ROW_FAILED, List.of()));
        }
    }

    private void takeInOnce(Import sheet, int line) {
        // Two sheets with the same people, and two machines with the same sheet, wait for each other here.
        jdbc.sql("select id from centre where id = ? for update")
                .param(sheet.centreId())
                .query(String.class)
                .single();
        Optional<String> cells = jdbc.sql(
                        "select cells from outreach_row where import_id = ? and line = ? and state = 'GOOD' for update")
                .params(sheet.id(), line)
                .query(String.class)
                .optional();
        if (cells.isEmpty()) {
            return;
        }
        Attendee person = Attendee.of(imports.strings(cells.get()), imports.fields(sheet));
        Optional<Known> known = imports.known(sheet.centreId(), person);
        if (known.isPresent()) {
            jdbc.sql("""
                    update outreach_row set state = 'DOUBLE', trouble = ?, case_id = ? where import_id = ? and line = ?
                    """)
                    .params(
                            imports.written(List.of(EventImports.trouble(known.get()))),
                            known.get().caseId(),
                            sheet.id(),
                            line)
                    .update();
            return;
        }
        CaseFile opened = contacts.register(contact(sheet, person), true, sheet.createdBy());
        jdbc.sql("""
                update outreach_row set state = 'DONE', cells = null, trouble = null, case_id = ? where import_id = ? and line = ?
                """).params(opened.id(), sheet.id(), line).update();
    }

    private FirstContact contact(Import sheet, Attendee person) {
        return new FirstContact(
                sheet.centreId(),
                person.firstName(),
                person.lastName(),
                person.salutation(),
                person.phone(),
                person.email(),
                person.municipality() == null ? sheet.municipality() : person.municipality(),
                "el",
                "event",
                sheet.source(texts),
                1,
                person.idea());
    }

    private void refuse(Import sheet, int line, Trouble trouble) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                update outreach_row set state = 'BAD', trouble = ? where import_id = ? and line = ? and state = 'GOOD'
                """)
                .params(imports.written(List.of(trouble)), sheet.id(), line)
                .update());
    }
}
