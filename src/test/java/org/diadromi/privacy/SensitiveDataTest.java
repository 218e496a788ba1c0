package org.diadromi.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.privacy.DataKeys.UnusableDataKeys;
import org.diadromi.privacy.SensitiveData.Answer;
import org.diadromi.privacy.SensitiveData.Item;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is kept of a person's groups, for whom and how, on both databases. */
class SensitiveDataTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "sensitive");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "sensitive");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        @Autowired
        Secrets secrets;

        @Autowired
        private SensitiveData sensitive;

        @Autowired
        private CaseFiles cases;

        @Autowired
        private Consents consents;

        @Autowired
        private JdbcClient jdbc;

        @Value("${spring.datasource.url}")
        private String url;

        private CaseFile person;

        @BeforeEach
        void a_person() {
            jdbc.sql("delete from sensitive_data").update();
            jdbc.sql("delete from audit_entry").update();
            person = open();
        }

        private CaseFile open() {
            return cases.open(
                    new FirstContact(
                            "kerkyra",
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
                    "kerkyra.intake");
        }

        @Test
        void answers_are_kept_with_consent_and_read_back() {
            keep(person, Map.of(Item.DISABILITY, Answer.YES, Item.REFUGE, Answer.PREFER_NOT), Channel.PHONE, 0);
            SensitiveData.Kept kept = sensitive.view(person).orElseThrow();
            assertThat(kept.answers())
                    .containsEntry(Item.DISABILITY, Answer.YES)
                    .containsEntry(Item.REFUGE, Answer.PREFER_NOT)
                    .containsEntry(Item.POVERTY, Answer.NOT_ASKED)
                    .hasSize(Item.values().length);
            assertThat(kept.recordedBy()).isEqualTo("kerkyra.counsellor");
            assertThat(consents.of(person))
                    .filteredOn(given -> given.purpose() == Purpose.SENSITIVE)
                    .singleElement()
                    .satisfies(given -> assertThat(given.channel()).isEqualTo(Channel.PHONE));
            keep(person, Map.of(Item.DISABILITY, Answer.NO), null, kept.version());
            assertThat(sensitive.find(person.id()).orElseThrow().answers()).containsEntry(Item.DISABILITY, Answer.NO);
            assertThat(audited()).containsExactly("CHANGED", "VIEWED", "CHANGED");
        }

        @Test
        void without_consent_only_that_somebody_prefers_not_to_answer() {
            refused(Problem.SENSITIVE_NOT_AGREED, () -> keep(person, Map.of(Item.VIOLENCE, Answer.NO), null, 0));
            assertThat(sensitive.find(person.id())).isEmpty();
            Map<Item, Answer> nothing = new EnumMap<>(Item.class);
            Arrays.stream(Item.values()).forEach(item -> nothing.put(item, Answer.PREFER_NOT));
            keep(person, nothing, null, 0);
            assertThat(sensitive.find(person.id()).orElseThrow().answers().values())
                    .containsOnly(Answer.PREFER_NOT);
        }

        @Test
        void a_look_that_finds_nothing_is_a_look() {
            assertThat(sensitive.view(person)).isEmpty();
            assertThat(audited()).containsExactly("VIEWED");
        }

        @Test
        void what_is_taken_back_is_gone_and_has_to_be_agreed_to_anew() {
            keep(person, Map.of(Item.ADDICTION, Answer.YES), Channel.CENTRE, 0);
            sensitive.remove(person, Channel.LINK, null);
            sensitive.remove(person, Channel.LINK, null);
            assertThat(sensitive.find(person.id())).isEmpty();
            assertThat(sensitive.isAgreed(person)).isFalse();
            refused(Problem.SENSITIVE_NOT_AGREED, () -> keep(person, Map.of(Item.ADDICTION, Answer.YES), null, 0));
            keep(person, Map.of(Item.ADDICTION, Answer.YES), Channel.CENTRE, 0);
            assertThat(audited()).containsExactly("CHANGED", "ERASED", "CHANGED");
        }

        @Test
        void of_two_changes_to_what_both_saw_the_second_is_refused() {
            keep(person, Map.of(Item.POVERTY, Answer.YES), Channel.CENTRE, 0);
            keep(person, Map.of(Item.POVERTY, Answer.NO), null, 1);
            refused(Problem.CHANGED_MEANWHILE, () -> keep(person, Map.of(Item.POVERTY, Answer.YES), null, 1));
            refused(Problem.CHANGED_MEANWHILE, () -> keep(person, Map.of(Item.POVERTY, Answer.YES), null, 0));
            assertThat(sensitive.find(person.id()).orElseThrow().answers()).containsEntry(Item.POVERTY, Answer.NO);
        }

        @Test
        void of_two_at_once_one_is_kept() {
            List<CompletableFuture<Optional<Throwable>>> both = new ArrayList<>();
            for (Answer answer : List.of(Answer.YES, Answer.NO)) {
                both.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        keep(person, Map.of(Item.CULTURE, answer), Channel.CENTRE, 0);
                        return Optional.empty();
                    } catch (RuleViolation violation) {
                        return Optional.of(violation);
                    }
                }));
            }
            assertThat(both.stream().map(CompletableFuture::join).toList()).containsOnlyOnce(Optional.empty());
            assertThat(consents.of(person))
                    .filteredOn(given -> given.purpose() == Purpose.SENSITIVE)
                    .hasSize(1);
        }

        @Test
        void a_closed_case_gets_no_more_and_can_be_emptied() {
            keep(person, Map.of(Item.POVERTY, Answer.YES), Channel.CENTRE, 0);
            cases.close(person, "withdrawn");
            refused(Problem.CASE_CLOSED, () -> keep(person, Map.of(Item.POVERTY, Answer.NO), null, 1));
            sensitive.remove(person, Channel.CENTRE, "kerkyra.coordinator");
            assertThat(sensitive.find(person.id())).isEmpty();
        }

        @Test
        void no_column_tells_an_answer_and_none_can_be_moved() {
            keep(person, Map.of(Item.DISABILITY, Answer.YES, Item.ADDICTION, Answer.NO), Channel.CENTRE, 0);
            CaseFile other = open();
            keep(other, Map.of(Item.DISABILITY, Answer.NO), Channel.CENTRE, 0);
            // Three letters of something sealed are a word now and then: an answer would be in its bytes.
            List<String> columns =
                    columnsOf(person).stream().map(Object::toString).toList();
            assertThat(columns)
                    .extracting(String::length)
                    .containsOnly(columns.get(0).length());
            assertThat(columns)
                    .extracting(column -> new String(Base64.getDecoder().decode(column), StandardCharsets.ISO_8859_1))
                    .noneMatch(bytes -> bytes.matches("(?is).*(YES|NOT_ASKED|PREFER).*"));
            jdbc.sql(
                            "update sensitive_data set disability = (select s.disability from sensitive_data s where s.case_id = ?)"
                                    + " where case_id = ?")
                    .params(other.id(), person.id())
                    .update();
            assertThatThrownBy(() -> sensitive.find(person.id())).hasMessageContaining("altered, or moved");
        }

        @Test
        void a_rotation_leaves_nothing_to_the_old_key() {
            keep(person, Map.of(Item.REFUGE, Answer.YES), Channel.CENTRE, 0);
            List<CaseFile> others = List.of(open(), open());
            others.forEach(other -> keep(other, Map.of(Item.REFUGE, Answer.NO), Channel.CENTRE, 0));
            String demo = "demo:"
                    + Base64.getEncoder()
                            .encodeToString("no secret: demonstration only!!!".getBytes(StandardCharsets.UTF_8));

            Secrets.Sealed secret = secrets.seal("JBSWY3DPEHPK3PXP", "second_factor/admin");
            jdbc.sql("insert into second_factor (user_id, key_id, secret, since, last_step) values (?, ?, ?, ?, 0)")
                    .params("admin", secret.keyId(), secret.text(), LocalDateTime.now())
                    .update();

            assertThat(rotated(DataKeysTest.NEW + "," + demo)).contains("of 3 cases are now encrypted with the key k2");
            assertThat(jdbc.sql("select key_id from second_factor where user_id = 'admin'")
                            .query(String.class)
                            .single())
                    .isEqualTo("k2");
            assertThat(rotated(DataKeysTest.NEW)).contains("of 0 cases");
            assertThatThrownBy(() -> sensitive.find(person.id())).isInstanceOf(UnusableDataKeys.class);
            assertThatThrownBy(sensitive::afterSingletonsInstantiated)
                    .isInstanceOf(UnusableDataKeys.class)
                    .hasMessageContaining("encrypted with the key k2");
            assertThatThrownBy(() -> rotated(DataKeysTest.OLD)).hasStackTraceContaining("the key k2");

            assertThat(rotated(demo + "," + DataKeysTest.NEW)).contains("of 3 cases");
            String back = jdbc.sql("select secret from second_factor where user_id = 'admin'")
                    .query(String.class)
                    .single();
            assertThat(secrets.open(new Secrets.Sealed("demo", back), "second_factor/admin"))
                    .isEqualTo("JBSWY3DPEHPK3PXP");
            assertThatThrownBy(() -> secrets.open(new Secrets.Sealed("demo", back), "second_factor/dock.legal"))
                    .hasMessageContaining("altered, or moved");
            jdbc.sql("delete from second_factor where user_id = 'admin'").update();
            assertThat(sensitive.find(person.id()).orElseThrow())
                    .satisfies(kept -> assertThat(kept.answers()).containsEntry(Item.REFUGE, Answer.YES))
                    .satisfies(kept -> assertThat(kept.version()).isEqualTo(1));
        }

        private String rotated(String keys) {
            String[] arguments = {
                "--diadromi.data.rotate",
                "--diadromi.data.keys=" + keys,
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + (url.contains("h2") ? "sa" : "postgres"),
                "--spring.datasource.password=" + (url.contains("h2") ? "" : "postgres")
            };
            assertThat(KeyRotation.isAskedFor(arguments)).isTrue();
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            assertThat(KeyRotation.run(new PrintStream(printed, true, StandardCharsets.UTF_8), arguments))
                    .isZero();
            return printed.toString(StandardCharsets.UTF_8);
        }

        private void keep(CaseFile caseFile, Map<Item, Answer> answers, Channel agreed, int version) {
            sensitive.keep(caseFile, answers, agreed, version, "kerkyra.counsellor");
        }

        private static void refused(Problem problem, Runnable work) {
            assertThatThrownBy(work::run)
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            violation -> assertThat(violation.problem()).isEqualTo(problem));
        }

        private List<Object> columnsOf(CaseFile caseFile) {
            return List.copyOf(jdbc.sql("select " + String.join(", ", SensitiveData.columns())
                            + " from sensitive_data where case_id = ?")
                    .param(caseFile.id())
                    .query()
                    .singleRow()
                    .values());
        }

        private List<String> audited() {
            return jdbc.sql("select action from audit_entry where subject = ? order by id")
                    .param(person.number())
                    .query(String.class)
                    .list();
        }
    }
}
