package org.diadromi.registration;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diadromi.OncePerTransaction;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseWords;
import org.diadromi.casefile.Timeline;
import org.diadromi.casefile.Timeline.Kind;
import org.diadromi.supervision.Facts;
import org.diadromi.workflow.Deadlines;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Founds a venture: its team, legal form, dossier, the Registry's answer, and what is due after the certificate. */
@Service
@Transactional
public class RegistrationService {

    private final RegistrationRepository registrations;
    private final RegistrationItemRepository items;
    private final LegalFormRules rules;
    private final LegalConstants constants;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final CaseWords words;
    private final Facts facts;
    private final AppClock clock;
    private final OncePerTransaction<Long, Registration> read = new OncePerTransaction<>();
    private final OncePerTransaction<Long, List<RegistrationItem>> readItems = new OncePerTransaction<>();

    RegistrationService(
            RegistrationRepository registrations,
            RegistrationItemRepository items,
            LegalFormRules rules,
            LegalConstants constants,
            Deadlines deadlines,
            Timeline timeline,
            CaseWords words,
            Facts facts,
            AppClock clock) {
        this.registrations = registrations;
        this.items = items;
        this.rules = rules;
        this.constants = constants;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.words = words;
        this.facts = facts;
        this.clock = clock;
    }

    /** The case's registration; an {@link IllegalStateException} before its team has been described. */
    @Transactional(readOnly = true)
    public Registration get(CaseFile caseFile) {
        return find(caseFile).orElseThrow(() -> new IllegalStateException("No registration of " + caseFile.number()));
    }

    /** Records the founding members; a {@link RuleViolation} when parts of them are more than all. */
    public void describeTeam(CaseFile caseFile, Team team, String byUser) {
        Registration registration = find(caseFile).orElseGet(() -> new Registration(caseFile.id()));
        registration.describe(team);
        save(registration);
        words.write(caseFile.id());
        timeline.add(caseFile, Kind.TEAM_DESCRIBED, team.purpose(), byUser);
    }

    /** Keeps which legal forms fit the team. */
    public void advised(CaseFile caseFile, List<Registration.Advice> fitting) {
        Registration registration = get(caseFile);
        registration.advise(fitting);
        save(registration);
    }

    /** Records the legal form; a {@link RuleViolation} when the law, as it is today, does not let this team take it. */
    public void chooseForm(CaseFile caseFile, LegalForm form, String reason, String seat, String byUser) {
        Registration registration = get(caseFile);
        rules.check(form, registration.team(), clock.today());
        registration.choose(form, reason, seat);
        save(registration);
        facts.legalForm(caseFile.id(), form.code());
        timeline.add(caseFile, Kind.FORM_CHOSEN, form.code(), byUser);
    }

    /** Replaces the checklist; what stays on it keeps its done mark. */
    public void makeChecklist(CaseFile caseFile, List<RegistrationItem> checklist) {
        Long registrationId = get(caseFile).id();
        List<RegistrationItem> before = items(registrationId);
        items.deleteByRegistrationId(registrationId);
        items.saveAll(checklist.stream()
                .map(item -> before.stream()
                        .filter(item::isSameAs)
                        .findFirst()
                        .map(old -> item.done(old.doneOn(), old.reference(), old.doneBy()))
                        .orElse(item)
                        .of(registrationId))
                .toList());
        readItems.forget();
    }

    /** The documents or the steps of the checklist, in its order. */
    @Transactional(readOnly = true)
    public List<RegistrationItem> checklist(CaseFile caseFile, RegistrationItem.Kind kind) {
        return items(get(caseFile).id()).stream()
                .filter(item -> item.kind() == kind)
                .toList();
    }

    /** Records a complete dossier and who prepared it; a {@link RuleViolation} names the documents that are missing. */
    public void prepareDossier(CaseFile caseFile, Collection<String> ready, String note, String byUser) {
        List<RegistrationItem> documents = checklist(caseFile, RegistrationItem.Kind.DOCUMENT);
        String missing = documents.stream()
                .filter(document -> !ready.contains(document.itemKey()))
                .map(RegistrationItem::label)
                .collect(Collectors.joining(" · "));
        if (!missing.isEmpty()) {
            throw new RuleViolation(Problem.DOCUMENTS_MISSING, missing);
        }
        Registration registration = get(caseFile);
        registration.prepared(note, byUser);
        save(registration);
        items.documentsDone(registration.id(), clock.today(), byUser);
        readItems.forget();
        timeline.add(caseFile, Kind.DOSSIER_PREPARED, String.valueOf(documents.size()), byUser);
    }

    /**
     * Records the legal review; a {@link RuleViolation} when the reviewer prepared the dossier.
     *
     * @param remarks what is to be mended; null when it is approved
     */
    public void review(CaseFile caseFile, boolean approved, String remarks, String byUser) {
        Registration registration = get(caseFile);
        registration.review(approved, remarks, byUser);
        save(registration);
        timeline.add(caseFile, Kind.DOSSIER_REVIEWED, approved ? "approve" : "return", byUser);
    }

    /** Records the submission to the Registry; a {@link RuleViolation} when its date is yet to come. */
    public void submitted(CaseFile caseFile, LocalDate on, String protocolNumber, String applicant, String byUser) {
        Registration registration = get(caseFile);
        registration.submit(on, protocolNumber, applicant, clock.today());
        save(registration);
        timeline.add(caseFile, Kind.SUBMITTED, protocolNumber, byUser);
    }

