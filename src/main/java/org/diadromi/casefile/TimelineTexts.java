package org.diadromi.casefile;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.diadromi.casefile.Timeline.Kind;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What happened to a case, in words. */
@Component
public class TimelineTexts {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");

    /** Where the detail is a code: the list of the message files that has its words. */
    private static final Map<Kind, String> LISTS = new EnumMap<>(Map.ofEntries(
            Map.entry(Kind.OPENED, "figures.source"),
            Map.entry(Kind.SUITABILITY_DECIDED, "suitability"),
            Map.entry(Kind.REFERRED, "suitability"),
            Map.entry(Kind.REFERRAL_ANSWERED, "timeline.helped"),
            Map.entry(Kind.STRUCTURE_ANSWERED, "structureAnswer"),
            Map.entry(Kind.ASKED_AGAIN, "timeline.interested"),
            Map.entry(Kind.SESSION_RECORDED, "sessionOutcome"),
            Map.entry(Kind.CALLED, "callOutcome"),
            Map.entry(Kind.COUNSELLING_CONCLUDED, "conclusion"),
            Map.entry(Kind.PLAN_REVIEWED, "planDecision"),
            Map.entry(Kind.TEAM_DESCRIBED, "registrationPurpose"),
            Map.entry(Kind.FORM_CHOSEN, "legalForm"),
            Map.entry(Kind.DOSSIER_REVIEWED, "reviewDecision"),
            Map.entry(Kind.REGISTRY_ANSWERED, "registryAnswer"),
            Map.entry(Kind.DELETION_CHECKED, "registryAnswer"),
            Map.entry(Kind.FOLLOWED_UP, "ventureStatus"),
            Map.entry(Kind.END_REQUESTED, "changeReason"),
            Map.entry(Kind.CLOSED, "figures.outcome")));

    private final MessageSource messages;

    TimelineTexts(MessageSource messages) {
        this.messages = messages;
    }

    /**
     * What happened, e.g. «Συνεδρία: Η συνεδρία έγινε»; a detail that has no words any more is left out.
     *
     * @param names of the people and the centres whom an entry is about, by their ids
     */
    public String of(Timeline.Entry entry, Map<String, String> names, Locale locale) {
        String what = messages.getMessage("timeline." + entry.kind(), null, locale);
        String detail = detail(entry, names, locale);
        return detail == null ? what : what + ": " + detail;
    }

    private String detail(Timeline.Entry entry, Map<String, String> names, Locale locale) {
        String detail = entry.detail();
        if (detail == null) {
            return null;
        }
        String list = LISTS.get(entry.kind());
        if (list != null) {
            String other = entry.kind() == Kind.CLOSED ? messages.getMessage(list + ".other", null, locale) : null;
            return messages.getMessage(list + "." + detail, null, other, locale);
        }
        return switch (entry.kind()) {
            case APPOINTMENT_BOOKED, APPOINTMENT_MOVED -> moment(detail);
            case COUNSELLOR_CHANGED, TRANSFER_OFFERED, TRANSFER_TAKEN_BACK, TRANSFER_LAPSED, TRANSFERRED ->
                names.get(detail);
            case TRANSFER_DECLINED -> detail;
            case PAUSED -> until(detail, locale);
            case MERGED, MERGED_INTO -> detail;
            case ADDITIONAL_DATA_SENT -> day(detail);
            case PLAN_MADE -> messages.getMessage("timeline.sessions", new Object[] {detail}, locale);
            case ATTENDANCE_RECORDED ->
                "dropped".equals(detail) ? messages.getMessage("planDecision.dropped", null, locale) : detail + " %";
            case PLAN_HANDED_IN -> messages.getMessage("timeline.version", new Object[] {detail}, locale);
            case DOSSIER_PREPARED -> messages.getMessage("timeline.documents", new Object[] {detail}, locale);
            case SUBMITTED -> messages.getMessage("timeline.protocol", new Object[] {detail}, locale);
            case MENTORED -> messages.getMessage("timeline.month", new Object[] {detail}, locale);
            default -> null;
        };
    }

    private String until(String detail, Locale locale) {
        String day = day(detail);
        return day == null ? null : messages.getMessage("timeline.until", new Object[] {day}, locale);
    }

    private static String day(String detail) {
        try {
            return DAY.format(LocalDate.parse(detail));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String moment(String detail) {
        try {
            return MOMENT.format(LocalDateTime.parse(detail));
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
