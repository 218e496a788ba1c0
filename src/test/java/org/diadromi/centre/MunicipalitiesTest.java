package org.diadromi.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diadromi.DatabaseMapping;
import org.diadromi.TestDatabase;
import org.diadromi.centre.Municipalities.Help;
import org.diadromi.centre.Municipalities.Municipality;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Finding the centre of one's municipality, on both databases. */
class MunicipalitiesTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "municipalities");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "municipalities");
        }
    }

    @DataJdbcTest
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
    @Import({DatabaseMapping.class, Centres.class, Municipalities.class})
    abstract static class Promises {

        @Autowired
        Municipalities municipalities;

        @Test
        void there_are_332_and_none_twice() {
            assertThat(municipalities.all()).hasSize(332);
            assertThat(municipalities.all()).extracting(Municipality::name).doesNotHaveDuplicates();
            assertThat(municipalities.all())
                    .extracting(Municipality::regionalUnit)
                    .satisfies(units -> assertThat(units.stream().distinct()).hasSize(74));
        }

        @Test
        void each_is_found_by_its_name_and_has_a_centre() {
            assertThat(municipalities.all()).allSatisfy(one -> {
                assertThat(municipalities.find(one.name())).containsExactly(one);
                assertThat(municipalities.helpFor(one).centres()).isNotEmpty();
            });
        }

        @ParameterizedTest
        @CsvSource({
            "Βόλος, Βόλου",
            "δημος βολου, Βόλου",
            "ΠΑΤΡΑ, Πατρέων",
            "' Αθήνα ', Αθηναίων",
            "Πειραιάς, Πειραιώς",
            "Λιβαδειά, Λεβαδέων",
            "Τρίκαλα, Τρικκαίων",
            "Ιωάννινα, Ιωαννιτών",
            "Σαντορίνη, Θήρας",
            "Κως, Κω",
            "Άγιος Νικόλαος, Αγίου Νικολάου",
            "Μεσολόγγι, Ιεράς Πόλης Μεσολογγίου",
            "Χανιά, Χανίων",
            "Θεσσαλο, Θεσσαλονίκης"
        })
        void people_write_their_town_as_they_say_it(String typed, String name) {
            assertThat(municipalities.find(typed))
                    .extracting(Municipality::name)
                    .containsExactly(name);
        }

        @Test
        void a_word_that_means_several_gives_them_all() {
            assertThat(municipalities.find("Ηράκλειο"))
                    .extracting(Municipality::name)
                    .contains("Ηρακλείου", "Ηρακλείου Αττικής");
            assertThat(municipalities.find("Κεφαλονιά"))
                    .extracting(Municipality::name)
                    .containsExactly("Αργοστολίου", "Ληξουρίου", "Σάμης");
            assertThat(municipalities.find("κέρκυρα")).hasSize(3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "?", "Παρίσι", "δήμος", "<script>"})
        void what_is_no_municipality_gives_none(String typed) {
            assertThat(municipalities.find(typed)).isEmpty();
        }

        @Test
        void the_centre_of_the_area_comes_before_any_other_and_the_nearest_where_there_is_none() {
            assertThat(help("Βόλου")).isEqualTo(new Help(true, List.of(centre("magnisia"))));
            assertThat(help("Πατρέων").ofItsArea()).isFalse();
            assertThat(help("Σητείας").centres()).extracting(Centre::id).containsExactly("chania");
            assertThat(help("Ηγουμενίτσας").centres()).extracting(Centre::id).containsExactly("kerkyra");
            assertThat(help("Τρικκαίων").centres()).extracting(Centre::id).containsExactly("karditsa");
            assertThat(help("Λοκρών").centres()).extracting(Centre::id).containsExactly("fokida");
            assertThat(help("Καλλιθέας").centres())
                    .extracting(Centre::id)
                    .startsWith("dock")
                    .contains("eata", "impacthub", "koncept", "higgs");
        }

        @Autowired
        Centres centres;

        private Centre centre(String id) {
            return centres.get(id);
        }

        private Help help(String name) {
            return municipalities.helpFor(municipalities.find(name).get(0));
        }
    }
}
