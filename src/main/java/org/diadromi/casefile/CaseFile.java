package org.diadromi.casefile;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/** The case file (φάκελος): one person or group on its way through a centre, with the one who speaks for it. */
@Table("case_file")
public class CaseFile {

    /** How the person is addressed in letters. */
    public enum Salutation {
        KYRIA,
        KYRIOS,
        UNKNOWN
    }

    /** Whether work goes on. */
    public enum Status {
        OPEN,
        PAUSED,
        CLOSED
    }

    /**
     * Who the person is and how they are reached.
     *
     * @param phone in international form, or null
     * @param email or null
     */
    public record Identity(String firstName, String lastName, String phone, String email, String municipality) {}

    @Id
    private Long id;

    private String number;
    private String centreId;
    private String firstName;
    private String lastName;
    private final Salutation salutation;
    private String salutationName;
    private String phone;
    private String email;
    private String municipality;
    private final String language;
    private final String source;
    private final String sourceDetail;
    private int groupSize;
    private final String idea;
    private final LocalDateTime informedAt;
    private String counsellor;
    private Status status;
    private final LocalDateTime openedAt;
    private LocalDateTime pausedAt;
    private LocalDate pausedUntil;
    private LocalDateTime closedAt;
    private String outcome;
    private String outcomeReason;
    private String outcomeNote;

    @Version
    private Integer version;

    /** A new, open case file under the number given. */
    CaseFile(String number, FirstContact contact, LocalDateTime openedAt) {
        this(
                number,
                contact.centreId(),
                contact.firstName(),
                contact.lastName(),
                contact.salutation(),
                Vocative.suggest(contact.lastName(), contact.salutation()),
                contact.phone(),
                contact.email(),
                contact.municipality(),
                contact.language(),
                contact.source(),
                contact.sourceDetail(),
                contact.groupSize(),
                contact.idea(),
                openedAt,
                openedAt);
        this.status = Status.OPEN;
    }

    @PersistenceCreator
    CaseFile(
            String number,
            String centreId,
            String firstName,
            String lastName,
            Salutation salutation,
            String salutationName,
            String phone,
            String email,
            String municipality,
            String language,
            String source,
            String sourceDetail,
            int groupSize,
            String idea,
            LocalDateTime informedAt,
            LocalDateTime openedAt) {
        this.number = number;
        this.centreId = centreId;
        this.firstName = firstName;
        this.lastName = lastName;
        this.salutation = salutation;
        this.salutationName = salutationName;
        this.phone = phone;
        this.email = email;
        this.municipality = municipality;
        this.language = language;
        this.source = source;
        this.sourceDetail = sourceDetail;
        this.groupSize = groupSize;
        this.idea = idea;
        this.informedAt = informedAt;
        this.openedAt = openedAt;
    }

    /** Records the vocative that letters use. */
    void addressAs(String vocative) {
        salutationName = vocative;
    }

    /** Corrects who the person is; a new last name is addressed anew. */
    void correct(Identity right) {
        if (!right.lastName().equals(lastName)) {
            salutationName = Vocative.suggest(right.lastName(), salutation);
        }
        firstName = right.firstName();
        lastName = right.lastName();
        phone = right.phone();
        email = right.email();
        municipality = right.municipality();
    }

    /** Gives the case to a counsellor (a user id). */
    void assignTo(String userId) {
        counsellor = userId;
    }

    /** Becomes a group of that many, unless it is a greater one. */
    void isAtLeast(int people) {
        groupSize = Math.max(groupSize, people);
    }

    /** Goes over to another centre, which gives it a number of its own and has yet to find it a counsellor. */
    void handOver(String newCentre, String newNumber) {
        requireStatus(Status.OPEN);
        comeAlong(newCentre, newNumber);
        counsellor = null;
    }

    /** Goes along with the case into which it went. */
    void comeAlong(String newCentre, String newNumber) {
        centreId = newCentre;
        number = newNumber;
    }

    /** Lets the work rest until a day. */
    void pause(LocalDateTime now, LocalDate until, String reason, String note) {
        requireStatus(Status.OPEN);
        if (!until.isAfter(now.toLocalDate())) {
            throw new RuleViolation(Problem.DATE_IN_PAST);
        }
        status = Status.PAUSED;
        pausedAt = now;
        pausedUntil = until;
        outcomeReason = reason;
        outcomeNote = note;
    }

    /** Takes the work up again. */
    void resume() {
        if (status != Status.PAUSED) {
            throw new RuleViolation(Problem.CASE_NOT_PAUSED, number);
        }
        status = Status.OPEN;
        pausedAt = null;
        pausedUntil = null;
        outcomeReason = null;
        outcomeNote = null;
    }

    /** Why the case is about to end, told by the person or the centre before the process ends it. */
    void explainEnd(String reason, String note) {
        requireNotClosed();
        outcomeReason = reason;
        outcomeNote = note;
    }

    /** Ends the case with its outcome. */
    void close(LocalDateTime now, String newOutcome) {
        requireNotClosed();
        status = Status.CLOSED;
        outcome = newOutcome;
        closedAt = now;
        pausedAt = null;
        pausedUntil = null;
    }

    private void requireStatus(Status wanted) {
        requireNotClosed();
        if (status != wanted) {
            throw new RuleViolation(Problem.CASE_PAUSED, number);
        }
    }

    private void requireNotClosed() {
        if (status == Status.CLOSED) {
            throw new RuleViolation(Problem.CASE_CLOSED, number);
        }
    }

    public Long id() {
        return id;
    }

    /** E.g. KER-2026-00042; the business key of its processes. */
    public String number() {
        return number;
    }

    public String centreId() {
        return centreId;
    }

    public String firstName() {
        return firstName;
    }

    public String lastName() {
        return lastName;
    }

    /** First and last name. */
    public String person() {
        return firstName + " " + lastName;
    }

    public Salutation salutation() {
        return salutation;
    }

    /** The last name in the vocative, for letters; null where nobody knows it. */
    public String salutationName() {
        return salutationName;
    }

    /** In the form +302661012345; null where there is none. */
    public String phone() {
        return phone;
    }

    /** Null where there is none. */
    public String email() {
        return email;
    }

    public String municipality() {
        return municipality;
    }

    /** The language of the person's messages. */
    public Locale language() {
        return Locale.forLanguageTag(language);
    }

    public String source() {
        return source;
    }

    /** How many people they are; 1 for a person alone. */
    public int groupSize() {
        return groupSize;
    }

    public String idea() {
        return idea;
    }

    /** The user id of the counsellor; null before counselling. */
    public String counsellor() {
        return counsellor;
    }

    public Status status() {
        return status;
    }

    public LocalDateTime openedAt() {
        return openedAt;
    }

    public LocalDateTime pausedAt() {
        return pausedAt;
    }

    public LocalDate pausedUntil() {
        return pausedUntil;
    }

    public LocalDateTime closedAt() {
        return closedAt;
    }

    /** How it ended; null while it is open. */
    public String outcome() {
        return outcome;
    }

    public String outcomeReason() {
        return outcomeReason;
    }
}
