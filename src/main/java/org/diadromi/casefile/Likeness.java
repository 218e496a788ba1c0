package org.diadromi.casefile;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.diadromi.GreekSound;
import org.diadromi.GreekText;
import org.diadromi.casefile.Doubles.Kind;
import org.diadromi.centre.Municipalities;
import org.diadromi.centre.Municipalities.Municipality;

/** By what a person may be recognised when they come again. */
final class Likeness {

    /** A name of many words, all of them in Latin letters, has more readings than anybody means. */
    private static final int MOST_NAMES = 60;

    /** «Κέρκυρα» may be one of three municipalities. */
    private static final int MOST_PLACES = 4;

    record Trait(Kind kind, String text) {}

    private Likeness() {}

    /** The traits of a person; two who have one in common may be the same. Each of phone and mail may be null. */
    static Set<Trait> of(
            String firstName,
            String lastName,
            String phone,
            String email,
            String municipality,
            Municipalities municipalities) {
        Set<Trait> traits = new LinkedHashSet<>();
        if (phone != null) {
            traits.add(new Trait(Kind.PHONE, phone.replaceAll("[^+\\d]", "")));
        }
        if (email != null) {
            traits.add(new Trait(Kind.MAIL, GreekText.fold(email.strip())));
        }
        List<String> places = places(municipality, municipalities);
        names(firstName, lastName).stream()
                .limit(MOST_NAMES)
                .flatMap(name -> places.stream().map(place -> name + " @" + place))
                .forEach(name -> traits.add(new Trait(Kind.NAME, name.substring(0, Math.min(300, name.length())))));
        return traits;
    }

    /** Each first name with each last name, whichever of the two stands first. */
    static Set<String> names(String firstName, String lastName) {
        Set<String> names = new LinkedHashSet<>();
        for (String first : GreekSound.words(firstName)) {
            for (String last : GreekSound.words(lastName)) {
                for (String one : codes(first)) {
                    for (String other : codes(last)) {
                        names.add(one.compareTo(other) < 0 ? one + " " + other : other + " " + one);
                    }
                }
            }
        }
        return names;
    }

    private static Set<String> codes(String word) {
        return GreekSound.of(word).stream()
                .flatMap(code -> FirstNames.standingFor(code).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> places(String typed, Municipalities municipalities) {
        List<Municipality> found = municipalities.find(typed);
        if (found.isEmpty()) {
            return List.of(GreekText.fold(typed.strip()));
        }
        return found.stream().map(Municipality::name).limit(MOST_PLACES).toList();
    }
}
