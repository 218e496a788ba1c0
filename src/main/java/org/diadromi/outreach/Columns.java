package org.diadromi.outreach;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.diadromi.GreekText;
import org.diadromi.outreach.Sheet.Line;

/** What the columns of a sheet hold: read off its header, in whatever words and order it has them. */
final class Columns {

    /** What a column can hold; several may hold the same, of which the first that is filled in counts. */
    enum Field {
        NONE,
        FIRST_NAME,
        LAST_NAME,
        /** First name, then last name; or the other way round where a known first name stands last. */
        FULL_NAME,
        /** Last name, then first name. */
        FULL_NAME_LAST_FIRST,
        PHONE,
        EMAIL,
        MUNICIPALITY,
        SALUTATION,
        IDEA
    }

    /** How far down a header may stand, below a title, the date and the logo of the funder. */
    private static final int HEADER_WITHIN = 25;

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final Pattern LOOKS_LIKE_PHONE = Pattern.compile("[+\\d][\\d\\s.()/-]{8,}");

    /** Words of headers without accents, signs and final sigma; the first that fits counts. */
    private static final Map<Field, Pattern> WORDS = words();

    /**
     * @param headerLine its place among the rows of the sheet; -1 where there is none
     * @param header its cells
     * @param fields what each column holds
     */
    record Found(int headerLine, List<String> header, List<Field> fields) {

        /** The rows below the header; one that repeats it, as on the next sheet of paper, is none. */
        List<Line> below(List<Line> lines) {
            return lines.subList(headerLine + 1, lines.size()).stream()
                    .filter(line -> !line.cells().equals(header))
                    .toList();
        }
    }

    private Columns() {}

    static Found find(List<Line> lines) {
        int columns = Sheet.columns(lines);
        int best = -1;
        int bestScore = 0;
        for (int i = 0; i < Math.min(lines.size(), HEADER_WITHIN); i++) {
            Set<Field> known = EnumSet.noneOf(Field.class);
            known.addAll(of(lines.get(i).cells()));
            known.remove(Field.NONE);
            // A single word that fits is as likely a title: «Εκδήλωση στον Δήμο Βόλου».
            if (known.size() > Math.max(bestScore, 1)) {
                best = i;
                bestScore = known.size();
            }
        }
        List<String> header = best < 0 ? List.of() : lines.get(best).cells();
        List<Field> fields = new ArrayList<>(of(header));
        fields.addAll(Collections.nCopies(Math.max(0, columns - fields.size()), Field.NONE));
        if (fields.contains(Field.FIRST_NAME) && !fields.contains(Field.LAST_NAME)) {
            fields.replaceAll(field -> field == Field.FIRST_NAME ? Field.FULL_NAME : field);
        }
        List<Line> rest = lines.subList(best + 1, lines.size());
        guess(fields, rest, Field.EMAIL, cell -> cell.contains("@"));
        guess(fields, rest, Field.PHONE, cell -> LOOKS_LIKE_PHONE.matcher(cell).matches());
        return new Found(best, header, fields);
    }

    /** A column without a name that is full of addresses holds addresses. */
    private static void guess(List<Field> fields, List<Line> lines, Field field, Predicate<String> looksLikeIt) {
        for (int column = 0; column < fields.size() && !fields.contains(field); column++) {
            int at = column;
            List<String> filled = lines.stream()
                    .map(line -> line.cell(at))
                    .filter(cell -> !cell.isEmpty())
                    .toList();
            long alike = filled.stream().filter(looksLikeIt).count();
            if (fields.get(column) == Field.NONE && alike > 0 && alike * 2 > filled.size()) {
                fields.set(column, field);
            }
        }
    }

    private static List<Field> of(List<String> header) {
        return header.stream().map(Columns::of).toList();
    }

    private static Field of(String title) {
        String word = NO_LETTERS.matcher(GreekText.fold(title)).replaceAll("");
        if (word.isEmpty() || word.length() > 60) {
            return Field.NONE;
        }
        return WORDS.entrySet().stream()
                .filter(field -> field.getValue().matcher(word).matches())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Field.NONE);
    }

    private static Map<Field, Pattern> words() {
        Map<Field, String> words = new LinkedHashMap<>();
        words.put(Field.EMAIL, ".*e?m[ae]il.*|.*[μ][αε]ιλ.*|.*ηλ(εκτρ\\p{L}*)?(ταχ|διευθ|αλληλ|μην).*");
        words.put(
                Field.PHONE,
                "(αρ|αριθμοσ|νο)?(τηλ|κιν(ητ|$)|σταθερ).*|phone.*|telephone.*|mobile.*|tel|cell.*|thl(efwno)?|til(efono)?|kinh?i?to|επικοινωνια");
        words.put(Field.FULL_NAME_LAST_FIRST, "(επωνυμ|επων|επιθετ).*ονομ.*|(surname|lastname|eponymo).*(name|onoma)");
        words.put(
                Field.FULL_NAME,
                "ονοματεπ.*|ονομ.*(επωνυμ|επων|επιθετ).*|fullname|nameandsurname|namesurname|onomatep.*|συμμετεχ.*");
        words.put(Field.LAST_NAME, "επωνυμ.*|επων|επιθετ.*|επιθ|surname|lastname|eponymo|epwnymo|epitheto|epi8eto");
        words.put(Field.FIRST_NAME, "(μικρο|κυριο)?ονομα.{0,4}|ονομ|firstname|name|onoma");
        words.put(
                Field.MUNICIPALITY,
                "δημοσ.*|πολη.*|περιοχη.*|(τοποσ|περιοχη)?κατοικια.*|οικισμοσ|municipality|city|town|dimos|poli");
        words.put(Field.SALUTATION, "φυλο.*|προσφωνηση|sex|gender|fylo|filo|κκα|τιτλοσ");
        words.put(Field.IDEA, "ιδεα.*|(τομεασ)?ενδιαφερ.*|σχολι.*|παρατηρ.*|σημειωσ.*|comments?|notes?|idea");
        Map<Field, Pattern> patterns = new LinkedHashMap<>();
        words.forEach((field, pattern) -> patterns.put(field, Pattern.compile(pattern)));
        return patterns;
    }
}
