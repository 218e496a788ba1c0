package org.diadromi.consent;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.consent.Wording.Purpose;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person has agreed to, in the words that they were shown, and what they have taken back. */
@Service
@Transactional
public class Consents {

    /**
     * A text to agree to: what happens with the data, and the sentence beside the box.
     */
    public record Text(String information, String agreement) {}

    /**
     * A consent as it was given.
     *
     * @param version 0 where the text of the time was not kept
     * @param recordedBy the user id of the member of staff; null when the person gave it themselves
     * @param withdrawnAt null while it stands
     */
    public record Given(
            Purpose purpose,
            Wording wording,
            int version,
            String text,
            String language,
            Channel channel,
            LocalDateTime givenAt,
            String recordedBy,
            LocalDateTime withdrawnAt,
            Channel withdrawnVia) {}

    private final JdbcClient jdbc;
    private final Texts texts;
    private final AppClock clock;

    Consents(JdbcClient jdbc, Texts texts, AppClock clock) {
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    /** The text of today's version, as a form shows it. */
    public Text text(Wording wording, Locale locale) {
        String[] parts = whole(wording, locale).split("\n\n", 2);
        return parts.length == 2 ? new Text(parts[0], parts[1]) : new Text("", parts[0]);
    }

    /**
     * Records that the person of the case agrees to today's version.
     *
     * @param locale the language in which it was shown or read out
     * @param byUser the member of staff who heard it; null when the person ticked it themselves
     * @param about whom or what the text names
     */
    public void give(
            CaseFile caseFile, Wording wording, Locale locale, Channel channel, String byUser, Object... about) {
        give(caseFile, null, wording, locale, channel, byUser, about);
    }

    /**
     * The same of a member of the case's team.
     *
     * @param memberId null for the person of the case
     */
    public void give(
            CaseFile caseFile,
            Long memberId,
            Wording wording,
            Locale locale,
            Channel channel,
            String byUser,
            Object... about) {
        jdbc.sql("""
                insert into consent (case_id, member_id, purpose, wording, wording_version, wording_text, language, channel,
                                     given_at, recorded_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        caseFile.id(),
                        memberId,
                        wording.purpose().name(),
                        wording.name(),
                        wording.version(),
                        whole(wording, locale, about),
                        locale.getLanguage(),
                        channel.name(),
                        clock.now(),
                        byUser)
                .update();
    }

    /** Everything the person of the case has agreed to, oldest first, with what they have taken back. */
    @Transactional(readOnly = true)
    public List<Given> of(CaseFile caseFile) {
        return given("case_id = ? and member_id is null", caseFile.id());
    }

    /** Everything a member of a team has agreed to, oldest first. */
    @Transactional(readOnly = true)
    public List<Given> ofMember(long memberId) {
        return given("member_id = ?", memberId);
    }

    private List<Given> given(String which, long id) {
        return jdbc.sql("""
                select purpose, wording, wording_version as version, wording_text as text, language, channel, given_at,
                       recorded_by, withdrawn_at, withdrawn_via
                from consent where %s order by id
                """.formatted(which)).param(id).query(Given.class).list();
    }

    /**
     * Takes back what the person of the case agreed to for a purpose; what is taken back already stays as it is, and what the members of
     * their team agreed to.
     */
    public void withdraw(CaseFile caseFile, Purpose purpose, Channel via, String byUser) {
        jdbc.sql("""
                update consent set withdrawn_at = ?, withdrawn_via = ?, withdrawn_by = ?
                where case_id = ? and member_id is null and purpose = ? and withdrawn_at is null
                """)
                .params(clock.now(), via.name(), byUser, caseFile.id(), purpose.name())
                .update();
    }

    private String whole(Wording wording, Locale locale, Object... about) {
        return texts.of(locale, "consent.wording." + wording + "." + wording.version(), about);
    }
}
