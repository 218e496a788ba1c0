package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.CentreAtWork.user;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.pause;

import java.util.Map;
import java.util.Set;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.diadromi.workflow.StaffAccounts.Account;
import org.diadromi.workflow.StaffAccounts.Details;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tasks of somebody who leaves, or who changes to other work. */
class StaffLeavesTest extends Scenario {

    private static final String INTERVIEW = "task_firstContact_initialInterview";

    @Autowired
    private StaffAccounts accounts;

    @Autowired
    private JdbcClient jdbc;

    private String person;

    @BeforeEach
    void somebody_has_taken_on_an_interview() {
        person = "l" + Long.toString(System.nanoTime(), 36);
        accounts.create(person, "demo", false, details(Map.of("kerkyra", Set.of(Role.INTAKE))));
        centre.registers(firstContact());
        centre.opens(person, INTERVIEW);
        assertThat(assignee()).isEqualTo(person);
    }

    private static Details details(Map<String, Set<Role>> roles) {
        return new Details("Θάλεια", "Ρούσσου", null, "el", false, roles);
    }

    private Account account() {
        return accounts.find(person).orElseThrow();
    }

    /** How many tasks supervision counts as the person's. */
    private int asFact() {
        return jdbc.sql("select count(*) from task_fact where assignee = ?")
                .param(person)
                .query(Integer.class)
                .single();
    }

    private String assignee() {
        return centre.waiting(INTERVIEW).getAssignee();
    }

    @Test
    void other_roles_for_the_same_work_change_nothing() {
        accounts.change(person, 0, details(Map.of("kerkyra", Set.of(Role.COUNSELLOR))), "admin");
        assertThat(assignee()).isEqualTo(person);
    }

    @Test
    void a_task_that_the_roles_no_longer_allow_goes_back_to_its_group() {
        accounts.change(
                person, 0, details(Map.of("kerkyra", Set.of(Role.LEGAL), "chania", Set.of(Role.INTAKE))), "admin");
        assertThat(assignee()).isNull();
        assertThat(asFact()).isZero();
        centre.does(interview());
    }

    @Test
    void a_task_of_a_paused_case_goes_back_too_and_stays_paused() {
        centre.asksFor(pause(centre.today().plusDays(10)));
        accounts.deactivate(person, account().version(), "admin");

        assertThat(centre.waitingFor()).isEmpty();
        assertThat(asFact()).isZero();
        centre.timerFires("timer_pause_until");
        assertThat(assignee()).isNull();
        centre.does(interview());
    }

    @Test
    void what_was_lent_goes_back_to_whoever_lent_it() {
        String other = person + "b";
        accounts.create(other, "demo", false, details(Map.of("kerkyra", Set.of(Role.INTAKE))));
        centre.lends(INTERVIEW, other);

        accounts.deactivate(other, 0, "admin");
        assertThat(assignee()).isEqualTo(person);
        centre.doesAs(person, interview());
    }

    @Test
    void what_somebody_who_leaves_has_lent_goes_to_the_group_when_it_comes_back() {
        String other = person + "b";
        accounts.create(other, "demo", false, details(Map.of("kerkyra", Set.of(Role.INTAKE))));
        centre.lends(INTERVIEW, other);

        accounts.deactivate(person, account().version(), "admin");
        assertThat(assignee()).isEqualTo(other);
        centre.givesBack(INTERVIEW);
        assertThat(assignee()).isNull();
        centre.doesAs(user("intake"), interview());
    }
}
