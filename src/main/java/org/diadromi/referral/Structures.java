package org.diadromi.referral;

import java.util.List;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.Option;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The directory of local structures; each centre has its own. */
@Service
@Transactional
public class Structures {

    private final StructureRepository repository;
    private final ObjectProvider<StructureReview> review;
    private final Audit audit;
    private final Texts texts;
    private final JdbcClient jdbc;
    private final AppClock clock;

    /** @param review asked for when it is needed: it hangs on the engine, and that on the tasks which ask here */
    Structures(
            StructureRepository repository,
            ObjectProvider<StructureReview> review,
            Audit audit,
            Texts texts,
            JdbcClient jdbc,
            AppClock clock) {
        this.repository = repository;
        this.review = review;
        this.audit = audit;
        this.texts = texts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The centre's structures to which people are sent, by name. */
    @Transactional(readOnly = true)
    public List<Structure> of(String centreId) {
        return repository.findAllByCentreIdAndActiveOrderByName(centreId, true);
    }

    /** The same as a form offers them, by their ids. */
    @Transactional(readOnly = true)
    public List<Option> offered(String centreId) {
        return of(centreId).stream()
                .map(structure -> new Option(
                        structure.area() == null ? structure.name() : structure.name() + " · " + structure.area(),
                        String.valueOf(structure.id())))
                .toList();
    }

    /** Those to which nobody is sent any more, by name. */
    @Transactional(readOnly = true)
    List<Structure> former(String centreId) {
        return repository.findAllByCentreIdAndActiveOrderByName(centreId, false);
    }

    /** The centre's structure of that id, also one to which nobody is sent any more. */
    @Transactional(readOnly = true)
    public Optional<Structure> find(String centreId, long id) {
        return repository.findByCentreIdAndId(centreId, id);
    }

    /**
     * Enters a structure or changes it; what has just been written is right today.
     *
     * @throws RuleViolation when somebody else has changed it meanwhile
     */
    public Structure keep(Structure structure, String byUser) {
        Structure kept;
        try {
            kept = repository.save(structure.checked(clock.today(), byUser, structure.active()));
        } catch (OptimisticLockingFailureException e) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
        if (structure.id() == null) {
            review.getObject().begin(kept);
        }
        audit.record(
                Audit.Action.CHANGED, kept.centreId(), "structure-" + kept.id(), texts.of("structures.audit.changed"));
        return kept;
    }

    /**
     * The same with all the people to ask for there.
     *
     * @param others whom to ask for beside the one who gets the referrals, in their order
     */
    Structure keep(Structure structure, List<StructureContact> others, String byUser) {
        Structure kept = keep(structure, byUser);
        jdbc.sql("delete from structure_contact where structure_id = ?")
                .param(kept.id())
                .update();
        for (int i = 0; i < others.size(); i++) {
            StructureContact contact = others.get(i);
            jdbc.sql("""
                    insert into structure_contact (structure_id, place, contact_name, contact_role, contact_phone, contact_email)
                    values (?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            kept.id(),
                            i,
                            contact.contactName(),
                            contact.contactRole(),
                            contact.contactPhone(),
                            contact.contactEmail())
                    .update();
        }
        return kept;
    }

    /** Whom to ask for at the structure beside the one who gets the referrals. */
    @Transactional(readOnly = true)
    public List<StructureContact> others(Structure structure) {
        return jdbc.sql("""
                select contact_name, contact_role, contact_phone, contact_email from structure_contact
                where structure_id = ? order by place
                """).param(structure.id()).query(StructureContact.class).list();
    }

    /** Records that somebody has looked at the structure today: it is still right, or there is no such structure any more. */
    public void checked(Structure structure, boolean stillThere, String byUser) {
        repository.save(structure.checked(clock.today(), byUser, stillThere));
        audit.record(
                Audit.Action.CHANGED,
                structure.centreId(),
                "structure-" + structure.id(),
                texts.of(stillThere ? "structures.audit.checked" : "structures.audit.gone"));
    }
}

interface StructureRepository extends CrudRepository<Structure, Long> {
    List<Structure> findAllByCentreIdAndActiveOrderByName(String centreId, boolean active);

    Optional<Structure> findByCentreIdAndId(String centreId, Long id);
}
