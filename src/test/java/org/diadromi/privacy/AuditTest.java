package org.diadromi.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.diadromi.TestDatabase;
import org.diadromi.privacy.Audit.Action;
import org.diadromi.privacy.AuditChain.Finding;
import org.diadromi.privacy.AuditChain.Head;
import org.diadromi.privacy.AuditChain.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the audit keeps, and which tampering its check finds, on both databases. */
class AuditTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "audit");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "audit");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        private static final String START = "0".repeat(64);

        @Autowired
        private Audit audit;

        @Autowired
        private AuditChain chain;

        @Autowired
        private AuditLog log;

        @Autowired
        private JdbcClient jdbc;

        @Autowired
        private PlatformTransactionManager transactions;

        @Value("${spring.datasource.url}")
        private String url;

        @BeforeEach
        void six_sealed_entries() {
            jdbc.sql("delete from audit_entry").update();
            jdbc.sql("delete from audit_check").update();
            jdbc.sql("update audit_chain set first_number = 1, seal_before = ?, last_number = 0, last_seal = ?")
                    .params(START, START)
                    .update();
            login("kerkyra.counsellor");
            for (int i = 1; i <= 6; i++) {
                audit.record(Action.VIEWED, "kerkyra", "KER-2026-0000" + i, i == 3 ? null : "φάκελος");
            }
            chain.sealNew();
            assertThat(numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        }

        @AfterEach
        void logout() {
            SecurityContextHolder.clearContext();
        }

        @Test
        void an_entry_says_who_did_what_and_when() {
            assertThat(all().get(0)).satisfies(entry -> {
                assertThat(entry.byUser()).isEqualTo("kerkyra.counsellor");
                assertThat(entry.action()).isEqualTo("VIEWED");
                assertThat(entry.subject()).isEqualTo("KER-2026-00006");
                assertThat(entry.at()).isNotNull();
            });
            logout();
            audit.record(Action.ERASED, null, "mail", null);
            assertThat(all().get(0).byUser()).isNull();
        }

        @Test
        void a_change_that_is_rolled_back_has_no_entry_and_a_reading_has_one_of_its_own() {
            TransactionTemplate change = new TransactionTemplate(transactions);
            change.executeWithoutResult(status -> {
                audit.record(Action.CHANGED, "kerkyra", "KER-2026-00007", null);
                status.setRollbackOnly();
            });
            TransactionTemplate reading = new TransactionTemplate(transactions);
            reading.setReadOnly(true);
            reading.executeWithoutResult(status -> audit.record(Action.VIEWED, "kerkyra", "KER-2026-00008", null));

            assertThat(all())
                    .extracting(AuditLog.Entry::subject)
                    .contains("KER-2026-00008")
                    .doesNotContain("KER-2026-00007");
        }

        @Test
        void an_entry_that_is_committed_late_is_sealed_late() {
            TransactionTemplate slow = new TransactionTemplate(transactions);
            slow.executeWithoutResult(status -> {
                audit.record(Action.CHANGED, "kerkyra", "slow", null);
                Thread quick = new Thread(() -> {
                    audit.record(Action.CHANGED, "kerkyra", "quick", null);
                    chain.sealNew();
                });
                quick.start();
                try {
                    quick.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            chain.sealNew();

            assertThat(numberOf("quick")).isEqualTo(7);
            assertThat(numberOf("slow")).isEqualTo(8);
            assertThat(findings()).isEmpty();
        }

        @Test
        void what_nobody_touched_is_whole() {
            AuditChain.Verdict verdict = chain.check(List.of());
            assertThat(verdict.isWhole()).isTrue();
            assertThat(verdict.entries()).isEqualTo(6);
            assertThat(verdict.head().number()).isEqualTo(6);
        }

        @Test
        void a_changed_entry_is_named() {
            for (String change : List.of(
                    "subject = 'KER-2026-99999'",
                    "by_user = null",
                    "detail = ''",
                    "centre_id = 'chania'",
                    "action = 'CHANGED'",
                    "at = timestamp '2020-01-01 00:00:00'")) {
                six_sealed_entries();
                jdbc.sql("update audit_entry set " + change + " where seal_number = 3")
                        .update();
                assertThat(findings()).as(change).containsExactly(new Finding(Kind.CHANGED, 3, 3));
            }
        }

        @Test
        void a_deleted_entry_is_named() {
            jdbc.sql("delete from audit_entry where seal_number in (2, 3)").update();
            assertThat(findings()).containsExactly(new Finding(Kind.MISSING, 2, 3));
        }

        @Test
        void a_deletion_that_is_closed_up_shows() {
            jdbc.sql("delete from audit_entry where seal_number = 3").update();
            jdbc.sql("update audit_entry set seal_number = seal_number - 1 where seal_number = 4")
                    .update();
            assertThat(findings()).containsExactly(new Finding(Kind.CHANGED, 3, 3), new Finding(Kind.MISSING, 4, 4));
        }

        @Test
        void inserted_entries_are_named() {
            jdbc.sql("update audit_entry set seal_number = 100 where seal_number = 6")
                    .update();
            insert(6);
            jdbc.sql("update audit_entry set seal_number = 7 where seal_number = 100")
                    .update();
            insert(0);
            assertThat(findings())
                    .containsExactly(
                            new Finding(Kind.ADDED, 0, 0),
                            new Finding(Kind.CHANGED, 6, 6),
                            new Finding(Kind.ADDED, 7, 7),
                            new Finding(Kind.REWRITTEN, 6, 6));
        }

        @Test
        void swapped_entries_are_named() {
            jdbc.sql("update audit_entry set seal_number = 100 where seal_number = 2")
                    .update();
            jdbc.sql("update audit_entry set seal_number = 2 where seal_number = 4")
                    .update();
            jdbc.sql("update audit_entry set seal_number = 4 where seal_number = 100")
                    .update();
            assertThat(findings())
                    .contains(new Finding(Kind.CHANGED, 2, 2), new Finding(Kind.CHANGED, 4, 4))
                    .doesNotContain(new Finding(Kind.CHANGED, 1, 1), new Finding(Kind.CHANGED, 6, 6));
        }

        @Test
        void a_tail_that_is_cut_off_is_missed() {
            jdbc.sql("delete from audit_entry where seal_number >= 5").update();
            assertThat(findings()).containsExactly(new Finding(Kind.CUT_OFF, 5, 6));
        }

        @Test
        void a_chain_that_is_written_anew_does_not_lead_through_a_head_that_was_kept() {
            Head kept = chain.check(List.of()).head();
            jdbc.sql("update audit_entry set subject = 'other', seal_number = null, seal = null")
                    .update();
            jdbc.sql("update audit_chain set last_number = 0, last_seal = ?")
                    .param(START)
                    .update();
            chain.sealNew();

            assertThat(findings()).as("by itself it is whole").isEmpty();
            assertThat(chain.check(List.of(Head.valueOf(kept.toString()))).findings())
                    .containsExactly(new Finding(Kind.REWRITTEN, 6, 6));
        }

        @Test
        void a_check_is_kept_and_the_next_one_is_held_to_it() {
            chain.checkAndKeep();
            assertThat(chain.lastVerdict().orElseThrow().isWhole()).isTrue();
            jdbc.sql("delete from audit_entry where seal_number = 6").update();
            jdbc.sql(
                            "update audit_chain set last_number = 5, last_seal = (select seal from audit_entry where seal_number = 5)")
                    .update();
            chain.checkAndKeep();
            assertThat(chain.lastVerdict().orElseThrow().findings()).containsExactly(new Finding(Kind.REWRITTEN, 6, 6));
        }

        @Test
        void a_long_chain_is_sealed_and_checked_in_parts() {
            LongStream.rangeClosed(7, 2100).forEach(i -> audit.record(Action.VIEWED, "kerkyra", "n" + i, null));
            chain.sealNew();
            assertThat(chain.check(List.of()).head().number()).isEqualTo(2100);
            jdbc.sql("update audit_entry set detail = 'x' where seal_number = 2000")
                    .update();
            assertThat(findings()).containsExactly(new Finding(Kind.CHANGED, 2000, 2000));
        }

        @Test
        void the_command_says_so_and_its_exit_code_too() {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            String[] arguments = {
                "--diadromi.audit.check",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + (url.contains("h2") ? "sa" : "postgres"),
                "--spring.datasource.password=" + (url.contains("h2") ? "" : "postgres")
            };
            assertThat(AuditCheck.isAskedFor(arguments)).isTrue();
            assertThat(AuditCheck.run(new PrintStream(printed, true, StandardCharsets.UTF_8), arguments))
                    .isZero();
            assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("The audit is whole: 6 entries sealed");

            jdbc.sql("update audit_entry set detail = 'x' where seal_number = 4")
                    .update();
            assertThat(AuditCheck.run(new PrintStream(printed, true, StandardCharsets.UTF_8), arguments))
                    .isEqualTo(1);
            assertThat(printed.toString(StandardCharsets.UTF_8)).contains("CHANGED: entry 4 to 4");
        }

        @Test
        void a_coordinator_reads_the_entries_of_the_own_centre() {
            audit.record(Action.EXPORTED, "chania", "CHA-2026-00001", null);
            AuditLog.Wanted anything = new AuditLog.Wanted(null, " ", null, null, null);
            assertThat(log.page(List.of("kerkyra"), anything, 0)).hasSize(6);
            assertThat(log.page(List.of(), anything, 0)).isEmpty();
            assertThat(log.page(null, anything, 0)).hasSize(7);
            assertThat(log.page(List.of("kerkyra"), new AuditLog.Wanted("CHA-2026-00001", null, null, null, null), 0))
                    .isEmpty();
            assertThat(log.page(
                            null,
                            new AuditLog.Wanted(
                                    "CHA-2026-00001",
                                    "kerkyra.counsellor",
                                    "EXPORTED",
                                    all().get(0).at().toLocalDate(),
                                    all().get(0).at().toLocalDate()),
                            0))
                    .hasSize(1);
        }

        @Test
        void two_entries_cannot_have_one_place() {
            assertThatThrownBy(() -> insert(3)).isInstanceOf(org.springframework.dao.DuplicateKeyException.class);
        }

        private void insert(long number) {
            jdbc.sql("""
                    insert into audit_entry (at, action, centre_id, subject, by_user, seal_number, seal)
                    values (timestamp '2026-01-01 00:00:00', 'VIEWED', 'kerkyra', 'inserted', 'nobody', ?, ?)
                    """).params(number, START).update();
        }

        private List<Finding> findings() {
            return chain.check(List.of()).findings();
        }

        private List<AuditLog.Entry> all() {
            return log.page(null, new AuditLog.Wanted(null, null, null, null, null), 0);
        }

        private List<Long> numbers() {
            return jdbc.sql("select seal_number from audit_entry order by id")
                    .query(Long.class)
                    .list();
        }

        private long numberOf(String subject) {
            return jdbc.sql("select seal_number from audit_entry where subject = ?")
                    .param(subject)
                    .query(Long.class)
                    .single();
        }

        private static void login(String user) {
            SecurityContextHolder.getContext()
                    .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
        }
    }
}
