package org.diadromi.registration;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** The founding of one case's venture, from the team to the Registry's certificate. */
@Table("registration")
public class Registration {

    /** What the Registry says, or what the centre found there later. */
    public enum Answer {
        REGISTERED,
        RETURNED,
        REJECTED,
        DELETED;

        /** The code that the forms and the process use. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The answer of a form's code; an {@link IllegalArgumentException} when there is none. */
        public static Answer ofCode(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** One form that fits the team, with the reason as a Greek sentence. */
    public record Advice(String legalForm, String reason) {}

    @Id
    private Long id;

    private Long caseId;
    private String ventureName;
    private String purpose;
    private int members;
    private int legalPersons;
    private boolean localAuthority;
    private int vulnerable;
    private int special;
    private int psychosocial;
    private int professionals;
    private String advice;
    private String adviceReason;
    private String legalForm;
    private String formReason;
    private String seat;
    private String preparedBy;
    private String dossierNote;
    private String remarks;
    private LocalDate submittedOn;
    private String protocolNumber;
    private String applicant;
    private Answer answer;
    private LocalDate answeredOn;
    private String registryNumber;
    private LocalDate additionalDataOn;
    private String additionalDataNote;
    private String deletionNote;

    /** For the tables only. */
    Registration() {}

    /** Of a case whose team has not been described yet. */
    Registration(Long caseId) {
        this.caseId = caseId;
    }

    Long caseId() {
        return caseId;
    }

    void describe(Team team) {
        team.check();
        ventureName = team.ventureName();
        purpose = team.purpose();
        members = team.members();
        legalPersons = team.legalPersons();
        localAuthority = team.localAuthority();
        vulnerable = team.vulnerable();
        special = team.special();
        psychosocial = team.psychosocial();
        professionals = team.professionals();
    }

    void advise(List<Advice> fitting) {
        advice = fitting.stream().map(Advice::legalForm).collect(Collectors.joining(","));
        adviceReason = fitting.stream().map(Advice::reason).collect(Collectors.joining("\n"));
    }

    void choose(LegalForm form, String reason, String newSeat) {
        legalForm = form.code();
        formReason = reason;
        seat = newSeat;
    }

    void prepared(String note, String byUser) {
        dossierNote = note;
        preparedBy = byUser;
    }

    /** Four eyes: who prepared the dossier does not review it. Remarks stay until a dossier is approved. */
    void review(boolean approved, String newRemarks, String byUser) {
        if (byUser.equals(preparedBy)) {
            throw new RuleViolation(Problem.REVIEWER_PREPARED_IT);
        }
        remarks = approved ? null : newRemarks;
    }

    /** Submitted again after corrections, it has no answer again. */
    void submit(LocalDate on, String newProtocolNumber, String newApplicant, LocalDate today) {
        requireNotAfter(on, today);
        submittedOn = on;
        protocolNumber = newProtocolNumber;
        applicant = newApplicant;
        answer = null;
        answeredOn = null;
    }

    void answer(Answer newAnswer, LocalDate on, String newRegistryNumber, String newRemarks, LocalDate today) {
        requireNotAfter(on, today);
        requireNotBefore(on, submittedOn);
        answer = newAnswer;
        answeredOn = on;
        registryNumber = newRegistryNumber;
        remarks = newRemarks;
    }

    void additionalDataSent(LocalDate on, String note, LocalDate today) {
        requireNotAfter(on, today);
        requireNotBefore(on, answeredOn);
        additionalDataOn = on;
        additionalDataNote = note;
    }

    void deletionChecked(boolean deleted, String note) {
        answer = deleted ? Answer.DELETED : Answer.REGISTERED;
        deletionNote = note;
    }

    static void requireNotAfter(LocalDate day, LocalDate today) {
        if (day.isAfter(today)) {
            throw new RuleViolation(Problem.DATE_IN_FUTURE);
        }
    }

    private static void requireNotBefore(LocalDate day, LocalDate earlier) {
        if (day.isBefore(earlier)) {
            throw new RuleViolation(Problem.DATES_REVERSED);
        }
    }

    Long id() {
        return id;
    }

    /** The founding members in numbers, with the venture's name and purpose. */
    public Team team() {
        return new Team(
                ventureName,
                purpose,
                members,
                legalPersons,
                localAuthority,
                vulnerable,
                special,
                psychosocial,
                professionals);
    }

    /** The name of the venture; it may still change until the Registry has it. */
    public String ventureName() {
        return ventureName;
    }

    /** The forms that fit the team, as the decision found them; empty when none does. */
    public List<Advice> advice() {
        if (advice == null || advice.isEmpty()) {
            return List.of();
        }
        String[] forms = advice.split(",");
        String[] reasons = adviceReason.split("\n");
        return IntStream.range(0, forms.length)
                .mapToObj(i -> new Advice(forms[i], reasons[i]))
                .toList();
    }

    /** The form chosen; an {@link IllegalStateException} before that. */
    public LegalForm legalForm() {
        if (legalForm == null) {
            throw new IllegalStateException("No legal form has been chosen yet");
        }
        return LegalForm.ofCode(legalForm);
    }

    /** The municipality of the seat; null before the form is chosen. */
    public String seat() {
        return seat;
    }

    /** The user id of who prepared the latest dossier; null before the first. */
    public String preparedBy() {
        return preparedBy;
    }

    /** What the preparer wants the reviewer to know; may be null. */
    public String dossierNote() {
        return dossierNote;
    }

    /** What the legal review or the Registry wants mended; null when nothing is. */
    public String remarks() {
        return remarks;
    }

    /** Null before the submission. */
    public LocalDate submittedOn() {
        return submittedOn;
    }

    public String protocolNumber() {
        return protocolNumber;
    }

    /** Who submitted with their own TAXISnet codes. */
    public String applicant() {
        return applicant;
    }

    /** The answer to the latest submission; null while the Registry has not answered. */
    public Answer answer() {
        return answer;
    }

    /** The date of the answer, which is that of the certificate where the venture was registered; null before. */
    public LocalDate answeredOn() {
        return answeredOn;
    }

    public String registryNumber() {
        return registryNumber;
    }

    /** When the additional data went to the Registry; null before. */
    public LocalDate additionalDataOn() {
        return additionalDataOn;
    }
}
