package org.diadromi.supervision;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.diadromi.Texts;
import org.diadromi.calendar.BusinessCalendar;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happened in cases, step by step, as process-mining tools read it: CSV with the column names of PM4Py, and XES (IEEE 1849).
 * Cases and staff have pseudonyms that are drawn anew for each log, so two logs cannot be joined.
 */
@Component
class EventLog {

    private static final int ROWS_AT_A_TIME = 1000;
    private static final DateTimeFormatter XES_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final String[] COLUMNS = {
        "case:concept:name",
        "concept:name",
        "start_timestamp",
        "time:timestamp",
        "lifecycle:transition",
        "org:resource",
        "org:role",
        "stage",
        "outcome",
        "case:centre",
        "case:source",
        "case:group",
        "case:form"
    };

    /** Something that happened: a task that was done, or that a case was opened or closed. */
    private record Event(
            long caseId,
            String centre,
            String source,
            boolean group,
            String legalForm,
            String activity,
            String stage,
            LocalDateTime begun,
            LocalDateTime ended,
            String person,
            String role,
            String outcome) {}

    private static final String EVENTS = """
            select c.case_id, c.centre_id, c.source, c.group_size, c.legal_form, e.activity, e.stage, e.begun, e.ended, e.person,
                   e.role, e.outcome
            from case_fact c join (
                select t.case_id, t.task_key as activity, t.process as stage, coalesce(t.claimed_at, t.created_at) as begun,
                       t.ended_at as ended, t.assignee as person, t.candidate_groups as role, t.outcome
                from task_fact t where t.ended_how = 'COMPLETED'
                union all
                select o.case_id, 'opened', 'first-contact', o.opened_at, o.opened_at, null, null, null from case_fact o
                union all
                select d.case_id, 'closed', null, d.closed_at, d.closed_at, null, null, d.outcome
                from case_fact d where d.closed_at is not null) e on e.case_id = c.case_id
            where c.opened_at >= :from and c.opened_at < :until and %s
            order by c.case_id, e.ended, e.begun
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final TransactionTemplate reading;
    private final Texts texts;

    EventLog(DataSource dataSource, PlatformTransactionManager transactions, Texts texts) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setFetchSize(ROWS_AT_A_TIME);
        this.jdbc = new NamedParameterJdbcTemplate(template);
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.texts = texts;
    }

    /** How many cases the log of this view would have. */
    int cases(View view) {
        return jdbc.queryForObject(
                "select count(*) from case_fact c where c.opened_at >= :from and c.opened_at < :until and "
                        + view.condition(),
                view.parameters(),
                Integer.class);
    }

    /**
     * Writes the cases that were opened in the period, with all that happened in them, as CSV in UTF-8.
     *
     * @param exactTimes false to tell days only
     */
    void csv(View view, boolean exactTimes, Locale locale, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(String.join(",", COLUMNS) + "\r\n");
        Pseudonyms pseudonyms = new Pseudonyms();
        read(view, exactTimes, event -> {
            String[] cells = {
                pseudonyms.ofCase(event.caseId()),
                activity(event, locale),
                at(event.begun(), exactTimes),
                at(event.ended(), exactTimes),
                "complete",
                pseudonyms.ofPerson(event.person()),
                event.role(),
                event.stage(),
                event.outcome(),
                event.centre(),
                event.source(),
                event.group() ? "group" : "alone",
                event.legalForm()
            };
            for (int i = 0; i < cells.length; i++) {
                writer.write((i == 0 ? "" : ",") + quoted(cells[i]));
            }
            writer.write("\r\n");
        });
        writer.flush();
    }

    /** The same as XES. */
    void xes(View view, boolean exactTimes, Locale locale, OutputStream out) throws IOException, XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
        Pseudonyms pseudonyms = new Pseudonyms();
        long[] current = {-1};
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("log");
        xml.writeDefaultNamespace("http://www.xes-standard.org/");
        xml.writeAttribute("xes.version", "1849.2016");
        xml.writeAttribute("xes.features", "");
        extension(xml, "Concept", "concept");
        extension(xml, "Time", "time");
        extension(xml, "Lifecycle", "lifecycle");
        extension(xml, "Organizational", "org");
        xml.writeStartElement("global");
        xml.writeAttribute("scope", "trace");
        string(xml, "concept:name", "–");
        xml.writeEndElement();
        xml.writeStartElement("global");
        xml.writeAttribute("scope", "event");
        string(xml, "concept:name", "–");
        string(xml, "lifecycle:transition", "complete");
        date(xml, "time:timestamp", view.from(), exactTimes);
        xml.writeEndElement();
        xml.writeEmptyElement("classifier");
        xml.writeAttribute("name", "Activity");
        xml.writeAttribute("scope", "event");
        xml.writeAttribute("keys", "concept:name");
        read(view, exactTimes, event -> {
            if (event.caseId() != current[0]) {
                if (current[0] != -1) {
                    xml.writeEndElement();
                }
                current[0] = event.caseId();
                xml.writeStartElement("trace");
                string(xml, "concept:name", pseudonyms.ofCase(event.caseId()));
                string(xml, "centre", event.centre());
                string(xml, "source", event.source());
                string(xml, "group", event.group() ? "group" : "alone");
                string(xml, "form", event.legalForm());
            }
            xml.writeStartElement("event");
            string(xml, "concept:name", activity(event, locale));
            string(xml, "lifecycle:transition", "complete");
            date(xml, "start_timestamp", event.begun(), exactTimes);
            date(xml, "time:timestamp", event.ended(), exactTimes);
            string(xml, "org:resource", pseudonyms.ofPerson(event.person()));
            string(xml, "org:role", event.role());
            string(xml, "stage", event.stage());
            string(xml, "outcome", event.outcome());
            xml.writeEndElement();
        });
        if (current[0] != -1) {
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private static void extension(XMLStreamWriter xml, String name, String prefix) throws XMLStreamException {
        xml.writeEmptyElement("extension");
        xml.writeAttribute("name", name);
        xml.writeAttribute("prefix", prefix);
        xml.writeAttribute("uri", "http://www.xes-standard.org/" + prefix + ".xesext");
    }

    private static void string(XMLStreamWriter xml, String key, String value) throws XMLStreamException {
        if (value != null && !value.isEmpty()) {
            xml.writeEmptyElement("string");
            xml.writeAttribute("key", key);
            xml.writeAttribute("value", value);
        }
    }

    private static void date(XMLStreamWriter xml, String key, LocalDateTime value, boolean exactTimes)
            throws XMLStreamException {
        xml.writeEmptyElement("date");
        xml.writeAttribute("key", key);
        xml.writeAttribute("value", at(value, exactTimes));
    }

    private static String at(LocalDateTime moment, boolean exactTimes) {
        LocalDateTime told = exactTimes ? moment : moment.toLocalDate().atStartOfDay();
        return told.atZone(BusinessCalendar.ATHENS).format(XES_TIME);
    }

    private String activity(Event event, Locale locale) {
        return switch (event.activity()) {
            case "opened", "closed" -> texts.of(locale, "figures.event." + event.activity());
            default -> texts.of(locale, "figures.task." + event.activity());
        };
    }

    private static String quoted(String cell) {
        String text = cell == null ? "" : cell;
        return text.matches("(?s).*[,\"\\r\\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private interface Reader {
        void read(Event event) throws IOException, XMLStreamException;
    }

    /** Row by row: the log of a large installation does not fit into memory. Staff are told to those only who get exact times. */
    private void read(View view, boolean exactTimes, Reader reader) {
        reading.executeWithoutResult(snapshot ->
                jdbc.query(EVENTS.formatted(view.condition()), view.parameters(), row -> {
                    try {
                        reader.read(new Event(
                                row.getLong("case_id"),
                                row.getString("centre_id"),
                                row.getString("source"),
                                row.getInt("group_size") > 1,
                                row.getString("legal_form"),
                                row.getString("activity"),
                                row.getString("stage"),
                                row.getTimestamp("begun").toLocalDateTime(),
                                row.getTimestamp("ended").toLocalDateTime(),
                                exactTimes ? row.getString("person") : null,
                                row.getString("role"),
                                row.getString("outcome")));
                    } catch (IOException | XMLStreamException e) {
                        throw new Broken(e);
                    }
                }));
    }

    /** Whoever read the log has gone. */
    static final class Broken extends RuntimeException {
        Broken(Exception e) {
            super(e);
        }
    }

    /** Names that say nothing: numbers in an order that is drawn for this log. */
    private static final class Pseudonyms {

        private final Map<Long, String> cases = new LinkedHashMap<>();
        private final Map<String, String> people = new HashMap<>();
        private final Random random = new java.security.SecureRandom();

        String ofCase(long caseId) {
            return cases.computeIfAbsent(caseId, unknown -> "case-" + fresh());
        }

        String ofPerson(String person) {
            return person == null ? null : people.computeIfAbsent(person, unknown -> "staff-" + fresh());
        }

        private String fresh() {
            return "%012x".formatted(random.nextLong() & 0xffffffffffffL);
        }
    }
}
