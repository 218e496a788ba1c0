package org.diadromi.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.diadromi.Pdf;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.Centres;
import org.diadromi.team.TeamMember;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.thymeleaf.context.Context;

/** All that is held of a case's person, to be handed over: as JSON with every column, and as a PDF to be read. */
@Service
@Transactional(readOnly = true)
class CaseCopy {

    /** What accepted offers to other centres kept of the case's time there. */
    private static final String FORMER =
            "select t.%s from case_transfer t where t.case_id = :id and t.transfer_answer = 'ACCEPTED'";

    private static final String FACTS =
            "case_id in (select cast(:id as bigint) union all " + FORMER.formatted("fact_id") + ")";

    /** What is held of the case beside the tables that refer to it: table, condition, columns. Who of the staff looked is theirs. */
    private static final List<String[]> BESIDE = List.of(
            new String[] {"case_fact", FACTS, "*"},
            new String[] {"stage_fact", FACTS, "*"},
            new String[] {"pause_fact", FACTS, "*"},
            new String[] {"suitability_fact", FACTS, "*"},
            new String[] {"task_fact", FACTS, "*"},
            new String[] {
                "audit_entry",
                "(subject = :number or subject in (" + FORMER.formatted("number_before") + "))",
                "at, action, detail"
            });

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");

    /** The rows of a table. */
    record Section(String table, List<Map<String, Object>> rows) {}

    private final CaseTables tables;
    private final SensitiveData sensitive;
    private final CaseFiles cases;
    private final Centres centres;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Pdf pdf;
    private final CopyWords words;
    private final Texts texts;
    private final AppClock clock;

    CaseCopy(
            CaseTables tables,
            SensitiveData sensitive,
            CaseFiles cases,
            Centres centres,
            JdbcClient jdbc,
            ObjectMapper json,
            Pdf pdf,
            CopyWords words,
            Texts texts,
            AppClock clock) {
        this.tables = tables;
        this.sensitive = sensitive;
        this.cases = cases;
        this.centres = centres;
        this.jdbc = jdbc;
        this.json = json;
        this.pdf = pdf;
        this.words = words;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Everything, table by table, also from the cases of the same person that went into this one; tables without a row are left out.
     */
    List<Section> of(CaseFile caseFile) {
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        Stream.concat(Stream.of(caseFile), cases.mergedInto(caseFile).stream())
                .flatMap(each -> ofOne(each).stream())
                .forEach(section -> rows.computeIfAbsent(section.table(), table -> new ArrayList<>())
                        .addAll(section.rows()));
        return rows.entrySet().stream()
                .map(table -> new Section(table.getKey(), table.getValue()))
                .toList();
    }

    /** What is held of one member of the case's team, and of nobody else. */
    List<Section> of(CaseFile caseFile, TeamMember member) {
        List<Section> sections = new ArrayList<>();
        for (String table : List.of("team_member", "consent", "private_link", "outbox_mail")) {
            add(
                    sections,
                    table,
                    jdbc.sql("select * from " + table + " where " + (table.equals("team_member") ? "id" : "member_id")
                                    + " = ? order by 1")
                            .param(member.id())
                            .query()
                            .listOfRows(),
                    caseFile);
        }
        return sections;
    }

    private List<Section> ofOne(CaseFile caseFile) {
        List<Section> sections = new ArrayList<>();
        for (CaseTables.Table table : tables.all()) {
            add(
                    sections,
                    table.name(),
                    jdbc.sql("select * from " + table.name() + " where " + table.ofCase() + " order by 1")
                            .param(caseFile.id())
                            .query()
                            .listOfRows(),
                    caseFile);
        }
        for (String[] beside : BESIDE) {
            JdbcClient.StatementSpec statement =
                    jdbc.sql("select " + beside[2] + " from " + beside[0] + " where " + beside[1] + " order by 1");
            add(
                    sections,
                    beside[0],
                    statement
                            .param("id", caseFile.id())
                            .param("number", caseFile.number())
                            .query()
                            .listOfRows(),
                    caseFile);
        }
        return sections;
    }

    private void add(List<Section> sections, String table, List<Map<String, Object>> rows, CaseFile caseFile) {
        if (rows.isEmpty()) {
            return;
        }
        List<Map<String, Object>> read = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> plain = new LinkedHashMap<>();
            row.forEach((column, value) -> plain.put(column.toLowerCase(Locale.ROOT), plain(table, value)));
            if (table.equals("sensitive_data")) {
                sensitive
                        .find(caseFile.id())
                        .orElseThrow()
                        .answers()
                        .forEach((item, answer) -> plain.put(item.column(), answer.name()));
            }
            plain.remove("token_hash");
            read.add(plain);
        }
        sections.add(new Section(table, read));
    }

    /** Files as Base64, the words for search as words. */
    private static Object plain(String table, Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof Date date) {
            return date.toLocalDate();
        }
        if (value instanceof byte[] bytes) {
            return table.equals("case_word")
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : Base64.getEncoder().encodeToString(bytes);
        }
        return value;
    }

    /** The copy for machines, in UTF-8. */
    byte[] json(CaseFile caseFile) {
        return json(caseFile, of(caseFile));
    }

    /** The same of one member of the case's team. */
    byte[] json(CaseFile caseFile, TeamMember member) {
        return json(caseFile, of(caseFile, member));
    }

    private byte[] json(CaseFile caseFile, List<Section> sections) {
        Map<String, Object> copy = new LinkedHashMap<>();
        copy.put("case", caseFile.number());
        copy.put("centre", centres.get(caseFile.centreId()).name());
        copy.put("copiedAt", clock.now().toString());
        sections.forEach(section -> copy.put(section.table(), section.rows()));
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(strings(copy));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Dates as ISO 8601 whatever the mapper is set to. */
    private static Object strings(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> read = new LinkedHashMap<>();
            map.forEach((key, each) -> read.put((String) key, strings(each)));
            return read;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CaseCopy::strings).toList();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** The copy for the person, in their language. */
    byte[] pdf(CaseFile caseFile) {
        return pdf(caseFile, caseFile.person(), "copy.lead", of(caseFile), caseFile.language());
    }

    /** The copy for a member of the case's team, in theirs. */
    byte[] pdf(CaseFile caseFile, TeamMember member) {
        return pdf(caseFile, member.person(), "copy.lead.member", of(caseFile, member), member.locale());
    }

    private byte[] pdf(CaseFile caseFile, String person, String lead, List<Section> sections, Locale locale) {
        Context page = new Context(locale);
        page.setVariable("lang", locale.getLanguage());
        page.setVariable("title", texts.of(locale, "copy.title"));
        page.setVariable(
                "lead",
                texts.of(
                        locale,
                        lead,
                        centres.get(caseFile.centreId()).name(locale),
                        caseFile.number(),
                        MOMENT.format(clock.now())));
        page.setVariable("person", Pdf.text(person));
        page.setVariable("parts", words.of(sections, locale));
        return pdf.of("privacy/copy", page);
    }

    /** A copy as a file to be saved; the format is pdf or json. */
    static ResponseEntity<byte[]> download(String name, String format, byte[] copy) {
        return ResponseEntity.ok()
                .contentType(format.equals("pdf") ? MediaType.APPLICATION_PDF : MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + "." + format)
                                .build()
                                .toString())
                .body(copy);
    }
}
