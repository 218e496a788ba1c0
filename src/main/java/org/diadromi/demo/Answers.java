package org.diadromi.demo;

import static org.diadromi.demo.Invented.weighted;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How the invented staff fill in each form. The same case gets the same answers whenever it is played; what the form decides is
 * drawn so that the figures look as those of a centre do.
 */
final class Answers {

    /** A form as it is filled in; each key of {@code allOf} is answered with all options that the task shows under its value. */
    record Filled(Map<String, Object> values, Map<String, String> allOf) {}

    private static final List<String> MODULES = List.of(
            "kalo", "team", "problem", "canvas", "market", "operations", "finance", "legal", "impact", "funding");

    private Answers() {}

    /** A first contact at a centre. */
    static Map<String, Object> firstContact(Random random, String centreId, int number) {
        boolean woman = random.nextDouble() < 0.58;
        String[] name = Invented.person(random, woman);
        boolean group = random.nextDouble() < 0.45;
        String source =
                weighted(random, "phone", 24, "walkIn", 18, "event", 21, "partner", 16, "publicForm", 16, "other", 5);
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("source", source);
        if (List.of("event", "partner", "other").contains(source)) {
            form.put(
                    "sourceDetail",
                    switch (source) {
                        case "event" -> "Φεστιβάλ συνεταιρισμών";
                        case "partner" -> Invented.structure(random);
                        default -> "Σύσταση γνωστού";
                    });
        }
        form.put("firstName", name[0]);
        form.put("lastName", name[1]);
        form.put("salutation", woman ? "kyria" : "kyrios");
        form.put("email", "demo.%05d@example.org".formatted(number));
        form.put("municipality", Invented.municipality(random, centreId));
        form.put("language", random.nextDouble() < 0.04 ? "en" : "el");
        form.put("aloneOrGroup", group ? "group" : "alone");
        if (group) {
            form.put("groupSize", 2 + random.nextInt(7));
        }
        form.put("idea", Invented.idea(random)[0]);
        form.put("informed", true);
        return form;
    }

