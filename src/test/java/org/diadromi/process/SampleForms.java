package org.diadromi.process;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Every form of the models with a plausible answer, in which each field for free text has a text that can be found again. */
final class SampleForms {

    /** Part of every text that is typed in these forms, and of nothing else in the database. */
    static final String MARK = "xq7z";

    static final String MAIL = MARK + "@example.org";

    /** As it is typed; the case file keeps it as +302661099887. */
    static final String PHONE = "26610 99887";

    static final String PHONE_DIGITS = "2661099887";

    private SampleForms() {}

    /** What is typed into a field for free text. */
    static String text(String form, String key) {
        return MARK + "-" + form.substring(form.lastIndexOf('_') + 1) + "." + key;
    }

    static FilledForm firstContact() {
        return FilledForm.of("start_journey_firstContact")
                .with("source", "event")
                .withText("sourceDetail")
                .withText("firstName")
                .withText("lastName")
                .with("salutation", "kyria")
                .with("phone", PHONE)
                .with("email", MAIL)
                .withText("municipality")
                .with("language", "el")
                .with("aloneOrGroup", "group")
                .with("groupSize", 5)
                .withText("idea")
                .with("informed", true);
    }

    static FilledForm interview() {
        return FilledForm.of("task_firstContact_initialInterview")
                .with("ageBand", "b30to54")
                .with("gender", "woman")
                .with("education", "high")
                .withText("salutationName")
                .with("labourStatus", "unemployed")
                .with("monthsUnemployed", 14)
                .with("incomeUrgency", "months")
                .with("availability", "fullTime")
                .withText("skills")
                .with("purpose", "social")
                .with("collective", "yes")
                .with("bodyExists", "no")
                .with("needs", List.of("training"))
                .withText("interviewNote");
    }

    static FilledForm suitability(String outcome) {
        return FilledForm.of("task_firstContact_decideSuitability")
                .with("suitability", outcome)
                .withText("reason");
    }

    static FilledForm referral() {
        return FilledForm.of("task_firstContact_refer")
                .withText("structure")
                .withText("structureContact")
                .with("dataShared", "yes")
                .withText("message");
    }

    /** To a structure of the directory, which is asked. */
    static FilledForm referralTo(long structureId) {
        return FilledForm.of("task_firstContact_refer")
                .with("structureId", String.valueOf(structureId))
                .with("dataShared", "yes")
                .withText("structureMessage")
                .withText("message");
    }

    static FilledForm structureCall(String answer) {
        return FilledForm.of("task_firstContact_structureCall")
                .with("structureAnswer", answer)
                .withText("note");
    }

    static FilledForm structureCheck(String state) {
        return FilledForm.of("task_structureReview_check").with("structureState", state);
    }

    static FilledForm referralCall(String comesBack) {
        return FilledForm.of("task_firstContact_referralCall")
                .with("helped", "no")
                .with("comesBack", comesBack)
                .withText("note");
    }

    static FilledForm askedAgain(String stillInterested) {
        return FilledForm.of("task_firstContact_askAgain")
                .with("stillInterested", stillInterested)
                .withText("note");
    }

    static FilledForm supportPlan() {
        return FilledForm.of("task_counselling_supportPlan")
                .withText("needs")
                .withText("goals")
                .with("areas", List.of("socialEconomy", "business"))
                .with("plannedSessions", 3);
    }

    static FilledForm appointment(LocalDateTime at) {
        return FilledForm.of("task_counselling_bookAppointment")
                .with("appointmentAt", at.toString())
                .with("minutes", 60)
                .with("area", "business")
                .with("mode", "place")
                .withText("place");
    }

    static FilledForm sessionHeld(String nextStep) {
        return session("attended")
                .with("contactMinutes", 60)
                .with("preparationMinutes", 30)
                .with("area", "business")
                .with("fundingLine", "packageB")
                .withText("sessionNote")
                .withText("goalsReached")
                .with("nextStep", nextStep)
                .withText("nextStepNote");
    }

