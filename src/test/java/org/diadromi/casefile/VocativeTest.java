package org.diadromi.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import org.diadromi.casefile.CaseFile.Salutation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocativeTest {

    @ParameterizedTest
    @CsvSource({
        "Παπαδόπουλος, Παπαδόπουλε",
        "Γιαννακός, Γιαννακέ",
        "Γεωργιάδης, Γεωργιάδη",
        "Παππάς, Παππά",
        "Παπαδέας, Παπαδέα",
        "Παπανδρέου, Παπανδρέου",
        "Smith, Smith"
    })
    void menAreAddressedInTheVocative(String surname, String vocative) {
        assertThat(Vocative.suggest(surname, Salutation.KYRIOS)).isEqualTo(vocative);
    }

    @ParameterizedTest
    @CsvSource({"Παπαδοπούλου", "Γεωργιάδη", "Ζωγράφος"})
    void womensNamesStayAsTheyAre(String surname) {
        assertThat(Vocative.suggest(surname, Salutation.KYRIA)).isEqualTo(surname);
    }

    @Test
    void nothingIsGuessedWhereTheSalutationIsUnknown() {
        assertThat(Vocative.suggest("Παπαδόπουλος", Salutation.UNKNOWN)).isNull();
    }
}