    /**
     * Records what the Registry answered; a {@link RuleViolation} when the date is yet to come or before the
     * submission.
     *
     * @param registryNumber null unless it is registered
     * @param remarks what it wants or how it argues; null when it is registered
     */
    public void answered(
            CaseFile caseFile,
            Registration.Answer answer,
            LocalDate on,
            String registryNumber,
            String remarks,
            String byUser) {
        Registration registration = get(caseFile);
        registration.answer(answer, on, registryNumber, remarks, clock.today());
        save(registration);
        timeline.add(caseFile, Kind.REGISTRY_ANSWERED, answer.code(), byUser);
    }

    /** Records that the additional data went out; a {@link RuleViolation} when the date is yet to come or too early. */
    public void additionalDataSent(CaseFile caseFile, LocalDate on, String note, String byUser) {
        Registration registration = get(caseFile);
        registration.additionalDataSent(on, note, clock.today());
        save(registration);
        timeline.add(caseFile, Kind.ADDITIONAL_DATA_SENT, on.toString(), byUser);
    }

    /** Records what was found in the Registry after both deadlines had passed. */
    public void deletionChecked(CaseFile caseFile, boolean deleted, String note, String byUser) {
        Registration registration = get(caseFile);
        registration.deletionChecked(deleted, note);
        save(registration);
        timeline.add(caseFile, Kind.DELETION_CHECKED, registration.answer().code(), byUser);
    }

    /** One step of the checklist; an {@link IllegalStateException} when it has none of that key. */
    @Transactional(readOnly = true)
    public RegistrationItem step(CaseFile caseFile, String key) {
        return checklist(caseFile, RegistrationItem.Kind.STEP).stream()
                .filter(item -> item.itemKey().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No step " + key + " of " + caseFile.number()));
    }

    /** Records a step after the registration; a {@link RuleViolation} when its date is yet to come. */
    public void stepDone(CaseFile caseFile, String key, LocalDate on, String reference, String byUser) {
        Registration.requireNotAfter(on, clock.today());
        items.save(step(caseFile, key).done(on, reference, byUser));
        readItems.forget();
        timeline.add(caseFile, Kind.STEP_DONE, key, byUser);
    }

    /** Until when the Registry is expected to answer: the days that the law gives the register of this form. */
    @Transactional(readOnly = true)
    public LocalDate answerBy(CaseFile caseFile) {
        Registration registration = get(caseFile);
        return after(
                caseFile, registration.submittedOn(), registration.legalForm().answerDaysKey());
    }

    /** When the person is reminded of the additional data: so long after the certificate as the settings say. */
    @Transactional(readOnly = true)
    public LocalDate additionalDataReminderOn(CaseFile caseFile) {
        return deadlines.after("additional-data-reminder", caseFile.centreId(), registeredOn(caseFile));
    }

    /** Until when the additional data have to be with the Registry. */
    @Transactional(readOnly = true)
    public LocalDate additionalDataBy(CaseFile caseFile) {
        return after(caseFile, registeredOn(caseFile), "registry.additional-data-days");
    }

    /** The end of the last notice; after it the Registry deletes the venture. */
    @Transactional(readOnly = true)
    public LocalDate lastNoticeBy(CaseFile caseFile) {
        return after(caseFile, additionalDataBy(caseFile), "registry.last-notice-days");
    }

    /** Until when a step after the registration is to be done. */
    @Transactional(readOnly = true)
    public LocalDate stepBy(CaseFile caseFile, String key) {
        return deadlines.afterDays(
                caseFile.centreId(), registeredOn(caseFile), step(caseFile, key).dueDays());
    }

    /** The date of the certificate; an {@link IllegalStateException} when the venture is not registered. */
    @Transactional(readOnly = true)
    public LocalDate registeredOn(CaseFile caseFile) {
        Registration registration = get(caseFile);
        if (registration.answer() != Registration.Answer.REGISTERED) {
            throw new IllegalStateException("Not registered: " + caseFile.number());
        }
        return registration.answeredOn();
    }

    /** How many members the venture's legal form needs today. */
    @Transactional(readOnly = true)
    public int minimumMembers(CaseFile caseFile) {
        return rules.minimumMembers(get(caseFile).legalForm(), clock.today());
    }

    private Optional<Registration> find(CaseFile caseFile) {
        return Optional.ofNullable(
                read.get(caseFile.id(), id -> registrations.findByCaseId(id).orElse(null)));
    }

    private void save(Registration registration) {
        read.put(registration.caseId(), registrations.save(registration));
    }

    private List<RegistrationItem> items(Long registrationId) {
        return readItems.get(registrationId, items::findOf);
    }

    private LocalDate after(CaseFile caseFile, LocalDate day, String daysKey) {
        return deadlines.afterDays(
                caseFile.centreId(), day, constants.value(daysKey, day).intValueExact());
    }
}

interface RegistrationRepository extends ListCrudRepository<Registration, Long> {
    @Query("select * from registration where case_id = :caseId")
    Optional<Registration> findByCaseId(Long caseId);
}

interface RegistrationItemRepository extends ListCrudRepository<RegistrationItem, Long> {
    @Query("select * from registration_item where registration_id = :registrationId order by id")
    List<RegistrationItem> findOf(Long registrationId);

    @Modifying
    @Query("delete from registration_item where registration_id = :registrationId")
    void deleteByRegistrationId(Long registrationId);

    @Modifying
    @Query("""
            update registration_item set done_on = :on, done_by = :byUser
            where registration_id = :registrationId and kind = 'DOCUMENT'
            """)
    void documentsDone(Long registrationId, LocalDate on, String byUser);
}