    static FilledForm sessionMissed() {
        return session("noShow");
    }

    static FilledForm sessionMoved() {
        return session("moved");
    }

    private static FilledForm session(String outcome) {
        return FilledForm.of("task_counselling_recordSession").with("sessionOutcome", outcome);
    }

    static FilledForm call(String outcome) {
        return FilledForm.of("task_counselling_call")
                .with("callOutcome", outcome)
                .withText("note");
    }

    static FilledForm conclusion(String conclusion) {
        return FilledForm.of("task_counselling_conclude")
                .with("conclusion", conclusion)
                .withText("summary");
    }

    /** Counselling ends with a referral to a structure that is none of the directory. */
    static FilledForm concludingReferral() {
        return conclusion("referral")
                .with("path", "training")
                .withText("structure")
                .withText("structureContact")
                .with("dataShared", "yes")
                .withText("message");
    }

    /** Counselling ends with a referral to a structure of the directory, which is asked. */
    static FilledForm concludingReferralTo(long structureId) {
        return conclusion("referral")
                .with("path", "socialSupport")
                .with("structureId", String.valueOf(structureId))
                .with("dataShared", "yes")
                .withText("structureMessage")
                .withText("message");
    }

    static FilledForm structureCallAfterCounselling(String answer) {
        return FilledForm.of("task_counselling_structureCall")
                .with("structureAnswer", answer)
                .withText("note");
    }

    static FilledForm enrolment(LocalDate from, LocalDate to) {
        return FilledForm.of("task_training_enrol")
                .withText("cohort")
                .with("startsOn", from.toString())
                .with("endsOn", to.toString())
                .withText("teamName");
    }

    static FilledForm attendance(String... modules) {
        return FilledForm.of("task_training_attendance").with("modules", List.of(modules));
    }

    static FilledForm catchUp(String continues, String... modules) {
        return FilledForm.of("task_training_catchUp")
                .with("modules", List.of(modules))
                .with("continues", continues);
    }

    static FilledForm plan(LocalDate handedInOn) {
        return FilledForm.of("task_training_handIn")
                .with("handedInOn", handedInOn.toString())
                .with("deliverables", List.of("canvas", "businessPlanV1"))
                .withText("note");
    }

    static FilledForm planApproved() {
        return FilledForm.of("task_training_review").with("planDecision", "approve");
    }

    static FilledForm planReturned() {
        return FilledForm.of("task_training_review")
                .with("planDecision", "return")
                .withText("comments");
    }

    static FilledForm team() {
        return FilledForm.of("task_registration_profile")
                .withText("ventureName")
                .with("purpose", "social")
                .with("members", 5)
                .with("legalPersons", 0)
                .with("localAuthority", "no");
    }

    static FilledForm legalForm() {
        return FilledForm.of("task_registration_chooseForm")
                .with("legalForm", "koinsep")
                .withText("reason")
                .withText("seat");
    }

    static FilledForm dossier(List<String> documents) {
        return FilledForm.of("task_registration_dossier")
                .with("documents", documents)
                .withText("note");
    }

    static FilledForm dossierApproved() {
        return FilledForm.of("task_registration_legalReview").with("reviewDecision", "approve");
    }

    static FilledForm dossierReturned() {
        return FilledForm.of("task_registration_legalReview")
                .with("reviewDecision", "return")
                .withText("remarks");
    }

    static FilledForm submission(LocalDate on) {
        return FilledForm.of("task_registration_submit")
                .with("submittedOn", on.toString())
                .withText("protocolNumber")
                .withText("applicant");
    }

    static FilledForm registered(LocalDate on) {
        return registryAnswer("registered", on).withText("registryNumber");
    }

    static FilledForm returnedByRegistry(LocalDate on) {
        return registryAnswer("returned", on).withText("remarks");
    }

    static FilledForm rejectedByRegistry(LocalDate on) {
        return registryAnswer("rejected", on).withText("remarks");
    }

