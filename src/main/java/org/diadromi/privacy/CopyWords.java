package org.diadromi.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.Pdf;
import org.diadromi.Texts;
import org.diadromi.casefile.Timeline;
import org.diadromi.casefile.TimelineTexts;
import org.diadromi.centre.Centres;
import org.diadromi.workflow.Staff;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says in words what a copy holds as codes, so that a person can read what is kept about them. */
@Component
class CopyWords {

    /** Tables by which the application finds its way and a reader finds nothing. */
    static final Set<String> FOR_MACHINES =
            Set.of("case_word", "case_likeness", "private_link", "document_part", "plan_document");

    /** The same for columns, and for what another column says in words; the copy for machines has them. */
    static final Pattern KEY = Pattern.compile("(id|.*_id|version|.*_version|.*_hash|uid|sha256|cause|attempts"
            + "|next_attempt|template|invitation|item_key|wording|trouble)");

    /** What a step decided is told by the table of the decision; the figures repeat it. */
    private static final Set<String> REPEATED = Set.of("task_fact.outcome", "stage_fact.outcome");

    private static final Pattern STAFF = Pattern.compile(".*_by|by_user|counsellor|assignee");
    private static final Pattern CENTRE = Pattern.compile(".*_centre");

    /** The lists of the message files with the words for a column's codes; a column of one table only goes before one of all. */
    static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("salutation", "copy.salutation"),
            Map.entry("language", "copy.language"),
            Map.entry("source", "figures.source"),
            Map.entry("case_file.status", "copy.status"),
            Map.entry("case_file.outcome", "figures.outcome"),
            Map.entry("outcome_reason", "changeReason"),
            Map.entry("purpose", "purpose"),
            Map.entry("consent.purpose", "consent.purpose"),
            Map.entry("registration.purpose", "registrationPurpose"),
            Map.entry("consent.channel", "consent.channel"),
            Map.entry("withdrawn_via", "consent.channel"),
            Map.entry("data_request.channel", "requests.channel"),
            Map.entry("age_band", "copy.ageBand"),
            Map.entry("gender", "copy.gender"),
            Map.entry("education", "copy.education"),
            Map.entry("availability", "copy.availability"),
            Map.entry("labour_status", "labourStatus"),
            Map.entry("income_urgency", "incomeUrgency"),
            Map.entry("collective", "collective"),
            Map.entry("interview.needs", "copy.needs"),
            Map.entry("suitability_assessment.advice", "suitability"),
            Map.entry("suitability_assessment.outcome", "suitability"),
            Map.entry("suitability_fact.advice", "suitability"),
            Map.entry("suitability_fact.decision", "suitability"),
            Map.entry("asked_again.answer", "timeline.interested"),
            Map.entry("path", "suitability"),
            Map.entry("helped", "timeline.helped"),
            Map.entry("structure_answer", "structureAnswer"),
            Map.entry("area", "area"),
            Map.entry("areas", "area"),
            Map.entry("conclusion", "conclusion"),
            Map.entry("mode", "mode"),
            Map.entry("counselling_session.outcome", "sessionOutcome"),
            Map.entry("funding_line", "fundingLine"),
            Map.entry("next_step", "nextStep"),
            Map.entry("enrolment.outcome", "copy.enrolment"),
            Map.entry("deliverables", "deliverable"),
            Map.entry("business_plan.decision", "planDecision"),
            Map.entry("registration.advice", "legalForm"),
            Map.entry("legal_form", "legalForm"),
            Map.entry("registration.answer", "registryAnswer"),
            Map.entry("registration_item.kind", "copy.item"),
            Map.entry("certainty", "certainty"),
            Map.entry("follow_up.status", "ventureStatus"),
            Map.entry("outbox_mail.status", "mails.status"),
            Map.entry("alike", "doubles.by"),
            Map.entry("case_double.decision", "copy.double"),
            Map.entry("state", "outreach.state"),
            Map.entry("sensitive_data", "sensitive.answer"),
            Map.entry("data_request.kind", "requests.kind"),
            Map.entry("data_request.decision", "requests.state"),
            Map.entry("identified_how", "copy.identified"),
            Map.entry("handed_over", "copy.handedOver"),
            Map.entry("transfer_reason", "transferReason"),
            Map.entry("transfer_answer", "transferAnswer"),
            Map.entry("case_fact.outcome", "figures.outcome"),
            Map.entry("stage", "figures.stage"),
            Map.entry("process", "figures.process"),
            Map.entry("task_key", "figures.task"),
            Map.entry("candidate_groups", "role"),
            Map.entry("waiting_for", "figures.waiting"),
            Map.entry("ended_how", "copy.ended"),
            Map.entry("audit_entry.action", "audit.action"));

    /** Columns with several codes, with commas between them. */
    private static final Set<String> SEVERAL =
            Set.of("areas", "needs", "deliverables", "advice", "alike", "candidate_groups");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");
    private static final TypeReference<List<String>> CELLS = new TypeReference<>() {};

    /** A table as it is read. */
    record Part(String title, List<List<Line>> rows) {}

    /** A value with its name. */
    record Line(String label, String value) {}

    private final Staff staff;
    private final Centres centres;
    private final TimelineTexts timeline;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final MessageSource messages;
    private final Texts texts;

    CopyWords(
            Staff staff,
            Centres centres,
            TimelineTexts timeline,
            JdbcClient jdbc,
            ObjectMapper json,
            MessageSource messages,
            Texts texts) {
        this.staff = staff;
        this.centres = centres;
        this.timeline = timeline;
        this.jdbc = jdbc;
        this.json = json;
        this.messages = messages;
        this.texts = texts;
    }

    /** A copy in the reader's language; what is for machines only is left out. */
    List<Part> of(List<CaseCopy.Section> sections, Locale locale) {
        Map<String, String> names = names(sections, locale);
        return sections.stream()
                .filter(section -> !FOR_MACHINES.contains(section.table()))
                .map(section -> new Part(
                        label("copy.table." + section.table(), section.table(), locale),
                        section.rows().stream()
                                .map(row -> lines(section.table(), row, names, locale))
                                .toList()))
                .toList();
    }

    /** The names of the staff, the centres and the training's modules that a copy mentions, by their ids. */
    private Map<String, String> names(List<CaseCopy.Section> sections, Locale locale) {
        Map<String, String> names = new HashMap<>(staff.names(sections.stream()
                .flatMap(section -> section.rows().stream())
                .flatMap(row -> row.entrySet().stream())
                .filter(value -> value.getValue() != null
                        && (STAFF.matcher(value.getKey()).matches()
                                || value.getKey().equals("detail")))
                .map(value -> value.getValue().toString())
                .collect(Collectors.toCollection(TreeSet::new))));
        centres.all().forEach(centre -> names.put(centre.id(), centre.name(locale)));
        jdbc.sql("select module_key, name from training_module")
                .query((row, number) -> names.put(row.getString(1), row.getString(2)))
                .list();
        return names;
    }

    private List<Line> lines(String table, Map<String, Object> row, Map<String, String> names, Locale locale) {
        if (table.equals("case_event")) {
            return happened(row, names, locale);
        }
        List<Line> lines = new ArrayList<>();
        row.forEach((column, value) -> {
            if (value != null
                    && !KEY.matcher(column).matches()
                    && !REPEATED.contains(table + "." + column)
                    && !value.toString().isEmpty()) {
                lines.add(line(column, said(table, column, value, names, locale), locale));
            }
        });
        return lines;
    }

    /** As the case's page tells it. */
    private List<Line> happened(Map<String, Object> row, Map<String, String> names, Locale locale) {
        LocalDateTime at = (LocalDateTime) row.get("at");
        String by = (String) row.get("by_user");
        Timeline.Entry entry =
                new Timeline.Entry(at, Timeline.Kind.valueOf((String) row.get("kind")), (String) row.get("detail"), by);
        return Stream.of(
                        line("at", MOMENT.format(at), locale),
                        line("detail", timeline.of(entry, names, locale), locale),
                        by == null ? null : line("by_user", names.get(by), locale))
                .filter(line -> line != null)
                .toList();
    }

    private Line line(String column, String value, Locale locale) {
        return new Line(label("copy.column." + column, column, locale), Pdf.text(value));
    }

    private String label(String key, String name, Locale locale) {
        return messages.getMessage(key, null, name.replace('_', ' '), locale);
    }

    private String said(String table, String column, Object value, Map<String, String> names, Locale locale) {
        if (value instanceof Boolean yes) {
            return texts.of(locale, yes ? "copy.yes" : "copy.no");
        }
        if (value instanceof LocalDateTime moment) {
            return MOMENT.format(moment);
        }
        if (value instanceof LocalDate day) {
            return DAY.format(day);
        }
        if (value instanceof Double || value instanceof BigDecimal) {
            NumberFormat number = NumberFormat.getInstance(locale);
            number.setMaximumFractionDigits(2);
            return number.format(value);
        }
        String held = value.toString();
        if (STAFF.matcher(column).matches() || CENTRE.matcher(column).matches() || column.equals("module_key")) {
            return names.getOrDefault(held, held);
        }
        if (column.equals("cells")) {
            return cells(held);
        }
        String list = list(table, column);
        if (list == null) {
            return held;
        }
        return Stream.of(SEVERAL.contains(column) ? held.split("\\s*,\\s*") : new String[] {held})
                .map(code -> word(list, code, locale))
                .collect(Collectors.joining(", "));
    }

    /** Some lists are named as forms have their codes, in small letters. */
    private String word(String list, String code, Locale locale) {
        String inSmall = messages.getMessage(list + "." + code.toLowerCase(Locale.ROOT), null, code, locale);
        return messages.getMessage(list + "." + code, null, inSmall, locale);
    }

    private static String list(String table, String column) {
        return Stream.of(table + "." + column, column, table)
                .map(LISTS::get)
                .filter(list -> list != null)
                .findFirst()
                .orElse(null);
    }

    private String cells(String held) {
        try {
            return String.join(" · ", json.readValue(held, CELLS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
