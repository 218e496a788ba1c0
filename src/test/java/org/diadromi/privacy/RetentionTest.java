package org.diadromi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Channel;
import org.diadromi.privacy.Retention.Category;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the nights let go of, and that the dry run says the same beforehand; on both databases. */
class RetentionTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "retention");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "retention");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/retention/outbox",
                "diadromi.retention.cases=P5Y"
            })
    abstract static class Promises {

        @Autowired
        private Retention retention;

        @Autowired
        private Audit audit;

        @Autowired
        private AuditChain chain;

        @Autowired
        private CaseFiles cases;

        @Autowired
        private TeamMembers team;

        @Autowired
        private AppClock clock;

        @Autowired
        private JdbcClient jdbc;

        @BeforeEach
        void nothing_is_due() {
            retention.run();
            assertThat(counts(null).values()).containsOnly(0L);
        }

        @Test
        void an_enquiry_goes_after_a_year_and_a_supported_case_after_five() {
            CaseFile enquiry = closed("kerkyra", 1, "first-contact");
            CaseFile youngEnquiry = closed("kerkyra", 0, "first-contact");
            CaseFile supported = closed("chania", 5, "counselling");
            CaseFile youngSupported = closed("chania", 4, "counselling");

            assertThat(counts(null)).containsEntry(Category.ENQUIRIES, 1L).containsEntry(Category.CASES, 1L);
            assertThat(counts(List.of("kerkyra")))
                    .containsEntry(Category.ENQUIRIES, 1L)
                    .containsEntry(Category.CASES, 0L);
            assertThat(counts(List.of("kerkyra"))).doesNotContainKey(Category.AUDIT);
            assertThat(retention.numbers(List.of("chania"))).containsExactly(supported.number());
            assertThat(retention.numbers(List.of())).isEmpty();

            retention.run();
            assertThat(person(enquiry)).isEqualTo("–");
            assertThat(person(supported)).isEqualTo("–");
            assertThat(person(youngEnquiry)).isEqualTo("Μάνεση");
            assertThat(person(youngSupported)).isEqualTo("Μάνεση");
            assertThat(counts(null).values()).containsOnly(0L);
        }

        @Test
        void a_person_who_waits_for_an_answer_is_not_erased_meanwhile() {
            CaseFile waiting = closed("kerkyra", 6, "counselling");
            jdbc.sql("""
                    insert into data_request (case_id, kind, received_on, channel, due_on, recorded_at, changed_at)
                    values (?, 'access', ?, 'phone', ?, ?, ?)
                    """)
                    .params(waiting.id(), clock.today(), clock.today(), clock.now(), clock.now())
                    .update();
            retention.run();
            assertThat(person(waiting)).isEqualTo("Μάνεση");
            jdbc.sql("update data_request set decision = 'grant' where case_id = ?")
                    .param(waiting.id())
                    .update();
            retention.run();
            assertThat(person(waiting)).isEqualTo("–");
        }

        @Test
        void old_mails_and_links_go_and_what_waits_stays() {
            CaseFile open = open("kerkyra");
            for (String status : List.of("SENT", "FAILED", "PENDING")) {
                mail(open, status, clock.now().minusYears(2));
            }
            mail(open, "SENT", clock.now());
            link(open, clock.now().minusDays(40));
            link(open, clock.now().minusDays(10));
            assertThat(counts(List.of("kerkyra")))
                    .containsEntry(Category.MAILS, 2L)
                    .containsEntry(Category.LINKS, 1L);
            assertThat(counts(List.of("chania")))
                    .containsEntry(Category.MAILS, 0L)
                    .containsEntry(Category.LINKS, 0L);
            retention.run();
            assertThat(jdbc.sql("select status from outbox_mail where case_id = ? order by id")
                            .param(open.id())
                            .query(String.class)
                            .list())
                    .containsExactly("PENDING", "SENT");
            assertThat(jdbc.sql("select count(*) from private_link where case_id = ?")
                            .param(open.id())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            jdbc.sql("delete from outbox_mail where case_id = ?")
                    .param(open.id())
                    .update();
        }

        @Test
        void who_was_asked_and_does_not_answer_is_not_kept_and_who_agreed_is() {
            CaseFile open = open("kerkyra");
            long silent = member(open, "siopi@example.org", null);
            long young = member(open, "molis@example.org", null);
            long agreed = member(open, "nai@example.org", Channel.PHONE);
            jdbc.sql("update team_member set asked_at = ? where id in (?, ?)")
                    .params(clock.now().minusDays(70), silent, agreed)
                    .update();
            assertThat(counts(List.of("kerkyra"))).containsEntry(Category.ASKED, 1L);
            assertThat(counts(List.of("chania"))).containsEntry(Category.ASKED, 0L);
            retention.run();
            assertThat(team.of(open)).extracting(TeamMember::id).containsExactly(young, agreed);
            assertThat(jdbc.sql("select count(*) from outbox_mail where recipient = 'siopi@example.org'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }

        private long member(CaseFile caseFile, String email, Channel agreed) {
            return team.add(
                            caseFile,
                            new TeamMembers.Details("Νίκος", "Βραδινός", Salutation.KYRIOS, null, email, "el"),
                            agreed,
                            "kerkyra.intake")
                    .id();
        }

        @Test
        void the_audit_is_cut_at_its_old_end_and_stays_a_chain() {
            jdbc.sql("delete from audit_entry").update();
            jdbc.sql("update audit_chain set first_number = 1, seal_before = ?, last_number = 0, last_seal = ?")
                    .params("0".repeat(64), "0".repeat(64))
                    .update();
            for (int i = 0; i < 5; i++) {
                audit.record(Audit.Action.VIEWED, "kerkyra", "KER-2020-0000" + i, null);
            }
            // As if they had been written then: what has been sealed cannot be dated back.
            jdbc.sql("update audit_entry set at = ? where seal_number is null and subject like 'KER-2020-%'")
                    .param(clock.now().minusYears(6))
                    .update();
            chain.sealNew();
            audit.record(Audit.Action.VIEWED, "kerkyra", "KER-2026-00001", null);
            assertThat(counts(null)).containsEntry(Category.AUDIT, 5L);
            retention.run();
            assertThat(jdbc.sql("select count(*) from audit_entry where subject like 'KER-20%'")
                            .query(Long.class)
                            .single())
                    .isEqualTo(1);
            assertThat(chain.check(List.of()).findings()).isEmpty();
            audit.record(Audit.Action.VIEWED, "kerkyra", "KER-2026-00001", null);
            chain.sealNew();
            assertThat(chain.check(List.of()).isWhole()).isTrue();

            jdbc.sql("update audit_entry set at = ?")
                    .param(clock.now().minusYears(6))
                    .update();
            chain.cutBefore(clock.now().plusDays(1));
            assertThat(entries()).isZero();
            audit.record(Audit.Action.VIEWED, "kerkyra", "KER-2026-00002", null);
            chain.sealNew();
            assertThat(chain.check(List.of()).isWhole()).isTrue();
        }

        private Map<Category, Long> counts(List<String> centres) {
            return retention.due(centres).stream()
                    .collect(Collectors.toMap(Retention.Due::category, Retention.Due::count));
        }

        private long entries() {
            return jdbc.sql("select count(*) from audit_entry")
                    .query(Long.class)
                    .single();
        }

        private CaseFile closed(String centre, int yearsAgo, String stage) {
            CaseFile caseFile = open(centre);
            jdbc.sql("insert into stage_fact (case_id, centre_id, stage, entered_at) values (?, ?, ?, ?)")
                    .params(caseFile.id(), centre, stage, clock.now())
                    .update();
            cases.close(caseFile, "withdrawn");
            jdbc.sql("update case_file set closed_at = ? where id = ?")
                    .params(clock.now().minusYears(yearsAgo).minusDays(2), caseFile.id())
                    .update();
            return caseFile;
        }

        private CaseFile open(String centre) {
            return cases.open(
                    new FirstContact(
                            centre,
                            "Ελένη",
                            "Μάνεση",
                            CaseFile.Salutation.KYRIA,
                            null,
                            "eleni@example.org",
                            "Κέρκυρα",
                            "el",
                            "phone",
                            null,
                            1,
                            null),
                    centre + ".intake");
        }

        private String person(CaseFile caseFile) {
            return jdbc.sql("select last_name from case_file where id = ?")
                    .param(caseFile.id())
                    .query(String.class)
                    .single();
        }

        private void mail(CaseFile caseFile, String status, LocalDateTime at) {
            jdbc.sql("""
                    insert into outbox_mail (cause, centre_id, writing_centre_id, case_id, template, recipient, language, subject, body_text,
                                             message_id, status, attempts, next_attempt, created_at)
                    values (?, ?, ?, ?, 'not-now', 'eleni@example.org', 'el', 'x', 'x', ?, ?, 0, ?, ?)
                    """)
                    .params(
                            "test:" + java.util.UUID.randomUUID(),
                            caseFile.centreId(),
                            caseFile.centreId(),
                            caseFile.id(),
                            "<" + java.util.UUID.randomUUID() + "@localhost>",
                            status,
                            clock.now().plusYears(1),
                            at)
                    .update();
        }

        private void link(CaseFile caseFile, LocalDateTime expires) {
            jdbc.sql("insert into private_link (case_id, token_hash, issued_at, expires_at) values (?, ?, ?, ?)")
                    .params(caseFile.id(), java.util.UUID.randomUUID().toString(), expires.minusDays(60), expires)
                    .update();
        }
    }
}
