package org.diadromi.outreach;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Municipalities;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.outreach.Attendee.Trouble;
import org.diadromi.outreach.Columns.Field;
import org.diadromi.outreach.EventImports.Event;
import org.diadromi.outreach.EventImports.Import;
import org.diadromi.outreach.EventImports.Row;
import org.diadromi.outreach.EventImports.State;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.EngineUser;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The attendance sheet of an event on its way: uploaded, looked at, taken in, and what is left of it given back. */
@Controller
@RequestMapping("/outreach")
class OutreachPage {

    private static final int SHOWN = 300;

    /** As a row of the page shows it: what was read of each field, and why it is not good. */
    record Shown(
            int line, String name, String phone, String email, State state, List<String> reasons, String caseNumber) {}

    /** A column of the sheet, as the reader tells what it holds. */
    record Column(int index, String title, String sample, Field field) {}

    private final EventImports imports;
    private final Municipalities municipalities;
    private final Consents consents;
    private final Audit audit;
    private final Texts texts;
    private final AppClock clock;

    OutreachPage(
            EventImports imports,
            Municipalities municipalities,
            Consents consents,
            Audit audit,
            Texts texts,
            AppClock clock) {
        this.imports = imports;
        this.municipalities = municipalities;
        this.consents = consents;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    ModelAndView list(@AuthenticationPrincipal EngineUser user, Locale locale, Model model) {
        return list(user, locale, Map.of(), null, HttpStatus.OK, model);
    }

    @PostMapping
    ModelAndView upload(
            @RequestParam(required = false) MultipartFile file,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model)
            throws IOException {
        try {
            Event event = new Event(
                    required(form, "event", 150, locale),
                    heldOn(form, locale),
                    form.getOrDefault("place", "").isBlank() ? null : required(form, "place", 200, locale),
                    required(form, "municipality", 100, locale));
            if (!form.containsKey("informed")) {
                throw new RuleViolation(Problem.NOT_INFORMED);
            }
            if (file == null || file.isEmpty()) {
                throw new RuleViolation(Problem.IMPORT_EMPTY);
            }
            if (file.getSize() > Sheet.MOST_BYTES) {
                throw new RuleViolation(Problem.IMPORT_TOO_LARGE, Sheet.MOST_BYTES / 1024 / 1024);
            }
            String name = file.getOriginalFilename();
            long id = imports.upload(
                    centre(user),
                    event,
                    name == null || name.isBlank() ? "–" : name,
                    file.getBytes(),
                    user.getUsername());
            return new ModelAndView("redirect:/outreach/" + id);
        } catch (RuleViolation violation) {
            return list(user, locale, form, texts.of(locale, violation), HttpStatus.BAD_REQUEST, model);
        }
    }

    /** The sheet; only how far it has got, where the page asks again by itself. */
    @GetMapping("/{sheet}")
    ModelAndView show(
            @PathVariable long sheet,
            @AuthenticationPrincipal EngineUser user,
            @RequestHeader(name = "HX-Request", required = false) String byScript,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Import found = own(user, sheet);
        if (byScript == null) {
            audit.record(Audit.Action.VIEWED, found.centreId(), "outreach-" + sheet, texts.of("outreach.audit.viewed"));
        }
        ModelAndView page = page(found, null, HttpStatus.OK, locale, model);
        if (byScript != null) {
            page.setViewName("outreach/sheet :: progress");
            if (found.status() != EventImports.Status.RUNNING) {
                // What became of each row stands below.
                response.setHeader("HX-Refresh", "true");
            }
        }
        return page;
    }

    @PostMapping("/{sheet}/columns")
    ModelAndView columns(
            @PathVariable long sheet,
            @RequestParam Map<String, String> form,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model) {
        Import found = own(user, sheet);
        List<Field> fields = IntStream.range(0, imports.fields(found).size())
                .mapToObj(column -> field(form.get("column-" + column)))
                .toList();
        return done(found, locale, model, null, () -> imports.read(found, fields));
    }

    @PostMapping("/{sheet}/start")
    ModelAndView start(@PathVariable long sheet, @AuthenticationPrincipal EngineUser user, Locale locale, Model model) {
        Import found = own(user, sheet);
        return done(found, locale, model, null, () -> imports.start(found, user.getUsername()));
    }

    @PostMapping("/{sheet}/discard")
    ModelAndView discard(
            @PathVariable long sheet,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Import found = own(user, sheet);
        next.addFlashAttribute("notice", "outreach.discarded");
        return done(found, locale, model, "redirect:/outreach", () -> imports.discard(found));
    }

    /** The rows of which no case came, with why, as a file that a spreadsheet opens. */
    @GetMapping("/{sheet}/rest.csv")
    ResponseEntity<byte[]> rest(@PathVariable long sheet, @AuthenticationPrincipal EngineUser user, Locale locale) {
        Import found = own(user, sheet);
        audit.record(Audit.Action.EXPORTED, found.centreId(), "outreach-" + sheet, texts.of("outreach.audit.rest"));
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(
                                        texts.of(
                                                locale,
                                                "outreach.rest.file",
                                                texts.date(found.heldOn()).replace('/', '-')),
                                        StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(csv(found, locale));
    }

    private byte[] csv(Import sheet, Locale locale) {
        List<Row> rows = Stream.of(State.BAD, State.DOUBLE)
                .flatMap(state -> imports.rows(sheet, state, Sheet.MOST_ROWS).stream())
                .sorted(Comparator.comparingInt(Row::line))
                .toList();
        StringWriter out = new StringWriter();
        // Greek Excel knows by the mark that it is UTF-8, and takes semicolons.
        out.write('\uFEFF');
        try (CSVPrinter printer =
                new CSVPrinter(out, CSVFormat.EXCEL.builder().setDelimiter(';').get())) {
            List<String> header =
                    new ArrayList<>(List.of(texts.of(locale, "outreach.line"), texts.of(locale, "outreach.reason")));
            List<String> titles = imports.header(sheet);
            int columns = imports.fields(sheet).size();
            for (int i = 0; i < columns; i++) {
                header.add(i < titles.size() ? titles.get(i) : texts.of(locale, "outreach.column", i + 1));
            }
            printer.printRecord(header.stream().map(OutreachPage::harmless).toList());
            for (Row row : rows) {
                List<String> cells =
                        new ArrayList<>(List.of(String.valueOf(row.line()), String.join(" ", reasons(row, locale))));
                cells.addAll(row.cells());
                printer.printRecord(cells.stream().map(OutreachPage::harmless).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A cell that begins like a formula is shown, and not computed. */
    private static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }

    private ModelAndView list(
            EngineUser user, Locale locale, Map<String, String> form, String trouble, HttpStatus status, Model model) {
        model.addAttribute("imports", imports.all(centre(user)));
        model.addAttribute("form", form);
        model.addAttribute("trouble", trouble);
        model.addAttribute("municipalities", municipalities.all());
        model.addAttribute("consent", consents.text(Wording.TOLD_TO_STAFF, locale));
        model.addAttribute("today", clock.today());
        return new ModelAndView("outreach/list", model.asMap(), status);
    }

    private ModelAndView page(Import sheet, String trouble, HttpStatus status, Locale locale, Model model) {
        List<Field> fields = imports.fields(sheet);
        List<Row> rows = Stream.of(State.BAD, State.DOUBLE, State.GOOD, State.DONE)
                .flatMap(state -> imports.rows(sheet, state, SHOWN).stream())
                .limit(SHOWN)
                .toList();
        model.addAttribute("sheet", sheet);
        model.addAttribute("count", imports.count(sheet));
        model.addAttribute(
                "rows", rows.stream().map(row -> shown(row, fields, locale)).toList());
        model.addAttribute("columns", columns(sheet, fields, imports.rows(sheet, null, SHOWN)));
        model.addAttribute("unnamed", fields.stream().noneMatch(field -> field == Field.PHONE || field == Field.EMAIL));
        model.addAttribute("kinds", Field.values());
        model.addAttribute("trouble", trouble);
        return new ModelAndView("outreach/sheet", model.asMap(), status);
    }

    private Shown shown(Row row, List<Field> fields, Locale locale) {
        Attendee person = Attendee.of(row.cells(), fields);
        return new Shown(
                row.line(),
                row.state() == State.DONE ? row.person() : (person.firstName() + " " + person.lastName()).strip(),
                person.phone(),
                person.email(),
                row.state(),
                reasons(row, locale),
                row.caseNumber());
    }

    private List<Column> columns(Import sheet, List<Field> fields, List<Row> rows) {
        List<String> titles = imports.header(sheet);
        return IntStream.range(0, fields.size())
                .mapToObj(index -> new Column(
                        index,
                        index < titles.size() && !titles.get(index).isEmpty() ? titles.get(index) : null,
                        rows.stream()
                                .filter(row -> index < row.cells().size())
                                .map(row -> row.cells().get(index))
                                .filter(cell -> !cell.isEmpty())
                                .findFirst()
                                .map(cell -> cell.length() <= 40 ? cell : cell.substring(0, 40) + "…")
                                .orElse(null),
                        fields.get(index)))
                .filter(column -> column.title() != null || column.sample() != null)
                .toList();
    }

    private List<String> reasons(Row row, Locale locale) {
        return row.troubles().stream().map(trouble -> reason(trouble, locale)).toList();
    }

    private String reason(Trouble trouble, Locale locale) {
        String why = texts.of(
                locale, "problem." + trouble.problem(), trouble.arguments().toArray());
        return trouble.field() == null ? why : texts.of(locale, "outreach.field." + trouble.field()) + ": " + why;
    }

    private ModelAndView done(Import sheet, Locale locale, Model model, String to, Runnable action) {
        try {
            action.run();
        } catch (RuleViolation violation) {
            return imports.find(sheet.centreId(), sheet.id())
                    .map(now -> page(now, texts.of(locale, violation), HttpStatus.BAD_REQUEST, locale, model))
                    .orElse(new ModelAndView("redirect:/outreach"));
        }
        return new ModelAndView(to == null ? "redirect:/outreach/" + sheet.id() : to);
    }

    private Import own(EngineUser user, long sheet) {
        return imports.find(centre(user), sheet).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Whoever gets here has a role in one centre: see SecurityConfiguration. */
    private static String centre(EngineUser user) {
        return user.centres().get(0);
    }

    private static Field field(String chosen) {
        return Stream.of(Field.values())
                .filter(field -> field.name().equals(chosen))
                .findFirst()
                .orElse(Field.NONE);
    }

    private String required(Map<String, String> form, String key, int longest, Locale locale) {
        String value = form.getOrDefault(key, "").strip();
        if (value.isEmpty()) {
            throw new RuleViolation(Problem.FIELD_MISSING, texts.of(locale, "outreach." + key));
        }
        if (value.length() > longest) {
            throw new RuleViolation(Problem.FIELD_TOO_LONG, texts.of(locale, "outreach." + key), longest);
        }
        return value;
    }

    private LocalDate heldOn(Map<String, String> form, Locale locale) {
        String typed = required(form, "heldOn", 10, locale);
        try {
            LocalDate day = LocalDate.parse(typed);
            if (day.isAfter(clock.today())) {
                throw new RuleViolation(Problem.DATE_IN_FUTURE);
            }
            return day;
        } catch (DateTimeParseException e) {
            throw new RuleViolation(Problem.FIELD_BAD_FORMAT, texts.of(locale, "outreach.heldOn"));
        }
    }
}
