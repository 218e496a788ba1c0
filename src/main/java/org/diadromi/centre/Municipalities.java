package org.diadromi.centre;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.diadromi.GreekText;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The 332 municipalities of Greece (law 3852/2010 as law 4600/2019 left them) in their 74 regional units, and which support centre is there
 * for each: the one of its area, or else the nearest.
 */
@Service
public class Municipalities {

    /** A municipality under its official name, in the genitive: Βόλου, in the regional unit Μαγνησίας. */
    public record Municipality(String name, String regionalUnit) {}

    /**
     * Who helps the people of a municipality.
     *
     * @param ofItsArea whether the centres are of its regional unit; otherwise they are the nearest
     * @param centres those funded by the Ministry first
     */
    public record Help(boolean ofItsArea, List<Centre> centres) {}

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

    /** What changes between Βόλος and Βόλου, Πάτρα and Πατρέων. */
    private static final Pattern ENDING = Pattern.compile("(?<=..)[αεηιουω]+[σν]?$");

    private static final Set<String> NO_NAMES = Set.of("", "δημοσ", "δημου", "δημο", "και");

    private record Unit(String name, double latitude, double longitude, List<String> words) {}

    private record Entry(Municipality municipality, Unit unit, Set<String> names, List<String> words) {}

    private final List<Entry> entries;
    private final Map<String, Unit> units;
    private final Centres centres;
    private final JdbcClient jdbc;

    Municipalities(Centres centres, JdbcClient jdbc) {
        this.centres = centres;
        this.jdbc = jdbc;
        units = rows("regional-units.csv")
                .collect(Collectors.toMap(
                        row -> row.get("name"),
                        row -> new Unit(
                                row.get("name"),
                                Double.parseDouble(row.get("latitude")),
                                Double.parseDouble(row.get("longitude")),
                                words(row.get("name") + " " + row.get("other_names")))));
        entries = rows("municipalities.csv")
                .map(row -> {
                    Unit unit = units.get(row.get("regional_unit"));
                    String name = row.get("name");
                    return new Entry(
                            new Municipality(name, unit.name()),
                            unit,
                            Stream.concat(
                                            Stream.of(name),
                                            Stream.of(row.get("other_names").split(", ")))
                                    .map(GreekText::fold)
                                    .collect(Collectors.toSet()),
                            words(name + " " + row.get("other_names")));
                })
                .sorted(Comparator.comparing(
                        entry -> GreekText.fold(entry.municipality().name())))
                .toList();
    }

    /** All of them by name. */
    public List<Municipality> all() {
        return entries.stream().map(Entry::municipality).toList();
    }

    /**
     * Those that somebody can mean who writes a municipality, its seat or its regional unit as it comes to them, in any case and with or without
     * accents: Βόλος, δημος βολου, ΚΕΦΑΛΟΝΙΑ. By name; empty when there is none.
     */
    public List<Municipality> find(String typed) {
        String folded = GreekText.fold(typed.strip());
        List<String> asked = words(typed).stream().map(Municipalities::stem).toList();
        if (asked.isEmpty()) {
            return List.of();
        }
        BiPredicate<String, String> same = (stem, word) -> stem(word).equals(stem);
        BiPredicate<String, String> begun = (stem, word) -> word.startsWith(stem);
        return Stream.<Predicate<Entry>>of(
                        entry -> entry.names().contains(folded),
                        entry -> mean(asked, entry.words(), same),
                        entry -> mean(asked, entry.words(), begun),
                        entry -> mean(asked, entry.unit().words(), same),
                        entry -> mean(asked, entry.unit().words(), begun))
                .map(meant ->
                        entries.stream().filter(meant).map(Entry::municipality).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** The centres for the people of a municipality that {@link #find} gave. */
    public Help helpFor(Municipality municipality) {
        Map<String, List<String>> areas = new HashMap<>();
        jdbc.sql("select centre_id, regional_unit from centre_area")
                .query((row, number) -> areas.computeIfAbsent(row.getString(2), unit -> new ArrayList<>())
                        .add(row.getString(1)))
                .list();
        Unit home = units.get(municipality.regionalUnit());
        List<String> ids = areas.keySet().stream()
                .map(units::get)
                .min(Comparator.comparingDouble(unit -> distance(home, unit)))
                .map(nearest -> areas.get(nearest.name()))
                .orElse(List.of());
        return new Help(
                areas.containsKey(home.name()),
                ids.stream()
                        .map(centres::get)
                        .sorted(Comparator.comparing(Centre::kind).thenComparing(centre -> centre.name()))
                        .toList());
    }

    private static boolean mean(List<String> asked, List<String> words, BiPredicate<String, String> is) {
        return asked.stream().allMatch(stem -> words.stream().anyMatch(word -> is.test(stem, word)));
    }

    private static List<String> words(String text) {
        return NO_LETTERS
                .splitAsStream(GreekText.fold(text))
                .filter(word -> !NO_NAMES.contains(word))
                .toList();
    }

    private static String stem(String word) {
        return ENDING.matcher(word).replaceFirst("");
    }

    /** Enough to tell which of two is nearer; in degrees of latitude. */
    private static double distance(Unit one, Unit other) {
        double eastWest = (one.longitude() - other.longitude()) * Math.cos(Math.toRadians(one.latitude()));
        return Math.hypot(one.latitude() - other.latitude(), eastWest);
    }

    private static Stream<CSVRecord> rows(String file) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(';')
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader in = new InputStreamReader(
                Municipalities.class.getResourceAsStream("/places/" + file), StandardCharsets.UTF_8)) {
            return format.parse(in).getRecords().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
