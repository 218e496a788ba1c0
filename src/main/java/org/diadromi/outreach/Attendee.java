package org.diadromi.outreach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.diadromi.GreekText;
import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.FirstNames;
import org.diadromi.contact.Phones;
import org.diadromi.outreach.Columns.Field;

/**
 * What a row of a sheet tells of a person.
 *
 * @param phone in international form, or null
 * @param email or null
 * @param municipality null where the row has none
 * @param troubles why nobody can be taken in by it; empty for a good row
 */
record Attendee(
        String firstName,
        String lastName,
        Salutation salutation,
        String phone,
        String email,
        String municipality,
        String idea,
        List<Trouble> troubles) {

    /**
     * Something about a row that is wrong.
     *
     * @param field of which column; null where it is about the whole row
     */
    record Trouble(Field field, Problem problem, List<String> arguments) {}

    private static final int LONGEST = 100;
    private static final int LONGEST_MAIL = 200;

    private static final Pattern WITHIN = Pattern.compile("[,;/|]| ή | η | και ");
    private static final Pattern ROUNDED = Pattern.compile("\\d([.,]\\d+)?[eE]\\+?\\d+");

    /** What people write who have none. */
    private static final Set<String> NOTHING =
            Set.of("", "οχι", "δεν", "δενεχει", "δενεχω", "κανενα", "na", "no", "none", "χ", "x", "δενυπαρχει");

    private static final Set<String> WOMEN =
            Set.of("κα", "κυρια", "γυναικα", "γυν", "γ", "θ", "θηλυ", "f", "female", "woman", "mrs", "ms", "δισ");

    private static final Set<String> MEN =
            Set.of("κοσ", "κυριοσ", "ανδρασ", "αντρασ", "ανδ", "α", "αρρεν", "m", "male", "man", "mr", "κ");

    /** Whether the row says nothing of a person, as a line below the table does. */
    static boolean isNobody(List<String> cells, List<Field> fields) {
        return Arrays.stream(Field.values())
                .filter(field -> field != Field.NONE && field != Field.IDEA && field != Field.SALUTATION)
                .allMatch(field -> first(cells, fields, field).isEmpty());
    }

    static Attendee of(List<String> cells, List<Field> fields) {
        List<Trouble> troubles = new ArrayList<>();
        String[] name = name(cells, fields);
        String firstName = named(Field.FIRST_NAME, name[0], troubles);
        String lastName = named(Field.LAST_NAME, name[1], troubles);
        String phone = filled(cells, fields, Field.PHONE, Attendee::phone, troubles);
        String email = filled(cells, fields, Field.EMAIL, Attendee::mail, troubles);
        if (phone == null
                && email == null
                && troubles.stream().noneMatch(each -> each.field() == Field.PHONE || each.field() == Field.EMAIL)) {
            troubles.add(new Trouble(null, Problem.CONTACT_NEEDS_PHONE_OR_MAIL, List.of()));
        }
        String municipality = first(cells, fields, Field.MUNICIPALITY);
        if (municipality.length() > LONGEST) {
            troubles.add(tooLong(Field.MUNICIPALITY, LONGEST));
        }
        String idea = first(cells, fields, Field.IDEA);
        return new Attendee(
                firstName,
                lastName,
                salutation(first(cells, fields, Field.SALUTATION)),
                phone,
                email,
                municipality.isEmpty() ? null : municipality,
                idea.isEmpty() ? null : idea,
                List.copyOf(troubles));
    }

    private static String[] name(List<String> cells, List<Field> fields) {
        String first = first(cells, fields, Field.FIRST_NAME);
        String last = first(cells, fields, Field.LAST_NAME);
        if (!first.isEmpty() || !last.isEmpty()) {
            return new String[] {first, last};
        }
        String lastFirst = first(cells, fields, Field.FULL_NAME_LAST_FIRST);
        String whole = lastFirst.isEmpty() ? first(cells, fields, Field.FULL_NAME) : lastFirst;
        String[] byComma = whole.split("\\s*,\\s*", 2);
        if (byComma.length == 2) {
            return new String[] {byComma[1], byComma[0]};
        }
        String[] words = whole.split("\\s+");
        if (words.length < 2) {
            return new String[] {"", whole};
        }
        boolean turned = lastFirst.isEmpty()
                ? !FirstNames.isOne(words[0]) && FirstNames.isOne(words[words.length - 1])
                : !(FirstNames.isOne(words[0]) && !FirstNames.isOne(words[words.length - 1]));
        String rest = String.join(" ", Arrays.asList(words).subList(1, words.length));
        return turned
                ? new String[] {
                    words[words.length - 1],
                    String.join(" ", Arrays.asList(words).subList(0, words.length - 1))
                }
                : new String[] {words[0], rest};
    }

    private static String named(Field field, String name, List<Trouble> troubles) {
        if (name.isEmpty() || !name.matches(".*\\p{L}.*")) {
            troubles.add(new Trouble(field, Problem.IMPORT_NO_NAME, List.of()));
        } else if (name.length() > LONGEST) {
            troubles.add(tooLong(field, LONGEST));
        }
        return name;
    }

    private static String phone(String typed) {
        if (ROUNDED.matcher(typed).matches()) {
            throw new RuleViolation(Problem.IMPORT_PHONE_ROUNDED, typed);
        }
        RuleViolation refused = null;
        for (String one : WITHIN.split(typed.replaceFirst("\\.0+$", ""))) {
            String digits = one.replaceAll("[^\\d+]", "");
            try {
                if (!digits.isEmpty()) {
                    return Phones.normalize(digits.matches("30\\d{10}") ? "+" + digits : digits);
                }
            } catch (RuleViolation violation) {
                refused = refused == null ? new RuleViolation(Problem.PHONE_INVALID, typed) : refused;
            }
        }
        throw refused == null ? new RuleViolation(Problem.PHONE_INVALID, typed) : refused;
    }

    private static String mail(String typed) {
        String first = WITHIN.split(typed.replaceFirst("(?i)^mailto:", ""))[0];
        String mail = first.replaceAll("\\s", "").replaceAll("^[<(]+|[>).]+$", "");
        if (mail.length() > LONGEST_MAIL) {
            throw new RuleViolation(Problem.MAIL_INVALID, mail.substring(0, LONGEST_MAIL));
        }
        return MailAddress.checked(mail);
    }

    /** The first column with content that can be read; the trouble with the first that cannot, where there is none. */
    private static String filled(
            List<String> cells,
            List<Field> fields,
            Field field,
            Function<String, String> read,
            List<Trouble> troubles) {
        Trouble trouble = null;
        for (String cell : all(cells, fields, field)) {
            if (NOTHING.contains(GreekText.fold(cell).replaceAll("[^\\p{L}\\d]", ""))) {
                continue;
            }
            try {
                return read.apply(cell);
            } catch (RuleViolation violation) {
                trouble = trouble == null
                        ? new Trouble(
                                field,
                                violation.problem(),
                                Arrays.stream(violation.arguments())
                                        .map(String::valueOf)
                                        .toList())
                        : trouble;
            }
        }
        if (trouble != null) {
            troubles.add(trouble);
        }
        return null;
    }

    private static Salutation salutation(String typed) {
        String word = GreekText.fold(typed).replaceAll("[^\\p{L}]", "");
        return WOMEN.contains(word) ? Salutation.KYRIA : MEN.contains(word) ? Salutation.KYRIOS : Salutation.UNKNOWN;
    }

    private static String first(List<String> cells, List<Field> fields, Field field) {
        return all(cells, fields, field).stream().findFirst().orElse("");
    }

    private static List<String> all(List<String> cells, List<Field> fields, Field field) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < Math.min(cells.size(), fields.size()); i++) {
            if (fields.get(i) == field && !cells.get(i).isEmpty()) {
                found.add(cells.get(i));
            }
        }
        return found;
    }

    private static Trouble tooLong(Field field, int longest) {
        return new Trouble(field, Problem.IMPORT_CELL_TOO_LONG, List.of(String.valueOf(longest)));
    }
}
