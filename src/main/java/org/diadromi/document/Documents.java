package org.diadromi.document;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.Tika;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.Audit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The files of a case: papers, scans and tables that a person brings or the centre writes. Each keeping, reading and removing is
 * audited.
 */
@Service
@Transactional
public class Documents {

    /** The most bytes of a file: 10 MB. */
    public static final int MOST_BYTES = 10 * 1024 * 1024;

    private static final int PART_BYTES = 512 * 1024;
    private static final int LONGEST_NAME = 200;

    /**
     * What is taken: papers, pictures and tables that cannot run anything, by the type that their bytes show. Office files with
     * macros have types of their own.
     */
    private static final Map<String, String> TYPES = Map.of(
            "application/pdf", "pdf",
            "image/jpeg", "jpg",
            "image/png", "png",
            "application/msword", "doc",
            "application/vnd.ms-excel", "xls",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
            "application/vnd.oasis.opendocument.text", "odt",
            "application/vnd.oasis.opendocument.spreadsheet", "ods");

    /** A file as lists show it; the size in bytes, the session that it belongs to (null for none), and null for whoever uploaded it where the person of the case did. */
    public record Document(
            long id,
            String name,
            String mediaType,
            int sizeBytes,
            String sha256,
            Long sessionId,
            String uploadedBy,
            LocalDateTime uploadedAt) {

        /** Such as «1,4 MB». */
        public String size() {
            return sizeBytes < 1024 * 1024
                    ? Math.max(1, Math.round(sizeBytes / 1024.0)) + " KB"
                    : String.format(Locale.forLanguageTag("el-GR"), "%.1f MB", sizeBytes / (1024.0 * 1024));
        }
    }

    private final JdbcClient jdbc;
    private final Audit audit;
    private final AppClock clock;
    private final Tika tika = new Tika();

    Documents(JdbcClient jdbc, Audit audit, AppClock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** The case's files, the newest first. */
    @Transactional(readOnly = true)
    public List<Document> of(CaseFile caseFile) {
        return jdbc.sql("""
                select id, name, media_type, size_bytes, sha256, session_id, uploaded_by, uploaded_at
                from document where case_id = ? order by id desc
                """).param(caseFile.id()).query(Document.class).list();
    }

    /** One of the case's files; empty when the case has none of that id. */
    @Transactional(readOnly = true)
    public Optional<Document> find(CaseFile caseFile, long id) {
        return of(caseFile).stream().filter(document -> document.id() == id).findFirst();
    }

    /**
     * Keeps a file that the person of the case sends; one that the case has already is that one.
     *
     * @param givenName as the browser sent it
     * @throws RuleViolation when it is empty, larger than {@link #MOST_BYTES} or of a type that is not taken
     */
    public Document receive(CaseFile caseFile, String givenName, byte[] bytes) {
        String sha256 = sha256(bytes);
        return of(caseFile).stream()
                .filter(document -> document.sha256().equals(sha256))
                .findFirst()
                .orElseGet(() -> keep(caseFile, givenName, bytes, null));
    }

    /**
     * Keeps a file.
     *
     * @param givenName as the browser sent it
     * @param byUser who of the staff brings it; null where the person does
     * @throws RuleViolation when it is empty, larger than {@link #MOST_BYTES}, of a type that is not taken, or there already
     */
    public Document keep(CaseFile caseFile, String givenName, byte[] bytes, String byUser) {
        return keep(caseFile, givenName, bytes, null, byUser);
    }

    /**
     * Keeps a file as {@link #keep(CaseFile, String, byte[], String)} does.
     *
     * @param sessionId the session of the case that it belongs to; null for none
     * @throws RuleViolation also when no such session of the case was held
     */
    public Document keep(CaseFile caseFile, String givenName, byte[] bytes, Long sessionId, String byUser) {
        if (bytes.length == 0) {
            throw new RuleViolation(Problem.DOCUMENT_EMPTY);
        }
        if (bytes.length > MOST_BYTES) {
            throw new RuleViolation(Problem.DOCUMENT_TOO_LARGE, MOST_BYTES / 1024 / 1024);
        }
        String type = tika.detect(bytes, givenName);
        if (!TYPES.containsKey(type)) {
            throw new RuleViolation(Problem.DOCUMENT_TYPE);
        }
        if (sessionId != null && !isHeld(caseFile, sessionId)) {
            throw new RuleViolation(Problem.SESSION_UNKNOWN);
        }
        String sha256 = sha256(bytes);
        if (of(caseFile).stream().anyMatch(document -> document.sha256().equals(sha256))) {
            throw new RuleViolation(Problem.DOCUMENT_THERE);
        }
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        try {
            jdbc.sql("""
                    insert into document (case_id, name, media_type, size_bytes, sha256, session_id, uploaded_by, uploaded_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            caseFile.id(),
                            name(givenName, TYPES.get(type)),
                            type,
                            bytes.length,
                            sha256,
                            sessionId,
                            byUser,
                            clock.now())
                    .update(key, "id");
        } catch (DuplicateKeyException e) {
            throw new RuleViolation(Problem.DOCUMENT_THERE);
        }
        long id = key.getKey().longValue();
        for (int part = 0; part * PART_BYTES < bytes.length; part++) {
            jdbc.sql("insert into document_part (document_id, part, content) values (?, ?, ?)")
                    .params(
                            id,
                            part,
                            Arrays.copyOfRange(
                                    bytes, part * PART_BYTES, Math.min(bytes.length, (part + 1) * PART_BYTES)))
                    .update();
        }
        audit.record(Audit.Action.CHANGED, caseFile.centreId(), caseFile.number(), "document " + id);
        return find(caseFile, id).orElseThrow();
    }

    private boolean isHeld(CaseFile caseFile, long sessionId) {
        return jdbc.sql(
                                "select count(*) from counselling_session where id = ? and case_id = ? and outcome = 'attended'")
                        .params(sessionId, caseFile.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The bytes of one of the case's files, as somebody takes them away. */
    @Transactional(readOnly = true)
    public byte[] read(CaseFile caseFile, Document document) {
        audit.record(Audit.Action.EXPORTED, caseFile.centreId(), caseFile.number(), "document " + document.id());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(document.sizeBytes());
        jdbc.sql("select content from document_part where document_id = ? order by part")
                .param(document.id())
                .query((row, number) -> row.getBytes("content"))
                .list()
                .forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** Removes one of the case's files for good. */
    public void remove(CaseFile caseFile, Document document) {
        jdbc.sql("delete from document_part where document_id = ?")
                .param(document.id())
                .update();
        jdbc.sql("delete from document where id = ?").param(document.id()).update();
        audit.record(Audit.Action.ERASED, caseFile.centreId(), caseFile.number(), "document " + document.id());
    }

    /** The name without a path and without signs that file systems or headers take for something else. */
    static String name(String given, String extension) {
        String bare =
                given == null ? "" : given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        bare = bare.replaceAll("[\\p{C}<>:\"|?*]", " ").strip();
        if (bare.isEmpty() || bare.startsWith(".")) {
            bare = extension + bare;
        }
        if (bare.length() > LONGEST_NAME) {
            int dot = bare.lastIndexOf('.');
            String end = dot < 0 || bare.length() - dot > 10 ? "" : bare.substring(dot);
            bare = bare.substring(0, LONGEST_NAME - end.length()).strip() + end;
        }
        return bare;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