    /** A case pauses, withdraws or is closed. */
    static Map<String, Object> change(Random random, String change, String caseNumber, LocalDate today) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("caseNumber", caseNumber);
        form.put("change", change);
        switch (change) {
            case "pause" -> {
                form.put("until", today.plusDays(30 + random.nextInt(150)).toString());
                form.put("reason", weighted(random, "health", 2, "job", 2, "other", 1));
            }
            case "withdrawal" ->
                form.put("reason", weighted(random, "job", 4, "moved", 2, "noInterest", 2, "health", 1));
            default -> form.put("reason", weighted(random, "noContact", 4, "duplicate", 1));
        }
        return form;
    }

    /**
     * @param random the case's and the task's own
     * @param story the case's own: the same at each of its tasks
     */
    static Filled to(String taskKey, Random random, Random story, LocalDateTime now) {
        String[] idea = Invented.idea(story);
        int members = 3 + story.nextInt(6);
        String today = now.toLocalDate().toString();
        Map<String, Object> form = new LinkedHashMap<>();
        Map<String, String> allOf = new LinkedHashMap<>();
        switch (taskKey) {
            case "task_firstContact_initialInterview" -> interview(form, random);
            case "task_firstContact_decideSuitability" -> {
                form.put(
                        "suitability",
                        weighted(
                                random,
                                "kalo",
                                64,
                                "business",
                                7,
                                "employmentService",
                                8,
                                "training",
                                6,
                                "socialSupport",
                                5,
                                "notNow",
                                10));
                form.put("reason", "Σύμφωνα με όσα συζητήθηκαν στην αρχική συνέντευξη.");
            }
            case "task_firstContact_refer" -> {
                form.put("structure", Invented.structure(random));
                form.put("dataShared", weighted(random, "yes", 7, "no", 3));
            }
            case "task_firstContact_structureCall", "task_counselling_structureCall" ->
                form.put("structureAnswer", weighted(random, "accepted", 6, "declined", 2, "noAnswer", 2));
            case "task_structureReview_check" -> form.put("structureState", "right");
            case "task_firstContact_referralCall" -> {
                form.put("helped", weighted(random, "yes", 6, "no", 2, "noContact", 2));
                form.put("comesBack", weighted(random, "no", 9, "yes", 1));
            }
            case "task_firstContact_askAgain" ->
                form.put("stillInterested", weighted(random, "yes", 40, "later", 15, "no", 30, "noContact", 15));
            case "task_counselling_supportPlan" -> {
                form.put("needs", "Διερεύνηση της ιδέας και της αγοράς: " + idea[0] + ".");
                form.put("goals", "Σαφές σχέδιο και ομάδα που μπορεί να το στηρίξει.");
                form.put("areas", List.of("socialEconomy", "business"));
                form.put("plannedSessions", 2 + random.nextInt(4));
            }
            case "task_counselling_bookAppointment" -> {
                form.put(
                        "appointmentAt",
                        now.toLocalDate()
                                .plusDays(3 + random.nextInt(12))
                                .atTime(9 + random.nextInt(8), 0)
                                .toString());
                form.put("minutes", 60);
                form.put("area", area(random));
                String mode = weighted(random, "place", 6, "online", 3, "phone", 1);
                form.put("mode", mode);
                if (!"phone".equals(mode)) {
                    form.put("place", "place".equals(mode) ? "Γραφεία του κέντρου" : "https://example.org/meet");
                }
            }
            case "task_counselling_recordSession" -> session(form, random);
            case "task_counselling_call" ->
                form.put("callOutcome", weighted(random, "continue", 50, "stop", 25, "noContact", 25));
            case "task_counselling_conclude" -> {
                String conclusion = weighted(random, "training", 56, "registration", 24, "referral", 9, "stop", 11);
                form.put("conclusion", conclusion);
                if ("referral".equals(conclusion)) {
                    form.put(
                            "path",
                            weighted(random, "business", 3, "employmentService", 3, "training", 2, "socialSupport", 2));
                    form.put("structure", Invented.structure(random));
                    form.put("dataShared", weighted(random, "yes", 7, "no", 3));
                }
                form.put("summary", "Ολοκληρώθηκε η συμβουλευτική για: " + idea[0] + ".");
            }
            case "task_training_enrol" -> {
                LocalDate start = now.toLocalDate().plusDays(3 + random.nextInt(20));
                form.put("cohort", "Κύκλος " + (start.getMonthValue() + 2) / 3 + "/" + start.getYear());
                form.put("startsOn", start.toString());
                form.put("endsOn", start.plusDays(28 + random.nextInt(14)).toString());
                form.put("teamName", idea[1]);
            }
            case "task_training_attendance" -> form.put("modules", modules(random, 0.9));
            case "task_training_catchUp" -> {
                form.put("modules", modules(random, 0.8));
                form.put("continues", weighted(random, "yes", 7, "no", 3));
            }
            case "task_training_handIn" -> {
                form.put("handedInOn", today);
                form.put("deliverables", List.of("canvas", "cashFlow", "businessPlanV1"));
            }
            case "task_training_review" -> {
                String decision = weighted(random, "approve", 74, "return", 26);
                form.put("planDecision", decision);
                if ("return".equals(decision)) {
                    form.put("comments", "Χρειάζεται πιο αναλυτικός προϋπολογισμός.");
                }
            }
            case "task_registration_profile" -> team(form, idea[1], members, story);
            case "task_registration_chooseForm" -> {
                form.put("legalForm", legalForm(purpose(story)));
                form.put("reason", "Ταιριάζει στον σκοπό και στα μέλη της ομάδας.");
                form.put("seat", "Έδρα του κέντρου");
            }
            case "task_registration_dossier" -> allOf.put("documents", "documentOptions");
            case "task_registration_legalReview" -> {
                String decision = weighted(random, "approve", 78, "return", 22);
                form.put("reviewDecision", decision);
                if ("return".equals(decision)) {
                    form.put("remarks", "Λείπουν υπογραφές σε σελίδες του καταστατικού.");
                }
            }
            case "task_registration_submit" -> {
                form.put("submittedOn", today);
                form.put("protocolNumber", String.valueOf(10_000 + random.nextInt(80_000)));
                form.put("applicant", "Το μέλος που ορίζει το καταστατικό");
            }
            case "task_registration_registryAnswer" -> {
                String answer = weighted(random, "registered", 76, "returned", 20, "rejected", 4);
                form.put("registryAnswer", answer);
                form.put("answeredOn", today);
                if ("registered".equals(answer)) {
                    form.put("registryNumber", "%06d".formatted(random.nextInt(1_000_000)));
                } else {
                    form.put("remarks", "Το καταστατικό δεν ορίζει την αξία της συνεταιριστικής μερίδας.");
                }
            }
            case "task_registration_additionalData", "task_registration_lastNotice" -> form.put("submittedOn", today);
            case "task_registration_recordDeletion" -> {
                form.put("registryAnswer", weighted(random, "registered", 2, "deleted", 1));
                form.put("note", "Έλεγχος στο Μητρώο.");
            }
            case "task_registration_step" -> form.put("doneOn", today);
            case "task_followUp_survey" -> survey(form, random, members);
            case "task_followUp_mentoring" -> {
                form.put("actions", "Συνάντηση με τα μέλη και σχέδιο ενεργειών τριών μηνών.");
                form.put("contactMinutes", 60 + 30 * random.nextInt(3));
                form.put("preparationMinutes", 30);
            }
            default -> throw new IllegalArgumentException("Nobody knows how to answer " + taskKey);
        }
        return new Filled(form, allOf);
    }

    private static void interview(Map<String, Object> form, Random random) {
        String labour = weighted(
                random,
                "unemployed",
                52,
                "employed",
                16,
                "selfEmployed",
                12,
                "inactive",
                8,
                "student",
                7,
                "retired",
                5);
        form.put("ageBand", weighted(random, "b18to29", 24, "b30to54", 56, "b55plus", 17, "preferNot", 3));
        form.put("gender", weighted(random, "woman", 56, "man", 40, "preferNot", 4));
        form.put("education", weighted(random, "low", 12, "middle", 38, "high", 46, "preferNot", 4));
        form.put("labourStatus", labour);
        if ("unemployed".equals(labour)) {
            form.put("monthsUnemployed", 1 + random.nextInt(36));
        }
        form.put("incomeUrgency", weighted(random, "now", 25, "months", 50, "notUrgent", 25));
        form.put("purpose", weighted(random, "social", 50, "livelihood", 35, "unsure", 15));
        form.put("collective", weighted(random, "yes", 60, "no", 15, "unsure", 25));
        form.put("bodyExists", "no");
    }

    private static void session(Map<String, Object> form, Random random) {
        String outcome = weighted(random, "attended", 82, "noShow", 10, "moved", 8);
        form.put("sessionOutcome", outcome);
        if ("attended".equals(outcome)) {
            form.put("contactMinutes", 45 + 15 * random.nextInt(5));
            form.put("preparationMinutes", 15 * random.nextInt(5));
            form.put("area", area(random));
            form.put("fundingLine", weighted(random, "packageB", 60, "packageA", 8, "esf", 18, "unfunded", 14));
            form.put("sessionNote", "Συζητήθηκαν τα επόμενα βήματα.");
            form.put("nextStep", weighted(random, "another", 60, "conclude", 40));
        }
    }

    private static void team(Map<String, Object> form, String name, int members, Random story) {
        String purpose = purpose(story);
        int size = size(purpose, members);
        form.put("ventureName", name);
        form.put("purpose", purpose);
        form.put("members", size);
        form.put("legalPersons", 0);
        form.put("localAuthority", "no");
        form.put("vulnerable", "integration".equals(purpose) ? size / 2 : 0);
        form.put("special", 0);
        form.put("psychosocial", "psychosocial".equals(purpose) ? size - size * 4 / 10 - size / 10 : 0);
        form.put("professionals", "psychosocial".equals(purpose) ? size * 4 / 10 : 0);
    }

    private static String purpose(Random story) {
        return weighted(
                story,
                "social",
                46,
                "work",
                22,
                "nonprofit",
                16,
                "integration",
                8,
                "association",
                4,
                "psychosocial",
                2,
                "members",
                2);
    }

    private static int size(String purpose, int members) {
        return switch (purpose) {
            case "social" -> Math.max(5, members);
            case "integration" -> members + 5;
            case "psychosocial", "members" -> members + 13;
            case "association" -> members + 18;
            default -> members;
        };
    }

    private static String legalForm(String purpose) {
        return switch (purpose) {
            case "social" -> "koinsep";
            case "work" -> "workerCoop";
            case "integration" -> "koinsepIntegration";
            case "psychosocial" -> "koispe";
            case "members" -> "urbanCoop";
            case "association" -> "association";
            default -> "amke";
        };
    }

    private static void survey(Map<String, Object> form, Random random, int members) {
        String status = weighted(random, "active", 80, "dormant", 7, "closed", 5, "noContact", 8);
        form.put("ventureStatus", status);
        if ("closed".equals(status)) {
            form.put("closedReason", "Δεν βρέθηκαν σταθεροί πελάτες.");
        }
        if ("active".equals(status) || "dormant".equals(status)) {
            boolean works = "active".equals(status);
            int full = works ? random.nextInt(4) : 0;
            int part = works ? random.nextInt(3) : 0;
            form.put("members", Math.max(5, members));
            form.put("nonMemberStaff", 0);
            form.put("jobsFull", full);
            form.put("jobsPart", part);
            form.put("jobsWomen", (full + part + 1) / 2);
            form.put("jobsTarget", (full + part) / 3);
            form.put("turnover", works ? 4_000 + random.nextInt(60_000) : 0);
            form.put("needsHelp", weighted(random, "no", 75, "yes", 25));
            form.put("publishConsent", random.nextBoolean() ? "yes" : "no");
        }
    }

    private static String area(Random random) {
        return weighted(
                random, "socialEconomy", 25, "business", 35, "legal", 15, "accounting", 12, "hr", 5, "funding", 8);
    }

    private static List<String> modules(Random random, double each) {
        List<String> attended = new ArrayList<>();
        for (String module : MODULES) {
            if (random.nextDouble() < each) {
                attended.add(module);
            }
        }
        return attended;
    }
}
