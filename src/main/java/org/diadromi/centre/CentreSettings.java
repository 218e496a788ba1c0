package org.diadromi.centre;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.Span;
import org.diadromi.privacy.Audit;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds centres and changes what each settles for itself. Everything is read where it is needed, so it counts from then on. */
@Service
@Transactional
class CentreSettings {

    /** All that a centre settles. */
    record Settings(
            Centre centre, List<SpecialDay> days, Map<String, Span> levels, List<FundingBudgets.Budget> budgets) {}

    private final CentreRepository repository;
    private final Centres centres;
    private final ServiceLevels levels;
    private final FundingBudgets budgets;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Texts texts;
    private final ApplicationEventPublisher events;

    CentreSettings(
            CentreRepository repository,
            Centres centres,
            ServiceLevels levels,
            FundingBudgets budgets,
            JdbcClient jdbc,
            Audit audit,
            Texts texts,
            ApplicationEventPublisher events) {
        this.repository = repository;
        this.centres = centres;
        this.levels = levels;
        this.budgets = budgets;
        this.jdbc = jdbc;
        this.audit = audit;
        this.texts = texts;
        this.events = events;
    }

    /** The settings of the centre; empty when there is no such centre. */
    @Transactional(readOnly = true)
    public Optional<Settings> find(String id) {
        return repository.findById(id).map(centre -> new Settings(centre, days(id), levels.own(id), budgets.of(id)));
    }

    /**
     * Adds a centre; people can work in it at once.
     *
     * @throws RuleViolation when its id or its code is another's
     */
    public void add(Settings settings) {
        Centre centre = settings.centre();
        if (repository.existsById(centre.id())) {
            throw new RuleViolation(Problem.CENTRE_ID_TAKEN, centre.id());
        }
        try {
            jdbc.sql("insert into centre (id, code, name, name_en, region, kind) values (?, ?, ?, ?, ?, ?)")
                    .params(
                            centre.id(),
                            centre.code(),
                            centre.name(),
                            centre.nameEn(),
                            centre.region(),
                            centre.kind().name())
                    .update();
        } catch (DuplicateKeyException e) {
            throw new RuleViolation(Problem.CENTRE_CODE_TAKEN, centre.code());
        }
        write(settings, 0);
        audit.record(Audit.Action.CHANGED, centre.id(), centre.id(), texts.of("centres.audit.added"));
    }

    /**
     * Changes the settings of a centre, but for its id and its code.
     *
     * @param version as it was read
     * @throws RuleViolation when they have been changed meanwhile
     */
    public void change(Settings settings, int version) {
        write(settings, version);
        String id = settings.centre().id();
        audit.record(Audit.Action.CHANGED, id, id, texts.of("centres.audit.changed"));
    }

    private void write(Settings settings, int version) {
        Centre centre = settings.centre();
        int written = jdbc.sql("""
                update centre set name = ?, name_en = ?, region = ?, kind = ?, email = ?, phone = ?, address = ?,
                    sender_name = ?, sender_address = ?, signature = ?, signature_en = ?, opening_days = ?,
                    follow_up_months = ?, attendance_limit = ?, no_show_limit = ?, cohort_min = ?, cohort_max = ?,
                    teams_min = ?, teams_max = ?, training_hours = ?, assigning = ?, version = version + 1
                where id = ? and version = ?
                """)
                .params(
                        centre.name(),
                        centre.nameEn(),
                        centre.region(),
                        centre.kind().name(),
                        centre.email(),
                        centre.phone(),
                        centre.address(),
                        centre.senderName(),
                        centre.senderAddress(),
                        centre.signature(),
                        centre.signatureEn(),
                        centre.openingDays(),
                        centre.followUpMonths(),
                        centre.attendanceLimit(),
                        centre.noShowLimit(),
                        centre.cohortMin(),
                        centre.cohortMax(),
                        centre.teamsMin(),
                        centre.teamsMax(),
                        centre.trainingHours(),
                        centre.assigning().name(),
                        centre.id(),
                        version)
                .update();
        if (written == 0) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
        jdbc.sql("delete from centre_closure where centre_id = ?")
                .param(centre.id())
                .update();
        settings.days()
                .forEach(day -> jdbc.sql(
                                "insert into centre_closure (centre_id, closed_on, kind, name) values (?, ?, ?, ?)")
                        .params(centre.id(), day.day(), day.kind().name(), day.name())
                        .update());
        levels.settle(centre.id(), settings.levels());
        budgets.settle(centre.id(), settings.budgets());
        centres.forget();
        events.publishEvent(new CentreChanged(centre.id(), centre.name()));
    }

    private List<SpecialDay> days(String id) {
        return jdbc.sql(
                        "select closed_on as \"day\", kind, name from centre_closure where centre_id = ? order by closed_on")
                .param(id)
                .query(SpecialDay.class)
                .list();
    }
}
