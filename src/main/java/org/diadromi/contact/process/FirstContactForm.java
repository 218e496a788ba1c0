package org.diadromi.contact.process;

import java.util.Locale;
import java.util.Map;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.Intake;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.StartForm;
import org.springframework.stereotype.Component;

/** A member of staff registers a person's first contact. */
@Component
class FirstContactForm implements StartForm {

    private final Intake intake;

    FirstContactForm(Intake intake) {
        this.intake = intake;
    }

    @Override
    public String id() {
        return "start_journey_firstContact";
    }

    @Override
    public Started record(String centreId, String userId, Answer answer) {
        boolean group = "group".equals(answer.text("aloneOrGroup"));
        Integer size = answer.number("groupSize");
        CaseFile opened = intake.open(
                new FirstContact(
                        centreId,
                        answer.text("firstName"),
                        answer.text("lastName"),
                        CaseFile.Salutation.valueOf(answer.text("salutation").toUpperCase(Locale.ROOT)),
                        answer.text("phone"),
                        answer.text("email"),
                        answer.text("municipality"),
                        answer.text("language"),
                        answer.text("source"),
                        answer.text("sourceDetail"),
                        // A group that does not know its size yet is at least two.
                        group ? size == null ? 2 : size : 1,
                        answer.text("idea")),
                answer.ticked("informed"),
                userId);
        return new Started(opened.number(), Map.of());
    }
}
