package org.diadromi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One name as passports, chats and people at an event write it. */
class GreekSoundTest {

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "Χρήστος, Christos",
        "Χρήστος, Xrhstos",
        "Χρήστος, Xristos",
        "Χρήστος, HRISTOS",
        "Παπαδόπουλος, Papadopoulos",
        "Παπαδόπουλος, papadopulos",
        "Παπαδόπουλος, ΠΑΠΑΔΟΠΟΥΛΟΣ",
        "Ευάγγελος, Evangelos",
        "Ευάγγελος, Euaggelos",
        "Θεοδώρου, Theodorou",
        "Θεοδώρου, 8eodwroy",
        "Παναγιώτης, Panagiotis",
        "Παναγιώτης, Panagiwths",
        "Δημήτρης, Dhmhtrhs",
        "Δημήτρης, Dimitris",
        "Ανδρέας, Αντρέας",
        "Ανδρέας, Andreas",
        "Ανθή, Anthi",
        "Νύμφη, Nymfi",
        "Μπάμπης, Mpampis",
        "Μπάμπης, Babis",
        "Λάμπρος, Lambros",
        "Ντίνα, Ntina",
        "Ντίνα, Dina",
        "Γκίκας, Gkikas",
        "Αγγελική, Angeliki",
        "Αγγελική, Aggelikh",
        "Χατζής, Chatzis",
        "Χατζής, Xatzhs",
        "Τζίμας, Jimas",
        "Ξένια, Ksenia",
        "Ξένια, Xenia",
        "Ψαρράς, Psaras",
        "Σταύρος, Stavros",
        "Σταύρος, Stauros",
        "Ευθυμία, Efthymia",
        "Ευθυμία, Euthimia",
        "Ζωή, Zwh",
        "Ηλίας, Hlias",
        "Μιχάλης, Mixalis",
        "Μιχάλης, Mihalis",
        "Γιάννης, Yannis",
        "Γιώργος, Yiorgos",
        "Ελευθερία, Eleytheria",
        "Κυριάκος, Kuriakos",
        "Ραΐση, Raisi",
        "Κωστής, Κοστίς",
        "Εμμανουήλ, Εμανουήλ"
    })
    void sounds_alike(String greek, String other) {
        Set<String> common = new LinkedHashSet<>(codes(greek));
        common.retainAll(codes(other));
        assertThat(common)
                .as("%s %s, %s %s", greek, codes(greek), other, codes(other))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0} is not {1}")
    @CsvSource({
        "Χρήστος, Χριστίνα",
        "Παπαδόπουλος, Παπαδοπούλου",
        "Μαρία, Μαρίνα",
        "Νίκος, Νικολέττα",
        "Κολιός, Kelis",
        "Ράλλης, Rellos"
    })
    void does_not(String one, String other) {
        assertThat(codes(one)).doesNotContainAnyElementsOf(codes(other));
    }

    private static Set<String> codes(String name) {
        return GreekSound.words(name).stream()
                .flatMap(word -> GreekSound.of(word).stream())
                .collect(Collectors.toSet());
    }
}