    private static FilledForm registryAnswer(String answer, LocalDate on) {
        return FilledForm.of("task_registration_registryAnswer")
                .with("registryAnswer", answer)
                .with("answeredOn", on.toString());
    }

    static FilledForm additionalData(LocalDate on) {
        return FilledForm.of("task_registration_additionalData")
                .with("submittedOn", on.toString())
                .withText("note");
    }

    static FilledForm lastNotice(LocalDate on) {
        return FilledForm.of("task_registration_lastNotice")
                .with("submittedOn", on.toString())
                .withText("note");
    }

    static FilledForm foundInRegistry(String answer) {
        return FilledForm.of("task_registration_recordDeletion")
                .with("registryAnswer", answer)
                .withText("note");
    }

    static FilledForm step(LocalDate doneOn) {
        return FilledForm.of("task_registration_step")
                .with("doneOn", doneOn.toString())
                .withText("reference");
    }

    static FilledForm activeVenture() {
        return survey("active")
                .with("members", 5)
                .with("nonMemberStaff", 1)
                .with("jobsFull", 2)
                .with("jobsPart", 1)
                .with("jobsWomen", 2)
                .with("jobsTarget", 0)
                .with("turnover", 12500.5)
                .withText("partners")
                .with("needsHelp", "no")
                .withText("needs")
                .with("publishConsent", "yes");
    }

    static FilledForm closedVenture() {
        return survey("closed").withText("closedReason");
    }

    static FilledForm ventureOutOfReach() {
        return survey("noContact");
    }

    private static FilledForm survey(String status) {
        return FilledForm.of("task_followUp_survey").with("ventureStatus", status);
    }

    static FilledForm mentoring() {
        return FilledForm.of("task_followUp_mentoring")
                .withText("actions")
                .with("contactMinutes", 90)
                .with("preparationMinutes", 30);
    }

    static FilledForm pause(LocalDate until) {
        return change("pause").with("until", until.toString()).with("reason", "health");
    }

    static FilledForm endOfPause() {
        return change("resume");
    }

    static FilledForm withdrawal() {
        return change("withdrawal").with("reason", "moved");
    }

    static FilledForm closing() {
        return change("closing").with("reason", "noContact");
    }

    private static FilledForm change(String change) {
        return FilledForm.of("start_caseChange_request").with("change", change).withText("note");
    }

    // What people ask of their data ---------------------------------------------------------------------------

    static FilledForm request(String kind, LocalDate receivedOn) {
        return FilledForm.of("start_dataRequest_received")
                .with("kind", kind)
                .with("receivedOn", receivedOn.toString())
                .with("channel", "phone")
                .withText("details");
    }

    static FilledForm accepted() {
        return FilledForm.of("task_transfer_answer").with("answer", "accept");
    }

    static FilledForm declined() {
        return FilledForm.of("task_transfer_answer").with("answer", "decline").withText("reason");
    }

    static FilledForm identified() {
        return FilledForm.of("task_dataRequest_identity")
                .with("identified", "yes")
                .with("how", "callback");
    }

    static FilledForm unidentified() {
        return FilledForm.of("task_dataRequest_identity")
                .with("identified", "no")
                .withText("reason");
    }

    static FilledForm copyHandedOver() {
        return FilledForm.of("task_dataRequest_copy").with("decision", "grant").with("handedOver", "inPerson");
    }

    static FilledForm corrected() {
        return FilledForm.of("task_dataRequest_correction")
                .with("decision", "grant")
                .withText("firstName")
                .withText("lastName")
                .with("phone", PHONE)
                .with("email", MAIL)
                .withText("municipality");
    }

    static FilledForm erasureGranted() {
        return FilledForm.of("task_dataRequest_erasure").with("decision", "grant");
    }

    /** The answer to a request by which it is put off or refused. */
    static FilledForm withReason(String task, String decision) {
        return FilledForm.of(task).with("decision", decision).withText("reason");
    }
}
